//! Linear models: weights of named features. The commands of `training/` fit them, and the library embeds them as
//! files. Nobody edits these files by hand. This module reads and writes every file of weights.

use std::error::Error as StdError;
use std::fmt;

use serde::de::{DeserializeOwned, Error as _, MapAccess, Visitor};
use serde::{Deserialize, Deserializer, Serialize, Serializer};

use crate::error::{Error, Result};

/// A weight for each named feature.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Linear {
    names: Vec<String>,
    values: Vec<f64>,
    /// Indices of the names in alphabetical order, which is also the order of the file.
    sorted: Vec<u32>,
}

impl Linear {
    /// Creates a model with the weights in the order of their features.
    ///
    /// # Errors
    /// [`WeightsError`] unless each name occurs once and each weight is finite.
    pub fn new(names: Vec<String>, values: Vec<f64>) -> Result<Linear, WeightsError> {
        if names.len() != values.len() {
            return Err(WeightsError::Count { names: names.len(), values: values.len() });
        }
        if let Some(k) = values.iter().position(|v| !v.is_finite()) {
            return Err(WeightsError::NotFinite(names[k].clone()));
        }
        let mut sorted: Vec<u32> = (0..names.len() as u32).collect();
        sorted.sort_unstable_by_key(|&k| &names[k as usize]);
        if let Some(pair) = sorted.windows(2).find(|p| names[p[0] as usize] == names[p[1] as usize]) {
            return Err(WeightsError::Twice(names[pair[0] as usize].clone()));
        }
        Ok(Linear { names, values, sorted })
    }

    /// Returns the same weights in the order of these features.
    ///
    /// # Errors
    /// [`WeightsError`] if a feature has no weight, or if a weight belongs to none of the features.
    pub fn in_order<S: AsRef<str>>(&self, features: &[S]) -> Result<Linear, WeightsError> {
        let names: Vec<String> = features.iter().map(|f| f.as_ref().to_owned()).collect();
        let value = |name: &String| self.weight(name).ok_or_else(|| WeightsError::Missing(name.clone()));
        let ordered = Linear::new(names.clone(), names.iter().map(value).collect::<Result<_, _>>()?)?;
        match self.entries().find(|(name, _)| ordered.weight(name).is_none()) {
            Some((unknown, _)) => Err(WeightsError::Unknown(unknown.to_owned())),
            None => Ok(ordered),
        }
    }

    /// The names of the features.
    #[cfg(feature = "train")]
    pub fn names(&self) -> &[String] {
        &self.names
    }

    /// The weights, in the order of the names.
    pub fn values(&self) -> &[f64] {
        &self.values
    }

    /// The weight of a feature.
    pub fn weight(&self, name: &str) -> Option<f64> {
        let at = self.sorted.binary_search_by_key(&name, |&k| &self.names[k as usize]).ok()?;
        Some(self.values[self.sorted[at] as usize])
    }

    /// Σ weight · feature, summed in the order of the features.
    pub fn score<X: Copy + Into<f64>>(&self, features: &[X]) -> f64 {
        self.values.iter().zip(features).map(|(w, &x)| w * x.into()).sum()
    }

    /// Names and weights, sorted by name.
    fn entries(&self) -> impl Iterator<Item = (&str, f64)> {
        self.sorted.iter().map(|&k| (self.names[k as usize].as_str(), self.values[k as usize]))
    }
}

/// What can be wrong with the weights of a model. This error is the [`source`](StdError::source) of an [`Error`] of the
/// kind [`Model`](crate::ErrorKind::Model), which names the file.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum WeightsError {
    /// The file is not JSON in the layout of weights.
    Json(String),
    /// A feature has no weight.
    Missing(String),
    /// A weight belongs to a feature that this version does not have.
    Unknown(String),
    /// A feature has two weights.
    Twice(String),
    /// A weight is not a finite number.
    NotFinite(String),
    /// The number of weights is not the number of features.
    Count {
        /// The number of features.
        names: usize,
        /// The number of weights.
        values: usize,
    },
}

impl WeightsError {
    pub(crate) fn in_file(self, name: &str) -> Error {
        Error::model(name, "these weights cannot be used; fit them again as training/README.md says").caused_by(self)
    }
}

