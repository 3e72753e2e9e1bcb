//! Whatever a file with time codes holds.

use std::fmt::Write as _;

use duiqi::train::alignment::Side;
use duiqi::{Alignment, Bead, Document, ErrorKind, Format, Lang, OutputFormat, PerLang, Relation, Source};
use proptest::prelude::*;

use crate::checks::{bare, check, words};

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
        "00:00:01,000 -> 00:00:02,000\n",
        "[Script Info]\n",
        "[Events]\n",
        "Dialogue: 0,0:00:01.00,0:00:02.00,Default,,0,0,0,,",
        "Comment: ",
        "{\\p1}",
        "{\\p0}",
        "\\N",
        "\\h",
        "♪",
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
        "events",
        "segs",
        "utf8",
        "tStartMs",
        "word",
        "content",
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
    for format in [Format::Auto, Format::Srt, Format::Vtt, Format::Ass, Format::Json] {
        match Document::read(Source::from_text("any", text), format) {
            Ok(document) if document.cues().is_empty() => {}
            Ok(document) => check(&document, text.len()),
            Err(error) if matches!(error.kind(), ErrorKind::WrongFormat | ErrorKind::Malformed) => {
                assert!(error.line().is_some_and(|line| line >= 1), "{error}");
                assert_eq!(error.kind() == ErrorKind::Malformed, format == Format::Auto, "{error}");
            }
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
            let Ok(document) = Document::read(source, Format::Auto) else { return Ok(()) };
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
        let alignment = Alignment::new(PerLang { en, zh }, Lang::En, Relation::Parallel, beads).unwrap();
        for format in [OutputFormat::Vtt, OutputFormat::Srt, OutputFormat::Ass] {
            let text = format.text(&alignment);
            let again = Document::read(Source::from_text("written", &text), Format::Auto).unwrap();
            let found: String = again.cues().iter().map(|c| bare(c.text())).collect();
            prop_assert_eq!(sorted(found), sorted(input.clone()), "{}", text);
        }
    }
}
