//! Files that contain both languages side by side: in rows of a table, together on one line, or alternately.
//!
//! Such a file itself shows which texts belong together. Each group of texts that belong together is a unit. Sentences
//! are paired only inside a unit. Code, and tables in one language, are not in a unit.

mod alternate;
mod columns;
mod split;

pub(super) use columns::{Columns, columns, seconds};
pub(super) use split::split;

use std::fmt;
use std::ops::Range;

use super::block::{Block, BlockKind};
use crate::text::{Count, Lang};

/// How a file puts English and Chinese side by side.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum BilingualLayout {
    /// Each row of a table has both.
    Rows,
    /// Each line, heading or paragraph has both, one after the other.
    OneLine,
    /// A text in one language is followed by its counterpart.
    Alternating,
}

impl fmt::Display for BilingualLayout {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            BilingualLayout::Rows => "each row of a table has English and Chinese",
            BilingualLayout::OneLine => "each line has English and Chinese",
            BilingualLayout::Alternating => "English and Chinese alternate",
        })
    }
}

/// The share of the prose that must be in units for a file to have a bilingual layout. The rest may be a title, a note
/// or a text without a counterpart.
const MIN_COVERED: f64 = 0.8;
/// The least number of units in a layout. A single line in both languages may be a quotation.
const MIN_UNITS: usize = 2;

/// A piece of a text in one language.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Piece {
    /// The byte range in the text.
    pub(super) range: Range<usize>,
    pub(super) lang: Lang,
    /// The number of its unit, ascending.
    pub(super) unit: Option<usize>,
}

/// A text of the file, as it is used to look for units.
pub(super) struct Item<'a> {
    pub(super) kind: BlockKind,
    pub(super) text: &'a str,
    /// The row of the bilingual table in which it is a cell, and the language of the cell.
    pub(super) cell: Option<(usize, Lang)>,
}

/// The units of a file.
#[derive(Debug, Default)]
pub(super) struct Units {
    /// The layout, if nearly all prose is in units.
    pub(super) layout: Option<BilingualLayout>,
    /// The pieces of each item that are in units. It is empty if the language of the item must be found in another way.
    pub(super) pieces: Vec<Option<Vec<Piece>>>,
}

/// The kind of an item, by its content.
#[derive(Clone, Debug, PartialEq)]
enum Class {
    /// Both languages. The first one ends where the second one begins.
    Both {
        first: Lang,
        parts: [Range<usize>; 2],
    },
    One(Lang),
    Cell(usize, Lang),
    /// Code, or no words.
    Neither,
}

/// Finds the units of a file.
pub(super) fn units(items: &[Item<'_>]) -> Units {
    let classes: Vec<Class> = items.iter().map(class).collect();
    let weights: Vec<f64> = items.iter().map(|item| weight(item.text)).collect();
    let prose = || classes.iter().zip(&weights).filter(|(class, _)| **class != Class::Neither);
    let all: f64 = prose().map(|(_, w)| w).sum();
    let cells: f64 = prose().filter(|(class, _)| matches!(class, Class::Cell(..))).map(|(_, w)| w).sum();
    let lines: f64 = prose().filter(|(class, _)| matches!(class, Class::Both { .. })).map(|(_, w)| w).sum();
    let alternating = alternate::units(&classes);
    let in_turn: f64 = (0..items.len()).filter(|&k| alternating[k].is_some()).map(|k| weights[k]).sum();

    let covered = cells + lines + in_turn >= MIN_COVERED * all && all > 0.0;
    let alternates = covered && in_turn > cells + lines;
    let given = cells + lines >= MIN_COVERED * all && all > 0.0;
    let mut next = 0;
    let mut last: Option<(bool, usize)> = None;
    let mut unit = |key: (bool, usize)| {
        if last != Some(key) {
            next += 1;
            last = Some(key);
        }
        next - 1
    };
    let mut pieces = Vec::with_capacity(items.len());
    for (k, class) in classes.iter().enumerate() {
        let whole = 0..items[k].text.len();
        pieces.push(match class {
            Class::Cell(row, lang) => Some(vec![Piece { range: whole, lang: *lang, unit: Some(unit((false, *row))) }]),
            // In the middle of other texts, an item is split only if its border is clear.
            Class::Both { first, parts } if alternates || given || split::is_clear(items[k].text, class) => {
                let unit = Some(unit((true, k)));
                let langs = [*first, first.other()];
                Some(parts.iter().zip(langs).map(|(r, lang)| Piece { range: r.clone(), lang, unit }).collect())
            }
            Class::One(lang) if alternates || given => {
                let first = if alternates { alternating[k] } else { None };
                let unit = first.map(|first| unit((true, items.len() + first)));
                Some(vec![Piece { range: whole, lang: *lang, unit }])
            }
            Class::Both { .. } | Class::One(_) | Class::Neither => None,
        });
    }
    let layout = match () {
        () if next < MIN_UNITS => None,
        () if alternates => Some(BilingualLayout::Alternating),
        () if given && cells >= lines => Some(BilingualLayout::Rows),
        () if given => Some(BilingualLayout::OneLine),
        () => None,
    };
    Units { layout, pieces }
}

fn class(item: &Item<'_>) -> Class {
    match (item.cell, item.kind) {
        (Some((row, lang)), _) => Class::Cell(row, lang),
        (None, BlockKind::Code) => Class::Neither,
        (None, _) => match (split(item.text), Count::of(item.text).lang()) {
            (Some((first, parts)), _) => Class::Both { first, parts },
            // A table in one language says nothing about the layout of the text.
            (None, Some(_)) if item.kind == BlockKind::Row => Class::Neither,
            (None, Some(lang)) => Class::One(lang),
            (None, None) => Class::Neither,
        },
    }
}

fn weight(text: &str) -> f64 {
    let count = Count::of(text);
    count.weight(Lang::En) + count.weight(Lang::Zh)
}

/// Returns the tables of a file that have both languages in each row: the blocks and the columns of each table.
pub(super) fn tables(blocks: &[Block]) -> Vec<(Range<usize>, Columns)> {
    let mut found = Vec::new();
    let mut k = 0;
    while k < blocks.len() {
        let rows = blocks[k..].iter().take_while(|block| block.kind == BlockKind::Row).count();
        if rows > 0 {
            let cells: Vec<Vec<&str>> = blocks[k..k + rows]
                .iter()
                .map(|block| block.text.text().split('\t').map(str::trim).collect())
                .collect();
            found.extend(columns(&cells).map(|columns| (k..k + rows, columns)));
        }
        k += rows.max(1);
    }
    found
}
