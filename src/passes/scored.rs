//! Beads with their scores, and the best path through them.

use crate::lattice::{Cell, GapExtension, Lattice, gap_side};
use crate::text::PerLang;

/// The beads worth a closer look and their scores after both passes.
pub struct Scored {
    pub(super) lattice: Lattice,
    pub(super) scores: Vec<f64>,
    /// What continuing a gap scores.
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
    /// Its posterior, 0 to 1.
    pub posterior: f64,
}

/// The best path, and what all paths say of each segment.
pub struct Best {
    /// Its beads, in order.
    pub beads: Vec<ScoredBead>,
    /// Of each segment of both sides: the posterior that it has no counterpart, over all paths.
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
