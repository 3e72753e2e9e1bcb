//! Dates in parts: years, quarters, halves, months and days.
//!
//! ```text
//! dates   = date [ connector date ]                (the second takes over what it leaves out)
//! date    = [ year ] [ half | quarter | month [ day ] ]
//! year    = number ( 年 | 财年 | 学年 ) | 2024/25赛季 | 民国 number 年 | nn年 before 底, 初, a month …
//! quarter = [ 第 ] number ( 季度 | 财季 | 季 ) | Q3
//! half    = 上半年 | 下半年 | H1
//! latin   = Q3 [ 2025 ] | FY25 | FY2026 Q3 | H1 | 3Q25 | 2019-Q1 | 2025-10-30 | 2025/10/30 | 2025-10
//! decade  = [ number 世纪 | 上世纪 ] number 年代 | number 世纪
//! ```

use super::numeral::{Form, Numeral};
use super::vocabulary::Class;
use super::{Chinese, Decimal, Draft, Number, Quantity, Unit};
use crate::quantity::Date;
use crate::text::is_letter;

/// Ranks of the parts of a date. A greater rank is a smaller part.
const YEAR: u8 = 1;
const SPAN: u8 = 2;
const DAY: u8 = 3;

/// The ranks of the given parts, the greatest part first.
fn ranks(date: Date) -> impl DoubleEndedIterator<Item = u8> {
    let span = date.half.or(date.quarter).or(date.month);
    let parts = [(YEAR, date.year.is_some()), (SPAN, span.is_some()), (DAY, date.day.is_some())];
    parts.into_iter().filter(|p| p.1).map(|p| p.0)
}

fn full_year(value: u64) -> Option<u16> {
    u16::try_from(value).ok().filter(|year| (1000..3000).contains(year))
}

/// 08 is 2008, 98 is 1998.
fn short_year(value: u64) -> Option<u16> {
    let value = u16::try_from(value).ok().filter(|&v| v < 100)?;
    Some(if value < 50 { 2000 + value } else { 1900 + value })
}

