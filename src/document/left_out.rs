//! Text of the input that is in no segment.

use std::fmt;
use std::ops::Range;

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
}

impl fmt::Display for Reason {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Reason::TableHeader => "header rows of tables of pairs",
            Reason::TableCell => "cells of tables of pairs that are not texts",
            Reason::Page => "running headers, footers and page numbers",
        })
    }
}

/// A piece of the input that is in no segment.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct LeftOut {
    /// Why it is in no segment.
    pub reason: Reason,
    /// Bytes of the caller's input.
    pub range: Range<usize>,
}
