//! Segments that a bead of several has taken in though the other side says nothing of them. A translation that leaves out a single
//! sentence looks much like one that makes one sentence of two; the aligner, fitted on texts that leave out next to nothing, rather
//! joins a segment than leaves it alone. Here the joined ones are looked at once more, by what is usual in the document.

use std::ops::Range;

use super::Passes;
use crate::alignment::Omission;
use crate::evidence::BitextSide;
use crate::feature::{Context, coverage};
use crate::text::Lang;

/// Logistic regression on the academic text, the Bible and six literary chapters, of which one sentence in twenty had been taken out
/// on one side (19 copies, 13,669 segments of beads of several, 312 of them without counterpart). Left out in turn, at a
/// probability of one half: academic text precision .88, recall .47; Bible .57, .30; literary text .44, .08, where free
/// renderings look alike. (Recall among the joined ones: half of the sentences taken out stand alone anyway.)
const BIAS: f64 = -2.94;
/// How well the segment's tokens are explained, over what is usual; the best of the bead's other segments; both against each other.
const COVERAGE: f64 = -0.86;
const BEST: f64 = 0.70;
const RELATIVE: f64 = -2.49;
/// The bead is shorter on the side of the segment than the other side makes expect.
const SHORT: f64 = -0.96;
/// More than two segments.
const MANY: f64 = -1.33;
/// |ln of the ratio of lengths| over its standard deviation in the document: of the bead, of the bead without the segment, and of the
/// bead where it is too long.
const MISFIT: f64 = 0.54;
const MISFIT_WITHOUT: f64 = -0.66;
const TOO_LONG: f64 = 1.00;
/// Bounds that keep single beads from ruling.
const MOST_COVERAGE: f64 = 2.0;
const MOST_MISFIT: f64 = 6.0;
/// Added to lengths before their ratio is taken.
const LENGTH_OFFSET: f64 = 4.0;

/// A bead: Chinese segments, English segments.
type Ranges = (Range<usize>, Range<usize>);

impl Passes {
    /// For every segment of a bead that has several on its side and fewer, but some, on the other: how likely the other side leaves
    /// it out. Beads are ranges of Chinese and of English segments.
    pub fn omissions(&self, beads: &[Ranges]) -> Vec<Omission> {
        let (mut zh_ranges, mut en_ranges) = (vec![0..0; self.bitext.zh.len()], vec![0..0; self.bitext.en.len()]);
        for (zh, en) in beads {
            zh_ranges[zh.clone()].fill(en.clone());
            en_ranges[en.clone()].fill(zh.clone());
        }
        let evidence = self.evidence(&self.dictionary.pairs, &zh_ranges, &en_ranges);
        let context = self.context(&evidence);
        let Some(usual) = Usual::of(self, &context, beads) else { return Vec::new() };
        let mut found = Vec::new();
        for (zh, en) in beads {
            let (lang, own) = match (zh.len(), en.len()) {
                (m, n) if m > n && n > 0 => (Lang::Zh, zh),
                (m, n) if n > m && m > 0 => (Lang::En, en),
                _ => continue,
            };
            let covered = |s: usize| usual.coverage_of(&context, lang, s, (zh, en));
            let all: Vec<f64> = own.clone().map(covered).collect();
            let misfit = |without: Option<usize>| self.misfit(lang, (zh, en), without) / usual.deviation;
            let whole = misfit(None);
            for (k, segment) in own.clone().enumerate() {
                let best = all.iter().enumerate().filter(|(i, _)| *i != k).map(|(_, c)| *c).fold(0.0, f64::max);
                let sum = BIAS
                    + COVERAGE * all[k]
                    + BEST * best
                    + RELATIVE * all[k] / (best + 0.2)
                    + SHORT * f64::from(u8::from(whole < 0.0))
                    + MANY * f64::from(u8::from(own.len() > 2))
                    + MISFIT * whole.abs().min(MOST_MISFIT)
                    + MISFIT_WITHOUT * misfit(Some(segment)).abs().min(MOST_MISFIT)
                    + TOO_LONG * whole.clamp(0.0, MOST_MISFIT);
                found.push(Omission { lang, segment, probability: 1.0 / (1.0 + (-sum).exp()) });
            }
        }
        found
    }

    /// ln of how much longer the bead is on a side than its other side makes expect, with or without one of its segments.
    fn misfit(&self, lang: Lang, (zh, en): (&Range<usize>, &Range<usize>), without: Option<usize>) -> f64 {
        let ratio = f64::from(self.bitext.ratio);
        let length = |side: &BitextSide, range: &Range<usize>, left_out: Option<usize>| -> f64 {
            range.clone().filter(|&s| Some(s) != left_out).map(|s| f64::from(side.length[s])).sum()
        };
        let of = |side: Lang| without.filter(|_| side == lang);
        let (zh, en) = (length(&self.bitext.zh, zh, of(Lang::Zh)) * ratio, length(&self.bitext.en, en, of(Lang::En)));
        let fit = ((en + LENGTH_OFFSET) / (zh + LENGTH_OFFSET)).ln();
        if lang == Lang::En { fit } else { -fit }
    }
}

/// What is usual in the beads of one segment a side.
struct Usual {
    /// How well tokens are explained, Chinese and English.
    coverage: [f64; 2],
    /// Standard deviation of ln of the ratio of lengths.
    deviation: f64,
}

impl Usual {
    /// `None` without such a bead.
    fn of(passes: &Passes, context: &Context<'_>, beads: &[Ranges]) -> Option<Usual> {
        let (mut sum, mut squares, mut count) = ([0f64; 2], 0f64, 0f64);
        for (zh, en) in beads.iter().filter(|(zh, en)| zh.len() == 1 && en.len() == 1) {
            for (sum, one) in sum.iter_mut().zip(coverage(context, zh.clone(), en.clone())) {
                *sum += f64::from(one);
            }
            squares += passes.misfit(Lang::En, (zh, en), None).powi(2);
            count += 1.0;
        }
        let least = f64::from(f32::EPSILON);
        let mean = |x: f64| (x / count).max(least);
        (count > 0.0).then(|| Usual { coverage: sum.map(mean), deviation: mean(squares).sqrt() })
    }

    /// How well a segment is explained by the other side of its bead, over what is usual.
    fn coverage_of(
        &self,
        context: &Context<'_>,
        lang: Lang,
        s: usize,
        (zh, en): (&Range<usize>, &Range<usize>),
    ) -> f64 {
        let (k, both) = match lang {
            Lang::Zh => (0, coverage(context, s..s + 1, en.clone())),
            Lang::En => (1, coverage(context, zh.clone(), s..s + 1)),
        };
        (f64::from(both[k]) / self.coverage[k]).min(MOST_COVERAGE)
    }
}
