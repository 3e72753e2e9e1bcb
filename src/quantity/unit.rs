//! Units: percent, currencies and measures, from the tables `units.tsv` and `currencies.tsv`.

use std::fmt::{Debug, Formatter};
use std::sync::LazyLock;

use rust_decimal::Decimal;
use rustc_hash::FxHashMap;
use serde::{Serialize, Serializer};

use super::table::{rows, words};
use crate::text::Lang;

/// A unit of measure, a currency (ISO 4217 code), `%` or `pp` (percentage points).
///
/// Some words can mean several units. A pound is money or a weight, and the region decides what 元 and a dollar are.
/// Such a unit displays as the likeliest one, and fits any of them.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub struct Unit(u16);

/// The kind of unit in a row.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Kind {
    Share,
    Currency,
    Measure,
}

struct Row {
    symbol: &'static str,
    kind: Kind,
    /// The symbol of the base unit of its dimension, and the conversion: value × factor + offset.
    base: &'static str,
    factor: Decimal,
    offset: Decimal,
    /// The symbols of other units that the same word may mean.
    may_be: Vec<&'static str>,
    /// The cells with words.
    english: &'static str,
    chinese: &'static str,
    /// Signs and codes of a currency, before or after the number.
    signs: &'static str,
    /// Parts of a currency: `0.01:cent:美分`.
    minor: &'static str,
}

struct Units {
    rows: Vec<Row>,
    by_name: FxHashMap<&'static str, Unit>,
}

/// A word for a unit.
#[derive(Clone, Copy, Debug)]
pub(super) struct UnitWord {
    /// The spelling in the table.
    pub(super) word: &'static str,
    pub(super) unit: Unit,
    /// The value of one in the unit: 0.01 for a cent.
    pub(super) part: Option<Decimal>,
}

static UNITS: LazyLock<Units> = LazyLock::new(|| {
    let share = |symbol| Row {
        symbol,
        kind: Kind::Share,
        base: symbol,
        factor: Decimal::ONE,
        offset: Decimal::ZERO,
        may_be: Vec::new(),
        english: "",
        chinese: "",
        signs: "",
        minor: "",
    };
    let mut all = vec![share("%"), share("pp")];
    let mut by_name: FxHashMap<&'static str, Unit> = FxHashMap::default();
    let mut names = vec!["%", "pp"];
    let cell = |row: &[&'static str], n: usize| row.get(n).copied().unwrap_or("");
    let measures = rows(include_str!("tables/units.tsv")).map(|r| {
        let number = |n: usize, empty: Decimal| cell(&r, n).parse().unwrap_or(empty);
        let row = Row {
            kind: Kind::Measure,
            base: cell(&r, 1),
            factor: number(2, Decimal::ONE),
            offset: number(3, Decimal::ZERO),
            english: cell(&r, 4),
            chinese: cell(&r, 5),
            may_be: words(cell(&r, 6)).collect(),
            ..share(shown(cell(&r, 0)))
        };
        (cell(&r, 0), row)
    });
    let currencies = rows(include_str!("tables/currencies.tsv")).map(|r| {
        let symbol = shown(cell(&r, 0));
        let row = Row {
            kind: Kind::Currency,
            signs: cell(&r, 1),
            english: cell(&r, 2),
            chinese: cell(&r, 3),
            minor: cell(&r, 4),
            may_be: words(cell(&r, 5)).collect(),
            ..share(symbol)
        };
        (cell(&r, 0), row)
    });
    for (name, row) in measures.chain(currencies) {
        names.push(name);
        all.push(row);
    }
    for (n, name) in names.into_iter().enumerate() {
        by_name.entry(name).or_insert(Unit(u16::try_from(n).unwrap_or(0)));
    }
    Units { rows: all, by_name }
});

/// `USD` for the name `dollar?USD`, a row for words with several meanings.
fn shown(name: &'static str) -> &'static str {
    name.split_once('?').map_or(name, |(_, symbol)| symbol)
}

impl Unit {
    /// Percent.
    pub(crate) const PERCENT: Unit = Unit(0);
    /// Percentage points.
    pub(crate) const POINT: Unit = Unit(1);

    fn row(self) -> &'static Row {
        // Units are made only from the number of a row, and the first row always exists.
        UNITS.rows.get(usize::from(self.0)).unwrap_or(&UNITS.rows[0])
    }

    /// `USD`, `%`, `pp`, `GW`, `yr`.
    pub fn symbol(self) -> &'static str {
        self.row().symbol
    }

    /// The unit of a symbol, or of a row with several meanings (`dollar?USD`).
    pub(crate) fn of_symbol(name: &str) -> Option<Unit> {
        UNITS.by_name.get(name).copied()
    }

    /// Whether the unit is a currency.
    #[doc(hidden)]
    pub fn is_currency(self) -> bool {
        self.row().kind == Kind::Currency
    }

    /// Whether the unit is percent or percentage points.
    pub(crate) fn is_share(self) -> bool {
        self.row().kind == Kind::Share
    }

    /// Whether the unit measures time.
    pub(crate) fn is_duration(self) -> bool {
        matches!(self.row().base, "s" | "mo")
    }

    /// Whether it measures a length.
    pub(crate) fn is_length(self) -> bool {
        self.row().base == "m"
    }

    /// The base unit of its dimension. Shares and currencies are their own base unit.
    pub(crate) fn base(self) -> Unit {
        Unit::of_symbol(self.row().base).unwrap_or(self)
    }

    /// Converts a value of this unit to the base unit; `None` if the result does not fit into a decimal.
    pub(crate) fn to_base(self, value: Decimal) -> Option<Decimal> {
        value.checked_mul(self.row().factor)?.checked_add(self.row().offset)
    }

    /// The value of one of this unit in the base unit.
    pub(crate) fn factor(self) -> Decimal {
        self.row().factor
    }

    /// Whether the zero of its scale is not the zero of the base scale, as for degrees Fahrenheit.
    pub(super) fn has_offset(self) -> bool {
        !self.row().offset.is_zero()
    }

    /// Whether the word that was read can mean several units.
    pub(crate) fn is_open(self) -> bool {
        !self.row().may_be.is_empty()
    }

    /// The units that the word can mean: this one and, if it is open, the others.
    pub(super) fn choices(self) -> impl Iterator<Item = Unit> {
        let named = Unit::of_symbol(self.row().symbol).unwrap_or(self);
        std::iter::once(named).chain(self.row().may_be.iter().filter_map(|name| Unit::of_symbol(name)))
    }

    /// Whether both may be the same unit: the displayed unit of one is among the possible units of the other.
    pub(crate) fn fits(self, other: Unit) -> bool {
        let among = |a: Unit, b: Unit| a.choices().next().is_some_and(|shown| b.choices().any(|c| c == shown));
        self == other || among(self, other) || among(other, self)
    }

    /// The names and signs of all units in a language, with the parts of currencies (cent, 美分).
    pub(super) fn words(lang: Lang) -> impl Iterator<Item = UnitWord> {
        all().flat_map(move |(unit, row)| {
            let cell = if lang == Lang::En { row.english } else { row.chinese };
            let whole = words(cell).map(move |word| UnitWord { word, unit, part: None });
            whole.chain(minor(unit, row, lang))
        })
    }

    /// The signs and codes of currencies, with the unit: `US$`, `€`, `RMB`. Every ISO code is included.
    pub(super) fn signs() -> impl Iterator<Item = (&'static str, Unit)> {
        all().filter(|(_, row)| row.kind == Kind::Currency).flat_map(|(unit, row)| {
            let code = (!row.symbol.is_empty() && Unit::of_symbol(row.symbol) == Some(unit)).then_some(row.symbol);
            words(row.signs).chain(code).map(move |sign| (sign, unit))
        })
    }
}

