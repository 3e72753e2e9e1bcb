//! Inputs of more bytes, lines, cues or units than anybody has.

use std::fmt::Write as _;
use std::fs::{self, File};

use crate::bounded::{Bounds, LARGE, LONG, QUICK, check_refused, counted, indices, scaled};
use crate::place::{Outcome, Place};

#[test]
fn a_file_of_a_gigabyte_is_refused_unread() {
    let place = Place::empty();
    File::create(place.path("huge")).unwrap().set_len(1 << 30).unwrap();
    place.put("zh", "好。");
    for arguments in [&["align", "huge", "zh"][..], &["segment", "huge"], &["check", "zh", "huge"]] {
        place.refused(Bounds { seconds: 2, megabytes: 300 }, arguments, &["huge: ", "268435456 bytes", "--max-bytes"]);
    }
    place.refused(QUICK, &["segment", "--max-bytes", "2", "zh"], &["zh: it has more than 2 bytes"]);
}

/// As large as a file may be, and nothing but the least that a reader makes something of.
#[test]
fn the_smallest_pieces_in_the_largest_file() {
    let place = Place::empty();
    let bytes = if cfg!(debug_assertions) { 16 << 20 } else { 256 << 20 };
    for (name, head, piece) in [
        ("plain", "", "a\n"),
        ("paragraphs", "", "a\n\n"),
        ("words", "", "a "),
        ("sentences", "", "A. "),
        ("markdown", "# A\n\n", "- a\n"),
        ("breaks", "<!DOCTYPE html><html><body>", "a<br>"),
        ("tags", "<!DOCTYPE html><html><body>", "<b></b>"),
        ("srt", "1\n00:00:01,000 --> 00:00:02,000\na\n\n", "0:1 --> 0:2\na\n\n"),
        ("json", "{\"segments\":[{\"text\":\"a\"}", ",{\"text\":\"a\"}"),
        ("tmx", "<tmx><header/><body>", "<tu/>"),
    ] {
        place.put(name, format!("{head}{}", piece.repeat((bytes - head.len()) / piece.len())));
        let Outcome { status, err, .. } = place.run_within(LARGE, &["segment", name]);
        let refused = status == Some(2) && err.lines().count() == 1;
        assert!(status == Some(0) || refused, "{name}: {status:?} {err}");
        fs::remove_file(place.path(name)).unwrap();
    }
}

#[test]
fn an_endless_stream_is_refused() {
    let place = Place::empty();
    place.refused(QUICK, &["segment", "/dev/zero"], &["--max-bytes"]);
    let zeros = File::open("/dev/zero").unwrap();
    let Outcome { status, out, err } = place.run_within_on(QUICK, &["segment", "-"], zeros.into());
    check_refused(&["segment", "-"], status, &out, &err, &["standard input: ", "--max-bytes"]);
}

/// Tables and lists: every value of one side could be any value of the other.
#[test]
fn long_rows_of_numbers() {
    let place = Place::empty();
    let row = |between: &str, by: usize| -> String {
        (1..=4000).map(|n| format!("{}{between}", 100 + n * by % 99_991)).collect()
    };
    place.put("en", row(" boxes, ", 7919)).put("zh", row("箱、", 6007));
    place.done(QUICK, &["check", "--aligned", "-f", "json", "en", "zh"]);
}

#[test]
fn one_line_of_100_megabytes() {
    let place = Place::empty();
    let bytes = scaled(100 << 20);
    place.put("en", "word ".repeat(bytes / 5)).put("zh", "字词".repeat(bytes / 6));
    place.put("short.en", "A word.").put("short.zh", "一个字。");
    for (a, b) in [("en", "short.zh"), ("short.en", "zh")] {
        assert_eq!(counted(&place.done(LONG, &indices(&["--lines", a, b]))), (1, 1));
    }
    for name in ["en", "zh"] {
        place.done(LONG, &["segment", name]);
    }
}

#[test]
fn empty_lines() {
    let place = Place::empty();
    let lines = scaled(1_000_000);
    let text_of = |words: &str, lines: usize| format!("{words}\n{}{words}\n", "\n".repeat(lines));
    place.put("en", text_of("The lamp was lit.", lines)).put("zh", text_of("灯点亮了。", lines));
    assert_eq!(counted(&place.done(LONG, &indices(&["en", "zh"]))), (2, 2));
    // As lines they are segments.
    place.put("more", format!("A.{}", "\n".repeat(1_000_000)));
    place.refused(
        QUICK,
        &indices(&["--lines", "more", "zh"]),
        &["more: it has more than 250000 segments", "--max-segments"],
    );
    let lines = scaled(100_000);
    place.put("en", text_of("The lamp was lit.", lines)).put("zh", text_of("灯点亮了。", lines));
    let all = place.done(LONG, &indices(&["--lines", "en", "zh"]));
    assert_eq!(counted(&all), (lines + 2, lines + 2));
}

#[test]
fn segments_of_one_character() {
    let place = Place::empty();
    let n = scaled(1_000_000);
    place.put("many", "a\n".repeat(n));
    let out = place.done(LONG, &["segment", "--max-segments", "1000000", "many"]);
    assert_eq!(out.lines().filter(|l| l.contains(r#""type":"segment""#)).count(), n);
    let n = scaled(100_000);
    place.put("en", "a\n".repeat(n)).put("zh", "一\n".repeat(n));
    assert_eq!(counted(&place.done(LONG, &indices(&["--lines", "en", "zh"]))), (n, n));
}

#[test]
fn a_million_cues() {
    let place = Place::empty();
    let n = scaled(1_000_000);
    let mut srt = String::new();
    for k in 0..n {
        let (s, m, h) = (k % 60, k / 60 % 60, k / 3600);
        writeln!(srt, "{}\n{h:02}:{m:02}:{s:02},000 --> {h:02}:{m:02}:{s:02},900\nLine {k}.\n", k + 1).unwrap();
    }
    place.put("srt", srt);
    place.put("zh", "一行。");
    let out = place.done(LONG, &["segment", "--max-segments", "1000000", "srt"]);
    assert!(out.contains(&format!("Line {}.", n - 1)));
    if n > 250_000 {
        place.refused(LONG, &indices(&["srt", "zh"]), &["srt: it has more than 250000 segments"]);
    }
}

#[test]
fn a_hundred_thousand_units() {
    let place = Place::empty();
    let n = scaled(100_000);
    let mut tmx = String::from("<tmx version=\"1.4\"><header srclang=\"en\"/><body>\n");
    for k in 0..n {
        writeln!(
            tmx,
            "<tu><tuv xml:lang=\"en\"><seg>It sold {k} lamps.</seg></tuv><tuv xml:lang=\"zh\"><seg>卖出了{k}盏灯。</seg></tuv></tu>"
        )
        .unwrap();
    }
    tmx += "</body></tmx>\n";
    place.put("tmx", tmx);
    assert_eq!(place.done(LONG, &["check", "-f", "json", "tmx"]), "");
    assert_eq!(place.done(LONG, &["align", "-f", "jsonl", "tmx"]).lines().count(), n);
}
