//! The passes over one bitext: path, band, pruning, a first look with all features, word pairs learned from the document,
//! a second look, and the best path.

mod agreement;
mod encoded;
mod layout;
mod moved;
mod omitted;
mod pool;
mod scored;
mod widened;

pub use agreement::Agreement;
#[cfg(feature = "train")]
pub use encoded::worth_encoding;
pub use layout::Layout;
pub use moved::MovedBead;
#[cfg(feature = "train")]
pub use omitted::OmissionCandidate;
pub use omitted::OmissionWeights;
pub use pool::score_pool;
pub use scored::{Best, Scored, ScoredBead};
pub use widened::Unaligned;

use std::ops::Range;
use std::sync::Arc;

use crate::alignment::Side;
use crate::error::Result;
use crate::evidence::{
    Analysed, Bitext, BitextSide, Boundaries, Dictionary, Evidence, PairTable, Postings, Ratios, Tokenizer,
    WeightedBead, anchor_path, em_table,
};
use crate::feature::{
    Context, DocumentStats, FirstLook, Segmentation, ShapeShares, Stage, SupportTable, Values, Weights, gap_extension,
};
use crate::lattice::{Band, Cell, Lattice, SENTENCE_SHAPES, SHAPES, prune};
use crate::lexicon::{Glossary, Lexicon};
use crate::linear::Linear;
use crate::text::{Lang, PerLang};

/// Segments of one side, as the passes see them.
#[cfg(feature = "train")]
#[derive(Clone, Debug, Default)]
pub struct SideInput<'a> {
    /// The words of each segment.
    pub texts: Vec<&'a str>,
    /// The place of each segment; empty where nothing is known.
    pub contexts: Vec<crate::evidence::SegmentContext>,
}

/// A bitext on its way through the passes. For fitting and benchmarks, each pass can be run alone; [`BitextModel::run`]
/// runs them all.
pub struct BitextModel {
    bitext: Bitext,
    dictionary: Dictionary,
    postings: PerLang<Postings>,
    band: Band,
    segmentation: Segmentation,
}

impl BitextModel {
    /// Tokens, word pairs, anchor path and band.
    #[cfg(feature = "train")]
    pub fn prepare(
        lexicon: &Lexicon,
        glossary: &Glossary,
        boundaries: &Boundaries,
        input: PerLang<SideInput<'_>>,
    ) -> BitextModel {
        let mut tokenizer = Tokenizer::new(lexicon, glossary);
        let (texts, contexts) =
            (input.as_ref().map(|side| side.texts.as_slice()), input.as_ref().map(|side| &side.contexts));
        let sides = PerLang::from_fn(|lang| BitextSide::new(texts[lang], contexts[lang].clone(), lang, &mut tokenizer));
        BitextModel::of_bitext(sides, texts, boundaries, &mut tokenizer)
    }

    /// [`BitextModel::prepare`] for two sides and their layout.
    pub fn of_sides(
        lexicon: &Lexicon,
        glossary: &Glossary,
        boundaries: &Boundaries,
        analysed: &Analysed,
        layout: &Layout,
    ) -> BitextModel {
        let mut tokenizer = Tokenizer::new(lexicon, glossary);
        let (texts, tokens) = (analysed.sides.as_ref().map(Side::texts), analysed.tokens(&mut tokenizer));
        let side = |lang: Lang| {
            BitextSide::of_tokens(&texts[lang], Arc::clone(&tokens[lang]), layout.contexts[lang].clone(), lang)
        };
        BitextModel::of_bitext(PerLang::from_fn(side), texts.as_ref().map(Vec::as_slice), boundaries, &mut tokenizer)
    }

    fn of_bitext(
        mut sides: PerLang<BitextSide>,
        texts: PerLang<&[&str]>,
        boundaries: &Boundaries,
        tokenizer: &mut Tokenizer<'_>,
    ) -> BitextModel {
        let tokens = sides.as_ref().map(|side| side.tokens.as_ref());
        let dictionary = Dictionary::new(tokens, texts.en, tokenizer);
        let segmentation = segmentation(&sides);
        if segmentation == Segmentation::Cues {
            for lang in Lang::ALL {
                sides[lang].boundary = boundary(texts[lang], &sides[lang], boundaries, lang);
            }
        }
        BitextModel::over(Bitext::new(sides), dictionary, segmentation)
    }

