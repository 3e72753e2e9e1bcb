//! Inputs made to break a reader or an aligner: each ends in bounded time and memory, with a result or with an error that says what
//! is wrong. The bounds are the system's (`ulimit`): what exceeds one is killed, and its test fails.
//!
//! `cargo test --features cli --test hostile -- --nocapture --test-threads 1` shows time and memory of each; `DUIQI_BIN` names another
//! build of the command to measure. Builds without optimisation get inputs of a tenth where it says so.
// The helpers of a test fail like the test itself.
#![allow(clippy::unwrap_used)]
#![cfg(all(feature = "cli", target_os = "linux"))]

use std::fmt::Write as _;
use std::fs::{self, File};
use std::io::Write as _;
use std::path::Path;
use std::process::{Command, Stdio};

use tempfile::TempDir;
use zip::CompressionMethod;
use zip::write::{SimpleFileOptions, ZipWriter};

const MB: u64 = 1 << 20;

/// What a run may take: seconds of processor time, and megabytes of address space.
#[derive(Clone, Copy)]
struct Bounds {
    seconds: u64,
    megabytes: u64,
}

/// For what is refused, or small.
const QUICK: Bounds = Bounds { seconds: 20, megabytes: 1024 };
/// For the largest file that is read.
const LARGE: Bounds = Bounds { seconds: 240, megabytes: 8 * 1024 };
/// For 400 KB of anything.
const PIECE: Bounds = Bounds { seconds: 10, megabytes: 1024 };
/// For what is read or aligned.
const LONG: Bounds = Bounds { seconds: 240, megabytes: 6 * 1024 };

struct Place(TempDir);

struct Outcome {
    status: Option<i32>,
    out: String,
    err: String,
}

impl Place {
    fn new() -> Place {
        Place(tempfile::tempdir().unwrap())
    }

    fn path(&self) -> &Path {
        self.0.path()
    }

    fn put(&self, name: &str, content: impl AsRef<[u8]>) -> &Place {
        fs::write(self.path().join(name), content).unwrap();
        self
    }

    /// Runs the command within bounds, and prints what it took.
    fn run(&self, bounds: Bounds, arguments: &[&str]) -> Outcome {
        self.run_on(bounds, arguments, Stdio::null())
    }

    fn run_on(&self, bounds: Bounds, arguments: &[&str], stdin: Stdio) -> Outcome {
        let program = std::env::var("DUIQI_BIN").unwrap_or_else(|_| env!("CARGO_BIN_EXE_duiqi").to_owned());
        // The shell tells the time of its child; its memory is looked at while it runs.
        let script = r#"ulimit -t "$1"; ulimit -v "$2"; shift 2; "$@"; status=$?; times >times; exit $status"#;
        let (seconds, kilobytes) = (bounds.seconds.to_string(), (bounds.megabytes * 1024).to_string());
        let out = self.path().join("stdout");
        let mut child = Command::new("bash")
            .args(["-c", script, "bash", &seconds, &kilobytes, &program])
            .args(arguments)
            .current_dir(self.path())
            .stdin(stdin)
            .stdout(File::create(&out).unwrap())
            .stderr(File::create(self.path().join("stderr")).unwrap())
            .spawn()
            .unwrap();
        let mut most = 0;
        let status = loop {
            most = most.max(resident(child.id()));
            if let Some(status) = child.try_wait().unwrap() {
                break status;
            }
            std::thread::sleep(std::time::Duration::from_millis(5));
        };
        let text = |name: &str| String::from_utf8(fs::read(self.path().join(name)).unwrap()).unwrap();
        let times = text("times");
        let (out, err) = (text("stdout"), text("stderr"));
        println!(
            "{:<50} {:>5} {:>9} {:>6} MB  {} bytes{}",
            arguments.join(" "),
            status.code().map_or("-".to_owned(), |c| c.to_string()),
            times.lines().nth(1).and_then(|l| l.split_whitespace().next()).unwrap_or("?"),
            most / 1024,
            out.len(),
            err.lines().next().map(|l| format!("  {l:.160}")).unwrap_or_default()
        );
        Outcome { status: status.code(), out, err }
    }

