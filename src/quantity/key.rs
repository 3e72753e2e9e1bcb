//! The key that two expressions must share to match in the aligner.

use std::fmt::{Display, Formatter, Result};

use rust_decimal::Decimal;

use super::{Date, Number, Quantity, Time, Unit};

/// The value of an expression as the aligner compares it. Only percent counts as a unit;
/// [`Value::agrees`](super::Value) compares the others.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[non_exhaustive]
pub enum Key {
    /// A number without its sign. Ordinals, years and multiples are also numbers.
    Number(Decimal),
    /// A percentage or a difference of percentages.
    Percent(Decimal),
    /// The two ends of a range that is one expression: "five or six", 七八个.
    Range(Decimal, Decimal),
    /// A fraction without a short decimal.
    Fraction(u64, u64),
    /// A date with at least a month, a quarter or a half.
    Date(Date),
    /// A time of day.
    Time(Time),
}

impl Key {
    /// The key of a quantity; `None` for an order of magnitude.
    pub fn of(quantity: &Quantity) -> Option<Key> {
        Some(match *quantity {
            Quantity::Number(Number { low, high: Some(high), .. }) => Key::Range(low.normalize(), high.normalize()),
            Quantity::Number(number) => {
                let value = number.low.abs().normalize();
                if number.unit.is_some_and(Unit::is_share) { Key::Percent(value) } else { Key::Number(value) }
            }
            Quantity::Fraction { numerator, denominator } => {
                let (over, under) = (Decimal::from(numerator.unsigned_abs()), Decimal::from(denominator));
                let value = over.checked_div(under)?;
                match value.checked_mul(under) == Some(over) {
                    true => Key::Number(value.normalize()),
                    false => Key::Fraction(numerator.unsigned_abs(), denominator),
                }
            }
            Quantity::Ordinal(n) => Key::Number(Decimal::from(n)),
            Quantity::Date(date) => match date {
                Date { year: Some(year), half: None, quarter: None, month: None, .. } => Key::Number(year.into()),
                Date { day: Some(day), half: None, quarter: None, month: None, .. } => Key::Number(day.into()),
                // Often only one side says that a year is fiscal.
                date => Key::Date(Date { fiscal: false, ..date }),
            },
            Quantity::Time(time) => Key::Time(time),
            Quantity::Multiple(times) => Key::Number(times.normalize()),
            Quantity::Magnitude { .. } => return None,
        })
    }
}

/// `132000000000`, `2.7%`, `5..6`, `2/3`, `date:2025-10-30`, `time:9:30`.
impl Display for Key {
    fn fmt(&self, f: &mut Formatter<'_>) -> Result {
        match self {
            Key::Number(value) => write!(f, "{value}"),
            Key::Percent(value) => write!(f, "{value}%"),
            Key::Range(low, high) => write!(f, "{low}..{high}"),
            Key::Fraction(over, under) => write!(f, "{over}/{under}"),
            Key::Date(date) => write!(f, "date:{date}"),
            Key::Time(time) => write!(f, "time:{time}"),
        }
    }
}
