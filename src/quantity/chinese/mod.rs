//! Quantities in Chinese text.
//!
//! ```text
//! text       = { idiom | name number | expression | latin word | other character }
//! expression = [ sign | currency ] number ( clock | date | fraction | multiple | amount )
//!            | ordinal | band | order | word that is a quantity (翻番, 一半, 上半年, 半小时)
//! ```

mod amount;
mod arabic;
mod clock;
mod date;
mod direction;
mod fraction;
mod hedge;
mod money;
mod multiple;
mod name;
mod numeral;
mod range;
mod sum;
mod vocabulary;

use std::ops::Deref;

use rust_decimal::Decimal;

use super::draft::Draft;
use super::{Date, Direction, Hedge, Number, Quantity, Unit};
use crate::text::{View, is_letter};
use numeral::Numeral;
use vocabulary::{Class, Figure, Sense, UnitSense, VOCABULARY, Vocabulary};

fn figure(c: char) -> Option<Figure> {
    if c.is_ascii() { None } else { VOCABULARY.figures.get(&c).map(|f| f.0) }
}

/// The value of a character of a number, and whether it multiplies the number before it (十, 万).
pub(super) fn numeral_character(c: char) -> Option<(u64, bool)> {
    Some(match figure(c)? {
        Figure::Digit(digit) => (digit.into(), false),
        Figure::Tens(tens) => (u64::from(tens) * 10, false),
        Figure::Power(zeros) => (10u64.checked_pow(zeros)?, true),
    })
}

/// Reads one text.
pub(super) struct Chinese<'v> {
    view: &'v View,
    words: &'static Vocabulary,
}

/// A text and its vocabulary.
impl Deref for Chinese<'_> {
    type Target = View;

    fn deref(&self) -> &View {
        self.view
    }
}

