//! Texts with time codes: what each reader makes of a small file, and subtitles written and read again. The cases are in
//! `tests/cases/reading/timed`: a file, and what is read from it in `FILE.expected`. With `DUIQI_BLESS=1` the expected files
//! are written anew, to be read before they are committed.
// The helpers of a test fail like the test itself.
#![allow(clippy::unwrap_used)]

mod any;
mod checks;
mod written;

use std::fmt::Write as _;
use std::fs;
use std::path::PathBuf;

use duiqi::{Document, ErrorKind, Format, Lang, Source, Time};

use checks::{check, root};

fn cases() -> Vec<PathBuf> {
    let folder = root().join("tests/cases/reading/timed");
    let mut files: Vec<PathBuf> = fs::read_dir(folder).unwrap().map(|e| e.unwrap().path()).collect();
    let read = |ending: &str| ending != "expected" && (cfg!(feature = "xml") || !matches!(ending, "ttml" | "dfxp"));
    files.retain(|f| f.extension().is_some_and(|e| read(e.to_str().unwrap())));
    files.sort();
    assert!(files.len() > 12, "{} cases only", files.len());
    files
}

fn time(time: Option<Time>) -> String {
    time.map_or("no time".to_owned(), |t| format!("{:.3}-{:.3}", t.start, t.end))
}

/// Bytes of the decoded text for bytes of the file.
fn place(document: &Document, bytes: &std::ops::Range<usize>) -> std::ops::Range<usize> {
    document.source().text_offset(bytes.start)..document.source().text_offset(bytes.end)
}

/// Cues and segments, one a line; line breaks in a cue as ⏎.
fn shown(document: &Document) -> String {
    let speaker = |turn: Option<usize>| match turn.map(|t| document.turns()[t].label.as_ref()) {
        None => "nobody".to_owned(),
        Some(None) => "unnamed".to_owned(),
        Some(Some(label)) => match &label.title {
            Some(title) => format!("{}, {title}", label.name),
            None => label.name.clone(),
        },
    };
    let mut out = format!("{}\n", document.format().name());
    for cue in document.cues() {
        let words = cue.text().replace('\n', "⏎");
        writeln!(out, "cue {} [{}] {}: {words}", cue.index, time(cue.time), speaker(cue.turn)).unwrap();
    }
    for s in document.segments() {
        let lang = s.lang.code();
        writeln!(out, "segment {} {lang} [{}] {}: {}", s.index, time(s.time), speaker(s.turn), s.text).unwrap();
    }
    for left in document.left_out() {
        writeln!(out, "left out [{}]: {}", left.reason, document.source().text()[place(document, &left.range)].trim())
            .unwrap();
    }
    out
}

#[test]
fn files_are_read_as_expected() {
    let mut different = Vec::new();
    for file in cases() {
        let bytes = fs::read(&file).unwrap();
        let name = file.file_name().unwrap().to_str().unwrap();
        let document = Document::read(Source::from_bytes(name, &bytes).unwrap(), Format::Auto).unwrap();
        let ending = file.extension().unwrap().to_str().unwrap();
        assert!(document.format().endings().contains(&ending), "{name}: {}", document.format());
        check(&document, bytes.len());
        let expected = file.with_file_name(format!("{name}.expected"));
        let found = shown(&document);
        if std::env::var_os("DUIQI_BLESS").is_some() {
            fs::write(&expected, &found).unwrap();
        }
        if fs::read_to_string(&expected).unwrap_or_default() != found {
            different.push(format!("{name}:\n{found}"));
        }
    }
    assert!(different.is_empty(), "{}", different.join("\n"));
}

/// Segments stand in the file as they are where nothing is joined or escaped.
#[test]
fn ranges_point_at_the_words() {
    for file in cases() {
        let bytes = fs::read(&file).unwrap();
        let document = Document::read(Source::from_bytes("case", &bytes).unwrap(), Format::Auto).unwrap();
        for s in document.segments() {
            let here = std::str::from_utf8(&bytes[s.range.clone()]).unwrap();
            let here = match document.format() {
                Format::Json => serde_json::from_str::<String>(&format!("\"{here}\"")).unwrap_or_default(),
                _ => here.to_owned(),
            };
            let first = s.text.chars().next().unwrap();
            let last = s.text.chars().next_back().unwrap();
            if !here.is_empty() && !here.contains(['<', '&']) {
                assert!(here.starts_with(first) && here.ends_with(last), "{here:?} for {:?}", s.text);
            }
        }
    }
}

