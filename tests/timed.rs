//! Texts with time codes: what each reader makes of a small file, and subtitles written and read again. The cases are in
//! `tests/cases/reading/timed`: a file, and what is read from it in `FILE.expected`. With `DUIQI_BLESS=1` the expected files
//! are written anew, to be read before they are committed.
// The helpers of a test fail like the test itself.
#![allow(clippy::unwrap_used)]

use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use duiqi::alignment::{Alignment, Bead, Relation, Side};
use duiqi::document::{Document, Format, Time};
use duiqi::text::{Lang, Source};
use duiqi::write::OutputFormat;
use duiqi::{Aligner, Error};
use proptest::prelude::*;

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// The case files, by name.
fn cases() -> Vec<PathBuf> {
    let folder = root().join("tests/cases/reading/timed");
    let mut files: Vec<PathBuf> = fs::read_dir(folder).unwrap().map(|e| e.unwrap().path()).collect();
    files.retain(|f| f.extension().is_some_and(|e| e != "expected"));
    files.sort();
    assert!(files.len() > 12, "{} cases only", files.len());
    files
}

fn time(time: Option<Time>) -> String {
    time.map_or("no time".to_owned(), |t| format!("{:.3}-{:.3}", t.start, t.end))
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
        let words = cue.words.text().replace('\n', "⏎");
        writeln!(out, "cue {} [{}] {}: {words}", cue.index, time(cue.time), speaker(cue.turn)).unwrap();
    }
    for s in document.segments() {
        let lang = s.lang.code();
        writeln!(out, "segment {} {lang} [{}] {}: {}", s.index, time(s.time), speaker(s.turn), s.text).unwrap();
    }
    out
}

/// What holds for every document with cues.
fn check(document: &Document, bytes: usize) {
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
        assert!(!cue.words.text().trim().is_empty());
        assert!(cue.turn.is_none_or(|t| t < document.turns().len()));
    }
    // Every word of every cue is in a segment.
    let bare = |text: &str| text.chars().filter(|c| !c.is_whitespace() && !is_hidden(*c)).collect::<String>();
    let cues: String = document.cues().iter().map(|c| bare(c.words.text())).collect();
    let segments: String = document.segments().iter().map(|s| bare(&s.text)).collect();
    assert_eq!(cues, segments);
}

/// Characters without width that count as blank.
fn is_hidden(c: char) -> bool {
    matches!(c, '\u{200B}' | '\u{2060}' | '\u{FEFF}')
}

