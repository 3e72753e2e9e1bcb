//! Beads with their scores, and the best path through them.

use crate::lattice::{Cell, GapExtension, Lattice, gap_side};
use crate::text::PerLang;

/// The beads that remain after pruning, with their scores after both passes.
pub struct Scored {
    pub(super) lattice: Lattice,
    pub(super) scores: Vec<f64>,
    /// The score for continuing a gap.
    pub(super) extension: GapExtension,
}

impl Scored {
    /// The best path.
    pub fn best(&self) -> Best {
        best(&self.lattice, &self.scores, self.extension)
    }
}

/// A bead of the best path.
#[derive(Clone, Copy, Debug)]
pub struct ScoredBead {
    /// The bead.
    pub cell: Cell,
    /// The posterior, from 0 to 1.
    pub posterior: f64,
}

/// The best path, and the posterior of each segment over all paths.
pub struct Best {
    /// Its beads, in order.
    pub beads: Vec<ScoredBead>,
    /// For each segment of both sides: the posterior, over all paths, that it has no counterpart.
    pub alone: PerLang<Vec<f64>>,
}

pub(super) fn best(lattice: &Lattice, scores: &[f64], extension: GapExtension) -> Best {
    let posteriors = lattice.posteriors(scores, extension).beads;
    let path = lattice.best_path(scores, extension);
    let beads: Vec<ScoredBead> =
        path.into_iter().map(|x| ScoredBead { cell: lattice.cells[x], posterior: posteriors[x] }).collect();
    let segments = beads.last().map_or_else(PerLang::default, |b| b.cell.spans().map(|span| span.end));
    let mut alone = segments.map(|n| vec![0.0; n]);
    for (&cell, posterior) in lattice.cells.iter().zip(&posteriors) {
        if let Some(side) = gap_side(cell) {
            alone[side][cell.spans()[side].start] += posterior;
        }
    }
    Best { beads, alone }
}
