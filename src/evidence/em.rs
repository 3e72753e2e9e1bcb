//! Word pairs learned from the document itself: IBM Model 1 in both directions, weighted by the posteriors of beads, with
//! the dictionary as prior (Brown et al. 1993, section 4; Moore 2002, section 2.2, for the use after a first alignment).

use super::dictionary::{Dictionary, PairTable};
use super::tokens::Tokens;

/// Iterations of Model 1.
pub(super) const ROUNDS: usize = 4;
/// Pseudo-count of the dictionary; F1 with 1, 2, 4: .912, .910, .909, likelihood .158, .156, .155.
pub(super) const PRIOR: f32 = 2.0;
/// Subtracted from counts in the last iteration, so that pairs seen once go.
const DISCOUNT: f32 = 1.0;
/// Weight of the null word p(x) in the expectation.
const NULL: f32 = 1.0;
/// Share of t() that any pair has while iterating, so that pairs outside the dictionary can grow.
const EXPLORE: f32 = 0.3;
/// Pairs with a smaller share in explaining a token in the first round are left out of the others: most are, and the shares of
/// the pairs that a token has are even where the dictionary knows none.
const LEAST_SHARE: f32 = 1e-3;
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
pub(super) struct Cells {
    zh: std::ops::Range<usize>,
    en: std::ops::Range<usize>,
    weight: f32,
}

/// The cells of the beads that count.
pub(super) fn cells(zh: &Tokens, en: &Tokens, beads: impl Iterator<Item = WeightedBead>) -> Vec<Cells> {
    let span =
        |tokens: &Tokens, r: &std::ops::Range<usize>| tokens.starts[r.start] as usize..tokens.starts[r.end] as usize;
    beads
        .filter(|b| b.posterior >= LEAST_POSTERIOR)
        .map(|b| Cells { zh: span(zh, &b.zh), en: span(en, &b.en), weight: b.posterior })
        .filter(|c| (1..=MOST_CELLS).contains(&c.size()))
        .collect()
}

impl Cells {
    pub(super) fn size(&self) -> usize {
        self.zh.len() * self.en.len()
    }
}

/// t(e|z) = (max(C − 1, 0) + 2 t_dict(e|z)) / (Σ_e C + 2), where C are expected counts over the beads; t(z|e) alike.
pub fn em_table(
    zh: &Tokens,
    en: &Tokens,
    dictionary: &Dictionary,
    beads: impl Iterator<Item = WeightedBead>,
) -> PairTable {
    let cells = cells(zh, en, beads);
    let (pairs, index) = Pairs::new(zh, en, dictionary, &cells);
    let t = |forward: bool| {
        let mut model = Model::new(&pairs, dictionary, forward);
        let explained = model.expect(&cells, &index);
        model.maximise(ROUNDS == 1);
        for round in 2..=ROUNDS {
            model.expect_again(&explained);
            model.maximise(round == ROUNDS);
        }
        model.entries.into_iter().map(|(t, _)| t).collect::<Vec<f32>>()
    };
    let (forward, backward) = (t(true), t(false));
    let mut rows: Vec<Vec<(u32, f32, f32)>> = vec![Vec::new(); zh.vocabulary.len()];
    for (k, &(z, e)) in pairs.keys.iter().enumerate() {
        if forward[k] > 0.0 || backward[k] > 0.0 {
            rows[z as usize].push((e, forward[k], backward[k]));
        }
    }
    PairTable::from_rows(rows.into_iter())
}

/// All pairs of tokens that the dictionary or a bead brings together, by Chinese token.
pub(super) struct Pairs {
    pub(super) keys: Vec<(u32, u32)>,
    /// The dictionary's t, 0 for pairs that it lacks.
    pub(super) en_given_zh: Vec<f32>,
    pub(super) zh_given_en: Vec<f32>,
}

