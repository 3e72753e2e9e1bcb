//! The names that two texts share.

use rustc_hash::{FxHashMap, FxHashSet};

use super::compare::{GLOSSED_TOO, PARTLY_GLOSSED, gloss, is_joint};
use super::odds::{odds, sigmoid};
use super::spans::{Cut, LEAST_END, Span, Word, dotted, names as name_rows, transcriptions, words};
use super::transcription::usual;
use super::{Known, NameMatch, Reason};
use crate::lexicon::{FREQUENCY_FLOOR, Stems, is_stop_word};
use crate::text::View;
use crate::text::latin::is_ordinary;
use crate::text::{fold, is_han};

/// Log odds of matches that need no sound: the same letters, a caller's pair, a stated pair, a gloss; more for each word.
const IDENTICAL: f64 = 5.0;
const GIVEN: f64 = 6.0;
const STATED: f64 = 5.5;
const GLOSSED: f64 = 3.5;
const A_WORD: f64 = 1.0;
/// Least share of a gloss's information.
const LEAST_GLOSS: f64 = 0.7;
/// Log odds that a stretch of Chinese which sounds like a name of the English is it, before its sound is looked at: most
/// stretches are not.
const PRIOR: f64 = -2.5;
/// What an unusual or usual character adds, and at most.
const USUAL: f64 = 0.25;
const MOST_USUAL: f64 = 2.0;
/// What it costs that an end of the stretch parts a word, and that the stretch holds an ordinary word, for each factor e by
/// which that is more frequent than the rarest.
const PARTED: f64 = 2.5;
const ORDINARY: f64 = 0.6;
/// Log ratio of the characters of a word that is no ordinary one.
const NAME_LIKE: f64 = 1.0;
/// What it costs that a divided name begins or ends with a character that transcriptions lack: 给, 说.
const STRANGE_END: f64 = 2.0;
/// That a name of several words stands against one with a dot.
const DIVIDED: f64 = 3.0;
/// Least log odds of a match.
const LEAST: f64 = 3.0;
/// A word that is more frequent than this and begins a sentence is no name for its capital.
const FREQUENT: f64 = 5e-6;
/// A word that is more frequent than this is no name by itself, wherever it stands (China 2e-4, come 5e-4).
const COMMON: f64 = 4e-4;
/// Letters for one syllable, at least and at most.
const FEWEST_LETTERS: f64 = 1.0;
const MOST_LETTERS: f64 = 5.5;
/// Characters of the parts of a divided name, where it is not known where it begins and ends.
const LONGEST_PART: usize = 6;

/// A name as it is compared: folded, in lower case, single blanks, without full stops.
pub(super) fn key(name: &str) -> String {
    let folded = fold(name).to_lowercase().replace('’', "'");
    folded.split(|c: char| c.is_whitespace() || c == '.').filter(|w| !w.is_empty()).collect::<Vec<_>>().join(" ")
}

/// A possible match, in characters.
struct Candidate {
    en: Span,
    zh: Span,
    odds: f64,
    reason: Reason,
}

struct Row {
    span: Span,
    key: String,
    words: Vec<String>,
    /// Words that sound says something about.
    full: Vec<String>,
    letters: usize,
    /// One word that begins a sentence and may be an ordinary one.
    doubtful: bool,
}

pub(super) fn shared(names: &Known<'_>, en: &str, zh: &str) -> Vec<NameMatch> {
    let (english, chinese) = (View::new(en), View::new(zh));
    let tokens = words(&english);
    let rows = rows(names, &english, &tokens);
    let mut found: Vec<Candidate> = Vec::new();
    identical(&rows, &chinese, &mut found);
    given(names, &english, &tokens, &chinese, &mut found);
    if !rows.is_empty() && zh.chars().any(is_han) {
        let cut = Cut::new(&chinese, names.lexicon);
        glossed(names, &rows, &chinese, &cut, &mut found);
        sounding(names, &rows, &chinese, &cut, &mut found);
    }
    // The surest first; of equal ones those that stand at like places.
    let share = |s: &Span, view: &View| s.start as f64 / view.len().max(1) as f64;
    let apart = |c: &Candidate| (share(&c.en, &english) - share(&c.zh, &chinese)).abs();
    found.sort_by(|a, b| {
        b.odds
            .total_cmp(&a.odds)
            .then(apart(a).total_cmp(&apart(b)))
            .then((a.en.start, a.zh.start).cmp(&(b.en.start, b.zh.start)))
    });
    let (mut used_en, mut used_zh) = (vec![false; english.len()], vec![false; chinese.len()]);
    let mut out: Vec<NameMatch> = Vec::new();
    for c in found {
        let free = |used: &[bool], s: &Span| used.get(s.start..s.end).is_some_and(|u| u.iter().all(|&x| !x));
        if !free(&used_en, &c.en) || !free(&used_zh, &c.zh) {
            continue;
        }
        used_en[c.en.start..c.en.end].fill(true);
        used_zh[c.zh.start..c.zh.end].fill(true);
        out.push(NameMatch {
            en: english.byte(c.en.start)..english.byte(c.en.end),
            zh: chinese.byte(c.zh.start)..chinese.byte(c.zh.end),
            confidence: sigmoid(c.odds),
            reason: c.reason,
        });
    }
    out.sort_by_key(|m| m.en.start);
    out
}

