//! All beads of a band under a cheap score, to find the few that are worth a closer look.

use std::ops::Range;

use super::band::Band;
use super::sparse::{Lattice, gap_side};
use super::sums::GapExtension;
use super::{Cell, MAX_SEGMENTS, SHAPES};
use crate::text::{Lang, PerLang};

/// A bead is dropped if its best path scores less than the best path of all by more than this. With 10, strict F1 is
/// the same (within .001) on literary, academic and Bible text, and within .006, up or down, if a part of the text is
/// gone or moved.
pub(super) const MARGIN: f64 = 7.0;

/// Scores beads of any shape anywhere in a band.
pub trait DenseScorer {
    /// Puts the scores of the beads that start at the nodes (i, j) of a row into `scores`, by shape, then by j: shape k from
    /// `k * row.len()` on. Those of beads that leave the lattice do not matter.
    fn score_row(&self, i: usize, row: Range<usize>, scores: &mut [f32]);
}

/// The beads of a band, of the first so many shapes, that lie on a path nearly as good as the best one under a scorer and what
/// continuing a gap scores, where that is more than nothing.
///
/// Greatest scores instead of sums over paths: no exponential is wanted, and whole rows are dealt with at once.
pub fn prune(band: &Band, scorer: &impl DenseScorer, shapes: usize, extension: GapExtension) -> Lattice {
    let extension = extension.map(|c| c.max(0.0));
    let forward = Forward::new(band, scorer, shapes, extension);
    let least = forward.best.last().copied().unwrap_or(0.0) - MARGIN;
    // Rows below the one at hand that a bead can reach.
    let mut backward: [Backward; MAX_SEGMENTS.zh + 1] = std::array::from_fn(|_| Backward::default());
    let mut kept = Vec::new();
    let mut scores = Vec::new();
    for i in (0..=band.segments().zh).rev() {
        let row = band.row(i);
        let width = row.len();
        scores.clear();
        scores.resize(shapes * width, 0.0);
        scorer.score_row(i, row.clone(), &mut scores);
        let mut here = Backward::of(width);
        if i == band.segments().zh
            && let Some(last) = here.best.last_mut()
        {
            *last = 0.0;
        }
        for (shape, &size) in SHAPES[..shapes].iter().enumerate().filter(|s| s.1.zh > 0) {
            let Some((from, to)) = meeting(band, i, size) else { continue };
            let behind = &backward[(i + size.zh) % (MAX_SEGMENTS.zh + 1)];
            let scores = &scores[shape * width..][from.clone()];
            if size.en == 0 {
                let after = behind.best[to.clone()].iter().zip(&behind.null.zh[to]);
                for ((null, (best, next)), score) in here.null.zh[from.clone()].iter_mut().zip(after).zip(scores) {
                    *null = best.max(next + extension.zh) + f64::from(*score);
                }
                for (best, null) in here.best[from.clone()].iter_mut().zip(&here.null.zh[from]) {
                    *best = best.max(*null);
                }
            } else {
                for ((best, behind), score) in here.best[from].iter_mut().zip(&behind.best[to]).zip(scores) {
                    *best = best.max(behind + f64::from(*score));
                }
            }
        }
        if let Some(shape) = english_null(shapes) {
            for k in (0..width.saturating_sub(1)).rev() {
                let after = here.best[k + 1].max(here.null.en[k + 1] + extension.en);
                let through = after + f64::from(scores[shape * width + k]);
                here.null.en[k] = through;
                here.best[k] = here.best[k].max(through);
            }
        }
        backward[i % (MAX_SEGMENTS.zh + 1)] = here;
        let here = &backward[i % (MAX_SEGMENTS.zh + 1)];
        for (k, j) in row.enumerate().rev() {
            let Some(node) = band.node(PerLang { en: j, zh: i }) else { continue };
            let continued = |side: Lang| forward.null(side, node) + here.null[side][k] + extension[side];
            if (forward.best[node] + here.best[k]).max(continued(Lang::Zh)).max(continued(Lang::En)) < least {
                continue;
            }
            for (shape, &size) in SHAPES[..shapes].iter().enumerate().rev() {
                if band.node(PerLang { en: j + size.en, zh: i + size.zh }).is_some() {
                    let to = j + size.en - band.row(i + size.zh).start;
                    let behind = &backward[(i + size.zh) % (MAX_SEGMENTS.zh + 1)];
                    let cell = Cell { i: i as u32, j: j as u32, shape: shape as u8 };
                    let score = f64::from(scores[shape * width + k]);
                    let through = match gap_side(cell) {
                        Some(side) => {
                            forward.before_null(side, node, extension)
                                + score
                                + behind.best[to].max(behind.null[side][to] + extension[side])
                        }
                        None => forward.best[node] + score + behind.best[to],
                    };
                    if through >= least {
                        kept.push(cell);
                    }
                }
            }
        }
    }
    kept.reverse();
    Lattice::new(band, kept)
}

/// The shape of an English null bead, which stays in its row.
fn english_null(shapes: usize) -> Option<usize> {
    SHAPES[..shapes].iter().position(|s| *s == PerLang { en: 1, zh: 0 })
}

/// Greatest scores of the paths from the nodes of a row to the end.
#[derive(Default)]
struct Backward {
    best: Vec<f64>,
    /// The same for paths that begin with a null bead on one side.
    null: PerLang<Vec<f64>>,
}

impl Backward {
    fn of(width: usize) -> Backward {
        let none = || vec![f64::NEG_INFINITY; width];
        Backward { best: none(), null: PerLang::from_fn(|_| none()) }
    }
}

