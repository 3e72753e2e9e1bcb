//! How likely it is that two passages say the same: a logistic regression over what speaks for it, and a second one that also
//! sees how likely their neighbours are.

use std::sync::LazyLock;

use serde::{Deserialize, Serialize};

use super::score::Link;
use crate::error::Result;
use crate::linear::{self, Linear, WeightsError};

static BUILTIN: LazyLock<Result<LinkWeights, WeightsError>> =
    LazyLock::new(|| linear::read(include_str!("../../data/links.json"), LinkWeights::in_order));

/// What there is to say of two passages, in the order of [`Candidate::features`](super::Candidate::features).
pub const FEATURES: [&str; 5] = ["score", "rare", "other_speaker", "best", "near"];
/// So many of [`FEATURES`] stand before those that need the neighbours' probabilities.
pub const OWN: usize = 4;
/// The name of the weight that comes before those of the features.
const CONSTANT: &str = "constant";

/// Features of a pair.
pub type Features = [f32; FEATURES.len()];

/// The regressions; each has its constant first, then weights in the order of [`FEATURES`].
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct LinkWeights {
    /// The articles that the weights were fitted on.
    pub fitted_on: String,
    /// Over the first [`OWN`] features: what neighbours are judged by.
    pub first: Linear,
    /// Over all features.
    pub second: Linear,
}

impl LinkWeights {
    /// Returns the weights that are built into the crate.
    ///
    /// # Errors
    /// [`crate::ErrorKind::Model`] if the crate was built with a damaged `data/links.json`.
    pub fn builtin() -> Result<&'static LinkWeights> {
        BUILTIN.as_ref().map_err(linear::named("links"))
    }

    /// The names of the constant and of the weights of the first `features` features.
    pub fn names(features: usize) -> Vec<String> {
        std::iter::once(CONSTANT).chain(FEATURES.into_iter().take(features)).map(str::to_owned).collect()
    }

    fn in_order(self) -> Result<LinkWeights, WeightsError> {
        let first = self.first.in_order(&LinkWeights::names(OWN))?;
        let second = self.second.in_order(&LinkWeights::names(FEATURES.len()))?;
        Ok(LinkWeights { first, second, ..self })
    }

    /// Reads a file that [`LinkWeights::to_json`] wrote; error messages contain `name`.
    ///
    /// # Errors
    /// [`crate::ErrorKind::Model`] if the file is not a file of weights, or if its features are not those of this
    /// version.
    #[cfg(feature = "train")]
    pub fn from_json(name: &str, json: &str) -> Result<LinkWeights> {
        linear::read(json, LinkWeights::in_order).map_err(linear::named(name))
    }

    /// Returns the weights as a file.
    ///
    /// # Errors
    /// [`crate::ErrorKind::Model`] if the weights cannot be written.
    #[cfg(feature = "train")]
    pub fn to_json(&self) -> Result<String> {
        linear::write("links", self)
    }

    /// The probability of a link with these features.
    pub fn probability(&self, features: &Features) -> f64 {
        logistic(&self.second, features)
    }

    fn first_probability(&self, features: &Features) -> f64 {
        logistic(&self.first, features)
    }
}

/// Features beyond the weights do not count.
fn logistic(weights: &Linear, features: &Features) -> f64 {
    // Sum as f32, the constant last. Another order changes the last bits, and with them the links near a bound.
    let (constant, weights) = weights.values().split_first().unwrap_or((&0.0, &[]));
    let sum: f32 = weights.iter().zip(features).map(|(w, f)| *w as f32 * f).sum();
    1.0 / (1.0 + f64::from(-(sum + *constant as f32)).exp())
}

/// Scores count no further from here on: two passages that translate each other reach it.
pub(super) const MAX_SCORE: f32 = 3.0;
/// How far a pair that supports another one may be, in passages of either side: those further away are on another subject
/// as a rule.
const NEAR_BY: usize = 2;
/// Below this a best score is noise.
const MIN_BEST: f32 = 0.1;

