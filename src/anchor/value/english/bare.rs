//! A number with its magnitude and percent sign or currency, before it is known what stands around it.

use rust_decimal::Decimal;

use super::words::{ahead, behind};
use crate::anchor::number;
use crate::anchor::value::Unit;
use crate::anchor::view::View;
use crate::anchor::{AnchorKind, Mention};

/// A number as [`number`] reads it.
pub(super) struct Bare {
    pub(super) value: Decimal,
    pub(super) step: Decimal,
    /// Percent, points or a currency.
    pub(super) unit: Option<Unit>,
    pub(super) end: usize,
    /// "And a half" or the like is in it.
    pub(super) parted: bool,
}

impl Bare {
    /// The number at `at`, "one" among them, with "and a half" and the like; `None` for a range, a date, an ordinal.
    pub(super) fn read(view: &View, at: usize) -> Option<Bare> {
        let bare = if view.word(at).0 == "one" { one(view, at) } else { None };
        let bare = bare.or_else(|| Bare::simple(view, at))?;
        let Some((part, end)) = and_part(view, bare.end).filter(|_| bare.unit.is_none()) else { return Some(bare) };
        // "A million and a half".
        let times = if bare.value >= MILLION && bare.value == bare.step { bare.value } else { Decimal::ONE };
        let raw = bare.value.checked_add(part.checked_mul(times)?)?;
        let (value, step, unit, end) = number::english_tail(view, raw, end)?;
        Some(Bare { value, step, unit: unit.and_then(Unit::of_symbol), end, parted: true })
    }

    fn simple(view: &View, at: usize) -> Option<Bare> {
        let mut found: Vec<Mention> = Vec::new();
        number::read_english(view, at, &mut found);
        let [mention] = found.as_slice() else { return None };
        let unit = match mention.unit.as_deref() {
            None => None,
            Some(symbol) => Some(Unit::of_symbol(symbol)?),
        };
        let (value, step) = (mention.value?, mention.step?);
        let end = view.index(mention.range.end);
        let here = mention.kind == AnchorKind::Number && mention.range.start == view.byte(at);
        (here && !super::is_ordinal(view, at, end)).then_some(Bare { value, step, unit, end, parted: false })
    }
}

/// Whether a number can begin with the word at `at`: spares the others, which are most, a second reading.
pub(super) fn may_begin(view: &View, at: usize) -> bool {
    let (word, end) = view.word(at);
    // RMB, HK$.
    let code = view.at(at).is_uppercase() && end - at <= 3;
    code || matches!(
        word.as_str(),
        "a" | "an"
            | "half"
            | "zero"
            | "one"
            | "two"
            | "three"
            | "four"
            | "five"
            | "six"
            | "seven"
            | "eight"
            | "nine"
            | "ten"
            | "eleven"
            | "twelve"
            | "thirteen"
            | "fourteen"
            | "fifteen"
            | "sixteen"
            | "seventeen"
            | "eighteen"
            | "nineteen"
            | "twenty"
            | "thirty"
            | "forty"
            | "fifty"
            | "sixty"
            | "seventy"
            | "eighty"
            | "ninety"
    )
}

/// A lone "one", which is a pronoun more often than a number.
fn one(view: &View, at: usize) -> Option<Bare> {
    let end = view.word(at).1;
    let (_, _, unit, stop) = number::english_tail(view, Decimal::ONE, end).filter(|t| t.0 == Decimal::ONE)?;
    let next = ahead(view, end).map(|(word, _)| word).unwrap_or_default();
    let unit = unit.and_then(Unit::of_symbol);
    let counts = stop == end || unit.is_some_and(Unit::is_currency);
    let other = matches!(next.as_str(), "point" | "half" | "third" | "quarter" | "dozen");
    let alone = counts && !other && (next != "and" || and_part(view, end).is_some());
    alone.then_some(Bare { value: Decimal::ONE, step: Decimal::ONE, unit, end: stop, parted: false })
}

/// "And a half", "and a quarter", "and three quarters" behind a number.
pub(super) fn and_part(view: &View, end: usize) -> Option<(Decimal, usize)> {
    const PARTS: [(&str, i64); 6] = [
        ("and a half", 50),
        ("and one half", 50),
        ("and a quarter", 25),
        ("and one quarter", 25),
        ("and three quarters", 75),
        ("and three fourths", 75),
    ];
    PARTS.iter().find_map(|&(words, hundredths)| Some((Decimal::new(hundredths, 2), behind(view, end, words)?)))
}

/// From here on "and a half" behind a magnitude is half of it.
pub(super) const MILLION: Decimal = Decimal::from_parts(1_000_000, 0, 0, false, 0);
