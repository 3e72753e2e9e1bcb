//! Which mentions of two texts are the same.

use std::collections::VecDeque;

use rustc_hash::FxHashMap;

use super::Mention;

/// Dates of one month that are tried for a partial match; a segment with more of them is a calendar.
const MOST_TRIED: usize = 8;

/// Pairs of indices into `en` and `zh`, ascending in the first: mentions with equal keys, one to one and in order, so that
/// a value said twice is matched once for each time. A date then matches one that says less (October 30 and
/// 2025年10月30日), and a word with its number a name that holds both, where no equal one is left.
pub fn shared(en: &[Mention], zh: &[Mention]) -> Vec<(usize, usize)> {
    let mut waiting: FxHashMap<&str, VecDeque<usize>> = FxHashMap::default();
    for (j, mention) in zh.iter().enumerate() {
        waiting.entry(mention.key.as_str()).or_default().push_back(j);
    }
    let mut pairs = Vec::new();
    let mut left = Vec::new();
    for (i, mention) in en.iter().enumerate() {
        match waiting.get_mut(mention.key.as_str()).and_then(VecDeque::pop_front) {
            Some(j) => pairs.push((i, j)),
            None => left.push(i),
        }
    }
    // "Trainium 2" read as a word and a number, against Trainium2.
    left.retain(|&i| {
        let Some(number) = en.get(i + 1).filter(|n| n.range.start == en[i].range.end + 1) else { return true };
        let joined = [en[i].key.as_str(), number.key.as_str()].concat();
        let found = waiting.get_mut(joined.as_str()).and_then(VecDeque::pop_front);
        pairs.extend(found.map(|j| (i, j)));
        found.is_none()
    });
    let mut months: FxHashMap<&str, VecDeque<usize>> = FxHashMap::default();
    let mut free: Vec<usize> = waiting.into_values().flatten().collect();
    // The map gives its values in no order of the text.
    free.sort_unstable();
    for j in free {
        if let Some(date) = Partial::of(&zh[j].key) {
            months.entry(date.month).or_default().push_back(j);
        }
    }
    for i in left {
        let Some(date) = Partial::of(&en[i].key) else { continue };
        let Some(open) = months.get_mut(date.month) else { continue };
        let fits = |&j: &usize| Partial::of(&zh[j].key).is_some_and(|other| date.agrees(&other));
        if let Some(at) = open.iter().take(MOST_TRIED).position(fits)
            && let Some(j) = open.remove(at)
        {
            pairs.push((i, j));
        }
    }
    pairs.sort_unstable();
    pairs
}

/// A date taken from its key; a part that is not given is empty.
struct Partial<'k> {
    year: &'k str,
    month: &'k str,
    day: &'k str,
}

impl<'k> Partial<'k> {
    fn of(key: &'k str) -> Option<Partial<'k>> {
        if let Some(month) = key.strip_prefix('m').filter(|m| !m.is_empty() && m.bytes().all(|b| b.is_ascii_digit())) {
            return Some(Partial { year: "", month, day: "" });
        }
        let date = key.strip_prefix("date:")?;
        let (year, rest) = match date.strip_prefix("--") {
            Some(rest) => ("", rest),
            None => date.split_once('-')?,
        };
        let (month, day) = rest.split_once('-').unwrap_or((rest, ""));
        // A month alone is written without a leading zero.
        Some(Partial { year, month: month.strip_prefix('0').unwrap_or(month), day })
    }

    fn agrees(&self, other: &Partial<'_>) -> bool {
        let fits = |a: &str, b: &str| a.is_empty() || b.is_empty() || a == b;
        fits(self.year, other.year) && self.month == other.month && fits(self.day, other.day)
    }
}
