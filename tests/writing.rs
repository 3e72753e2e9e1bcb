//! One contract for all writers, and the exact output of each for a small interview.
//!
//! `tests/cases/writing/` holds the two texts and what each writer makes of them; with `DUIQI_BLESS=1` the expected files
//! are written anew, to be read before they are committed.
// The helpers of a test fail like the test itself.
#![allow(clippy::unwrap_used)]

use std::io::{self, Write};
use std::path::PathBuf;
use std::str::FromStr;
use std::sync::Arc;

use duiqi::train::{
    alignment::{Entry, Side},
    evaluate::{beads_of, parse_beads},
    write::{TableStyle, write_moses},
};
use duiqi::{
    Alignment, AnchorKind, Bead, Document, Error, Format, Lang, OutputFormat, PerLang, Relation, SharedAnchor, Source,
    Span,
};
use proptest::prelude::*;

fn cases() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("tests/cases/writing")
}

fn document(name: &str, format: Format) -> Arc<Document> {
    let bytes = std::fs::read(cases().join(name)).unwrap();
    Arc::new(Document::read(Source::from_bytes(name, &bytes).unwrap(), format).unwrap())
}

/// Beads given as (English, Chinese, confidence).
fn beads(list: &[(&[usize], &[usize], f64)]) -> Vec<Bead> {
    list.iter().map(|&(en, zh, confidence)| Bead { en: en.to_vec(), zh: zh.to_vec(), confidence }).collect()
}

/// Where `words` stand in the file.
fn span(name: &str, words: &str) -> Span {
    let text = std::fs::read_to_string(cases().join(name)).unwrap();
    let start = text.find(words).unwrap();
    Span::new(start, words)
}

fn number(en: &str, zh: &str, value: &str, unit: &str) -> SharedAnchor {
    let (en, zh) = (span("en.txt", en), span("zh.txt", zh));
    let mut anchor = SharedAnchor::new(AnchorKind::Number, en, zh);
    anchor.value = Some(value.to_owned());
    anchor.unit = Some(unit.to_owned());
    anchor
}

/// The interview: 6 English segments, 6 Chinese ones, among them what neither side translates.
fn interview(first: Lang) -> Alignment {
    let (en, zh) = (document("en.txt", Format::Plain), document("zh.txt", Format::Plain));
    let list = beads(&[
        (&[0], &[0], 0.99876),
        (&[1], &[1], 1.0),
        (&[2], &[2, 3], 0.81),
        (&[3, 4], &[4], 0.29),
        (&[5], &[], 0.9),
        (&[], &[5], 0.55),
    ]);
    let shared = vec![number("$132 billion", "1320亿美元", "132000000000", "USD"), number("20%", "20%", "20", "%")];
    let same = [Some(true), Some(true), Some(true), Some(false), None, None];
    let mut entries: Vec<Entry> = list.into_iter().map(Entry::from).collect();
    entries.iter_mut().zip(same).for_each(|(entry, same)| entry.same_speaker = same);
    entries[1].anchors = shared;
    let sides = PerLang { en: Side::whole(en), zh: Side::whole(zh) };
    Alignment::new(sides, first, Relation::Parallel, entries).unwrap()
}

/// A text whose lines are segments, aligned line by line.
fn lines(en: &str, zh: &str, relation: Relation, list: Vec<Bead>) -> Result<Alignment, Error> {
    let side =
        |text: &str| Side::whole(Arc::new(Document::read(Source::from_text("lines", text), Format::Lines).unwrap()));
    Alignment::new(PerLang { en: side(en), zh: side(zh) }, Lang::En, relation, list)
}

/// Subtitles, of which the second cue ends inside a sentence, against a text without times.
fn subtitles(first: Lang) -> Alignment {
    let (en, zh) = (document("timed-en.vtt", Format::Vtt), document("timed-zh.txt", Format::Plain));
    let list = beads(&[(&[0], &[0], 0.9), (&[1], &[1], 0.8), (&[2], &[], 0.7), (&[], &[2], 0.6)]);
    Alignment::new(PerLang { en: Side::whole(en), zh: Side::whole(zh) }, first, Relation::Parallel, list).unwrap()
}

fn samples() -> Vec<Alignment> {
    let odd = lines("a\tb\u{1b}[2J\nc", "甲\t乙\n", Relation::Parallel, beads(&[(&[0, 1], &[0], 0.5)]));
    let linked = lines("one\ntwo", "一\n二", Relation::Comparable, beads(&[(&[1], &[0], 0.5), (&[1], &[1], 0.4)]));
    let empty = lines("", "", Relation::Parallel, Vec::new());
    vec![interview(Lang::En), interview(Lang::Zh), odd.unwrap(), linked.unwrap(), empty.unwrap(), subtitles(Lang::Zh)]
}

