//! Weights of the features: fitted by a command, embedded as a file, edited by nobody.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use serde::{Deserialize, Serialize};

use super::Stage;
use crate::error::{Error, Result};
use crate::evidence::Boundaries;
use crate::lattice::{Cell, GapExtension, SHAPES};
use crate::text::PerLang;

static BUILTIN: LazyLock<Result<Weights>> =
    LazyLock::new(|| Weights::from_json("weights", include_str!("../../data/weights.json")));

/// Weights of one stage, in the order of its features.
#[derive(Clone, Debug)]
pub struct StageWeights {
    stage: Stage,
    values: Vec<f64>,
}

impl StageWeights {
    /// Weights in the order of [`Stage::names`]; missing ones are 0.
    pub fn new(stage: Stage, mut values: Vec<f64>) -> StageWeights {
        values.resize(stage.names().len(), 0.0);
        StageWeights { stage, values }
    }

    /// The stage.
    pub fn stage(&self) -> Stage {
        self.stage
    }

    /// The weights.
    pub fn values(&self) -> &[f64] {
        &self.values
    }

    /// Weights of a null bead that follows one of its side.
    pub fn gap_extension(&self) -> GapExtension {
        match self.values[..] {
            [.., zh, en] => PerLang { en, zh },
            _ => GapExtension::default(),
        }
    }

    /// Σ weight · feature.
    pub fn score(&self, features: &[f32]) -> f64 {
        self.values.iter().zip(features).map(|(w, x)| w * f64::from(*x)).sum()
    }
}

/// Shares of the shapes of beads, in the order of [`SHAPES`].
#[derive(Clone, Debug)]
pub struct ShapeShares(Vec<f64>);

/// Beads of the usual kind that are mixed into a document's own count.
const SMOOTHING: f64 = 50.0;
/// Share of a shape that was not seen.
const MIN_SHARE: f64 = 1e-4;

impl ShapeShares {
    /// Shares in weighted beads.
    pub fn of(beads: impl Iterator<Item = (Cell, f64)>) -> ShapeShares {
        let mut counts = vec![0.0; SHAPES.len()];
        beads.for_each(|(cell, weight)| counts[usize::from(cell.shape)] += weight);
        let total: f64 = counts.iter().sum::<f64>().max(f64::MIN_POSITIVE);
        ShapeShares(counts.into_iter().map(|c| (c / total).max(MIN_SHARE)).collect())
    }

    /// ln of how much oftener each shape is among the beads of a document, weighted by their posteriors, than usual.
    pub fn rates(&self, beads: impl Iterator<Item = (Cell, f64)>) -> Vec<f32> {
        let mut counts: Vec<f64> = self.0.iter().map(|share| SMOOTHING * share).collect();
        beads.for_each(|(cell, posterior)| counts[usize::from(cell.shape)] += posterior);
        let total: f64 = counts.iter().sum();
        counts.iter().zip(&self.0).map(|(count, share)| (count / total / share).ln() as f32).collect()
    }
}

/// Numbers of Chinese and of English segments: the names of the files of weights.
fn shape_name(shape: PerLang<usize>) -> String {
    format!("{}_{}", shape.zh, shape.en)
}

/// How the segments of a text were cut.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Segmentation {
    /// Sentences on both sides, or what is used as such.
    Sentences,
    /// Subtitle cues without marks on one side at least, which break sentences.
    Cues,
}

/// Weights for one way of segmentation.
#[derive(Clone, Debug)]
pub struct SegmentationWeights {
    /// How often each shape occurs in the texts fitted on.
    pub shares: ShapeShares,
    /// For pruning.
    pub prune: StageWeights,
    /// For the first pass.
    pub first: StageWeights,
    /// For the second pass.
    pub second: StageWeights,
}

/// All weights of the aligner.
#[derive(Clone, Debug)]
pub struct Weights {
    /// What they were fitted on: names of sets, and how.
    pub fitted_on: String,
    /// For [`Segmentation::Sentences`].
    pub sentences: SegmentationWeights,
    /// For [`Segmentation::Cues`].
    pub cues: SegmentationWeights,
    /// Where sentences end, for [`Segmentation::Cues`].
    pub boundaries: Boundaries,
}

