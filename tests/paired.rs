//! Files of pairs, TMX and XLIFF: read as the cases in `tests/cases/paired/` say, written and read back, and seen by tools of others
//! where these are installed. With `DUIQI_BLESS=1` the expected files are written anew, to be read before they are committed.
#![cfg(feature = "xml")]
// The helpers of a test fail like the test itself.
#![allow(clippy::unwrap_used)]

use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::sync::{Arc, LazyLock};

use duiqi::train::{
    alignment::{Entry, Side},
    evaluate::{strict_texts, texts_of},
    write::TmxStyle,
};
use duiqi::{
    Aligner, Alignment, Bead, Bitext, Document, ErrorKind, Format, Half, Lang, OutputFormat, Pair, PerLang, Relation,
    Source,
};
use proptest::prelude::*;

#[path = "paired/outside.rs"]
mod outside;

/// The forms that are read back.
const FORMS: [OutputFormat; 2] = [OutputFormat::Tmx, OutputFormat::Xliff];

static ALIGNER: LazyLock<Aligner> = LazyLock::new(|| Aligner::builder().build().unwrap());

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

fn cases() -> PathBuf {
    root().join("tests/cases/paired")
}

fn source(path: &Path) -> Source {
    Source::from_bytes(&path.file_name().unwrap().to_string_lossy(), &std::fs::read(path).unwrap()).unwrap()
}

/// Every segment stands where it says, as far as no code and no reference stands in it.
fn check_places(source: &Source, document: &Document) {
    let text = source.text();
    let mut end = 0;
    for segment in document.segments() {
        let (start, stop) = (source.text_offset(segment.range.start), source.text_offset(segment.range.end));
        let raw = text.get(start..stop).expect("character boundaries inside the file");
        assert!(start >= end && stop >= start, "{segment:?} behind {end}");
        end = stop;
        if !raw.contains(['<', '&', '\n', '\t', '\r']) {
            assert_eq!(raw, segment.text);
        }
        for (at, c) in segment.text.char_indices() {
            let place = document.locate(segment, at..at + c.len_utf8());
            assert!(segment.range.start <= place.start && place.end <= segment.range.end, "{c:?} of {segment:?}");
        }
        assert!(document.passages()[segment.passage].segments.contains(&segment.index));
        assert!(segment.turn.is_none_or(|t| document.turns()[t].segments.contains(&segment.index)));
    }
}

fn check_bitext(source: &Source, bitext: &Bitext) {
    check_places(source, bitext.document(Lang::En));
    check_places(source, bitext.document(Lang::Zh));
}

fn half(half: Half<'_>) -> String {
    let speaker = |label: &duiqi::Label| {
        let title = label.title.as_ref().map(|title| format!(" ({title})")).unwrap_or_default();
        format!("{}{title}: ", label.name)
    };
    let texts: Vec<&str> = half.segments().map(|s| s.text.as_str()).collect();
    match texts.is_empty() {
        true => "—".to_owned(),
        false => half.speaker().map(speaker).unwrap_or_default() + &texts.join(" / "),
    }
}

#[test]
fn files_are_read_as_expected() {
    let mut seen = 0;
    let mut different = Vec::new();
    let mut paths: Vec<PathBuf> = std::fs::read_dir(cases()).unwrap().map(|e| e.unwrap().path()).collect();
    paths.sort();
    for path in paths.into_iter().filter(|p| p.extension().is_some_and(|e| e == "tmx" || e == "xlf")) {
        let source = source(&path);
        let bitext = Bitext::read(source.clone()).unwrap();
        check_bitext(&source, &bitext);
        let mixed = Document::read(source.clone(), Format::Auto).unwrap();
        check_places(&source, &mixed);
        assert_eq!(mixed.format(), bitext.format());
        let number = |lang| bitext.document(lang).segments().len();
        assert_eq!(mixed.segments().len(), number(Lang::En) + number(Lang::Zh));

        let mut text = format!("{}, {} first\n", bitext.format().name(), bitext.first().name());
        for note in bitext.notes() {
            writeln!(text, "note: {note}").unwrap();
        }
        let alignment = ALIGNER.pair_bitext(bitext).unwrap();
        for pair in alignment.pairs() {
            let (en, zh) = (half(pair.en()), half(pair.zh()));
            writeln!(text, "\n{} · {:.0}%\n  {en}\n  {zh}", pair.id(), pair.confidence() * 100.0).unwrap();
        }
        let expected = path.with_extension("expected");
        if std::env::var_os("DUIQI_BLESS").is_some() {
            std::fs::write(&expected, &text).unwrap();
        }
        if std::fs::read_to_string(&expected).unwrap_or_default() != text {
            different.push(format!("{}:\n{text}", expected.display()));
        }
        seen += 1;
    }
    assert!(different.is_empty(), "{}", different.join("\n"));
    assert!(seen >= 5, "{seen} cases only");
}

