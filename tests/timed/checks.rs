//! What holds for every document with cues, and what the tests read.

use std::fs;
use std::path::Path;

use duiqi::{Aligner, Alignment, Document, Lang, Source};

pub fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// What holds for every document with cues.
pub fn check(document: &Document, bytes: usize) {
    let source = document.source();
    let mut end = 0;
    for s in document.segments() {
        assert!(s.range.start >= end && s.range.start < s.range.end && s.range.end <= bytes, "{s:?}");
        end = s.range.end;
        assert!(!s.text.trim().is_empty() && !s.text.contains('\n'));
        for (at, c) in s.text.char_indices() {
            let place = document.locate(s, at..at + c.len_utf8());
            assert!(
                place.start >= s.range.start && place.end <= s.range.end && !place.is_empty(),
                "{c:?} at {place:?}"
            );
            assert!(source.text().is_char_boundary(source.text_offset(place.start)));
        }
        if let Some(t) = s.time {
            assert!(t.start >= 0.0 && t.start <= t.end);
        }
    }
    for (k, cue) in document.cues().iter().enumerate() {
        assert_eq!(cue.index, k);
        assert!(cue.range.start < cue.range.end && cue.range.end <= bytes);
        assert!(!cue.text().trim().is_empty());
        assert!(cue.turn.is_none_or(|t| t < document.turns().len()));
    }
    // Every word of every cue is in a segment.
    let cues: String = document.cues().iter().map(|c| bare(c.text())).collect();
    let segments: String = document.segments().iter().map(|s| bare(&s.text)).collect();
    assert_eq!(cues, segments);
}

/// Characters without width that count as blank.
pub fn is_hidden(c: char) -> bool {
    matches!(c, '\u{200B}' | '\u{2060}' | '\u{FEFF}')
}
pub fn read(file: &str) -> Source {
    Source::from_bytes(file, &fs::read(root().join("data").join(file)).unwrap()).unwrap()
}

pub fn webinar(first: Lang) -> Alignment {
    let (en, zh) = (read("webinar/en.vtt"), read("webinar/zh.vtt"));
    let (a, b) = if first == Lang::En { (en, zh) } else { (zh, en) };
    Aligner::builder().build().unwrap().align_sources(a, b).unwrap()
}

/// Words without blanks.
pub fn bare(text: &str) -> String {
    text.chars().filter(|c| !c.is_whitespace() && !is_hidden(*c)).collect()
}

pub fn words(document: &Document, lang: Lang) -> String {
    document.segments().iter().filter(|s| s.lang == lang).map(|s| bare(&s.text)).collect()
}
