//! Numerals that are not in any value: in words and names ("one", 两人, A4), days of the week, or in expressions that the
//! reader does not know.
//!
//! They are not values, but they may be the counterpart of a value in the other text.

use rust_decimal::Decimal;

use super::chinese::Chinese;
use super::english::{self, NumeralWord};
use super::{Number, Quantity, Unit, Value, chinese};
use crate::text::{Lang, View, is_letter};

/// A numeral that is not in any value.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Unread {
    /// The bytes in the text.
    pub(crate) range: std::ops::Range<usize>,
    /// The digits without zeros at the end: `25` for 二百五 and for 250.
    digits: String,
    /// The value of a single digit or word.
    pub(crate) single: Option<u64>,
    pub(crate) sort: Sort,
}

/// What a numeral may be if it is not a value.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Sort {
    /// A number in words.
    Words,
    /// Arabic digits, mostly of a name or a ratio: Model 3, 16:9.
    Label,
    /// "First", 第二.
    Ordinal,
    /// Monday is 1.
    Weekday,
    /// The name of a month.
    Month,
    /// "Eighties".
    Tens,
    /// One of a unit of time: "a month", 一个月.
    OneOf(Unit),
    /// An article, or a part of an idiom.
    Idle,
}

/// The numerals of a text that are not in any of its values, in order.
pub(crate) fn unread(text: &str, lang: Lang, values: &[Value]) -> Vec<Unread> {
    let view = View::new(text);
    let reader = Chinese::new(&view);
    let mut found = Vec::new();
    let mut values = values.iter().peekable();
    let (mut at, mut idiom) = (0, 0);
    while at < view.len() {
        while values.next_if(|v| v.range.end <= view.byte(at)).is_some() {}
        if let Some(value) = values.peek().filter(|v| v.range.start <= view.byte(at)) {
            at = view.index(value.range.end).max(at + 1);
            continue;
        }
        let (numeral, end) = match lang {
            Lang::En => english(&view, at),
            Lang::Zh => {
                idiom = reader.is_idiom(at).unwrap_or(0).max(idiom);
                chinese(&reader, &view, at)
            }
        };
        let sort =
            |n: Unread| Unread { sort: if at < idiom && n.sort == Sort::Words { Sort::Idle } else { n.sort }, ..n };
        found.extend(numeral.map(sort));
        at = end.max(at + 1);
    }
    found
}

fn arabic(view: &View, at: usize) -> Option<(Option<Unread>, usize)> {
    let end = view.run(at, |c| c.is_ascii_digit());
    (end > at).then(|| {
        let digits: String = view.slice(at, end).iter().collect();
        (numeral(view, at, end, &digits, None).map(|n| Unread { sort: Sort::Label, ..n }), end)
    })
}

fn numeral(view: &View, at: usize, end: usize, digits: &str, single: Option<u64>) -> Option<Unread> {
    let digits = digits.trim_matches('0').to_owned();
    let range = view.byte(at)..view.byte(end);
    (!digits.is_empty() || single.is_some()).then_some(Unread { range, digits, single, sort: Sort::Words })
}

fn english(view: &View, at: usize) -> (Option<Unread>, usize) {
    if let Some(found) = arabic(view, at) {
        return found;
    }
    if !is_letter(view.at(at)) {
        return (None, at + 1);
    }
    let word_end = |at: usize| view.run(at, is_letter);
    let numeral_at = |at: usize| english::numeral_word(view.slice(at, word_end(at)));
    // "A month" and "one month".
    let next = view.skip_blank(word_end(at));
    if let Some(unit) = english::time_word(view.slice(next, word_end(next)))
        && (matches!(view.slice(at, word_end(at)), ['a' | 'A'] | ['a' | 'A', 'n']) || view.word(at).0 == "one")
    {
        return (one(view, at, word_end(next), unit), word_end(next));
    }
    let (mut digits, mut last, mut words, mut value, mut next) = (String::new(), at, 0, 0, at);
    while let Some(numeral) = numeral_at(next) {
        match numeral {
            NumeralWord::Ordinal(place) if words == 0 => {
                return (single(view, at, word_end(at), place, Sort::Ordinal), word_end(at));
            }
            NumeralWord::Weekday(day) if words == 0 => {
                return (single(view, at, word_end(at), day, Sort::Weekday), word_end(at));
            }
            NumeralWord::Month(month) if words == 0 => {
                return (single(view, at, word_end(at), month, Sort::Month), word_end(at));
            }
            NumeralWord::Tens(tens) if words == 0 => {
                return (single(view, at, word_end(at), tens, Sort::Tens), word_end(at));
            }
            NumeralWord::Ordinal(_) | NumeralWord::Weekday(_) | NumeralWord::Month(_) | NumeralWord::Tens(_) => break,
            NumeralWord::Cardinal(number) => {
                digits.push_str(number.to_string().trim_end_matches('0'));
                value = number;
            }
            NumeralWord::Magnitude => value = 0,
        }
        (last, words) = (word_end(next), words + 1);
        next = if view.at(last) == '-' { last + 1 } else { view.skip_blank(last) };
    }
    if words == 0 {
        return (None, word_end(at));
    }
    let sort = if view.word(at).0 == "one" { Sort::Idle } else { Sort::Words };
    let found = numeral(view, at, last, &digits, (words == 1 && value > 0).then_some(value));
    (found.map(|n| Unread { sort, ..n }), last)
}

