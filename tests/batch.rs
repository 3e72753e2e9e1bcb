//! What `duiqi batch` promises: one line out for each record in, in order, whatever the record, the threads, the packing, and
//! however often the run was interrupted. Cases are in `tests/cases/batch/`.
// The helpers of a test fail like the test itself.
#![allow(clippy::unwrap_used)]
#![cfg(feature = "cli")]

mod place;

use std::fs;
use std::io::{BufRead, BufReader, Read, Write};
use std::path::Path;
use std::process::{Output, Stdio};

use serde_json::{Value, json};

use place::{Place, text};

fn cases(name: &str) -> Vec<Value> {
    objects(&fs::read_to_string(Path::new("tests/cases/batch").join(name)).unwrap())
}

fn objects(lines: &str) -> Vec<Value> {
    lines.split_terminator('\n').map(|l| serde_json::from_str(l).unwrap()).collect()
}

fn records() -> Vec<Value> {
    cases("records.jsonl").into_iter().map(|case| case["record"].clone()).collect()
}

fn lines(values: impl IntoIterator<Item = Value>) -> String {
    values.into_iter().map(|v| format!("{v}\n")).collect()
}

/// Records in great number: the good and the bad cases in turn, each with an id of its own where it can have one.
fn many(rounds: usize) -> String {
    let (good, bad) = (records(), cases("faults.jsonl"));
    let mut all = String::new();
    for round in 0..rounds {
        for (k, record) in good.iter().enumerate() {
            let mut record = record.clone();
            record["id"] = json!(format!("{round}-{k}"));
            all += &format!("{record}\n");
            if let Some(fault) = bad.get((round + k) % (bad.len() + 3)) {
                all += &format!("{}\n", fault["line"].as_str().unwrap());
            }
        }
    }
    all
}

impl Place {
    /// A run that reads `input` from a pipe.
    fn fed(&self, arguments: &[&str], input: &[u8]) -> Output {
        let mut command = self.command(arguments);
        command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
        let mut child = command.spawn().unwrap();
        let mut pipe = child.stdin.take().unwrap();
        let input = input.to_vec();
        let feeder = std::thread::spawn(move || {
            // The command may have refused to read.
            let _ = pipe.write_all(&input);
        });
        let output = child.wait_with_output().unwrap();
        feeder.join().unwrap();
        output
    }

    /// Standard output of a run over `input` with no fault in it.
    fn batch(&self, arguments: &[&str], input: &str) -> String {
        let output = self.fed(&[&["batch", "-q"], arguments].concat(), input.as_bytes());
        assert_eq!((output.status.code(), text(&output.stderr)), (Some(0), String::new()), "{arguments:?}");
        text(&output.stdout)
    }

    /// What a file holds, unpacked.
    fn unpacked(&self, name: &str) -> String {
        let bytes = fs::read(self.path(name)).unwrap();
        if bytes.starts_with(&[0x1F, 0x8B]) {
            let mut all = String::new();
            flate2::read::MultiGzDecoder::new(&bytes[..]).read_to_string(&mut all).unwrap();
            all
        } else if bytes.starts_with(&[0x28, 0xB5]) {
            text(&zstd::decode_all(&bytes[..]).unwrap())
        } else {
            text(&bytes)
        }
    }
}

fn gzip(data: &[u8]) -> Vec<u8> {
    let mut encoder = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::default());
    encoder.write_all(data).unwrap();
    encoder.finish().unwrap()
}

#[test]
fn records_of_every_kind_are_aligned() {
    let place = Place::new();
    let cases = cases("records.jsonl");
    let answers = objects(&place.batch(&[], &lines(records())));
    assert_eq!(answers.len(), cases.len());
    for (k, (case, answer)) in cases.iter().zip(&answers).enumerate() {
        let record = &case["record"];
        assert_eq!(answer["id"], record["id"], "a missing id is null");
        assert_eq!(answer["line"], json!(k + 1));
        let beads = answer["beads"].as_array().unwrap();
        let texts: Vec<Value> = beads.iter().map(|b| json!([b["en"]["text"], b["zh"]["text"]])).collect();
        assert_eq!(json!(texts), case["beads"], "{record}");
        for (bead, lang) in beads.iter().flat_map(|b| [(b, "en"), (b, "zh")]) {
            let half = &bead[lang];
            let given = if record["article"].is_null() { &record[lang] } else { &record["article"] };
            let Some(given) = given.as_str() else {
                // Elements of the array, which have no bytes in one string.
                let elements: Vec<String> = half["segments"]
                    .as_array()
                    .unwrap()
                    .iter()
                    .map(|i| given[i.as_u64().unwrap() as usize].as_str().unwrap().replace('\n', " "))
                    .collect();
                assert_eq!(half["text"], json!(elements.join(if lang == "en" { " " } else { "" })));
                assert!(half.get("start").is_none() && half.get("end").is_none(), "{half}");
                continue;
            };
            let [start, end] = ["start", "end"].map(|name| half[name].as_u64().unwrap() as usize);
            // Markup inside a segment is in the bytes, not in the text.
            assert_eq!(given[start..end].replace("**", "").trim_start_matches("# "), half["text"].as_str().unwrap());
        }
        if let Some(speakers) = case["speakers"].as_array() {
            let found: Vec<&Value> = beads.iter().map(|b| &b["speaker"]["en"]).collect();
            assert_eq!(found, speakers.iter().collect::<Vec<_>>());
            assert!(beads.iter().all(|b| b["speaker"]["same"] == json!(true)), "{answer}");
        }
    }
}

