//! Texts of a segment a line with their gold, and the same after lines were removed, moved or added on one side.

use std::path::Path;

use duiqi::evaluate::{IndexBead, Orientation, beads_of, merge_verses, parse_beads};
use duiqi::text::Source;
use duiqi::{Aligner, alignment::Alignment};

pub type AnyError = Box<dyn std::error::Error>;

/// A text: English first in all that has two sides.
#[derive(Clone)]
pub struct Text {
    /// Set and number.
    pub name: String,
    /// Lines.
    pub sides: [Vec<String>; 2],
    /// Verse of each line, where the set has them.
    verses: Option<[Vec<String>; 2]>,
    /// Gold beads; null beads of one segment each.
    pub gold: Vec<IndexBead>,
}

/// A line of a damaged side.
pub enum Line {
    /// A line of the undamaged side.
    Old(usize),
    /// One that was not there.
    New(&'static str),
}

/// All texts of a set, by name.
pub fn read_set(dir: &str) -> Result<Vec<Text>, AnyError> {
    let entries = std::fs::read_dir(dir).map_err(|e| format!("{dir}: {e}"))?;
    let names = entries.filter_map(|f| f.ok()?.file_name().into_string().ok());
    let mut stems: Vec<String> = names.filter_map(|n| n.strip_suffix(".gold").map(str::to_owned)).collect();
    stems.sort();
    if stems.is_empty() {
        return Err(format!("{dir}: no NNN.gold in it").into());
    }
    stems.iter().map(|stem| Text::read(dir, stem)).collect()
}

/// Last part of a path.
pub fn base_name(path: &str) -> &str {
    Path::new(path).file_name().and_then(|n| n.to_str()).unwrap_or(path)
}

impl Text {
    fn read(dir: &str, stem: &str) -> Result<Text, AnyError> {
        let source = |ending: &str| -> Result<Source, AnyError> {
            let path = Path::new(dir).join(format!("{stem}.{ending}"));
            let bytes = std::fs::read(&path).map_err(|e| format!("{}: {e}", path.display()))?;
            Ok(Source::from_bytes(&path.display().to_string(), &bytes)?)
        };
        let lines = |ending: &str| -> Result<Vec<String>, AnyError> {
            Ok(source(ending)?.text().lines().map(str::to_owned).collect())
        };
        let sides = [lines("en")?, lines("zh")?];
        let mut gold = parse_beads(&source("gold")?)?;
        if Orientation::of(&gold, sides[0].len(), sides[1].len()) == Orientation::Flipped {
            gold = gold.into_iter().map(IndexBead::flipped).collect();
        }
        let verses = match (lines("en.verse"), lines("zh.verse")) {
            (Ok(en), Ok(zh)) => Some([en, zh]),
            _ => None,
        };
        let name = format!("{}/{stem}", base_name(dir));
        Ok(Text { name, sides, verses, gold: gold.iter().flat_map(single_nulls).collect() })
    }

    /// The text with other lines on one side, its gold renumbered: what is gone leaves the rest of its bead, a side that is
    /// emptied leaves null beads, and a new line is one.
    pub fn with_side(&self, side: usize, lines: &[Line]) -> Text {
        let mut text = self.clone();
        let mut place = vec![None; self.sides[side].len()];
        text.sides[side].clear();
        let mut added = Vec::new();
        for (k, line) in lines.iter().enumerate() {
            match line {
                Line::Old(i) => {
                    place[*i] = Some(k);
                    text.sides[side].push(self.sides[side][*i].clone());
                }
                Line::New(new) => {
                    text.sides[side].push((*new).to_owned());
                    added.push(bead_of(side, vec![k], Vec::new()));
                }
            }
        }
        if let (Some(verses), Some(old)) = (&mut text.verses, &self.verses) {
            let verse = |line: &Line| match line {
                Line::Old(i) => old[side].get(*i).cloned().unwrap_or_default(),
                Line::New(_) => "new".to_owned(),
            };
            verses[side] = lines.iter().map(verse).collect();
        }
        let renumbered = self.gold.iter().map(|bead| {
            let [own, other] = if side == 0 { [bead.first(), bead.second()] } else { [bead.second(), bead.first()] };
            bead_of(side, own.iter().filter_map(|&i| place[i]).collect(), other.to_vec())
        });
        text.gold = added.into_iter().chain(renumbered).flat_map(|b| single_nulls(&b)).collect();
        text
    }

    /// Aligns the text.
    pub fn align(&self, aligner: &Aligner) -> duiqi::Result<Alignment> {
        align(aligner, &self.sides[0], &self.sides[1])
    }

    /// The beads of an alignment of this text, and those of its gold, as they are compared: inside verses they are joined.
    pub fn compared(&self, alignment: &Alignment) -> [Vec<IndexBead>; 2] {
        let beads = [beads_of(alignment), self.gold.clone()];
        match &self.verses {
            Some([en, zh]) => beads.map(|b| merge_verses(&b, en, zh)),
            None => beads,
        }
    }
}

/// Aligns lines, English first.
pub fn align(aligner: &Aligner, en: &[String], zh: &[String]) -> duiqi::Result<Alignment> {
    let source = |name: &str, lines: &[String]| Source::from_text(name, &(lines.join("\n") + "\n"));
    aligner.align_sources(source("en", en), source("zh", zh))
}

fn bead_of(side: usize, own: Vec<usize>, other: Vec<usize>) -> IndexBead {
    if side == 0 { IndexBead::new(own, other) } else { IndexBead::new(other, own) }
}

/// A null bead of several segments as one for each; nothing for a bead that is empty.
fn single_nulls(bead: &IndexBead) -> Vec<IndexBead> {
    if !bead.first().is_empty() && !bead.second().is_empty() {
        return vec![bead.clone()];
    }
    let first = bead.first().iter().map(|&i| IndexBead::new(vec![i], Vec::new()));
    first.chain(bead.second().iter().map(|&i| IndexBead::new(Vec::new(), vec![i]))).collect()
}
