//! Finds which values of two halves belong together.

use rust_decimal::Decimal;

use super::slip::slip;
use crate::check::stated::Stated;
use crate::quantity::{Fit, Number, Quantity, Unit, Value, best_matches};
use crate::text::Lang;

/// The most numbers of a bead that are tried as the part and the whole of a fraction. Only lists and tables have more.
const MAX_PARTS: usize = 20;

/// Two values that agree.
#[derive(Clone, Copy, Debug)]
pub(super) struct Match {
    pub(super) first: usize,
    pub(super) second: usize,
    /// They agree only because one is a rough rounding of the other.
    pub(super) coarse: bool,
}

/// A value without a match on the other side of its bead.
pub(super) struct Left<'a> {
    pub(super) stated: &'a Stated,
    /// The position among the values of its side.
    pub(super) index: usize,
    /// The other side has an equal value, but fewer times: the value is repeated, or it replaced another value.
    pub(super) surplus: bool,
    /// A nearby bead has an equal value without a match.
    pub(super) spared: bool,
}

/// Matches values that agree, one to one: equal values first, then those that agree best, then the nearest in order. A
/// range also matches its two ends.
pub(super) fn matches(a: &[&Stated], b: &[&Stated]) -> Vec<Match> {
    let mut used = [vec![false; a.len()], vec![false; b.len()]];
    let mut found = Vec::new();
    for (fit, first, second) in best_matches(a.iter().map(|s| &s.value), b.iter().map(|s| &s.value)) {
        (used[0][first], used[1][second]) = (true, true);
        found.push(Match { first, second, coarse: fit == Fit::Coarse });
    }
    ends(a, b, &mut used, &mut found, false);
    ends(b, a, &mut used, &mut found, true);
    parts(a, b, &mut used, &mut found, false);
    parts(b, a, &mut used, &mut found, true);
    found
}

/// Matches ranges on one side with both ends on the other side: "from 5% to 7%".
fn ends(ranges: &[&Stated], singles: &[&Stated], used: &mut [Vec<bool>; 2], found: &mut Vec<Match>, swapped: bool) {
    let (own, other) = if swapped { (1, 0) } else { (0, 1) };
    for (i, range) in ranges.iter().enumerate() {
        let Quantity::Number(number @ Number { high: Some(high), .. }) = range.value.quantity else { continue };
        if used[own][i] {
            continue;
        }
        let of =
            |low| Value { quantity: Quantity::Number(Number { low, high: None, ..number }), ..range.value.clone() };
        let (low, high) = (of(number.low), of(high));
        let free = |value: &Value, not: Option<usize>| {
            let fits = |&j: &usize| !used[other][j] && Some(j) != not && value.agrees(&singles[j].value);
            (0..singles.len()).find(fits)
        };
        if let Some(first) = free(&low, None)
            && let Some(last) = free(&high, Some(first))
        {
            used[own][i] = true;
            for j in [first, last] {
                used[other][j] = true;
                let (first, second) = if swapped { (j, i) } else { (i, j) };
                found.push(Match { first, second, coarse: false });
            }
        }
    }
}

/// Matches fractions on one side with a part and a whole on the other side: 48块中有12块, "a dozen of the 48".
fn parts(fractions: &[&Stated], singles: &[&Stated], used: &mut [Vec<bool>; 2], found: &mut Vec<Match>, swapped: bool) {
    let (own, other) = if swapped { (1, 0) } else { (0, 1) };
    let single = |j: usize| match singles[j].value.quantity {
        Quantity::Number(Number { low, high: None, .. }) => Some(low),
        _ => None,
    };
    for (i, fraction) in fractions.iter().enumerate() {
        let Quantity::Fraction { numerator, denominator } = fraction.value.quantity else { continue };
        if used[own][i] {
            continue;
        }
        let free: Vec<usize> =
            (0..singles.len()).filter(|&j| !used[other][j] && single(j).is_some()).take(MAX_PARTS).collect();
        let fits = |j: usize, k: usize| {
            let cross = |j: usize, by: Decimal| single(j).and_then(|n| n.checked_mul(by));
            j != k && cross(j, denominator.into()).is_some_and(|part| Some(part) == cross(k, numerator.into()))
        };
        let pair = free.iter().find_map(|&j| free.iter().find(|&&k| fits(j, k)).map(|&k| [j, k]));
        if let Some(pair) = pair {
            used[own][i] = true;
            for j in pair {
                used[other][j] = true;
                let (first, second) = if swapped { (j, i) } else { (i, j) };
                found.push(Match { first, second, coarse: false });
            }
        }
    }
}

