//! The samples of output in `README.md` are what the commands beside them print. In a sample `…` stands for what is left out: lines
//! where it is alone on one, words elsewhere.
// The helpers of a test fail like the test itself.
#![allow(clippy::unwrap_used)]
#![cfg(feature = "cli")]

mod place;

use std::fs;
use std::path::Path;
use std::process::{Command, Stdio};

use place::text;

/// How a line of a sample begins, and the arguments of the command.
const SAMPLES: [(&str, &[&str]); 5] = [
    ("English · en.md", &["align", "data/earnings-call/en.md", "data/earnings-call/zh.md"]),
    ("  1   99%  Sparrow recall", &["align", "data/mixed-article/article.txt"]),
    ("error[number]", &["check", "data/press-release/en.md", "data/press-release/zh.md"]),
    ("00:00:11.110", &["align", "-f", "vtt", "data/webinar/en.vtt", "data/webinar/zh.vtt"]),
    ("{\"id\":1,\"shape\"", &["align", "-f", "jsonl", "data/interview/en.txt", "data/interview/zh.txt"]),
];

/// What a sample with records shows: the records, then what becomes of the first.
const BATCH: (&str, &str) = ("{\"id\":7,\"en\"", "{\"id\":7,\"line\":1");

/// Samples that this test does not make: they need engines beside it.
const MADE_ELSEWHERE: [&str; 1] = ["3131 records"];

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// Fenced blocks of `text` and `json`, in order.
fn blocks() -> Vec<String> {
    let readme = fs::read_to_string(root().join("README.md")).unwrap();
    let parts: Vec<&str> = readme.split("\n```").collect();
    let fenced = parts.iter().filter_map(|p| p.strip_prefix("text\n").or_else(|| p.strip_prefix("json\n")));
    fenced.map(str::to_owned).collect()
}

fn block(begins: &str) -> String {
    let found: Vec<String> = blocks().into_iter().filter(|b| b.lines().any(|l| begins_so(l, begins))).collect();
    assert_eq!(found.len(), 1, "samples that begin {begins:?}");
    found.into_iter().next().unwrap()
}

fn begins_so(line: &str, begins: &str) -> bool {
    line.starts_with(begins) || line.trim_start().starts_with(begins)
}

fn printed(arguments: &[&str], input: Option<&Path>) -> String {
    let mut command = Command::new(env!("CARGO_BIN_EXE_duiqi"));
    let stdin = input.map_or_else(Stdio::null, |path| fs::File::open(path).unwrap().into());
    text(&command.current_dir(root()).args(arguments).stdin(stdin).output().unwrap().stdout)
}

/// All lines of the sample are lines of the output, in order.
fn check(sample: &str, output: &str) {
    let mut lines = output.lines();
    for wanted in sample.lines().filter(|l| !["", "…"].contains(&l.trim())) {
        let is = |line: &str| {
            let mut rest = line;
            wanted.contains('…')
                && wanted.trim_end().split('…').all(|piece| {
                    let at = rest.find(piece);
                    rest = at.map_or("", |at| &rest[at + piece.len()..]);
                    at.is_some()
                })
        };
        assert!(
            lines.any(|line| line.trim_end() == wanted.trim_end() || is(line)),
            "not printed, or not there: {wanted}"
        );
    }
}

#[test]
fn samples_are_what_is_printed() {
    for (begins, arguments) in SAMPLES {
        check(&block(begins), &printed(arguments, None));
    }
}

#[test]
fn records_are_answered_so() {
    let place = place::Place::empty();
    place.put("records", block(BATCH.0));
    check(&block(BATCH.1), &printed(&["batch"], Some(&place.path("records"))));
}

#[test]
fn no_sample_is_left_out() {
    let known = SAMPLES.iter().map(|s| s.0).chain([BATCH.0, BATCH.1]).chain(MADE_ELSEWHERE);
    let known: Vec<&str> = known.collect();
    for block in blocks() {
        assert!(known.iter().any(|k| block.lines().any(|l| begins_so(l, k))), "{block}");
    }
}
