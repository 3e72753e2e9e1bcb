//! Features that need no words: the bead's shape, lengths, punctuation, and what its inner cuts look like.

use std::ops::Range;

use super::{Context, SIDES, Sink};
use crate::evidence::{BitextSide, EndClass, EndKind, MARKS, Marks, ln};
use crate::lattice::{Cell, SHAPES};
use crate::text::{Lang, PerLang};

/// Added to lengths before their ratio is taken, so that very short segments may differ.
const LENGTH_OFFSET: f32 = 4.0;
/// Bounds that keep single beads from ruling a path.
const MAX_SQUARE: f32 = 4.0;
const MAX_GAUSS: f32 = 60.0;

/// One indicator for each shape. Its name gives the number of Chinese segments, then of English segments, as in the
/// file of weights.
pub(super) fn shape(cell: Cell, sink: &mut impl Sink) {
    const NAMES: [&str; SHAPES.len()] = [
        "1_0", "0_1", "1_1", "1_2", "1_3", "1_4", "1_5", "1_6", "1_7", "2_1", "2_2", "2_3", "2_4", "2_5", "3_1", "3_2",
        "3_3", "3_4", "4_1", "4_2", "4_3", "5_1", "6_1", "7_1", "8_1", "9_1", "10_1", "11_1", "12_1", "5_2", "6_2",
        "7_2", "8_2", "1_8", "1_9", "1_10",
    ];
    for (k, name) in NAMES.iter().enumerate() {
        sink.put("bead", name, f32::from(u8::from(k == usize::from(cell.shape))));
    }
}

/// The three measures of how well two lengths agree, both in English characters.
pub(super) struct LengthFit {
    /// |ln of the ratio|.
    pub(super) log: f32,
    /// Its square, at most 4.
    pub(super) square: f32,
    /// (difference)² / sum, as in Gale & Church 1993 (section 3), at most 60, in tenths.
    pub(super) gauss: f32,
}

impl LengthFit {
    pub(super) fn new(lengths: PerLang<f32>) -> LengthFit {
        LengthFit::from_logs(lengths, lengths.map(LengthFit::log_of))
    }

    /// What [`LengthFit::from_logs`] takes for a length.
    pub(super) fn log_of(length: f32) -> f32 {
        ln(length + LENGTH_OFFSET)
    }

    #[inline]
    pub(super) fn from_logs(lengths: PerLang<f32>, logs: PerLang<f32>) -> LengthFit {
        let PerLang { en, zh } = lengths;
        let log = logs.en - logs.zh;
        let gauss = ((en - zh).powi(2) / (en + zh).max(f32::MIN_POSITIVE)).min(MAX_GAUSS) / 10.0;
        LengthFit { log: log.abs(), square: (log * log).min(MAX_SQUARE), gauss }
    }
}

/// What a null bead's length is measured in: characters.
pub(super) const NULL_LENGTH: f32 = 30.0;

pub(super) fn length(context: &Context<'_>, cell: Cell, sink: &mut impl Sink) {
    let bitext = context.bitext;
    let zh: f32 = bitext.sides.zh.length[cell.zh()].iter().sum::<f32>() * bitext.ratio;
    let en: f32 = bitext.sides.en.length[cell.en()].iter().sum();
    sink.put("null_length", "zh", if cell.en().is_empty() { zh / NULL_LENGTH } else { 0.0 });
    sink.put("null_length", "en", if cell.zh().is_empty() { en / NULL_LENGTH } else { 0.0 });
    let both = f32::from(u8::from(!cell.zh().is_empty() && !cell.en().is_empty()));
    let fit = LengthFit::new(PerLang { en, zh });
    sink.put("length_log", "", fit.log * both);
    sink.put("length_square", "", fit.square * both);
    sink.put("length_gauss", "", fit.gauss * both);
}

fn flag(x: bool) -> f32 {
    f32::from(u8::from(x))
}

fn total(side: &BitextSide, range: Range<usize>) -> [f32; MARKS.len()] {
    let mut sum = [0.0; MARKS.len()];
    for marks in &side.marks[range] {
        for (s, c) in sum.iter_mut().zip(marks.counts) {
            *s += c;
        }
    }
    sum
}

