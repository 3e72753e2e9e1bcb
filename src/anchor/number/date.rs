//! Dates, months, quarters and times of day.
//!
//! Keys: `date:2025-10-30`, `date:2025-10`, `date:--10-30`, `m10`, `q3`, `time:9:30`. A year alone is a plain number.

use rust_decimal::Decimal;

use super::{YEAR, digits, hanzi, push};
use crate::anchor::view::{View, is_letter};
use crate::anchor::{AnchorKind, Mention};

/// Names of the months, in lower case.
pub(in crate::anchor) const MONTHS: [&str; 12] = [
    "january",
    "february",
    "march",
    "april",
    "may",
    "june",
    "july",
    "august",
    "september",
    "october",
    "november",
    "december",
];
const SHORT_MONTHS: [&str; 12] = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];

/// Words that the expressions of [`month_first`], [`english_quarter`] and [`fiscal_year`] begin with, in lower case.
pub(super) fn first_words() -> impl Iterator<Item = &'static str> {
    MONTHS.into_iter().chain(SHORT_MONTHS).chain(["sept", "q", "first", "second", "third", "fourth", "fy"])
}

/// What of a date is given.
#[derive(Clone, Copy)]
struct Date {
    year: Option<u32>,
    month: u32,
    day: Option<u32>,
}

impl Date {
    fn push(self, view: &View, start: usize, end: usize, out: &mut Vec<Mention>) {
        let Date { year, month, day } = self;
        let (value, unit, key) = match (year, day) {
            (Some(y), Some(d)) => (y * 10_000 + month * 100 + d, "date", format!("date:{y:04}-{month:02}-{d:02}")),
            (Some(y), None) => (y * 100 + month, "date", format!("date:{y:04}-{month:02}")),
            (None, Some(d)) => (month * 100 + d, "date", format!("date:--{month:02}-{d:02}")),
            (None, None) => (month, "month", format!("m{month}")),
        };
        push(view, start, end, Decimal::from(value), Some(unit), Some(key), out);
    }
}

fn is_year(y: u32) -> bool {
    (1000..3000).contains(&y)
}

/// `2025-10-30`, `2025/10/30`, `2025.10.30`.
pub(super) fn iso(view: &View, at: usize, out: &mut Vec<Mention>) -> Option<usize> {
    let (year, end) = digits::small(view, at, 4).filter(|&(y, _)| is_year(y))?;
    let mark = view.at(end);
    if !matches!(mark, '-' | '/' | '.') {
        return None;
    }
    let (month, end) = digits::small(view, end + 1, 2).filter(|(m, _)| (1..=12).contains(m))?;
    if view.at(end) != mark {
        return None;
    }
    let (day, end) = digits::small(view, end + 1, 2).filter(|(d, _)| (1..=31).contains(d))?;
    if is_letter(view.at(end)) && view.at(end) != 'T' {
        return None;
    }
    Date { year: Some(year), month, day: Some(day) }.push(view, at, end, out);
    Some(end)
}

/// `9:30`, `12:03:31`; chapter and verse look the same and serve as well.
pub(super) fn time_of_day(view: &View, at: usize, out: &mut Vec<Mention>) -> Option<usize> {
    let (_, hour) = digits::small(view, at, 3)?;
    let two = |i: usize| {
        (view.at(i) == ':' && view.at(i + 1).is_ascii_digit()).then(|| view.run(i + 1, |c| c.is_ascii_digit()))
    };
    let mut end = two(hour)?;
    while let Some(next) = two(end) {
        end = next;
    }
    // Longer than any time: something else with colons, which says no number.
    if end - at <= 12 {
        let text: String = view.slice(at, end).iter().collect();
        let range = view.byte(at)..view.byte(end);
        let (unit, key) = (Some("time".to_owned()), format!("time:{text}"));
        out.push(Mention { kind: AnchorKind::Number, range, value: None, unit, step: None, key });
    }
    Some(end)
}

/// A month's name at `at`: its number and the index behind it (and the full stop of a short form).
fn month(view: &View, at: usize) -> Option<(u32, usize)> {
    if !view.at(at).is_uppercase() {
        return None;
    }
    let (word, end) = view.word(at);
    if let Some(i) = MONTHS.iter().position(|m| *m == word) {
        return Some((i as u32 + 1, end));
    }
    let word = if word == "sept" { "sep" } else { &word };
    let i = SHORT_MONTHS.iter().position(|m| *m == word)?;
    Some((i as u32 + 1, if view.at(end) == '.' { end + 1 } else { end }))
}

