//! Fits the weights by which segments are found that a bead has taken in though the other side leaves them out.
//!
//! `cargo run --release --example fit_omissions -- SET_DIR... [--out data/omissions.json]`
//!
//! A set is a folder of `NNN.zh`, `NNN.en` (a segment a line) and `NNN.gold`. Of each document copies are made that lack one
//! sentence in twenty on one side; the aligner's own weights align them. Printed: of the sentences whose counterpart is gone the
//! share that is told of, alone in a null bead or with a probability of .1 and of .5, and how many segments of the documents
//! as they are would be told of as well, where gold has a counterpart; each document by weights that were fitted without it. The
//! result is the same on every run.

mod copies;
mod logistic;
#[path = "../damage/random.rs"]
mod random;
#[expect(dead_code, reason = "the example `damage` uses the rest of it")]
#[path = "../damage/text.rs"]
mod text;

use std::process::ExitCode;

use duiqi::feature::Weights;
use duiqi::passes::OmissionWeights;
use duiqi::text::Lang;

use copies::{Read, read};
use text::AnyError;

/// Probabilities that are reported on.
const BOUNDS: [f64; 2] = [0.1, 0.5];
/// Copies of a document for each side.
const COPIES: u64 = 3;

fn main() -> ExitCode {
    let (mut sets, mut out) = (Vec::new(), None);
    let mut args = std::env::args().skip(1);
    while let Some(arg) = args.next() {
        match arg.as_str() {
            "--out" => out = args.next(),
            _ => sets.push(arg),
        }
    }
    if sets.is_empty() {
        eprintln!("usage: fit_omissions SET_DIR... [--out FILE]");
        return ExitCode::from(2);
    }
    match run(&sets, out.as_deref()) {
        Ok(()) => ExitCode::SUCCESS,
        Err(e) => {
            eprintln!("{e}");
            ExitCode::from(2)
        }
    }
}

/// A document as it is, and its copies.
struct Document {
    set: String,
    whole: Read,
    copies: Vec<Read>,
}

fn run(dirs: &[String], out: Option<&str>) -> Result<(), AnyError> {
    let weights = Weights::builtin()?;
    let mut documents = Vec::new();
    for dir in dirs {
        for text in text::read_set(dir)? {
            let mut copies = Vec::new();
            // Chinese first, so that documents stand in the order in which the weights were fitted.
            for lang in [Lang::Zh, Lang::En] {
                for draw in 0..COPIES {
                    copies.push(read(&text, Some(lang), draw, weights)?);
                }
            }
            let whole = read(&text, None, 0, weights)?;
            documents.push(Document { set: text::base_name(dir).to_owned(), whole, copies });
        }
    }
    println!(
        "| set | gone | sentences | in a null bead | p ≥ .1 | p ≥ .5 | told of in the text as it is, p ≥ .1 | p ≥ .5 |"
    );
    println!("|---|---|---:|---:|---:|---:|---:|---:|");
    let mut without = Vec::new();
    for k in 0..documents.len() {
        let others = documents.iter().enumerate().filter(|(i, _)| *i != k || documents.len() == 1);
        let others: Vec<&Read> = others.flat_map(|(_, d)| &d.copies).collect();
        without.push(OmissionWeights { fitted_on: String::new(), values: logistic::fit(&others)? });
    }
    for set in dirs.iter().map(|d| text::base_name(d)) {
        let judged: Vec<_> = documents.iter().zip(&without).filter(|(d, _)| d.set == set).collect();
        for gone in [Lang::Zh, Lang::En] {
            print_row(set, &judged, gone);
        }
    }
    let Some(out) = out else { return Ok(()) };
    let all: Vec<&Read> = documents.iter().flat_map(|d| &d.copies).collect();
    let names: Vec<&str> = dirs.iter().map(|d| text::base_name(d)).collect();
    let fitted_on =
        format!("{}; {} documents, one sentence in {} gone", names.join(", "), documents.len(), copies::EVERY);
    std::fs::write(out, OmissionWeights { fitted_on, values: logistic::fit(&all)? }.to_json()?)?;
    Ok(())
}

/// A set, each document by the weights beside it.
fn print_row(set: &str, documents: &[(&Document, &OmissionWeights)], gone: Lang) {
    // Segments that are told of, among those whose counterpart is gone or among the others.
    let told = |read: &Read, weights: &OmissionWeights, missing: bool, bound: f64| {
        let looks = read.looks.iter().filter(|(look, is)| look.lang != gone && *is == missing);
        looks.filter(|(look, _)| weights.probability(look) >= bound).count()
    };
    let (mut made, mut null, mut segments) = (0, 0, 0);
    let (mut found, mut by_mistake) = ([0; BOUNDS.len()], [0; BOUNDS.len()]);
    for (document, weights) in documents {
        let copies = || document.copies.iter().filter(|c| c.gone == Some(gone));
        made += copies().map(|c| c.left_alone).sum::<usize>();
        null += copies().map(|c| c.found_alone).sum::<usize>();
        segments += document.whole.segments[usize::from(gone == Lang::En)];
        for (k, bound) in BOUNDS.into_iter().enumerate() {
            found[k] += copies().map(|c| told(c, weights, true, bound)).sum::<usize>();
            by_mistake[k] += told(&document.whole, weights, false, bound);
        }
    }
    let share = |n: usize| n as f64 / made.max(1) as f64;
    println!(
        "| {set} | {} | {made} | {:.2} | {:.2} | {:.2} | {} of {segments} | {} |",
        if gone == Lang::Zh { "Chinese" } else { "English" },
        share(null),
        share(null + found[0]),
        share(null + found[1]),
        by_mistake[0],
        by_mistake[1],
    );
}