/// Whether two times of day are twelve hours apart and both name the half of the day: 5 p.m. and 上午5时. `first` is the
/// language of `a`.
pub(super) fn other_half_of_day(a: &Stated, b: &Stated, first: Lang) -> bool {
    let (Quantity::Time(x), Quantity::Time(y)) = (a.value.quantity, b.value.quantity) else { return false };
    let says = |stated: &Stated, lang: Lang| {
        let text = stated.span.text.to_lowercase();
        let words: &[&str] = match lang {
            Lang::En => &["am", "a.m", "pm", "p.m", "morning", "afternoon", "evening", "night", "noon"],
            Lang::Zh => &["上午", "下午", "早", "晚", "凌晨", "清晨", "中午", "夜", "傍晚", "午"],
        };
        words.iter().any(|w| text.contains(w))
    };
    x.hour.abs_diff(y.hour) == 12 && says(a, first) && says(b, first.other())
}

/// Whether another value agrees and has the same kind of expression.
pub(super) fn is_repeated(value: &Value, others: &[&Stated]) -> bool {
    others.iter().any(|o| value.fit(&o.value).is_some_and(|fit| fit <= Fit::Kind))
}

/// Whether another value agrees, or has an end of a range that agrees.
pub(super) fn is_said(value: &Value, others: &[&Stated]) -> bool {
    others.iter().any(|o| {
        value.agrees(&o.value) || {
            match o.value.quantity {
                Quantity::Number(range @ Number { high: Some(high), .. }) => [range.low, high].into_iter().any(|low| {
                    let end = Quantity::Number(Number { low, high: None, ..range });
                    value.agrees(&Value { quantity: end, ..o.value.clone() })
                }),
                _ => false,
            }
        }
    })
}

fn is_share(quantity: Quantity) -> bool {
    match quantity {
        Quantity::Fraction { .. } | Quantity::Multiple(_) => true,
        Quantity::Number(number) => number.unit.is_none_or(Unit::is_share),
        _ => false,
    }
}

/// The position that an ordinal gives.
pub(super) fn ordinal(value: &Value) -> Option<u64> {
    match value.quantity {
        Quantity::Ordinal(n) => Some(n),
        _ => None,
    }
}

/// The cost of taking one value as a translation of the other, lower for likelier pairs; `None` if that is not
/// possible.
pub(super) fn likeness(a: &Value, b: &Value) -> Option<u32> {
    use Quantity as Q;
    if slip(a, b).is_some() {
        return Some(0);
    }
    match (a.quantity, b.quantity) {
        (Q::Number(x), Q::Number(y)) if x.unit == y.unit => Some(1),
        (Q::Date(_), Q::Date(_)) | (Q::Time(_), Q::Time(_)) => Some(1),
        (Q::Number(x), Q::Number(y)) if x.unit.is_none() || y.unit.is_none() => Some(2),
        (x, y) if std::mem::discriminant(&x) == std::mem::discriminant(&y) => Some(3),
        // If a digit of 1978 is changed, the number may no longer look like a year.
        (Q::Date(_), Q::Number(n)) | (Q::Number(n), Q::Date(_)) => {
            (n.unit.is_none() || n.unit.is_some_and(Unit::is_duration)).then_some(4)
        }
        (Q::Ordinal(_), Q::Date(d)) | (Q::Date(d), Q::Ordinal(_)) => {
            (d.month.is_none() && d.day.is_some()).then_some(1)
        }
        (Q::Ordinal(_), Q::Number(n)) | (Q::Number(n), Q::Ordinal(_)) => {
            // The 20th anniversary is 20周年.
            n.unit.is_none_or(|u| u.symbol() == "yr").then_some(4)
        }
        (Q::Magnitude { .. }, Q::Number(_)) | (Q::Number(_), Q::Magnitude { .. }) => Some(4),
        // A fraction, a multiple and a percentage can translate each other.
        (x, y) if is_share(x) && is_share(y) => Some(4),
        _ => None,
    }
}
