//! The weights of an encoder's features, on top of scores that the words gave without having seen the document.

use duiqi::train::{
    encode::{EncoderWeights, FEATURES, Similarities},
    lattice::{Cell, Lattice},
    linear::Linear,
    passes::worth_encoding,
};
use duiqi_training::AnyError;
use duiqi_training::fit::crf::Example;

use crate::figures::report;
use crate::sample::GoldDocument;
use crate::sidecar::Sidecar;
use crate::stages::{Judged, StageFit, all_and_folds};

/// Fits and reports.
pub fn fit(
    documents: &[GoldDocument],
    judged: &[Judged],
    command: &str,
    fitted_on: &str,
) -> Result<EncoderWeights, AnyError> {
    let encoder = Sidecar::start(command)?;
    let mut examples = Vec::new();
    for (document, Judged { lattice, scores, continues }) in documents.iter().zip(judged) {
        let mut kept = worth_encoding(lattice, scores, *continues);
        kept.extend(document.gold_in(lattice));
        kept.sort_unstable();
        kept.dedup();
        let cells: Vec<Cell> = kept.iter().map(|&x| lattice.cells[x]).collect();
        let smaller = Lattice::new(document.passes.band(), cells);
        let given: Vec<f64> = kept.iter().map(|&x| scores[x]).collect();
        let posteriors = smaller.posteriors(&given, *continues).beads;
        let texts = document.texts.as_ref().map(|side| side.iter().map(String::as_str).collect::<Vec<_>>());
        let found = Similarities::new(&encoder, texts.as_ref().map(Vec::as_slice), &smaller.cells, &posteriors)?;
        let found = found.ok_or_else(|| format!("{}: the encoder cannot tell its beads from chance", document.name))?;
        let features = smaller.cells.iter().flat_map(|&cell| found.features(cell)).collect();
        println!("{}: {:.2} beads a Chinese segment", document.name, kept.len() as f64 / document.zh_len as f64);
        let gold = document.gold_in(&smaller);
        examples.push(Example::new(smaller, features, gold, 1.0).on_top_of(given, *continues));
    }
    let nothing = StageFit::nothing(FEATURES.len());
    report("without the encoder", documents, &examples, &nothing);
    let fitted = all_and_folds(documents, &examples, &nothing)?;
    report("with the encoder", documents, &examples, &fitted);
    let encoder = Linear::new(FEATURES.map(str::to_owned).to_vec(), fitted.all)?;
    Ok(EncoderWeights { fitted_on: format!("{fitted_on}; encoder: {command}"), encoder })
}
