//! How a text writes its sentences: with capitals, without them, or as older English.

use super::is_blank;

/// Stops that show whether the text is written without capitals, and how many of them must be followed by a small letter.
const STOPS_LOOKED_AT: usize = 200;
const WITHOUT_CAPITALS: f64 = 0.7;
/// Words of older English, where a small letter behind `?` goes on with the sentence.
const OLD_WORDS: &[&str] = &[" hath ", " thee ", " thou ", " thy ", " unto ", " ye "];
/// Bytes of a paragraph of the web.
const PARAGRAPH: usize = 3000;

/// What small letters behind a stop mean in a text.
#[derive(Clone, Copy, PartialEq)]
pub(super) enum Style {
    /// Sentences begin with a capital, save on the web.
    Usual,
    /// Older English: they go on with the sentence.
    Old,
    /// A paragraph of the web that writes `i` or begins without a capital: they may begin one.
    Careless,
    /// There are no capitals.
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

/// Whether stops are mostly followed by small letters: speech recognition without capitals.
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
