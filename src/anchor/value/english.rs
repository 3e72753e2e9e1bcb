//! What English says around numbers, and numbers that are none.

use super::read::{Draft, Reader, Special};
use super::{Direction, Hedge, Meaning, Unit};
use crate::anchor::Mention;
use crate::anchor::number;
use crate::anchor::view::{View, is_letter};

/// The English reader.
pub(super) struct English;

/// Phrases before a number, in lower case.
const HEDGES_BEFORE: [(&str, Hedge); 22] = [
    ("about", Hedge::About),
    ("around", Hedge::About),
    ("roughly", Hedge::About),
    ("approximately", Hedge::About),
    ("some", Hedge::About),
    ("more than", Hedge::Over),
    ("over", Hedge::Over),
    ("at least", Hedge::Over),
    ("above", Hedge::Over),
    ("upwards of", Hedge::Over),
    ("exceeding", Hedge::Over),
    ("exceeded", Hedge::Over),
    ("in excess of", Hedge::Over),
    ("nearly", Hedge::Under),
    ("almost", Hedge::Under),
    ("less than", Hedge::Under),
    ("fewer than", Hedge::Under),
    ("under", Hedge::Under),
    ("below", Hedge::Under),
    ("up to", Hedge::Under),
    ("at most", Hedge::Under),
    ("close to", Hedge::Under),
];

/// Phrases behind a number.
const HEDGES_BEHIND: [(&str, Hedge); 5] = [
    ("+", Hedge::Over),
    ("or more", Hedge::Over),
    ("or so", Hedge::About),
    ("plus", Hedge::Over),
    ("or less", Hedge::Under),
];

impl Reader for English {
    fn special(&self, view: &View, at: usize) -> Option<Special> {
        let c = view.at(at);
        if !c.is_ascii_alphabetic() || is_letter(view.before(at)) {
            return None;
        }
        let (word, end) = view.word(at);
        let times = match word.as_str() {
            "doubled" | "doubling" => 2,
            "tripled" | "tripling" => 3,
            "quadrupled" | "quadrupling" => 4,
            _ => return None,
        };
        Some(Special::Value(Draft::new(at, end, Meaning::Multiple(times.into()))))
    }

    fn number(&self, view: &View, at: usize, out: &mut Vec<Mention>) -> usize {
        number::read_english(view, at, out)
    }

    fn is_ordinal(&self, view: &View, start: usize, end: usize) -> bool {
        let tail: String = view.slice(end.saturating_sub(3).max(start), end).iter().collect::<String>().to_lowercase();
        ["st", "nd", "rd", "th"].iter().any(|t| tail.ends_with(t))
    }

    fn joins(&self, view: &View, start: usize, between: (usize, usize)) -> bool {
        let gap: String = view.slice(between.0, between.1).iter().collect::<String>().to_lowercase();
        match gap.trim() {
            "to" | "-" | "–" | "—" | "~" | "or" => true,
            "and" => before(view, start, "between").is_some(),
            _ => false,
        }
    }

    fn joins_dates(&self, view: &View, between: (usize, usize)) -> Option<bool> {
        let gap: String = view.slice(between.0, between.1).iter().collect::<String>().to_lowercase();
        match gap.trim() {
            "" | "of" | "," | "in" => Some(false),
            "of fiscal" | "of fiscal year" | "fiscal" | "fiscal year" => Some(true),
            _ => None,
        }
    }

    fn unit(&self, view: &View, at: usize) -> Option<(Unit, usize)> {
        let at = if matches!(view.at(at), '-' | '‑') { at + 1 } else { view.skip_blank(at) };
        Unit::english(view, at)
    }

    fn minus(&self, view: &View, start: usize) -> Option<usize> {
        before(view, start, "minus").or_else(|| before(view, start, "negative")).or_else(|| {
            let at = start.checked_sub(1)?;
            (matches!(view.at(at), '-' | '−') && !view.before(at).is_alphanumeric()).then_some(at)
        })
    }

    fn hedge_before(&self, view: &View, start: usize) -> Option<(Hedge, usize)> {
        HEDGES_BEFORE.iter().find_map(|&(words, hedge)| Some((hedge, before(view, start, words)?)))
    }

    fn hedge_behind(&self, view: &View, _: usize, end: usize) -> Option<(Hedge, usize)> {
        let at = view.skip_blank(end);
        HEDGES_BEHIND.iter().find_map(|&(words, hedge)| {
            let end = behind(view, if words == "+" { end } else { at }, words)?;
            Some((hedge, end))
        })
    }

    fn direction(&self, _: &View, _: &Draft, _: (usize, usize)) -> Option<Direction> {
        None
    }
}

/// Where `words` begin if they end before `start`, apart from it by one blank, at the start of a word.
fn before(view: &View, start: usize, words: &str) -> Option<usize> {
    let end = start.checked_sub(1).filter(|&i| view.at(i).is_whitespace())?;
    let begin = end.checked_sub(words.chars().count())?;
    let same = view.slice(begin, end).iter().zip(words.chars()).all(|(a, b)| a.eq_ignore_ascii_case(&b));
    (same && !is_letter(view.before(begin))).then_some(begin)
}

/// Where `words` end if they stand at `at` and no letter follows.
fn behind(view: &View, at: usize, words: &str) -> Option<usize> {
    let end = at + words.chars().count();
    let here = view.slice(at, end);
    let same = here.len() == end - at && here.iter().zip(words.chars()).all(|(a, b)| a.eq_ignore_ascii_case(&b));
    (same && !is_letter(view.at(end))).then_some(end)
}
