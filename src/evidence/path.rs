//! The anchor path: a chain of likely 1-1 pairs, from an inverted index of rare matches, never from a dense matrix.

use std::ops::Range;

use super::dictionary::Dictionary;
use super::sparse::Postings;
use super::{Bitext, LAMBDA, ln};
use crate::text::PerLang;

/// English tokens that occur more often than this do not vote in the first look: they would cost a step for each occurrence
/// on both sides, and say little about where in the document a segment belongs. With 100 the scores of all development sets
/// are the same.
const MAX_OCCURRENCES: usize = 50;
/// Candidates kept for each Chinese segment.
const CANDIDATES: usize = 16;
/// Gain per token that a pair needs, means subtracted: then 87–96% of the Chinese segments of literary text have an anchor
/// and all gold beads lie in the band around them.
const THRESHOLD: f32 = 0.25;
/// Added to the number of tokens of both segments, lest the shortest ones win by chance.
const TOKEN_OFFSET: f32 = 4.0;
/// The number of tokens of a usual segment, for [`MIN_GAIN`].
const USUAL_TOKENS: f32 = 12.0;
/// Pairs of tokens whose match in a usual segment would gain less do not vote: most pairs are such, and together they say
/// next to nothing. With 1, 2, 3 the beads of the Bible are the same.
const MIN_GAIN: f32 = 3.0;
/// The path is not sure where no row within this distance has an anchor. If four or six of these nine rows had to have one, a
/// book would be looked at twice nearly everywhere, and come out no better.
const NEAR: usize = 4;
/// Columns on either side of the first path that the second look takes in where it is not sure, beside the rows that lie
/// between the anchors.
const REACH: usize = 40;

#[derive(Clone, Copy)]
struct Candidate {
    zh: u32,
    en: u32,
    gain: f32,
}

/// Pairs of tokens that vote, by Chinese token: odds · R in both directions.
struct Votes {
    starts: Vec<u32>,
    pairs: Vec<Vote>,
}

#[derive(Clone, Copy)]
struct Vote {
    en: u32,
    by_zh: f32,
    by_en: f32,
}

impl Votes {
    fn new(dictionary: &Dictionary) -> Votes {
        let odds = LAMBDA / (1.0 - LAMBDA);
        let table = &dictionary.pairs;
        let mut votes = Votes { starts: vec![0], pairs: Vec::new() };
        for (z, p_zh) in dictionary.p.zh.iter().enumerate() {
            for k in table.row(z) {
                let en = table.en[k];
                let by_zh = odds * table.zh_given_en[k] / p_zh;
                let by_en = odds * table.en_given_zh[k] / dictionary.p.en[en as usize];
                if ln((1.0 + by_zh / USUAL_TOKENS) * (1.0 + by_en / USUAL_TOKENS)) >= MIN_GAIN {
                    votes.pairs.push(Vote { en, by_zh, by_en });
                }
            }
            votes.starts.push(votes.pairs.len() as u32);
        }
        votes
    }

    fn of(&self, zh: u32) -> &[Vote] {
        &self.pairs[self.starts[zh as usize] as usize..self.starts[zh as usize + 1] as usize]
    }
}

/// The pairs of segments on the best chain, strictly ascending on both sides.
///
/// The gain of a pair is Σ ln(1 + λ/(1−λ) · R/(L+1)) over its matching tokens in both directions, by the number of tokens,
/// minus half the means of its row and its column (the margin of Artetxe & Schwenk 2019, section 3).
///
/// Where the first path is not sure, because the words there occur too often in the document to vote, a second look takes in
/// all words that vote, near the path. Of a book that is repeated six times, 30,000 verses, 98.9% of the beads are those of the book
/// (without the second look: 82%).
pub fn anchor_path(bitext: &Bitext, dictionary: &Dictionary, en_postings: &Postings) -> Vec<PerLang<usize>> {
    let PerLang { en: columns, zh: rows } = bitext.segments();
    let votes = Votes::new(dictionary);
    let mut search = Search::new(bitext, &votes, en_postings);
    let mut candidates = Vec::new();
    for i in 0..rows {
        search.everywhere(i, &mut candidates);
    }
    for c in &mut candidates {
        c.gain -= search.column_sum[c.en as usize] / rows as f32 / 2.0 + THRESHOLD;
    }
    candidates.retain(|c| c.gain > 0.0);
    let path = best_chain(&candidates, columns);
    let windows = windows(&path, rows, columns);
    if windows.iter().all(Option::is_none) {
        return path;
    }
    candidates.retain(|c| windows[c.zh as usize].is_none());
    for (i, window) in windows.into_iter().enumerate() {
        let begin = candidates.len();
        search.within(i, window.unwrap_or_default(), &mut candidates);
        for c in &mut candidates[begin..] {
            c.gain -= THRESHOLD;
        }
    }
    candidates.retain(|c| c.gain > 0.0);
    best_chain(&candidates, columns)
}

/// For each row at which the path is not sure, the columns to look at again.
fn windows(path: &[PerLang<usize>], rows: usize, columns: usize) -> Vec<Option<Range<usize>>> {
    let mut windows = vec![None; rows];
    // The anchors of rows near i are path[from..to].
    let (mut from, mut to) = (0, 0);
    for (i, window) in windows.iter_mut().enumerate() {
        while to < path.len() && path[to].zh <= i + NEAR {
            to += 1;
        }
        while from < to && path[from].zh + NEAR < i {
            from += 1;
        }
        let near = to - from;
        let steep = near > 0 && path[to - 1].en - path[from].en > 2 * (path[to - 1].zh - path[from].zh) + 2 * NEAR;
        if near == 0 || steep {
            let before = from.checked_sub(1).map_or(0, |k| path[k].en);
            let behind = path.get(to).map_or(columns, |p| p.en + 1);
            *window = Some(before.saturating_sub(REACH)..(behind + REACH).min(columns));
        }
    }
    windows
}

