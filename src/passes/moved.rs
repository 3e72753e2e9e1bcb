//! Passages that stand elsewhere on one side.
//!
//! The best path runs in order, so a passage that was moved is alone on both sides, at two places, or paired with what does not
//! belong to it. Where the path is alone or unsure, segments of the two sides are therefore compared whatever their order:
//! pairs that words speak for form chains, the passes look for a path around each chain, and the stretch of it whose words
//! agree best is kept if they agree far better than those of decoys do. Of all such passages and of what the path was sure
//! of, the heaviest set that runs in order stays where it is; the others are moved, and the rest is aligned anew without them.

use std::collections::BTreeMap;
use std::ops::Range;
use std::sync::Arc;

use super::agreement::{DecoyScorer, Gains};
use super::{Agreement, BitextModel, ScoredBead};
use crate::error::Result;
use crate::evidence::{Bitext, BitextSide, LAMBDA, Tokens, ln};
use crate::feature::Weights;
use crate::text::PerLang;

/// Two-sided beads less sure than this count as alone: around a moved passage the path pairs what is left with anything.
const UNSURE: f64 = 0.5;
/// Beads of as many segments on a side count as alone: at its edge a bead may swallow much of a moved passage.
const MANY: usize = 4;
/// Segments that a run must have on a side.
const MIN_SEGMENTS: usize = 3;
/// English tokens that occur more often than this do not vote, as in the search for the anchor path.
const MAX_OCCURRENCES: usize = 50;
/// Gain by token of two segments that may belong together; see [`anchor_path`].
const MIN_GAIN: f32 = 0.3;
/// Counterparts that a Chinese segment may have in chains.
const CANDIDATES: usize = 3;
/// Segments that the next pair of a chain may be away, on either side: as many as most beads have. With 6, a chance pair behind a
/// passage took the next passage with it.
const NEXT: u32 = 5;
/// What each segment that a chain leaves out costs.
const SKIPPED: f32 = 0.1;
/// Pairs that a chain must have.
const MIN_PAIRS: usize = 3;
/// Segments on either side of a chain that are looked at too.
const MARGIN: usize = 2;
/// Chains that are looked at, those of greatest gain first: bounds the time where a text is all fragments.
const MAX_CHAINS: usize = 16;
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
    /// Segments.
    pub spans: PerLang<Range<usize>>,
    /// Confidence, 0 to 1.
    pub confidence: f64,
}

/// A run of beads that are alone or unsure.
type Run = PerLang<Range<usize>>;

impl BitextModel {
    /// Beads of passages that stand in another order on the two sides, by English segment; none overlaps another.
    ///
    /// # Errors
    /// [`crate::ErrorKind::Model`] if the weights lack a feature.
    pub fn moved(&self, beads: &[ScoredBead], agreement: &Agreement, weights: &Weights) -> Result<Vec<MovedBead>> {
        let runs = runs(beads, agreement);
        let chains = self.chains(&runs);
        if chains.is_empty() {
            return Ok(Vec::new());
        }
        let mut scorer = DecoyScorer::new(self);
        let mut passages: Vec<Passage> = Vec::new();
        for chain in chains {
            let path = self.part_of(&chain).run(weights)?;
            let start = chain.map(|span| span.start);
            let path = path.iter().filter_map(|b| two_sided(b, start));
            // What a passage of more gain has already is not this one's.
            let path: Vec<MovedBead> = path.filter(|b| !overlaps_any(&passages, b)).collect();
            passages.extend(best_passage(&mut scorer, &path));
        }
        if passages.is_empty() {
            return Ok(Vec::new());
        }
        passages.extend(sure_stretches(&mut scorer, beads, agreement, &passages));
        passages.sort_by_key(|p| (p.spans.zh.start, p.spans.en.start));
        let in_order = heaviest_in_order(&passages);
        let moved = passages.into_iter().zip(in_order).filter(|(p, in_order)| !in_order && p.strong);
        let mut found: Vec<MovedBead> = moved.flat_map(|(p, _)| p.beads).collect();
        found.sort_by_key(|b| b.spans.en.start);
        Ok(found)
    }

