//! Words that a hyphen breaks at the end of a line.

use rustc_hash::FxHashSet;

use crate::lexicon::{Lexicon, Stems};

/// First parts of words that keep their hyphen.
const PREFIXES: &[&str] = &[
    "all", "co", "cross", "ex", "half", "high", "ill", "long", "low", "mid", "multi", "non", "post", "pre", "pro",
    "quasi", "self", "semi", "short", "so", "well",
];

/// Decides which hyphens at line ends belong to their words.
pub(super) struct Hyphens<'a> {
    text: &'a str,
    /// Words of the text in small letters, with the hyphens inside them; made when the first hyphen asks for them.
    words: Option<FxHashSet<String>>,
    stems: Stems,
}

/// What is between two lines of a paragraph.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Seam {
    /// A word ends, or one character of Chinese.
    Blank,
    /// The word goes on behind its hyphen.
    Hyphen,
    /// The word goes on, and the last character of the line, which only breaks it, is not part of it.
    Broken,
}

impl<'a> Hyphens<'a> {
    pub(super) fn new(text: &'a str) -> Hyphens<'a> {
        Hyphens { text, words: None, stems: Stems::default() }
    }

    /// What joins two lines without blanks at their ends.
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

    /// Whether two parts make a word without a hyphen: the text has it elsewhere, or the lexicon does; or one part alone is no
    /// word.
    fn is_one_word(&mut self, left: &str, right: &str) -> bool {
        let text = self.text;
        let words = self.words.get_or_insert_with(|| words_of(text));
        let whole = format!("{left}{right}");
        if words.contains(&format!("{left}-{right}")) {
            return false;
        }
        if words.contains(&whole) || self.is_known(&whole) {
            return true;
        }
        !(PREFIXES.contains(&left) || (self.is_known(left) && self.is_known(right)))
    }

    fn is_known(&mut self, word: &str) -> bool {
        let stem = self.stems.stem(word);
        word.len() > 1 && Lexicon::builtin().is_ok_and(|lexicon| lexicon.stem(stem).is_some())
    }
}

fn words_of(text: &str) -> FxHashSet<String> {
    let part = |c: char| c.is_alphabetic() || c == '-';
    text.split(|c| !part(c)).filter(|w| !w.is_empty() && !w.ends_with('-')).map(str::to_lowercase).collect()
}
