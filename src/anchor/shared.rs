//! Which mentions of two texts are the same.

use std::collections::VecDeque;

use rustc_hash::FxHashMap;

use super::{AnchorKey, Mention};
use crate::quantity::{Date, Key};

/// The most dates of one month or quarter that are tried for a partial match. A segment with more of them is a
/// calendar.
const MAX_TRIED: usize = 8;

/// Pairs of indices into `en` and `zh`, ascending in the first: mentions with equal keys, one to one and in order, so that
/// a value said twice is matched once for each time. A date then matches one that says less (October 30 and
/// 2025年10月30日, 第二季度 and "the second quarter of 2026"). A word and its number can match a name that contains both, if
/// no equal name is left.
pub fn shared(en: &[Mention], zh: &[Mention]) -> Vec<(usize, usize)> {
    let mut waiting: FxHashMap<&AnchorKey, VecDeque<usize>> = FxHashMap::default();
    for (j, mention) in zh.iter().enumerate() {
        waiting.entry(&mention.key).or_default().push_back(j);
    }
    let mut pairs = Vec::new();
    let mut left = Vec::new();
    for (i, mention) in en.iter().enumerate() {
        match waiting.get_mut(&mention.key).and_then(VecDeque::pop_front) {
            Some(j) => pairs.push((i, j)),
            None => left.push(i),
        }
    }
    // "Trainium 2" read as a word and a number, against Trainium2.
    left.retain(|&i| {
        let Some(number) = en.get(i + 1).filter(|n| n.range.start == en[i].range.end + 1) else { return true };
        let joined = AnchorKey::Text(format!("{}{}", en[i].key, number.key));
        let found = waiting.get_mut(&joined).and_then(VecDeque::pop_front);
        pairs.extend(found.map(|j| (i, j)));
        found.is_none()
    });
    let mut parts: FxHashMap<Part, VecDeque<usize>> = FxHashMap::default();
    let mut free: Vec<usize> = waiting.into_values().flatten().collect();
    // The map gives its values in no order of the text.
    free.sort_unstable();
    for j in free {
        if let Some((_, part)) = dated(&zh[j]) {
            parts.entry(part).or_default().push_back(j);
        }
    }
    for i in left {
        let Some((date, part)) = dated(&en[i]) else { continue };
        let Some(open) = parts.get_mut(&part) else { continue };
        let fits = |&j: &usize| dated(&zh[j]).is_some_and(|(other, _)| date.agrees(other));
        if let Some(at) = open.iter().take(MAX_TRIED).position(fits)
            && let Some(j) = open.remove(at)
        {
            pairs.push((i, j));
        }
    }
    pairs.sort_unstable();
    pairs
}

/// The parts that must be equal for two dates to match when they state different parts: month, quarter and half.
type Part = (Option<u8>, Option<u8>, Option<u8>);

/// A date that gives more than the year, and its part.
fn dated(mention: &Mention) -> Option<(Date, Part)> {
    match mention.key {
        AnchorKey::Value(Key::Date(date)) => Some((date, (date.month, date.quarter, date.half))),
        _ => None,
    }
}
