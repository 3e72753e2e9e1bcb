//! Features of words: how well the tokens of each side are explained by the other, inside the bead and just outside it.

use std::ops::Range;

use super::{Context, Sink};
use crate::evidence::{BitextSide, EXPLAIN, Evidence};
use crate::lattice::Cell;

/// Added to the tokens of a segment before its evidence is averaged.
const WEAKEST_OFFSET: f32 = 2.0;

/// ln(1 − λ + λ S / (L + 1)): the gain of a token whose evidence in a span of L tokens is S.
#[inline]
pub(super) fn gain(sum: f32, tokens: f32) -> f32 {
    (1.0 - EXPLAIN + EXPLAIN * sum / (tokens + 1.0)).ln()
}

#[derive(Default)]
struct Sums {
    support: f32,
    leak: f32,
    leak_previous: f32,
    leak_next: f32,
    weakest: f32,
    several: f32,
    disorder: f32,
}

/// Sums over the tokens of `own`. Leak is how much better a token is explained by the neighbour just outside the bead: the
/// margin of Vecalign (Thompson & Koehn 2019, section 3) and Bertalign (Liu & Zhu 2022, section 3.2) in another form.
fn sums(side: &BitextSide, own: Range<usize>, evidence: &Evidence, other: &BitextSide, span: Range<usize>) -> Sums {
    let mut out = Sums { weakest: f32::INFINITY, ..Sums::default() };
    let other_tokens = |j: usize| other.tokens.count(j);
    let length: f32 = span.clone().map(other_tokens).sum();
    let nothing = gain(0.0, length);
    let first = side.tokens.starts[own.start] as usize;
    let own_count = (side.tokens.starts[own.end] as usize - first) as f32;
    let previous = span.start.checked_sub(1);
    let next = (span.end < other.len()).then_some(span.end);
    for s in own.clone() {
        let mut explained = 0.0;
        for t in side.tokens.range(s) {
            let (segments, values) = evidence.of(t);
            if segments.is_empty() {
                out.support += nothing;
                continue;
            }
            let (mut sum, mut moment, mut before_value, mut after_value) = (0.0, 0.0, 0.0, 0.0);
            for (&j, &value) in segments.iter().zip(values) {
                let j = j as usize;
                if span.contains(&j) {
                    sum += value;
                    let before: f32 = (span.start..j).map(other_tokens).sum();
                    moment += value * (before + 0.5 * other_tokens(j));
                } else if Some(j) == previous {
                    before_value = value;
                } else if Some(j) == next {
                    after_value = value;
                }
            }
            let g = if sum > 0.0 { gain(sum, length) } else { nothing };
            out.support += g;
            let g = g.max(0.0);
            explained += g;
            let position = ((t - first) as f32 + 0.5) / own_count;
            let better = |value: f32, at: Option<usize>| match at {
                Some(j) if value > 0.0 => (gain(value, other_tokens(j)) - g).max(0.0),
                _ => 0.0,
            };
            let (a, b) = (better(before_value, previous), better(after_value, next));
            out.leak += a.max(b);
            out.leak_previous += a * (1.0 - 2.0 * position).max(0.0);
            out.leak_next += b * (2.0 * position - 1.0).max(0.0);
            if span.len() > 1 && sum > 0.0 {
                out.disorder += g * (moment / sum / length.max(1.0) - position).abs();
            }
        }
        out.weakest = out.weakest.min(explained / (side.tokens.count(s) + WEAKEST_OFFSET));
    }
    if own.len() > 1 && !span.is_empty() {
        out.several = 1.0;
    } else {
        out.weakest = 0.0;
    }
    out
}

pub(super) fn lexical(context: &Context<'_>, cell: Cell, sink: &mut impl Sink) {
    let (zh, en) = (&context.bitext.zh, &context.bitext.en);
    for (s, name) in [
        (sums(zh, cell.zh(), context.zh_evidence, en, cell.en()), "zh"),
        (sums(en, cell.en(), context.en_evidence, zh, cell.zh()), "en"),
    ] {
        sink.put("support", name, s.support);
        sink.put("leak", name, s.leak);
        sink.put("leak_previous", name, s.leak_previous);
        sink.put("leak_next", name, s.leak_next);
        sink.put("weakest", name, s.weakest);
        sink.put("several", name, s.several);
        sink.put("disorder", name, s.disorder);
    }
}

/// The supports of both sides, Chinese first.
pub(super) fn supports(context: &Context<'_>, cell: Cell) -> [f32; 2] {
    let (zh, en) = (&context.bitext.zh, &context.bitext.en);
    [
        sums(zh, cell.zh(), context.zh_evidence, en, cell.en()).support,
        sums(en, cell.en(), context.en_evidence, zh, cell.zh()).support,
    ]
}

pub(super) fn support(context: &Context<'_>, cell: Cell, sink: &mut impl Sink) {
    let [zh, en] = supports(context, cell);
    sink.put("support", "zh", zh);
    sink.put("support", "en", en);
}

/// The supports of a null bead: its tokens, all unexplained.
pub(super) fn null_supports(context: &Context<'_>, cell: Cell) -> [f32; 2] {
    let tokens = |side: &BitextSide, range: Range<usize>| {
        (side.tokens.starts[range.end] - side.tokens.starts[range.start]) as f32 * gain(0.0, 0.0)
    };
    [tokens(&context.bitext.zh, cell.zh()), tokens(&context.bitext.en, cell.en())]
}
