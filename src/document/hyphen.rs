//! Words that are broken with a hyphen at the end of a line.

use rustc_hash::FxHashSet;

use crate::lexicon::{Lexicon, Stems};

/// First parts of words that keep their hyphen.
const PREFIXES: &[&str] = &[
    "all", "co", "cross", "ex", "half", "high", "ill", "long", "low", "mid", "multi", "non", "post", "pre", "pro",
    "quasi", "self", "semi", "short", "so", "well",
];

/// The least frequency of a word that consists of two words, such as `shortage`. `longterm` is less frequent.
const USUAL: f64 = 3e-6;

/// Decides which hyphens at line ends belong to their words.
pub(super) struct Hyphens<'a> {
    text: &'a str,
    /// The words of the text in lowercase letters, including hyphens inside them. The set is made at the first hyphen.
    words: Option<FxHashSet<String>>,
    stems: Stems,
}

/// The text between two lines of a paragraph.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Seam {
    /// A word or a Chinese character ends.
    Blank,
    /// The word continues after its hyphen.
    Hyphen,
    /// The word continues. The last character of the line only breaks it and is not part of it.
    Broken,
}

impl<'a> Hyphens<'a> {
    pub(super) fn new(text: &'a str) -> Hyphens<'a> {
        Hyphens { text, words: None, stems: Stems::default() }
    }

    /// Returns what joins two lines that have no blanks at their ends.
    pub(super) fn seam(&mut self, line: &str, next: &str) -> Seam {
        let Some(last) = line.chars().next_back() else { return Seam::Blank };
        let head = &line[..line.len() - last.len_utf8()];
        let letters = |text: &str| text.chars().next().is_some_and(char::is_alphabetic);
        if last == '\u{AD}' {
            return if letters(next) { Seam::Broken } else { Seam::Blank };
        }
        if matches!(last, '—' | '–') && head.ends_with(char::is_alphanumeric) && next.starts_with(char::is_alphanumeric)
        {
            return Seam::Hyphen;
        }
        if !matches!(last, '-' | '‐')
            || !head.ends_with(char::is_alphanumeric)
            || !next.starts_with(char::is_alphanumeric)
        {
            return Seam::Blank;
        }
        let small = head.ends_with(char::is_lowercase) && next.starts_with(char::is_lowercase);
        let left = head.rsplit(|c: char| !c.is_alphabetic()).next().unwrap_or_default().to_lowercase();
        let right = next.split(|c: char| !c.is_alphabetic()).next().unwrap_or_default().to_lowercase();
        if small && self.is_one_word(&left, &right) { Seam::Broken } else { Seam::Hyphen }
    }

    /// Whether two parts make a word without a hyphen: the word is elsewhere in the text or in the lexicon, or one part
    /// alone is not a word.
    fn is_one_word(&mut self, left: &str, right: &str) -> bool {
        let text = self.text;
        let words = self.words.get_or_insert_with(|| words_of(text));
        let whole = format!("{left}{right}");
        if words.contains(&format!("{left}-{right}")) {
            return false;
        }
        if words.contains(&whole) {
            return true;
        }
        let parts = PREFIXES.contains(&left) || self.frequency(left) > 0.0;
        if parts && self.frequency(right) > 0.0 {
            return self.frequency(&whole) >= USUAL;
        }
        !PREFIXES.contains(&left)
    }

    /// Returns the frequency of a word in general language, or 0 if it is not in the lexicon.
    fn frequency(&mut self, word: &str) -> f64 {
        let stem = self.stems.stem(word);
        let Some(lexicon) = Lexicon::builtin().ok().filter(|_| word.len() > 1) else { return 0.0 };
        lexicon.stem(stem).map_or(0.0, |stem| lexicon.stem_probability(stem))
    }
}

fn words_of(text: &str) -> FxHashSet<String> {
    let part = |c: char| c.is_alphabetic() || c == '-';
    text.split(|c| !part(c)).filter(|w| !w.is_empty() && !w.ends_with('-')).map(str::to_lowercase).collect()
}
