//! Quantities: the numbers, dates and multiples of a text, by value.
//!
//! A text is read in two steps. The first step finds the expressions and gives each its [`Quantity`]: `1320亿美元` and
//! "$132 billion" are equal. This is enough for the aligner. The second step, [`values`], adds the words around an
//! expression: about, at least, a rise or a fall, the two ends of a range. [`Value::agrees`] compares two values within
//! the precision that both state.
//!
//! `english` and `chinese` have the same files, one for each part of the grammar. Their words, and those of [`Unit`],
//! are in the tables of `tables/`, which a bilingual person can edit.

pub(crate) mod agree;
mod chinese;
mod decimal;
mod display;
mod draft;
mod english;
pub(crate) mod key;
pub(crate) mod locale;
mod table;
mod unit;
mod unread;

pub(crate) use agree::{Fit, best_matches, opposite_bounds, opposite_directions};
pub(crate) use key::Key;
pub(crate) use locale::Locale;
pub use unit::Unit;
pub(crate) use unread::{Sort, Unread, unread};

use std::ops::Range;

use rust_decimal::Decimal;
use serde::Serialize;

use crate::text::{Lang, View, latin};
use draft::{Draft, share_units};

/// The quantity that an expression states.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
#[serde(rename_all = "lowercase")]
#[non_exhaustive]
pub enum Quantity {
    /// A number or a range of numbers.
    Number(Number),
    /// A part of a whole, in lowest terms: two thirds, 三分之二, one in four.
    Fraction {
        /// The number of parts. It is negative after a minus.
        numerator: i64,
        /// The number of parts in the whole, greater than 0.
        denominator: u64,
    },
    /// A position in an order: 第十八次, 18th.
    Ordinal(u64),
    /// The new value as a multiple of the old one: doubled is 2, halved 0.5, 增长两倍 3, 增长到两倍 2, 八折 0.8.
    Multiple(Decimal),
    /// An order of magnitude without a digit: dozens has 1 zero, 数十亿 and "billions" have 9.
    Magnitude {
        /// The zeros of the lowest number that the words can mean.
        zeros: u32,
        /// The unit.
        unit: Option<Unit>,
    },
    /// A date or a part of one.
    Date(Date),
    /// A time of day.
    Time(Time),
}

/// A number with its unit, or a range of numbers.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
#[non_exhaustive]
pub struct Number {
    /// The value, or the lower end of a range. It is exact: magnitude words are multiplied out. It is negative if a
    /// sign or a word says so.
    pub low: Decimal,
    /// The upper end of a range.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub high: Option<Decimal>,
    /// The value of one in the last place that is written: 0.1 for 2.5, 100000000 for 17.6 billion.
    pub step: Decimal,
    /// The unit. Basis points are hundredths of `pp`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub unit: Option<Unit>,
}

/// A date, or the parts of it that the text gives. There is at least one part.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[non_exhaustive]
pub struct Date {
    /// The calendar or fiscal year; for a decade, its first year.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub year: Option<u16>,
    /// Whether the year is a fiscal year.
    pub fiscal: bool,
    /// Whether the whole decade is meant.
    pub decade: bool,
    /// 1 or 2.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub half: Option<u8>,
    /// 1 to 4.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub quarter: Option<u8>,
    /// 1 to 12.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub month: Option<u8>,
    /// 1 to 31.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub day: Option<u8>,
}

/// A time of day.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[non_exhaustive]
pub struct Time {
    /// 0 to 24.
    pub hour: u8,
    /// 0 to 59.
    pub minute: u8,
    /// 0 to 59.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub second: Option<u8>,
}

/// An expression and its quantity, without the meaning of the words around it.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Reading {
    /// The bytes in the text, on character boundaries.
    pub(crate) range: Range<usize>,
    /// The quantity.
    pub(crate) quantity: Quantity,
}

/// A statement of a text: one expression with the words around it.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[non_exhaustive]
pub struct Value {
    /// The bytes in the text, on character boundaries: the expression with its sign, unit and hedge.
    pub range: Range<usize>,
    /// The quantity.
    pub quantity: Quantity,
    /// How exact it is.
    pub hedge: Hedge,
    /// The direction from the words around it: "fell 5%", 增长两成.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub direction: Option<Direction>,
}

/// How exact a value is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "lowercase")]
#[non_exhaustive]
pub enum Hedge {
    /// Exactly this value.
    #[default]
    Exact,
    /// About, around, 约, 左右.
    About,
    /// A lower bound: more than, at least, over, 多, 余, 超过, 以上.
    Over,
    /// An upper bound: less than, at most, nearly, up to, 近, 不到, 以下.
    Under,
}

/// The direction of a change.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Direction {
    /// Growth, gain, rise, profit.
    Up,
    /// Decline, loss, fall, cut.
    Down,
}

/// The expressions of a text with their quantities, in order; none is inside another. The words for units of measure
/// are left out, because the aligner treats them as ordinary words. Takes time linear in the length of the text.
/// `latin` is called where a word in Latin script begins that is not part of an expression. It returns the index of the
/// character after the part that it used.
pub(crate) fn readings(view: &View, lang: Lang, latin: &mut dyn FnMut(usize) -> usize) -> Vec<Reading> {
    fn reading(view: &View, draft: &Draft, bare_end: impl Fn(&Draft) -> usize) -> Reading {
        let measured = match draft.quantity {
            Quantity::Number(Number { unit: Some(unit), .. }) => !unit.is_currency() && !unit.is_share(),
            _ => false,
        };
        let end = if measured { bare_end(draft).max(draft.start + 1) } else { draft.end };
        Reading { range: view.byte(draft.start)..view.byte(end), quantity: draft.quantity }
    }
    match lang {
        Lang::En => {
            let english = english::English::new(view);
            share_units(view, english.read(latin)).iter().map(|d| reading(view, d, |d| english.bare_end(d))).collect()
        }
        Lang::Zh => {
            let chinese = chinese::Chinese::new(view);
            share_units(view, chinese.read(latin)).iter().map(|d| reading(view, d, |d| chinese.bare_end(d))).collect()
        }
    }
}

/// The values of a text, in order; none is inside another. Takes time linear in the length of the text.
///
/// If the text does not say which dollar or 元 it means, the currency is that of the text's own region, which
/// [`Locale::of`] finds.
///
/// ```
/// use duiqi::values;
/// use duiqi::Lang;
///
/// let found: Vec<String> = values("Revenue fell about 5% to $17.6 billion.", Lang::En).iter().map(ToString::to_string).collect();
/// assert_eq!(found, ["~5 % down", "17600000000 USD"]);
/// ```
pub fn values(text: &str, lang: Lang) -> Vec<Value> {
    values_in(text, lang, Locale::of([text]))
}

/// [`values`] for a part of a document whose region is known.
#[doc(hidden)]
pub fn values_in(text: &str, lang: Lang, locale: Locale) -> Vec<Value> {
    let view = View::new(text);
    let latin = &mut |at| latin::read(&view, at, lang).0;
    let drafts = match lang {
        Lang::En => {
            let english = english::English::new(&view);
            let drafts = share_units(&view, english.read(latin));
            english.qualify(drafts)
        }
        Lang::Zh => {
            let chinese = chinese::Chinese::new(&view);
            let drafts = share_units(&view, chinese.read(latin));
            chinese.qualify(drafts)
        }
    };
    let value = |d: Draft| Value {
        range: view.byte(d.start)..view.byte(d.end),
        quantity: locale.place(d.quantity),
        hedge: d.hedge,
        direction: d.direction,
    };
    drafts.into_iter().map(value).collect()
}
