//! Builds a lexicon file from word pairs and frequencies.

use std::collections::BTreeMap;

use rustc_hash::FxHashMap;

use super::english::{Stems, is_stop_word};
use super::format::{Sections, pack_probability};
use super::{FREQUENCY_FLOOR, PAIR_BYTES};
use crate::error::{Error, Result};
use crate::text::is_han;

/// An entry of a Chinese-English dictionary.
#[derive(Clone, Debug)]
pub struct Entry<'a> {
    /// The headword, Simplified.
    pub word: &'a str,
    /// Pinyin with tone digits, a syllable a character, apart by spaces (`ping2 guo3`); may be empty.
    pub pinyin: &'a str,
    /// Glosses in English.
    pub glosses: Vec<&'a str>,
}

/// A Chinese word and an English one that an embedding model puts near each other.
#[derive(Clone, Debug)]
pub struct Related<'a> {
    /// The Chinese word, Simplified.
    pub word: &'a str,
    /// The English word, lower case.
    pub english: &'a str,
    /// d of the pair, as if it were a gloss: 0 to 1. As d² counts, it is the root of the probability that they translate
    /// each other. With twice this root the likelihood is .1474 instead of .1477, but Bible F1 .9918 instead of .9939.
    pub strength: f64,
}

/// Glosses that say something about the word instead of what it means.
const NOT_A_MEANING: [&str; 10] = [
    "CL:",
    "variant of",
    "old variant",
    "see ",
    "also written",
    "abbr. for",
    "same as",
    "erhua variant",
    "Japanese variant",
    "archaic variant",
];

/// Words of glosses that stand for a blank, not for a meaning.
const BLANKS: [&str; 8] = ["oneself", "somebody", "something", "someone", "classifier", "particle", "cl", "used"];

/// Longer glosses explain rather than translate.
const MAX_GLOSS_WORDS: usize = 8;

/// Bits less than the inverse frequency that a word's information counts: very frequent words carry next to none.
const INFORMATION_OFFSET: f64 = 2.0;
/// Least information of a word, so that every word of a gloss has a share.
const LEAST_INFORMATION: f64 = 0.2;
/// d is stored in 255ths: pairs under this share would be 0 or close to it.
const LEAST_SHARE: f64 = 1.0 / 255.0;

