//! Years and decades.
//!
//! ```text
//! year   = digits [ "/" digits ] | "'" digits | century tens [ ones ] | century "oh" ones | "two thousand" number
//!        | ( "FY" | "fiscal" [ "year" ] | "calendar" ) year [ part ]
//! decade = digits "s" | "'" digits "s" | "the" [ "early" | ... ] ( digits "s" | "eighties" ) | century "eighties"
//! ```

use super::English;
use super::date::{Dated, full_year};
use super::numeral::Form;
use super::vocabulary::Class;
use crate::quantity::Date;

/// Years that can appear without a word that marks them as years.
const USUAL: std::ops::Range<u16> = 1000..2100;

fn of_year((year, end): (u16, usize)) -> Dated {
    (Date { year: Some(year), ..Date::default() }, end)
}

impl English<'_> {
    /// `2025`, `'25` or, if `short`, `25`; and the token after it. A season of two years counts as its first year.
    pub(super) fn year_at(&self, i: usize, short: bool) -> Option<(u16, usize)> {
        let apostrophe = matches!(self.sign(i), '\'' | '’' | '‘') && self.tight(i + 1);
        let at = i + usize::from(apostrophe);
        let digits = self.plain(at);
        let year = self.small(at, 2999).filter(|_| digits == 4 || (digits == 2 && (short || apostrophe)))?;
        let (year, end) = (full_year(year, digits)?, at + 1);
        let mark = matches!(self.sign(end), '/' | '–') && self.tight(end) && self.tight(end + 1);
        let next = end + usize::from(mark);
        let two = self.plain(next) == 2 && (mark || self.hyphen(next));
        let season = two && self.small(next, 99) == Some((year + 1) % 100);
        // 18Q4 is the year 2018, but 2000m is not a year.
        let tied = self.tight(end) && ((self.is_word(end) && !self.word(end, "q h")) || self.sign(end) == '%');
        (!tied).then_some((year, if season { next + 1 } else { end }))
    }

    /// A year in digits or words at `i`.
    pub(super) fn plain_year(&self, i: usize, short: bool) -> Option<Dated> {
        let words = || self.year_in_words(i).or_else(|| self.two_thousand(i));
        self.year_at(i, short).or_else(words).map(of_year)
    }

    /// "Nineteen eighty-four", "nineteen oh five", "twenty twenty-five".
    pub(super) fn year_in_words(&self, i: usize) -> Option<(u16, usize)> {
        let cardinal = |at: usize| self.sense(at, Class::Cardinal);
        let ones = |at: usize| cardinal(at).filter(|o| (1..10).contains(o));
        let century = cardinal(i).filter(|c| (16..=20).contains(c))?;
        let (rest, end) = match cardinal(i + 1) {
            Some(tens @ 20..) => ones(i + 2).map_or((tens, i + 2), |ones| (tens + ones, i + 3)),
            Some(teens @ 10..) => (teens, i + 2),
            None if self.word(i + 1, "oh o") => (ones(i + 2)?, i + 3),
            _ => return None,
        };
        let year = u16::try_from(century * 100 + rest).ok().filter(|y| *y < 2100)?;
        (!self.counts_behind(end)).then_some((year, end))
    }

    /// "Two thousand and ten".
    fn two_thousand(&self, i: usize) -> Option<(u16, usize)> {
        let end = self.words(i, "two thousand")?;
        let num = self.number(i, false).filter(|n| n.end > end || self.word(i.saturating_sub(1), "year"))?;
        let year = u16::try_from(num.total()?).ok().filter(|y| USUAL.contains(y))?;
        (!self.counts_behind(num.end)).then_some((year, num.end))
    }

    /// `FY25`, `fiscal 2026`, `fiscal year '26`, `calendar 2027`, "fiscal twenty three".
    pub(super) fn named_year(&self, i: usize) -> Option<Dated> {
        let (fiscal, at) = self.phrase(i, Class::NamedYear)?;
        let spoken = || {
            let num = self.number(at, false).filter(|n| n.form == Form::Words && n.scale.is_none())?;
            let year = u16::try_from(num.count()?).ok().filter(|y| (20..50).contains(y))?;
            Some(of_year((2000 + year, num.end)))
        };
        let (date, end) = self.plain_year(at, self.word(i, "fy cy")).or_else(spoken)?;
        Some((Date { fiscal: fiscal == 1, ..date }, end))
    }

    /// The year or decade at token `i`.
    pub(super) fn year(&self, i: usize) -> Option<Dated> {
        if let Some((year, end)) = self.named_year(i) {
            // "Fiscal 2026 third quarter".
            let part = self.bare_part(end).filter(|p| self.year_behind(p.1, false).is_none());
            let (part, end) = part.unwrap_or((year, end));
            return Some((Date { year: year.year, fiscal: year.fiscal, ..part }, end));
        }
        if let Some(found) = self.decade(i, false) {
            return Some(found);
        }
        if self.is_word(i) {
            let free = |end: usize| !self.is_word(end) || self.is(end, Class::Barrier);
            let spoken = || self.two_thousand(i).filter(|y| self.follows(i, Class::Dated) && free(y.1));
            return self.year_in_words(i).or_else(spoken).map(of_year);
        }
        let (year, end) = self.year_at(i, false).filter(|(y, _)| USUAL.contains(y))?;
        (end > i + 1 || self.spans(i, year, end) || self.is_year(i, year, end)).then_some(of_year((year, end)))
    }

    /// `'98`, `'80s`; `i` is the apostrophe.
    pub(super) fn short_year(&self, i: usize) -> Option<Dated> {
        (matches!(self.sign(i), '\'' | '’' | '‘') && self.tight(i + 1)).then_some(())?;
        let named = self.follows(i, Class::Determiner) && self.is_word(i + 2);
        let meant = !self.tight(i) && (self.follows(i, Class::Dated) || self.follows(i, Class::Either) || named);
        self.decade(i + 1, true).or_else(|| self.year_at(i, false).filter(|_| meant).map(of_year))
    }

    /// The decade at `i`: `1990s`, `1990's`, `80s`, "eighties", "nineteen-eighties".
    fn decade(&self, i: usize, apostrophe: bool) -> Option<Dated> {
        let before = i.saturating_sub(1);
        let early = self.word(before, "early late mid roaring swinging") && self.word(before.saturating_sub(1), "the");
        // Ages and temperatures can also be in the thirties.
        let named = apostrophe || early || self.word(before, "the");
        let tens = |at: usize| self.sense(at, Class::Tens).filter(|t| *t >= 20).and_then(|t| u16::try_from(t).ok());
        let century = |at: usize| self.sense(at, Class::Cardinal).filter(|c| (17..=20).contains(c));
        let (year, end) = if let Some(tens) = tens(i) {
            (1900 + tens, i + 1)
        } else if let (Some(century), Some(tens)) = (century(i), tens(i + 1)) {
            (u16::try_from(century).ok()? * 100 + tens, i + 2)
        } else {
            let year = self.small(i, 2999).filter(|y| y % 10 == 0)?;
            let end = i + 1 + usize::from(matches!(self.sign(i + 1), '\'' | '’') && self.tight(i + 1));
            (self.tight(end) && self.word(end, "s")).then_some(())?;
            match self.plain(i) {
                4 => (year, end + 1),
                2 => (year + if year <= 10 { 2000 } else { 1900 }, end + 1),
                _ => return None,
            }
        };
        let date = Date { year: Some(year), decade: true, ..Date::default() };
        (year >= 1000 && (named || self.plain(i) == 4 || end == i + 2 && self.is_word(i))).then_some((date, end))
    }

    /// Whether the four digits are a year and not a count: "the 2025 season", "in 2025 revenue grew". Counts of this
    /// size mostly have a comma or are round ("2000 people").
    fn is_year(&self, i: usize, year: u16, end: usize) -> bool {
        let before = i.saturating_sub(1);
        let sign = self.tight(i) && !matches!(self.sign(before), '(' | '[' | '"' | '“');
        let tied = matches!(self.sign(end), '-' | '–' | '/' | ':') && self.tight(end) && self.is_figure(end + 1);
        if sign || tied || self.follows(i, Class::Numbered) || self.counts_behind(end) {
            return false;
        }
        let open = matches!(self.sign(before), '(' | '[' | ',') && matches!(self.sign(end), ')' | ']' | ':');
        let dated = self.phrase_before(i, Class::Dated).is_some() || open;
        if dated || self.phrase(end, Class::Behind).is_some() {
            return dated;
        }
        let either = self.follows(i, Class::Either);
        if !self.is_word(end) {
            return either && !self.is_figure(end);
        }
        let plural = self.is_plural(end);
        let odd = !year.is_multiple_of(100) && year >= 1800;
        (odd && (self.follows(i, Class::Determiner) || !plural)) || (either && !plural)
    }

    /// Whether another year before or after the year at `i` makes a span with it: "1748–1832", "1880 to 1920".
    fn spans(&self, i: usize, this: u16, end: usize) -> bool {
        let year = |at: usize| self.small(at, 2999).filter(|y| USUAL.contains(y) && self.plain(at) == 4);
        if let Some(at) = self.link(end, "-") {
            return year(at).is_some_and(|next| next > this && !self.counts_behind(at + 1));
        }
        let last = i.saturating_sub(if self.hyphen(i) { 1 } else { 2 });
        let linked = self.link(last + 1, "to until through and") == Some(i);
        linked && !self.counts_behind(end) && year(last).is_some_and(|last| last < this)
    }

    /// Whether a measure or a word for counted things is at `i`.
    pub(super) fn counts_behind(&self, i: usize) -> bool {
        self.is(i, Class::Counted) || self.scale(i, false).is_some() || self.unit(i, false).is_some()
    }

    /// Whether the word at `i` looks like a plural: "units", but not "was", "this", "loss".
    pub(super) fn is_plural(&self, i: usize) -> bool {
        let token = self.token(i);
        let before = self.view.at(token.end.saturating_sub(2));
        token.end - token.start >= 5 && self.view.before(token.end) == 's' && !matches!(before, 's' | 'u' | 'i')
    }
}
