//! Vectors of the spans of one side.

use std::collections::BTreeSet;
use std::ops::Range;

use rustc_hash::FxHashMap;

use super::{BATCH, Encoder};
use crate::error::{Error, ErrorKind, Result};
use crate::text::Lang;

/// Unit vectors of each segment and of the longer spans that were asked for. The vector of a blank text is 0.
pub(super) struct Vectors {
    values: Vec<f32>,
    width: usize,
    /// Which vector a span of two segments and more has, by start and size.
    longer: FxHashMap<(usize, usize), usize>,
    /// The mean of the segments' vectors.
    pub(super) mean: Vec<f32>,
}

impl Vectors {
    /// Asks the encoder for all segments and for `spans`.
    pub(super) fn new(
        encoder: &dyn Encoder,
        lang: Lang,
        segments: &[&str],
        spans: impl Iterator<Item = Range<usize>>,
    ) -> Result<Vectors> {
        let longer: BTreeSet<(usize, usize)> = spans.filter(|s| s.len() > 1).map(|s| (s.start, s.len())).collect();
        // Chinese sentences follow each other without a space.
        let between = if lang == Lang::En { " " } else { "" };
        let joined: Vec<String> = longer.iter().map(|&(at, n)| segments[at..at + n].join(between)).collect();
        let texts: Vec<&str> = segments.iter().copied().chain(joined.iter().map(String::as_str)).collect();
        let asked: Vec<usize> = (0..texts.len()).filter(|&k| !texts[k].trim().is_empty()).collect();
        let mut vectors = Vectors { values: Vec::new(), width: 0, longer: FxHashMap::default(), mean: Vec::new() };
        for batch in asked.chunks(BATCH) {
            let batch_texts: Vec<&str> = batch.iter().map(|&k| texts[k].trim()).collect();
            let answer = encoder.encode(lang, &batch_texts)?;
            if answer.len() != batch.len() {
                return Err(broken(format!("{} vectors for {} texts", answer.len(), batch.len())));
            }
            for (vector, &k) in answer.into_iter().zip(batch) {
                vectors.put(k, texts.len(), vector)?;
            }
        }
        vectors.longer = longer.into_iter().enumerate().map(|(k, span)| (span, segments.len() + k)).collect();
        vectors.mean = vectors.mean_of(segments.len());
        Ok(vectors)
    }

    fn put(&mut self, k: usize, count: usize, vector: Vec<f32>) -> Result<()> {
        if self.width == 0 {
            self.width = vector.len();
            self.values = vec![0.0; self.width * count];
        }
        if vector.len() != self.width || vector.is_empty() {
            return Err(broken(format!("a vector of {} numbers after one of {}", vector.len(), self.width)));
        }
        let norm = vector.iter().map(|x| f64::from(*x).powi(2)).sum::<f64>().sqrt();
        if !norm.is_finite() {
            return Err(broken("a vector with a number that is not finite".to_owned()));
        }
        if norm > 0.0 {
            for (to, x) in self.values[k * self.width..].iter_mut().zip(vector) {
                *to = (f64::from(x) / norm) as f32;
            }
        }
        Ok(())
    }

    fn mean_of(&self, segments: usize) -> Vec<f32> {
        let mut sum = vec![0f64; self.width];
        for vector in self.values.chunks_exact(self.width.max(1)).take(segments) {
            sum.iter_mut().zip(vector).for_each(|(s, x)| *s += f64::from(*x));
        }
        sum.into_iter().map(|s| (s / segments.max(1) as f64) as f32).collect()
    }

    /// Numbers in a vector; 0 where all texts are blank.
    pub(super) fn width(&self) -> usize {
        self.width
    }

    /// The vector of a span; empty for one that was not asked for.
    pub(super) fn of(&self, span: &Range<usize>) -> &[f32] {
        let k = if span.len() == 1 { Some(span.start) } else { self.longer.get(&(span.start, span.len())).copied() };
        k.and_then(|k| self.values.get(k * self.width..(k + 1) * self.width)).unwrap_or_default()
    }
}

pub(super) fn broken(what: String) -> Error {
    Error::new(
        ErrorKind::Encoder,
        format!("the encoder gave {what}; it must give one vector for each text, all of one length"),
    )
}

pub(super) fn dot(a: &[f32], b: &[f32]) -> f32 {
    a.iter().zip(b).map(|(x, y)| x * y).sum()
}
