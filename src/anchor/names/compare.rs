//! An English and a Chinese name as wholes.

use rustc_hash::FxHashSet;

use super::odds::{odds, part_odds, sigmoid};
use super::{Known, Likeness, Reason};
use crate::lexicon::{Stems, is_stop_word};
use crate::text::{fold, is_han};

/// Least share of a gloss's information for a word to be translated by it.
const LEAST_GLOSS: f64 = 0.3;
/// The same for a whole name; a gloss's words sum to 1.
const LEAST_WHOLE: f64 = 0.7;
/// Log odds of a gloss that says more than the name (Stockholm, capital of Sweden), with the least share of it.
pub(super) const GLOSSED_TOO: f64 = 3.0;
pub(super) const PARTLY_GLOSSED: f64 = 0.15;
/// Scores: a pair stated or given; a gloss of the whole; word by word.
const GIVEN: f64 = 0.98;
const GLOSSED: f64 = 0.95;
const WORD_BY_WORD: f64 = 0.9;
/// What a name is worth of which words remain on one side.
const REMAINDER: f64 = 0.3;
/// What a surname alone is worth less, in log odds: it may be another person's.
const SURNAME_ONLY: f64 = 2.5;
/// Log odds that are asked for before sound is believed: of 56,000 wrong pairs of 238 names one in 3,000 sounds alike.
const CAUTION: f64 = 1.0;
/// Characters and words of the longest name.
const LONGEST: usize = 40;

/// Forms of address, which say nothing about the name.
pub(super) const ADDRESSES: [&str; 8] = ["mr", "mrs", "ms", "miss", "dr", "prof", "professor", "sir"];

/// What companies are called besides their names; either language may leave it out.
const FORMS_EN: [&str; 11] =
    ["inc", "corp", "corporation", "co", "company", "ltd", "limited", "group", "holdings", "plc", "llc"];
const FORMS_ZH: [&str; 12] = [
    "股份有限公司",
    "有限责任公司",
    "有限公司",
    "控股公司",
    "公司",
    "集团",
    "控股",
    "先生",
    "女士",
    "博士",
    "教授",
    "夫人",
];

pub(super) fn likeness(names: &Known<'_>, en: &str, zh: &str) -> Likeness {
    let (en, zh) = (super::find::key(en), fold(zh.trim()));
    let of = |score: f64, reason: Reason| Likeness { score, reason: Some(reason) };
    let nothing = Likeness { score: 0.0, reason: None };
    if en.is_empty() || zh.is_empty() || en.chars().count().max(zh.chars().count()) > 2 * LONGEST {
        return nothing;
    }
    if !zh.chars().any(is_han) {
        let zh = super::find::key(&zh);
        return if zh == en { of(1.0, Reason::Identical) } else { nothing };
    }
    let mut words: Vec<&str> =
        en.split(|c: char| !c.is_alphanumeric() && c != '\'').filter(|w| !w.is_empty()).collect();
    if words.len() > 1 && ADDRESSES.contains(&words[0]) {
        words.remove(0);
    }
    if words.is_empty() || en.chars().any(is_han) {
        return nothing;
    }
    if in_glossary(names, &words, &zh) {
        return of(GIVEN, Reason::Glossary);
    }
    if names.stated.iter().any(|(e, z)| *e == en && *z == zh) {
        return of(GIVEN, Reason::ExplicitPair);
    }
    if gloss(names, &words, &zh) >= LEAST_WHOLE {
        return of(GLOSSED, Reason::Lexicon);
    }
    let sound = by_sound(names, &words, &zh);
    let composed = composed(names, &words, &zh);
    let best = if composed.score > sound { composed } else { of(sound, Reason::Transliteration) };
    if best.score < 0.01 { nothing } else { best }
}

