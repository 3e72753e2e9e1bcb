//! In which form the command writes, and where; what it says beside it.
// The helpers of a test fail like the test itself.
#![allow(clippy::unwrap_used)]
#![cfg(feature = "cli")]

mod place;

use std::fs;
use std::path::Path;

use duiqi::{Format, OutputFormat};
use place::{Place, text};

/// `en.txt` has a sentence that `zh.txt` lacks.
fn with_one_more() -> Place {
    let place = Place::new();
    let more = "It was raining heavily on that Tuesday, and nobody wanted to leave.\n";
    place.put("more.txt", format!("{}{more}", place::EN));
    place
}

#[test]
fn the_ending_of_the_file_says_the_form() {
    let place = Place::new();
    for (file, begin) in [
        ("a.jsonl", "{\"schema\":1,\"id\":0"),
        ("a.TSV", "id\tshape"),
        ("a.md", "| | English"),
        ("a.ladder", "0\t0\t"),
        ("a.txt", ""),
        ("plain", ""),
    ] {
        assert_eq!(place.good(&["align", "-o", file, "en.txt", "zh.txt"]), "");
        let written = fs::read_to_string(place.path(file)).unwrap();
        assert!(written.starts_with(begin) && !written.is_empty(), "{file}: {written}");
    }
    let table = fs::read_to_string(place.path("a.txt")).unwrap();
    assert_eq!(table, place.good(&["align", "en.txt", "zh.txt"]));
    place.good(&["align", "-f", "indices", "-o", "a.jsonl", "en.txt", "zh.txt"]);
    assert!(fs::read_to_string(place.path("a.jsonl")).unwrap().starts_with("[0]:["), "-f counts for more");
    let message = place.bad(&["align", "-o", "a.xlsx", "en.txt", "zh.txt"]);
    assert!(message.contains("the ending .xlsx is unknown; use one of .txt,") && message.contains("-f"), "{message}");
    assert!(!place.path("a.xlsx").exists());
}

#[test]
fn what_has_no_place_in_a_form_goes_beside_it() {
    let place = with_one_more();
    let output = place.run(&["align", "-f", "moses", "-o", "corpus", "more.txt", "zh.txt"]);
    assert_eq!(output.status.code(), Some(0));
    assert!(text(&output.stderr).contains("corpus.unpaired.jsonl"), "{}", text(&output.stderr));
    let [en, zh, rest] = ["corpus.en", "corpus.zh", "corpus.unpaired.jsonl"]
        .map(|f| fs::read_to_string(place.path(f)).unwrap().lines().map(str::to_owned).collect::<Vec<_>>());
    assert_eq!((en.len(), zh.len(), rest.len()), (3, 3, 1));
    assert!(rest[0].contains("raining") && zh[2] == "店主叫玛丽。");
    // An earlier run's rest does not outlive it.
    place.good(&["align", "-f", "moses", "-o", "corpus", "en.txt", "zh.txt"]);
    assert_eq!(fs::read_to_string(place.path("corpus.unpaired.jsonl")).unwrap(), "");
    let output = place.run(&["align", "-f", "hf", "more.txt", "zh.txt"]);
    assert!(text(&output.stderr).contains("1 pairs without counterpart are left out"));
    assert_eq!(text(&output.stdout).lines().count(), 3);
    let output = place.run(&["-q", "align", "-f", "hf", "more.txt", "zh.txt"]);
    assert_eq!(text(&output.stderr), "", "quiet");
    let message = place.bad(&["align", "-f", "moses", "en.txt", "zh.txt"]);
    assert!(message.contains("two files") && message.contains("-o corpus"), "{message}");
}

#[test]
fn formats_are_said_for_both_texts_or_for_each() {
    let place = Place::new();
    place.put("one.md", "# The shop\n\nIt opens at nine. It closes at six.\n");
    place.put("two.txt", "商店\n九点开门。六点关门。\n");
    let shapes = |from: &str| place.good(&["align", "-f", "indices", "--from", from, "one.md", "two.txt"]);
    assert_eq!(shapes("markdown,plain"), shapes("auto"));
    assert_ne!(shapes("lines"), shapes("markdown,plain"));
    let message = place.bad(&["align", "--from", "pdf", "one.md", "two.txt"]);
    assert!(message.contains("the formats are auto, plain, markdown"), "{message}");
    place.bad(&["align", "--from", "plain", "--lines", "one.md", "two.txt"]);
    let line = place.good(&["segment", "--from", "lines", "one.md"]);
    assert!(line.contains("# The shop"), "{line}");
}

