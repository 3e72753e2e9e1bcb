//! Word pairs of a bitext from the lexicon, the glossary and readings of names.

use rustc_hash::FxHashMap;

use super::names::name_pairs;
use super::tokens::{Tokenizer, Tokens};
use crate::lexicon::{FREQUENCY_FLOOR, Lexicon};
use crate::text::PerLang;

/// Weight of a sub-word (two characters and more) of a word that the text has; first-pass F1 with .4, 1.0: .902, .901.
const SUB_WORD: f64 = 0.7;
/// Weight of a single character of a word; likelihood with .1, .25, .5: .166, .164, .163 (F1 flat).
const CHARACTER: f64 = 0.25;
/// Characters of the longest word that is taken apart: longer ones are phrases, and sub-words grow with the square.
const LONGEST_TAKEN_APART: usize = 8;
/// t(stem|word) ∝ d² p(stem) to this power: a gloss's frequent words are its likelier translations.
const GLOSS_FREQUENCY_POWER: f64 = 0.5;
/// Tokens of general language that are mixed into the frequencies of the document; F1 with 300, 30,000: .907, .910.
pub(super) const SMOOTHING: f64 = 3000.0;
/// t() of a number, a Latin string or a glossary term with its equal.
const SAME_TOKEN: f64 = 0.8;

/// t(e|z) and t(z|e) for pairs of tokens of one bitext, by Chinese token.
#[derive(Clone, Debug, Default)]
pub struct PairTable {
    /// Pairs of the Chinese token z are `starts[z]..starts[z + 1]`.
    pub starts: Vec<u32>,
    /// English tokens, ascending for one Chinese token.
    pub en: Vec<u32>,
    /// t(e|z).
    pub en_given_zh: Vec<f32>,
    /// t(z|e).
    pub zh_given_en: Vec<f32>,
}

impl PairTable {
    /// The pairs of a Chinese token, as a range of the other fields.
    pub fn row(&self, zh: usize) -> std::ops::Range<usize> {
        self.starts[zh] as usize..self.starts[zh + 1] as usize
    }

    /// Builds a table from rows of (English token, t(e|z), t(z|e)); of equal tokens in a row the greatest values stay.
    pub fn from_rows(rows: impl Iterator<Item = Vec<(u32, f32, f32)>>) -> PairTable {
        let mut table = PairTable { starts: vec![0], ..PairTable::default() };
        for mut row in rows {
            row.sort_unstable_by_key(|p| p.0);
            let begin = table.en.len();
            for (e, x, y) in row {
                if table.en.len() > begin && table.en.last() == Some(&e) {
                    let last = table.en.len() - 1;
                    table.en_given_zh[last] = table.en_given_zh[last].max(x);
                    table.zh_given_en[last] = table.zh_given_en[last].max(y);
                } else {
                    table.en.push(e);
                    table.en_given_zh.push(x);
                    table.zh_given_en.push(y);
                }
            }
            table.starts.push(table.en.len() as u32);
        }
        table
    }
}

/// What the lexicon says about the tokens of a bitext.
#[derive(Clone, Debug)]
pub struct Dictionary {
    /// p of each token: its frequency in the document, smoothed by its frequency in general language.
    pub p: PerLang<Vec<f32>>,
    /// Translation probabilities.
    pub pairs: PairTable,
}

