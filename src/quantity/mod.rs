//! Quantities: what a text states in numbers, dates and multiples, by value.
//!
//! The text is read in two steps. The first finds the expressions and gives each its [`Quantity`]: `1320亿美元` and
//! "$132 billion" are the same one. The aligner needs no more. The second, [`values`], adds what the words around an expression say: about,
//! at least, a rise or a fall, the two ends of a range. [`Value::agrees`] compares two values within the precision that both
//! state.
//!
//! `english` and `chinese` have the same files, one for each part of the grammar; their vocabulary and that of [`Unit`] stands
//! in the tables of `tables/`, which a bilingual person can edit.

mod agree;
mod chinese;
mod decimal;
mod display;
mod draft;
mod english;
mod key;
mod locale;
mod table;
mod unit;
mod unread;

pub(crate) use agree::{Fit, best_matches, opposite_bounds, opposite_directions};
pub use agree::{is_opposite, matched};
pub use key::Key;
pub use locale::Locale;
pub use unit::Unit;
pub(crate) use unread::{Unread, unread};

use std::ops::Range;

use rust_decimal::Decimal;
use serde::Serialize;

use crate::text::{Lang, View, latin};
use draft::Draft;

/// What an expression states.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
#[serde(rename_all = "lowercase")]
#[non_exhaustive]
pub enum Quantity {
    /// A number or a range of numbers.
    Number(Number),
    /// A part of a whole, in lowest terms: two thirds, 三分之二, one in four.
    Fraction {
        /// Parts taken, negative behind a minus.
        numerator: i64,
        /// Parts of the whole, greater than 0.
        denominator: u64,
    },
    /// A place in an order: 第十八次, 18th.
    Ordinal(u64),
    /// How many times the former value something comes to: doubled is 2, halved 0.5, 增长两倍 3, 增长到两倍 2, 八折 0.8.
    Multiple(Decimal),
    /// An order of magnitude without a digit: dozens has 1 zero, 数十亿 and "billions" have 9.
    Magnitude {
        /// Zeros of the lowest number that is meant.
        zeros: u32,
        /// Unit.
        unit: Option<Unit>,
    },
    /// A date or a part of one.
    Date(Date),
    /// A time of day.
    Time(Time),
}

/// A number with its unit, or a range of numbers.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
pub struct Number {
    /// The value, or the lower end of a range. It is exact, with magnitude words multiplied out, and negative where a sign or
    /// a word says so.
    pub low: Decimal,
    /// The upper end of a range.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub high: Option<Decimal>,
    /// What one in the last place as written is worth: 0.1 for 2.5, 100000000 for 17.6 billion.
    pub step: Decimal,
    /// Unit. Basis points are hundredths of `pp`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub unit: Option<Unit>,
}

/// A date, or as much of one as is given. At least one part is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
pub struct Date {
    /// Calendar or fiscal year; of a decade, its first.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub year: Option<u16>,
    /// Whether it is a fiscal year.
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
pub struct Time {
    /// 0 to 24.
    pub hour: u8,
    /// 0 to 59.
    pub minute: u8,
    /// 0 to 59.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub second: Option<u8>,
}

/// An expression and its quantity, without what the words around it say.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Reading {
    /// Bytes of the text given, on character boundaries.
    pub(crate) range: Range<usize>,
    /// What it states.
    pub(crate) quantity: Quantity,
}

/// What a text states with one expression and the words around it.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Value {
    /// Bytes of the text given, on character boundaries: the expression with its sign, unit and hedge.
    pub range: Range<usize>,
    /// What is stated.
    pub quantity: Quantity,
    /// How exactly it is meant.
    pub hedge: Hedge,
    /// Where it goes, by the words around it: "fell 5%", 增长两成.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub direction: Option<Direction>,
}

/// How exactly a value is meant.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Hedge {
    /// As it stands.
    #[default]
    Exact,
    /// About, around, 约, 左右.
    About,
    /// A bound from below: more than, at least, over, 多, 余, 超过, 以上.
    Over,
    /// A bound from above: less than, at most, nearly, up to, 近, 不到, 以下.
    Under,
}

/// Where a value goes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Direction {
    /// Growth, gain, rise, profit.
    Up,
    /// Decline, loss, fall, cut.
    Down,
}

/// The expressions of a text with their quantities, in order, none inside another, each without the word for its unit of
/// measure: that is a word like any other for the aligner. Takes time linear in the length of the text. `latin` gets each place where a word in Latin script begins that is no part of an expression, and gives the index of
/// the character behind what it took.
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
            english.read(latin).iter().map(|d| reading(view, d, |d| english.bare_end(d))).collect()
        }
        Lang::Zh => {
            let chinese = chinese::Chinese::new(view);
            chinese.read(latin).iter().map(|d| reading(view, d, |d| chinese.bare_end(d))).collect()
        }
    }
}

/// The values of a text, in order, none inside another. Takes time linear in the length of the text.
///
/// Currencies that the text does not name (元, dollars) are those of the text's own region, as [`Locale::of`] finds it.
///
/// ```
/// use duiqi::quantity::values;
/// use duiqi::text::Lang;
///
/// let found: Vec<String> = values("Revenue fell about 5% to $17.6 billion.", Lang::En).iter().map(ToString::to_string).collect();
/// assert_eq!(found, ["~5 % down", "17600000000 USD"]);
/// ```
pub fn values(text: &str, lang: Lang) -> Vec<Value> {
    values_in(text, lang, Locale::of([text]))
}

/// [`values`] of a part of a document whose region is known.
pub fn values_in(text: &str, lang: Lang, locale: Locale) -> Vec<Value> {
    let view = View::new(text);
    let latin = &mut |at| latin::read(&view, at, lang).0;
    let drafts = match lang {
        Lang::En => {
            let english = english::English::new(&view);
            let drafts = english.read(latin);
            english.qualify(drafts)
        }
        Lang::Zh => {
            let chinese = chinese::Chinese::new(&view);
            let drafts = chinese.read(latin);
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
