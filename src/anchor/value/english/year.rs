//! Years and decades: "in 2025", "the 2025 season", "1748–1832", '98, "nineteen eighty-four", the 1990s, "the nineties".

use super::date::{figures, year};
use super::words::{ahead, back, follows, joint, preceding};
use crate::anchor::number;
use crate::anchor::value::read::Draft;
use crate::anchor::value::{Date, Meaning, Unit};
use crate::anchor::view::{View, is_letter};

/// Reads the year or the decade whose first word stands at `at`.
pub(super) fn by_word(view: &View, at: usize) -> Option<Draft> {
    let (word, end) = view.word(at);
    decade_in_words(view, at, &word, end).or_else(|| year_in_words(view, at, &word))
}

/// Reads the year or the decade that begins with the digit at `at`.
pub(super) fn by_digit(view: &View, at: usize) -> Option<Draft> {
    decade(view, at).or_else(|| short_year(view, at)).or_else(|| plain_year(view, at))
}

/// "Nineteen eighty-four", "twenty twenty-five".
fn year_in_words(view: &View, at: usize, word: &str) -> Option<Draft> {
    if !matches!(word, "sixteen" | "seventeen" | "eighteen" | "nineteen" | "twenty") {
        return None;
    }
    let mut found = Vec::new();
    number::read_english(view, at, &mut found);
    let [mention] = found.as_slice() else { return None };
    let end = view.index(mention.range.end);
    let year = mention.value.and_then(|v| u16::try_from(v).ok()).filter(|y| (1600..2100).contains(y))?;
    let words: String = view.slice(at, end).iter().collect::<String>().to_lowercase();
    let plain = mention.unit.is_none() && !words.contains("hundred") && !is_counted(view, end);
    let date = Date { year: Some(year), ..Date::default() };
    plain.then(|| Draft::new(at, end, Meaning::Date(date)))
}

/// "The nineties", "the early sixties", "the nineteen-eighties".
fn decade_in_words(view: &View, at: usize, word: &str, end: usize) -> Option<Draft> {
    const DECADES: &[&str] =
        &["twenties", "thirties", "forties", "fifties", "sixties", "seventies", "eighties", "nineties"];
    let decade = |word: &str| DECADES.iter().zip(2u16..).find(|(w, _)| **w == word).map(|(_, n)| n * 10);
    let century = match word {
        "seventeen" => Some(1700),
        "eighteen" => Some(1800),
        "nineteen" => Some(1900),
        "twenty" => Some(2000),
        _ => None,
    };
    let (years, end) = match century {
        Some(century) => {
            let (word, end) = ahead(view, end)?;
            (century + decade(&word)?, end)
        }
        // Ages and temperatures are in their thirties too.
        None => (1900 + decade(word).filter(|_| of_a_decade(view, at))?, end),
    };
    Some(Draft::new(at, end, Meaning::Date(Date { year: Some(years), decade: true, ..Date::default() })))
}

/// Whether "the", "the early" or the like stands before `at`.
fn of_a_decade(view: &View, at: usize) -> bool {
    let words = preceding(view, at, 2);
    let word = |k: usize| words.get(k).map_or("", |w| w.0.as_str());
    word(0) == "the" || (word(1) == "the" && matches!(word(0), "early" | "late" | "mid" | "roaring" | "swinging"))
}

/// `'98` behind "in" and the like; `at` is the first digit.
fn short_year(view: &View, at: usize) -> Option<Draft> {
    let start = at.checked_sub(1).filter(|&i| matches!(view.at(i), '\'' | '’' | '‘'))?;
    let (year, end) = year(view, start, false)?;
    let meant = follows(
        view,
        start,
        &["in", "of", "since", "from", "until", "by", "before", "after", "summer", "early", "late"],
    );
    let date = Date { year: Some(year), ..Date::default() };
    meant.then(|| Draft::new(start, end, Meaning::Date(date)))
}

/// `1990s`, `the 90s`, `the '90s`, `1990's`; `at` is the first digit.
fn decade(view: &View, at: usize) -> Option<Draft> {
    let apostrophe = usize::from(matches!(view.before(at), '\'' | '’' | '‘'));
    let full = figures(view, at, 4).filter(|(y, _)| (1000..3000).contains(y) && y % 10 == 0);
    let (year, end) = match full {
        Some(found) => found,
        None => {
            let (two, end) = figures(view, at, 2).filter(|(y, _)| y % 10 == 0)?;
            let early = if two == 0 || two == 10 { 2000 } else { 1900 };
            (early + two, end)
        }
    };
    let end = if matches!(view.at(end), '\'' | '’') { end + 1 } else { end };
    let plural = view.at(end) == 's' && !view.at(end + 1).is_alphanumeric();
    let start = at - apostrophe;
    let meant = full.is_some() || of_a_decade(view, start) || apostrophe > 0;
    let date = Date { year: Some(year), decade: true, ..Date::default() };
    (plural && meant).then(|| Draft::new(start, end + 1, Meaning::Date(date)))
}

