//! Fits the aligner's weights on gold sets and writes the file that the library embeds.
//!
//! `cargo run --release --example fit_weights -- SET_DIR... [--cues SET_DIR...] [--out data/weights.json]`
//!
//! A set is a folder of `NNN.zh`, `NNN.en` (a segment a line) and `NNN.gold` (`[zh]:[en]` or `[en]:[zh]`, indices from 0),
//! or of `en.md`, `zh.md` (or `.txt`) and `gold.tsv`, as in `data/earnings-call`. Weights for sentences come from the sets and
//! from copies of them that lack sentences; weights for subtitles come from copies whose sentences are broken into cues, and
//! from such copies of the sets after `--cues`.
//! Printed: strict F1 and negative log-likelihood per gold bead, each document scored by weights that were fitted without
//! it and its copies. The result is the same on every run.

mod boundary;
mod crf;
mod cues;
mod damage;
mod fit;
mod gold;

use std::process::ExitCode;

use duiqi::evidence::Boundaries;
use duiqi::feature::Weights;
use duiqi::lexicon::Lexicon;
use fit::fit_cutting;
use gold::{GoldDocument, Sample};

type AnyError = Box<dyn std::error::Error>;

/// How much a copy that lacks sentences counts.
const DAMAGED_WEIGHT: f64 = 0.2;
/// Only this part of the documents serves to fit the pruning of cues: whole bands are large.
const CUES_PRUNED: usize = 4;

fn main() -> ExitCode {
    let (mut sets, mut cue_sets, mut out) = (Vec::new(), Vec::new(), None);
    let mut args = std::env::args().skip(1);
    let mut to_cues = false;
    while let Some(arg) = args.next() {
        match arg.as_str() {
            "--out" => out = args.next(),
            "--cues" => to_cues = true,
            _ if to_cues => cue_sets.push(arg),
            _ => sets.push(arg),
        }
    }
    if sets.is_empty() {
        eprintln!("usage: fit_weights SET_DIR... [--cues SET_DIR...] [--out FILE]");
        return ExitCode::from(2);
    }
    match run(&sets, &cue_sets, out.as_deref()) {
        Ok(()) => ExitCode::SUCCESS,
        Err(e) => {
            eprintln!("{e}");
            ExitCode::from(2)
        }
    }
}

fn run(sets: &[String], cue_sets: &[String], out: Option<&str>) -> Result<(), AnyError> {
    let mut samples = Vec::new();
    for set in sets {
        gold::read_set(set, &mut samples)?;
    }
    let for_sentences = samples.len();
    for set in cue_sets {
        gold::read_set(set, &mut samples)?;
    }

    let mut sentences: Vec<GoldDocument> = Vec::new();
    for sample in &samples[..for_sentences] {
        sentences.push(sample.prepare(&Boundaries::default())?);
        let weight: f64 = std::env::var("DMG").ok().and_then(|x| x.parse().ok()).unwrap_or(DAMAGED_WEIGHT);
        if !sample.has_layout() && weight > 0.0 {
            for (what, lines) in damage::damaged(&sample.lines, sample.fold as u64) {
                sentences.push(sample.copy(what, lines, weight).prepare(&Boundaries::default())?);
            }
        }
    }
    let sentence_fit = fit_cutting(&sentences, None, |d| d.weight == 1.0)?;
    drop(sentences);
    let mut weights = Weights {
        fitted_on: fitted_on(sets, &samples[..for_sentences]),
        sentences: sentence_fit.weights(),
        cues: sentence_fit.weights(),
        boundaries: Boundaries::default(),
    };
    if std::env::var("NOCUES").is_err() {
    let lexicon = Lexicon::builtin()?;
    let cues: Vec<Sample> = samples
        .iter()
        .flat_map(|s| cues::in_cues(&s.lines, s.fold, &lexicon).into_iter().map(|(what, l)| s.copy(what, l, 1.0)))
        .collect();
    let mut documents = Vec::new();
    for fold in 0..samples.len() {
        let (own, others): (Vec<&Sample>, Vec<&Sample>) = cues.iter().partition(|s| s.fold == fold);
        let boundaries = boundary::fit(&others);
        for sample in own {
            documents.push(sample.prepare(&boundaries)?);
        }
    }
    let prune_on: Vec<String> = documents.iter().map(|d| d.name.clone()).step_by(CUES_PRUNED).collect();
    let cue_fit = fit_cutting(&documents, Some(&sentence_fit), |d| prune_on.contains(&d.name))?;
    weights.cues = cue_fit.weights();
    weights.boundaries = boundary::fit(&cues.iter().collect::<Vec<_>>());
    }
    if let Some(out) = out {
        std::fs::write(out, weights.to_json()?)?;
    }
    Ok(())
}

fn fitted_on(sets: &[String], samples: &[Sample]) -> String {
    let names: Vec<&str> = sets.iter().map(|s| gold::base_name(s)).collect();
    format!("{}; {} documents", names.join(", "), samples.len())
}