    /// The passes over some segments only, ascending; segments are then counted among these.
    pub fn part(&self, segments: PerLang<&[usize]>) -> BitextModel {
        let bitext = Bitext {
            ratio: self.bitext.ratio,
            structured: self.bitext.structured,
            sides: self.bitext.sides.as_ref().zip(segments).map(|(side, segments)| side_part(side, segments)),
        };
        BitextModel::over(bitext, self.dictionary.clone(), self.segmentation)
    }

    /// [`BitextModel::part`] for consecutive segments.
    pub(super) fn part_of(&self, spans: &PerLang<Range<usize>>) -> BitextModel {
        let segments: PerLang<Vec<usize>> = spans.as_ref().map(|span| span.clone().collect());
        self.part(segments.as_ref().map(Vec::as_slice))
    }

    /// Stretches of the runs whose segments match one after the other, in any order of the stretches, by descending
    /// gain.
    fn chains(&self, runs: &[Run]) -> Vec<PerLang<Range<usize>>> {
        let segments = self.bitext.segments();
        let mut candidates = self.candidates(runs);
        let mut chains = Vec::new();
        while chains.len() < MAX_CHAINS {
            let chain = best_chain(&candidates);
            let (Some(&first), Some(&last)) = (chain.first(), chain.last()) else { break };
            let wide = |from: u32, to: u32, segments: usize| {
                (from as usize).saturating_sub(MARGIN)..(to as usize + 1 + MARGIN).min(segments)
            };
            chains.push(PerLang { en: wide(first.en, last.en, segments.en), zh: wide(first.zh, last.zh, segments.zh) });
            candidates.retain(|c| !((first.zh..=last.zh).contains(&c.zh) || (first.en..=last.en).contains(&c.en)));
        }
        chains
    }

    /// Pairs of segments in runs that may belong together, ascending.
    fn candidates(&self, runs: &[Run]) -> Vec<Candidate> {
        let PerLang { en, zh } = self.bitext.tokens();
        let mut run_of_en = vec![None; self.bitext.segments().en];
        for (k, run) in runs.iter().enumerate().filter(|(_, r)| r.en.len() >= MIN_SEGMENTS) {
            run_of_en[run.en.clone()].fill(Some(k));
        }
        let odds = LAMBDA / (1.0 - LAMBDA);
        let mut candidates = Vec::new();
        let mut gains: BTreeMap<u32, f32> = BTreeMap::new();
        for (a, run) in runs.iter().enumerate().filter(|(_, r)| r.zh.len() >= MIN_SEGMENTS) {
            for i in run.zh.clone() {
                gains.clear();
                for &z in &zh.ids[zh.range(i)] {
                    for k in self.dictionary.pairs.row(z as usize) {
                        let e = self.dictionary.pairs.en[k];
                        let segments = self.postings.en.of(e);
                        if segments.len() > MAX_OCCURRENCES {
                            continue;
                        }
                        let by_zh = odds * self.dictionary.pairs.zh_given_en[k] / self.dictionary.p.zh[z as usize];
                        let by_en = odds * self.dictionary.pairs.en_given_zh[k] / self.dictionary.p.en[e as usize];
                        let by_en = ln(1.0 + by_en / (zh.counts[i] + 1.0));
                        for &j in segments.iter().filter(|&&j| run_of_en[j as usize].is_some()) {
                            *gains.entry(j).or_default() += ln(1.0 + by_zh / (en.counts[j as usize] + 1.0)) + by_en;
                        }
                    }
                }
                let by_token = |(&j, &gain): (&u32, &f32)| (j, gain / (zh.counts[i] + en.counts[j as usize] + 4.0));
                let mut best: Vec<(u32, f32)> = gains.iter().map(by_token).filter(|b| b.1 >= MIN_GAIN).collect();
                best.sort_by(|x, y| y.1.total_cmp(&x.1).then(x.0.cmp(&y.0)));
                best.truncate(CANDIDATES);
                best.sort_by_key(|b| b.0);
                candidates.extend(best.into_iter().filter_map(|(j, gain)| {
                    let runs = PerLang { en: run_of_en[j as usize]?, zh: a };
                    Some(Candidate { en: j, zh: i as u32, runs, gain })
                }));
            }
        }
        candidates
    }
}

/// A pair of segments.
#[derive(Clone, Copy, Debug)]
struct Candidate {
    en: u32,
    zh: u32,
    /// The runs that contain the segments.
    runs: PerLang<usize>,
    gain: f32,
}

