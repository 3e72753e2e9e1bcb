//! One contract for all readers: what stands where, whatever the format.
// The helpers of a test fail like the test itself.
#![allow(clippy::unwrap_used)]
#![cfg(all(feature = "docx", feature = "html", feature = "xml"))]

use std::path::Path;

use duiqi::{Document, Format, Source};

/// A file in each format; found by its content unless the content cannot tell.
const FILES: &[(Format, bool, &str)] = &[
    (Format::Plain, true, "data/interview/en.txt"),
    (Format::Plain, true, "data/mixed-article/article.txt"),
    (Format::Markdown, true, "data/earnings-call/zh.md"),
    (Format::Html, true, "tests/cases/reading/same/talk.html"),
    (Format::Docx, true, "data/handbook/zh.docx"),
    (Format::Docx, true, "tests/cases/reading/same/python-docx.docx"),
    (Format::Vtt, true, "data/webinar/en.vtt"),
    (Format::Vtt, true, "data/webinar/zh.vtt"),
    (Format::Ass, true, "tests/cases/reading/timed/styles.ass"),
    (Format::Ttml, true, "tests/cases/reading/timed/spans.dfxp"),
    (Format::Srt, true, "tests/cases/reading/timed/rolling.srt"),
    (Format::Srt, true, "tests/cases/writing/timed-srt.expected"),
    (Format::Json, true, "tests/cases/reading/timed/whisper.json"),
    (Format::Json, true, "tests/cases/reading/timed/word-times.json"),
    (Format::Json, true, "tests/cases/reading/timed/earnings-call.json"),
    (Format::Lines, false, "data/subtitles/zh.txt"),
    (Format::Tsv, true, "tests/cases/writing/tsv.expected"),
    (Format::Csv, true, "tests/cases/paired/menu.csv"),
    (Format::Jsonl, true, "tests/cases/writing/jsonl.expected"),
    (Format::Tmx, true, "tests/cases/paired/tea.tmx"),
    (Format::Xliff, true, "tests/cases/paired/museum-2.0.xlf"),
];

fn source(file: &str) -> Source {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join(file);
    Source::from_bytes(file, &std::fs::read(path).unwrap()).unwrap()
}

#[test]
fn every_reader_keeps_the_contract() {
    let mut seen = std::collections::BTreeSet::new();
    for &(format, found, file) in FILES {
        let source = source(file);
        let asked = Document::read(source.clone(), format).unwrap();
        assert_eq!(asked.format(), format, "{file}");
        if found {
            let auto = Document::read(source.clone(), Format::Auto).unwrap();
            assert_eq!(auto.format(), format, "{file}: found by its content");
            assert_eq!(auto.segments(), asked.segments(), "{file}");
        }
        check(file, &asked);
        assert_eq!(Document::read(source, format).unwrap().segments(), asked.segments(), "{file}: the same each time");
        seen.insert(format.name());
    }
    let all: Vec<&str> = Format::ALL.iter().map(|f| f.name()).filter(|n| *n != "auto").collect();
    assert!(all.iter().all(|name| seen.contains(name)), "{seen:?} of {all:?}");
}

fn check(file: &str, document: &Document) {
    let text = document.source().text();
    assert!(!document.segments().is_empty(), "{file}");
    let place = |byte: usize| document.source().text_offset(byte);
    let mut end = 0;
    for (k, segment) in document.segments().iter().enumerate() {
        let (start, stop) = (place(segment.range.start), place(segment.range.end));
        assert_eq!(segment.index, k, "{file}");
        assert!(start >= end && stop >= start && text.get(start..stop).is_some(), "{file}: {segment:?} behind {end}");
        end = stop;
        assert_eq!(segment.text.trim(), segment.text, "{file}: no blanks at the ends");
        if !segment.text.is_empty() {
            assert_eq!(document.locate(segment, 0..segment.text.len()), segment.range, "{file}: {segment:?}");
        }
        for (at, c) in segment.text.char_indices() {
            let here = document.locate(segment, at..at + c.len_utf8());
            assert!(here.start >= segment.range.start && here.end <= segment.range.end, "{file}: {c:?} of {segment:?}");
        }
        let passage = &document.passages()[segment.passage];
        assert!(passage.segments.contains(&k), "{file}");
        assert_eq!(passage.turn, segment.turn, "{file}");
        assert!(segment.turn.is_none_or(|t| document.turns()[t].segments.contains(&k)), "{file}");
        assert!(segment.time.is_none_or(|t| t.start <= t.end && t.start >= 0.0), "{file}: {segment:?}");
        assert_eq!(segment.time.is_some(), document.cues().iter().any(|c| c.time.is_some()), "{file}: {segment:?}");
    }
    let held: Vec<usize> = document.passages().iter().flat_map(|p| p.segments.clone()).collect();
    assert_eq!(held, (0..document.segments().len()).collect::<Vec<_>>(), "{file}: each segment in one passage");
}
