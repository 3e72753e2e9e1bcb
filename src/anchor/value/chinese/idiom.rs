//! Words in which numerals stand that say no number.

use std::sync::LazyLock;

use rustc_hash::FxHashMap;

use crate::anchor::view::View;

/// A word, and the characters behind it that make a number of it after all.
struct Word {
    letters: &'static str,
    unless: &'static str,
}

/// The words of `idioms.txt` by their first character.
static WORDS: LazyLock<FxHashMap<char, Vec<Word>>> = LazyLock::new(|| {
    let mut words: FxHashMap<char, Vec<Word>> = FxHashMap::default();
    for word in include_str!("idioms.txt").lines().filter(|l| !l.starts_with('#')).flat_map(str::split_whitespace) {
        let (letters, unless) = word.split_once('/').unwrap_or((word, ""));
        if let Some(first) = letters.chars().next() {
            words.entry(first).or_default().push(Word { letters, unless });
        }
    }
    words
});

/// The index behind the longest word at `at` that says no number.
pub(super) fn none(view: &View, at: usize) -> Option<usize> {
    let words = WORDS.get(&view.at(at))?;
    let found = words.iter().filter_map(|w| Some((w, view.after(at, w.letters)?)));
    let (word, end) = found.max_by_key(|f| f.1)?;
    (!word.unless.contains(view.at(end))).then_some(end)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_list_has_no_word_twice() {
        for words in WORDS.values() {
            for (k, word) in words.iter().enumerate() {
                assert!(words[..k].iter().all(|w| w.letters != word.letters), "{}", word.letters);
            }
        }
        assert!(WORDS.values().map(Vec::len).sum::<usize>() > 200);
    }

    #[test]
    fn what_follows_can_make_a_number_of_it() {
        assert_eq!(none(&View::new("十分高兴"), 0), Some(2));
        assert_eq!(none(&View::new("十分钟"), 0), None);
        assert_eq!(none(&View::new("乱七八糟"), 0), Some(4));
    }
}
