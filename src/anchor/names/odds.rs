//! Whether a Latin and a Chinese name sound like one: log odds from pinyin, custom, and transcription.

use super::{sound, transcription};
use crate::text::is_han;

/// Readings of characters without tone; `None` where one has none.
pub(crate) type Pinyin<'a> = dyn Fn(char) -> Option<&'a str> + 'a;

/// Log odds by the table of customary names, and by equal pinyin of two syllables or more, and of one.
const CUSTOMARY: f64 = 6.0;
const SPELLED: f64 = 7.0;
const SPELLED_ONE: f64 = 3.0;
/// Log odds from transcription evidence (see [`transcription::evidence`]) and likeness of sounds, fitted by logistic regression
/// on 318 parts of names that the table was not learnt from, and 20,000 wrong pairs of them: log-likelihood a pair −.0060, by
/// evidence alone −.0088, by sounds alone −.0182. The constant is for even chances instead of one in sixty.
const EVIDENCE: f64 = 0.58;
const SOUND: f64 = 8.9;
const CONSTANT: f64 = -6.5 + 1.5;
/// What one part can say at most, for and against.
const MOST: f64 = 8.0;
const LEAST: f64 = -6.0;
const MOST_EVIDENCE: f64 = 12.0;
/// Surnames count twice, and given names that contradict each other leave the rest in doubt.
const SURNAME: f64 = 2.0;
const CONTRADICTION: f64 = -1.0;
const IN_DOUBT: f64 = -1.5;
const MOST_TOGETHER: f64 = 12.0;
/// Characters of an undivided name of which the place of division is sought.
const LONGEST_UNDIVIDED: usize = 16;

/// Log odds as a probability.
pub(crate) fn sigmoid(odds: f64) -> f64 {
    1.0 / (1.0 + (-odds).exp())
}

/// One part of a name (lower case) against one part in Chinese (folded).
pub(crate) fn part_odds(en: &str, zh: &str, pinyin: &Pinyin<'_>) -> f64 {
    if sound::common(en, zh) {
        return CUSTOMARY;
    }
    if !zh.chars().any(is_han) {
        // Latin letters inside a Chinese name.
        return if en == zh { MOST } else { (40.0 * (strsim::jaro_winkler(en, zh) - 0.9)).clamp(LEAST, MOST) };
    }
    let Some(syllables) = zh.chars().take(LONGEST_UNDIVIDED).map(pinyin).collect::<Option<Vec<_>>>() else {
        return LEAST;
    };
    if is_spelled(&[en], &syllables) {
        return if syllables.len() > 1 { SPELLED } else { SPELLED_ONE };
    }
    let evidence =
        transcription::evidence(&transcription::letters(en), &syllables).clamp(-MOST_EVIDENCE, MOST_EVIDENCE);
    let alike = sound::similarity(&sound::of_latin(en), &sound::of_pinyin(syllables.iter().copied()));
    (EVIDENCE * evidence + SOUND * alike + CONSTANT).clamp(LEAST, MOST)
}

/// Whole names, divided into parts (lower case; folded).
pub(crate) fn odds(en: &[String], zh: &[String], pinyin: &Pinyin<'_>) -> f64 {
    let (Some(given), Some(family)) = (en.first(), en.last()) else { return LEAST };
    let undivided = zh.concat();
    let characters = undivided.chars().filter(|&c| is_han(c)).count();
    if let 2..=4 = characters
        && let Some(syllables) = undivided.chars().map(pinyin).collect::<Option<Vec<_>>>()
        && is_spelled(&en.iter().map(String::as_str).collect::<Vec<_>>(), &syllables)
    {
        return SPELLED;
    }
    match (en, zh) {
        ([e], [z]) => part_odds(e, z, pinyin),
        (_, []) | ([_], _) => LEAST,
        (_, [z]) => {
            let joined = part_odds(&en.concat(), z, pinyin);
            let ends: Vec<usize> = z.char_indices().map(|(i, _)| i).skip(1).take(LONGEST_UNDIVIDED).collect();
            let cuts = ends.into_iter().map(|cut| {
                let (a, b) = z.split_at(cut);
                both(part_odds(given, a, pinyin), part_odds(family, b, pinyin))
            });
            cuts.fold(joined, f64::max)
        }
        (_, [first, .., last]) => both(part_odds(given, first, pinyin), part_odds(family, last, pinyin)),
    }
}

/// A given name and a surname together.
fn both(given: f64, family: f64) -> f64 {
    let sum = (given + SURNAME * family).min(MOST_TOGETHER);
    if given < CONTRADICTION { sum.min(IN_DOUBT) } else { sum }
}

/// 叶文洁 is Ye Wenjie or Wenjie Ye: the letters are those of the pinyin, surname first or last.
fn is_spelled(en: &[&str], syllables: &[&str]) -> bool {
    // ü is written u, yu or v.
    let plain = |s: &[&str]| s.concat().replace(['ü', 'v'], "u");
    let letters: String = en.concat().chars().filter(|c| c.is_ascii_alphabetic() || *c == 'ü').collect();
    let letters = letters.replace(['ü', 'v'], "u");
    !letters.is_empty()
        && (0..syllables.len()).any(|k| [plain(&syllables[k..]), plain(&syllables[..k])].concat() == letters)
}
