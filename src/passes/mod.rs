//! The passes over one bitext: path, band, pruning, a first look with all features, word pairs learned from the document,
//! a second look, and the best path.

mod encoded;
mod layout;
mod moved;
mod omitted;
mod pool;
mod trust;
mod widened;

pub use encoded::worth_encoding;
pub use layout::Layout;
pub use moved::MovedBead;
pub use omitted::{Look, OmissionWeights};
pub use pool::score_pool;
pub use trust::Trust;
pub use widened::Alone;

use std::ops::Range;

use crate::alignment::Side;
use crate::error::Result;
use crate::evidence::{
    Bitext, BitextSide, Boundaries, Cutter, Dictionary, Evidence, PairTable, Place, Postings, Ratios, WeightedBead,
    anchor_path, em_table,
};
use crate::feature::{
    Context, Cutting, FirstLook, Manner, ShapeShares, Stage, SupportTable, Values, Weights, continues,
};
use crate::lattice::{Band, Cell, Continues, Lattice, SENTENCE_SHAPES, SHAPES, null_side, prune};
use crate::lexicon::{Glossary, Lexicon};
use crate::linear::Linear;
use crate::text::Lang;

/// Segments of one side, as the passes see them.
#[derive(Clone, Debug, Default)]
pub struct SideInput<'a> {
    /// The words of each segment.
    pub texts: Vec<&'a str>,
    /// The place of each segment; empty where nothing is known.
    pub places: Vec<Place>,
}

/// A bitext on its way through the passes. Each pass can be run alone, for fitting and for benchmarks; [`Passes::run`] runs
/// them all.
pub struct Passes {
    bitext: Bitext,
    dictionary: Dictionary,
    zh_postings: Postings,
    en_postings: Postings,
    band: Band,
    cutting: Cutting,
}

/// Evidence of the tokens of both sides.
pub struct SideEvidence {
    zh: Evidence,
    en: Evidence,
}

/// A bead of the best path.
#[derive(Clone, Copy, Debug)]
pub struct Chosen {
    /// The bead.
    pub cell: Cell,
    /// Its posterior, 0 to 1.
    pub posterior: f64,
}

impl Passes {
    /// Tokens, word pairs, anchor path and band.
    pub fn prepare(
        lexicon: &Lexicon,
        glossary: &Glossary,
        boundaries: &Boundaries,
        zh: SideInput<'_>,
        en: SideInput<'_>,
    ) -> Passes {
        let mut cutter = Cutter::new(lexicon, glossary);
        let mut zh_side = BitextSide::new(&zh.texts, zh.places, Lang::Zh, &mut cutter);
        let mut en_side = BitextSide::new(&en.texts, en.places, Lang::En, &mut cutter);
        let dictionary = Dictionary::new(&zh_side, &en_side, &en.texts, &mut cutter);
        let cutting = cutting(&zh_side, &en_side);
        if cutting == Cutting::Cues {
            zh_side.boundary = boundary(&zh.texts, &zh_side, boundaries, Lang::Zh);
            en_side.boundary = boundary(&en.texts, &en_side, boundaries, Lang::En);
        }
        let bitext = Bitext::new(zh_side, en_side);
        let (zh_postings, en_postings) = (Postings::new(&bitext.zh.tokens), Postings::new(&bitext.en.tokens));
        let path = anchor_path(&bitext, &dictionary, &en_postings);
        let band = Band::around(&path, bitext.zh.len(), bitext.en.len());
        Passes { bitext, dictionary, zh_postings, en_postings, band, cutting }
    }

