//! Speaker labels. They are found by their form. The rest of the document decides whether they are believed.
//!
//! The labels of one form in a document are a series ([`series`]). A series belongs to a dialogue if its labels are
//! names of people or roles, or if they recur before text that reads as talk. Keys of lists, terms of glossaries and
//! headings fail these tests. Lines that are a label as a whole are believed if speech follows. Text that ends a turn
//! and is not speech is found in [`leftover`].

mod evidence;
mod inline;
mod leftover;
mod line;
mod name;
mod person;
mod series;
mod shape;
mod stamp;
mod words;

pub(super) use self::leftover::ends;

use std::ops::Range;

use self::{evidence::Evidence, shape::Shape};
use super::{
    Label,
    block::Block,
    sentence::{is_blank, is_turn_mark},
};

/// A place where somebody begins to speak.
#[derive(Clone, Debug)]
pub(super) struct Mark {
    /// Index of the block.
    pub(super) block: usize,
    /// Bytes of the block's text that are the label, including the blanks after it.
    pub(super) range: Range<usize>,
    /// The speaker; `None` for `>>` without a name.
    pub(super) label: Option<Label>,
    /// Seconds from the start of the recording.
    pub(super) time: Option<f64>,
    /// Whether the next block is the speaker's title and therefore part of the label.
    pub(super) title_follows: bool,
}

/// The number of bytes in which bold type at the start of a block is looked for.
const STRONG: usize = 120;

/// Finds all labels, in the order of the text. `source` is the decoded text of the blocks; it shows what was bold.
pub(super) fn marks(blocks: &[Block], source: &str) -> Vec<Mark> {
    let evidence = Evidence::gather(blocks, &|block| strong(block, source));
    let mut marks = Vec::new();
    for (k, block) in blocks.iter().enumerate() {
        let text = block.text.text();
        let mut at = 0;
        if let Some(found) = evidence.candidates[k].as_ref()
            && evidence.believes(k, found)
        {
            let mut label = found.label.clone();
            let title_follows = evidence.title_follows(k, found);
            if title_follows {
                label.title = blocks.get(k + 1).map(|next| next.text.text().trim_matches(is_blank).to_owned());
            }
            at = found.range.end;
            marks.push(Mark {
                block: k,
                range: found.range.clone(),
                label: Some(label),
                time: found.time,
                title_follows,
            });
        }
        turn_marks(text, k, at, &evidence, &mut marks);
    }
    marks
}

/// Returns where the bold type at the start of a block ends.
fn strong(block: &Block, source: &str) -> Option<usize> {
    let start = source.get(..block.text.offset(0))?;
    let closes: &[&str] = match start.strip_suffix('>') {
        Some(tag) => {
            // The tag is near, or it is not a tag for bold type.
            let window =
                tag.char_indices().rev().take(STRONG).find(|&(_, c)| c == '<').map(|(at, _)| &tag[at + 1..])?;
            let name = window.split(|c: char| c.is_whitespace()).next().unwrap_or_default().to_ascii_lowercase();
            if !matches!(name.as_str(), "b" | "strong") {
                return None;
            }
            &["</b", "</strong", "</B", "</STRONG"]
        }
        None if start.ends_with("**") => &["**"],
        None if start.ends_with("__") => &["__"],
        None => return None,
    };
    let ends = block.text.text().char_indices().skip(1).take_while(|&(at, _)| at <= STRONG);
    let mut gaps = ends.filter(|&(at, _)| {
        let (before, here) = (block.text.offset(at - 1) + 1, block.text.offset(at));
        source.get(before..here).is_some_and(|gap| closes.iter().any(|close| gap.starts_with(close)))
    });
    gaps.next().map(|(at, _)| at)
}

/// Returns the label for a name with additions: `丽贝卡·林奎斯特（Rebecca Lindqvist）`, `Ann Gauss, CEO`. Any other text is a
/// name without additions.
pub(super) fn named(name: &str) -> Label {
    let whole = format!("{name}:");
    let found = shape::candidate(&whole, None).filter(|c| c.shape == Shape::Colon && c.range == (0..whole.len()));
    found.map_or_else(|| Label { name: name.to_owned(), ..Label::default() }, |c| c.label)
}

/// Whether a label names a person or a role, whatever is added to the name.
pub(super) fn is_speaker(label: &Label) -> bool {
    let whole = format!("{}:", label.name);
    let role = || shape::candidate(&whole, None).is_some_and(|c| c.who != shape::Who::Name);
    person::is_person(label) || role()
}

/// Finds each `>>` from byte `from` on, with the name that may follow it.
fn turn_marks(text: &str, block: usize, from: usize, evidence: &Evidence<'_>, marks: &mut Vec<Mark>) {
    let mut at = from;
    while let Some(found) = text.get(at..).and_then(|rest| rest.find(">>")) {
        let start = at + found;
        let end = start + text[start..].bytes().take_while(|&b| b == b'>').count();
        at = end;
        if !is_turn_mark(text, start) {
            continue;
        }
        let body = end + text[end..].len() - text[end..].trim_start_matches(is_blank).len();
        // A label ends before the next mark.
        let next = text[body..].find(">>").map_or(text.len(), |next| body + next);
        let named =
            shape::candidate(&text[body..next], None).filter(|c| c.shape == Shape::Colon && !evidence.refutes(c));
        match named {
            Some(named) => {
                at = body + named.range.end;
                marks.push(Mark {
                    block,
                    range: start..at,
                    label: Some(named.label),
                    time: named.time,
                    title_follows: false,
                });
            }
            None => {
                at = body;
                marks.push(Mark { block, range: start..body, label: None, time: None, title_follows: false });
            }
        }
    }
}
