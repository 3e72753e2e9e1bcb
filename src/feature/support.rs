//! Support of every segment for every span of the other side near the path: what makes pruning cheap. A bead's support is
//! a sum over its own segments, and depends on the other side only by its span. All tables are laid out so that what is
//! wanted for the nodes of one row lies side by side.

use std::ops::Range;

use super::lexical::gain;
use super::shape::{LengthFit, NULL_LENGTH};
use super::span_gains::SpanGains;
use super::{Context, Stage};
use crate::error::Result;
use crate::evidence::{BitextSide, LAMBDA};
use crate::lattice::{Band, DenseScorer, MAX_SEGMENTS, SHAPES, max_segments};
use crate::linear::{Linear, WeightsError};
use crate::text::{Lang, PerLang};

/// Σ g(x) over the tokens x of a segment: for segment `s`, spans of `k + 1` segments of the other side that begin at `from`.
fn supports(
    context: &Context<'_>,
    lang: Lang,
    ranges: &[Range<usize>],
    most: usize,
    mut take: impl FnMut(usize, usize, Range<usize>, &[f32]),
) {
    let (side, other) = (&context.bitext.sides[lang], &context.bitext.sides[lang.other()]);
    let evidence = &context.evidence[lang];
    let odds = LAMBDA / (1.0 - LAMBDA);
    let mut row: Vec<f32> = Vec::new();
    let mut spans = SpanGains::default();
    for (s, range) in ranges.iter().enumerate() {
        let own = side.tokens.counts[s] * gain(0.0, 0.0);
        let counts = &other.tokens.counts[range.clone()];
        spans.reset(counts, most, odds, own);
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
        for (k, gains) in spans.gains.chunks(range.len().max(1)).enumerate().take_while(|(k, _)| *k < range.len()) {
            take(s, k, range.start..range.end - k, &gains[..range.len() - k]);
        }
    }
}

/// Supports of Chinese segments: for each and each size of a span, by the span's start.
struct ZhSupport {
    ranges: Vec<Range<usize>>,
    starts: Vec<usize>,
    values: Vec<f32>,
}

impl ZhSupport {
    fn new(context: &Context<'_>, ranges: Vec<Range<usize>>, most: usize) -> ZhSupport {
        let mut starts = vec![0];
        starts.extend(ranges.iter().scan(0, |sum, range| {
            *sum += range.len() * most;
            Some(*sum)
        }));
        let mut values = vec![0.0; starts.last().copied().unwrap_or(0)];
        supports(context, Lang::Zh, &ranges, most, |s, k, froms, gains| {
            let at = starts[s] + k * ranges[s].len() + froms.start - ranges[s].start;
            values[at..at + gains.len()].copy_from_slice(gains);
        });
        ZhSupport { ranges, starts, values }
    }

    /// Of a segment for the spans of `k + 1` segments that begin at each of `from`.
    fn of(&self, segment: usize, k: usize, from: Range<usize>) -> &[f32] {
        let range = &self.ranges[segment];
        let at = self.starts[segment] + k * range.len();
        &self.values[at + from.start - range.start..at + from.end - range.start]
    }
}

/// Supports of English segments: for each start and size of a Chinese span, by segment.
struct EnSupport {
    /// The segments for each start.
    windows: Vec<Range<usize>>,
    starts: Vec<usize>,
    values: Vec<f32>,
}

impl EnSupport {
    fn new(context: &Context<'_>, band: &Band, ranges: &[Range<usize>], most: PerLang<usize>) -> EnSupport {
        let segments = band.segments();
        let window = |i: usize| band.row(i).start..(band.row(i).end + most.en).min(segments.en);
        let windows: Vec<Range<usize>> = (0..segments.zh).map(window).collect();
        let mut starts = vec![0];
        starts.extend(windows.iter().scan(0, |sum, window| {
            *sum += window.len() * most.zh;
            Some(*sum)
        }));
        let mut values = vec![0.0; starts.last().copied().unwrap_or(0)];
        supports(context, Lang::En, ranges, most.zh, |s, k, froms, gains| {
            for (i, gain) in froms.zip(gains) {
                let window = &windows[i];
                if window.contains(&s) {
                    values[starts[i] + k * window.len() + s - window.start] = *gain;
                }
            }
        });
        EnSupport { windows, starts, values }
    }

    /// Of each of `segments` for the span of `k + 1` segments that begins at `from`.
    fn of(&self, from: usize, k: usize, segments: Range<usize>) -> &[f32] {
        let window = &self.windows[from];
        let at = self.starts[from] + k * window.len();
        &self.values[at + segments.start - window.start..at + segments.end - window.start]
    }
}

/// Lengths of the spans of a side and their logarithms: by size less one, then by start.
struct SpanLengths {
    lengths: Vec<Vec<f32>>,
    logs: Vec<Vec<f32>>,
}

