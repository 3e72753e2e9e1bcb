//! Word pairs learned from several documents together, for each from all the others: chapters of one book use the same words.
//!
//! Model 1 runs over the beads of all documents. What it expects of the beads of the others, with the dictionary as prior, is
//! then the prior of each document's own run ([`super::em_table`]): so what a document says itself counts more, and alone it
//! has no other prior than the dictionary. Counts of the document itself are left out of its prior, so that it does not
//! confirm its own errors: with them in, chapters of one book gain a little more, but those of six books lose.

use std::ops::Range;

use rustc_hash::FxHashMap;

use super::dictionary::{Dictionary, PairTable, SMOOTHING};
use super::em::{Model, PRIOR, Pairs, ROUNDS, WeightedBead, cells, discounted};
use super::tokens::Tokens;
use crate::text::{Lang, PerLang};

/// A document of a pool.
pub struct Member<'a> {
    /// Its tokens.
    pub tokens: PerLang<&'a Tokens>,
    /// What the lexicon says about them.
    pub dictionary: &'a Dictionary,
    /// Its beads after the first pass.
    pub beads: Vec<WeightedBead>,
}

/// What the documents of a pool have learned.
pub struct Pooled {
    sides: PerLang<Joined>,
    /// The pairs of tokens worth keeping, by Chinese token, with the dictionary's t and the counts of all documents.
    pairs: Vec<Pair>,
    /// Pairs of the Chinese token z are `starts[z]..starts[z + 1]`.
    starts: Vec<usize>,
    /// Counts by explaining token, of all documents.
    totals: Totals,
    /// Of each document, what it adds to these sums.
    own: Vec<Own>,
}

struct Pair {
    en: u32,
    prior: ByGiven,
    counts: ByGiven,
}

/// The parts of both directions of Model 1, by the language whose tokens explain those of the other.
type ByGiven = PerLang<f32>;

/// Expected counts by explaining token.
type Totals = PerLang<Vec<f32>>;

#[derive(Default)]
struct Own {
    /// Index into [`Pooled::pairs`] and counts.
    counts: Vec<(u32, ByGiven)>,
    /// By the document's own tokens.
    totals: Totals,
}

