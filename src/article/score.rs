//! How well a Chinese passage fits an English one.
//!
//! For a token x and a passage e of the other side, g(x, e) = ln(1 − λ + λ · EV(x, e) / (L + 1)) is the evidence of e for x
//! as in the alignment of sentences. What counts is the contrast c(x, e) = max(0, g(x, e) − ln mean exp g(x, e')) over all
//! passages e': common words, which every passage explains a little, have none. The score of two passages is
//! Σ c / √(n + 1) over the n distinct tokens of each, minus the means of its row and its column, plus what the best
//! window of a few sentences inside them reaches.

use std::borrow::Cow;
use std::ops::Range;
use std::sync::Arc;

use rustc_hash::FxHashSet;

use super::content::Content;
use super::unit::Unit;
use super::window::{English, Lists, Windows};
use crate::evidence::{Analysed, Dictionary, LAMBDA, Ratios, Tokenizer, Tokens};
use crate::lexicon::{Glossary, Lexicon};
use crate::text::{Lang, PerLang};

/// Passages whose windows are looked at, for each Chinese passage.
const CANDIDATES: usize = 8;
/// Weight of the best window. On the articles of `data/` 0.5, 1 and 2 find 79, 82 and 83 right links; with 2 one is wrong.
const WINDOW: f32 = 1.0;
/// A Chinese passage may belong to this English one; the score in thresholds once there is one.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Link {
    /// English unit.
    pub(super) en: usize,
    pub(super) score: f32,
}

/// The pairs of each Chinese token: the English token, how strongly it predicts the Chinese token, and how strongly the
/// Chinese token predicts it.
pub(super) type Pairs = Vec<Vec<(u32, f32, f32)>>;

/// exp g for evidence `ev` in a text of `size` tokens.
pub(super) fn explained(ev: f32, size: f32) -> f32 {
    1.0 - LAMBDA + LAMBDA * ev / (size + 1.0)
}

/// Scores Chinese passages against all English ones.
pub(super) struct Scorer {
    pub(super) content: PerLang<Content>,
    pub(super) pairs: Pairs,
    /// c(x, e) of each Chinese token, by English unit.
    contrast: Vec<Vec<(u32, f32)>>,
    /// ln mean exp g of each token over the units of the other side.
    mean: PerLang<Vec<f32>>,
    /// The same over sentences, for the windows.
    pub(super) sentence_mean: PerLang<Vec<f32>>,
    en_postings: Vec<Vec<(u32, f32)>>,
    /// Windows of each English unit.
    en_windows: Vec<English>,
    column_mean: Vec<f32>,
}

