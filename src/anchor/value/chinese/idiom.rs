//! Words in which numerals stand that say no number.

use std::sync::LazyLock;

use rustc_hash::FxHashMap;

use crate::anchor::number::is_measure;
use crate::anchor::view::{View, is_letter};

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

/// The index behind an Arabic number at `at` that belongs to the name before it: 标普500, Web 2.0, PM2.5.
pub(super) fn name(view: &View, at: usize) -> Option<usize> {
    if !view.at(at).is_ascii_digit() {
        return None;
    }
    // 90后: people born in those years.
    if view.at(at + 2) == '后' && matches!(view.at(at + 1), '0' | '5') && !view.before(at).is_ascii_digit() {
        return Some(at + 3);
    }
    let last = view.before(at);
    let end = view.run(at, |c| c.is_ascii_digit());
    if last == '.' && view.before(at - 1).is_ascii_alphanumeric() {
        return Some(end);
    }
    // Telephone numbers and the like: 400-800-1234, but 2025-10-30.
    let chain = (0..4).try_fold((end, 0), |(at, dashes), _| {
        let next = view.run(at + 1, |c| c.is_ascii_digit());
        if view.at(at) == '-' && next > at + 1 { Ok((next, dashes + 1)) } else { Err((at, dashes)) }
    });
    let (Ok((chain, dashes)) | Err((chain, dashes))) = chain;
    if dashes > 1 && end - at != 4 {
        return Some(chain);
    }
    let decimal = if view.at(end) == '.' { view.run(end + 1, |c| c.is_ascii_digit()) } else { end };
    let stop = if decimal > end + 1 { decimal } else { end };
    let next = if view.after(stop, "时代").is_some() { '\0' } else { view.at(view.skip_blank(stop)) };
    let counted =
        is_measure(next) || next.is_ascii_alphanumeric() || matches!(next, '%' | ',') || "年月日点至到".contains(next);
    if counted || super::unit(view, stop).is_some() {
        return None;
    }
    if last == '-' && view.before(at - 1).is_alphabetic() && !view.before(at - 1).is_ascii() {
        return Some(stop);
    }
    if last.is_whitespace() && capital(view, at - 1) {
        // Of whole numbers only what is no year: RTX 4090, but Q3 2025.
        let year = stop == end && end - at == 4 && matches!(view.at(at), '1' | '2');
        return (stop > end || (end - at >= 3 && !year)).then_some(stop);
    }
    let word = NAMES.get(&last)?;
    word.iter().any(|w| super::hedge::ends_before(view, at, w)).then_some(stop)
}

/// Whether a Latin word with a capital ends before `end`.
fn capital(view: &View, end: usize) -> bool {
    const LONGEST: usize = 16;
    let letters = (1..=LONGEST.min(end)).map(|k| view.at(end - k)).take_while(|&c| is_letter(c) || c.is_ascii_digit());
    letters.into_iter().any(|c| c.is_uppercase())
}

/// The words of `names.txt` by their last character.
static NAMES: LazyLock<FxHashMap<char, Vec<&'static str>>> = LazyLock::new(|| {
    let mut names: FxHashMap<char, Vec<&'static str>> = FxHashMap::default();
    for name in include_str!("names.txt").lines().filter(|l| !l.starts_with('#')).flat_map(str::split_whitespace) {
        if let Some(last) = name.chars().next_back() {
            names.entry(last).or_default().push(name);
        }
    }
    names
});

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
