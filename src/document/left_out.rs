//! Text of the input that is in no segment.

use std::fmt;
use std::ops::Range;

use crate::text::Source;

/// Why a piece of the input is in no segment.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
#[non_exhaustive]
pub enum Reason {
    /// The header row of a table of pairs.
    TableHeader,
    /// A cell of a table of pairs that is not a text, a speaker or a time.
    TableCell,
    /// A running header, a footer or the number of a page in text from a PDF file.
    Page,
    /// A line of a subtitle file before its first cue.
    BeforeCues,
    /// A comment of a subtitle file or of a Word document.
    Comment,
    /// A line that rolling captions show again.
    Repeated,
    /// A line of moving text that shows the words of the line before.
    Moving,
    /// A line that a script has made of another one for an effect.
    Effect,
    /// A drawing in subtitles.
    Drawing,
    /// A line of links to other pages.
    Links,
    /// A line in a menu, a sidebar, a comment or a similar part of a page.
    Aside,
    /// Another line outside of the main text of a page.
    OutsideMain,
    /// The reading of a word, shown above it.
    Reading,
    /// Text that was deleted in a Word document with its changes tracked.
    Deletion,
    /// Hidden text of a Word document.
    Hidden,
    /// A header or a footer of a Word document.
    Header,
    /// A note of a Word document that its text does not refer to.
    UnusedNote,
}

impl fmt::Display for Reason {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Reason::TableHeader => "header rows of tables of pairs",
            Reason::TableCell => "cells of tables of pairs that are not texts",
            Reason::Page => "running headers, footers and page numbers",
            Reason::BeforeCues => "lines before the first cue",
            Reason::Comment => "comments",
            Reason::Repeated => "lines that rolling captions repeat",
            Reason::Moving => "lines that repeat moving text",
            Reason::Effect => "lines that a script made for an effect",
            Reason::Drawing => "drawings",
            Reason::Links => "lines of links to other pages",
            Reason::Aside => "lines of menus, sidebars, comments and the like",
            Reason::OutsideMain => "lines outside of the main text",
            Reason::Reading => "readings of words",
            Reason::Deletion => "deletions",
            Reason::Hidden => "pieces of hidden text",
            Reason::Header => "headers and footers",
            Reason::UnusedNote => "notes that the text does not refer to",
        })
    }
}

/// A piece of the input that is in no segment.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct LeftOut {
    /// Why it is in no segment.
    pub reason: Reason,
    /// Bytes of the caller's input. The range is empty for text outside of the text of a Word document.
    pub range: Range<usize>,
}

/// The pieces that a reader leaves out: the reason and the bytes of the decoded source.
#[derive(Debug, Default)]
pub(super) struct Notes(Vec<(Reason, Range<usize>)>);

impl Notes {
    pub(super) fn add(&mut self, reason: Reason, range: Range<usize>) {
        self.0.push((reason, range));
    }

    pub(super) fn into_left_out(self, source: &Source) -> Vec<LeftOut> {
        let left = |(reason, range): (Reason, Range<usize>)| LeftOut {
            reason,
            range: source.byte_offset(range.start)..source.byte_offset(range.end),
        };
        self.0.into_iter().map(left).collect()
    }
}
