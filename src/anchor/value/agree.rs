//! Whether two values are the same, and which of two texts' values belong together.

use rust_decimal::Decimal;

use super::{Date, Hedge, Meaning, Number, Unit, Value};

/// How far two values may be apart that were converted from one unit into another, as 100 feet and 30 metres: 2%.
const CONVERTED: Decimal = Decimal::from_parts(2, 0, 0, false, 2);

impl Value {
    /// Whether both say the same, within the precision that both state: 17.6 and 17.58 do, and 270 basis points and 2.7个百分点,
    /// "about 1.2 billion" and 12亿; 17.6 and 17.7 do not. A date agrees with one that says less of it. Directions are not
    /// compared.
    pub fn agrees(&self, other: &Value) -> bool {
        match (self.meaning, other.meaning) {
            (Meaning::Number(a), Meaning::Number(b)) => a.agrees(&b, self.hedge, other.hedge),
            (Meaning::Date(a), Meaning::Date(b)) => a.agrees(b),
            (
                Meaning::Time { hour, minute, second },
                Meaning::Time { hour: other_hour, minute: other_minute, second: other_second },
            ) => {
                let seconds = second.is_none() || other_second.is_none() || second == other_second;
                // A clock of twelve hours leaves out which half of the day it is.
                hour % 12 == other_hour % 12 && minute == other_minute && seconds
            }
            (Meaning::Order { zeros, .. }, Meaning::Order { zeros: other, .. }) => zeros == other,
            (Meaning::Order { zeros, .. }, Meaning::Number(n)) | (Meaning::Number(n), Meaning::Order { zeros, .. }) => {
                in_order(n.low, zeros)
            }
            (Meaning::Ordinal(a), Meaning::Ordinal(b)) => a == b,
            (Meaning::Ordinal(a), Meaning::Number(n)) | (Meaning::Number(n), Meaning::Ordinal(a)) => {
                n.high.is_none() && n.low == Decimal::from(a)
            }
            // A day or a year that stands alone looks like a number: "the 30th", 30日.
            (Meaning::Date(date), Meaning::Number(n)) | (Meaning::Number(n), Meaning::Date(date)) => {
                date.as_number().is_some_and(|d| n.low == d)
            }
            (Meaning::Date(date), Meaning::Ordinal(n)) | (Meaning::Ordinal(n), Meaning::Date(date)) => {
                date.as_number() == Some(Decimal::from(n))
            }
            (a, b) => match (ratio(a), ratio(b)) {
                // 八折 is what is left of the price, "20% off" what is not.
                (Some(a), Some(b)) if is_discount(self.meaning, other.meaning) => a == b || a + b == Decimal::ONE,
                (Some(a), Some(b)) => a == b || rounded(a, b),
                _ => false,
            },
        }
    }
}

/// Whether one is a multiple below one and the other a percentage.
fn is_discount(a: Meaning, b: Meaning) -> bool {
    let below = |m: Meaning| matches!(m, Meaning::Multiple(times) if times < Decimal::ONE);
    let percent = |m: Meaning| matches!(m, Meaning::Number(Number { unit: Some(Unit::PERCENT), high: None, .. }));
    (below(a) && percent(b)) || (below(b) && percent(a))
}

/// Fractions, percentages and multiples as a share of one: a third, 三成 and 30% can be compared.
fn ratio(meaning: Meaning) -> Option<Decimal> {
    match meaning {
        Meaning::Fraction { over, under } => Decimal::from(over).checked_div(Decimal::from(under)),
        Meaning::Multiple(times) => Some(times),
        Meaning::Number(Number { low, high: None, unit: Some(Unit::PERCENT), .. }) => {
            low.checked_div(Decimal::ONE_HUNDRED)
        }
        Meaning::Number(Number { low, high: None, unit: None, .. }) => Some(low),
        _ => None,
    }
}

fn in_order(value: Decimal, zeros: u32) -> bool {
    let Some(least) = 10i128.checked_pow(zeros).and_then(|p| Decimal::try_from_i128_with_scale(p, 0).ok()) else {
        return false;
    };
    value >= least && least.checked_mul(Decimal::TEN).is_some_and(|most| value < most)
}

/// Whether a fraction and a decimal are the same, to three places: a third is 33.3%.
fn rounded(a: Decimal, b: Decimal) -> bool {
    (a - b).abs() <= Decimal::new(5, 4)
}

/// Whether a number below one and a percentage are the same: .400 and 40%.
fn is_share(number: Decimal, percent: Decimal) -> bool {
    number.abs() < Decimal::ONE && number.checked_mul(Decimal::ONE_HUNDRED) == Some(percent)
}

/// What a hedged number may be: "about 1,200" what rounds to it, 四十多 up to the next ten, "nearly 50" down to the last one.
fn meant(number: Number, hedge: Hedge) -> (Decimal, Decimal) {
    let (value, half) = (number.low, number.step / Decimal::TWO);
    match hedge {
        Hedge::Exact => (value - half, value + half),
        Hedge::About => (value - coarse(number) / Decimal::TWO, value + coarse(number) / Decimal::TWO),
        Hedge::Over => (value - half, value + coarse(number)),
        Hedge::Under => (value - coarse(number), value + half),
    }
}

