//! The weights of the aligner's stages, as in `data/weights.json`.

use std::sync::LazyLock;

use serde::{Deserialize, Serialize};

use super::Stage;
use crate::error::Result;
use crate::evidence::Boundaries;
use crate::lattice::{Cell, GapExtension, SHAPES};
use crate::linear::{self, Linear, WeightsError};
use crate::text::PerLang;

static BUILTIN: LazyLock<Result<Weights, WeightsError>> =
    LazyLock::new(|| linear::read(include_str!("../../data/weights.json"), Weights::in_order));

/// The weights of a null bead that follows another null bead on its side: the last two weights of a stage.
pub fn gap_extension(weights: &Linear) -> GapExtension {
    match *weights.values() {
        [.., zh, en] => PerLang { en, zh },
        _ => GapExtension::default(),
    }
}

/// Shares of the shapes of beads, in the order of [`SHAPES`].
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct ShapeShares(Linear);

/// Beads of the usual kind that are mixed into a document's own count.
const SMOOTHING: f64 = 50.0;
/// Share of a shape that was not seen.
#[cfg(feature = "train")]
const MIN_SHARE: f64 = 1e-4;

impl ShapeShares {
    /// Shares in weighted beads.
    ///
    /// # Errors
    /// [`WeightsError`] if a weight is not a finite number.
    #[cfg(feature = "train")]
    pub fn of(beads: impl Iterator<Item = (Cell, f64)>) -> Result<ShapeShares, WeightsError> {
        let mut counts = vec![0.0; SHAPES.len()];
        beads.for_each(|(cell, weight)| counts[usize::from(cell.shape)] += weight);
        let total: f64 = counts.iter().sum::<f64>().max(f64::MIN_POSITIVE);
        let shares = counts.into_iter().map(|c| (c / total).max(MIN_SHARE)).collect();
        Linear::new(shape_names(), shares).map(ShapeShares)
    }

    /// ln of how much oftener each shape is among the beads of a document, weighted by their posteriors, than usual.
    pub fn rates(&self, beads: impl Iterator<Item = (Cell, f64)>) -> Vec<f32> {
        let shares = self.0.values();
        let mut counts: Vec<f64> = shares.iter().map(|share| SMOOTHING * share).collect();
        beads.for_each(|(cell, posterior)| counts[usize::from(cell.shape)] += posterior);
        let total: f64 = counts.iter().sum();
        counts.iter().zip(shares).map(|(count, share)| (count / total / share).ln() as f32).collect()
    }
}

/// The numbers of Chinese and of English segments, as in the names in the file of weights.
fn shape_names() -> Vec<String> {
    SHAPES.iter().map(|shape| format!("{}_{}", shape.zh, shape.en)).collect()
}

/// How the segments of a text were cut.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Segmentation {
    /// Sentences on both sides, or what is used as such.
    Sentences,
    /// Subtitle cues without marks on one side at least, which break sentences.
    Cues,
}

/// The weights for one kind of segmentation.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct SegmentationWeights {
    /// How often each shape occurs in the texts fitted on.
    pub shares: ShapeShares,
    /// For pruning.
    pub prune: Linear,
    /// For the first pass.
    pub first: Linear,
    /// For the second pass.
    pub second: Linear,
}

impl SegmentationWeights {
    fn in_order(&self) -> Result<SegmentationWeights, WeightsError> {
        Ok(SegmentationWeights {
            shares: ShapeShares(self.shares.0.in_order(&shape_names())?),
            prune: self.prune.in_order(&Stage::Prune.names())?,
            first: self.first.in_order(&Stage::First.names())?,
            second: self.second.in_order(&Stage::Second.names())?,
        })
    }
}

/// All weights of the aligner.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Weights {
    /// What they were fitted on: names of sets, and how.
    pub fitted_on: String,
    /// For [`Segmentation::Sentences`].
    pub sentences: SegmentationWeights,
    /// For [`Segmentation::Cues`].
    pub cues: SegmentationWeights,
    /// The weights that decide where sentences end, for [`Segmentation::Cues`].
    pub boundaries: Boundaries,
}

impl Weights {
    /// The weights that the crate carries.
    ///
    /// # Errors
    /// [`crate::ErrorKind::Model`] if the crate was built with a damaged `data/weights.json`.
    pub fn builtin() -> Result<&'static Weights> {
        BUILTIN.as_ref().map_err(linear::named("weights"))
    }

    fn in_order(self) -> Result<Weights, WeightsError> {
        Ok(Weights { sentences: self.sentences.in_order()?, cues: self.cues.in_order()?, ..self })
    }

    /// The weights for a kind of segmentation.
    pub fn of(&self, segmentation: Segmentation) -> &SegmentationWeights {
        match segmentation {
            Segmentation::Sentences => &self.sentences,
            Segmentation::Cues => &self.cues,
        }
    }

    /// Reads a file as [`Weights::to_json`] writes it; `name` stands in error messages.
    ///
    /// # Errors
    /// [`crate::ErrorKind::Model`] if the file is not a file of weights, or if its features are not those of this
    /// version.
    #[cfg(feature = "train")]
    pub fn from_json(name: &str, json: &str) -> Result<Weights> {
        linear::read(json, Weights::in_order).map_err(linear::named(name))
    }

    /// Returns the weights as a file.
    ///
    /// # Errors
    /// [`crate::ErrorKind::Model`] if the weights cannot be written.
    #[cfg(feature = "train")]
    pub fn to_json(&self) -> Result<String> {
        linear::write("weights", self)
    }
}