/// Greatest scores of the paths to each node.
struct Forward {
    best: Vec<f64>,
    /// The difference for paths that end with a null bead on one side. This takes half the memory of the scores
    /// themselves.
    lacks: PerLang<Vec<f32>>,
}

impl Forward {
    fn new(band: &Band, scorer: &impl DenseScorer, shapes: usize, extension: GapExtension) -> Forward {
        let mut best = vec![f64::NEG_INFINITY; band.nodes()];
        let mut lacks = PerLang::from_fn(|_| vec![f32::INFINITY; band.nodes()]);
        best[0] = 0.0;
        let mut scores = Vec::new();
        // Paths to the row at hand and to the next one that end with a Chinese null bead.
        let (mut null, mut next_null): (Vec<f64>, Vec<f64>) = (vec![f64::NEG_INFINITY; band.row(0).len()], Vec::new());
        for i in 0..=band.segments().zh {
            let row = band.row(i);
            let width = row.len();
            scores.clear();
            scores.resize(shapes * width, 0.0);
            scorer.score_row(i, row.clone(), &mut scores);
            let Some(first) = band.node(PerLang { en: row.start, zh: i }) else { continue };
            if let Some(shape) = english_null(shapes) {
                let mut last = f64::NEG_INFINITY;
                for k in 1..width {
                    let before = best[first + k - 1].max(last + extension.en);
                    last = before + f64::from(scores[shape * width + k - 1]);
                    let best = &mut best[first + k];
                    *best = best.max(last);
                    if last > f64::NEG_INFINITY {
                        lacks.en[first + k] = (*best - last) as f32;
                    }
                }
            }
            for ((lacks, best), null) in lacks.zh[first..first + width].iter_mut().zip(&best[first..]).zip(&null) {
                // Where no path leads, the difference of two infinities would be no number.
                *lacks = if *null > f64::NEG_INFINITY { (best - null) as f32 } else { f32::INFINITY };
            }
            next_null.clear();
            next_null.resize(if i < band.segments().zh { band.row(i + 1).len() } else { 0 }, f64::NEG_INFINITY);
            for (shape, &size) in SHAPES[..shapes].iter().enumerate().filter(|s| s.1.zh > 0) {
                let Some((from, to)) = meeting(band, i, size) else { continue };
                let Some(other) = band.node(PerLang { en: band.row(i + size.zh).start, zh: i + size.zh }) else {
                    continue;
                };
                let scores = &scores[shape * width..][from.clone()];
                let (before, behind) = best.split_at_mut(first + width);
                let before = &before[first..][from.clone()];
                let behind = &mut behind[other - first - width..][to.clone()];
                if size.en == 0 {
                    let before = before.iter().zip(&null[from]);
                    for ((next, (best, null)), score) in next_null[to.clone()].iter_mut().zip(before).zip(scores) {
                        *next = best.max(null + extension.zh) + f64::from(*score);
                    }
                    for (behind, next) in behind.iter_mut().zip(&next_null[to]) {
                        *behind = behind.max(*next);
                    }
                } else {
                    for ((behind, before), score) in behind.iter_mut().zip(before).zip(scores) {
                        *behind = behind.max(before + f64::from(*score));
                    }
                }
            }
            std::mem::swap(&mut null, &mut next_null);
        }
        Forward { best, lacks }
    }

    /// Of those that end with a null bead of a side.
    fn null(&self, side: Lang, node: usize) -> f64 {
        self.best[node] - f64::from(self.lacks[side][node])
    }

    /// Of all, with what a null bead of a side that follows scores for continuing a gap.
    fn before_null(&self, side: Lang, node: usize, extension: GapExtension) -> f64 {
        self.best[node].max(self.null(side, node) + extension[side])
    }
}

/// The places in row i where beads of one size can start so that they end in the band, and the places of their ends in
/// their row.
fn meeting(band: &Band, i: usize, size: PerLang<usize>) -> Option<(Range<usize>, Range<usize>)> {
    let PerLang { en: n, zh: m } = size;
    if i + m > band.segments().zh {
        return None;
    }
    let (row, other) = (band.row(i), band.row(i + m));
    let start = (row.start + n).max(other.start);
    let end = (row.end + n).min(other.end);
    (start < end).then(|| (start - n - row.start..end - n - row.start, start - other.start..end - other.start))
}

/// The beads that start at a node and end in the band, with their last nodes.
#[cfg(feature = "train")]
fn beads_from(band: &Band, from: PerLang<usize>, shapes: usize) -> impl Iterator<Item = (Cell, usize)> + '_ {
    SHAPES[..shapes].iter().enumerate().filter_map(move |(shape, size)| {
        let to = band.node(PerLang { en: from.en + size.en, zh: from.zh + size.zh })?;
        Some((Cell { i: from.zh as u32, j: from.en as u32, shape: shape as u8 }, to))
    })
}

/// Every bead of a band, in order: the exact twin of [`prune`], and what pruning weights are fitted on.
#[cfg(feature = "train")]
impl Lattice {
    /// All beads of a band, of the first so many shapes.
    pub fn whole(band: &Band, shapes: usize) -> Lattice {
        let mut cells = Vec::new();
        for i in 0..=band.segments().zh {
            for j in band.row(i) {
                cells.extend(beads_from(band, PerLang { en: j, zh: i }, shapes).map(|(cell, _)| cell));
            }
        }
        Lattice::new(band, cells)
    }
}
