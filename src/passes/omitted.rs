//! Segments that a bead of several has taken in though the other side says nothing of them. A translation that leaves out a single
//! sentence looks much like one that makes one sentence of two; the aligner, fitted on texts that leave out next to nothing, rather
//! joins a segment than leaves it alone. Here the joined ones are looked at once more, by what is usual in the document.

use std::ops::Range;
use std::sync::LazyLock;

use serde::{Deserialize, Serialize};

use super::{Best, Passes};
use crate::alignment::Omission;
use crate::error::Result;
use crate::evidence::BitextSide;
use crate::feature::{Context, Cutting, coverage};
use crate::linear::{self, Linear, WeightsError};
use crate::text::Lang;

static BUILTIN: LazyLock<Result<OmissionWeights, WeightsError>> =
    LazyLock::new(|| linear::read(include_str!("../../data/omissions.json"), OmissionWeights::in_order));

/// Less probable omissions are not kept: they are nearly all segments, and `check` tells of those from .1 on.
const LEAST_PROBABILITY: f64 = 0.01;
/// Bounds that keep single beads from ruling.
const MOST_COVERAGE: f64 = 2.0;
const MOST_MISFIT: f64 = 6.0;
const MOST_RATIO: f64 = 8.0;
/// ln of odds beyond which more counts no further; what the first pass gives up has a posterior of 0.
const MOST_ODDS: f64 = 9.0;
/// Share of what is usual that is explained by chance where nothing is said; set by hand, the fitted weights make up for it.
const BY_CHANCE: f64 = 0.35;
/// Characters added to lengths before their ratio is taken, lest that of short segments scatter; set by hand.
const LENGTH_OFFSET: f64 = 4.0;

/// What there is to say of a segment, and its name in the file of weights.
const NAMES: [&str; FEATURES] = [
    "constant",
    "english",
    "odds_alone",
    "length",
    "joined",
    "coverage",
    "best_coverage",
    "relative_coverage",
    "bead_short",
    "bead_of_more_than_two",
    "misfit",
    "misfit_without",
    "misfit_long",
    "share",
    "share_of_rest",
    "ratio",
    "ratio_of_rest",
];
/// So many of [`NAMES`] there are.
const FEATURES: usize = 17;
/// So many of them stand before those of a segment that is joined to others.
const OF_ALL: usize = 5;

/// Chinese segments, English segments.
type Ranges = (Range<usize>, Range<usize>);

/// A segment of a bead with two sides, as the question sees it whether the other side leaves it out.
#[derive(Clone, Debug)]
pub struct Look {
    /// Its side.
    pub lang: Lang,
    /// Its index.
    pub segment: usize,
    /// Features, in the order of [`OmissionWeights::names`].
    pub features: [f64; FEATURES],
}

/// Logistic regression over the features of a [`Look`].
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct OmissionWeights {
    /// What they were fitted on.
    pub fitted_on: String,
    /// In the order of [`OmissionWeights::names`].
    pub weights: Linear,
}

impl OmissionWeights {
    /// The names of the features.
    pub fn names() -> &'static [&'static str] {
        &NAMES
    }

    /// The weights that the crate carries.
    ///
    /// # Errors
    /// [`crate::ErrorKind::Model`] when the crate was built with a damaged `data/omissions.json`.
    pub fn builtin() -> Result<&'static OmissionWeights> {
        BUILTIN.as_ref().map_err(linear::named("omissions"))
    }

    fn in_order(self) -> Result<OmissionWeights, WeightsError> {
        Ok(OmissionWeights { weights: self.weights.in_order(&NAMES)?, ..self })
    }

    /// Reads a file as [`OmissionWeights::to_json`] writes it; `name` stands in error messages.
    ///
    /// # Errors
    /// [`crate::ErrorKind::Model`] when it is no such file, or has other features than this version.
    pub fn from_json(name: &str, json: &str) -> Result<OmissionWeights> {
        linear::read(json, OmissionWeights::in_order).map_err(linear::named(name))
    }

    /// The weights as a file.
    ///
    /// # Errors
    /// [`crate::ErrorKind::Model`] when they cannot be written.
    pub fn to_json(&self) -> Result<String> {
        linear::write("omissions", self)
    }

    /// How likely a segment is left out on the other side, 0 to 1.
    pub fn probability(&self, look: &Look) -> f64 {
        1.0 / (1.0 + (-self.weights.score(&look.features)).exp())
    }
}

impl Passes {
    /// Segments of beads with two sides that the other side may leave out, in the order of the beads.
    pub fn omissions(&self, best: &Best, weights: &OmissionWeights) -> Vec<Omission> {
        let omission =
            |look: Look| Omission { lang: look.lang, segment: look.segment, probability: weights.probability(&look) };
        self.looks(best).into_iter().map(omission).filter(|o| o.probability >= LEAST_PROBABILITY).collect()
    }

