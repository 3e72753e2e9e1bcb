//! The samples of output in `README.md` are what the commands beside them print. In a sample `…` stands for what is left out: lines
//! where it is alone on one, words elsewhere. The table of formats says what the code says; with `DUIQI_BLESS=1` it is written again.
// The helpers of a test fail like the test itself.
#![allow(clippy::unwrap_used)]
#![cfg(feature = "cli")]

mod place;

use std::fs;
use std::path::Path;
use std::process::{Command, Stdio};

use duiqi::{Format, OutputFormat};
use place::text;

/// How a line of a sample begins, and the arguments of the command.
const SAMPLES: [(&str, &[&str]); 5] = [
    ("English · en.md", &["align", "data/earnings-call/en.md", "data/earnings-call/zh.md"]),
    ("  1   99%  Sparrow recall", &["align", "data/mixed-article/article.txt"]),
    ("error[number]", &["check", "data/press-release/en.md", "data/press-release/zh.md"]),
    ("00:00:11.110", &["align", "-f", "vtt", "data/webinar/en.vtt", "data/webinar/zh.vtt"]),
    ("{\"schema\":1,\"id\":1,\"shape\"", &["align", "-f", "jsonl", "data/interview/en.txt", "data/interview/zh.txt"]),
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

/// The first two lines of the table of formats.
const HEAD: &str = "| format | endings | read (found by content, or `--from`) | written (`-f`, or by the ending) |\n| --- | --- | --- | --- |\n";

/// The table of formats: first the formats that can be read, then those that can only be written.
fn formats() -> String {
    let written = |name: &str| OutputFormat::ALL.iter().find(|f| f.name() == name);
    let row = |name: &str, read: Option<&Format>| {
        let written = written(name);
        let mut endings: Vec<&str> = read.map(|f| f.endings()).unwrap_or_default().to_vec();
        endings.extend(
            written
                .map(|f| f.endings())
                .unwrap_or_default()
                .iter()
                .filter(|e| !endings.contains(e))
                .collect::<Vec<_>>(),
        );
        let endings: Vec<String> = endings.iter().map(|e| format!(".{e}")).collect();
        let help = [read.map(|f| f.help()), written.map(|f| f.help())].map(Option::unwrap_or_default);
        format!("| {name} | {} | {} | {} |\n", endings.join(" "), help[0], help[1]).replace("|  ", "| ")
    };
    let is_read = |f: &&OutputFormat| Format::ALL.iter().any(|read| read.name() == f.name());
    let first = Format::ALL.iter().filter(|f| **f != Format::Auto).map(|f| row(f.name(), Some(f)));
    let second = OutputFormat::ALL.iter().filter(|f| !is_read(f)).map(|f| row(f.name(), None));
    first.chain(second).collect()
}

#[test]
fn formats_are_those_of_the_code() {
    let path = root().join("README.md");
    let readme = fs::read_to_string(&path).unwrap();
    let start = readme.find(HEAD).expect("the table of formats") + HEAD.len();
    let end = start + readme[start..].find("\n\n").unwrap() + 1;
    let expected = formats();
    if std::env::var_os("DUIQI_BLESS").is_some() {
        fs::write(&path, format!("{}{expected}{}", &readme[..start], &readme[end..])).unwrap();
        return;
    }
    assert_eq!(&readme[start..end], expected, "DUIQI_BLESS=1 writes the table again");
}
