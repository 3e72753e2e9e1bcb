//! English numbers in words: "twenty-three", "half a million", "two hundred and five", "third".

use rust_decimal::Decimal;

use super::english::{joint, magnitude, power};
use crate::anchor::view::View;

/// A number in words.
pub(super) struct Spelled {
    /// Index behind it.
    pub(super) end: usize,
    /// Its value, but for `scale`.
    pub(super) value: Decimal,
    /// The last magnitude word where it applies to all before it ("two million"), so that a range can share it.
    pub(super) scale: Option<Decimal>,
    /// "Third", "twenty-first".
    pub(super) ordinal: bool,
    /// A bare "one".
    pub(super) weak: bool,
    /// Two-thirds: over, under and the index behind it.
    pub(super) fraction: Option<(u64, u64, usize)>,
}

const ONES: [&str; 20] = [
    "zero",
    "one",
    "two",
    "three",
    "four",
    "five",
    "six",
    "seven",
    "eight",
    "nine",
    "ten",
    "eleven",
    "twelve",
    "thirteen",
    "fourteen",
    "fifteen",
    "sixteen",
    "seventeen",
    "eighteen",
    "nineteen",
];
const TENS: [&str; 8] = ["twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"];
/// From the third on: "first" and "second" are no numbers by themselves.
const ORDINALS: [&str; 17] = [
    "third",
    "fourth",
    "fifth",
    "sixth",
    "seventh",
    "eighth",
    "ninth",
    "tenth",
    "eleventh",
    "twelfth",
    "thirteenth",
    "fourteenth",
    "fifteenth",
    "sixteenth",
    "seventeenth",
    "eighteenth",
    "nineteenth",
];
const TENTHS: [&str; 8] =
    ["twentieth", "thirtieth", "fortieth", "fiftieth", "sixtieth", "seventieth", "eightieth", "ninetieth"];

/// Words that a number in words begins with.
pub(super) fn first_words() -> impl Iterator<Item = &'static str> {
    let others = ["a", "an", "half", "hundredth", "thousandth"];
    ONES.into_iter().chain(TENS).chain(ORDINALS).chain(TENTHS).chain(others)
}

fn position(words: &[&str], word: &str, from: u64, step: u64) -> Option<u64> {
    words.iter().zip(0u64..).find(|(w, _)| **w == word).map(|(_, i)| from + i * step)
}

/// The value of "zero" to "nineteen".
pub(in crate::anchor) fn ones(word: &str) -> Option<u64> {
    position(&ONES, word, 0, 1)
}

fn tens(word: &str) -> Option<u64> {
    position(&TENS, word, 20, 10)
}

fn ordinal(word: &str) -> Option<u64> {
    let round = match word {
        "hundredth" => Some(100),
        "thousandth" => Some(1000),
        _ => None,
    };
    round.or_else(|| position(&ORDINALS, word, 3, 1)).or_else(|| position(&TENTHS, word, 20, 10))
}

/// "Third", "thirds": 3; also "half", "halves" and "quarter", "quarters".
pub(in crate::anchor) fn denominator(word: &str) -> Option<u64> {
    match word {
        "half" | "halves" => Some(2),
        "quarter" | "quarters" => Some(4),
        _ => ordinal(word.strip_suffix('s').unwrap_or(word)),
    }
}

/// Reads the number whose first word stands at `at`.
pub(super) fn read(view: &View, at: usize) -> Option<Spelled> {
    let (word, end) = view.word(at);
    match word.as_str() {
        "a" | "an" => article(view, end),
        "half" => half(view, end),
        "first" | "second" => None,
        _ if ordinal(&word).is_some() => lone_ordinal(view, &word, end),
        // "A day or two" says no number.
        "two" if vague(view, at) => None,
        _ if ones(&word).is_some() || tens(&word).is_some() => cardinal(view, at),
        _ => None,
    }
}

/// Whether "or" stands before `at`, without a number before it that makes a range.
fn vague(view: &View, at: usize) -> bool {
    at >= 4 && view.slice(at - 4, at) == [' ', 'o', 'r', ' ']
}

fn spelled(end: usize, value: u64, scale: Option<Decimal>) -> Spelled {
    Spelled { end, value: Decimal::from(value), scale, ordinal: false, weak: false, fraction: None }
}

