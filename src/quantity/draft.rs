//! An expression while it is being read.

use rust_decimal::Decimal;

use super::{Date, Direction, Hedge, Number, Quantity, Unit};
use crate::text::View;

/// An expression in characters of a [`View`](crate::text::View), before it becomes a reading or a value.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Draft {
    /// The first character.
    pub(super) start: usize,
    /// The character after the last one.
    pub(super) end: usize,
    /// The quantity that it states.
    pub(super) quantity: Quantity,
    /// While reading, the hedge inside the expression (多 in 50多万). After qualifying, the complete hedge.
    pub(super) hedge: Hedge,
    /// Set by qualifying.
    pub(super) direction: Option<Direction>,
    /// The next expression is the other end of a range that begins with this one.
    pub(super) ranges: bool,
}

impl Draft {
    pub(super) fn new(start: usize, end: usize, quantity: Quantity) -> Draft {
        Draft { start, end, quantity, hedge: Hedge::Exact, direction: None, ranges: false }
    }

    pub(super) fn number(start: usize, end: usize, number: Number) -> Draft {
        Draft::new(start, end, Quantity::Number(number))
    }

    pub(super) fn date(start: usize, end: usize, date: Date) -> Draft {
        Draft::new(start, end, Quantity::Date(date))
    }

    pub(super) fn hedged(self, hedge: Hedge) -> Draft {
        Draft { hedge, ..self }
    }
}

/// Gives the numbers of a size their unit, which is only written at the last one: 45 × 30 × 12 cm.
pub(super) fn share_units(view: &View, mut drafts: Vec<Draft>) -> Vec<Draft> {
    for k in (1..drafts.len()).rev() {
        let Quantity::Number(Number { unit: Some(unit), .. }) = drafts[k].quantity else { continue };
        let between = view.slice(drafts[k - 1].end, drafts[k].start);
        let mut signs = between.iter().filter(|c| !c.is_whitespace());
        let times = signs.next().is_some_and(|c| matches!(c, '×' | 'x' | '*')) && signs.next().is_none();
        if let Quantity::Number(Number { unit: own @ None, .. }) = &mut drafts[k - 1].quantity
            && times
            && unit.is_length()
        {
            *own = Some(unit);
        }
    }
    drafts
}

impl Number {
    /// Creates a draft of a single number.
    pub(super) fn new(value: Decimal, step: Decimal, unit: Option<Unit>) -> Number {
        Number { low: value.normalize(), high: None, step: step.normalize(), unit }
    }

    /// Creates a number whose step is one in the last place of its value: 0.1 for 2.5.
    pub(super) fn exact(value: Decimal, unit: Option<Unit>) -> Number {
        let value = value.normalize();
        Number { low: value, high: None, step: super::decimal::place(value), unit }
    }

    /// Creates a range.
    pub(super) fn range(low: Decimal, high: Decimal, step: Decimal, unit: Option<Unit>) -> Number {
        Number { high: Some(high.normalize()), ..Number::new(low, step, unit) }
    }

    /// The number and its step, multiplied; `None` if the result does not fit into a decimal.
    pub(crate) fn times(self, factor: Decimal) -> Option<Number> {
        let high = match self.high {
            None => None,
            Some(high) => Some(high.checked_mul(factor)?),
        };
        Some(Number { low: self.low.checked_mul(factor)?, high, step: self.step.checked_mul(factor)?, ..self })
    }

    /// The number with the other sign; for a range, both ends.
    pub(super) fn negated(self) -> Number {
        match self.high {
            None => Number { low: -self.low, ..self },
            Some(high) => Number { low: -high, high: Some(-self.low), ..self },
        }
    }
}

impl Quantity {
    /// A fraction in lowest terms; `None` if the denominator is 0.
    pub(super) fn fraction(numerator: u64, denominator: u64) -> Option<Quantity> {
        let divisor = super::decimal::gcd(numerator, denominator);
        let numerator = i64::try_from(numerator / divisor).ok()?;
        (denominator > 0).then(|| Quantity::Fraction { numerator, denominator: denominator / divisor })
    }
}
