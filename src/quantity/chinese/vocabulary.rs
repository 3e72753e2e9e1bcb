//! Words and what they mean, from `words-zh.tsv` and the tables of units.
//!
//! ```text
//! row = class TAB value TAB word { "|" word }
//! ```

use std::sync::LazyLock;

use rust_decimal::Decimal;
use rustc_hash::FxHashMap;

use crate::quantity::table::{Phrases, rows, words};
use crate::quantity::{Direction, Hedge, Unit};
use crate::text::{Lang, fold_char};

/// A character of a number.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Figure {
    Digit(u32),
    /// Two or three tens in one character.
    Tens(u32),
    /// Ten to a power.
    Power(u32),
}

macro_rules! classes {
    ($($class:ident $name:literal)*) => {
        /// The class of a word; the names are those of the table.
        #[derive(Clone, Copy, Debug, PartialEq, Eq)]
        pub(super) enum Class { $($class),* }

        fn class(name: &str) -> Option<Class> {
            match name { $($name => Some(Class::$class),)* _ => None }
        }
    };
}

classes! {
    Idiom "none" Word "word" WordBefore "word-before" Name "name" Phone "phone" Statistic "statistic"
    NoNumberBefore "no-number-before" Measure "measure" CounterOnly "counter-only" NoTwo "no-two"
    Several "several" Inside "inside" EnglishPower "english-power"
    Order "order" OrderCounted "order-counted" Upward "upward"
    Range "range" Between "between" Closes "between-closes" Minus "minus" Both "both"
    Before "before" Far "far" Bound "bound" Not "not" NoneOf "none-of" Filler "filler" Rate "rate"
    Behind "behind" Within "within" Onwards "onwards" PartBehind "part-behind"
    Change "change" Noun "change-noun" By "by" Is "is" To "to" Compare "compare"
    BehindChange "behind-change" BehindBetween "behind-between" NoBehind "no-behind"
    Multiple "multiple" Turn "turn" Half "half" Percent "percent" PercentOf "percent-of" Whole "whole"
    Share "share" UnitWord "unit" Band "band" BandTail "band-tail" OfGroup "of-group" OfGroupFiller "of-group-filler"
    Date "date" LatinMonth "latin-month" NoDate "no-date" HalfYear "half-year" YearBehind "year-behind" YearWord "year-word" Lasting "lasting"
    Era "era" BeforeChrist "before-christ" CenturyOf "century-of" Relative "relative" FirstOf "first-of"
    Period "period" Hour "hour" Oclock "oclock" ClockBehind "clock-behind"
    QuarterHour "quarter-hour" ClockPart "clock-part"
}

impl Class {
    /// Classes of words that an expression can begin with.
    #[rustfmt::skip]
    pub(super) const OPENINGS: [Class; 15] = [
        Class::BeforeChrist, Class::HalfYear, Class::Era, Class::CenturyOf, Class::Period, Class::Multiple, Class::Turn,
        Class::Half, Class::Percent, Class::PercentOf, Class::Whole, Class::Band, Class::Order, Class::OrderCounted,
        Class::Upward,
    ];
    /// Other classes of words that the reader must recognise.
    const STOPS: [Class; 5] = [Class::Idiom, Class::Name, Class::Phone, Class::Several, Class::Minus];
}

/// What a word means.
#[derive(Clone, Copy, Debug)]
pub(super) struct Sense {
    pub(super) class: Class,
    /// The value from the table. For an idiom: the characters that, after it, make it a number.
    pub(super) value: &'static str,
}

impl Sense {
    pub(super) fn hedge(self) -> Hedge {
        match self.value {
            "about" => Hedge::About,
            "over" => Hedge::Over,
            "under" => Hedge::Under,
            _ => Hedge::Exact,
        }
    }

    pub(super) fn direction(self) -> Direction {
        if self.value == "up" { Direction::Up } else { Direction::Down }
    }

    /// The value as a number of any type.
    pub(super) fn number<T: std::str::FromStr>(self) -> Option<T> {
        self.value.parse().ok()
    }

    /// The unit and the factor of `pp 0.01`.
    pub(super) fn unit(self) -> Option<(Unit, Decimal)> {
        let (symbol, part) = self.value.split_once(' ')?;
        Some((Unit::of_symbol(symbol)?, part.parse().ok()?))
    }
}

/// A word for a unit.
#[derive(Clone, Copy, Debug)]
pub(super) struct UnitSense {
    pub(super) unit: Unit,
    /// The value of one in the unit.
    pub(super) part: Option<Decimal>,
    /// Whether the word also has another common meaning.
    pub(super) risky: bool,
}

pub(super) struct Vocabulary {
    pub(super) words: Phrases<char, Sense>,
    pub(super) units: Phrases<char, UnitSense>,
    pub(super) signs: Phrases<char, Unit>,
    /// The characters of numbers, and whether they are the forms of cheques.
    pub(super) figures: FxHashMap<char, (Figure, bool)>,
    /// The classes of the words that begin and that end with a character, one bit for each class.
    classes: FxHashMap<char, (u128, u128)>,
}

/// The bit of characters that begin the name of a currency.
const MONEY: u128 = 1 << 127;

