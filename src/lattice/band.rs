//! The part of the lattice that paths may use.

use std::ops::Range;

use super::most_segments;

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
    /// A band around a path of (Chinese segment, English segment), strictly ascending, through a lattice of `zh` by `en`
    /// segments.
    pub fn around(path: &[(usize, usize)], zh: usize, en: usize) -> Band {
        let middle = interpolate(path, zh, en);
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
    pub fn full(zh: usize, en: usize) -> Band {
        Band::new(vec![0..en + 1; zh + 1], en)
    }

    fn new(rows: Vec<Range<usize>>, columns: usize) -> Band {
        let rows: Vec<Range<u32>> = rows.into_iter().map(|r| r.start as u32..r.end as u32).collect();
        let mut first_node = vec![0];
        for row in &rows {
            first_node.push(first_node.last().copied().unwrap_or(0) + row.len() as u32);
        }
        Band { rows, first_node, columns }
    }

    /// Number of Chinese segments.
    pub fn zh(&self) -> usize {
        self.rows.len() - 1
    }

    /// Number of English segments.
    pub fn en(&self) -> usize {
        self.columns
    }

    /// The j of row i.
    pub fn row(&self, i: usize) -> Range<usize> {
        self.rows[i].start as usize..self.rows[i].end as usize
    }

    /// Number of nodes.
    pub fn nodes(&self) -> usize {
        self.first_node[self.rows.len()] as usize
    }

    /// The node (i, j), if it lies in the band.
    pub fn node(&self, i: usize, j: usize) -> Option<usize> {
        let row = self.rows.get(i)?;
        row.contains(&(j as u32)).then(|| self.first_node[i] as usize + j - row.start as usize)
    }

    /// The English segments that each Chinese segment may share a bead of the first so many shapes with, or stand next to.
    pub fn zh_ranges(&self, shapes: usize) -> Vec<Range<usize>> {
        let (most_zh, most_en) = most_segments(shapes);
        (0..self.zh())
            .map(|i| {
                // Beads with segment i begin at the nodes of row i or of the rows before it.
                let low = self.row((i + 1).saturating_sub(most_zh)).start.saturating_sub(1);
                low..(self.row(i).end + most_en).min(self.columns)
            })
            .collect()
    }

    /// The Chinese segments that each English segment may share a bead of the first so many shapes with, or stand next to.
    pub fn en_ranges(&self, shapes: usize) -> Vec<Range<usize>> {
        let (most_zh, most_en) = most_segments(shapes);
        (0..self.columns)
            .map(|j| {
                // Beads with segment j begin in column j or in those before it: at rows low..high.
                let low = self.rows.partition_point(|r| r.end as usize + most_en <= j + 1);
                let high = self.rows.partition_point(|r| r.start as usize <= j);
                low.saturating_sub(1)..(high + most_zh).min(self.zh())
            })
            .collect()
    }
}

/// How far the band reaches on either side of the path at row `i`.
fn width(path: &[(usize, usize)], i: usize, zh: usize) -> f64 {
    let from = path.partition_point(|p| p.0 + STEADY_REACH < i);
    let to = path.partition_point(|p| p.0 <= i + STEADY_REACH);
    let near = &path[from..to];
    let rows = (i + STEADY_REACH + 1).min(zh) - i.saturating_sub(STEADY_REACH);
    let follows = |a: &(usize, usize), b: &(usize, usize)| {
        let (rows, columns) = (b.0 - a.0, b.1 - a.1);
        columns <= 3 * rows + 2 && rows <= 3 * columns + 2
    };
    let steady = near.len() > 1 && near.windows(2).all(|w| follows(&w[0], &w[1]));
    if steady && near.len() as f64 >= STEADY_SHARE * rows as f64 { STEADY_WIDTH } else { WIDTH }
}

/// The path at each i from 0 to `zh`, in straight lines between its points and the corners.
fn interpolate(path: &[(usize, usize)], zh: usize, en: usize) -> Vec<f64> {
    let points = path.iter().map(|&(i, j)| (i as f64, j as f64));
    let (mut before, mut middle) = ((-1.0, -1.0), Vec::with_capacity(zh + 1));
    for after in points.chain([(zh as f64, en as f64)]) {
        while middle.len() as f64 <= after.0 {
            let share = (middle.len() as f64 - before.0) / (after.0 - before.0);
            middle.push(before.1 + share * (after.1 - before.1));
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
            zh in 0usize..60, en in 0usize..200, cuts in prop::collection::btree_map(0usize..60, 0usize..200, 0..8)
        ) {
            let mut path: Vec<(usize, usize)> = Vec::new();
            for (i, j) in cuts {
                if i < zh && j < en && path.last().is_none_or(|p| p.1 < j) {
                    path.push((i, j));
                }
            }
            let band = Band::around(&path, zh, en);
            prop_assert_eq!(band.node(0, 0), Some(0));
            prop_assert_eq!(band.node(zh, en), Some(band.nodes() - 1));
            for i in 0..zh {
                prop_assert!(band.row(i + 1).start < band.row(i).end, "rows {} and {} do not meet", i, i + 1);
            }
            for &(i, j) in &path {
                prop_assert!(band.node(i, j).is_some() && band.node(i + 1, j + 1).is_some());
                prop_assert!(band.zh_ranges(SHAPES.len())[i].contains(&j) && band.en_ranges(SHAPES.len())[j].contains(&i));
            }
        }
    }
}
