//! Orders of magnitude: "dozens", "tens of thousands", "several hundred million dollars", "multibillion-dollar".

use super::words::{ahead, any_behind, behind, joint};
use crate::anchor::number;
use crate::anchor::value::read::Draft;
use crate::anchor::value::{Meaning, Unit};
use crate::anchor::view::View;

use rust_decimal::Decimal;

/// Zeros of a plural, or of the singular behind "several".
fn zeros(word: &str, plural: bool) -> Option<u32> {
    let word = if plural { word.strip_suffix('s')? } else { word };
    Some(match word {
        "dozen" => 1,
        "ten" if plural => 1,
        "hundred" => 2,
        "thousand" => 3,
        "million" => 6,
        "billion" => 9,
        "trillion" => 12,
        _ => return None,
    })
}

/// Reads the order that begins at `at`, a letter at the start of a word.
pub(super) fn read(view: &View, at: usize) -> Option<Draft> {
    let (word, end) = view.word(at);
    if let Some(first) = zeros(&word, true) {
        return plural(view, at, first, end);
    }
    let end = match word.as_str() {
        "several" | "many" => end,
        "a" => any_behind(view, end, &["few", "couple of", "couple"])?,
        "few" => end,
        _ => return multiple_of(view, at, &word, end),
    };
    // "A few dozen", "several hundred thousand", "several million dollars".
    let (word, next) = ahead(view, end)?;
    let mut total = zeros(&word, false)?;
    let mut end = next;
    if let Some((more, next)) = ahead(view, end).and_then(|(w, next)| Some((zeros(&w, false)?, next))) {
        (total, end) = (total + more, next);
    }
    // "A few tens of", "many hundreds" begin anew at the plural.
    Some(with_unit(view, at, total, end))
}

/// "Hundreds of millions of dollars" from behind the first word.
fn plural(view: &View, at: usize, first: u32, end: usize) -> Option<Draft> {
    let (mut total, mut end) = (first, end);
    // "Hundreds and hundreds", "thousands upon thousands".
    for link in ["and", "upon", "on"] {
        let again = behind(view, end, link).and_then(|next| ahead(view, next));
        if let Some((_, next)) = again.filter(|(word, _)| zeros(word, true) == Some(first)) {
            end = next;
        }
    }
    while total < 12
        && let Some((word, next)) = behind(view, end, "of").and_then(|next| ahead(view, next))
        && let Some(more) = zeros(&word, true).filter(|&more| more > 1)
    {
        (total, end) = (total + more, next);
    }
    // "Tens" by itself counts little.
    let lone = first == 1 && total == 1 && view.at(at).eq_ignore_ascii_case(&'t');
    (!lone || behind(view, end, "of").is_some()).then(|| with_unit(view, at, total, end))
}

/// "Multibillion-dollar", "multi-million".
fn multiple_of(view: &View, at: usize, word: &str, end: usize) -> Option<Draft> {
    let (rest, end) = match word.strip_prefix("multi")? {
        "" => ahead(view, end)?,
        rest => (rest.to_owned(), end),
    };
    let total = zeros(&rest, false).filter(|&z| z > 1)?;
    Some(with_unit(view, at, total, end))
}

/// Takes in the unit: "hundreds of miles", "several million dollars".
fn with_unit(view: &View, at: usize, zeros: u32, end: usize) -> Draft {
    let next = behind(view, end, "of").unwrap_or(end);
    let currency = number::english_tail(view, Decimal::ONE, next)
        .filter(|&(value, _, unit, _)| value == Decimal::ONE && unit.is_some())
        .and_then(|(_, _, unit, end)| Some((Unit::of_symbol(unit?)?, end)));
    let unit = currency.or_else(|| Unit::english(view, joint(view, next)));
    let meaning = Meaning::Order { zeros, unit: unit.map(|u| u.0) };
    Draft::new(at, unit.map_or(end, |u| u.1), meaning)
}
