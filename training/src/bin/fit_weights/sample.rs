//! Documents with gold alignments, ready to be fitted on.

use std::sync::Arc;

use duiqi::train::{
    alignment::Side,
    evidence::{Analysed, Boundaries},
    lattice::{Cell, Lattice, SHAPES},
    lexicon::Lexicon,
    linear::Linear,
    passes::{BitextModel, Layout},
};
use duiqi::{Document, Format, Glossary, Lang, PerLang, Source};
use duiqi_training::AnyError;
use duiqi_training::gold::GoldText;
use duiqi_training::lines::Lines;

/// A bitext with its gold, as it is used for fitting.
pub struct Sample {
    /// The set, and the change that was made to it.
    pub set: String,
    /// The name in the set.
    pub name: String,
    /// The group that is left out together: a document and its copies.
    pub fold: usize,
    /// The weight of the sample.
    pub weight: f64,
    /// Its segments.
    pub lines: Lines,
    /// Both sides with their layout, if they have one.
    layout: Option<PerLang<Arc<Document>>>,
}

impl Sample {
    /// Creates a sample from an unchanged text.
    pub fn whole(text: &GoldText, fold: usize) -> Result<Sample, AnyError> {
        let layout = text.has_layout().then(|| PerLang { en: &text.en, zh: &text.zh }.map(Arc::clone));
        let (set, name) = (text.set().to_owned(), text.name().to_owned());
        Ok(Sample { set, name, fold, weight: 1.0, lines: text.lines()?, layout })
    }

    /// Creates a copy with other segments and no layout.
    pub fn copy(&self, what: &str, lines: Lines, weight: f64) -> Sample {
        let (set, name) = (format!("{} {what}", self.set), self.name.clone());
        Sample { set, name, fold: self.fold, weight, lines, layout: None }
    }

    /// Whether the text has turns and paragraphs.
    pub fn has_layout(&self) -> bool {
        self.layout.is_some()
    }

    /// Prepares the passes.
    pub fn prepare(&self, boundaries: &Boundaries) -> Result<GoldDocument, AnyError> {
        let name = format!("{}/{}", self.set, self.name);
        let as_lines = |lang: Lang| {
            let text: String = self.lines.side(lang).iter().flat_map(|line| [line.as_str(), "\n"]).collect();
            Document::read_as(Source::from_text(&name, &text), Format::Lines, lang).map(Arc::new)
        };
        let documents = match &self.layout {
            Some(layout) => layout.clone(),
            None => PerLang { en: as_lines(Lang::En)?, zh: as_lines(Lang::Zh)? },
        };
        let lexicon = Lexicon::builtin()?;
        let analysed = Analysed::new(documents.map(Side::whole));
        let sides = &analysed.sides;
        let layout = Layout::new(sides.as_ref(), &lexicon);
        let mut gold = Vec::new();
        let (mut i, mut j) = (0, 0);
        for bead in &self.lines.beads {
            let (e, z) = (bead.first(), bead.second());
            // The empty side of a null bead is where the last bead ended.
            (i, j) = (z.first().copied().unwrap_or(i), e.first().copied().unwrap_or(j));
            if let Some(shape) = SHAPES.iter().position(|&s| s == PerLang { en: e.len(), zh: z.len() }) {
                gold.push(Cell { i: i as u32, j: j as u32, shape: shape as u8 });
            } else {
                println!("{name}: a gold bead of {} Chinese, {} English has no shape", z.len(), e.len());
            }
            (i, j) = (i + z.len(), j + e.len());
        }
        Ok(GoldDocument {
            name,
            set: self.set.clone(),
            fold: self.fold,
            weight: self.weight,
            passes: BitextModel::of_sides(&lexicon, &Glossary::default(), boundaries, &analysed, &layout),
            gold,
            gold_len: self.lines.beads.len(),
            zh_len: sides.zh.segments.len(),
            texts: sides.as_ref().map(|side| (0..side.segments.len()).map(|i| side.segment(i).text.clone()).collect()),
        })
    }
}

/// A sample on its way through the passes.
pub struct GoldDocument {
    /// The set and the name.
    pub name: String,
    /// The set.
    pub set: String,
    /// The group that is left out together.
    pub fold: usize,
    /// The weight of the sample.
    pub weight: f64,
    /// The prepared passes.
    pub passes: BitextModel,
    /// The gold beads whose shape is in the lattice.
    pub gold: Vec<Cell>,
    /// The number of all gold beads.
    pub gold_len: usize,
    /// Number of Chinese segments.
    pub zh_len: usize,
    /// The texts of the segments.
    pub texts: PerLang<Vec<String>>,
}

impl GoldDocument {
    /// The indices of the gold beads that the lattice contains.
    pub fn gold_in(&self, lattice: &Lattice) -> Vec<usize> {
        self.gold.iter().filter_map(|g| lattice.cells.binary_search(g).ok()).collect()
    }

    /// The pruned lattice, with lost gold beads put back.
    pub fn lattice_with_gold(&self, weights: &Linear) -> duiqi::Result<Lattice> {
        let mut cells = self.passes.prune(weights)?.cells;
        let kept = cells.len();
        cells.extend(&self.gold);
        cells.sort_unstable();
        cells.dedup();
        println!(
            "{}: {:.1} beads kept a Chinese segment, {} gold beads put back",
            self.name,
            kept as f64 / self.zh_len as f64,
            cells.len() - kept
        );
        Ok(Lattice::new(self.passes.band(), cells))
    }
}
