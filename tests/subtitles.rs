//! Subtitles: English sentences against Chinese cues that break them and have no marks. The gold (`gold.tsv`: line numbers from
//! 1, English, Chinese) says which cues belong to which sentence.
// The helpers of a test fail like the test itself.
#![allow(clippy::unwrap_used)]

use std::path::Path;

use duiqi::train::evaluate::{IndexBead, beads_of, strict};
use duiqi::{Aligner, Format, Source};

/// Least strict F1 of the talk in `data/subtitles`, on which nothing was fitted; reached: 1.
const TALK_F1: f64 = 0.9;

fn text(file: &str) -> String {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("data/subtitles").join(file);
    std::fs::read_to_string(&path).unwrap()
}

fn gold() -> Vec<IndexBead> {
    let numbers = |field: &str| field.split(' ').map(|n| n.parse::<usize>().unwrap() - 1).collect();
    text("gold.tsv")
        .lines()
        .skip(1)
        .map(|line| {
            let (en, zh) = line.split_once('\t').unwrap();
            IndexBead::new(numbers(en), numbers(zh))
        })
        .collect()
}

fn f1(en: &str, zh: &str) -> f64 {
    let aligner = Aligner::builder().format(Format::Lines).build().unwrap();
    let (en, zh) = (Source::from_text("en.txt", en), Source::from_text("zh.txt", zh));
    let alignment = aligner.align_sources(en, zh).unwrap();
    let beads = beads_of(&alignment);
    for bead in gold().iter().filter(|b| !beads.contains(b)) {
        println!("missed: {bead:?}");
    }
    strict(&beads, &gold()).total.f1()
}

#[test]
fn cues_find_their_sentences() {
    let f1 = f1(&text("en.txt"), &text("zh.txt"));
    println!("F1 {f1:.3}");
    assert!(f1 >= TALK_F1, "F1 {f1:.3}");
}

/// With a mark at its end a cue is a sentence for all that can be seen: fewer beads are right, but none is lost.
#[test]
fn marked_cues_stay_aligned() {
    let marked: String = text("zh.txt").lines().map(|line| format!("{line}。\n")).collect();
    let f1 = f1(&text("en.txt"), &marked);
    assert!((0.3..=1.0).contains(&f1), "F1 {f1:.3}");
}