/// The step of a number whose last zeros do not count: 100 for 1,200.
fn coarse(number: Number) -> Decimal {
    let value = number.low.normalize();
    let (mut mantissa, mut zeros) = (value.mantissa(), 0);
    while value.scale() == 0 && mantissa != 0 && mantissa % 10 == 0 && zeros < MOST_ZEROS {
        (mantissa, zeros) = (mantissa / 10, zeros + 1);
    }
    let step = 10i128.checked_pow(zeros).and_then(|p| Decimal::try_from_i128_with_scale(p, 0).ok());
    step.map_or(number.step, |s| s.max(number.step))
}

/// Zeros at the end of the greatest number that is rounded: thousands of billions.
const MOST_ZEROS: u32 = 18;

impl Number {
    fn agrees(&self, other: &Number, hedge: Hedge, other_hedge: Hedge) -> bool {
        let (a, b) = match (self.unit, other.unit) {
            // A unit that one side leaves to the context says nothing against it; a percent sign is
            // left out only where the number is a share of one.
            (None, Some(Unit::PERCENT)) => return is_share(self.low, other.low),
            (Some(Unit::PERCENT), None) => return is_share(other.low, self.low),
            (None, _) | (_, None) => (*self, *other),
            (Some(x), Some(y)) if x == y => (*self, *other),
            (Some(x), Some(y)) => {
                let ((base, a), (other_base, b)) = (x.base(), y.base());
                if base != other_base {
                    return false;
                }
                let (Some(a), Some(b)) = (self.times(a), other.times(b)) else { return false };
                let metric = (x.base().1 / y.base().1).normalize().mantissa() != 1;
                let slack =
                    metric.then_some(CONVERTED).and_then(|share| a.low.abs().max(b.low.abs()).checked_mul(share));
                if slack.is_some_and(|s| (a.low - b.low).abs() <= s) && a.high.is_some() == b.high.is_some() {
                    return true;
                }
                (a, b)
            }
        };
        let step = a.step.max(b.step);
        // Half of what one in the last place is worth: what rounding takes.
        let close = |x: Decimal, y: Decimal| (x - y).abs() <= step / Decimal::TWO;
        if hedge != other_hedge && a.high.is_none() && b.high.is_none() {
            let ((low, high), (other_low, other_high)) = (meant(a, hedge), meant(b, other_hedge));
            return low <= other_high && other_low <= high;
        }
        let vague = hedge == Hedge::About && other_hedge == Hedge::About;
        match (a.high, b.high) {
            (None, None) => close(a.low, b.low),
            (Some(x), Some(y)) => close(a.low, b.low) && close(x, y),
            // "In the mid-teens" and 15%左右: neither claims to be exact.
            (Some(high), None) => vague && a.low <= b.low && b.low <= high,
            (None, Some(high)) => vague && b.low <= a.low && a.low <= high,
        }
    }

    /// The number and its step, multiplied; `None` where that exceeds what a decimal holds.
    pub(crate) fn times(&self, factor: Decimal) -> Option<Number> {
        let high = match self.high {
            None => None,
            Some(high) => Some(high.checked_mul(factor)?),
        };
        Some(Number { low: self.low.checked_mul(factor)?, high, step: self.step.checked_mul(factor)?, unit: self.unit })
    }
}

impl Date {
    /// Whether the parts that both give are equal, and one at least is.
    fn agrees(self, other: Date) -> bool {
        fn part<T: PartialEq>(a: Option<T>, b: Option<T>) -> (bool, bool) {
            match (a, b) {
                (Some(a), Some(b)) => (a == b, a == b),
                _ => (true, false),
            }
        }
        let parts = [
            part(self.year, other.year),
            part(self.half, other.half),
            part(self.quarter, other.quarter),
            part(self.month, other.month),
            part(self.day, other.day),
        ];
        parts.iter().all(|p| p.0) && parts.iter().any(|p| p.1) && self.decade == other.decade
    }

    /// The only part, as a number.
    fn as_number(self) -> Option<Decimal> {
        match (self.year, self.month, self.day, self.quarter, self.half) {
            (Some(year), None, None, None, None) => Some(Decimal::from(year)),
            (None, Some(month), None, None, None) => Some(Decimal::from(month)),
            _ => None,
        }
    }
}

/// Pairs of indices into `en` and `zh`, ascending in the first: values that agree, one to one. Equal ones first, then those
/// that agree within their precision, in order of the text. Takes time in the product of both lengths.
pub fn matched(en: &[Value], zh: &[Value]) -> Vec<(usize, usize)> {
    let mut free = vec![true; zh.len()];
    let mut partner: Vec<Option<usize>> = vec![None; en.len()];
    let same = |a: &Value, b: &Value| a.meaning == b.meaning;
    for fits in [&same as &dyn Fn(&Value, &Value) -> bool, &Value::agrees] {
        for (i, value) in en.iter().enumerate() {
            if partner[i].is_none()
                && let Some(j) = (0..zh.len()).find(|&j| free[j] && fits(value, &zh[j]))
            {
                (partner[i], free[j]) = (Some(j), false);
            }
        }
    }
    partner.iter().enumerate().filter_map(|(i, j)| Some((i, (*j)?))).collect()
}
