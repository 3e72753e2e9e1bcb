//! The form of a label: how one block looks, without the rest of the document.

use super::{inline, line, stamp::time_stamp};
use crate::document::{
    Label,
    sentence::{is_blank, trim},
};
use crate::text::is_han;
use std::ops::Range;

/// The forms of a label.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Shape {
    /// `Name: text`.
    Colon,
    /// `[Name] text`, `【名】…`.
    Bracket,
    /// `**Name** text`.
    Strong,
    /// The first cell of a row, or a name before a tab.
    Cell,
    /// `名丨…`, `Name | text`.
    Bar,
    /// `Q. text`, `MR. ROE. text`.
    Stop,
    /// `名——…`, with speech on the same line.
    Lead,
    /// `Name – title` on a line of its own.
    Dash,
    /// `Name` on a line of its own.
    Alone,
    /// `Name 00:12:03`.
    Time,
}

impl Shape {
    /// Whether the label is on a line of its own.
    pub(super) fn is_line(self) -> bool {
        matches!(self, Shape::Dash | Shape::Alone)
    }

    /// Whether this form is so rare in texts without speakers that a name that recurs is enough. The other forms also
    /// mark terms, notes and columns.
    pub(super) fn is_usual(self) -> bool {
        matches!(self, Shape::Colon | Shape::Time)
    }
}

/// The kind of a label's name.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Who {
    /// A word for a role: moderator, 股东.
    Role,
    /// A word for a question or an answer: Q, A, 问, 答.
    Question,
    /// A text in the form of a name.
    Name,
}

/// The start of a block, if it looks like a label.
#[derive(Clone, Debug)]
pub(super) struct Candidate {
    pub(super) shape: Shape,
    pub(super) who: Who,
    /// Bytes of the block's text, including the blanks after the label.
    pub(super) range: Range<usize>,
    pub(super) label: Label,
    pub(super) time: Option<f64>,
    /// The key that equal labels share: the name in lower case, for roles without numbers.
    pub(super) key: String,
}

/// Finds the label that `text` may begin with. `strong` is the end of the bold type at the start.
pub(super) fn candidate(text: &str, strong: Option<usize>) -> Option<Candidate> {
    let whole = trim(text, 0..text.len());
    let mut at = whole.start;
    let mut time = None;
    if let Some((len, seconds)) = time_stamp(&text[at..]) {
        // A time stamp before a label belongs to it. Without a label it is text.
        at = skip(text, at + len);
        time = Some(seconds);
    }
    let rest = text.get(at..whole.end).filter(|rest| !rest.is_empty())?;
    let bold = strong.and_then(|end| end.checked_sub(at));
    let mut found = inline::find(rest, bold).or_else(|| line::find(rest))?;
    found.range = whole.start..skip(text, at + found.range.end);
    found.time = found.time.or(time);
    Some(found)
}

pub(super) fn skip(text: &str, at: usize) -> usize {
    let rest = &text[at..];
    at + rest.len() - rest.trim_start_matches(is_blank).len()
}

/// Whether a label is in Latin script.
pub(super) fn is_latin(found: &Candidate) -> bool {
    !found.label.name.chars().any(is_han)
}