#[derive(Serialize, Deserialize)]
struct File {
    fitted_on: String,
    sentences: SegmentationFile,
    cues: SegmentationFile,
    boundaries: Boundaries,
}

#[derive(Serialize, Deserialize)]
struct SegmentationFile {
    shares: BTreeMap<String, f64>,
    prune: BTreeMap<String, f64>,
    first: BTreeMap<String, f64>,
    second: BTreeMap<String, f64>,
}

fn rounded(value: f64) -> f64 {
    (value * 1e6).round() / 1e6
}

impl SegmentationWeights {
    fn from_file(file: &SegmentationFile) -> std::result::Result<SegmentationWeights, String> {
        let stage = |stage: Stage, values: &BTreeMap<String, f64>| {
            let names = stage.names();
            if let Some(name) = values.keys().find(|k| !names.contains(k)) {
                return Err(format!("weight {name} belongs to no feature"));
            }
            let values =
                names.iter().map(|n| values.get(n).copied().ok_or_else(|| format!("no weight for feature {n}")));
            Ok(StageWeights { stage, values: values.collect::<std::result::Result<_, _>>()? })
        };
        let share = |shape| {
            let name = shape_name(shape);
            file.shares.get(&name).copied().ok_or_else(|| format!("no share of beads of shape {name}"))
        };
        Ok(SegmentationWeights {
            shares: ShapeShares(SHAPES.into_iter().map(share).collect::<std::result::Result<_, _>>()?),
            prune: stage(Stage::Prune, &file.prune)?,
            first: stage(Stage::First, &file.first)?,
            second: stage(Stage::Second, &file.second)?,
        })
    }

    fn to_file(&self) -> SegmentationFile {
        let stage = |w: &StageWeights| w.stage.names().into_iter().zip(w.values.iter().map(|v| rounded(*v))).collect();
        SegmentationFile {
            shares: SHAPES.into_iter().map(shape_name).zip(self.shares.0.iter().map(|v| rounded(*v))).collect(),
            prune: stage(&self.prune),
            first: stage(&self.first),
            second: stage(&self.second),
        }
    }
}

impl Weights {
    /// The weights that the crate carries.
    ///
    /// # Errors
    /// [`Error::Resource`] when the crate was built with a damaged `data/weights.json`.
    pub fn builtin() -> Result<&'static Weights> {
        BUILTIN.as_ref().map_err(|e| Error::Resource { name: "weights".to_owned(), what: e.to_string() })
    }

    /// The weights for a way of segmentation.
    pub fn of(&self, segmentation: Segmentation) -> &SegmentationWeights {
        match segmentation {
            Segmentation::Sentences => &self.sentences,
            Segmentation::Cues => &self.cues,
        }
    }

    /// Reads a file as [`Weights::to_json`] writes it; `name` stands in error messages.
    ///
    /// # Errors
    /// [`Error::Resource`] when it is no such file, or has other features than this version.
    pub fn from_json(name: &str, json: &str) -> Result<Weights> {
        let broken = |what: String| Error::Resource {
            name: name.to_owned(),
            what: format!("{what}; fit it again with `cargo run --release --example fit_weights`"),
        };
        let file: File = serde_json::from_str(json).map_err(|e| broken(e.to_string()))?;
        Ok(Weights {
            sentences: SegmentationWeights::from_file(&file.sentences).map_err(broken)?,
            cues: SegmentationWeights::from_file(&file.cues).map_err(broken)?,
            boundaries: file.boundaries,
            fitted_on: file.fitted_on,
        })
    }

    /// The weights as a file: JSON, one feature a line, sorted by name, six decimals.
    ///
    /// # Errors
    /// [`Error::Resource`] when a weight is no number.
    pub fn to_json(&self) -> Result<String> {
        let round = |weights: &BTreeMap<String, f64>| weights.iter().map(|(k, w)| (k.clone(), rounded(*w))).collect();
        let file = File {
            fitted_on: self.fitted_on.clone(),
            sentences: self.sentences.to_file(),
            cues: self.cues.to_file(),
            boundaries: Boundaries { en: round(&self.boundaries.en), zh: round(&self.boundaries.zh) },
        };
        serde_json::to_string_pretty(&file)
            .map(|text| text + "\n")
            .map_err(|e| Error::Resource { name: "weights".to_owned(), what: e.to_string() })
    }
}