/// What can be a name in the English: rows of capitalised words, but for ordinary words that only begin a sentence.
fn rows(names: &Known<'_>, view: &View, tokens: &[Word]) -> Vec<Row> {
    let text = |w: &Word| view.slice(w.start, w.end).iter().collect::<String>().to_lowercase().replace('’', "'");
    let lower: FxHashSet<String> = tokens.iter().filter(|w| !w.capital).map(text).collect();
    let mut stems = Stems::default();
    let ordinary = |w: &Word, stems: &mut Stems| {
        let word = text(w);
        let stem = names.lexicon.stem(stems.stem(&word));
        let common = stem.is_some_and(|s| names.lexicon.stem_probability(s) > COMMON);
        is_stop_word(&word)
            || is_ordinary(&word)
            || common
            || lower.contains(&word)
            || word == "i"
            || word.starts_with("i'")
    };
    let plain: Vec<bool> = tokens.iter().map(|w| ordinary(w, &mut stems)).collect();
    let mut out = Vec::new();
    for range in name_rows(view, tokens) {
        // Nothing but ordinary words; an ordinary word at the beginning of a sentence before a name.
        if range.clone().all(|k| plain[k]) || (range.len() > 1 && tokens[range.start].initial && plain[range.start]) {
            continue;
        }
        let row = &tokens[range];
        let (Some(first), Some(last)) = (row.first(), row.last()) else { continue };
        let words: Vec<String> = row.iter().map(text).collect();
        let full: Vec<String> =
            words.iter().filter(|w| w.chars().nth(1).is_some()).flat_map(|w| w.split('-')).map(str::to_owned).collect();
        let letters = full.iter().map(|w| w.chars().count()).sum();
        let frequent = |w: &String| {
            names.lexicon.stem(stems.stem(w)).is_some_and(|s| names.lexicon.stem_probability(s) > FREQUENT)
        };
        let doubtful = row.len() == 1 && first.initial && words.first().is_some_and(frequent);
        let span = Span { start: first.start, end: last.end };
        out.push(Row { span, key: words.join(" "), words, full, letters, doubtful });
    }
    out
}

/// Latin names inside the Chinese.
fn identical(rows: &[Row], chinese: &View, found: &mut Vec<Candidate>) {
    let tokens = words(chinese);
    if tokens.is_empty() {
        return;
    }
    let mut by_key: FxHashMap<String, Vec<Span>> = FxHashMap::default();
    for first in 0..tokens.len() {
        let mut key = String::new();
        for (count, word) in tokens[first..].iter().take(super::spans::MOST_WORDS).enumerate() {
            if count > 0 && !word.joined {
                break;
            }
            if count > 0 {
                key.push(' ');
            }
            key.extend(chinese.slice(word.start, word.end).iter().flat_map(|c| c.to_lowercase()));
            by_key.entry(key.clone()).or_default().push(Span { start: tokens[first].start, end: word.end });
        }
    }
    for row in rows {
        for &zh in by_key.get(&row.key).into_iter().flatten() {
            let odds = IDENTICAL + A_WORD * row.words.len() as f64;
            found.push(Candidate { en: row.span, zh, odds, reason: Reason::Identical });
        }
    }
}

