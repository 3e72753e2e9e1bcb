//! The gain of the tokens of a segment from every span of the other side, with few logarithms.

use crate::evidence::ln;

/// How many factors are multiplied before a logarithm is taken. t(x|y) / p(x) is at most 5,000 for each token of a
/// span, so a factor is at most 1 + 4 · 5,000, and the product of eight factors fits into an f32.
const FACTORS: usize = 8;

/// Σ ln(1 + f · S) over the tokens of a segment, for each span, with f = λ / (1 − λ) / (L + 1). It is the gain of the
/// span compared with no span, since gain(S, L) = gain(0, 0) + ln(1 + f · S). The order is by size minus one, then by
/// start, so that the inner loop runs over starts.
#[derive(Default)]
pub(super) struct SpanGains {
    /// The largest number of segments in a span.
    width: usize,
    factors: Vec<f32>,
    /// Products of 1 + f · S, each over at most [`FACTORS`] tokens.
    products: Vec<f32>,
    pub(super) gains: Vec<f32>,
    /// S by start.
    sums: Vec<f32>,
    waiting: usize,
}

impl SpanGains {
    /// Starts a segment. `counts` are the token counts of the segments that spans may contain; `own` is the gain
    /// without a span.
    pub(super) fn reset(&mut self, counts: &[f32], most: usize, odds: f32, own: f32) {
        let width = counts.len();
        (self.width, self.waiting) = (width, 0);
        for (vector, value) in [(&mut self.factors, 0.0), (&mut self.products, 1.0), (&mut self.gains, own)] {
            vector.clear();
            vector.resize(width * most, value);
        }
        self.sums.clear();
        self.sums.resize(width, 0.0);
        for (k, factors) in self.factors.chunks_mut(width.max(1)).enumerate().take_while(|(k, _)| *k < width) {
            let starts = factors.iter_mut().zip(&mut self.sums).zip(&counts[k..]);
            for ((factor, length), count) in starts {
                *length += count;
                *factor = odds / (*length + 1.0);
            }
        }
    }

    /// Adds a token with its evidence `row`, which is 0 outside `first..=last`.
    pub(super) fn add(&mut self, row: &[f32], first: usize, last: usize) {
        let most = self.factors.len() / self.width.max(1);
        // Only spans that contain a segment with evidence change the sum.
        let starts = (first + 1).saturating_sub(most)..last + 1;
        let sums = &mut self.sums[starts.clone()];
        sums.fill(0.0);
        let tables = self.factors.chunks(self.width).zip(self.products.chunks_mut(self.width));
        for (k, (factors, products)) in tables.enumerate().take_while(|(k, _)| starts.start + k < row.len()) {
            let (factors, products) = (&factors[starts.clone()], &mut products[starts.clone()]);
            let values = &row[starts.start + k..];
            for (((sum, value), factor), product) in sums.iter_mut().zip(values).zip(factors).zip(products) {
                *sum += value;
                *product *= 1.0 + factor * *sum;
            }
        }
        self.waiting += 1;
        if self.waiting == FACTORS {
            self.flush();
        }
    }

    pub(super) fn flush(&mut self) {
        if self.waiting > 0 {
            for (gain, product) in self.gains.iter_mut().zip(&mut self.products) {
                *gain += ln(*product);
                *product = 1.0;
            }
            self.waiting = 0;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// More tokens than [`FACTORS`], with the strongest possible evidence.
    #[test]
    fn products_agree_with_sums_of_logarithms() {
        let (counts, most, odds) = ([3.0f32, 0.0, 12.0, 1.0, 7.0], 3, 4.0f32);
        // No evidence, little evidence, and the most that 30 tokens can have.
        let evidence = |token: usize, s: usize| [0.0, 0.7, 5000.0 * counts[s]][(token * 7 + s * s) % 3];
        let mut spans = SpanGains::default();
        // Run twice, because the tables are used again.
        for tokens in [9, 30] {
            spans.reset(&counts, most, odds, 0.0);
            for token in 0..tokens {
                let row: Vec<f32> = (0..counts.len()).map(|s| evidence(token, s)).collect();
                let (first, last) = (row.iter().position(|v| *v > 0.0), row.iter().rposition(|v| *v > 0.0));
                if let (Some(first), Some(last)) = (first, last) {
                    spans.add(&row, first, last);
                }
            }
            spans.flush();
            for size in 1..=most {
                for from in 0..=counts.len() - size {
                    let length: f32 = counts[from..from + size].iter().sum();
                    let sum = |token| (from..from + size).map(|s| evidence(token, s)).sum::<f32>();
                    let slow: f32 = (0..tokens).map(|t| (odds * sum(t) / (length + 1.0)).ln_1p()).sum();
                    let fast = spans.gains[(size - 1) * counts.len() + from];
                    assert!((fast - slow).abs() < 1e-5 * slow.max(1.0), "{size} from {from}: {fast} {slow}");
                }
            }
        }
    }
}
