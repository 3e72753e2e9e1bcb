//! Values: what a text states in numbers, with unit, range, precision, hedge and direction.
//!
//! [`mentions`](super::mentions) finds numerals and dates one by one; a [`Value`] is what the text says with them: "between 30
//! and 40 percent" is one, "fell 5%" goes down, 数十亿 gives an order of magnitude only, 翻一番 and "doubled" are the same
//! multiple. Two values are compared with [`Value::agrees`], within the precision that both state.

mod agree;
mod chinese;
mod english;
mod notation;
mod read;
mod unit;

pub use agree::matched;
pub use unit::Unit;

use std::ops::Range;

use rust_decimal::Decimal;
use serde::Serialize;

/// What a text states with one number, date or multiple.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Value {
    /// Bytes of the text given, on character boundaries: the number with its sign, unit and hedge.
    pub range: Range<usize>,
    /// What is stated.
    pub meaning: Meaning,
    /// How exactly it is meant.
    pub hedge: Hedge,
    /// Where it goes, by the words around: "fell 5%", 增长两成.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub direction: Option<Direction>,
}

/// What a [`Value`] states.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Meaning {
    /// A number or a range.
    Number(Number),
    /// A part of a whole, in lowest terms: two thirds, 三分之二, one in four.
    Fraction {
        /// Parts taken.
        over: u64,
        /// Parts of the whole, greater than 0.
        under: u64,
    },
    /// A place in an order: 第十八次, 18th.
    Ordinal(u64),
    /// How many times the former value something comes to: doubled is 2, halved .5, 增长两倍 3, 增长到两倍 2, 八折 .8.
    Multiple(Decimal),
    /// An order of magnitude and no value: dozens is 1 zero, 数十亿 and billions are 9.
    Order {
        /// Zeros of the lowest value that is meant.
        zeros: u32,
        /// Unit.
        unit: Option<Unit>,
    },
    /// A date or a part of one.
    Date(Date),
    /// A time of day.
    Time {
        /// 0 to 24.
        hour: u8,
        /// 0 to 59.
        minute: u8,
        /// 0 to 59.
        second: Option<u8>,
    },
}

/// A number with its unit, or a range of them.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
pub struct Number {
    /// The value, or the lower end; exact, magnitude words multiplied out, negative where a sign or a word says so.
    pub low: Decimal,
    /// The upper end of a range.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub high: Option<Decimal>,
    /// What one in the last place as written is worth: 0.1 for 2.5, 100000000 for 17.6 billion.
    pub step: Decimal,
    /// Unit; basis points are hundredths of `pp`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub unit: Option<Unit>,
}

/// A date, or as much of one as is given. At least one part is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
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

/// How exactly a value is meant.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Hedge {
    /// As it stands.
    #[default]
    Exact,
    /// About, around, 约, 左右.
    About,
    /// More than, at least, over, 多, 余, 超过, 以上.
    Over,
    /// Nearly, less than, up to, 近, 不到, 以下.
    Under,
}

/// Where a value goes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Direction {
    /// Growth, gain, rise, profit.
    Up,
    /// Decline, loss, fall, cut.
    Down,
}

pub use read::values;
