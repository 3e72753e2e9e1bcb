//! Lines that are a label as a whole, and lines that are not labels.

use super::{
    name::{at_dash, named},
    shape::{Candidate, Shape},
    words,
};
use crate::{document::sentence::is_blank, text::is_han};

/// The greatest number of characters of a line that is a label as a whole: name, dash, title, company.
const LINE: usize = 120;
/// The greatest number of characters of a line with only a name.
const ALONE: usize = 48;
/// The greatest number of characters of a title in Chinese.
const TITLE_HAN: usize = 30;

/// Whether a line could be a person's title: `Chief Executive Officer, Contoso`. Speech without end marks is not a
/// title.
pub(super) fn is_title_line(text: &str) -> bool {
    let line = text.trim_matches(is_blank);
    let form = match line.chars().any(is_han) {
        true => line.chars().nth(TITLE_HAN).is_none() && line.chars().all(|c| words::is_in_names(c) || c == '与'),
        false => line.chars().nth(2 * ALONE).is_none() && is_capitalised(line),
    };
    form && !ends_as_sentence(line) && !line.contains([':', '：']) && words::is_title(line)
}

/// Whether a line reads as a heading: it is short and has no end mark, and in Latin script all longer words are
/// capitalised.
pub(super) fn is_heading_line(text: &str) -> bool {
    let line = text.trim_matches(is_blank);
    line.chars().nth(ALONE).is_none() && !ends_as_sentence(line) && !line.chars().any(is_han) && is_capitalised(line)
}

fn is_capitalised(line: &str) -> bool {
    let long = |word: &&str| word.len() > 3 && word.starts_with(|c: char| c.is_alphabetic());
    line.chars().any(char::is_uppercase)
        && line.split(is_blank).filter(long).all(|word| word.starts_with(|c: char| c.is_uppercase()))
}

/// Finds the label that a whole line is.
pub(super) fn find(text: &str) -> Option<Candidate> {
    dashed(text).or_else(|| alone(text))
}

fn dashed(text: &str) -> Option<Candidate> {
    if text.chars().nth(LINE).is_some() || ends_as_sentence(text) {
        return None;
    }
    let (name, title) = at_dash(text)?;
    let mut found = named(name, Shape::Dash)?;
    found.label.title = Some(title.to_owned());
    found.range.end = text.len();
    Some(found)
}

fn alone(text: &str) -> Option<Candidate> {
    if text.chars().nth(ALONE).is_some() || (ends_as_sentence(text) && !text.ends_with("Jr.")) {
        return None;
    }
    let mut found = named(text, Shape::Alone)?;
    found.range.end = text.len();
    Some(found)
}

/// Whether a block ends with an end mark of a sentence, or is longer than any name.
pub(super) fn is_sentence(text: &str) -> bool {
    text.chars().nth(ALONE).is_some() || ends_as_sentence(text.trim_matches(is_blank))
}

fn ends_as_sentence(text: &str) -> bool {
    text.ends_with(['.', '。', '!', '！', '?', '？', '…', ',', '，', ';', '；', ':', '：', '”', '"', '、'])
}
