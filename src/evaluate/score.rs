//! Precision, recall and their harmonic mean.

use std::collections::BTreeMap;
use std::ops::AddAssign;

use serde::Serialize;

use super::IndexBead;

/// Counts of things found, to be found, and both.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Score {
    /// Things in the gold.
    pub gold: usize,
    /// Things in the test.
    pub test: usize,
    /// Things in both.
    pub right: usize,
}

impl Score {
    /// Share of the test that is right; 1 where the test claims nothing and nothing was to be found.
    pub fn precision(&self) -> f64 {
        self.share(self.test)
    }

    /// Share of the gold that was found; 1 where there was nothing to find and nothing is claimed.
    pub fn recall(&self) -> f64 {
        self.share(self.gold)
    }

    /// Harmonic mean of precision and recall.
    pub fn f1(&self) -> f64 {
        // 2PR/(P+R) without the division by zero.
        match self.test + self.gold {
            0 => 1.0,
            both => 2.0 * self.right as f64 / both as f64,
        }
    }

    fn share(&self, of: usize) -> f64 {
        match of {
            0 if self.test + self.gold == 0 => 1.0,
            0 => 0.0,
            n => self.right as f64 / n as f64,
        }
    }
}

impl AddAssign for Score {
    /// Pools two texts: counts add up.
    fn add_assign(&mut self, other: Score) {
        self.gold += other.gold;
        self.test += other.test;
        self.right += other.right;
    }
}

/// A strict score with its parts by the shape of beads.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct StrictScore {
    /// All beads.
    pub total: Score,
    /// By numbers of segments on the first and second side; a bead counts under its own shape.
    pub shapes: BTreeMap<(usize, usize), Score>,
}

impl AddAssign<&StrictScore> for StrictScore {
    fn add_assign(&mut self, other: &StrictScore) {
        self.total += other.total;
        for (shape, score) in &other.shapes {
            *self.shapes.entry(*shape).or_default() += *score;
        }
    }
}

/// Counts the beads of `test` whose both index sets equal those of a bead of `gold`; beads with one empty side count like
/// any other. A bead that stands twice in the test is right once for each time that it stands in the gold.
pub fn strict(test: &[IndexBead], gold: &[IndexBead]) -> StrictScore {
    let mut score = StrictScore::default();
    let mut left: BTreeMap<&IndexBead, usize> = BTreeMap::new();
    let mut count = |bead: &IndexBead, one: Score| {
        score.total += one;
        *score.shapes.entry(bead.shape()).or_default() += one;
    };
    for bead in gold {
        *left.entry(bead).or_default() += 1;
        count(bead, Score { gold: 1, ..Score::default() });
    }
    for bead in test {
        let found = left.get_mut(bead).filter(|n| **n > 0);
        let right = usize::from(found.is_some());
        if let Some(n) = found {
            *n -= 1;
        }
        count(bead, Score { gold: 0, test: 1, right });
    }
    score
}
