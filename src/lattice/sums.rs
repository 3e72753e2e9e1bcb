//! Sums over the paths that lead to a node or start at it.

use super::log_add;
use crate::text::{Lang, PerLang};

/// The score of a null bead that follows a null bead of the same side. A passage that one side lacks has many
/// sentences, so it is expensive to open a gap and cheap to extend it (affine gaps, Gotoh 1982).
pub type GapExtension = PerLang<f64>;

/// ln of a sum over no paths, for null beads.
const NO_PATHS: PerLang<f64> = PerLang { en: f64::NEG_INFINITY, zh: f64::NEG_INFINITY };

/// ln of the sum over the paths to a node, by the last bead of the path.
#[derive(Clone, Copy)]
pub(super) struct Forward {
    pub(super) pair: f64,
    pub(super) null: PerLang<f64>,
    /// The sum over all beads, when all are known.
    pub(super) all: f64,
}

impl Forward {
    pub(super) const NONE: Forward = Forward { pair: f64::NEG_INFINITY, null: NO_PATHS, all: f64::NEG_INFINITY };

    pub(super) fn sum(&mut self) {
        self.all = log_add(self.pair, log_add(self.null.zh, self.null.en));
    }

    pub(super) fn before_null(&self, side: Lang, extension: GapExtension) -> f64 {
        log_add(self.null[side] + extension[side], log_add(self.pair, self.null[side.other()]))
    }
}

/// ln of the sum over the paths from a node, by the first bead of the path.
#[derive(Clone, Copy)]
pub(super) struct Backward {
    pub(super) other: f64,
    pub(super) null: PerLang<f64>,
    /// The sum over all beads, when all are known.
    pub(super) all: f64,
}

impl Backward {
    pub(super) const NONE: Backward = Backward { other: f64::NEG_INFINITY, null: NO_PATHS, all: f64::NEG_INFINITY };

    pub(super) fn sum(&mut self) {
        self.all = log_add(self.other, log_add(self.null.zh, self.null.en));
    }

    pub(super) fn after_null(&self, side: Lang, extension: GapExtension) -> f64 {
        log_add(self.null[side] + extension[side], log_add(self.other, self.null[side.other()]))
    }
}