#[test]
fn what_a_reader_has_mended_stays() {
    let place = Place::new();
    let pins = |segments: usize, pins: &str| {
        format!(
            r#"{{"duiqi":"pins","version":1,"en":{{"name":"en.txt","segments":{segments}}},"zh":{{"name":"zh.txt","segments":3}},"pins":{pins}}}"#
        )
    };
    place.put("pins.json", pins(3, r#"[{"en":[0],"zh":[]},{"en":[1,2],"zh":[0,1]}]"#));
    let run = |pins: &str| place.good(&["align", "-f", "indices", "--pins", pins, "en.txt", "zh.txt"]);
    assert_eq!(run("pins.json"), "[0]:[]\n[1,2]:[0,1]\n[]:[2]\n");
    place.put("none.json", pins(3, "[]"));
    assert_eq!(run("none.json"), place.good(&["align", "-f", "indices", "en.txt", "zh.txt"]));
    place.put("other.json", pins(7, "[]"));
    let message = place.bad(&["align", "--pins", "other.json", "en.txt", "zh.txt"]);
    assert!(message.contains("7") && message.contains("export them again"), "{message}");
    place.put("broken.json", "{\n\"duiqi\":");
    let message = place.bad(&["align", "--pins", "broken.json", "en.txt", "zh.txt"]);
    assert!(message.contains("broken.json:2"), "{message}");
    place.bad(&["align", "--pins", "pins.json", "both.txt"]);
}

#[test]
fn shells_and_man_are_served() {
    let place = Place::new();
    for shell in ["bash", "zsh", "fish", "powershell", "elvish"] {
        let script = place.good(&["completions", shell]);
        assert!(script.contains("min-confidence") && script.contains("glossary"), "{shell}");
    }
    let page = place.good(&["man", "align"]);
    assert!(page.contains(".TH") && page.contains("min\\-confidence"), "{page}");
    assert!(place.good(&["man"]).contains("Examples"));
    assert!(place.bad(&["man", "fly"]).contains("the commands are align, batch, check"));
}

#[test]
fn threads_change_nothing_but_the_time() {
    let place = Place::new();
    for k in 1..=5 {
        place.put(&format!("set/00{k}.en"), place::EN);
        place.put(&format!("set/00{k}.zh"), place::ZH);
        place.put(&format!("set/00{k}.gold"), "[0]:[0]\n[1]:[1]\n[2]:[2]\n");
    }
    let scores = |threads: &str| -> Vec<String> {
        let text = place.good(&["score", "--set", "set", "--threads", threads]);
        // The last column is the time.
        text.lines().map(|l| l.trim_end_matches(" s").rsplit_once(' ').map_or(l, |x| x.0).trim().to_owned()).collect()
    };
    assert_eq!(scores("1"), scores("3"));
    assert!(place.bad(&["score", "--set", "set", "--threads", "0"]).contains("threads"));
}

/// Help shows, and shells complete, the tables of formats.
#[test]
fn every_format_is_listed() {
    let place = Place::new();
    let (long, short) = (place.good(&["align", "--help"]), place.good(&["segment", "-h"]));
    let script = place.good(&["completions", "bash"]);
    let flat = |text: &str| text.split_whitespace().collect::<Vec<_>>().join(" ");
    for format in OutputFormat::ALL {
        assert!(flat(&long).contains(&format!("- {format}: {}", format.help())), "{format}: {long}");
        assert!(script.contains(format.name()), "{format}");
    }
    for format in Format::ALL {
        assert!(flat(&long).contains(&format!("- {format}: {}", format.help())), "{format}: {long}");
        assert!(short.contains(&format!("{format}")), "{format}: {short}");
    }
    assert!(long.contains("- moses: "));
}

/// The library is not the command, so its messages must not name options.
#[test]
fn the_library_names_no_options() {
    fn check(folder: &Path) {
        for entry in fs::read_dir(folder).unwrap().map(|e| e.unwrap().path()) {
            if entry.is_dir() {
                if !entry.ends_with("bin") {
                    check(&entry);
                }
                continue;
            }
            let text = fs::read_to_string(&entry).unwrap_or_default();
            for line in text.lines().filter(|l| !l.trim_start().starts_with("//")) {
                let option = line.split("--").skip(1).any(|rest| rest.starts_with(|c: char| c.is_ascii_lowercase()));
                let is_rust = entry.extension().is_some_and(|e| e == "rs");
                assert!(!(is_rust && option && line.contains('"')), "{}: {line}", entry.display());
            }
        }
    }
    check(&Path::new(env!("CARGO_MANIFEST_DIR")).join("src"));
}
