//! Fits the weights by which segments are found that a bead has taken in though the other side leaves them out.
//!
//! `cargo run --release -p duiqi-training --bin fit_omissions -- SET_DIR... [--out data/omissions.json]`
//!
//! A set is a folder of `NNN.zh`, `NNN.en` (a segment a line) and `NNN.gold`. Of each document copies are made that lack one
//! sentence in twenty on one side; the aligner's own weights align them. Printed: of the sentences whose counterpart is gone the
//! share that is told of, alone in a null bead or with a probability of .1 and of .5, and how many segments of the documents
//! as they are would be told of as well, where gold has a counterpart; each document by weights that were fitted without it. The
//! result is the same on every run.

mod copies;

use std::process::ExitCode;

use duiqi::Lang;
use duiqi::train::{feature::Weights, linear::Linear, passes::OmissionWeights};
use duiqi_training::cli::base_name;
use duiqi_training::fit::logistic::{Case, Logistic};
use duiqi_training::{AnyError, cli, gold};

use copies::{Read, read};

/// Probabilities that are reported on.
const BOUNDS: [f64; 2] = [0.1, 0.5];
/// Copies of a document for each side.
const COPIES: u64 = 3;

const FIT: Logistic = Logistic { l2: 0.6, constant_first: true, standardise: false, tolerance: 1e-10, iterations: 500 };

fn main() -> ExitCode {
    let (mut sets, mut out) = (Vec::new(), None);
    let mut args = cli::arguments();
    while let Some(arg) = args.next() {
        match arg.as_str() {
            "--out" => out = args.next(),
            _ => sets.push(arg),
        }
    }
    let options = (!sets.is_empty()).then_some((sets, out));
    cli::main("fit_omissions SET_DIR... [--out FILE]", options, |(sets, out)| run(sets, out.as_deref()))
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
        for (name, text) in gold::read_lines(dir)? {
            let text = text.with_single_nulls();
            let mut copies = Vec::new();
            // Chinese first, to keep the documents in the order in which the weights were fitted.
            for lang in [Lang::Zh, Lang::En] {
                for draw in 0..COPIES {
                    copies.push(read(&name, &text, Some(lang), draw, weights)?);
                }
            }
            let whole = read(&name, &text, None, 0, weights)?;
            documents.push(Document { set: base_name(dir).to_owned(), whole, copies });
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
        without.push(fit(&others, String::new())?);
    }
    for set in dirs.iter().map(|d| base_name(d)) {
        let judged: Vec<_> = documents.iter().zip(&without).filter(|(d, _)| d.set == set).collect();
        for gone in [Lang::Zh, Lang::En] {
            print_row(set, &judged, gone);
        }
    }
    let Some(out) = out else { return Ok(()) };
    let all: Vec<&Read> = documents.iter().flat_map(|d| &d.copies).collect();
    let names: Vec<&str> = dirs.iter().map(|d| base_name(d)).collect();
    let fitted_on =
        format!("{}; {} documents, one sentence in {} gone", names.join(", "), documents.len(), copies::EVERY);
    std::fs::write(out, fit(&all, fitted_on)?.to_json()?)?;
    Ok(())
}

fn fit(reads: &[&Read], fitted_on: String) -> Result<OmissionWeights, AnyError> {
    let names: Vec<String> = OmissionWeights::names().iter().map(|n| (*n).to_owned()).collect();
    let looks = reads.iter().flat_map(|r| &r.looks);
    let cases: Vec<Case> = looks.map(|(look, missing)| Case::dense(&look.features, *missing)).collect();
    let weights = FIT.fit(names.len(), &cases)?;
    Ok(OmissionWeights { fitted_on, weights: Linear::new(names, weights)? })
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
