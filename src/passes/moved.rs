//! Passages that stand elsewhere on one side.
//!
//! The best path runs in order, so a passage that was moved is alone on both sides, at two places. Runs of beads that the path
//! is not sure of are therefore compared across the order: words vote for pairs of a Chinese and an English run, the passes
//! look for a path through each such pair, and the stretch of it whose words agree best is taken if they agree far better
//! than those of decoys do. The rest of the text is then aligned again without it.

use std::collections::BTreeMap;
use std::ops::Range;

use super::trust::{DecoyScorer, Gains};
use super::{Chosen, Passes, Trust};
use crate::error::Result;
use crate::evidence::{Bitext, BitextSide, EXPLAIN, Postings, Tokens, anchor_path, ln};
use crate::feature::Weights;
use crate::lattice::{Band, Cell};

/// Two-sided beads less sure than this count as alone: around a moved passage the path pairs what is left with anything.
const UNSURE: f64 = 0.5;
/// Segments that a run must have on a side.
const LEAST_SEGMENTS: usize = 3;
/// English tokens that occur more often than this do not vote, as in the search for the anchor path.
const MOST_OCCURRENCES: usize = 50;
/// Gain by token that a Chinese segment's best counterpart needs to vote.
const LEAST_GAIN: f32 = 0.3;
/// Segments that must vote for a pair of runs.
const LEAST_VOTES: usize = 2;
/// Pairs of runs that are looked at, those with most votes first: bounds the time where a text is all fragments.
const MOST_PAIRS: usize = 16;
/// Gain over decoys, by token, that the words of a bead must exceed to belong to a moved passage.
const FLOOR: f64 = 0.45;
/// Gain over decoys that a moved passage needs, and how much more it needs the fewer its n beads: 2 / n.
const NEEDED: f64 = 0.5;
/// See [`NEEDED`].
const NEEDED_BY_FEW: f64 = 2.0;
/// Log odds by unit of gain.
const STEEPNESS: f64 = 12.0;
/// Log odds at the gain that is just enough: nine in ten.
const AT_NEEDED: f64 = 2.2;

/// A bead that breaks the order.
#[derive(Clone, Debug, PartialEq)]
pub struct MovedBead {
    /// Chinese segments.
    pub zh: Range<usize>,
    /// English segments.
    pub en: Range<usize>,
    /// Confidence, 0 to 1.
    pub confidence: f64,
}

/// A run of beads that are alone or unsure.
#[derive(Clone, Debug, PartialEq)]
struct Run {
    zh: Range<usize>,
    en: Range<usize>,
}

impl Passes {
    /// Beads of passages that stand in another order on the two sides, by English segment; none overlaps another.
    ///
    /// # Errors
    /// [`crate::Error::Resource`] when the weights lack a feature.
    pub fn moved(&self, beads: &[Chosen], trust: &Trust, weights: &Weights) -> Result<Vec<MovedBead>> {
        let runs = runs(beads, trust);
        let mut found = Vec::new();
        let pairs = self.voted(&runs);
        if pairs.is_empty() {
            return Ok(found);
        }
        let mut scorer = DecoyScorer::new(self);
        let mut passages = Vec::new();
        for (a, b) in pairs {
            let (zh, en) = (runs[a].zh.clone(), runs[b].en.clone());
            let part = self.part(&zh.clone().collect::<Vec<_>>(), &en.clone().collect::<Vec<_>>());
            let path = part.run(weights)?;
            passages.extend(best_passage(&mut scorer, &path, (zh.start, en.start)));
        }
        // The surest first; what overlaps a surer one goes.
        passages.sort_by(|a: &Passage, b: &Passage| {
            b.weight.total_cmp(&a.weight).then(a.beads[0].en.start.cmp(&b.beads[0].en.start))
        });
        for passage in passages {
            let free = |bead: &MovedBead| {
                found.iter().all(|f: &MovedBead| !overlap(&f.zh, &bead.zh) && !overlap(&f.en, &bead.en))
            };
            if passage.beads.iter().all(free) {
                found.extend(passage.beads);
            }
        }
        found.sort_by_key(|b| b.en.start);
        Ok(found)
    }