/// "A hundred", "a million", "a dozen", "a third of", "a half million".
fn article(view: &View, end: usize) -> Option<Spelled> {
    let next = view.skip_blank(end);
    let (word, word_end) = view.word(next);
    if word == "dozen" {
        return Some(spelled(word_end, 12, None));
    }
    if word == "half" {
        return half(view, word_end).filter(|s| s.scale.is_some());
    }
    if word == "hundred" || word == "thousand" {
        // "A hundred and fifty thousand" goes on.
        return sum(view, next, Some(1)).as_ref().map(finish);
    }
    if let Some(zeros) = magnitude(&word).filter(|z| *z >= 6) {
        return Some(spelled(word_end, 1, power(zeros)));
    }
    let under = denominator(&word).filter(|&d| d > 2)?;
    // "A quarter" may be three months, "a third" may rank: only a part of something is a fraction.
    (view.word(view.skip_blank(word_end)).0 == "of")
        .then(|| Spelled { fraction: Some((1, under, word_end)), ..spelled(word_end, 0, None) })
}

/// "Half a million", "half a dozen", "half million".
fn half(view: &View, end: usize) -> Option<Spelled> {
    let (word, word_end) = view.word(joint(view, end));
    let (word, word_end) = if word == "a" { view.word(view.skip_blank(word_end)) } else { (word, word_end) };
    if word == "dozen" {
        return Some(spelled(word_end, 6, None));
    }
    let scale = power(magnitude(&word)?)?;
    Some(Spelled { value: Decimal::new(5, 1), ..spelled(word_end, 0, Some(scale)) })
}

/// An ordinal by itself; "third party" is no third.
fn lone_ordinal(view: &View, word: &str, end: usize) -> Option<Spelled> {
    let (next, _) = view.word(joint(view, end));
    if matches!(next.as_str(), "party" | "parties" | "person" | "world") {
        return None;
    }
    Some(Spelled { ordinal: true, ..spelled(end, ordinal(word)?, None) })
}

/// What [`sum`] has read.
struct Sum {
    end: usize,
    total: u64,
    /// The only magnitude from thousand on, and what stands before it.
    lifted: Option<(u64, u32)>,
    ordinal: bool,
    words: usize,
    last: u64,
}

fn finish(sum: &Sum) -> Spelled {
    if let Some((before, zeros)) = sum.lifted {
        return Spelled { ordinal: sum.ordinal, ..spelled(sum.end, before, power(zeros)) };
    }
    Spelled { ordinal: sum.ordinal, ..spelled(sum.end, sum.total, None) }
}

fn cardinal(view: &View, at: usize) -> Option<Spelled> {
    if let Some(year) = year(view, at) {
        return Some(year);
    }
    let sum = sum(view, at, None)?;
    let (end, total, words, last) = (sum.end, sum.total, sum.words, sum.last);
    let next = joint(view, end);
    let (word, word_end) = view.word(next);
    if words == 1 && last < 20 && last > 0 {
        // "Three quarters" may be nine months: as a fraction it has a hyphen or "of" behind it.
        let joined = view.at(end) == '-';
        let of = view.word(view.skip_blank(word_end)).0 == "of";
        if let Some(under) = denominator(&word)
            && last < under
            && (under > 2 || joined)
            && (joined || of || word.ends_with("ths") || word.ends_with("rds"))
        {
            return Some(Spelled { fraction: Some((last, under, word_end)), ..spelled(word_end, 0, None) });
        }
        if word == "dozen" {
            return Some(spelled(word_end, last * 12, None));
        }
    }
    if sum.lifted.is_none() && !sum.ordinal {
        if word == "point" && next > end {
            // "At one point" says no number.
            let weak = words == 1 && last <= 1;
            return Some(decimal(view, total, word_end).unwrap_or_else(|| Spelled { weak, ..finish(&sum) }));
        }
        if let Some(end) = view.after(end, " and a half") {
            let value = Decimal::from(total).checked_add(Decimal::new(5, 1))?;
            let (word, word_end) = view.word(view.skip_blank(end));
            let zeros = magnitude(&word);
            let end = if zeros.is_some() { word_end } else { end };
            return Some(Spelled { value, ..spelled(end, 0, zeros.and_then(power)) });
        }
    }
    let weak = words == 1 && last <= 1;
    Some(Spelled { weak, ..finish(&sum) })
}

