//! Numbers by value, as English and Chinese write them.
//!
//! [`digits`] reads Arabic numerals, [`english`] and [`chinese`] what stands around them and numbers in words, [`date`]
//! dates, quarters and times of day. Each reader gets a place where an expression can begin and gives the place behind
//! what it has dealt with, so that no character is looked at by more than a few readers.

mod chinese;
mod currency;
mod date;
mod digits;
mod english;
pub(super) mod hanzi;
mod spelled;

pub(super) use chinese::{Plain, is_measure, plain as plain_chinese, read as read_chinese};
pub(super) use currency::after_chinese as currency_behind;
pub(super) use currency::codes as currency_codes;
pub(super) use date::MONTHS;
pub(super) use english::{ends_plain, read as read_english, tail as english_tail};
pub(super) use spelled::{denominator, ones as word_below_twenty};

use rust_decimal::Decimal;

use super::view::View;
use super::{AnchorKind, Mention};

/// Percent.
const PERCENT: &str = "%";
/// Percentage points.
const POINT: &str = "pp";
/// A calendar or fiscal year.
const YEAR: &str = "year";

/// A number with what belongs to it, before it becomes a [`Mention`].
#[derive(Clone, Debug)]
struct Quantity {
    /// Characters of the text.
    start: usize,
    end: usize,
    /// The number as written.
    raw: Decimal,
    /// Product of the magnitude words behind it; `None` where there are none.
    scale: Option<Decimal>,
    unit: Option<&'static str>,
    /// Basis points: the value is a hundredth of what is written.
    basis: bool,
    /// The currency stands before the number.
    sign: bool,
}

impl Quantity {
    /// The value; `None` where it exceeds what a decimal can hold.
    fn value(&self) -> Option<Decimal> {
        let value = self.raw.checked_mul(self.scale.unwrap_or(Decimal::ONE))?;
        if self.basis { value.checked_div(Decimal::ONE_HUNDRED) } else { Some(value) }
    }

    /// Whether both can be the ends of one range: "3 to 4%", "$3-4 billion"; not "grew 20% to $132 billion", nor a number
    /// without currency before one that has its sign in front.
    fn ranges_to(&self, last: &Quantity) -> bool {
        match (self.unit, last.unit) {
            (Some(a), Some(b)) => a == b && self.basis == last.basis,
            (Some(a), None) => a != PERCENT && a != POINT,
            (None, Some(_)) => !last.sign,
            (None, None) => true,
        }
    }

    /// In a range only the last number carries unit and magnitude: "30 to 40 percent", 3至4亿. A first number that is
    /// greater than the last ("from 500 to 1 million") has no part in the magnitude.
    fn inherit(&mut self, last: &Quantity) {
        if self.unit.is_none() {
            self.unit = last.unit;
            self.basis = last.basis;
        }
        if self.scale.is_none() && self.raw <= last.raw {
            self.scale = last.scale;
        }
    }

    /// What one in the last place as written is worth.
    fn step(&self) -> Option<Decimal> {
        let place = Decimal::try_from_i128_with_scale(1, self.raw.scale()).ok()?;
        let step = place.checked_mul(self.scale.unwrap_or(Decimal::ONE))?;
        if self.basis { step.checked_div(Decimal::ONE_HUNDRED) } else { Some(step) }
    }

    /// Adds the mention, unless the value is too great to hold.
    fn push(&self, view: &View, out: &mut Vec<Mention>) {
        if let Some(value) = self.value() {
            push(view, self.start, self.end, value, self.unit, None, out);
            if let (Some(mention), Some(step)) = (out.last_mut(), self.step()) {
                mention.step = Some(step.normalize());
            }
        }
    }
}

/// Adds a number; without a `key` it is the value, with `%` for percentages and percentage points.
fn push(
    view: &View,
    start: usize,
    end: usize,
    value: Decimal,
    unit: Option<&str>,
    key: Option<String>,
    out: &mut Vec<Mention>,
) {
    let value = value.normalize();
    let flag = if matches!(unit, Some(PERCENT | POINT)) { "%" } else { "" };
    out.push(Mention {
        kind: AnchorKind::Number,
        range: view.byte(start)..view.byte(end),
        value: Some(value),
        step: Some(Decimal::try_from_i128_with_scale(1, value.scale()).unwrap_or(Decimal::ONE)),
        unit: unit.map(str::to_owned),
        key: key.unwrap_or_else(|| format!("{value}{flag}")),
    });
}

/// Adds a fraction: its key is the value where that is a short decimal, else the reduced fraction.
fn push_fraction(view: &View, start: usize, end: usize, over: u64, under: u64, out: &mut Vec<Mention>) -> bool {
    let divisor = gcd(over, under);
    if divisor == 0 || under == 0 {
        return false;
    }
    let (over, under) = (over / divisor, under / divisor);
    let Some(value) = Decimal::from(over).checked_div(Decimal::from(under)) else { return false };
    let exact = value.checked_mul(Decimal::from(under)) == Some(Decimal::from(over));
    push(view, start, end, value, None, (!exact).then(|| format!("{over}/{under}")), out);
    // A fraction has no last place.
    if let Some(mention) = out.last_mut() {
        mention.step = None;
    }
    true
}

/// The greatest common divisor; the other one where one is 0.
pub(super) fn gcd(mut a: u64, mut b: u64) -> u64 {
    while b != 0 {
        (a, b) = (b, a % b);
    }
    a
}
