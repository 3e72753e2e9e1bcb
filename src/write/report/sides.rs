//! What is asked of a side again and again: the index of a segment, the line of a byte.

use crate::alignment::{Alignment, Span};
use crate::document::{Document, Segment};
use crate::text::{Lang, fold_char, is_han};

/// Both sides, with the lines of their texts.
pub(super) struct Sides<'a> {
    alignment: &'a Alignment,
    /// Bytes of the decoded text at which its lines start, English and Chinese.
    lines: [Vec<usize>; 2],
}

impl<'a> Sides<'a> {
    pub(super) fn new(alignment: &'a Alignment) -> Sides<'a> {
        let lines = [Lang::En, Lang::Zh].map(|lang| starts(alignment.side(lang).document.source().text()));
        Sides { alignment, lines }
    }

    /// Index in the side of a segment of its document.
    pub(super) fn index(&self, lang: Lang, segment: usize) -> Option<usize> {
        self.alignment.side(lang).segments.binary_search(&segment).ok()
    }

    /// The line, from 1, that a span begins in.
    pub(super) fn line(&self, lang: Lang, span: &Span) -> usize {
        let offset = self.alignment.side(lang).document.source().text_offset(span.start);
        self.lines[lang as usize].partition_point(|&start| start <= offset)
    }
}

/// The segment of a document that holds a byte of the caller's input, or begins next.
pub(super) fn segment_at(document: &Document, byte: usize) -> Option<&Segment> {
    let segments = document.segments();
    segments.get(segments.partition_point(|s| s.range.end <= byte))
}

fn starts(text: &str) -> Vec<usize> {
    let bytes = text.as_bytes();
    let ends = |&(i, &b): &(usize, &u8)| b == b'\n' || (b == b'\r' && bytes.get(i + 1) != Some(&b'\n'));
    std::iter::once(0).chain(bytes.iter().enumerate().filter(ends).map(|(i, _)| i + 1)).collect()
}

/// Whether the Chinese text is Traditional: more than one Han character in twenty has another, Simplified form. Both
/// scripts share most characters; Simplified text has next to none of these.
pub(super) fn is_traditional(alignment: &Alignment) -> bool {
    const LOOKED_AT: usize = 4000;
    let side = &alignment.side(Lang::Zh);
    let characters = (0..side.segments.len()).flat_map(|i| side.segment(i).text.chars()).filter(|c| is_han(*c));
    let (mut all, mut other) = (0, 0);
    for c in characters.take(LOOKED_AT) {
        all += 1;
        other += usize::from(fold_char(c) != c);
    }
    other * 20 > all
}