impl SpanLengths {
    fn new(side: &BitextSide, scale: f32, most: usize) -> SpanLengths {
        let mut lengths: Vec<Vec<f32>> = vec![Vec::with_capacity(side.len()); most];
        for start in 0..side.len() {
            let mut sum = 0.0;
            for (k, lengths) in lengths.iter_mut().enumerate() {
                sum += side.length.get(start + k).copied().unwrap_or(0.0);
                lengths.push(sum * scale);
            }
        }
        let logs = lengths.iter().map(|of| of.iter().copied().map(LengthFit::log_of).collect()).collect();
        SpanLengths { lengths, logs }
    }
}

/// Scores of null beads: what an unaligned segment's length and tokens, all unexplained, count for.
fn null_scores(side: &BitextSide, scale: f32, bias: f32, length: f32, support: f32) -> Vec<f32> {
    let nothing = gain(0.0, 0.0);
    let of = |(own, tokens): (&f32, &f32)| bias + length * own * scale / NULL_LENGTH + support * tokens * nothing;
    side.length.iter().zip(&side.tokens.counts).map(of).collect()
}

/// The index into [`SHAPES`] of each shape that is considered.
#[derive(Default)]
struct ShapeAt([[Option<usize>; MAX_SEGMENTS.en + 1]; MAX_SEGMENTS.zh + 1]);

impl ShapeAt {
    fn new(shapes: usize) -> ShapeAt {
        let mut at = ShapeAt::default();
        for (k, shape) in SHAPES[..shapes].iter().enumerate() {
            at.0[shape.zh][shape.en] = Some(k);
        }
        at
    }

    #[inline]
    fn of(&self, shape: PerLang<usize>) -> Option<usize> {
        self.0[shape.zh][shape.en]
    }

    /// The shape of a null bead on one side.
    fn gap(&self, lang: Lang) -> Option<usize> {
        self.of(PerLang::of(lang, 1, 0))
    }
}

/// Scores beads by shape, lengths and support: the pruning model, from tables.
pub struct SupportTable {
    shape_at: ShapeAt,
    most: PerLang<usize>,
    zh: ZhSupport,
    en: EnSupport,
    bias: [f32; SHAPES.len()],
    length: [f32; 3],
    support: PerLang<f32>,
    nulls: PerLang<Vec<f32>>,
    lengths: PerLang<SpanLengths>,
}

impl SupportTable {
    /// Tables for a band and the first so many shapes, with the weights of the pruning stage.
    ///
    /// # Errors
    /// [`crate::ErrorKind::Model`] if the weights are not those of the pruning stage.
    pub fn new(context: Context<'_>, band: &Band, weights: &Linear, shapes: usize) -> Result<SupportTable> {
        let split = weights.values().split_first_chunk::<{ SHAPES.len() }>();
        let Some((bias, Some(rest))) = split.map(|(bias, rest)| (bias, rest.first_chunk::<7>())) else {
            let (names, values) = (Stage::Prune.names().len(), weights.values().len());
            return Err(WeightsError::Count { names, values }.in_file("weights"));
        };
        let (bias, rest) = (bias.map(|w| w as f32), rest.map(|w| w as f32));
        let [zh_null, en_null, by_log, by_square, by_gauss, zh_support, en_support] = rest;
        let null_length = PerLang { en: en_null, zh: zh_null };
        let support = PerLang { en: en_support, zh: zh_support };
        let bitext = context.bitext;
        let (most, shape_at) = (max_segments(shapes), ShapeAt::new(shapes));
        let ranges = band.ranges(shapes);
        let nulls = PerLang::from_fn(|lang| {
            let bias = shape_at.gap(lang).map_or(f32::NEG_INFINITY, |shape| bias[shape]);
            null_scores(&bitext.sides[lang], bitext.scale(lang), bias, null_length[lang], support[lang])
        });
        Ok(SupportTable {
            shape_at,
            most,
            zh: ZhSupport::new(&context, ranges.zh, most.en),
            en: EnSupport::new(&context, band, &ranges.en, most),
            bias,
            length: [by_log, by_square, by_gauss],
            support,
            nulls,
            lengths: PerLang::from_fn(|lang| SpanLengths::new(&bitext.sides[lang], bitext.scale(lang), most[lang])),
        })
    }

    /// Scores of the beads of a shape that begin at (i, j), for the j of `columns`, all of which can take it.
    fn score_shape(
        &self,
        i: usize,
        shape: usize,
        columns: Range<usize>,
        supports: PerLang<&[f32]>,
        scores: &mut [f32],
    ) {
        let size = SHAPES[shape].map(|n| n - 1);
        let (zh, zh_log) = (self.lengths.zh.lengths[size.zh][i], self.lengths.zh.logs[size.zh][i]);
        let en = &self.lengths.en;
        let [by_log, by_square, by_gauss] = self.length;
        let lengths = en.lengths[size.en][columns.clone()].iter().zip(&en.logs[size.en][columns]);
        let supports = supports.en.iter().zip(supports.zh);
        for ((score, (&en, &en_log)), (en_support, zh_support)) in scores.iter_mut().zip(lengths).zip(supports) {
            let fit = LengthFit::from_logs(PerLang { en, zh }, PerLang { en: en_log, zh: zh_log });
            let length = by_log * fit.log + by_square * fit.square + by_gauss * fit.gauss;
            *score = self.bias[shape] + length + self.support.zh * zh_support + self.support.en * en_support;
        }
    }
}

