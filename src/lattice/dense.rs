//! All beads of a band under a cheap score, to find the few that are worth a closer look.

use super::band::Band;
use super::sparse::Lattice;
use super::{Cell, MAX_ZH, SHAPES, log_sum};

/// Posterior under which a bead is dropped. With 1e-6 half as many again are kept, at the same F1 and likelihood (.912 / .152
/// on literary text, .915 / .152 with 1e-5, each document left out in turn).
const LEAST_POSTERIOR: f64 = 1e-5;

/// By how much that posterior is lowered where no path is left: one segment may stand anywhere among a hundred thousand and more,
/// and nowhere likely.
const LOWERED: f64 = 1e-4;
/// Steps of [`LOWERED`] after which all beads are kept: more would be below what numbers tell apart.
const MOST_STEPS: i32 = 4;

/// Scores of all beads that start at one node, by shape.
pub type NodeScores = [f32; SHAPES.len()];

/// Scores beads of any shape anywhere in a band.
pub trait DenseScorer {
    /// Puts the scores of the beads that start at node (i, j) into `scores`; those of beads that leave the lattice do not
    /// matter.
    fn score_node(&self, i: usize, j: usize, scores: &mut NodeScores);
}

/// The beads of a band, of the first so many shapes, whose posterior under a scorer is at least one in a hundred thousand; less where
/// no path would be left.
pub fn prune(band: &Band, scorer: &impl DenseScorer, shapes: usize) -> Lattice {
    let forward = forward(band, scorer, shapes);
    for step in 0..MOST_STEPS {
        let lattice = prune_below(LEAST_POSTERIOR * LOWERED.powi(step), &forward, band, scorer, shapes);
        if lattice.has_path() {
            return lattice;
        }
    }
    Lattice::whole(band, shapes)
}

fn prune_below(least: f64, forward: &[f64], band: &Band, scorer: &impl DenseScorer, shapes: usize) -> Lattice {
    let least = least.ln();
    let mut backward = vec![f64::NEG_INFINITY; band.nodes()];
    let mut kept = Vec::new();
    let total = forward.last().copied().unwrap_or(0.0);
    if let Some(last) = backward.last_mut() {
        *last = 0.0;
    }
    let mut scores = [0.0; SHAPES.len()];
    let mut terms = Vec::with_capacity(SHAPES.len() + 1);
    for i in (0..=band.zh()).rev() {
        for j in band.row(i).rev() {
            let Some(from) = band.node(i, j) else { continue };
            scorer.score_node(i, j, &mut scores);
            terms.clear();
            terms.push(backward[from]);
            for (cell, to) in beads_from(band, i, j, shapes) {
                let through = f64::from(scores[usize::from(cell.shape)]) + backward[to];
                terms.push(through);
                if forward[from] + through - total > least {
                    kept.push(cell);
                }
            }
            backward[from] = log_sum(&terms);
        }
    }
    kept.sort_unstable();
    Lattice::new(band, kept)
}

/// ln of the sum over all paths to each node. Every node pulls from those before it; the scores of the last rows are kept
/// for that, since a bead reaches over [`MAX_ZH`] rows at most.
fn forward(band: &Band, scorer: &impl DenseScorer, shapes: usize) -> Vec<f64> {
    const ROWS: usize = MAX_ZH + 1;
    let shapes = &SHAPES[..shapes];
    let mut forward = vec![f64::NEG_INFINITY; band.nodes()];
    let mut rows: [Vec<NodeScores>; ROWS] = std::array::from_fn(|_| Vec::new());
    let mut terms = Vec::with_capacity(SHAPES.len());
    for i in 0..=band.zh() {
        let row = &mut rows[i % ROWS];
        row.clear();
        row.resize(band.row(i).len(), [0.0; SHAPES.len()]);
        for (j, scores) in band.row(i).zip(row) {
            scorer.score_node(i, j, scores);
        }
        for j in band.row(i) {
            let Some(to) = band.node(i, j) else { continue };
            terms.clear();
            for (shape, &(m, n)) in shapes.iter().enumerate() {
                if let (Some(before_i), Some(before_j)) = (i.checked_sub(m), j.checked_sub(n))
                    && let Some(from) = band.node(before_i, before_j)
                {
                    let score = rows[before_i % ROWS][before_j - band.row(before_i).start][shape];
                    terms.push(forward[from] + f64::from(score));
                }
            }
            forward[to] = if to == 0 { 0.0 } else { log_sum(&terms) };
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