#[test]
fn bad_files_are_refused_with_their_line() {
    let file = std::fs::read_to_string(cases().join("bad.txt")).unwrap();
    let mut seen = 0;
    for case in file.split("\n=== ").skip(1) {
        let (name, case) = case.split_once('\n').unwrap();
        let (text, said) = case.split_once("\n--- ").unwrap();
        let error = Bitext::read(Source::from_text("x", text)).unwrap_err();
        let shown = error.to_string();
        let said = said.trim_end();
        match said.split_once(": ") {
            Some((line, what)) if line.chars().all(|c| c.is_ascii_digit()) => {
                assert_eq!(error.kind(), ErrorKind::Malformed, "{name}: {error:?}");
                assert!(shown.starts_with(&format!("x:{line}: ")) && shown.contains(what), "{name}: {shown}");
            }
            _ => assert!(shown.contains(said), "{name}: {shown}"),
        }
        seen += 1;
    }
    assert!(seen >= 12, "{seen} cases only");
}

#[test]
fn a_reference_at_the_end_belongs_to_its_segment() {
    let bitext = Bitext::read(source(&cases().join("harbour.tmx"))).unwrap();
    let en = bitext.document(Lang::En);
    let last = en.segments().last().unwrap();
    let file = std::fs::read_to_string(cases().join("harbour.tmx")).unwrap();
    let raw = "Call the <hi type=\"term\">harbour master</hi> on &quot;channel 12&quot;";
    assert_eq!(&file[last.range.clone()], raw);
    let at = last.text.find("master").unwrap();
    assert_eq!(&file[en.locate(last, at..at + 6)], "master");
}

/// What must come through a file: everything of the pairs but anchors, which come from the words.
fn facts(pair: &Pair<'_>) -> String {
    let segments = |lang| {
        pair.half(lang).segments().map(|s| s.text.split_whitespace().collect::<Vec<_>>().join(" ")).collect::<Vec<_>>()
    };
    let labels = |lang| pair.half(lang).segments().map(|s| pair.half(lang).speaker_of(s).cloned()).collect::<Vec<_>>();
    let (en, zh) = (Lang::En, Lang::Zh);
    format!(
        "{} {} {:.4} {:?} {:?} {:?} {:?} {:?} {:?}",
        pair.id(),
        pair.shape(),
        pair.confidence(),
        pair.is_moved(),
        pair.same_speaker(),
        segments(en),
        segments(zh),
        labels(en),
        labels(zh),
    )
}

fn read_back(format: OutputFormat, alignment: &Alignment) -> Alignment {
    let written = Source::from_text("written", &format.text(alignment));
    let bitext = Bitext::read(written.clone()).unwrap();
    assert_eq!(bitext.notes(), [], "{format}");
    check_bitext(&written, &bitext);
    ALIGNER.pair_bitext(bitext).unwrap()
}

fn data(name: &str) -> Source {
    source(&root().join("data").join(name))
}