/// Pairs of the glossary and stated ones, wherever both sides have them.
fn given(names: &Known<'_>, english: &View, tokens: &[Word], chinese: &View, found: &mut Vec<Candidate>) {
    if names.stated.is_empty() && names.glossary.is_none() {
        return;
    }
    let zh: String = chinese.slice(0, chinese.len()).iter().collect();
    let places = |term: &str| -> Vec<Span> {
        let count = term.chars().count();
        let starts = zh.match_indices(term).map(|(at, _)| zh[..at].chars().count());
        starts.take(MOST_PLACES).map(|start| Span { start, end: start + count }).collect()
    };
    let lower: Vec<String> =
        tokens.iter().map(|w| english.slice(w.start, w.end).iter().flat_map(|c| c.to_lowercase()).collect()).collect();
    let mut add = |en: Span, zh: &[Span], count: usize, odds: f64, reason: Reason| {
        found.extend(zh.iter().map(|&zh| Candidate { en, zh, odds: odds + A_WORD * count as f64, reason }));
    };
    for (en, term) in names.stated.iter().filter(|(_, term)| !term.is_empty() && zh.contains(term.as_str())) {
        let want: Vec<String> =
            words(&View::new(en)).iter().map(|w| en.chars().skip(w.start).take(w.end - w.start).collect()).collect();
        if want.is_empty() {
            continue;
        }
        let places = places(term);
        for (k, window) in lower.windows(want.len()).enumerate().filter(|(_, w)| *w == want.as_slice()) {
            let en = Span { start: tokens[k].start, end: tokens[k + window.len() - 1].end };
            add(en, &places, want.len(), STATED, Reason::ExplicitPair);
        }
    }
    let Some(glossary) = names.glossary else { return };
    let mut stemmer = Stems::default();
    let stems: Vec<String> = lower.iter().map(|w| stemmer.stem(w).to_owned()).collect();
    for (term, shares) in glossary.terms().filter(|(term, _)| !term.is_empty() && zh.contains(*term)) {
        let places = places(term);
        let within = |k: usize| stems.get(k).is_some_and(|s| shares.contains_key(s));
        let mut k = 0;
        while k < stems.len() {
            if !within(k) {
                k += 1;
                continue;
            }
            let mut end = k + 1;
            while within(end) || (lower.get(end).is_some_and(|w| is_stop_word(w)) && within(end + 1)) {
                end += 1;
            }
            let mut seen: Vec<&String> = stems[k..end].iter().filter(|s| shares.contains_key(*s)).collect();
            seen.sort_unstable();
            seen.dedup();
            if seen.iter().filter_map(|s| shares.get(*s)).sum::<f64>() > 0.99 {
                let en = Span { start: tokens[k].start, end: tokens[end - 1].end };
                add(en, &places, end - k, GIVEN, Reason::Glossary);
            }
            k = end;
        }
    }
}

/// Places of one given term that are looked at.
const MOST_PLACES: usize = 16;

/// Words of the Chinese that the lexicon translates by a name of the English.
fn glossed(names: &Known<'_>, rows: &[Row], chinese: &View, cut: &Cut, found: &mut Vec<Candidate>) {
    for &zh in &cut.words {
        let word: String = chinese.slice(zh.start, zh.end).iter().collect();
        // "S. Navy" is a part of "U.S. Navy".
        let whole = |r: &&Row| r.words.first().is_some_and(|w| w.chars().nth(1).is_some()) && !r.doubtful;
        for row in rows.iter().filter(whole) {
            let words: Vec<&str> = row.words.iter().map(String::as_str).collect();
            if gloss(names, &words, &word) >= LEAST_GLOSS {
                let odds = GLOSSED + A_WORD * words.len() as f64;
                found.push(Candidate { en: row.span, zh, odds, reason: Reason::Lexicon });
            }
        }
    }
}

