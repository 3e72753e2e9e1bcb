//! What words mean: the table `words-en.tsv`, and the words for units.
//!
//! ```text
//! row = class TAB value TAB phrase { "|" phrase }
//! ```

use std::sync::LazyLock;

use rust_decimal::Decimal;
use rustc_hash::FxHashMap;

use crate::quantity::Unit;
use crate::quantity::decimal;
use crate::quantity::table::{Phrases, rows, words};
use crate::text::{Lang, is_letter};

/// A word or a sign: words have small numbers, signs their code above them, and 0 is a word that nobody knows.
pub(super) type Key = u32;

const SIGNS: Key = 1 << 16;
/// Longest word, in bytes.
const LONGEST: usize = 24;
/// Units that are shown as so many of another.
const RENAMED: [(&str, u64, &str); 4] =
    [("fortnight", 2, "wk"), ("decade", 10, "yr"), ("century", 100, "yr"), ("millennium", 1000, "yr")];

pub(super) fn sign_key(c: char) -> Key {
    SIGNS + u32::from(c)
}

macro_rules! classes {
    ($($name:ident)*) => {
        /// What a word is; the table explains the classes.
        #[derive(Clone, Copy, Debug, PartialEq, Eq)]
        pub(super) enum Class { $($name),* }
        impl Class {
            fn of(name: &str) -> Option<Class> {
                let plain = name.replace('_', "");
                [$((stringify!($name), Class::$name)),*].into_iter().find(|c| c.0.eq_ignore_ascii_case(&plain)).map(|c| c.1)
            }
        }
    };
}

classes! {
    Cardinal Ordinal Part Magnitude Suffix Group Order Tens Third Vague Times Compare Month Short Before Behind Inner Verb Weak
    Particle Noun Percent Point Idiom Starter Filler Barrier Agent Phrasal Moving Bound Modifier Period Measured Named Phone Compared
    Comparative Multiplied Cut Between Business Determiner Dated Either Numbered Counted Whole Latter Filled Lasting Possessive
    Weighty Weight Height Coming Copula Auxiliary Priced Span Later Tail Daytime Minutes Link Ratio Owned NamedYear Quarter Suffixed
}

/// One meaning of a word or phrase. The value is a number, zeros, hundredths (of [`Class::Times`] and the like), a direction
/// (0 up, 1 down) or a bound (0 about, 1 more, 2 less).
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Sense {
    pub(super) class: Class,
    pub(super) value: u64,
}

/// A word for a unit or a sign of a currency.
#[derive(Clone, Copy, Debug)]
pub(super) struct UnitSense {
    pub(super) unit: Unit,
    /// What one is in the unit: 0.01 for a cent.
    pub(super) part: Option<Decimal>,
    /// As written, where the case of the letters counts.
    pub(super) exact: Option<&'static str>,
    /// It is an everyday word too.
    pub(super) risky: bool,
}

pub(super) struct Vocabulary {
    keys: FxHashMap<Box<[u8]>, Key>,
    senses: Vec<Vec<Sense>>,
    /// Whether an expression may begin with the word.
    starts: Vec<bool>,
    pub(super) phrases: Phrases<Key, Sense>,
    pub(super) units: Phrases<Key, UnitSense>,
    pub(super) signs: Phrases<Key, UnitSense>,
}

pub(super) static VOCABULARY: LazyLock<Vocabulary> = LazyLock::new(Vocabulary::load);

impl Vocabulary {
    /// The key of a word.
    pub(super) fn key(&self, word: &[char]) -> Key {
        let mut bytes = [0; LONGEST];
        let mut find = |word: &[char]| lower(word, &mut bytes).and_then(|word| self.keys.get(word)).copied();
        // "Five weeks' pay", "the year's": the word before the apostrophe.
        let stem = || word.iter().position(|c| matches!(c, '\'' | '’')).and_then(|n| word.get(..n));
        find(word).or_else(|| find(stem()?)).unwrap_or(0)
    }

    pub(super) fn senses(&self, key: Key) -> &[Sense] {
        self.senses.get(key as usize).map_or(&[], Vec::as_slice)
    }

    pub(super) fn starts(&self, key: Key) -> bool {
        self.starts.get(key as usize).is_some_and(|s| *s) || self.signs.begins(key)
    }

    pub(super) fn is_month(&self, key: Key) -> bool {
        self.senses(key).iter().any(|s| matches!(s.class, Class::Month | Class::Short))
    }