impl Scorer {
    pub(super) fn new(
        lexicon: &Lexicon,
        glossary: Cow<'_, Glossary>,
        analysed: &Analysed,
        units: &PerLang<Vec<Unit<'_>>>,
    ) -> Scorer {
        let mut tokenizer = Tokenizer::new(lexicon, &glossary);
        let sides = &analysed.sides;
        let tokens = match &glossary {
            Cow::Borrowed(_) => analysed.tokens(&mut tokenizer),
            Cow::Owned(_) => PerLang::from_fn(|lang| Arc::new(tokenizer.tokens_of(&sides[lang], lang))),
        };
        let dictionary = Dictionary::new(tokens.as_ref().map(Arc::as_ref), &sides.en.texts(), &mut tokenizer);
        let ratios = Ratios::new(&dictionary.pairs, &dictionary.p);
        let pairs = pairs(&ratios, tokens.as_ref().map(|side| side.vocabulary.len()));
        // Every segment of a side is in one unit, in order.
        let ranges = units.as_ref().map(|units| units.iter().map(|unit| unit.segments.clone()).collect());
        let content = tokens.zip(ranges).map(|(tokens, ranges)| Content::new(tokens, ranges));
        let postings = content.as_ref().map(Content::postings);
        let mut backward: Vec<Vec<(u32, f32)>> = vec![Vec::new(); content.en.tokens.vocabulary.len()];
        for (x, list) in pairs.iter().enumerate() {
            for &(y, _, r) in list.iter().filter(|p| p.2 > 0.0) {
                backward[y as usize].push((x as u32, r));
            }
        }
        let forward: Vec<Vec<(u32, f32)>> =
            pairs.iter().map(|l| l.iter().filter(|p| p.1 > 0.0).map(|p| (p.0, p.1)).collect()).collect();
        let (zh_mean, contrast) = contrasts(&forward, &content.en, &postings.en);
        let (en_mean, _) = contrasts(&backward, &content.zh, &postings.zh);
        let mut scorer = Scorer {
            sentence_mean: PerLang {
                en: sentence_means(&backward, &content.zh.tokens),
                zh: sentence_means(&forward, &content.en.tokens),
            },
            column_mean: vec![0.0; content.en.units.len()],
            en_windows: content.en.units.iter().map(|u| English::new(&content.en.tokens, u)).collect(),
            content,
            pairs,
            contrast,
            mean: PerLang { en: en_mean, zh: zh_mean },
            en_postings: postings.en,
        };
        let mut sums = vec![0.0; scorer.content.en.units.len()];
        let mut scratch = Scratch::new(&scorer);
        for &row in &scorer.content.zh.rows {
            let ids = scorer.content.zh.ids_of(row);
            for &(e, s) in scorer.scores(ids, &mut scratch) {
                sums[e as usize] += s;
            }
        }
        let rows = scorer.content.zh.rows.len().max(1) as f32;
        scorer.column_mean = sums.into_iter().map(|s| s / rows).collect();
        scorer
    }

    /// All tokens of the Chinese content, in order.
    pub(super) fn zh_ids(&self) -> &[u32] {
        &self.content.zh.tokens.ids
    }

    /// Chinese units that can be linked.
    pub(super) fn rows(&self) -> &[usize] {
        &self.content.zh.rows
    }

    /// Number of tokens of a Chinese unit.
    pub(super) fn row_size(&self, row: usize) -> usize {
        self.content.zh.size(row)
    }

    /// The distinct tokens of each unit.
    pub(super) fn distinct(&self) -> PerLang<Vec<usize>> {
        self.content.as_ref().map(|side| side.distinct.iter().map(Vec::len).collect())
    }

    /// Working space.
    pub(super) fn scratch(&self) -> Scratch {
        Scratch::new(self)
    }

    /// The best links of a Chinese unit, descending.
    pub(super) fn links(&self, row: usize, scratch: &mut Scratch) -> Vec<Link> {
        self.best(row, self.content.zh.ids_of(row), scratch)
    }

    /// The best links that the unit would have if it had the words `ids`, as many as it has, descending.
    pub(super) fn best(&self, row: usize, ids: &[u32], scratch: &mut Scratch) -> Vec<Link> {
        if ids.is_empty() {
            return Vec::new();
        }
        self.scores(ids, scratch);
        let row_mean = scratch.scores.iter().map(|s| s.1).sum::<f32>() / self.content.en.rows.len().max(1) as f32;
        let mut links: Vec<Link> = scratch
            .scores
            .iter()
            .map(|&(e, s)| Link { en: e as usize, score: s - row_mean - self.column_mean[e as usize] })
            .collect();
        // Descending; on a tie the earlier passage.
        let order = |a: &Link, b: &Link| b.score.total_cmp(&a.score).then(a.en.cmp(&b.en));
        links.sort_unstable_by(order);
        links.truncate(CANDIDATES);
        let windows = Windows::new(self, row, ids, &mut scratch.lists);
        for link in &mut links {
            link.score += WINDOW * windows.best(&self.en_windows[link.en], &scratch.lists);
        }
        links.sort_unstable_by(order);
        links
    }

    /// Sentences of two units that fit each other, as [`Windows::pairs`] gives them.
    pub(super) fn sentences(
        &self,
        units: PerLang<usize>,
        (least, more): (f32, f32),
        scratch: &mut Scratch,
    ) -> Vec<(PerLang<Range<usize>>, f32)> {
        let windows = Windows::new(self, units.zh, self.content.zh.ids_of(units.zh), &mut scratch.lists);
        windows.pairs(&self.en_windows[units.en], &scratch.lists, least, more)
    }

