//! Multiples: "doubled", "threefold", "2.5x", "three times as many", "halved".

use rust_decimal::Decimal;

use super::bare::Bare;
use super::words::{any_behind, behind, follows, preceding};
use crate::anchor::value::Meaning;
use crate::anchor::value::read::Draft;
use crate::anchor::view::{View, is_letter};

/// Verbs in a form that can be nothing else.
fn verb(word: &str) -> Option<Decimal> {
    Some(match word {
        "doubled" | "doubling" | "redoubled" => Decimal::TWO,
        "tripled" | "tripling" | "trebled" | "trebling" => 3.into(),
        "quadrupled" | "quadrupling" => 4.into(),
        "quintupled" | "quintupling" => 5.into(),
        "sextupled" => 6.into(),
        "halved" | "halving" | "halve" => Decimal::new(5, 1),
        _ => return None,
    })
}

/// Words that are a multiple in some places only: "double the price", but "a double room".
fn times(word: &str) -> Option<Decimal> {
    Some(match word {
        "double" | "doubles" | "twice" => Decimal::TWO,
        "triple" | "triples" | "treble" => 3.into(),
        "quadruple" | "quadruples" => 4.into(),
        "quintuple" => 5.into(),
        "halves" => Decimal::new(5, 1),
        _ => return None,
    })
}

/// Words behind "double" or "three times" that show with what something is compared.
const COMPARED: &[&str] = &[
    "the", "that", "those", "its", "his", "her", "our", "their", "my", "your", "what", "as", "last", "this", "these",
    "previous", "normal", "today's", "current",
];

/// Words before "double" that make a verb or a measure of it.
const MEASURED: &[&str] = &[
    "nearly",
    "almost",
    "than",
    "roughly",
    "about",
    "approximately",
    "to",
    "will",
    "would",
    "can",
    "could",
    "may",
    "might",
    "should",
    "is",
    "are",
    "was",
    "were",
    "must",
];

/// Comparatives behind "three times".
const COMPARATIVES: &[&str] = &[
    "more", "higher", "larger", "bigger", "greater", "faster", "longer", "better", "stronger", "heavier", "richer",
    "wider", "taller", "deeper", "likelier", "older", "earnings", "revenue", "revenues", "sales", "ebitda", "book",
    "forward",
];

/// Reads the multiple whose first word stands at `at`.
pub(super) fn by_word(view: &View, at: usize) -> Option<Draft> {
    let (word, end) = view.word(at);
    let multiple = |start: usize, end: usize, times: Decimal| Draft::new(start, end, Meaning::Multiple(times));
    if let Some(times) = verb(&word) {
        return Some(multiple(at, end, times));
    }
    if let Some(times) = times(&word).filter(|_| view.at(end) != '-') {
        return compared(view, at, &word, end).then(|| multiple(at, end, times));
    }
    if let Some(times) = word.strip_suffix("fold").and_then(small) {
        return Some(multiple(at, end, times));
    }
    match word.as_str() {
        // "Cut costs in half".
        "in" => {
            const CUT: &[&str] =
                &["cut", "cuts", "cutting", "slash", "slashed", "reduced", "reduce", "reducing", "shrank", "fell"];
            let end = behind(view, end, "half")?;
            let cut = preceding(view, at, 6).iter().any(|(word, _)| CUT.contains(&word.as_str()));
            cut.then(|| multiple(at, end, Decimal::new(5, 1)))
        }
        "factor" => {
            let bare = Bare::read(view, view.skip_blank(behind(view, end, "of")?)).filter(|b| b.unit.is_none())?;
            let down = preceding(view, at, 6).iter().any(|(word, _)| {
                ["fell", "dropped", "declined", "reduced", "reduce", "cut", "lower", "shrank"].contains(&word.as_str())
            });
            (!down && bare.value > Decimal::ONE).then(|| multiple(at, bare.end, bare.value))
        }
        _ => None,
    }
}

/// Whether "double", "triple", "twice" at `at` says a multiple.
fn compared(view: &View, at: usize, word: &str, end: usize) -> bool {
    let next = view.word(view.skip_blank(end)).0;
    if word == "twice" {
        // "Twice a week" and "tried twice" count.
        return COMPARED.contains(&next.as_str()) && next != "this" && next != "last"
            || COMPARATIVES.contains(&next.as_str())
            || (follows(view, at, &["than", "nearly", "almost", "roughly", "about"])
                && !matches!(next.as_str(), "a" | "per"));
    }
    if matches!(next.as_str(), "down" | "digit" | "digits" | "standard" | "check") {
        return false;
    }
    // "To double", "will triple", and the comparison behind "double the".
    COMPARED.contains(&next.as_str()) || follows(view, at, MEASURED)
}

/// "Two" to "twelve", "twenty", "hundred", "thousand" before "-fold".
fn small(word: &str) -> Option<Decimal> {
    const SMALL: &[&str] =
        &["two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve"];
    let found = SMALL.iter().zip(2i64..).find(|(w, _)| **w == word).map(|(_, n)| n);
    let found = found.or(match word {
        "fifteen" => Some(15),
        "twenty" => Some(20),
        "thirty" => Some(30),
        "fifty" => Some(50),
        "hundred" => Some(100),
        "thousand" => Some(1000),
        _ => None,
    });
    found.map(Decimal::from)
}

/// A number at `at` that "times", "-fold" or "x" makes a multiple.
pub(super) fn by_number(view: &View, at: usize, bare: &Bare) -> Option<Draft> {
    if bare.unit.is_some() || bare.value <= Decimal::ZERO {
        return None;
    }
    let x = matches!(view.at(bare.end), 'x' | 'X' | '×') && !view.at(bare.end + 1).is_alphanumeric();
    let end = if x && view.before(bare.end).is_ascii_digit() {
        bare.end + 1
    } else if let Some(end) = behind(view, bare.end, "fold") {
        end
    } else {
        let end = any_behind(view, bare.end, &["times"]).filter(|_| view.at(bare.end) != '-')?;
        let next = view.word(view.skip_blank(end)).0;
        let grown = ["increased", "grown", "grew", "risen", "rose", "multiplied", "increase"];
        let compared = next != "this" && next != "last" && COMPARED.contains(&next.as_str())
            || COMPARATIVES.contains(&next.as_str());
        if !compared && !follows(view, at, &grown) {
            return None;
        }
        end
    };
    (!is_letter(view.at(end))).then(|| Draft::new(at, end, Meaning::Multiple(bare.value)))
}
