//! Segments that a bead of several has taken in though the other side says nothing of them. A translation that leaves out a single
//! sentence looks much like one that makes one sentence of two; the aligner, fitted on texts that leave out next to nothing, rather
//! joins a segment than leaves it alone. Here the joined ones are looked at once more, by what is usual in the document.

use std::ops::Range;
use std::sync::LazyLock;

use serde::{Deserialize, Serialize};

use super::{Best, BitextModel};
use crate::alignment::Omission;
use crate::error::Result;
use crate::feature::{Context, Segmentation, coverage};
use crate::linear::{self, Linear, WeightsError};
use crate::text::{Lang, PerLang};

static BUILTIN: LazyLock<Result<OmissionWeights, WeightsError>> =
    LazyLock::new(|| linear::read(include_str!("../../data/omissions.json"), OmissionWeights::in_order));

/// Less probable omissions are not kept: they are nearly all segments, and `check` tells of those from .1 on.
const MIN_PROBABILITY: f64 = 0.01;
/// Bounds that keep single beads from ruling.
const MAX_COVERAGE: f64 = 2.0;
const MAX_MISFIT: f64 = 6.0;
const MAX_RATIO: f64 = 8.0;
/// ln of odds beyond which more counts no further; what the first pass gives up has a posterior of 0.
const MAX_ODDS: f64 = 9.0;
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

/// The segments of a bead.
type Spans = PerLang<Range<usize>>;

/// A segment of a bead with two sides, as the question sees it whether the other side leaves it out.
#[derive(Clone, Debug)]
pub struct OmissionCandidate {
    /// Its side.
    pub lang: Lang,
    /// Its index.
    pub segment: usize,
    /// Features, in the order of [`OmissionWeights::names`].
    pub features: [f64; FEATURES],
}

/// Logistic regression over the features of an [`OmissionCandidate`].
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct OmissionWeights {
    /// What they were fitted on.
    pub fitted_on: String,
    /// In the order of [`OmissionWeights::names`].
    pub weights: Linear,
}

impl OmissionWeights {
    /// The names of the features.
    #[cfg(feature = "train")]
    pub fn names() -> &'static [&'static str] {
        &NAMES
    }

    /// The weights that the crate carries.
    ///
    /// # Errors
    /// [`crate::ErrorKind::Model`] if the crate was built with a damaged `data/omissions.json`.
    pub fn builtin() -> Result<&'static OmissionWeights> {
        BUILTIN.as_ref().map_err(linear::named("omissions"))
    }

    fn in_order(self) -> Result<OmissionWeights, WeightsError> {
        Ok(OmissionWeights { weights: self.weights.in_order(&NAMES)?, ..self })
    }

    /// Reads a file as [`OmissionWeights::to_json`] writes it; `name` stands in error messages.
    ///
    /// # Errors
    /// [`crate::ErrorKind::Model`] if the file is not a file of weights, or if its features are not those of this
    /// version.
    #[cfg(feature = "train")]
    pub fn from_json(name: &str, json: &str) -> Result<OmissionWeights> {
        linear::read(json, OmissionWeights::in_order).map_err(linear::named(name))
    }

    /// Returns the weights as a file.
    ///
    /// # Errors
    /// [`crate::ErrorKind::Model`] if the weights cannot be written.
    #[cfg(feature = "train")]
    pub fn to_json(&self) -> Result<String> {
        linear::write("omissions", self)
    }

    /// How likely a segment is left out on the other side, 0 to 1.
    pub fn probability(&self, candidate: &OmissionCandidate) -> f64 {
        1.0 / (1.0 + (-self.weights.score(&candidate.features)).exp())
    }
}

impl BitextModel {
    /// Segments of beads with two sides that the other side may leave out, in the order of the beads.
    pub fn omissions(&self, best: &Best, weights: &OmissionWeights) -> Vec<Omission> {
        let omission = |candidate: OmissionCandidate| Omission {
            lang: candidate.lang,
            segment: candidate.segment,
            probability: weights.probability(&candidate),
        };
        self.omission_candidates(best).into_iter().map(omission).filter(|o| o.probability >= MIN_PROBABILITY).collect()
    }

    /// Every segment of a bead with two sides, in the order of the beads. Empty where no bead has one segment a side, or cues
    /// break sentences: what is usual cannot be said then.
    pub fn omission_candidates(&self, best: &Best) -> Vec<OmissionCandidate> {
        if self.segmentation == Segmentation::Cues {
            return Vec::new();
        }
        let beads: Vec<Spans> = best.beads.iter().map(|b| b.cell.spans()).collect();
        let mut ranges = self.bitext.segments().map(|n| vec![0..0; n]);
        for spans in &beads {
            for lang in Lang::ALL {
                ranges[lang][spans[lang].clone()].fill(spans[lang.other()].clone());
            }
        }
        let evidence = self.evidence(&self.dictionary.pairs, &ranges);
        let context = self.context(&evidence);
        let Some(usual) = Usual::of(self, &context, &beads) else { return Vec::new() };
        let mut candidates = Vec::new();
        for spans in beads.iter().filter(|spans| spans.iter().all(|span| !span.is_empty())) {
            // Chinese first: callers see the list in this order.
            for lang in [Lang::Zh, Lang::En] {
                let mut all = self.candidates_of(best, lang, spans[lang].clone());
                if spans[lang].len() > spans[lang.other()].len() {
                    self.add_joined_features(&context, &usual, spans, &mut all);
                }
                candidates.extend(all);
            }
        }
        candidates
    }

