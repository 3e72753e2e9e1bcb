//! What vectors say about a bead.

use std::ops::Range;

use super::Encoder;
use super::vectors::{Vectors, broken, dot};
use crate::error::Result;
use crate::lattice::Cell;
use crate::text::Lang;

/// The features of [`Similarities::features`], in their order; all are 0 for a null bead.
pub const FEATURES: [&str; 9] = [
    // 1, and the segments beyond one a side: what a margin of 0 is worth.
    "pair",
    "beyond",
    // The margin.
    "margin",
    // Where a side has several segments: that it does, and the least margin of one of them.
    "several_zh",
    "several_en",
    "weakest_zh",
    "weakest_en",
    // The greater margin, above 0, of the two segments just outside: do they belong to the bead?
    "outside_zh",
    "outside_en",
];

/// Mean margin of the beads that the words make probable, below which the model says nothing about the text: cosines of
/// random vectors are as great.
const LEAST_MEAN: f64 = 0.02;

/// Vectors of the segments and spans of a bitext. Margins are in units of the mean margin of the beads that the words make
/// probable, so that a right pair has about 1 and a wrong one 0 whatever the model.
pub struct Similarities {
    zh: Vectors,
    en: Vectors,
    segments: (usize, usize),
    scale: f32,
}

impl Similarities {
    /// Asks an encoder for every segment (`zh`, `en`: their texts) and for the spans of `cells`; `posteriors` are theirs.
    ///
    /// Nothing where the encoder cannot tell probable beads from chance.
    ///
    /// # Errors
    /// Those of the encoder, and [`crate::ErrorKind::Encoder`] when it gives anything but one vector a text.
    pub fn new(
        encoder: &dyn Encoder,
        zh: &[&str],
        en: &[&str],
        cells: &[Cell],
        posteriors: &[f64],
    ) -> Result<Option<Similarities>> {
        let pairs = || cells.iter().filter(|c| !c.zh().is_empty() && !c.en().is_empty());
        let mut similarities = Similarities {
            zh: Vectors::new(encoder, Lang::Zh, zh, pairs().map(|c| c.zh()))?,
            en: Vectors::new(encoder, Lang::En, en, pairs().map(|c| c.en()))?,
            segments: (zh.len(), en.len()),
            scale: 1.0,
        };
        let (a, b) = (similarities.zh.width(), similarities.en.width());
        if a != b && a != 0 && b != 0 {
            return Err(broken(format!("vectors of {a} numbers for Chinese, of {b} for English")));
        }
        let (mut sum, mut count) = (0.0, 0.0);
        for (cell, q) in cells.iter().zip(posteriors) {
            if !cell.zh().is_empty() && !cell.en().is_empty() {
                sum += q * f64::from(similarities.margin(cell.zh(), cell.en()));
                count += q;
            }
        }
        let mean = if count > 0.0 { sum / count } else { 0.0 };
        if mean < LEAST_MEAN {
            return Ok(None);
        }
        similarities.scale = (1.0 / mean) as f32;
        Ok(Some(similarities))
    }

    /// Cosine of two spans, less half of the mean cosine that each has with the segments of the other side: the margin of
    /// Artetxe & Schwenk 2019 (section 3), over all segments instead of the nearest, as in Vecalign (Thompson & Koehn 2019,
    /// section 3), in the units of the whole.
    pub fn margin(&self, zh: Range<usize>, en: Range<usize>) -> f32 {
        let (z, e) = (self.zh.of(&zh), self.en.of(&en));
        (dot(z, e) - 0.5 * (dot(z, &self.en.mean) + dot(e, &self.zh.mean))) * self.scale
    }

