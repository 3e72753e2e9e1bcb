//! Plain text: lines are blocks, unless the text is hard-wrapped.

use std::ops::Range;

use crate::document::block::{Block, BlockKind, MappedText};
use crate::document::left_out::Notes;
use crate::error::Result;
use crate::text::{Source, is_cjk_punctuation, is_han};

/// Columns that hard-wrapped lines end at. Subtitles stop short of the lower bound (42 columns is their custom),
/// paragraphs on one line each exceed the upper one.
const WRAP_COLUMNS: std::ops::RangeInclusive<usize> = 52..=160;

/// Line breaks inside blocks from which on wrapping can be told from chance.
const MIN_BREAKS: usize = 3;

/// Of the lines inside blocks, so many in a hundred are full when a text is wrapped; the others end their paragraph.
const FULL_PERCENT: usize = 75;

/// Of the full lines, at least so many in a hundred must end inside a sentence: lines that are sentences of like length
/// (subtitles, verse) are not wrapped.
const OPEN_PERCENT: usize = 50;

/// The wrap column is the width that so many in a hundred lines inside blocks do not exceed: a long address must not set it.
const WIDTH_PERCENT: usize = 90;

/// Characters within which the colon of a speaker label comes.
const LABEL_CHARS: usize = 40;

/// The blocks of a plain text.
pub(super) fn read(source: &Source, _: &mut Notes) -> Result<Vec<Block>> {
    Ok(blocks(source.text()))
}

fn blocks(text: &str) -> Vec<Block> {
    let wrap = Wrap::of(text);
    let mut blocks: Vec<Block> = Vec::new();
    let mut before: Option<&str> = None;
    for line in lines(text) {
        let whole = &text[line.clone()];
        let range = trimmed(text, line);
        let words = &text[range.clone()];
        if words.is_empty() || is_rule(words) {
            before = None;
            continue;
        }
        let joins = before.zip(wrap.as_ref()).is_some_and(|(before, wrap)| wrap.joins(before, whole));
        let mut mapped = MappedText::default();
        mapped.push(words, range.start);
        match blocks.last_mut().filter(|_| joins) {
            Some(block) => join(&mut block.text, &mapped),
            None => blocks.push(Block { kind: BlockKind::Text, text: mapped }),
        }
        before = Some(whole);
    }
    blocks
}

/// Appends a further line: with a space, which stands for the line end, between words of alphabets only.
pub(super) fn join(text: &mut MappedText, line: &MappedText) {
    let last = text.text().chars().next_back();
    if let (Some(last), Some(first)) = (last, line.text().chars().next())
        && !is_cjk(last)
        && !is_cjk(first)
    {
        let end = text.source_range(0..text.text().len()).end;
        text.push(" ", end);
    }
    text.append(line);
}

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
fn columns(c: char) -> usize {
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

/// Width of what cannot be broken at the start of a line: a word, or an East Asian character with the marks that may not
/// begin a line.
fn first_word(line: &str) -> usize {
    let mut chars = line.trim_start_matches(is_blank).chars();
    let Some(first) = chars.next() else { return 0 };
    if is_cjk(first) {
        return columns(first) + chars.take_while(|c| is_cjk_punctuation(*c)).map(columns).sum::<usize>();
    }
    columns(first) + chars.take_while(|c| !is_blank(*c) && !is_cjk(*c)).map(columns).sum::<usize>()
}

/// A line at whose end a sentence ends, closing marks aside.
fn ends_sentence(line: &str) -> bool {
    let closing = |c: char| is_blank(c) || "\"'”’」』）)】]》*_".contains(c);
    line.trim_end_matches(closing).ends_with(['.', '!', '?', '。', '！', '？', '…', ':', '：', ';', '；'])
}

/// How a text is hard-wrapped: at which column.
pub(super) struct Wrap {
    column: usize,
}

impl Wrap {
    /// `None` for a text whose lines are paragraphs, sentences or cues.
    ///
    /// A wrapped line is full: the next one's first word had no room on it. That holds for nearly all lines inside the
    /// blocks of a wrapped text, and for few of any other.
    pub(super) fn of(text: &str) -> Option<Wrap> {
        let all: Vec<&str> = lines(text).map(|r| &text[r]).collect();
        let width = |line: &str| line.trim_end_matches(is_blank).chars().map(columns).sum::<usize>();
        let filled = |line: &str| !line.chars().all(is_blank);
        // (width, width with the next line's first word, whether the sentence goes on)
        let breaks: Vec<(usize, usize, bool)> = all
            .windows(2)
            .filter(|w| filled(w[0]) && filled(w[1]))
            .map(|w| (width(w[0]), width(w[0]) + 1 + first_word(w[1]), !ends_sentence(w[0])))
            .collect();
        if breaks.len() < MIN_BREAKS {
            return None;
        }
        let mut widths: Vec<usize> = breaks.iter().map(|b| b.0).collect();
        widths.sort_unstable();
        let column = widths[(widths.len() - 1) * WIDTH_PERCENT / 100];
        let full = breaks.iter().filter(|b| b.1 > column).count();
        let open = breaks.iter().filter(|b| b.1 > column && b.2).count();
        let wrapped = WRAP_COLUMNS.contains(&column)
            && full * 100 >= breaks.len() * FULL_PERCENT
            && open * 100 >= full * OPEN_PERCENT;
        wrapped.then_some(Wrap { column })
    }

    /// Whether `next` goes on with the paragraph of `line`.
    pub(super) fn joins(&self, line: &str, next: &str) -> bool {
        let width: usize = line.trim_end_matches(is_blank).chars().map(columns).sum();
        let indent = |l: &str| l.chars().take_while(|c| is_blank(*c)).map(columns).sum::<usize>();
        width + 1 + first_word(next) > self.column
            && indent(next) < indent(line) + 2
            && !begins_turn(next)
            && !(ends_sentence(line) && has_label(next))
    }
}

/// A line that opens with the mark of a turn, a bullet or a time stamp.
fn begins_turn(line: &str) -> bool {
    let line = line.trim_start_matches(is_blank);
    let stamp = |open: &str| line.strip_prefix(open).is_some_and(|l| l.starts_with(|c: char| c.is_ascii_digit()));
    [">>", "- ", "• ", "– ", "* ", "· "].iter().any(|m| line.starts_with(m))
        || (stamp("[") || stamp("(") || stamp("\\[")) && line.chars().take(8).any(|c| c == ':')
}

/// A line that opens with what may be a speaker label.
fn has_label(line: &str) -> bool {
    let mut head = line.trim_start_matches(is_blank).chars().take(LABEL_CHARS);
    head.any(|c| matches!(c, ':' | '：')) && {
        let name = line.split([':', '：']).next().unwrap_or_default();
        !name.contains(['。', '，', ',', '?', '!'])
    }
}
