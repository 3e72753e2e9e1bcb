//! The meanings of words, from the table `words-en.tsv` and the words for units.
//!
//! ```text
//! row = class TAB value TAB phrase { "|" phrase }
//! ```

use std::sync::LazyLock;

use rust_decimal::Decimal;
use rustc_hash::{FxHashMap, FxHashSet};

use super::token::word_end;
use crate::quantity::table::{Phrases, rows, words};
use crate::quantity::{Unit, decimal};
use crate::text::{Lang, View};

/// A word or a sign. Words have small numbers; signs have their character code above them; 0 is an unknown word.
pub(super) type Key = u32;

type Keys = FxHashMap<Box<[u8]>, Key>;

const SIGNS: Key = 1 << 16;
/// The longest word, in bytes.
const LONGEST: usize = 24;
const TABLE: &str = include_str!("../tables/words-en.tsv");

pub(super) fn sign_key(c: char) -> Key {
    SIGNS + u32::from(c)
}

macro_rules! classes {
    ($($name:ident)*) => {
        /// The class of a word; the table explains the classes. An expression may begin with those up to `Starter`.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd)]
        pub(super) enum Class { $($name),* }
        impl Class {
            fn of(name: &str) -> Option<Class> {
                let plain = name.replace('_', "");
                let all = [$((stringify!($name), Class::$name)),*];
                all.into_iter().find(|class| class.0.eq_ignore_ascii_case(&plain)).map(|class| class.1)
            }
        }
    };
}

classes! {
    Cardinal Ordinal Part Group Order Tens Third Vague Times Compare Month Short Idiom NamedYear Starter Magnitude
    Suffix Before Behind Inner Verb Weak Particle Noun Percent Point Filler Barrier Agent Phrasal Moving Bound
    Modifier Period Measured Named Phone Compared Comparative Multiplied Cut Between Business Determiner Dated Either
    Numbered Counted Whole Latter Filled Lasting Possessive Weighty Weight Height Coming Copula Auxiliary Priced Span
    Later Daytime Minutes Ratio Owned Quarter Suffixed Gap Count Off Gain Ranked Each Hour Drift Signed
    Weekday Often Negation Unbound Standing Limit
}

/// One meaning of a word or phrase. The value is a number, a number of zeros, hundredths (for [`Class::Times`] and
/// similar classes), a direction (0 up, 1 down) or a bound (0 about, 1 more, 2 less).
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Sense {
    pub(super) class: Class,
    pub(super) value: u64,
}

/// A word for a unit or a sign of a currency.
#[derive(Clone, Copy, Debug)]
pub(super) struct UnitSense {
    pub(super) unit: Unit,
    /// The value of one in the unit: 0.01 for a cent.
    pub(super) part: Option<Decimal>,
    /// The exact spelling, if the case of the letters matters.
    pub(super) exact: Option<&'static str>,
    /// Whether it is also an everyday word.
    pub(super) risky: bool,
}

pub(super) struct Vocabulary {
    keys: Keys,
    senses: Vec<Vec<Sense>>,
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

    /// What a single word says of a number: a cardinal, an ordinal, a magnitude, a day of the week, a month, or "twice".
    pub(super) fn numeral(&self, word: &[char]) -> Option<Sense> {
        use Class::{Cardinal, Magnitude, Month, Often, Ordinal, Tens, Weekday};
        let numeral = |s: &&Sense| matches!(s.class, Cardinal | Ordinal | Magnitude | Weekday | Month | Often | Tens);
        self.senses(self.key(word)).iter().find(numeral).copied()
    }

    pub(super) fn senses(&self, key: Key) -> &[Sense] {
        self.senses.get(key as usize).map_or(&[], Vec::as_slice)
    }

    pub(super) fn starts(&self, key: Key) -> bool {
        self.senses(key).iter().any(|s| s.class <= Class::Starter) || self.signs.begins(key)
    }

    pub(super) fn is_month(&self, key: Key) -> bool {
        self.senses(key).iter().any(|s| matches!(s.class, Class::Month | Class::Short))
    }

