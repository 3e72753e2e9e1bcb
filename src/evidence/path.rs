//! The anchor path: a chain of likely 1-1 pairs, from an inverted index of rare matches, never from a dense matrix.

use super::dictionary::Dictionary;
use super::sparse::Postings;
use super::{Bitext, EXPLAIN, ln};

/// English tokens that occur more often than this do not vote: they would cost a step for each occurrence on both sides,
/// and say little about where a segment belongs. With 100 the scores of all development sets are the same.
const MOST_OCCURRENCES: usize = 50;
/// Candidates kept for each Chinese segment.
const CANDIDATES: usize = 16;
/// Gain per token that a pair needs, means subtracted: then 87–96% of the Chinese segments of literary text have an anchor
/// and all gold beads lie in the band around them.
const THRESHOLD: f32 = 0.25;
/// Added to the number of tokens of both segments, lest the shortest ones win by chance.
const TOKEN_OFFSET: f32 = 4.0;

#[derive(Clone, Copy)]
struct Candidate {
    zh: u32,
    en: u32,
    gain: f32,
}

/// (Chinese segment, English segment) of the best chain, both strictly ascending.
///
/// The gain of a pair is Σ ln(1 + λ/(1−λ) · R/(L+1)) over its matching tokens in both directions, by the number of tokens,
/// minus half the means of its row and its column (the margin of Artetxe & Schwenk 2019, section 3).
pub fn anchor_path(bitext: &Bitext, dictionary: &Dictionary, en_postings: &Postings) -> Vec<(usize, usize)> {
    let (zh, en) = (&bitext.zh.tokens, &bitext.en.tokens);
    let odds = EXPLAIN / (1.0 - EXPLAIN);
    let mut gains = vec![0f32; bitext.en.len()];
    // By posting, so that the logarithms of one token's segments are taken in one loop over neighbours.
    let lengths: Vec<f32> = en_postings.segments().iter().map(|&j| en.counts[j as usize] + 1.0).collect();
    let mut by_segment: Vec<f32> = Vec::with_capacity(MOST_OCCURRENCES);
    let mut touched: Vec<u32> = Vec::new();
    let mut candidates: Vec<Candidate> = Vec::new();
    let mut column_sum = vec![0f32; bitext.en.len()];
    for i in 0..bitext.zh.len() {
        let own_tokens = zh.counts[i];
        for &z in &zh.ids[zh.range(i)] {
            for k in dictionary.pairs.row(z as usize) {
                let e = dictionary.pairs.en[k];
                let segments = en_postings.of(e);
                if segments.len() > MOST_OCCURRENCES {
                    continue;
                }
                let by_zh = odds * dictionary.pairs.zh_given_en[k] / dictionary.p_zh[z as usize];
                let by_en = odds * dictionary.pairs.en_given_zh[k] / dictionary.p_en[e as usize] / (own_tokens + 1.0);
                let by_en = ln(1.0 + by_en);
                by_segment.clear();
                by_segment.extend(lengths[en_postings.range(e)].iter().map(|length| ln(1.0 + by_zh / length) + by_en));
                for (&j, &gain) in segments.iter().zip(&by_segment) {
                    if gains[j as usize] == 0.0 {
                        touched.push(j);
                    }
                    gains[j as usize] += gain;
                }
            }
        }
        let begin = candidates.len();
        let mut row_sum = 0f32;
        for &j in &touched {
            let gain = gains[j as usize] / (own_tokens + en.counts[j as usize] + TOKEN_OFFSET);
            gains[j as usize] = 0.0;
            row_sum += gain;
            column_sum[j as usize] += gain;
            candidates.push(Candidate { zh: i as u32, en: j, gain });
        }
        touched.clear();
        // The greatest gains; on a tie the earlier segment.
        if candidates.len() > begin + CANDIDATES {
            let by_gain = |a: &Candidate, b: &Candidate| b.gain.total_cmp(&a.gain).then(a.en.cmp(&b.en));
            candidates[begin..].select_nth_unstable_by(CANDIDATES, by_gain);
            candidates.truncate(begin + CANDIDATES);
        }
        let row_mean = row_sum / bitext.en.len() as f32 / 2.0;
        for c in &mut candidates[begin..] {
            c.gain -= row_mean;
        }
    }
    for c in &mut candidates {
        c.gain -= column_sum[c.en as usize] / bitext.zh.len() as f32 / 2.0 + THRESHOLD;
    }
    candidates.retain(|c| c.gain > 0.0);
    best_chain(&candidates, bitext.en.len())
}

