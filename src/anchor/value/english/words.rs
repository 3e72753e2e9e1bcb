//! Words of a clause, forwards and backwards from a place.

use crate::anchor::view::{View, is_letter};

/// Longest word that is looked at.
const LONGEST: usize = 24;

/// A letter or an apostrophe.
fn inside(c: char) -> bool {
    is_letter(c) || matches!(c, '\'' | '’')
}

/// Whether a letter or a digit stands before `at`, so that no word begins there.
pub(super) fn continues(view: &View, at: usize) -> bool {
    is_letter(view.before(at)) || view.before(at).is_ascii_digit()
}

/// The index behind one hyphen or up to two blanks.
pub(super) fn joint(view: &View, at: usize) -> usize {
    if is_hyphen(view.at(at)) { at + 1 } else { view.skip_blank(at) }
}

fn is_hyphen(c: char) -> bool {
    matches!(c, '-' | '‑')
}

/// The word behind `at`, in lower case, and the index behind it; `None` where a mark or a numeral comes first.
pub(super) fn ahead(view: &View, at: usize) -> Option<(String, usize)> {
    let start = joint(view, at);
    let (word, end) = view.word(start);
    (!word.is_empty()).then_some((word, end))
}

/// The word before `at`, in lower case, and the index of its first letter; `None` where a mark or a numeral comes first.
pub(super) fn back(view: &View, at: usize) -> Option<(String, usize)> {
    let blanks = (0..2).take_while(|&k| at > k && view.at(at - k - 1).is_whitespace()).count();
    let hyphen = usize::from(blanks == 0 && is_hyphen(view.before(at)));
    let end = at.checked_sub(blanks + hyphen)?;
    let length = (0..=LONGEST).take_while(|&k| end > k && inside(view.at(end - k - 1))).count();
    let start = end - length;
    let word = || view.slice(start, end).iter().flat_map(|c| c.to_lowercase()).collect();
    (length > 0 && length <= LONGEST).then(|| (word(), start))
}

/// At most `most` words before `at`, the nearest first, as [`back`] gives them.
pub(super) fn preceding(view: &View, at: usize, most: usize) -> Vec<(String, usize)> {
    std::iter::successors(back(view, at), |&(_, start)| back(view, start)).take(most).collect()
}

/// Whether the word before `at` is one of `words`.
pub(super) fn follows(view: &View, at: usize, words: &[&str]) -> bool {
    back(view, at).is_some_and(|(word, _)| words.contains(&word.as_str()))
}

/// Where `words`, in lower case, begin if they end before `end`, apart from it by blanks or a hyphen, at the start of a word.
pub(super) fn before(view: &View, end: usize, words: &str) -> Option<usize> {
    let mut at = end;
    for expected in words.rsplit(' ') {
        let (word, start) = back(view, at)?;
        if word != expected {
            return None;
        }
        at = start;
    }
    Some(at)
}

/// Where `words`, in lower case, end if they stand behind `at`, apart from it by blanks or a hyphen, as whole words.
pub(super) fn behind(view: &View, at: usize, words: &str) -> Option<usize> {
    let mut at = at;
    for expected in words.split(' ') {
        let (word, end) = ahead(view, at)?;
        if word != expected {
            return None;
        }
        at = end;
    }
    (!view.at(at).is_ascii_digit()).then_some(at)
}

/// [`behind`] for the first of `phrases` that stands there.
pub(super) fn any_behind(view: &View, at: usize, phrases: &[&str]) -> Option<usize> {
    phrases.iter().find_map(|words| behind(view, at, words))
}
