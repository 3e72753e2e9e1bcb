//! Fits the aligner's weights on gold sets and writes the file that the library embeds.
//!
//! `cargo run --release --example fit_weights -- SET_DIR... [--out data/weights.json] [--reliability]`
//!
//! A set is a folder of `NNN.zh`, `NNN.en` (a segment a line) and `NNN.gold` (`[zh]:[en]` or `[en]:[zh]`, indices from 0),
//! or of `en.md`, `zh.md` (or `.txt`) and `gold.tsv`, as in `data/earnings-call`.
//! Printed: strict F1 and negative log-likelihood per gold bead, each document scored by weights that were fitted without
//! it. The result is the same on every run.

mod crf;
mod gold;
mod reliability;

use std::process::ExitCode;

use crf::{Example, fit, standard_deviations};
use duiqi::feature::{Context, Stage, StageWeights, Values, Weights};
use duiqi::lattice::{Cell, Lattice};
use duiqi::passes::first_supports;
use gold::GoldDocument;

fn main() -> ExitCode {
    let (mut sets, mut out, mut reliability) = (Vec::new(), None, false);
    let mut args = std::env::args().skip(1);
    while let Some(arg) = args.next() {
        match arg.as_str() {
            "--out" => out = args.next(),
            "--reliability" => reliability = true,
            _ => sets.push(arg),
        }
    }
    if sets.is_empty() {
        eprintln!("usage: fit_weights SET_DIR... [--out FILE] [--reliability]");
        return ExitCode::from(2);
    }
    match run(&sets, out.as_deref(), reliability) {
        Ok(()) => ExitCode::SUCCESS,
        Err(e) => {
            eprintln!("{e}");
            ExitCode::from(2)
        }
    }
}

fn run(sets: &[String], out: Option<&str>, reliability: bool) -> Result<(), Box<dyn std::error::Error>> {
    let mut documents = Vec::new();
    for set in sets {
        documents.extend(gold::read_set(set)?);
    }
    let prune = StageWeights::new(Stage::Prune, fit_prune(&documents));
    let lattices: Vec<Lattice> = documents.iter().map(|d| d.lattice_with_gold(&prune)).collect::<duiqi::Result<_>>()?;

    let firsts: Vec<Example> = documents
        .iter()
        .zip(&lattices)
        .map(|(d, l)| {
            let evidence = d.passes.lattice_evidence(l);
            example(d, l, Stage::First, &d.passes.context(&evidence), |_| [0.0; 2])
        })
        .collect();
    let first = all_and_folds(&firsts);
    report("first pass", &documents, &firsts, &first.1);

    let seconds: Vec<Example> = documents
        .iter()
        .zip(&lattices)
        .enumerate()
        .map(|(k, (d, l))| {
            // As in use: the first pass has not seen the document.
            let (_, posteriors) = l.posteriors(&firsts[k].scores(&first.1[k]));
            let learned = d.passes.learn(l, &posteriors);
            example(d, l, Stage::Second, &d.passes.context(&learned), |x| first_supports(firsts[k].row(x)))
        })
        .collect();
    let second = all_and_folds(&seconds);
    report("second pass", &documents, &seconds, &second.1);
    if reliability {
        reliability::print(&documents, &seconds, &second.1);
    }

    if let Some(out) = out {
        let names: Vec<&str> = sets.iter().map(|s| gold::base_name(s)).collect();
        let weights = Weights {
            fitted_on: format!("{}; {} documents", names.join(", "), documents.len()),
            prune,
            first: StageWeights::new(Stage::First, first.0),
            second: StageWeights::new(Stage::Second, second.0),
        };
        std::fs::write(out, weights.to_json()?)?;
    }
    Ok(())
}

fn example(
    document: &GoldDocument,
    lattice: &Lattice,
    stage: Stage,
    context: &Context<'_>,
    support: impl Fn(usize) -> [f32; 2],
) -> Example {
    let mut values = Values::default();
    for (x, &cell) in lattice.cells.iter().enumerate() {
        stage.write(context, cell, support(x), &mut values);
    }
    Example::new(lattice.clone(), values.0, document.gold_in(lattice))
}

fn fit_prune(documents: &[GoldDocument]) -> Vec<f64> {
    let examples: Vec<Example> = documents
        .iter()
        .map(|d| {
            let lattice = Lattice::whole(d.passes.band());
            println!(
                "{}: {} Chinese segments, {} of {} gold beads in the band",
                d.name,
                d.zh_len,
                d.gold_in(&lattice).len(),
                d.gold_len
            );
            let evidence = d.passes.band_evidence();
            example(d, &lattice, Stage::Prune, &d.passes.context(&evidence), |_| [0.0; 2])
        })
        .collect();
    let all: Vec<&Example> = examples.iter().collect();
    fit(&all, &standard_deviations(&all))
}

/// Weights from all documents, and for each document from all others.
fn all_and_folds(examples: &[Example]) -> (Vec<f64>, Vec<Vec<f64>>) {
    let all: Vec<&Example> = examples.iter().collect();
    let deviations = standard_deviations(&all);
    let jobs: Vec<Vec<&Example>> = std::iter::once(all.clone())
        .chain((0..all.len()).map(|k| {
            let others = all.iter().enumerate().filter(|(i, _)| *i != k);
            others.map(|(_, e)| *e).collect()
        }))
        .collect();
    let next = std::sync::atomic::AtomicUsize::new(0);
    let results = std::sync::Mutex::new(vec![Vec::new(); jobs.len()]);
    std::thread::scope(|scope| {
        for _ in 0..std::thread::available_parallelism().map_or(1, usize::from) {
            scope.spawn(|| {
                loop {
                    let k = next.fetch_add(1, std::sync::atomic::Ordering::Relaxed);
                    let Some(job) = jobs.get(k) else { break };
                    let weights = fit(job, &deviations);
                    if let Ok(mut results) = results.lock() {
                        results[k] = weights;
                    }
                }
            });
        }
    });
    let mut results = results.into_inner().unwrap_or_default();
    let folds = results.split_off(1);
    (results.pop().unwrap_or_default(), folds)
}

fn report(stage: &str, documents: &[GoldDocument], examples: &[Example], folds: &[Vec<f64>]) {
    let mut sets: Vec<(&str, [f64; 4])> = Vec::new();
    for ((d, e), w) in documents.iter().zip(examples).zip(folds) {
        let scores = e.scores(w);
        let path: Vec<Cell> = e.lattice.best_path(&scores).into_iter().map(|x| e.lattice.cells[x]).collect();
        let right = path.iter().filter(|c| d.gold.contains(c)).count() as f64;
        let loss = e.loss(w);
        let row = [right, path.len() as f64, d.gold_len as f64, loss];
        println!("{stage}\t{}\t{}", d.name, figures(row));
        if sets.last().is_none_or(|s| s.0 != d.set) {
            sets.push((&d.set, [0.0; 4]));
        }
        if let Some(last) = sets.last_mut() {
            last.1.iter_mut().zip(row).for_each(|(a, b)| *a += b);
        }
    }
    for (set, row) in sets {
        println!("{stage}\t{set} pooled\t{}", figures(row));
    }
}

fn figures([right, found, gold, loss]: [f64; 4]) -> String {
    format!(
        "P {:.4} R {:.4} F1 {:.4}\tNLL per gold bead {:.4}",
        right / found,
        right / gold,
        2.0 * right / (found + gold),
        loss / gold
    )
}
