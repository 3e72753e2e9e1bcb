//! What vectors say about a bead.

use std::ops::Range;

use super::Encoder;
use super::vectors::{Vectors, broken, dot};
use crate::error::Result;
use crate::lattice::Cell;
use crate::text::{Lang, PerLang};

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
const MIN_MEAN: f64 = 0.02;

/// Vectors of the segments and spans of a bitext. Margins are in units of the mean margin of the beads that the words make
/// probable, so that a right pair has about 1 and a wrong one 0 whatever the model.
pub struct Similarities {
    vectors: PerLang<Vectors>,
    segments: PerLang<usize>,
    scale: f32,
}

impl Similarities {
    /// Asks an encoder for the vector of every segment and of the spans of `cells`, which have these `posteriors`.
    ///
    /// Nothing where the encoder cannot tell probable beads from chance.
    ///
    /// # Errors
    /// Those of the encoder, and [`crate::ErrorKind::Encoder`] if it does not give exactly one vector for each text.
    pub fn new(
        encoder: &dyn Encoder,
        texts: PerLang<&[&str]>,
        cells: &[Cell],
        posteriors: &[f64],
    ) -> Result<Option<Similarities>> {
        let pairs = || cells.iter().filter(|c| !c.zh().is_empty() && !c.en().is_empty());
        let zh = Vectors::new(encoder, Lang::Zh, texts.zh, pairs().map(|c| c.zh()))?;
        let en = Vectors::new(encoder, Lang::En, texts.en, pairs().map(|c| c.en()))?;
        let vectors = PerLang { en, zh };
        let mut similarities = Similarities { vectors, segments: texts.map(<[&str]>::len), scale: 1.0 };
        let width = similarities.vectors.as_ref().map(Vectors::width);
        if width.en != width.zh && width.en != 0 && width.zh != 0 {
            return Err(broken(format!("vectors of {} numbers for Chinese, of {} for English", width.zh, width.en)));
        }
        let (mut sum, mut count) = (0.0, 0.0);
        for (cell, q) in cells.iter().zip(posteriors) {
            if !cell.zh().is_empty() && !cell.en().is_empty() {
                sum += q * f64::from(similarities.margin(cell.spans()));
                count += q;
            }
        }
        let mean = if count > 0.0 { sum / count } else { 0.0 };
        if mean < MIN_MEAN {
            return Ok(None);
        }
        similarities.scale = (1.0 / mean) as f32;
        Ok(Some(similarities))
    }

    /// Cosine of two spans, less half of the mean cosine that each has with the segments of the other side: the margin of
    /// Artetxe & Schwenk 2019 (section 3), over all segments instead of the nearest, as in Vecalign (Thompson & Koehn 2019,
    /// section 3), in the units of the whole.
    pub fn margin(&self, spans: PerLang<Range<usize>>) -> f32 {
        let PerLang { en, zh } = &self.vectors;
        let (e, z) = (en.of(&spans.en), zh.of(&spans.zh));
        (dot(z, e) - 0.5 * (dot(z, &en.mean) + dot(e, &zh.mean))) * self.scale
    }

    /// Values of [`FEATURES`] for a bead.
    pub fn features(&self, cell: Cell) -> [f32; FEATURES.len()] {
        if !cell.is_two_sided() {
            return [0.0; FEATURES.len()];
        }
        let PerLang { en, zh } = cell.spans();
        let beyond = (zh.len() + en.len() - 2) as f32;
        let of_zh = |s: usize| self.margin(PerLang { en: en.clone(), zh: s..s + 1 });
        let of_en = |s: usize| self.margin(PerLang { en: s..s + 1, zh: zh.clone() });
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
            self.margin(cell.spans()),
            several(&zh),
            several(&en),
            weakest(&zh, &of_zh),
            weakest(&en, &of_en),
            outside(&zh, self.segments.zh, &of_zh),
            outside(&en, self.segments.en, &of_en),
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
            en in prop::collection::vec(prop::collection::vec(0.1f32..1.0, 3), 1..5),
            zh in prop::collection::vec(prop::collection::vec(0.1f32..1.0, 3), 1..5),
        ) {
            let names = |n: usize| (0..n).map(|k| k.to_string()).collect::<Vec<_>>();
            let (en_names, zh_names) = (names(en.len()), names(zh.len()));
            let encoder = |lang: Lang, texts: &[&str]| -> Result<Vec<Vec<f32>>> {
                let vectors = if lang == Lang::Zh { &zh } else { &en };
                Ok(texts.iter().map(|t| vectors[t.parse::<usize>().unwrap()].clone()).collect())
            };
            let zh_texts: Vec<&str> = zh_names.iter().map(String::as_str).collect();
            let en_texts: Vec<&str> = en_names.iter().map(String::as_str).collect();
            let one = SHAPES.iter().position(|&s| s == PerLang { en: 1, zh: 1 }).unwrap() as u8;
            let cell = Cell { i: 0, j: 0, shape: one };
            let twin = |z: usize, e: usize| {
                let to_en = en.iter().map(|v| cosine(&zh[z], v)).sum::<f64>() / en.len() as f64;
                let to_zh = zh.iter().map(|v| cosine(&en[e], v)).sum::<f64>() / zh.len() as f64;
                cosine(&zh[z], &en[e]) - 0.5 * (to_en + to_zh)
            };
            let found = Similarities::new(&encoder, PerLang { en: &en_texts, zh: &zh_texts }, &[cell], &[1.0]).unwrap();
            let unit = twin(0, 0);
            prop_assume!((unit - MIN_MEAN).abs() > 1e-4);
            prop_assert_eq!(found.is_some(), unit > MIN_MEAN);
            if let Some(found) = found {
                for z in 0..zh.len() {
                    for e in 0..en.len() {
                        let margin = f64::from(found.margin(PerLang { en: e..e + 1, zh: z..z + 1 }));
                        prop_assert!((margin - twin(z, e) / unit).abs() < 1e-3, "{} {}", margin, twin(z, e) / unit);
                    }
                }
                prop_assert!((found.features(cell)[2] - 1.0).abs() < 1e-3);
            }
        }
    }
}
