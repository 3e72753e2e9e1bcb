//! Word documents that [`Source`] has unpacked. Each line has a kind.

use super::block::{Block, BlockKind, MappedText};
use super::left_out::{Notes, Reason};
use super::line;
use crate::error::{Error, Result};
use crate::text::{BesideText, LineKind, Source};

/// Whether the text comes from a Word document.
pub(super) fn is_docx(source: &Source) -> bool {
    source.line_kinds().is_some()
}

/// Reads the blocks.
///
/// # Errors
/// [`crate::ErrorKind::WrongFormat`] for a text that does not come from a Word document.
pub(super) fn read(source: &Source, notes: &mut Notes) -> Result<Vec<Block>> {
    let Some(kinds) = source.line_kinds() else {
        return Err(Error::wrong_format(source.name(), 1, "this is not a Word document (.docx)"));
    };
    for &(what, count) in source.left_out() {
        let reason = match what {
            BesideText::Deletion => Reason::Deletion,
            BesideText::Hidden => Reason::Hidden,
            BesideText::Comment => Reason::Comment,
            BesideText::UnusedNote => Reason::UnusedNote,
            BesideText::Header => Reason::Header,
        };
        (0..count).for_each(|_| notes.add(reason, 0..0));
    }
    let mut at = 0;
    let lines = source.text().split_inclusive('\n').zip(kinds).filter_map(|(line, kind)| {
        let start = at;
        at += line.len();
        let words = line::trimmed(line, 0..line.len());
        // An empty cell at the start of a row keeps its tab.
        let words = if *kind == LineKind::Row && !words.is_empty() { 0..words.end } else { words };
        let mut text = MappedText::default();
        text.push(line.get(words.clone())?, start + words.start);
        let kind = match kind {
            LineKind::Text => BlockKind::Text,
            LineKind::Heading => BlockKind::Heading,
            LineKind::Item => BlockKind::Item,
            LineKind::Row => BlockKind::Row,
        };
        (!words.is_empty() && !line::is_rule(text.text())).then_some(Block { kind, text })
    });
    Ok(lines.collect())
}
