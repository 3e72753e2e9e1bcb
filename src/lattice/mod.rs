//! The dynamic programme over beads: it sees indices and scores, never text.
//!
//! A node (i, j) says that i Chinese and j English segments are behind; a bead leads from (i, j) to (i + m, j + n). A path
//! from (0, 0) to (I, J) is an alignment: a semi-Markov chain, as every bead spans several segments.

mod band;
mod dense;
mod sparse;

pub use band::Band;
pub use dense::{DenseScorer, prune};
pub use sparse::{Continues, Lattice, Posteriors, null_side};

/// The shapes that a bead can have: numbers of Chinese and of English segments. The first [`SENTENCE_SHAPES`] cover all but
/// one of the 2,406 gold beads of the literary and the academic development set; the others are for subtitles, in which a
/// sentence of one side stands against many cues of the other.
pub const SHAPES: [(usize, usize); 36] = [
    (1, 0),
    (0, 1),
    (1, 1),
    (1, 2),
    (1, 3),
    (1, 4),
    (1, 5),
    (1, 6),
    (1, 7),
    (2, 1),
    (2, 2),
    (2, 3),
    (2, 4),
    (2, 5),
    (3, 1),
    (3, 2),
    (3, 3),
    (3, 4),
    (4, 1),
    (4, 2),
    (4, 3),
    (5, 1),
    (6, 1),
    (7, 1),
    (8, 1),
    (9, 1),
    (10, 1),
    (11, 1),
    (12, 1),
    (5, 2),
    (6, 2),
    (7, 2),
    (8, 2),
    (1, 8),
    (1, 9),
    (1, 10),
];

/// So many of [`SHAPES`] occur between sentences and sentences.
pub const SENTENCE_SHAPES: usize = 22;

/// Most Chinese segments of a bead.
pub const MAX_ZH: usize = most_segments(SHAPES.len()).0;
/// Most English segments of a bead.
pub const MAX_EN: usize = most_segments(SHAPES.len()).1;

/// Most Chinese and most English segments of the first so many shapes.
pub const fn most_segments(shapes: usize) -> (usize, usize) {
    let (mut zh, mut en, mut k) = (0, 0, 0);
    while k < shapes && k < SHAPES.len() {
        let (m, n) = SHAPES[k];
        zh = if m > zh { m } else { zh };
        en = if n > en { n } else { en };
        k += 1;
    }
    (zh, en)
}

/// A bead at its place in the lattice.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Cell {
    /// First Chinese segment.
    pub i: u32,
    /// First English segment.
    pub j: u32,
    /// Index into [`SHAPES`].
    pub shape: u8,
}

impl Cell {
    /// The Chinese segments.
    pub fn zh(self) -> std::ops::Range<usize> {
        self.i as usize..self.i as usize + SHAPES[self.shape as usize].0
    }

    /// The English segments.
    pub fn en(self) -> std::ops::Range<usize> {
        self.j as usize..self.j as usize + SHAPES[self.shape as usize].1
    }
}

/// Differences of logarithms beyond which the smaller term is less than half a unit in the last place of an f64.
const NEGLIGIBLE: f64 = 37.0;

/// ln(eˣ + eʸ).
fn log_add(x: f64, y: f64) -> f64 {
    let (high, low) = if x > y { (x, y) } else { (y, x) };
    if high - low < NEGLIGIBLE { high + (low - high).exp().ln_1p() } else { high }
}