impl fmt::Display for WeightsError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            WeightsError::Json(what) => f.write_str(what),
            WeightsError::Missing(name) => write!(f, "no weight for the feature {name}"),
            WeightsError::Unknown(name) => write!(f, "the weight {name} does not belong to any feature"),
            WeightsError::Twice(name) => write!(f, "two weights for the feature {name}"),
            WeightsError::NotFinite(name) => write!(f, "the weight of {name} is not a finite number"),
            WeightsError::Count { names, values } => write!(f, "{values} weights for {names} features"),
        }
    }
}

impl StdError for WeightsError {}

/// A JSON object with one feature on each line, sorted by name, with six decimals.
impl Serialize for Linear {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_map(self.entries().map(|(name, value)| (name, (value * 1e6).round() / 1e6)))
    }
}

impl<'de> Deserialize<'de> for Linear {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Linear, D::Error> {
        deserializer.deserialize_map(Entries)
    }
}

/// Reads a JSON object entry by entry, to find a name that occurs twice.
struct Entries;

impl<'de> Visitor<'de> for Entries {
    type Value = Linear;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an object of names and weights")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Linear, A::Error> {
        let (mut names, mut values) = (Vec::new(), Vec::new());
        while let Some((name, value)) = map.next_entry()? {
            names.push(name);
            values.push(value);
        }
        Linear::new(names, values).map_err(A::Error::custom)
    }
}

/// Reads a file of weights; `check` puts its models in the order of their features.
pub(crate) fn read<T: DeserializeOwned>(
    json: &str,
    check: impl FnOnce(T) -> Result<T, WeightsError>,
) -> Result<T, WeightsError> {
    check(serde_json::from_str(json).map_err(|e| WeightsError::Json(e.to_string()))?)
}

/// Writes a file of weights; error messages contain `name`.
#[cfg(feature = "train")]
pub(crate) fn write<T: Serialize>(name: &str, file: &T) -> Result<String> {
    let text = serde_json::to_string_pretty(file).map_err(|e| WeightsError::Json(e.to_string()));
    text.map(|text| text + "\n").map_err(named(name))
}

/// Adds the name of a file to an error.
pub(crate) fn named<E: std::borrow::Borrow<WeightsError>>(name: &str) -> impl FnOnce(E) -> Error {
    move |error| error.borrow().clone().in_file(name)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn linear(json: &str) -> std::result::Result<Linear, String> {
        serde_json::from_str(json).map_err(|e| e.to_string())
    }

    #[test]
    fn weights_go_out_and_come_back() {
        let weights = linear(r#"{"b": 2.5, "a": -1.0000004}"#).unwrap();
        assert_eq!(
            (weights.names(), weights.values()),
            (&["b".to_owned(), "a".to_owned()][..], &[2.5, -1.000_000_4][..])
        );
        let text = serde_json::to_string(&weights).unwrap();
        assert_eq!(text, r#"{"a":-1.0,"b":2.5}"#);
        assert_eq!(linear(&text).unwrap().weight("b"), Some(2.5));
        assert_eq!(weights.weight("c"), None);
    }

    #[test]
    fn features_give_the_order() {
        let weights = linear(r#"{"a": 1, "b": 2, "c": 4}"#).unwrap();
        let ordered = weights.in_order(&["c", "a", "b"]).unwrap();
        assert_eq!(ordered.values(), [4.0, 1.0, 2.0]);
        assert_eq!(ordered.score(&[1f32, 10.0, 100.0]), 214.0);
        assert_eq!(weights.in_order(&["a", "b"]), Err(WeightsError::Unknown("c".to_owned())));
        assert_eq!(weights.in_order(&["a", "b", "c", "d"]), Err(WeightsError::Missing("d".to_owned())));
        assert_eq!(weights.in_order(&["a", "b", "c", "a"]), Err(WeightsError::Twice("a".to_owned())));
    }

    #[test]
    fn each_name_has_one_number() {
        assert!(linear(r#"{"a": 1, "a": 2}"#).unwrap_err().contains("two weights for the feature a"));
        assert!(linear(r#"{"a": "1"}"#).is_err());
        assert!(linear("[1]").unwrap_err().contains("an object of names and weights"));
        let names = || vec!["a".to_owned()];
        assert_eq!(Linear::new(names(), vec![f64::NAN]), Err(WeightsError::NotFinite("a".to_owned())));
        assert_eq!(Linear::new(names(), vec![1.0, 2.0]), Err(WeightsError::Count { names: 1, values: 2 }));
    }
}
