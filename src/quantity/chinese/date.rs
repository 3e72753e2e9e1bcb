//! Dates in parts: years, quarters, halves, months and days.
//!
//! ```text
//! dates   = date [ connector date ]                (the second takes over what it leaves out)
//! date    = [ year ] [ half | quarter | month [ day ] ]
//! year    = number ( 年 | 财年 | 学年 ) | 民国 number 年 | nn年 before 底, 初, a month …
//! quarter = [ 第 ] number ( 季度 | 财季 | 季 ) | Q3
//! half    = 上半年 | 下半年 | H1
//! decade  = [ number 世纪 | 上世纪 ] number 年代 | number 世纪
//! ```

use super::numeral::{Form, Numeral};
use super::vocabulary::Class;
use super::{Chinese, Decimal, Draft, Number, Quantity};
use crate::quantity::Date;

/// Places of the parts of a date: what comes later is smaller.
const YEAR: u8 = 0;
const SPAN: u8 = 1;
const DAY: u8 = 2;

/// A date while it is read.
#[derive(Clone, Copy, Default)]
pub(super) struct Fields {
    date: Date,
    /// The greatest and the smallest part that is given.
    first: Option<u8>,
    last: Option<u8>,
    end: usize,
}

impl Fields {
    /// Takes a part in; `None` where a smaller one is there already.
    fn set(&mut self, rank: u8, end: usize) -> Option<()> {
        if self.last.is_some_and(|last| last >= rank) {
            return None;
        }
        self.first = self.first.or(Some(rank));
        (self.last, self.end) = (Some(rank), end);
        Some(())
    }
}

pub(super) fn full_year(value: u64) -> Option<u16> {
    u16::try_from(value).ok().filter(|year| (1000..3000).contains(year))
}

/// 08 is 2008, 98 is 1998.
pub(super) fn short_year(value: u64) -> Option<u16> {
    let value = u16::try_from(value).ok().filter(|&v| v < 100)?;
    Some(if value < 50 { 2000 + value } else { 1900 + value })
}