    fn load() -> Vocabulary {
        let mut keys = Keys::default();
        let mut phrases = Vec::new();
        for row in rows(include_str!("../tables/words-en.tsv")) {
            let (Some(sense), &[_, _, list]) = (sense(&row), row.as_slice()) else { continue };
            for word in words(list) {
                phrases.push((keys.phrase(word), sense));
                let n = match sense.class {
                    Class::Magnitude => u32::try_from(sense.value).ok().and_then(|zeros| 10u64.checked_pow(zeros)),
                    _ => Some(sense.value),
                };
                match (sense.class, n) {
                    (Class::Cardinal | Class::Magnitude, Some(n @ 2..)) => {
                        let times = Sense { class: Class::Times, value: n.saturating_mul(100) };
                        phrases.push((keys.phrase(&format!("{word}fold")), times));
                    }
                    (Class::Ordinal, Some(3..)) => {
                        let part = Sense { class: Class::Part, ..sense };
                        phrases.extend([(keys.phrase(word), part), (keys.phrase(&format!("{word}s")), part)]);
                    }
                    _ => {}
                }
            }
        }
        let mut units = Vec::new();
        for unit in Unit::words(Lang::En) {
            let whole = unit.word.trim_end_matches(['!', '~']);
            let few = whole.chars().filter(|c| c.is_alphanumeric()).count() <= 2;
            let exact = (few || whole.chars().any(char::is_uppercase)).then_some(whole);
            let renamed = RENAMED.iter().find(|r| r.0 == unit.unit.symbol());
            let (shown, part) = match renamed.and_then(|r| Some((Unit::of_symbol(r.2)?, r.1))) {
                Some((shown, n)) => (shown, Some(n.into())),
                None => (unit.unit, unit.part),
            };
            let word = UnitSense { unit: shown, part, exact, risky: unit.word.ends_with('~') };
            units.push((keys.phrase(whole), word));
            if exact.is_none() && !unit.word.contains('!') {
                units.push((keys.phrase(&plural(whole)), word));
            }
        }
        let all: Vec<(&'static str, Unit)> = Unit::signs().collect();
        let mut signs = Vec::new();
        for &(sign, unit) in &all {
            let whole = sign.trim_end_matches('~');
            let risky = all.iter().any(|(other, _)| other.strip_suffix('~') == Some(whole));
            signs.push((keys.phrase(whole), UnitSense { unit, part: None, exact: Some(whole), risky }));
        }
        units.extend(signs.iter().filter(|(_, s)| !s.risky).cloned());
        // kB/s is no kb/s.
        units.sort_by_key(|(_, s): &(_, UnitSense)| s.exact.is_none());
        let mut senses = vec![Vec::new(); keys.0.len() + 1];
        let mut starts = vec![false; keys.0.len() + 1];
        for (phrase, sense) in &phrases {
            let first = phrase.first().map_or(0, |key| *key as usize);
            if let Some(senses) = senses.get_mut(first).filter(|_| phrase.len() == 1) {
                senses.push(*sense);
            }
            if let Some(starts) = starts.get_mut(first) {
                *starts |= starts_expression(sense.class);
            }
        }
        let (phrases, units, signs) = (Phrases::new(phrases), Phrases::new(units), Phrases::new(signs));
        Vocabulary { keys: keys.0, senses, starts, phrases, units, signs }
    }
}

fn starts_expression(class: Class) -> bool {
    use Class::*;
    matches!(
        class,
        Cardinal
            | Ordinal
            | Part
            | Group
            | Order
            | Tens
            | Third
            | Vague
            | Times
            | Compare
            | Month
            | Short
            | Idiom
            | Starter
            | NamedYear
    )
}

/// The meaning that a row gives its words.
fn sense(row: &[&str]) -> Option<Sense> {
    let &[class, value, _] = row else { return None };
    let class = Class::of(class)?;
    let value = match value {
        "-" | "~" | "up" => 0,
        ">" | "down" => 1,
        "<" => 2,
        _ if matches!(class, Class::Times | Class::Compare | Class::Tail) => {
            u64::try_from(value.parse::<Decimal>().ok()?.checked_mul(decimal::power(2)?)?).ok()?
        }
        _ => value.parse().ok()?,
    };
    Some(Sense { class, value })
}

/// The plural of a unit: "miles per hour", "degrees celsius", "square metres".
fn plural(word: &str) -> String {
    let tails = [" per ", " an ", " a ", " celsius", " fahrenheit", " centigrade", " of "];
    let (head, tail) = word.split_at(tails.iter().find_map(|tail| word.find(tail)).unwrap_or(word.len()));
    format!("{head}s{tail}")
}

#[derive(Default)]
struct Keys(FxHashMap<Box<[u8]>, Key>);

impl Keys {
    fn phrase(&mut self, phrase: &str) -> Vec<Key> {
        let chars: Vec<char> = phrase.chars().collect();
        let (mut out, mut at) = (Vec::new(), 0);
        while let Some(&c) = chars.get(at) {
            let inside = |n: usize| chars.get(n).is_some_and(|c| is_letter(*c));
            let first = at;
            at += 1;
            while is_letter(c) && (inside(at) || (chars.get(at) == Some(&'\'') && inside(at + 1))) {
                at += 1;
            }
            let next = u32::try_from(self.0.len() + 1).unwrap_or(0);
            match chars.get(first..at).filter(|_| is_letter(c)).map(|w| lower(w, &mut [0; LONGEST]).map(Box::from)) {
                Some(Some(word)) => out.push(*self.0.entry(word).or_insert(next)),
                None if !matches!(c, ' ' | '-') => out.push(sign_key(c)),
                _ => {}
            }
        }
        out
    }
}

/// The word in lower case as bytes; `None` where it is longer than any that is known.
fn lower<'b>(word: &[char], bytes: &'b mut [u8; LONGEST]) -> Option<&'b [u8]> {
    let mut length = 0;
    for &c in word {
        let c = if c == '’' { '\'' } else { c.to_lowercase().next().unwrap_or(c) };
        c.encode_utf8(bytes.get_mut(length..length + c.len_utf8())?);
        length += c.len_utf8();
    }
    bytes.get(..length)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_row_is_understood() {
        for row in rows(include_str!("../tables/words-en.tsv")) {
            assert!(sense(&row).is_some(), "{row:?}");
        }
    }
}