fn single(view: &View, at: usize, end: usize, value: u64, sort: Sort) -> Option<Unread> {
    Some(Unread { range: view.byte(at)..view.byte(end), digits: String::new(), single: Some(value), sort })
}

fn one(view: &View, at: usize, end: usize, unit: Unit) -> Option<Unread> {
    single(view, at, end, 1, Sort::OneOf(unit))
}

fn chinese(reader: &Chinese<'_>, view: &View, at: usize) -> (Option<Unread>, usize) {
    if let Some(found) = arabic(view, at) {
        return found;
    }
    if let Some((day, end)) = reader.weekday(at) {
        return (single(view, at, end, day, Sort::Weekday), end);
    }
    // 首轮 is the first round, 首都 no first one.
    if view.at(at) == '首' && "轮次个家场季年日期批位天".contains(view.at(at + 1)) {
        return (single(view, at, at + 1, 1, Sort::Ordinal), at + 1);
    }
    let start = at + usize::from(view.at(at) == '第');
    let end = view.run(start, |c| chinese::numeral_character(c).is_some());
    if end == start {
        return (None, at + 1);
    }
    let run: Vec<(u64, bool)> = view.slice(start, end).iter().filter_map(|&c| chinese::numeral_character(c)).collect();
    match run.as_slice() {
        [(place, _)] if start > at => (single(view, at, end, *place, Sort::Ordinal), end),
        [(1, false)] => match reader.time_at(end) {
            Some((unit, end)) => (one(view, at, end, unit), end),
            None => (single(view, at, end, 1, Sort::Idle), end),
        },
        [(value, _)] => (numeral(view, at, end, &value.to_string(), Some(*value)), end),
        _ => {
            let first = run.first().filter(|f| f.1).map(|_| "1".to_owned());
            let digits = run.iter().filter(|f| !f.1).map(|f| f.0.to_string());
            (numeral(view, at, end, &first.into_iter().chain(digits).collect::<String>(), None), end)
        }
    }
}

impl Unread {
    /// Whether the numeral may state the value.
    pub(crate) fn may_say(&self, value: &Value) -> bool {
        let whole = |n: u64| Decimal::from(n);
        match value.quantity {
            Quantity::Date(date) if self.sort == Sort::Month => date.month.map(u64::from) == self.single,
            _ if matches!(self.sort, Sort::Weekday | Sort::Month) => false,
            Quantity::Number(Number { low, .. }) if self.sort == Sort::Tens => {
                self.single.is_some_and(|tens| (whole(tens)..whole(tens + 10)).contains(&low))
            }
            Quantity::Ordinal(n) => self.is(whole(n)),
            // 第一 is a position, not a number.
            _ if self.sort == Sort::Ordinal => false,
            Quantity::Number(Number { low, high, .. }) => self.is(low) || high.is_some_and(|h| self.is(h)),
            Quantity::Multiple(times) => self.is(times),
            Quantity::Fraction { numerator, denominator } => {
                self.is(whole(denominator)) || numerator.abs() > 1 && self.is(whole(numerator.unsigned_abs()))
            }
            Quantity::Date(date) => {
                let part = date.day.or(date.month).or(date.quarter).or(date.half).map(u64::from);
                part.or(date.year.map(u64::from)).is_some_and(|n| self.is(whole(n)))
            }
            Quantity::Time(time) => self.is(whole(time.hour.into())),
            Quantity::Magnitude { .. } => false,
        }
    }

    /// Whether both numerals may be the same.
    pub(crate) fn may_be(&self, other: &Unread) -> bool {
        let named = |u: &Unread| matches!(u.sort, Sort::Weekday | Sort::Month);
        if self.sort != other.sort && (named(self) || named(other)) {
            return false;
        }
        match (self.single, other.single) {
            (Some(a), Some(b)) => a == b,
            (None, None) => self.digits == other.digits,
            (Some(n), None) => other.is(n.into()),
            (None, Some(n)) => self.is(n.into()),
        }
    }

    /// Whether the value may be what the numeral was changed to: both are of one kind, but not equal.
    pub(crate) fn is_kind_of(&self, value: &Value) -> bool {
        match (self.sort, value.quantity) {
            (Sort::OneOf(unit), Quantity::Number(Number { unit: Some(of), .. })) => of.is_duration() && unit.fits(of),
            (Sort::Words | Sort::Label, Quantity::Number(Number { unit: None, high: None, .. }))
            | (Sort::Words | Sort::Label, Quantity::Ordinal(_)) => true,
            (Sort::Month, Quantity::Date(date)) => date.month.is_some() && date.day.is_none(),
            (Sort::Label, Quantity::Date(date)) => date.month.is_none() && date.day.is_none(),
            (Sort::Ordinal, Quantity::Fraction { .. }) => true,
            _ => false,
        }
    }

    fn is(&self, number: Decimal) -> bool {
        let number = number.abs().normalize();
        match self.single {
            Some(value) => number == Decimal::from(value),
            None => number.mantissa().to_string().trim_end_matches('0') == self.digits,
        }
    }
}