    /// A run that is refused with status 2 and one line that says all of `says`.
    fn refused(&self, bounds: Bounds, arguments: &[&str], says: &[&str]) {
        let Outcome { status, out, err } = self.run(bounds, arguments);
        check_refused(arguments, status, &out, &err, says);
    }

    /// The output of a run that succeeds; notes on standard error are allowed.
    fn done(&self, bounds: Bounds, arguments: &[&str]) -> String {
        let Outcome { status, out, err } = self.run(bounds, arguments);
        assert_eq!(status, Some(0), "{arguments:?}: {err}");
        out
    }
}

fn check_refused(arguments: &[&str], status: Option<i32>, out: &str, err: &str, says: &[&str]) {
    assert_eq!((status, out), (Some(2), ""), "{arguments:?}: {err}");
    assert_eq!(err.lines().count(), 1, "{err}");
    assert!(says.iter().all(|s| err.contains(s)), "{says:?} in {err}");
}

/// Kilobytes that the child of a process has had in memory at most.
fn resident(shell: u32) -> u64 {
    let children = fs::read_to_string(format!("/proc/{shell}/task/{shell}/children")).unwrap_or_default();
    let Some(child) = children.split_whitespace().next() else { return 0 };
    let status = fs::read_to_string(format!("/proc/{child}/status")).unwrap_or_default();
    let line = status.lines().find_map(|l| l.strip_prefix("VmHWM:"));
    line.and_then(|l| l.split_whitespace().next()?.parse().ok()).unwrap_or(0)
}

/// `n`, or a tenth of it in a build without optimisation, which takes five to ten times as long.
fn scaled(n: usize) -> usize {
    if cfg!(debug_assertions) && std::env::var_os("DUIQI_BIN").is_none() { n / 10 } else { n }
}

/// Segments on both sides of beads written as indices.
fn counted(beads: &str) -> (usize, usize) {
    let count = |list: &str| list.split(',').filter(|i| i.contains(char::is_numeric)).count();
    let sides = beads.lines().map(|l| l.split_once(':').unwrap());
    sides.fold((0, 0), |(a, b), (first, second)| (a + count(first), b + count(second)))
}

const INDICES: [&str; 4] = ["align", "--langs=en,zh", "-f", "indices"];

fn indices<'a>(more: &[&'a str]) -> Vec<&'a str> {
    INDICES.iter().copied().chain(more.iter().copied()).collect()
}

#[test]
fn a_file_of_a_gigabyte_is_refused_unread() {
    let place = Place::new();
    File::create(place.path().join("huge")).unwrap().set_len(1 << 30).unwrap();
    place.put("zh", "好。");
    for arguments in [&["align", "huge", "zh"][..], &["segment", "huge"], &["check", "zh", "huge"]] {
        place.refused(Bounds { seconds: 2, megabytes: 300 }, arguments, &["huge: ", "268435456 bytes", "--max-bytes"]);
    }
    place.refused(QUICK, &["segment", "--max-bytes", "2", "zh"], &["zh: it has more than 2 bytes"]);
}

/// As large as a file may be, and nothing but the least that a reader makes something of.
#[test]
fn the_smallest_pieces_in_the_largest_file() {
    let place = Place::new();
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
        let Outcome { status, err, .. } = place.run(LARGE, &["segment", name]);
        let refused = status == Some(2) && err.lines().count() == 1;
        assert!(status == Some(0) || refused, "{name}: {status:?} {err}");
        fs::remove_file(place.path().join(name)).unwrap();
    }
}

#[test]
fn an_endless_stream_is_refused() {
    let place = Place::new();
    place.refused(QUICK, &["segment", "/dev/zero"], &["--max-bytes"]);
    let zeros = File::open("/dev/zero").unwrap();
    let Outcome { status, out, err } = place.run_on(QUICK, &["segment", "-"], zeros.into());
    check_refused(&["segment", "-"], status, &out, &err, &["standard input: ", "--max-bytes"]);
}