/// Takes `left` bytes, then refuses.
struct Full {
    left: usize,
}

impl Write for Full {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        if self.left == 0 {
            return Err(io::ErrorKind::StorageFull.into());
        }
        let n = bytes.len().min(self.left);
        self.left -= n;
        Ok(n)
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

#[test]
fn every_writer_keeps_the_contract() {
    for &format in OutputFormat::ALL {
        assert_eq!(OutputFormat::from_str(format.name()).unwrap(), format);
        for ending in format.endings() {
            let path = PathBuf::from(format!("a.b/c.{ending}"));
            assert_eq!(
                OutputFormat::of_path(&path).map(OutputFormat::endings),
                Some(format.endings()),
                "{format}: {ending}"
            );
        }
        for alignment in samples() {
            let text = format.text(&alignment);
            assert_eq!(text, format.text(&alignment), "{format}: the same bytes each time");
            assert!(text.is_empty() || text.ends_with('\n'), "{format}: whole lines");
            let tame = |c: char| {
                c == '\n'
                    || (c == '\t' && [OutputFormat::Tsv, OutputFormat::Ladder].contains(&format))
                    || !c.is_control()
            };
            assert!(text.chars().all(tame), "{format}: no control characters: {text:?}");
            if !text.is_empty() {
                for left in [0, text.len() / 2, text.len() - 1] {
                    let error = format.write(&alignment, &mut Full { left }).unwrap_err();
                    assert_eq!(error.kind(), io::ErrorKind::StorageFull, "{format}: errors are handed on");
                }
            }
        }
    }
    let error = OutputFormat::from_str("csv").unwrap_err().to_string();
    assert!(OutputFormat::ALL.iter().all(|f| error.contains(f.name())), "names what there is: {error}");
}

/// What is compared: of a page the rows, since its style and scripts are the same for all.
fn expected(format: OutputFormat, alignment: &Alignment) -> String {
    let text = format.text(alignment);
    match text.split_once("<main").and_then(|(_, rest)| rest.split_once("</main>")) {
        Some((main, _)) if format.name() == "html" => format!("<main{main}</main>\n"),
        _ => text,
    }
}

#[test]
fn writes_the_interview_as_expected() {
    let mut different = Vec::new();
    for (first, suffix) in [(Lang::En, ""), (Lang::Zh, "-zh-first")] {
        for &format in OutputFormat::ALL {
            let path = cases().join(format!("{format}{suffix}.expected"));
            // The version of the crate may stand in a file; a new one is no other output.
            let own = format!("\"{}\"", env!("CARGO_PKG_VERSION"));
            let text = expected(format, &interview(first)).replace(&own, "\"VERSION\"");
            if std::env::var_os("DUIQI_BLESS").is_some() && !text.is_empty() {
                std::fs::write(&path, &text).unwrap();
            }
            if std::fs::read_to_string(&path).unwrap_or_default() != text {
                different.push(format!("{}:\n{text}", path.display()));
            }
        }
    }
    assert!(different.is_empty(), "{}", different.join("\n"));
}

/// Every pair with two sides is in a form that takes no others, and no other is.
#[test]
fn forms_of_pairs_leave_out_what_has_no_counterpart() {
    for &format in OutputFormat::ALL.iter().filter(|f| !f.takes_one_sided()) {
        for first in [Lang::En, Lang::Zh] {
            let text = format.text(&interview(first));
            assert!(text.contains("芯片由谁制造？到年底之前") && text.contains("We build them ourselves."), "{format}");
            assert!(!text.contains("Thank you.") && !text.contains("以上内容"), "{format}");
        }
    }
}

/// What a build cannot do it says, and how to build it.
#[cfg(not(feature = "xml"))]
#[test]
fn forms_that_the_build_lacks_are_explained() {
    for name in ["tmx", "xliff", "xces"] {
        let error = OutputFormat::from_str(name).unwrap_err().to_string();
        assert!(error.contains(name) && error.contains("feature `xml`"), "{error}");
        assert_eq!(OutputFormat::of_path(format!("a.{name}").as_ref()), None);
    }
    let tmx = Source::from_text("a.tmx", "<tmx version=\"1.4\"></tmx>");
    for format in [Format::Auto, Format::Tmx] {
        let error = Document::read(tmx.clone(), format).unwrap_err().to_string();
        assert!(error.starts_with("a.tmx: ") && error.contains("feature `xml`"), "{error}");
    }
}

#[test]
fn what_has_no_counterpart_goes_into_a_file_of_its_own() {
    for alignment in samples() {
        let mut bytes = Vec::new();
        duiqi::train::write::write_unpaired(&alignment, &mut bytes).unwrap();
        let text = String::from_utf8(bytes).unwrap();
        let all = OutputFormat::Jsonl.text(&alignment);
        let expected: Vec<&str> =
            all.lines().filter(|l| l.contains(r#""en":[]"#) || l.contains(r#""zh":[]"#)).collect();
        assert_eq!(text.lines().collect::<Vec<_>>(), expected);
        assert_eq!(alignment.one_sided(), expected.len());
    }
    assert_eq!(interview(Lang::En).one_sided(), 2);
}

#[test]
fn writes_subtitles_as_expected() {
    for format in [OutputFormat::Srt, OutputFormat::Vtt, OutputFormat::Ass, OutputFormat::Jsonl] {
        let path = cases().join(format!("timed-{format}.expected"));
        let text = format.text(&subtitles(Lang::En));
        if std::env::var_os("DUIQI_BLESS").is_some() {
            std::fs::write(&path, &text).unwrap();
        }
        assert_eq!(std::fs::read_to_string(&path).unwrap_or_default(), text, "{}", path.display());
    }
}

#[test]
fn json_offsets_point_at_the_words() {
    for line in OutputFormat::Jsonl.text(&interview(Lang::En)).lines() {
        let pair: serde_json::Value = serde_json::from_str(line).unwrap();
        for lang in ["en", "zh"] {
            let file = std::fs::read_to_string(cases().join(format!("{lang}.txt"))).unwrap();
            let bytes = |v: &serde_json::Value| {
                let at = |key: &str| v[key].as_u64().unwrap() as usize;
                assert_eq!(&file[at("start")..at("end")], v["text"].as_str().unwrap());
            };
            pair[lang].as_array().unwrap().iter().for_each(bytes);
            pair["anchors"].as_array().unwrap().iter().for_each(|a| bytes(&a[lang]));
        }
    }
}

#[test]
fn json_names_the_relation_only_where_it_is_comparable() {
    let texts: Vec<String> = samples().iter().map(|a| OutputFormat::Jsonl.text(a)).collect();
    assert!(!texts[0].contains("relation"));
    assert!(texts[3].lines().all(|l| l.ends_with(r#","relation":"comparable"}"#)), "{}", texts[3]);
    assert!(OutputFormat::Table.text(&samples()[3]).contains("comparable"));
}

#[test]
fn table_keeps_to_its_width() {
    for columns in [0, 40, 80, 120, 300] {
        let mut bytes = Vec::new();
        TableStyle { width: columns, colour: false }.write(&interview(Lang::En), &mut bytes).unwrap();
        let text = String::from_utf8(bytes).unwrap();
        // The last line is a sentence of its own.
        let body = text.lines().count() - 1;
        for line in text.lines().take(body) {
            let wide = line.chars().filter(|c| *c as u32 >= 0x3000).count();
            assert!(line.chars().count() + wide <= columns.max(40), "{columns}: {line}");
        }
    }
}

#[test]
fn colours_change_nothing_but_colours() {
    let plain = OutputFormat::Table.text(&interview(Lang::En));
    let mut bytes = Vec::new();
    TableStyle { colour: true, ..TableStyle::default() }.write(&interview(Lang::En), &mut bytes).unwrap();
    let coloured = String::from_utf8(bytes).unwrap();
    let mut bare = String::new();
    for (i, part) in coloured.split("\x1b[").enumerate() {
        bare.push_str(if i == 0 { part } else { part.split_once('m').unwrap().1 });
    }
    assert!(coloured.contains("\x1b["));
    assert_eq!(bare, plain);
}

#[test]
fn alignments_that_break_a_rule_are_refused() {
    let cases: [(&str, Vec<Bead>, &str); 7] = [
        ("an empty bead", beads(&[(&[], &[], 0.5)]), "bead 0 is empty"),
        ("confidence", beads(&[(&[0], &[0], 1.5)]), "bead 0 has the confidence 1.5"),
        ("not a number", beads(&[(&[0], &[0], f64::NAN)]), "bead 0 has the confidence NaN"),
        ("beyond the text", beads(&[(&[0], &[0], 0.5), (&[1, 2], &[1], 0.5)]), "bead 1: indices must exist"),
        ("descending", beads(&[(&[1, 0], &[0], 0.5)]), "bead 0: indices must exist in the side, in ascending order"),
        ("left out", beads(&[(&[1], &[0, 1], 0.5)]), "bead 0 leaves out"),
        ("rest", beads(&[(&[0], &[0], 0.5)]), "the last segments are in no bead"),
    ];
    for (name, list, message) in cases {
        let error = lines("one\ntwo", "一\n二", Relation::Parallel, list).unwrap_err().to_string();
        assert!(error.contains(message), "{name}: {error}");
    }
}

proptest! {
    /// Any parallel alignment survives the way through its index file.
    #[test]
    fn indices_are_read_back(shapes in prop::collection::vec((0usize..4, 0usize..4), 0..20)) {
        let (mut en, mut zh, mut list) = (0, 0, Vec::new());
        for (a, b) in shapes.into_iter().filter(|s| *s != (0, 0)) {
            list.push(Bead { en: (en..en + a).collect(), zh: (zh..zh + b).collect(), confidence: 0.5 });
            (en, zh) = (en + a, zh + b);
        }
        let alignment = lines(&"a\n".repeat(en), &"字\n".repeat(zh), Relation::Parallel, list).unwrap();
        let written = OutputFormat::Indices.text(&alignment);
        prop_assert_eq!(parse_beads(&Source::from_text("written", &written)).unwrap(), beads_of(&alignment));
    }
}

/// Words of both halves, for pairs that have some on both sides.
fn two_sided(alignment: &Alignment) -> Vec<[String; 2]> {
    let words = |text: String| text.chars().map(|c| if c.is_control() { ' ' } else { c }).collect::<String>();
    let pairs = alignment.pairs().map(|p| [words(p.en().text()), words(p.zh().text())]);
    pairs.filter(|p| p.iter().all(|t| !t.trim().is_empty())).collect()
}

#[test]
fn training_pairs_hold_what_has_two_sides() {
    for alignment in samples() {
        let expected = two_sided(&alignment);
        let records = OutputFormat::Hf.text(&alignment);
        let read: Vec<serde_json::Value> = records.lines().map(|l| serde_json::from_str(l).unwrap()).collect();
        assert_eq!(read.len(), expected.len());
        let moses = [Lang::En, Lang::Zh].map(|lang| {
            let mut out = Vec::new();
            write_moses(&alignment, lang, &mut out).unwrap();
            String::from_utf8(out).unwrap().lines().map(str::to_owned).collect::<Vec<_>>()
        });
        for (k, pair) in expected.iter().enumerate() {
            let words = |v: &serde_json::Value| v.as_str().unwrap().replace(|c: char| c.is_control(), " ");
            let record = ["en", "zh"].map(|lang| words(&read[k]["translation"][lang]));
            assert_eq!(&record, pair);
            assert_eq!([&moses[0][k], &moses[1][k]], [pair[0].trim(), pair[1].trim()]);
        }
        assert_eq!([moses[0].len(), moses[1].len()], [expected.len(); 2]);
    }
}

/// The table in Markdown is read back by the reader of Markdown: the same words, whatever they hold.
#[test]
fn a_markdown_table_is_read_back() {
    let odd = "a | b * c_d_ `e` [f](g) <h> & ~~i~~ #j \\k $l$";
    let alignment = lines(odd, "甲|乙", Relation::Parallel, beads(&[(&[0], &[0], 0.5)])).unwrap();
    for alignment in samples().into_iter().chain([alignment]) {
        let written = OutputFormat::Markdown.text(&alignment);
        let read = Document::read(Source::from_text("table", &written), Format::Markdown).unwrap();
        let words: String = read.segments().iter().map(|s| s.text.as_str()).collect();
        let squeezed = |text: &str| text.split_whitespace().collect::<String>();
        for pair in two_sided(&alignment) {
            for half in pair {
                assert!(squeezed(&words).contains(&squeezed(&half)), "{half:?} not in {written}");
            }
        }
    }
}

/// Rungs go up to the ends of both sides; between two of them lies what a bead, or nothing, pairs.
#[test]
fn a_ladder_reaches_the_top() {
    for alignment in samples().iter().filter(|a| a.relation() == Relation::Parallel) {
        let rungs: Vec<(usize, usize)> = OutputFormat::Ladder
            .text(alignment)
            .lines()
            .map(|l| {
                let mut cells = l.split('\t');
                let mut number = || cells.next().unwrap().parse().unwrap();
                (number(), number())
            })
            .collect();
        let total = |lang: Lang| alignment.side(lang).segments.len();
        let (first, second) = (alignment.first(), alignment.first().other());
        assert_eq!(rungs.last(), Some(&(total(first), total(second))));
        assert_eq!(rungs.len(), alignment.beads().len() + 1);
        for (bead, step) in alignment.beads().zip(rungs.windows(2)) {
            let size = |lang: Lang| if lang == Lang::En { bead.en.len() } else { bead.zh.len() };
            assert_eq!((step[1].0 - step[0].0, step[1].1 - step[0].1), (size(first), size(second)));
        }
    }
    let linked = &samples()[3];
    let error = OutputFormat::Ladder.write(linked, &mut Vec::new()).unwrap_err();
    assert!(error.to_string().contains("mixed article"), "{error}");
}
