//! Words and what they mean, from `words-zh.tsv` and the tables of units.
//!
//! ```text
//! row = class TAB value TAB word { "|" word }
//! ```

use std::sync::LazyLock;

use rust_decimal::Decimal;
use rustc_hash::{FxHashMap, FxHashSet};

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
        /// What a word does; the names are those of the table.
        #[derive(Clone, Copy, Debug, PartialEq, Eq)]
        pub(super) enum Class { $($class),* }

        fn class(name: &str) -> Option<Class> {
            match name { $($name => Some(Class::$class),)* _ => None }
        }
    };
}

classes! {
    Idiom "none" Name "name" Phone "phone" NoNumberBefore "no-number-before" Measure "measure" NoTwo "no-two"
    Several "several" Inside "inside" EnglishPower "english-power" NoPower "no-power" Order "order" OrderCounted "order-counted" Upward "upward"
    Range "range" Between "between" Closes "between-closes"
    Before "before" Far "far" Filler "filler" Rate "rate" NoHedge "no-hedge" Behind "behind" Within "within" Onwards "onwards"
    PartBehind "part-behind" NoMore "no-more" Minus "minus" Both "both" NoMinus "no-minus"
    Change "change" Noun "change-noun" NoChange "no-change" By "by" Is "is" To "to" BehindChange "behind-change"
    BehindBetween "behind-between" NoBehind "no-behind" Compare "compare" NoCompare "no-compare"
    Multiple "multiple" Turn "turn" NoDiscount "no-discount" Half "half"
    Percent "percent" PercentOf "percent-of" Whole "whole" Share "share" UnitWord "unit" NoTenths "no-tenths" Band "band" BandTail "band-tail"
    Year "year" Fiscal "fiscal" Season "season" Quarter "quarter" FiscalQuarter "fiscal-quarter" Month "month" Day "day" Century "century"
    Decade "decade" NoDate "no-date" HalfYear "half-year" YearBehind "year-behind" YearWord "year-word" Lasting "lasting" Era "era" CenturyOf "century-of"
    Relative "relative" FirstOf "first-of" MonthName "month-name"
    Period "period" NoPeriod "no-period" Hour "hour" NoHour "no-hour" Oclock "oclock" ClockBehind "clock-behind"
    QuarterHour "quarter-hour" ClockPart "clock-part"
    NoUnit "no-unit" CounterOnly "counter-only" OfGroup "of-group" OfGroupFiller "of-group-filler"
}

impl Class {
    /// Parts of a date, by what stands behind a number.
    pub(super) const DATES: [Class; 9] = [
        Class::Year,
        Class::Fiscal,
        Class::Season,
        Class::Quarter,
        Class::FiscalQuarter,
        Class::Month,
        Class::Day,
        Class::Century,
        Class::Decade,
    ];

    /// Classes of words that an expression can begin with.
    #[rustfmt::skip]
    pub(super) const OPENINGS: [Class; 16] = [
        Class::HalfYear, Class::Era, Class::CenturyOf, Class::Period, Class::Multiple, Class::Turn, Class::Half, Class::Percent,
        Class::PercentOf, Class::Whole, Class::Band, Class::Order, Class::OrderCounted, Class::Upward, Class::Minus, Class::NoDiscount,
    ];

    fn opens(self) -> bool {
        matches!(self, Class::Idiom | Class::Name | Class::Phone | Class::Several) || Class::OPENINGS.contains(&self)
    }
}

/// What a word means.
#[derive(Clone, Copy, Debug)]
pub(super) struct Sense {
    pub(super) class: Class,
    /// As the table has it; of an idiom, the characters that make a number of it where they follow.
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

    /// The value as a number, of any type.
    pub(super) fn number<T: std::str::FromStr>(self) -> Option<T> {
        self.value.parse().ok()
    }

    /// Unit and factor of `pp 0.01`.
    pub(super) fn unit(self) -> Option<(Unit, Decimal)> {
        let (symbol, part) = self.value.split_once(' ')?;
        Some((Unit::of_symbol(symbol)?, part.parse().ok()?))
    }
}

/// A word for a unit.
#[derive(Clone, Copy, Debug)]
pub(super) struct UnitSense {
    pub(super) unit: Unit,
    /// What one is in the unit.
    pub(super) part: Option<Decimal>,
    /// Whether the word is something else as often.
    pub(super) risky: bool,
}

pub(super) struct Vocabulary {
    pub(super) words: Phrases<char, Sense>,
    pub(super) units: Phrases<char, UnitSense>,
    pub(super) signs: Phrases<char, Unit>,
    /// Characters of numbers, and whether they are the forms of cheques.
    figures: FxHashMap<char, (Figure, bool)>,
    /// The classes of the words that begin and that end with a character, one bit for each.
    classes: FxHashMap<char, (u128, u128)>,
    /// Characters that an expression, or a word that is none, can begin with.
    starts: FxHashSet<char>,
}

