//! Whether two texts say the same at all, as a whole and around each bead.
//!
//! The best path of two texts that have nothing to do with each other is still a path, and its posteriors compare it only with
//! other paths. So each bead is also compared with decoys: its Chinese words against as many English ones from elsewhere in
//! the text. What the words of beads gain over those of decoys, by token, tells right from wrong: over whole texts of all
//! development sets (literary, academic, scripture, transcripts, subtitles, calls; 15 right pairs, 182 wrong ones) it is .89
//! at least where they belong together and .18 at most where they do not; over 20 beads .72 and .30; over 3 the two overlap
//! (.53 and .99), each by the share of segments in beads of both sides. Mean posteriors do not tell: .63 at least, .94 at most.

use std::ops::Range;

use super::{BitextModel, ScoredBead};
use crate::evidence::{BitextSide, LAMBDA, Tokens, ln};
use crate::text::PerLang;

/// Decoys of a bead.
const DECOYS: usize = 4;
/// Beads of the neighbourhood on either side. Over 21 beads the gain of right ones is .60 or more for all but one in a
/// thousand, that of wrong ones .51 or less for all but one in a hundred; with 5 it is .56 and .59.
const REACH: usize = 10;
/// Decoys of few beads count for less, since they hold much of the same words: n beads subtract n / (n + 4) of them.
const FEW_BEADS: f64 = 4.0;
/// Log odds that texts belong together before they are looked at: somebody has put them side by side.
const PRIOR: f64 = 2.0;
/// The gain that speaks neither for nor against; with the prior, texts of many beads are as likely right as wrong at .43,
/// between .30 and .72.
const MIDDLE: f64 = 0.6;
/// Divided by the number of beads, added to the middle: gains of few beads scatter. For 3 beads even odds are at .77, where
/// about as many right triples are below as wrong ones above.
const MIDDLE_OF_FEW: f64 = 1.0;
/// Log odds by unit of gain: for 20 beads, odds of 1 in 9 at the greatest wrong gain, of 17 to 1 at the least right one.
const STEEPNESS: f64 = 12.0;
/// The same by token, where there are few: that two words do not match says little.
const STEEPNESS_BY_TOKEN: f64 = 0.3;
/// Most that t(x|y) / p(x) counts for a decoy or its bead, as for evidence.
const RATIO_CAP: f32 = 5000.0;

/// How sure it is that texts belong together.
#[derive(Clone, Debug)]
pub struct Agreement {
    /// The texts as a whole, 0 to 1.
    whole: f64,
    /// The neighbourhood of each bead, 0 to 1.
    near: Vec<f64>,
    /// Mean posterior over the segments.
    right: f64,
}

impl Agreement {
    /// How sure it is that the texts say the same, 0 to 1.
    pub fn whole(&self) -> f64 {
        self.whole
    }

    /// Confidence of bead `k`. Its posterior holds only if the texts belong together there; if they do not, no segment has a
    /// counterpart.
    pub fn confidence(&self, k: usize, bead: &ScoredBead) -> f64 {
        bead.confidence(self.whole * self.near.get(k).copied().unwrap_or(1.0))
    }

    /// Confidence of the whole, 0 to 1: the share of segments (those that have words) that are right, by their posteriors, if
    /// the texts belong together.
    pub fn document(&self) -> f64 {
        (self.whole * self.right).clamp(0.0, 1.0)
    }
}

impl ScoredBead {
    /// The confidence of the bead if the texts belong together with probability `together`; see
    /// [`Agreement::confidence`].
    pub fn confidence(&self, together: f64) -> f64 {
        let confidence = if self.cell.is_two_sided() {
            self.posterior * together
        } else {
            self.posterior + (1.0 - self.posterior) * (1.0 - together)
        };
        confidence.clamp(0.0, 1.0)
    }
}

/// Sums over two-sided beads.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Gains {
    pub(super) beads: f64,
    pub(super) tokens: f64,
    own: f64,
    decoys: f64,
}

impl Gains {
    pub(super) fn plus(self, other: Gains) -> Gains {
        Gains {
            beads: self.beads + other.beads,
            tokens: self.tokens + other.tokens,
            own: self.own + other.own,
            decoys: self.decoys + other.decoys,
        }
    }

    fn minus(self, other: Gains) -> Gains {
        Gains {
            beads: self.beads - other.beads,
            tokens: self.tokens - other.tokens,
            own: self.own - other.own,
            decoys: self.decoys - other.decoys,
        }
    }

    /// Gain over the decoys.
    pub(super) fn over_decoys(self) -> f64 {
        self.own - self.decoys
    }

    /// Gain over the decoys, by token; decoys of few beads count for less.
    fn contrast(self) -> f64 {
        (self.own - self.decoys * self.beads / (self.beads + FEW_BEADS)) / self.tokens.max(1.0)
    }

    /// How sure it is that beads of this contrast belong together.
    fn sure(self, contrast: f64) -> f64 {
        let middle = MIDDLE + MIDDLE_OF_FEW / self.beads.max(1.0);
        let steepness = STEEPNESS.min(STEEPNESS_BY_TOKEN * self.tokens);
        1.0 / (1.0 + (steepness * (middle - contrast) - PRIOR).exp())
    }
}