    /// [`Passes::prepare`] for two sides and their layout.
    pub fn of_sides(
        lexicon: &Lexicon,
        glossary: &Glossary,
        boundaries: &Boundaries,
        en: &Side,
        zh: &Side,
        layout: &Layout,
    ) -> Passes {
        fn input<'a>(side: &'a Side, places: &[Place]) -> SideInput<'a> {
            let texts = (0..side.segments.len()).map(|i| side.segment(i).text.as_str()).collect();
            SideInput { texts, places: places.to_vec() }
        }
        Passes::prepare(lexicon, glossary, boundaries, input(zh, &layout.zh), input(en, &layout.en))
    }

    /// The band.
    pub fn band(&self) -> &Band {
        &self.band
    }

    /// How the segments were cut.
    pub fn cutting(&self) -> Cutting {
        self.cutting
    }

    /// So many of [`SHAPES`] are considered.
    pub fn shapes(&self) -> usize {
        match self.cutting {
            Cutting::Sentences => SENTENCE_SHAPES,
            Cutting::Cues => SHAPES.len(),
        }
    }

    /// What the features are computed from.
    pub fn context<'a>(&'a self, evidence: &'a SideEvidence) -> Context<'a> {
        Context { bitext: &self.bitext, zh_evidence: &evidence.zh, en_evidence: &evidence.en }
    }

    fn evidence(&self, pairs: &PairTable, zh: &[Range<usize>], en: &[Range<usize>]) -> SideEvidence {
        let zh_ratios = Ratios::zh(pairs, &self.dictionary.p_zh);
        let en_ratios = Ratios::en(pairs, &self.dictionary.p_en);
        SideEvidence {
            zh: Evidence::new(&self.bitext.zh.tokens, &zh_ratios, &self.en_postings, zh),
            en: Evidence::new(&self.bitext.en.tokens, &en_ratios, &self.zh_postings, en),
        }
    }

    /// The dictionary's evidence for every bead of the band.
    pub fn band_evidence(&self) -> SideEvidence {
        self.evidence(&self.dictionary.pairs, &self.band.zh_ranges(self.shapes()), &self.band.en_ranges(self.shapes()))
    }

    /// The beads worth a closer look.
    ///
    /// # Errors
    /// [`crate::ErrorKind::Model`] when the weights lack a feature.
    pub fn prune(&self, weights: &Linear) -> Result<Lattice> {
        self.prune_by(weights, &self.band_evidence())
    }

    fn prune_by(&self, weights: &Linear, evidence: &SideEvidence) -> Result<Lattice> {
        let scorer = SupportTable::new(self.context(evidence), &self.band, weights, self.shapes())?;
        Ok(prune(&self.band, &scorer, self.shapes(), continues(weights)))
    }

    /// The dictionary's evidence for the beads of a lattice.
    pub fn lattice_evidence(&self, lattice: &Lattice) -> SideEvidence {
        self.evidence(&self.dictionary.pairs, &lattice.zh_ranges(), &lattice.en_ranges())
    }

    /// [`Passes::lattice_evidence`], taken from that of the band.
    fn within(&self, band: SideEvidence, lattice: &Lattice) -> SideEvidence {
        SideEvidence {
            zh: band.zh.within(&self.bitext.zh.tokens, &lattice.zh_ranges()),
            en: band.en.within(&self.bitext.en.tokens, &lattice.en_ranges()),
        }
    }

    /// Evidence from word pairs that the document itself teaches, beads weighted by their posteriors.
    pub fn learn(&self, lattice: &Lattice, posteriors: &[f64]) -> SideEvidence {
        self.learn_by(&self.dictionary, lattice, posteriors)
    }

    /// [`Passes::learn`], with another dictionary of the same tokens as prior.
    fn learn_by(&self, prior: &Dictionary, lattice: &Lattice, posteriors: &[f64]) -> SideEvidence {
        let beads = weighted(lattice, posteriors);
        let pairs = em_table(&self.bitext.zh.tokens, &self.bitext.en.tokens, prior, beads);
        self.evidence(&pairs, &lattice.zh_ranges(), &lattice.en_ranges())
    }

    /// How much oftener than usual each shape occurs, for [`FirstLook::rate`]. Between sentences only null beads are looked at:
    /// a text that the first pass misreads would confirm itself (likelihood of the hardest of six .31 → .45).
    pub fn rates(&self, shares: &ShapeShares, lattice: &Lattice, posteriors: &[f64]) -> Vec<f32> {
        let mut rates = shares.rates(lattice.cells.iter().copied().zip(posteriors.iter().copied()));
        if self.cutting == Cutting::Sentences {
            for (rate, (m, n)) in rates.iter_mut().zip(SHAPES) {
                *rate *= f32::from(u8::from(m == 0 || n == 0));
            }
        }
        rates
    }

    /// The same passes with the word pairs that the document teaches, for parts of it; and how sure it is that its sides belong
    /// together, by the pairs known before.
    ///
    /// # Errors
    /// [`crate::ErrorKind::Model`] when the weights lack a feature.
    pub fn taught(mut self, weights: &Weights) -> Result<(Passes, Trust)> {
        let first = self.first_pass(weights)?;
        let beads = weighted(&first.lattice, &first.posteriors);
        let pairs = em_table(&self.bitext.zh.tokens, &self.bitext.en.tokens, &self.dictionary, beads);
        let evidence = self.evidence(&pairs, &first.lattice.zh_ranges(), &first.lattice.en_ranges());
        let trust = self.trust(&self.second_pass(weights, first, &evidence).best().beads);
        self.dictionary.pairs = pairs;
        Ok((self, trust))
    }

    /// All passes: the beads of the best path, in order.
    ///
    /// # Errors
    /// [`crate::ErrorKind::Model`] when the weights lack a feature.
    pub fn run(&self, weights: &Weights) -> Result<Vec<Chosen>> {
        Ok(self.score(weights)?.best().beads)
    }

    /// Both passes.
    ///
    /// # Errors
    /// [`crate::ErrorKind::Model`] when the weights lack a feature.
    pub fn score(&self, weights: &Weights) -> Result<Scored> {
        let first = self.first_pass(weights)?;
        let evidence = self.learn(&first.lattice, &first.posteriors);
        Ok(self.second_pass(weights, first, &evidence))
    }

    /// The first pass: all features, with the dictionary's word pairs.
    fn first_pass(&self, weights: &Weights) -> Result<FirstPass> {
        let weights = weights.of(self.cutting);
        let evidence = self.band_evidence();
        let lattice = self.prune_by(&weights.prune, &evidence)?;
        let evidence = self.within(evidence, &lattice);
        let mut supports = Vec::with_capacity(lattice.cells.len());
        let scores = scores(&lattice, &weights.first, |cell, values| {
            Stage::First.write(&self.context(&evidence), cell, FirstLook::default(), values);
            supports.push(first_supports(&values.0));
        });
        let continues = continues(&weights.first);
        let posteriors = lattice.posteriors(&scores, continues).beads;
        let rates = self.rates(&weights.shares, &lattice, &posteriors);
        let (lattice, kept) = lattice.likely(&scores, continues, &posteriors, LEAST_LIKELY);
        let posteriors: Vec<f64> = kept.iter().map(|&x| posteriors[x]).collect();
        let supports = kept.into_iter().map(|x| supports[x]).collect();
        Ok(FirstPass { lattice, posteriors, supports, rates })
    }

    /// The second pass, with what was learned.
    fn second_pass(&self, weights: &Weights, first: FirstPass, evidence: &SideEvidence) -> Scored {
        let weights = weights.of(self.cutting);
        let FirstPass { lattice, posteriors, supports, rates } = first;
        let context = self.context(evidence);
        let manner = Manner::of(&context, lattice.cells.iter().copied().zip(posteriors));
        let mut supports = supports.into_iter();
        let scores = scores(&lattice, &weights.second, |cell, values| {
            let support = supports.next().unwrap_or_default();
            let look = FirstLook { support, rate: rates[usize::from(cell.shape)], manner };
            Stage::Second.write(&context, cell, look, values);
        });
        Scored { lattice, scores, continues: continues(&weights.second) }
    }
}

