//! Whether a label reads as a person's name, whatever is added to the name.

use super::words;
use crate::{
    document::{Label, sentence::is_blank},
    lexicon::{Lexicon, Stems},
    text::{fold, is_han},
};

/// The frequency above which an English word is an ordinary word rather than a name. Names for which the lexicon has a
/// reading (Hugo, Ortiz) are below it.
const COMMON: f64 = 1e-5;
/// The frequency above which a Chinese word is an ordinary word rather than a name.
const COMMON_HAN: f64 = 2e-6;
/// The number of Han characters of a Chinese name, including its surname.
const NAME: std::ops::RangeInclusive<usize> = 2..=4;

/// Whether `c` is a mark inside transcribed names.
pub(super) fn is_joint(c: char) -> bool {
    matches!(c, '·' | '•' | '‧' | '・' | '-' | '‑' | '－' | '–')
}

/// Whether a label names a person: by a form of address, an office, a given name, a surname or a transcription.
pub(super) fn is_person(label: &Label) -> bool {
    let named = |name: &String| is_name(name);
    is_name(&label.name)
        || label.other_name.as_ref().is_some_and(named)
        || label.short_name.is_some()
        || label.title.as_deref().is_some_and(words::is_title)
}

/// Whether a name without additions reads as a person's name.
pub(super) fn is_name(name: &str) -> bool {
    if name.chars().any(is_han) { is_chinese(&fold(name)) } else { is_latin(name) }
}

fn is_chinese(name: &str) -> bool {
    let han = name.chars().filter(|&c| is_han(c)).count();
    let latin = name.chars().any(|c| c.is_ascii_alphabetic());
    let parts: Vec<&str> = name.split(is_joint).collect();
    if latin {
        // `Helen 王`, `J·K·罗琳`
        return name.split(|c: char| is_blank(c) || is_joint(c)).all(|part| part.chars().all(is_han) || is_latin(part))
            || parts.len() > 1;
    }
    if words::is_address_zh(name) || words::end_of_office(name) == Some(name.len()) {
        return true;
    }
    if words::is_given_name(name) {
        return true;
    }
    if let [_, _, ..] = parts[..] {
        return parts.iter().all(|part| !part.is_empty() && part.chars().count() <= 6);
    }
    let familiar = name.starts_with(['老', '小', '阿']) && NAME.contains(&han) && han < 4 && !is_word(name);
    familiar
        || (han > 2 && NAME.contains(&han) && words::starts_with_long_surname(name))
        || (words::starts_with_surname(name) && NAME.contains(&han) && !begins_with_word(name))
        || (han > 1 && name.chars().all(words::is_transcription) && (han > 2 || !is_word(name)))
}

fn is_latin(name: &str) -> bool {
    let words: Vec<&str> = name.split(is_blank).filter(|w| !w.is_empty()).collect();
    let Some(first) = words.first() else { return false };
    words::is_address(name) && words.len() > 1
        || words::is_given_name(&first.to_lowercase())
        || words.len() > 1 && (words.iter().any(|w| is_initial(w)) || words.last().is_some_and(|w| words::is_role(w)))
        || words.len() > 1 && words.iter().any(|w| w.chars().count() > 2 && !is_common(w))
}

/// Whether a word is an initial, as `J.` in `J. Wu`.
fn is_initial(word: &str) -> bool {
    word.len() == 2 && word.ends_with('.') && word.starts_with(|c: char| c.is_ascii_uppercase())
}

fn is_common(word: &str) -> bool {
    let Ok(lexicon) = Lexicon::builtin() else { return false };
    let word = word.to_lowercase();
    let mut stems = Stems::default();
    word.split(['-', '\'', '’']).all(|part| {
        let stem = lexicon.stem(stems.stem(part.trim_matches('.')));
        stem.is_some_and(|stem| lexicon.stem_probability(stem) > COMMON)
    })
}

fn is_word(name: &str) -> bool {
    let common = |lexicon: &Lexicon| lexicon.word(name).is_some_and(|w| lexicon.word_probability(w) > COMMON_HAN);
    Lexicon::builtin().is_ok_and(|lexicon| common(&lexicon))
}

/// Whether the surname is only the beginning of a word: 许 in 许可人.
fn begins_with_word(name: &str) -> bool {
    let Ok(lexicon) = Lexicon::builtin() else { return false };
    // The lexicon also counts names, but it explains only words.
    let explained = |word: &str| lexicon.word(word).is_some_and(|w| lexicon.glosses(w).next().is_some());
    lexicon.cut(name).first().is_some_and(|word| word.chars().count() > 1 && explained(word))
}
