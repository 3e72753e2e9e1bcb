//! Blocks: the parts of a text as a reader returns them, before languages, speakers and sentences are looked for.

use std::ops::Range;

/// The kind of a block in the layout.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum BlockKind {
    /// A paragraph, or a line if each line is a paragraph.
    Text,
    /// A heading.
    Heading,
    /// An item of a list.
    Item,
    /// A row of a table. Its cells are separated by tabs.
    Row,
    /// A line of code.
    Code,
}

/// A block of text without markup.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Block {
    /// The kind.
    pub kind: BlockKind,
    /// The words.
    pub text: MappedText,
}

/// Text without markup that knows the place of each byte in the decoded source.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct MappedText {
    text: String,
    /// Pairs of a byte in `text` and its byte in the source, both ascending. Between two entries, both advance in
    /// parallel.
    places: Vec<(usize, usize)>,
    /// Pairs of a last byte in `text` and its end in the source, both ascending, for text that is written differently
    /// in the source.
    ends: Vec<(usize, usize)>,
}

impl MappedText {
    /// Appends `text`, which starts at byte `offset` of the source and is the same there.
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

    /// Appends `text`, which bytes `source` of the source represent, as `&amp;` represents an ampersand. Text that is
    /// longer than the range (such as the two characters of `&nGt;`) is cut off, because each character must have its
    /// place.
    pub fn push_for(&mut self, text: &str, source: Range<usize>) {
        let fits = |&(k, c): &(usize, char)| k + c.len_utf8() <= source.len();
        let len = text.char_indices().take_while(fits).last().map_or(0, |(k, c)| k + c.len_utf8());
        if let Some(text) = text.get(..len).filter(|text| !text.is_empty()) {
            self.push(text, source.start);
            self.ends.push((self.text.len() - 1, source.end));
        }
    }

    /// Removes the last character.
    pub(super) fn pop(&mut self) {
        self.text.pop();
        let len = self.text.len();
        self.places.truncate(self.places.partition_point(|p| p.0 < len));
        self.ends.truncate(self.ends.partition_point(|e| e.0 < len));
    }

    /// Returns the words.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// Returns the source byte of byte `at`.
    pub fn offset(&self, at: usize) -> usize {
        match self.places.partition_point(|&(a, _)| a <= at).checked_sub(1) {
            Some(k) => self.places[k].1 + (at - self.places[k].0),
            None => 0,
        }
    }

    /// Returns the source bytes of `text[range]`, from its first byte to its last.
    pub fn source_range(&self, range: Range<usize>) -> Range<usize> {
        // The place after the last byte is the end of its source, which may be an entity.
        let start = match range.start.checked_sub(1) {
            Some(last) if range.start == self.text.len() => self.end(last),
            _ => self.offset(range.start),
        };
        if range.is_empty() { start..start } else { start..self.end(range.end - 1) }
    }

    /// Returns where the source of byte `last` ends.
    fn end(&self, last: usize) -> usize {
        match self.ends.binary_search_by_key(&last, |e| e.0) {
            Ok(k) => self.ends[k].1,
            Err(_) => self.offset(last) + 1,
        }
    }

    /// Returns the ends of `text[range]` that [`MappedText::places`] does not contain: (last byte from the range's
    /// start, end in the source).
    pub(super) fn ends(&self, range: Range<usize>) -> Vec<(usize, usize)> {
        let first = self.ends.partition_point(|e| e.0 < range.start);
        let last = self.ends.partition_point(|e| e.0 < range.end);
        self.ends.get(first..last).unwrap_or_default().iter().map(|&(a, o)| (a - range.start, o)).collect()
    }

    /// Returns the places of `text[range]`: (byte from the range's start, byte in the source).
    pub fn places(&self, range: Range<usize>) -> Vec<(usize, usize)> {
        if range.is_empty() {
            return Vec::new();
        }
        let first = self.places.partition_point(|&(a, _)| a <= range.start);
        let last = self.places.partition_point(|&(a, _)| a < range.end);
        let inner = self.places.get(first..last).unwrap_or_default();
        std::iter::once((0, self.offset(range.start))).chain(inner.iter().map(|&(a, o)| (a - range.start, o))).collect()
    }

    /// Returns `text[range]` with its places, or an empty text if the range is not in the text.
    pub fn slice(&self, range: Range<usize>) -> MappedText {
        let text = self.text.get(range.clone()).unwrap_or_default().to_owned();
        if text.is_empty() {
            return MappedText::default();
        }
        MappedText { text, places: self.places(range.clone()), ends: self.ends(range) }
    }

    /// Appends `other`, which is later in the source.
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