    /// English stems and Chinese words that translate each other in two units, the most informative first. Both have a
    /// contrast by their own evidence. Numbers and Latin strings are not included.
    pub(super) fn terms(&self, units: PerLang<usize>) -> Vec<(PerLang<&str>, f32)> {
        let size = PerLang::from_fn(|lang| self.content[lang].size(units[lang]) as f32);
        let distinct = PerLang::from_fn(|lang| &self.content[lang].distinct[units[lang]]);
        let mut found: Vec<(PerLang<u32>, f32)> = Vec::new();
        for &x in distinct.zh {
            for &(y, zh, back) in &self.pairs[x as usize] {
                if zh > 0.0 && back > 0.0 && distinct.en.binary_search(&y).is_ok() {
                    let forward = explained(zh, size.en).ln() - self.mean.zh[x as usize];
                    let backward = explained(back, size.zh).ln() - self.mean.en[y as usize];
                    found.push((PerLang { en: y, zh: x }, forward.min(backward)));
                }
            }
        }
        found.retain(|f| f.1 > 0.0);
        // On a tie, the earlier token wins; Chinese tokens come first.
        let token = |pair: &PerLang<u32>| (pair.zh, pair.en);
        found.sort_by(|a, b| b.1.total_cmp(&a.1).then(token(&a.0).cmp(&token(&b.0))));
        let mut used = PerLang::<FxHashSet<u32>>::default();
        let free = |(pair, _): &&(PerLang<u32>, f32)| {
            let free = Lang::ALL.into_iter().all(|lang| !used[lang].contains(&pair[lang]));
            free && Lang::ALL.into_iter().all(|lang| used[lang].insert(pair[lang]))
        };
        let words = |&(pair, weight): &(PerLang<u32>, f32)| {
            let word = |lang: Lang| self.content[lang].tokens.vocabulary[pair[lang] as usize].as_str();
            (PerLang::from_fn(word), weight)
        };
        let plain = |(words, _): &(PerLang<&str>, f32)| !words.zh.starts_with(['@', '#']) && !words.en.starts_with('#');
        found.iter().filter(free).map(words).filter(plain).collect()
    }

    /// (English unit, score) without means of a Chinese text, for all units that share evidence with it.
    fn scores<'s>(&self, ids: &[u32], scratch: &'s mut Scratch) -> &'s [(u32, f32)] {
        let Scratch { sorted, forward, backward, evidence, tokens, touched, scores, .. } = scratch;
        sorted.clear();
        sorted.extend_from_slice(ids);
        sorted.sort_unstable();
        let mut distinct = 0;
        let mut last = None;
        for &x in sorted.iter() {
            for &(y, _, r) in &self.pairs[x as usize] {
                if r > 0.0 {
                    if evidence[y as usize] == 0.0 {
                        tokens.push(y);
                    }
                    evidence[y as usize] += r;
                }
            }
            if last != Some(x) {
                last = Some(x);
                distinct += 1;
                for &(e, c) in &self.contrast[x as usize] {
                    if forward[e as usize] == 0.0 && backward[e as usize] == 0.0 {
                        touched.push(e);
                    }
                    forward[e as usize] += c;
                }
            }
        }
        for &y in tokens.iter() {
            let ev = std::mem::take(&mut evidence[y as usize]);
            let c = explained(ev, ids.len() as f32).ln() - self.mean.en[y as usize];
            if c > 0.0 {
                for &(e, _) in &self.en_postings[y as usize] {
                    if forward[e as usize] == 0.0 && backward[e as usize] == 0.0 {
                        touched.push(e);
                    }
                    backward[e as usize] += c;
                }
            }
        }
        tokens.clear();
        scores.clear();
        // In order, so that sums come out the same whatever came first.
        touched.sort_unstable();
        for e in touched.drain(..) {
            let own = (self.content.en.distinct[e as usize].len() as f32 + 1.0).sqrt();
            let f = std::mem::take(&mut forward[e as usize]) / (distinct as f32 + 1.0).sqrt();
            let b = std::mem::take(&mut backward[e as usize]) / own;
            scores.push((e, f + b));
        }
        scores
    }
}