#[test]
fn a_record_that_fails_says_why_and_the_run_goes_on() {
    let place = Place::new();
    let cases = cases("faults.jsonl");
    let mut input: Vec<u8> =
        cases.iter().flat_map(|c| format!("{}\n", c["line"].as_str().unwrap()).into_bytes()).collect();
    input.extend_from_slice(b"{\"id\":\"latin\",\"en\":\"caf\xE9\",\"zh\":\"x\"}\n");
    input.extend_from_slice(lines(records().into_iter().take(1)).as_bytes());
    let output = place.fed(&["batch"], &input);
    assert_eq!(output.status.code(), Some(1));
    let answers = objects(&text(&output.stdout));
    assert_eq!(answers.len(), cases.len() + 2);
    for (k, (case, answer)) in cases.iter().zip(&answers).enumerate() {
        let error = &answer["error"];
        assert_eq!((&answer["id"], &answer["line"]), (&case["id"], &json!(k + 1)), "{case}");
        assert_eq!(error["kind"], case["kind"], "{case}: {error}");
        let message = error["message"].as_str().unwrap();
        assert!(message.contains(case["says"].as_str().unwrap()), "{case}: {message}");
    }
    let latin = &answers[cases.len()];
    assert_eq!((&latin["id"], &latin["error"]["kind"]), (&json!("latin"), &json!("not-utf8")));
    assert!(latin["error"]["message"].as_str().unwrap().contains("byte 23 of the line is not UTF-8 (0xE9)"), "{latin}");
    assert!(answers[cases.len() + 1]["beads"].is_array());
    let said = text(&output.stderr);
    let failed = cases.len() + 1;
    assert!(said.contains("duiqi: standard input:1: \"en\" is a number"), "{said}");
    assert!(said.contains(&format!("{} records, {failed} failed; 4 sentences in 2 beads", failed + 1)), "{said}");
    assert_eq!(said.lines().count(), 6, "five faults are named, and all are counted: {said}");
    let output = place.fed(&["batch", "--failures-ok"], &input);
    assert_eq!(output.status.code(), Some(0));
    assert_eq!(objects(&text(&output.stdout)), answers);
}

#[test]
fn the_number_of_threads_changes_no_byte() {
    let place = Place::new();
    place.put("many.jsonl", many(30));
    let out = |threads: &str| {
        let output = place.run(&["batch", "-q", "--threads", threads, "many.jsonl"]);
        assert_eq!((output.status.code(), text(&output.stderr)), (Some(1), String::new()));
        output.stdout
    };
    let one = out("1");
    assert_eq!(text(&one).lines().count(), many(30).lines().count());
    assert!(one == out("2") && one == out("7"));
    for ending in ["gz", "zst"] {
        let packed = ["1", "2", "7"].map(|threads| {
            let name = format!("{threads}.{ending}");
            assert_eq!(
                place.run(&["batch", "-q", "--threads", threads, "-o", &name, "many.jsonl"]).status.code(),
                Some(1)
            );
            assert_eq!(place.unpacked(&name), text(&one));
            fs::read(place.path(&name)).unwrap()
        });
        assert!(packed[0] == packed[1] && packed[0] == packed[2]);
    }
    assert!(place.bad(&["batch", "--threads", "0", "many.jsonl"]).contains("--threads"));
}