/// How near the score of each link comes to the best other ones of its row and of its column: the product of both, 0 to 1.
/// Rows descend.
pub(super) fn best(rows: &[Vec<Link>], en_units: usize) -> Vec<Vec<f32>> {
    let mut columns = vec![[(0f32, usize::MAX); 2]; en_units];
    for (z, row) in rows.iter().enumerate() {
        for link in row {
            let column = &mut columns[link.en];
            if link.score > column[0].0 {
                *column = [(link.score, z), column[0]];
            } else if link.score > column[1].0 {
                column[1] = (link.score, z);
            }
        }
    }
    let share = |score: f32, best: f32| (score / best.max(MIN_BEST)).clamp(0.0, 1.0);
    let of = |(z, row): (usize, &Vec<Link>)| -> Vec<f32> {
        let product = |link: &Link| {
            let other = row.iter().find(|l| l.en != link.en).map_or(0.0, |l| l.score);
            let above = columns[link.en].iter().find(|c| c.1 != z).map_or(0.0, |c| c.0);
            share(link.score, other) * share(link.score, above)
        };
        row.iter().map(product).collect()
    };
    rows.iter().enumerate().map(of).collect()
}

/// For each link the probability of the likeliest one near by, by its own features, that stands in the same order or shares the
/// English passage: a talk and its summary jump between subjects, and keep their order within one.
pub(super) fn near(rows: &[Vec<Link>], features: &[Vec<Features>], weights: &LinkWeights) -> Vec<Vec<f32>> {
    let own = |f: &Features| weights.first_probability(f) as f32;
    let own: Vec<Vec<f32>> = features.iter().map(|row| row.iter().map(own).collect()).collect();
    let of = |z: usize, e: usize| {
        let others = (z.saturating_sub(NEAR_BY)..(z + NEAR_BY + 1).min(rows.len())).filter(|&other| other != z);
        let pairs = others.flat_map(|other| rows[other].iter().zip(&own[other]).map(move |(l, &p)| (other, l.en, p)));
        let near =
            pairs.filter(|&(other, en, _)| en.abs_diff(e) <= NEAR_BY && if other < z { en <= e } else { en >= e });
        near.map(|n| n.2).fold(0.0, f32::max)
    };
    rows.iter().enumerate().map(|(z, row)| row.iter().map(|l| of(z, l.en)).collect()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rows(rows: &[&[(usize, f32)]]) -> Vec<Vec<Link>> {
        rows.iter().map(|r| r.iter().map(|&(en, score)| Link { en, score }).collect()).collect()
    }

    #[test]
    fn another_better_one_counts_against_a_link() {
        assert_eq!(best(&rows(&[&[(0, 2.0), (1, 1.0)], &[(1, 0.5)]]), 2), [vec![1.0, 0.5], vec![0.5]]);
        assert_eq!(best(&rows(&[&[(0, 2.0)]]), 1), [[1.0]]);
    }

    #[test]
    fn neighbours_in_order_support_each_other() {
        let builtin = LinkWeights::builtin().unwrap();
        let first = Linear::new(LinkWeights::names(OWN), vec![-4.0, 4.0, 0.0, 0.0, 0.0]).unwrap();
        let weights = LinkWeights { first, ..builtin.clone() };
        let near_of = |at: &[(usize, usize, f32)], len: usize| {
            let mut table = vec![Vec::new(); len];
            for &(z, en, score) in at {
                table[z].push(Link { en, score });
            }
            let features: Vec<Vec<Features>> =
                table.iter().map(|r: &Vec<Link>| r.iter().map(|l| [l.score, 0.0, 0.0, 0.0, 0.0]).collect()).collect();
            near(&table, &features, &weights)
        };
        // Behind it, on the same passage, in the wrong order, too far on either side.
        for (other, supported) in [((0, 0), true), ((0, 1), true), ((0, 2), false), ((0, 4), false)] {
            let found = near_of(&[(other.0, other.1, 2.0), (1, 1, 0.5)], 2);
            assert_eq!(found[1][0] > 0.9, supported, "{other:?}");
        }
        assert_eq!(near_of(&[(0, 0, 2.0), (3, 1, 0.5)], 4)[3], [0.0]);
        // Of one row, no link supports another.
        assert_eq!(near_of(&[(0, 0, 2.0), (0, 1, 0.5)], 1)[0], [0.0, 0.0]);
    }
}
