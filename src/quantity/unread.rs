//! Numerals that are not in any value: in words and names ("one", 两人, A4), or in expressions that the reader does not
//! know.
//!
//! They are not values, but they may be the counterpart of a value in the other text.

use rust_decimal::Decimal;

use super::english::{self, NumeralWord};
use super::{Number, Quantity, Value, chinese};
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

/// English words for two that no reader takes for a number.
const TWO: [&str; 4] = ["both", "couple", "pair", "twice"];

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
    let word_end = |at: usize| view.run(at, is_letter);
    let numeral_at = |at: usize| match english::numeral_word(view.slice(at, word_end(at))) {
        None if TWO.contains(&view.word(at).0.as_str()) => Some(NumeralWord::Cardinal(2)),
        found => found,
    };
    let (mut digits, mut last, mut words, mut value, mut next) = (String::new(), at, 0, 0, at);
    while let Some(numeral) = numeral_at(next) {
        match numeral {
            NumeralWord::Ordinal(place) if words == 0 => return (ordinal(view, at, word_end(at), place), word_end(at)),
            NumeralWord::Ordinal(_) => break,
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
    (numeral(view, at, last, &digits, (words == 1 && value > 0).then_some(value)), last)
}

fn ordinal(view: &View, at: usize, end: usize, place: u64) -> Option<Unread> {
    let range = view.byte(at)..view.byte(end);
    Some(Unread { range, digits: String::new(), single: Some(place), ordinal: Some(place) })
}

fn chinese(view: &View, at: usize) -> (Option<Unread>, usize) {
    if let Some(found) = arabic(view, at) {
        return found;
    }
    // 首轮 is the first round, 首都 no first one.
    if view.at(at) == '首' && "轮次个家场季年日期批位天".contains(view.at(at + 1)) {
        return (ordinal(view, at, at + 1, 1), at + 1);
    }
    let start = at + usize::from(view.at(at) == '第');
    let end = view.run(start, |c| chinese::numeral_character(c).is_some());
    if end == start {
        return (None, at + 1);
    }
    let run: Vec<(u64, bool)> = view.slice(start, end).iter().filter_map(|&c| chinese::numeral_character(c)).collect();
    match run.as_slice() {
        [(place, _)] if start > at => (ordinal(view, at, end, *place), end),
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