#[test]
fn shares_make_up_the_whole() {
    let place = Place::new();
    // Blank lines belong to no share.
    place.put("many.jsonl", many(3).replace("}\n{", "}\n\n{"));
    let out = |arguments: &[&str]| text(&place.run(&[&["batch", "-q", "many.jsonl"], arguments].concat()).stdout);
    let whole: Vec<String> = out(&[]).lines().map(str::to_owned).collect();
    let mut shares: Vec<_> = ["0/3", "1/3", "2/3"].iter().map(|s| out(&["--shard", s])).collect::<Vec<_>>();
    assert!(shares.iter().all(|share| share.lines().count().abs_diff(whole.len() / 3) <= 1));
    let mut taken: Vec<_> = shares.iter_mut().map(|share| share.lines()).collect();
    for (k, line) in whole.iter().enumerate() {
        assert_eq!(taken[k % 3].next(), Some(line.as_str()));
    }
    for wrong in ["3/3", "1", "0/0", "-1/3", "a/b", "1/2/3"] {
        let said = place.bad(&["batch", &format!("--shard={wrong}"), "many.jsonl"]);
        assert!(said.contains("--shard"), "{wrong}: {said}");
    }
    assert!(place.bad(&["batch", "--shard", "3/3", "many.jsonl"]).contains("the first is 0/3, the last 2/3"));
}

#[test]
fn forms_differ_in_what_they_say_of_a_bead() {
    let place = Place::new();
    place.put("en.txt", "It rained all night.\nNobody slept.\nWe left at 9.\n");
    place.put("zh.txt", "下了一整夜雨。\n我们9点走了。\n");
    let read = |name: &str| fs::read_to_string(place.path(name)).unwrap();
    let record = lines([json!({"id": 1, "en": read("en.txt"), "zh": read("zh.txt")})]);
    let full: Value = serde_json::from_str(&place.batch(&["-f", "full"], &record)).unwrap();
    let expected = objects(&place.good(&["align", "-f", "jsonl", "en.txt", "zh.txt"]));
    assert_eq!(full["beads"], json!(expected), "the records of `align`");
    let beads: Value = serde_json::from_str(&place.batch(&[], &record)).unwrap();
    let of = |v: &Value, name: &str| v["beads"].as_array().unwrap().iter().map(|b| b[name].clone()).collect::<Vec<_>>();
    assert_eq!((of(&full, "shape"), of(&full, "confidence")), (of(&beads, "shape"), of(&beads, "confidence")));
    let alone: Vec<&Value> = beads["beads"].as_array().unwrap().iter().filter(|b| b["zh"].is_null()).collect();
    assert_eq!((alone.len(), &alone[0]["shape"]), (1, &json!("1-0")), "{beads}");
    let pairs: Value = serde_json::from_str(&place.batch(&["-f", "pairs"], &record)).unwrap();
    let lean: Vec<Value> = beads["beads"]
        .as_array()
        .unwrap()
        .iter()
        .filter(|b| !b["zh"].is_null())
        .map(|b| json!({"en": b["en"]["text"], "zh": b["zh"]["text"], "confidence": b["confidence"]}))
        .collect();
    assert_eq!(pairs["pairs"], json!(lean));
    assert_eq!(pairs["unpaired"], json!({"en": 1, "zh": 0}), "what has no place in the form is counted");
    let none: Value = serde_json::from_str(&place.batch(&["--min-confidence", "1"], &record)).unwrap();
    assert_eq!((&none["left_out"], &none["beads"]), (&json!(3), &json!([])));
    assert_eq!(none["confidence"], beads["confidence"], "that of the whole stays");
}

#[test]
fn texts_that_do_not_say_the_same_are_noticed() {
    let place = Place::new();
    let wrong = json!({"id": 1, "en": "The weather was fine all week. Nobody complained about it.",
        "zh": "昨天晚上一直下着大雨。我把旧自行车卖给了一个学生。"});
    let answers = objects(&place.batch(&[], &lines([wrong, records()[0].clone()])));
    assert_eq!(answers[0]["warnings"][0]["kind"], json!("not-translations"), "{}", answers[0]);
    assert!(answers[0]["confidence"].as_f64().unwrap() < 0.3);
    assert_eq!(answers[1]["warnings"], json!([]));
}

