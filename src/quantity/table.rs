//! Tables of vocabulary: tab-separated rows. `|` separates the words of a cell, and comments follow `#`.

use std::hash::Hash;

use rustc_hash::FxHashMap;

/// The rows of a table without its comments, as cells.
pub(super) fn rows(table: &'static str) -> impl Iterator<Item = Vec<&'static str>> {
    let kept = table.lines().filter(|l| !l.starts_with('#') && !l.trim().is_empty());
    kept.map(|l| l.split('\t').map(str::trim).collect())
}

/// The words of a cell.
pub(super) fn words(cell: &'static str) -> impl Iterator<Item = &'static str> {
    cell.split('|').map(str::trim).filter(|w| !w.is_empty())
}

/// Phrases of words or characters (`K`) with their meanings (`S`). A phrase may have several meanings. Longer phrases
/// are found first, and among phrases of equal length the one that was added first.
pub(super) struct Phrases<K, S> {
    by_first: Index<K, S>,
    by_last: Index<K, S>,
}

/// Phrases by one of their words.
type Index<K, S> = FxHashMap<K, Vec<(Box<[K]>, S)>>;

impl<K: Copy + Eq + Hash, S: Copy> Phrases<K, S> {
    pub(super) fn new(phrases: impl IntoIterator<Item = (Vec<K>, S)>) -> Phrases<K, S> {
        let mut found = Phrases { by_first: FxHashMap::default(), by_last: FxHashMap::default() };
        for (phrase, sense) in phrases {
            let phrase: Box<[K]> = phrase.into();
            if let (Some(&first), Some(&last)) = (phrase.first(), phrase.last()) {
                found.by_first.entry(first).or_insert_with(Vec::new).push((phrase.clone(), sense));
                found.by_last.entry(last).or_insert_with(Vec::new).push((phrase, sense));
            }
        }
        for all in found.by_first.values_mut().chain(found.by_last.values_mut()) {
            // The sort is stable.
            all.sort_by_key(|(phrase, _)| std::cmp::Reverse(phrase.len()));
        }
        found
    }

    /// Whether a phrase begins with `key`.
    pub(super) fn begins(&self, key: K) -> bool {
        self.by_first.contains_key(&key)
    }

    /// The longest phrase at `at` with a meaning that `pick` accepts: the result of `pick`, and the index after the
    /// phrase. `key` returns the word or character at an index.
    pub(super) fn at<T>(
        &self,
        key: impl Fn(usize) -> Option<K>,
        at: usize,
        pick: impl Fn(S) -> Option<T>,
    ) -> Option<(T, usize)> {
        let stands = |phrase: &[K]| phrase.iter().enumerate().all(|(n, k)| key(at + n) == Some(*k));
        let all = self.by_first.get(&key(at)?)?;
        all.iter().filter(|(phrase, _)| stands(phrase)).find_map(|(phrase, s)| Some((pick(*s)?, at + phrase.len())))
    }

    /// The longest phrase that ends before `end` with a meaning that `pick` accepts: the result of `pick`, and the
    /// first index of the phrase.
    pub(super) fn before<T>(
        &self,
        key: impl Fn(usize) -> Option<K>,
        end: usize,
        pick: impl Fn(S) -> Option<T>,
    ) -> Option<(T, usize)> {
        let all = self.by_last.get(&key(end.checked_sub(1)?)?)?;
        all.iter().find_map(|(phrase, s)| {
            let start = end.checked_sub(phrase.len())?;
            let stands = phrase.iter().enumerate().all(|(n, k)| key(start + n) == Some(*k));
            if stands { Some((pick(*s)?, start)) } else { None }
        })
    }
}
