//! What English says around numbers, and numbers that are none.

mod band;
mod bare;
mod change;
mod clock;
mod date;
mod direction;
mod fraction;
mod hedge;
mod multiple;
mod none;
mod number;
mod order;
mod words;
mod year;

use super::read::{Draft, Reader, Special};
use super::{Direction, Hedge, Number, Unit};
use crate::anchor::Mention;
use crate::anchor::view::{View, is_letter};
use bare::Bare;
use rust_decimal::Decimal;

/// Behind a verb of change, numbers farther apart than this factor are a change and what it comes to: "rose $2 to $86", but
/// "fell 3% to 5%".
const WIDEST: Decimal = Decimal::from_parts(3, 0, 0, false, 0);

/// The English reader.
pub(super) struct English;

impl Reader for English {
    fn special(&self, view: &View, at: usize) -> Option<Special> {
        let c = view.at(at);
        if let Some(found) = fraction::by_sign(view, at) {
            return Some(Special::Value(found));
        }
        if words::continues(view, at) {
            return None;
        }
        if c.is_ascii_digit() {
            if let Some(end) = none::by_digit(view, at) {
                return Some(Special::None(end));
            }
            if let Some(date) = date::by_digit(view, at) {
                return Some(Special::Value(date));
            }
            return clock::by_digit(view, at)
                .or_else(|| clock::in_words(view, at).map(Special::Value))
                .or_else(|| by_number(view, at).map(Special::Value));
        }
        if is_letter(c) {
            return by_letter(view, at);
        }
        if let Some(found) = number::bracketed(view, at).or_else(|| number::by_point(view, at)) {
            return Some(Special::Value(found));
        }
        // A currency sign.
        (!c.is_whitespace() && view.at(view.skip_blank(at + 1)).is_ascii_digit())
            .then(|| by_number(view, at))
            .flatten()
            .map(Special::Value)
    }

    fn number(&self, view: &View, at: usize, out: &mut Vec<Mention>) -> usize {
        crate::anchor::number::read_english(view, at, out)
    }

    fn is_ordinal(&self, view: &View, start: usize, end: usize) -> bool {
        is_ordinal(view, start, end)
    }

    fn joins(&self, view: &View, start: usize, between: (usize, usize), range: &Number) -> bool {
        let gap: String = view.slice(between.0, between.1).iter().collect::<String>().to_lowercase();
        match gap.trim() {
            // "Rose from 5% to 7%" is two levels, "rose $2 to $86" a change and a level.
            "to" => match words::follows(view, start, &["from"]) {
                true => !direction::moves(view, start),
                false => !is_wide(range) || !direction::moves(view, start),
            },
            "-" | "–" | "—" | "~" | "‑" | "or" => true,
            "and" => words::follows(view, start, &["between"]),
            _ => false,
        }
    }

    fn joins_dates(&self, view: &View, between: (usize, usize)) -> Option<bool> {
        let gap: String = view.slice(between.0, between.1).iter().collect::<String>().to_lowercase();
        match gap.trim() {
            "" | "of" | "," | "in" | "of the" | "/" => Some(false),
            _ => None,
        }
    }

    fn unit(&self, view: &View, at: usize) -> Option<(Unit, usize)> {
        // "15 million year on year".
        let (word, end) = words::ahead(view, at).unwrap_or_default();
        if words::any_behind(view, end, &["on", "over"]).is_some_and(|next| words::behind(view, next, &word).is_some())
        {
            return None;
        }
        let direct = Unit::english(view, words::joint(view, at));
        direct.or_else(|| Unit::english(view, words::joint(view, hedge::skip_inner(view, at)?)))
    }

    fn minus(&self, view: &View, start: usize) -> Option<usize> {
        hedge::minus(view, start)
    }

    fn hedge_before(&self, view: &View, start: usize) -> Option<(Hedge, usize)> {
        hedge::hedge_before(view, start)
    }

    fn hedge_behind(&self, view: &View, start: usize, end: usize) -> Option<(Hedge, usize)> {
        hedge::hedge_behind(view, start, end)
    }

    fn direction(&self, view: &View, draft: &Draft, clause: (usize, usize)) -> Option<Direction> {
        direction::direction(view, draft, clause)
    }
}

/// Whether the upper end of a range is more than [`WIDEST`] times the lower.
fn is_wide(range: &Number) -> bool {
    range.low.checked_mul(WIDEST).zip(range.high).is_none_or(|(most, high)| high > most)
}

/// What begins with the letter at `at`, the first of a word.
fn by_letter(view: &View, at: usize) -> Option<Special> {
    if let Some(end) = none::by_letter(view, at) {
        return Some(Special::None(end));
    }
    let found = date::by_letter(view, at)
        .or_else(|| clock::in_words(view, at))
        .or_else(|| order::read(view, at))
        .or_else(|| band::read(view, at))
        .or_else(|| multiple::by_word(view, at))
        .or_else(|| fraction::by_word(view, at))
        .or_else(|| number::by_article(view, at))
        .or_else(|| number::from_one(view, at))
        .or_else(|| bare::may_begin(view, at).then(|| by_number(view, at)).flatten());
    found.map(Special::Value)
}

/// A number at `at` with what stands behind it.
fn by_number(view: &View, at: usize) -> Option<Draft> {
    let bare = Bare::read(view, at)?;
    fraction::by_number(view, at, &bare)
        .or_else(|| multiple::by_number(view, at, &bare))
        .or_else(|| number::by_number(view, at, &bare))
        .or_else(|| number::lone_one(view, at, &bare))
}

/// Whether the number at `start..end` is one of a row: 18th, "eighteenth", "twenty-first".
fn is_ordinal(view: &View, start: usize, end: usize) -> bool {
    let tail: String = view.slice(end.saturating_sub(8).max(start), end).iter().collect::<String>().to_lowercase();
    let suffix = ["st", "nd", "rd", "th"].iter().any(|t| tail.ends_with(t));
    suffix && !tail.ends_with("thousand")
}
