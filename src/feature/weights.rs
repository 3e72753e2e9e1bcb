//! Weights of the features: fitted by a command, embedded as a file, edited by nobody.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use serde::{Deserialize, Serialize};

use super::Stage;
use crate::error::{Error, Result};

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

    /// Σ weight · feature.
    pub fn score(&self, features: &[f32]) -> f64 {
        self.values.iter().zip(features).map(|(w, x)| w * f64::from(*x)).sum()
    }
}

/// All weights of the aligner.
#[derive(Clone, Debug)]
pub struct Weights {
    /// What they were fitted on: names of sets, and how.
    pub fitted_on: String,
    /// For pruning.
    pub prune: StageWeights,
    /// For the first pass.
    pub first: StageWeights,
    /// For the second pass.
    pub second: StageWeights,
}

#[derive(Serialize, Deserialize)]
struct File {
    fitted_on: String,
    prune: BTreeMap<String, f64>,
    first: BTreeMap<String, f64>,
    second: BTreeMap<String, f64>,
}

impl Weights {
    /// The weights that the crate carries.
    ///
    /// # Errors
    /// [`Error::Resource`] when the crate was built with a damaged `data/weights.json`.
    pub fn builtin() -> Result<&'static Weights> {
        BUILTIN.as_ref().map_err(|e| Error::Resource { name: "weights".to_owned(), what: e.to_string() })
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
        let stage = |stage: Stage, values: &BTreeMap<String, f64>| {
            let names = stage.names();
            if let Some(name) = values.keys().find(|k| !names.contains(k)) {
                return Err(broken(format!("weight {name} belongs to no feature")));
            }
            let values = names
                .iter()
                .map(|n| values.get(n).copied().ok_or_else(|| broken(format!("no weight for feature {n}"))));
            Ok(StageWeights { stage, values: values.collect::<Result<_>>()? })
        };
        Ok(Weights {
            prune: stage(Stage::Prune, &file.prune)?,
            first: stage(Stage::First, &file.first)?,
            second: stage(Stage::Second, &file.second)?,
            fitted_on: file.fitted_on,
        })
    }

    /// The weights as a file: JSON, one feature a line, sorted by name, six decimals.
    ///
    /// # Errors
    /// [`Error::Resource`] when a weight is no number.
    pub fn to_json(&self) -> Result<String> {
        let stage = |w: &StageWeights| {
            let rounded = w.values.iter().map(|v| (v * 1e6).round() / 1e6);
            w.stage.names().into_iter().zip(rounded).collect()
        };
        let file = File {
            fitted_on: self.fitted_on.clone(),
            prune: stage(&self.prune),
            first: stage(&self.first),
            second: stage(&self.second),
        };
        serde_json::to_string_pretty(&file)
            .map(|text| text + "\n")
            .map_err(|e| Error::Resource { name: "weights".to_owned(), what: e.to_string() })
    }
}
