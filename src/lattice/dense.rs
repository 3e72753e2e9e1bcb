//! All beads of a band under a cheap score, to find the few that are worth a closer look.

use super::band::Band;
use super::sparse::Lattice;
use super::{Cell, SHAPES, log_add};

/// Posterior under which a bead is dropped; 7 to 58 beads a Chinese segment are left, all gold beads among them.
const LEAST_POSTERIOR: f64 = 1e-6;

/// Scores beads of any shape anywhere in a band.
pub trait DenseScorer {
    /// The score of a bead.
    fn score(&self, cell: Cell) -> f32;
}

/// The beads of a band whose posterior under a scorer is at least one in a million.
pub fn prune(band: &Band, scorer: &impl DenseScorer) -> Lattice {
    let forward = forward(band, scorer);
    let mut backward = vec![f64::NEG_INFINITY; band.nodes()];
    let mut kept = Vec::new();
    let total = forward.last().copied().unwrap_or(0.0);
    if let Some(last) = backward.last_mut() {
        *last = 0.0;
    }
    for i in (0..=band.zh()).rev() {
        for j in band.row(i).rev() {
            let Some(from) = band.node(i, j) else { continue };
            let mut sum = backward[from];
            for (cell, to) in beads_from(band, i, j) {
                let through = f64::from(scorer.score(cell)) + backward[to];
                sum = log_add(sum, through);
                if forward[from] + through - total > LEAST_POSTERIOR.ln() {
                    kept.push(cell);
                }
            }
            backward[from] = sum;
        }
    }
    kept.sort_unstable();
    Lattice::new(band, kept)
}

fn forward(band: &Band, scorer: &impl DenseScorer) -> Vec<f64> {
    let mut forward = vec![f64::NEG_INFINITY; band.nodes()];
    forward[0] = 0.0;
    for i in 0..=band.zh() {
        for j in band.row(i) {
            let Some(from) = band.node(i, j) else { continue };
            if forward[from] > f64::NEG_INFINITY {
                for (cell, to) in beads_from(band, i, j) {
                    forward[to] = log_add(forward[to], forward[from] + f64::from(scorer.score(cell)));
                }
            }
        }
    }
    forward
}

/// The beads that start at a node and end in the band, with their last nodes.
fn beads_from(band: &Band, i: usize, j: usize) -> impl Iterator<Item = (Cell, usize)> + '_ {
    SHAPES.iter().enumerate().filter_map(move |(shape, &(m, n))| {
        let to = band.node(i + m, j + n)?;
        Some((Cell { i: i as u32, j: j as u32, shape: shape as u8 }, to))
    })
}

/// Every bead of a band, in order: the exact twin of [`prune`], and what pruning weights are fitted on.
impl Lattice {
    /// All beads of a band.
    pub fn whole(band: &Band) -> Lattice {
        let mut cells = Vec::new();
        for i in 0..=band.zh() {
            for j in band.row(i) {
                cells.extend(beads_from(band, i, j).map(|(cell, _)| cell));
            }
        }
        Lattice::new(band, cells)
    }
}
