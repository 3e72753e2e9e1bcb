//! Word pairs learned from the document itself: IBM Model 1 in both directions, weighted by the posteriors of beads, with
//! the dictionary as prior (Brown et al. 1993, section 4; Moore 2002, section 2.2, for the use after a first alignment).

use super::dictionary::{Dictionary, PairTable};
use super::tokens::Tokens;

/// Iterations of Model 1.
const ROUNDS: usize = 4;
/// Pseudo-count of the dictionary; F1 with 1, 2, 4: .912, .910, .909, likelihood .158, .156, .155.
const PRIOR: f32 = 2.0;
/// Subtracted from counts in the last iteration, so that pairs seen once go.
const DISCOUNT: f32 = 1.0;
/// Weight of the null word p(x) in the expectation.
const NULL: f32 = 1.0;
/// Share of t() that any pair has while iterating, so that pairs outside the dictionary can grow.
const EXPLORE: f32 = 0.3;
/// Beads less probable than this are left out of the counts.
const LEAST_POSTERIOR: f32 = 0.03;
/// Beads of more pairs of tokens than this are left out: they are very long segments, in which everything meets everything.
const MOST_CELLS: usize = 40_000;

/// A bead's segments and its posterior probability.
#[derive(Clone, Debug)]
pub struct WeightedBead {
    /// Chinese segments.
    pub zh: std::ops::Range<usize>,
    /// English segments.
    pub en: std::ops::Range<usize>,
    /// Posterior, 0 to 1.
    pub posterior: f32,
}

/// Cells of one bead: its tokens on both sides.
struct Cells {
    zh: std::ops::Range<usize>,
    en: std::ops::Range<usize>,
    weight: f32,
}

/// t(e|z) = (max(C − 1, 0) + 2 t_dict(e|z)) / (Σ_e C + 2), where C are expected counts over the beads; t(z|e) alike.
pub fn em_table(
    zh: &Tokens,
    en: &Tokens,
    dictionary: &Dictionary,
    beads: impl Iterator<Item = WeightedBead>,
) -> PairTable {
    let span =
        |tokens: &Tokens, r: &std::ops::Range<usize>| tokens.starts[r.start] as usize..tokens.starts[r.end] as usize;
    let cells: Vec<Cells> = beads
        .filter(|b| b.posterior >= LEAST_POSTERIOR)
        .map(|b| Cells { zh: span(zh, &b.zh), en: span(en, &b.en), weight: b.posterior })
        .filter(|c| (1..=MOST_CELLS).contains(&(c.zh.len() * c.en.len())))
        .collect();
    let (pairs, index) = Pairs::new(zh, en, dictionary, &cells);
    let forward = model_1(&cells, &index, true, &pairs, &pairs.en_given_zh, |p| dictionary.p_en[p.1 as usize]);
    let backward = model_1(&cells, &index, false, &pairs, &pairs.zh_given_en, |p| dictionary.p_zh[p.0 as usize]);
    let mut rows: Vec<Vec<(u32, f32, f32)>> = vec![Vec::new(); zh.vocabulary.len()];
    for (k, &(z, e)) in pairs.keys.iter().enumerate() {
        if forward[k] > 0.0 || backward[k] > 0.0 {
            rows[z as usize].push((e, forward[k], backward[k]));
        }
    }
    PairTable::from_rows(rows.into_iter())
}

/// All pairs of tokens that the dictionary or a bead brings together, by Chinese token.
struct Pairs {
    keys: Vec<(u32, u32)>,
    /// The dictionary's t, 0 for pairs that it lacks.
    en_given_zh: Vec<f32>,
    zh_given_en: Vec<f32>,
}