#[test]
fn files_are_read_as_expected() {
    let mut different = Vec::new();
    for file in cases() {
        let bytes = fs::read(&file).unwrap();
        let name = file.file_name().unwrap().to_str().unwrap();
        let document = Document::read(Source::from_bytes(name, &bytes).unwrap(), Format::Auto).unwrap();
        assert_eq!(document.format().name(), file.extension().unwrap().to_str().unwrap(), "{name}");
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
    for name in ["habit.srt", "unmarked.srt", "both.srt", "voices.vtt"] {
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
        (Format::Srt, "Hello.\nNo times here.", "case:1: no line with times"),
        (Format::Srt, "A title\n\n1\n00:01,000 --> 00:02,000\nHello.", "case:1: text before the first cue"),
        (Format::Vtt, "00:01.000 --> 00:02.000\nHello.", "case:1: a WebVTT file begins with the line WEBVTT"),
        (Format::Json, "{\"segments\": [\n{]}", "case:2: no JSON"),
        (
            Format::Json,
            "\n{\"title\": \"Hello\"}",
            "case:2: JSON, but no transcript of a kind that duiqi reads: Whisper",
        ),
        (Format::Json, "[1, 2]", "AssemblyAI"),
    ];
    for (format, text, message) in cases {
        let error = Document::read(Source::from_text("case", text), format).unwrap_err();
        assert!(matches!(error, Error::Layout { .. }) && error.to_string().contains(message), "{error}");
        let plain = Document::read(Source::from_text("case", text), Format::Auto).unwrap();
        assert!(plain.cues().is_empty() || format == Format::Vtt, "{text}");
    }
    for text in
        ["WEBVTT is a format.\n\nIt has cues.", "WEBVTT\n\nNOTE nothing", "{\"segments\": []}", "[00:01] Hello.", "[]"]
    {
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

#[test]
fn times_travel_to_the_output() {
    let line = OutputFormat::Jsonl.text(&webinar(Lang::En));
    let first: serde_json::Value = serde_json::from_str(line.lines().next().unwrap()).unwrap();
    assert_eq!(first["en"][0]["time"], serde_json::json!([1.24, 5.59]));
    assert_eq!(first["zh"][0]["time"], serde_json::json!([1.31, 5.95]));
    let plain = duiqi::align("It opens at six.", "六点开门。").unwrap();
    assert!(!OutputFormat::Jsonl.text(&plain).contains("\"time\""));
}

fn read(file: &str) -> Source {
    Source::from_bytes(file, &fs::read(root().join("data").join(file)).unwrap()).unwrap()
}

fn webinar(first: Lang) -> Alignment {
    let (en, zh) = (read("webinar/en.vtt"), read("webinar/zh.vtt"));
    let (a, b) = if first == Lang::En { (en, zh) } else { (zh, en) };
    Aligner::builder().build().unwrap().align_sources(a, b).unwrap()
}

/// Words without blanks.
fn bare(text: &str) -> String {
    text.chars().filter(|c| !c.is_whitespace() && !is_hidden(*c)).collect()
}

fn words(document: &Document, lang: Lang) -> String {
    document.segments().iter().filter(|s| s.lang == lang).map(|s| bare(&s.text)).collect()
}

#[test]
fn subtitles_hold_both_languages() {
    for first in [Lang::En, Lang::Zh] {
        let alignment = webinar(first);
        for (output, format) in [(OutputFormat::Vtt, Format::Vtt), (OutputFormat::Srt, Format::Srt)] {
            let text = output.text(&alignment);
            let again = Document::read(Source::from_text("written", &text), Format::Auto).unwrap();
            assert_eq!(again.format(), format);
            check(&again, text.len());
            let own = &alignment.side(first).document;
            // What only the other side says has cues of its own among them.
            let mut cues = again.cues().iter();
            for cue in own.cues() {
                let same = |c: &&duiqi::document::Cue| {
                    c.time == cue.time && c.words.text().lines().next() == Some(cue.words.text())
                };
                assert!(cues.any(|c| same(&c)), "{first:?} {output}: {cue:?}");
            }
            assert_eq!(words(&again, first), words(own, first), "{output}");
            if first == Lang::En {
                // The sentence without counterpart stands where it is said, before the end of the one before it.
                let other = &alignment.side(Lang::Zh).document;
                let sorted = |text: String| {
                    let mut chars: Vec<char> = text.chars().collect();
                    chars.sort_unstable();
                    chars
                };
                assert_eq!(sorted(words(&again, Lang::Zh)), sorted(words(other, Lang::Zh)), "{output}");
            }
            let speakers = again.turns().iter().filter_map(|t| t.label.as_ref()).count();
            assert_eq!(speakers > 0, format == Format::Vtt, "SRT has no names where the input wrote none");
        }
    }
}

#[test]
fn habits_of_srt_are_kept() {
    let en = fs::read_to_string(root().join("tests/cases/reading/timed/habit.srt")).unwrap();
    let zh = "欢迎回到港口节目，我们聊聊船和船上的人。\n五月我们卖出1250张票，六月不到1300张。\n破纪录了吗？\n是的。\n谢谢，汤姆。\n42就是那个数字。\n";
    let alignment = duiqi::align(&en, zh).unwrap();
    let srt = OutputFormat::Srt.text(&alignment);
    for line in [
        "ANNA: Welcome back to the harbour show,",
        "TOM: We sold 1,250 tickets",
        "- Was that a record?",
        "- 破纪录了吗？",
    ] {
        assert!(srt.lines().any(|l| l == line), "{line} in\n{srt}");
    }
    let vtt = OutputFormat::Vtt.text(&alignment);
    assert!(vtt.contains("<v TOM>We sold 1,250 tickets\nin May &lt; 1,300 in June.\n"), "{vtt}");
    let again = Document::read(Source::from_text("written", &vtt), Format::Auto).unwrap();
    let own = &alignment.side(Lang::En).document;
    for cue in own.cues() {
        assert!(again.cues().iter().any(|c| c.words.text().starts_with(cue.words.text())), "{cue:?}");
    }
}

#[test]
fn subtitles_of_texts_without_times_are_refused() {
    let alignment = duiqi::align("It opens at six.", "六点开门。").unwrap();
    for format in [OutputFormat::Srt, OutputFormat::Vtt] {
        let error = format.write(&alignment, &mut Vec::new()).unwrap_err();
        assert_eq!(error.kind(), std::io::ErrorKind::InvalidInput);
        let inner = error.get_ref().and_then(|e| e.downcast_ref::<Error>());
        assert!(matches!(inner, Some(Error::Untimed { .. })), "{error}");
    }
}

/// A side without times gets those of the other, and what stands alone on it goes with the nearest cue.
#[test]
fn one_side_with_times_is_enough() {
    let en =
        "1\n00:00:01,000 --> 00:00:02,000\nIt opens\n\n2\n00:00:02,000 --> 00:00:03,000\nat six. It closes at nine.\n";
    let zh = "六点开门。请准时。\n九点关门。";
    let en = Document::read(Source::from_text("en", en), Format::Srt).unwrap();
    let zh = Document::read(Source::from_text("zh", zh), Format::Plain).unwrap();
    let bead = |en: &[usize], zh: &[usize]| Bead { en: en.to_vec(), zh: zh.to_vec(), confidence: 0.9 };
    let list = vec![bead(&[0], &[0]), bead(&[], &[1]), bead(&[1], &[2])];
    let side = |d: Document| Side::whole(std::sync::Arc::new(d));
    let alignment = Alignment::new(side(en), side(zh), Lang::Zh, Relation::Parallel, list).unwrap();
    let expected = "1\n00:00:01,000 --> 00:00:02,000\nIt opens\n六点\n\n2\n00:00:02,000 --> 00:00:03,000\nat six. It closes at nine.\n开门。请准时。九点关门。\n";
    assert_eq!(OutputFormat::Srt.text(&alignment), expected);
}

/// What looks like markup of the format stays words.
#[test]
fn words_cannot_break_out() {
    let hostile = "{\"segments\": [{\"start\": 0, \"end\": 1, \"text\": \"a <i>b</i> &amp; 00:01 --> 00:02 <v X> {\\\\an8} & c.\"}]}";
    let alignment = duiqi::align(hostile, "一句话。").unwrap();
    let own = words(&alignment.side(Lang::En).document, Lang::En);
    for format in [OutputFormat::Vtt, OutputFormat::Srt] {
        let text = format.text(&alignment);
        let again = Document::read(Source::from_text("written", &text), Format::Auto).unwrap();
        assert_eq!(again.cues().len(), 1, "{text}");
        assert_eq!(words(&again, Lang::En), own, "{text}");
    }
    assert!(!OutputFormat::Vtt.text(&alignment).contains("00:01 -->"));
}

/// Runs a script of `tests/outside` on bilingual subtitles; what it must print is one line a cue: milliseconds and words.
fn outside(program: &str, script: &str, format: OutputFormat) {
    let folder = std::env::temp_dir().join(format!("duiqi-{script}-{}", std::process::id()));
    fs::create_dir_all(&folder).unwrap();
    let file = folder.join(format!("written.{format}"));
    let text = format.text(&webinar(Lang::En));
    fs::write(&file, &text).unwrap();
    let run = Command::new(program).arg(root().join("tests/outside").join(script)).arg(&file).output();
    let _ = fs::remove_dir_all(&folder);
    let Ok(output) = run else {
        println!("skipped: there is no {program}");
        return;
    };
    let said = String::from_utf8_lossy(&output.stdout).into_owned();
    if output.status.code() == Some(ABSENT) {
        println!("skipped: {}", said.trim());
        return;
    }
    assert!(output.status.success(), "{said}{}", String::from_utf8_lossy(&output.stderr));
    let again = Document::read(Source::from_text("written", &text), Format::Auto).unwrap();
    let line = |c: &duiqi::document::Cue| {
        let t = c.time.unwrap();
        let millis = |s: f64| (s * 1e3).round() as u64;
        format!("{} {} {}", millis(t.start), millis(t.end), bare(c.words.text()))
    };
    let expected: Vec<String> = again.cues().iter().map(line).collect();
    assert!(expected.len() > 60);
    assert_eq!(said.lines().collect::<Vec<_>>(), expected);
}

/// Exit status of a script whose parser is not installed.
const ABSENT: i32 = 77;

#[test]
fn another_parser_reads_the_vtt() {
    outside("node", "read_vtt.js", OutputFormat::Vtt);
}

#[test]
fn another_parser_reads_the_srt() {
    outside("python3", "read_srt.py", OutputFormat::Srt);
}

fn pieces() -> impl Strategy<Value = String> {
    let parts = prop::sample::select(vec![
        "WEBVTT",
        "\n",
        "\n\n",
        "\r\n",
        "\r",
        "1",
        "2\n",
        "00:00:01,000 --> 00:00:02,500\n",
        "00:03.000 --> 00:02.000 align:start\n",
        "-->",
        "00:01",
        "NOTE ",
        "<v Ann>",
        "<v.loud 安>",
        "</v>",
        "<i>",
        "</i>",
        "<",
        ">",
        "&amp;",
        "&lt;",
        "&#x4f60;",
        "&",
        ";",
        "{\\an8}",
        "<rt>",
        "</rt>",
        "- ",
        "ANNA: ",
        "Bo: ",
        "主持人：",
        ">> ",
        "Hello there. ",
        "and so on ",
        "你好。",
        "船和人",
        "“",
        "”",
        "3.5",
        "😀",
        "é",
        "\t",
        " ",
        "\u{3000}",
        "\u{200B}",
        "\0",
        "<00:00:01.000>",
    ]);
    prop::collection::vec(parts, 0..40).prop_map(|p| p.concat())
}

/// JSON with the keys of all dialects, of any kind.
fn json() -> impl Strategy<Value = String> {
    let string = "([a-z .]|你|。|\\\\\"|\\\\n|\\\\r|\\\\u4f60|\\\\ud83d\\\\ude00|\\\\ud800|\\\\udc00|😀){0,12}";
    let leaf = prop_oneof![
        Just("null".to_owned()),
        Just("true".to_owned()),
        (-10i32..90_000).prop_map(|n| n.to_string()),
        Just("1e300".to_owned()),
        Just("2.5".to_owned()),
        string.prop_map(|s| format!("\"{s}\"")),
    ];
    let keys = [
        "segments",
        "text",
        "start",
        "end",
        "speaker",
        "words",
        "transcription",
        "offsets",
        "from",
        "to",
        "chunks",
        "timestamp",
        "utterances",
        "results",
        "channels",
        "alternatives",
        "paragraphs",
        "sentences",
        "transcript",
        "speakers",
        "speaker_info",
        "name",
        "title",
        "timestamps",
        "start_times",
    ];
    leaf.prop_recursive(6, 80, 6, move |inner| {
        let member = (prop::sample::select(keys.to_vec()), inner.clone()).prop_map(|(k, v)| format!("\"{k}\": {v}"));
        prop_oneof![
            prop::collection::vec(inner, 0..5).prop_map(|v| format!("[{}]", v.join(", "))),
            prop::collection::vec(member, 0..6).prop_map(|v| format!("{{{}}}", v.join(",\n"))),
        ]
    })
}

fn check_all(text: &str) {
    for format in [Format::Auto, Format::Srt, Format::Vtt, Format::Json] {
        match Document::read(Source::from_text("any", text), format) {
            Ok(document) if document.cues().is_empty() => {}
            Ok(document) => check(&document, text.len()),
            Err(Error::Layout { line, .. }) => assert!(line >= 1 && format != Format::Auto),
            Err(e) => panic!("{e}"),
        }
    }
}

/// Cues of one language: words, and whether a sentence ends.
fn side(lang: Lang, cues: &[(u8, bool)], vtt: bool) -> String {
    let vocabulary = match lang {
        Lang::En => ["river", "shop", "1.2 million", "the old mountain", "- so", "and well"],
        Lang::Zh => ["河", "小店", "120万", "老山的早上", "-所以", "都好"],
    };
    let mut text = if vtt { "WEBVTT\n".to_owned() } else { String::new() };
    for (k, (word, ends)) in cues.iter().enumerate() {
        let words = vocabulary[usize::from(*word) % vocabulary.len()];
        let mark = if !ends {
            ""
        } else if lang == Lang::En {
            "."
        } else {
            "。"
        };
        let _ = write!(
            text,
            "\n00:{:02}:{:02}.000 --> 00:{:02}:{:02}.900\n{words}{mark}\n",
            k / 60,
            k % 60,
            k / 60,
            k % 60
        );
    }
    text
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn any_pieces(text in pieces()) {
        check_all(&text);
        check_all(&format!("WEBVTT\n\n00:01.000 --> 00:02.000\n{text}"));
        check_all(&format!("00:01,000 --> 00:02,000\n{text}"));
    }

    #[test]
    fn any_json(text in json()) {
        check_all(&text);
    }

    #[test]
    fn any_bytes(bytes in prop::collection::vec(any::<u8>(), 0..100)) {
        if let Ok(source) = Source::from_bytes("any", &[b"WEBVTT\n\n00:01.000 --> 00:02.000\n".as_slice(), &bytes].concat()) {
            let document = Document::read(source, Format::Auto).unwrap();
            if !document.cues().is_empty() {
                check(&document, bytes.len() + 34);
            }
        }
    }

    /// Whatever the beads are, all words of both sides are in the subtitles.
    #[test]
    fn no_word_is_lost(
        en in prop::collection::vec((any::<u8>(), any::<bool>()), 1..12),
        zh in prop::collection::vec((any::<u8>(), any::<bool>()), 1..12),
        shapes in prop::collection::vec((0usize..3, 0usize..3), 12),
        timed in any::<bool>(),
    ) {
        let read = |lang, text: &str, format| Side::whole(std::sync::Arc::new(
            Document::read_as(Source::from_text("any", text), format, lang).unwrap()));
        let en = read(Lang::En, &side(Lang::En, &en, true), Format::Vtt);
        let zh = match timed {
            true => read(Lang::Zh, &side(Lang::Zh, &zh, false), Format::Srt),
            false => read(Lang::Zh, &"河边的小店，120万。\n".repeat(zh.len()), Format::Plain),
        };
        let (mut i, mut j, mut beads) = (0, 0, Vec::new());
        let rest = [(en.segments.len(), zh.segments.len())];
        for (a, b) in shapes.into_iter().chain(rest) {
            let (a, b) = (a.min(en.segments.len() - i), b.min(zh.segments.len() - j));
            if a + b > 0 {
                beads.push(Bead { en: (i..i + a).collect(), zh: (j..j + b).collect(), confidence: 0.5 });
            }
            (i, j) = (i + a, j + b);
        }
        let sorted = |text: String| { let mut c: Vec<char> = text.chars().collect(); c.sort_unstable(); c };
        let input = words(&en.document, Lang::En) + &words(&zh.document, Lang::Zh);
        let alignment = Alignment::new(en, zh, Lang::En, Relation::Parallel, beads).unwrap();
        for format in [OutputFormat::Vtt, OutputFormat::Srt] {
            let text = format.text(&alignment);
            let again = Document::read(Source::from_text("written", &text), Format::Auto).unwrap();
            let found: String = again.cues().iter().map(|c| bare(c.words.text())).collect();
            prop_assert_eq!(sorted(found), sorted(input.clone()), "{}", text);
        }
    }
}