impl Pooled {
    /// Runs Model 1 over all documents. The sums depend on their order by rounding.
    pub fn new(members: &[Member<'_>]) -> Pooled {
        let sides = PerLang::from_fn(|lang| Joined::new(members.iter().map(|m| m.tokens[lang])));
        let tokens = sides.as_ref().map(|side| &side.tokens);
        let dictionary = joined_dictionary(members, &sides);
        let (mut beads, mut parts) = (Vec::new(), Vec::new());
        for (k, member) in members.iter().enumerate() {
            let by = sides.as_ref().map(|side| side.segments[k]);
            let shift = |(r, by): (&Range<usize>, usize)| r.start + by..r.end + by;
            let shifted = |spans: &PerLang<Range<usize>>| spans.as_ref().zip(by).map(shift);
            let moved = member.beads.iter().map(|b| WeightedBead { spans: shifted(&b.spans), posterior: b.posterior });
            let from = beads.len();
            beads.extend(cells(tokens, moved));
            parts.push(from..beads.len());
        }
        let (table, index) = Pairs::new(tokens, &dictionary, &beads);
        let mut models = PerLang::from_fn(|given| Model::new(&table, &dictionary, given));
        for model in models.as_mut() {
            for _ in 1..ROUNDS {
                model.expect(&beads, &index);
                model.maximise(false);
            }
        }
        // The last round document by document.
        let mut counts = vec![ByGiven::default(); table.keys.len()];
        let mut totals: Totals = tokens.map(|side| vec![0f32; side.vocabulary.len()]);
        let mut sums = totals.clone();
        let (mut own, mut at) = (Vec::new(), 0);
        for (k, part) in parts.into_iter().enumerate() {
            let part = &beads[part];
            let size: usize = part.iter().map(super::em::Cells::size).sum();
            let index = &index[at..at + size];
            at += size;
            for model in models.as_mut() {
                model.expect(part, index);
            }
            let mut found = Vec::new();
            for &pair in index {
                let both = models.as_mut().map(|m| std::mem::take(&mut m.entries[pair as usize].1));
                if both != ByGiven::default() {
                    found.push((pair, both));
                }
            }
            for &(pair, both) in &found {
                for given in Lang::ALL {
                    counts[pair as usize][given] += both[given];
                    sums[given][models[given].given(pair as usize)] += both[given];
                }
            }
            let mut one = Own { counts: found, totals: Totals::default() };
            for given in Lang::ALL {
                for &id in &sides[given].ids[k] {
                    let sum = std::mem::take(&mut sums[given][id as usize]);
                    totals[given][id as usize] += sum;
                    one.totals[given].push(sum);
                }
            }
            own.push(one);
        }
        // Pairs that no dictionary has and that are seen too seldom come to nothing for any document.
        let mut place = vec![u32::MAX; table.keys.len()];
        let (mut pairs, mut starts) = (Vec::new(), vec![0]);
        for (k, pair) in table.keys.iter().enumerate() {
            starts.resize(pair.zh as usize + 1, pairs.len());
            let prior = ByGiven { en: table.zh_given_en[k], zh: table.en_given_zh[k] };
            if prior != ByGiven::default() || counts[k].iter().any(|&c| discounted(c) > 0.0) {
                place[k] = pairs.len() as u32;
                pairs.push(Pair { en: pair.en, prior, counts: counts[k] });
            }
        }
        starts.resize(tokens.zh.vocabulary.len() + 1, pairs.len());
        for one in &mut own {
            one.counts.retain_mut(|(pair, _)| {
                *pair = place[*pair as usize];
                *pair != u32::MAX
            });
        }
        Pooled { sides, pairs, starts, totals, own }
    }

    /// What the other documents and the dictionary say about the tokens of document `k`: t = (max(C − 1, 0) + 2 t_dict) /
    /// (Σ C + 2), where C are expected counts over the beads of the others. For a pool of one this is the dictionary.
    pub fn prior(&self, k: usize) -> PairTable {
        let PerLang { en, zh } = self.sides.as_ref().map(|side| &side.ids[k]);
        let own = &self.own[k];
        let mut mine: FxHashMap<u32, ByGiven> = FxHashMap::default();
        mine.extend(own.counts.iter().copied());
        let token: FxHashMap<u32, u32> = en.iter().enumerate().map(|(i, &e)| (e, i as u32)).collect();
        let rows = zh.iter().enumerate().map(|(z, &id)| {
            let row = self.starts[id as usize]..self.starts[id as usize + 1];
            let pair = |x: usize| {
                let pair = &self.pairs[x];
                let e = *token.get(&pair.en)?;
                let mine = mine.get(&(x as u32)).copied().unwrap_or_default();
                let t = |given: Lang, total: f32, own: f32| {
                    let count = discounted(pair.counts[given] - mine[given]);
                    (count + PRIOR * pair.prior[given]) / ((total - own).max(0.0) + PRIOR)
                };
                let en_given_zh = t(Lang::Zh, self.totals.zh[id as usize], own.totals.zh[z]);
                let zh_given_en = t(Lang::En, self.totals.en[pair.en as usize], own.totals.en[e as usize]);
                (en_given_zh > 0.0 || zh_given_en > 0.0).then_some((e, en_given_zh, zh_given_en))
            };
            row.filter_map(pair).collect()
        });
        PairTable::from_rows(rows)
    }
}

/// One side of all documents: tokens one after the other, over one vocabulary.
#[derive(Default)]
struct Joined {
    tokens: Tokens,
    /// Of each document, its vocabulary in the joined one.
    ids: Vec<Vec<u32>>,
    /// Of each document, where its segments begin.
    segments: Vec<usize>,
}

impl Joined {
    fn new<'a>(sides: impl Iterator<Item = &'a Tokens>) -> Joined {
        let mut joined = Joined::default();
        let mut known: FxHashMap<&str, u32> = FxHashMap::default();
        joined.tokens.starts.push(0);
        for side in sides {
            let vocabulary = &mut joined.tokens.vocabulary;
            let mut id = |token: &'a String| {
                *known.entry(token).or_insert_with(|| {
                    vocabulary.push(token.clone());
                    vocabulary.len() as u32 - 1
                })
            };
            let ids: Vec<u32> = side.vocabulary.iter().map(&mut id).collect();
            joined.segments.push(joined.tokens.starts.len() - 1);
            let before = joined.tokens.ids.len() as u32;
            joined.tokens.ids.extend(side.ids.iter().map(|&id| ids[id as usize]));
            joined.tokens.starts.extend(side.starts.iter().skip(1).map(|s| before + s));
            joined.ids.push(ids);
        }
        joined
    }

    /// p of each token, from those of the documents: what general language adds to the counts is the same in all of them.
    fn probabilities<'a>(&self, sides: impl Iterator<Item = (&'a Tokens, &'a [f32])>) -> Vec<f32> {
        let mut general = vec![0f64; self.tokens.vocabulary.len()];
        for ((tokens, p), ids) in sides.zip(&self.ids) {
            let total = tokens.ids.len() as f64 + SMOOTHING;
            for ((&id, &p), count) in ids.iter().zip(p).zip(tokens.frequencies()) {
                general[id as usize] = f64::from(p) * total - f64::from(count);
            }
        }
        let total = self.tokens.ids.len() as f64 + SMOOTHING;
        let counts = self.tokens.frequencies();
        general.iter().zip(counts).map(|(g, c)| ((g + f64::from(c)) / total) as f32).collect()
    }
}

