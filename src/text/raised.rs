//! Superscripts: whether one is a power, the mark of a note, or only letters set higher.

use super::is_han;

/// What a superscript is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Raised {
    /// A power: `10⁶`, `m²`. It is written as the number after `^`.
    Power,
    /// The number of a note. It is written in square brackets.
    Note,
    /// Only raised letters: `1st`, a star, or text that already has brackets.
    Letters,
}

/// The most digits of a number that is a base. Years have more.
const BASE_DIGITS: usize = 2;

/// Units with several letters that have squares, cubes or inverses.
const UNITS: [&str; 22] = [
    "cm", "dm", "ft", "ha", "hm", "in", "kg", "km", "lb", "mi", "mm", "mol", "nm", "pc", "px", "sec", "yd", "µm", "μm",
    "厘米", "千米", "毫米",
];

/// Returns the kind of the superscript `inside` after the text `before`. A link to a note makes it a note.
pub(crate) fn raised(before: &str, inside: &str, linked: bool) -> Raised {
    let inside = inside.trim();
    let digits = inside.trim_start_matches(['-', '−', '+', '–']);
    let is_number = |text: &str| !text.is_empty() && text.bytes().all(|b| b.is_ascii_digit());
    let before = before.trim_end();
    if is_number(digits) && (digits.len() < inside.len() || (!linked && is_base(before))) {
        return Raised::Power;
    }
    let numbers = inside.split([',', '-', '–', ' ', '，', '、']).map(str::trim).filter(|n| !n.is_empty());
    let note = !inside.is_empty() && numbers.clone().all(is_number) && numbers.count() > 0;
    let letter = inside.len() == 1 && inside.bytes().all(|b| b.is_ascii_lowercase());
    // `2a` is not a note. A letter after a letter of a formula is not a note either.
    let word = || word_of(before).chars().count() > 1 || before.ends_with(is_han);
    if note || (letter && word() && !before.ends_with(|c: char| c.is_ascii_digit())) {
        Raised::Note
    } else {
        Raised::Letters
    }
}

/// The letters or digits that a text ends with.
fn word_of(text: &str) -> &str {
    let digit = text.ends_with(|c: char| c.is_ascii_digit());
    let same = |c: char| if digit { c.is_ascii_digit() } else { c.is_alphabetic() && !is_han(c) };
    &text[text.trim_end_matches(same).len()..]
}

/// Whether a text ends with something that can have a power: a small number, a letter of a formula, a unit.
fn is_base(before: &str) -> bool {
    let word = word_of(before);
    let rest = &before[..before.len() - word.len()];
    if word.starts_with(|c: char| c.is_ascii_digit()) {
        return word.len() <= BASE_DIGITS && !rest.ends_with(['.', ',', '，', '/', '-', ':', '年']);
    }
    let single = word.chars().count() == 1 && !matches!(word, "I" | "A");
    single || UNITS.iter().any(|unit| word == *unit || (unit.ends_with(is_han) && before.ends_with(unit)))
}

#[cfg(test)]
mod tests {
    use super::Raised::{Letters, Note, Power};
    use super::*;

    #[test]
    fn kinds() {
        for (before, inside, linked, kind) in [
            ("there are 10", "6", false, Power),
            ("3 × 10", "−3", false, Power),
            ("25 m", "2", false, Power),
            ("每平方厘米", "3", false, Power),
            ("about 40 km", "2", false, Power),
            ("kg m", "-1", false, Power),
            ("x", "2", false, Power),
            ("价格", "2", false, Note),
            ("in 2014", "3", false, Note),
            ("it rose.", "12", false, Note),
            ("as Li says", "1, 2", false, Note),
            ("10", "6", true, Note),
            ("see Li", "a", false, Note),
            ("the 1", "st", false, Letters),
            ("Duna", "TM", false, Letters),
            ("价格", "[2]", false, Letters),
            ("price", "*", false, Letters),
            ("", "", false, Letters),
        ] {
            assert_eq!(raised(before, inside, linked), kind, "{before}^{inside}");
        }
    }
}