impl Chinese<'_> {
    /// The dates that begin with a number.
    pub(super) fn dated(&self, n: &Numeral, out: &mut Vec<Draft>) -> Option<usize> {
        if let Some(end) = self.decade(n, out) {
            return Some(end);
        }
        let next = self.view.skip_blank(n.end);
        let date = self.is_dated(next) || self.part_of_year(next) || self.connector(n.end).is_some();
        let inside = self.words.figure(self.view.before(n.start)).is_some();
        if date && !inside { self.dates(n.start, n.start, None, out) } else { None }
    }

    /// The dates with the parts from `at`; `start` is where the expression begins, `seed` what has been read of it.
    pub(super) fn dates(&self, start: usize, at: usize, seed: Option<Fields>, out: &mut Vec<Draft>) -> Option<usize> {
        let first = self.fields(at, seed.unwrap_or_default(), true)?;
        if let Some(quarter) = first.date.quarter.filter(|_| first.first == Some(SPAN) && self.view.at(start) != '第')
        {
            // 前三季度 is a number of quarters, 上一季度 the last one.
            if quarter > 1 && self.ends(start, Class::FirstOf).is_some() {
                let number = Number::exact(Decimal::from(quarter), None);
                return Some(self.push(Draft::number(start, first.end, number), out));
            }
            if quarter == 1 && self.ends(start, Class::Relative).is_some() {
                return Some(first.end);
            }
        }
        let mut end = self.push(Draft::date(start, first.end, first.date), out);
        if let Some(next) = self.connector(end) {
            let year = self.is(next, Class::YearWord);
            let next = year.unwrap_or(next);
            let last = self.fields(next, Fields::default(), false);
            if let Some(last) = last.filter(|l| l.last == first.last || l.first == first.last) {
                let mut date = last.date;
                if last.first > first.first && year.is_none() {
                    (date.year, date.fiscal) = (first.date.year, date.fiscal | first.date.fiscal);
                    date.month = date.month.or(first.date.month.filter(|_| last.first == Some(DAY)));
                }
                end = self.push(Draft::date(next, last.end, date), out);
            }
        }
        Some(end)
    }

    /// 民国113年, 令和六年.
    pub(super) fn era(&self, start: usize, at: usize, base: u16, out: &mut Vec<Draft>) -> Option<usize> {
        let number = self.number(self.view.skip_blank(at)).map(|n| (n.whole(), n.end));
        let (year, end) = if self.view.at(at) == '元' { (Some(1), at + 1) } else { number? };
        let end = self.view.after(self.view.skip_blank(end), "年")?;
        let mut seed = Fields::default();
        seed.date.year = base.checked_add(u16::try_from(year?).ok()?);
        seed.set(YEAR, end)?;
        self.dates(start, end, Some(seed), out)
    }

    /// The parts of a date from `at`. `elided`: the marker of the last may be left to the other end of a range (3至5月).
    fn fields(&self, at: usize, seed: Fields, elided: bool) -> Option<Fields> {
        let (mut found, mut next) = (seed, at);
        for _ in 0..4 {
            let blank = self.view.skip_blank(next);
            let of = found.last.is_some() && self.view.at(blank) == '的';
            if self.field(&mut found, blank + usize::from(of), elided).is_none() || found.end == next {
                break;
            }
            next = found.end;
        }
        found.last.map(|_| found)
    }

    /// Takes the part at `at` in.
    fn field(&self, found: &mut Fields, at: usize, elided: bool) -> Option<()> {
        let view = self.view;
        if let Some((half, end)) = self.find(at, &[Class::HalfYear]) {
            found.set(SPAN, end)?;
            found.date.half = half.number();
            found.date.fiscal |= view.slice(at, end).contains(&'财');
            return Some(());
        }
        if let Some((date, end)) = self.latin_part(at).filter(|_| found.last == Some(YEAR)) {
            found.set(SPAN, end)?;
            (found.date.quarter, found.date.half) = (date.quarter, date.half);
            return Some(());
        }
        let ordinal = view.at(at) == '第';
        let n = self.number(if ordinal { view.skip_blank(at + 1) } else { at })?;
        let value = n.whole().filter(|_| n.scale < Decimal::from(10_000))?;
        let marker = |at: usize| {
            let (word, end) = self.find(at, &Class::DATES)?;
            self.is(at, Class::NoDate).is_none().then_some((word.class, end))
        };
        let end = view.skip_blank(n.end);
        let mut marked = marker(end);
        if let (None, true, Some(other)) = (marked, elided, self.connector(n.end).and_then(|next| self.number(next))) {
            // 3至5月, 2021至23年: the marker stands behind the other end.
            let years = full_year(value).is_some()
                && other.whole().is_some_and(|o| full_year(o).is_some() || other.digits == 2);
            let other =
                marker(view.skip_blank(other.end)).filter(|m| other.whole().is_some() && (m.0 != Class::Year || years));
            marked = other.map(|m| (m.0, n.end));
        }
        let of_four = n.digits == 4 && full_year(value).is_some();
        let Some((class, stop)) = marked else {
            // 2025上半年, 25H1.
            let short = n.digits == 2 && n.form == Form::Arabic && self.latin_part(n.end).is_some();
            let year =
                if short { short_year(value) } else { full_year(value).filter(|_| of_four && self.part_of_year(end)) };
            year.and_then(|_| found.set(YEAR, n.end))?;
            found.date.year = year;
            return Some(());
        };
        let small = |most: u64| u8::try_from(value).ok().filter(|_| (1..=most).contains(&value) && !ordinal);
        match class {
            Class::Year | Class::Fiscal | Class::Season => {
                let short = class == Class::Fiscal || (class == Class::Year && self.is_short_year(&n, stop));
                let year =
                    if of_four { full_year(value) } else { short_year(value).filter(|_| short && n.digits == 2) };
                year.filter(|_| !ordinal).and_then(|_| found.set(YEAR, stop))?;
                (found.date.year, found.date.fiscal) = (year, class == Class::Fiscal);
            }
            Class::Quarter | Class::FiscalQuarter => {
                // 三季 alone are three seasons.
                let named = ordinal || stop > end + 1 || found.last.is_some();
                let quarter = u8::try_from(value).ok().filter(|q| named && (1..=4).contains(q));
                quarter.and_then(|_| found.set(SPAN, stop))?;
                (found.date.quarter, found.date.fiscal) = (quarter, found.date.fiscal || class == Class::FiscalQuarter);
            }
            Class::Month => {
                small(12).and_then(|_| found.set(SPAN, stop))?;
                found.date.month = small(12);
                self.day_without_marker(found);
            }
            Class::Day => {
                // 一日 is "a day", 逾期三十日 says how long.
                let lasts = || {
                    view.before(n.end) == ')'
                        || self.ends(n.start, Class::Lasting).is_some()
                        || self.hedge_before(n.start).is_some()
                };
                let alone = found.last.is_none() && !(n.is_single() && value == 1) && !lasts();
                small(31).filter(|_| alone || found.date.month.is_some()).and_then(|_| found.set(DAY, stop))?;
                found.date.day = small(31);
            }
            _ => return None,
        }
        Some(())
    }

    /// 八月十五, 十月初一: the day without 日.
    fn day_without_marker(&self, found: &mut Fields) {
        let view = self.view;
        let at = found.end + usize::from(view.at(found.end) == '初');
        let Some(n) = self.figure(at).and_then(|_| self.number(at)) else { return };
        let Some(day) = n.whole().and_then(|d| u8::try_from(d).ok()) else { return };
        let marked = self.find(n.end, &Class::DATES).is_some();
        let first = at > found.end && (1..=10).contains(&day);
        let plain =
            (10..=31).contains(&day) && n.end > at + 1 && !marked && !self.is_counted(n.end) && view.at(n.end) != '几';
        let end = n.end + usize::from(first && view.at(n.end) == '日');
        if (first || plain) && found.set(DAY, end).is_some() {
            found.date.day = Some(day);
        }
    }

    /// Whether a number of two digits before 年 is a year: 24年底, 08年, 九八年; `end` is behind 年.
    fn is_short_year(&self, n: &Numeral, end: usize) -> bool {
        let view = self.view;
        let month = self.number(end).is_some_and(|m| {
            let part = self.find(m.end, &[Class::Month, Class::Quarter]);
            m.whole().is_some_and(|v| (1..=12).contains(&v)) && part.is_some()
        });
        let dated = self.is(end, Class::YearBehind).is_some() || self.part_of_year(end) || month;
        let digits = n.form == Form::Digits;
        let span = !digits && matches!(view.at(end), '间' | '来' | '前' | '后' | '多');
        let round = view.after(end, "以来").is_some() && n.low % Decimal::TEN == Decimal::ZERO;
        let other =
            span || round || matches!(view.at(end), '级' | '代') || matches!(view.before(n.start), '第' | '.' | '-');
        n.digits == 2 && !other && (n.low < Decimal::TEN || dated || digits)
    }

    /// Whether a half or a quarter stands at `at`, behind its year.
    fn part_of_year(&self, at: usize) -> bool {
        let quarter =
            || self.find(self.number(self.view.after(at, "第")?)?.end, &[Class::Quarter, Class::FiscalQuarter]);
        self.is(at, Class::HalfYear).is_some() || self.latin_part(at).is_some() || quarter().is_some()
    }

    /// 90年代, 1980年代, 20世纪60年代, 20世纪.
    fn decade(&self, n: &Numeral, out: &mut Vec<Draft>) -> Option<usize> {
        let (word, end) = self.find(self.view.skip_blank(n.end), &[Class::Century, Class::Decade])?;
        let value = u16::try_from(n.whole()?).ok()?;
        if word.class == Class::Century {
            let base = (10..=30).contains(&value).then(|| (value - 1) * 100)?;
            let century = Draft::new(n.start, end, Quantity::Ordinal(value.into()));
            return self.decade_of(n.start, end, base, out).or_else(|| Some(self.push(century, out)));
        }
        let year = match value {
            1000..3000 if value % 10 == 0 => value,
            // 10年代 and 20年代 can be of either century.
            30..=90 if value % 10 == 0 => 1900 + value,
            0 => 2000,
            _ => return Some(end),
        };
        Some(self.push(Draft::date(n.start, end, Date { year: Some(year), decade: true, ..Date::default() }), out))
    }

    /// 90年代 at `at`, behind its century.
    pub(super) fn decade_of(&self, start: usize, at: usize, base: u16, out: &mut Vec<Draft>) -> Option<usize> {
        let at = self.view.skip_blank(at);
        let n = self.number(self.view.after(at, "的").unwrap_or(at))?;
        let years = n.whole().and_then(|v| u16::try_from(v).ok()).filter(|y| *y < 100 && y % 10 == 0)?;
        let end = self.view.after(self.view.skip_blank(n.end), "年代")?;
        let date = Date { year: Some(base + years), decade: true, ..Date::default() };
        Some(self.push(Draft::date(start, end, date), out))
    }
}
