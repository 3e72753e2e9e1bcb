//! How the sentences of a text are written: with capitals, without capitals, or as older English.

use super::is_blank;

/// The number of stops that are examined to decide whether a text has no capitals, and the share of them that must be
/// followed by a lowercase letter.
const STOPS_LOOKED_AT: usize = 200;
const WITHOUT_CAPITALS: f64 = 0.7;
/// Words of older English, in which a lowercase letter after `?` continues the sentence.
const OLD_WORDS: &[&str] = &[" hath ", " thee ", " thou ", " thy ", " unto ", " ye "];
/// The greatest number of bytes of a paragraph from the web.
const PARAGRAPH: usize = 3000;

/// The meaning of lowercase letters after a stop in a text.
#[derive(Clone, Copy, PartialEq)]
pub(super) enum Style {
    /// Sentences begin with a capital, except on the web.
    Usual,
    /// Older English. Lowercase letters continue the sentence.
    Old,
    /// A paragraph from the web that contains `i` or begins without a capital. Lowercase letters may begin a sentence.
    Careless,
    /// The text has no capitals.
    Small,
}

impl Style {
    pub(super) fn of(text: &str) -> Style {
        match () {
            () if has_no_capitals(text) => Style::Small,
            () if OLD_WORDS.iter().any(|word| text.contains(word)) => Style::Old,
            () if text.len() < PARAGRAPH && is_careless(text) => Style::Careless,
            () => Style::Usual,
        }
    }
}

fn is_careless(text: &str) -> bool {
    let mut words = text.split(|c: char| is_blank(c) || matches!(c, '.' | ',' | '!' | '?')).filter(|w| !w.is_empty());
    let small = words.next().is_some_and(|w| w.chars().all(char::is_lowercase));
    small || words.any(|w| matches!(w, "i" | "i'm" | "i’m" | "i've" | "i’ve" | "dont" | "im" | "u"))
}

/// Whether most stops are followed by lowercase letters, as in recognised speech without capitals.
fn has_no_capitals(text: &str) -> bool {
    let (mut small, mut all) = (0usize, 0usize);
    let mut chars = text.chars().peekable();
    while let Some(c) = chars.next() {
        if !matches!(c, '.' | '?' | '!') || !chars.peek().is_some_and(|&c| is_blank(c)) {
            continue;
        }
        while chars.peek().is_some_and(|&c| is_blank(c)) {
            chars.next();
        }
        match chars.peek() {
            Some(c) if c.is_lowercase() => (small, all) = (small + 1, all + 1),
            Some(c) if c.is_uppercase() => all += 1,
            _ => {}
        }
        if all == STOPS_LOOKED_AT {
            break;
        }
    }
    all >= 2 && small as f64 >= WITHOUT_CAPITALS * all as f64 && !text.chars().any(char::is_uppercase)
}