    /// Runs the passes over a bitext whose word pairs are known.
    fn over(bitext: Bitext, dictionary: Dictionary, segmentation: Segmentation) -> BitextModel {
        let postings = bitext.tokens().map(Postings::new);
        let path = anchor_path(&bitext, &dictionary, &postings.en);
        let band = Band::around(&path, bitext.segments());
        BitextModel { bitext, dictionary, postings, band, segmentation }
    }

    /// The band.
    #[cfg(feature = "train")]
    pub fn band(&self) -> &Band {
        &self.band
    }

    /// How the segments were cut.
    #[cfg(feature = "train")]
    pub fn segmentation(&self) -> Segmentation {
        self.segmentation
    }

    /// So many of [`SHAPES`] are considered.
    pub fn shapes(&self) -> usize {
        match self.segmentation {
            Segmentation::Sentences => SENTENCE_SHAPES,
            Segmentation::Cues => SHAPES.len(),
        }
    }

    /// What the features are computed from.
    pub fn context<'a>(&'a self, evidence: &'a PerLang<Evidence>) -> Context<'a> {
        Context { bitext: &self.bitext, evidence }
    }

    fn evidence(&self, pairs: &PairTable, ranges: &PerLang<Vec<Range<usize>>>) -> PerLang<Evidence> {
        let ratios = Ratios::new(pairs, &self.dictionary.p);
        Evidence::of_sides(self.bitext.tokens(), &ratios, &self.postings, ranges)
    }

    /// The dictionary's evidence for every bead of the band.
    pub fn band_evidence(&self) -> PerLang<Evidence> {
        self.evidence(&self.dictionary.pairs, &self.band.ranges(self.shapes()))
    }

    /// The beads worth a closer look.
    ///
    /// # Errors
    /// [`crate::ErrorKind::Model`] if the weights lack a feature.
    #[cfg(feature = "train")]
    pub fn prune(&self, weights: &Linear) -> Result<Lattice> {
        self.prune_by(weights, &self.band_evidence())
    }

    fn prune_by(&self, weights: &Linear, evidence: &PerLang<Evidence>) -> Result<Lattice> {
        let scorer = SupportTable::new(self.context(evidence), &self.band, weights, self.shapes())?;
        Ok(prune(&self.band, &scorer, self.shapes(), gap_extension(weights)))
    }

    /// The dictionary's evidence for the beads of a lattice.
    #[cfg(feature = "train")]
    pub fn lattice_evidence(&self, lattice: &Lattice) -> PerLang<Evidence> {
        self.evidence(&self.dictionary.pairs, &lattice.ranges())
    }

    /// [`BitextModel::lattice_evidence`], taken from the evidence of the band.
    fn within(&self, band: &PerLang<Evidence>, lattice: &Lattice) -> PerLang<Evidence> {
        let ranges = lattice.ranges();
        PerLang::from_fn(|lang| band[lang].within(self.bitext.tokens()[lang], &ranges[lang]))
    }

    /// Evidence from word pairs that the document itself teaches, beads weighted by their posteriors.
    pub fn learn(&self, lattice: &Lattice, posteriors: &[f64]) -> PerLang<Evidence> {
        self.learn_by(&self.dictionary, lattice, posteriors)
    }

    /// [`BitextModel::learn`], with another dictionary of the same tokens as the prior.
    fn learn_by(&self, prior: &Dictionary, lattice: &Lattice, posteriors: &[f64]) -> PerLang<Evidence> {
        let beads = weighted(lattice, posteriors);
        let pairs = em_table(self.bitext.tokens(), prior, beads);
        self.evidence(&pairs, &lattice.ranges())
    }

    /// How much oftener than usual each shape occurs, for [`FirstLook::rate`]. Between sentences only null beads are looked at:
    /// a text that the first pass misreads would confirm itself (likelihood of the hardest of six .31 → .45).
    pub fn rates(&self, shares: &ShapeShares, lattice: &Lattice, posteriors: &[f64]) -> Vec<f32> {
        let mut rates = shares.rates(lattice.cells.iter().copied().zip(posteriors.iter().copied()));
        if self.segmentation == Segmentation::Sentences {
            for (rate, shape) in rates.iter_mut().zip(SHAPES) {
                *rate *= f32::from(u8::from(shape.en == 0 || shape.zh == 0));
            }
        }
        rates
    }

