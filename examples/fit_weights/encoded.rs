//! The weights of an encoder's features, on top of scores that the words gave without having seen the document.

use duiqi::encode::{EncoderWeights, FEATURES, Similarities};
use duiqi::lattice::{Cell, Lattice};
use duiqi::passes::worth_encoding;

use crate::crf::Example;
use crate::gold::GoldDocument;
use crate::sidecar::Sidecar;
use crate::{all_and_folds, report};

/// Fits and reports. `scores`: of the beads of each lattice.
pub fn fit(
    documents: &[GoldDocument],
    lattices: &[Lattice],
    scores: Vec<Vec<f64>>,
    command: &str,
    fitted_on: &str,
) -> Result<EncoderWeights, Box<dyn std::error::Error>> {
    let encoder = Sidecar::start(command)?;
    let mut examples = Vec::new();
    for ((document, lattice), scores) in documents.iter().zip(lattices).zip(&scores) {
        let mut kept = worth_encoding(lattice, scores);
        kept.extend(document.gold_in(lattice));
        kept.sort_unstable();
        kept.dedup();
        let cells: Vec<Cell> = kept.iter().map(|&x| lattice.cells[x]).collect();
        let smaller = Lattice::new(document.passes.band(), cells);
        let given: Vec<f64> = kept.iter().map(|&x| scores[x]).collect();
        let (_, posteriors) = smaller.posteriors(&given);
        let texts = document.texts.each_ref().map(|side| side.iter().map(String::as_str).collect::<Vec<_>>());
        let found = Similarities::new(&encoder, &texts[0], &texts[1], &smaller.cells, &posteriors)?;
        let found = found.ok_or_else(|| format!("{}: the encoder cannot tell its beads from chance", document.name))?;
        let features = smaller.cells.iter().flat_map(|&cell| found.features(cell)).collect();
        println!("{}: {:.2} beads a Chinese segment", document.name, kept.len() as f64 / document.zh_len as f64);
        let gold = document.gold_in(&smaller);
        examples.push(Example::new(smaller, features, gold).on_top_of(given));
    }
    let nothing = vec![vec![0.0; FEATURES.len()]; examples.len()];
    report("without the encoder", documents, &examples, &nothing);
    let (all, folds) = all_and_folds(&examples);
    report("with the encoder", documents, &examples, &folds);
    let mut values = [0.0; FEATURES.len()];
    values.iter_mut().zip(all).for_each(|(to, w)| *to = w);
    Ok(EncoderWeights { fitted_on: format!("{fitted_on}; encoder: {command}"), values })
}
