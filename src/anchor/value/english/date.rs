//! Fiscal years, quarters and halves with their year, days in words, and dates in figures with slashes.

use super::words::{ahead, any_behind, behind, joint, preceding};
use super::year;
use crate::anchor::number;
use crate::anchor::value::read::Draft;
use crate::anchor::value::{Date, Meaning};
use crate::anchor::view::{View, is_letter};

/// Two digits of a year from here on are of the last century: '98 is 1998, '25 is 2025.
const LAST_CENTURY: u16 = 50;

/// The number of exactly `digits` digits at `at`, and the index behind it.
pub(super) fn figures(view: &View, at: usize, digits: usize) -> Option<(u16, usize)> {
    let end = at + digits;
    let number = view.slice(at, end).iter().try_fold(0u16, |n, c| Some(n * 10 + c.to_digit(10)? as u16))?;
    (view.slice(at, end).len() == digits && !view.at(end).is_ascii_digit()).then_some((number, end))
}

/// `2025` or, where `short`, `25`, `'25`.
pub(super) fn year(view: &View, at: usize, short: bool) -> Option<(u16, usize)> {
    let apostrophe = usize::from(matches!(view.at(at), '\'' | '’' | '‘'));
    let full = figures(view, at, 4).filter(|(y, _)| (1000..3000).contains(y));
    let found = full.or_else(|| {
        let (two, end) = figures(view, at + apostrophe, 2).filter(|_| short || apostrophe > 0)?;
        Some((if two < LAST_CENTURY { 2000 + two } else { 1900 + two }, end))
    });
    found.map(|(year, end)| (year, season(view, year, end))).filter(|&(_, end)| {
        let decimal = matches!(view.at(end), '.' | ',') && view.at(end + 1).is_ascii_digit();
        !decimal && !is_letter(view.at(end)) && view.at(end) != '%'
    })
}

/// The index behind the rest of a season or fiscal year of two calendar years: "2023/24". It counts as its first year.
fn season(view: &View, year: u16, end: usize) -> usize {
    let next = matches!(view.at(end), '/' | '-' | '–').then(|| figures(view, end + 1, 2)).flatten();
    next.filter(|&(short, _)| short == (year + 1) % 100).map_or(end, |(_, stop)| stop)
}

/// `FY25`, `FY 2025`, `fiscal 2026`, `fiscal year '26`, `fiscal-year 2025`: the year.
fn fiscal_year(view: &View, at: usize) -> Option<(u16, usize)> {
    let (word, end) = view.word(at);
    let next = match word.as_str() {
        "fy" => return year(view, view.skip_blank(end), true),
        "fiscal" => behind(view, end, "year").unwrap_or(end),
        "financial" => behind(view, end, "year")?,
        _ => return None,
    };
    year(view, joint(view, next), false)
}

/// A year behind a quarter or a half: "Q3 2025", "Q3'25", "1H25", "H1 of fiscal 2025", "the first half of 2025".
fn year_behind(view: &View, end: usize, short: bool) -> Option<(u16, bool, usize)> {
    let next = if matches!(view.at(end), ',' | '/') { end + 1 } else { end };
    let next = any_behind(view, next, &["of the", "of", "in"]).unwrap_or(next);
    let next = joint(view, next);
    if let Some((year, end)) = fiscal_year(view, next) {
        return Some((year, true, end));
    }
    // "1H25", "Q3-25".
    let (year, end) = year(view, next, (short && next == end) || view.at(end) == '-')?;
    Some((year, false, end))
}

/// A part of a year, with its year if that stands behind it.
fn part(view: &View, at: usize, end: usize, part: Date, short: bool) -> Draft {
    let (date, end) = match year_behind(view, end, short) {
        Some((year, fiscal, end)) => (Date { year: Some(year), fiscal: fiscal || part.fiscal, ..part }, end),
        None => (Date { fiscal: false, ..part }, end),
    };
    Draft::new(at, end, Meaning::Date(date))
}

/// The quarter or half `n` that `letter` names.
fn named(n: u32, letter: char) -> Option<Date> {
    let n = u8::try_from(n).ok()?;
    match letter {
        'Q' | 'q' if (1..=4).contains(&n) => Some(Date { quarter: Some(n), ..Date::default() }),
        'H' if (1..=2).contains(&n) => Some(Date { half: Some(n), ..Date::default() }),
        _ => None,
    }
}

