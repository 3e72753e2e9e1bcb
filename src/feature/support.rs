//! Support of every segment for every span of the other side near the path: what makes pruning cheap. A bead's support is
//! a sum over its own segments, and depends on the other side only by its span.

use std::ops::Range;

use super::lexical::gain;
use super::shape::{LengthFit, NULL_LENGTH};
use super::{Context, Stage, StageWeights, lexical};
use crate::error::Result;
use crate::evidence::{BitextSide, EXPLAIN, Evidence, ln};
use crate::lattice::{Band, Cell, DenseScorer, MAX_EN, MAX_ZH, NodeScores, SENTENCE_SHAPES, SHAPES, most_segments};

/// Σ g(x) over the tokens x of a segment, for each start and size of a span of the other side.
struct SideSupport {
    ranges: Vec<Range<usize>>,
    starts: Vec<usize>,
    values: Vec<f32>,
    most: usize,
}

impl SideSupport {
    fn new(side: &BitextSide, evidence: &Evidence, other: &BitextSide, ranges: Vec<Range<usize>>, most: usize) -> Self {
        let mut table = SideSupport { starts: vec![0], values: Vec::new(), ranges, most };
        let odds = EXPLAIN / (1.0 - EXPLAIN);
        let mut row: Vec<f32> = Vec::new();
        let mut spans = SpanGains::default();
        for (s, range) in table.ranges.iter().enumerate() {
            let at = table.values.len();
            table.values.resize(at + range.len() * most, 0.0);
            let cells = &mut table.values[at..];
            let own = side.tokens.counts[s] * gain(0.0, 0.0);
            let counts = &other.tokens.counts[range.clone()];
            spans.reset(counts, most, odds);
            for t in side.tokens.range(s) {
                let (segments, values) = evidence.of(t);
                let (Some(&first), Some(&last)) = (segments.first(), segments.last()) else { continue };
                let (first, last) = (first as usize - range.start, last as usize - range.start);
                row.clear();
                row.resize(range.len(), 0.0);
                for (&j, &v) in segments.iter().zip(values) {
                    row[j as usize - range.start] = v;
                }
                spans.add(&row, first, last);
            }
            spans.flush();
            for (k, gains) in spans.gains.chunks(range.len().max(1)).enumerate() {
                for (from, gain) in gains[..range.len().saturating_sub(k)].iter().enumerate() {
                    cells[from * most + k] = own + gain;
                }
            }
            table.starts.push(table.values.len());
        }
        table
    }

    /// Support of a segment for the spans from `from` on, by size less one; empty where that is outside the band.
    fn spans(&self, segment: usize, from: usize) -> &[f32] {
        let range = &self.ranges[segment];
        if !range.contains(&from) {
            return &[];
        }
        let at = self.starts[segment] + (from - range.start) * self.most;
        &self.values[at..at + self.most.min(range.end - from)]
    }
}

/// Tokens whose factors are multiplied before a logarithm is taken: t(x|y) / p(x) counts 5,000 at most for each token of a
/// span, so a factor is at most 1 + 4 · 5,000, and eight of them are less than the greatest f32.
const FACTORS: usize = 8;

/// Σ ln(1 + f · S) of a segment's tokens, for each span, with f = λ / (1 − λ) / (L + 1): what the span gains over none, since
/// gain(S, L) = gain(0, 0) + ln(1 + f · S). By size less one, then by start, so that the inner loop runs over starts.
#[derive(Default)]
struct SpanGains {
    /// Number of segments that spans may hold.
    width: usize,
    factors: Vec<f32>,
    /// Products of 1 + f · S, of [`FACTORS`] tokens at most.
    products: Vec<f32>,
    gains: Vec<f32>,
    /// S by start.
    sums: Vec<f32>,
    waiting: usize,
}