fn weighted<'a>(lattice: &'a Lattice, posteriors: &'a [f64]) -> impl Iterator<Item = WeightedBead> + 'a {
    let bead = |(cell, q): (&Cell, &f64)| WeightedBead { zh: cell.zh(), en: cell.en(), posterior: *q as f32 };
    lattice.cells.iter().zip(posteriors).map(bead)
}

/// The beads worth a closer look and their scores after both passes.
pub struct Scored {
    lattice: Lattice,
    scores: Vec<f64>,
    /// What continuing a gap scores.
    continues: Continues,
}

impl Scored {
    /// The best path.
    pub fn best(&self) -> Best {
        best(&self.lattice, &self.scores, self.continues)
    }
}

/// What the first pass leaves to the second.
struct FirstPass {
    /// Beads that are not improbable.
    lattice: Lattice,
    /// Their posteriors.
    posteriors: Vec<f64>,
    /// Their supports; see [`FirstLook::support`].
    supports: Vec<[f32; 2]>,
    /// See [`FirstLook::rate`].
    rates: Vec<f32>,
}

/// The best path, and what all paths say of each segment.
pub struct Best {
    /// Its beads, in order.
    pub beads: Vec<Chosen>,
    /// Of each Chinese and each English segment: the posterior that it has no counterpart, over all paths.
    pub alone: [Vec<f64>; 2],
}

