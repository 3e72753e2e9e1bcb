//! Gold in a table: `gold.tsv` beside `en.txt` and `zh.txt`.

use std::collections::BTreeSet;

use crate::error::{Error, Result};
use crate::text::Source;

use super::{IndexBead, Score};

/// What the numbers of a gold table count.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum GoldUnit {
    /// Lines (columns `en_line`, `zh_line`): scored as beads.
    Line,
    /// Paragraphs apart by a blank line (columns `en_idx`, `zh_idx`): scored as links.
    Paragraph,
}

/// A row: what belongs together.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct GoldRow {
    /// English units, from 0 (the file counts from 1).
    pub en: Vec<usize>,
    /// Chinese units, from 0.
    pub zh: Vec<usize>,
    /// Whether the row was checked and counts.
    pub judged: bool,
}

/// A gold table.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct GoldTable {
    /// What it counts.
    pub unit: GoldUnit,
    /// Its rows, in order.
    pub rows: Vec<GoldRow>,
}

/// How the note of a checked row begins, in a table that has such notes at all; without any, every row counts.
const JUDGED: &str = "ok";

impl GoldTable {
    /// Reads a table: a header line, then rows with the units of both sides, counted from 1, several apart by a space,
    /// none for no counterpart. Other columns are ignored but `note`: where any begins with `ok`, only such rows count.
    ///
    /// # Errors
    /// [`crate::ErrorKind::Malformed`] with the line.
    pub fn parse(source: &Source) -> Result<GoldTable> {
        let wrong = |line: usize, what: String| Error::malformed(source.name(), line, what);
        let mut lines = source.text().lines();
        let header: Vec<&str> = lines.next().unwrap_or_default().split('\t').map(str::trim).collect();
        let column = |name: &str| header.iter().position(|h| *h == name);
        let (unit, en, zh) = match (column("en_line"), column("zh_line"), column("en_idx"), column("zh_idx")) {
            (Some(en), Some(zh), _, _) => (GoldUnit::Line, en, zh),
            (_, _, Some(en), Some(zh)) => (GoldUnit::Paragraph, en, zh),
            _ => {
                let what = "the first line must name the columns en_line and zh_line, or en_idx and zh_idx, with tabs between them";
                return Err(wrong(1, what.to_owned()));
            }
        };
        let note = column("note");
        let (mut rows, mut notes) = (Vec::new(), Vec::new());
        for (i, line) in lines.enumerate() {
            if line.trim().is_empty() {
                continue;
            }
            let cells: Vec<&str> = line.split('\t').collect();
            let units = |k: usize| numbers(cells.get(k).copied().unwrap_or_default()).map_err(|e| wrong(i + 2, e));
            rows.push(GoldRow { en: units(en)?, zh: units(zh)?, judged: true });
            notes.push(note.and_then(|k| cells.get(k)).is_some_and(|n| n.trim_start().starts_with(JUDGED)));
        }
        if notes.contains(&true) {
            for (row, ok) in rows.iter_mut().zip(notes) {
                row.judged = ok;
            }
        }
        Ok(GoldTable { unit, rows })
    }

    /// The rows as beads, English first; rows that are empty on both sides are left out.
    pub fn beads(&self) -> Vec<IndexBead> {
        let beads = self.rows.iter().map(|r| IndexBead::new(r.en.clone(), r.zh.clone()));
        beads.filter(|b| b.shape() != (0, 0)).collect()
    }

    /// The links of the rows that count: all pairs of an English and a Chinese unit in a row.
    pub fn links(&self) -> BTreeSet<(usize, usize)> {
        let judged = self.rows.iter().filter(|r| r.judged);
        judged.flat_map(|r| r.en.iter().flat_map(|&e| r.zh.iter().map(move |&z| (e, z)))).collect()
    }

    /// Scores links (English unit, Chinese unit). Links of a unit that stands in a row that does not count are ignored in
    /// test and gold.
    pub fn score_links(&self, test: &BTreeSet<(usize, usize)>) -> Score {
        let unjudged = || self.rows.iter().filter(|r| !r.judged);
        let en: BTreeSet<usize> = unjudged().flat_map(|r| r.en.iter().copied()).collect();
        let zh: BTreeSet<usize> = unjudged().flat_map(|r| r.zh.iter().copied()).collect();
        let counts = |link: &&(usize, usize)| !en.contains(&link.0) && !zh.contains(&link.1);
        let gold = self.links();
        Score {
            gold: gold.iter().filter(counts).count(),
            test: test.iter().filter(counts).count(),
            right: test.intersection(&gold).filter(counts).count(),
        }
    }
}

/// Numbers from 1 apart by blanks, as indices from 0.
fn numbers(cell: &str) -> Result<Vec<usize>, String> {
    let index = |word: &str| match word.parse::<usize>().ok().and_then(|n| n.checked_sub(1)) {
        Some(n) => Ok(n),
        None => Err(format!("{word:?} is not a number from 1; write numbers with spaces between them, or nothing")),
    };
    cell.split_whitespace().map(index).collect()
}
