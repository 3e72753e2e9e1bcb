//! How surely a row of Chinese syllables transcribes a Latin name: a table of which letters each syllable writes, learnt
//! from the names of a dictionary by EM over all ways to part a name (Knight and Graehl, *Machine Transliteration*, 1998).

use std::sync::LazyLock;

use rustc_hash::FxHashMap;

use crate::text::fold_char;

/// Letters that one syllable writes at most.
const LONGEST_STRETCH: usize = 5;
/// Letters and syllables of the longest name compared; the work is their product.
const MOST_LETTERS: usize = 32;
const MOST_SYLLABLES: usize = 16;
/// How a stretch's probability is mixed: by its syllable, by initial and final apart, and anything at all. With .15 and .3
/// for the second, and .001 and .005 for the third, the same names are told apart.
const BY_SYLLABLE: f64 = 0.75;
const BY_PARTS: f64 = 0.25;
const WRONG: f64 = 3e-3;
/// Share of syllables that write nothing though the table does not say so.
const SILENT: f64 = 4e-3;
/// Log ratio of a character that the table lacks: it is hardly ever in a transcribed name.
const STRANGE: f64 = -4.0;

type Stretches = FxHashMap<&'static str, f64>;

struct Table {
    /// ln P(letter | letter before), negated; row 0 is the beginning of a name.
    letters: [[f64; 26]; 27],
    syllables: FxHashMap<&'static str, Stretches>,
    initials: FxHashMap<&'static str, Stretches>,
    finals: FxHashMap<&'static str, Stretches>,
    characters: FxHashMap<char, f64>,
}

static TABLE: LazyLock<Table> = LazyLock::new(|| Table::read(duiqi_lexicon::TRANSCRIPTION));

impl Table {
    fn read(text: &'static str) -> Table {
        let mut table = Table {
            letters: [[3.5; 26]; 27],
            syllables: FxHashMap::default(),
            initials: FxHashMap::default(),
            finals: FxHashMap::default(),
            characters: FxHashMap::default(),
        };
        for line in text.lines() {
            let mut cells = line.split('\t');
            let (Some(mark), Some(key)) = (cells.next(), cells.next()) else { continue };
            let rows = match mark {
                "l" => {
                    let row =
                        key.bytes().next().filter(u8::is_ascii_lowercase).map_or(0, |b| usize::from(b - b'a') + 1);
                    for (slot, cell) in table.letters[row].iter_mut().zip(cells) {
                        *slot = cell.parse().map_or(*slot, |n: f64| n / 100.0);
                    }
                    continue;
                }
                "c" => {
                    let ratio = key.parse().map_or(0.0, |n: f64| n / 10.0);
                    table.characters.extend(cells.flat_map(str::chars).map(|c| (c, ratio)));
                    continue;
                }
                "s" => &mut table.syllables,
                "i" => &mut table.initials,
                "f" => &mut table.finals,
                _ => continue,
            };
            let entries = cells.filter_map(|c| c.split_once(':'));
            rows.insert(key, entries.filter_map(|(k, n)| Some((k, n.parse::<f64>().ok()? / 1000.0))).collect());
        }
        table
    }

    fn letter(&self, before: Option<u8>, letter: u8) -> f64 {
        let row = before.map_or(0, |b| usize::from(b - b'a') + 1);
        self.letters[row][usize::from(letter - b'a')]
    }
}

/// The letters of a name that count: without accents, in lower case, doubled ones single.
pub(super) fn letters(name: &str) -> String {
    let mut out = String::with_capacity(name.len());
    for c in name.chars() {
        let c = fold_char(c).to_lowercase().next().unwrap_or(c);
        let plain = match c {
            'a'..='z' => c,
            'à'..='å' | 'ā' | 'ă' | 'ą' | 'æ' => 'a',
            'ç' | 'ć' | 'č' => 'c',
            'ď' | 'đ' | 'ð' => 'd',
            'è'..='ë' | 'ē' | 'ę' | 'ě' => 'e',
            'ğ' => 'g',
            'ì'..='ï' | 'ī' | 'ı' => 'i',
            'ł' => 'l',
            'ñ' | 'ń' | 'ň' => 'n',
            'ò'..='ö' | 'ø' | 'ō' | 'ő' => 'o',
            'ř' => 'r',
            'ß' | 'ś' | 'ş' | 'š' => 's',
            'ţ' | 'ť' => 't',
            'ù'..='ü' | 'ū' | 'ů' | 'ű' => 'u',
            'ý' | 'ÿ' => 'y',
            'ź' | 'ż' | 'ž' => 'z',
            _ => continue,
        };
        if !out.ends_with(plain) {
            out.push(plain);
        }
    }
    out
}