/// The dictionary of all documents; where they differ, the greatest t.
fn joined_dictionary(members: &[Member<'_>], sides: &PerLang<Joined>) -> Dictionary {
    let mut rows: Vec<Vec<(u32, f32, f32)>> = vec![Vec::new(); sides.zh.tokens.vocabulary.len()];
    for (k, member) in members.iter().enumerate() {
        let PerLang { en, zh } = sides.as_ref().map(|side| &side.ids[k]);
        let pairs = &member.dictionary.pairs;
        for (z, &id) in zh.iter().enumerate() {
            let pair = |k: usize| (en[pairs.en[k] as usize], pairs.en_given_zh[k], pairs.zh_given_en[k]);
            rows[id as usize].extend(pairs.row(z).map(pair));
        }
    }
    Dictionary {
        p: PerLang::from_fn(|lang| {
            sides[lang].probabilities(members.iter().map(|m| (m.tokens[lang], m.dictionary.p[lang].as_slice())))
        }),
        pairs: PairTable::from_rows(rows.into_iter()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::evidence::{BitextSide, Tokenizer};
    use crate::lexicon::{Glossary, Lexicon};

    const EN: [&str; 3] = ["The torvek swims in the river.", "A torvek is old.", "The river is near our home."];
    const ZH: [&str; 3] = ["鸫砉在河里游。", "鸫砉老了。", "河在我们家附近。"];

    /// Documents of so many of these sentences, so often.
    fn with_pool<T>(sizes: &[(usize, usize)], look: impl Fn(&Pooled, &[Member<'_>]) -> T) -> T {
        let lexicon = Lexicon::builtin().unwrap();
        let glossary = Glossary::default();
        let mut tokenizer = Tokenizer::new(&lexicon, &glossary);
        let mut documents = Vec::new();
        for &(sentences, times) in sizes {
            let texts = PerLang { en: EN, zh: ZH }.map(|side| side[..sentences].repeat(times));
            let sides = PerLang::from_fn(|lang| BitextSide::new(&texts[lang], Vec::new(), lang, &mut tokenizer));
            let tokens = sides.as_ref().map(|side| side.tokens.as_ref());
            let dictionary = Dictionary::new(tokens, &texts.en, &mut tokenizer);
            documents.push((sides, dictionary, sentences * times));
        }
        let bead = |k: usize| WeightedBead { spans: PerLang::from_fn(|_| k..k + 1), posterior: 0.9 };
        let members: Vec<Member<'_>> = documents
            .iter()
            .map(|(sides, dictionary, size)| {
                let tokens = sides.as_ref().map(|side| side.tokens.as_ref());
                Member { tokens, dictionary, beads: (0..*size).map(bead).collect() }
            })
            .collect();
        look(&Pooled::new(&members), &members)
    }

    #[test]
    fn alone_a_document_has_the_dictionary() {
        with_pool(&[(3, 2)], |pooled, members| {
            let (prior, dictionary) = (pooled.prior(0), members[0].dictionary);
            assert!(!prior.en.is_empty());
            assert_eq!(prior.starts, dictionary.pairs.starts);
            assert_eq!(prior.en, dictionary.pairs.en);
            assert_eq!(prior.en_given_zh, dictionary.pairs.en_given_zh);
            assert_eq!(prior.zh_given_en, dictionary.pairs.zh_given_en);
        });
    }

    #[test]
    fn the_others_teach_and_the_document_itself_does_not() {
        let learned = |sizes: &[(usize, usize)], k: usize| {
            with_pool(sizes, |pooled, members| {
                let of =
                    |tokens: &Tokens, token: &str| tokens.vocabulary.iter().position(|t| t.contains(token)).unwrap();
                let (z, e) = (of(members[k].tokens.zh, "鸫"), of(members[k].tokens.en, "torvek"));
                let prior = pooled.prior(k);
                prior.row(z).find(|&x| prior.en[x] as usize == e).map_or(0.0, |x| prior.en_given_zh[x])
            })
        };
        assert!(learned(&[(2, 1), (2, 6)], 0) > 0.1);
        assert_eq!(learned(&[(2, 1), (2, 6)], 1), 0.0);
        assert!(learned(&[(2, 6), (2, 6)], 1) > 0.1);
    }

    #[test]
    fn frequencies_are_those_of_all_documents() {
        with_pool(&[(3, 1), (1, 5)], |pooled, members| {
            let dictionary = joined_dictionary(members, &pooled.sides);
            let total: f64 = members.iter().map(|m| m.tokens.zh.ids.len() as f64).sum();
            let joined = pooled.sides.zh.tokens.frequencies();
            for (member, ids) in members.iter().zip(&pooled.sides.zh.ids) {
                let own = member.tokens.zh.ids.len() as f64;
                for ((&id, &p), n) in ids.iter().zip(&member.dictionary.p.zh).zip(member.tokens.zh.frequencies()) {
                    let general = f64::from(p) * (own + SMOOTHING) - f64::from(n);
                    let expected = (general + f64::from(joined[id as usize])) / (total + SMOOTHING);
                    let found = f64::from(dictionary.p.zh[id as usize]);
                    assert!((found / expected - 1.0).abs() < 1e-3, "{found} {expected}");
                }
            }
        });
    }
}
