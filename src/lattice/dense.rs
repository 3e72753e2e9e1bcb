//! All beads of a band under a cheap score, to find the few that are worth a closer look.

use std::ops::Range;

use super::band::Band;
use super::sparse::Lattice;
use super::{Cell, MAX_ZH, SHAPES};

/// A bead is dropped whose best path scores so much less than the best of all. With 11.5 two and a half times as many are kept, at
/// the same strict F1 on literary, academic and Bible text.
pub(super) const MARGIN: f64 = 7.0;

/// Scores beads of any shape anywhere in a band.
pub trait DenseScorer {
    /// Puts the scores of the beads that start at the nodes (i, j) of a row into `scores`, by shape, then by j: shape k from
    /// `k * row.len()` on. Those of beads that leave the lattice do not matter.
    fn score_row(&self, i: usize, row: Range<usize>, scores: &mut [f32]);
}

/// The beads of a band, of the first so many shapes, that lie on a path nearly as good as the best one under a scorer.
///
/// Greatest scores instead of sums over paths: no exponential is wanted, and whole rows are dealt with at once.
pub fn prune(band: &Band, scorer: &impl DenseScorer, shapes: usize) -> Lattice {
    let forward = forward(band, scorer, shapes);
    let least = forward.last().copied().unwrap_or(0.0) - MARGIN;
    // Rows below the one at hand that a bead can reach.
    let mut ahead: [Vec<f64>; MAX_ZH + 1] = std::array::from_fn(|_| Vec::new());
    let mut kept = Vec::new();
    let mut scores = Vec::new();
    for i in (0..=band.zh()).rev() {
        let row = band.row(i);
        let width = row.len();
        scores.clear();
        scores.resize(shapes * width, 0.0);
        scorer.score_row(i, row.clone(), &mut scores);
        let mut best = vec![f64::NEG_INFINITY; width];
        if i == band.zh()
            && let Some(last) = best.last_mut()
        {
            *last = 0.0;
        }
        let mut within = None;
        for (shape, &(m, n)) in SHAPES[..shapes].iter().enumerate() {
            if m == 0 {
                within = Some((shape, n));
                continue;
            }
            let Some((from, to)) = meeting(band, i, m, n) else { continue };
            let behind = &ahead[(i + m) % (MAX_ZH + 1)][to];
            let scores = &scores[shape * width..][from.clone()];
            for ((best, behind), score) in best[from].iter_mut().zip(behind).zip(scores) {
                *best = best.max(behind + f64::from(*score));
            }
        }
        if let Some((shape, n)) = within {
            for k in (0..width.saturating_sub(n)).rev() {
                best[k] = best[k].max(best[k + n] + f64::from(scores[shape * width + k]));
            }
        }
        ahead[i % (MAX_ZH + 1)] = best;
        let best = &ahead[i % (MAX_ZH + 1)];
        for (k, j) in row.enumerate().rev() {
            let Some(node) = band.node(i, j).filter(|&node| forward[node] + best[k] >= least) else { continue };
            for (shape, &(m, n)) in SHAPES[..shapes].iter().enumerate().rev() {
                if band.node(i + m, j + n).is_some() {
                    let behind = ahead[(i + m) % (MAX_ZH + 1)][j + n - band.row(i + m).start];
                    if forward[node] + f64::from(scores[shape * width + k]) + behind >= least {
                        kept.push(Cell { i: i as u32, j: j as u32, shape: shape as u8 });
                    }
                }
            }
        }
    }
    kept.reverse();
    Lattice::new(band, kept)
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

/// The greatest score of a path to each node.
fn forward(band: &Band, scorer: &impl DenseScorer, shapes: usize) -> Vec<f64> {
    let mut forward = vec![f64::NEG_INFINITY; band.nodes()];
    forward[0] = 0.0;
    let mut scores = Vec::new();
    for i in 0..=band.zh() {
        let row = band.row(i);
        let width = row.len();
        scores.clear();
        scores.resize(shapes * width, 0.0);
        scorer.score_row(i, row.clone(), &mut scores);
        let Some(first) = band.node(i, row.start) else { continue };
        if let Some(shape) = SHAPES[..shapes].iter().position(|s| s.0 == 0) {
            let n = SHAPES[shape].1;
            for k in n..width {
                let through = forward[first + k - n] + f64::from(scores[shape * width + k - n]);
                forward[first + k] = forward[first + k].max(through);
            }
        }
        for (shape, &(m, n)) in SHAPES[..shapes].iter().enumerate().filter(|s| s.1.0 > 0) {
            let Some((from, to)) = meeting(band, i, m, n) else { continue };
            let Some(other) = band.node(i + m, band.row(i + m).start) else { continue };
            let scores = &scores[shape * width..][from.clone()];
            let (before, behind) = forward.split_at_mut(first + width);
            let before = &before[first..][from];
            let behind = &mut behind[other - first - width..][to];
            for ((behind, before), score) in behind.iter_mut().zip(before).zip(scores) {
                *behind = behind.max(before + f64::from(*score));
            }
        }
    }
    forward
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
