//! Dates in digits and in English, as far as they stand in Chinese text.
//!
//! ```text
//! iso     = 2025-10-30 | 2025/10/30 | 2025.10.30 | 2025-10 | 2019-Q1 | 3/3/15 | 3Q25
//! english = Oct 30, 2025 | 30 October 2025 | Q3 [ 2025 ] | FY25 | FY2026 Q3 | H1
//! ```

use super::date::{full_year, short_year};
use super::vocabulary::Class;
use super::{Chinese, Draft};
use crate::quantity::Date;
use crate::text::is_letter;

impl Chinese<'_> {
    /// `Q3`, `H1` at `at`.
    pub(super) fn latin_part(&self, at: usize) -> Option<(Date, usize)> {
        let date = part_of(self.at(at), self.at(at + 1).to_digit(10)?.into())?;
        (!self.at(at + 2).is_ascii_alphanumeric()).then_some((date, at + 2))
    }

    /// `Q3`, `FY25`, `FY2026 Q3`, `Oct 30, 2025` at a letter.
    pub(super) fn latin_date(&self, at: usize) -> Option<Draft> {
        if let Some((date, end)) = self.latin_part(at) {
            let next = self.skip_blank(end);
            let fiscal = self.after(next, "FY");
            let year = self.year_at(fiscal.unwrap_or(next)).filter(|y| fiscal.is_some() || y.1 == next + 4);
            let date = Date { year: year.map(|y| y.0), fiscal: fiscal.is_some(), ..date };
            return Some(Draft::date(at, year.map_or(end, |y| y.1), date));
        }
        if let Some(next) = self.after_any(at, &["FY", "fy"]) {
            let (year, end) = self.year_at(self.skip_blank(next))?;
            let (date, end) = self.latin_part(self.skip_blank(end)).unwrap_or((Date::default(), end));
            return Some(Draft::date(at, end, Date { year: Some(year), fiscal: true, ..date }));
        }
        let (month, end) = self.month_name(at)?;
        let next = self.skip_blank(end);
        let (day, stop) = self.digits(next);
        let day = small(day, 31).filter(|_| stop < next + 3);
        let end = day.map_or(end, |_| stop);
        let comma = self.skip_blank(end + usize::from(self.at(end) == ','));
        let year = self.year_at(comma).filter(|y| y.1 == comma + 4);
        let date = Date { year: year.map(|y| y.0), month: Some(month), day, ..Date::default() };
        (day.is_some() || year.is_some()).then(|| Draft::date(at, year.map_or(end, |y| y.1), date))
    }

    /// The English name of a month at `at`.
    fn month_name(&self, at: usize) -> Option<(u8, usize)> {
        let (month, end) = self.find(at, &[Class::MonthName])?;
        let end = end + usize::from(self.at(end) == '.');
        if is_letter(self.at(end)) { None } else { Some((month.number()?, end)) }
    }

    /// A year of two or four digits that ends with them.
    fn year_at(&self, at: usize) -> Option<(u16, usize)> {
        let (value, end) = self.digits(at);
        let year = if end == at + 4 { full_year(value) } else { short_year(value).filter(|_| end == at + 2) };
        Some((year?, end))
    }

    /// At most five digits at `at`: their value, and the index behind them.
    pub(super) fn digits(&self, at: usize) -> (u64, usize) {
        let end = at + (0..5).take_while(|k| self.at(at + k).is_ascii_digit()).count();
        let digits = self.slice(at, end).iter().filter_map(|c| c.to_digit(10));
        (digits.fold(0, |n, d| n * 10 + u64::from(d)), end)
    }

    /// 2025-10-30, 2025/10, 3/3/15, 3Q25, 30 October 2025.
    pub(super) fn iso(&self, start: usize) -> Option<Draft> {
        if !self.at(start).is_ascii_digit() {
            return None;
        }
        let (first, end) = self.digits(start);
        let mark = self.at(end);
        if "QH".contains(mark) && end == start + 1 {
            let (year, stop) = self.year_at(end + 1)?;
            return Some(Draft::date(start, stop, Date { year: Some(year), ..part_of(mark, first)? }));
        }
        let dash = usize::from(mark == '-');
        if let Some((month, stop)) = self.month_name(self.skip_blank(end + dash)) {
            let next = self.skip_blank(stop + usize::from(self.at(stop) == '-'));
            let year = self.year_at(next).filter(|y| y.1 == next + 4 || dash > 0);
            let day = Some(small(first, 31)?);
            let date = Date { year: year.map(|y| y.0), month: Some(month), day, ..Date::default() };
            return Some(Draft::date(start, year.map_or(stop, |y| y.1), date));
        }
        if !"-/.".contains(mark) {
            return None;
        }
        let year = full_year(first).filter(|_| end == start + 4);
        if let Some((part, stop)) = self.latin_part(end + 1).filter(|_| dash > 0) {
            return Some(Draft::date(start, stop, Date { year: Some(year?), ..part }));
        }
        let (second, stop) = self.digits(end + 1);
        let third = (self.at(stop) == mark && stop > end + 1).then(|| self.digits(stop + 1)).filter(|t| t.1 > stop + 1);
        let (year, month, day, stop) = match (year, third) {
            (Some(year), Some((day, stop))) => (year, second, Some(small(day, 31)?), stop),
            (Some(year), None) if dash > 0 && stop == end + 3 => (year, second, None, stop),
            // 3/3/15.
            (None, Some((year, last))) if mark == '/' => {
                let year = if last == stop + 5 { full_year(year)? } else { short_year(year)? };
                (year, first, Some(small(second, 31)?), last)
            }
            _ => return None,
        };
        let next = self.at(stop);
        let plain = !next.is_ascii_digit() && next != '-';
        let date = Date { year: Some(year), month: Some(small(month, 12)?), day, ..Date::default() };
        plain.then(|| Draft::date(start, stop, date))
    }
}

/// A number from 1 to `most`.
pub(super) fn small(value: u64, most: u8) -> Option<u8> {
    u8::try_from(value).ok().filter(|v| (1..=most).contains(v))
}

fn part_of(mark: char, number: u64) -> Option<Date> {
    match mark {
        'Q' => Some(Date { quarter: Some(small(number, 4)?), ..Date::default() }),
        'H' => Some(Date { half: Some(small(number, 2)?), ..Date::default() }),
        _ => None,
    }
}