/// Log odds of sound as a score.
pub(super) fn by_sound(names: &Known<'_>, words: &[&str], zh: &str) -> f64 {
    let pinyin = |c: char| names.lexicon.pinyin(c);
    // An initial says nothing that a transcription would keep.
    let full: Vec<String> = words.iter().filter(|w| w.chars().nth(1).is_some()).map(|w| (*w).to_owned()).collect();
    let parts: Vec<String> = zh.split(is_joint).filter(|p| !p.is_empty()).map(str::to_owned).collect();
    if full.is_empty() || parts.is_empty() || zh.chars().any(|c| !is_han(c) && !is_joint(c)) {
        return 0.0;
    }
    let whole = odds(&full, &parts, &pinyin);
    // The surname alone, in either language.
    let surname = match (full.as_slice(), parts.as_slice()) {
        ([.., last], [one]) if full.len() > 1 => part_odds(last, one, &pinyin),
        ([one], [.., last]) if parts.len() > 1 => part_odds(one, last, &pinyin),
        _ => f64::NEG_INFINITY,
    };
    let glossed = gloss(names, words, zh) >= PARTLY_GLOSSED;
    sigmoid(whole.max(surname - SURNAME_ONLY) - CAUTION + if glossed { GLOSSED_TOO } else { 0.0 })
}

pub(super) fn is_joint(c: char) -> bool {
    c.is_whitespace() || matches!(c, '·' | '•' | '‧' | '・' | '．' | '-' | '‑')
}

fn in_glossary(names: &Known<'_>, words: &[&str], zh: &str) -> bool {
    let Some(glossary) = names.glossary else { return false };
    let Some((_, stems)) = glossary.terms().find(|(term, _)| *term == zh) else { return false };
    let mut stemmer = Stems::default();
    let content: FxHashSet<String> =
        words.iter().filter(|w| !is_stop_word(w)).map(|w| stemmer.stem(w).to_owned()).collect();
    let share: f64 = content.iter().filter_map(|s| stems.get(s)).sum();
    share > 0.99 && content.iter().all(|s| stems.contains_key(s))
}

/// How much of a gloss of the Chinese word the English words are, 0 to 1; 0 if one of them is not in it.
pub(super) fn gloss(names: &Known<'_>, words: &[&str], zh: &str) -> f64 {
    let Some(word) = names.lexicon.word(zh) else { return 0.0 };
    let mut stemmer = Stems::default();
    let mut total = 0.0;
    for w in words.iter().filter(|w| !is_stop_word(w)) {
        let Some(stem) = names.lexicon.stem(stemmer.stem(w)) else { return 0.0 };
        let Some((_, d)) = names.lexicon.glosses(word).find(|&(s, _)| s == stem) else { return 0.0 };
        total += d;
    }
    total
}

/// Word by word, and what remains by sound.
fn composed(names: &Known<'_>, words: &[&str], zh: &str) -> Likeness {
    let nothing = Likeness { score: 0.0, reason: None };
    let han: String = zh.chars().filter(|&c| !is_joint(c)).collect();
    if !han.chars().all(is_han) || words.len() < 2 {
        return nothing;
    }
    let mut left: Vec<&str> = words.iter().copied().filter(|w| !is_stop_word(w)).collect();
    let all = left.len();
    let mut rest = String::new();
    for word in names.lexicon.cut(&han) {
        let known = left.iter().position(|w| word.chars().nth(1).is_some() && gloss(names, &[w], word) >= LEAST_GLOSS);
        match known {
            Some(at) => {
                left.remove(at);
            }
            None => rest.push_str(word),
        }
    }
    let matched = all - left.len();
    let form = FORMS_ZH.iter().find_map(|f| rest.strip_suffix(f)).map(str::len);
    rest.truncate(form.unwrap_or(rest.len()));
    left.retain(|w| !FORMS_EN.contains(&w.trim_end_matches('.')));
    if left.len() == words.len() && form.is_none() {
        return nothing;
    }
    match (left.is_empty(), rest.is_empty()) {
        (true, true) if matched > 0 => Likeness { score: WORD_BY_WORD, reason: Some(Reason::Lexicon) },
        (false, false) => {
            let score = by_sound(names, &left, &rest);
            Likeness { score, reason: Some(Reason::Transliteration) }
        }
        _ if matched > 0 => Likeness { score: REMAINDER * matched as f64 / all as f64, reason: Some(Reason::Lexicon) },
        _ => nothing,
    }
}
