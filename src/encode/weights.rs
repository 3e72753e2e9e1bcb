//! Weights of the encoder's features. They are added to the score that the words give, so they stand in a file of their own
//! and outlive a new fit of the others.

use std::sync::LazyLock;

use serde::{Deserialize, Serialize};

use super::FEATURES;
use crate::error::Result;
use crate::linear::{self, Linear, WeightsError};

static BUILTIN: LazyLock<Result<EncoderWeights, WeightsError>> =
    LazyLock::new(|| linear::read(include_str!("../../data/encoder.json"), EncoderWeights::in_order));

/// Weights of [`FEATURES`].
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct EncoderWeights {
    /// What they were fitted on: names of sets, and the encoder.
    pub fitted_on: String,
    /// The weights, in the order of [`FEATURES`].
    pub encoder: Linear,
}

impl EncoderWeights {
    /// The weights that the crate carries.
    ///
    /// # Errors
    /// [`crate::ErrorKind::Model`] if the crate was built with a damaged `data/encoder.json`.
    pub fn builtin() -> Result<&'static EncoderWeights> {
        BUILTIN.as_ref().map_err(linear::named("encoder weights"))
    }

    fn in_order(self) -> Result<EncoderWeights, WeightsError> {
        Ok(EncoderWeights { encoder: self.encoder.in_order(&FEATURES)?, ..self })
    }

    /// Reads a file as [`EncoderWeights::to_json`] writes it; `name` stands in error messages.
    ///
    /// # Errors
    /// [`crate::ErrorKind::Model`] if the file is not a file of weights, or if its features are not those of this
    /// version.
    #[cfg(feature = "train")]
    pub fn from_json(name: &str, json: &str) -> Result<EncoderWeights> {
        linear::read(json, EncoderWeights::in_order).map_err(linear::named(name))
    }

    /// Returns the weights as a file.
    ///
    /// # Errors
    /// [`crate::ErrorKind::Model`] if the weights cannot be written.
    #[cfg(feature = "train")]
    pub fn to_json(&self) -> Result<String> {
        linear::write("encoder weights", self)
    }
}
