//! The region of a text. It decides the meaning of a bare 元 or dollar.

use super::{Number, Quantity, Unit};

/// The region of a text, judged by its currencies.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub enum Locale {
    /// No special region: 元 is the yuan, and a dollar is the US dollar.
    #[default]
    General,
    /// 元 is the New Taiwan dollar.
    Taiwan,
    /// 元 and dollars are those of Hong Kong.
    HongKong,
}

/// The words that texts of the region write before or after amounts, and the words that they do not write.
const TAIWAN: &[&str] = &["台幣", "臺幣", "台币", "NT$", "NTD", "TWD", "台灣", "臺灣", "台北", "臺北"];
const HONG_KONG: &[&str] = &["港元", "港幣", "港币", "HK$", "HKD"];
const ELSEWHERE: &[&str] = &["人民币", "人民幣", "RMB", "CNY", "US$", "USD"];

impl Locale {
    /// Finds the region of a document from its segments.
    pub fn of<'t>(texts: impl IntoIterator<Item = &'t str>) -> Locale {
        let (mut taiwan, mut hong_kong, mut elsewhere) = (false, false, false);
        for text in texts {
            let says = |words: &[&str]| words.iter().any(|w| text.contains(w));
            taiwan |= says(TAIWAN);
            hong_kong |= says(HONG_KONG);
            elsewhere |= says(ELSEWHERE);
        }
        match (taiwan, hong_kong) {
            (true, false) => Locale::Taiwan,
            (false, true) if !elsewhere => Locale::HongKong,
            _ => Locale::General,
        }
    }

    /// Replaces an open currency by that of the region. The unit is still open.
    pub(super) fn place(self, quantity: Quantity) -> Quantity {
        let local = |unit: Unit| {
            let name = match (self, unit.symbol()) {
                _ if !unit.is_currency() || !unit.is_open() => return unit,
                (Locale::Taiwan, "CNY") => "元?TWD",
                (Locale::HongKong, "CNY") => "元?HKD",
                (Locale::HongKong, "USD") => "dollar?HKD",
                _ => return unit,
            };
            Unit::of_symbol(name).unwrap_or(unit)
        };
        match quantity {
            Quantity::Number(number) => Quantity::Number(Number { unit: number.unit.map(local), ..number }),
            Quantity::Magnitude { zeros, unit } => Quantity::Magnitude { zeros, unit: unit.map(local) },
            other => other,
        }
    }
}
