//! Lines of a text, and the characters at their ends.

use std::ops::Range;

use crate::text::{is_cjk_punctuation, is_han};

pub(super) fn is_cjk(c: char) -> bool {
    is_han(c) || is_cjk_punctuation(c)
}

/// Whether `c` ends a line: LF, CR, vertical tab, form feed, NEL, and the separators of Unicode.
pub(super) fn is_line_end(c: char) -> bool {
    matches!(c, '\n' | '\r' | '\u{B}' | '\u{C}' | '\u{85}' | '\u{2028}' | '\u{2029}')
}

/// Returns the byte ranges of the lines, without their line ends. CRLF is one line end.
pub(super) fn lines(text: &str) -> impl Iterator<Item = Range<usize>> {
    let mut at = 0;
    std::iter::from_fn(move || {
        if at >= text.len() {
            return None;
        }
        let start = at;
        let rest = &text[start..];
        let len = rest.find(is_line_end).unwrap_or(rest.len());
        let end = &rest[len..];
        at = start + len + if end.starts_with("\r\n") { 2 } else { end.chars().next().map_or(0, char::len_utf8) };
        Some(start..start + len)
    })
}

/// Whether `c` is blank: white space (including ideographic and no-break spaces), a zero-width or directional mark, or
/// a control character.
pub(super) fn is_blank(c: char) -> bool {
    c.is_whitespace()
        || c.is_control()
        || matches!(c, '\u{AD}' | '\u{180E}' | '\u{200B}'..='\u{200F}' | '\u{202A}'..='\u{202E}' | '\u{2060}'
            | '\u{2066}'..='\u{2069}' | '\u{FEFF}')
}

/// Returns `range` without blanks at its ends.
pub(super) fn trimmed(text: &str, range: Range<usize>) -> Range<usize> {
    let words = &text[range.clone()];
    let start = range.start + (words.len() - words.trim_start_matches(is_blank).len());
    start..start + text[start..range.end].trim_end_matches(is_blank).len()
}

/// Whether a line is a rule: one of the usual signs at least three times, and blanks.
pub(super) fn is_rule(line: &str) -> bool {
    let mut signs = line.chars().filter(|c| !is_blank(*c));
    let Some(first) = signs.next() else { return false };
    let mut more = 0;
    "-*=_~—–―─━＊－＝～·•#+".contains(first)
        && signs.all(|c| {
            more += 1;
            c == first
        })
        && more >= 2
}

/// Returns the number of columns of `c`. East Asian characters have two.
pub(super) fn columns(c: char) -> usize {
    match c as u32 {
        _ if is_blank(c) && c != '\u{3000}' => usize::from(c == ' ' || c == '\t'),
        0x1100..=0x115F
        | 0x2E80..=0xA4CF
        | 0xAC00..=0xD7A3
        | 0xF900..=0xFAFF
        | 0xFE30..=0xFE6F
        | 0xFF01..=0xFF60
        | 0x20000..=0x3FFFF => 2,
        _ => 1,
    }
}

/// Returns the number of columns of the blanks at the start of a line.
pub(super) fn indentation(line: &str) -> usize {
    line.chars().take_while(|c| is_blank(*c)).map(columns).sum()
}

/// Whether a sentence ends at the end of a line. Closing marks are ignored.
pub(super) fn ends_sentence(line: &str) -> bool {
    let closing = |c: char| is_blank(c) || "\"'”’」』）)】]》*_".contains(c);
    line.trim_end_matches(closing).ends_with(['.', '!', '?', '。', '！', '？', '…', ':', '：', ';', '；'])
}

/// Returns the number of columns of a line without the blanks at its end.
pub(super) fn width(line: &str) -> usize {
    line.trim_end_matches(is_blank).chars().map(columns).sum()
}