    /// Values of [`FEATURES`] for a bead.
    pub fn features(&self, cell: Cell) -> [f32; FEATURES.len()] {
        let (zh, en) = (cell.zh(), cell.en());
        if zh.is_empty() || en.is_empty() {
            return [0.0; FEATURES.len()];
        }
        let beyond = (zh.len() + en.len() - 2) as f32;
        let of_zh = |s: usize| self.margin(s..s + 1, en.clone());
        let of_en = |s: usize| self.margin(zh.clone(), s..s + 1);
        let several = |range: &Range<usize>| f32::from(u8::from(range.len() > 1));
        let weakest = |range: &Range<usize>, of: &dyn Fn(usize) -> f32| {
            if range.len() > 1 { range.clone().map(of).fold(f32::INFINITY, f32::min) } else { 0.0 }
        };
        let outside = |range: &Range<usize>, end: usize, of: &dyn Fn(usize) -> f32| {
            let before = range.start.checked_sub(1).map_or(0.0, of);
            let after = if range.end < end { of(range.end) } else { 0.0 };
            before.max(after).max(0.0)
        };
        [
            1.0,
            beyond,
            self.margin(zh.clone(), en.clone()),
            several(&zh),
            several(&en),
            weakest(&zh, &of_zh),
            weakest(&en, &of_en),
            outside(&zh, self.segments.0, &of_zh),
            outside(&en, self.segments.1, &of_en),
        ]
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::lattice::SHAPES;
    use proptest::prelude::*;

    fn cosine(a: &[f32], b: &[f32]) -> f64 {
        let dot = |x: &[f32], y: &[f32]| x.iter().zip(y).map(|(p, q)| f64::from(*p) * f64::from(*q)).sum::<f64>();
        dot(a, b) / (dot(a, a) * dot(b, b)).sqrt()
    }

    proptest! {
        /// The exact twin: cosines with every segment, one by one. Vectors come back by the text that they were asked for.
        #[test]
        fn margin_is_the_cosine_less_mean_cosines(
            zh in prop::collection::vec(prop::collection::vec(0.1f32..1.0, 3), 1..5),
            en in prop::collection::vec(prop::collection::vec(0.1f32..1.0, 3), 1..5),
        ) {
            let names = |n: usize| (0..n).map(|k| k.to_string()).collect::<Vec<_>>();
            let (zh_names, en_names) = (names(zh.len()), names(en.len()));
            let encoder = |lang: Lang, texts: &[&str]| -> Result<Vec<Vec<f32>>> {
                let vectors = if lang == Lang::Zh { &zh } else { &en };
                Ok(texts.iter().map(|t| vectors[t.parse::<usize>().unwrap()].clone()).collect())
            };
            let zh_texts: Vec<&str> = zh_names.iter().map(String::as_str).collect();
            let en_texts: Vec<&str> = en_names.iter().map(String::as_str).collect();
            let one = SHAPES.iter().position(|&s| s == (1, 1)).unwrap() as u8;
            let cell = Cell { i: 0, j: 0, shape: one };
            let twin = |z: usize, e: usize| {
                let to_en = en.iter().map(|v| cosine(&zh[z], v)).sum::<f64>() / en.len() as f64;
                let to_zh = zh.iter().map(|v| cosine(&en[e], v)).sum::<f64>() / zh.len() as f64;
                cosine(&zh[z], &en[e]) - 0.5 * (to_en + to_zh)
            };
            let found = Similarities::new(&encoder, &zh_texts, &en_texts, &[cell], &[1.0]).unwrap();
            let unit = twin(0, 0);
            prop_assume!((unit - LEAST_MEAN).abs() > 1e-4);
            prop_assert_eq!(found.is_some(), unit > LEAST_MEAN);
            if let Some(found) = found {
                for z in 0..zh.len() {
                    for e in 0..en.len() {
                        let margin = f64::from(found.margin(z..z + 1, e..e + 1));
                        prop_assert!((margin - twin(z, e) / unit).abs() < 1e-3, "{} {}", margin, twin(z, e) / unit);
                    }
                }
                prop_assert!((found.features(cell)[2] - 1.0).abs() < 1e-3);
            }
        }
    }
}