#[test]
fn encodings_and_line_ends_change_nothing() {
    let folder = root().join("tests/cases/reading/timed");
    for name in ["habit.srt", "unmarked.srt", "both.srt", "voices.vtt", "credits.srt", "rolling.vtt", "styles.ass"] {
        let text = fs::read_to_string(folder.join(name)).unwrap();
        let read = |bytes: &[u8]| {
            let document = Document::read(Source::from_bytes(name, bytes).unwrap(), Format::Auto).unwrap();
            check(&document, bytes.len());
            document
        };
        let expected = shown(&read(text.as_bytes()));
        let utf16: Vec<u8> = [0xFEFFu16].into_iter().chain(text.encode_utf16()).flat_map(u16::to_le_bytes).collect();
        let mut ways = vec![
            ("CRLF", text.replace('\n', "\r\n").into_bytes()),
            ("CR", text.replace('\n', "\r").into_bytes()),
            ("BOM", format!("\u{FEFF}{text}").into_bytes()),
            ("UTF-16", utf16),
        ];
        if name == "unmarked.srt" {
            ways.push(("GBK", encoding_rs::GBK.encode(&text).0.into_owned()));
        }
        for (way, bytes) in ways {
            assert_eq!(shown(&read(&bytes)), expected, "{name} as {way}");
        }
    }
}

#[test]
fn what_is_no_such_file_is_said_or_plain() {
    let cases = [
        (Format::Srt, "Hello.\nNo times here.", "case:1: an SRT file has lines with times"),
        (
            Format::Srt,
            "1\n00:01,000 --> soon\nHello.\n\n2\n00:03,000 --> 00:04,000\nBye.",
            "case:2: this line should have two times",
        ),
        (
            Format::Srt,
            "1\n00:01,000 --> 00:02,000\nHello.\n\n2\n00:00:03,000 to 4\nBye.",
            "case:6: this line should have two times",
        ),
        (Format::Ass, "[Script Info]\n\n[Events]\n", "case:1: an ASS file has lines that begin with Dialogue:"),
        (
            Format::Ass,
            "[Events]\nDialogue: 0,soon,later,Default,,0,0,0,,Hello",
            "case:2: this line should have two times",
        ),
        (
            Format::Ass,
            "[Events]\nFormat: Layer, Text\nDialogue: 0,Hello",
            "case:3: the columns of this file cannot be read",
        ),
        (Format::Vtt, "00:01.000 --> 00:02.000\nHello.", "case:1: a WebVTT file begins with the line WEBVTT"),
        (Format::Json, "{\"segments\": [\n{]}", "case:2: this is not valid JSON (key must be a string, column 2)"),
        (
            Format::Json,
            "\n{\"title\": \"Hello\"}",
            "case:2: this JSON is not a transcript that duiqi can read (Whisper",
        ),
        (Format::Json, "[1, 2]", "AssemblyAI"),
    ];
    for (format, text, message) in cases {
        let error = Document::read(Source::from_text("case", text), format).unwrap_err();
        assert!(error.kind() == ErrorKind::WrongFormat && error.to_string().contains(message), "{error}");
    }
    // A text that begins as such a file is no prose, even if nobody has said what it is.
    for (text, message) in [
        ("1\n00:01,000 --> soon\nHello.", "case:2: this looks like srt, but this line should have two times"),
        ("WEBVTT\n\nNOTE nothing", "case:1: this looks like vtt, but there are no words in it"),
        ("[Script Info]\nTitle: x", "case:1: this looks like ass, but"),
        ("{\"a\": 1, \"b\": [true]}", "case:1: this looks like json, but this JSON is not a transcript"),
        ("{\"text\": \"One.\"}\n{\"text\": \"Two.\"\n", "case:2: this looks like json, but this is not valid JSON"),
        ("[{\"text\": \"One.\"}, {]", "case:1: this looks like json, but this is not valid JSON"),
        ("{\"segments\": []}", "case:1: this looks like json, but"),
        ("[]", "case:1: this looks like json, but"),
    ] {
        let error = Document::read(Source::from_text("case", text), Format::Auto).unwrap_err();
        assert!(error.kind() == ErrorKind::Malformed && error.to_string().contains(message), "{error}");
    }
    for text in [
        "WEBVTT is a format.\n\nIt has cues.",
        "[00:01] Hello.",
        "[Script] He enters. {Music} He leaves.",
        "{Music} Hello.",
        "10:30 -> 11:00 breakfast\n11:00 -> 12:00 a walk",
        "1.2.3 -> 1.2.4 the pump\n1.2.4 -> 1.3.0 the valve",
        "How a cue looks:\n00:00:01,000 --> 00:00:02,000\nThen come the words.\n\nThat is all.",
        "[1] Lund, The mill, 1961.",
    ] {
        let document = Document::read(Source::from_text("case", text), Format::Auto).unwrap();
        assert_eq!(document.format(), Format::Plain, "{text}");
    }
}

/// The language is that of the words, not of the keys around them.
#[test]
fn keys_say_nothing_of_the_language() {
    let words = |text: &str| {
        format!("{{\"segments\": [{{\"id\": 0, \"start\": 0, \"end\": 1, \"avg_logprob\": 0, \"text\": \"{text}\"}}]}}")
    };
    let alignment = duiqi::align(&words("六点开门。"), &words("It opens at six.")).unwrap();
    assert_eq!(alignment.first(), Lang::Zh);
    assert_eq!(alignment.pairs().count(), 1);
}