/// The chain of greatest gain, strictly ascending on both sides within one pair of runs; empty if there is none long enough.
fn best_chain(candidates: &[Candidate]) -> Vec<Candidate> {
    let mut best: Vec<(f32, usize, Option<usize>)> = Vec::with_capacity(candidates.len());
    let mut from = 0;
    let mut top: Option<usize> = None;
    for (k, c) in candidates.iter().enumerate() {
        while candidates[from].zh + NEXT < c.zh {
            from += 1;
        }
        let mut here = (c.gain, 1, None);
        for (p, before) in candidates.iter().enumerate().take(k).skip(from) {
            let follows = before.runs == c.runs && before.zh < c.zh && before.en < c.en && before.en + NEXT >= c.en;
            let skipped = (c.zh - before.zh) + c.en.saturating_sub(before.en);
            let gain = best[p].0 + c.gain - SKIPPED * skipped.saturating_sub(2) as f32;
            if follows && gain > here.0 {
                here = (gain, best[p].1 + 1, Some(p));
            }
        }
        best.push(here);
        if here.1 >= MIN_PAIRS && top.is_none_or(|t| here.0 > best[t].0) {
            top = Some(k);
        }
    }
    let mut chain = Vec::new();
    while let Some(k) = top {
        chain.push(candidates[k]);
        top = best[k].2;
    }
    chain.reverse();
    chain
}

/// The stretches of the path between runs: what it is sure of.
fn sure_stretches(
    scorer: &mut DecoyScorer<'_>,
    beads: &[ScoredBead],
    agreement: &Agreement,
    passages: &[Passage],
) -> Vec<Passage> {
    // At the edge of a moved passage the path may be sure of a bead that is none.
    let sure = |(k, bead): (usize, &ScoredBead)| {
        two_sided(bead, PerLang::default())
            .filter(|b| !overlaps_any(passages, b) && agreement.confidence(k, bead) >= UNSURE)
    };
    let marked: Vec<Option<MovedBead>> = beads.iter().enumerate().map(sure).collect();
    let stretches = marked.split(Option::is_none).map(|s| s.iter().flatten().cloned().collect::<Vec<_>>());
    stretches.filter(|s| !s.is_empty()).filter_map(|s| Passage::new(scorer, s)).collect()
}

/// Which passages belong to the heaviest set that runs through both sides in order. The passages are sorted by their Chinese.
fn heaviest_in_order(passages: &[Passage]) -> Vec<bool> {
    // By English end: the best weight so far and the passage that it ends with, both ascending (passages that do not overlap
    // ascend by their Chinese already).
    let mut front: BTreeMap<usize, (f64, usize)> = BTreeMap::new();
    let mut previous = vec![None; passages.len()];
    for (k, p) in passages.iter().enumerate() {
        let before = front.range(..=p.spans.en.start).next_back().map(|(_, &b)| b);
        previous[k] = before.map(|b| b.1);
        let weight = before.map_or(0.0, |b| b.0) + p.weight.max(0.0);
        if front.range(..=p.spans.en.end).next_back().is_some_and(|(_, b)| b.0 >= weight) {
            continue;
        }
        let worse: Vec<usize> =
            front.range(p.spans.en.end..).take_while(|(_, b)| b.0 <= weight).map(|(&end, _)| end).collect();
        for end in worse {
            front.remove(&end);
        }
        front.insert(p.spans.en.end, (weight, k));
    }
    let mut chosen = vec![false; passages.len()];
    let mut at = front.values().next_back().map(|b| b.1);
    while let Some(k) = at {
        chosen[k] = true;
        at = previous[k];
    }
    chosen
}

/// Runs of beads that are alone or unsure, in order.
fn runs(beads: &[ScoredBead], agreement: &Agreement) -> Vec<Run> {
    let mut runs: Vec<Run> = Vec::new();
    let mut open = false;
    for (k, bead) in beads.iter().enumerate() {
        let spans = bead.cell.spans();
        let many = spans.iter().any(|span| span.len() >= MANY);
        let loose = many || !bead.cell.is_two_sided() || agreement.confidence(k, bead) < UNSURE;
        match runs.last_mut() {
            Some(run) if open && loose => (run.en.end, run.zh.end) = (spans.en.end, spans.zh.end),
            _ if loose => runs.push(spans),
            _ => {}
        }
        open = loose;
    }
    runs
}