pub(super) fn punctuation(context: &Context<'_>, cell: Cell, sink: &mut impl Sink) {
    let (sides, spans) = (context.bitext.sides.as_ref(), cell.spans());
    let both = flag(cell.is_two_sided());
    let totals = sides.zip(spans.clone()).map(|(side, span)| total(side, span));
    for (k, mark) in MARKS.iter().enumerate().filter(|(_, m)| **m != "comma") {
        let scale = if *mark == "quote" { 0.5 } else { 1.0 };
        sink.put("differ", mark, (totals.zh[k] - totals.en[k]).abs() * scale * both);
        if matches!(*mark, "question" | "exclaim" | "quote") {
            sink.put("both", mark, totals.zh[k].min(totals.en[k]) * scale * both);
        }
    }
    let comma = MARKS.len() - 1;
    sink.put("comma_ratio", "", ln((totals.zh[comma] + 2.0) / (totals.en[comma] + 2.0)).abs() * both);
    let edge = |(side, range): (&BitextSide, Range<usize>)| {
        let none = Marks::default();
        if range.is_empty() { (none, none) } else { (side.marks[range.start], side.marks[range.end - 1]) }
    };
    let edges = sides.zip(spans).map(edge);
    for (name, quotes) in
        [("start_quote", edges.map(|e| e.0.starts_quote)), ("end_quote", edges.map(|e| e.1.ends_quote))]
    {
        sink.put(name, "both", flag(quotes.en && quotes.zh) * both);
        sink.put(name, "one", flag(quotes.en != quotes.zh) * both);
    }
    let ends = edges.map(|e| e.1.end);
    let same = ends.en == ends.zh;
    let question = ends.iter().any(|end| *end == EndClass::Question);
    sink.put("end", "same", flag(same) * both);
    sink.put("end", "differs", flag(!same) * both);
    sink.put("end", "question_one", flag(!same && question) * both);
}

/// What stands at the boundaries inside a side of a bead, and how short its shortest segment is.
pub(super) fn cuts(context: &Context<'_>, cell: Cell, sink: &mut impl Sink) {
    const KINDS: [(EndKind, &str); 5] = [
        (EndKind::Question, "question"),
        (EndKind::Ellipsis, "ellipsis"),
        (EndKind::Stop, "stop"),
        (EndKind::Comma, "comma"),
        (EndKind::Other, "other"),
    ];
    let spans = cell.spans();
    for lang in SIDES {
        let (side, range, name) = (&context.bitext.sides[lang], spans[lang].clone(), lang.code());
        let scale = context.bitext.scale(lang);
        let marks = &side.marks[range.clone()];
        let (befores, afters) = (&marks[..marks.len().saturating_sub(1)], marks.get(1..).unwrap_or_default());
        for (kind, member) in KINDS {
            sink.put_member("cut", name, member, befores.iter().filter(|m| m.kind == kind).count() as f32);
        }
        sink.put_member("cut", name, "quote", befores.iter().filter(|m| m.ends_quote).count() as f32);
        sink.put_member("cut", name, "before_quote", afters.iter().filter(|m| m.starts_quote).count() as f32);
        if lang == Lang::En {
            sink.put_member("cut", name, "before_lower", afters.iter().filter(|m| m.starts_lower).count() as f32);
        }
        // What speaks for a cut inside a bead, and for one at its end.
        let ends = |range: Range<usize>| side.boundary.get(range).unwrap_or_default().iter();
        let inner = range.start..range.end.saturating_sub(1).max(range.start);
        sink.put("cut_boundary_for", name, ends(inner.clone()).map(|b| b.max(0.0)).sum());
        sink.put("cut_boundary_against", name, ends(inner).map(|b| (-b).max(0.0)).sum());
        let many = flag(range.len() > 1);
        let lengths = side.length[range].iter().map(|l| l * scale);
        let sum: f32 = lengths.clone().sum();
        let shortest = lengths.fold(f32::INFINITY, f32::min);
        let (sum, shortest) = if many > 0.0 { (sum, shortest) } else { (1.0, 1.0) };
        sink.put("shortest_log", name, ln(shortest + 3.0) * many);
        sink.put("shortest_share", name, shortest / sum * many);
        sink.put("total_log", name, ln(sum + 3.0) * many);
    }
}

/// Whether the bead ends inside a quotation: on one side only, speech has been cut on the other.
pub(super) fn quotation(context: &Context<'_>, cell: Cell, sink: &mut impl Sink) {
    let open = |(side, span): (&BitextSide, Range<usize>)| span.end.checked_sub(1).is_some_and(|s| side.quoting[s]);
    let open = context.bitext.sides.as_ref().zip(cell.spans()).map(open);
    sink.put("quoting", "both", flag(open.en && open.zh));
    for lang in SIDES {
        sink.put("quoting", lang.code(), flag(open[lang] && !open[lang.other()]));
    }
}

#[cfg(test)]
mod tests {
    use super::super::Stage;
    use crate::lattice::SHAPES;

    #[test]
    fn names_of_shapes_are_those_of_the_lattice() {
        let names = Stage::Prune.names();
        for (name, shape) in names.iter().zip(SHAPES) {
            assert_eq!(*name, format!("bead_{}_{}", shape.zh, shape.en));
        }
    }
}