fn all() -> impl Iterator<Item = (Unit, &'static Row)> {
    (0u16..).zip(&UNITS.rows).map(|(n, row)| (Unit(n), row))
}

fn minor(unit: Unit, row: &'static Row, lang: Lang) -> impl Iterator<Item = UnitWord> {
    row.minor.split(';').flat_map(move |part| {
        let mut cells = part.split(':');
        let value = cells.next().and_then(|v| v.trim().parse().ok());
        let names = if lang == Lang::En { cells.next() } else { cells.nth(1) };
        let found = value.zip(names).map(|(value, names)| (Some(value), names));
        found.into_iter().flat_map(move |(part, names)| words(names).map(move |word| UnitWord { word, unit, part }))
    })
}

impl Debug for Unit {
    fn fmt(&self, f: &mut Formatter<'_>) -> std::fmt::Result {
        f.write_str(self.symbol())
    }
}

impl Serialize for Unit {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.symbol())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_row_can_be_used() {
        for (unit, row) in all() {
            assert!(!row.symbol.is_empty(), "a row without a symbol");
            assert!(Unit::of_symbol(row.base).is_some(), "{}: no base {}", row.symbol, row.base);
            for name in &row.may_be {
                assert!(Unit::of_symbol(name).is_some(), "{}: no unit {name}", row.symbol);
            }
            assert!(unit.fits(unit));
        }
        for table in [include_str!("tables/units.tsv"), include_str!("tables/currencies.tsv")] {
            for row in rows(table) {
                assert!(row.len() >= 4, "{row:?}");
            }
        }
    }

    #[test]
    fn open_words_fit_what_they_may_mean() {
        let fits = |a: &str, b: &str| Unit::of_symbol(a).zip(Unit::of_symbol(b)).map(|(a, b)| a.fits(b));
        for (a, b) in
            [("pound?GBP", "lb"), ("元?CNY", "HKD"), ("$?USD", "HKD"), ("块?CNY", "$?USD"), ("krone?NOK", "SEK")]
        {
            assert_eq!(fits(a, b), Some(true), "{a} {b}");
        }
        for (a, b) in [("$?USD", "元?CNY"), ("USD", "元?CNY"), ("USD", "EUR"), ("kg", "lb")] {
            assert_eq!(fits(a, b), Some(false), "{a} {b}");
        }
    }

    #[test]
    fn units_of_one_dimension_have_one_base() {
        let base = |symbol: &str| Unit::of_symbol(symbol).map(|u| (u.base().symbol(), u.to_base(Decimal::ONE)));
        assert_eq!(base("ft2"), Some(("m2", Some(Decimal::new(9_290_304, 8)))));
        assert_eq!(base("GW"), Some(("W", Some(Decimal::from(1_000_000_000)))));
        assert!(Unit::of_symbol("USD").is_some_and(Unit::is_currency));
        assert!(Unit::of_symbol("yr").is_some_and(Unit::is_duration));
    }
}
