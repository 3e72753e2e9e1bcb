//! Names taken apart and compared.

use super::sound;
use crate::text::{fold, is_han};

/// A name in either language, folded, in lower case.
#[derive(Clone, Debug, Default)]
pub(super) struct Name {
    pub(super) whole: String,
    /// Given name, surname …: apart by blanks, hyphens or the dot of transcribed names.
    pub(super) parts: Vec<String>,
    pub(super) han: bool,
}

impl Name {
    pub(super) fn new(name: &str) -> Name {
        let whole = normal(name);
        let parts: Vec<String> = whole.split(is_joint).filter(|p| !p.is_empty()).map(str::to_owned).collect();
        // An initial (Warren E. Buffett) says nothing that a transcription would keep.
        let full: Vec<String> = parts.iter().filter(|p| p.trim_end_matches('.').chars().count() > 1).cloned().collect();
        let han = whole.chars().any(is_han);
        Name { parts: if han || full.is_empty() { parts } else { full }, han, whole }
    }

    /// "Chase and Taub": several people who speak at once, none of them alone.
    pub(super) fn is_joint(&self) -> bool {
        const MARKS: [char; 5] = ['&', '、', ',', '/', '+'];
        self.parts.iter().any(|p| p == "and")
            || self.whole.contains(MARKS)
            || (self.han && self.whole.contains(['和', '与']))
    }

    /// Whether this single name is a part of `other` with a slip of the pen (Benn, Ben Gilbert): at most one letter more
    /// or less, and alike from the beginning.
    pub(super) fn is_slip_in(&self, other: &Name) -> bool {
        const LEAST: f64 = 0.93;
        let near =
            |p: &String| p.len().abs_diff(self.whole.len()) <= 1 && strsim::jaro_winkler(p, &self.whole) >= LEAST;
        self.parts.len() == 1 && !self.han && other.parts.iter().any(near)
    }

    fn last(&self) -> &str {
        self.parts.last().map_or("", String::as_str)
    }

    fn first(&self) -> &str {
        self.parts.first().map_or("", String::as_str)
    }

    /// Whether `other`, of the same script, is this name or a part of it: a given name, a surname, the end or beginning
    /// of a Chinese name that is not divided.
    pub(super) fn covers(&self, other: &Name) -> bool {
        if other.whole.is_empty() || self.han != other.han || self.is_joint() || other.is_joint() {
            return false;
        }
        if self.parts == other.parts
            || (other.parts.len() == 1 && self.parts.len() > 1 && self.parts.contains(&other.whole))
        {
            return true;
        }
        let whole = self.parts.concat();
        self.han
            && other.parts.len() == 1
            && other.whole.chars().count() >= 2
            && (whole.ends_with(&other.whole) || whole.starts_with(&other.whole))
    }

    /// Both give a given name and a surname, and the surnames differ: two people.
    pub(super) fn contradicts(&self, other: &Name) -> bool {
        !self.han && !other.han && !self.covers(other) && !other.covers(self)
    }
}

fn is_joint(c: char) -> bool {
    c.is_whitespace() || matches!(c, '·' | '•' | '‧' | '・' | '．' | '-' | '‑')
}

/// Folded, in lower case, blanks made single: how labels are told apart.
pub(super) fn normal(name: &str) -> String {
    let folded = fold(name).to_lowercase();
    folded.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Readings of a name's characters; `None` where one has none.
pub(super) type Pinyin<'a> = dyn Fn(char) -> Option<&'a str> + 'a;

/// How likely a Latin and a Chinese name are one name, 0 to 1.
pub(super) fn alike(en: &Name, zh: &Name, pinyin: &Pinyin<'_>) -> f64 {
    if en.han || !zh.han || en.parts.is_empty() || zh.parts.is_empty() {
        return 0.0;
    }
    if spelled(en, zh, pinyin) {
        return 0.97;
    }
    let part = |e: &str, z: &str| part(e, z, pinyin);
    match (en.parts.len(), zh.parts.len()) {
        (1, 1) => part(en.first(), zh.first()),
        (1, _) => PART_ONLY * zh.parts.iter().map(|z| part(en.first(), z)).fold(0.0, f64::max),
        (_, 1) => {
            // Either one part of the English name, or all of it without a dot between: 马克马哈尼.
            let single = en.parts.iter().map(|e| part(e, zh.first())).fold(0.0, f64::max);
            let joined = joined(en, zh.first(), pinyin);
            (PART_ONLY * single).max(joined)
        }
        _ => {
            let (given, family) = (part(en.first(), zh.first()), part(en.last(), &zh.parts[zh.parts.len() - 1]));
            // Different surnames outweigh a shared given name.
            (given + family) / 2.0 * if given.min(family) < 0.35 { 0.6 } else { 1.0 }
        }
    }
}

/// A part found in a longer name is a little less than the name itself.
const PART_ONLY: f64 = 0.95;

/// 叶文洁 is Ye Wenjie: the letters of the pinyin, surname first or last.
fn spelled(en: &Name, zh: &Name, pinyin: &Pinyin<'_>) -> bool {
    let characters: Vec<char> = zh.parts.concat().chars().take(5).collect();
    let Some(syllables) = characters.iter().map(|&c| pinyin(c)).collect::<Option<Vec<_>>>() else { return false };
    if syllables.len() < 2 || syllables.len() > 4 {
        return false;
    }
    let letters: String = en.parts.concat().chars().filter(char::is_ascii_alphabetic).collect();
    // ü is written u, yu or v.
    let plain = |s: &[&str]| s.concat().replace(['ü', 'v'], "u");
    (0..syllables.len()).any(|k| [plain(&syllables[k..]), plain(&syllables[..k])].concat() == letters.replace('ü', "u"))
}

fn sounds(zh: &str, pinyin: &Pinyin<'_>) -> Vec<u8> {
    sound::of_pinyin(zh.chars().filter_map(pinyin))
}

/// One part against one part.
fn part(en: &str, zh: &str, pinyin: &Pinyin<'_>) -> f64 {
    if sound::common(en, zh) {
        return 1.0;
    }
    if !zh.chars().any(is_han) {
        // Latin letters inside a Chinese name.
        return strsim::jaro_winkler(en, zh);
    }
    let sounds = sounds(zh, pinyin);
    let alike = sound::similarity(&sound::of_latin(en), &sounds);
    // One syllable is like many names.
    if zh.chars().nth(1).is_none() { alike * 0.8 } else { alike }
}

/// A Chinese name without dots against all parts of an English one, cut where that fits best.
fn joined(en: &Name, zh: &str, pinyin: &Pinyin<'_>) -> f64 {
    let characters: Vec<char> = zh.chars().take(16).collect();
    let all = sound::similarity(&sound::of_latin(&en.parts.concat()), &sounds(zh, pinyin));
    let mut best = all;
    for cut in 1..characters.len() {
        let (given, family): (String, String) =
            (characters[..cut].iter().collect(), characters[cut..].iter().collect());
        let score = (part(en.first(), &given, pinyin) + part(en.last(), &family, pinyin)) / 2.0;
        best = best.max(score);
    }
    best
}