/// Reads the date that begins at `at`, a letter at the start of a word or an apostrophe.
pub(super) fn by_letter(view: &View, at: usize) -> Option<Draft> {
    if let Some((year, end)) = fiscal_year(view, at) {
        let year = Date { year: Some(year), fiscal: true, ..Date::default() };
        return Some(Draft::new(at, end, Meaning::Date(year)));
    }
    if let Some(date) = quarters(view, at).or_else(|| day_in_words(view, at)) {
        return Some(date);
    }
    // Q3, H1.
    let figure = view.at(at + 1).to_digit(10).filter(|_| !view.at(at + 2).is_ascii_digit());
    if let Some(date) = figure.and_then(|n| named(n, view.at(at))) {
        let end = at + 2;
        let glued = view.word(end).0 == "fy";
        let clear = glued || !(is_letter(view.at(end)) || view.at(end) == '-' && is_letter(view.at(end + 1)));
        return clear.then(|| part(view, at, end, date, false));
    }
    let (word, end) = view.word(at);
    match word.as_str() {
        "first" | "second" => half(view, at, if word == "first" { 1 } else { 2 }, end),
        "fiscal" => fiscal_quarter(view, at, end),
        _ => year::by_word(view, at),
    }
}

/// "The fourth of July", "October the thirtieth, 2025".
fn day_in_words(view: &View, at: usize) -> Option<Draft> {
    let (month, day, stop) = match month(view, at) {
        Some((month, end)) => {
            let (day, stop) = ordinal_day(view, view.skip_blank(behind(view, end, "the").unwrap_or(end)))?;
            (month, day, stop)
        }
        None => {
            let (day, end) = ordinal_day(view, at)?;
            let (month, stop) = month(view, view.skip_blank(behind(view, end, "of")?))?;
            (month, day, stop)
        }
    };
    let next = view.skip_blank(if view.at(stop) == ',' { stop + 1 } else { stop });
    let year = year(view, next, false).filter(|_| next > stop);
    let end = year.map_or(stop, |y| y.1);
    let date = Date { year: year.map(|y| y.0), month: Some(month), day: Some(day), ..Date::default() };
    Some(Draft::new(at, end, Meaning::Date(date)))
}

/// A month's name at `at`, in full and with a capital.
fn month(view: &View, at: usize) -> Option<(u8, usize)> {
    let (word, end) = view.word(at);
    let (_, month) =
        number::MONTHS.iter().zip(1u8..).find(|(name, _)| **name == word).filter(|_| view.at(at).is_uppercase())?;
    Some((month, end))
}

/// A day in words at `at`: "thirtieth", "twenty-first".
fn ordinal_day(view: &View, at: usize) -> Option<(u8, usize)> {
    if !is_letter(view.at(at)) {
        return None;
    }
    let lone = match view.word(at) {
        (word, end) if word == "first" => Some((1, end)),
        (word, end) if word == "second" => Some((2, end)),
        _ => None,
    };
    lone.or_else(|| {
        let (word, end) = view.word(at);
        let ordinal = ["th", "ird", "rst", "ond"].iter().any(|tail| word.ends_with(tail));
        if !(ordinal || view.at(end) == '-' && word.ends_with("ty")) {
            return None;
        }
        let mut found = Vec::new();
        number::read_english(view, at, &mut found);
        let [mention] = found.as_slice() else { return None };
        let end = view.index(mention.range.end);
        let day = mention.value.and_then(|v| u8::try_from(v).ok()).filter(|d| (1..=31).contains(d))?;
        super::is_ordinal(view, at, end).then_some((day, end))
    })
}

/// "The first half of 2025", "second-half profit". A half of something else is no date: "the first half of the match".
fn half(view: &View, at: usize, n: u8, end: usize) -> Option<Draft> {
    let end = behind(view, end, "fiscal").unwrap_or(end);
    let end = behind(view, end, "half")?;
    let date = Date { half: Some(n), ..Date::default() };
    let found = part(view, at, end, date, false);
    let of = behind(view, end, "of");
    let of_year = [
        "of the year",
        "of this year",
        "of last year",
        "of next year",
        "of the fiscal year",
        "of our fiscal year",
        "of the financial year",
        "of fiscal year",
    ];
    let business = ahead(view, end).is_some_and(|(word, _)| {
        let words = [
            "results",
            "profit",
            "profits",
            "revenue",
            "revenues",
            "sales",
            "earnings",
            "net",
            "operating",
            "guidance",
        ];
        words.contains(&word.as_str())
    });
    let year = found.end > end;
    // "In the second half" of whatever year is spoken of.
    let words = preceding(view, at, 2);
    let word = |k: usize| words.get(k).map_or("", |w: &(String, usize)| w.0.as_str());
    let spoken = word(0) == "the" && matches!(word(1), "in" | "for" | "during" | "through" | "by" | "into");
    (year || any_behind(view, end, &of_year).is_some() || (of.is_none() && (business || spoken))).then_some(found)
}