#[test]
fn members_are_carried_over_as_they_are() {
    let place = Place::new();
    let record = "{\"url\":\"a\\u4e2d\",\"id\":1.50,\"en\":\"It rained.\",\"n\":1e400,\"zh\":\"下雨了。\",\"x\":{\"deep\": [1, null]}}\n";
    let out = place.batch(&["--keep", "x,url,none", "--keep", "n,en"], record);
    let start = "{\"id\":1.50,\"line\":1,\"x\":{\"deep\": [1, null]},\"url\":\"a\\u4e2d\",\"n\":1e400,\"en\":\"It rained.\",\"relation\"";
    assert!(out.starts_with(start), "{out}");
    let failed = place.fed(&["batch", "-q", "--keep", "n"], b"{\"n\":2,\"id\":1,\"en\":\"It rained.\"}\n");
    assert!(text(&failed.stdout).starts_with("{\"id\":1,\"line\":1,\"n\":2,\"error\""), "{}", text(&failed.stdout));
    for own in ["id", "line", "beads", "confidence", "error"] {
        assert!(
            place.bad(&["batch", "--keep", own]).contains("a member of its own") || {
                place.bad(&["batch", "--keep", own]).contains(&format!("\"{own}\" of its own"))
            }
        );
    }
}

#[test]
fn no_character_ends_a_line_but_the_line_feed() {
    let place = Place::new();
    let text = "It rained.\u{85}We left.\u{2028}Nobody spoke.\u{2029}";
    let record = lines([json!({"id": text, "en": text, "zh": "下雨了。我们走了。没有人说话。", "memo": text})]);
    let out = place.batch(&["--keep", "memo,en"], &record);
    assert!(!out.contains(['\u{85}', '\u{2028}', '\u{2029}']), "escaped: {out}");
    let answer: Value = serde_json::from_str(&out).unwrap();
    assert_eq!([&answer["id"], &answer["memo"], &answer["en"]], [text; 3]);
}

#[test]
fn packed_files_are_read_and_written() {
    let place = Place::new();
    let input = lines(records());
    let expected = place.batch(&[], &input);
    let (a, b) = input.split_at(input.len() / 2 + input[input.len() / 2..].find('\n').unwrap() + 1);
    // Two members, cut inside a line and between two bytes of a character.
    let cut = input.find("下").unwrap() + 1;
    let members = [gzip(&input.as_bytes()[..cut]), gzip(&input.as_bytes()[cut..])].concat();
    let frames = [
        zstd::encode_all(&input.as_bytes()[..cut], 0).unwrap(),
        zstd::encode_all(&input.as_bytes()[cut..], 0).unwrap(),
    ];
    for packed in [&members, &frames.concat()] {
        let output = place.fed(&["batch", "-q"], packed);
        assert_eq!(text(&output.stdout), expected, "a pipe is known by its first bytes");
    }
    place.put("a.jsonl.gz", gzip(a.as_bytes()));
    place.put("b.jsonl.zst", zstd::encode_all(b.as_bytes(), 0).unwrap());
    place.put("bom.jsonl", format!("\u{FEFF}{input}"));
    assert_eq!(place.good(&["batch", "-q", "a.jsonl.gz", "b.jsonl.zst"]), expected);
    assert_eq!(place.good(&["batch", "-q", "bom.jsonl"]), expected, "a byte order mark is no part of the JSON");
    let last = input.trim_end();
    assert_eq!(place.batch(&[], &last.replace('\n', "\r\n")), expected, "CRLF, and no end of the last line");
    for name in ["out.jsonl.gz", "out.jsonl.ZST", "out.jsonl"] {
        assert_eq!(place.good(&["batch", "-q", "a.jsonl.gz", "b.jsonl.zst", "-o", name]), "");
        assert_eq!(place.unpacked(name), expected);
        assert!(!place.path(&format!("{name}.part")).exists());
    }
    for (how, magic) in [("gzip", &[0x1F, 0x8B]), ("zstd", &[0x28, 0xB5])] {
        let output = place.run(&["batch", "-q", "--compress", how, "bom.jsonl"]);
        assert!(output.stdout.starts_with(magic), "{how}");
        // No record is a valid file, too.
        place.put("none.jsonl", "\n\n");
        let output = place.run(&["batch", "-q", "--compress", how, "none.jsonl", "-o", "none.out"]);
        assert_eq!(output.status.code(), Some(0));
        assert!(fs::read(place.path("none.out")).unwrap().starts_with(magic) && place.unpacked("none.out").is_empty());
    }
}