/// The chain, strictly ascending on both sides, of greatest total gain: a longest increasing subsequence with weights.
fn best_chain(candidates: &[Candidate], columns: usize) -> Vec<(usize, usize)> {
    let mut order: Vec<usize> = (0..candidates.len()).collect();
    // Descending columns inside a row, so that no two of one row can follow each other.
    order.sort_unstable_by_key(|&c| (candidates[c].zh, std::cmp::Reverse(candidates[c].en)));
    let mut tree = PrefixMax::new(columns);
    let mut previous = vec![None; candidates.len()];
    for &c in &order {
        let column = candidates[c].en as usize;
        let best = tree.before(column);
        previous[c] = best.map(|b| b.1);
        tree.raise(column, best.map_or(0.0, |b| b.0) + f64::from(candidates[c].gain), c);
    }
    let mut chain = Vec::new();
    let mut at = tree.before(columns).map(|b| b.1);
    while let Some(c) = at {
        chain.push((candidates[c].zh as usize, candidates[c].en as usize));
        at = previous[c];
    }
    chain.reverse();
    chain
}

/// Greatest value in a prefix (a Fenwick tree); on a tie the one that came first.
struct PrefixMax {
    slots: Vec<Option<(f64, usize)>>,
}

impl PrefixMax {
    fn new(size: usize) -> PrefixMax {
        PrefixMax { slots: vec![None; size + 1] }
    }

    /// The greatest value at a position less than `end`, with its item.
    fn before(&self, end: usize) -> Option<(f64, usize)> {
        let (mut k, mut best) = (end, None);
        while k > 0 {
            best = greater(best, self.slots[k]);
            k &= k - 1;
        }
        best
    }

    fn raise(&mut self, at: usize, value: f64, item: usize) {
        let mut k = at + 1;
        while k < self.slots.len() {
            self.slots[k] = greater(self.slots[k], Some((value, item)));
            k += k & k.wrapping_neg();
        }
    }
}

fn greater(a: Option<(f64, usize)>, b: Option<(f64, usize)>) -> Option<(f64, usize)> {
    match (a, b) {
        (Some(x), Some(y)) if y.0 > x.0 || (y.0 == x.0 && y.1 < x.1) => b,
        (None, _) => b,
        _ => a,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    /// The exact twin: every chain, by trying all predecessors.
    fn greatest_total(candidates: &[Candidate]) -> f64 {
        let mut sorted = candidates.to_vec();
        sorted.sort_by_key(|c| (c.zh, c.en));
        let mut best = vec![0f64; sorted.len()];
        for k in 0..sorted.len() {
            let before = (0..k).filter(|&p| sorted[p].zh < sorted[k].zh && sorted[p].en < sorted[k].en);
            best[k] = f64::from(sorted[k].gain) + before.map(|p| best[p]).fold(0.0, f64::max);
        }
        best.into_iter().fold(0.0, f64::max)
    }

    proptest! {
        #[test]
        fn chain_is_the_best_one(cells in prop::collection::btree_map((0u32..12, 0u32..12), 1u32..100, 0..40)) {
            let candidates: Vec<Candidate> =
                cells.iter().map(|(&(zh, en), &g)| Candidate { zh, en, gain: g as f32 / 8.0 }).collect();
            let chain = best_chain(&candidates, 12);
            prop_assert!(chain.windows(2).all(|w| w[0].0 < w[1].0 && w[0].1 < w[1].1));
            let total: f64 = chain.iter().map(|&(i, j)| f64::from(cells[&(i as u32, j as u32)]) / 8.0).sum();
            prop_assert!((total - greatest_total(&candidates)).abs() < 1e-6);
        }
    }
}
