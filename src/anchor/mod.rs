//! Anchors: parts of a text that can be matched without a dictionary. They are numbers (by value), Latin strings, names
//! and speakers.

pub mod names;
mod shared;
pub mod speaker;

pub use shared::shared;

use std::fmt::{Display, Formatter};
use std::ops::Range;

use serde::{Deserialize, Serialize, Serializer};

use crate::quantity::{self, Key, Number, Quantity};
use crate::text::{Lang, View, latin};

/// What an anchor is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
#[non_exhaustive]
pub enum AnchorKind {
    /// A number, by value.
    Number,
    /// A string in Latin script inside Chinese that the English has too.
    Latin,
    /// A person's or a thing's name, by transliteration or by an explicit pair.
    Name,
    /// A word that translates the other side's and is rare beside it, of linked passages.
    Term,
}

/// A place in a text that can be an anchor.
#[derive(Clone, Debug, PartialEq)]
pub struct Mention {
    /// Kind.
    pub kind: AnchorKind,
    /// Bytes of the text given, on character boundaries.
    pub range: Range<usize>,
    /// What a number, date or time states; `None` for other kinds.
    pub quantity: Option<Quantity>,
    /// The key that must be equal for two mentions to match.
    pub key: AnchorKey,
}

/// The key that must be equal for two mentions to match.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum AnchorKey {
    /// The value of an expression.
    Value(Key),
    /// A string in lower case, without hyphens and without the blank before its number: `trainium2`.
    Text(String),
}

impl Display for AnchorKey {
    fn fmt(&self, f: &mut Formatter<'_>) -> std::fmt::Result {
        match self {
            AnchorKey::Value(key) => key.fmt(f),
            AnchorKey::Text(text) => f.write_str(text),
        }
    }
}

impl Serialize for AnchorKey {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl Mention {
    /// The value of a number as one line of text: `132000000000`, `2/3`, `2025-10-30`, `9:30`; `None` for other kinds.
    pub fn value(&self) -> Option<String> {
        Some(match self.quantity? {
            Quantity::Number(number) => Number { unit: None, ..number }.to_string(),
            Quantity::Ordinal(n) => n.to_string(),
            Quantity::Multiple(times) => times.normalize().to_string(),
            other => other.to_string(),
        })
    }

    /// Whether the expression is a word that has its own translation, such as half, doubled or 翻番. Many passages share
    /// its value, so the value says less than the word.
    pub(crate) fn is_word(&self) -> bool {
        matches!(self.quantity, Some(Quantity::Multiple(_) | Quantity::Fraction { numerator: 1, denominator: 2 | 4 }))
    }

    /// The unit of a number: a symbol such as `USD`, `%` or `km`, or `date` or `time`; `None` if it has no unit.
    pub fn unit(&self) -> Option<&'static str> {
        match self.quantity? {
            Quantity::Number(number) => number.unit.map(quantity::Unit::symbol),
            Quantity::Date(_) => Some("date"),
            Quantity::Time(_) => Some("time"),
            _ => None,
        }
    }
}

/// All mentions in a text, in order, none inside another.
///
/// Orders of magnitude (dozens, 数十亿) and numbers that do not fit into a decimal of 28 digits are left out, as are
/// numerals in ordinary words. Takes time linear in the length of the text.
pub fn mentions(text: &str, lang: Lang) -> Vec<Mention> {
    let view = View::new(text);
    let mut found = Vec::new();
    let readings = quantity::readings(&view, lang, &mut |at| {
        let (end, key) = latin::read(&view, at, lang);
        let range = view.byte(at)..view.byte(end);
        let name = |key| Mention { kind: AnchorKind::Latin, range, quantity: None, key: AnchorKey::Text(key) };
        found.extend(key.map(name));
        end
    });
    let numbers = readings.into_iter().filter_map(|reading| {
        let key = AnchorKey::Value(Key::of(&reading.quantity)?);
        Some(Mention { kind: AnchorKind::Number, range: reading.range, quantity: Some(reading.quantity), key })
    });
    found.extend(numbers);
    found.sort_by_key(|m| m.range.start);
    found
}
