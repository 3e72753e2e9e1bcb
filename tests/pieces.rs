//! `duiqi batch --piece`: what engines rely on. Whatever pieces the input is dealt out in, the lines of the output are the same.
// The helpers of a test fail like the test itself.
#![allow(clippy::unwrap_used)]
#![cfg(feature = "cli")]

mod place;

use std::fs;
use std::io::Write;
use std::process::{Output, Stdio};

use serde_json::Value;

use place::{Place, text};

const PIECE: [&str; 5] = ["batch", "-q", "--threads", "1", "--piece"];

impl Place {
    fn piece(&self, arguments: &[&str], input: &[u8]) -> Output {
        let mut command = self.command(&[&PIECE, arguments].concat());
        command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
        let mut child = command.spawn().unwrap();
        // Less than a pipe holds, so that nobody has to read meanwhile.
        child.stdin.take().unwrap().write_all(input).unwrap();
        child.wait_with_output().unwrap()
    }

    /// The lines of a piece, none of which may change the status.
    fn lines(&self, input: &[u8]) -> Vec<Value> {
        let output = self.piece(&["--failures-ok"], input);
        assert_eq!((output.status.code(), text(&output.stderr)), (Some(0), String::new()));
        text(&output.stdout).lines().map(|line| serde_json::from_str(line).unwrap()).collect()
    }
}

/// The good and the bad cases of `batch`, one a line.
fn input() -> Vec<String> {
    let cases = |name: &str| fs::read_to_string(format!("tests/cases/batch/{name}")).unwrap();
    let case = |line: &str, key: &str| serde_json::from_str::<Value>(line).unwrap()[key].clone();
    let good = cases("records.jsonl").lines().map(|line| case(line, "record").to_string()).collect::<Vec<_>>();
    let bad = cases("faults.jsonl").lines().map(|line| case(line, "line").as_str().unwrap().to_owned()).collect();
    [good, bad].concat()
}

#[test]
fn lines_do_not_depend_on_the_pieces() {
    let place = Place::new();
    let all = input();
    let sorted = |pieces: usize| {
        let mut lines: Vec<String> = Vec::new();
        for piece in 0..pieces {
            let mine: Vec<&str> = all.iter().skip(piece).step_by(pieces).map(String::as_str).collect();
            lines.extend(place.lines(mine.join("\n").as_bytes()).iter().map(Value::to_string));
        }
        lines.sort();
        lines
    };
    let whole = sorted(1);
    assert_eq!(whole.len(), all.len());
    for pieces in [2, 5, all.len()] {
        assert_eq!(sorted(pieces), whole, "{pieces} pieces");
    }
}

#[test]
fn a_record_without_an_id_shows_how_it_begins() {
    let place = Place::new();
    let long = "很".repeat(200);
    let lines = place.lines(format!("no JSON\n{{\"id\":1,\"en\":2}}\n{{\"en\":\"{long}\"}}\n").as_bytes());
    let starts: Vec<Option<&str>> = lines.iter().map(|line| line["error"]["start"].as_str()).collect();
    let cut = format!("{{\"en\":\"{}", "很".repeat(73));
    assert_eq!(starts, [Some("no JSON"), None, Some(cut.as_str())]);
    assert!(lines.iter().all(|line| line.get("line").is_none() && line.get("id").is_some()));
    assert_eq!(place.lines(b"\xE5\xBE\xFF\n")[0]["error"]["start"], "\u{FFFD}\u{FFFD}");
}

#[test]
fn a_piece_may_begin_with_anything() {
    let place = Place::new();
    let record = "{\"id\":1,\"en\":\"It rains.\",\"zh\":\"下雨了。\"}".as_bytes();
    let magics: [&[u8]; 6] = [b"\x1F\x8B\x08", b"\x28\xB5\x2F\xFD", b"PK\x03\x04", b"BZh", b"PAR1", b"\xFD7zXZ\0"];
    for magic in magics {
        let lines = place.lines(&[magic, b"\n", record].concat());
        assert_eq!(lines.len(), 2, "{magic:?}");
        assert!(lines[0]["error"]["kind"].as_str().unwrap().starts_with("not-"), "{}", lines[0]);
        assert_eq!(lines[1]["id"], 1);
    }
    // The starts of files that were joined.
    let good = "\u{FEFF}{\"id\":1,\"en\":\"It rains.\",\"zh\":\"下雨了。\"}\n";
    let lines = place.lines(good.repeat(3).as_bytes());
    assert!(lines.len() == 3 && lines.iter().all(|line| line == &lines[0] && line.get("error").is_none()), "{lines:?}");
}

#[test]
fn only_failures_ok_makes_light_of_failures() {
    let place = Place::new();
    assert_eq!(place.piece(&[], b"no JSON\n").status.code(), Some(1));
    assert_eq!(place.piece(&["--failures-ok"], b"no JSON\n").status.code(), Some(0));
    assert_eq!(place.piece(&["--failures-ok", "--no-such"], b"").status.code(), Some(2));
    let resumed = place.piece(&["--resume", "-o", "out.jsonl"], b"");
    assert_eq!(resumed.status.code(), Some(2), "a piece has no numbers to go on by");
    assert!(!place.path("out.jsonl").exists());
}
