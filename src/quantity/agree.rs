//! Whether two values agree, and which values of two texts belong together.

use rust_decimal::Decimal;

use super::decimal::{power, trailing_zeros};
use super::{Date, Direction, Hedge, Number, Quantity, Time, Unit, Value};

/// How far two values may differ if one is a conversion into another unit, as 100 feet and 30 metres: 2%.
const CONVERTED: Decimal = Decimal::from_parts(2, 0, 0, false, 2);
/// By how many degrees rounding may change a temperature in another scale: 20 °C is 68 °F.
const CONVERTED_DEGREES: Decimal = Decimal::ONE;
/// How far a fraction and a decimal may differ: a third and 33.3%.
const OF_FRACTION: Decimal = Decimal::from_parts(5, 0, 0, false, 4);
/// The share by which a number may differ from its rounding without "about": $176 million and 1.8亿. $650 million agrees
/// with 7亿 only with 约.
const ROUNDED: Decimal = Decimal::from_parts(25, 0, 0, false, 3);
/// The zeros at the end of the greatest number that is rounded.
const MAX_ZEROS: u32 = 18;

/// How well two values agree, the best first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Fit {
    /// The same quantity, hedge and direction.
    Equal,
    /// The same quantity.
    Quantity,
    /// The same within the precision that both state, in the same kind of expression.
    Kind,
    /// The same within the precision that both state, in another kind of expression: a third and 33%.
    OtherKind,
    /// One value is so rough a rounding of the other that it should say "about".
    Coarse,
    /// The same, with the opposite bound or direction.
    Opposite,
}

/// Values whose positions in the two texts differ by more than this are not matched, which limits the time for long
/// lists and tables.
const WINDOW: usize = 200;

impl Value {
    /// Whether both values are the same within the precision that both state. 17.6 and 17.58 agree, and so do 270 basis
    /// points and 2.7个百分点, "about 1.2 billion" and 12亿; 17.6 and 17.7 do not. A date agrees with a date that gives
    /// fewer parts. Values with opposite bounds or directions can agree; see [`is_opposite`].
    pub fn agrees(&self, other: &Value) -> bool {
        self.fit(other).is_some()
    }

    /// How well both values agree; `None` if they do not.
    pub(crate) fn fit(&self, other: &Value) -> Option<Fit> {
        let coarse = match (self.quantity, other.quantity) {
            (Quantity::Number(a), Quantity::Number(b)) => numbers(self, a, other, b)?,
            _ => agrees(self, other).then_some(false)?,
        };
        let same = self.quantity == other.quantity;
        let kind = std::mem::discriminant(&self.quantity) == std::mem::discriminant(&other.quantity);
        Some(match is_opposite(self, other) {
            false if same && self.hedge == other.hedge && self.direction == other.direction => Fit::Equal,
            false if same => Fit::Quantity,
            true => Fit::Opposite,
            false if coarse => Fit::Coarse,
            false if kind => Fit::Kind,
            false => Fit::OtherKind,
        })
    }

    /// The direction of the value or of its sign.
    fn sign(&self) -> Option<Direction> {
        match self.quantity {
            Quantity::Number(number) if number.low.is_sign_negative() && !number.low.is_zero() => Some(Direction::Down),
            _ => self.direction,
        }
    }
}

/// Whether one value has a lower bound and the other an upper bound, or one rises and the other falls. The quantities
/// of both must agree.
pub fn is_opposite(a: &Value, b: &Value) -> bool {
    opposite_bounds(a, b) || opposite_directions(a, b)
}

/// Whether one value has a lower bound and the other an upper bound: at least a quarter, 至多四分之一.
pub(crate) fn opposite_bounds(a: &Value, b: &Value) -> bool {
    let bounds = matches!((a.hedge, b.hedge), (Hedge::Over, Hedge::Under) | (Hedge::Under, Hedge::Over));
    let plain = |v: &Value| Value { hedge: Hedge::Exact, ..v.clone() };
    // 四十多 and "nearly 50" are the same number.
    bounds && plain(a).agrees(&plain(b))
}

/// Whether one value rises and the other falls.
pub(crate) fn opposite_directions(a: &Value, b: &Value) -> bool {
    matches!((a.sign(), b.sign()), (Some(x), Some(y)) if x != y)
}

