//! A lattice of chosen beads: total, posteriors, best path.

use std::ops::Range;

use super::band::Band;
use super::{Cell, log_add};

/// Chosen beads, in order of their first nodes.
#[derive(Clone, Debug)]
pub struct Lattice {
    /// The beads, ascending.
    pub cells: Vec<Cell>,
    from: Vec<u32>,
    to: Vec<u32>,
    nodes: usize,
    zh_segments: usize,
    en_segments: usize,
}

impl Lattice {
    /// A lattice of beads that start and end in a band; `cells` ascending.
    pub fn new(band: &Band, cells: Vec<Cell>) -> Lattice {
        let (mut from, mut to) = (Vec::with_capacity(cells.len()), Vec::with_capacity(cells.len()));
        let mut inside = Vec::with_capacity(cells.len());
        for cell in cells {
            let ends = (band.node(cell.i as usize, cell.j as usize), band.node(cell.zh().end, cell.en().end));
            if let (Some(a), Some(b)) = ends {
                from.push(a as u32);
                to.push(b as u32);
                inside.push(cell);
            }
        }
        Lattice { cells: inside, from, to, nodes: band.nodes(), zh_segments: band.zh(), en_segments: band.en() }
    }

    /// The English segments that each Chinese segment shares a bead with, and the two next to them.
    pub fn zh_ranges(&self) -> Vec<Range<usize>> {
        self.ranges(self.zh_segments, self.en_segments, Cell::zh, Cell::en)
    }

    /// The Chinese segments that each English segment shares a bead with, and the two next to them.
    pub fn en_ranges(&self) -> Vec<Range<usize>> {
        self.ranges(self.en_segments, self.zh_segments, Cell::en, Cell::zh)
    }

    fn ranges(
        &self,
        segments: usize,
        others: usize,
        own: fn(Cell) -> Range<usize>,
        other: fn(Cell) -> Range<usize>,
    ) -> Vec<Range<usize>> {
        let mut ranges = vec![0..0; segments];
        for &cell in &self.cells {
            let span = other(cell);
            // Null beads too: what is unaligned may be explained by a neighbour.
            let wide = span.start.saturating_sub(1)..(span.end + 1).min(others);
            for range in &mut ranges[own(cell)] {
                if range.start >= range.end {
                    *range = wide.clone();
                } else {
                    *range = range.start.min(wide.start)..range.end.max(wide.end);
                }
            }
        }
        ranges
    }

    /// ln of the sum over all paths, and the posterior of each bead under scores.
    pub fn posteriors(&self, scores: &[f64]) -> (f64, Vec<f64>) {
        let mut forward = vec![f64::NEG_INFINITY; self.nodes];
        let mut backward = forward.clone();
        forward[0] = 0.0;
        backward[self.nodes - 1] = 0.0;
        for (x, score) in scores.iter().enumerate() {
            let (a, b) = (self.from[x] as usize, self.to[x] as usize);
            forward[b] = log_add(forward[b], forward[a] + score);
        }
        for (x, score) in scores.iter().enumerate().rev() {
            let (a, b) = (self.from[x] as usize, self.to[x] as usize);
            backward[a] = log_add(backward[a], backward[b] + score);
        }
        let total = forward[self.nodes - 1];
        let posterior = |x: usize| {
            let through = forward[self.from[x] as usize] + scores[x] + backward[self.to[x] as usize];
            (through - total).exp().min(1.0)
        };
        (total, (0..scores.len()).map(posterior).collect())
    }

    /// The beads whose posterior is at least `least`, and the best path of `scores`, so that there always is one; with the
    /// indices that they have here.
    pub fn likely(&self, scores: &[f64], posteriors: &[f64], least: f64) -> (Lattice, Vec<usize>) {
        let mut keep: Vec<bool> = posteriors.iter().map(|q| *q >= least).collect();
        for x in self.best_path(scores) {
            keep[x] = true;
        }
        let kept: Vec<usize> = (0..self.cells.len()).filter(|&x| keep[x]).collect();
        let lattice = Lattice {
            cells: kept.iter().map(|&x| self.cells[x]).collect(),
            from: kept.iter().map(|&x| self.from[x]).collect(),
            to: kept.iter().map(|&x| self.to[x]).collect(),
            ..*self
        };
        (lattice, kept)
    }

    /// Indices of the beads of the best path; among equal ones the one whose last bead comes first in order.
    pub fn best_path(&self, scores: &[f64]) -> Vec<usize> {
        let mut best = vec![f64::NEG_INFINITY; self.nodes];
        let mut back = vec![usize::MAX; self.nodes];
        best[0] = 0.0;
        for (x, score) in scores.iter().enumerate() {
            let (a, b) = (self.from[x] as usize, self.to[x] as usize);
            if best[a] + score > best[b] {
                best[b] = best[a] + score;
                back[b] = x;
            }
        }
        let (mut path, mut node) = (Vec::new(), self.nodes - 1);
        while node > 0 && back[node] != usize::MAX {
            path.push(back[node]);
            node = self.from[back[node]] as usize;
        }
        path.reverse();
        path
    }
}

