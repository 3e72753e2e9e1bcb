//! Weights of the encoder's features. They are added to the score that the words give, so they stand in a file of their own
//! and outlive a new fit of the others.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use serde::{Deserialize, Serialize};

use super::FEATURES;
use crate::error::{Error, Result};

static BUILTIN: LazyLock<Result<EncoderWeights>> =
    LazyLock::new(|| EncoderWeights::from_json("encoder weights", include_str!("../../data/weights-encoder.json")));

/// Weights of [`FEATURES`].
#[derive(Clone, Debug)]
pub struct EncoderWeights {
    /// What they were fitted on: names of sets, and the encoder.
    pub fitted_on: String,
    /// The weights, in the order of [`FEATURES`].
    pub values: [f64; FEATURES.len()],
}

#[derive(Serialize, Deserialize)]
struct File {
    fitted_on: String,
    encoder: BTreeMap<String, f64>,
}

impl EncoderWeights {
    /// The weights that the crate carries.
    ///
    /// # Errors
    /// [`crate::ErrorKind::Model`] when the crate was built with a damaged `data/weights-encoder.json`.
    pub fn builtin() -> Result<&'static EncoderWeights> {
        BUILTIN.as_ref().map_err(Clone::clone)
    }

    /// Reads a file as [`EncoderWeights::to_json`] writes it; `name` stands in error messages.
    ///
    /// # Errors
    /// [`crate::ErrorKind::Model`] when it is no such file, or has other features than this version.
    pub fn from_json(name: &str, json: &str) -> Result<EncoderWeights> {
        let broken = |what: String| Error::model(name, format!("{what}; fit the weights again with this version"));
        let file: File =
            serde_json::from_str(json).map_err(|e| broken("this is not a file of weights".to_owned()).caused_by(e))?;
        if let Some(name) = file.encoder.keys().find(|k| !FEATURES.contains(&k.as_str())) {
            return Err(broken(format!("no feature has the name {name}")));
        }
        let mut values = [0.0; FEATURES.len()];
        for (value, name) in values.iter_mut().zip(FEATURES) {
            *value = *file.encoder.get(name).ok_or_else(|| broken(format!("the feature {name} has no weight")))?;
        }
        Ok(EncoderWeights { fitted_on: file.fitted_on, values })
    }

    /// The weights as a file: JSON, one feature a line, sorted by name, six decimals.
    ///
    /// # Errors
    /// [`crate::ErrorKind::Model`] when a weight is no number.
    pub fn to_json(&self) -> Result<String> {
        let rounded = FEATURES.iter().zip(self.values).map(|(n, v)| ((*n).to_owned(), (v * 1e6).round() / 1e6));
        let file = File { fitted_on: self.fitted_on.clone(), encoder: rounded.collect() };
        serde_json::to_string_pretty(&file)
            .map(|text| text + "\n")
            .map_err(|e| Error::model("encoder weights", "they cannot be written as JSON").caused_by(e))
    }

    /// Σ weight · feature.
    pub fn score(&self, features: &[f32; FEATURES.len()]) -> f64 {
        self.values.iter().zip(features).map(|(w, x)| w * f64::from(*x)).sum()
    }
}
