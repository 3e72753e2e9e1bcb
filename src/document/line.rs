//! Lines of a text, and the characters that matter where they end.

use std::ops::Range;

use crate::text::{is_cjk_punctuation, is_han};

pub(super) fn is_cjk(c: char) -> bool {
    is_han(c) || is_cjk_punctuation(c)
}

/// Whether `c` ends a line: LF, CR, vertical tab, form feed, NEL, and the separators of Unicode.
pub(super) fn is_line_end(c: char) -> bool {
    matches!(c, '\n' | '\r' | '\u{B}' | '\u{C}' | '\u{85}' | '\u{2028}' | '\u{2029}')
}

/// Byte ranges of the lines, without what ends them; CRLF ends one line.
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

/// Blank: white space (ideographic and no-break spaces with it), zero-width and directional marks, stray controls.
pub(super) fn is_blank(c: char) -> bool {
    c.is_whitespace()
        || c.is_control()
        || matches!(c, '\u{AD}' | '\u{180E}' | '\u{200B}'..='\u{200F}' | '\u{202A}'..='\u{202E}' | '\u{2060}'
            | '\u{2066}'..='\u{2069}' | '\u{FEFF}')
}

/// `range` without blanks at its ends.
pub(super) fn trimmed(text: &str, range: Range<usize>) -> Range<usize> {
    let words = &text[range.clone()];
    let start = range.start + (words.len() - words.trim_start_matches(is_blank).len());
    start..start + text[start..range.end].trim_end_matches(is_blank).len()
}

/// Whether a line is a rule: one of the usual signs three times or more, and blanks.
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

/// Columns that `c` takes: East Asian characters two.
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

/// Columns of the blanks that a line begins with.
pub(super) fn indentation(line: &str) -> usize {
    line.chars().take_while(|c| is_blank(*c)).map(columns).sum()
}

/// Whether a sentence ends with a line, closing marks aside.
pub(super) fn ends_sentence(line: &str) -> bool {
    let closing = |c: char| is_blank(c) || "\"'”’」』）)】]》*_".contains(c);
    line.trim_end_matches(closing).ends_with(['.', '!', '?', '。', '！', '？', '…', ':', '：', ';', '；'])
}

/// Columns of a line without the blanks at its end.
pub(super) fn width(line: &str) -> usize {
    line.trim_end_matches(is_blank).chars().map(columns).sum()
}