impl Chinese<'_> {
    /// The dates that begin with a number.
    pub(super) fn dated(&self, n: &Numeral, out: &mut Vec<Draft>) -> Option<usize> {
        if let Some(end) = self.decade(n, out) {
            return Some(end);
        }
        let next = self.skip_blank(n.end);
        let date = self.is_dated(next) || self.part_of_year(next) || self.connector(n.end).is_some();
        if date { self.dates(n.start, n.start, Date::default(), out) } else { None }
    }

    /// The dates with the parts from `at`. The expression begins at `start`, and `seed` is the part that has been read.
    pub(super) fn dates(&self, start: usize, at: usize, seed: Date, out: &mut Vec<Draft>) -> Option<usize> {
        let (first, mut end) = self.fields(at, seed, true)?;
        let mut months = false;
        let span = match (first.quarter, first.month, self.before(start)) {
            _ if first.year.is_some() || first.day.is_some() || self.at(start) == '第' => None,
            (Some(1), ..) if self.ends(start, Class::Relative).is_some() => return Some(end),
            // 前三季度 is a number of quarters, 前十月 a number of months.
            (Some(quarter), ..) if self.ends(start, Class::FirstOf).is_some() => Some(quarter),
            (_, Some(month @ 3..), '前' | '首') if self.connector(end).is_none() => {
                months = true;
                Some(month)
            }
            _ => None,
        };
        if let Some(span) = span {
            let unit = Unit::of_symbol("mo").filter(|_| months);
            return Some(self.push(Draft::number(start, end, Number::exact(span.into(), unit)), out));
        }
        self.push(Draft::date(start, end, first), out);
        if let Some(next) = self.connector(end) {
            let year = self.is(next, Class::YearWord);
            let next = year.unwrap_or(next);
            let rank = |date| ranks(date).next();
            let fits = |last: Date| ranks(last).last() == ranks(first).last();
            if let Some((last, stop)) = self.fields(next, Date::default(), false).filter(|l| fits(l.0)) {
                let mut date = last;
                if rank(last) > rank(first) && year.is_none() {
                    (date.year, date.fiscal) = (first.year, date.fiscal | first.fiscal);
                    date.month = date.month.or(first.month.filter(|_| rank(last) == Some(DAY)));
                }
                end = self.push(Draft::date(next, stop, date), out);
            }
        }
        Some(end)
    }

    /// 民国113年, 令和六年, 公元220年.
    pub(super) fn era(&self, start: usize, at: usize, base: u16, out: &mut Vec<Draft>) -> Option<usize> {
        let number = self.number(self.skip_blank(at)).map(|n| (n.whole(), n.end));
        let (year, end) = if self.at(at) == '元' { (Some(1), at + 1) } else { number? };
        let end = self.after(self.skip_blank(end), "年")?;
        let year = base.checked_add(u16::try_from(year?).ok()?);
        self.dates(start, end, Date { year, ..Date::default() }, out)
    }

    /// The parts of a date from `at`. `elided`: only the other end of a range has the marker of the last part (3至5月).
    fn fields(&self, at: usize, seed: Date, elided: bool) -> Option<(Date, usize)> {
        let (mut date, mut end) = (seed, at);
        loop {
            let next = self.skip_blank(end);
            let of = end > at && self.at(next) == '的';
            let Some(more) = self.field(date, next + usize::from(of), elided) else { break };
            (date, end) = more;
        }
        ranks(date).next().map(|_| (date, end))
    }

    /// The date with the part at `at`, which must be smaller than the parts that the date has.
    fn field(&self, date: Date, at: usize, elided: bool) -> Option<(Date, usize)> {
        let last = ranks(date).last().unwrap_or(0);
        let set = |rank: u8, date: Date, end: usize| (last < rank).then_some((date, end));
        if let Some((half, end)) = self.find(at, &[Class::HalfYear]) {
            let fiscal = date.fiscal || self.slice(at, end).contains(&'财');
            return set(SPAN, Date { half: half.number(), fiscal, ..date }, end);
        }
        if let Some((part, end)) = self.latin_part(at).filter(|_| last == YEAR) {
            return Some((Date { quarter: part.quarter, half: part.half, ..date }, end));
        }
        let ordinal = self.at(at) == '第';
        let n = self.number(if ordinal { self.skip_blank(at + 1) } else { at })?;
        let value = n.whole().filter(|_| n.scale < Decimal::from(10_000))?;
        let marker = |at: usize| {
            let (word, end) = self.find(self.skip_blank(at), &[Class::Date])?;
            let month = matches!(self.at(n.start), '俩' | '仨');
            // 日后 is "in future", but not after a month.
            let day = last == SPAN && word.value == "day" && "后内之以".contains(self.at(end));
            ((day || self.is(self.skip_blank(at), Class::NoDate).is_none()) && !month).then_some((word.value, end))
        };
        let of_four = n.digits == 4 && full_year(value).is_some();
        // 2024/25赛季, 2024/2025学年: the year is the one in which it begins.
        if let ('/' | '-', true) = (self.at(n.end), of_four)
            && let Some(next) = self.number(n.end + 1)
            && (next.digits == 2 || next.digits == 4 && self.at(n.end) == '/')
            && next.whole().is_some_and(|w| w % 100 == (value + 1) % 100)
            && let Some((class @ ("season" | "fiscal"), stop)) = marker(next.end)
        {
            return set(YEAR, Date { year: full_year(value), fiscal: class == "fiscal", ..date }, stop);
        }
        let mut marked = marker(n.end);
        if let (None, true, Some(other)) = (marked, elided, self.connector(n.end).and_then(|next| self.number(next))) {
            // 3至5月, 2021至23年: the marker is after the other end.
            let years = of_four && (other.whole().and_then(full_year).is_some() || other.digits == 2);
            marked = marker(other.end).filter(|m| m.0 != "year" || years).map(|m| (m.0, n.end));
        }
        let Some((class, stop)) = marked else {
            // 2025上半年, 25H1.
            let short = n.digits == 2 && self.latin_part(n.end).is_some();
            let full = of_four && self.part_of_year(self.skip_blank(n.end));
            let year = if short { short_year(value) } else { full_year(value).filter(|_| full) };
            return set(YEAR, Date { year: Some(year?), ..date }, n.end);
        };
        match class {
            "year" | "fiscal" | "season" if !ordinal => {
                let short = class == "fiscal" || (class == "year" && self.is_short_year(&n, stop));
                let year = if of_four { full_year(value) } else { short_year(value).filter(|_| short) };
                set(YEAR, Date { year: Some(year?), fiscal: class == "fiscal", ..date }, stop)
            }
            "quarter" | "fiscal-quarter" => {
                // 三季 alone are three seasons.
                let named = ordinal || stop > self.skip_blank(n.end) + 1 || last > 0;
                let fiscal = date.fiscal || class == "fiscal-quarter";
                set(SPAN, Date { quarter: Some(small(value, 4).filter(|_| named)?), fiscal, ..date }, stop)
            }
            "month" if !ordinal => {
                let month = Date { month: Some(small(value, 12)?), ..date };
                let (day, end) = self.day_without_marker(stop).map_or((None, stop), |d| (Some(d.0), d.1));
                set(SPAN, Date { day, ..month }, end)
            }
            "day" if !ordinal => {
                // 一日 is "a day", and 逾期三十日 is a duration.
                let lasts = || {
                    let lasting = self.ends(n.start, Class::Lasting).is_some();
                    self.before(n.end) == ')' || lasting || self.hedge_before(n.start).is_some()
                };
                let alone = last == 0 && !(n.is_single() && value == 1) && !lasts();
                set(DAY, Date { day: Some(small(value, 31).filter(|_| alone || date.month.is_some())?), ..date }, stop)
            }
            _ => None,
        }
    }

    /// 八月十五, 十月初一: the day without 日.
    fn day_without_marker(&self, at: usize) -> Option<(u8, usize)> {
        let first = self.at(at) == '初';
        let n = self.number(at + usize::from(first)).filter(|n| n.form != Form::Arabic)?;
        let day = n.whole().and_then(|d| u8::try_from(d).ok())?;
        let goes_on = self.is(n.end, Class::Date).is_some() || self.is_counted(n.end);
        let plain = (10..=31).contains(&day) && !goes_on;
        let fits = if first { (1..=10).contains(&day) } else { plain };
        fits.then_some((day, n.end + usize::from(first && self.at(n.end) == '日')))
    }

    /// Whether a two-digit number before 年 is a year: 24年底, 08年, 九八年. `end` is after 年.
    fn is_short_year(&self, n: &Numeral, end: usize) -> bool {
        let month = self.number(end).is_some_and(|m| {
            self.find(m.end, &[Class::Date]).is_some_and(|(s, _)| matches!(s.value, "month" | "quarter"))
        });
        let dated = self.is(end, Class::YearBehind).is_some() || self.part_of_year(end) || month;
        let digits = n.form == Form::Digits;
        let span = !digits && matches!(self.at(end), '间' | '来' | '前' | '后' | '多');
        n.digits == 2 && !span && (n.low < Decimal::TEN || dated || digits)
    }

    /// Whether a half or a quarter is at `at`, after its year.
    fn part_of_year(&self, at: usize) -> bool {
        let quarter = || {
            let n = self.number(self.after(at, "第")?)?;
            self.find(n.end, &[Class::Date]).filter(|(s, _)| s.value.ends_with("quarter"))
        };
        self.is(at, Class::HalfYear).is_some() || self.latin_part(at).is_some() || quarter().is_some()
    }

    /// 90年代, 1980年代, 20世纪60年代, 20世纪.
    fn decade(&self, n: &Numeral, out: &mut Vec<Draft>) -> Option<usize> {
        let (word, end) = self.find(self.skip_blank(n.end), &[Class::Date])?;
        let value = u16::try_from(n.whole()?).ok()?;
        let year = match (word.value, value) {
            ("century", 10..=30) => {
                let century = Draft::new(n.start, end, Quantity::Ordinal(value.into()));
                let decade = self.decade_of(n.start, end, (value - 1) * 100, out);
                return decade.or_else(|| Some(self.push(century, out)));
            }
            ("decade", 1000..3000) if value % 10 == 0 => value,
            // 10年代 and 20年代 can be in either century.
            ("decade", 30..=90) if value % 10 == 0 => 1900 + value,
            ("decade", _) => return Some(end),
            _ => return None,
        };
        Some(self.push(Draft::date(n.start, end, Date { year: Some(year), decade: true, ..Date::default() }), out))
    }

    /// 90年代 at `at`, after its century.
    pub(super) fn decade_of(&self, start: usize, at: usize, base: u16, out: &mut Vec<Draft>) -> Option<usize> {
        let at = self.skip_blank(at);
        let n = self.number(self.after(at, "的").unwrap_or(at))?;
        let years = n.whole().and_then(|v| u16::try_from(v).ok()).filter(|y| *y < 100 && y % 10 == 0)?;
        let end = self.after(self.skip_blank(n.end), "年代")?;
        let date = Date { year: Some(base + years), decade: true, ..Date::default() };
        Some(self.push(Draft::date(start, end, date), out))
    }

    /// `Q3`, `H1` at `at`.
    fn latin_part(&self, at: usize) -> Option<(Date, usize)> {
        let date = part_of(self.at(at), self.at(at + 1).to_digit(10)?.into())?;
        (!self.at(at + 2).is_ascii_alphanumeric()).then_some((date, at + 2))
    }

    /// "Oct 30", "Oct. 30, 2025", "March 2024" at a letter.
    fn latin_month(&self, at: usize) -> Option<Draft> {
        let (word, end) = self.find(at, &[Class::LatinMonth]).filter(|m| !is_letter(self.at(m.1)))?;
        let date = Date { month: word.number(), ..Date::default() };
        let (value, stop) = self.digits(self.skip_blank(end + usize::from(self.at(end) == '.')));
        let closed = |end: usize| !self.at(end).is_ascii_alphanumeric() && self.at(end) != '%';
        if let Some(year) = full_year(value).filter(|_| closed(stop)) {
            return Some(Draft::date(at, stop, Date { year: Some(year), ..date }));
        }
        let day = Date { day: Some(small(value, 31).filter(|_| closed(stop))?), ..date };
        let (year, last) = self.digits(self.skip_blank(stop + usize::from(self.at(stop) == ',')));
        let year = full_year(year).filter(|_| closed(last));
        Some(Draft::date(at, year.map_or(stop, |_| last), Date { year, ..day }))
    }

    /// `Q3`, `Q3 2025`, `FY25`, `FY2026 Q3` at a letter.
    pub(super) fn latin_date(&self, at: usize) -> Option<Draft> {
        if let Some(found) = self.latin_month(at) {
            return Some(found);
        }
        let fiscal = self.after_any(at, &["FY", "fy"]);
        let part = self.latin_part(at);
        let next = self.skip_blank(fiscal.or(part.map(|p| p.1))?);
        let behind = part.and_then(|_| self.after(next, "FY"));
        let year =
            self.year_at(behind.unwrap_or(next)).filter(|y| part.is_none() || behind.is_some() || y.1 == next + 4);
        let end = year.map_or(next, |y| y.1);
        let part = part.map(|(date, stop)| (date, year.map_or(stop, |y| y.1)));
        let (date, end) = part.or_else(|| self.latin_part(self.skip_blank(end))).unwrap_or((Date::default(), end));
        let date = Date { year: year.map(|y| y.0), fiscal: fiscal.or(behind).is_some(), ..date };
        (fiscal.is_none() || year.is_some()).then(|| Draft::date(at, end, date))
    }

    /// A year of two or four digits that ends with these digits.
    fn year_at(&self, at: usize) -> Option<(u16, usize)> {
        let (value, end) = self.digits(at);
        let year = if end == at + 4 { full_year(value) } else { short_year(value).filter(|_| end == at + 2) };
        Some((year?, end))
    }

    /// At most five digits at `at`: their value, and the index after them.
    pub(super) fn digits(&self, at: usize) -> (u64, usize) {
        let end = at + (0..5).take_while(|k| self.at(at + k).is_ascii_digit()).count();
        let digits = self.slice(at, end).iter().filter_map(|c| c.to_digit(10));
        (digits.fold(0, |n, d| n * 10 + u64::from(d)), end)
    }

    /// 2025-10-30, 2025/10/30, 2025.10.30, 2025-10, 2019-Q1, 3Q25.
    pub(super) fn iso(&self, start: usize) -> Option<Draft> {
        let (first, end) = self.digits(start);
        let mark = self.at(end);
        if end == start + 1 {
            let (part, (year, stop)) = (part_of(mark, first)?, self.year_at(end + 1)?);
            return Some(Draft::date(start, stop, Date { year: Some(year), ..part }));
        }
        let year = Some(full_year(first).filter(|_| end == start + 4 && "-/.".contains(mark))?);
        if let Some((part, stop)) = self.latin_part(end + 1).filter(|_| mark == '-') {
            return Some(Draft::date(start, stop, Date { year, ..part }));
        }
        let (month, next) = self.digits(end + 1);
        let (day, stop) = if self.at(next) == mark { self.digits(next + 1) } else { (0, next) };
        let alone = stop == next && mark == '-' && next == end + 3;
        let day = if stop > next + 1 { Some(small(day, 31)?) } else { None };
        let date = Date { year, month: Some(small(month, 12)?), day, ..Date::default() };
        let plain = !self.at(stop).is_ascii_digit() && self.at(stop) != '-';
        (plain && (day.is_some() || alone)).then(|| Draft::date(start, stop, date))
    }
}

/// A number from 1 to `most`.
fn small(value: u64, most: u8) -> Option<u8> {
    u8::try_from(value).ok().filter(|v| (1..=most).contains(v))
}

/// The part of a year that `Q` or `H` with a number means.
fn part_of(mark: char, number: u64) -> Option<Date> {
    match mark {
        'Q' => Some(Date { quarter: Some(small(number, 4)?), ..Date::default() }),
        'H' => Some(Date { half: Some(small(number, 2)?), ..Date::default() }),
        _ => None,
    }
}