impl Dictionary {
    /// Looks up all tokens of both sides; `english` are the English segments as written, for the capitals of names.
    pub fn new(tokens: PerLang<&Tokens>, english: &[&str], tokenizer: &mut Tokenizer<'_>) -> Dictionary {
        let lexicon = tokenizer.lexicon();
        let PerLang { en, zh } = tokens;
        let p_zh =
            probabilities(zh, |token| lexicon.word(token).map_or(FREQUENCY_FLOOR, |w| lexicon.word_probability(w)));
        let p_en =
            probabilities(en, |token| lexicon.stem(token).map_or(FREQUENCY_FLOOR, |s| lexicon.stem_probability(s)));
        let english_ids: FxHashMap<&str, u32> =
            en.vocabulary.iter().enumerate().map(|(i, t)| (t.as_str(), i as u32)).collect();
        // From the lexicon's stems to the document's.
        let mut of_stem = vec![u32::MAX; lexicon.stem_count()];
        for (i, token) in en.vocabulary.iter().enumerate() {
            if let Some(stem) = lexicon.stem(token) {
                of_stem[stem as usize] = i as u32;
            }
        }
        let mut extra: FxHashMap<u32, Vec<(u32, f32, f32)>> = FxHashMap::default();
        for pair in name_pairs(zh, &english_ids, english, tokenizer) {
            extra.entry(pair.zh).or_default().push((pair.en, pair.en_given_zh, pair.zh_given_en));
        }
        if !tokenizer.glossary().is_empty() {
            let chinese_ids: FxHashMap<&str, u32> =
                zh.vocabulary.iter().enumerate().map(|(i, t)| (t.as_str(), i as u32)).collect();
            for (term, stems) in tokenizer.glossary().terms() {
                let Some(&z) = chinese_ids.get(term) else { continue };
                for (stem, share) in stems {
                    if let Some(&e) = english_ids.get(stem.as_str()) {
                        let t = (SAME_TOKEN * share) as f32;
                        extra.entry(z).or_default().push((e, t, t));
                    }
                }
            }
        }
        let rows = zh.vocabulary.iter().enumerate().map(|(z, token)| {
            let mut row = extra.get(&(z as u32)).cloned().unwrap_or_default();
            if token.starts_with(['@', '#']) {
                let equal = english_ids.get(token.strip_prefix('@').unwrap_or(token));
                row.extend(equal.map(|&e| (e, SAME_TOKEN as f32, SAME_TOKEN as f32)));
            } else {
                word_row(token, f64::from(p_zh[z]), lexicon, &of_stem, &mut row);
            }
            // Pairs no likelier than chance in either direction are most of them, and say nothing.
            row.retain(|&(e, en_given_zh, zh_given_en)| en_given_zh > p_en[e as usize] || zh_given_en > p_zh[z]);
            row
        });
        let pairs = PairTable::from_rows(rows);
        Dictionary { p: PerLang { en: p_en, zh: p_zh }, pairs }
    }
}

/// p(x) = (count + [`SMOOTHING`] · general frequency) / (tokens + [`SMOOTHING`]).
fn probabilities(tokens: &Tokens, general: impl Fn(&str) -> f64) -> Vec<f32> {
    let total = tokens.ids.len() as f64 + SMOOTHING;
    let counts = tokens.frequencies();
    let p = tokens.vocabulary.iter().zip(counts).map(|(token, count)| {
        let general = if token.starts_with(['@', '#']) { FREQUENCY_FLOOR } else { general(token) };
        ((f64::from(count) + SMOOTHING * general) / total) as f32
    });
    p.collect()
}

/// Pairs of one Chinese word: its own glosses, and with less weight those of the words and characters inside it.
fn word_row(word: &str, p_word: f64, lexicon: &Lexicon, of_stem: &[u32], row: &mut Vec<(u32, f32, f32)>) {
    let ends: Vec<usize> = word.char_indices().map(|(i, _)| i).chain([word.len()]).collect();
    let n = ends.len() - 1;
    let mut add = |part: &str, weight: f64| {
        let Some(id) = lexicon.word(part) else { return };
        let scale = if part.len() == word.len() { 1.0 } else { (p_word / lexicon.word_probability(id)).min(1.0) };
        let likelihood = |(stem, d): (u32, f64)| d * d * lexicon.stem_probability(stem).powf(GLOSS_FREQUENCY_POWER);
        let total: f64 = lexicon.glosses(id).map(likelihood).sum();
        for (stem, d) in lexicon.glosses(id) {
            let e = of_stem[stem as usize];
            if e != u32::MAX {
                let en_given_zh = likelihood((stem, d)) / total;
                let zh_given_en = d * d * lexicon.word_probability(id) / lexicon.stem_total(stem);
                row.push((e, (weight * en_given_zh) as f32, (weight * scale * zh_given_en) as f32));
            }
        }
    };
    add(word, 1.0);
    if !(2..=LONGEST_TAKEN_APART).contains(&n) {
        return;
    }
    for length in 2..n {
        for i in 0..=n - length {
            add(&word[ends[i]..ends[i + length]], SUB_WORD);
        }
    }
    for pair in ends.windows(2) {
        add(&word[pair[0]..pair[1]], CHARACTER);
    }
}