/// "Two point five million", from behind "point".
fn decimal(view: &View, whole: u64, after: usize) -> Option<Spelled> {
    const PLACES: u32 = 6;
    let (mut mantissa, mut scale, mut end) = (i64::try_from(whole).ok()?, 0, after);
    while scale < PLACES {
        let (word, word_end) = view.word(joint(view, end));
        let Some(d) = ones(&word).filter(|&d| d < 10) else { break };
        mantissa = mantissa.checked_mul(10)?.checked_add(i64::try_from(d).ok()?)?;
        scale += 1;
        end = word_end;
    }
    if scale == 0 {
        return None;
    }
    let (word, word_end) = view.word(joint(view, end));
    let zeros = magnitude(&word);
    let end = if zeros.is_some() { word_end } else { end };
    Some(Spelled { value: Decimal::new(mantissa, scale), ..spelled(end, 0, zeros.and_then(power)) })
}

/// "Nineteen ninety-four": a century and its year, without a magnitude between.
fn year(view: &View, at: usize) -> Option<Spelled> {
    let (word, end) = view.word(at);
    let century = ones(&word).filter(|c| (16..20).contains(c)).or_else(|| tens(&word).filter(|&t| t == 20))?;
    let (word, mut end) = view.word(joint(view, end));
    let year = match (tens(&word), ones(&word)) {
        (Some(t), _) => {
            let (word, next) = view.word(joint(view, end));
            match ones(&word).filter(|o| (1..10).contains(o)) {
                Some(o) => {
                    end = next;
                    t + o
                }
                None => t,
            }
        }
        (None, Some(o)) if o >= 10 => o,
        _ => return None,
    };
    Some(spelled(end, century * 100 + year, None))
}

/// Adds up the words of a cardinal from `at`; `given` is the value of an article before them.
fn sum(view: &View, at: usize, given: Option<u64>) -> Option<Sum> {
    // Enough for any number that is said; a longer row of number words is a list.
    const MOST_WORDS: usize = 16;
    let mut section = given.unwrap_or(0);
    let mut out = Sum { end: at, total: 0, lifted: None, ordinal: false, words: 0, last: 0 };
    // What the next word must be below: 20 after nothing or a hundred, 10 after tens.
    let (mut room, mut next, mut lifted, mut below) = (if given.is_some() { 1 } else { 1_000 }, at, 0u32, u64::MAX);
    while out.words < MOST_WORDS {
        let (mut word, mut end) = view.word(next);
        if word == "and" && out.words > 0 && below >= 100 && (100..1_000).contains(&room) {
            // "Two hundred and five": only behind a magnitude, and only if the number goes on.
            (word, end) = view.word(view.skip_blank(end));
            if ones(&word).is_none() && tens(&word).is_none() && ordinal(&word).is_none() {
                break;
            }
        }
        if let Some(n) = tens(&word).filter(|_| room >= 100) {
            (section, room, out.last) = (section + n, 10, n);
        } else if let Some(n) = ones(&word).filter(|&n| n < room && room != 1 && (n > 0 || out.words == 0)) {
            (section, room, out.last) = (section + n, 1, n);
        } else if word == "hundred" && section > 0 && section < 100 && (out.words > 0 || given.is_some()) {
            (section, room, out.last) = (section * 100, 100, 100);
        } else if let Some(zeros) = magnitude(&word).filter(|&z| z > 2 && section > 0) {
            let scale = 10u64.checked_pow(zeros).filter(|&s| s < below)?;
            out.lifted = (lifted == 0).then_some((section, zeros));
            out.total = out.total.checked_add(section.checked_mul(scale)?)?;
            (section, room, lifted, below, out.last) = (0, 999, zeros, scale, scale);
        } else if let Some(n) = ordinal(&word)
            .filter(|&n| out.words > 0 && ((n < 20 && room == 10 && n < 10) || room >= 100))
            .or_else(|| (word == "first").then_some(1).filter(|_| room == 10))
            .or_else(|| (word == "second").then_some(2).filter(|_| room == 10))
        {
            section += n;
            out.ordinal = true;
            (out.words, out.end) = (out.words + 1, end);
            break;
        } else {
            break;
        }
        (out.words, out.end) = (out.words + 1, end);
        next = joint(view, end);
        if next == end {
            break;
        }
    }
    if out.words == 0 {
        return None;
    }
    if section > 0 {
        out.lifted = None;
    }
    out.total = out.total.checked_add(section)?;
    Some(out)
}