fn agrees(a: &Value, b: &Value) -> bool {
    use Quantity as Q;
    match (a.quantity, b.quantity) {
        (Q::Date(x), Q::Date(y)) => x.agrees(y),
        (Q::Time(x), Q::Time(y)) => x.agrees(y),
        (Q::Magnitude { zeros, unit }, Q::Magnitude { zeros: other, unit: unit_b }) => {
            zeros == other && units_fit(unit, unit_b)
        }
        (Q::Magnitude { zeros, unit }, Q::Number(n)) | (Q::Number(n), Q::Magnitude { zeros, unit }) => {
            in_order(n.low, zeros) && units_fit(unit, n.unit)
        }
        (Q::Ordinal(x), Q::Ordinal(y)) => x == y,
        (Q::Ordinal(x), Q::Number(n)) | (Q::Number(n), Q::Ordinal(x)) => n.high.is_none() && n.low == x.into(),
        // A day or a year alone looks like a number: "the 30th", 30日.
        (Q::Date(date), Q::Number(n)) | (Q::Number(n), Q::Date(date)) => {
            date.only_part().is_some_and(|d| n.high.is_none() && n.low == d)
        }
        (Q::Date(date), Q::Ordinal(n)) | (Q::Ordinal(n), Q::Date(date)) => {
            date.only_part() == Some(n.into()) || date.day.is_some_and(|d| u64::from(d) == n && date.month.is_none())
        }
        _ => shares_agree(a, b),
    }
}

/// Multiples, fractions and percentages, as shares of one. A rise by 100% is a doubling; a fall by two thirds leaves a
/// third.
fn shares_agree(a: &Value, b: &Value) -> bool {
    let (Some((x, x_step)), Some((y, y_step))) = (share(a.quantity), share(b.quantity)) else { return false };
    let part =
        |v: &Value| matches!(v.quantity, Quantity::Number(Number { unit: Some(unit), .. }) if unit != Unit::PERCENT);
    let least = if part(a) || part(b) { Decimal::ZERO } else { OF_FRACTION };
    let slack = (x_step.max(y_step) / Decimal::TWO).max(least);
    let close = |x: Decimal, y: Decimal| (x - y).abs() <= slack;
    // The share that remains after a change.
    let result = |value: &Value, share: Decimal| match (value.quantity, value.direction) {
        (Quantity::Multiple(_), _) => None,
        (_, Some(Direction::Up)) => Decimal::ONE.checked_add(share),
        (_, Some(Direction::Down)) => Decimal::ONE.checked_sub(share),
        (_, None) => None,
    };
    let multiple = |v: &Value| matches!(v.quantity, Quantity::Multiple(_));
    match (result(a, x), result(b, y)) {
        // 八折 is the part of the price that remains; "20% off" is the part that is taken away.
        (Some(x), None) if multiple(b) => close(x, y),
        (None, Some(y)) if multiple(a) => close(x, y),
        _ => close(x, y),
    }
}

/// A share of one, and the value of one in its last place.
fn share(quantity: Quantity) -> Option<(Decimal, Decimal)> {
    match quantity {
        Quantity::Fraction { numerator, denominator } => {
            Some((Decimal::from(numerator).checked_div(Decimal::from(denominator))?, Decimal::ZERO))
        }
        Quantity::Multiple(times) => Some((times, Decimal::ZERO)),
        Quantity::Number(Number { low, high: None, step, unit: Some(unit) }) => {
            let whole = match unit.symbol() {
                "%" => Decimal::ONE_HUNDRED,
                "ppm" => power(6)?,
                "ppb" => power(9)?,
                _ => return None,
            };
            Some((low.checked_div(whole)?, step.checked_div(whole)?))
        }
        Quantity::Number(Number { low, high: None, unit: None, .. }) => Some((low, Decimal::ZERO)),
        _ => None,
    }
}

fn units_fit(a: Option<Unit>, b: Option<Unit>) -> bool {
    a.zip(b).is_none_or(|(a, b)| a.fits(b))
}

fn in_order(value: Decimal, zeros: u32) -> bool {
    let Some(least) = power(zeros) else { return false };
    value >= least && least.checked_mul(Decimal::TEN).is_some_and(|most| value < most)
}

