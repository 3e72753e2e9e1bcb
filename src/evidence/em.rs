//! Word pairs learned from the document itself: IBM Model 1 in both directions, weighted by the posteriors of beads, with
//! the dictionary as prior (Brown et al. 1993, section 4; Moore 2002, section 2.2, for the use after a first alignment).

use std::ops::Range;

use super::dictionary::{Dictionary, PairTable};
use super::tokens::Tokens;
use crate::text::{Lang, PerLang};

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
const MIN_SHARE: f32 = 1e-3;
/// Beads less probable than this are left out of the counts.
const MIN_POSTERIOR: f32 = 0.03;
/// Beads of more pairs of tokens than this are left out: they are very long segments, in which everything meets everything.
const MAX_CELLS: usize = 40_000;

/// A bead's segments and its posterior probability.
#[derive(Clone, Debug)]
pub struct WeightedBead {
    /// Segments.
    pub spans: PerLang<Range<usize>>,
    /// Posterior, 0 to 1.
    pub posterior: f32,
}

/// Cells of one bead: its tokens on both sides.
pub(super) struct Cells {
    en: Range<usize>,
    zh: Range<usize>,
    weight: f32,
}

/// The cells of the beads that count.
pub(super) fn cells(tokens: PerLang<&Tokens>, beads: impl Iterator<Item = WeightedBead>) -> Vec<Cells> {
    let span = |(tokens, r): (&Tokens, Range<usize>)| tokens.starts[r.start] as usize..tokens.starts[r.end] as usize;
    beads
        .filter(|b| b.posterior >= MIN_POSTERIOR)
        .map(|b| {
            let PerLang { en, zh } = tokens.zip(b.spans).map(span);
            Cells { en, zh, weight: b.posterior }
        })
        .filter(|c| (1..=MAX_CELLS).contains(&c.size()))
        .collect()
}

impl Cells {
    pub(super) fn size(&self) -> usize {
        self.zh.len() * self.en.len()
    }
}

/// t(e|z) = (max(C − 1, 0) + 2 t_dict(e|z)) / (Σ_e C + 2), where C are expected counts over the beads; t(z|e) alike.
pub fn em_table(
    tokens: PerLang<&Tokens>,
    dictionary: &Dictionary,
    beads: impl Iterator<Item = WeightedBead>,
) -> PairTable {
    let cells = cells(tokens, beads);
    let (pairs, index) = Pairs::new(tokens, dictionary, &cells);
    let t = |given: Lang| {
        let mut model = Model::new(&pairs, dictionary, given);
        let explained = model.expect(&cells, &index);
        model.maximise(ROUNDS == 1);
        for round in 2..=ROUNDS {
            model.expect_again(&explained);
            model.maximise(round == ROUNDS);
        }
        model.entries.into_iter().map(|(t, _)| t).collect::<Vec<f32>>()
    };
    let (en_given_zh, zh_given_en) = (t(Lang::Zh), t(Lang::En));
    let mut rows: Vec<Vec<(u32, f32, f32)>> = vec![Vec::new(); tokens.zh.vocabulary.len()];
    for (k, pair) in pairs.keys.iter().enumerate() {
        if en_given_zh[k] > 0.0 || zh_given_en[k] > 0.0 {
            rows[pair.zh as usize].push((pair.en, en_given_zh[k], zh_given_en[k]));
        }
    }
    PairTable::from_rows(rows.into_iter())
}

/// All pairs of tokens that the dictionary or a bead brings together, by Chinese token.
pub(super) struct Pairs {
    pub(super) keys: Vec<PerLang<u32>>,
    /// The dictionary's t, 0 for pairs that it lacks.
    pub(super) en_given_zh: Vec<f32>,
    pub(super) zh_given_en: Vec<f32>,
}

impl Pairs {
    /// The pairs, and that of each cell of each bead: bead by bead, Chinese token by Chinese token.
    ///
    /// The pairs of one Chinese token are found together, with a table by English token instead of a hash map of pairs.
    pub(super) fn new(tokens: PerLang<&Tokens>, dictionary: &Dictionary, cells: &[Cells]) -> (Pairs, Vec<u32>) {
        let PerLang { en, zh } = tokens;
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
                pairs.push(PerLang { en: table.en[k], zh: z as u32 }, table.en_given_zh[k], table.zh_given_en[k]);
            }
            for &(bead, at) in &occurrences[starts[z]..starts[z + 1]] {
                for (slot, &e) in index[at..].iter_mut().zip(&en.ids[cells[bead].en.clone()]) {
                    let pair = &mut pair_of[e as usize];
                    if *pair == u32::MAX {
                        *pair = pairs.keys.len() as u32;
                        pairs.push(PerLang { en: e, zh: z as u32 }, 0.0, 0.0);
                    }
                    *slot = *pair;
                }
            }
            for pair in &pairs.keys[first..] {
                pair_of[pair.en as usize] = u32::MAX;
            }
        }
        (pairs, index)
    }

    fn push(&mut self, key: PerLang<u32>, en_given_zh: f32, zh_given_en: f32) {
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

/// One direction of Model 1: the tokens of the other language in a bead explain each token of one language.
pub(super) struct Model<'a> {
    /// The language of the tokens that explain.
    given: Lang,
    keys: &'a [PerLang<u32>],
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
    pub(super) fn new(pairs: &'a Pairs, dictionary: &Dictionary, given: Lang) -> Model<'a> {
        let keys = pairs.keys.as_slice();
        let explained = given.other();
        let prior = match given {
            Lang::Zh => &pairs.en_given_zh,
            Lang::En => &pairs.zh_given_en,
        };
        let p: Vec<f32> = keys.iter().map(|pair| dictionary.p[explained][pair[explained] as usize]).collect();
        let explore: Vec<f32> = prior.iter().zip(&p).map(|(t, p)| t * (1.0 - EXPLORE) + EXPLORE * p).collect();
        let entries = explore.iter().map(|&t| (t, 0.0)).collect();
        let mut model = Model { given, keys, prior, explore, p, entries, givens: 0 };
        model.givens = (0..keys.len()).map(|k| model.given(k) + 1).max().unwrap_or(0);
        model
    }

    /// The token that explains, of a pair.
    pub(super) fn given(&self, pair: usize) -> usize {
        self.keys[pair][self.given] as usize
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
            let forward = self.given == Lang::Zh;
            let (outer, inner) = if forward { (columns, rows) } else { (rows, columns) };
            for o in 0..outer {
                // The cells of one token that is explained: a column of the block forwards, a row backwards.
                let ids = (0..inner).map(|i| block[if forward { i * columns + o } else { o * columns + i }] as usize);
                let sum: f32 = ids.clone().map(|k| self.entries[k].0).sum();
                let Some(first) = ids.clone().next() else { continue };
                let total = sum + NULL * self.p[first];
                let scale = c.weight / total;
                let least = MIN_SHARE * total;
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
