//! Features of a bead, and the weights that turn them into a score.
//!
//! A feature has its name and its value in one place: the line that puts it into a [`Sink`]. Adding one there adds it to
//! the fitting and to the weights file; nothing else lists features.

mod lexical;
mod shape;
mod span_gains;
mod split;
mod structure;
mod support;
mod weights;

pub use lexical::coverage;
pub use support::SupportTable;
#[cfg(feature = "train")]
pub use weights::SegmentationWeights;
pub use weights::{Segmentation, ShapeShares, Weights, gap_extension};

use std::sync::Arc;

use crate::evidence::{Bitext, BitextSide, Evidence, Marks, SegmentContext, Tokens};
use crate::lattice::{Cell, SHAPES, gap_side};
use crate::text::{Lang, PerLang};

/// Takes features in their fixed order.
pub trait Sink {
    /// Adds a feature: its `name`, one `side` (the code of a language) or none (""), and its value.
    fn put(&mut self, name: &'static str, side: &'static str, value: f32);
    /// As [`Sink::put`], for a feature of a family that is told apart by `member`.
    fn put_member(&mut self, name: &'static str, side: &'static str, member: &str, value: f32);
}

/// Collects values.
#[derive(Default)]
pub struct Values(pub Vec<f32>);

impl Sink for Values {
    #[inline]
    fn put(&mut self, _: &'static str, _: &'static str, value: f32) {
        self.0.push(value);
    }
    #[inline]
    fn put_member(&mut self, _: &'static str, _: &'static str, _: &str, value: f32) {
        self.0.push(value);
    }
}

/// Collects names.
#[derive(Default)]
struct Names(Vec<String>);

impl Sink for Names {
    fn put(&mut self, name: &'static str, side: &'static str, _: f32) {
        self.put_member(name, side, "", 0.0);
    }
    fn put_member(&mut self, name: &'static str, side: &'static str, member: &str, _: f32) {
        let parts: Vec<&str> = [name, side, member].into_iter().filter(|p| !p.is_empty()).collect();
        self.0.push(parts.join("_"));
    }
}

/// What the features of one document are computed from.
#[derive(Clone, Copy, Debug)]
pub struct Context<'a> {
    /// Both sides.
    pub bitext: &'a Bitext,
    /// Evidence of the tokens of both sides.
    pub evidence: &'a PerLang<Evidence>,
}

/// How closely the translator of a document keeps to it: what is usual in its beads of one segment on each side. A segment of a
/// longer bead of which much less is said on the other side has been left out, and its bead is two.
///
/// Measured: likelihood of literary text .1194 → .1182, of its copies that lack a tenth of the Chinese .2330 → .2303; strict F1 of
/// academic text that lacks a tenth of the Chinese, not fitted on, .935 → .942 (beside the usual difference of lengths, which is left
/// out: literary .115, but two groups of academic text that belong together are cut).
#[derive(Clone, Copy, Debug, Default)]
pub struct DocumentStats {
    /// The mean of how well tokens are explained; 0 if nothing is known.
    pub coverage: PerLang<f32>,
}

impl DocumentStats {
    /// The means over beads of one segment a side, by their posteriors; beads less likely than one half are left out.
    pub fn of(context: &Context<'_>, beads: impl Iterator<Item = (Cell, f64)>) -> DocumentStats {
        let (mut total, mut sums) = (0f64, PerLang::<f64>::default());
        let sure = beads.filter(|(cell, q)| *q >= 0.5 && cell.zh().len() == 1 && cell.en().len() == 1);
        for (cell, q) in sure {
            total += q;
            for (sum, one) in sums.as_mut().into_iter().zip(coverage(context, cell.spans())) {
                *sum += q * f64::from(one.weakest);
            }
        }
        if total == 0.0 {
            return DocumentStats::default();
        }
        DocumentStats { coverage: sums.map(|c| (c / total) as f32) }
    }
}

/// What the first pass found about a bead.
#[derive(Clone, Copy, Debug, Default)]
pub struct FirstLook {
    /// Supports.
    pub support: PerLang<f32>,
    /// ln of how much oftener beads of this shape are in the document than in the texts fitted on.
    pub rate: f32,
    /// What it found about the document.
    pub stats: DocumentStats,
}

/// The order of the sides in features. Sums of weights times features use this order, which decides their rounding.
const SIDES: [Lang; 2] = [Lang::Zh, Lang::En];

/// Which features a pass uses.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Stage {
    /// Bead shape, lengths and support only: for pruning.
    Prune,
    /// All but what needs a first pass.
    First,
    /// All; support of the first pass as well as of the tables learned from the document.
    Second,
}

impl Stage {
    /// Names of the features, in their order.
    pub fn names(self) -> Vec<String> {
        // One segment a side and a 1-1 bead are enough to walk through every feature.
        let side = || BitextSide {
            tokens: Arc::new(Tokens { starts: vec![0, 0], counts: vec![0.0], ..Tokens::default() }),
            length: vec![1.0],
            marks: vec![Marks::default()],
            quoting: vec![false],
            contexts: vec![SegmentContext::default()],
            boundary: Vec::new(),
        };
        let bitext = Bitext::new(PerLang::from_fn(|_| side()));
        let context = Context { bitext: &bitext, evidence: &PerLang::default() };
        let one_to_one = SHAPES.iter().position(|&s| s == PerLang { en: 1, zh: 1 }).unwrap_or_default() as u8;
        let mut names = Names::default();
        self.write(&context, Cell { i: 0, j: 0, shape: one_to_one }, FirstLook::default(), &mut names);
        names.0
    }

    /// Puts the features of a bead into a sink; `first` is what the first pass found, for [`Stage::Second`].
    pub fn write(self, context: &Context<'_>, cell: Cell, first: FirstLook, sink: &mut impl Sink) {
        shape::shape(cell, sink);
        shape::length(context, cell, sink);
        if self == Stage::Prune {
            lexical::support(context, cell, sink);
        } else {
            self.write_all(context, cell, first, sink);
        }
        // A property of two beads, not of one: its weight is applied by the lattice.
        for side in SIDES {
            sink.put("continues", side.code(), 0.0);
        }
    }

    /// What is too dear for pruning.
    fn write_all(self, context: &Context<'_>, cell: Cell, first: FirstLook, sink: &mut impl Sink) {
        shape::punctuation(context, cell, sink);
        structure::structure(context, cell, sink);
        lexical::lexical(context, cell, (self == Stage::Second).then_some(first.stats), sink);
        if self == Stage::Second {
            for side in SIDES {
                sink.put("first_support", side.code(), first.support[side]);
            }
            shape::cuts(context, cell, sink);
            shape::quotation(context, cell, sink);
            split::splits(context, cell, sink);
            let rate = |of: Option<Lang>| if gap_side(cell) == of { first.rate } else { 0.0 };
            sink.put("rate", "", rate(None));
            for side in SIDES {
                sink.put("rate", side.code(), rate(Some(side)));
            }
        }
    }
}
