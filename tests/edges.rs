//! Inputs at the edge, through the `duiqi` command: exit status, message, time.
#![allow(clippy::unwrap_used)]
#![cfg(feature = "cli")]

use std::fs;
use std::path::Path;
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use encoding_rs::GBK;
use tempfile::TempDir;

const EN: &str = "The lighthouse keeper wrote a letter.\nIt took 14 days to arrive.\nNobody answered it.\n";
const ZH: &str = "灯塔看守人写了一封信。\n这封信用了14天才送到。\n没有人回信。\n";
/// What the two are as beads.
const BEADS: &str = "[0]:[0]\n[1]:[1]\n[2]:[2]\n";

/// How long the longest inputs may take on a slow machine that does other things, in a build without optimisation too.
const LIMIT: Duration = Duration::from_secs(120);

struct Place(TempDir);

struct Outcome {
    status: Option<i32>,
    out: String,
    err: String,
}

impl Place {
    fn new() -> Place {
        let place = Place(tempfile::tempdir().unwrap());
        place.put("en", EN).put("zh", ZH);
        place
    }

    fn path(&self) -> &Path {
        self.0.path()
    }

    fn put(&self, name: &str, content: impl AsRef<[u8]>) -> &Place {
        fs::write(self.path().join(name), content).unwrap();
        self
    }

    fn align(&self, arguments: &[&str]) -> Outcome {
        let mut command = Command::new(env!("CARGO_BIN_EXE_duiqi"));
        let command = command.current_dir(self.path()).arg("align").args(arguments).stdin(Stdio::null());
        let output = command.output().unwrap();
        let text = |bytes: Vec<u8>| String::from_utf8(bytes).unwrap();
        Outcome { status: output.status.code(), out: text(output.stdout), err: text(output.stderr) }
    }

    /// Standard output of a run that succeeds in silence.
    fn good(&self, arguments: &[&str]) -> String {
        let Outcome { status, out, err } = self.align(arguments);
        assert_eq!((status, err.as_str()), (Some(0), ""), "{arguments:?}");
        out
    }

    /// Standard output of a run that succeeds, but doubts that the texts belong together.
    fn doubted(&self, arguments: &[&str]) -> String {
        let Outcome { status, out, err } = self.align(arguments);
        assert_eq!(status, Some(0), "{arguments:?}");
        assert!(err.lines().count() == 1 && err.contains("do not seem to say the same"), "{arguments:?}: {err}");
        out
    }

    fn beads(&self, a: &str, b: &str) -> String {
        self.good(&["-f", "indices", a, b])
    }

    /// A run that fails with status 2, one line of message, and nothing on standard output.
    fn bad(&self, arguments: &[&str], says: &[&str]) {
        let Outcome { status, out, err } = self.align(arguments);
        assert_eq!((status, out.as_str()), (Some(2), ""), "{arguments:?}: {err}");
        assert_eq!(err.lines().count(), 1, "{err}");
        assert!(err.starts_with("duiqi: ") && says.iter().all(|s| err.contains(s)), "{says:?} in {err}");
    }
}

#[test]
fn nothing_to_align_is_said() {
    let place = Place::new();
    place.put("empty", "").put("blank", " \n\t\r\n\u{3000}\n").put("mark", "\u{FEFF}");
    for name in ["empty", "blank", "mark"] {
        place.bad(&[name, "zh"], &[name, "no text in it"]);
        place.bad(&["en", name], &[name, "no text in it"]);
        place.bad(&[name], &[name, "no text in it"]);
        place.bad(&["--langs", "en,zh", name, "zh"], &[name, "no text in it"]);
    }
}

#[test]
fn files_that_are_none_are_said() {
    let place = Place::new();
    fs::create_dir(place.path().join("folder")).unwrap();
    place.bad(&["none", "zh"], &["none", "there is no such file"]);
    place.bad(&["en", "folder"], &["folder", "this is a folder"]);
    let mut binary = b"\x7fELF\x02\x01\x01".to_vec();
    binary.extend((0..4000u32).flat_map(|i| (i.wrapping_mul(2_654_435_761)).to_le_bytes()));
    place.put("binary", binary);
    place.bad(&["binary", "zh"], &["binary", "is not text", "convert the file to UTF-8"]);
}

