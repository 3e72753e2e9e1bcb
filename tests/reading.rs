//! Bytes to text: encodings, damaged and binary input, and offsets. The cases are in `tests/cases/reading`.
// The helpers of a test fail like the test itself.
#![allow(clippy::unwrap_used)]

use duiqi::{ErrorKind, Source};
use encoding_rs::Encoding;
use proptest::prelude::*;

fn rows(file: &str) -> Vec<Vec<String>> {
    let path = format!("{}/tests/cases/reading/{file}", env!("CARGO_MANIFEST_DIR"));
    let text = std::fs::read_to_string(path).unwrap();
    let rows: Vec<Vec<String>> = text
        .lines()
        .filter(|line| !line.starts_with('#'))
        .map(|line| line.split('\t').map(|cell| cell.replace("\\n", "\n")).collect())
        .collect();
    assert!(rows.len() > 10, "{file} has {} cases only", rows.len());
    rows
}

/// Bytes of each character, in the encoding that `name` says.
fn encode(name: &str, text: &str) -> Vec<Vec<u8>> {
    let one = |c: char| match (name, c) {
        ("UTF-16LE", _) => c.encode_utf16(&mut [0; 2]).iter().flat_map(|u| u.to_le_bytes()).collect(),
        ("UTF-16BE", _) => c.encode_utf16(&mut [0; 2]).iter().flat_map(|u| u.to_be_bytes()).collect(),
        // Big5 has this letter and its mark as one pair: both begin where the pair begins.
        ("Big5", 'Ê') => Vec::new(),
        ("Big5", '\u{304}') => b"\x88\x62".to_vec(),
        _ => {
            let text = c.to_string();
            let (bytes, _, bad) = Encoding::for_label(name.as_bytes()).unwrap().encode(&text);
            assert!(!bad, "{name} has no {c}");
            bytes.into_owned()
        }
    };
    text.chars().map(one).collect()
}

fn mark(name: &str) -> &'static [u8] {
    match name {
        "UTF-16LE" => b"\xFF\xFE",
        "UTF-16BE" => b"\xFE\xFF",
        _ => b"\xEF\xBB\xBF",
    }
}

/// What holds for any input that is read at all.
fn check_offsets(source: &Source, bytes: &[u8]) {
    let text = source.text();
    let mut last = source.byte_offset(0);
    for offset in 0..=text.len() + 1 {
        let place = source.byte_offset(offset);
        assert!(place >= last && place <= bytes.len(), "{offset} -> {place} of {}", bytes.len());
        last = place;
    }
    assert_eq!(source.byte_offset(text.len()), bytes.len());
}

#[test]
fn encodings() {
    for row in rows("encodings.tsv") {
        let [written, named, text] = &row[..] else { panic!("three columns: {row:?}") };
        let (encoding, with_mark) = written.strip_suffix("+BOM").map_or((&written[..], false), |e| (e, true));
        let mut bytes = if with_mark { mark(encoding).to_vec() } else { Vec::new() };
        let mut starts = Vec::new();
        for c in encode(encoding, text) {
            starts.push(bytes.len());
            bytes.extend(c);
        }
        let source = Source::from_bytes("case", &bytes).unwrap();
        assert_eq!(source.text(), text, "{written}");
        assert_eq!(source.encoding(), named, "{text}");
        let found: Vec<usize> = text.char_indices().map(|(o, _)| source.byte_offset(o)).collect();
        assert_eq!(found, starts, "{written}: {text}");
        check_offsets(&source, &bytes);
    }
}

fn bytes_of(cell: &str) -> Vec<u8> {
    let mut bytes = Vec::new();
    for (k, part) in cell.split('\'').enumerate() {
        if k % 2 == 1 {
            bytes.extend(part.as_bytes());
        } else {
            bytes.extend(part.split_whitespace().map(|hex| u8::from_str_radix(hex, 16).unwrap()));
        }
    }
    bytes
}

#[test]
fn bytes_as_they_come() {
    for row in rows("bytes.tsv") {
        let [what, cell, expected] = &row[..] else { panic!("three columns: {row:?}") };
        let bytes = bytes_of(cell);
        let read = Source::from_bytes("case", &bytes);
        if let Some(at) = expected.strip_prefix("not text at ") {
            let error = read.unwrap_err();
            assert_eq!((error.kind(), error.file()), (ErrorKind::NotText, Some("case")), "{what}");
            let offset: usize = at.parse().unwrap();
            assert_eq!(error.byte(), Some(offset), "{what}");
            assert!(error.what().contains(&format!("0x{:02X}", bytes[offset])), "{what}: {error}");
        } else if let Some(words) = expected.strip_prefix("unreadable: ") {
            let error = read.unwrap_err();
            assert_eq!((error.kind(), error.file()), (ErrorKind::Unsupported, Some("case")), "{what}");
            assert!(error.what().contains(words), "{what}: {error}");
        } else {
            let source = read.unwrap_or_else(|error| panic!("{what}: {error}"));
            let shown = source.text().replace('\u{FFFD}', "<?>").replace('\u{1}', "");
            assert_eq!(&shown, expected, "{what}");
            check_offsets(&source, &bytes);
        }
    }
}

#[test]
fn places_behind_a_bad_byte_are_right() {
    let bytes = [b"\xE4\xBD\xA0\xFF\xE5\xA5\xBDab", "一二三四五".as_bytes(), b"\xE4\xB8"].concat();
    let source = Source::from_bytes("case", &bytes).unwrap();
    assert_eq!(source.text(), "你\u{FFFD}好ab一二三四五\u{FFFD}");
    assert_eq!([0, 3, 6, 9, 10, 11, 26, 29].map(|o| source.byte_offset(o)), [0, 3, 4, 7, 8, 9, 24, 26]);
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn any_bytes(bytes in prop::collection::vec(any::<u8>(), 0..200)) {
        if let Ok(source) = Source::from_bytes("case", &bytes) {
            check_offsets(&source, &bytes);
        }
    }

    #[test]
    fn bytes_without_controls(bytes in prop::collection::vec(prop_oneof![0x20u8..0x7F, 0x81u8..=0xFF], 0..200)) {
        if let Ok(source) = Source::from_bytes("case", &bytes) {
            check_offsets(&source, &bytes);
        }
    }

    #[test]
    fn valid_utf8_always_wins(text in "[ -~é。，“”\u{4E00}-\u{9FFF}\u{AC00}-\u{AFFF}а-я\n]{0,60}") {
        let source = Source::from_bytes("case", text.as_bytes()).unwrap();
        prop_assert_eq!(source.text(), &text);
        prop_assert_eq!(source.encoding(), "UTF-8");
    }
}
