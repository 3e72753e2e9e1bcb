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
/// on one side (38 copies, 13,669 segments of beads of several, 312 of them without counterpart). Left out in turn, at a
/// probability of one half: academic text precision .95, recall .60; Bible .54, .33; literary text .75, .10, where free
/// renderings look alike. (Recall among the joined ones: six in ten of the sentences taken out stand alone anyway.)
const BIAS: f64 = -3.69;
/// Weights of [`Look`], in the order of its fields.
const WEIGHTS: [f64; 12] = [-0.60, 0.11, -1.80, -0.74, -1.33, 0.49, -0.50, 0.98, 0.78, -0.65, -0.29, 0.23];
/// Bounds that keep single beads from ruling.
const MOST_COVERAGE: f64 = 2.0;
const MOST_MISFIT: f64 = 6.0;
const MOST_RATIO: f64 = 8.0;
/// Share of what is usual that is explained by chance where nothing is said.
const BY_CHANCE: f64 = 0.35;
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
            let looks: Vec<Words> = own.clone().map(|s| usual.words(&context, lang, s, (zh, en))).collect();
            let misfit = |without: Option<usize>| self.misfit(lang, (zh, en), without) / usual.deviation;
            let whole = misfit(None);
            for (k, segment) in own.clone().enumerate() {
                let others = || looks.iter().enumerate().filter(|(i, _)| *i != k).map(|(_, w)| w);
                let best = others().map(|w| w.coverage).fold(0.0, f64::max);
                let rest = others().fold(Words::default(), |sum, w| sum.with(w));
                let usual = usual.explained[usize::from(lang == Lang::En)];
                let features = [
                    looks[k].coverage,
                    best,
                    looks[k].coverage / (best + 0.2),
                    // The bead is shorter on this side than the other one makes expect.
                    f64::from(u8::from(whole < 0.0)),
                    f64::from(u8::from(own.len() > 2)),
                    // Of the bead, of the bead without the segment, and of the bead where it is too long.
                    whole.abs().min(MOST_MISFIT),
                    misfit(Some(segment)).abs().min(MOST_MISFIT),
                    whole.clamp(0.0, MOST_MISFIT),
                    looks[k].share(usual),
                    rest.share(usual),
                    looks[k].ratio(usual),
                    rest.ratio(usual),
                ];
                let sum: f64 = BIAS + features.iter().zip(WEIGHTS).map(|(x, w)| x * w).sum::<f64>();
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

/// How the words of a segment, or of several, are explained by the other side of their bead.
#[derive(Clone, Copy, Default)]
struct Words {
    /// How well on the average, over what is usual.
    coverage: f64,
    /// Tokens explained better than chance, and all.
    explained: f64,
    tokens: f64,
}

impl Words {
    fn with(self, other: &Words) -> Words {
        Words { explained: self.explained + other.explained, tokens: self.tokens + other.tokens, ..self }
    }

    /// Share of the tokens that are explained, over what is usual; a token half of the usual sort is added.
    fn share(self, usual: f64) -> f64 {
        ((self.explained + 0.5 * usual) / (self.tokens + 0.5) / usual).min(MOST_COVERAGE)
    }

    /// ln of the likelihood of so many explained tokens where the other side says the same, over that where it says something else.
    fn ratio(self, usual: f64) -> f64 {
        let chance = BY_CHANCE * usual;
        let missed = self.tokens - self.explained;
        let ratio = self.explained * (usual / chance).ln() + missed * ((1.0 - usual) / (1.0 - chance)).ln();
        ratio.clamp(-MOST_RATIO, MOST_RATIO)
    }
}

/// What is usual in the beads of one segment a side.
struct Usual {
    /// How well tokens are explained, Chinese and English.
    coverage: [f64; 2],
    /// Share of the tokens that are explained better than chance, likewise; between 0 and 1, both excluded.
    explained: [f64; 2],
    /// Standard deviation of ln of the ratio of lengths.
    deviation: f64,
}

impl Usual {
    /// `None` without such a bead.
    fn of(passes: &Passes, context: &Context<'_>, beads: &[Ranges]) -> Option<Usual> {
        let (mut sum, mut explained, mut tokens) = ([0f64; 2], [0f64; 2], [0f64; 2]);
        let (mut squares, mut count) = (0f64, 0f64);
        for (zh, en) in beads.iter().filter(|(zh, en)| zh.len() == 1 && en.len() == 1) {
            for (k, one) in coverage(context, zh.clone(), en.clone()).into_iter().enumerate() {
                sum[k] += f64::from(one.weakest);
                explained[k] += f64::from(one.explained);
                tokens[k] += f64::from(one.tokens);
            }
            squares += passes.misfit(Lang::En, (zh, en), None).powi(2);
            count += 1.0;
        }
        let least = f64::from(f32::EPSILON);
        let mean = |x: f64| (x / count).max(least);
        let share = |k: usize| (explained[k] / tokens[k].max(1.0)).clamp(0.05, 0.95);
        let known = count > 0.0;
        known.then(|| Usual {
            coverage: sum.map(mean),
            explained: [share(0), share(1)],
            deviation: mean(squares).sqrt(),
        })
    }

    /// How a segment is explained by the other side of its bead.
    fn words(&self, context: &Context<'_>, lang: Lang, s: usize, (zh, en): (&Range<usize>, &Range<usize>)) -> Words {
        let (k, both) = match lang {
            Lang::Zh => (0, coverage(context, s..s + 1, en.clone())),
            Lang::En => (1, coverage(context, zh.clone(), s..s + 1)),
        };
        Words {
            coverage: (f64::from(both[k].weakest) / self.coverage[k]).min(MOST_COVERAGE),
            explained: f64::from(both[k].explained),
            tokens: f64::from(both[k].tokens),
        }
    }
}