#[test]
fn languages_that_do_not_fit_are_said() {
    let place = Place::new();
    place.put("en2", EN).put("zh2", ZH);
    place.bad(&["en", "en2"], &["both look English", "--langs"]);
    place.bad(&["zh", "zh2"], &["both look Chinese", "--langs"]);
    place.bad(&["en"], &["only English text", "two files"]);
    place.bad(&["zh"], &["only Chinese text", "two files"]);
}

#[test]
fn a_single_word_against_a_text_is_aligned() {
    let place = Place::new();
    place.put("one.en", "Yes").put("one.zh", "对");
    assert_eq!(place.beads("one.en", "one.zh"), "[0]:[0]\n");
    for (a, b) in [("one.en", "zh"), ("one.zh", "en")] {
        let segments = |beads: &str, second: bool| -> usize {
            let side = |l: &str| l.split(':').nth(usize::from(second)).unwrap().matches(char::is_numeric).count();
            beads.lines().map(side).sum()
        };
        let beads = place.doubted(&["-f", "indices", a, b]);
        assert_eq!((segments(&beads, false), segments(&beads, true)), (1, 3), "{beads}");
    }
}

#[test]
fn order_encoding_and_line_ends_make_no_difference() {
    let place = Place::new();
    assert_eq!(place.beads("en", "zh"), BEADS);
    assert_eq!(place.beads("zh", "en"), BEADS);
    place.put("gbk", GBK.encode(ZH).0);
    place.put("crlf.en", EN.replace('\n', "\r\n")).put("crlf.zh", ZH.replace('\n', "\r\n"));
    place.put("mark.en", format!("\u{FEFF}{EN}")).put("mark.zh", format!("\u{FEFF}{ZH}"));
    for (a, b) in [("en", "gbk"), ("crlf.en", "crlf.zh"), ("mark.en", "zh"), ("mark.zh", "crlf.en")] {
        assert_eq!(place.beads(a, b), BEADS, "{a} {b}");
    }
    // Offsets are those of the file as it is: three bytes of the mark, two of each line end.
    let jsonl = place.good(&["-f", "jsonl", "mark.en", "zh"]);
    let first: serde_json::Value = serde_json::from_str(jsonl.lines().next().unwrap()).unwrap();
    assert_eq!((&first["en"][0]["start"], &first["en"][0]["end"]), (&3.into(), &40.into()));
}

#[test]
fn a_very_long_line_takes_bounded_time() {
    let place = Place::new();
    let long = |sentence: &str| sentence.repeat(10_000_000 / sentence.len());
    place.put("long.en", long("The keeper lit the lamp at dusk, and 40 ships passed. "));
    place.put("long.zh", long("看守人在黄昏时点亮了灯，有40艘船经过。"));
    // One sentence without an end.
    place.put("endless", long("word "));
    let start = Instant::now();
    // As lines each file is a single segment; ten megabytes of sentences are the bench's business.
    // One that says the same all along is as good anywhere else, so that nothing speaks for this pair in particular.
    assert_eq!(place.doubted(&["--lines", "-f", "indices", "long.en", "long.zh"]), "[0]:[0]\n");
    assert_eq!(place.align(&["-f", "indices", "endless", "zh"]).status, Some(0));
    assert!(start.elapsed() < LIMIT, "{:?}", start.elapsed());
}

#[test]
fn many_empty_lines_take_bounded_time() {
    let place = Place::new();
    let lines = 10_000;
    place.put("many.en", format!("{EN}{}", "\n".repeat(lines))).put("many.zh", format!("{ZH}{}", "\n".repeat(lines)));
    let start = Instant::now();
    let beads = place.good(&["--lines", "-f", "indices", "many.en", "many.zh"]);
    assert!(start.elapsed() < LIMIT, "{:?}", start.elapsed());
    assert!(beads.starts_with(BEADS), "{}", &beads[..200]);
    let counted: usize =
        beads.lines().map(|l| l.split([',', ':']).filter(|p| p.contains(char::is_numeric)).count()).sum();
    assert_eq!(counted, 2 * (lines + 3));
}