/// Compiles dictionary entries and word frequencies (English words in lower case; Chinese words, Simplified) to the bytes
/// that [`super::Lexicon::from_bytes`] opens.
///
/// d(stem|word) is the greatest share, over the word's glosses, of the gloss's information that the stem carries, where
/// information is −ln p(stem) − 2. Pairs of `related` words are added where no gloss has them.
///
/// # Errors
/// [`crate::ErrorKind::Model`] if there are more than 65,536 stems.
pub fn compile(
    entries: &[Entry<'_>],
    english: impl IntoIterator<Item = (String, f64)>,
    chinese: impl IntoIterator<Item = (String, f64)>,
    related: &[Related<'_>],
) -> Result<Vec<u8>> {
    let mut stems = Stems::default();
    let mut stem_frequency: BTreeMap<String, f64> = BTreeMap::new();
    for (word, p) in english {
        if !word.is_empty() && word.bytes().all(|b| b.is_ascii_lowercase()) && !is_stop_word(&word) {
            *stem_frequency.entry(stems.stem(&word).to_owned()).or_default() += p;
        }
    }
    let information = |stem: &str| {
        -stem_frequency.get(stem).copied().unwrap_or(0.0).max(FREQUENCY_FLOOR / 10.0).ln() - INFORMATION_OFFSET
    };

    let mut shares: BTreeMap<&str, BTreeMap<String, f64>> = BTreeMap::new();
    let mut readings: BTreeMap<char, BTreeMap<String, usize>> = BTreeMap::new();
    for entry in entries.iter().filter(|e| !e.word.is_empty() && e.word.chars().all(is_han)) {
        count_readings(entry, &mut readings);
        for gloss in entry.glosses.iter().flat_map(|g| gloss_stems(g, &mut stems)) {
            let total: f64 = gloss.iter().map(|s| information(s)).sum::<f64>().max(LEAST_INFORMATION);
            let of_word = shares.entry(entry.word).or_default();
            for stem in gloss {
                let share = (information(&stem).max(LEAST_INFORMATION) / total).min(1.0);
                let d = of_word.entry(stem).or_default();
                *d = d.max(share);
            }
        }
    }
    for pair in related.iter().filter(|r| !r.word.is_empty() && r.word.chars().all(is_han)) {
        if !is_stop_word(pair.english) {
            let of_word = shares.entry(pair.word).or_default();
            of_word.entry(stems.stem(pair.english).to_owned()).or_insert(pair.strength.min(1.0));
        }
    }
    for of_word in shares.values_mut() {
        of_word.retain(|_, d| *d >= LEAST_SHARE);
    }
    shares.retain(|_, of_word| !of_word.is_empty());

    let mut words: BTreeMap<String, f64> = chinese
        .into_iter()
        .filter(|(w, p)| {
            !w.is_empty() && w.chars().all(is_han) && (*p > FREQUENCY_FLOOR || shares.contains_key(w.as_str()))
        })
        .collect();
    for word in shares.keys() {
        words.entry((*word).to_owned()).or_default();
    }
    let glossed: std::collections::BTreeSet<&String> = shares.values().flat_map(BTreeMap::keys).collect();
    stem_frequency.retain(|stem, p| *p > FREQUENCY_FLOOR * 1.5 || glossed.contains(stem));
    for stem in glossed {
        stem_frequency.entry(stem.clone()).or_default();
    }
    encode(&stem_frequency, &words, &shares, &readings)
}

/// Counts one reading for each character of an entry whose pinyin has a syllable a character.
fn count_readings(entry: &Entry<'_>, readings: &mut BTreeMap<char, BTreeMap<String, usize>>) {
    let pinyin = entry.pinyin.to_lowercase().replace("u:", "u");
    let syllables: Vec<&str> = pinyin.split_ascii_whitespace().collect();
    if syllables.len() != entry.word.chars().count() {
        return;
    }
    for (c, syllable) in entry.word.chars().zip(syllables) {
        let letters = syllable.trim_end_matches(['1', '2', '3', '4', '5']);
        let vowel = matches!(letters, "a" | "e" | "o");
        if letters.len() < syllable.len()
            && (letters.len() > 1 || vowel)
            && letters.bytes().all(|b| b.is_ascii_lowercase())
        {
            *readings.entry(c).or_default().entry(letters.to_owned()).or_default() += 1;
        }
    }
}

/// The parts of a gloss (apart by `;`, `/` or "or"), each as its stems, without brackets and words that carry nothing.
fn gloss_stems(gloss: &str, stems: &mut Stems) -> Vec<Vec<String>> {
    let gloss = gloss.trim();
    if NOT_A_MEANING.iter().any(|p| gloss.starts_with(p)) {
        return Vec::new();
    }
    let (mut plain, mut depth) = (String::new(), 0usize);
    for c in gloss.chars() {
        match c {
            '(' | '[' => depth += 1,
            ')' | ']' => {
                depth = depth.saturating_sub(1);
                plain.push(' ');
            }
            _ if depth == 0 => plain.push(c),
            _ => {}
        }
    }
    let plain = plain.to_lowercase().replace("'s", "").replace(" or ", ";");
    let parts = plain.split([';', '/']).map(|part| {
        let words = part.split(|c: char| !c.is_ascii_lowercase()).filter(|w| !w.is_empty());
        words.filter(|w| !is_stop_word(w) && !BLANKS.contains(w)).map(|w| stems.stem(w).to_owned()).collect::<Vec<_>>()
    });
    parts.filter(|p| (1..=MAX_GLOSS_WORDS).contains(&p.len())).collect()
}

fn encode(
    stems: &BTreeMap<String, f64>,
    words: &BTreeMap<String, f64>,
    shares: &BTreeMap<&str, BTreeMap<String, f64>>,
    readings: &BTreeMap<char, BTreeMap<String, usize>>,
) -> Result<Vec<u8>> {
    let broken = |what: String| Error::model("lexicon", what);
    if stems.len() > usize::from(u16::MAX) + 1 {
        return Err(broken(format!("{} stems, but ids have 16 bits; leave out rare English words", stems.len())));
    }
    let stem_ids: FxHashMap<&str, u16> = stems.keys().enumerate().map(|(i, s)| (s.as_str(), i as u16)).collect();
    let index = |keys: Vec<&String>| {
        fst::Map::from_iter(keys.into_iter().enumerate().map(|(i, k)| (k, i as u64)))
            .map(|map| map.into_fst().into_inner())
            .map_err(|e| broken("its index cannot be built".to_owned()).caused_by(e))
    };
    let packed =
        |values: Vec<&f64>| values.into_iter().flat_map(|p| pack_probability(*p).to_le_bytes()).collect::<Vec<u8>>();

    let mut totals = vec![0f64; stems.len()];
    let (mut starts, mut pairs) = (Vec::new(), Vec::new());
    for (word, p) in words {
        starts.extend(((pairs.len() / PAIR_BYTES) as u32).to_le_bytes());
        for (stem, d) in shares.get(word.as_str()).into_iter().flatten() {
            let byte = (d * 255.0).round().clamp(1.0, 255.0) as u8;
            let d = f64::from(byte) / 255.0;
            let id = stem_ids[stem.as_str()];
            totals[usize::from(id)] += d * d * p.max(FREQUENCY_FLOOR);
            pairs.extend(id.to_le_bytes());
            pairs.push(byte);
        }
    }
    starts.extend(((pairs.len() / PAIR_BYTES) as u32).to_le_bytes());

    // The reading that most entries have; on a tie the first in the alphabet.
    let chosen: Vec<(char, &str)> = readings
        .iter()
        .filter_map(|(c, counts)| {
            let best = counts.iter().max_by(|a, b| a.1.cmp(b.1).then_with(|| b.0.cmp(a.0)))?;
            Some((*c, best.0.as_str()))
        })
        .collect();
    let mut syllables: Vec<&str> = chosen.iter().map(|c| c.1).collect();
    syllables.sort_unstable();
    syllables.dedup();
    let reading = |s: &str| (syllables.partition_point(|x| *x < s) as u16).to_le_bytes();

    Ok(Sections::join([
        index(stems.keys().collect())?,
        packed(stems.values().collect()),
        totals.iter().flat_map(|t| (*t as f32).to_le_bytes()).collect(),
        index(words.keys().collect())?,
        packed(words.values().collect()),
        starts,
        pairs,
        chosen.iter().flat_map(|c| (c.0 as u32).to_le_bytes()).collect(),
        chosen.iter().flat_map(|c| reading(c.1)).collect(),
        syllables.join(" ").into_bytes(),
    ]))
}

#[cfg(test)]
mod tests {
    use super::super::Lexicon;
    use super::*;

    #[test]
    fn related_words_stand_where_no_gloss_does() {
        let entries = [Entry { word: "灯塔", pinyin: "deng1 ta3", glosses: vec!["lighthouse"] }];
        let related = |word, english, strength| Related { word, english, strength };
        let pairs = [
            related("灯塔", "lighthouse", 0.2),
            related("灯塔", "beacons", 0.4),
            related("灯塔", "the", 0.9),
            related("航标", "beacon", 7.0),
            related("abc", "beacon", 0.5),
            related("", "beacon", 0.5),
        ];
        let lexicon = Lexicon::from_bytes(compile(&entries, [], [], &pairs).unwrap()).unwrap();
        let d = |word: &str, stem: &str| {
            let (word, stem) = (lexicon.word(word)?, lexicon.stem(stem)?);
            lexicon.glosses(word).find(|g| g.0 == stem).map(|g| g.1)
        };
        assert_eq!(d("灯塔", "lighthous"), Some(1.0));
        assert_eq!(d("灯塔", "beacon"), Some(0.4));
        assert_eq!(d("航标", "beacon"), Some(1.0));
        assert_eq!((lexicon.word_count(), lexicon.stem_count()), (2, 2));
    }
}