impl Pairs {
    /// The pairs, and that of each cell of each bead: bead by bead, Chinese token by Chinese token.
    ///
    /// The pairs of one Chinese token are found together, with a table by English token instead of a hash map of pairs.
    pub(super) fn new(zh: &Tokens, en: &Tokens, dictionary: &Dictionary, cells: &[Cells]) -> (Pairs, Vec<u32>) {
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

/// Tokens that Model 1 explains, and the pairs that do it.
#[derive(Default)]
pub(super) struct Explained {
    pairs: Vec<u32>,
    tokens: Vec<Token>,
}

/// A token that is explained, in one bead.
struct Token {
    /// Where its pairs end.
    end: usize,
    /// The bead's posterior.
    weight: f32,
    /// The share of the null word.
    null: f32,
}

/// One direction of Model 1. Forwards, each English token is explained by the Chinese tokens of its bead.
pub(super) struct Model<'a> {
    forward: bool,
    keys: &'a [(u32, u32)],
    /// The dictionary's t.
    prior: &'a [f32],
    /// The dictionary's t, mixed with chance.
    explore: Vec<f32>,
    /// p of the token that is explained.
    p: Vec<f32>,
    /// t and the expected count, side by side: both are wanted together, at places all over the table.
    pub(super) entries: Vec<(f32, f32)>,
    givens: usize,
}

impl<'a> Model<'a> {
    pub(super) fn new(pairs: &'a Pairs, dictionary: &Dictionary, forward: bool) -> Model<'a> {
        let keys = pairs.keys.as_slice();
        let prior = if forward { &pairs.en_given_zh } else { &pairs.zh_given_en };
        let background =
            |k: &(u32, u32)| if forward { dictionary.p_en[k.1 as usize] } else { dictionary.p_zh[k.0 as usize] };
        let p: Vec<f32> = keys.iter().map(background).collect();
        let explore: Vec<f32> = prior.iter().zip(&p).map(|(t, p)| t * (1.0 - EXPLORE) + EXPLORE * p).collect();
        let entries = explore.iter().map(|&t| (t, 0.0)).collect();
        let mut model = Model { forward, keys, prior, explore, p, entries, givens: 0 };
        model.givens = (0..keys.len()).map(|k| model.given(k) + 1).max().unwrap_or(0);
        model
    }

    /// The token that explains, of a pair.
    pub(super) fn given(&self, pair: usize) -> usize {
        (if self.forward { self.keys[pair].0 } else { self.keys[pair].1 }) as usize
    }

    /// Adds the expected counts over beads; `index` holds the pairs of their cells. Gives the tokens that are explained, with the
    /// pairs that matter.
    pub(super) fn expect(&mut self, cells: &[Cells], index: &[u32]) -> Explained {
        let mut explained = Explained::default();
        let mut at = 0;
        for c in cells {
            let (rows, columns) = (c.zh.len(), c.en.len());
            let block = &index[at..at + rows * columns];
            at += rows * columns;
            let (outer, inner) = if self.forward { (columns, rows) } else { (rows, columns) };
            for o in 0..outer {
                // The cells of one token that is explained: a column of the block forwards, a row backwards.
                let ids =
                    (0..inner).map(|i| block[if self.forward { i * columns + o } else { o * columns + i }] as usize);
                let sum: f32 = ids.clone().map(|k| self.entries[k].0).sum();
                let Some(first) = ids.clone().next() else { continue };
                let total = sum + NULL * self.p[first];
                let scale = c.weight / total;
                let least = LEAST_SHARE * total;
                for k in ids {
                    let (t, count) = &mut self.entries[k];
                    *count += *t * scale;
                    if *t >= least {
                        explained.pairs.push(k as u32);
                    }
                }
                explained.tokens.push(Token {
                    end: explained.pairs.len(),
                    weight: c.weight,
                    null: NULL * self.p[first],
                });
            }
        }
        explained
    }

    /// Adds the expected counts over tokens that are explained.
    pub(super) fn expect_again(&mut self, explained: &Explained) {
        let mut start = 0;
        for token in &explained.tokens {
            let pairs = &explained.pairs[start..token.end];
            start = token.end;
            let sum: f32 = pairs.iter().map(|&k| self.entries[k as usize].0).sum();
            let scale = token.weight / (sum + token.null);
            for &k in pairs {
                let (t, count) = &mut self.entries[k as usize];
                *count += *t * scale;
            }
        }
    }

    /// Takes the counts for a new t.
    pub(super) fn maximise(&mut self, last: bool) {
        let mut totals = vec![PRIOR; self.givens];
        for (k, (_, count)) in self.entries.iter().enumerate() {
            totals[self.given(k)] += count;
        }
        for k in 0..self.entries.len() {
            let count = self.entries[k].1;
            let prior = if last { self.prior[k] } else { self.explore[k] };
            let kept = if last { discounted(count) } else { count };
            self.entries[k] = ((kept + PRIOR * prior) / totals[self.given(k)], 0.0);
        }
    }
}

/// What counts for the table, of an expected count.
pub(super) fn discounted(count: f32) -> f32 {
    (count - DISCOUNT).max(0.0)
}