/// Both numbers in one unit, and the error that the conversion may add; `None` if they measure different things.
fn in_one_unit(a: Number, b: Number) -> Option<(Number, Number, Decimal)> {
    // A percent sign is left out only if the number is a share of one: .400 and 40%.
    let is_share = |number: Number, percent: Number| {
        number.low.abs() < Decimal::ONE && number.low.checked_mul(Decimal::ONE_HUNDRED) == Some(percent.low)
    };
    match (a.unit, b.unit) {
        // "In the mid-teens" and 15%左右.
        (None, Some(Unit::PERCENT)) if a.high.is_some() => Some((a, b, Decimal::ZERO)),
        (Some(Unit::PERCENT), None) if b.high.is_some() => Some((a, b, Decimal::ZERO)),
        (None, Some(Unit::PERCENT)) => is_share(a, b).then_some((b, b, Decimal::ZERO)),
        (Some(Unit::PERCENT), None) => is_share(b, a).then_some((a, a, Decimal::ZERO)),
        // A number whose unit the context gives agrees with any unit.
        (None, _) | (_, None) => Some((a, b, Decimal::ZERO)),
        (Some(x), Some(y)) if x.fits(y) => Some((a, b, Decimal::ZERO)),
        (Some(x), Some(y)) => {
            let pairs = x.choices().flat_map(|x| y.choices().map(move |y| (x, y)));
            let (x, y) = pairs.into_iter().find(|(x, y)| !x.is_currency() && x.base() == y.base())?;
            let (c, d) = (a.in_base(x)?, b.in_base(y)?);
            let decimal = x.factor().checked_div(y.factor())?.normalize().mantissa() == 1;
            let slack = match (x.has_offset() || y.has_offset(), decimal) {
                (true, _) => CONVERTED_DEGREES,
                (false, true) => Decimal::ZERO,
                (false, false) => c.low.abs().max(d.low.abs()).checked_mul(CONVERTED)?,
            };
            Some((c, d, slack))
        }
    }
}

/// Whether one of two numbers that agree is rounded too roughly; `None` if they do not agree.
fn numbers(a: &Value, x: Number, b: &Value, y: Number) -> Option<bool> {
    let (mut x, mut y, slack) = in_one_unit(x, y)?;
    // "A loss of 23 billion" and 负230亿: a sign on one side and a word on the other.
    if x.low.is_sign_negative() != y.low.is_sign_negative()
        && (a.direction == Some(Direction::Down) || b.direction == Some(Direction::Down))
    {
        (x, y) = (x.magnitude(), y.magnitude());
    }
    let step = x.step.max(y.step);
    let coarse_first = x.step > y.step;
    let close = |x: Decimal, y: Decimal| {
        let (apart, half) = ((x - y).abs(), step / Decimal::TWO);
        // Half a step is rounded up: 17.65 is 17.7, not 17.6.
        let up = if coarse_first { x.abs() >= y.abs() } else { y.abs() >= x.abs() };
        apart <= slack || apart < half || (apart == half && up)
    };
    let agree = match (x.high, y.high) {
        (Some(p), Some(q)) => close(x.low, y.low) && close(p, q),
        (None, None) if a.hedge == b.hedge => close(x.low, y.low),
        (None, None) => overlap(meant(x, a.hedge), meant(y, b.hedge)),
        // "In the mid-teens" and 15%左右, "just over 80" and 80出头: neither is exact.
        (Some(_), None) | (None, Some(_)) => {
            a.hedge != Hedge::Exact && b.hedge != Hedge::Exact && overlap(meant(x, a.hedge), meant(y, b.hedge))
        }
    };
    if !agree {
        return None;
    }
    let hedged = a.hedge != Hedge::Exact || b.hedge != Hedge::Exact || slack > Decimal::ZERO;
    let limit = x.low.abs().max(y.low.abs()).checked_mul(ROUNDED).unwrap_or(Decimal::MAX);
    let far = |p: Decimal, q: Decimal| (p - q).abs() > limit;
    let coarse = far(x.low, y.low) || x.high.zip(y.high).is_some_and(|(p, q)| far(p, q));
    Some(coarse && !hedged)
}