impl DenseScorer for SupportTable {
    fn score_row(&self, i: usize, row: Range<usize>, scores: &mut [f32]) {
        let segments = self.nulls.as_ref().map(Vec::len);
        let width = row.len();
        // The columns of the row at which beads with n English segments can begin.
        let columns = |n: usize| row.start..row.end.min((segments.en + 1).saturating_sub(n)).max(row.start);
        if let (Some(&null), Some(shape)) = (self.nulls.zh.get(i), self.shape_at.gap(Lang::Zh)) {
            scores[shape * width..(shape + 1) * width].fill(null);
        }
        if let Some(shape) = self.shape_at.gap(Lang::En) {
            let nulls = self.nulls.en.get(columns(1)).unwrap_or_default();
            scores[shape * width..][..nulls.len()].copy_from_slice(nulls);
        }
        let most = self.most;
        // Supports of the spans from here: of m Chinese segments for n English ones, and the other way round.
        let mut zh_supports = vec![0.0; most.en * width];
        let mut en_support = vec![0.0; width];
        for m in 1..=most.zh.min(segments.zh - i.min(segments.zh)) {
            en_support.fill(0.0);
            for n in 1..=most.en {
                let columns = columns(n);
                if columns.is_empty() {
                    break;
                }
                let zh_support = &mut zh_supports[(n - 1) * width..][..columns.len()];
                add(zh_support, self.zh.of(i + m - 1, n - 1, columns.clone()));
                add(&mut en_support, self.en.of(i, m - 1, columns.start + n - 1..columns.end + n - 1));
                if let Some(shape) = self.shape_at.of(PerLang { en: n, zh: m }) {
                    let scores = &mut scores[shape * width..][..columns.len()];
                    let supports = PerLang { en: en_support.as_slice(), zh: zh_support };
                    self.score_shape(i, shape, columns, supports, scores);
                }
            }
        }
    }
}

fn add(sums: &mut [f32], values: &[f32]) {
    for (sum, value) in sums.iter_mut().zip(values) {
        *sum += value;
    }
}

#[cfg(test)]
mod tests {
    use super::super::{FirstLook, Values, Weights};
    use super::*;
    use crate::evidence::Bitext;
    use crate::evidence::{Dictionary, Evidence, Postings, Ratios, Tokenizer};
    use crate::lattice::Lattice;
    use crate::lexicon::{Glossary, Lexicon};

    #[test]
    fn tables_agree_with_the_features() {
        let lexicon = Lexicon::builtin().unwrap();
        let glossary = Glossary::default();
        let mut tokenizer = Tokenizer::new(&lexicon, &glossary);
        let english =
            ["The harbour was quiet.", "Two boats came in at night.", "", "Nobody saw the second boat leave."];
        let chinese = ["港口很安静。", "夜里来了两条船，", "第二条船走的时候没人看见。"];
        let texts: PerLang<&[&str]> = PerLang { en: &english, zh: &chinese };
        let sides = PerLang::from_fn(|lang| BitextSide::new(texts[lang], Vec::new(), lang, &mut tokenizer));
        let bitext = Bitext::new(sides);
        let dictionary = Dictionary::new(bitext.tokens(), &english, &mut tokenizer);
        let band = Band::full(bitext.segments());
        let ratios = Ratios::new(&dictionary.pairs, &dictionary.p);
        let postings = bitext.tokens().map(Postings::new);
        let evidence = Evidence::of_sides(bitext.tokens(), &ratios, &postings, &band.ranges(SHAPES.len()));
        let context = Context { bitext: &bitext, evidence: &evidence };
        let weights = Weights::builtin().unwrap();
        let table = SupportTable::new(context, &band, &weights.sentences.prune, SHAPES.len()).unwrap();
        for &cell in &Lattice::whole(&band, SHAPES.len()).cells {
            let mut values = Values::default();
            Stage::Prune.write(&context, cell, FirstLook::default(), &mut values);
            let exact = weights.sentences.prune.score(&values.0);
            let row = band.row(cell.i as usize);
            let mut scores = vec![0.0; SHAPES.len() * row.len()];
            table.score_row(cell.i as usize, row.clone(), &mut scores);
            let fast = f64::from(scores[usize::from(cell.shape) * row.len() + cell.j as usize - row.start]);
            assert!((exact - fast).abs() < 1e-3 * exact.abs().max(1.0), "{cell:?}: {exact} {fast}");
        }
    }
}