    /// The same passes with the word pairs that the document teaches, for parts of it; and how sure it is that its sides belong
    /// together, by the pairs known before.
    ///
    /// # Errors
    /// [`crate::ErrorKind::Model`] if the weights lack a feature.
    pub fn with_learned_pairs(mut self, weights: &Weights) -> Result<(BitextModel, Agreement)> {
        let first = self.first_pass(weights)?;
        let beads = weighted(&first.lattice, &first.posteriors);
        let pairs = em_table(self.bitext.tokens(), &self.dictionary, beads);
        let evidence = self.evidence(&pairs, &first.lattice.ranges());
        let agreement = self.agreement(&self.second_pass(weights, first, &evidence).best().beads);
        self.dictionary.pairs = pairs;
        Ok((self, agreement))
    }

    /// All passes: the beads of the best path, in order.
    ///
    /// # Errors
    /// [`crate::ErrorKind::Model`] if the weights lack a feature.
    pub fn run(&self, weights: &Weights) -> Result<Vec<ScoredBead>> {
        Ok(self.score(weights)?.best().beads)
    }

    /// Both passes.
    ///
    /// # Errors
    /// [`crate::ErrorKind::Model`] if the weights lack a feature.
    pub fn score(&self, weights: &Weights) -> Result<Scored> {
        let first = self.first_pass(weights)?;
        let evidence = self.learn(&first.lattice, &first.posteriors);
        Ok(self.second_pass(weights, first, &evidence))
    }

    /// The first pass: all features, with the dictionary's word pairs.
    fn first_pass(&self, weights: &Weights) -> Result<FirstPass> {
        let weights = weights.of(self.segmentation);
        let evidence = self.band_evidence();
        let lattice = self.prune_by(&weights.prune, &evidence)?;
        let evidence = self.within(&evidence, &lattice);
        let mut supports = Vec::with_capacity(lattice.cells.len());
        let scores = scores(&lattice, &weights.first, |cell, values| {
            Stage::First.write(&self.context(&evidence), cell, FirstLook::default(), values);
            supports.push(first_supports(&values.0));
        });
        let extension = gap_extension(&weights.first);
        let posteriors = lattice.posteriors(&scores, extension).beads;
        let rates = self.rates(&weights.shares, &lattice, &posteriors);
        let (lattice, kept) = lattice.likely(&scores, extension, &posteriors, MIN_LIKELY);
        let posteriors: Vec<f64> = kept.iter().map(|&x| posteriors[x]).collect();
        let supports = kept.into_iter().map(|x| supports[x]).collect();
        Ok(FirstPass { lattice, posteriors, supports, rates })
    }

    /// The second pass, with what was learned.
    fn second_pass(&self, weights: &Weights, first: FirstPass, evidence: &PerLang<Evidence>) -> Scored {
        let weights = weights.of(self.segmentation);
        let FirstPass { lattice, posteriors, supports, rates } = first;
        let context = self.context(evidence);
        let stats = DocumentStats::of(&context, lattice.cells.iter().copied().zip(posteriors));
        let mut supports = supports.into_iter();
        let scores = scores(&lattice, &weights.second, |cell, values| {
            let support = supports.next().unwrap_or_default();
            let look = FirstLook { support, rate: rates[usize::from(cell.shape)], stats };
            Stage::Second.write(&context, cell, look, values);
        });
        Scored { lattice, scores, extension: gap_extension(&weights.second) }
    }
}

fn weighted<'a>(lattice: &'a Lattice, posteriors: &'a [f64]) -> impl Iterator<Item = WeightedBead> + 'a {
    let bead = |(cell, q): (&Cell, &f64)| WeightedBead { spans: cell.spans(), posterior: *q as f32 };
    lattice.cells.iter().zip(posteriors).map(bead)
}

/// What the first pass leaves to the second.
struct FirstPass {
    /// Beads that are not improbable.
    lattice: Lattice,
    /// Their posteriors.
    posteriors: Vec<f64>,
    /// Their supports; see [`FirstLook::support`].
    supports: Vec<PerLang<f32>>,
    /// See [`FirstLook::rate`].
    rates: Vec<f32>,
}

