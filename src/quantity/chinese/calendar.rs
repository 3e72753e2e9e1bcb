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
        let view = self.view;
        let date = part_of(view.at(at), u64::from(view.at(at + 1).to_digit(10)?))?;
        let end = at + 2;
        let inside = is_letter(view.at(end)) || view.at(end).is_ascii_digit() || is_letter(view.before(at));
        (!inside).then_some((date, end))
    }

    /// `Q3`, `FY25`, `FY2026 Q3`, `Oct 30, 2025` at a letter.
    pub(super) fn latin_date(&self, at: usize, out: &mut Vec<Draft>) -> Option<usize> {
        let view = self.view;
        if let Some((date, end)) = self.latin_part(at) {
            let next = view.skip_blank(end);
            let fiscal = view.after(next, "FY");
            let year = self.year_at(fiscal.unwrap_or(next)).filter(|y| fiscal.is_some() || y.1 == next + 4);
            let date = Date { year: year.map(|y| y.0), fiscal: fiscal.is_some(), ..date };
            return Some(self.push(Draft::date(at, year.map_or(end, |y| y.1), date), out));
        }
        if let Some(next) = view.after_any(at, &["FY", "fy"]) {
            let (year, end) = self.year_at(view.skip_blank(next))?;
            let (date, end) = self.latin_part(view.skip_blank(end)).unwrap_or((Date::default(), end));
            return Some(self.push(Draft::date(at, end, Date { year: Some(year), fiscal: true, ..date }), out));
        }
        let (month, end) = self.month_name(at)?;
        let next = view.skip_blank(end);
        let (day, stop) = self.digits(next);
        let day = u8::try_from(day).ok().filter(|d| (1..=31).contains(d) && next > end && stop < next + 3);
        let end = day.map_or(end, |_| stop);
        let comma = view.skip_blank(end + usize::from(view.at(end) == ','));
        let year = self.year_at(comma).filter(|y| y.1 == comma + 4);
        if day.is_none() && year.is_none() {
            return None;
        }
        let date = Date { year: year.map(|y| y.0), month: Some(month), day, ..Date::default() };
        Some(self.push(Draft::date(at, year.map_or(end, |y| y.1), date), out))
    }

    /// The English name of a month at `at`.
    fn month_name(&self, at: usize) -> Option<(u8, usize)> {
        let (month, end) = self.find(at, &[Class::MonthName])?;
        let end = end + usize::from(self.view.at(end) == '.');
        if is_letter(self.view.at(end)) { None } else { Some((month.number()?, end)) }
    }

    /// A year of two or four digits that ends with them.
    fn year_at(&self, at: usize) -> Option<(u16, usize)> {
        let (value, end) = self.digits(at);
        let year = match end - at {
            2 => short_year(value)?,
            4 => full_year(value)?,
            _ => return None,
        };
        let next = self.view.at(end);
        (!is_letter(next) || matches!(next, 'Q' | 'H')).then_some((year, end))
    }

    /// At most five digits at `at`: their value, and the index behind them.
    pub(super) fn digits(&self, at: usize) -> (u64, usize) {
        let end = at + (0..5).take_while(|k| self.view.at(at + k).is_ascii_digit()).count();
        let digits = self.view.slice(at, end).iter().filter_map(|c| c.to_digit(10));
        (digits.fold(0, |n, d| n * 10 + u64::from(d)), end)
    }

    /// 2025-10-30, 2025/10, 3/3/15, 3Q25, 30 October 2025.
    pub(super) fn iso(&self, start: usize, out: &mut Vec<Draft>) -> Option<usize> {
        let view = self.view;
        if !view.at(start).is_ascii_digit() || view.before(start).is_ascii_alphanumeric() {
            return None;
        }
        let small = |value: u64, most: u8| u8::try_from(value).ok().filter(|v| (1..=most).contains(v));
        let (first, end) = self.digits(start);
        let mark = view.at(end);
        if let ('Q' | 'H', 1) = (mark, end - start) {
            let (year, stop) = self.year_at(end + 1)?;
            let date = Date { year: Some(year), ..part_of(mark, first)? };
            return Some(self.push(Draft::date(start, stop, date), out));
        }
        let dash = usize::from(mark == '-');
        if let Some((month, stop)) = self.month_name(view.skip_blank(end + dash)) {
            let next = view.skip_blank(stop + usize::from(view.at(stop) == '-'));
            let year = self.year_at(next).filter(|y| y.1 == next + 4 || dash > 0);
            let date =
                Date { year: year.map(|y| y.0), month: Some(month), day: Some(small(first, 31)?), ..Date::default() };
            return Some(self.push(Draft::date(start, year.map_or(stop, |y| y.1), date), out));
        }
        if !matches!(mark, '-' | '/' | '.') {
            return None;
        }
        let year = full_year(first).filter(|_| end - start == 4);
        if let Some((part, stop)) = self.latin_part(end + 1).filter(|_| mark == '-') {
            return Some(self.push(Draft::date(start, stop, Date { year: Some(year?), ..part }), out));
        }
        let (second, stop) = self.digits(end + 1);
        let third = (view.at(stop) == mark && stop > end + 1).then(|| self.digits(stop + 1)).filter(|t| t.1 > stop + 1);
        let (year, month, day, stop) = match (year, third) {
            (Some(year), Some((day, stop))) => (year, second, Some(small(day, 31)?), stop),
            (Some(year), None) if mark == '-' && stop == end + 3 && view.at(stop) != '年' => {
                (year, second, None, stop)
            }
            // 3/3/15.
            (None, Some((year, last))) if mark == '/' => {
                let year = if last - stop == 5 { full_year(year)? } else { short_year(year)? };
                (year, first, Some(small(second, 31)?), last)
            }
            _ => return None,
        };
        let next = view.at(stop);
        let plain = !next.is_ascii_digit() && (!is_letter(next) || next == 'T') && next != '-';
        let date = Date { year: Some(year), month: Some(small(month, 12)?), day, ..Date::default() };
        plain.then(|| self.push(Draft::date(start, stop, date), out))
    }
}

fn part_of(mark: char, number: u64) -> Option<Date> {
    let number = u8::try_from(number).ok()?;
    match (mark, number) {
        ('Q', 1..=4) => Some(Date { quarter: Some(number), ..Date::default() }),
        ('H', 1 | 2) => Some(Date { half: Some(number), ..Date::default() }),
        _ => None,
    }
}