/// Working space for the scores of one row after the other.
pub(super) struct Scratch {
    sorted: Vec<u32>,
    forward: Vec<f32>,
    backward: Vec<f32>,
    evidence: Vec<f32>,
    tokens: Vec<u32>,
    touched: Vec<u32>,
    scores: Vec<(u32, f32)>,
    pub(super) lists: Lists,
}

impl Scratch {
    fn new(scorer: &Scorer) -> Scratch {
        Scratch {
            sorted: Vec::new(),
            forward: vec![0.0; scorer.content.en.units.len()],
            backward: vec![0.0; scorer.content.en.units.len()],
            evidence: vec![0.0; scorer.content.en.tokens.vocabulary.len()],
            tokens: Vec::new(),
            touched: Vec::new(),
            scores: Vec::new(),
            lists: Lists::new(scorer.content.en.tokens.vocabulary.len()),
        }
    }
}

fn pairs(ratios: &PerLang<Ratios>, vocabulary: PerLang<usize>) -> Pairs {
    let PerLang { en, zh } = ratios;
    let mut pairs: Pairs = (0..vocabulary.zh).map(|x| zh.row(x as u32).map(|(y, r)| (y, r, 0.0)).collect()).collect();
    for y in 0..vocabulary.en as u32 {
        for (x, r) in en.row(y) {
            // The tokens of a row ascend.
            let list = &mut pairs[x as usize];
            match list.binary_search_by_key(&y, |p| p.0) {
                Ok(k) => list[k].2 = r,
                Err(k) => list.insert(k, (y, 0.0, r)),
            }
        }
    }
    pairs
}

/// For each token its ln mean exp g over the units of the other side, and where it is above that, by how much.
fn contrasts(
    ratios: &[Vec<(u32, f32)>],
    other: &Content,
    postings: &[Vec<(u32, f32)>],
) -> (Vec<f32>, Vec<Vec<(u32, f32)>>) {
    let mut evidence = vec![0f32; other.units.len()];
    let mut touched: Vec<u32> = Vec::new();
    let rows = other.rows.len().max(1) as f32;
    let lists = ratios.iter().map(|row| {
        for &(y, r) in row {
            for &(u, count) in &postings[y as usize] {
                if evidence[u as usize] == 0.0 {
                    touched.push(u);
                }
                evidence[u as usize] += r * count;
            }
        }
        touched.sort_unstable();
        let g = |u: u32| explained(evidence[u as usize], other.size(u as usize) as f32);
        let sum: f32 = touched.iter().map(|&u| g(u)).sum();
        let mean = ((sum + explained(0.0, 0.0) * (rows - touched.len() as f32)) / rows).ln();
        let list = touched.iter().map(|&u| (u, g(u).ln() - mean)).filter(|p| p.1 > 0.0).collect();
        for u in touched.drain(..) {
            evidence[u as usize] = 0.0;
        }
        (mean, list)
    });
    lists.unzip()
}

/// ln mean exp g of each token over the sentences of the other side.
fn sentence_means(ratios: &[Vec<(u32, f32)>], other: &Tokens) -> Vec<f32> {
    let sentences = other.starts.len().saturating_sub(1).max(1) as f32;
    // EV / (L + 1) is linear in the tokens, so each adds what it brings by itself.
    let mut weight = vec![0f32; other.vocabulary.len()];
    for s in 0..other.starts.len().saturating_sub(1) {
        for &id in &other.ids[other.range(s)] {
            weight[id as usize] += 1.0 / (other.counts[s] + 1.0);
        }
    }
    let mean = |row: &Vec<(u32, f32)>| {
        let ev: f32 = row.iter().map(|&(y, r)| r * weight[y as usize]).sum();
        explained(ev / sentences, 0.0).ln()
    };
    ratios.iter().map(mean).collect()
}