/// Alignments of all sorts: speakers and titles, either language first, a mixed article, a passage that is moved.
static SAMPLES: LazyLock<Vec<(&str, Alignment)>> = LazyLock::new(|| {
    let pair = |a, b| ALIGNER.align_sources(data(a), data(b)).unwrap();
    let call = pair("earnings-call/en.md", "earnings-call/zh.md");
    let article = ALIGNER.align_article_source(data("mixed-article/article.txt")).unwrap();
    vec![
        ("interview", pair("interview/en.txt", "interview/zh.txt")),
        ("press release, Chinese first", pair("press-release/zh.md", "press-release/en.md")),
        ("sure pairs of the call", call.clone().at_least(0.9).unwrap()),
        ("call", call),
        ("article", article),
        ("moved", moved()),
    ]
});

fn moved() -> Alignment {
    let side = |text: &str, lang| {
        Side::whole(Arc::new(Document::read_as(Source::from_text("t", text), Format::Plain, lang).unwrap()))
    };
    let en = side("Ann: One & only.\n\nBob: Two <three>.\n\nAnn: Four ]]> five.", Lang::En);
    let zh = side("鲍勃：二<三>。\n\n安：独一&无二。\n\n安：四。五。", Lang::Zh);
    let bead = |en: &[usize], zh: &[usize]| Bead { en: en.to_vec(), zh: zh.to_vec(), confidence: 0.5 };
    let beads = vec![bead(&[0], &[1]), bead(&[1], &[0]), bead(&[2], &[2, 3])];
    let mut entries: Vec<Entry> = beads.into_iter().map(Entry::from).collect();
    entries[1].moved = true;
    entries.iter_mut().for_each(|entry| entry.same_speaker = Some(true));
    Alignment::new(PerLang { en, zh }, Lang::Zh, Relation::Parallel, entries).unwrap()
}

#[test]
fn what_is_written_is_read_back() {
    for (name, alignment) in SAMPLES.iter() {
        let expected: Vec<String> = alignment.pairs().filter(|p| !p.is_one_sided()).map(|p| facts(&p)).collect();
        assert!(expected.len() > 2, "{name}");
        for format in FORMS {
            assert!(!format.takes_one_sided());
            let back = read_back(format, alignment);
            let found: Vec<String> = back.pairs().map(|p| facts(&p)).collect();
            assert_eq!(found, expected, "{name}, {format}");
            assert_eq!((back.first(), back.relation()), (alignment.first(), alignment.relation()), "{name}, {format}");
            assert!((back.confidence() - alignment.confidence()).abs() < 1e-4, "{name}, {format}");
            // Written again, the same pairs; other bytes only where they point into another file.
            assert_eq!(strict_texts(&texts_of(&read_back(format, &back)), &texts_of(alignment)).f1(), 1.0);
        }
    }
}

#[test]
fn anchors_are_found_again() {
    let mut count = 0;
    for (name, alignment) in SAMPLES.iter().take(4) {
        let anchors = |alignment: &Alignment| -> Vec<String> {
            let both = alignment.pairs().filter(|p| !p.is_one_sided());
            let shown = |a: &duiqi::SharedAnchor| format!("{:?} {} {} {:?}", a.kind, a.en.text, a.zh.text, a.value);
            both.flat_map(|p| p.anchors().iter().map(shown).collect::<Vec<_>>()).collect()
        };
        let expected = anchors(alignment);
        count += expected.len();
        for format in FORMS {
            assert_eq!(anchors(&read_back(format, alignment)), expected, "{name}, {format}");
        }
    }
    assert!(count > 100, "{count} anchors only");
}

#[test]
fn findings_are_those_of_the_texts() {
    let alignment = ALIGNER.align_sources(data("press-release/en.md"), data("press-release/zh.md")).unwrap();
    let numbers = |alignment: &Alignment| -> Vec<String> {
        let of_numbers = |f: &duiqi::Finding| f.kind == duiqi::check::Kind::Number;
        duiqi::check(alignment).into_iter().filter(of_numbers).map(|f| format!("{} {}", f.pair, f.message)).collect()
    };
    let expected = numbers(&alignment);
    assert!(expected.len() > 3, "{expected:?}");
    for format in FORMS {
        let back = read_back(format, &alignment);
        assert_eq!(numbers(&back), expected, "{format}");
        let file = format.text(&alignment);
        for finding in duiqi::check(&back) {
            for span in finding.en.iter().chain(&finding.zh) {
                let raw = &file[span.start..span.end];
                assert!(raw.starts_with('&') || raw.chars().next() == span.text.chars().next(), "{span:?}: {raw}");
            }
        }
    }
}

