//! Marks after a full stop that belong to the sentence before it: notes (`[7]`, `[注1]`, `¹²`), emoticons, emoji.

use super::{char_at, char_before, is_blank, skip_blanks};
use crate::text::is_han;

/// The greatest number of characters between the brackets of a note.
const NOTE: usize = 24;

/// Words of a note that has no number.
const NOTE_WORDS: &[&str] = &[
    "citation needed",
    "note",
    "n",
    "nb",
    "fn",
    "better source needed",
    "clarification needed",
    "注",
    "註",
    "註解",
    "注释",
    "註釋",
    "来源请求",
    "來源請求",
];

/// Returns the end of a note mark at `at`: `[12]`, `[5, 6]`, `[a]`, `[note 3]`, `[注1]`, `[3]:45`, or raised digits.
pub(super) fn note_mark(text: &str, at: usize) -> Option<usize> {
    let rest = text.get(at..)?;
    let raised = rest.len() - rest.trim_start_matches(is_raised).len();
    if raised > 0 {
        return Some(at + raised);
    }
    let inner = rest.strip_prefix(['[', '［', '〔'])?;
    let (close, mark) = inner.char_indices().take(NOTE).find(|&(_, c)| matches!(c, ']' | '］' | '〕'))?;
    let words = inner[..close].trim();
    let number = words.trim_start_matches(|c: char| !c.is_ascii_digit());
    let word = words[..words.len() - number.len()].trim();
    let digits = number.starts_with(|c: char| c.is_ascii_digit())
        && number.chars().all(|c| c.is_ascii_digit() || matches!(c, ',' | ' ' | '-' | '–' | '，' | '、'))
        && number.bytes().filter(u8::is_ascii_digit).count() < 10;
    let known = NOTE_WORDS.contains(&word.to_lowercase().as_str());
    let letter = words.len() == 1 && words.bytes().all(|b| b.is_ascii_lowercase());
    if !(letter || (digits && (word.is_empty() || known)) || (known && number.is_empty())) {
        return None;
    }
    let end = text.len() - inner.len() + close + mark.len_utf8();
    // A page number after the number of the note.
    let page = text.get(end..).and_then(|rest| rest.strip_prefix(':')).unwrap_or("");
    let page_len = page.len() - page.trim_start_matches(|c: char| c.is_ascii_digit() || matches!(c, '–' | '-')).len();
    Some(if page_len > 0 { end + 1 + page_len } else { end })
}

/// Returns the end of a note number without brackets after a full stop. Superscripts in PDF files become such numbers:
/// `fell.12 Costs`, `changed.13,14 The`. A word in lowercase letters precedes the full stop. A capital or nothing
/// follows the number.
pub(super) fn bare_note(text: &str, stop: usize, at: usize) -> Option<usize> {
    let head = text.get(..stop)?;
    let small = head.chars().rev().take_while(|c| c.is_lowercase()).take(4).count();
    let rest = text.get(at..)?;
    let digits = rest.bytes().take_while(|b| b.is_ascii_digit() || matches!(b, b',' | b'-')).count();
    let first = rest.bytes().take_while(u8::is_ascii_digit).count();
    if small < 4 || !(1..=3).contains(&first) || digits > 12 || rest[..digits].ends_with([',', '-']) {
        return None;
    }
    let behind = char_at(text, at + digits);
    let next = char_at(text, skip_blanks(text, at + digits));
    let free = behind.is_none_or(is_blank) && next.is_none_or(|c| c.is_uppercase() || matches!(c, '“' | '"'));
    free.then_some(at + digits)
}

/// Returns the end of the note, emoticon or emoji after the blanks at `at`, if it belongs to the sentence before it. A
/// blank or Chinese then follows it. If the text begins with a mark of the same kind, the marks belong to the text
/// after them: the text is a list of references, or of items that begin with emoji.
pub(super) fn trailing(text: &str, at: usize) -> Option<usize> {
    let from = skip_blanks(text, at);
    if from == at {
        return None;
    }
    let end = note_mark(text, from).or_else(|| emoticon(text, from)).or_else(|| emoji(text, from))?;
    let first = skip_blanks(text, 0);
    let leads = note_mark(text, first).is_some() && note_mark(text, from).is_some()
        || emoji(text, first).is_some() && emoji(text, from).is_some();
    (!leads && char_at(text, end).is_none_or(|c| is_blank(c) || c == '[' || is_han(c))).then_some(end)
}

/// Returns the end of an emoticon that ends a sentence without a full stop: `friendly :)` before a capital.
pub(super) fn closing_emoticon(text: &str, at: usize) -> Option<usize> {
    if !char_before(text, at).is_some_and(is_blank) {
        return None;
    }
    let end = emoticon(text, at)?;
    let next = skip_blanks(text, end);
    (next > end && char_at(text, next).is_none_or(char::is_uppercase)).then_some(end)
}

/// Returns the end of an emoticon at `at`: `:)`, `:-)`, `;D`, `:P`, `:'(`, `^_^`, `<3`.
fn emoticon(text: &str, at: usize) -> Option<usize> {
    let rest = text.get(at..)?;
    if let Some(face) = ["^_^", "^^", "<3", "xD", "XD"].iter().find(|face| rest.starts_with(**face)) {
        return Some(at + face.len()).filter(|end| !char_at(text, *end).is_some_and(char::is_alphanumeric));
    }
    let face = rest.strip_prefix([':', ';', '='])?;
    let face = face.strip_prefix(['-', '\'', '^', 'o']).unwrap_or(face);
    let mouth = face.trim_start_matches([')', '(']);
    let mouth = if mouth.len() < face.len() {
        mouth
    } else {
        face.strip_prefix(['D', 'P', 'p', 'O', '/', '\\', '|', '*', ']', '['])?
    };
    let end = text.len() - mouth.len();
    (!char_at(text, end).is_some_and(char::is_alphanumeric)).then_some(end)
}

/// Returns the end of the emoji at `at`.
fn emoji(text: &str, at: usize) -> Option<usize> {
    let rest = text.get(at..)?;
    let part = |c: char| matches!(c, '\u{1F000}'..='\u{1FAFF}' | '\u{2600}'..='\u{27BF}' | '\u{FE0F}' | '\u{200D}');
    let len = rest.len() - rest.trim_start_matches(part).len();
    (len > 0).then_some(at + len)
}

fn is_raised(c: char) -> bool {
    matches!(c, '¹' | '²' | '³' | '⁰' | '⁴'..='⁹')
}
