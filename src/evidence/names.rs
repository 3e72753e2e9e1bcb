//! Chinese names in English: words that are only ever capitalised and read as pinyin.

use rustc_hash::{FxHashMap, FxHashSet};

use super::tokens::{Tokenizer, Tokens};

/// t(e|z) where all syllables agree, and where some do.
const ALL_SYLLABLES: f32 = 0.6;
const SOME_SYLLABLES: f32 = 0.3;
/// t(z|e) as a share of t(e|z): many characters share a reading.
const BACKWARDS: f32 = 0.5;
/// A "name" of one syllable that is more frequent than this is an English word (he, you, men).
const COMMON_WORD: f64 = 2e-5;
/// Names have up to three syllables in a word (Ouyang, Xiaoping).
const MAX_SYLLABLES: usize = 3;
/// Letters of the longest syllable (zhuang).
const LONGEST_SYLLABLE: usize = 6;

pub(super) struct NamePair {
    pub(super) zh: u32,
    pub(super) en: u32,
    pub(super) en_given_zh: f32,
    pub(super) zh_given_en: f32,
}

/// Pairs of an English token that reads as pinyin and a Chinese token all of whose syllables are among its own.
pub(super) fn name_pairs(
    zh: &Tokens,
    english_ids: &FxHashMap<&str, u32>,
    english: &[&str],
    tokenizer: &mut Tokenizer<'_>,
) -> Vec<NamePair> {
    let lexicon = tokenizer.lexicon();
    let mut by_first: FxHashMap<&str, Vec<(u32, Vec<&str>)>> = FxHashMap::default();
    for (z, token) in zh.vocabulary.iter().enumerate().filter(|(_, t)| !t.starts_with(['@', '#'])) {
        let reading: Option<Vec<&str>> = token.chars().map(|c| lexicon.pinyin(c)).collect();
        if let Some(reading) = reading
            && reading.len() <= MAX_SYLLABLES
        {
            by_first.entry(reading[0]).or_default().push((z as u32, reading));
        }
    }
    let syllables: FxHashSet<&str> = lexicon.syllables().iter().map(String::as_str).collect();
    let mut pairs = Vec::new();
    for name in capitalised_words(english) {
        let Some(parts) = split_pinyin(&name, &syllables) else { continue };
        let stem = tokenizer.stems().stem(&name).to_owned();
        let Some(&e) = english_ids.get(stem.as_str()) else { continue };
        let frequency = lexicon.stem(&stem).map_or(0.0, |s| lexicon.stem_probability(s));
        if parts.len() == 1 && frequency > COMMON_WORD {
            continue;
        }
        let mut firsts = parts.clone();
        firsts.sort_unstable();
        firsts.dedup();
        for (z, reading) in firsts.iter().filter_map(|s| by_first.get(s)).flatten() {
            let t = if *reading == parts {
                ALL_SYLLABLES
            } else if reading.iter().all(|s| parts.contains(s)) {
                SOME_SYLLABLES * reading.len() as f32 / reading.len().max(parts.len()) as f32
            } else {
                continue;
            };
            pairs.push(NamePair { zh: *z, en: e, en_given_zh: t, zh_given_en: t * BACKWARDS });
        }
    }
    pairs
}

/// Words that begin with a capital wherever they occur, in lower case, sorted; hyphens and what follows an apostrophe are
/// gone.
fn capitalised_words(english: &[&str]) -> Vec<String> {
    let (mut capital, mut lower) = (FxHashSet::default(), FxHashSet::default());
    for text in english {
        for word in text.split(|c: char| !(c.is_ascii_alphabetic() || matches!(c, '\'' | '’' | '-'))) {
            let word = word.trim_matches(['\'', '’', '-']);
            let word = word.split(['\'', '’']).next().unwrap_or_default().replace('-', "");
            let target = if word.starts_with(|c: char| c.is_ascii_uppercase()) { &mut capital } else { &mut lower };
            target.insert(word.to_ascii_lowercase());
        }
    }
    let mut names: Vec<String> = capital.difference(&lower).filter(|w| w.len() >= 2).cloned().collect();
    names.sort_unstable();
    names
}

/// The least number of syllables of a name, at most [`MAX_SYLLABLES`].
fn split_pinyin<'a>(name: &str, syllables: &FxHashSet<&'a str>) -> Option<Vec<&'a str>> {
    if name.len() > MAX_SYLLABLES * LONGEST_SYLLABLE || !name.is_ascii() {
        return None;
    }
    let mut best: Vec<Option<Vec<&'a str>>> = vec![None; name.len() + 1];
    best[0] = Some(Vec::new());
    for i in 0..name.len() {
        let Some(so_far) = best[i].clone() else { continue };
        for k in i + 1..=(i + LONGEST_SYLLABLE).min(name.len()) {
            if let Some(&syllable) = syllables.get(&name[i..k])
                && best[k].as_ref().is_none_or(|b| b.len() > so_far.len() + 1)
            {
                let mut parts = so_far.clone();
                parts.push(syllable);
                best[k] = Some(parts);
            }
        }
    }
    best.pop().flatten().filter(|parts| parts.len() <= MAX_SYLLABLES)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn splits_names_into_syllables() {
        let syllables: FxHashSet<&str> = ["wen", "jie", "ye", "ou", "yang", "xiao"].into_iter().collect();
        assert_eq!(split_pinyin("wenjie", &syllables), Some(vec!["wen", "jie"]));
        assert_eq!(split_pinyin("ouyang", &syllables), Some(vec!["ou", "yang"]));
        assert_eq!(split_pinyin("smith", &syllables), None);
    }

    #[test]
    fn names_are_never_in_lower_case() {
        assert_eq!(capitalised_words(&["Yes, Wenjie's Men said yes to the men of Ye."]), ["wenjie", "ye"]);
    }
}
