//! Support of every segment for every span of the other side near the path: what makes pruning cheap. A bead's support is
//! a sum over its own segments, and depends on the other side only by its span.

use std::ops::Range;

use super::lexical::gain;
use super::shape::{LengthFit, NULL_LENGTH};
use super::{Context, Stage, StageWeights, lexical};
use crate::error::Result;
use crate::evidence::{BitextSide, Evidence};
use crate::lattice::{Band, Cell, DenseScorer, MAX_EN, MAX_ZH, SHAPES};

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
        let mut row: Vec<f32> = Vec::new();
        for (s, range) in table.ranges.iter().enumerate() {
            let at = table.values.len();
            table.values.resize(at + range.len() * most, 0.0);
            let cells = &mut table.values[at..];
            let own = side.tokens.counts[s];
            for (k, from) in range.clone().enumerate() {
                let mut length = 0.0;
                for n in 1..=most.min(range.end - from) {
                    length += other.tokens.counts[from + n - 1];
                    cells[k * most + n - 1] = own * gain(0.0, length);
                }
            }
            for t in side.tokens.range(s) {
                let (segments, values) = evidence.of(t);
                let (Some(&first), Some(&last)) = (segments.first(), segments.last()) else { continue };
                row.clear();
                row.resize((last - first) as usize + 1, 0.0);
                for (&j, &v) in segments.iter().zip(values) {
                    row[(j - first) as usize] = v;
                }
                // Only spans that hold a segment with evidence differ from the sum without any.
                let (first, last) = (first as usize, last as usize);
                for from in range.start.max((first + 1).saturating_sub(most))..=last.min(range.end.saturating_sub(1)) {
                    let (mut sum, mut length) = (0.0, 0.0);
                    for n in 1..=most.min(range.end - from) {
                        let j = from + n - 1;
                        length += other.tokens.counts[j];
                        if (first..=last).contains(&j) {
                            sum += row[j - first];
                        }
                        if sum > 0.0 {
                            cells[(from - range.start) * most + n - 1] += gain(sum, length) - gain(0.0, length);
                        }
                    }
                }
            }
            table.starts.push(table.values.len());
        }
        table
    }

    /// Support of a segment for `count` segments from `from`; nothing where the span leaves the band.
    fn get(&self, segment: usize, from: usize, count: usize) -> f32 {
        let range = &self.ranges[segment];
        if from < range.start || from + count > range.end {
            return f32::NEG_INFINITY;
        }
        self.values[self.starts[segment] + (from - range.start) * self.most + count - 1]
    }
}

/// Scores beads by shape, lengths and support: the pruning model, from tables.
pub struct SupportTable<'a> {
    context: Context<'a>,
    zh: SideSupport,
    en: SideSupport,
    bias: [f32; SHAPES.len()],
    null_length: [f32; 2],
    length: [f32; 3],
    support: [f32; 2],
}

impl<'a> SupportTable<'a> {
    /// Tables for a band, with the weights of the pruning stage.
    ///
    /// # Errors
    /// [`crate::Error::Resource`] when the weights lack a feature.
    pub fn new(context: Context<'a>, band: &Band, weights: &StageWeights) -> Result<SupportTable<'a>> {
        debug_assert_eq!(weights.stage(), Stage::Prune);
        let w = weights.values();
        let bias = std::array::from_fn(|k| w[k] as f32);
        let rest: [f32; 7] = std::array::from_fn(|k| w[SHAPES.len() + k] as f32);
        let (zh, en) = (&context.bitext.zh, &context.bitext.en);
        Ok(SupportTable {
            zh: SideSupport::new(zh, context.zh_evidence, en, band.zh_ranges(), MAX_EN),
            en: SideSupport::new(en, context.en_evidence, zh, band.en_ranges(), MAX_ZH),
            context,
            bias,
            null_length: [rest[0], rest[1]],
            length: [rest[2], rest[3], rest[4]],
            support: [rest[5], rest[6]],
        })
    }
}

impl DenseScorer for SupportTable<'_> {
    fn score(&self, cell: Cell) -> f32 {
        let (zh, en) = (cell.zh(), cell.en());
        let bitext = self.context.bitext;
        let zh_length: f32 = bitext.zh.length[zh.clone()].iter().sum::<f32>() * bitext.ratio;
        let en_length: f32 = bitext.en.length[en.clone()].iter().sum();
        let mut score = self.bias[usize::from(cell.shape)];
        let [zh_support, en_support] = if en.is_empty() || zh.is_empty() {
            score += self.null_length[0] * if en.is_empty() { zh_length / NULL_LENGTH } else { 0.0 };
            score += self.null_length[1] * if zh.is_empty() { en_length / NULL_LENGTH } else { 0.0 };
            lexical::null_supports(&self.context, cell)
        } else {
            let fit = LengthFit::new(zh_length, en_length);
            score += self.length[0] * fit.log + self.length[1] * fit.square + self.length[2] * fit.gauss;
            [
                zh.clone().map(|s| self.zh.get(s, en.start, en.len())).sum(),
                en.map(|s| self.en.get(s, zh.start, zh.len())).sum(),
            ]
        };
        score + self.support[0] * zh_support + self.support[1] * en_support
    }
}

#[cfg(test)]
mod tests {
    use super::super::{Values, Weights};
    use super::*;
    use crate::evidence::Bitext;
    use crate::evidence::{Cutter, Dictionary, Postings, Ratios};
    use crate::lattice::Lattice;
    use crate::lexicon::{Glossary, Lexicon};
    use crate::text::Lang;

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
        let zh_evidence =
            Evidence::new(&bitext.zh.tokens, &zh_ratios, &Postings::new(&bitext.en.tokens), &band.zh_ranges());
        let en_evidence =
            Evidence::new(&bitext.en.tokens, &en_ratios, &Postings::new(&bitext.zh.tokens), &band.en_ranges());
        let context = Context { bitext: &bitext, zh_evidence: &zh_evidence, en_evidence: &en_evidence };
        let weights = Weights::builtin().unwrap();
        let table = SupportTable::new(context, &band, &weights.prune).unwrap();
        for &cell in &Lattice::whole(&band).cells {
            let mut values = Values::default();
            Stage::Prune.write(&context, cell, [0.0; 2], &mut values);
            let exact = weights.prune.score(&values.0);
            let fast = f64::from(table.score(cell));
            assert!((exact - fast).abs() < 1e-3 * exact.abs().max(1.0), "{cell:?}: {exact} {fast}");
        }
    }
}
