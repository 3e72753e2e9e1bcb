//! What the `duiqi` command promises, tried on the built command: exit status, messages, and where results go. What an
//! alignment looks like is tested elsewhere.
// The helpers of a test fail like the test itself.
#![allow(clippy::unwrap_used)]
#![cfg(feature = "cli")]

mod place;

use std::fs;
use std::io::{BufRead, BufReader, Write};
use std::path::Path;
use std::process::Stdio;

use serde_json::Value;

use place::{EN, Place, ZH, text};

fn objects(lines: &str) -> Vec<Value> {
    lines.lines().map(|l| serde_json::from_str(l).unwrap()).collect()
}

fn number(value: &Value) -> usize {
    usize::try_from(value.as_u64().unwrap()).unwrap()
}

#[test]
fn aligns_two_files_in_every_form() {
    let place = Place::new();
    let table = place.good(&["align", "en.txt", "zh.txt"]);
    assert!(table.contains("English · en.txt") && table.contains("店主叫玛丽。"), "{table}");
    assert!(!table.contains('\u{1b}'), "no colour away from a terminal");
    let tsv = place.good(&["align", "-f", "tsv", "en.txt", "zh.txt"]);
    assert!(tsv.starts_with("id\tshape\tconfidence\ten_speaker\tzh_speaker\ten\tzh\n"), "{tsv}");
    assert!(tsv.lines().all(|l| l.split('\t').count() == 7));
    let pairs = objects(&place.good(&["align", "--format", "jsonl", "en.txt", "zh.txt"]));
    for (lang, file) in [("en", EN), ("zh", ZH)] {
        let parts: Vec<&Value> = pairs.iter().flat_map(|p| p[lang].as_array().unwrap()).collect();
        let indices: Vec<usize> = parts.iter().map(|p| number(&p["index"])).collect();
        assert_eq!(indices, (0..indices.len()).collect::<Vec<_>>(), "every segment once, in order");
        for part in parts {
            assert_eq!(&file[number(&part["start"])..number(&part["end"])], part["text"].as_str().unwrap());
        }
    }
}

#[test]
fn pairs_below_a_confidence_are_left_out_and_counted() {
    let place = Place::new();
    // A loose translation between two close ones.
    place.put("en.txt", "The shop opens at nine.\nWell, who knows, perhaps.\nIt sold 250 books last week.\n");
    place.put("zh.txt", "这家商店九点开门。\n谁说得准呢。\n上周卖出了250本书。\n");
    let all = objects(&place.good(&["align", "-f", "jsonl", "en.txt", "zh.txt"]));
    assert_eq!(all.len(), 3);
    let confidence = |pair: &Value| pair["confidence"].as_f64().unwrap();
    let mut sorted: Vec<f64> = all.iter().map(confidence).collect();
    sorted.sort_by(f64::total_cmp);
    let middle = (sorted[0] + sorted[2]) / 2.0;
    let below = sorted.iter().filter(|c| **c < middle).count();
    assert!((1..3).contains(&below), "{sorted:?}");
    let floor = middle.to_string();
    let output = place.run(&["align", "-f", "jsonl", "--min-confidence", &floor, "en.txt", "zh.txt"]);
    assert_eq!(output.status.code(), Some(0));
    let kept = objects(&text(&output.stdout));
    assert_eq!(kept, all.iter().filter(|p| confidence(p) >= middle).cloned().collect::<Vec<_>>());
    let said = text(&output.stderr);
    assert!(said.contains(&format!("{below} of 3 pairs are left out: their confidence is below {floor}")), "{said}");
    for format in ["table", "tsv", "indices"] {
        let output = place.run(&["align", "-f", format, "--min-confidence", "1", "en.txt", "zh.txt"]);
        assert!(!text(&output.stdout).contains("250"), "{format}");
        assert!(text(&output.stderr).contains("3 of 3"), "{format}");
    }
    // Nothing left out, nothing said.
    place.good(&["align", "--min-confidence", "0", "en.txt", "zh.txt"]);
    for value in ["1.01", "-0.1", "NaN", "80%", ""] {
        let wrong = place.bad(&["align", &format!("--min-confidence={value}"), "en.txt", "zh.txt"]);
        assert!(wrong.contains("from 0 to 1"), "{value}: {wrong}");
    }
}

