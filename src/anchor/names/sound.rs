//! How alike a Latin name and a Chinese one sound.
//!
//! Both become a row of sound classes: pinyin by its initial and final, Latin letters by what they usually stand for.
//! Chinese adds vowels between consonants and drops consonants at the end of a syllable, so vowels weigh little and
//! such losses cost little.

use std::sync::LazyLock;

use rustc_hash::FxHashMap;

/// Names whose Chinese form follows custom, not sound, and common ones so that they need no guess.
static COMMON: LazyLock<FxHashMap<&'static str, Vec<&'static str>>> = LazyLock::new(|| {
    let lines = include_str!("names.tsv").lines().filter(|l| !l.starts_with('#'));
    lines.filter_map(|l| l.split_once('\t')).map(|(zh, en)| (zh, en.split(' ').collect())).collect()
});

/// Longest name part compared, in characters: no name is longer, and the comparison is quadratic.
const LONGEST: usize = 32;

/// Whether the table gives `en` (lower case) for `zh`.
pub(super) fn common(en: &str, zh: &str) -> bool {
    COMMON.get(zh).is_some_and(|names| names.iter().any(|n| n.eq_ignore_ascii_case(en)))
}

/// Sounds of a Latin name: classes as letters, `v` for any vowel. See [`cost`].
pub(super) fn of_latin(name: &str) -> Vec<u8> {
    let letters: Vec<char> = name.chars().filter_map(plain).take(LONGEST).collect();
    let at = |i: usize| letters.get(i).copied().unwrap_or(' ');
    let mut out = Vec::new();
    let mut i = 0;
    while i < letters.len() {
        let (c, next) = (at(i), at(i + 1));
        let soft = matches!(next, 'e' | 'i' | 'y');
        let (sounds, used): (&[u8], usize) = match (c, next) {
            ('p', 'h') => (b"f", 2),
            ('s', 'h') | ('c', 'h') if at(i + 2) != 'r' => (b"s", 2),
            ('s', 'c') if at(i + 2) == 'h' => (b"s", 3),
            ('t', 'c') if at(i + 2) == 'h' => (b"s", 3),
            ('t', 'h') => (b"t", 2),
            ('c', 'k') => (b"k", 2),
            ('g', 'h') if i > 0 => (b"", 2),
            ('k' | 'g', 'n') if i == 0 => (b"n", 2),
            ('w', 'r') if i == 0 => (b"r", 2),
            ('q', 'u') => (b"kw", 2),
            ('c', _) if soft => (b"s", 1),
            ('c' | 'k' | 'q', _) => (b"k", 1),
            // Gene and Gary: both sounds are near enough to j.
            ('g', _) if soft => (b"j", 1),
            ('g', _) => (b"k", 1),
            ('j', _) => (b"j", 1),
            ('x', _) if i == 0 => (b"s", 1),
            ('x', _) => (b"ks", 1),
            ('s' | 'z', _) => (b"s", 1),
            ('b' | 'p', _) => (b"b", 1),
            ('f', _) => (b"f", 1),
            ('v', _) => (b"f", 1),
            ('w', _) => (b"w", 1),
            ('d' | 't', _) => (b"t", 1),
            ('h', _) => (b"h", 1),
            ('l', _) => (b"l", 1),
            ('r', _) => (b"r", 1),
            ('m', _) => (b"m", 1),
            ('n', _) => (b"n", 1),
            ('y', 'a' | 'e' | 'o' | 'u' | 'i') => (b"y", 1),
            // A silent e at the end.
            ('e', ' ') if i > 2 => (b"", 1),
            _ => (b"v", 1),
        };
        extend(&mut out, sounds);
        i += used;
    }
    out
}

/// Doubled letters and vowels in a row are one sound.
fn extend(out: &mut Vec<u8>, sounds: &[u8]) {
    for &s in sounds {
        if out.last() != Some(&s) {
            out.push(s);
        }
    }
}

