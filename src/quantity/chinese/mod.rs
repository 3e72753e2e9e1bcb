//! Quantities in Chinese text.
//!
//! ```text
//! text       = { idiom | name number | expression | latin word | other character }
//! expression = [ sign | currency ] number ( clock | date | fraction | multiple | amount )
//!            | ordinal | band | order | word that is a quantity (翻番, 一半, 上半年, 半小时)
//! ```

mod amount;
mod arabic;
mod calendar;
mod clock;
mod date;
mod direction;
mod fraction;
mod hedge;
mod money;
mod multiple;
mod name;
mod numeral;
mod order;
mod range;
mod sum;
mod unit;
mod vocabulary;

use rust_decimal::Decimal;

use super::draft::Draft;
use super::{Direction, Hedge, Number, Quantity, Unit};
use crate::text::{View, is_letter};
use numeral::Numeral;
use vocabulary::{Class, Figure, Sense, UnitSense, VOCABULARY, Vocabulary};

/// Reads one text.
pub(super) struct Chinese<'v> {
    view: &'v View,
    words: &'static Vocabulary,
}

impl<'v> Chinese<'v> {
    pub(super) fn new(view: &'v View) -> Chinese<'v> {
        Chinese { view, words: &VOCABULARY }
    }

    pub(super) fn read(&self, latin: &mut dyn FnMut(usize) -> usize) -> Vec<Draft> {
        let (mut out, mut at, mut quiet) = (Vec::new(), 0, 0);
        while at < self.view.len() {
            let c = self.view.at(at);
            if at >= quiet {
                quiet = self.address(at).unwrap_or(quiet);
            }
            let next = if is_letter(c) {
                self.letter(at, quiet, latin, &mut out)
            } else if at < quiet {
                at + 1
            } else if c.is_ascii_digit() && self.is_name_of_digits(at) {
                latin(at)
            } else if c.is_ascii_digit() || c == '.' || self.words.starts(c) {
                self.expression(at, &mut out)
            } else {
                at + 1
            };
            at = next.max(at + 1);
        }
        out
    }

    /// Where a draft ends without the word for its unit.
    pub(super) fn bare_end(&self, draft: &Draft) -> usize {
        let measure = |u: UnitSense| (!u.unit.is_currency()).then_some(());
        let unit = self.words.units.before(|i| Some(self.view.at(i)), draft.end, measure);
        unit.map_or(draft.end, |(_, first)| self.back_over_blank(first))
    }

    pub(super) fn qualify(&self, drafts: Vec<Draft>) -> Vec<Draft> {
        let mut drafts = self.join_ranges(drafts);
        let starts: Vec<usize> = drafts.iter().map(|d| d.start).collect();
        // What one value takes in behind it is not before the next.
        let mut floor = 0;
        for (k, draft) in drafts.iter_mut().enumerate() {
            let ceiling = starts.get(k + 1).copied().unwrap_or(self.view.len());
            self.surround(draft, floor, ceiling);
            draft.direction = self.direction(draft, floor, ceiling);
            floor = draft.end;
        }
        drafts
    }

    /// A word in Latin script at `at`: a sign, a part of a date, or a name.
    fn letter(&self, at: usize, quiet: usize, latin: &mut dyn FnMut(usize) -> usize, out: &mut Vec<Draft>) -> usize {
        if at >= quiet
            && !self.view.before(at).is_ascii_alphanumeric()
            && let Some(end) = self.money_before(at, out).or_else(|| self.latin_date(at, out))
        {
            return end;
        }
        let end = latin(at);
        // Tel 021 5555 0199.
        let name = || self.name(at).filter(|&name| name > end).or_else(|| self.version(at, end));
        if at < quiet { end } else { name().unwrap_or(end) }
    }

    /// What begins at `at`, with the index behind it.
    fn expression(&self, at: usize, out: &mut Vec<Draft>) -> usize {
        if let Some(end) = self.is_idiom(at).or_else(|| self.name(at)) {
            return end;
        }
        // 三个月零五天: 零 only joins.
        if self.view.at(at) == '零' && "年月周天时钟".contains(self.view.before(at)) && self.figure(at + 1).is_some()
        {
            return at + 1;
        }
        if let Some(end) = self.money_before(at, out) {
            return end;
        }
        if let Some(end) = self.opening(at, out).or_else(|| self.iso(at, out)) {
            return end;
        }
        if !self.is_numeral(at) && !matches!(self.view.at(at), '.' | '几' | '数' | '好') {
            return at + 1;
        }
        match self.numeral(at, false) {
            Ok(n) => self.counted(&n, out),
            Err(end) => end,
        }
    }

    /// An expression that begins with a word of its own.
    fn opening(&self, at: usize, out: &mut Vec<Draft>) -> Option<usize> {
        if self.view.at(at) == '第' {
            return Some(self.ordinal(at, out));
        }
        let Some((word, end)) = self.find(at, &Class::OPENINGS) else {
            return if self.view.at(at) == '半' { self.half_unit(at, out) } else { None };
        };
        match word.class {
            Class::HalfYear => self.dates(at, at, None, out),
            Class::Era => self.era(at, end, word.number()?, out),
            Class::CenturyOf => self.decade_of(at, end, word.number()?, out),
            Class::Period => self.in_period(at, end, word.value, out),
            Class::Multiple => Some(self.push(Draft::new(at, end, Quantity::Multiple(word.number()?)), out)),
            Class::Turn => self.turned(at, end, out),
            Class::Half => self.half(at, end, word.hedge(), out),
            Class::Percent => self.percent(at, end, word.number()?, out),
            Class::PercentOf => self.parts_of(at, end, word.number()?, out),
            Class::Whole => {
                let number = Number::exact(word.number()?, Some(Unit::PERCENT));
                Some(self.push(Draft::number(at, end, number), out))
            }
            Class::Band => self.band(at, end, word.value, out),
            Class::Order => self.order_word(at, end, word.number()?, out),
            Class::OrderCounted => {
                let n = self.number(end)?;
                let end = self.view.after(n.end, "计")?;
                self.order_word(at, end, n.zeros()?, out)
            }
            Class::Upward => self.upward(at, end, out),
            _ => Some(end),
        }
    }

    /// What a number is, by what stands behind it.
    fn counted(&self, n: &Numeral, out: &mut Vec<Draft>) -> usize {
        let start = n.start;
        if self.is_named_before(n) {
            return n.end;
        }
        self.clock(n, out)
            .or_else(|| self.dated(n, out))
            .or_else(|| self.fraction(n, out))
            .or_else(|| self.multiple(n, out))
            .unwrap_or_else(|| self.amount(start, n, None, out))
    }

    /// 第十八次, 第三季. 第一 and 第二 are order words as much as numbers.
    fn ordinal(&self, at: usize, out: &mut Vec<Draft>) -> usize {
        if let Some(end) = self.dates(at, at, None, out) {
            return end;
        }
        let number = self.view.skip_blank(at + 1);
        if !self.is_numeral(number) {
            return at + 1;
        }
        let n = match self.numeral(number, false) {
            Ok(n) => n,
            Err(end) => return end,
        };
        let weak = n.is_single() && n.low <= Decimal::TWO;
        if let Some(place) = n.whole().filter(|_| !weak) {
            self.push(Draft::new(at, n.end, Quantity::Ordinal(place)), out);
        }
        n.end
    }

    fn push(&self, draft: Draft, out: &mut Vec<Draft>) -> usize {
        out.push(draft);
        draft.end
    }

    /// The longest word of one of the classes at `at`, and the index behind it.
    fn find(&self, at: usize, classes: &[Class]) -> Option<(Sense, usize)> {
        if !self.words.begins(self.view.at(at), classes) {
            return None;
        }
        self.words.words.at(|i| Some(self.view.at(i)), at, |s: Sense| classes.contains(&s.class).then_some(s))
    }

    /// The longest word of one of the classes that ends before `end`, and where it begins.
    fn find_before(&self, end: usize, classes: &[Class]) -> Option<(Sense, usize)> {
        if !self.words.ends(self.view.before(end), classes) {
            return None;
        }
        self.words.words.before(|i| Some(self.view.at(i)), end, |s: Sense| classes.contains(&s.class).then_some(s))
    }

    fn is(&self, at: usize, class: Class) -> Option<usize> {
        self.find(at, &[class]).map(|f| f.1)
    }

    fn ends(&self, end: usize, class: Class) -> Option<usize> {
        self.find_before(end, &[class]).map(|f| f.1)
    }

    fn figure(&self, at: usize) -> Option<Figure> {
        self.words.figure(self.view.at(at))
    }

    /// The word for a unit at `at`; one in Latin letters ends with a letter.
    fn units_at(&self, at: usize) -> Option<(UnitSense, usize)> {
        self.units_by(at, |i| i)
    }

    /// The word for a unit whose characters stand where `place` says.
    fn units_by(&self, at: usize, place: impl Fn(usize) -> usize) -> Option<(UnitSense, usize)> {
        let found = self.words.units.at(|i| Some(self.view.at(place(i))), at, Some)?;
        let end = place(found.1 - 1) + 1;
        let inside = is_letter(self.view.at(end - 1)) && is_letter(self.view.at(end));
        let digit = is_letter(self.view.at(end - 1)) && self.view.at(end).is_ascii_digit();
        (!inside && !digit).then_some((found.0, end))
    }

    /// The index behind the longest word at `at` that says no number.
    fn is_idiom(&self, at: usize) -> Option<usize> {
        let (word, end) = self.find(at, &[Class::Idiom])?;
        // 二百五 is an idiom, 二百五十 a number.
        let longer = self.figure(end).is_some() && self.words.figure(self.view.before(end)).is_some();
        (!longer && !word.value.contains(self.view.at(end))).then_some(end)
    }

    /// Whether a measure word, a unit or a magnitude stands at `at`.
    fn is_counted(&self, at: usize) -> bool {
        let no_unit = self.is(at, Class::NoUnit);
        let longest = |end: usize| no_unit.is_none_or(|no| end >= no);
        self.is(at, Class::Measure).is_some_and(longest)
            || self.units_at(at).is_some_and(|(u, end)| !u.risky && longest(end))
            || self.find(at, &[Class::Share, Class::UnitWord]).is_some()
    }

    /// Whether a part of a date or a time stands at `at`.
    fn is_dated(&self, at: usize) -> bool {
        let marks = matches!(self.view.at(at), ':' | '/' | '%' | '.');
        marks || self.find(at, &Class::DATES).is_some() || self.is(at, Class::Hour).is_some()
    }
}

const HALF: Decimal = Decimal::from_parts(5, 0, 0, false, 1);
const TENTH: Decimal = Decimal::from_parts(1, 0, 0, false, 1);