#[test]
fn files_that_do_not_say_the_same_are_noticed() {
    let place = Place::new();
    place.put(
        "other.txt",
        "昨天晚上一直下着大雨。\n我把旧自行车卖给了一个学生。\n厨房里的灯坏了。\n明天得早起去机场接人。\n",
    );
    let output = place.run(&["align", "-f", "jsonl", "en.txt", "other.txt"]);
    assert_eq!(output.status.code(), Some(0), "the result is written all the same");
    let pairs = objects(&text(&output.stdout));
    assert!(!pairs.is_empty());
    let said = text(&output.stderr);
    assert!(said.starts_with("duiqi: these two files do not seem to say the same (confidence "), "{said}");
    assert!(pairs.iter().all(|p| p["document_confidence"].as_f64().unwrap() < 0.3), "{pairs:?}");
    let table = text(&place.run(&["align", "en.txt", "other.txt"]).stdout);
    assert!(table.contains(" · confidence "), "{table}");
}

#[test]
fn indices_put_the_first_file_first() {
    let place = Place::new();
    place.put("short.txt", "这家商店九点开门。上周卖出了250本书。\n店主叫玛丽。\n");
    let sides = |output: &str| {
        let line = |l: &str| {
            let (a, b) = l.split_once(':').unwrap();
            let last = |s: &str| s.trim_matches(['[', ']']).split(',').filter_map(|i| i.parse::<usize>().ok()).max();
            (last(a), last(b))
        };
        let (a, b): (Vec<_>, Vec<_>) = output.lines().map(line).unzip();
        [a, b].map(|side| side.into_iter().flatten().max().unwrap())
    };
    assert_eq!(sides(&place.good(&["align", "--lines", "-f", "indices", "en.txt", "short.txt"])), [2, 1]);
    assert_eq!(sides(&place.good(&["align", "--lines", "-f", "indices", "short.txt", "en.txt"])), [1, 2]);
    let named = ["align", "--lines", "--langs", "zh,en", "-f", "indices", "short.txt", "en.txt"];
    assert_eq!(sides(&place.good(&named)), [1, 2]);
}

#[test]
fn aligns_an_article_and_reads_standard_input() {
    let place = Place::new();
    let from_file = place.good(&["align", "-f", "jsonl", "both.txt"]);
    assert!(from_file.contains("The owner is called Mary.") && from_file.contains("店主叫玛丽。"));
    let mut command = place.command(&["align", "-f", "jsonl", "-"]);
    let mut child = command.stdin(Stdio::piped()).stdout(Stdio::piped()).spawn().unwrap();
    child.stdin.take().unwrap().write_all(format!("{EN}\n{ZH}").as_bytes()).unwrap();
    let output = child.wait_with_output().unwrap();
    assert!(output.status.success());
    assert_eq!(text(&output.stdout), from_file);
}

#[test]
fn a_file_is_written_whole_or_not_at_all() {
    let place = Place::new();
    let arguments = ["align", "-f", "tsv", "en.txt", "zh.txt"];
    let expected = place.good(&arguments);
    let written = |name: &str| {
        let with = [&arguments[..], &["-o", name]].concat();
        assert_eq!(place.good(&with), "");
        fs::read_to_string(place.path(name)).unwrap()
    };
    assert_eq!(written("new.tsv"), expected);
    place.put("old.tsv", "old");
    assert_eq!(written("old.tsv"), expected);
    // A failed run leaves the old file alone, and no other behind.
    place.put("kept.tsv", "kept");
    place.bad(&["align", "en.txt", "none.txt", "-o", "kept.tsv"]);
    assert_eq!(fs::read_to_string(place.path("kept.tsv")).unwrap(), "kept");
    let mut names: Vec<_> = fs::read_dir(place.folder.path()).unwrap().map(|e| e.unwrap().file_name()).collect();
    names.sort();
    assert_eq!(names, ["both.txt", "en.txt", "kept.tsv", "new.tsv", "old.tsv", "zh.txt"]);
    assert!(place.bad(&["align", "en.txt", "zh.txt", "-o", "no/such/x"]).contains("no such folder"));
    assert!(place.bad(&["align", "en.txt", "zh.txt", "-o", "."]).contains("this is a folder"));
}