    /// What holds for every segment of a bead's side.
    fn candidates_of(&self, best: &Best, lang: Lang, own: Range<usize>) -> Vec<OmissionCandidate> {
        let (side, alone) = (&self.bitext.sides[lang], &best.alone[lang]);
        let scale = f64::from(self.bitext.scale(lang));
        let candidate = |segment: usize| {
            let mut features = [0.0; FEATURES];
            let alone = alone[segment];
            features[..OF_ALL - 1].copy_from_slice(&[
                1.0,
                f64::from(u8::from(lang == Lang::En)),
                (alone / (1.0 - alone)).ln().clamp(-MAX_ODDS, MAX_ODDS),
                (1.0 + f64::from(side.length[segment]) * scale).ln(),
            ]);
            OmissionCandidate { lang, segment, features }
        };
        own.map(candidate).collect()
    }

    /// Adds what there is to say of segments that stand against fewer of the other side.
    fn add_joined_features(&self, context: &Context<'_>, usual: &Usual, spans: &Spans, all: &mut [OmissionCandidate]) {
        let words: Vec<Words> = all.iter().map(|l| usual.words(context, l.lang, l.segment, spans)).collect();
        let count = all.len();
        for (k, candidate) in all.iter_mut().enumerate() {
            let misfit = |without: Option<usize>| self.misfit(candidate.lang, spans, without) / usual.deviation;
            let whole = misfit(None);
            let others = || words.iter().enumerate().filter(|(i, _)| *i != k).map(|(_, w)| w);
            let best = others().map(|w| w.coverage).fold(0.0, f64::max);
            let rest = others().fold(Words::default(), |sum, w| sum.with(w));
            let usual = usual.explained[candidate.lang];
            candidate.features[OF_ALL - 1..].copy_from_slice(&[
                1.0,
                words[k].coverage,
                best,
                words[k].coverage / (best + 0.2),
                // The bead is shorter on this side than the other one makes expect.
                f64::from(u8::from(whole < 0.0)),
                f64::from(u8::from(count > 2)),
                // Of the bead, of the bead without the segment, and of the bead where it is too long.
                whole.abs().min(MAX_MISFIT),
                misfit(Some(candidate.segment)).abs().min(MAX_MISFIT),
                whole.clamp(0.0, MAX_MISFIT),
                words[k].share(usual),
                rest.share(usual),
                words[k].ratio(usual),
                rest.ratio(usual),
            ]);
        }
    }

    /// ln of how much longer the bead is on a side than its other side makes expect, with or without one of its segments.
    fn misfit(&self, lang: Lang, spans: &Spans, without: Option<usize>) -> f64 {
        let length = PerLang::from_fn(|of| -> f64 {
            let left_out = without.filter(|_| of == lang);
            let segments = spans[of].clone().filter(|&s| Some(s) != left_out);
            let sum: f64 = segments.map(|s| f64::from(self.bitext.sides[of].length[s])).sum();
            sum * f64::from(self.bitext.scale(of))
        });
        let fit = ((length.en + LENGTH_OFFSET) / (length.zh + LENGTH_OFFSET)).ln();
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
        ((self.explained + 0.5 * usual) / (self.tokens + 0.5) / usual).min(MAX_COVERAGE)
    }

    /// ln of the likelihood of so many explained tokens where the other side says the same, over that where it says something else.
    fn ratio(self, usual: f64) -> f64 {
        let chance = BY_CHANCE * usual;
        let missed = self.tokens - self.explained;
        let ratio = self.explained * (usual / chance).ln() + missed * ((1.0 - usual) / (1.0 - chance)).ln();
        ratio.clamp(-MAX_RATIO, MAX_RATIO)
    }
}

/// What is usual in the beads of one segment a side.
struct Usual {
    /// How well tokens are explained.
    coverage: PerLang<f64>,
    /// The share of tokens that are explained better than by chance, between 0 and 1, both excluded.
    explained: PerLang<f64>,
    /// Standard deviation of ln of the ratio of lengths.
    deviation: f64,
}

impl Usual {
    /// `None` without such a bead.
    fn of(passes: &BitextModel, context: &Context<'_>, beads: &[Spans]) -> Option<Usual> {
        let mut sums = PerLang::<Words>::default();
        let (mut squares, mut count) = (0f64, 0f64);
        for spans in beads.iter().filter(|spans| spans.iter().all(|span| span.len() == 1)) {
            for (sum, one) in sums.as_mut().into_iter().zip(coverage(context, spans.clone())) {
                sum.coverage += f64::from(one.weakest);
                sum.explained += f64::from(one.explained);
                sum.tokens += f64::from(one.tokens);
            }
            squares += passes.misfit(Lang::En, spans, None).powi(2);
            count += 1.0;
        }
        let least = f64::from(f32::EPSILON);
        let mean = |x: f64| (x / count).max(least);
        let share = |words: Words| (words.explained / words.tokens.max(1.0)).clamp(0.05, 0.95);
        let known = count > 0.0;
        known.then(|| Usual {
            coverage: sums.map(|words| mean(words.coverage)),
            explained: sums.map(share),
            deviation: mean(squares).sqrt(),
        })
    }

    /// How a segment is explained by the other side of its bead.
    fn words(&self, context: &Context<'_>, lang: Lang, s: usize, spans: &Spans) -> Words {
        let of_segment = PerLang::of(lang, s..s + 1, spans[lang.other()].clone());
        let own = coverage(context, of_segment)[lang];
        Words {
            coverage: (f64::from(own.weakest) / self.coverage[lang]).min(MAX_COVERAGE),
            explained: f64::from(own.explained),
            tokens: f64::from(own.tokens),
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
