//! Documents with gold alignments, ready to be fitted on.

use std::path::Path;

use duiqi::feature::StageWeights;
use duiqi::lattice::{Cell, Lattice, SHAPES};
use duiqi::lexicon::{Glossary, Lexicon};
use duiqi::passes::{Passes, SideInput};

/// One document.
pub struct GoldDocument {
    /// Set and number.
    pub name: String,
    /// The set.
    pub set: String,
    /// Its passes, prepared.
    pub passes: Passes,
    /// Its gold beads that have a shape of the lattice or not: beads of other shapes count as missed.
    pub gold: Vec<Cell>,
    zh_len: usize,
}

impl GoldDocument {
    /// Number of Chinese segments.
    pub fn zh_len(&self) -> usize {
        self.zh_len
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
        if cells.len() > kept {
            println!("{}: {} gold beads were pruned or have no shape", self.name, cells.len() - kept);
        }
        Ok(Lattice::new(self.passes.band(), cells))
    }
}

/// Last part of a path.
pub fn base_name(path: &str) -> &str {
    Path::new(path).file_name().and_then(|n| n.to_str()).unwrap_or(path)
}

/// All documents of a set, by name.
pub fn read_set(dir: &str) -> Result<Vec<GoldDocument>, Box<dyn std::error::Error>> {
    let lexicon = Lexicon::builtin()?;
    let glossary = Glossary::default();
    let mut stems: Vec<String> = std::fs::read_dir(dir)
        .map_err(|e| format!("{dir}: {e}"))?
        .filter_map(|f| f.ok()?.file_name().to_str()?.strip_suffix(".gold").map(str::to_owned))
        .collect();
    stems.sort();
    let mut documents = Vec::new();
    for stem in stems {
        let read = |ending: &str| {
            let path = Path::new(dir).join(format!("{stem}.{ending}"));
            std::fs::read_to_string(&path).map_err(|e| format!("{}: {e}", path.display()))
        };
        let (zh, en, gold) = (read("zh")?, read("en")?, read("gold")?);
        let zh: Vec<&str> = zh.lines().collect();
        let en: Vec<&str> = en.lines().collect();
        let beads = parse_gold(&gold)?;
        let first_is_zh = covers(&beads, |b| &b.0, zh.len()) && covers(&beads, |b| &b.1, en.len());
        let mut cells = Vec::new();
        let (mut i, mut j) = (0, 0);
        for (a, b) in &beads {
            let (z, e) = if first_is_zh { (a, b) } else { (b, a) };
            i = z.first().copied().unwrap_or(i);
            j = e.first().copied().unwrap_or(j);
            match SHAPES.iter().position(|&s| s == (z.len(), e.len())) {
                Some(shape) => cells.push(Cell { i: i as u32, j: j as u32, shape: shape as u8 }),
                None => println!("{stem}: a gold bead {}-{} has no shape in the lattice", z.len(), e.len()),
            }
            (i, j) = (i + z.len(), j + e.len());
        }
        let set = base_name(dir).to_owned();
        let zh_len = zh.len();
        documents.push(GoldDocument {
            name: format!("{set}/{stem}"),
            set,
            passes: Passes::prepare(
                &lexicon,
                &glossary,
                SideInput { texts: zh, places: Vec::new() },
                SideInput { texts: en, places: Vec::new() },
            ),
            gold: cells,
            zh_len,
        });
    }
    Ok(documents)
}

type GoldBead = (Vec<usize>, Vec<usize>);

fn parse_gold(text: &str) -> Result<Vec<GoldBead>, String> {
    let side = |s: &str| -> Option<Vec<usize>> {
        let inner = s.trim().strip_prefix('[')?.strip_suffix(']')?;
        inner.split(',').map(str::trim).filter(|x| !x.is_empty()).map(|x| x.parse().ok()).collect()
    };
    text.lines()
        .enumerate()
        .filter(|(_, l)| !l.trim().is_empty())
        .map(|(n, line)| {
            let mut parts = line.split(':');
            let bead = (|| Some((side(parts.next()?)?, side(parts.next()?)?)))();
            bead.ok_or_else(|| format!("gold line {}: not [a,b]:[c,d]", n + 1))
        })
        .collect()
}

/// Whether the beads' indices on one side are all there are.
fn covers(beads: &[GoldBead], side: impl Fn(&GoldBead) -> &Vec<usize>, len: usize) -> bool {
    beads.iter().flat_map(|b| side(b)).max().is_some_and(|&m| m + 1 == len)
}