fn day(view: &View, at: usize) -> Option<(u32, usize)> {
    let (day, end) = digits::small(view, at, 2).filter(|(d, _)| (1..=31).contains(d))?;
    let (suffix, after) = view.word(end);
    match suffix.as_str() {
        "st" | "nd" | "rd" | "th" => Some((day, after)),
        "" if after == end => Some((day, end)),
        _ => None,
    }
}

fn year(view: &View, at: usize) -> Option<(u32, usize)> {
    digits::small(view, at, 4).filter(|&(y, end)| is_year(y) && !is_letter(view.at(end)))
}

/// The year behind a date: "October 30, 2025", "October 2025".
fn year_behind(view: &View, end: usize) -> Option<(u32, usize)> {
    let at = if view.at(end) == ',' { end + 1 } else { end };
    let at = view.skip_blank(at);
    let at = view.after(at, "of ").unwrap_or(at);
    if at == end { None } else { year(view, at) }
}

/// "October 30, 2025", "October 30", "October 2025", "October".
pub(super) fn month_first(view: &View, at: usize, out: &mut Vec<Mention>) -> Option<usize> {
    let (month, end) = month(view, at)?;
    let next = view.skip_blank(end);
    let next = view.after(next, "the ").unwrap_or(next);
    let (date, end) = match day(view, next).filter(|_| next > end) {
        Some((day, day_end)) => match year_behind(view, day_end) {
            Some((year, end)) => (Date { year: Some(year), month, day: Some(day) }, end),
            None => (Date { year: None, month, day: Some(day) }, day_end),
        },
        None => match year_behind(view, end) {
            Some((year, end)) => (Date { year: Some(year), month, day: None }, end),
            None => {
                let ambiguous = matches!(view.word(at).0.as_str(), "march" | "may" | "mar" | "jan" | "jun" | "dec");
                if ambiguous && !names_month(view, at) && !spans_months(view, end) {
                    return None;
                }
                (Date { year: None, month, day: None }, end)
            }
        },
    };
    date.push(view, at, end, out);
    Some(end)
}

/// Whether the word before `at` makes "May" or "March" a month.
fn names_month(view: &View, at: usize) -> bool {
    const LONGEST: usize = 8;
    let end = at.saturating_sub(1);
    let length = (0..LONGEST).take_while(|k| end.checked_sub(k + 1).is_some_and(|i| is_letter(view.at(i)))).count();
    matches!(
        view.word(end - length).0.as_str(),
        "in" | "of"
            | "by"
            | "since"
            | "last"
            | "next"
            | "this"
            | "until"
            | "from"
            | "early"
            | "late"
            | "mid"
            | "during"
            | "between"
            | "ended"
            | "ending"
            | "through"
            | "before"
            | "after"
    )
}

/// Whether "to", "and" or a dash and another month stand behind `end`: "March to June".
fn spans_months(view: &View, end: usize) -> bool {
    let at = view.skip_blank(end);
    let next = match view.at(at) {
        '-' | '–' => at + 1,
        _ => view.after_any(at, &["to ", "and ", "through "]).unwrap_or(at),
    };
    next > at && month(view, view.skip_blank(next)).is_some()
}

/// "30 October 2025", "30th of October".
pub(super) fn day_first(view: &View, at: usize, out: &mut Vec<Mention>) -> Option<usize> {
    let (day, end) = day(view, at)?;
    let next = view.skip_blank(end);
    let next = view.after(next, "of ").unwrap_or(next);
    if next == end {
        return None;
    }
    let (month, end) = month(view, next)?;
    let (year, end) = year_behind(view, end).map_or((None, end), |(y, e)| (Some(y), e));
    Date { year, month, day: Some(day) }.push(view, at, end, out);
    Some(end)
}

/// Adds a quarter: `raw` is its number, 1 to 4.
pub(super) fn push_quarter(view: &View, start: usize, end: usize, raw: Decimal, out: &mut Vec<Mention>) {
    if raw >= Decimal::ONE && raw <= Decimal::from(4) && raw.is_integer() {
        push(view, start, end, raw, Some("quarter"), Some(format!("q{}", raw.normalize())), out);
    }
}

/// "Third quarter", "third-quarter", "Q3".
pub(super) fn english_quarter(view: &View, at: usize, out: &mut Vec<Mention>) -> Option<usize> {
    let (word, end) = view.word(at);
    let n = match word.as_str() {
        "q" => {
            let (n, end) = digits::small(view, end, 1)?;
            if !(1..=4).contains(&n) || is_letter(view.at(end)) {
                return None;
            }
            push_quarter(view, at, end, Decimal::from(n), out);
            return Some(end);
        }
        "first" => 1,
        "second" => 2,
        "third" => 3,
        "fourth" => 4,
        _ => return None,
    };
    let mut next = super::english::joint(view, end);
    let (fiscal, fiscal_end) = view.word(next);
    if fiscal == "fiscal" {
        next = super::english::joint(view, fiscal_end);
    }
    let (word, end) = view.word(next);
    if word != "quarter" {
        return None;
    }
    push_quarter(view, at, end, Decimal::from(n), out);
    Some(end)
}

