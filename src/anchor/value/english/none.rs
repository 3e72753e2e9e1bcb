//! Expressions that look like numbers and are none.

use super::words::{any_behind, back, joint};
use crate::anchor::view::{View, is_letter};

/// Phrases without a value, by their first word.
const PHRASES: &[(&str, &[&str])] = &[
    ("thanks", &["a million"]),
    ("cloud", &["nine"]),
    ("seventh", &["heaven"]),
    ("third", &["party", "parties", "person", "world", "wheel", "degree"]),
    ("fourth", &["wall", "estate"]),
    ("fifth", &["column", "amendment"]),
    ("zero", &["sum", "in on", "tolerance"]),
    ("net", &["zero"]),
    ("ground", &["zero"]),
    ("fifty", &["fifty"]),
    ("four", &["letter word"]),
];

/// Names whose number is a part of them, in lower case. Names that a number of up to two digits follows are known already.
const NAMED: &[&str] = &[
    "boeing",
    "airbus",
    "xbox",
    "rtx",
    "gtx",
    "usb",
    "web",
    "industry",
    "fortune",
    "nikkei",
    "ftse",
    "csi",
    "russell",
    "stoxx",
    "route",
    "highway",
    "interstate",
    "bluetooth",
    "http",
    "tls",
    "python",
    "gpt",
    "gemini",
    "claude",
    "llama",
    "apollo",
    "forbes",
    "hdmi",
    "pcie",
    "nasdaq",
];

/// The end of such an expression that begins with the letter at `at`.
pub(super) fn by_letter(view: &View, at: usize) -> Option<usize> {
    let (word, end) = view.word(at);
    // "An eight-figure sum".
    if view.at(end) == '-'
        && let Some(end) = any_behind(view, end, &["figure", "figures"])
    {
        return Some(end);
    }
    let (_, rest) = PHRASES.iter().find(|(first, _)| *first == word)?;
    any_behind(view, end, rest)
}

/// The end of such an expression that begins with the digit at `at`: the number of "Boeing 747", of "S&P 500", "7-Eleven".
pub(super) fn by_digit(view: &View, at: usize) -> Option<usize> {
    let end = view.run(at, |c| c.is_ascii_digit() || c == '.');
    // The rest of a version: v1.2.3.
    if view.before(at) == '.' && view.before(at - 1).is_alphanumeric() {
        return Some(end);
    }
    let end = if view.before(end) == '.' { end - 1 } else { end };
    let hyphen = joint(view, end);
    if view.at(at) == '7' && view.at(end) == '-' && view.word(hyphen).0 == "eleven" {
        return Some(view.word(hyphen).1);
    }
    // "401(k)", "1s and 0s".
    if let Some(end) = view.after(end, "(k)") {
        return Some(end);
    }
    if view.at(end) == 's' && end == at + 1 && !view.at(end + 1).is_alphanumeric() {
        return Some(end + 1);
    }
    let (word, start) = back(view, at)?;
    let index = word == "p" && view.slice(start.saturating_sub(2), start) == ['S', '&'];
    let named = view.at(start).is_uppercase() && NAMED.contains(&word.as_str());
    let counted = matches!(view.at(end), ',' | '%') && !view.at(end + 1).is_whitespace() || is_letter(view.at(end));
    ((index || named) && !counted).then_some(end)
}
