//! Blocks: what a reader finds in a text before languages, speakers and sentences are looked for.

use std::ops::Range;

/// What a block is in the layout.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum BlockKind {
    /// A paragraph, or a line where lines are paragraphs.
    Text,
    /// A heading.
    Heading,
    /// An item of a list.
    Item,
    /// A row of a table: its cells, apart by tabs.
    Row,
    /// A line of code.
    Code,
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
    /// (last byte in `text`, end in the source) of what is written otherwise in the source than in `text`, ascending in both.
    ends: Vec<(usize, usize)>,
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

    /// Appends `text`, for which bytes `source` of the source stand, as `&amp;` does for an ampersand. What is longer than the
    /// range (the two letters of `&nGt;` are) is cut off, because each character must have its place.
    pub fn push_for(&mut self, text: &str, source: Range<usize>) {
        let fits = |&(k, c): &(usize, char)| k + c.len_utf8() <= source.len();
        let len = text.char_indices().take_while(fits).last().map_or(0, |(k, c)| k + c.len_utf8());
        if let Some(text) = text.get(..len).filter(|text| !text.is_empty()) {
            self.push(text, source.start);
            self.ends.push((self.text.len() - 1, source.end));
        }
    }

    /// Takes the last character away.
    pub(super) fn pop(&mut self) {
        self.text.pop();
        let len = self.text.len();
        self.places.truncate(self.places.partition_point(|p| p.0 < len));
        self.ends.truncate(self.ends.partition_point(|e| e.0 < len));
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
        // Behind the last byte stands what its source ends with, which may be an entity.
        let start = match range.start.checked_sub(1) {
            Some(last) if range.start == self.text.len() => self.end(last),
            _ => self.offset(range.start),
        };
        if range.is_empty() { start..start } else { start..self.end(range.end - 1) }
    }

    /// Where the source of byte `last` ends.
    fn end(&self, last: usize) -> usize {
        match self.ends.binary_search_by_key(&last, |e| e.0) {
            Ok(k) => self.ends[k].1,
            Err(_) => self.offset(last) + 1,
        }
    }

    /// The ends of `text[range]` that [`MappedText::places`] do not tell: (last byte from the range's start, end in the source).
    pub(super) fn ends(&self, range: Range<usize>) -> Vec<(usize, usize)> {
        let first = self.ends.partition_point(|e| e.0 < range.start);
        let last = self.ends.partition_point(|e| e.0 < range.end);
        self.ends.get(first..last).unwrap_or_default().iter().map(|&(a, o)| (a - range.start, o)).collect()
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
        if text.is_empty() {
            return MappedText::default();
        }
        MappedText { text, places: self.places(range.clone()), ends: self.ends(range) }
    }

    /// Appends `other`, which stands further on in the source.
    pub fn append(&mut self, other: &MappedText) {
        let at = self.text.len();
        for &(a, o) in &other.places {
            if self.places.last().is_none_or(|&(b, p)| p + (at + a - b) != o) {
                self.places.push((at + a, o));
            }
        }
        self.ends.extend(other.ends.iter().map(|&(a, o)| (at + a, o)));
        self.text.push_str(&other.text);
    }
}
