//! The part of the lattice that paths may use.

use std::ops::Range;

use super::max_segments;
use crate::text::PerLang;

/// Segments on either side of the anchor path; all gold beads of the literary and academic development sets lie within 10,
/// and 20 changes no score.
const WIDTH: f64 = 10.0;
/// The same where the path is steady: two thirds of the rows within six have an anchor, and none of them jumps. All scores of the
/// development sets are as with [`WIDTH`].
const STEADY_WIDTH: f64 = 5.0;
const STEADY_REACH: usize = 6;
const STEADY_SHARE: f64 = 0.66;
/// The band at i covers the path from i − 4 to i + 4, so that it is wide where the path is steep.
const WINDOW: usize = 4;

/// For each number i of Chinese segments behind, the numbers j of English ones that may be.
#[derive(Clone, Debug)]
pub struct Band {
    rows: Vec<Range<u32>>,
    /// Where the nodes of each row begin.
    first_node: Vec<u32>,
    columns: usize,
}

impl Band {
    /// Creates a band around a path of pairs of segments. `path` ascends strictly on both sides; `segments` is the
    /// number of segments on each side.
    pub fn around(path: &[PerLang<usize>], segments: PerLang<usize>) -> Band {
        let PerLang { en, zh } = segments;
        let middle = interpolate(path, segments);
        let mut rows: Vec<Range<usize>> = (0..=zh)
            .map(|i| {
                let near = &middle[i.saturating_sub(WINDOW)..(i + WINDOW + 1).min(zh + 1)];
                let width = width(path, i, zh);
                let low = near.iter().copied().fold(f64::INFINITY, f64::min) - width;
                let high = near.iter().copied().fold(f64::NEG_INFINITY, f64::max) + width;
                low.floor().max(0.0) as usize..(high.ceil() as usize + 1).min(en + 1)
            })
            .collect();
        rows[0].start = 0;
        rows[zh].end = en + 1;
        for i in (0..zh).rev() {
            rows[i].start = rows[i].start.min(rows[i + 1].start);
        }
        for i in 1..=zh {
            rows[i].end = rows[i].end.max(rows[i - 1].end);
        }
        Band::new(rows, en)
    }

    /// The whole lattice: for tests against the banded one.
    #[cfg(feature = "train")]
    pub fn full(segments: PerLang<usize>) -> Band {
        Band::new(vec![0..segments.en + 1; segments.zh + 1], segments.en)
    }

    fn new(rows: Vec<Range<usize>>, columns: usize) -> Band {
        let rows: Vec<Range<u32>> = rows.into_iter().map(|r| r.start as u32..r.end as u32).collect();
        let mut first_node = vec![0];
        for row in &rows {
            first_node.push(first_node.last().copied().unwrap_or(0) + row.len() as u32);
        }
        Band { rows, first_node, columns }
    }

    /// Numbers of segments.
    pub fn segments(&self) -> PerLang<usize> {
        PerLang { en: self.columns, zh: self.rows.len() - 1 }
    }

    /// The j of row i.
    pub fn row(&self, i: usize) -> Range<usize> {
        self.rows[i].start as usize..self.rows[i].end as usize
    }

    /// Number of nodes.
    pub fn nodes(&self) -> usize {
        self.first_node[self.rows.len()] as usize
    }

    /// The node that has `behind` segments of each side before it, if it is in the band.
    #[inline]
    pub fn node(&self, behind: PerLang<usize>) -> Option<usize> {
        let row = self.rows.get(behind.zh)?;
        row.contains(&(behind.en as u32)).then(|| self.first_node[behind.zh] as usize + behind.en - row.start as usize)
    }

    /// For each segment, the segments of the other side that can share a bead of the first `shapes` shapes with it, or
    /// be next to it.
    pub fn ranges(&self, shapes: usize) -> PerLang<Vec<Range<usize>>> {
        let (most, segments) = (max_segments(shapes), self.segments());
        let of_zh = |i: usize| {
            // Beads with segment i begin at the nodes of row i or of earlier rows.
            let low = self.row((i + 1).saturating_sub(most.zh)).start.saturating_sub(1);
            low..(self.row(i).end + most.en).min(segments.en)
        };
        let of_en = |j: usize| {
            // Beads with segment j begin in column j or in earlier columns: at rows low..high.
            let low = self.rows.partition_point(|r| r.end as usize + most.en <= j + 1);
            let high = self.rows.partition_point(|r| r.start as usize <= j);
            low.saturating_sub(1)..(high + most.zh).min(segments.zh)
        };
        PerLang { en: (0..segments.en).map(of_en).collect(), zh: (0..segments.zh).map(of_zh).collect() }
    }
}

/// How far the band reaches on either side of the path at row `i`.
fn width(path: &[PerLang<usize>], i: usize, rows: usize) -> f64 {
    let from = path.partition_point(|p| p.zh + STEADY_REACH < i);
    let to = path.partition_point(|p| p.zh <= i + STEADY_REACH);
    let near = &path[from..to];
    let rows = (i + STEADY_REACH + 1).min(rows) - i.saturating_sub(STEADY_REACH);
    let follows = |a: &PerLang<usize>, b: &PerLang<usize>| {
        let (rows, columns) = (b.zh - a.zh, b.en - a.en);
        columns <= 3 * rows + 2 && rows <= 3 * columns + 2
    };
    let steady = near.len() > 1 && near.windows(2).all(|w| follows(&w[0], &w[1]));
    if steady && near.len() as f64 >= STEADY_SHARE * rows as f64 { STEADY_WIDTH } else { WIDTH }
}

/// The column of the path in each row, in straight lines between its points and the corners.
fn interpolate(path: &[PerLang<usize>], segments: PerLang<usize>) -> Vec<f64> {
    let point = |p: PerLang<usize>| p.map(|n| n as f64);
    let (mut before, mut middle) = (PerLang { en: -1.0, zh: -1.0 }, Vec::with_capacity(segments.zh + 1));
    for after in path.iter().copied().chain([segments]).map(point) {
        while middle.len() as f64 <= after.zh {
            let share = (middle.len() as f64 - before.zh) / (after.zh - before.zh);
            middle.push(before.en + share * (after.en - before.en));
        }
        before = after;
    }
    middle
}

#[cfg(test)]
mod tests {
    use super::super::SHAPES;
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn a_path_can_pass(
            en in 0usize..200, zh in 0usize..60, cuts in prop::collection::btree_map(0usize..60, 0usize..200, 0..8)
        ) {
            let mut path: Vec<PerLang<usize>> = Vec::new();
            for (i, j) in cuts {
                if i < zh && j < en && path.last().is_none_or(|p| p.en < j) {
                    path.push(PerLang { en: j, zh: i });
                }
            }
            let segments = PerLang { en, zh };
            let band = Band::around(&path, segments);
            prop_assert_eq!(band.node(PerLang::default()), Some(0));
            prop_assert_eq!(band.node(segments), Some(band.nodes() - 1));
            let ranges = band.ranges(SHAPES.len());
            for i in 0..zh {
                prop_assert!(band.row(i + 1).start < band.row(i).end, "rows {} and {} do not meet", i, i + 1);
            }
            for &pair in &path {
                prop_assert!(band.node(pair).is_some() && band.node(pair.map(|n| n + 1)).is_some());
                prop_assert!(ranges.zh[pair.zh].contains(&pair.en) && ranges.en[pair.en].contains(&pair.zh));
            }
        }
    }
}
