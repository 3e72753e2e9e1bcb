//! All beads of a band under a cheap score, to find the few that are worth a closer look.

use std::ops::Range;

use super::band::Band;
use super::sparse::{Continues, Lattice, null_side};
use super::{Cell, MAX_ZH, SHAPES};

/// A bead is dropped whose best path scores so much less than the best of all. With 10, strict F1 is
/// the same (within .001) on literary, academic and Bible text, and within .006 where a part of it is gone or moved, up or down.
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
pub fn prune(band: &Band, scorer: &impl DenseScorer, shapes: usize, continues: Continues) -> Lattice {
    let continues = continues.map(|c| c.max(0.0));
    let forward = Forward::new(band, scorer, shapes, continues);
    let least = forward.best.last().copied().unwrap_or(0.0) - MARGIN;
    // Rows below the one at hand that a bead can reach.
    let mut ahead: [Ahead; MAX_ZH + 1] = std::array::from_fn(|_| Ahead::default());
    let mut kept = Vec::new();
    let mut scores = Vec::new();
    for i in (0..=band.zh()).rev() {
        let row = band.row(i);
        let width = row.len();
        scores.clear();
        scores.resize(shapes * width, 0.0);
        scorer.score_row(i, row.clone(), &mut scores);
        let mut here = Ahead::of(width);
        if i == band.zh()
            && let Some(last) = here.best.last_mut()
        {
            *last = 0.0;
        }
        for (shape, &(m, n)) in SHAPES[..shapes].iter().enumerate().filter(|s| s.1.0 > 0) {
            let Some((from, to)) = meeting(band, i, m, n) else { continue };
            let behind = &ahead[(i + m) % (MAX_ZH + 1)];
            let scores = &scores[shape * width..][from.clone()];
            if n == 0 {
                let after = behind.best[to.clone()].iter().zip(&behind.null[0][to]);
                for ((null, (best, next)), score) in here.null[0][from.clone()].iter_mut().zip(after).zip(scores) {
                    *null = best.max(next + continues[0]) + f64::from(*score);
                }
                for (best, null) in here.best[from.clone()].iter_mut().zip(&here.null[0][from]) {
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
                let after = here.best[k + 1].max(here.null[1][k + 1] + continues[1]);
                let through = after + f64::from(scores[shape * width + k]);
                here.null[1][k] = through;
                here.best[k] = here.best[k].max(through);
            }
        }
        ahead[i % (MAX_ZH + 1)] = here;
        let here = &ahead[i % (MAX_ZH + 1)];
        for (k, j) in row.enumerate().rev() {
            let Some(node) = band.node(i, j) else { continue };
            let continued = |side: usize| forward.null(side, node) + here.null[side][k] + continues[side];
            if (forward.best[node] + here.best[k]).max(continued(0)).max(continued(1)) < least {
                continue;
            }
            for (shape, &(m, n)) in SHAPES[..shapes].iter().enumerate().rev() {
                if band.node(i + m, j + n).is_some() {
                    let to = j + n - band.row(i + m).start;
                    let behind = &ahead[(i + m) % (MAX_ZH + 1)];
                    let cell = Cell { i: i as u32, j: j as u32, shape: shape as u8 };
                    let score = f64::from(scores[shape * width + k]);
                    let through = match null_side(cell) {
                        Some(side) => {
                            forward.before_null(side, node, continues)
                                + score
                                + behind.best[to].max(behind.null[side][to] + continues[side])
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
    SHAPES[..shapes].iter().position(|s| *s == (0, 1))
}

/// Greatest scores of the paths from the nodes of a row to the end.
#[derive(Default)]
struct Ahead {
    best: Vec<f64>,
    /// Of those that begin with a null bead, Chinese and English.
    null: [Vec<f64>; 2],
}

impl Ahead {
    fn of(width: usize) -> Ahead {
        let none = || vec![f64::NEG_INFINITY; width];
        Ahead { best: none(), null: [none(), none()] }
    }
}

/// Greatest scores of the paths to each node.
struct Forward {
    best: Vec<f64>,
    /// How much less those have that end with a null bead, Chinese and English: half the memory of the scores themselves.
    lacks: [Vec<f32>; 2],
}

impl Forward {
    fn new(band: &Band, scorer: &impl DenseScorer, shapes: usize, continues: Continues) -> Forward {
        let mut best = vec![f64::NEG_INFINITY; band.nodes()];
        let mut lacks = [0, 1].map(|_| vec![f32::INFINITY; band.nodes()]);
        best[0] = 0.0;
        let mut scores = Vec::new();
        // Paths to the row at hand and to the next one that end with a Chinese null bead.
        let (mut null, mut next_null): (Vec<f64>, Vec<f64>) = (vec![f64::NEG_INFINITY; band.row(0).len()], Vec::new());
        for i in 0..=band.zh() {
            let row = band.row(i);
            let width = row.len();
            scores.clear();
            scores.resize(shapes * width, 0.0);
            scorer.score_row(i, row.clone(), &mut scores);
            let Some(first) = band.node(i, row.start) else { continue };
            if let Some(shape) = english_null(shapes) {
                let mut last = f64::NEG_INFINITY;
                for k in 1..width {
                    let before = best[first + k - 1].max(last + continues[1]);
                    last = before + f64::from(scores[shape * width + k - 1]);
                    let best = &mut best[first + k];
                    *best = best.max(last);
                    if last > f64::NEG_INFINITY {
                        lacks[1][first + k] = (*best - last) as f32;
                    }
                }
            }
            for ((lacks, best), null) in lacks[0][first..first + width].iter_mut().zip(&best[first..]).zip(&null) {
                // Where no path leads, the difference of two infinities would be no number.
                *lacks = if *null > f64::NEG_INFINITY { (best - null) as f32 } else { f32::INFINITY };
            }
            next_null.clear();
            next_null.resize(if i < band.zh() { band.row(i + 1).len() } else { 0 }, f64::NEG_INFINITY);
            for (shape, &(m, n)) in SHAPES[..shapes].iter().enumerate().filter(|s| s.1.0 > 0) {
                let Some((from, to)) = meeting(band, i, m, n) else { continue };
                let Some(other) = band.node(i + m, band.row(i + m).start) else { continue };
                let scores = &scores[shape * width..][from.clone()];
                let (before, behind) = best.split_at_mut(first + width);
                let before = &before[first..][from.clone()];
                let behind = &mut behind[other - first - width..][to.clone()];
                if n == 0 {
                    let before = before.iter().zip(&null[from]);
                    for ((next, (best, null)), score) in next_null[to.clone()].iter_mut().zip(before).zip(scores) {
                        *next = best.max(null + continues[0]) + f64::from(*score);
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
    fn null(&self, side: usize, node: usize) -> f64 {
        self.best[node] - f64::from(self.lacks[side][node])
    }

    /// Of all, with what a null bead of a side that follows scores for continuing a gap.
    fn before_null(&self, side: usize, node: usize, continues: Continues) -> f64 {
        self.best[node].max(self.null(side, node) + continues[side])
    }
}

/// The places in row i from which beads of m and n segments lead to nodes of the band, and the places of those in row i + m.
fn meeting(band: &Band, i: usize, m: usize, n: usize) -> Option<(Range<usize>, Range<usize>)> {
    if i + m > band.zh() {
        return None;
    }
    let (row, other) = (band.row(i), band.row(i + m));
    let start = (row.start + n).max(other.start);
    let end = (row.end + n).min(other.end);
    (start < end).then(|| (start - n - row.start..end - n - row.start, start - other.start..end - other.start))
}

/// The beads that start at a node and end in the band, with their last nodes.
fn beads_from(band: &Band, i: usize, j: usize, shapes: usize) -> impl Iterator<Item = (Cell, usize)> + '_ {
    SHAPES[..shapes].iter().enumerate().filter_map(move |(shape, &(m, n))| {
        let to = band.node(i + m, j + n)?;
        Some((Cell { i: i as u32, j: j as u32, shape: shape as u8 }, to))
    })
}

/// Every bead of a band, in order: the exact twin of [`prune`], and what pruning weights are fitted on.
impl Lattice {
    /// All beads of a band, of the first so many shapes.
    pub fn whole(band: &Band, shapes: usize) -> Lattice {
        let mut cells = Vec::new();
        for i in 0..=band.zh() {
            for j in band.row(i) {
                cells.extend(beads_from(band, i, j, shapes).map(|(cell, _)| cell));
            }
        }
        Lattice::new(band, cells)
    }
}
