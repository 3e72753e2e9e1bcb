//! What holds for every document.

use std::ops::Range;

use duiqi::{Document, Format, Source};

/// Text and bytes go together.
pub fn check_source(source: &Source, bytes: &[u8]) {
    let text = source.text();
    if source.line_kinds().is_some() {
        return;
    }
    let mut last = 0;
    for (at, _) in text.char_indices() {
        let byte = source.byte_offset(at);
        assert!(byte >= last && byte < bytes.len(), "character at {at} begins at byte {byte} of {}", bytes.len());
        last = byte;
    }
    assert_eq!(source.byte_offset(text.len()), bytes.len());
}

/// Bytes of the caller's input as bytes of the text; they begin and end with characters.
fn place(source: &Source, range: &Range<usize>) -> Range<usize> {
    let at = |byte: usize| {
        let offset = source.text_offset(byte);
        assert_eq!(source.byte_offset(offset), byte, "byte {byte} begins a character");
        offset
    };
    at(range.start)..at(range.end)
}

/// Segments in order and in the file, each in one passage and one turn; what each says stands where it says.
pub fn check(document: &Document) {
    let (source, segments) = (document.source(), document.segments());
    let mut end = 0;
    for (k, segment) in segments.iter().enumerate() {
        let range = place(source, &segment.range);
        assert_eq!(segment.index, k);
        assert!(range.start >= end && range.end >= range.start, "{segment:?} behind {end}");
        end = range.end;
        let text = &segment.text;
        assert_eq!(text.trim(), text, "no blanks at the ends");
        assert!(!text.is_empty() || document.format() == Format::Lines, "{segment:?} is empty");
        if !text.is_empty() {
            let words = document.locate(segment, 0..text.len());
            let codes = matches!(document.format(), Format::Tmx | Format::Xliff);
            // Codes at the ends of a text belong to it.
            assert!(words == segment.range || codes, "{words:?} of {segment:?}");
        }
        let mut last = segment.range.start;
        for (at, c) in text.char_indices() {
            let here = document.locate(segment, at..at + c.len_utf8());
            let inside = here.start >= last && here.end >= here.start && here.end <= segment.range.end;
            assert!(inside, "{c:?} of {segment:?}: {here:?}");
            last = here.start;
        }
        let passage = &document.passages()[segment.passage];
        assert!(passage.segments.contains(&k) && passage.lang == segment.lang && passage.turn == segment.turn);
        assert!(segment.turn.is_none_or(|t| document.turns()[t].segments.contains(&k)), "{segment:?}");
        assert!(segment.time.is_none_or(|t| t.start <= t.end && t.start >= 0.0 && t.end.is_finite()), "{segment:?}");
    }
    let mut next = 0;
    for (k, passage) in document.passages().iter().enumerate() {
        assert!(passage.index == k && passage.segments.start == next && !passage.segments.is_empty(), "{passage:?}");
        next = passage.segments.end;
        let (first, last) = (&segments[passage.segments.start], &segments[next - 1]);
        assert_eq!(passage.range, first.range.start..last.range.end);
    }
    assert_eq!(next, segments.len(), "each segment in one passage");
    for (k, turn) in document.turns().iter().enumerate() {
        assert!(turn.index == k && turn.segments.end <= segments.len(), "{turn:?}");
        assert!(turn.time.is_none_or(f64::is_finite), "{turn:?}");
        if let Some(range) = &turn.label_range {
            let range = place(source, range);
            assert!(range.start <= range.end, "{turn:?}");
        }
    }
    for cue in document.cues() {
        assert!(cue.time.is_none_or(|t| t.start <= t.end && t.start >= 0.0 && t.end.is_finite()), "{cue:?}");
    }
}
