//! The sentences of a piece of text that is in one language.

mod abbreviation;
mod chinese;
mod english;
mod letter;
mod list;
mod mark;
mod style;

use std::ops::Range;

use crate::text::{Lang, is_han};

/// Returns the byte ranges of the sentences of `text`, in order, without the blanks around them. Every character that
/// is not blank is in a sentence. A text that contains only blanks has no sentences.
///
/// `lang` is the language of the text as a whole. The text may contain foreign words. Line ends inside the text count
/// as blanks, as in a hard-wrapped paragraph. In Chinese without punctuation (subtitles, recognised speech), line ends
/// and wide spaces end a sentence.
///
/// ```
/// use duiqi::Lang;
/// use duiqi::train::document::sentences;
/// let text = "Dr. Wu rose 3.5%. Who knew?";
/// let found: Vec<&str> = sentences(text, Lang::En).into_iter().map(|r| &text[r]).collect();
/// assert_eq!(found, ["Dr. Wu rose 3.5%.", "Who knew?"]);
/// ```
pub fn sentences(text: &str, lang: Lang) -> Vec<Range<usize>> {
    let ends = match lang {
        Lang::En => english::ends(text),
        Lang::Zh => chinese::ends(text),
    };
    let mut out: Vec<Range<usize>> = Vec::with_capacity(ends.len() + 1);
    let mut start = 0;
    // Marks before the first words belong to the first sentence. Later marks belong to the sentence before them.
    let mut only_marks = false;
    let mut ends = ends.into_iter().chain([text.len()]).peekable();
    while let Some(&end) = ends.peek() {
        let mut range = trim(text, start..end);
        match text.get(range.clone()).and_then(note) {
            Some(len) if len < range.len() => {
                range.end = range.start + len;
                start = range.end;
            }
            _ => {
                start = end;
                ends.next();
            }
        }
        if range.is_empty() {
            continue;
        }
        let marks = !has_words(&text[range.clone()]);
        match out.last_mut() {
            Some(last) if only_marks || marks => {
                only_marks &= marks;
                last.end = range.end;
            }
            _ => {
                only_marks = marks;
                out.push(range);
            }
        }
    }
    out
}

/// Whether `c` is blank: white space, or a character without width that only controls line breaks or marks a byte
/// order.
pub(crate) fn is_blank(c: char) -> bool {
    c.is_whitespace() || matches!(c, '\u{200B}' | '\u{2060}' | '\u{FEFF}')
}

/// Returns `range` of `text` without the blanks at its ends. If there are only blanks, the result is empty and at the
/// start of the range.
pub(crate) fn trim(text: &str, range: Range<usize>) -> Range<usize> {
    let Some(part) = text.get(range.clone()) else { return range.start..range.start };
    let right = part.trim_end_matches(is_blank).len();
    if right == 0 {
        return range.start..range.start;
    }
    let left = part.len() - part.trim_start_matches(is_blank).len();
    range.start + left..range.start + right
}

/// Parts of words that identify a transcriber's note in brackets.
const NOTES: &[&str] = &[
    "applau",
    "cheer",
    "chuckl",
    "crosstalk",
    "gasp",
    "inaudible",
    "indiscernible",
    "laugh",
    "music",
    "off mic",
    "pause",
    "sigh",
    "silence",
    "听不清",
    "咳",
    "哭",
    "叹",
    "嘆",
    "掌",
    "歌",
    "欢呼",
    "歡呼",
    "沉默",
    "笑",
    "聽不清",
    "音乐",
    "音樂",
];

/// The greatest number of characters of a transcriber's note.
const NOTE: usize = 32;

/// Returns the length in bytes of the note at the start of `text`, `(Laughter)` or `（笑声）`. Such a note is a separate
/// sentence.
fn note(text: &str) -> Option<usize> {
    let inner = text.strip_prefix(['(', '[', '（', '【', '［'])?;
    let (close, mark) = inner.char_indices().take(NOTE).find(|&(_, c)| is_closer(c) && !matches!(c, '\'' | '’'))?;
    let words = inner[..close].to_lowercase();
    let known = NOTES.iter().any(|note| words.contains(note));
    known.then_some(text.len() - inner.len() + close + mark.len_utf8()).map(|end| {
        // An end mark after the note belongs to it.
        end + text[end..].len() - text[end..].trim_start_matches(|c| is_full_stop(c) || c == '.').len()
    })
}