/// Posterior in the first pass under which the second does not look at a bead; with 1e-4, which leaves twice as many, strict F1
/// on literary, academic and Bible text is the same.
const MIN_LIKELY: f64 = 3e-3;

/// Segments of one side that stand, on the average, against one of the other where cues break sentences: two talks with
/// subtitles have 1.9 and 3.0. Books have up to 1.7 (six literary chapters), but their segments end with marks.
const CUES_A_SENTENCE: f64 = 1.25;

fn segmentation(sides: &PerLang<BitextSide>) -> Segmentation {
    let breaks = |cues: &BitextSide, other: &BitextSide| {
        cues.unmarked() && cues.len() as f64 >= CUES_A_SENTENCE * other.len() as f64
    };
    if breaks(&sides.en, &sides.zh) || breaks(&sides.zh, &sides.en) {
        Segmentation::Cues
    } else {
        Segmentation::Sentences
    }
}

/// [`BitextSide::boundary`]; nothing where most segments end with a mark, which says more.
fn boundary(texts: &[&str], side: &BitextSide, boundaries: &Boundaries, lang: Lang) -> Vec<f32> {
    if !side.unmarked() {
        return Vec::new();
    }
    (0..texts.len()).map(|i| boundaries.log_odds(texts[i], texts.get(i + 1).unwrap_or(&""), lang)).collect()
}

/// The score of each cell of a lattice, whose features `write` appends to the values it gets.
pub fn scores(lattice: &Lattice, weights: &Linear, mut write: impl FnMut(Cell, &mut Values)) -> Vec<f64> {
    let mut values = Values::default();
    let score = |cell: &Cell| {
        values.0.clear();
        write(*cell, &mut values);
        weights.score(&values.0)
    };
    lattice.cells.iter().map(score).collect()
}

/// The supports of both sides among the features of [`Stage::First`].
pub fn first_supports(features: &[f32]) -> PerLang<f32> {
    use std::sync::LazyLock;
    static AT: LazyLock<PerLang<Option<usize>>> = LazyLock::new(|| {
        let names = Stage::First.names();
        PerLang { en: "support_en", zh: "support_zh" }.map(|n| names.iter().position(|x| x == n))
    });
    AT.map(|at| at.and_then(|k| features.get(k).copied()).unwrap_or(0.0))
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use super::*;
    use crate::document::{Document, Format};
    use crate::text::Source;

    /// The exact twin of the band: the whole lattice gives the same beads on a text of 370 by 382 segments.
    #[test]
    fn the_band_loses_nothing() {
        let side = |lang: Lang| {
            let name = format!("data/earnings-call/{}.md", lang.code());
            let bytes = std::fs::read(Path::new(env!("CARGO_MANIFEST_DIR")).join(&name)).unwrap();
            let source = Source::from_bytes(&name, &bytes).unwrap();
            Side::whole(Arc::new(Document::read_as(source, Format::Auto, lang).unwrap()))
        };
        let analysed = Analysed::new(PerLang::from_fn(side));
        let lexicon = Lexicon::builtin().unwrap();
        let layout = Layout::new(analysed.sides.as_ref(), &lexicon);
        let weights = Weights::builtin().unwrap();
        let mut passes = BitextModel::of_sides(&lexicon, &Glossary::default(), &weights.boundaries, &analysed, &layout);
        let evidence = passes.band_evidence();
        let lattice = passes.prune(&weights.sentences.prune).unwrap();
        let (exact, part) = (passes.lattice_evidence(&lattice), passes.within(&evidence, &lattice));
        assert!(exact == part);
        let banded = passes.run(weights).unwrap();
        passes.band = Band::full(passes.bitext.segments());
        let full = passes.run(weights).unwrap();
        let cells = |beads: &[ScoredBead]| -> Vec<Cell> { beads.iter().map(|b| b.cell).collect() };
        assert_eq!(cells(&banded), cells(&full));
        for (a, b) in banded.iter().zip(&full) {
            assert!((a.posterior - b.posterior).abs() < 0.01, "{:?}: {} {}", a.cell, a.posterior, b.posterior);
        }
    }
}