    /// The passes over some segments only, ascending; segments are then counted among these.
    pub fn part(&self, zh: &[usize], en: &[usize]) -> Passes {
        let bitext = Bitext {
            zh: side_part(&self.bitext.zh, zh),
            en: side_part(&self.bitext.en, en),
            ratio: self.bitext.ratio,
            structured: self.bitext.structured,
        };
        let (zh_postings, en_postings) = (Postings::new(&bitext.zh.tokens), Postings::new(&bitext.en.tokens));
        let path = anchor_path(&bitext, &self.dictionary, &en_postings);
        let band = Band::around(&path, bitext.zh.len(), bitext.en.len());
        Passes { bitext, dictionary: self.dictionary.clone(), zh_postings, en_postings, band }
    }

    /// Pairs (Chinese of a run, English of another) for which words speak, those with most votes first.
    fn voted(&self, runs: &[Run]) -> Vec<(usize, usize)> {
        let (zh, en) = (&self.bitext.zh.tokens, &self.bitext.en.tokens);
        let mut run_of_en = vec![usize::MAX; self.bitext.en.len()];
        for (k, run) in runs.iter().enumerate().filter(|(_, r)| r.en.len() >= LEAST_SEGMENTS) {
            run_of_en[run.en.clone()].fill(k);
        }
        let odds = EXPLAIN / (1.0 - EXPLAIN);
        let mut votes: BTreeMap<(usize, usize), usize> = BTreeMap::new();
        let mut gains: BTreeMap<u32, f32> = BTreeMap::new();
        for (a, run) in runs.iter().enumerate().filter(|(_, r)| r.zh.len() >= LEAST_SEGMENTS) {
            for i in run.zh.clone() {
                gains.clear();
                for &z in &zh.ids[zh.range(i)] {
                    for k in self.dictionary.pairs.row(z as usize) {
                        let e = self.dictionary.pairs.en[k];
                        let segments = self.en_postings.of(e);
                        if segments.len() > MOST_OCCURRENCES {
                            continue;
                        }
                        let by_zh = odds * self.dictionary.pairs.zh_given_en[k] / self.dictionary.p_zh[z as usize];
                        let by_en = odds * self.dictionary.pairs.en_given_zh[k] / self.dictionary.p_en[e as usize];
                        let by_en = ln(1.0 + by_en / (zh.counts[i] + 1.0));
                        for &j in segments.iter().filter(|&&j| !matches!(run_of_en[j as usize], usize::MAX)) {
                            *gains.entry(j).or_default() += ln(1.0 + by_zh / (en.counts[j as usize] + 1.0)) + by_en;
                        }
                    }
                }
                let by_token = |(&j, &gain): (&u32, &f32)| (j, gain / (zh.counts[i] + en.counts[j as usize] + 4.0));
                let best = gains.iter().map(by_token).max_by(|x, y| x.1.total_cmp(&y.1).then(y.0.cmp(&x.0)));
                if let Some((j, _)) = best.filter(|b| b.1 >= LEAST_GAIN) {
                    let b = run_of_en[j as usize];
                    if a != b {
                        *votes.entry((a, b)).or_default() += 1;
                    }
                }
            }
        }
        let mut pairs: Vec<((usize, usize), usize)> = votes.into_iter().filter(|v| v.1 >= LEAST_VOTES).collect();
        pairs.sort_by_key(|&(pair, votes)| (std::cmp::Reverse(votes), pair));
        pairs.truncate(MOST_PAIRS);
        pairs.into_iter().map(|p| p.0).collect()
    }
}