/// The range of numbers that the text may mean. "About 1,200" is all that rounds to it, 四十多 reaches up to the next ten,
/// and "nearly 50" down to the previous one.
fn meant(number: Number, hedge: Hedge) -> (Decimal, Decimal) {
    let half = number.step / Decimal::TWO;
    let (low, high) = (number.low, number.high.unwrap_or(number.low));
    let coarse = power(trailing_zeros(low, MAX_ZEROS)).map_or(number.step, |s| s.max(number.step));
    match hedge {
        Hedge::Exact => (low - half, high + half),
        Hedge::About => (low - coarse / Decimal::TWO, high + coarse / Decimal::TWO),
        Hedge::Over => (low - half, high + coarse),
        Hedge::Under => (low - coarse, high + half),
    }
}

fn overlap((low, high): (Decimal, Decimal), (other_low, other_high): (Decimal, Decimal)) -> bool {
    low <= other_high && other_low <= high
}

impl Number {
    /// The number in the base unit of `unit`, its own unit.
    fn in_base(self, unit: Unit) -> Option<Number> {
        let high = match self.high {
            None => None,
            Some(high) => Some(unit.to_base(high)?),
        };
        let step = self.step.checked_mul(unit.factor())?;
        Some(Number { low: unit.to_base(self.low)?, high, step, unit: Some(unit.base()) })
    }

    /// The number without its sign.
    fn magnitude(self) -> Number {
        if self.low.is_sign_negative() { self.negated() } else { self }
    }
}

impl Date {
    /// Whether all parts that both dates give are equal, and they share at least one part.
    pub(crate) fn agrees(self, other: Date) -> bool {
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
        // The second quarter is not in the second half.
        let half = |date: Date| date.half.or(date.quarter.map(|quarter| quarter.div_ceil(2)));
        let halves = half(self).zip(half(other)).is_none_or(|(a, b)| a == b);
        halves && parts.iter().all(|p| p.0) && parts.iter().any(|p| p.1) && self.decade == other.decade
    }

    /// The only part, as a number.
    fn only_part(self) -> Option<Decimal> {
        match (self.year, self.month, self.day, self.quarter, self.half) {
            (Some(year), None, None, None, None) => Some(year.into()),
            (None, Some(part), None, None, None) | (None, None, Some(part), None, None) => Some(part.into()),
            _ => None,
        }
    }
}

impl Time {
    fn agrees(self, other: Time) -> bool {
        let seconds = self.second.is_none() || other.second.is_none() || self.second == other.second;
        // A twelve-hour clock does not say which half of the day it is.
        self.hour % 12 == other.hour % 12 && self.minute == other.minute && seconds
    }
}

/// Pairs of indices into `en` and `zh`, ascending in the first: values that agree, one to one. Pairs that agree best
/// are made first, then those with the nearest positions.
#[cfg(feature = "train")]
pub fn matched(en: &[Value], zh: &[Value]) -> Vec<(usize, usize)> {
    let mut pairs: Vec<(usize, usize)> =
        best_matches(en.iter(), zh.iter()).into_iter().map(|(_, i, j)| (i, j)).collect();
    pairs.sort_unstable();
    pairs
}

/// [`matched`] with how well each pair agrees, the best first.
pub(crate) fn best_matches<'v>(
    a: impl ExactSizeIterator<Item = &'v Value>,
    b: impl ExactSizeIterator<Item = &'v Value> + Clone,
) -> Vec<(Fit, usize, usize)> {
    let mut free = [vec![true; a.len()], vec![true; b.len()]];
    let mut candidates = Vec::new();
    for (i, x) in a.enumerate() {
        for (j, y) in b.clone().enumerate().skip(i.saturating_sub(WINDOW)).take(2 * WINDOW) {
            candidates.extend(x.fit(y).map(|fit| (fit, i.abs_diff(j), i, j)));
        }
    }
    candidates.sort_unstable();
    let mut found = Vec::new();
    for (fit, _, i, j) in candidates {
        if free[0][i] && free[1][j] {
            (free[0][i], free[1][j]) = (false, false);
            found.push((fit, i, j));
        }
    }
    found
}