/// ln P(letters | syllables) − ln P(letters): how much likelier these letters are as a name that these syllables write than
/// as any other name. Over 2 for 87% of 376 parts of names that were not learnt from, and for 7 in 10,000 wrong pairs of
/// them. `name` is what [`letters`] gives; negative infinity for what is too long or empty.
pub(super) fn evidence(name: &str, syllables: &[&str]) -> f64 {
    let n = name.len();
    if n == 0 || n > MOST_LETTERS || syllables.is_empty() || syllables.len() > MOST_SYLLABLES {
        return f64::NEG_INFINITY;
    }
    let table = &*TABLE;
    let bytes = name.as_bytes();
    // Cost of the letters up to each place.
    let mut costs = Vec::with_capacity(n + 1);
    let (mut cost, mut before) = (0.0, None);
    costs.push(cost);
    for &b in bytes {
        if !b.is_ascii_lowercase() {
            return f64::NEG_INFINITY;
        }
        cost += table.letter(before, b);
        before = Some(b);
        costs.push(cost);
    }
    let mut row = vec![f64::NEG_INFINITY; n + 1];
    row[0] = 0.0;
    for syllable in syllables {
        let whole = table.syllables.get(syllable);
        let (initial, end) = cut(syllable);
        let (initial, end) = (table.initials.get(initial), table.finals.get(end));
        let get = |stretches: Option<&Stretches>, key: &str| stretches.and_then(|s| s.get(key)).copied().unwrap_or(0.0);
        let mut next = vec![f64::NEG_INFINITY; n + 1];
        for i in (0..=n).filter(|&i| row[i] > f64::NEG_INFINITY) {
            for j in i..=(i + LONGEST_STRETCH).min(n) {
                let stretch = &name[i..j];
                let mut p = BY_SYLLABLE * get(whole, stretch);
                if j > i {
                    let (head, rest) = stretch.split_at(onset(stretch));
                    p += BY_PARTS * get(initial, head) * get(end, rest) + WRONG * (costs[i] - costs[j]).exp();
                } else {
                    p += SILENT;
                }
                next[j] = next[j].max(row[i] + p.ln());
            }
        }
        row = next;
    }
    row[n] + costs[n]
}

/// ln P(c | transcribed name) / P(c | text): above 0 for characters that names are written with.
pub(super) fn usual(c: char) -> f64 {
    TABLE.characters.get(&c).copied().unwrap_or(STRANGE)
}

/// A syllable of pinyin as initial and final.
fn cut(syllable: &str) -> (&str, &str) {
    let n = match syllable.as_bytes() {
        [b'z' | b'c' | b's', b'h', _, ..] => 2,
        [b, _, ..] if !b"aeiou".contains(b) => 1,
        _ => 0,
    };
    syllable.split_at_checked(n).unwrap_or(("", syllable))
}

/// Length of the consonants at the beginning.
fn onset(stretch: &str) -> usize {
    let vowel = |b: u8| b"aeiouy".contains(&b);
    let bytes = stretch.as_bytes();
    let glide = bytes.first() == Some(&b'y') && bytes.get(1).is_some_and(|&b| vowel(b));
    let skip = usize::from(glide);
    skip + bytes[skip..].iter().take_while(|&&b| !vowel(b)).count()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_table_is_read_whole() {
        let table = &*TABLE;
        assert!(table.syllables.len() > 250 && table.initials.len() > 20 && table.finals.len() > 25);
        assert!(table.characters.len() > 600);
        assert!(table.letters.iter().all(|row| (row.iter().map(|c| (-c).exp()).sum::<f64>() - 1.0).abs() < 0.02));
    }

    #[test]
    fn names_are_told_apart() {
        let quist = evidence(&letters("Lindqvist"), &["lin", "kui", "si", "te"]);
        assert!(quist > 2.0, "{quist}");
        assert!(evidence(&letters("Lindqvist"), &["ma", "ha", "ni"]) < -3.0);
        assert_eq!(evidence("", &["ma"]), f64::NEG_INFINITY);
        assert_eq!(letters("Jürgen Müller"), "jurgenmuler");
        assert!(usual('斯') > 2.0 && usual('的') < -3.0 && usual('x') < -3.0);
    }
}
