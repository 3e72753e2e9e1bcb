//! Documents with gold alignments, ready to be fitted on.

use std::path::Path;
use std::sync::Arc;

use duiqi::alignment::Side;
use duiqi::document::{Document, Format};
use duiqi::evaluate::{IndexBead, Orientation, TextGold, parse_beads};
use duiqi::evidence::{Analysed, Boundaries};
use duiqi::feature::StageWeights;
use duiqi::lattice::{Cell, Lattice, SHAPES};
use duiqi::lexicon::{Glossary, Lexicon};
use duiqi::passes::{BitextModel, Layout};
use duiqi::text::{Lang, PerLang, Source};

type AnyError = Box<dyn std::error::Error>;

/// A bitext with its gold, as it is fitted on.
pub struct Sample {
    /// The set, and what was done to it.
    pub set: String,
    /// Name in the set.
    pub name: String,
    /// What is left out together: a document and its copies.
    pub fold: usize,
    /// How much it counts.
    pub weight: f64,
    /// Its segments.
    pub lines: Lines,
    /// Both sides with their layout, where they have one.
    layout: Option<PerLang<Document>>,
}

impl Sample {
    /// A copy with other segments and no layout.
    pub fn copy(&self, what: &str, lines: Lines, weight: f64) -> Sample {
        let (set, name) = (format!("{} {what}", self.set), self.name.clone());
        Sample { set, name, fold: self.fold, weight, lines, layout: None }
    }

    /// Whether it has turns and paragraphs.
    pub fn has_layout(&self) -> bool {
        self.layout.is_some()
    }

    /// Its passes, prepared.
    pub fn prepare(&self, boundaries: &Boundaries) -> Result<GoldDocument, AnyError> {
        let name = format!("{}/{}", self.set, self.name);
        let as_lines = |lang: Lang| {
            let text: String = self.lines.side(lang).iter().flat_map(|line| [line.as_str(), "\n"]).collect();
            Document::read_as(Source::from_text(&name, &text), Format::Lines, lang)
        };
        let documents = match &self.layout {
            Some(layout) => layout.clone(),
            None => PerLang { en: as_lines(Lang::En)?, zh: as_lines(Lang::Zh)? },
        };
        let lexicon = Lexicon::builtin()?;
        let analysed = Analysed::new(documents.map(|document| Side::whole(Arc::new(document))));
        let sides = &analysed.sides;
        let layout = Layout::new(sides.as_ref(), &lexicon);
        let mut gold = Vec::new();
        let (mut i, mut j) = (0, 0);
        for bead in &self.lines.beads {
            let (e, z) = (bead.first(), bead.second());
            // A null side stands where the last bead ended.
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
    /// Set and name.
    pub name: String,
    /// The set.
    pub set: String,
    /// What is left out together.
    pub fold: usize,
    /// How much it counts.
    pub weight: f64,
    /// Its passes, prepared.
    pub passes: BitextModel,
    /// Its gold beads that have a shape of the lattice.
    pub gold: Vec<Cell>,
    /// Number of all its gold beads.
    pub gold_len: usize,
    /// Number of Chinese segments.
    pub zh_len: usize,
    /// The texts of the segments.
    pub texts: PerLang<Vec<String>>,
}

impl GoldDocument {
    /// Indices of the gold beads that a lattice holds.
    pub fn gold_in(&self, lattice: &Lattice) -> Vec<usize> {
        self.gold.iter().filter_map(|g| lattice.cells.binary_search(g).ok()).collect()
    }

    /// The pruned lattice, gold beads put back where they were lost.
    pub fn lattice_with_gold(&self, weights: &StageWeights) -> duiqi::Result<Lattice> {
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

/// Adds all documents of a set, by name.
pub fn read_set(dir: &str, samples: &mut Vec<Sample>) -> Result<(), AnyError> {
    let mut stems: Vec<String> = std::fs::read_dir(dir)
        .map_err(|e| format!("{dir}: {e}"))?
        .filter_map(|f| f.ok()?.file_name().to_str()?.strip_suffix(".gold").map(str::to_owned))
        .collect();
    stems.sort();
    let mut add = |name: String, lines: Lines, layout: Option<PerLang<Document>>| {
        samples.push(Sample { set: base_name(dir).to_owned(), name, fold: samples.len(), weight: 1.0, lines, layout });
    };
    if stems.is_empty() {
        let (lines, layout) = read_texts(dir)?;
        add("text".to_owned(), lines, Some(layout));
    }
    for stem in stems {
        let lines = Lines::read(dir, &stem)?;
        add(stem, lines, None);
    }
    Ok(())
}

/// Last part of a path.
pub fn base_name(path: &str) -> &str {
    Path::new(path).file_name().and_then(|n| n.to_str()).unwrap_or(path)
}

fn read(dir: &str, file: &str) -> Result<Source, AnyError> {
    let path = Path::new(dir).join(file);
    let bytes = std::fs::read(&path).map_err(|e| format!("{}: {e}", path.display()))?;
    Ok(Source::from_bytes(&path.display().to_string(), &bytes)?)
}

/// A bitext of lines with its gold.
#[derive(Clone, Default)]
pub struct Lines {
    /// Chinese segments.
    pub zh: Vec<String>,
    /// English segments.
    pub en: Vec<String>,
    /// Beads, English indices first, in order.
    pub beads: Vec<IndexBead>,
}

impl Lines {
    /// `STEM.en`, `STEM.zh`: a segment a line; `STEM.gold`: indices.
    fn read(dir: &str, stem: &str) -> Result<Lines, AnyError> {
        let lines = |lang: Lang| -> Result<Vec<String>, AnyError> {
            let source = read(dir, &format!("{stem}.{}", lang.code()))?;
            let document = Document::read_as(source, Format::Lines, lang)?;
            Ok(document.segments().iter().map(|s| s.text.clone()).collect())
        };
        let (en, zh) = (lines(Lang::En)?, lines(Lang::Zh)?);
        let mut beads = parse_beads(&read(dir, &format!("{stem}.gold"))?)?;
        if Orientation::of(&beads, en.len(), zh.len()) == Orientation::Flipped {
            beads = beads.into_iter().map(IndexBead::flipped).collect();
        }
        Ok(Lines { zh, en, beads })
    }

    /// Segments of a side.
    pub fn side(&self, lang: Lang) -> &[String] {
        match lang {
            Lang::En => &self.en,
            Lang::Zh => &self.zh,
        }
    }
}

/// `en.*`, `zh.*`: texts as they come, with their turns and paragraphs; `gold.tsv`: their sentences side by side.
fn read_texts(dir: &str) -> Result<(Lines, PerLang<Document>), AnyError> {
    let document = |lang: Lang| -> Result<Document, AnyError> {
        let endings = ["md", "txt"].map(|ending| format!("{}.{ending}", lang.code()));
        let file = endings.iter().find(|f| Path::new(dir).join(f).exists());
        let file = file.ok_or_else(|| format!("{dir}: neither {} nor {} in it", endings[0], endings[1]))?;
        Ok(Document::read_as(read(dir, file)?, Format::Auto, lang)?)
    };
    let documents = PerLang { en: document(Lang::En)?, zh: document(Lang::Zh)? };
    let beads = TextGold::parse(&read(dir, "gold.tsv")?)?.map(&documents.en, &documents.zh)?.beads;
    let texts = |document: &Document| document.segments().iter().map(|s| s.text.clone()).collect();
    Ok((Lines { zh: texts(&documents.zh), en: texts(&documents.en), beads }, documents))
}
