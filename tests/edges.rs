//! Inputs at the edge, through the `duiqi` command: exit status, message, time.
#![allow(clippy::unwrap_used)]
#![cfg(feature = "cli")]

mod place;

use std::fs;
use std::time::{Duration, Instant};

use encoding_rs::GBK;
use place::{Outcome, Place};

const EN: &str = "The lighthouse keeper wrote a letter.\nIt took 14 days to arrive.\nNobody answered it.\n";
const ZH: &str = "灯塔看守人写了一封信。\n这封信用了14天才送到。\n没有人回信。\n";
/// What the two are as beads.
const BEADS: &str = "[0]:[0]\n[1]:[1]\n[2]:[2]\n";

/// How long the longest inputs may take on a slow machine that does other things, in a build without optimisation too.
const LIMIT: Duration = Duration::from_secs(120);

fn place() -> Place {
    let place = Place::empty();
    place.put("en", EN).put("zh", ZH);
    place
}

fn align(place: &Place, arguments: &[&str]) -> Outcome {
    place.outcome(&[&["align"], arguments].concat())
}

fn beads(place: &Place, a: &str, b: &str) -> String {
    place.good(&["align", "-f", "indices", a, b])
}

/// Standard output of a run that succeeds, but doubts that the texts belong together.
fn doubted(place: &Place, arguments: &[&str]) -> String {
    let Outcome { status, out, err } = align(place, arguments);
    assert_eq!(status, Some(0), "{arguments:?}");
    assert!(err.lines().count() == 1 && err.contains("do not seem to say the same"), "{arguments:?}: {err}");
    out
}

/// A run that fails with status 2, one line of message, and nothing on standard output.
fn bad(place: &Place, arguments: &[&str], says: &[&str]) {
    let Outcome { status, out, err } = align(place, arguments);
    assert_eq!((status, out.as_str()), (Some(2), ""), "{arguments:?}: {err}");
    assert_eq!(err.lines().count(), 1, "{err}");
    assert!(err.starts_with("duiqi: ") && says.iter().all(|s| err.contains(s)), "{says:?} in {err}");
}

#[test]
fn nothing_to_align_is_said() {
    let place = place();
    place.put("empty", "").put("blank", " \n\t\r\n\u{3000}\n").put("mark", "\u{FEFF}");
    for name in ["empty", "blank", "mark"] {
        bad(&place, &[name, "zh"], &[name, "no text in it"]);
        bad(&place, &["en", name], &[name, "no text in it"]);
        bad(&place, &[name], &[name, "no text in it"]);
        bad(&place, &["--langs", "en,zh", name, "zh"], &[name, "no text in it"]);
    }
}

#[test]
fn files_that_are_none_are_said() {
    let place = place();
    fs::create_dir(place.path("folder")).unwrap();
    bad(&place, &["none", "zh"], &["none", "there is no such file"]);
    bad(&place, &["en", "folder"], &["folder", "this is a folder"]);
    let mut binary = b"\x7fELF\x02\x01\x01".to_vec();
    binary.extend((0..4000u32).flat_map(|i| (i.wrapping_mul(2_654_435_761)).to_le_bytes()));
    place.put("binary", binary);
    bad(&place, &["binary", "zh"], &["binary", "is not text", "convert the file to UTF-8"]);
}

#[test]
fn languages_that_do_not_fit_are_said() {
    let place = place();
    place.put("en2", EN).put("zh2", ZH);
    bad(&place, &["en", "en2"], &["both look English", "--langs"]);
    bad(&place, &["zh", "zh2"], &["both look Chinese", "--langs"]);
    bad(&place, &["en"], &["only English text", "two files"]);
    bad(&place, &["zh"], &["only Chinese text", "two files"]);
}

#[test]
fn a_single_word_against_a_text_is_aligned() {
    let place = place();
    place.put("one.en", "Yes").put("one.zh", "对");
    assert_eq!(beads(&place, "one.en", "one.zh"), "[0]:[0]\n");
    for (a, b) in [("one.en", "zh"), ("one.zh", "en")] {
        let segments = |beads: &str, second: bool| -> usize {
            let side = |l: &str| l.split(':').nth(usize::from(second)).unwrap().matches(char::is_numeric).count();
            beads.lines().map(side).sum()
        };
        let Outcome { status, out: beads, .. } = align(&place, &["-f", "indices", a, b]);
        assert_eq!(status, Some(0));
        assert_eq!((segments(&beads, false), segments(&beads, true)), (1, 3), "{beads}");
    }
}

#[test]
fn order_encoding_and_line_ends_make_no_difference() {
    let place = place();
    assert_eq!(beads(&place, "en", "zh"), BEADS);
    assert_eq!(beads(&place, "zh", "en"), BEADS);
    place.put("gbk", GBK.encode(ZH).0);
    place.put("crlf.en", EN.replace('\n', "\r\n")).put("crlf.zh", ZH.replace('\n', "\r\n"));
    place.put("mark.en", format!("\u{FEFF}{EN}")).put("mark.zh", format!("\u{FEFF}{ZH}"));
    for (a, b) in [("en", "gbk"), ("crlf.en", "crlf.zh"), ("mark.en", "zh"), ("mark.zh", "crlf.en")] {
        assert_eq!(beads(&place, a, b), BEADS, "{a} {b}");
    }
    // Offsets are those of the file as it is: three bytes of the mark, two of each line end.
    let jsonl = place.good(&["align", "-f", "jsonl", "mark.en", "zh"]);
    let first: serde_json::Value = serde_json::from_str(jsonl.lines().next().unwrap()).unwrap();
    assert_eq!((&first["en"][0]["start"], &first["en"][0]["end"]), (&3.into(), &40.into()));
}

#[test]
fn a_very_long_line_takes_bounded_time() {
    let place = place();
    let long = |sentence: &str| sentence.repeat(10_000_000 / sentence.len());
    place.put("long.en", long("The keeper lit the lamp at dusk, and 40 ships passed. "));
    place.put("long.zh", long("看守人在黄昏时点亮了灯，有40艘船经过。"));
    // One sentence without an end.
    place.put("endless", long("word "));
    let start = Instant::now();
    // As lines each file is a single segment; ten megabytes of sentences are the bench's business.
    // One that says the same all along is as good anywhere else, so that nothing speaks for this pair in particular.
    assert_eq!(doubted(&place, &["--lines", "-f", "indices", "long.en", "long.zh"]), "[0]:[0]\n");
    assert_eq!(align(&place, &["-f", "indices", "endless", "zh"]).status, Some(0));
    assert!(start.elapsed() < LIMIT, "{:?}", start.elapsed());
}

#[test]
fn many_empty_lines_take_bounded_time() {
    let place = place();
    let lines = 10_000;
    place.put("many.en", format!("{EN}{}", "\n".repeat(lines))).put("many.zh", format!("{ZH}{}", "\n".repeat(lines)));
    let start = Instant::now();
    let beads = place.good(&["align", "--lines", "-f", "indices", "many.en", "many.zh"]);
    assert!(start.elapsed() < LIMIT, "{:?}", start.elapsed());
    assert!(beads.starts_with(BEADS), "{}", &beads[..200]);
    let counted: usize =
        beads.lines().map(|l| l.split([',', ':']).filter(|p| p.contains(char::is_numeric)).count()).sum();
    assert_eq!(counted, 2 * (lines + 3));
}
