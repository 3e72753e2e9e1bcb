//! A caller's bytes, decoded, with every offset still pointing into them.

use std::sync::Arc;

use crate::error::{Error, ErrorKind, Result};
use crate::limits::{Limit, Limits};
use crate::text::container::{Container, container};
use crate::text::encoding::{BOM, OffsetMap, decode};

/// Decoded text of one input. Offsets into [`Source::text`] become offsets into the caller's bytes by
/// [`Source::byte_offset`].
///
/// Nothing but the encoding is changed: line ends and full-width forms stay as they are. A byte order mark at the start
/// is no part of the text, so offset 0 of the text is the byte behind it. A clone shares the text.
///
/// A Word document has no text in its bytes: its text is its words, a paragraph a line, and all offsets and lines count in that
/// text, which [`Source::text`] gives.
#[derive(Clone, Debug)]
pub struct Source {
    name: String,
    text: Arc<str>,
    encoding: &'static str,
    map: OffsetMap,
    layout: Option<Layout>,
    limits: Limits,
}

/// What a line is in a document whose format tells.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum LineKind {
    /// A paragraph, or a line of one.
    Text,
    /// A heading.
    Heading,
    /// An item of a list.
    Item,
    /// A row of a table: its cells, apart by tabs.
    Row,
}

/// The content of a Word document in addition to its text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[cfg_attr(not(feature = "docx"), allow(dead_code))]
pub(crate) enum BesideText {
    Deletion,
    Hidden,
    Comment,
    UnusedNote,
    Header,
}

/// What a Word document is besides its text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Layout {
    /// One kind for each line of the text.
    pub(crate) kinds: Vec<LineKind>,
    /// The parts that are left out: the reason, and how often.
    pub(crate) left_out: Vec<(BesideText, usize)>,
}

impl Source {
    /// A text that is UTF-8 already; `name` stands in error messages.
    pub fn from_text(name: &str, text: &str) -> Source {
        let bare = text.strip_prefix(BOM).unwrap_or(text);
        let map = OffsetMap::shifted(text.len() - bare.len());
        let limits = Limits::default();
        Source { name: name.to_owned(), text: bare.into(), encoding: "UTF-8", map, layout: None, limits }
    }

    /// Decodes bytes: UTF-8, UTF-16 (by its byte order mark, or by its NUL bytes), GB18030 with its part GBK, Big5, and
    /// windows-1252 for Western text with typographic marks. Valid UTF-8 always wins. Bytes that the encoding does not
    /// allow become U+FFFD where they are few. What a web page says of its encoding counts, unless it is wrong.
    ///
    /// A Word document (.docx) becomes the text of its main part, a paragraph a line: headings, items of lists, tables, text boxes,
    /// insertions; then its footnotes and endnotes. Deletions, hidden text, comments, headers and footers are left out and counted
    /// ([`Document::left_out`](crate::document::Document::left_out)). That needs the feature `docx`.
    ///
    /// # Errors
    /// [`ErrorKind::NotText`] for a binary file: NUL bytes, or many control characters. [`ErrorKind::Unsupported`] for
    /// known files that duiqi does not read (PDF, old Word documents, workbooks, archives). [`ErrorKind::Malformed`]
    /// for a broken Word document, [`ErrorKind::MissingFeature`] for any Word document without the feature `docx`.
    /// [`ErrorKind::Limit`] for a file that exceeds [`Limits::default`].
    pub fn from_bytes(name: &str, bytes: &[u8]) -> Result<Source> {
        Source::from_bytes_within(name, bytes, Limits::default())
    }

    /// [`Source::from_bytes`] within other limits, which hold for its documents too.
    ///
    /// # Errors
    /// Those of [`Source::from_bytes`].
    pub fn from_bytes_within(name: &str, bytes: &[u8], limits: Limits) -> Result<Source> {
        limits.check(Limit::Bytes, bytes.len() as u64, name)?;
        match container(bytes) {
            Some(Container::Docx) => return word_document(name, bytes, limits),
            Some(Container::Other(what)) => return Err(Error::new(ErrorKind::Unsupported, what).in_file(name)),
            None => {}
        }
        let (text, encoding, map) = decode(name, bytes)?;
        Ok(Source { name: name.to_owned(), text: text.into(), encoding, map, layout: None, limits })
    }

    /// The limits that hold for documents of it.
    #[doc(hidden)]
    pub fn limits(&self) -> &Limits {
        &self.limits
    }

    /// The kinds of the lines of [`Source::text`], which LF ends, where it comes from a Word document.
    #[doc(hidden)]
    pub fn line_kinds(&self) -> Option<&[LineKind]> {
        self.layout.as_ref().map(|layout| layout.kinds.as_slice())
    }