/// Words before a year.
const BEFORE_YEAR: &[&str] = &[
    "in", "since", "until", "till", "during", "year", "early", "late", "mid", "summer", "spring", "autumn", "winter",
    "fall",
];
/// Words that stand before years and before other numbers.
const BEFORE_EITHER: &[&str] = &["by", "before", "after", "from", "around", "between", "circa", "of"];
/// Words between which and a noun four digits that are not round are a year: "the 2025 elections".
const DETERMINERS: &[&str] = &["the", "our", "its", "their", "quarter", "half", "year", "full", "calendar"];
/// Words before the number of something.
const NUMBERED: &[&str] = &[
    "room", "flight", "no", "number", "page", "route", "model", "bus", "train", "line", "suite", "section", "psalm",
    "iso", "rfc", "form",
];

/// Four digits that count nothing: "the 2025 season", "in 2025 revenue grew". Counts of that size mostly have a comma, or
/// are round ("2000 people").
fn plain_year(view: &View, at: usize) -> Option<Draft> {
    let (year, end) = year(view, at, false).filter(|(y, _)| (1000..2100).contains(y))?;
    let found = || {
        let date = Date { year: Some(year), ..Date::default() };
        Some(Draft::new(at, end, Meaning::Date(date)))
    };
    // "2024-25" has more than four digits.
    if end > at + 4 || ranges(view, at, year, end) {
        return found();
    }
    let sign = matches!(view.before(at), '$' | '£' | '€' | '¥' | '#' | '.' | ',' | '-' | '–' | '/' | ':' | '\'');
    // A range, a date, a price or a measure.
    if sign || matches!(view.at(end), '-' | '–' | '/' | ':') || follows(view, at, NUMBERED) || is_counted(view, end) {
        return None;
    }
    // "(1731)", "[London, 1731]".
    let open = matches!(view.before(at), '(' | '[') || (view.before(at) == ' ' && view.before(at - 1) == ',');
    let dated = follows(view, at, BEFORE_YEAR) || (open && matches!(view.at(end), ')' | ']'));
    let Some((word, next)) = ahead(view, end) else {
        let likely = dated || follows(view, at, BEFORE_EITHER);
        return if likely && !view.at(view.skip_blank(end)).is_ascii_digit() { found() } else { None };
    };
    let plural = word.ends_with('s') && is_plural(view, next);
    let likely = year % 100 != 0 && year >= 1800 && (follows(view, at, DETERMINERS) || !plural);
    if dated || likely || (follows(view, at, BEFORE_EITHER) && !plural) { found() } else { None }
}

/// Whether a year stands before or behind the year at `at` that makes a span with it: "1748–1832", "1880 to 1920".
fn ranges(view: &View, at: usize, this: u16, end: usize) -> bool {
    let is_year = |place: usize| figures(view, place, 4).filter(|(y, _)| (1000..2100).contains(y));
    if matches!(view.at(end), '-' | '–' | '—') {
        return is_year(end + 1).is_some_and(|(next, stop)| next > this && !is_counted(view, stop));
    }
    let stop = match view.before(at) {
        '-' | '–' | '—' => Some(at - 1),
        _ => {
            back(view, at).filter(|(word, _)| matches!(word.as_str(), "to" | "until" | "through" | "and")).map(|w| w.1)
        }
    };
    let Some(stop) = stop else { return false };
    let stop = if view.before(stop) == ' ' { stop - 1 } else { stop };
    let Some(start) = stop.checked_sub(4).filter(|&s| !view.before(s).is_alphanumeric()) else { return false };
    let grouped = matches!(view.before(start), ',' | '.' | '$' | '£' | '€');
    is_year(start).is_some_and(|(last, _)| last < this) && !grouped && !is_counted(view, end)
}

/// Whether a measure or a word for what is counted stands behind `end`.
fn is_counted(view: &View, end: usize) -> bool {
    let word = ahead(view, end).map(|(word, _)| word).unwrap_or_default();
    Unit::english(view, joint(view, end)).is_some()
        || view.at(end) == '%'
        || matches!(
            word.as_str(),
            "percent"
                | "per"
                | "basis"
                | "bps"
                | "people"
                | "times"
                | "dollars"
                | "yuan"
                | "yen"
                | "euros"
                | "rmb"
                | "points"
                | "hundred"
                | "thousand"
                | "million"
                | "billion"
                | "trillion"
                | "square"
                | "or"
                | "won"
                | "men"
                | "women"
                | "children"
        )
}

/// Whether the word that ends at `end` is a plural, as far as letters tell: "units", not "was", "this", "loss".
fn is_plural(view: &View, end: usize) -> bool {
    let length = view.slice(end.saturating_sub(5), end).iter().rev().take_while(|c| is_letter(**c)).count();
    length >= 5 && !matches!(view.at(end.saturating_sub(2)), 's' | 'u' | 'i')
}
