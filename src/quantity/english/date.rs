//! Dates, quarters and halves.
//!
//! ```text
//! dates   = date [ link ( date | day [ year ] ) ] | ( day | ordinal ) link date
//! date    = figures | day [ [ "day" ] "of" ] month [ year ] | month [ day ] [ year ] | part [ year ] | year [ part ]
//! figures = year "-" month [ "-" day ] | digits mark digits mark digits | digits "/" year
//! part    = "Q3" | "3Q" | "H1" | "third quarter" | "3rd qtr" | "second half"
//! ```

use super::English;
use super::numeral::Form;
use super::token::Kind;
use super::vocabulary::Class;
use crate::quantity::Date;
use crate::quantity::draft::Draft;

/// A date and the token after it.
pub(super) type Dated = (Date, usize);

/// Two digits of a year from this number on belong to the last century: '98 is 1998, '25 is 2025.
const LAST_CENTURY: u16 = 50;
/// The number of characters of a date in digits.
const LONGEST_DATE: usize = 10;

impl English<'_> {
    /// Reads the date at token `i`, and the other end of its range, into `out`.
    pub(super) fn date(&self, i: usize, out: &mut Vec<Draft>) -> Option<usize> {
        let first = self.single_date(i);
        let two = match first {
            Some(first) => self.second_date(i, first),
            None => self.shared_date(i),
        };
        let put = |(date, next): Dated, first: usize| Draft::date(self.start(first), self.end(next), date);
        let Some((first, at, last)) = two else {
            out.push(put(first?, i));
            return Some(first?.1);
        };
        out.extend([put(first, i), put(last, at)]);
        Some(last.1)
    }

    fn single_date(&self, i: usize) -> Option<Dated> {
        match self.token(i).kind {
            Kind::Sign => self.short_year(i),
            Kind::Opaque => self.figures(i),
            _ => {
                let days = self.figures(i).or_else(|| self.month_first(i)).or_else(|| self.day_first(i));
                days.or_else(|| self.part(i)).or_else(|| self.year(i))
            }
        }
    }

    /// The token after a dash or one of `words` at `i`.
    pub(super) fn link(&self, i: usize, words: &str) -> Option<usize> {
        let dash = matches!(self.sign(i), '-' | '–' | '—') || self.word(i, words);
        if self.hyphen(i) { Some(i) } else { dash.then_some(i + 1) }
    }

    fn linked(&self, i: usize) -> Option<usize> {
        let at = self.link(i, "to through and or until")?;
        Some(at + usize::from(self.word(at, "the")))
    }

    /// The date at the other end of a range that begins before `i`, with its token: "November 18–19, 2024", "Jan–Feb
    /// 2017", "Q2 to Q4 2023".
    fn second_date(&self, i: usize, (date, end): Dated) -> Option<(Dated, usize, Dated)> {
        let at = self.linked(end).filter(|_| date.year.is_none())?;
        let later = |(day, _): &(u8, usize)| date.day.is_some_and(|first| first < *day);
        if let Some((day, next)) = self.day(at, false).filter(|d| self.is_word(i) && later(d)) {
            let free = !self.is_word(next) || self.is(next, Class::Barrier) || !self.word(end, "and or through until");
            if free {
                let (year, next) = self.year_behind(next, false).unwrap_or((Date::default(), next));
                let date = Date { year: year.year, ..date };
                return Some(((date, end), at, (Date { day: Some(day), ..date }, next)));
            }
        }
        let kind = |d: &Date| (d.month.is_some(), d.quarter.is_some(), d.half.is_some());
        let other = self.single_date(at).filter(|(other, _)| other.year.is_some() && kind(other) == kind(&date))?;
        Some(((Date { year: other.0.year, fiscal: other.0.fiscal, ..date }, end), at, other))
    }

    /// A range whose ends differ only in the day or the quarter: "2–4 May 2018", "third and fourth quarters".
    fn shared_date(&self, i: usize) -> Option<(Dated, usize, Dated)> {
        let (n, end) = self.day(i, false)?;
        let at = self.linked(end)?;
        let other = self.single_date(at)?;
        let first = match other.0 {
            Date { day: Some(day), month: Some(_), .. } if day > n => Date { day: Some(n), ..other.0 },
            Date { quarter: Some(_), .. } if n <= 4 && self.is_word(i) => Date { quarter: Some(n), ..other.0 },
            _ => return None,
        };
        Some(((first, end), at, other))
    }

    /// `2025-10-30`, `2015-12`, `10/30/2025`, `3/3/15`, `30.10.2025`, `12/2020`. With slashes the month comes first, if
    /// both numbers can be a month.
    fn figures(&self, i: usize) -> Option<Dated> {
        let start = self.start(i);
        let inside = |c: &&char| c.is_ascii_digit() || matches!(c, '-' | '/' | '.');
        let text: String = self.view.slice(start, start + LONGEST_DATE + 1).iter().take_while(inside).collect();
        let text = text.trim_end_matches('.');
        let mark = text.chars().find(|c| !c.is_ascii_digit())?;
        let slash = mark == '/';
        let year = |year: &str| {
            let usual = year.len() == 4 || (year.len() == 2 && slash);
            full_year(year.parse().ok()?, year.len()).filter(|_| usual)
        };
        let small = |part: &str, most: u8| part.parse().ok().filter(|n| (1..=most).contains(n));
        let next = self.index(start + text.len());
        (self.end(next) == start + text.len()).then_some(())?;
        let (year, month, day) = match *text.split(mark).collect::<Vec<_>>() {
            [first, month, day] if first.len() == 4 => (year(first)?, small(month, 12)?, Some(small(day, 31)?)),
            [first, second, last] => {
                let american = (slash && small(first, 12).is_some()) || small(second, 12).is_none();
                let (month, day) = if american { (first, second) } else { (second, first) };
                (year(last)?, small(month, 12)?, Some(small(day, 31)?))
            }
            [first, month] if first.len() == 4 && month.len() == 2 && mark == '-' && !self.is(next, Class::Span) => {
                (year(first)?, small(month, 12)?, None)
            }
            [month, last] if month.len() <= 2 && slash && last.len() == 4 => {
                (year(last).filter(|y| (1900..2100).contains(y))?, small(month, 12)?, None)
            }
            _ => return None,
        };
        Some((Date { year: Some(year), month: Some(month), day, ..Date::default() }, next))
    }

    /// The month at `i`, the token after it, and whether its name is short.
    fn month(&self, i: usize) -> Option<(u8, usize, bool)> {
        let long = self.sense(i, Class::Month);
        let month = long.or_else(|| self.sense(i, Class::Short))?;
        let point = long.is_none() && self.sign(i + 1) == '.' && self.tight(i + 1);
        Some((u8::try_from(month).ok()?, i + 1 + usize::from(point), long.is_none()))
    }

    /// The day at `i` in digits or as an ordinal; after a month, also in words.
    fn day(&self, i: usize, behind: bool) -> Option<(u8, usize)> {
        let at = i + usize::from(behind && self.word(i, "the"));
        if self.is_figure(at) {
            let day = self.small(at, 31).filter(|d| *d > 0 && self.plain(at) <= 2)?;
            let end = at + 1 + usize::from(self.tight(at + 1) && self.is(at + 1, Class::Suffixed));
            let tied = self.tight(end) && (self.is_word(end) || matches!(self.sign(end), '%' | ':' | '/'));
            let counts = self.is(end, Class::Magnitude) || self.phrase(end, Class::Percent).is_some();
            return u8::try_from(day).ok().filter(|_| !tied && !counts).map(|day| (day, end));
        }
        if let Some(n) = self.sense(at, Class::Ordinal).filter(|n| *n < 3) {
            return Some((u8::try_from(n).ok()?, at + 1));
        }
        let num = self.number(at, false).filter(|_| self.is_word(at))?;
        let free = behind && at == i && num.scale.is_none() && self.unit(num.end, false).is_none();
        let day = num.count().filter(|n| *n <= 31 && (num.form == Form::Ordinal || free))?;
        Some((u8::try_from(day).ok()?, num.end))
    }

    /// The year after a month, a day or a part of a year: "2025", ", 2025", "of 1998", "'18", "of fiscal 2025".
    pub(super) fn year_behind(&self, i: usize, short: bool) -> Option<Dated> {
        let at = i + usize::from(matches!(self.sign(i), ',' | '/'));
        let at = self.words(at, "of the").unwrap_or(at + usize::from(self.word(at, "of in")));
        let short = (short && at == i && self.tight(at)) || self.hyphen(at);
        self.named_year(at).or_else(|| self.plain_year(at, short))
    }

    /// "October 30, 2025", "May 2nd", "Jan 2017", "since March".
    fn month_first(&self, i: usize) -> Option<Dated> {
        let (month, end, short) = self.month(i)?;
        let day = self.day(end, true).filter(|_| self.year_in_words(end).is_none() && (!self.hyphen(end) || short));
        let at = day.map_or(end, |d| d.1);
        // "Aug. 9-11" has no year.
        let close = self.tight(at) || (self.hyphen(at) && day.is_some() && self.plain(at) < 4);
        let year = self.year_behind(at, false).filter(|_| !close || !self.is_figure(at));
        let meant = match day {
            Some((_, next)) => !self.is_verb(i) || !self.counts_days(end, next),
            None => year.is_some() || self.means_month(i, end, short),
        };
        let (date, next) = year.unwrap_or((Date::default(), at));
        meant.then_some((Date { month: Some(month), day: day.map(|d| d.0), ..date }, next))
    }

    /// Whether the month at `i` may be a verb: may, march.
    fn is_verb(&self, i: usize) -> bool {
        self.word(i, "may march") && !self.capital(i)
    }

    /// Whether the number at `i`, which would be a day that ends before `end`, counts something: "march 20 miles".
    fn counts_days(&self, i: usize, end: usize) -> bool {
        let dated = self.word(i.saturating_sub(2), "on") || self.is(i.saturating_sub(2), Class::Dated);
        let unit = self.number(i, false).is_some_and(|n| self.unit(n.end, n.large()).is_some());
        unit || !(dated || self.is_word(end.saturating_sub(1)) || !self.is_word(end))
    }

    /// Whether a month name at `i`, without day and year, is really a month.
    fn means_month(&self, i: usize, end: usize, short: bool) -> bool {
        let before = i.saturating_sub(1);
        let month = |at: usize| self.vocabulary.is_month(self.token(at).key);
        let range =
            self.linked(end).is_some_and(month) || (self.linked(before) == Some(i) && month(before.saturating_sub(1)));
        let unsure = short || self.word(i, "may march") || (self.word(i, "august") && !self.capital(i));
        let dated = [Class::Dated, Class::Either, Class::Span].into_iter().any(|class| self.is(before, class));
        range || !unsure || dated
    }

    /// "30 Oct 2025", "the 4th of July", "05-Aug-2016", "the 1st day of January".
    fn day_first(&self, i: usize) -> Option<Dated> {
        let (day, end) = self.day(i, false)?;
        let end = self.words(end, "day of").unwrap_or(end + usize::from(self.word(end, "of")));
        let (month, at, _) = self.month(end)?;
        let year = self.year_behind(at, false);
        // "3 may be enough", "the 20 march on".
        let verb = self.is_verb(end) && !self.word(end - 1, "of") && self.is_word(at) && year.is_none();
        let (date, next) = year.unwrap_or((Date::default(), at));
        (!verb).then_some((Date { month: Some(month), day: Some(day), ..date }, next))
    }

    /// A quarter or half at `i`, without its year; `fiscal` if the text says so.
    pub(super) fn bare_part(&self, i: usize) -> Option<Dated> {
        let fiscal = self.word(i, "fiscal");
        let i = i + usize::from(fiscal);
        let letter = |at: usize| self.word(at, "q h").then(|| self.word(at, "q"));
        let figure = |at: usize| self.small(at, 4).filter(|_| self.plain(at) == 1).map(u64::from);
        // Q3, 3Q.
        let closed = !(self.tight(i + 2) && self.is_word(i + 2) && !self.word(i + 2, "fy")) && self.tight(i + 1);
        let short = closed.then(|| letter(i).zip(figure(i + 1))).flatten();
        let turned = || letter(i + 1).filter(|_| closed).zip(figure(i));
        // "Q four" in speech.
        let spoken = || letter(i).filter(|quarter| *quarter).zip(self.sense(i + 1, Class::Cardinal));
        let (quarter, n, fiscal, end) = match short.or_else(turned).or_else(spoken) {
            Some((quarter, n)) => (quarter, n, fiscal, i + 2),
            None => {
                let suffix = usize::from(self.tight(i + 1) && self.is(i + 1, Class::Suffixed));
                let n = self.sense(i, Class::Ordinal).or_else(|| figure(i).filter(|_| suffix > 0))?;
                let named = self.word(i + 1 + suffix, "fiscal");
                let end = i + 1 + suffix + usize::from(named);
                let quarter = self.is(end, Class::Quarter);
                (quarter || self.word(end, "half")).then_some((quarter, n, fiscal || named, end + 1))?
            }
        };
        let n = u8::try_from(n).ok().filter(|n| (1..=if quarter { 4 } else { 2 }).contains(n))?;
        let (quarter, half) = if quarter { (Some(n), None) } else { (None, Some(n)) };
        Some((Date { quarter, half, fiscal, ..Date::default() }, end))
    }

    /// A quarter or half at `i`, with its year.
    fn part(&self, i: usize) -> Option<Dated> {
        // 18Q4, 2019-Q1, "2024 third quarter".
        if let Some((year, end)) = self.year_at(i, self.tight(i + 1)).filter(|y| y.1 == i + 1 || self.is_word(i))
            && let Some((part, next)) = self.bare_part(end).filter(|p| p.0.quarter.is_some() || self.word(end, "h"))
        {
            return Some((Date { year: Some(year), ..part }, next));
        }
        let (part, end) = self.bare_part(i)?;
        if let Some((year, next)) = self.year_behind(end, self.is_figure(i)) {
            return Some((Date { year: year.year, fiscal: year.fiscal || part.fiscal, ..part }, next));
        }
        // A half of something else is not a date: "the first half of the match".
        let before = i.saturating_sub(1);
        let spoken = self.word(before, "the") && self.word(before.saturating_sub(1), "in for during through by into");
        let meant = !self.word(end, "of") && (spoken || self.is(end, Class::Business));
        let half = self.word(end - 1, "half") && !meant && self.phrase(end, Class::Owned).is_none();
        (!half).then_some((Date { fiscal: false, ..part }, end))
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
