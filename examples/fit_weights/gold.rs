//! Documents with gold alignments, ready to be fitted on.

use std::path::Path;
use std::sync::Arc;

use duiqi::alignment::Side;
use duiqi::document::{Document, Format};
use duiqi::evaluate::{IndexBead, Orientation, TextGold, parse_beads};
use duiqi::feature::StageWeights;
use duiqi::lattice::{Cell, Lattice, SHAPES};
use duiqi::lexicon::{Glossary, Lexicon};
use duiqi::passes::{Layout, Passes};
use duiqi::text::{Lang, Source};

type AnyError = Box<dyn std::error::Error>;

/// One document.
pub struct GoldDocument {
    /// Set and number.
    pub name: String,
    /// The set.
    pub set: String,
    /// Its passes, prepared.
    pub passes: Passes,
    /// Its gold beads that have a shape of the lattice.
    pub gold: Vec<Cell>,
    /// Number of all its gold beads.
    pub gold_len: usize,
    /// Number of Chinese segments.
    pub zh_len: usize,
    /// The texts of the Chinese and of the English segments.
    pub texts: [Vec<String>; 2],
}

impl GoldDocument {
    /// `beads`: English indices first.
    fn new(set: &str, name: &str, en: Document, zh: Document, beads: &[IndexBead]) -> Result<GoldDocument, AnyError> {
        let lexicon = Lexicon::builtin()?;
        let (en, zh) = (Side::whole(Arc::new(en)), Side::whole(Arc::new(zh)));
        let layout = Layout::new(&en, &zh, &lexicon);
        let mut gold = Vec::new();
        let (mut i, mut j) = (0, 0);
        for bead in beads {
            let (e, z) = (bead.first(), bead.second());
            // A null side stands where the last bead ended.
            (i, j) = (z.first().copied().unwrap_or(i), e.first().copied().unwrap_or(j));
            if let Some(shape) = SHAPES.iter().position(|&s| s == (z.len(), e.len())) {
                gold.push(Cell { i: i as u32, j: j as u32, shape: shape as u8 });
            } else {
                println!("{set}/{name}: a gold bead of {} Chinese, {} English has no shape", z.len(), e.len());
            }
            (i, j) = (i + z.len(), j + e.len());
        }
        Ok(GoldDocument {
            name: format!("{set}/{name}"),
            set: set.to_owned(),
            passes: Passes::of_sides(&lexicon, &Glossary::default(), &en, &zh, &layout),
            gold,
            gold_len: beads.len(),
            zh_len: zh.segments.len(),
            texts: [&zh, &en].map(|side| (0..side.segments.len()).map(|i| side.segment(i).text.clone()).collect()),
        })
    }

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

/// All documents of a set, by name.
pub fn read_set(dir: &str) -> Result<Vec<GoldDocument>, AnyError> {
    let mut stems: Vec<String> = std::fs::read_dir(dir)
        .map_err(|e| format!("{dir}: {e}"))?
        .filter_map(|f| f.ok()?.file_name().to_str()?.strip_suffix(".gold").map(str::to_owned))
        .collect();
    stems.sort();
    if stems.is_empty() {
        return Ok(vec![read_texts(dir)?]);
    }
    stems.iter().map(|stem| read_lines(dir, stem)).collect()
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

/// `STEM.en`, `STEM.zh`: a segment a line; `STEM.gold`: indices.
fn read_lines(dir: &str, stem: &str) -> Result<GoldDocument, AnyError> {
    let document = |lang: Lang| -> Result<Document, AnyError> {
        Ok(Document::read_as(read(dir, &format!("{stem}.{}", lang.code()))?, Format::Lines, lang))
    };
    let (en, zh) = (document(Lang::En)?, document(Lang::Zh)?);
    let mut beads = parse_beads(&read(dir, &format!("{stem}.gold"))?)?;
    if Orientation::of(&beads, en.segments().len(), zh.segments().len()) == Orientation::Flipped {
        beads = beads.into_iter().map(IndexBead::flipped).collect();
    }
    GoldDocument::new(base_name(dir), stem, en, zh, &beads)
}

/// `en.*`, `zh.*`: texts as they come, with their turns and paragraphs; `gold.tsv`: their sentences side by side.
fn read_texts(dir: &str) -> Result<GoldDocument, AnyError> {
    let document = |lang: Lang| -> Result<Document, AnyError> {
        let endings = ["md", "txt"].map(|ending| format!("{}.{ending}", lang.code()));
        let file = endings.iter().find(|f| Path::new(dir).join(f).exists());
        let file = file.ok_or_else(|| format!("{dir}: neither {} nor {} in it", endings[0], endings[1]))?;
        Ok(Document::read_as(read(dir, file)?, Format::Auto, lang))
    };
    let (en, zh) = (document(Lang::En)?, document(Lang::Zh)?);
    let gold = TextGold::parse(&read(dir, "gold.tsv")?)?.map(&en, &zh)?;
    GoldDocument::new(base_name(dir), "text", en, zh, &gold.beads)
}