/// "Fiscal third quarter 2025", "fiscal Q3 2025".
fn fiscal_quarter(view: &View, at: usize, end: usize) -> Option<Draft> {
    let next = joint(view, end);
    let figure = matches!(view.at(next), 'Q' | 'q').then(|| view.at(next + 1).to_digit(10)).flatten();
    let (n, end) = match figure {
        Some(n) => (n, next + 2),
        None => {
            let (word, end) = view.word(next);
            let n = ["first", "second", "third", "fourth"].iter().position(|w| *w == word)?;
            (n as u32 + 1, behind(view, end, "quarter")?)
        }
    };
    let date = Date { fiscal: true, ..named(n, 'Q')? };
    Some(part(view, at, end, date, false))
}

/// Reads the date that begins with the digit at `at`.
pub(super) fn by_digit(view: &View, at: usize) -> Option<Draft> {
    slashed(view, at)
        .or_else(|| ordinal_part(view, at))
        .or_else(|| leading_figure(view, at))
        .or_else(|| year::by_digit(view, at))
}

/// `10/30/2025`, `30.10.2025`: with slashes the month comes first where both can be a month.
fn slashed(view: &View, at: usize) -> Option<Draft> {
    let two = |at: usize| figures(view, at, 2).or_else(|| figures(view, at, 1));
    let (first, end) = two(at)?;
    let mark = view.at(end);
    if !matches!(mark, '/' | '.' | '-') {
        return None;
    }
    let (second, end) = two(end + 1)?;
    let (year, end) = figures(view, end + 1, 4).filter(|&(y, _)| view.at(end) == mark && (1000..3000).contains(&y))?;
    let american = mark == '/' && first <= 12 || second > 12;
    let (month, day) = if american { (first, second) } else { (second, first) };
    let fits = (1..=12).contains(&month) && (1..=31).contains(&day) && !is_letter(view.at(end));
    let date =
        Date { year: Some(year), month: u8::try_from(month).ok(), day: u8::try_from(day).ok(), ..Date::default() };
    fits.then(|| Draft::new(at, end, Meaning::Date(date)))
}

/// "3rd quarter", "1st half of 2025".
fn ordinal_part(view: &View, at: usize) -> Option<Draft> {
    let n = view.at(at).to_digit(10)?;
    let (suffix, end) = view.word(at + 1);
    if !matches!(suffix.as_str(), "st" | "nd" | "rd" | "th") {
        return None;
    }
    if let Some(end) = any_behind(view, end, &["quarter", "fiscal quarter"]) {
        return Some(part(view, at, end, named(n, 'Q')?, false));
    }
    half(view, at, u8::try_from(n).ok().filter(|n| (1..=2).contains(n))?, end)
}

/// "Third and fourth quarters": the first of them, or the last.
fn quarters(view: &View, at: usize) -> Option<Draft> {
    const ROW: &[&str] = &["first", "second", "third", "fourth"];
    let nth = |word: &str| ROW.iter().position(|w| *w == word).map(|i| i as u32 + 1);
    let (word, end) = view.word(at);
    let n = nth(&word)?;
    if let Some(end) = behind(view, end, "quarters") {
        return Some(part(view, at, end, named(n, 'Q')?, false));
    }
    let next = any_behind(view, end, &["and", "or", "to", "through"])?;
    let (_, stop) = ahead(view, next).filter(|(word, _)| nth(word).is_some())?;
    any_behind(view, stop, &["quarter", "quarters"])?;
    Some(Draft::new(at, end, Meaning::Date(named(n, 'Q')?)))
}

/// `1H25`, `3Q 2025`, `2H`.
fn leading_figure(view: &View, at: usize) -> Option<Draft> {
    let n = view.at(at).to_digit(10)?;
    let date = named(n, view.at(at + 1)).filter(|_| view.at(at + 1).is_uppercase())?;
    let end = at + 2;
    let clear = !is_letter(view.at(end)) || view.word(end).0 == "fy";
    clear.then(|| part(view, at, end, date, true))
}