/// The letter without accent, in lower case; `None` for what is no letter.
fn plain(c: char) -> Option<char> {
    let c = c.to_lowercase().next()?;
    Some(match c {
        'a'..='z' => c,
        'à'..='å' | 'æ' => 'a',
        'ç' => 'c',
        'è'..='ë' => 'e',
        'ì'..='ï' => 'i',
        'ñ' => 'n',
        'ò'..='ö' | 'ø' => 'o',
        'ù'..='ü' => 'u',
        'ß' => 's',
        _ => return None,
    })
}

/// Sounds of a row of pinyin syllables without tones.
pub(super) fn of_pinyin<'a>(syllables: impl Iterator<Item = &'a str>) -> Vec<u8> {
    let mut out = Vec::new();
    for syllable in syllables.take(LONGEST) {
        if syllable == "er" {
            // 尔 stands for l and r at the end of a syllable.
            out.push(b'l');
            continue;
        }
        let vowel = syllable.find(['a', 'e', 'i', 'o', 'u', 'v', 'ü']).unwrap_or(0);
        let (initial, last) = syllable.split_at(vowel);
        let sounds: &[u8] = match initial {
            "b" | "p" => b"b",
            "f" => b"f",
            "w" => b"w",
            "d" | "t" => b"t",
            "g" | "k" => b"k",
            "h" => b"h",
            // Between k and s: 杰 Je, 基 Ki, 琼 Jo, 齐 Zi, 希 Hi, 西 Si.
            "j" | "q" | "zh" | "ch" => b"j",
            "x" => b"x",
            "s" | "sh" | "z" | "c" => b"s",
            "m" => b"m",
            "n" => b"n",
            "l" => b"l",
            "r" => b"r",
            "y" => b"y",
            _ => b"",
        };
        out.extend(sounds);
        extend(&mut out, b"v");
        if last.ends_with('n') || last.ends_with("ng") {
            out.push(b'n');
        }
    }
    out
}

/// What it costs to lose or add a sound.
fn weight(sound: u8) -> f64 {
    match sound {
        b'v' => 0.2,
        // Lost or added at the ends of syllables (Mark 马克), or written for a vowel (约 y, 沃 w).
        b'r' | b'h' | b'y' | b'w' => 0.4,
        b'l' | b'n' => 0.6,
        _ => 1.0,
    }
}

/// What it costs that one sound stands for the other, symmetric; 0 for equal ones.
fn cost(a: u8, b: u8) -> f64 {
    let (a, b) = if a < b { (a, b) } else { (b, a) };
    match (a, b) {
        _ if a == b => 0.0,
        (b'l', b'r') => 0.1,
        (b'f', b'w') | (b'j', b's') | (b's', b'x') | (b'j', b'x') | (b'h', b'x') => 0.15,
        (b'm', b'n') => 0.25,
        (b'v', b'w') | (b'v', b'y') => 0.3,
        (b'j', b'k') | (b'h', b'k') | (b'b', b'f') | (b'j', b'y') | (b's', b't') | (b'f', b'h') | (b'h', b'w') => 0.4,
        (b'j', b't') | (b'b', b'w') | (b'k', b'x') => 0.6,
        _ => 1.1,
    }
}

/// 1 for the same sounds, 0 for nothing in common: one minus the edit cost over the weight of the heavier name.
pub(super) fn similarity(a: &[u8], b: &[u8]) -> f64 {
    let total = |s: &[u8]| s.iter().map(|&x| weight(x)).sum::<f64>();
    let heavier = total(a).max(total(b));
    if a.is_empty() || b.is_empty() || heavier <= 0.0 {
        return 0.0;
    }
    let mut row: Vec<f64> = Vec::with_capacity(b.len() + 1);
    row.push(0.0);
    for &y in b {
        row.push(row.last().copied().unwrap_or(0.0) + weight(y));
    }
    for &x in a {
        let mut corner = row[0];
        row[0] += weight(x);
        for (j, &y) in b.iter().enumerate() {
            let best = (row[j] + weight(y)).min(row[j + 1] + weight(x)).min(corner + cost(x, y));
            corner = row[j + 1];
            row[j + 1] = best;
        }
    }
    let edits = row.last().copied().unwrap_or(heavier);
    (1.0 - edits / heavier).max(0.0)
}