    fn load() -> Vocabulary {
        let mut keys = Keys::default();
        let mut phrases = Vec::new();
        for row in rows(TABLE) {
            let (Some(sense), Some(list)) = (sense(&row), row.get(2)) else { continue };
            phrases.extend(words(list).map(|word| (phrase(&mut keys, word), sense)));
        }
        let mut units = Vec::new();
        for found in Unit::words(Lang::En) {
            let whole = found.word.trim_end_matches(['!', '~']);
            let few = whole.chars().filter(|c| c.is_alphanumeric()).count() <= 2;
            let exact = (few || whole.chars().any(char::is_uppercase)).then_some(whole);
            let (unit, part) = renamed(found.unit).map_or((found.unit, found.part), |(unit, n)| (unit, Some(n)));
            let word = UnitSense { unit, part, exact, risky: found.word.ends_with('~') };
            units.push((phrase(&mut keys, whole), word));
            if exact.is_none() && !found.word.contains('!') {
                units.push((phrase(&mut keys, &plural(whole)), word));
            }
        }
        let all: Vec<(&'static str, Unit)> = Unit::signs().collect();
        let everyday: FxHashSet<&str> = all.iter().filter_map(|(sign, _)| sign.strip_suffix('~')).collect();
        let mut signs = Vec::new();
        for &(sign, unit) in &all {
            let whole = sign.trim_end_matches('~');
            let risky = everyday.contains(whole);
            signs.push((phrase(&mut keys, whole), UnitSense { unit, part: None, exact: Some(whole), risky }));
        }
        units.extend(signs.iter().filter(|(_, s)| !s.risky).cloned());
        // kB/s and kb/s are different units.
        units.sort_by_key(|(_, s): &(_, UnitSense)| s.exact.is_none());
        let mut senses = vec![Vec::new(); keys.len() + 1];
        for (phrase, sense) in &phrases {
            let class = if phrase.len() == 1 { sense.class } else { Class::Starter };
            let first = phrase.first().map_or(0, |key| *key as usize);
            if let Some(senses) = senses.get_mut(first).filter(|_| phrase.len() == 1 || sense.class <= Class::Starter) {
                senses.push(Sense { class, ..*sense });
            }
        }
        let (phrases, units, signs) = (Phrases::new(phrases), Phrases::new(units), Phrases::new(signs));
        Vocabulary { keys, senses, phrases, units, signs }
    }
}

/// The meaning of the words in a row.
fn sense(row: &[&str]) -> Option<Sense> {
    let &[class, value, _] = row else { return None };
    let class = Class::of(class)?;
    let hundredths = matches!(class, Class::Times | Class::Compare);
    let value = match value {
        "-" | "~" | "up" => 0,
        ">" | "down" => 1,
        "<" => 2,
        _ if hundredths => u64::try_from(value.parse::<Decimal>().ok()?.checked_mul(decimal::power(2)?)?).ok()?,
        _ => value.parse().ok()?,
    };
    Some(Sense { class, value })
}

/// The unit whose symbol is that of another unit.
fn renamed(unit: Unit) -> Option<(Unit, Decimal)> {
    let (symbol, n) = match unit.symbol() {
        "fortnight" => ("wk", 2),
        "decade" => ("yr", 10),
        "century" => ("yr", 100),
        "millennium" => ("yr", 1000),
        _ => return None,
    };
    Some((Unit::of_symbol(symbol)?, n.into()))
}

/// The plural of a unit: "miles per hour", "degrees celsius", "square metres".
fn plural(word: &str) -> String {
    let tails = [" per ", " an ", " a ", " celsius", " fahrenheit", " centigrade", " of "];
    let (head, tail) = word.split_at(tails.iter().find_map(|tail| word.find(tail)).unwrap_or(word.len()));
    format!("{head}s{tail}")
}

/// The keys of the words and signs of a phrase. New words get new keys.
fn phrase(keys: &mut Keys, phrase: &str) -> Vec<Key> {
    let (view, mut out, mut at) = (View::new(phrase), Vec::new(), 0);
    while at < view.len() {
        let end = word_end(&view, at);
        if let Some(word) = lower(view.slice(at, end), &mut [0; LONGEST]).filter(|word| !word.is_empty()) {
            let next = u32::try_from(keys.len() + 1).unwrap_or(0);
            out.push(*keys.entry(word.into()).or_insert(next));
        } else if !matches!(view.at(at), ' ' | '-') {
            out.push(sign_key(view.at(at)));
        }
        at = end.max(at + 1);
    }
    out
}

/// The word in lower case as bytes; `None` if it is longer than every known word.
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
        for row in rows(TABLE) {
            assert!(sense(&row).is_some(), "{row:?}");
        }
    }
}