#[cfg(test)]
mod tests {
    use super::super::{DenseScorer, NodeScores, SHAPES, prune};
    use super::*;
    use proptest::prelude::*;

    /// A score that depends on the place and the shape only, reproducibly.
    struct Noise(u64, f32);

    impl Noise {
        fn score(&self, cell: Cell) -> f32 {
            let mut h = self.0 ^ (u64::from(cell.i) << 40) ^ (u64::from(cell.j) << 20) ^ u64::from(cell.shape);
            h = (h ^ (h >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
            h = (h ^ (h >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
            ((h >> 40) as f32 / (1u64 << 24) as f32 - 0.5) * self.1
        }
    }

    impl DenseScorer for Noise {
        fn score_node(&self, i: usize, j: usize, scores: &mut NodeScores) {
            for (shape, score) in scores.iter_mut().enumerate() {
                *score = self.score(Cell { i: i as u32, j: j as u32, shape: shape as u8 });
            }
        }
    }

    /// ln of the sum over all paths and the score of the best one, by recursion over all of them.
    fn enumerate(i: usize, j: usize, zh: usize, en: usize, scorer: &Noise) -> (f64, f64) {
        if (i, j) == (zh, en) {
            return (0.0, 0.0);
        }
        let (mut sum, mut best) = (f64::NEG_INFINITY, f64::NEG_INFINITY);
        for (shape, &(m, n)) in SHAPES.iter().enumerate() {
            if i + m <= zh && j + n <= en {
                let score = f64::from(scorer.score(Cell { i: i as u32, j: j as u32, shape: shape as u8 }));
                let (s, b) = enumerate(i + m, j + n, zh, en, scorer);
                sum = log_add(sum, score + s);
                best = best.max(score + b);
            }
        }
        (sum, best)
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(64))]

        #[test]
        fn agrees_with_all_paths(zh in 0usize..5, en in 0usize..5, seed: u64) {
            let scorer = Noise(seed, 4.0);
            let lattice = Lattice::whole(&Band::full(zh, en));
            let scores: Vec<f64> = lattice.cells.iter().map(|&c| f64::from(scorer.score(c))).collect();
            let (sum, best) = enumerate(0, 0, zh, en, &scorer);
            let (total, posteriors) = lattice.posteriors(&scores);
            prop_assert!((total - sum).abs() < 1e-6);
            let path = lattice.best_path(&scores);
            prop_assert!((path.iter().map(|&x| scores[x]).sum::<f64>() - best).abs() < 1e-6);
            // Every segment is in exactly one bead.
            let covered: f64 = lattice.cells.iter().zip(&posteriors).map(|(c, q)| c.zh().len() as f64 * q).sum();
            prop_assert!((covered - zh as f64).abs() < 1e-6);
            prop_assert_eq!(path.iter().map(|&x| lattice.cells[x].en().len()).sum::<usize>(), en);
        }

        #[test]
        fn likely_beads_hold_the_best_path(zh in 0usize..9, en in 0usize..9, seed: u64) {
            let scorer = Noise(seed, 12.0);
            let lattice = Lattice::whole(&Band::full(zh, en));
            let scores: Vec<f64> = lattice.cells.iter().map(|&c| f64::from(scorer.score(c))).collect();
            let (_, posteriors) = lattice.posteriors(&scores);
            // Even if no bead is likely enough.
            let (path, kept) = lattice.likely(&scores, &posteriors, 2.0);
            prop_assert_eq!(&kept, &lattice.best_path(&scores));
            prop_assert_eq!(path.best_path(&vec![0.0; kept.len()]).len(), kept.len());
            let (likely, kept) = lattice.likely(&scores, &posteriors, 1e-4);
            let scores: Vec<f64> = kept.iter().map(|&x| scores[x]).collect();
            for (x, q) in kept.iter().zip(likely.posteriors(&scores).1) {
                prop_assert!((posteriors[*x] - q).abs() < 0.05);
            }
        }

        #[test]
        fn pruning_loses_nothing_that_counts(zh in 0usize..9, en in 0usize..9, seed: u64) {
            let scorer = Noise(seed, 12.0);
            let band = Band::full(zh, en);
            let (whole, pruned) = (Lattice::whole(&band), prune(&band, &scorer));
            let scores = |l: &Lattice| -> Vec<f64> { l.cells.iter().map(|&c| f64::from(scorer.score(c))).collect() };
            prop_assert!((whole.posteriors(&scores(&whole)).0 - pruned.posteriors(&scores(&pruned)).0).abs() < 1e-2);
            let path = |l: &Lattice| -> Vec<Cell> { l.best_path(&scores(l)).iter().map(|&x| l.cells[x]).collect() };
            prop_assert_eq!(path(&whole), path(&pruned));
        }
    }
}