#[test]
fn one_line_of_100_megabytes() {
    let place = Place::new();
    let bytes = scaled(100 << 20);
    place.put("en", "word ".repeat(bytes / 5)).put("zh", "字词".repeat(bytes / 6));
    place.put("short.en", "A word.").put("short.zh", "一个字。");
    for (a, b) in [("en", "short.zh"), ("short.en", "zh")] {
        assert_eq!(place.done(LONG, &indices(&["--lines", a, b])), "[0]:[0]\n");
    }
    for name in ["en", "zh"] {
        place.done(LONG, &["segment", name]);
    }
}

#[test]
fn empty_lines() {
    let place = Place::new();
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
fn a_hundred_thousand_speakers() {
    let place = Place::new();
    let (mut en, mut zh) = (String::new(), String::new());
    for k in 0..scaled(100_000) {
        // Names of two words, all different.
        let part = |mut k: usize| -> String {
            let mut name = String::from("B");
            for _ in 0..4 {
                name.push_str(["an", "er", "il", "os", "ut", "em", "ag"][k % 7]);
                k /= 7;
            }
            name
        };
        writeln!(en, "{} {}: I say {k}.\n", part(k), part(k / 13)).unwrap();
        let han = |k: usize| char::from_u32(0x4E00 + (k % 5000) as u32).unwrap();
        writeln!(zh, "{}{}{}：我说{k}。\n", han(k), han(k / 5000 + 77), han(k / 3)).unwrap();
    }
    place.put("en", en).put("zh", zh);
    place.done(LONG, &["segment", "en"]);
    place.done(LONG, &indices(&["en", "zh"]));
}

#[test]
fn deeply_nested_markup() {
    let place = Place::new();
    let deep = 100_000;
    let nested = |open: &str, words: &str, close: &str| format!("{}{words}{}", open.repeat(deep), close.repeat(deep));
    place.put("html", format!("<!DOCTYPE html><html><body>{}</body></html>", nested("<div>", "Some words.", "</div>")));
    place.put("spans", format!("<!DOCTYPE html><html><body>{}</body></html>", nested("<b><i>", "Some words.", "")));
    place.put(
        "tables",
        format!("<!DOCTYPE html><html><body>{}</body></html>", nested("<table><tr><td>", "Some words.", "")),
    );
    place.put("quotes", format!("# A\n\n{}\n", nested("> ", "Some words.", "")));
    place.put("items", format!("# A\n\n{}\n", nested("- ", "Some words.", "")));
    place.put("stars", format!("# A\n\n{}\n", nested("**a ", "Some words.", " b**")));
    place.put("links", format!("# A\n\n{}\n", nested("[a", "Some words.", "](b)")));
    place.put("ticks", format!("# A\n\n{}\n", (1..1500).map(|k| "`".repeat(k) + "a").collect::<String>()));
    for name in ["html", "spans", "tables", "quotes", "items", "stars", "links", "ticks"] {
        let out = place.done(QUICK, &["segment", name]);
        assert!(name == "ticks" || out.contains("Some words."), "{name}");
    }
    let mut steps = String::from("# A\n\n");
    for k in 0..2000 {
        writeln!(steps, "{}- some", " ".repeat(2 * k)).unwrap();
    }
    place.put("steps", steps);
    place.done(QUICK, &["segment", "steps"]);
    place.put("json", nested("[", "", "]")).put("open.json", nested("{\"segments\":", "", ""));
    for name in ["json", "open.json"] {
        place.run(QUICK, &["segment", name]);
        place.refused(QUICK, &["segment", "--from", "json", name], &[name]);
    }
    place.put("tmx", format!("<tmx>{}</tmx>", nested("<a>", "Some words.", "</a>")));
    place.refused(QUICK, &["segment", "tmx"], &["tmx: elements are nested more than 1000 deep", "--max-nesting"]);
    place.refused(QUICK, &["check", "tmx"], &["--max-nesting"]);
    place.put("docx", word_document(&nested("<w:p>", "", "</w:p>"), ""));
    place.refused(QUICK, &["segment", "docx"], &["docx: elements are nested more than 1000 deep", "--max-nesting"]);
}

/// A Word document with this body, after a declaration of `kind`.
fn word_document(body: &str, kind: &str) -> Vec<u8> {
    let space = "http://schemas.openxmlformats.org/wordprocessingml/2006/main";
    let xml = format!("{kind}<w:document xmlns:w=\"{space}\"><w:body>{body}</w:body></w:document>");
    packed(&[("word/document.xml", xml.as_bytes())])
}

fn packed(parts: &[(&str, &[u8])]) -> Vec<u8> {
    let mut archive = ZipWriter::new(std::io::Cursor::new(Vec::new()));
    for (name, part) in parts {
        archive
            .start_file(*name, SimpleFileOptions::default().compression_method(CompressionMethod::Deflated))
            .unwrap();
        archive.write_all(part).unwrap();
    }
    archive.finish().unwrap().into_inner()
}

#[test]
fn a_zip_bomb_is_refused() {
    let place = Place::new();
    let bomb = " ".repeat((64 * MB) as usize);
    place.put("bomb.docx", word_document(&bomb, ""));
    place.put("styles.docx", packed(&[("word/document.xml", b"<a/>"), ("word/styles.xml", bomb.as_bytes())]));
    for name in ["bomb.docx", "styles.docx"] {
        place.refused(QUICK, &["segment", name], &[name, "more than 300 times its size", "--max-ratio"]);
    }
    let more = ["segment", "--max-ratio", "5000", "--max-unpacked", "1000000", "bomb.docx"];
    place.refused(QUICK, &more, &["unpacks to more than 1000000 bytes", "--max-unpacked"]);
    // Many parts of one name, and a part that is an archive itself.
    let many: Vec<(String, &[u8])> = (0..10_000).map(|k| (format!("word/part{k}.xml"), &b"<a/>"[..])).collect();
    let many: Vec<(&str, &[u8])> = many.iter().map(|(name, part)| (name.as_str(), *part)).collect();
    place.put("many.docx", packed(&many));
    place.refused(QUICK, &["segment", "many.docx"], &["many.docx"]);
}

#[test]
fn entities_are_not_expanded() {
    let place = Place::new();
    let mut laughs = String::from("<!DOCTYPE a [<!ENTITY l0 \"ha\">");
    for k in 1..30 {
        write!(laughs, "<!ENTITY l{k} \"{}\">", format!("&l{};", k - 1).repeat(10)).unwrap();
    }
    laughs += "]>";
    place.put("secret", "the secret words");
    let outside = format!("<!DOCTYPE a [<!ENTITY x SYSTEM \"file://{}/secret\">]>", place.path().display());
    for (kind, entity) in [(laughs.as_str(), "&l29;"), (outside.as_str(), "&x;")] {
        let unit = format!(
            "<tmx version=\"1.4\"><header srclang=\"en\"/><body><tu><tuv xml:lang=\"en\"><seg>{entity}</seg></tuv>\
             <tuv xml:lang=\"zh\"><seg>好。</seg></tuv></tu></body></tmx>"
        );
        place.put("tmx", format!("{kind}{unit}"));
        place.refused(QUICK, &["check", "tmx"], &["tmx:1", "entities"]);
        place.put("docx", word_document(&format!("<w:p><w:r><w:t>{entity}</w:t></w:r></w:p>"), kind));
        place.refused(QUICK, &["segment", "docx"], &["docx", "entities"]);
        place.put("html", format!("{kind}<html><body><p>Some words {entity} here.</p></body></html>"));
        let out = place.done(QUICK, &["segment", "--from", "html", "html"]);
        assert!(out.len() < 5000 && !out.contains("the secret"), "{out}");
    }
}

#[test]
fn characters_that_are_none() {
    let place = Place::new();
    let odd = "The \u{202E}first\u{202C} line.\u{FEFF}\u{200B}\n\u{FEFF}Second\u{1}line \u{1b}[31mred\u{7}.\u{85}\u{2028}Third\u{FFFE}.\r\r\n";
    place.put("en", odd.repeat(3)).put("zh", "第一\u{200F}行。\u{FEFF}第二\u{1}行。\n第三行\u{FFFF}。\n");
    for form in ["table", "jsonl", "tsv", "tmx", "xliff", "html", "markdown", "xces"] {
        let out = place.done(QUICK, &["align", "--langs=en,zh", "-f", form, "en", "zh"]);
        assert!(out.chars().all(|c| c == '\n' || c == '\t' || !c.is_control()), "{form}: {out}");
    }
    place.put("nul", "A line.\nAnother \0 line.\n");
    place.refused(QUICK, &["segment", "nul"], &["nul: byte 16 is not text (0x00)"]);
    place.put("json", r#"{"segments":[{"start":0,"end":1,"text":"Half \ud800 a \udc00\ud800 pair."},{"start":1,"end":2,"text":"\u0000End."}]}"#);
    let out = place.done(QUICK, &["segment", "--from", "json", "json"]);
    assert!(out.contains("Half \u{FFFD} a \u{FFFD}\u{FFFD} pair."), "{out}");
    // Half GB18030, half UTF-8: read as one of them, with a sign for what is not in it, or refused.
    let zh = "灯塔看守人在黄昏时点亮了灯，有四十艘船经过。\n".repeat(2000);
    let mut mixed = encoding_rs::GBK.encode(&zh).0.into_owned();
    mixed.extend_from_slice(zh.as_bytes());
    place.put("mixed", mixed);
    let Outcome { status, err, .. } = place.run(QUICK, &["segment", "mixed"]);
    assert!(status == Some(0) || (status == Some(2) && err.contains("is not text")), "{err}");
}

#[test]
fn a_megabyte_without_a_mark() {
    let place = Place::new();
    let bytes = scaled(1 << 20);
    place
        .put("en", "the lamp and a ship of the keeper ".repeat(bytes / 34))
        .put("zh", "灯塔看守人和船上的灯".repeat(bytes / 30));
    place.put("letters", "a".repeat(bytes)).put("signs", "。".repeat(bytes / 3)).put("han", "人".repeat(bytes / 3));
    place.put("dots", ".".repeat(bytes)).put("open", "(“".repeat(bytes / 4)).put("colons", "a:".repeat(bytes / 2));
    place.done(LONG, &indices(&["en", "zh"]));
    place.done(LONG, &indices(&["letters", "han"]));
    for name in ["en", "zh", "letters", "signs", "han", "dots", "open", "colons"] {
        for command in ["segment", "values", "anchors"] {
            place.done(LONG, &[command, name]);
        }
    }
}

/// One short piece over and over, as one line and line by line: whatever begins with it must not look at all that follows.
#[test]
fn one_piece_all_along() {
    let pieces = [
        ">> a ",
        ">> Ann: b ",
        "Ann: ",
        "安：",
        "Q: ",
        "[a",
        "[a](",
        "](",
        "(",
        "（",
        "“",
        "\"",
        "'",
        "‘a",
        "」",
        "《",
        "**",
        "*a ",
        "_a",
        "`",
        "~",
        "|",
        "| a ",
        "<",
        "<a ",
        "</b>",
        "<!--",
        "&",
        "&amp;",
        "&#1",
        "{",
        "\\",
        "- ",
        "# ",
        "1. ",
        "1.",
        "1,",
        "1/2",
        "$1",
        "1% ",
        "-1",
        "~1",
        "1-",
        "12:30 ",
        "[00:01] ",
        "00:00:01,000 --> 00:00:02,000 ",
        "A",
        "A. ",
        "A.",
        "Mr. ",
        "e.g. ",
        "...",
        "…",
        "—",
        "-",
        "?!",
        "。",
        "、",
        "；",
        "一",
        "一百",
        "百万",
        "亿",
        "点",
        "分之",
        "第",
        "年",
        "2020年",
        "三月",
        "March ",
        "May 5 ",
        "twenty ",
        "million ",
        "half a ",
        "about ",
        "more than ",
        "大约",
        "翻一番",
        "http://a.b ",
        "a@b.c ",
        "a.b",
        "e\u{301}",
        "\u{200B}",
        "\u{FEFF}",
        "\u{202E}",
        "\r",
        "\t",
        "\u{3000}",
        "👍",
        "𠮷",
        "·",
        "安·",
        "Ann ",
        "Ann (",
        "安（Ann）",
        "CEO ",
        "－",
        "％",
        "１",
    ];
    let place = Place::new();
    let bytes = scaled(400_000);
    let mut slow = Vec::new();
    for (k, piece) in pieces.iter().enumerate() {
        let (line, lines) = (piece.repeat(bytes / piece.len()), format!("{piece}\n").repeat(bytes / (piece.len() + 1)));
        for (name, text) in [("line", line), ("lines", lines)] {
            place.put(name, format!("{text}\nThe end is here.\n最后一句话在这里。\n"));
            for command in ["segment", "values", "anchors"] {
                let Outcome { status, .. } = place.run(PIECE, &[command, name]);
                if status != Some(0) {
                    slow.push(format!("{k} {piece:?} {command} {name}: {status:?}"));
                }
            }
        }
    }
    assert!(slow.is_empty(), "{slow:#?}");
}

#[test]
fn segments_of_one_character() {
    let place = Place::new();
    let n = scaled(1_000_000);
    place.put("many", "a\n".repeat(n));
    let out = place.done(LONG, &["segment", "--max-segments", "1000000", "many"]);
    assert_eq!(out.lines().filter(|l| l.contains(r#""type":"segment""#)).count(), n);
    let n = scaled(100_000);
    place.put("en", "a\n".repeat(n)).put("zh", "一\n".repeat(n));
    assert_eq!(counted(&place.done(LONG, &indices(&["--lines", "en", "zh"]))), (n, n));
}

#[test]
fn one_line_50_000_times() {
    let place = Place::new();
    let n = scaled(50_000);
    place.put("en", "The keeper lit the lamp at dusk.\n".repeat(n)).put("zh", "看守人在黄昏时点亮了灯。\n".repeat(n));
    assert_eq!(counted(&place.done(LONG, &indices(&["--lines", "en", "zh"]))), (n, n));
    assert_eq!(counted(&place.done(LONG, &indices(&["en", "zh"]))), (n, n));
}

#[test]
fn very_unequal_sides() {
    let place = Place::new();
    // More than a hundred thousand places for one segment: none of them is likely.
    let n = scaled(150_000);
    let many = |words: &str| (0..n).map(|k| words.replace("40", &k.to_string())).collect::<String>();
    place
        .put("one.en", "The keeper lit the lamp, and 40 ships passed.\n")
        .put("one.zh", "看守人点亮了灯，有40艘船经过。\n");
    place
        .put("en", many("The keeper lit the lamp, and 40 ships passed.\n"))
        .put("zh", many("看守人点亮了灯，有40艘船经过。\n"));
    assert_eq!(counted(&place.done(LONG, &indices(&["--lines", "one.en", "zh"]))), (1, n));
    assert_eq!(counted(&place.done(LONG, &indices(&["--lines", "en", "one.zh"]))), (n, 1));
}

#[test]
fn a_mixed_article_of_two_paragraphs() {
    let place = Place::new();
    let n = scaled(17_000);
    let many = |words: &str| (0..n).map(|k| words.replace("40", &(k % 1000).to_string())).collect::<String>();
    let (en, zh) = (many("The keeper lit the lamp, and 40 ships passed. "), many("看守人点亮了灯，有40艘船经过。"));
    place.put("article", format!("{en}\n\n{zh}\n"));
    place.done(LONG, &["align", "-f", "indices", "article"]);
}

#[test]
fn a_number_of_a_million_digits() {
    let place = Place::new();
    let n = scaled(1_000_000);
    place
        .put("en", format!("It cost ${} in all.", "9".repeat(n)))
        .put("zh", format!("一共花了{}美元。", "９".repeat(n)));
    place.put("groups", format!("It cost ${} in all.", "9,999".repeat(n / 5))).put("spelled", "九千".repeat(n / 2));
    place
        .put("words", "twenty ".repeat(n / 7))
        .put("dates", "March 5, ".repeat(n / 9))
        .put("points", "1.5.".repeat(n / 4));
    for name in ["en", "zh", "groups", "spelled", "words", "dates", "points"] {
        for command in ["values", "anchors", "segment"] {
            place.done(LONG, &[command, name]);
        }
    }
    place.done(LONG, &indices(&["en", "zh"]));
}

#[test]
fn a_million_cues() {
    let place = Place::new();
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
    let place = Place::new();
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
