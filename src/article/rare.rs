//! Numbers that two passages share, by how few passages have them. Names that they share count no further than as words: all that is
//! said of a subject has its names (fitted apart, their weight is 0.0 beside 0.7 of numbers).

use std::collections::BTreeSet;

use rustc_hash::FxHashMap;

use super::unit::Unit;
use crate::alignment::Side;
use crate::anchor::{AnchorKey, AnchorKind, Mention, shared};
use crate::quantity::{Date, Key};
use crate::text::{Lang, PerLang};

/// Numbers up to here, and years, are said of anything.
const SMALL_NUMBER: u32 = 12;
const YEARS: std::ops::RangeInclusive<u32> = 1900..=2100;
/// A table of many figures is not surer than a passage that shares three rare ones.
const MOST: f32 = 8.0;

/// The numbers of the units of both sides.
pub(super) struct Rare {
    numbers: PerLang<Vec<Vec<Mention>>>,
    /// In how many units each key is.
    units: FxHashMap<AnchorKey, u32>,
}

impl Rare {
    pub(super) fn new(sides: PerLang<&Side>, of: &PerLang<Vec<Unit<'_>>>) -> Rare {
        let numbers = PerLang::from_fn(|lang| all(sides[lang], &of[lang], lang));
        let mut units: FxHashMap<AnchorKey, u32> = FxHashMap::default();
        for unit in numbers.iter().flatten() {
            let keys: BTreeSet<&AnchorKey> = unit.iter().map(|m| &m.key).collect();
            for key in keys {
                *units.entry(key.clone()).or_default() += 1;
            }
        }
        Rare { numbers, units }
    }

    /// Σ ln(units / units that have it) over what both have.
    pub(super) fn weight(&self, units: PerLang<usize>) -> f32 {
        let PerLang { en, zh } = PerLang::from_fn(|lang| &self.numbers[lang][units[lang]]);
        if en.is_empty() || zh.is_empty() {
            return 0.0;
        }
        let keys: BTreeSet<&AnchorKey> = shared(en, zh).into_iter().map(|(_, j)| &zh[j].key).collect();
        let all = (self.numbers.en.len() + self.numbers.zh.len()) as f32;
        let weigh = |key: &&AnchorKey| (all / self.units.get(*key).copied().unwrap_or(1) as f32).ln().max(0.0);
        keys.iter().filter(|k| is_specific(k)).map(weigh).sum::<f32>().min(MOST)
    }
}

/// Mentions of all units.
fn all(side: &Side, units: &[Unit<'_>], lang: Lang) -> Vec<Vec<Mention>> {
    let of = |unit: &Unit<'_>| {
        let all = unit.segments.clone().flat_map(|i| side.mentions(i, lang));
        all.filter(|m| m.kind == AnchorKind::Number && !m.is_word()).cloned().collect()
    };
    units.iter().map(of).collect()
}

/// Whether a key says more than a small number, a month, a quarter, a year or a time of day.
pub(super) fn is_specific(key: &AnchorKey) -> bool {
    match key {
        AnchorKey::Value(Key::Number(number)) => match u32::try_from(*number) {
            Ok(n) if number.is_integer() => n > SMALL_NUMBER && !YEARS.contains(&n),
            _ => true,
        },
        AnchorKey::Value(Key::Date(Date { year: None, day: None, .. }) | Key::Time(_)) => false,
        AnchorKey::Value(_) | AnchorKey::Text(_) => true,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::anchor::mentions;

    #[test]
    fn everyday_numbers_say_nothing() {
        let key = |text: &str, lang| mentions(text, lang).swap_remove(0).key;
        for text in ["2 cats", "12 cats", "in 2026", "October", "the third quarter", "at 9:30"] {
            assert!(!is_specific(&key(text, Lang::En)), "{text}");
        }
        for text in ["13只", "2300只", "48%", "2.7个百分点", "2025年10月30日"] {
            assert!(is_specific(&key(text, Lang::Zh)), "{text}");
        }
    }
}