#[test]
fn files_that_are_not_what_they_should_be_are_named() {
    let place = Place::new();
    let input = lines(records());
    place.put("plain.jsonl.gz", &input);
    place.put("empty.gz", "");
    place.put("a.xz", b"\xFD7zXZ\0rest");
    place.put("a.parquet", b"PAR1rest");
    for (name, says) in [
        ("plain.jsonl.gz", "the name says gzip, the content is uncompressed"),
        ("empty.gz", "the file is empty"),
        ("a.xz", "this is xz; unpack it"),
        ("a.parquet", "this is Parquet"),
        ("none.jsonl", "there is no such file"),
        (".", "this is a folder"),
    ] {
        let said = place.bad(&["batch", name]);
        assert!(said.contains(says) && said.contains(name), "{name}: {said}");
    }
    // A second file that is not there shows before any work.
    place.put("good.jsonl", &input);
    place.bad(&["batch", "good.jsonl", "none.jsonl"]);
    // One that ends early: what stands before its end is written, and kept.
    let whole = gzip(many(4).as_bytes());
    place.put("torn.jsonl.gz", &whole[..whole.len() / 2]);
    let output = place.run(&["batch", "torn.jsonl.gz", "-o", "out.jsonl"]);
    let said = text(&output.stderr);
    assert_eq!(output.status.code(), Some(2), "{said}");
    assert!(
        said.contains("the compressed data are damaged or end early") && said.contains("--resume continues it"),
        "{said}"
    );
    assert!(!place.path("out.jsonl").exists() && place.unpacked("out.jsonl.part").ends_with("}\n"));
    // The file is there again, whole.
    place.put("torn.jsonl.gz", &whole);
    assert!(place.bad(&["batch", "torn.jsonl.gz", "-o", "out.jsonl"]).contains("continue it with --resume"));
    assert_eq!(place.run(&["batch", "-q", "torn.jsonl.gz", "-o", "out.jsonl", "--resume"]).status.code(), Some(1));
    place.put("good.jsonl", many(4));
    assert_eq!(place.unpacked("out.jsonl"), text(&place.run(&["batch", "-q", "good.jsonl"]).stdout));
    // Nothing is left of a run that could not begin.
    place.bad(&["batch", "plain.jsonl.gz", "-o", "new.jsonl"]);
    assert!(!place.path("new.jsonl.part").exists());
}

#[test]
fn a_run_goes_on_from_wherever_it_was_cut() {
    let place = Place::new();
    place.put("in.jsonl", many(2));
    for name in ["out.jsonl", "out.jsonl.gz", "out.jsonl.zst"] {
        let arguments = ["batch", "-q", "in.jsonl", "--resume", "-o", name];
        let part = format!("{name}.part");
        assert_eq!(place.run(&arguments).status.code(), Some(1), "nothing is there yet: it begins");
        let whole = fs::read(place.path(name)).unwrap();
        let lines = place.unpacked(name);
        for cut in [0, 1, 7, whole.len() / 3, whole.len() / 2, whole.len() - 1, whole.len()] {
            fs::remove_file(place.path(name)).unwrap();
            place.put(&part, &whole[..cut]);
            let output = place.run(&arguments);
            assert_eq!((output.status.code(), text(&output.stderr)), (Some(1), String::new()), "{name} cut at {cut}");
            assert_eq!(place.unpacked(name), lines, "{name} cut at {cut}");
            assert!(!place.path(&part).exists());
            if name == "out.jsonl" {
                assert!(fs::read(place.path(name)).unwrap() == whole);
            }
        }
        // Complete, and again: nothing changes.
        assert_eq!(place.run(&arguments).status.code(), Some(1));
        assert_eq!(place.unpacked(name), lines);
    }
    // The input has grown.
    place.put("in.jsonl", many(3));
    for name in ["out.jsonl", "out.jsonl.gz", "out.jsonl.zst"] {
        let output = place.run(&["batch", "in.jsonl", "--resume", "-o", name]);
        assert!(text(&output.stderr).contains("records stand already; 0 bytes behind them were incomplete"));
        assert_eq!(place.unpacked(name), text(&place.run(&["batch", "-q", "in.jsonl"]).stdout));
    }
}

