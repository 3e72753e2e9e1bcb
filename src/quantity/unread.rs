//! Numerals that are not in any value: in words and names ("one", 两人, A4), or in expressions that the reader does not
//! know.
//!
//! They are not values, but they may be the counterpart of a value in the other text.

use rust_decimal::Decimal;

use super::{Number, Quantity, Value};
use crate::text::{Lang, View, is_letter};

/// A numeral that is not in any value.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Unread {
    /// The bytes in the text.
    pub(crate) range: std::ops::Range<usize>,
    /// The digits without zeros at the end: `25` for 二百五 and for 250.
    digits: String,
    /// The value of a single digit or word.
    single: Option<u64>,
    /// The position of "first" or 第二.
    pub(crate) ordinal: Option<u64>,
}

/// English number words, with their digits without zeros at the end, and their values.
const ENGLISH: &[(&str, &str, u64)] = &[
    ("one", "1", 1),
    ("two", "2", 2),
    ("both", "2", 2),
    ("couple", "2", 2),
    ("pair", "2", 2),
    ("twice", "2", 2),
    ("three", "3", 3),
    ("four", "4", 4),
    ("five", "5", 5),
    ("six", "6", 6),
    ("seven", "7", 7),
    ("eight", "8", 8),
    ("nine", "9", 9),
    ("ten", "1", 10),
    ("eleven", "11", 11),
    ("twelve", "12", 12),
    ("twenty", "2", 20),
    ("thirty", "3", 30),
    ("forty", "4", 40),
    ("fifty", "5", 50),
    ("sixty", "6", 60),
    ("seventy", "7", 70),
    ("eighty", "8", 80),
    ("ninety", "9", 90),
    ("hundred", "", 100),
    ("thousand", "", 1000),
    ("million", "", 1_000_000),
    ("billion", "", 1_000_000_000),
];
const ORDINALS: &[(&str, u64)] = &[("first", 1), ("second", 2), ("third", 3), ("fourth", 4), ("fifth", 5)];

/// The numerals of a text that are not in any of its values, in order.
pub(crate) fn unread(text: &str, lang: Lang, values: &[Value]) -> Vec<Unread> {
    let view = View::new(text);
    let mut found = Vec::new();
    let mut values = values.iter().peekable();
    let mut at = 0;
    while at < view.len() {
        while values.next_if(|v| v.range.end <= view.byte(at)).is_some() {}
        if let Some(value) = values.peek().filter(|v| v.range.start <= view.byte(at)) {
            at = view.index(value.range.end).max(at + 1);
            continue;
        }
        let (numeral, end) = match lang {
            Lang::En => english(&view, at),
            Lang::Zh => chinese(&view, at),
        };
        found.extend(numeral);
        at = end.max(at + 1);
    }
    found
}

fn arabic(view: &View, at: usize) -> Option<(Option<Unread>, usize)> {
    let end = view.run(at, |c| c.is_ascii_digit());
    (end > at).then(|| {
        let digits: String = view.slice(at, end).iter().collect();
        (numeral(view, at, end, &digits, None), end)
    })
}

fn numeral(view: &View, at: usize, end: usize, digits: &str, single: Option<u64>) -> Option<Unread> {
    let digits = digits.trim_matches('0').to_owned();
    let range = view.byte(at)..view.byte(end);
    (!digits.is_empty() || single.is_some()).then_some(Unread { range, digits, single, ordinal: None })
}

fn english(view: &View, at: usize) -> (Option<Unread>, usize) {
    if let Some(found) = arabic(view, at) {
        return found;
    }
    if !is_letter(view.at(at)) {
        return (None, at + 1);
    }
    let (word, end) = view.word(at);
    if let Some((_, place)) = ORDINALS.iter().find(|(w, _)| *w == word) {
        let range = view.byte(at)..view.byte(end);
        return (Some(Unread { range, digits: String::new(), single: Some(*place), ordinal: Some(*place) }), end);
    }
    let (mut digits, mut last, mut words, mut value, mut next) = (String::new(), at, 0, 0, at);
    while let (word, stop) = view.word(next)
        && let Some((_, more, number)) = ENGLISH.iter().find(|(w, ..)| *w == word)
    {
        digits.push_str(more);
        (last, words, value) = (stop, words + 1, *number);
        next = if view.at(stop) == '-' { stop + 1 } else { view.skip_blank(stop) };
    }
    if words == 0 {
        return (None, end);
    }
    (numeral(view, at, last, &digits, (words == 1).then_some(value)), last)
}

fn chinese(view: &View, at: usize) -> (Option<Unread>, usize) {
    if let Some(found) = arabic(view, at) {
        return found;
    }
    let digit = |c: char| "零一二三四五六七八九".chars().position(|d| d == c).or((c == '两').then_some(2));
    let is_numeral = |c: char| digit(c).is_some() || "十百千万亿".contains(c);
    // 首轮 is the first round; 首都 is the capital.
    if view.at(at) == '首' && "轮次个家场季年日期批位天".contains(view.at(at + 1)) {
        let range = view.byte(at)..view.byte(at + 1);
        return (Some(Unread { range, digits: String::new(), single: Some(1), ordinal: Some(1) }), at + 1);
    }
    let ordinal = view.at(at) == '第';
    let start = at + usize::from(ordinal);
    let end = view.run(start, is_numeral);
    if end == start {
        return (None, at + 1);
    }
    let run = view.slice(start, end);
    let mut digits: String = run.iter().filter_map(|&c| digit(c)).map(|d| d.to_string()).collect();
    if run.first() == Some(&'十') {
        digits.insert(0, '1');
    }
    let value = |c: char| digit(c).map(|d| d as u64).or((c == '十').then_some(10));
    let single = if let [c] = run { value(*c) } else { None };
    let found = numeral(view, at, end, &digits, single);
    (found.map(|u| Unread { ordinal: single.filter(|_| ordinal), ..u }), end)
}

impl Unread {
    /// Whether the numeral may state the value.
    pub(crate) fn may_say(&self, value: &Value) -> bool {
        let whole = |n: u64| Decimal::from(n);
        match value.quantity {
            Quantity::Ordinal(n) => self.is(whole(n)),
            // 第一 is a position, not a number.
            _ if self.ordinal.is_some() => false,
            Quantity::Number(Number { low, high, .. }) => self.is(low) || high.is_some_and(|h| self.is(h)),
            Quantity::Multiple(times) => self.is(times),
            Quantity::Fraction { numerator, denominator } => {
                self.is(whole(numerator.unsigned_abs())) || self.is(whole(denominator))
            }
            Quantity::Date(date) => {
                let part = date.day.or(date.month).or(date.quarter).or(date.half).map(u64::from);
                part.or(date.year.map(u64::from)).is_some_and(|n| self.is(whole(n)))
            }
            Quantity::Time(time) => self.is(whole(time.hour.into())),
            Quantity::Magnitude { .. } => false,
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