fn has_words(text: &str) -> bool {
    text.chars().any(char::is_alphanumeric)
}

/// Whether `c` closes something that a sentence opened. Such a mark belongs to the sentence that it follows.
fn is_closer(c: char) -> bool {
    matches!(
        c,
        ')' | ']' | '}' | '"' | '\'' | '”' | '’' | '»' | '」' | '』' | '）' | '］' | '》' | '〉' | '】' | '〕' | '＂'
    )
}

/// Whether `c` ends a sentence in Chinese typesetting, whatever follows.
fn is_full_stop(c: char) -> bool {
    matches!(c, '。' | '！' | '？' | '｡' | '．')
}

/// Whether the full-width full stop at `at` is between digits: ３．１４.
fn is_decimal_point(text: &str, at: usize) -> bool {
    let digit = |c: Option<char>| c.is_some_and(char::is_numeric);
    char_at(text, at) == Some('．') && digit(char_before(text, at)) && digit(char_at(text, at + '．'.len_utf8()))
}

/// Whether a turn mark `>>` of captions is at byte `at`, as a word of its own.
pub(crate) fn is_turn_mark(text: &str, at: usize) -> bool {
    let (Some(before), Some(rest)) = (text.get(..at), text.get(at..)) else { return false };
    let Some(after) = rest.strip_prefix(">>") else { return false };
    let after = after.strip_prefix('>').unwrap_or(after);
    before.chars().next_back().is_none_or(is_blank)
        && after.chars().next().is_none_or(|c| is_blank(c) || c.is_alphanumeric() || is_han(c))
}

fn char_at(text: &str, at: usize) -> Option<char> {
    text.get(at..)?.chars().next()
}

fn char_before(text: &str, at: usize) -> Option<char> {
    text.get(..at)?.chars().next_back()
}

/// Returns the first byte from `at` on that is not a blank.
fn skip_blanks(text: &str, at: usize) -> usize {
    let rest = text.get(at..).unwrap_or("");
    at + rest.len() - rest.trim_start_matches(is_blank).len()
}

/// The number of characters of a word that are examined.
const WORD: usize = 24;

fn is_word_part(c: char) -> bool {
    c.is_alphanumeric() || matches!(c, '\'' | '’')
}

/// Returns the word that begins at `at`.
fn word_from(text: &str, at: usize) -> &str {
    let rest = text.get(at..).unwrap_or("");
    let len: usize = rest.chars().take(WORD).take_while(|&c| is_word_part(c)).map(char::len_utf8).sum();
    &rest[..len]
}

/// Returns the word that ends at `at`, including full stops inside it (`U.S`).
fn word_before(text: &str, at: usize) -> &str {
    let head = text.get(..at).unwrap_or("");
    let len: usize =
        head.chars().rev().take(WORD).take_while(|&c| is_word_part(c) || c == '.').map(char::len_utf8).sum();
    head[head.len() - len..].trim_start_matches(['.', '\'', '’'])
}

/// Returns where the blanks before `at` begin.
fn word_start(text: &str, at: usize) -> usize {
    text.get(..at).unwrap_or("").trim_end_matches(is_blank).len()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn sentences_and_blanks_make_the_text(
            text in "([a-zA-Z .!?\"'()>…—\n]|[你好。！？；：…“”（）《》「」，　—]|[0-9:.]|\\PC){0,60}",
        ) {
            for lang in [Lang::En, Lang::Zh] {
                let mut at = 0;
                for range in sentences(&text, lang) {
                    prop_assert!(range.start >= at && range.end > range.start);
                    prop_assert!(text[at..range.start].chars().all(is_blank));
                    prop_assert!(!text[range.clone()].starts_with(is_blank) && !text[range.clone()].ends_with(is_blank));
                    at = range.end;
                }
                prop_assert!(text[at..].chars().all(is_blank));
            }
        }
    }

    #[test]
    fn long_input_takes_linear_time() {
        for unit in ["(", "“", "a. ", ". ", "字 ", "？", "《（", ">> ", "...", "'", "A.B."] {
            let text = unit.repeat(200_000);
            for lang in [Lang::En, Lang::Zh] {
                assert!(!sentences(&text, lang).is_empty(), "{unit}");
            }
        }
    }
}