/// Looks for the counterparts of Chinese segments.
struct Search<'a> {
    bitext: &'a Bitext,
    votes: &'a Votes,
    postings: &'a Postings,
    gains: Vec<f32>,
    touched: Vec<u32>,
    /// Σ of the gains of all pairs of each column.
    column_sum: Vec<f32>,
    /// By posting: the tokens of its segment and one more, so that the logarithms of one token's segments are taken in one
    /// loop over neighbours.
    lengths: Vec<f32>,
    by_segment: Vec<f32>,
}

impl<'a> Search<'a> {
    fn new(bitext: &'a Bitext, votes: &'a Votes, postings: &'a Postings) -> Search<'a> {
        let en = &bitext.sides.en.tokens;
        let columns = bitext.sides.en.len();
        Search {
            bitext,
            votes,
            postings,
            gains: vec![0.0; columns],
            touched: Vec::new(),
            column_sum: vec![0.0; columns],
            lengths: postings.segments().iter().map(|&j| en.counts[j as usize] + 1.0).collect(),
            by_segment: Vec::with_capacity(MAX_OCCURRENCES),
        }
    }

    /// Adds the best candidates of row `i`, found by rare tokens.
    fn everywhere(&mut self, i: usize, candidates: &mut Vec<Candidate>) {
        let zh = &self.bitext.sides.zh.tokens;
        let own = zh.counts[i];
        for &z in &zh.ids[zh.range(i)] {
            for vote in self.votes.of(z) {
                let range = self.postings.range(vote.en);
                if range.len() <= MAX_OCCURRENCES {
                    self.vote(vote, own, range);
                }
            }
        }
        self.take(i, candidates, self.bitext.sides.en.len());
    }

    /// Adds the best candidates of row `i` in a window, found by all tokens.
    fn within(&mut self, i: usize, window: Range<usize>, candidates: &mut Vec<Candidate>) {
        let zh = &self.bitext.sides.zh.tokens;
        let own = zh.counts[i];
        if window.is_empty() {
            return;
        }
        for &z in &zh.ids[zh.range(i)] {
            for vote in self.votes.of(z) {
                let range = self.postings.range(vote.en);
                let segments = self.postings.of(vote.en);
                let from = segments.partition_point(|&s| (s as usize) < window.start);
                let to = from + segments[from..].partition_point(|&s| (s as usize) < window.end);
                self.vote(vote, own, range.start + from..range.start + to);
            }
        }
        self.take(i, candidates, window.len());
    }

    /// Adds what a pair of tokens gains at some places of the English one.
    fn vote(&mut self, vote: &Vote, own: f32, places: Range<usize>) {
        let by_en = ln(1.0 + vote.by_en / (own + 1.0));
        self.by_segment.clear();
        self.by_segment.extend(self.lengths[places.clone()].iter().map(|length| ln(1.0 + vote.by_zh / length) + by_en));
        for (&j, &gain) in self.postings.segments()[places].iter().zip(&self.by_segment) {
            if self.gains[j as usize] == 0.0 {
                self.touched.push(j);
            }
            self.gains[j as usize] += gain;
        }
    }

    /// Turns what has been gained into candidates; `columns` could have gained something.
    fn take(&mut self, i: usize, candidates: &mut Vec<Candidate>, columns: usize) {
        let (own, counts) = (self.bitext.sides.zh.tokens.counts[i], &self.bitext.sides.en.tokens.counts);
        let begin = candidates.len();
        let mut row_sum = 0f32;
        for &j in &self.touched {
            let gain = self.gains[j as usize] / (own + counts[j as usize] + TOKEN_OFFSET);
            self.gains[j as usize] = 0.0;
            row_sum += gain;
            self.column_sum[j as usize] += gain;
            // Means are only taken away from it.
            if gain > THRESHOLD {
                candidates.push(Candidate { zh: i as u32, en: j, gain });
            }
        }
        self.touched.clear();
        // The greatest gains; on a tie the earlier segment.
        if candidates.len() > begin + CANDIDATES {
            let by_gain = |a: &Candidate, b: &Candidate| b.gain.total_cmp(&a.gain).then(a.en.cmp(&b.en));
            candidates[begin..].select_nth_unstable_by(CANDIDATES, by_gain);
            candidates.truncate(begin + CANDIDATES);
        }
        let row_mean = row_sum / columns as f32 / 2.0;
        for c in &mut candidates[begin..] {
            c.gain -= row_mean;
        }
    }
}

/// The chain, strictly ascending on both sides, of greatest total gain: a longest increasing subsequence with weights.
fn best_chain(candidates: &[Candidate], columns: usize) -> Vec<PerLang<usize>> {
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
        chain.push(PerLang { en: candidates[c].en as usize, zh: candidates[c].zh as usize });
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
                cells.iter().map(|(&(en, zh), &g)| Candidate { zh, en, gain: g as f32 / 8.0 }).collect();
            let chain = best_chain(&candidates, 12);
            prop_assert!(chain.windows(2).all(|w| w[0].zh < w[1].zh && w[0].en < w[1].en));
            let total: f64 = chain.iter().map(|p| f64::from(cells[&(p.en as u32, p.zh as u32)]) / 8.0).sum();
            prop_assert!((total - greatest_total(&candidates)).abs() < 1e-6);
        }
    }
}