#[test]
fn dates_of_creation_have_the_form_of_tmx() {
    let alignment = moved();
    assert!(!OutputFormat::Tmx.text(&alignment).contains("creationdate"));
    let mut bytes = Vec::new();
    TmxStyle::dated("20240229T235959Z").unwrap().write(&alignment, &mut bytes).unwrap();
    assert!(String::from_utf8(bytes).unwrap().contains(" creationdate=\"20240229T235959Z\""));
    for date in ["", "2024-02-29", "20240229T235959", "20240229t235959z", "20240229T23595\u{0661}Z"] {
        let error = TmxStyle::dated(date).unwrap_err();
        assert_eq!((error.kind(), error.part()), (ErrorKind::Argument, Some("date")), "{date}");
    }
}

#[test]
fn nothing_but_pairs_is_in_an_empty_file() {
    let side =
        |lang| Side::whole(Arc::new(Document::read_as(Source::from_text("t", "a\n"), Format::Lines, lang).unwrap()));
    let alone =
        vec![Bead { en: vec![0], zh: vec![], confidence: 1.0 }, Bead { en: vec![], zh: vec![0], confidence: 1.0 }];
    let alignment = Alignment::new(PerLang::from_fn(side), Lang::En, Relation::Parallel, alone).unwrap();
    for format in FORMS {
        let text = format.text(&alignment);
        let error = Bitext::read(Source::from_text("t", &text)).unwrap_err();
        assert_eq!(error.kind(), ErrorKind::Empty, "{text}");
    }
}

/// Pieces of files of pairs, and what does harm in them.
fn pieces() -> impl Strategy<Value = String> {
    let pieces = vec![
        "<tmx>",
        "</tmx>",
        "<body>",
        "</body>",
        "<tu>",
        "<tu tuid=\"1\">",
        "</tu>",
        "<tuv xml:lang=\"en\">",
        "<tuv xml:lang=\"zh\">",
        "<tuv>",
        "</tuv>",
        "<seg>",
        "</seg>",
        "<seg/>",
        "<prop type=\"x-lengths\">",
        "<prop type=\"x-turn\">",
        "<prop type=\"x-speaker\">",
        "</prop>",
        "1 2",
        "0 - 1",
        "<bpt i=\"1\">",
        "</bpt>",
        "<ph type=\"lb\"/>",
        "<sub>",
        "</sub>",
        "<hi>",
        "</hi>",
        "<xliff srcLang=\"en\" trgLang=\"zh\">",
        "</xliff>",
        "<file>",
        "</file>",
        "<unit>",
        "</unit>",
        "<segment>",
        "</segment>",
        "<source>",
        "</source>",
        "<target>",
        "</target>",
        "<trans-unit>",
        "</trans-unit>",
        "<a:metaGroup category=\"duiqi\">",
        "</a:metaGroup>",
        "<header srclang=\"en\"/>",
        "<![CDATA[",
        "]]>",
        "<!--",
        "-->",
        "<?xml version=\"1.0\"?>",
        "<!DOCTYPE tmx [",
        "]>",
        "&",
        "&amp;",
        "&#20013;",
        "&#0;",
        "&#x10FFFF;",
        "&x;",
        "<",
        ">",
        "\"",
        "Good.",
        "好。",
        "é😀",
        "\n",
        "\r\n",
        "\t",
        " ",
        "\0",
        "\u{FEFF}",
        "　",
    ];
    prop::collection::vec(prop::sample::select(pieces), 0..40).prop_map(|pieces| pieces.concat())
}

