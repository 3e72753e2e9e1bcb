//! How exactly a number is meant, and its sign.

use super::bare::Bare;
use super::words::{before, behind, joint, preceding};
use crate::anchor::value::{Hedge, Unit};
use crate::anchor::view::View;

/// Phrases before a number, in lower case. The longest one counts.
const BEFORE: [(&str, Hedge); 79] = [
    ("just about", Hedge::About),
    ("about", Hedge::About),
    ("somewhere around", Hedge::About),
    ("around", Hedge::About),
    ("roughly", Hedge::About),
    ("approximately", Hedge::About),
    ("approx", Hedge::About),
    ("circa", Hedge::About),
    ("some", Hedge::About),
    ("an estimated", Hedge::About),
    ("estimated", Hedge::About),
    ("or so", Hedge::About),
    ("in the neighborhood of", Hedge::About),
    ("in the vicinity of", Hedge::About),
    ("on the order of", Hedge::About),
    ("no more than", Hedge::Under),
    ("not more than", Hedge::Under),
    ("much more than", Hedge::Over),
    ("slightly more than", Hedge::Over),
    ("more than", Hedge::Over),
    ("greater than", Hedge::Over),
    ("no higher than", Hedge::Under),
    ("higher than", Hedge::Over),
    ("no less than", Hedge::Over),
    ("not less than", Hedge::Over),
    ("slightly less than", Hedge::Under),
    ("less than", Hedge::Under),
    ("no fewer than", Hedge::Over),
    ("not fewer than", Hedge::Over),
    ("fewer than", Hedge::Under),
    ("no lower than", Hedge::Over),
    ("lower than", Hedge::Under),
    ("smaller than", Hedge::Under),
    ("larger than", Hedge::Over),
    ("no later than", Hedge::Under),
    ("well over", Hedge::Over),
    ("just over", Hedge::Over),
    ("a little over", Hedge::Over),
    ("slightly over", Hedge::Over),
    ("over", Hedge::Over),
    ("at the very least", Hedge::Over),
    ("at least", Hedge::Over),
    ("well above", Hedge::Over),
    ("just above", Hedge::Over),
    ("above", Hedge::Over),
    ("beyond", Hedge::Over),
    ("upwards of", Hedge::Over),
    ("upward of", Hedge::Over),
    ("north of", Hedge::Over),
    ("in excess of", Hedge::Over),
    ("a minimum of", Hedge::Over),
    ("exceeding", Hedge::Over),
    ("exceeded", Hedge::Over),
    ("exceed", Hedge::Over),
    ("exceeds", Hedge::Over),
    ("surpassed", Hedge::Over),
    ("surpassing", Hedge::Over),
    ("topping", Hedge::Over),
    ("topped", Hedge::Over),
    ("very nearly", Hedge::Under),
    ("nearly", Hedge::Under),
    ("almost", Hedge::Under),
    ("approaching", Hedge::Under),
    ("nearing", Hedge::Under),
    ("just under", Hedge::Under),
    ("under", Hedge::Under),
    ("well below", Hedge::Under),
    ("just below", Hedge::Under),
    ("below", Hedge::Under),
    ("up to", Hedge::Under),
    ("as many as", Hedge::Under),
    ("as much as", Hedge::Under),
    ("as high as", Hedge::Under),
    ("at most", Hedge::Under),
    ("close to", Hedge::Under),
    ("a maximum of", Hedge::Under),
    ("just shy of", Hedge::Under),
    ("shy of", Hedge::Under),
    ("just short of", Hedge::Under),
];

/// Words of the longest of them.
const MOST_WORDS: usize = 4;

/// Phrases behind a number.
const BEHIND: [(&str, Hedge); 16] = [
    ("or more", Hedge::Over),
    ("or so", Hedge::About),
    ("or thereabouts", Hedge::About),
    ("or higher", Hedge::Over),
    ("or greater", Hedge::Over),
    ("or above", Hedge::Over),
    ("or over", Hedge::Over),
    ("and above", Hedge::Over),
    ("and over", Hedge::Over),
    ("at least", Hedge::Over),
    ("plus", Hedge::Over),
    ("odd", Hedge::About),
    ("or less", Hedge::Under),
    ("or fewer", Hedge::Under),
    ("or lower", Hedge::Under),
    ("at most", Hedge::Under),
];

/// Words before "over" and a span of time that make it "more than": "for over three hours"; else it mostly is "during".
const LASTING: &[&str] = &[
    "for", "in", "after", "within", "lasted", "lasts", "lasting", "took", "takes", "spent", "of", "is", "was", "are",
    "were", "been", "had", "has", "have", "just", "well", "a",
];