    /// Every segment of a bead with two sides, in the order of the beads. Empty where no bead has one segment a side, or cues
    /// break sentences: what is usual cannot be said then.
    pub fn looks(&self, best: &Best) -> Vec<Look> {
        if self.cutting == Cutting::Cues {
            return Vec::new();
        }
        let beads: Vec<Ranges> = best.beads.iter().map(|b| (b.cell.zh(), b.cell.en())).collect();
        let (mut zh_ranges, mut en_ranges) = (vec![0..0; self.bitext.zh.len()], vec![0..0; self.bitext.en.len()]);
        for (zh, en) in &beads {
            zh_ranges[zh.clone()].fill(en.clone());
            en_ranges[en.clone()].fill(zh.clone());
        }
        let evidence = self.evidence(&self.dictionary.pairs, &zh_ranges, &en_ranges);
        let context = self.context(&evidence);
        let Some(usual) = Usual::of(self, &context, &beads) else { return Vec::new() };
        let mut looks = Vec::new();
        for (zh, en) in beads.iter().filter(|(zh, en)| !zh.is_empty() && !en.is_empty()) {
            for (lang, own, other) in [(Lang::Zh, zh, en), (Lang::En, en, zh)] {
                let mut all = self.looks_alone(best, lang, own.clone());
                if own.len() > other.len() {
                    self.look_at_joined(&context, &usual, (zh, en), &mut all);
                }
                looks.extend(all);
            }
        }
        looks
    }

    /// What holds for every segment of a bead's side.
    fn looks_alone(&self, best: &Best, lang: Lang, own: Range<usize>) -> Vec<Look> {
        let (side, alone, scale) = match lang {
            Lang::Zh => (&self.bitext.zh, &best.alone[0], f64::from(self.bitext.ratio)),
            Lang::En => (&self.bitext.en, &best.alone[1], 1.0),
        };
        let look = |segment: usize| {
            let mut features = [0.0; FEATURES];
            let alone = alone[segment];
            features[..OF_ALL - 1].copy_from_slice(&[
                1.0,
                f64::from(u8::from(lang == Lang::En)),
                (alone / (1.0 - alone)).ln().clamp(-MOST_ODDS, MOST_ODDS),
                (1.0 + f64::from(side.length[segment]) * scale).ln(),
            ]);
            Look { lang, segment, features }
        };
        own.map(look).collect()
    }

    /// Adds what there is to say of segments that stand against fewer of the other side.
    fn look_at_joined(
        &self,
        context: &Context<'_>,
        usual: &Usual,
        (zh, en): (&Range<usize>, &Range<usize>),
        all: &mut [Look],
    ) {
        let words: Vec<Words> = all.iter().map(|l| usual.words(context, l.lang, l.segment, (zh, en))).collect();
        let count = all.len();
        for (k, look) in all.iter_mut().enumerate() {
            let misfit = |without: Option<usize>| self.misfit(look.lang, (zh, en), without) / usual.deviation;
            let whole = misfit(None);
            let others = || words.iter().enumerate().filter(|(i, _)| *i != k).map(|(_, w)| w);
            let best = others().map(|w| w.coverage).fold(0.0, f64::max);
            let rest = others().fold(Words::default(), |sum, w| sum.with(w));
            let usual = usual.explained[usize::from(look.lang == Lang::En)];
            look.features[OF_ALL - 1..].copy_from_slice(&[
                1.0,
                words[k].coverage,
                best,
                words[k].coverage / (best + 0.2),
                // The bead is shorter on this side than the other one makes expect.
                f64::from(u8::from(whole < 0.0)),
                f64::from(u8::from(count > 2)),
                // Of the bead, of the bead without the segment, and of the bead where it is too long.
                whole.abs().min(MOST_MISFIT),
                misfit(Some(look.segment)).abs().min(MOST_MISFIT),
                whole.clamp(0.0, MOST_MISFIT),
                words[k].share(usual),
                rest.share(usual),
                words[k].ratio(usual),
                rest.ratio(usual),
            ]);
        }
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

#[cfg(test)]
mod tests {
    use std::error::Error as _;

    use super::*;

    #[test]
    fn weights_go_out_and_come_back() {
        let weights = OmissionWeights::builtin().unwrap();
        let json = weights.to_json().unwrap();
        let again = OmissionWeights::from_json("again", &json).unwrap();
        assert_eq!(again.weights, weights.weights);
        let unknown = json.replacen("\"odds_alone\"", "\"odd\"", 1);
        let error = OmissionWeights::from_json("broken", &unknown).unwrap_err();
        assert!(error.to_string().contains("training/README.md"), "{error}");
        let cause = error.source().map(ToString::to_string).unwrap_or_default();
        assert!(cause.contains("odds_alone"), "{cause}");
    }
}