/// `FY26`, `FY2026`, `FY 2026`: the year.
pub(super) fn fiscal_year(view: &View, at: usize, out: &mut Vec<Mention>) -> Option<usize> {
    let (word, end) = view.word(at);
    if word != "fy" {
        return None;
    }
    let at_year = view.skip_blank(end);
    let (year, end) = digits::small(view, at_year, 4)?;
    let year = match year {
        0..=99 if end - at_year == 2 => 2000 + year,
        y if is_year(y) => y,
        _ => return None,
    };
    push(view, at, end, Decimal::from(year), Some(YEAR), None, out);
    Some(end)
}

/// A numeral of either kind below 10,000, with the index behind it. `before` is the character it must stand before.
fn small_chinese(view: &View, at: usize, before: char) -> Option<(u32, usize)> {
    let (n, end) = if view.at(at).is_ascii_digit() {
        digits::small(view, at, 4)?
    } else {
        const LONGEST: usize = 6;
        let end = at + (0..LONGEST).take_while(|k| hanzi::is_numeral(view.at(at + k))).count();
        let value = hanzi::value(view.slice(at, end), before == '年')?;
        (u32::try_from(value).ok()?, end)
    };
    let end = view.skip_blank(end);
    (view.at(end) == before).then_some((n, end + 1))
}

/// 2012年11月15日, 2012年11月, 11月15日, 10月, 2025年, 2025财年, 二〇二五年.
pub(super) fn chinese(view: &View, at: usize, out: &mut Vec<Mention>) -> Option<usize> {
    let year = small_chinese(view, at, '年').filter(|&(y, _)| is_year(y));
    let next = year.map_or(at, |(_, end)| view.skip_blank(end));
    let month = small_chinese(view, next, '月')
        .filter(|&(m, end)| (1..=12).contains(&m) && !matches!(view.at(end), '亮' | '饼' | '球' | '光' | '薪'));
    let Some((month, month_end)) = month else {
        let (year, end) = year.or_else(|| fiscal(view, at))?;
        push(view, at, end, Decimal::from(year), Some(YEAR), None, out);
        return Some(end);
    };
    let next = view.skip_blank(month_end);
    let day = small_chinese(view, next, '日')
        .or_else(|| small_chinese(view, next, '号'))
        .filter(|(d, _)| (1..=31).contains(d));
    let end = day.map_or(month_end, |(_, end)| end);
    Date { year: year.map(|(y, _)| y), month, day: day.map(|(d, _)| d) }.push(view, at, end, out);
    Some(end)
}

/// 2025财年.
fn fiscal(view: &View, at: usize) -> Option<(u32, usize)> {
    let (year, end) = digits::small(view, at, 4).filter(|&(y, _)| is_year(y))?;
    Some((year, view.after_any(view.skip_blank(end), &["财年", "财政年度", "年度"])?))
}

/// 第三季度, 三季度, 3季度, 三季报 from the numeral at `at`; `start` is where 第 stands.
pub(super) fn chinese_quarter(view: &View, start: usize, at: usize, out: &mut Vec<Mention>) -> Option<usize> {
    let n = match view.at(at) {
        '一' | '1' => 1,
        '二' | '2' => 2,
        '三' | '3' => 3,
        '四' | '4' => 4,
        _ => return None,
    };
    let end = view.after_any(view.skip_blank(at + 1), &["季度", "财季", "季报"])?;
    // 上一季度 is the last quarter, whichever it was.
    let relative = start == at
        && n == 1
        && matches!(view.before(at), '上' | '下' | '每' | '这' | '前' | '后' | '某' | '任' | '同');
    if !relative {
        push_quarter(view, start, end, Decimal::from(n), out);
    }
    Some(end)
}

/// 20世纪60年代: the 1960s.
pub(super) fn decade(view: &View, at: usize, out: &mut Vec<Mention>) -> Option<usize> {
    let (century, end) = small_chinese(view, at, '世').filter(|(c, _)| (10..=30).contains(c))?;
    let end = view.skip_blank(view.after(end, "纪")?);
    let (years, end) = small_chinese(view, end, '年').filter(|&(y, _)| y < 100 && y % 10 == 0)?;
    let end = view.after(end, "代")?;
    push(view, at, end, Decimal::from((century - 1) * 100 + years), Some(YEAR), None, out);
    Some(end)
}
