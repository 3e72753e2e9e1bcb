//! Anchors: what can be recognised on both sides without a dictionary. Numbers by value, Latin strings, speakers.

mod latin;
pub mod names;
mod number;
mod shared;
pub mod speaker;
pub mod value;
mod view;

pub use shared::shared;
pub use value::{Value, values};

use std::ops::Range;

use rust_decimal::Decimal;
use serde::Serialize;

use crate::text::Lang;
use view::View;

/// What an anchor is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize)]
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
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Mention {
    /// Kind.
    pub kind: AnchorKind,
    /// Bytes of the text given, on character boundaries.
    pub range: Range<usize>,
    /// The value of a number: exact, magnitude words multiplied out (1320亿 is 132000000000), but for fractions such as
    /// 2/3, which are rounded to 28 places; `None` for other kinds.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub value: Option<Decimal>,
    /// Unit of a number: an ISO 4217 code (`USD`), `%` (percent, 百分之), `pp` (percentage points; 270 basis points is
    /// 2.7), `date` (value yyyymmdd, yyyymm or mmdd by what is given), `year`, `month`, `quarter` (value from 1), `time` (a
    /// time of day, without a value), or `None`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub unit: Option<String>,
    /// What one in the last place of a number as written is worth: 0.1 for 2.5, 100000000 for 17.6 billion, 1 for 1,000 in
    /// digits, 10000 for 32万; `None` where there is no value, and for fractions.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub step: Option<Decimal>,
    /// What has to be equal for two mentions to match: a number's value with `%` for percentages and percentage points
    /// (`132000000000`, `2.7%`, `2/3`), a date or a part of one (`date:2025-10-30`, `date:2025-10`, `date:--10-30`, `m10`,
    /// `q3`, `time:9:30`), a string in lower case without hyphens and without the blank before its number (`trainium2`).
    pub key: String,
}

/// All mentions in a text, in order, none inside another.
///
/// Numbers that are no exact statement (dozens, 数十亿, 七八个) or exceed what a [`Decimal`] holds are left out, as are
/// numerals in ordinary words. Takes time linear in the length of the text.
pub fn mentions(text: &str, lang: Lang) -> Vec<Mention> {
    let view = View::new(text);
    let mut found = Vec::new();
    let mut at = 0;
    while at < view.len() {
        let next = match lang {
            Lang::En => number::read_english(&view, at, &mut found),
            Lang::Zh => number::read_chinese(&view, at, &mut found),
        };
        at = next.max(at + 1);
    }
    found
}