    /// The parts of a Word document that are not in its text: the reason, and how often.
    pub(crate) fn left_out(&self) -> &[(BesideText, usize)] {
        self.layout.as_ref().map_or(&[], |layout| &layout.left_out)
    }

    /// The name given.
    #[doc(hidden)]
    pub fn name(&self) -> &str {
        &self.name
    }

    /// The decoded text, without a byte order mark.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// Name of the encoding the bytes were in, as the Encoding Standard spells it: `UTF-8`, `UTF-16LE`, `UTF-16BE`,
    /// `gb18030`, `Big5` or `windows-1252`.
    #[doc(hidden)]
    pub fn encoding(&self) -> &'static str {
        self.encoding
    }

    /// Where the character that starts at byte `offset` of [`Source::text`] starts in the caller's bytes; the end of the
    /// text maps to the end of the bytes, and so does what lies beyond. Never falls as `offset` grows.
    #[doc(hidden)]
    pub fn byte_offset(&self, offset: usize) -> usize {
        self.map.byte_offset(offset.min(self.text.len()))
    }

    /// The other way: where the character that byte `offset` of the caller's bytes belongs to starts in [`Source::text`]; its end
    /// for offsets at the end or behind it.
    #[doc(hidden)]
    pub fn text_offset(&self, offset: usize) -> usize {
        let (mut low, mut high) = (0, self.text.len());
        // The last character that does not start behind it.
        while low < high {
            let middle = low + (high - low).div_ceil(2);
            if self.byte_offset(middle) <= offset { low = middle } else { high = middle - 1 }
        }
        while !self.text.is_char_boundary(low) {
            low -= 1;
        }
        low
    }

    /// Line, from 1, that holds byte `offset` of [`Source::text`]. LF, CRLF and CR end a line. Reads the text from its
    /// start, so it is for messages, not for loops.
    #[doc(hidden)]
    pub fn line_of(&self, offset: usize) -> usize {
        let before = &self.text.as_bytes()[..offset.min(self.text.len())];
        let after = &self.text.as_bytes()[before.len()..];
        let lf = before.iter().filter(|&&b| b == b'\n').count();
        let cr = before.iter().filter(|&&b| b == b'\r').count();
        let pairs = before.windows(2).filter(|w| w == b"\r\n").count()
            + usize::from(before.last() == Some(&b'\r') && after.first() == Some(&b'\n'));
        1 + lf + cr - pairs
    }
}

#[cfg(feature = "docx")]
fn word_document(name: &str, bytes: &[u8], limits: Limits) -> Result<Source> {
    let (text, layout) = crate::text::docx::read(name, bytes, &limits)?;
    Ok(Source {
        name: name.to_owned(),
        text: text.into(),
        encoding: "UTF-8",
        map: OffsetMap::shifted(0),
        layout: Some(layout),
        limits,
    })
}

#[cfg(not(feature = "docx"))]
fn word_document(name: &str, _: &[u8], _: Limits) -> Result<Source> {
    Err(Error::missing_feature("read Word documents", "docx").in_file(name))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn mark_of_a_text_is_counted_but_not_shown() {
        let source = Source::from_text("t", "\u{FEFF}好a");
        assert_eq!(source.text(), "好a");
        assert_eq!([0, 3, 4, 9].map(|o| source.byte_offset(o)), [3, 6, 7, 7]);
        assert_eq!([3, 6, 7, 9].map(|o| source.text_offset(o)), [0, 3, 4, 4]);
    }

    /// Both ways for every character, in encodings of one, two and four bytes a character.
    #[test]
    fn offsets_go_both_ways() {
        let text = "价格，涨了 3%。𠮷 ok";
        let (gbk, _, _) = encoding_rs::GB18030.encode(text);
        let utf16: Vec<u8> = [0xFEFFu16].into_iter().chain(text.encode_utf16()).flat_map(u16::to_le_bytes).collect();
        for bytes in [text.as_bytes().to_vec(), gbk.into_owned(), utf16] {
            let source = Source::from_bytes("t", &bytes).unwrap();
            assert_eq!(source.text(), text);
            for (at, c) in text.char_indices() {
                let (start, end) = (source.byte_offset(at), source.byte_offset(at + c.len_utf8()));
                assert!((start..end).all(|byte| source.text_offset(byte) == at), "{c} in {}", source.encoding());
            }
            assert_eq!(source.text_offset(bytes.len()), text.len());
        }
    }

    #[test]
    fn lines_count_from_one_whatever_ends_them() {
        let source = Source::from_text("t", "a\nb\r\nc\rd");
        let lines: Vec<usize> = (0..=source.text().len()).map(|o| source.line_of(o)).collect();
        assert_eq!(lines, [1, 1, 2, 2, 2, 3, 3, 4, 4]);
    }
}
