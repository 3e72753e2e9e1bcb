//! Sentences, speakers and turns, on cases that anyone who reads both languages can check.

use std::{collections::BTreeSet, fs, path::Path};

use duiqi::{
    document::{Document, Format, sentences},
    text::{Lang, Source},
};

/// Reference texts with one sentence a line, where the machine has them.
const SHARED: &str = "../../shared/eval";

fn shared(file: &str) -> Option<String> {
    let dir = std::env::var("DUIQI_SHARED")
        .map_or_else(|_| Path::new(env!("CARGO_MANIFEST_DIR")).join(SHARED), |d| Path::new(&d).join("eval"));
    fs::read_to_string(dir.join(file)).ok()
}

/// Precision and recall of sentence ends when the lines of `files` are joined and split again.
fn score(files: &[String], lang: Lang, show: bool) -> Option<(f64, f64)> {
    let (mut right, mut found, mut gold) = (0usize, 0usize, 0usize);
    for file in files {
        let (text, ends) = joined(&shared(file)?, lang);
        let ours: BTreeSet<usize> = sentences(&text, lang).into_iter().map(|r| r.end).collect();
        if show {
            for &e in ours.difference(&ends) {
                println!("+ {}", around(&text, e));
            }
            for &e in ends.difference(&ours) {
                println!("- {}", around(&text, e));
            }
        }
        right += ours.intersection(&ends).count();
        found += ours.len();
        gold += ends.len();
    }
    Some((right as f64 / found as f64, right as f64 / gold as f64))
}

fn around(text: &str, at: usize) -> String {
    let left: String = text[..at].chars().rev().take(24).collect::<Vec<_>>().into_iter().rev().collect();
    let right: String = text[at..].chars().take(24).collect();
    format!("{left}|{right}")
}

fn joined(text: &str, lang: Lang) -> (String, BTreeSet<usize>) {
    let (mut out, mut ends) = (String::new(), BTreeSet::new());
    for line in text.lines().map(str::trim).filter(|l| !l.is_empty()) {
        let latin = |c: char| c.is_ascii_alphanumeric();
        if lang == Lang::En || (out.ends_with(latin) && line.starts_with(latin)) {
            out.push(' ');
        }
        out.push_str(line);
        ends.insert(out.len());
    }
    (out, ends)
}

fn sets() -> Vec<(&'static str, Vec<String>, Lang, f64, f64)> {
    let mac = |lang: &str| (1..=6).map(|n| format!("mac-dev/{n:03}.{lang}")).collect::<Vec<_>>();
    vec![
        ("mac-dev zh", mac("zh"), Lang::Zh, 0.0, 0.0),
        ("mac-dev en", mac("en"), Lang::En, 0.0, 0.0),
        ("academic zh", vec!["academic/001.zh".into()], Lang::Zh, 0.0, 0.0),
        ("academic en", vec!["academic/001.en".into()], Lang::En, 0.0, 0.0),
        ("bible zh", vec!["bible/001.zh".into()], Lang::Zh, 0.0, 0.0),
        ("bible en", vec!["bible/001.en".into()], Lang::En, 0.0, 0.0),
    ]
}

#[test]
fn sentence_ends_are_those_of_the_reference_texts() {
    let show = std::env::var_os("SHOW").is_some();
    for (name, files, lang, precision, recall) in sets() {
        let Some((p, r)) = score(&files, lang, show) else {
            println!("skipped: {name}: reference texts are not on this machine");
            continue;
        };
        println!("{name}: precision {p:.4}, recall {r:.4}");
        assert!(p >= precision && r >= recall, "{name}: precision {p:.4}, recall {r:.4}");
    }
}

/// Prints the segmentation of the file that `SHOW` names, for reading.
#[test]
#[ignore = "prints a document for reading: SHOW=file cargo test --test segmenting -- --ignored --nocapture"]
fn show() {
    let Some(path) = std::env::var_os("SHOW") else { return };
    let bytes = fs::read(path).expect("the file that SHOW names");
    let document = Document::read(Source::from_bytes("shown", &bytes).expect("text"), Format::Auto);
    let (mut turn, mut passage) = (None, usize::MAX);
    for segment in document.segments() {
        if segment.turn != turn {
            turn = segment.turn;
            println!("\n=== {turn:?} {:?}", turn.map(|t| (&document.turns()[t].label, document.turns()[t].time)));
        }
        if segment.passage != passage {
            passage = segment.passage;
            println!("-- {:?} {}", document.passages()[passage].kind, segment.lang.code());
        }
        println!("   {}", segment.text);
    }
}
