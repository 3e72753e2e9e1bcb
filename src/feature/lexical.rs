//! Features of words: how well the tokens of each side are explained by the other, inside the bead and just outside it.

use std::ops::Range;

use super::{Context, DocumentStats, SIDES, Sink};
use crate::evidence::{LAMBDA, ln};
use crate::lattice::Cell;
use crate::text::{Lang, PerLang};

/// Added to the tokens of a segment before its evidence is averaged.
const WEAKEST_OFFSET: f32 = 2.0;

/// ln(1 − λ + λ S / (L + 1)): the gain of a token whose evidence in a span of L tokens is S.
#[inline]
pub(super) fn gain(sum: f32, tokens: f32) -> f32 {
    ln(1.0 - LAMBDA + LAMBDA * sum / (tokens + 1.0))
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
    /// Tokens that the span explains better than chance, and all.
    matched: f32,
    tokens: f32,
}

/// Sums over the tokens on one side of a bead. Leak is how much better the neighbour just outside the bead explains a
/// token. It is a variant of the margin of Vecalign (Thompson & Koehn 2019, section 3) and Bertalign (Liu & Zhu 2022,
/// section 3.2).
fn sums(context: &Context<'_>, lang: Lang, spans: &PerLang<Range<usize>>) -> Sums {
    let (side, other) = (&context.bitext.sides[lang], &context.bitext.sides[lang.other()]);
    let (evidence, own, span) = (&context.evidence[lang], &spans[lang], spans[lang.other()].clone());
    let mut out = Sums { weakest: f32::INFINITY, ..Sums::default() };
    let counts = &other.tokens.counts;
    let length: f32 = counts[span.clone()].iter().sum();
    let nothing = gain(0.0, length);
    let first = side.tokens.starts[own.start] as usize;
    let own_count = (side.tokens.starts[own.end] as usize - first) as f32;
    let (start, end) = (span.start as u32, span.end as u32);
    // How much better a token is explained by a segment outside than by the bead.
    let better = |value: f32, at: usize, g: f32| (gain(value, counts[at]) - g).max(0.0);
    for s in own.clone() {
        let mut explained = 0.0;
        for t in side.tokens.range(s) {
            let (segments, values) = evidence.near(t, &span);
            let (mut sum, mut moment, mut before_value, mut after_value) = (0.0, 0.0, 0.0, 0.0);
            let (mut at, mut before) = (start, 0.0);
            for (&j, &value) in segments.iter().zip(values) {
                if j >= start && j < end {
                    sum += value;
                    while at < j {
                        before += counts[at as usize];
                        at += 1;
                    }
                    moment += value * (before + 0.5 * counts[j as usize]);
                } else if j + 1 == start {
                    before_value = value;
                } else if j == end {
                    after_value = value;
                } else if j > end {
                    break;
                }
            }
            let g = if sum > 0.0 { gain(sum, length) } else { nothing };
            out.support += g;
            out.tokens += 1.0;
            if g > 0.0 {
                out.matched += 1.0;
            }
            if sum + before_value + after_value == 0.0 {
                continue;
            }
            let g = g.max(0.0);
            explained += g;
            let position = ((t - first) as f32 + 0.5) / own_count;
            let a = if before_value > 0.0 { better(before_value, span.start - 1, g) } else { 0.0 };
            let b = if after_value > 0.0 { better(after_value, span.end, g) } else { 0.0 };
            out.leak += a.max(b);
            out.leak_previous += a * (1.0 - 2.0 * position).max(0.0);
            out.leak_next += b * (2.0 * position - 1.0).max(0.0);
            if span.len() > 1 && sum > 0.0 {
                out.disorder += g * (moment / sum / length.max(1.0) - position).abs();
            }
        }
        out.weakest = out.weakest.min(explained / (side.tokens.counts[s] + WEAKEST_OFFSET));
    }
    out.several = if own.len() > 1 && !span.is_empty() { 1.0 } else { 0.0 };
    if own.is_empty() {
        out.weakest = 0.0;
    }
    out
}

/// How the tokens of one side are explained by the other.
#[derive(Clone, Copy, Debug, Default)]
pub struct Coverage {
    /// How well on the average those of the segment that is explained worst.
    pub weakest: f32,
    /// Tokens that are explained better than by chance.
    pub explained: f32,
    /// All tokens.
    pub tokens: f32,
}

/// For the segments of each side, by the segments of the other side.
pub fn coverage(context: &Context<'_>, spans: PerLang<Range<usize>>) -> PerLang<Coverage> {
    PerLang::from_fn(|lang| {
        let s = sums(context, lang, &spans);
        Coverage { weakest: s.weakest, explained: s.matched, tokens: s.tokens }
    })
}

pub(super) fn lexical(context: &Context<'_>, cell: Cell, stats: Option<DocumentStats>, sink: &mut impl Sink) {
    let spans = cell.spans();
    for lang in SIDES {
        let (s, name) = (sums(context, lang, &spans), lang.code());
        sink.put("support", name, s.support);
        sink.put("leak", name, s.leak);
        sink.put("leak_previous", name, s.leak_previous);
        sink.put("leak_next", name, s.leak_next);
        sink.put("weakest", name, s.weakest * s.several);
        sink.put("several", name, s.several);
        if let Some(stats) = stats {
            let usual = stats.coverage[lang];
            let lack = if usual > 0.0 { (1.0 - s.weakest / usual).clamp(0.0, 1.0) * s.several } else { 0.0 };
            sink.put("lack", name, lack);
            sink.put("lack_square", name, lack * lack);
        }
        sink.put("disorder", name, s.disorder);
    }
}

pub(super) fn support(context: &Context<'_>, cell: Cell, sink: &mut impl Sink) {
    let spans = cell.spans();
    for lang in SIDES {
        sink.put("support", lang.code(), sums(context, lang, &spans).support);
    }
}
