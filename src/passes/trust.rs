//! Whether two texts say the same at all, as a whole and around each bead.
//!
//! The best path of two texts that have nothing to do with each other is still a path, and its posteriors compare it only with
//! other paths. So each bead is also compared with decoys: its Chinese words against as many English ones from elsewhere in
//! the text. What the words of beads gain over those of decoys, by token, tells right from wrong: over whole texts of all
//! development sets (literary, academic, scripture, transcripts, subtitles, calls; 15 right pairs, 182 wrong ones) it is .89
//! at least where they belong together and .18 at most where they do not; over 20 beads .72 and .30; over 3 the two overlap
//! (.53 and .99), each by the share of segments in beads of both sides. Mean posteriors do not tell: .63 at least, .94 at most.

use std::ops::Range;

use super::moved::is_two_sided;
use super::{Chosen, Passes};
use crate::evidence::{BitextSide, EXPLAIN, ln};

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
pub struct Trust {
    /// The texts as a whole, 0 to 1.
    whole: f64,
    /// The neighbourhood of each bead, 0 to 1.
    near: Vec<f64>,
    /// Mean posterior over the segments.
    right: f64,
}

impl Trust {
    /// How sure it is that the texts say the same, 0 to 1.
    pub fn whole(&self) -> f64 {
        self.whole
    }

    /// Confidence of bead `k`. Its posterior holds only if the texts belong together there; if they do not, no segment has a
    /// counterpart.
    pub fn confidence(&self, k: usize, bead: &Chosen) -> f64 {
        bead.confidence(self.whole * self.near.get(k).copied().unwrap_or(1.0))
    }

    /// Confidence of the whole, 0 to 1: the share of segments (those that have words) that are right, by their posteriors, if
    /// the texts belong together.
    pub fn document(&self) -> f64 {
        (self.whole * self.right).clamp(0.0, 1.0)
    }
}

impl Chosen {
    /// Confidence of the bead where it is so sure that the texts belong together; see [`Trust::confidence`].
    pub fn confidence(&self, together: f64) -> f64 {
        let confidence = if is_two_sided(self.cell) {
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

impl Passes {
    /// Whether the texts belong together, judged by the beads of the best path and the dictionary; what the document itself
    /// taught would speak for any path. Takes one look at each token for each decoy.
    pub fn trust(&self, beads: &[Chosen]) -> Trust {
        let mut scorer = DecoyScorer::new(self);
        // Sums over the two-sided beads so far, and for each bead how many of those stand before it.
        let (mut sums, mut place) = (vec![Gains::default()], Vec::with_capacity(beads.len()));
        let mut sum = Gains::default();
        let mut covered = [0f32; 2];
        // Segments with words, and the sum of their posteriors: empty lines are everywhere alike.
        let (mut segments, mut right) = (0.0, 0.0);
        let full =
            |side: &BitextSide, span: Range<usize>| side.tokens.counts[span].iter().filter(|n| **n > 0.0).count();
        for bead in beads {
            let size = (full(&self.bitext.zh, bead.cell.zh()) + full(&self.bitext.en, bead.cell.en())) as f64;
            segments += size;
            right += size * bead.posterior;
            place.push(sums.len() - 1);
            if is_two_sided(bead.cell) {
                let tokens = |side: &BitextSide, span: Range<usize>| side.tokens.counts[span].iter().sum::<f32>();
                covered[0] += tokens(&self.bitext.zh, bead.cell.zh());
                covered[1] += tokens(&self.bitext.en, bead.cell.en());
                sum = sum.plus(scorer.gains(bead.cell.zh(), bead.cell.en()));
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
        let size = |side: &BitextSide| side.tokens.ids.len().max(1) as f64;
        let share = |k: usize, side: &BitextSide| f64::from(covered[k]) / size(side);
        let spoken_for = (share(0, &self.bitext.zh) * share(1, &self.bitext.en)).sqrt();
        // What is left alone speaks against them as well: its words have been looked at, too.
        let all = Gains { tokens: sum.tokens.max((size(&self.bitext.zh) * size(&self.bitext.en)).sqrt()), ..sum };
        // Where nothing is paired, not even the prior holds: nothing is left that could belong together.
        Trust {
            whole: if sums.len() > 1 { all.sure(sum.contrast() * spoken_for) } else { 0.0 },
            near: place.iter().map(near).collect(),
            right: if segments > 0.0 { right / segments } else { 1.0 },
        }
    }
}

/// Gains of beads and of their decoys.
pub(super) struct DecoyScorer<'a> {
    passes: &'a Passes,
    /// Of each English token: how often it is in the span that is looked at, and its evidence.
    counts: Vec<f32>,
    sums: Vec<f32>,
}

impl<'a> DecoyScorer<'a> {
    pub(super) fn new(passes: &'a Passes) -> DecoyScorer<'a> {
        let size = passes.bitext.en.tokens.vocabulary.len();
        DecoyScorer { passes, counts: vec![0.0; size], sums: vec![0.0; size] }
    }

    /// Gains of a two-sided bead.
    pub(super) fn gains(&mut self, zh_segments: Range<usize>, en_segments: Range<usize>) -> Gains {
        let (zh, en) = (&self.passes.bitext.zh.tokens, &self.passes.bitext.en.tokens);
        let span = |starts: &[u32], r: Range<usize>| starts[r.start] as usize..starts[r.end] as usize;
        let (zh_span, en_span) = (span(&zh.starts, zh_segments), span(&en.starts, en_segments));
        let total = en.ids.len().max(1);
        let own = self.gain(zh_span.clone(), en_span.start, en_span.len());
        let decoy = |k: usize| (en_span.start + k * total / (DECOYS + 1)) % total;
        let decoys: f64 = (1..=DECOYS).map(|k| self.gain(zh_span.clone(), decoy(k), en_span.len())).sum();
        Gains { beads: 1.0, tokens: (zh_span.len() + en_span.len()) as f64, own, decoys: decoys / DECOYS as f64 }
    }

    /// What Chinese tokens and `n` English ones from `from` on, around the end of the text, gain from each other: the
    /// support of a bead without what unexplained tokens cost.
    fn gain(&mut self, zh: Range<usize>, from: usize, n: usize) -> f64 {
        let (dictionary, en) = (&self.passes.dictionary, &self.passes.bitext.en.tokens.ids);
        let at = |k: usize| en[(from + k) % en.len()] as usize;
        for k in 0..n {
            self.counts[at(k)] += 1.0;
        }
        let odds = EXPLAIN / (1.0 - EXPLAIN);
        let mut gain = 0f64;
        for &z in &self.passes.bitext.zh.tokens.ids[zh.clone()] {
            let mut sum = 0f32;
            for k in dictionary.pairs.row(z as usize) {
                let e = dictionary.pairs.en[k] as usize;
                if self.counts[e] == 0.0 {
                    continue;
                }
                let by_zh = dictionary.pairs.zh_given_en[k] / dictionary.p_zh[z as usize];
                let by_en = dictionary.pairs.en_given_zh[k] / dictionary.p_en[e];
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
