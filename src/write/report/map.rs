//! A small map of the whole: each bead a dot, across by its place in the left text, down by its place in the right one.

use std::fmt::Write;

use rustc_hash::FxHashSet;
use serde::Serialize;

use crate::alignment::{Alignment, Bead, Relation};
use crate::check::Finding;
use crate::text::Lang;

use super::{SURE, UNSURE, langs};

/// Width and height in units of the drawing; a finer one is not seen at the size it has.
const SIZE: usize = 500;

/// Paths of an SVG.
#[derive(Default, Serialize)]
pub(super) struct Map {
    size: usize,
    /// Through the beads that keep the order.
    path: String,
    sure: String,
    unsure: String,
    gaps: String,
    moved: String,
    findings: String,
}

pub(super) fn map(alignment: &Alignment, findings: &[Finding]) -> Map {
    let mut map = Map { size: SIZE, ..Map::default() };
    let totals = langs(alignment).map(|lang| alignment.side(lang).segments.len().max(1));
    let mut next = [0usize, 0];
    let mut drawn = FxHashSet::default();
    let mut last = None;
    let found: FxHashSet<usize> = findings.iter().map(|f| f.pair).collect();
    for pair in alignment.pairs() {
        let bead = pair.bead();
        let comparable = alignment.relation() == Relation::Comparable;
        let in_order = !comparable && !pair.is_moved();
        let lists = langs(alignment).map(|lang| list(bead, lang));
        let mut at = [0, 0];
        for k in 0..2 {
            let middle = match (lists[k].first(), lists[k].last()) {
                (Some(first), Some(last)) => first + last + 1,
                _ => 2 * next[k],
            };
            at[k] = middle * SIZE / (2 * totals[k]);
            if in_order {
                next[k] = lists[k].last().map_or(next[k], |i| i + 1);
            }
        }
        let [x, y] = at;
        if in_order && last.replace(at) != Some(at) {
            let _ = write!(map.path, "{}{x} {y}", if map.path.is_empty() { "M" } else { "L" });
        }
        let alone = lists.iter().any(|l| l.is_empty());
        if alone && comparable {
            continue;
        }
        let layer = match pair.confidence() {
            _ if alone => 2,
            _ if pair.is_moved() => 3,
            c if c < UNSURE || (c < SURE && comparable) => 1,
            _ => 0,
        };
        let Map { sure, unsure, gaps, moved, .. } = &mut map;
        dot(&mut drawn, [sure, unsure, gaps, moved][layer], layer, at);
        if found.contains(&pair.id()) {
            dot(&mut drawn, &mut map.findings, 4, at);
        }
    }
    map
}

/// A dot that is not drawn yet: a line of no length, which round ends make visible.
fn dot(drawn: &mut FxHashSet<(usize, [usize; 2])>, path: &mut String, layer: usize, at: [usize; 2]) {
    if drawn.insert((layer, at)) {
        let _ = write!(path, "M{} {}h0", at[0], at[1]);
    }
}

fn list(bead: &Bead, lang: Lang) -> &[usize] {
    match lang {
        Lang::En => &bead.en,
        Lang::Zh => &bead.zh,
    }
}
