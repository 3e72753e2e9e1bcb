//! What may have gone wrong with a value that changed.

use rust_decimal::Decimal;
use serde::Serialize;

use crate::quantity::{Date, Fit, Hedge, Number, Quantity, Unit, Value};

/// A usual slip between two values.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "kebab-case")]
#[non_exhaustive]
pub enum Slip {
    /// Ten times as much or as little: 90 billion as 90亿.
    X10,
    /// A hundred times.
    X100,
    /// A thousand times: million for billion.
    X1000,
    /// Ten thousand times: 万 for 亿.
    X10000,
    /// Other powers of ten.
    Magnitude,
    /// Percent for percentage points.
    PercentPoint,
    /// Minus for plus, a fall for a rise.
    Sign,
    /// "At most" for "at least".
    Bound,
    /// Rounded roughly, without "about".
    Rounded,
    /// Neighbouring digits changed places: 17.6 and 16.7.
    SwappedDigits,
    /// One digit is another one.
    Digit,
    /// The amount in another currency.
    Currency,
    /// The number with another unit.
    Unit,
    /// Another year, the rest of the date the same.
    Year,
    /// Another part of the date.
    Date,
    /// "Three times as much" and "three times more": 增长两倍 and 增长到两倍.
    Times,
}

impl Slip {
    /// The slip in words, for the message of the finding.
    pub(super) fn words(self) -> &'static str {
        match self {
            Slip::X10 => "a factor of ten",
            Slip::X100 => "a factor of a hundred",
            Slip::X1000 => "a factor of a thousand",
            Slip::X10000 => "a factor of ten thousand, as between 万 and 亿",
            Slip::Magnitude => "the same digits in another magnitude",
            Slip::PercentPoint => "percent and percentage points mixed up",
            Slip::Sign => "the opposite sign or direction",
            Slip::Bound => "the opposite bound",
            Slip::Rounded => "rounded without “about”",
            Slip::SwappedDigits => "two digits swapped",
            Slip::Digit => "one digit differs",
            Slip::Currency => "another currency",
            Slip::Unit => "another unit",
            Slip::Year => "another year",
            Slip::Date => "another date",
            Slip::Times => "“times as much” and “times more” mixed up",
        }
    }
}

/// The slip that makes one of the two values the other, if it is a usual one.
pub(super) fn slip(a: &Value, b: &Value) -> Option<Slip> {
    match (a.quantity, b.quantity) {
        (Quantity::Number(x), Quantity::Number(y)) => numbers(x, y),
        (Quantity::Date(x), Quantity::Date(y)) => dates(x, y),
        (Quantity::Multiple(x), Quantity::Multiple(y)) => ((x - y).abs() == Decimal::ONE).then_some(Slip::Times),
        (Quantity::Magnitude { unit: x, .. }, Quantity::Magnitude { unit: y, .. })
            if x != y && x.is_some() && y.is_some() =>
        {
            Some(Slip::Currency)
        }
        (Quantity::Magnitude { zeros: x, .. }, Quantity::Magnitude { zeros: y, .. }) => power(x.abs_diff(y)),
        _ => None,
    }
}

fn power(zeros: u32) -> Option<Slip> {
    Some(match zeros {
        0 => return None,
        1 => Slip::X10,
        2 => Slip::X100,
        3 => Slip::X1000,
        4 => Slip::X10000,
        _ => Slip::Magnitude,
    })
}

/// Zeros that a slip may add or take away: from ones to billions.
const MOST_ZEROS: u32 = 9;

fn numbers(a: Number, b: Number) -> Option<Slip> {
    let bare = |n: Number| Number { unit: None, ..n };
    let same_digits = agree(bare(a), bare(b));
    match (a.unit, b.unit) {
        (Some(x), Some(y)) if !x.fits(y) && same_digits => {
            let percent = |u: Unit| u == Unit::PERCENT || u == Unit::POINT;
            return Some(match (x, y) {
                _ if x.is_currency() && y.is_currency() => Slip::Currency,
                _ if percent(x) && percent(y) => Slip::PercentPoint,
                _ => Slip::Unit,
            });
        }
        (Some(Unit::PERCENT), None) | (None, Some(Unit::PERCENT)) if same_digits => return Some(Slip::Unit),
        _ => {}
    }
    if a.low.is_zero() || b.low.is_zero() {
        return None;
    }
    if agree(bare(a), bare(negated(b)?)) {
        return Some(Slip::Sign);
    }
    for zeros in 1..=MOST_ZEROS {
        let Some(factor) = 10i64.checked_pow(zeros).map(Decimal::from) else { break };
        for (small, great) in [(a, b), (b, a)] {
            if small.times(factor).is_some_and(|s| agree(bare(s), bare(great))) {
                return power(zeros);
            }
        }
    }
    digits(a.low, b.low)
}

fn agree(a: Number, b: Number) -> bool {
    let value = |n: Number| Value { range: 0..0, quantity: Quantity::Number(n), hedge: Hedge::Exact, direction: None };
    value(a).fit(&value(b)).is_some_and(|fit| fit <= Fit::OtherKind)
}

fn negated(n: Number) -> Option<Number> {
    if n.high.is_some() {
        return None;
    }
    Some(Number { low: -n.low, ..n })
}

/// Two numbers of equally many digits that differ in one digit, or in two neighbours that changed places.
fn digits(a: Decimal, b: Decimal) -> Option<Slip> {
    let (a, b) = (a.normalize(), b.normalize());
    let (x, y) = (a.mantissa().to_string(), b.mantissa().to_string());
    // Zeros at the end are lost when the other has a digit there.
    let (x, y) = (trimmed(&x), trimmed(&y));
    if x.len() != y.len() || x.len() < 2 {
        return None;
    }
    let apart: Vec<usize> = (0..x.len()).filter(|&i| x.as_bytes().get(i) != y.as_bytes().get(i)).collect();
    match apart.as_slice() {
        [_] => Some(Slip::Digit),
        &[i, j]
            if j == i + 1
                && x.as_bytes().get(i) == y.as_bytes().get(j)
                && x.as_bytes().get(j) == y.as_bytes().get(i) =>
        {
            Some(Slip::SwappedDigits)
        }
        _ => None,
    }
}

fn trimmed(digits: &str) -> &str {
    digits.trim_end_matches('0')
}

fn dates(a: Date, b: Date) -> Option<Slip> {
    let rest = |d: Date| Date { year: None, ..d };
    if a.year != b.year && a.year.is_some() && b.year.is_some() && rest(a) == rest(b) {
        return Some(Slip::Year);
    }
    let apart = |x: Option<u8>, y: Option<u8>| u32::from(x.is_some() && y.is_some() && x != y);
    let parts = apart(a.month, b.month) + apart(a.day, b.day) + apart(a.quarter, b.quarter) + apart(a.half, b.half);
    (parts == 1).then_some(Slip::Date)
}