/// A file that is whole but for what stands in its texts.
fn whole(inner: &str, value: &str) -> [String; 2] {
    [
        format!(
            "<tmx><header srclang=\"zh\"/><body><tu tuid=\"{value}\"><prop type=\"x-relation\">moved</prop>\
            <prop type=\"x-confidence\">{value}</prop><tuv xml:lang=\"en\"><prop type=\"x-lengths\">{value}</prop><prop type=\"x-turn\">{value}</prop>\
            <prop type=\"x-speaker\">Ann</prop><seg>{inner}</seg></tuv><tuv xml:lang=\"zh\"><seg>{inner}</seg></tuv></tu></body></tmx>"
        ),
        format!(
            "<xliff srcLang=\"en\" trgLang=\"zh\"><file><unit id=\"1\"><segment><source>{inner}</source><target>{inner}</target></segment></unit></file></xliff>"
        ),
    ]
}

fn any_file(text: &str) {
    let source = Source::from_text("any", text);
    if let Ok(bitext) = Bitext::read(source.clone()) {
        check_bitext(&source, &bitext);
        let alignment = ALIGNER.pair_bitext(bitext).unwrap();
        duiqi::check(&alignment);
        for format in FORMS {
            let back = read_back(format, &alignment);
            assert_eq!(texts_of(&back), texts_of(&alignment));
        }
    }
    for format in [Format::Tmx, Format::Xliff] {
        if let Ok(document) = Document::read(source.clone(), format) {
            check_places(&source, &document);
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn any_pieces_are_read_or_refused(text in pieces()) {
        any_file(&text);
    }

    #[test]
    fn any_words_in_a_whole_file(inner in "(a|好|。| |\n|\t|&amp;|&lt;|&#20013;|<hi>x</hi>|<ph type=\"lb\"/>|<bpt>y</bpt>|<!-- z -->|<!\\[CDATA\\[&<]]>|\u{3000}|😀){0,12}",
                                 value in "[0-9 -]{0,6}") {
        whole(&inner, &value).iter().for_each(|text| any_file(text));
    }

    /// Whatever stands in a text comes out as XML that is read back, but for what XML cannot hold.
    #[test]
    fn any_text_is_written(en in "\\PC{0,12}[\\x00-\\x1F<>&\"'\\]\u{FFFE}\u{FFFF}\u{85}\u{2028}]{0,6}x", zh in "[\\x00-\\x20<>&一二。]{0,12}好") {
        let side = |text: &str, lang| Side::whole(Arc::new(Document::read_as(Source::from_text(text, text), Format::Lines, lang).unwrap()));
        let (en, zh) = (side(&en, Lang::En), side(&zh, Lang::Zh));
        let all = |side: &Side| (0..side.segments.len()).collect::<Vec<_>>();
        let bead = Bead { en: all(&en), zh: all(&zh), confidence: 0.25 };
        let alignment = Alignment::new(PerLang { en, zh }, Lang::En, Relation::Parallel, vec![bead]).unwrap();
        for format in FORMS {
            let text = format.text(&alignment);
            prop_assert!(text.chars().all(|c| c == '\n' || !c.is_control() && !matches!(c, '\u{FFFE}' | '\u{FFFF}')), "{}", text);
            let back = read_back(format, &alignment);
            let tame = |c: char| match c {
                '\u{FFFE}' | '\u{FFFF}' => '\u{FFFD}',
                c if c.is_control() || c.is_whitespace() => ' ',
                c => c,
            };
            let words = |half: Half<'_>| -> Vec<String> {
                let tamed = half.segments().map(|s| s.text.chars().map(tame).collect::<String>());
                tamed.map(|text| text.split_whitespace().collect::<Vec<_>>().join(" ")).collect()
            };
            let (a, b) = (alignment.pairs().next().unwrap(), back.pairs().next().unwrap());
            prop_assert_eq!([words(a.en()), words(a.zh())], [words(b.en()), words(b.zh())]);
        }
    }
}
