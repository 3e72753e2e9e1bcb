//! The dynamic programme over beads: it sees indices and scores, never text.
//!
//! A node says how many English and how many Chinese segments are before it. A bead leads from one node to another,
//! further by the number of segments in its shape. A path from the first to the last node is an alignment: a
//! semi-Markov chain, because every bead spans several segments. The lattice is kept by rows: row i has the nodes after
//! i Chinese segments, column j has the nodes after j English segments.

mod band;
mod dense;
mod sparse;
mod sums;

use std::ops::Range;

use crate::text::PerLang;

pub use band::Band;
pub use dense::{DenseScorer, prune};
#[cfg(feature = "train")]
pub use sparse::Posteriors;
pub use sparse::{Lattice, gap_side};
pub use sums::GapExtension;

/// The shapes that a bead can have: numbers of English and of Chinese segments. The first [`SENTENCE_SHAPES`] cover all
/// but one of the 2,406 gold beads of the literary and the academic development set. The others are for subtitles, in
/// which one sentence may match many cues. The order of the shapes decides which of two equal paths is chosen.
pub const SHAPES: [PerLang<usize>; 36] = [
    shape(0, 1),
    shape(1, 0),
    shape(1, 1),
    shape(2, 1),
    shape(3, 1),
    shape(4, 1),
    shape(5, 1),
    shape(6, 1),
    shape(7, 1),
    shape(1, 2),
    shape(2, 2),
    shape(3, 2),
    shape(4, 2),
    shape(5, 2),
    shape(1, 3),
    shape(2, 3),
    shape(3, 3),
    shape(4, 3),
    shape(1, 4),
    shape(2, 4),
    shape(3, 4),
    shape(1, 5),
    shape(1, 6),
    shape(1, 7),
    shape(1, 8),
    shape(1, 9),
    shape(1, 10),
    shape(1, 11),
    shape(1, 12),
    shape(2, 5),
    shape(2, 6),
    shape(2, 7),
    shape(2, 8),
    shape(8, 1),
    shape(9, 1),
    shape(10, 1),
];

const fn shape(en: usize, zh: usize) -> PerLang<usize> {
    PerLang { en, zh }
}

/// The number of [`SHAPES`] that occur between sentences; the first ones.
pub const SENTENCE_SHAPES: usize = 22;

/// The most segments of a bead on each side.
pub const MAX_SEGMENTS: PerLang<usize> = max_segments(SHAPES.len());

/// The most segments on each side of the first `shapes` shapes.
pub const fn max_segments(shapes: usize) -> PerLang<usize> {
    let (mut most, mut k) = (shape(0, 0), 0);
    while k < shapes && k < SHAPES.len() {
        let PerLang { en, zh } = SHAPES[k];
        most.en = if en > most.en { en } else { most.en };
        most.zh = if zh > most.zh { zh } else { most.zh };
        k += 1;
    }
    most
}

/// A bead at its place in the lattice.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Cell {
    /// The row: the first Chinese segment.
    pub i: u32,
    /// The column: the first English segment.
    pub j: u32,
    /// Index into [`SHAPES`].
    pub shape: u8,
}

impl Cell {
    /// The English segments.
    #[inline]
    pub fn en(self) -> Range<usize> {
        self.j as usize..self.j as usize + SHAPES[self.shape as usize].en
    }

    /// The Chinese segments.
    #[inline]
    pub fn zh(self) -> Range<usize> {
        self.i as usize..self.i as usize + SHAPES[self.shape as usize].zh
    }

    /// The segments of both sides.
    #[inline]
    pub fn spans(self) -> PerLang<Range<usize>> {
        PerLang { en: self.en(), zh: self.zh() }
    }

    /// Whether the bead has segments on both sides.
    #[inline]
    pub fn is_two_sided(self) -> bool {
        let shape = SHAPES[self.shape as usize];
        shape.en > 0 && shape.zh > 0
    }

    /// The node where the bead starts.
    fn start(self) -> PerLang<usize> {
        PerLang { en: self.j as usize, zh: self.i as usize }
    }

    /// The node where the bead ends.
    fn end(self) -> PerLang<usize> {
        PerLang { en: self.en().end, zh: self.zh().end }
    }
}

/// Differences of logarithms beyond which the smaller term is less than half a unit in the last place of an f64.
const NEGLIGIBLE: f64 = 37.0;

/// ln(eˣ + eʸ).
fn log_add(x: f64, y: f64) -> f64 {
    let (high, low) = if x > y { (x, y) } else { (y, x) };
    if high - low < NEGLIGIBLE { high + (low - high).exp().ln_1p() } else { high }
}