#[cfg(unix)]
#[test]
fn written_files_have_the_permissions_of_their_kind() {
    use std::os::unix::fs::{PermissionsExt, symlink};
    let place = Place::new();
    let mode = |name: &str| fs::metadata(place.path(name)).unwrap().permissions().mode() & 0o777;
    place.good(&["align", "en.txt", "zh.txt", "-o", "new"]);
    assert_eq!(mode("new"), mode("en.txt"), "what the umask gives any new file");
    fs::set_permissions(place.path("new"), fs::Permissions::from_mode(0o640)).unwrap();
    symlink("new", place.path("link")).unwrap();
    place.good(&["align", "-f", "indices", "en.txt", "zh.txt", "-o", "link"]);
    assert_eq!(mode("new"), 0o640, "what it had");
    assert!(fs::symlink_metadata(place.path("link")).unwrap().is_symlink());
    assert!(fs::read_to_string(place.path("new")).unwrap().starts_with("[0]"));
    place.good(&["align", "en.txt", "zh.txt", "-o", "/dev/null"]);
    assert!(!fs::metadata("/dev/null").unwrap().is_file());
}

#[test]
fn bad_input_is_named_in_one_line() {
    let place = Place::new();
    fs::create_dir(place.path("folder")).unwrap();
    place.put("empty.txt", "");
    place.put("blank.txt", " \n\n");
    place.put("picture.png", b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\0\0\xff\xfe\xfd");
    place.put("x.gold", "[0]:[0]\n[1]-[1]\n");
    for (arguments, message) in [
        (&["align", "none.txt", "zh.txt"][..], "none.txt: there is no such file"),
        (&["align", "en.txt", "folder"], "folder: this is a folder"),
        (&["align", "empty.txt", "zh.txt"], "empty.txt: no text in it"),
        (&["align", "en.txt", "blank.txt"], "blank.txt: no text in it"),
        (&["align", "-", "zh.txt"], "standard input: no text in it"),
        (&["align", "picture.png", "zh.txt"], "picture.png, byte 6: this is not text"),
        (&["align", "-", "-"], "standard input can be read once only"),
        (&["align", "--langs", "en,zh", "both.txt"], "--langs says the languages of two files"),
        (&["align", "en.txt", "en.txt"], "both look English"),
        (&["align", "en.txt"], "it has only English text"),
        (&["align", "--from", "srt", "en.txt", "zh.txt"], "let duiqi find it (leave out --from)"),
        (&["align", "-f", "srt", "en.txt", "zh.txt"], "another output format (-f FORMAT)"),
        (&["segment", "--max-segments", "1", "en.txt"], "raise the limit (--max-segments N)"),
        (&["align", "--glossary", "none.tsv", "en.txt", "zh.txt"], "none.tsv: there is no such file"),
        (&["segment", "none.txt"], "none.txt: there is no such file"),
        (&["anchors", "empty.txt"], "empty.txt: no text in it"),
        (&["score", "x.gold"], "x.gold: the gold file after it is missing"),
        (&["score", "x.gold", "x.gold"], "x.gold:2: expected two lists like [0,1]:[2]"),
        (&["score", "--set", "none"], "none: there is no such file"),
        (&["score", "--set", "en.txt"], "en.txt: this is a file; --set takes a folder"),
        (&["score", "--set", "folder"], "folder: no set in this folder"),
    ] {
        let error = place.bad(arguments);
        assert!(error.starts_with("duiqi: ") && error.contains(message), "{arguments:?}: {error}");
        assert_eq!(error.matches('\n').count(), 1, "{arguments:?}: {error}");
    }
}

#[test]
fn bad_use_is_explained() {
    let place = Place::new();
    for (arguments, message) in [
        (&[][..], "Usage: duiqi"),
        (&["align"], "<A>"),
        (&["align", "-f", "csv", "en.txt", "zh.txt"], "table, jsonl, tsv, indices"),
        (&["align", "--langs", "en", "en.txt", "zh.txt"], "write en,zh"),
        (&["align", "a", "b", "c"], "unexpected argument 'c'"),
        (&["score"], "TEST GOLD"),
        (&["translate"], "unrecognized subcommand"),
    ] {
        let error = place.bad(arguments);
        assert!(error.contains(message), "{arguments:?}: {error}");
    }
    for arguments in [&["--help"][..], &["align", "--help"], &["score", "-h"]] {
        assert!(place.good(arguments).contains("Examples:"), "{arguments:?}");
    }
    assert!(place.good(&["--version"]).starts_with("duiqi "));
}

/// Long enough to fill the pipe, so that the command is still writing when its reader goes.
#[test]
fn a_closed_pipe_ends_quietly() {
    let place = Place::new();
    place.put("long.txt", EN.repeat(4000));
    let mut command = place.command(&["segment", "long.txt"]);
    let mut child = command.stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
    let mut line = String::new();
    BufReader::new(child.stdout.take().unwrap()).read_line(&mut line).unwrap();
    let output = child.wait_with_output().unwrap();
    assert!(line.starts_with("{\"type\":"));
    assert_eq!((output.status.code(), text(&output.stderr)), (Some(0), String::new()));
}

#[test]
fn segments_are_listed_in_order_with_what_holds_them() {
    let place = Place::new();
    place.put("talk.txt", "Ann: Good morning. Who is there?\n\nBob: It is me.\n\nAnn: Come in.\n\nBob: Thank you.\n");
    let file = fs::read_to_string(place.path("talk.txt")).unwrap();
    let rows = objects(&place.good(&["segment", "talk.txt"]));
    let of = |kind: &str| rows.iter().filter(|r| r["type"] == kind).collect::<Vec<_>>();
    assert_eq!(of("turn").len(), 4);
    assert_eq!(of("turn")[1]["label"]["name"], "Bob");
    assert_eq!(of("passage").len(), 4);
    assert!(of("segment").len() >= 4);
    let mut before = 0;
    for row in &rows {
        let at = number(&row["start"]);
        assert!(at >= before, "{row}");
        before = at;
        if row["type"] == "segment" {
            assert_eq!(&file[at..number(&row["end"])], row["text"].as_str().unwrap());
        }
    }
    for kind in ["turn", "passage", "segment"] {
        let indices: Vec<usize> = of(kind).iter().map(|r| number(&r["index"])).collect();
        assert_eq!(indices, (0..indices.len()).collect::<Vec<_>>(), "{kind}");
    }
}

#[test]
fn anchors_stand_at_their_bytes_and_lines() {
    let place = Place::new();
    for (name, file) in [("en.txt", EN), ("zh.txt", ZH)] {
        let rows = objects(&place.good(&["anchors", name]));
        let books = rows.iter().find(|r| r["text"].as_str().unwrap().contains("250")).unwrap();
        assert_eq!((number(&books["line"]), &books["kind"], &books["value"]), (2, &"number".into(), &"250".into()));
        for row in rows {
            let (start, end) = (number(&row["start"]), number(&row["end"]));
            assert_eq!(&file[start..end], row["text"].as_str().unwrap());
            assert_eq!(number(&row["line"]), file[..start].matches('\n').count() + 1);
        }
    }
}

#[test]
fn values_are_listed_with_what_they_state() {
    let place = Place::new();
    place.put("values.txt", "Revenue fell about 5% to $1.2 billion.\n");
    let rows = objects(&place.good(&["values", "values.txt"]));
    let states: Vec<&str> = rows.iter().map(|r| r["states"].as_str().unwrap()).collect();
    assert_eq!(states, ["~5 % down", "1200000000 USD"]);
    assert_eq!((number(&rows[1]["line"]), number(&rows[1]["start"]), number(&rows[1]["end"])), (1, 25, 37));
}

/// Text, JSON and HTML of the same findings; the exit status says whether there are any that count.
#[test]
fn findings_in_three_forms_and_an_exit_status() {
    let place = Place::new();
    place.put("en2.txt", EN.replace("250", "2,500"));
    let text = place.good(&["check", "en2.txt", "zh.txt"]);
    assert!(
        text.contains("error[number]") && text.contains("a factor of ten") && text.contains("en2.txt:2:9"),
        "{text}"
    );
    assert!(text.ends_with("1 error, no warnings, no notes in 3 pairs\n"), "{text}");
    let rows = objects(&place.good(&["check", "--aligned", "-f", "json", "en2.txt", "zh.txt"]));
    assert_eq!((rows.len(), &rows[0]["kind"], &rows[0]["slip"]), (1, &"number".into(), &"x10".into()));
    assert_eq!((&rows[0]["expected"], &rows[0]["found"]), (&"2500".into(), &"250".into()));
    let span = &rows[0]["zh"][0];
    assert_eq!(&ZH[number(&span["start"])..number(&span["end"])], span["text"].as_str().unwrap());
    // The same places in another encoding.
    let (gbk, _, _) = encoding_rs::GB18030.encode(ZH);
    place.put("gbk.txt", gbk.as_ref());
    assert_eq!(place.good(&["check", "en2.txt", "gbk.txt"]), text.replace("zh.txt", "gbk.txt"));
    let page = place.good(&["check", "-f", "html", "en2.txt", "zh.txt"]);
    assert!(page.starts_with("<!doctype html>") && page.contains("error\">2,500</mark>"), "{page}");
    let status = |arguments: &[&str]| place.run(arguments).status.code();
    assert_eq!(status(&["check", "--fail-on", "error", "en2.txt", "zh.txt"]), Some(1));
    assert_eq!(status(&["check", "--fail-on", "error", "en.txt", "zh.txt"]), Some(0));
    assert_eq!(status(&["check", "--fail-on", "error", "--only", "speaker", "en2.txt", "zh.txt"]), Some(0));
    assert!(place.bad(&["check", "--only", "colour", "en.txt", "zh.txt"]).contains("number-missing"));
    place.put("one.txt", "一行。\n");
    let message = place.bad(&["check", "--aligned", "en.txt", "one.txt"]);
    assert!(message.contains("en.txt has 3") && message.contains("one.txt has 1"), "{message}");
}

/// What stands in a text stays text in the page.
#[test]
fn markup_in_a_text_is_no_markup_in_the_page() {
    let place = Place::new();
    place.put("en3.txt", "The <script>alert(1)</script> tag cost 70 dollars.\n");
    place.put("zh3.txt", "这个<script>alert(1)</script>标签花了700美元。\n");
    let page = place.good(&["check", "--aligned", "-f", "html", "en3.txt", "zh3.txt"]);
    assert!(!page.contains("<script>alert") && page.contains("&lt;script&gt;alert"), "{page}");
}

#[test]
fn files_are_scored_one_by_one_and_together() {
    let place = Place::new();
    place.put("a.test", "[0]:[0]\n[1]:[1]\n");
    place.put("a.gold", "[0]:[0]\n[1]:[1]\n");
    place.put("b.test", "[0]:[0]\n[1]:[1]\n");
    place.put("b.gold", "[0,1]:[0,1]\n");
    let report = place.good(&["score", "a.test", "a.gold", "b.test", "b.gold"]);
    let row = |name: &str| {
        let line = report.lines().find(|l| l.trim_start().starts_with(name)).unwrap_or_else(|| panic!("{report}"));
        line.split_whitespace().skip(1).map(str::to_owned).collect::<Vec<_>>()
    };
    assert_eq!(row("a.test"), ["2", "2", "2", "1.0000", "1.0000", "1.0000"]);
    assert_eq!(row("pooled"), ["3", "4", "2", "0.5000", "0.6667", "0.5714"]);
    assert_eq!(row("2-2"), ["1", "0", "0", "0.0000", "0.0000", "0.0000"]);
    // Both lines are one verse: what the test divides, the verse joins.
    for lang in ["en", "zh"] {
        place.put(&format!("b.{lang}.verse"), "1\n1\n");
    }
    assert!(place.good(&["score", "b.test", "b.gold"]).contains("1.0000"));
}

/// A translation memory with the pairs of [`EN`] and [`ZH`], but for the number of books.
const MEMORY: &str = r#"<?xml version="1.0"?>
<tmx version="1.4"><header srclang="en-US"/><body>
<tu><tuv xml:lang="en-US"><seg>The shop opens at nine.</seg></tuv><tuv xml:lang="zh-CN"><seg>这家商店九点开门。</seg></tuv></tu>
<tu><tuv xml:lang="en-US"><seg>It sold 250 books last week.</seg></tuv><tuv xml:lang="zh-CN"><seg>上周卖出了2500本书。</seg></tuv></tu>
<tu><tuv xml:lang="en-US"><seg>The owner is called Mary.</seg></tuv><tuv xml:lang="zh-CN"><seg>店主叫玛丽。</seg></tuv></tu>
</body></tmx>"#;

#[test]
fn a_memory_is_checked_as_it_is() {
    let place = Place::new();
    place.put("memory.tmx", MEMORY);
    let report = place.good(&["check", "memory.tmx"]);
    assert!(report.contains("“250” has become “2500”") && report.contains("--> memory.tmx:4:"), "{report}");
    assert!(report.contains("in 3 pairs"), "{report}");
    let findings = objects(&place.good(&["check", "-f", "json", "memory.tmx"]));
    let span = &findings[0]["zh"][0];
    assert_eq!(&MEMORY[number(&span["start"])..number(&span["end"])], "2500");
    // What is left out is said, and does no harm.
    let french = r#"<tuv xml:lang="fr"><seg>Marie</seg></tuv></tu>"#;
    place.put("three.tmx", MEMORY.replace("</tu>\n</body>", &format!("{french}\n</body>")));
    let output = place.run(&["check", "three.tmx"]);
    let said = text(&output.stderr);
    assert_eq!(said, "duiqi: three.tmx: text in other languages is left out: fr (once, first in line 5)\n");
    assert_eq!(output.status.code(), Some(0));
}

#[test]
fn memories_are_scored_by_their_texts() {
    let place = Place::new();
    place.put("gold.tmx", MEMORY.replace("2500", "250"));
    place.put("memory.tmx", MEMORY);
    let result = place.good(&["align", "-f", "xliff", "en.txt", "zh.txt"]);
    place.put("result.xlf", &result);
    assert!(place.good(&["score", "result.xlf", "gold.tmx"]).contains("1.0000  1.0000  1.0000"));
    let report = place.good(&["score", "memory.tmx", "gold.tmx"]);
    assert!(report.contains("  3      3      2  0.6667  0.6667  0.6667"), "{report}");
    place.put("x.gold", "[0]:[0]\n");
    for arguments in [["score", "memory.tmx", "x.gold"], ["score", "x.gold", "memory.tmx"]] {
        let error = place.bad(&arguments);
        assert!(
            error.contains("memory.tmx has pairs of texts, but x.gold has none: give TMX or XLIFF for both"),
            "{error}"
        );
    }
    place.put("x.ladder", "0\t0\t0\n1\t1\t0.9\n");
    assert!(place.good(&["score", "x.ladder", "x.gold"]).contains("1.0000  1.0000  1.0000"));
}

#[test]
fn one_form_of_pairs_becomes_the_other() {
    let place = Place::new();
    place.put("memory.tmx", MEMORY);
    place.good(&["align", "-f", "xliff", "-o", "memory.xlf", "memory.tmx"]);
    let pairs = |name: &str| -> Vec<Value> {
        let lines = objects(&place.good(&["align", "-f", "jsonl", name]));
        lines.into_iter().map(|pair| serde_json::json!([pair["en"][0]["text"], pair["zh"][0]["text"]])).collect()
    };
    assert_eq!(pairs("memory.xlf"), pairs("memory.tmx"));
    assert_eq!(pairs("memory.tmx").len(), 3);
}

#[test]
fn reliability_of_a_set_is_shown_on_request() {
    let place = Place::new();
    for (lang, file) in [("en", EN), ("zh", ZH)] {
        place.put(&format!("set/001.{lang}"), file);
    }
    place.put("set/001.gold", "[0]:[0]\n[1]:[1]\n[2]:[2]\n");
    let report = place.good(&["score", "--set", "set", "--reliability"]);
    let rows = report.lines().filter(|l| l.contains('–')).map(|l| l.split_whitespace().collect::<Vec<_>>());
    let beads: usize = rows.map(|r| r[1].parse::<usize>().unwrap()).sum();
    assert_eq!(beads, 3, "{report}");
    assert!(report.contains("expected calibration error 0."), "{report}");
    assert!(!place.good(&["score", "--set", "set"]).contains("calibration"));
    place.put("a.gold", "[0]:[0]\n");
    assert!(place.bad(&["score", "a.gold", "a.gold", "--reliability"]).contains("--reliability"));
}

#[test]
fn sets_are_found_aligned_and_scored() {
    let place = Place::new();
    // Chinese first: three lines against two, so the gold shows it.
    place.put("sets/story/001.zh", "这家商店九点开门。\n上周卖出了250本书。\n店主叫玛丽。\n");
    place.put("sets/story/001.en", "The shop opens at nine and sold 250 books.\nThe owner is called Mary.\n");
    place.put("sets/story/001.gold", "[0,1]:[0]\n[2]:[1]\n");
    place.put("sets/dialogue/talk/en.txt", "Ann: Good morning, Bob.\n\nBob: It is 9 o'clock.\n");
    place.put("sets/dialogue/talk/zh.txt", "安：早上好，鲍勃。\n\n鲍勃：现在9点了。\n");
    place.put("sets/dialogue/talk/gold.tsv", "en_idx\tzh_idx\tnote\n1\t1\tok\n2\t2\tok\n");
    place.put("sets/film/en.txt", EN);
    place.put("sets/film/zh.txt", ZH);
    place.put("sets/film/gold.tsv", "en_line\tzh_line\n1\t1\n2\t2\n3\t3\n");
    let report = place.good(&["score", "--set", "sets"]);
    let order: Vec<usize> = ["dialogue", "film", "story"].iter().map(|s| report.find(s).unwrap()).collect();
    assert!(order.is_sorted(), "by name: {report}");
    assert!(report.contains("links") && report.contains("all sets") && report.contains(" s\n"), "{report}");
    let story = &report[order[2]..];
    assert!(story.lines().any(|l| l.trim_start().starts_with("2-1")), "gold has Chinese first: {story}");
    // Told that English is first, the gold does not fit any more.
    let wrong = place.bad(&["score", "--set", "sets/story", "--gold-first", "en"]);
    assert!(wrong.contains("001.gold") && wrong.contains("index 2 is beyond"), "{wrong}");
    fs::remove_file(place.path("sets/story/001.en")).unwrap();
    assert!(place.bad(&["score", "--set", "sets/story"]).contains("001.en: there is no such file"));
}

#[test]
fn a_set_can_be_aligned_together() {
    let place = Place::new();
    for text in ["001", "002"] {
        place.put(&format!("set/{text}.en"), EN);
        place.put(&format!("set/{text}.zh"), ZH);
        place.put(&format!("set/{text}.gold"), "[0]:[0]\n[1]:[1]\n[2]:[2]\n");
    }
    let report = place.good(&["score", "--set", "set", "--pool"]);
    for name in ["001", "002"] {
        assert!(report.lines().any(|l| l.trim_start().starts_with(name) && l.contains(" 1.0000 ")), "{report}");
    }
    place.put("a.gold", "[0]:[0]\n");
    assert!(place.bad(&["score", "a.gold", "a.gold", "--pool"]).contains("--pool"));
    place.put("set/002.zh", "");
    assert!(place.bad(&["score", "--set", "set", "--pool"]).contains("002"));
}

/// The sets beside the project, where they are: each must be readable and its gold must fit its texts.
#[test]
fn shared_sets_can_be_read() {
    let Some(folder) = std::env::var_os("DUIQI_EVAL") else {
        eprintln!("skipped: DUIQI_EVAL does not name a folder of sets");
        return;
    };
    let report = Place::new().good(&["score", "--set", &Path::new(&folder).display().to_string()]);
    assert!(report.contains("all sets"), "{report}");
}

#[test]
fn what_is_left_out_is_explained() {
    let place = Place::new();
    place.put("pairs.md", "| No | English | 中文 |\n| --- | --- | --- |\n| 7 | Mind the step. | 小心台阶。 |\n| 8 | Wait here. | 在此等候。 |\n");
    let run = |arguments: &[&str]| {
        let output = place.run(arguments);
        String::from_utf8(output.stderr).unwrap()
    };
    let said = run(&["align", "-f", "tsv", "pairs.md"]);
    assert!(said.contains("each row of a table has English and Chinese"), "{said}");
    assert!(
        said.contains("left out: header rows of tables of pairs (1), cells of tables of pairs that are not texts (2)"),
        "{said}"
    );
    assert!(!said.contains("pairs.md:3"), "{said}");
    for command in ["align", "check", "segment"] {
        let said = run(&[command, "--explain", "pairs.md"]);
        assert!(said.contains("pairs.md:3: left out (cells of tables of pairs that are not texts): 7"), "{said}");
    }
}

#[test]
fn languages_are_checked_unless_forced() {
    let place = Place::new();
    place.put(
        "de.txt",
        "Die neue Brücke wurde gestern eröffnet, und viele Menschen kamen mit ihren Kindern, um sie zu sehen.\n",
    );
    let error = place.bad(&["align", "en.txt", "de.txt"]);
    assert!(error.contains("this text is in German, but duiqi reads English and Chinese only (--force)"), "{error}");
    let error = place.bad(&["align", "--langs", "zh,en", "en.txt", "zh.txt"]);
    assert!(error.contains("en.txt: this text is not in Chinese, though it was said to be (--force)"), "{error}");
    assert!(!place.good(&["align", "--langs", "zh,en", "--force", "en.txt", "zh.txt"]).is_empty());
}
