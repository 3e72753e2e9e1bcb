//! When a score is enough: what passages of random words reach.

use super::score::{Scorer, Scratch};

/// Decoys, at least.
const ROWS: usize = 1000;
/// Chance at which a passage of random words would be linked (α).
const CHANCE: f64 = 0.015;
/// Share of the decoys in the tail, beyond which their scores are taken to fall off exponentially.
const TAIL: f64 = 0.1;

/// The best scores of passages whose words are those of the Chinese side in random order.
pub(super) struct Decoys {
    /// Ascending.
    best: Vec<f32>,
    tail_start: f64,
    tail_mean: f64,
    threshold: f64,
}

impl Decoys {
    /// Decoys for the Chinese units `rows`.
    pub(super) fn new(scorer: &Scorer, rows: &[usize], scratch: &mut Scratch) -> Decoys {
        let mut ids = scorer.zh_ids().to_vec();
        let mut random = Random(0x5eed);
        let mut best = Vec::with_capacity(ROWS);
        // Rows in turn, each filled from the permuted words; a new permutation whenever they are used up.
        let mut at = ids.len();
        for k in 0..ROWS {
            let Some(&row) = rows.get(k % rows.len().max(1)) else { break };
            let size = scorer.row_size(row);
            if at + size > ids.len() {
                random.shuffle(&mut ids);
                at = 0;
            }
            let Some(words) = ids.get(at..at + size) else { continue };
            at += size;
            best.push(scorer.best(row, words, scratch).first().map_or(0.0, |l| l.score));
        }
        best.sort_unstable_by(f32::total_cmp);
        Decoys::from_scores(best)
    }

    fn from_scores(best: Vec<f32>) -> Decoys {
        let from = best.len() - (best.len() as f64 * TAIL).ceil() as usize;
        let tail = &best[from..];
        let start = tail.first().map_or(0.0, |&s| f64::from(s));
        let excess: f64 = tail.iter().map(|&s| f64::from(s) - start).sum();
        // Scores of which none differs still need a width.
        let mean = (excess / tail.len().max(1) as f64).max(1e-3);
        let threshold = start + mean * (TAIL / CHANCE).ln();
        Decoys { best, tail_start: start, tail_mean: mean, threshold }
    }

    /// The score above which a passage is linked.
    pub(super) fn threshold(&self) -> f32 {
        self.threshold as f32
    }

    /// The chance that random words reach a score.
    fn chance(&self, score: f32) -> f64 {
        let s = f64::from(score);
        if s >= self.tail_start {
            return TAIL * (-(s - self.tail_start) / self.tail_mean).exp();
        }
        let below = self.best.partition_point(|&b| b < score);
        ((self.best.len() - below) as f64 / self.best.len().max(1) as f64).max(TAIL)
    }

    /// Confidence of a link.
    pub(super) fn linked(&self, score: f32) -> f64 {
        (1.0 - self.chance(score) / (2.0 * CHANCE)).clamp(0.5, 1.0)
    }

    /// Confidence that a passage whose best score is `score` has no counterpart.
    pub(super) fn unlinked(&self, score: f32) -> f64 {
        (1.0 - CHANCE / (2.0 * self.chance(score))).clamp(0.5, 1.0)
    }
}

/// SplitMix64 (Steele et al. 2014): small, and the same everywhere.
struct Random(u64);

impl Random {
    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ (z >> 31)
    }

    fn shuffle(&mut self, items: &mut [u32]) {
        for k in (1..items.len()).rev() {
            let other = (self.next() % (k as u64 + 1)) as usize;
            items.swap(k, other);
        }
    }
}
