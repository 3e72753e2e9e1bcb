//! What a score is worth: what passages of random words reach.

use super::score::{Scorer, Scratch};

/// Decoys, at least.
const ROWS: usize = 1000;
/// Chance at which a passage of random words has a higher score.
const CHANCE: f64 = 0.015;
/// Share of the decoys in the tail, beyond which their scores are taken to fall off exponentially.
const TAIL: f64 = 0.1;

/// The score that passages whose words are those of the Chinese units `rows` in random order hardly ever reach.
pub(super) fn threshold(scorer: &Scorer, rows: &[usize], scratch: &mut Scratch) -> f32 {
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
    beyond(&best)
}

/// The score that one of [`CHANCE`] has, of scores in ascending order.
fn beyond(best: &[f32]) -> f32 {
    let from = best.len() - (best.len() as f64 * TAIL).ceil() as usize;
    let tail = &best[from..];
    let start = tail.first().map_or(0.0, |&s| f64::from(s));
    let excess: f64 = tail.iter().map(|&s| f64::from(s) - start).sum();
    // Scores of which none differs still need a width.
    let mean = (excess / tail.len().max(1) as f64).max(1e-3);
    (start + mean * (TAIL / CHANCE).ln()) as f32
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