pub(super) static VOCABULARY: LazyLock<Vocabulary> = LazyLock::new(|| {
    let (mut all, mut figures) = (Vec::new(), FxHashMap::default());
    let mut classes: FxHashMap<char, (u128, u128)> = FxHashMap::default();
    for (name, value, word) in entries() {
        let (word, value) = word.split_once('/').filter(|_| name == "none").unwrap_or((word, value));
        let word: Vec<char> = word.chars().map(fold_char).collect();
        let (Some(&first), Some(&last)) = (word.first(), word.last()) else { continue };
        if let Some(figure) = figure(name, value) {
            figures.insert(first, figure);
        } else if let Some(class) = class(name) {
            classes.entry(first).or_default().0 |= bits(&[class]);
            classes.entry(last).or_default().1 |= bits(&[class]);
            all.push((word, Sense { class, value }));
        }
    }
    let units: Vec<(Vec<char>, UnitSense)> = unit_words().collect();
    let sign = |(sign, unit): (&str, Unit)| (sign.trim_end_matches('~').chars().map(fold_char).collect(), unit);
    let signs: Vec<(Vec<char>, Unit)> = Unit::signs().map(sign).collect();
    // A currency can come before its number.
    let money =
        units.iter().filter(|(_, u)| u.unit.is_currency() && !u.risky && !u.unit.is_open()).map(|(word, _)| word);
    for first in money.chain(signs.iter().map(|(sign, _)| sign)).filter_map(|word| word.first()) {
        classes.entry(*first).or_default().0 |= MONEY;
    }
    Vocabulary { words: Phrases::new(all), units: Phrases::new(units), signs: Phrases::new(signs), figures, classes }
});

/// The words of the table with their class and value.
fn entries() -> impl Iterator<Item = (&'static str, &'static str, &'static str)> {
    let table = rows(include_str!("../tables/words-zh.tsv"));
    let cells =
        table.filter_map(|row| if let [class, value, cell] = row[..] { Some((class, value, cell)) } else { None });
    cells.flat_map(|(class, value, cell)| words(cell).map(move |word| (class, value, word)))
}

/// Units by their Chinese words, and by the English symbols and words that are also used in Chinese text.
fn unit_words() -> impl Iterator<Item = (Vec<char>, UnitSense)> {
    let of = |lang| Unit::words(lang).map(move |found| (lang, found));
    of(Lang::Zh).chain(of(Lang::En)).flat_map(|(lang, found)| {
        let risky = found.word.ends_with('~');
        let word = found.word.trim_end_matches('~').trim_end_matches('!');
        let lower = word.chars().all(|c| c.is_ascii_lowercase() || c == ' ');
        let plural = lang == Lang::En && lower && word.len() > 2 && !found.word.contains('!');
        let forms: &[&str] = if risky && lang == Lang::En {
            &[]
        } else if plural {
            &["", "s"]
        } else {
            &[""]
        };
        let sense = UnitSense { unit: found.unit, part: found.part, risky };
        forms.iter().map(move |end| (word.chars().chain(end.chars()).map(fold_char).collect(), sense))
    })
}

fn figure(class: &str, value: &str) -> Option<(Figure, bool)> {
    let value = value.parse().ok();
    Some(match class {
        "digit" => (Figure::Digit(value?), false),
        "formal" => (Figure::Digit(value?), true),
        "tens" => (Figure::Tens(value?), false),
        "power" => (Figure::Power(value?), false),
        "formal-power" => (Figure::Power(value?), true),
        _ => return None,
    })
}

fn bits(classes: &[Class]) -> u128 {
    classes.iter().fold(0, |all, class| all | 1 << (*class as u32))
}

impl Vocabulary {
    fn bits_of(&self, c: char) -> (u128, u128) {
        self.classes.get(&c).copied().unwrap_or_default()
    }

    /// Whether a word of one of the classes begins with `c`. Mostly none does, and then the words need not be compared.
    pub(super) fn begins(&self, c: char, classes: &[Class]) -> bool {
        self.bits_of(c).0 & bits(classes) != 0
    }

    /// Whether a word of one of the classes ends with `c`.
    pub(super) fn ends(&self, c: char, classes: &[Class]) -> bool {
        self.bits_of(c).1 & bits(classes) != 0
    }

    /// Whether an expression, or a word that looks like one, can begin with `c`.
    pub(super) fn starts(&self, c: char) -> bool {
        let opens = bits(&Class::OPENINGS) | bits(&Class::STOPS) | MONEY;
        self.figures.contains_key(&c) || self.bits_of(c).0 & opens != 0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_row_is_understood() {
        use Class::{Bound, Far, Inside, PartBehind};
        for (name, value, word) in entries() {
            let known = class(name).map(|class| Sense { class, value });
            assert!(figure(name, value).is_some() || known.is_some(), "{name} {value}: {word}");
            let read = known.is_none_or(|s| match s.class {
                Class::Share | Class::UnitWord => s.unit().is_some(),
                Class::Change | Class::Noun | Class::BehindChange | Class::Compare => matches!(value, "up" | "down"),
                Class::Before | Class::Behind | Far | Bound | PartBehind | Inside => s.hedge() != Hedge::Exact,
                Class::Idiom | Class::Half | Class::Band | Class::Period | Class::Date => true,
                _ => value.is_empty() || s.number::<Decimal>().is_some(),
            });
            assert!(read, "{name} {value}: {word}");
        }
        assert!(entries().count() > 1000);
    }
}
