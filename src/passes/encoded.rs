//! The pass that a caller's encoder adds: the beads that the words leave open are scored once more.

use super::BitextModel;
use super::scored::{Best, Scored, best};
use crate::encode::{Encoder, EncoderWeights, Similarities};
use crate::error::Result;
use crate::lattice::{Cell, GapExtension, Lattice};
use crate::text::PerLang;

/// Beads less probable than this by the words alone are given up: vectors of spans cost more than anything else here.
const MIN_POSTERIOR: f64 = 1e-4;

/// Which beads an encoder is asked about, by the scores that the words give: those that are not improbable, and the best
/// path, so that there is one.
pub fn worth_encoding(lattice: &Lattice, scores: &[f64], extension: GapExtension) -> Vec<usize> {
    let posteriors = lattice.posteriors(scores, extension).beads;
    let mut kept: Vec<usize> = (0..scores.len()).filter(|&x| posteriors[x] >= MIN_POSTERIOR).collect();
    kept.extend(lattice.best_path(scores, extension));
    kept.sort_unstable();
    kept.dedup();
    kept
}

impl BitextModel {
    /// The best path after an encoder was asked about the beads that both passes leave open. `texts` are the texts of
    /// the segments.
    ///
    /// # Errors
    /// Those of the encoder.
    pub fn with_encoder(
        &self,
        scored: &Scored,
        encoder: &dyn Encoder,
        encoder_weights: &EncoderWeights,
        texts: PerLang<&[&str]>,
    ) -> Result<Best> {
        let Scored { lattice, scores, extension } = scored;
        let extension = *extension;
        let kept = worth_encoding(lattice, scores, extension);
        let cells: Vec<Cell> = kept.iter().map(|&x| lattice.cells[x]).collect();
        let mut scores: Vec<f64> = kept.iter().map(|&x| scores[x]).collect();
        let smaller = Lattice::new(&self.band, cells);
        let posteriors = smaller.posteriors(&scores, extension).beads;
        if let Some(similarities) = Similarities::new(encoder, texts, &smaller.cells, &posteriors)? {
            for (score, &cell) in scores.iter_mut().zip(&smaller.cells) {
                *score += encoder_weights.encoder.score(&similarities.features(cell));
            }
        }
        Ok(best(&smaller, &scores, extension))
    }
}
