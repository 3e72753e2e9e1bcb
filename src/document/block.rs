//! Blocks: what a reader finds in a text before languages, speakers and sentences are looked for.

use std::ops::Range;

/// What a block is in the layout.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum BlockKind {
    /// A paragraph, or a line where lines are paragraphs.
    Text,
    /// A heading.
    Heading,
    /// An item of a list.
    Item,
    /// A row of a table: its cells, apart by tabs.
    Row,
}

/// A block of text without markup.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Block {
    /// Kind.
    pub kind: BlockKind,
    /// Its words.
    pub text: MappedText,
}

/// Text without markup that knows, byte by byte, where it stands in the decoded source.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct MappedText {
    text: String,
    /// (byte in `text`, byte in the source), ascending in both; between two entries both run on in parallel.
    places: Vec<(usize, usize)>,
}

impl MappedText {
    /// Appends `text`, which starts at byte `offset` of the source and stands there as it is.
    pub fn push(&mut self, text: &str, offset: usize) {
        if text.is_empty() {
            return;
        }
        let at = self.text.len();
        if self.places.last().is_none_or(|&(a, o)| o + (at - a) != offset) {
            self.places.push((at, offset));
        }
        self.text.push_str(text);
    }

    /// Appends a character that the source writes otherwise, as an escape or an entity at bytes `written`.
    pub(crate) fn push_escaped(&mut self, c: char, written: Range<usize>) {
        let at = self.text.len();
        self.places.push((at, written.start));
        // The last byte of the character is the last one of what is written.
        let rest = c.len_utf8() - 1;
        if rest > 0 && written.len() > rest {
            self.places.push((at + 1, written.end - rest));
        }
        self.text.push(c);
    }

    /// The words.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// The source byte of byte `at`.
    pub fn offset(&self, at: usize) -> usize {
        match self.places.partition_point(|&(a, _)| a <= at).checked_sub(1) {
            Some(k) => self.places[k].1 + (at - self.places[k].0),
            None => 0,
        }
    }

    /// Source bytes of `text[range]`, from its first byte to its last.
    pub fn source_range(&self, range: Range<usize>) -> Range<usize> {
        let start = self.offset(range.start);
        if range.is_empty() { start..start } else { start..self.offset(range.end - 1) + 1 }
    }

    /// The places of `text[range]`: (byte from the range's start, byte in the source).
    pub fn places(&self, range: Range<usize>) -> Vec<(usize, usize)> {
        if range.is_empty() {
            return Vec::new();
        }
        let first = self.places.partition_point(|&(a, _)| a <= range.start);
        let last = self.places.partition_point(|&(a, _)| a < range.end);
        let inner = self.places.get(first..last).unwrap_or_default();
        std::iter::once((0, self.offset(range.start))).chain(inner.iter().map(|&(a, o)| (a - range.start, o))).collect()
    }

    /// `text[range]` with its places; empty where the range is none of the text.
    pub fn slice(&self, range: Range<usize>) -> MappedText {
        let text = self.text.get(range.clone()).unwrap_or_default().to_owned();
        let places = if text.is_empty() { Vec::new() } else { self.places(range) };
        MappedText { text, places }
    }

    /// Appends `other`, which stands further on in the source.
    pub fn append(&mut self, other: &MappedText) {
        let at = self.text.len();
        for &(a, o) in &other.places {
            if self.places.last().is_none_or(|&(b, p)| p + (at + a - b) != o) {
                self.places.push((at + a, o));
            }
        }
        self.text.push_str(&other.text);
    }
}