impl<'v> Chinese<'v> {
    pub(super) fn new(view: &'v View) -> Chinese<'v> {
        Chinese { view, words: &VOCABULARY }
    }

    pub(super) fn read(&self, latin: &mut dyn FnMut(usize) -> usize) -> Vec<Draft> {
        let (mut out, mut at, mut quiet) = (Vec::new(), 0, 0);
        while at < self.len() {
            let c = self.at(at);
            if at >= quiet {
                quiet = self.address(at).unwrap_or(quiet);
            }
            let next = match c {
                _ if is_letter(c) => self.letter(at, quiet, latin, &mut out),
                _ if at < quiet => at,
                '0'..='9' if self.is_name_of_digits(at) => latin(at),
                '0'..='9' | '.' => self.expression(at, &mut out),
                _ if self.words.starts(c) => self.expression(at, &mut out),
                _ => at,
            };
            at = next.max(at + 1);
        }
        out
    }

    /// The end of a draft without the word for its unit.
    pub(super) fn bare_end(&self, draft: &Draft) -> usize {
        let measure = |u: UnitSense| (!u.unit.is_currency()).then_some(());
        let unit = self.words.units.before(|i| Some(self.view.at(i)), draft.end, measure);
        unit.map_or(draft.end, |(_, first)| self.back_over_blank(first))
    }

    pub(super) fn qualify(&self, drafts: Vec<Draft>) -> Vec<Draft> {
        let mut drafts = self.join_ranges(drafts);
        let starts: Vec<usize> = drafts.iter().map(|d| d.start).collect();
        // Words that belong to one value cannot also belong to the next.
        let mut floor = 0;
        for (k, draft) in drafts.iter_mut().enumerate() {
            let ceiling = starts.get(k + 1).copied().unwrap_or(self.len());
            self.surround(draft, floor, ceiling);
            draft.direction = self.direction(draft, floor, ceiling);
            floor = draft.end;
        }
        drafts
    }

    /// A word in Latin script at `at`: a sign, a part of a date, or a name.
    fn letter(&self, at: usize, quiet: usize, latin: &mut dyn FnMut(usize) -> usize, out: &mut Vec<Draft>) -> usize {
        if at >= quiet
            && !self.before(at).is_ascii_alphanumeric()
            && let Some(end) = self.money_before(at, out).or_else(|| Some(self.push(self.latin_date(at)?, out)))
        {
            return end;
        }
        let end = latin(at);
        // The number of pH 7.4 is a value. The number of Tel 021 5555 0199 is not.
        let value = self.is(at, Class::Statistic).filter(|&word| !is_letter(self.at(word)));
        let name = || self.name(at).filter(|&name| name > end).or_else(|| self.version(at, end));
        if at < quiet { end } else { value.or_else(name).unwrap_or(end) }
    }

    /// The expression that begins at `at`, with the index after it.
    fn expression(&self, at: usize, out: &mut Vec<Draft>) -> usize {
        // 三个月零五天: 零 only connects.
        let joins = self.at(at) == '零' && "年月周天时钟".contains(self.before(at)) && self.figure(at + 1).is_some();
        self.is_idiom(at)
            .or_else(|| self.name(at))
            .or(joins.then_some(at))
            .or_else(|| self.day_before_number(at))
            .or_else(|| self.money_before(at, out))
            .or_else(|| self.opening(at, out))
            .or_else(|| Some(self.push(self.iso(at)?, out)))
            .or_else(|| {
                let number = self.is_numeral(at) || ".几数好".contains(self.at(at));
                number.then(|| self.numeral(at, false).map_or_else(|end| end, |n| self.counted(&n, out)))
            })
            .unwrap_or(at)
    }

    /// An expression that begins with a word that is not a number.
    fn opening(&self, at: usize, out: &mut Vec<Draft>) -> Option<usize> {
        let found = self.find(at, &Class::OPENINGS);
        let Some((word, end)) = found else {
            return match self.at(at) {
                '第' => self.ordinal(at, out),
                '半' => self.half_unit(at, out),
                _ => None,
            };
        };
        match word.class {
            Class::HalfYear if self.before(at) == '提' => None,
            Class::HalfYear => self.dates(at, at, Date::default(), out),
            Class::BeforeChrist => Some(self.number(self.skip_blank(end)).map_or(end, |n| n.end)),
            Class::Era => self.era(at, end, word.number()?, out),
            Class::CenturyOf => self.decade_of(at, end, word.number()?, out),
            Class::Period => self.in_period(at, end, word.value, out),
            Class::Multiple => Some(self.push(Draft::new(at, end, Quantity::Multiple(word.number()?)), out)),
            Class::Turn => self.turned(at, end, out),
            Class::Half => self.half(at, end, word.hedge(), out),
            Class::Percent => self.percent(at, end, word.number()?, out),
            Class::PercentOf => self.parts_of(at, end, word.number()?, out),
            Class::Band => self.band(at, end, word.value, out),
            Class::Order => self.order_word(at, end, word.number()?, out),
            Class::OrderCounted => {
                let n = self.number(end)?;
                self.order_word(at, self.after(n.end, "计")?, n.zeros()?, out)
            }
            Class::Upward => self.upward(at, end, out),
            _ => {
                let number = Number::exact(word.number()?, Some(Unit::PERCENT));
                Some(self.push(Draft::number(at, end, number), out))
            }
        }
    }

    /// The kind of a number, from the words after it.
    fn counted(&self, n: &Numeral, out: &mut Vec<Draft>) -> usize {
        if self.is_named_before(n) {
            return n.end;
        }
        self.clock(n, out)
            .or_else(|| self.dated(n, out))
            .or_else(|| self.fraction(n, out))
            .or_else(|| self.multiple(n, out))
            .unwrap_or_else(|| self.amount(n, out))
    }

    /// 第十八次, 第三季, 第5至7天, 第4.2条. 第一 and 第二 are as often "firstly" and "secondly" as ordinals.
    fn ordinal(&self, at: usize, out: &mut Vec<Draft>) -> Option<usize> {
        if let Some(end) = self.dates(at, at, Date::default(), out) {
            return Some(end);
        }
        let number = self.skip_blank(at + 1);
        let n = match self.numeral(number, false) {
            Ok(n) => n,
            Err(end) => return self.is_numeral(number).then_some(end),
        };
        match n.whole() {
            Some(place) if !n.is_single() || place > 2 => out.push(Draft::new(at, n.end, Quantity::Ordinal(place))),
            None if !n.low.is_integer() => out.push(Draft::number(at, n.end, n.number(None))),
            _ => {}
        }
        let last = self.other_end(n.end).filter(|l| l.low > n.low && self.is_counted(self.skip_blank(l.end)));
        match last.and_then(|last| Some(Draft::new(last.start, last.end, Quantity::Ordinal(last.whole()?)))) {
            Some(last) => Some(self.push(last, out)),
            None => Some(n.end),
        }
    }

    fn push(&self, draft: Draft, out: &mut Vec<Draft>) -> usize {
        out.push(draft);
        draft.end
    }

    fn key(&self, at: usize) -> Option<char> {
        Some(self.at(at))
    }

    /// The longest word of one of the classes at `at`, and its end; `None` if a longer ordinary word is there.
    fn find(&self, at: usize, classes: &[Class]) -> Option<(Sense, usize)> {
        let pick = |s: Sense| (classes.contains(&s.class) || s.class == Class::Word).then_some(s);
        let found = || self.words.words.at(|i| self.key(i), at, pick);
        let begins = self.words.begins(self.at(at), classes);
        if begins { found().filter(|f| f.0.class != Class::Word || classes.contains(&Class::Word)) } else { None }
    }

    /// The longest word of one of the classes that ends before `end`, and where it begins.
    fn find_before(&self, end: usize, classes: &[Class]) -> Option<(Sense, usize)> {
        let pick = |s: Sense| (classes.contains(&s.class) || s.class == Class::WordBefore).then_some(s);
        let found = || self.words.words.before(|i| self.key(i), end, pick);
        let ends = self.words.ends(self.before(end), classes);
        if ends { found().filter(|f| classes.contains(&f.0.class)) } else { None }
    }

    fn is(&self, at: usize, class: Class) -> Option<usize> {
        self.find(at, &[class]).map(|f| f.1)
    }

    fn ends(&self, end: usize, class: Class) -> Option<usize> {
        self.find_before(end, &[class]).map(|f| f.1)
    }

    fn figure(&self, at: usize) -> Option<Figure> {
        figure(self.at(at))
    }

    /// The sign or code of a currency at `at`.
    fn sign_at(&self, at: usize) -> Option<(Unit, usize)> {
        self.words.signs.at(|i| self.key(i), at, Some)
    }

    /// The word for a unit at `at`. A unit in Latin letters must end where the letters end.
    fn units_at(&self, at: usize) -> Option<(UnitSense, usize)> {
        self.units_by(at, |i| i)
    }

    /// The word for a unit at the characters that `place` gives.
    fn units_by(&self, at: usize, place: impl Fn(usize) -> usize) -> Option<(UnitSense, usize)> {
        let (found, end) = self.words.units.at(|i| self.key(place(i)), at, Some)?;
        let end = place(end - 1) + 1;
        let inside = is_letter(self.before(end)) && (is_letter(self.at(end)) || self.at(end).is_ascii_digit());
        (!inside && self.is(at, Class::Word).is_none_or(|word| word <= end)).then_some((found, end))
    }

    /// The index after the longest word at `at` that looks like a number but is not one.
    pub(super) fn is_idiom(&self, at: usize) -> Option<usize> {
        let (word, end) = self.find(at, &[Class::Idiom])?;
        // 二百五 is an idiom, 二百五十 is a number.
        let longer = self.figure(end).is_some() && self.figure(end - 1).is_some();
        (!longer && !word.value.contains(self.at(end))).then_some(end)
    }

    /// The unit of time at `at`, with its end.
    pub(super) fn time_at(&self, at: usize) -> Option<(Unit, usize)> {
        self.units_at(at).filter(|(u, _)| u.unit.is_duration() && !u.risky).map(|(u, end)| (u.unit, end))
    }

    /// The end of the number of a weekday at `at`, if a numeral follows it: 周六六个小时, but 每周五六次.
    fn day_before_number(&self, at: usize) -> Option<usize> {
        let week = ["星期", "礼拜", "周"].iter().find_map(|word| {
            let start = at.checked_sub(word.chars().count())?;
            (self.after_any(start, &[word]) == Some(at)).then_some(start)
        })?;
        let counted = week > 0 && ("每各".contains(self.at(week - 1)) || self.is_numeral(week - 1));
        ("一二三四五六".contains(self.at(at)) && self.figure(at + 1).is_some() && !counted).then_some(at + 1)
    }

    /// The day of the week at `at`: 星期三, 周日. 六周一次 and 一周五天 have none.
    pub(super) fn weekday(&self, at: usize) -> Option<(u64, usize)> {
        let day = self.after_any(at, &["星期", "礼拜", "周"])?;
        let number = (1..).zip("一二三四五六日天".chars()).find(|(_, c)| *c == self.at(day)).map(|(n, _)| n)?;
        let counts = self.is(day + 1, Class::Measure).is_some() && !"上中下晚早夜和与至到".contains(self.at(day + 1));
        let part = counts || self.is_numeral(day + 1) || at > 0 && self.is_numeral(at - 1);
        (day > at + 1 || number < 8 && !part).then_some((number.min(7), day + 1))
    }

    /// Whether a measure word, a unit or a magnitude is at `at`.
    fn is_counted(&self, at: usize) -> bool {
        self.find(at, &[Class::Measure, Class::Share, Class::UnitWord]).is_some()
            || self.units_at(at).is_some_and(|(u, _)| !u.risky)
    }

    /// Whether a part of a date or a time is at `at`.
    fn is_dated(&self, at: usize) -> bool {
        ":/%.".contains(self.at(at)) || self.find(at, &[Class::Date, Class::Hour]).is_some()
    }
}

const HALF: Decimal = Decimal::from_parts(5, 0, 0, false, 1);
const TENTH: Decimal = Decimal::from_parts(1, 0, 0, false, 1);
