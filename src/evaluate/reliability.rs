//! Whether confidence means what it says: of the beads with a confidence of .9, nine in ten should be right.

use std::collections::BTreeMap;
use std::ops::{AddAssign, Range};

use super::IndexBead;

/// Where one bin ends and the next begins: finer where confidence is high, since most of it is.
const BOUNDS: [f64; 6] = [0.5, 0.7, 0.8, 0.9, 0.95, 0.99];

/// Beads of like confidence.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct ReliabilityBin {
    /// How many there are.
    pub count: usize,
    /// How many of them are right.
    pub right: usize,
    /// Sum of their confidences.
    pub confidence: f64,
}

impl ReliabilityBin {
    /// Share that is right; `None` without beads.
    pub fn share_right(&self) -> Option<f64> {
        (self.count > 0).then(|| self.right as f64 / self.count as f64)
    }

    /// Mean confidence; `None` without beads.
    pub fn mean_confidence(&self) -> Option<f64> {
        (self.count > 0).then(|| self.confidence / self.count as f64)
    }
}

/// Confidence against truth, by bins of confidence (Guo et al. 2017, section 2).
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Reliability {
    bins: [ReliabilityBin; BOUNDS.len() + 1],
}

impl Reliability {
    /// Counts one bead; a confidence that is no number counts as 0.
    pub fn add(&mut self, confidence: f64, right: bool) {
        let confidence = if confidence.is_nan() { 0.0 } else { confidence.clamp(0.0, 1.0) };
        let bin = &mut self.bins[BOUNDS.partition_point(|&b| b <= confidence)];
        bin.count += 1;
        bin.right += usize::from(right);
        bin.confidence += confidence;
    }

    /// The beads of a test with their confidences, judged as [`strict`](super::strict) does: right is what the gold has.
    pub fn of(test: &[(IndexBead, f64)], gold: &[IndexBead]) -> Reliability {
        let mut left: BTreeMap<&IndexBead, usize> = BTreeMap::new();
        for bead in gold {
            *left.entry(bead).or_default() += 1;
        }
        let mut reliability = Reliability::default();
        for (bead, confidence) in test {
            let found = left.get_mut(bead).filter(|n| **n > 0);
            reliability.add(*confidence, found.is_some());
            if let Some(n) = found {
                *n -= 1;
            }
        }
        reliability
    }

    /// The bins, ascending, with the confidences that each holds: the upper bound belongs to the next one, but 1 to the last.
    pub fn bins(&self) -> impl ExactSizeIterator<Item = (Range<f64>, &ReliabilityBin)> {
        let bound = |k: usize| BOUNDS.get(k).copied();
        self.bins.iter().enumerate().map(move |(k, bin)| {
            let low = k.checked_sub(1).and_then(bound).unwrap_or(0.0);
            (low..bound(k).unwrap_or(1.0), bin)
        })
    }

    /// All beads.
    pub fn total(&self) -> ReliabilityBin {
        let mut total = ReliabilityBin::default();
        for bin in &self.bins {
            total += *bin;
        }
        total
    }

    /// Expected calibration error: mean distance, over all beads, between the mean confidence of their bin and the share of
    /// it that is right. 0 without beads.
    pub fn calibration_error(&self) -> f64 {
        let distance = |bin: &ReliabilityBin| (bin.confidence - bin.right as f64).abs();
        self.bins.iter().map(distance).sum::<f64>() / self.total().count.max(1) as f64
    }
}

impl AddAssign for ReliabilityBin {
    fn add_assign(&mut self, other: ReliabilityBin) {
        self.count += other.count;
        self.right += other.right;
        self.confidence += other.confidence;
    }
}

impl AddAssign<&Reliability> for Reliability {
    fn add_assign(&mut self, other: &Reliability) {
        for (bin, more) in self.bins.iter_mut().zip(&other.bins) {
            *bin += *more;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn bead(i: usize, j: usize) -> IndexBead {
        IndexBead::new(vec![i], vec![j])
    }

    #[test]
    fn beads_fall_into_their_bins() {
        let test = [(bead(0, 0), 0.5), (bead(1, 1), 0.6), (bead(2, 3), 1.0), (bead(4, 4), 0.99), (bead(5, 5), 0.2)];
        let reliability = Reliability::of(&test, &[bead(0, 0), bead(4, 4), bead(2, 2)]);
        let counts: Vec<(usize, usize)> = reliability.bins().map(|(_, b)| (b.count, b.right)).collect();
        assert_eq!(counts, [(1, 0), (2, 1), (0, 0), (0, 0), (0, 0), (0, 0), (2, 1)]);
        // |.2 − 0| + |1.1 − 1| + |1.99 − 1|, over five.
        assert!((reliability.calibration_error() - 1.29 / 5.0).abs() < 1e-9);
        let ranges: Vec<Range<f64>> = reliability.bins().map(|(r, _)| r).collect();
        assert_eq!((ranges[0].clone(), ranges[6].clone()), (0.0..0.5, 0.99..1.0));
    }

    #[test]
    fn a_bead_is_right_as_often_as_the_gold_has_it() {
        let reliability = Reliability::of(&[(bead(0, 0), 0.9), (bead(0, 0), 0.9)], &[bead(0, 0)]);
        assert_eq!((reliability.total().count, reliability.total().right), (2, 1));
        assert_eq!(Reliability::default().calibration_error(), 0.0);
    }

    proptest! {
        #[test]
        fn nothing_is_lost(beads in prop::collection::vec((-0.5f64..1.5, any::<bool>()), 0..50)) {
            let mut both = Reliability::default();
            let mut halves = [Reliability::default(), Reliability::default()];
            for (k, &(confidence, right)) in beads.iter().enumerate() {
                both.add(confidence, right);
                halves[k % 2].add(confidence, right);
            }
            let [mut sum, second] = halves;
            sum += &second;
            prop_assert_eq!(sum.total().count, beads.len());
            prop_assert_eq!(sum.total().right, both.total().right);
            prop_assert!((0.0..=1.0).contains(&both.calibration_error()));
        }
    }
}
