//! Fits the aligner's weights on gold sets and writes the file that the library embeds.
//!
//! `cargo run --release -p duiqi-training --bin fit_weights -- SET_DIR... [--cues SET_DIR...] [--out data/weights.json]
//!  [--encoder COMMAND [--encoder-out data/encoder.json]] [--damaged 0.2] [--reliability] [--ablate]`
//!
//! [`duiqi_training::gold`] says what a set is. Weights for sentences come from the sets and from copies of them that lack
//! sentences. With `--cues`, weights for subtitles come from copies whose sentences are broken into cues, and from such copies
//! of the sets after it; without, they are those for sentences.
//!
//! Printed: strict F1 and negative log-likelihood per gold bead, each document scored by weights that were fitted without
//! it and its copies. With an encoder (a command as for the example `align_with_encoder`), the weights of its features are
//! fitted on top of those scores. `--ablate` prints a table of what each group of evidence is worth in the second pass. The
//! result is the same on every run.

mod ablation;
mod boundary;
mod copies;
mod cues;
mod encoded;
mod figures;
mod reliability;
mod sample;
#[path = "../../../../examples/align_with_encoder/sidecar.rs"]
mod sidecar;
mod stages;

use std::process::ExitCode;

use duiqi::train::{
    evidence::Boundaries,
    feature::{Segmentation, Weights},
    lexicon::Lexicon,
};
use duiqi_training::cli::base_name;
use duiqi_training::{AnyError, cli, gold};

use sample::{GoldDocument, Sample};
use stages::{SegmentationFit, fit_segmentation};

/// How much a copy that lacks sentences counts. Strict F1 / likelihood with .15, .2, .3: literary text .930 / .119, .931 / .118,
/// .932 / .119; with a tenth of the Chinese gone .864, .865, .871; academic text, not fitted on, .9944, .9944, .9929, and with a
/// tenth of the Chinese gone .931, .936, .937.
const DAMAGED_WEIGHT: f64 = 0.2;
/// Only one document in so many serves to fit the pruning of cues: whole bands are large.
const CUES_PRUNED: usize = 4;

#[derive(Default)]
struct Options {
    sets: Vec<String>,
    cue_sets: Vec<String>,
    out: Option<String>,
    encoder: Option<String>,
    encoder_out: Option<String>,
    with_cues: bool,
    reliability: bool,
    ablate: bool,
    damaged: Option<f64>,
}

const USAGE: &str = "fit_weights SET_DIR... [--cues SET_DIR...] [--damaged WEIGHT] [--out FILE] \
                     [--encoder COMMAND [--encoder-out FILE]] [--reliability] [--ablate]";

fn main() -> ExitCode {
    let mut options = Options::default();
    let mut args = cli::arguments();
    while let Some(arg) = args.next() {
        match arg.as_str() {
            "--out" => options.out = args.next(),
            "--encoder" => options.encoder = args.next(),
            "--encoder-out" => options.encoder_out = args.next(),
            "--damaged" => options.damaged = args.next().and_then(|x| x.parse().ok()),
            "--ablate" => options.ablate = true,
            "--reliability" => options.reliability = true,
            "--cues" => options.with_cues = true,
            _ if options.with_cues => options.cue_sets.push(arg),
            _ => options.sets.push(arg),
        }
    }
    cli::main(USAGE, Some(options).filter(|o| !o.sets.is_empty()), run)
}

fn run(options: &Options) -> Result<(), AnyError> {
    let mut samples = Vec::new();
    add_samples(&options.sets, &mut samples)?;
    let for_sentences = samples.len();
    add_samples(&options.cue_sets, &mut samples)?;
    let fitted_on = fitted_on(options, for_sentences, samples.len());
    let sentences = fit_sentences(&samples[..for_sentences], options, &fitted_on)?;
    let Some(out) = &options.out else { return Ok(()) };
    let (cues, boundaries) = if options.with_cues {
        let (fitted, boundaries) = fit_cues(&samples, &sentences)?;
        (fitted.weights()?, boundaries)
    } else {
        (sentences.weights()?, Boundaries::default())
    };
    let weights = Weights { fitted_on, sentences: sentences.weights()?, cues, boundaries };
    std::fs::write(out, weights.to_json()?)?;
    Ok(())
}

fn add_samples(sets: &[String], samples: &mut Vec<Sample>) -> Result<(), AnyError> {
    for set in sets {
        for text in gold::read_set(set)? {
            samples.push(Sample::whole(&text, samples.len())?);
        }
    }
    Ok(())
}

fn fit_sentences(samples: &[Sample], options: &Options, fitted_on: &str) -> Result<SegmentationFit, AnyError> {
    let mut whole = Vec::new();
    for sample in samples {
        whole.push(sample.prepare(&Boundaries::default())?);
    }
    let originals = whole.len();
    let weight = options.damaged.unwrap_or(DAMAGED_WEIGHT);
    for sample in samples.iter().filter(|s| !s.has_layout()) {
        for (what, lines) in copies::damaged(&sample.lines, sample.fold as u64) {
            whole.push(sample.copy(what, lines, weight).prepare(&Boundaries::default())?);
        }
    }
    whole.retain(|d| d.weight > 0.0);
    // Pruning, too, is fitted on copies that lack blocks: whole texts do not say what a gap costs.
    let (fitted, judged) = fit_segmentation(&whole, None, |_| true, options.ablate)?;
    if options.reliability {
        reliability::print(&whole[..originals], &judged[..originals]);
    }
    if let Some(command) = &options.encoder {
        let weights = encoded::fit(&whole[..originals], &judged[..originals], command, fitted_on)?;
        if let Some(out) = &options.encoder_out {
            std::fs::write(out, weights.to_json()?)?;
        }
    }
    Ok(fitted)
}

fn fit_cues(samples: &[Sample], sentences: &SegmentationFit) -> Result<(SegmentationFit, Boundaries), AnyError> {
    let lexicon = Lexicon::builtin()?;
    let cues: Vec<Sample> = samples
        .iter()
        .flat_map(|s| cues::in_cues(&s.lines, s.fold, &lexicon).into_iter().map(|(what, l)| s.copy(what, l, 1.0)))
        .collect();
    let mut documents: Vec<GoldDocument> = Vec::new();
    for fold in 0..samples.len() {
        let (own, others): (Vec<&Sample>, Vec<&Sample>) = cues.iter().partition(|s| s.fold == fold);
        let boundaries = boundary::fit(&others)?;
        for sample in own {
            let document = sample.prepare(&boundaries)?;
            // What the aligner takes for sentences (hardly more segments than on the other side) is scored by their weights.
            if document.passes.segmentation() == Segmentation::Cues {
                documents.push(document);
            }
        }
    }
    let prune_on: Vec<String> = documents.iter().map(|d| d.name.clone()).step_by(CUES_PRUNED).collect();
    let (fitted, _) = fit_segmentation(&documents, Some(sentences), |d| prune_on.contains(&d.name), false)?;
    Ok((fitted, boundary::fit(&cues.iter().collect::<Vec<_>>())?))
}

fn fitted_on(options: &Options, sentences: usize, cues: usize) -> String {
    let names = |sets: &[String]| sets.iter().map(|s| base_name(s)).collect::<Vec<_>>().join(", ");
    let mut text = format!("{}; {sentences} documents", names(&options.sets));
    if !options.cue_sets.is_empty() {
        text += &format!("; cues of {}, {cues} documents, too", names(&options.cue_sets));
    }
    text
}
