//! Years and decades.
//!
//! ```text
//! year   = digits [ ( "/" | "-" ) digits ] | "'" digits | century tens [ ones ] | century "oh" ones | "two thousand" [ "and" ] number
//!        | ( "FY" | "fiscal" [ "year" ] | "calendar" ) year [ part ]
//! decade = digits "s" | "'" digits "s" | "the" [ "early" | ... ] ( digits "s" | "eighties" ) | century "eighties"
//! ```

use rust_decimal::Decimal;

use super::English;
use super::date::{Dated, full_year};
use super::numeral::{Form, Num};
use super::vocabulary::Class;
use crate::quantity::Date;

/// Years that are given without a word that says so.
const USUAL: std::ops::Range<u16> = 1000..2100;

impl English<'_> {
    /// `2025`, `'25` or, where `short`, `25`; and the token behind. A season of two years counts as its first.
    pub(super) fn year_at(&self, i: usize, short: bool) -> Option<(u16, usize)> {
        let apostrophe = matches!(self.sign(i), '\'' | '’' | '‘') && self.tight(i + 1);
        let at = i + usize::from(apostrophe);
        let digits = self.plain(at);
        let year = self.small(at, 2999).filter(|_| digits == 4 || (digits == 2 && (short || apostrophe)))?;
        let (year, end) = (full_year(year, digits)?, at + 1);
        let mark = matches!(self.sign(end), '/' | '–') && self.tight(end) && self.tight(end + 1);
        let next = end + usize::from(mark);
        let season =
            self.plain(next) == 2 && (mark || self.hyphen(next)) && self.small(next, 99) == Some((year + 1) % 100);
        // 18Q4 is the year 2018, but 2000m is none.
        let tied = self.tight(end) && ((self.is_word(end) && !self.one_of(end, "q h")) || self.sign(end) == '%');
        (!tied).then_some((year, if season { next + 1 } else { end }))
    }

    /// "Nineteen eighty-four", "nineteen oh five", "twenty twenty-five".
    pub(super) fn year_in_words(&self, i: usize) -> Option<(u16, usize)> {
        let cardinal = |at: usize| self.sense(at, Class::Cardinal);
        let ones = |at: usize| cardinal(at).filter(|o| (1..10).contains(o));
        let century = cardinal(i).filter(|c| (16..=20).contains(c))?;
        let (rest, end) = match cardinal(i + 1) {
            Some(tens @ 20..) => ones(i + 2).map_or((tens, i + 2), |ones| (tens + ones, i + 3)),
            Some(teens @ 10..) => (teens, i + 2),
            None if self.one_of(i + 1, "oh o") => (ones(i + 2)?, i + 3),
            _ => return None,
        };
        let year = u16::try_from(century * 100 + rest).ok().filter(|y| *y < 2100)?;
        (!self.counts_behind(end)).then_some((year, end))
    }

    /// `FY25`, `fiscal 2026`, `fiscal year '26`, `calendar 2027`: the year and whether it is fiscal.
    pub(super) fn named_year(&self, i: usize) -> Option<(u16, bool, usize)> {
        let (fiscal, at) = self.phrase(i, Class::NamedYear)?;
        // "Twenty three".
        let spoken = || {
            let num = self.number(at, false).filter(|n| n.form == Form::Words && n.scale.is_none())?;
            Some((2000 + u16::try_from(num.count()?).ok().filter(|y| (20..50).contains(y))?, num.end))
        };
        let year = self.year_at(at, self.one_of(i, "fy cy")).or_else(|| self.year_in_words(at)).or_else(spoken);
        year.map(|(year, end)| (year, fiscal == 1, end))
    }

    /// The year or decade at token `i`.
    pub(super) fn year(&self, i: usize) -> Option<Dated> {
        let dated = |date: Date, next: usize| Some(Dated { date, first: i, next });
        let date = |year: u16, decade: bool| Date { year: Some(year), decade, ..Date::default() };
        if let Some((year, fiscal, end)) = self.named_year(i) {
            // "Fiscal 2026 third quarter".
            let part = self.bare_part(end).filter(|p| self.year_behind(p.1, false).is_none());
            let (part, end) = part.unwrap_or((Date::default(), end));
            return dated(Date { year: Some(year), fiscal, ..part }, end);
        }
        if let Some((year, end)) = self.decade(i, false) {
            return dated(date(year, true), end);
        }
        if !self.is_word(i) {
            let (year, end) = self.year_at(i, false).filter(|(y, _)| USUAL.contains(y))?;
            let meant = end > i + 1 || self.spans(i, year, end) || self.is_year(i, year, end);
            return if meant { dated(date(year, false), end) } else { None };
        }
        if let Some((year, end)) = self.year_in_words(i) {
            return dated(date(year, false), end);
        }
        self.words(i, "two thousand").filter(|_| self.follows(i, Class::Dated))?;
        let num = self.number(i, false).filter(|n| n.end > i + 2 || self.word(i.saturating_sub(1), "year"))?;
        let year = u16::try_from(num.total()?).ok().filter(|y| USUAL.contains(y))?;
        let free = !self.counts_behind(num.end) && (!self.is_word(num.end) || self.is(num.end, Class::Barrier));
        if free { dated(date(year, false), num.end) } else { None }
    }

    /// `'98`, `'80s`; `i` is the apostrophe.
    pub(super) fn short_year(&self, i: usize) -> Option<Dated> {
        (matches!(self.sign(i), '\'' | '’' | '‘') && self.tight(i + 1)).then_some(())?;
        let meant = !self.tight(i) && (self.follows(i, Class::Dated) || self.follows(i, Class::Either));
        let decade = self.decade(i + 1, true);
        let (year, next) = decade.or_else(|| self.year_at(i, false).filter(|_| meant))?;
        Some(Dated { date: Date { year: Some(year), decade: decade.is_some(), ..Date::default() }, first: i, next })
    }

    /// The decade at `i`: `1990s`, `1990's`, `80s`, "eighties", "nineteen-eighties".
    fn decade(&self, i: usize, apostrophe: bool) -> Option<(u16, usize)> {
        let before = i.saturating_sub(1);
        let early =
            self.one_of(before, "early late mid roaring swinging") && self.word(before.saturating_sub(1), "the");
        let named = apostrophe || early || self.word(before, "the");
        let tens = |at: usize| self.sense(at, Class::Tens).filter(|t| *t >= 20).and_then(|t| u16::try_from(t).ok());
        if let Some(tens) = tens(i) {
            // Ages and temperatures are in their thirties too.
            return named.then_some((1900 + tens, i + 1));
        }
        if let (Some(century), Some(tens)) = (self.sense(i, Class::Cardinal), tens(i + 1)) {
            return (17..=20)
                .contains(&century)
                .then(|| Some((u16::try_from(century).ok()? * 100 + tens, i + 2)))
                .flatten();
        }
        let digits = self.plain(i);
        let year = self.small(i, 2999).filter(|y| y % 10 == 0)?;
        let end = i + 1 + usize::from(matches!(self.sign(i + 1), '\'' | '’') && self.tight(i + 1));
        let year = match digits {
            4 if year >= 1000 => year,
            2 if named => {
                if year <= 10 {
                    2000 + year
                } else {
                    1900 + year
                }
            }
            _ => return None,
        };
        (self.tight(end) && self.word(end, "s")).then_some((year, end + 1))
    }

    /// Whether four digits count nothing: "the 2025 season", "in 2025 revenue grew". Counts of that size mostly have a comma, or
    /// are round ("2000 people").
    fn is_year(&self, i: usize, year: u16, end: usize) -> bool {
        let before = i.saturating_sub(1);
        let sign = self.tight(i) && !matches!(self.sign(before), '(' | '[' | '"' | '“');
        let tied = matches!(self.sign(end), '-' | '–' | '/' | ':') && self.tight(end) && self.is_figure(end + 1);
        let joined = self.hyphen(end) && self.is_figure(end);
        if sign || tied || joined || self.follows(i, Class::Numbered) || self.counts_behind(end) {
            return false;
        }
        let open = matches!(self.sign(before), '(' | '[' | ',') && matches!(self.sign(end), ')' | ']' | ':');
        let dated = self.follows(i, Class::Dated) || open;
        if dated || self.phrase(end, Class::Behind).is_some() {
            return dated;
        }
        let either = self.follows(i, Class::Either);
        if !self.is_word(end) {
            return either && !self.is_figure(end);
        }
        let plural = self.is_plural(end);
        (!year.is_multiple_of(100) && year >= 1800 && (self.follows(i, Class::Determiner) || !plural))
            || (either && !plural)
    }

    /// Whether a year stands before or behind the year at `i` that makes a span with it: "1748–1832", "1880 to 1920".
    fn spans(&self, i: usize, this: u16, end: usize) -> bool {
        let year = |at: usize| self.small(at, 2999).filter(|y| USUAL.contains(y) && self.plain(at) == 4);
        if let Some(at) = self.link(end, "-") {
            return year(at).is_some_and(|next| next > this && !self.counts_behind(at + 1));
        }
        let before = i.saturating_sub(1);
        let last = if self.hyphen(i) { before } else { before.saturating_sub(1) };
        let grouped = matches!(self.sign(last.saturating_sub(1)), '$' | '£' | '€');
        let linked = self.link(if self.hyphen(i) { i } else { before }, "to until through and") == Some(i);
        linked && !grouped && !self.counts_behind(end) && year(last).is_some_and(|last| last < this)
    }

    /// Whether a measure or a word for what is counted stands at `i`.
    fn counts_behind(&self, i: usize) -> bool {
        let num = Num::new(i, Decimal::ONE, Form::Digits);
        self.is(i, Class::Counted) || self.scale(i, false).is_some() || self.unit(i, &num).is_some()
    }

    /// Whether the word at `i` is a plural, as far as letters tell: "units", not "was", "this", "loss".
    pub(super) fn is_plural(&self, i: usize) -> bool {
        let token = self.token(i);
        let before = self.view.at(token.end.saturating_sub(2));
        token.end - token.start >= 5 && self.view.before(token.end) == 's' && !matches!(before, 's' | 'u' | 'i')
    }
}