/// Whether the number at `start` is a span of time.
fn lasts(view: &View, start: usize) -> bool {
    let unit = Bare::read(view, start).and_then(|bare| Unit::english(view, joint(view, bare.end)));
    unit.is_some_and(|(unit, _)| matches!(unit.base().0.symbol(), "s" | "mo"))
}

/// A hedge before `start`, and where it begins.
pub(super) fn hedge_before(view: &View, start: usize) -> Option<(Hedge, usize)> {
    let at = start.checked_sub(1)?;
    match view.at(at) {
        '~' | '≈' => return Some((Hedge::About, at)),
        '>' | '≥' => return Some((Hedge::Over, at)),
        '<' | '≤' => return Some((Hedge::Under, at)),
        _ => {}
    }
    let words = preceding(view, start, MOST_WORDS);
    let fits = |phrase: &str| {
        let mut found = words.iter();
        phrase.rsplit(' ').all(|expected| found.next().is_some_and(|(word, _)| word == expected))
    };
    let longest =
        BEFORE.iter().filter(|(phrase, _)| fits(phrase)).max_by_key(|(phrase, _)| phrase.split(' ').count())?;
    if longest.0 == "over"
        && lasts(view, start)
        && !words.get(1).is_some_and(|(word, _)| LASTING.contains(&word.as_str()))
    {
        return None;
    }
    let first = words.get(longest.0.split(' ').count() - 1)?;
    Some((longest.1, first.1))
}

/// The index behind a hedge between a number and its unit: "thirty-odd years", "10+ years", "40 or so miles".
pub(super) fn skip_inner(view: &View, at: usize) -> Option<usize> {
    inner(view, at).map(|(_, end)| end)
}

fn inner(view: &View, at: usize) -> Option<(Hedge, usize)> {
    const INNER: [(&str, Hedge); 6] = [
        ("odd", Hedge::About),
        ("some", Hedge::About),
        ("ish", Hedge::About),
        ("plus", Hedge::Over),
        ("or so", Hedge::About),
        ("or more", Hedge::Over),
    ];
    if view.at(at) == '+' {
        return Some((Hedge::Over, at + 1));
    }
    INNER.iter().find_map(|&(words, hedge)| Some((hedge, behind(view, at, words)?)))
}

/// A hedge inside the number at `start..end`, before its unit, or behind `end`; and the index behind both.
pub(super) fn hedge_behind(view: &View, start: usize, end: usize) -> Option<(Hedge, usize)> {
    // Units have two words at most, so the hedge is among the last ones.
    let inside = preceding(view, end, MOST_WORDS).iter().find_map(|&(_, word)| {
        let behind_number =
            view.slice(start, word.max(start)).iter().rposition(|c| !matches!(c, ' ' | '-'))? + start + 1;
        inner(view, if view.before(behind_number) == '+' { behind_number - 1 } else { behind_number })
    });
    if let Some((hedge, _)) = inside.filter(|&(_, stop)| stop < end) {
        return Some((hedge, end));
    }
    if view.at(end) == '+' && !view.at(end + 1).is_alphanumeric() {
        return Some((Hedge::Over, end + 1));
    }
    if behind(view, end, "ish").is_some() && view.at(end) == '-' {
        return Some((Hedge::About, end + 4));
    }
    let (hedge, end) = BEHIND.iter().find_map(|&(words, hedge)| Some((hedge, behind(view, end, words)?)))?;
    // "Five plus three", "seven odd numbers", "at least" of what comes next.
    let open = matches!(view.word(view.skip_blank(end)).0.as_str(), "than" | "numbers")
        || view.at(view.skip_blank(end)).is_ascii_digit();
    (!open).then_some((hedge, end))
}

/// A minus before `start`: where it begins.
pub(super) fn minus(view: &View, start: usize) -> Option<usize> {
    let at = ["minus", "negative"].iter().find_map(|word| before(view, start, word));
    if let Some(at) = at {
        // "Seven minus three" subtracts.
        let digit = at >= 2 && view.at(at - 2).is_ascii_digit();
        return (!digit && view.at(start.saturating_sub(1)) != '-').then_some(at);
    }
    let at = start.checked_sub(1)?;
    let sign = matches!(view.at(at), '-' | '−' | '–');
    let free = matches!(view.before(at), '(' | '[' | '"' | '“' | '$' | '\0') || view.before(at).is_whitespace();
    (sign && free).then_some(at)
}