pub(super) static VOCABULARY: LazyLock<Vocabulary> = LazyLock::new(|| {
    let (mut all, mut figures) = (Vec::new(), FxHashMap::default());
    for (name, value, word) in entries() {
        let (word, unless) = word.split_once('/').filter(|_| name == "none").unwrap_or((word, value));
        if let (Some(figure), Some(c)) = (figure(name, value), word.chars().next()) {
            figures.insert(fold_char(c), figure);
        } else if let Some(class) = class(name) {
            all.push((folded(word), Sense { class, value: unless }));
        }
    }
    let mut starts: FxHashSet<char> = figures.keys().copied().collect();
    starts.extend(all.iter().filter(|(_, s)| s.class.opens()).filter_map(|(word, _)| word.first()));
    let mut classes: FxHashMap<char, (u128, u128)> = FxHashMap::default();
    for (word, sense) in &all {
        if let (Some(&first), Some(&last)) = (word.first(), word.last()) {
            classes.entry(first).or_default().0 |= bits(&[sense.class]);
            classes.entry(last).or_default().1 |= bits(&[sense.class]);
        }
    }
    let units = unit_words();
    // A currency can stand before its number.
    let money = units.iter().filter(|(_, u)| u.unit.is_currency() && !u.risky && !u.unit.is_open());
    starts.extend(money.filter_map(|(word, _)| word.first()));
    let signs = Unit::signs().map(|(sign, unit)| (folded(sign.trim_end_matches('~')), unit)).collect::<Vec<_>>();
    starts.extend(signs.iter().filter_map(|(sign, _)| sign.first()));
    let (words, units, signs) = (Phrases::new(all), Phrases::new(units), Phrases::new(signs));
    Vocabulary { words, units, signs, figures, classes, starts }
});

/// The words of the table with their class and value.
fn entries() -> impl Iterator<Item = (&'static str, &'static str, &'static str)> {
    let table = rows(include_str!("../tables/words-zh.tsv"));
    let cells =
        table.filter_map(|row| if let [class, value, cell] = row[..] { Some((class, value, cell)) } else { None });
    cells.flat_map(|(class, value, cell)| words(cell).map(move |word| (class, value, word)))
}

fn folded(word: &str) -> Vec<char> {
    word.chars().map(fold_char).collect()
}

/// Units by their Chinese words, and by the English symbols and words that Chinese text has as well.
fn unit_words() -> Vec<(Vec<char>, UnitSense)> {
    let mut all = Vec::new();
    for (lang, found) in [Lang::Zh, Lang::En].into_iter().flat_map(|l| Unit::words(l).map(move |w| (l, w))) {
        let word = found.word.trim_end_matches('~');
        let risky = word.len() < found.word.len();
        let singular = word.trim_end_matches('!');
        if risky && lang == Lang::En {
            continue;
        }
        let sense = UnitSense { unit: found.unit, part: found.part, risky };
        if lang == Lang::En
            && word.len() > 2
            && word == singular
            && word.chars().all(|c| c.is_ascii_lowercase() || c == ' ')
        {
            all.push((folded(&format!("{word}s")), sense));
        }
        all.push((folded(singular), sense));
    }
    all
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
    /// Whether a word of one of the classes begins with `c`; most times none does, and the words need not be compared.
    pub(super) fn begins(&self, c: char, classes: &[Class]) -> bool {
        self.classes.get(&c).is_some_and(|found| found.0 & bits(classes) != 0)
    }

    /// Whether a word of one of the classes ends with `c`.
    pub(super) fn ends(&self, c: char, classes: &[Class]) -> bool {
        self.classes.get(&c).is_some_and(|found| found.1 & bits(classes) != 0)
    }

    pub(super) fn figure(&self, c: char) -> Option<Figure> {
        if c.is_ascii() { None } else { self.figures.get(&c).map(|f| f.0) }
    }

    pub(super) fn is_formal(&self, c: char) -> bool {
        self.figures.get(&c).is_some_and(|f| f.1)
    }

    pub(super) fn starts(&self, c: char) -> bool {
        self.starts.contains(&c)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_row_is_understood() {
        let mut count = 0;
        for (name, value, word) in entries() {
            let known = class(name).map(|class| Sense { class, value });
            assert!(figure(name, value).is_some() || known.is_some(), "{name} {value}: {word}");
            let read = known.is_none_or(|s| match s.class {
                Class::Share | Class::UnitWord => s.unit().is_some(),
                Class::Change | Class::Noun | Class::BehindChange | Class::Compare => matches!(value, "up" | "down"),
                Class::Before | Class::Far | Class::Behind | Class::PartBehind | Class::Inside => {
                    s.hedge() != Hedge::Exact
                }
                Class::Idiom | Class::Half | Class::Band | Class::Period => true,
                _ => value.is_empty() || s.number::<Decimal>().is_some(),
            });
            assert!(read, "{name} {value}: {word}");
            count += 1;
        }
        assert!(count > 1000);
    }
}