#[test]
fn a_run_goes_on_with_its_own_input_only() {
    let place = Place::new();
    let input = lines((0..6).map(|i| json!({"id": i, "en": "It rained.", "zh": "下雨了。"})));
    place.put("in.jsonl", &input);
    place.good(&["batch", "-q", "in.jsonl", "-o", "whole.jsonl"]);
    let whole = place.unpacked("whole.jsonl");
    let part: String = whole.lines().take(3).map(|l| format!("{l}\n")).collect();
    let other = input.replace("\"id\":1,", "\"id\":\"other\",");
    let fewer: String = input.lines().take(2).map(|l| format!("{l}\n")).collect();
    for (input, part, says) in [
        (
            other.as_str(),
            part.as_str(),
            "out.jsonl.part:2: its id is 1 of line 2, that of the input \"other\" (in.jsonl:2)",
        ),
        (fewer.as_str(), part.as_str(), "out.jsonl.part:3: the input has fewer records"),
        (input.as_str(), "{\"a\":1}\n", "out.jsonl.part:1: duiqi batch did not write this line"),
        (input.as_str(), "words\n", "out.jsonl.part:1: duiqi batch did not write this line"),
    ] {
        place.put("in.jsonl", input);
        place.put("out.jsonl.part", part);
        let said = place.bad(&["batch", "in.jsonl", "--resume", "-o", "out.jsonl"]);
        assert!(said.contains(says), "{said}");
        assert_eq!(place.unpacked("out.jsonl.part"), part, "left as it was");
    }
    place.put("in.jsonl", &input);
    place.put("out.jsonl.part", &part);
    assert!(place.bad(&["batch", "in.jsonl", "--shard", "1/2", "--resume", "-o", "out.jsonl"]).contains("--shard"));
    // A file of somebody else's is no run of ours.
    place.put("notes.jsonl", "words\n");
    assert!(
        place
            .bad(&["batch", "in.jsonl", "--resume", "-o", "notes.jsonl"])
            .contains("duiqi batch did not write this line")
    );
    assert_eq!(place.unpacked("notes.jsonl"), "words\n");
    assert!(place.bad(&["batch", "in.jsonl", "--resume"]).contains("--output"));
    assert!(place.bad(&["batch", "in.jsonl", "--resume", "-o", "-"]).contains("--resume continues a file"));
    place.good(&["batch", "-q", "in.jsonl", "--resume", "-o", "out.jsonl"]);
    assert_eq!(place.unpacked("out.jsonl"), whole);
}

#[test]
fn a_line_that_is_too_long_fails_alone() {
    let place = Place::new();
    // Its id is known, since it stands in front.
    let long = format!("{{\"id\":\"long\",\"en\":\"{}\",\"zh\":\"下雨了。\"}}", "It rained. ".repeat(100_000));
    let blank = " ".repeat(100_000);
    let input = format!("{}{long}\n{blank}\n{}", lines(records()), lines(records()));
    let output = place.fed(&["batch", "-q", "--max-record-bytes", "9999"], input.as_bytes());
    assert_eq!(output.status.code(), Some(1));
    let answers = objects(&text(&output.stdout));
    assert_eq!(answers.len(), 2 * records().len() + 1);
    let failed: Vec<&Value> = answers.iter().filter(|a| a.get("error").is_some()).collect();
    assert_eq!((failed.len(), &failed[0]["id"], &failed[0]["error"]["kind"]), (1, &json!("long"), &json!("too-long")));
    let said = failed[0]["error"]["message"].as_str().unwrap();
    assert!(said.contains(&format!("has {} bytes, more than the 9999", long.len())), "{said}");
}

/// Answers come while the input is still open, and memory does not grow with its length.
#[test]
fn memory_is_bounded_and_answers_do_not_wait() {
    let place = Place::new();
    let mut command = place.command(&["batch", "-q", "--threads", "2"]);
    let mut child = command.stdin(Stdio::piped()).stdout(Stdio::piped()).spawn().unwrap();
    let (mut input, mut output) = (child.stdin.take().unwrap(), BufReader::new(child.stdout.take().unwrap()));
    let peak = |pid: u32| {
        let status = fs::read_to_string(format!("/proc/{pid}/status")).ok()?;
        let line = status.lines().find_map(|l| l.strip_prefix("VmHWM:"))?;
        line.trim().trim_end_matches(" kB").parse::<usize>().ok()
    };
    let mut feed = |rounds: usize| {
        let batch = lines(records());
        for _ in 0..rounds {
            input.write_all(batch.as_bytes()).unwrap();
            input.flush().unwrap();
            for _ in 0..records().len() {
                let mut line = String::new();
                output.read_line(&mut line).unwrap();
                assert!(line.ends_with("]}\n"), "{line}");
            }
        }
        peak(child.id())
    };
    let (few, many) = (feed(10), feed(100));
    drop(input);
    assert!(child.wait().unwrap().success());
    match (few, many) {
        (Some(few), Some(many)) => assert!(many < few + 16 * 1024, "{few} kB after 10 rounds, {many} kB after 110"),
        _ => eprintln!("skipped: this system does not tell how much memory a process has used"),
    }
}