impl BitextModel {
    /// Whether the texts belong together, judged by the beads of the best path and the dictionary; what the document itself
    /// taught would speak for any path. Takes one look at each token for each decoy.
    pub fn agreement(&self, beads: &[ScoredBead]) -> Agreement {
        let mut scorer = DecoyScorer::new(self);
        // Sums over the two-sided beads so far, and for each bead how many of those stand before it.
        let (mut sums, mut place) = (vec![Gains::default()], Vec::with_capacity(beads.len()));
        let mut sum = Gains::default();
        let mut covered = PerLang::<f32>::default();
        let sides = self.bitext.sides.as_ref();
        // Segments with words, and the sum of their posteriors: empty lines are everywhere alike.
        let (mut segments, mut right) = (0.0, 0.0);
        let full =
            |(side, span): (&BitextSide, Range<usize>)| side.tokens.counts[span].iter().filter(|n| **n > 0.0).count();
        let tokens = |(side, span): (&BitextSide, Range<usize>)| side.tokens.counts[span].iter().sum::<f32>();
        for bead in beads {
            let spans = bead.cell.spans();
            let size = sides.zip(spans.clone()).map(full).into_iter().sum::<usize>() as f64;
            segments += size;
            right += size * bead.posterior;
            place.push(sums.len() - 1);
            if bead.cell.is_two_sided() {
                let own = sides.zip(spans.clone()).map(tokens);
                covered = covered.zip(own).map(|(sum, own)| sum + own);
                sum = sum.plus(scorer.gains(&spans));
                sums.push(sum);
            }
        }
        let last = sums.len() - 1;
        let near = |&k: &usize| {
            let (from, to) = (k.saturating_sub(REACH).min(last), (k + REACH + 1).min(last));
            let here = sums[to].minus(sums[from]);
            here.sure(here.contrast())
        };
        // A path may pick the few beads that fit and leave the rest alone: the contrast counts by the share of the text
        // that it speaks for.
        let size = sides.map(|side| side.tokens.ids.len().max(1) as f64);
        let share = covered.zip(size).map(|(covered, size)| f64::from(covered) / size);
        let spoken_for = (share.zh * share.en).sqrt();
        // What is left alone speaks against them as well: its words have been looked at, too.
        let all = Gains { tokens: sum.tokens.max((size.zh * size.en).sqrt()), ..sum };
        // Where nothing is paired, not even the prior holds: nothing is left that could belong together.
        Agreement {
            whole: if sums.len() > 1 { all.sure(sum.contrast() * spoken_for) } else { 0.0 },
            near: place.iter().map(near).collect(),
            right: if segments > 0.0 { right / segments } else { 1.0 },
        }
    }
}

/// Gains of beads and of their decoys.
pub(super) struct DecoyScorer<'a> {
    passes: &'a BitextModel,
    /// Of each English token: how often it is in the span that is looked at, and its evidence.
    counts: Vec<f32>,
    sums: Vec<f32>,
}

impl<'a> DecoyScorer<'a> {
    pub(super) fn new(passes: &'a BitextModel) -> DecoyScorer<'a> {
        let size = passes.bitext.sides.en.tokens.vocabulary.len();
        DecoyScorer { passes, counts: vec![0.0; size], sums: vec![0.0; size] }
    }

    /// Gains of a two-sided bead.
    pub(super) fn gains(&mut self, segments: &PerLang<Range<usize>>) -> Gains {
        let tokens = self.passes.bitext.tokens();
        let span = |(t, r): (&Tokens, &Range<usize>)| t.starts[r.start] as usize..t.starts[r.end] as usize;
        let PerLang { en, zh } = tokens.zip(segments.as_ref()).map(span);
        let total = tokens.en.ids.len().max(1);
        let own = self.gain(zh.clone(), en.start, en.len());
        let decoy = |k: usize| (en.start + k * total / (DECOYS + 1)) % total;
        let decoys: f64 = (1..=DECOYS).map(|k| self.gain(zh.clone(), decoy(k), en.len())).sum();
        Gains { beads: 1.0, tokens: (zh.len() + en.len()) as f64, own, decoys: decoys / DECOYS as f64 }
    }

    /// What Chinese tokens and `n` English ones from `from` on, around the end of the text, gain from each other: the
    /// support of a bead without what unexplained tokens cost.
    fn gain(&mut self, zh: Range<usize>, from: usize, n: usize) -> f64 {
        let (dictionary, en) = (&self.passes.dictionary, &self.passes.bitext.sides.en.tokens.ids);
        let at = |k: usize| en[(from + k) % en.len()] as usize;
        for k in 0..n {
            self.counts[at(k)] += 1.0;
        }
        let odds = LAMBDA / (1.0 - LAMBDA);
        let mut gain = 0f64;
        for &z in &self.passes.bitext.sides.zh.tokens.ids[zh.clone()] {
            let mut sum = 0f32;
            for k in dictionary.pairs.row(z as usize) {
                let e = dictionary.pairs.en[k] as usize;
                if self.counts[e] == 0.0 {
                    continue;
                }
                let by_zh = dictionary.pairs.zh_given_en[k] / dictionary.p.zh[z as usize];
                let by_en = dictionary.pairs.en_given_zh[k] / dictionary.p.en[e];
                // As in the tables of evidence: what says no more than chance does not count.
                sum += if by_zh > 1.0 { by_zh.min(RATIO_CAP) * self.counts[e] } else { 0.0 };
                self.sums[e] += if by_en > 1.0 { by_en.min(RATIO_CAP) } else { 0.0 };
            }
            gain += f64::from(ln(1.0 + odds * sum / (n as f32 + 1.0)));
        }
        for k in 0..n {
            gain += f64::from(ln(1.0 + odds * self.sums[at(k)] / (zh.len() as f32 + 1.0)));
        }
        for k in 0..n {
            (self.counts[at(k)], self.sums[at(k)]) = (0.0, 0.0);
        }
        gain
    }
}