fn best(lattice: &Lattice, scores: &[f64], continues: Continues) -> Best {
    let posteriors = lattice.posteriors(scores, continues).beads;
    let path = lattice.best_path(scores, continues);
    let beads: Vec<Chosen> =
        path.into_iter().map(|x| Chosen { cell: lattice.cells[x], posterior: posteriors[x] }).collect();
    let mut alone = beads.last().map_or([0, 0], |b| [b.cell.zh().end, b.cell.en().end]).map(|n| vec![0.0; n]);
    for (&cell, posterior) in lattice.cells.iter().zip(&posteriors) {
        if let Some(side) = null_side(cell) {
            let segment = if side == 0 { cell.i } else { cell.j };
            alone[side][segment as usize] += posterior;
        }
    }
    Best { beads, alone }
}

/// Posterior in the first pass under which the second does not look at a bead; with 1e-4, which leaves twice as many, strict F1
/// on literary, academic and Bible text is the same.
const LEAST_LIKELY: f64 = 3e-3;

/// Segments of one side that stand, on the average, against one of the other where cues break sentences: two talks with
/// subtitles have 1.9 and 3.0. Books have up to 1.7 (six literary chapters), but their segments end with marks.
const CUES_A_SENTENCE: f64 = 1.25;

fn cutting(zh: &BitextSide, en: &BitextSide) -> Cutting {
    let breaks = |cues: &BitextSide, other: &BitextSide| {
        cues.unmarked() && cues.len() as f64 >= CUES_A_SENTENCE * other.len() as f64
    };
    if breaks(zh, en) || breaks(en, zh) { Cutting::Cues } else { Cutting::Sentences }
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
pub fn first_supports(features: &[f32]) -> [f32; 2] {
    use std::sync::LazyLock;
    static AT: LazyLock<[Option<usize>; 2]> = LazyLock::new(|| {
        let names = Stage::First.names();
        ["support_zh", "support_en"].map(|n| names.iter().position(|x| x == n))
    });
    AT.map(|at| at.and_then(|k| features.get(k).copied()).unwrap_or(0.0))
}

#[cfg(test)]
mod tests {
    use std::path::Path;
    use std::sync::Arc;

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
        let (en, zh) = (side(Lang::En), side(Lang::Zh));
        let lexicon = Lexicon::builtin().unwrap();
        let layout = Layout::new(&en, &zh, &lexicon);
        let weights = Weights::builtin().unwrap();
        let mut passes = Passes::of_sides(&lexicon, &Glossary::default(), &weights.boundaries, &en, &zh, &layout);
        let evidence = passes.band_evidence();
        let lattice = passes.prune(&weights.sentences.prune).unwrap();
        let (exact, part) = (passes.lattice_evidence(&lattice), passes.within(evidence, &lattice));
        assert!(exact.zh == part.zh && exact.en == part.en);
        let banded = passes.run(weights).unwrap();
        passes.band = Band::full(passes.bitext.zh.len(), passes.bitext.en.len());
        let full = passes.run(weights).unwrap();
        let cells = |beads: &[Chosen]| -> Vec<Cell> { beads.iter().map(|b| b.cell).collect() };
        assert_eq!(cells(&banded), cells(&full));
        for (a, b) in banded.iter().zip(&full) {
            assert!((a.posterior - b.posterior).abs() < 0.01, "{:?}: {} {}", a.cell, a.posterior, b.posterior);
        }
    }
}