impl Pairs {
    /// The pairs, and that of each cell of each bead: bead by bead, Chinese token by Chinese token.
    ///
    /// The pairs of one Chinese token are found together, with a table by English token instead of a hash map of pairs.
    fn new(zh: &Tokens, en: &Tokens, dictionary: &Dictionary, cells: &[Cells]) -> (Pairs, Vec<u32>) {
        let table = &dictionary.pairs;
        let size = zh.vocabulary.len();
        // Occurrences of each Chinese token in beads: the bead, and where the occurrence's cells begin.
        let mut starts = vec![0usize; size + 1];
        for &z in cells.iter().flat_map(|c| &zh.ids[c.zh.clone()]) {
            starts[z as usize + 1] += 1;
        }
        for z in 0..size {
            starts[z + 1] += starts[z];
        }
        let mut next = starts.clone();
        let mut occurrences = vec![(0usize, 0usize); starts[size]];
        let mut at = 0;
        for (bead, c) in cells.iter().enumerate() {
            for &z in &zh.ids[c.zh.clone()] {
                occurrences[next[z as usize]] = (bead, at);
                next[z as usize] += 1;
                at += c.en.len();
            }
        }
        let mut index = vec![0; at];
        let mut pairs = Pairs { keys: Vec::new(), en_given_zh: Vec::new(), zh_given_en: Vec::new() };
        // The pair of each English token with the Chinese one at hand.
        let mut pair_of = vec![u32::MAX; en.vocabulary.len()];
        for z in 0..size {
            let first = pairs.keys.len();
            for k in table.row(z) {
                pair_of[table.en[k] as usize] = pairs.keys.len() as u32;
                pairs.push((z as u32, table.en[k]), table.en_given_zh[k], table.zh_given_en[k]);
            }
            for &(bead, at) in &occurrences[starts[z]..starts[z + 1]] {
                for (slot, &e) in index[at..].iter_mut().zip(&en.ids[cells[bead].en.clone()]) {
                    let pair = &mut pair_of[e as usize];
                    if *pair == u32::MAX {
                        *pair = pairs.keys.len() as u32;
                        pairs.push((z as u32, e), 0.0, 0.0);
                    }
                    *slot = *pair;
                }
            }
            for &(_, e) in &pairs.keys[first..] {
                pair_of[e as usize] = u32::MAX;
            }
        }
        (pairs, index)
    }

    fn push(&mut self, key: (u32, u32), en_given_zh: f32, zh_given_en: f32) {
        self.keys.push(key);
        self.en_given_zh.push(en_given_zh);
        self.zh_given_en.push(zh_given_en);
    }
}

/// One direction. `forward`: each English token is explained by the Chinese tokens of its bead.
fn model_1(
    cells: &[Cells],
    index: &[u32],
    forward: bool,
    pairs: &Pairs,
    prior: &[f32],
    background: impl Fn((u32, u32)) -> f32,
) -> Vec<f32> {
    let p: Vec<f32> = pairs.keys.iter().map(|&k| background(k)).collect();
    let explore: Vec<f32> = prior.iter().zip(&p).map(|(t, p)| t * (1.0 - EXPLORE) + EXPLORE * p).collect();
    let givens = pairs.keys.iter().map(|k| if forward { k.0 } else { k.1 }).max().map_or(0, |m| m as usize + 1);
    let given = |k: usize| (if forward { pairs.keys[k].0 } else { pairs.keys[k].1 }) as usize;
    // t and the expected count, side by side: both are wanted together, at places all over the table.
    let mut cell_of: Vec<(f32, f32)> = explore.iter().map(|&t| (t, 0.0)).collect();
    let mut totals = vec![0f32; givens];
    for round in 0..ROUNDS {
        let mut at = 0;
        for c in cells {
            let (rows, columns) = (c.zh.len(), c.en.len());
            let block = &index[at..at + rows * columns];
            at += rows * columns;
            let (outer, inner) = if forward { (columns, rows) } else { (rows, columns) };
            for o in 0..outer {
                // The cells of one token that is explained: a column of the block forwards, a row backwards.
                let ids = (0..inner).map(|i| block[if forward { i * columns + o } else { o * columns + i }] as usize);
                let sum: f32 = ids.clone().map(|k| cell_of[k].0).sum();
                let Some(first) = ids.clone().next() else { continue };
                let scale = c.weight / (sum + NULL * p[first]);
                for k in ids {
                    let (t, count) = &mut cell_of[k];
                    *count += *t * scale;
                }
            }
        }
        totals.fill(PRIOR);
        for (k, (_, count)) in cell_of.iter().enumerate() {
            totals[given(k)] += count;
        }
        let last = round + 1 == ROUNDS;
        for (k, (t, count)) in cell_of.iter_mut().enumerate() {
            let kept = if last { (*count - DISCOUNT).max(0.0) + PRIOR * prior[k] } else { *count + PRIOR * explore[k] };
            (*t, *count) = (kept / totals[given(k)], 0.0);
        }
    }
    cell_of.into_iter().map(|(t, _)| t).collect()
}