/// Runs of beads that are alone or unsure, in order.
fn runs(beads: &[Chosen], trust: &Trust) -> Vec<Run> {
    let mut runs: Vec<Run> = Vec::new();
    let mut open = false;
    for (k, bead) in beads.iter().enumerate() {
        let (zh, en) = (bead.cell.zh(), bead.cell.en());
        let loose = zh.is_empty() || en.is_empty() || trust.confidence(k, bead) < UNSURE;
        match runs.last_mut() {
            Some(run) if open && loose => (run.zh.end, run.en.end) = (zh.end, en.end),
            _ if loose => runs.push(Run { zh, en }),
            _ => {}
        }
        open = loose;
    }
    runs
}

/// A stretch of a path that agrees far better than chance.
struct Passage {
    beads: Vec<MovedBead>,
    /// Gain over decoys.
    weight: f64,
}

/// The stretch of a path through two runs, which begin at segments `at` (Chinese, English), whose words gain most over decoys.
fn best_passage(scorer: &mut DecoyScorer<'_>, path: &[Chosen], at: (usize, usize)) -> Option<Passage> {
    let moved = |bead: &Chosen| {
        let shift = |r: Range<usize>, by: usize| r.start + by..r.end + by;
        MovedBead { zh: shift(bead.cell.zh(), at.0), en: shift(bead.cell.en(), at.1), confidence: bead.posterior }
    };
    let beads: Vec<(MovedBead, Gains)> = path
        .iter()
        .filter(|b| is_two_sided(b.cell))
        .map(|b| {
            let bead = moved(b);
            let gains = scorer.gains(bead.zh.clone(), bead.en.clone());
            (bead, gains)
        })
        .collect();
    // The stretch of greatest sum (Bentley 1984).
    let (mut best, mut best_range, mut sum, mut start) = (0.0, 0..0, 0.0, 0);
    for (k, (_, gains)) in beads.iter().enumerate() {
        if sum <= 0.0 {
            (sum, start) = (0.0, k);
        }
        sum += gains.over_decoys() - FLOOR * gains.tokens;
        if sum > best {
            (best, best_range) = (sum, start..k + 1);
        }
    }
    let passage = beads.get(best_range)?;
    let total = passage.iter().fold(Gains::default(), |sum, (_, gains)| sum.plus(*gains));
    let segments = |side: fn(&MovedBead) -> &Range<usize>| passage.iter().map(|(b, _)| side(b).len()).sum::<usize>();
    let least = segments(|b| &b.zh).min(segments(|b| &b.en));
    let contrast = total.over_decoys() / total.tokens.max(1.0);
    let over = contrast - (NEEDED + NEEDED_BY_FEW / total.beads.max(1.0));
    if least < LEAST_SEGMENTS || over < 0.0 {
        return None;
    }
    let sure = 1.0 / (1.0 + (-STEEPNESS * over - AT_NEEDED).exp());
    let beads = passage.iter().map(|(b, _)| MovedBead { confidence: b.confidence * sure, ..b.clone() }).collect();
    Some(Passage { beads, weight: total.over_decoys() })
}

pub(super) fn is_two_sided(cell: Cell) -> bool {
    !cell.zh().is_empty() && !cell.en().is_empty()
}

fn overlap(a: &Range<usize>, b: &Range<usize>) -> bool {
    a.start < b.end && b.start < a.end
}

/// Some segments of a side.
fn side_part(side: &BitextSide, segments: &[usize]) -> BitextSide {
    let mut tokens = Tokens { vocabulary: side.tokens.vocabulary.clone(), starts: vec![0], ..Tokens::default() };
    for &s in segments {
        tokens.ids.extend_from_slice(&side.tokens.ids[side.tokens.range(s)]);
        tokens.starts.push(tokens.ids.len() as u32);
        tokens.counts.push(side.tokens.counts[s]);
    }
    BitextSide {
        tokens,
        length: segments.iter().map(|&s| side.length[s]).collect(),
        marks: segments.iter().map(|&s| side.marks[s]).collect(),
        places: segments.iter().map(|&s| side.places[s]).collect(),
    }
}
