//! Dates, quarters and halves.
//!
//! ```text
//! dates = date [ ( "-" | "–" | "to" | "and" | ... ) date ]
//! date  = figures | day [ "of" ] month [ year ] | month [ day ] [ "," ] [ year ] | part [ "of" ] [ year ] | year part | year
//! figures = year "-" month [ "-" day ] | digits mark digits mark digits | digits "/" year
//! day   = digits [ "th" ] | ordinal | number in words
//! part  = "Q3" | "3Q" | "H1" | "third quarter" | "3rd qtr" | "second half"
//! ```

use super::English;
use super::numeral::Form;
use super::token::Kind;
use super::vocabulary::Class;
use crate::quantity::Date;
use crate::quantity::draft::Draft;

/// A date from one token to another.
#[derive(Clone, Copy, Debug)]
pub(super) struct Dated {
    pub(super) date: Date,
    pub(super) first: usize,
    pub(super) next: usize,
}

/// Two digits of a year from here on are of the last century: '98 is 1998, '25 is 2025.
const LAST_CENTURY: u16 = 50;

impl English<'_> {
    /// Reads the date at token `i`, and the one that it ranges to, into `out`.
    pub(super) fn date(&self, i: usize, out: &mut Vec<Draft>) -> Option<usize> {
        let (mut first, mut last) = self.dates(i)?;
        // "Jan–Feb 2017", "from Q2 to Q4 2023".
        let kind = |d: &Date| (d.month.is_some(), d.quarter.is_some(), d.half.is_some());
        if last.is_none()
            && first.date.year.is_none()
            && let Some(at) = self.linked(first.next)
            && let Some((other, None)) = self.dates(at)
            && other.date.year.is_some()
            && kind(&other.date) == kind(&first.date)
        {
            first.date = Date { year: other.date.year, fiscal: other.date.fiscal, ..first.date };
            last = Some(other);
        }
        let all = [Some(first), last];
        let drafts = all.iter().flatten().map(|d| Draft::date(self.start(d.first), self.end(d.next), d.date));
        out.extend(drafts);
        Some(last.unwrap_or(first).next)
    }

    /// The token behind a dash or one of `words` at `i`.
    pub(super) fn link(&self, i: usize, words: &str) -> Option<usize> {
        let dash = matches!(self.sign(i), '-' | '–' | '—') || self.one_of(i, words);
        if self.hyphen(i) { Some(i) } else { dash.then_some(i + 1) }
    }

    fn linked(&self, i: usize) -> Option<usize> {
        self.link(i, "to through and or until")
    }

    /// One date, or two that share a month.
    fn dates(&self, i: usize) -> Option<(Dated, Option<Dated>)> {
        let single = |date: Option<Dated>| date.map(|d| (d, None));
        let part = || self.part(i).or_else(|| self.year(i));
        match self.token(i).kind {
            Kind::Dotted | Kind::Number => {
                single(self.figures(i)).or_else(|| self.day_first(i)).or_else(|| single(part()))
            }
            Kind::Word => self.month_first(i).or_else(|| self.day_first(i)).or_else(|| single(part())),
            Kind::Sign => single(self.short_year(i)),
            Kind::Opaque => None,
        }
    }

    /// `2025-10-30`, `2015-12`, `10/30/2025`, `3/3/15`, `30.10.2025`, `12/2020`: with slashes the month comes first where both can
    /// be one.
    fn figures(&self, i: usize) -> Option<Dated> {
        let token = self.token(i);
        let mut parts = [(0, 0); 3];
        let (mut count, mut next, mut mark) = (0, i + 1, '.');
        if token.kind == Kind::Dotted {
            for part in self.view.slice(token.start, token.end).split(|c| *c == '.') {
                let value = part
                    .iter()
                    .try_fold(0u16, |n, c| n.checked_mul(10)?.checked_add(u16::try_from(c.to_digit(10)?).ok()?));
                *parts.get_mut(count)? = (value?, part.len());
                count += 1;
            }
        } else {
            mark = if self.hyphen(next) { '-' } else { self.sign(next) };
            let mut at = i;
            while let Some(slot) = parts.get_mut(count).filter(|_| self.plain(at) > 0) {
                *slot = (self.small(at, 9999)?, self.plain(at));
                (count, next) = (count + 1, at + 1);
                at = match mark {
                    '-' if self.hyphen(next) => next,
                    '/' if self.sign(next) == '/' && self.tight(next) && self.tight(next + 1) => next + 1,
                    _ => break,
                };
            }
            let more = self.hyphen(next) || (self.sign(next) == '/' && self.tight(next) && self.plain(next + 1) > 0);
            if more || count < 2 {
                return None;
            }
        }
        let slash = mark == '/';
        let year = |(n, digits): (u16, usize)| full_year(n, digits).filter(|_| digits == 4 || (digits == 2 && slash));
        let (year, month, day) = match (parts, count) {
            ([first @ (_, 4), month, day], 3) => (year(first)?, month.0, Some(day.0)),
            ([first, second, third], 3) => {
                let american = (slash && first.0 <= 12) || second.0 > 12;
                let (month, day) = if american { (first.0, second.0) } else { (second.0, first.0) };
                (year(third)?, month, Some(day))
            }
            ([first @ (_, 4), (month, 2), _], 2) if !slash && !self.is(next, Class::Span) => {
                (year(first)?, month, None)
            }
            ([(month, 1 | 2), last @ (1900..2100, 4), _], 2) if slash => (year(last)?, month, None),
            _ => return None,
        };
        let fits = (1..=12).contains(&month) && day.is_none_or(|d| (1..=31).contains(&d));
        let (month, day) = (u8::try_from(month).ok(), day.and_then(|d| u8::try_from(d).ok()));
        fits.then_some(Dated { date: Date { year: Some(year), month, day, ..Date::default() }, first: i, next })
    }

    /// The month at `i`, the token behind it, and whether its name is short.
    fn month(&self, i: usize) -> Option<(u8, usize, bool)> {
        let long = self.sense(i, Class::Month);
        let month = long.or_else(|| self.sense(i, Class::Short))?;
        let point = long.is_none() && self.sign(i + 1) == '.' && self.tight(i + 1);
        Some((u8::try_from(month).ok()?, i + 1 + usize::from(point), long.is_none()))
    }

    /// The day at `i` in digits or as an ordinal; behind a month, in words too.
    fn day(&self, i: usize, behind: bool) -> Option<(u8, usize)> {
        let at = i + usize::from(behind && self.word(i, "the"));
        if self.is_figure(at) {
            let day = self.small(at, 31).filter(|d| *d > 0 && self.plain(at) <= 2)?;
            let end = at + 1 + usize::from(self.tight(at + 1) && self.is(at + 1, Class::Suffixed));
            let tied = self.tight(end) && (self.is_word(end) || matches!(self.sign(end), '%' | ':' | '/'));
            let counts = self.is(end, Class::Magnitude) || self.phrase(end, Class::Percent).is_some();
            return (!tied && !counts).then(|| Some((u8::try_from(day).ok()?, end))).flatten();
        }
        if let Some(n) = self.sense(at, Class::Ordinal).filter(|n| *n < 3) {
            return Some((u8::try_from(n).ok()?, at + 1));
        }
        let num = self.number(at, false).filter(|_| self.is_word(at))?;
        let free = behind && at == i && num.scale.is_none() && self.unit(num.end, &num).is_none();
        let day = num.count().filter(|n| *n <= 31 && (num.form == Form::Ordinal || free))?;
        Some((u8::try_from(day).ok()?, num.end))
    }

    /// The year behind a month or a day: "2025", ", 2025", "of 1998", "'18", "twenty twenty-four".
    fn year_of_day(&self, i: usize) -> Option<(u16, usize)> {
        let at = i + usize::from(self.sign(i) == ',' || self.one_of(i, "of in"));
        let free = !self.tight(at) || self.sign(at) == '\'';
        self.year_at(at, false).or_else(|| self.year_in_words(at)).filter(|_| free)
    }

    /// "October 30, 2025", "May 2nd", "Jan 2017", "since March"; or two days of a month.
    fn month_first(&self, i: usize) -> Option<(Dated, Option<Dated>)> {
        let (month, end, short) = self.month(i)?;
        let dated = |year: Option<u16>, day: Option<u8>, first: usize, next: usize| Dated {
            date: Date { year, month: Some(month), day, ..Date::default() },
            first,
            next,
        };
        let hyphen = self.hyphen(end);
        let day = self.day(end, true).filter(|_| self.year_in_words(end).is_none() && (!hyphen || short));
        if let Some((day, next)) = day {
            if self.is_verb(i) && self.counts_days(end, next) {
                return None;
            }
            let second = self.second_day(next, day);
            let at = second.map_or(next, |s| s.2);
            let (year, stop) = self.year_of_day(at).map_or((None, at), |(year, stop)| (Some(year), stop));
            return Some(match second {
                None => (dated(year, Some(day), i, stop), None),
                Some((last, first, _)) => (dated(year, Some(day), i, next), Some(dated(year, Some(last), first, stop))),
            });
        }
        let year = if hyphen { self.year_at(end, short) } else { self.year_of_day(end) };
        if let Some((year, end)) = year {
            return Some((dated(Some(year), None, i, end), None));
        }
        self.means_month(i, end, short).then(|| (dated(None, None, i, end), None))
    }

    /// Whether the month at `i` may be a verb: may, march.
    fn is_verb(&self, i: usize) -> bool {
        self.one_of(i, "may march") && !self.capital(i)
    }

    /// Whether the number at `i`, which a day would end before `end`, counts something: "march 20 miles".
    fn counts_days(&self, i: usize, end: usize) -> bool {
        let dated = self.word(i.saturating_sub(2), "on") || self.is(i.saturating_sub(2), Class::Dated);
        let unit = self.number(i, false).is_some_and(|n| self.unit(n.end, &n).is_some());
        unit || !(dated || self.is_word(end.saturating_sub(1)) || !self.is_word(end))
    }

    /// Whether a month without day and year at `i` is one.
    fn means_month(&self, i: usize, end: usize, short: bool) -> bool {
        let before = i.saturating_sub(1);
        let month = |at: usize| self.vocabulary.is_month(self.token(at).key);
        let range =
            self.linked(end).is_some_and(month) || (self.linked(before) == Some(i) && month(before.saturating_sub(1)));
        let unsure = short || self.one_of(i, "may march") || (self.word(i, "august") && !self.capital(i));
        let dated = self.is(before, Class::Dated) || self.is(before, Class::Either) || self.is(before, Class::Span);
        range || !unsure || dated || (self.capital(i) && self.one_of(end, "was saw were"))
    }

    /// A second day of the month behind `i`: "–19", "and 19"; the day, its token and the one behind.
    fn second_day(&self, i: usize, first: u8) -> Option<(u8, usize, usize)> {
        let at = self.linked(i)?;
        let at = at + usize::from(self.word(at, "the"));
        let (day, end) = self.day(at, false).filter(|d| d.0 > first)?;
        let month = self.month(end + usize::from(self.word(end, "of"))).is_some();
        let counted = self.is_word(end) && !self.is(end, Class::Barrier) && self.one_of(i, "and or through until");
        let unit = self.is_figure(at) && self.number(at, false).is_some_and(|n| self.unit(n.end, &n).is_some());
        (!month && !counted && !unit).then_some((day, at, end))
    }

    /// "30 Oct 2025", "the 4th of July", "05-Aug-2016", "2–4 May 2018".
    fn day_first(&self, i: usize) -> Option<(Dated, Option<Dated>)> {
        let (day, end) = self.day(i, false)?;
        let month = |at: usize| self.month(at + usize::from(self.word(at, "of")));
        let two = || {
            let at = self.linked(end)?;
            let at = at + usize::from(self.word(at, "the"));
            let (other, stop) = self.day(at, false).filter(|d| d.0 > day)?;
            Some((month(stop)?, Some((other, at))))
        };
        let ((month, at, _), last) = month(end).map(|m| (m, None)).or_else(two)?;
        let year = if self.hyphen(at) { self.year_at(at, true) } else { self.year_of_day(at) };
        // "3 may be enough", "the 20 march on".
        if self.is_verb(at.saturating_sub(1))
            && !self.word(at.saturating_sub(2), "of")
            && self.is_word(at)
            && year.is_none()
        {
            return None;
        }
        let next = year.map_or(at, |y| y.1);
        let date = Date { year: year.map(|y| y.0), month: Some(month), day: Some(day), ..Date::default() };
        let last = last.map(|(day, first)| Dated { date: Date { day: Some(day), ..date }, first, next });
        Some((Dated { date, first: i, next: if last.is_some() { end } else { next } }, last))
    }

    /// A quarter or half at `i` without its year, and the token behind it; fiscal, if that is said.
    pub(super) fn bare_part(&self, i: usize) -> Option<(Date, usize)> {
        let fiscal = self.word(i, "fiscal");
        let i = i + usize::from(fiscal);
        let named = |n: u64, quarter: bool, fiscal: bool| {
            let n = u8::try_from(n).ok().filter(|n| (1..=if quarter { 4 } else { 2 }).contains(n));
            let (quarter, half) = if quarter { (n, None) } else { (None, n) };
            n.map(|_| Date { quarter, half, fiscal, ..Date::default() })
        };
        let figure = |at: usize| self.small(at, 4).filter(|_| self.plain(at) == 1).map(u64::from);
        let letter = |at: usize| self.one_of(at, "q h").then(|| self.word(at, "q"));
        // Q3, 3Q.
        let closed = !(self.tight(i + 2) && self.is_word(i + 2) && !self.word(i + 2, "fy")) && self.tight(i + 1);
        if let (Some(quarter), Some(n), true) = (letter(i), figure(i + 1), closed) {
            return Some((named(n, quarter, fiscal)?, i + 2));
        }
        // "Q four" in speech.
        if let Some(n) = self.sense(i + 1, Class::Cardinal).filter(|_| letter(i) == Some(true)) {
            return Some((named(n, true, fiscal)?, i + 2));
        }
        if let (Some(n), Some(quarter), true) = (figure(i), letter(i + 1), closed && self.capital(i + 1)) {
            return Some((named(n, quarter, fiscal)?, i + 2));
        }
        let suffix = usize::from(self.tight(i + 1) && self.is(i + 1, Class::Suffixed));
        let n = self.sense(i, Class::Ordinal).or_else(|| figure(i).filter(|_| suffix > 0))?;
        let end = i + 1 + suffix;
        let fiscal = fiscal || self.word(end, "fiscal");
        let end = end + usize::from(self.word(end, "fiscal"));
        let quarter = self.is(end, Class::Quarter);
        (quarter || self.word(end, "half")).then(|| Some((named(n, quarter, fiscal)?, end + 1))).flatten()
    }

    /// The year behind a part: "Q3 2025", "Q3'25", "1H25", "of fiscal 2025".
    pub(super) fn year_behind(&self, i: usize, short: bool) -> Option<(u16, bool, usize)> {
        let at = i + usize::from(matches!(self.sign(i), ',' | '/'));
        let at = self.words(at, "of the").unwrap_or(at + usize::from(self.one_of(at, "of in")));
        if let Some(found) = self.named_year(at) {
            return Some(found);
        }
        let year = self.year_at(at, (short && at == i && self.tight(at)) || self.hyphen(at));
        year.or_else(|| self.year_in_words(at)).map(|(year, end)| (year, false, end))
    }

    /// A quarter or half at `i`, with its year.
    fn part(&self, i: usize) -> Option<Dated> {
        // 18Q4, 2019-Q1, "2024 third quarter".
        if let Some((year, end)) = self.year_at(i, self.tight(i + 1)).filter(|y| y.1 == i + 1 || self.is_word(i))
            && let Some((part, next)) = self.bare_part(end).filter(|p| p.0.quarter.is_some() || self.word(end, "h"))
        {
            return Some(Dated { date: Date { year: Some(year), ..part }, first: i, next });
        }
        let Some((part, end)) = self.bare_part(i) else { return self.listed_part(i) };
        if let Some((year, fiscal, next)) = self.year_behind(end, self.is_figure(i)) {
            let date = Date { year: Some(year), fiscal: fiscal || part.fiscal, ..part };
            return Some(Dated { date, first: i, next });
        }
        // A half of something else is no date: "the first half of the match".
        let before = i.saturating_sub(1);
        let spoken = self.word(before, "the") && self.one_of(before.saturating_sub(1), "in for during through by into");
        let meant = !self.word(end, "of") && (spoken || self.is(end, Class::Business));
        let half =
            part.half.is_some() && self.word(end - 1, "half") && !meant && self.phrase(end, Class::Owned).is_none();
        (!half).then_some(Dated { date: Date { fiscal: false, ..part }, first: i, next: end })
    }

    /// The first of "third and fourth quarters".
    fn listed_part(&self, i: usize) -> Option<Dated> {
        let quarter = self.sense(i, Class::Ordinal).filter(|n| *n <= 4).and_then(|n| u8::try_from(n).ok())?;
        let (other, end) = self.bare_part(self.linked(i + 1)?).filter(|p| p.0.quarter.is_some())?;
        let (year, fiscal) =
            self.year_behind(end, false).map_or((None, false), |(year, fiscal, _)| (Some(year), fiscal));
        Some(Dated { date: Date { quarter: Some(quarter), year, fiscal, ..other }, first: i, next: i + 1 })
    }
}

/// The year of two or four digits.
pub(super) fn full_year(year: u16, digits: usize) -> Option<u16> {
    match digits {
        2 if year < LAST_CENTURY => Some(2000 + year),
        2 => Some(1900 + year),
        _ => (1000..3000).contains(&year).then_some(year),
    }
}
