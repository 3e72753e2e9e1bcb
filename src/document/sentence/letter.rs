//! Greetings and closings of letters, which were on lines of their own. `Hi Karen, thanks` is one sentence. `Hi Karen,
//! Thanks` is two.

use super::{char_at, is_blank, skip_blanks};

const GREETINGS: &[&str] = &["Dear", "Good afternoon", "Good evening", "Good morning", "Hello", "Hey", "Hi"];

const CLOSINGS: &[&str] = &[
    "All the best",
    "Best",
    "Best regards",
    "Best wishes",
    "Cheers",
    "Kind regards",
    "Love",
    "Many thanks",
    "Regards",
    "Respectfully",
    "Sincerely",
    "Sincerely yours",
    "Take care",
    "Thank you",
    "Thanks",
    "Thanks again",
    "Thanks in advance",
    "Warm regards",
    "Yours",
    "Yours faithfully",
    "Yours sincerely",
    "Yours truly",
];

/// The greatest number of words between a greeting and its comma, and of a name at the end of a letter.
const NAME: usize = 4;

/// Returns the end of the greeting that the text begins with.
pub(super) fn greeting(text: &str) -> Option<usize> {
    let from = skip_blanks(text, 0);
    let rest = text.get(from..)?;
    let word = GREETINGS.iter().find(|word| rest.starts_with(**word))?;
    let behind = rest.get(word.len()..)?;
    let comma = behind.find(',')?;
    let name = behind.get(..comma)?;
    // Without a name, or before `I`, the comma is part of a sentence: `Hi, I'm new`, `Hey all, I'm new`.
    let words = name.split(is_blank).filter(|w| !w.is_empty()).count();
    let named = name.starts_with(is_blank) && (1..=NAME).contains(&words) && !name.contains(['!', '?', ':', ';']);
    let end = from + word.len() + comma + 1;
    let next = skip_blanks(text, end);
    let new = next > end && char_at(text, next).is_some_and(char::is_uppercase);
    let first_person =
        text.get(next..).is_some_and(|t| t.starts_with("I ") || t.starts_with("I'") || t.starts_with("I’"));
    let formal = *word == "Dear" || name.contains('.');
    (named && new && (formal || !first_person)).then_some(end)
}

/// Returns the end of the closing before the name at the end of a text, if the last sentence begins at `start` and
/// contains nothing else.
pub(super) fn closing(text: &str, start: usize) -> Option<usize> {
    let from = skip_blanks(text, start);
    let rest = text.get(from..)?;
    let comma = rest.find(',')?;
    let name = rest.get(comma + 1..)?.trim_end_matches(is_blank);
    let words: Vec<&str> = name.split(is_blank).filter(|w| !w.is_empty()).take(NAME + 1).collect();
    let named = (1..=NAME).contains(&words.len())
        && words.iter().all(|w| w.starts_with(char::is_uppercase))
        && name.ends_with(char::is_alphanumeric);
    (named && CLOSINGS.contains(&&rest[..comma])).then_some(from + comma + 1)
}
