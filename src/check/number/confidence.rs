//! The confidence of findings on numbers: for each kind, the share of findings that are right, rounded down. It is
//! measured on pairs with one changed number and on unchanged pairs (`check_accuracy`; the table is in
//! `benches/accuracy.md`).

use rust_decimal::Decimal;

use super::matching::Left;
use super::slip::Slip;
use crate::check::stated::Stated;
use crate::quantity::{Hedge, Number, Quantity, Unit, Value};

/// For changed values, by what the change looks like.
const SLIP: f64 = 0.97;
const DIGITS: f64 = 0.97;
const WORDS: f64 = 0.92;
/// For figures of speech that translators render freely: four or five, more than a dozen, half an acre.
const LOOSE: f64 = 0.4;
/// For a value that the other side has less often.
const SURPLUS: f64 = 0.85;
/// For values that otherwise agree.
const DIRECTION: f64 = 0.95;
const BOUND: f64 = 0.95;
const ROUNDED: f64 = 0.55;
/// For "the second" and 第三.
pub(super) const ORDINAL: f64 = 0.65;
/// For numerals that are not values: days of the week, digits in names and ratios, and numerals that replace a value.
pub(super) const WEEKDAY: f64 = 0.9;
pub(super) const LABEL: f64 = 0.7;
pub(super) const NUMERAL: f64 = 0.7;
/// For an amount of money, a percentage or a measure on one side only.
const AMOUNT_ALONE: f64 = 0.75;
/// For any other number on one side only: references, lists and figures of speech. It is below the confidence that is
/// shown by default.
const ALONE: f64 = 0.3;

pub(super) fn of_slip(slip: Slip) -> f64 {
    match slip {
        Slip::Bound => BOUND,
        Slip::Rounded => ROUNDED,
        _ => DIRECTION,
    }
}

pub(super) fn changed(a: &Left<'_>, b: &Left<'_>, slip: Option<Slip>) -> f64 {
    let digits = |s: &Stated| s.span.text.chars().any(|c| c.is_ascii_digit());
    match slip {
        _ if a.surplus || b.surplus => SURPLUS,
        Some(_) => SLIP,
        None if digits(a.stated) && digits(b.stated) => DIGITS,
        None if loose(&a.stated.value, &b.stated.value) => LOOSE,
        None => WORDS,
    }
}

/// Whether a free translation may explain the difference between two values: only one of them is approximate, one is an
/// order of magnitude, or their units are different.
fn loose(a: &Value, b: &Value) -> bool {
    let guess = |v: &Value| matches!(v.quantity, Quantity::Magnitude { .. });
    let units = unit(a).zip(unit(b)).is_some_and(|(a, b)| !a.fits(b));
    (a.hedge != b.hedge && (a.hedge == Hedge::About || b.hedge == Hedge::About)) || guess(a) || guess(b) || units
}

fn unit(value: &Value) -> Option<Unit> {
    match value.quantity {
        Quantity::Number(number) => number.unit,
        _ => None,
    }
}

pub(super) fn alone(stated: &Stated) -> f64 {
    let text = &stated.span.text;
    let written = text.chars().any(|c| c.is_ascii_digit() || "亿万億萬兆".contains(c)) || text.contains("illion");
    match stated.value.quantity {
        // "Per dollar" is 1美元.
        Quantity::Number(Number { unit: Some(unit), low, .. })
            if written && !unit.is_duration() && low != Decimal::ONE =>
        {
            AMOUNT_ALONE
        }
        _ => ALONE,
    }
}