impl SpanGains {
    /// Starts a segment; `counts` are the tokens of the segments that its spans may hold.
    fn reset(&mut self, counts: &[f32], most: usize, odds: f32) {
        let width = counts.len();
        (self.width, self.waiting) = (width, 0);
        for (vector, value) in [(&mut self.factors, 0.0), (&mut self.products, 1.0), (&mut self.gains, 0.0)] {
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
    fn add(&mut self, row: &[f32], first: usize, last: usize) {
        let most = self.factors.len() / self.width.max(1);
        // Only spans that hold a segment with evidence differ from the sum without any.
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

    fn flush(&mut self) {
        if self.waiting > 0 {
            for (gain, product) in self.gains.iter_mut().zip(&mut self.products) {
                *gain += ln(*product);
                *product = 1.0;
            }
            self.waiting = 0;
        }
    }
}

/// Lengths of the spans of a side, and their logarithms, by start and size less one.
struct SpanLengths<const MOST: usize> {
    lengths: Vec<[f32; MOST]>,
    logs: Vec<[f32; MOST]>,
}

impl<const MOST: usize> SpanLengths<MOST> {
    fn new(side: &BitextSide, scale: f32) -> Self {
        let mut spans = SpanLengths { lengths: Vec::new(), logs: Vec::new() };
        for start in 0..=side.len() {
            let mut sum = 0.0;
            let lengths: [f32; MOST] = std::array::from_fn(|k| {
                sum += side.length.get(start + k).copied().unwrap_or(0.0);
                sum * scale
            });
            spans.lengths.push(lengths);
            spans.logs.push(lengths.map(LengthFit::log_of));
        }
        spans
    }
}

/// Most Chinese and most English segments of a bead between sentences and sentences.
const SENTENCE_MOST: (usize, usize) = most_segments(SENTENCE_SHAPES);

/// Scores beads by shape, lengths and support: the pruning model, from tables.
pub struct SupportTable<'a> {
    context: Context<'a>,
    zh: SideSupport,
    en: SideSupport,
    bias: [f32; SHAPES.len()],
    null_length: [f32; 2],
    length: [f32; 3],
    support: [f32; 2],
    zh_lengths: SpanLengths<MAX_ZH>,
    en_lengths: SpanLengths<MAX_EN>,
    shapes: usize,
}

impl<'a> SupportTable<'a> {
    /// Tables for a band and the first so many shapes, with the weights of the pruning stage.
    ///
    /// # Errors
    /// [`crate::Error::Resource`] when the weights lack a feature.
    pub fn new(context: Context<'a>, band: &Band, weights: &StageWeights, shapes: usize) -> Result<SupportTable<'a>> {
        debug_assert_eq!(weights.stage(), Stage::Prune);
        let w = weights.values();
        let bias = std::array::from_fn(|k| w[k] as f32);
        let rest: [f32; 7] = std::array::from_fn(|k| w[SHAPES.len() + k] as f32);
        let (zh, en) = (&context.bitext.zh, &context.bitext.en);
        let (most_zh, most_en) = most_segments(shapes);
        Ok(SupportTable {
            shapes,
            zh: SideSupport::new(zh, context.zh_evidence, en, band.zh_ranges(shapes), most_en),
            en: SideSupport::new(en, context.en_evidence, zh, band.en_ranges(shapes), most_zh),
            context,
            bias,
            null_length: [rest[0], rest[1]],
            length: [rest[2], rest[3], rest[4]],
            support: [rest[5], rest[6]],
            zh_lengths: SpanLengths::new(zh, context.bitext.ratio),
            en_lengths: SpanLengths::new(en, 1.0),
        })
    }
}

impl DenseScorer for SupportTable<'_> {
    fn score_node(&self, i: usize, j: usize, scores: &mut NodeScores) {
        if self.shapes <= SENTENCE_SHAPES {
            self.score_shapes::<{ SENTENCE_MOST.0 }, { SENTENCE_MOST.1 }>(i, j, scores);
        } else {
            self.score_shapes::<MAX_ZH, MAX_EN>(i, j, scores);
        }
    }
}

impl SupportTable<'_> {
    /// [`DenseScorer::score_node`] for shapes of at most `ZH` and `EN` segments.
    fn score_shapes<const ZH: usize, const EN: usize>(&self, i: usize, j: usize, scores: &mut NodeScores) {
        let bitext = self.context.bitext;
        // Supports of the spans from here: of m Chinese segments for n English ones, and the other way round.
        let mut zh_support = [[0f32; EN]; ZH];
        for m in 0..ZH.min(bitext.zh.len() - i) {
            for (n, value) in self.zh.spans(i + m, j).iter().take(EN).enumerate() {
                zh_support[m][n] = value + if m > 0 { zh_support[m - 1][n] } else { 0.0 };
            }
        }
        let mut en_support = [[0f32; ZH]; EN];
        for n in 0..EN.min(bitext.en.len() - j) {
            for (m, value) in self.en.spans(j + n, i).iter().take(ZH).enumerate() {
                en_support[n][m] = value + if n > 0 { en_support[n - 1][m] } else { 0.0 };
            }
        }
        let (zh_lengths, en_lengths) = (&self.zh_lengths.lengths[i], &self.en_lengths.lengths[j]);
        let (zh_logs, en_logs) = (&self.zh_lengths.logs[i], &self.en_lengths.logs[j]);
        for (shape, &(m, n)) in SHAPES[..self.shapes].iter().enumerate() {
            scores[shape] = self.bias[shape]
                + if m == 0 || n == 0 {
                    self.null_score(i, j, shape)
                } else {
                    let (m, n) = (m - 1, n - 1);
                    let fit = LengthFit::from_logs((zh_lengths[m], en_lengths[n]), (zh_logs[m], en_logs[n]));
                    let length = self.length[0] * fit.log + self.length[1] * fit.square + self.length[2] * fit.gauss;
                    length + self.support[0] * zh_support[m][n] + self.support[1] * en_support[n][m]
                };
        }
    }

    fn null_score(&self, i: usize, j: usize, shape: usize) -> f32 {
        let (m, n) = SHAPES[shape];
        let bitext = self.context.bitext;
        if i + m > bitext.zh.len() || j + n > bitext.en.len() {
            return 0.0;
        }
        let cell = Cell { i: i as u32, j: j as u32, shape: shape as u8 };
        let [zh, en] = lexical::null_supports(&self.context, cell);
        let length = if n == 0 {
            self.null_length[0] * self.zh_lengths.lengths[i][m - 1]
        } else {
            self.null_length[1] * self.en_lengths.lengths[j][n - 1]
        };
        length / NULL_LENGTH + self.support[0] * zh + self.support[1] * en
    }
}

#[cfg(test)]
mod tests {
    use super::super::{FirstLook, Values, Weights};
    use super::*;
    use crate::evidence::Bitext;
    use crate::evidence::{Cutter, Dictionary, Postings, Ratios};
    use crate::lattice::Lattice;
    use crate::lexicon::{Glossary, Lexicon};
    use crate::text::Lang;

