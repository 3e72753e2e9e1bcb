//! Word pairs learned from the document itself: IBM Model 1 in both directions, weighted by the posteriors of beads, with
//! the dictionary as prior (Brown et al. 1993, section 4; Moore 2002, section 2.2, for the use after a first alignment).

use rustc_hash::FxHashMap;

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
    let mut pairs = Pairs::new(dictionary);
    let mut index = Vec::new();
    for c in &cells {
        for &z in &zh.ids[c.zh.clone()] {
            for &e in &en.ids[c.en.clone()] {
                index.push(pairs.id(z, e));
            }
        }
    }
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

/// All pairs of tokens that the dictionary or a bead brings together.
struct Pairs {
    ids: FxHashMap<u64, u32>,
    keys: Vec<(u32, u32)>,
    /// The dictionary's t, 0 for pairs that it lacks.
    en_given_zh: Vec<f32>,
    zh_given_en: Vec<f32>,
}

impl Pairs {
    fn new(dictionary: &Dictionary) -> Pairs {
        let table = &dictionary.pairs;
        let mut pairs = Pairs {
            ids: FxHashMap::default(),
            keys: Vec::new(),
            en_given_zh: table.en_given_zh.clone(),
            zh_given_en: table.zh_given_en.clone(),
        };
        for z in 0..table.starts.len().saturating_sub(1) {
            for k in table.row(z) {
                pairs.ids.insert(key(z as u32, table.en[k]), k as u32);
                pairs.keys.push((z as u32, table.en[k]));
            }
        }
        pairs
    }

    fn id(&mut self, z: u32, e: u32) -> u32 {
        let (keys, en, zh) = (&mut self.keys, &mut self.en_given_zh, &mut self.zh_given_en);
        *self.ids.entry(key(z, e)).or_insert_with(|| {
            keys.push((z, e));
            en.push(0.0);
            zh.push(0.0);
            (keys.len() - 1) as u32
        })
    }
}

fn key(z: u32, e: u32) -> u64 {
    u64::from(z) << 32 | u64::from(e)
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
    let mut t = explore.clone();
    let mut counts = vec![0f32; t.len()];
    let mut totals = vec![0f32; givens];
    for round in 0..ROUNDS {
        counts.fill(0.0);
        let mut at = 0;
        for c in cells {
            let (rows, columns) = (c.zh.len(), c.en.len());
            let block = &index[at..at + rows * columns];
            at += rows * columns;
            let (outer, inner) = if forward { (columns, rows) } else { (rows, columns) };
            for o in 0..outer {
                // The cells of one token that is explained: a column of the block forwards, a row backwards.
                let ids = (0..inner).map(|i| block[if forward { i * columns + o } else { o * columns + i }] as usize);
                let sum: f32 = ids.clone().map(|k| t[k]).sum();
                let Some(first) = ids.clone().next() else { continue };
                let scale = c.weight / (sum + NULL * p[first]);
                for k in ids {
                    counts[k] += t[k] * scale;
                }
            }
        }
        totals.fill(PRIOR);
        for (k, count) in counts.iter().enumerate() {
            totals[given(k)] += count;
        }
        let last = round + 1 == ROUNDS;
        for k in 0..t.len() {
            let kept =
                if last { (counts[k] - DISCOUNT).max(0.0) + PRIOR * prior[k] } else { counts[k] + PRIOR * explore[k] };
            t[k] = kept / totals[given(k)];
        }
    }
    t
}