/// Stretches of the Chinese that sound like a name of the English.
fn sounding(names: &Known<'_>, rows: &[Row], chinese: &View, cut: &Cut, found: &mut Vec<Candidate>) {
    let pinyin = |c: char| names.lexicon.pinyin(c);
    let text = |s: Span| -> String { chinese.slice(s.start, s.end).iter().collect() };
    let fits = |row: &Row, syllables: usize| {
        let ratio = row.letters as f64 / syllables.max(1) as f64;
        (FEWEST_LETTERS..=MOST_LETTERS).contains(&ratio)
    };
    // Names that the pinyin settles are not sought further: a stretch with one more character may sound as good.
    let settled = spelled(names, rows, chinese, cut, found);
    let rows: Vec<&Row> = rows.iter().filter(|row| !settled.contains(&row.span)).collect();
    for zh in transcriptions(chinese) {
        let word = text(zh);
        let mut ordinary = 0.0;
        let mut sum = 0.0;
        for i in zh.start..zh.end {
            sum += usual(chinese.at(i));
            let inner = cut.word_at(i).filter(|w| w.start == i && w.end - w.start > 1 && w.end <= zh.end);
            // Names fall into words that are parts of other names: 兰德 in 斯特兰德.
            let inner = inner.filter(|w| (w.start..w.end).any(|k| usual(chinese.at(k)) < NAME_LIKE));
            if let Some(id) = inner.and_then(|w| names.lexicon.word(&text(w))) {
                ordinary += ORDINARY * (names.lexicon.word_probability(id) / FREQUENCY_FLOOR).ln().min(8.0);
            }
        }
        for row in rows.iter().filter(|row| fits(row, zh.end - zh.start)) {
            let heard = odds(&row.full, std::slice::from_ref(&word), &pinyin);
            let words: Vec<&str> = row.words.iter().map(String::as_str).collect();
            let glossed = gloss(names, &words, &word) >= PARTLY_GLOSSED;
            let total = heard + PRIOR + (USUAL * sum).min(MOST_USUAL) + if glossed { GLOSSED_TOO } else { -ordinary }
                - PARTED * cut.parted(zh) as f64;
            if total >= LEAST {
                found.push(Candidate { en: row.span, zh, odds: total, reason: Reason::Transliteration });
            }
        }
    }
    let strange = |i: usize| if usual(chinese.at(i)) < LEAST_END { STRANGE_END } else { 0.0 };
    for (first, last) in dotted(chinese) {
        for row in rows.iter().filter(|row| row.full.len() > 1) {
            let mut best: Option<(f64, Span)> = None;
            // From the dot outwards: of equally good stretches the shortest stays.
            for start in (first.end.saturating_sub(LONGEST_PART).max(first.start)..first.end).rev() {
                for end in last.start + 1..=(last.start + LONGEST_PART).min(last.end) {
                    let zh = Span { start, end };
                    let texts: Vec<String> =
                        text(zh).split(is_joint).filter(|p| !p.is_empty()).map(str::to_owned).collect();
                    let total = odds(&row.full, &texts, &pinyin) + DIVIDED
                        - cut.parted(zh) as f64
                        - strange(start)
                        - strange(end - 1);
                    if best.is_none_or(|(b, _)| total > b) {
                        best = Some((total, zh));
                    }
                }
            }
            if let Some((odds, zh)) = best.filter(|(odds, _)| *odds >= LEAST + DIVIDED) {
                found.push(Candidate { en: row.span, zh, odds, reason: Reason::Transliteration });
            }
        }
    }
}

/// Chinese names in English: the letters of two to four characters' pinyin.
/// Gives the English names found.
fn spelled(names: &Known<'_>, rows: &[Row], chinese: &View, cut: &Cut, found: &mut Vec<Candidate>) -> FxHashSet<Span> {
    let mut by_letters: FxHashMap<String, Vec<&Row>> = FxHashMap::default();
    for row in rows.iter().filter(|r| r.words.len() <= 3) {
        let letters = |words: &[String]| words.concat().replace(['\'', '-'], "").replace(['ü', 'v'], "u");
        by_letters.entry(letters(&row.words)).or_default().push(row);
        if let [first, rest @ ..] = row.words.as_slice()
            && !rest.is_empty()
        {
            // Wenjie Ye.
            let turned: Vec<String> = rest.iter().chain([first]).cloned().collect();
            let turned = letters(&turned);
            let known = by_letters.entry(turned).or_default();
            if !known.iter().any(|r| std::ptr::eq(*r, row)) {
                known.push(row);
            }
        }
    }
    let mut settled = FxHashSet::default();
    for start in 0..chinese.len() {
        let mut letters = String::new();
        for end in start + 1..=(start + 4).min(chinese.len()) {
            let Some(syllable) = names.lexicon.pinyin(chinese.at(end - 1)) else { break };
            letters.push_str(syllable);
            let count = end - start;
            let zh = Span { start, end };
            for row in by_letters.get(&letters).into_iter().flatten().filter(|_| count > 1) {
                // Two syllables are found by chance once in some thousand places, three hardly ever.
                let odds = SPELLED_TWO + (count - 2) as f64 * SPELLED_MORE - PARTED * cut.parted(zh) as f64;
                if odds >= LEAST {
                    settled.insert(row.span);
                    found.push(Candidate { en: row.span, zh, odds, reason: Reason::Transliteration });
                }
            }
        }
    }
    settled
}

/// Log odds of a name whose letters are the pinyin of two characters, and what each further one adds.
const SPELLED_TWO: f64 = 4.5;
const SPELLED_MORE: f64 = 2.0;