    /// More tokens than [`FACTORS`], evidence as strong as it can be.
    #[test]
    fn products_agree_with_sums_of_logarithms() {
        let (counts, most, odds) = ([3.0f32, 0.0, 12.0, 1.0, 7.0], 3, 4.0f32);
        // Nothing, little and the most that 30 tokens can have.
        let evidence = |token: usize, s: usize| [0.0, 0.7, 5000.0 * counts[s]][(token * 7 + s * s) % 3];
        let mut spans = SpanGains::default();
        // Twice, since the tables are used again.
        for tokens in [9, 30] {
            spans.reset(&counts, most, odds);
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

    #[test]
    fn tables_agree_with_the_features() {
        let lexicon = Lexicon::builtin().unwrap();
        let glossary = Glossary::default();
        let mut cutter = Cutter::new(&lexicon, &glossary);
        let english =
            ["The harbour was quiet.", "Two boats came in at night.", "", "Nobody saw the second boat leave."];
        let chinese = ["港口很安静。", "夜里来了两条船，", "第二条船走的时候没人看见。"];
        let zh = BitextSide::new(&chinese, Vec::new(), Lang::Zh, &mut cutter);
        let en = BitextSide::new(&english, Vec::new(), Lang::En, &mut cutter);
        let dictionary = Dictionary::new(&zh, &en, &english, &mut cutter);
        let bitext = Bitext::new(zh, en);
        let band = Band::full(chinese.len(), english.len());
        let (zh_ratios, en_ratios) =
            (Ratios::zh(&dictionary.pairs, &dictionary.p_zh), Ratios::en(&dictionary.pairs, &dictionary.p_en));
        let zh_evidence = Evidence::new(
            &bitext.zh.tokens,
            &zh_ratios,
            &Postings::new(&bitext.en.tokens),
            &band.zh_ranges(SHAPES.len()),
        );
        let en_evidence = Evidence::new(
            &bitext.en.tokens,
            &en_ratios,
            &Postings::new(&bitext.zh.tokens),
            &band.en_ranges(SHAPES.len()),
        );
        let context = Context { bitext: &bitext, zh_evidence: &zh_evidence, en_evidence: &en_evidence };
        let weights = Weights::builtin().unwrap();
        let table = SupportTable::new(context, &band, &weights.sentences.prune, SHAPES.len()).unwrap();
        for &cell in &Lattice::whole(&band, SHAPES.len()).cells {
            let mut values = Values::default();
            Stage::Prune.write(&context, cell, FirstLook::default(), &mut values);
            let exact = weights.sentences.prune.score(&values.0);
            let mut scores = [0.0; SHAPES.len()];
            table.score_node(cell.i as usize, cell.j as usize, &mut scores);
            let fast = f64::from(scores[usize::from(cell.shape)]);
            assert!((exact - fast).abs() < 1e-3 * exact.abs().max(1.0), "{cell:?}: {exact} {fast}");
        }
    }
}