/// A stretch of beads that follow each other on both sides.
struct Passage {
    beads: Vec<MovedBead>,
    spans: PerLang<Range<usize>>,
    /// Gain over decoys.
    weight: f64,
    /// Whether the words agree far better than chance.
    strong: bool,
}

impl Passage {
    /// A passage of beads; their confidences become those that they have out of order. `None` without beads.
    fn new(scorer: &mut DecoyScorer<'_>, mut beads: Vec<MovedBead>) -> Option<Passage> {
        let (first, last) = (beads.first()?, beads.last()?);
        let spans = PerLang::from_fn(|lang| first.spans[lang].start..last.spans[lang].end);
        let mut total = Gains::default();
        for bead in &beads {
            total = total.plus(scorer.gains(&bead.spans));
        }
        let contrast = total.over_decoys() / total.tokens.max(1.0);
        let over = contrast - (NEEDED + NEEDED_BY_FEW / total.beads.max(1.0));
        let sure = 1.0 / (1.0 + (-STEEPNESS * over - AT_NEEDED).exp());
        for bead in &mut beads {
            bead.confidence = (bead.confidence * sure).clamp(0.0, 1.0);
        }
        let strong = over >= 0.0 && spans.iter().all(|span| span.len() >= MIN_SEGMENTS);
        Some(Passage { beads, spans, weight: total.over_decoys(), strong })
    }
}

/// A bead with its segments counted from `start`, if it has segments on both sides.
pub(super) fn two_sided(bead: &ScoredBead, start: PerLang<usize>) -> Option<MovedBead> {
    let spans = bead.cell.spans().zip(start).map(|(r, by)| r.start + by..r.end + by);
    bead.cell.is_two_sided().then_some(MovedBead { spans, confidence: bead.posterior })
}

/// The stretch of some beads whose words gain most over decoys, if they gain enough.
fn best_passage(scorer: &mut DecoyScorer<'_>, beads: &[MovedBead]) -> Option<Passage> {
    // The stretch of greatest sum (Bentley 1984).
    let (mut best, mut best_range, mut sum, mut start) = (0.0, 0..0, 0.0, 0);
    for (k, bead) in beads.iter().enumerate() {
        if sum <= 0.0 {
            (sum, start) = (0.0, k);
        }
        let gains = scorer.gains(&bead.spans);
        sum += gains.over_decoys() - FLOOR * gains.tokens;
        if sum > best {
            (best, best_range) = (sum, start..k + 1);
        }
    }
    Passage::new(scorer, beads.get(best_range)?.to_vec()).filter(|p| p.strong)
}

/// Whether a bead shares a segment with a passage.
fn overlaps_any(passages: &[Passage], bead: &MovedBead) -> bool {
    let shared = |p: &Passage| p.spans.as_ref().zip(bead.spans.as_ref()).into_iter().any(|(a, b)| overlap(a, b));
    passages.iter().any(shared)
}

fn overlap(a: &Range<usize>, b: &Range<usize>) -> bool {
    a.start < b.end && b.start < a.end
}

/// Some segments of a side.
fn side_part(side: &BitextSide, segments: &[usize]) -> BitextSide {
    let mut tokens = Tokens { vocabulary: side.tokens.vocabulary.clone(), starts: vec![0], ..Tokens::default() };
    for &s in segments {
        tokens.ids.extend_from_slice(&side.tokens.ids[side.tokens.range(s)]);
        tokens.clause_start.extend_from_slice(&side.tokens.clause_start[side.tokens.range(s)]);
        tokens.starts.push(tokens.ids.len() as u32);
        tokens.counts.push(side.tokens.counts[s]);
    }
    BitextSide {
        tokens: Arc::new(tokens),
        length: segments.iter().map(|&s| side.length[s]).collect(),
        marks: segments.iter().map(|&s| side.marks[s]).collect(),
        quoting: segments.iter().map(|&s| side.quoting[s]).collect(),
        boundary: segments.iter().filter_map(|&s| side.boundary.get(s).copied()).collect(),
        contexts: segments.iter().map(|&s| side.contexts[s]).collect(),
    }
}
