//! A lattice of chosen beads: total, posteriors, best path.

use std::ops::Range;

use super::band::Band;
use super::sums::{Backward, Forward, GapExtension};
use super::{Cell, SHAPES, log_add};
use crate::text::{Lang, PerLang};

/// Chosen beads, in order of their first nodes.
#[derive(Clone, Debug)]
pub struct Lattice {
    /// The beads, ascending.
    pub cells: Vec<Cell>,
    from: Vec<u32>,
    to: Vec<u32>,
    nodes: usize,
    segments: PerLang<usize>,
}

impl Lattice {
    /// A lattice of beads that start and end in a band; `cells` ascending.
    pub fn new(band: &Band, cells: Vec<Cell>) -> Lattice {
        let (mut from, mut to) = (Vec::with_capacity(cells.len()), Vec::with_capacity(cells.len()));
        let mut inside = Vec::with_capacity(cells.len());
        for cell in cells {
            let ends = (band.node(cell.start()), band.node(cell.end()));
            if let (Some(a), Some(b)) = ends {
                from.push(a as u32);
                to.push(b as u32);
                inside.push(cell);
            }
        }
        Lattice { cells: inside, from, to, nodes: band.nodes(), segments: band.segments() }
    }

    /// For each segment, the segments of the other side that share a bead with it, and the two segments next to them.
    pub fn ranges(&self) -> PerLang<Vec<Range<usize>>> {
        PerLang { en: self.ranges_of(Lang::En, Cell::en, Cell::zh), zh: self.ranges_of(Lang::Zh, Cell::zh, Cell::en) }
    }

    fn ranges_of(
        &self,
        lang: Lang,
        own: impl Fn(Cell) -> Range<usize>,
        other: impl Fn(Cell) -> Range<usize>,
    ) -> Vec<Range<usize>> {
        let (segments, others) = (self.segments[lang], self.segments[lang.other()]);
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
    pub fn posteriors(&self, scores: &[f64], extension: GapExtension) -> Posteriors {
        let forward = self.forward(scores, extension);
        let total = forward[self.nodes - 1].all;
        // Paths from a node to the end: those that go on with a null bead of either side, and all others.
        let mut backward = vec![Backward::NONE; self.nodes];
        backward[self.nodes - 1] = Backward { other: 0.0, all: 0.0, ..Backward::NONE };
        let mut last = self.nodes - 1;
        let mut beads = vec![0.0; scores.len()];
        let mut continued = PerLang { en: 0.0, zh: 0.0 };
        let probability = |x: f64| (x - total).exp().min(1.0);
        for (x, score) in scores.iter().enumerate().rev() {
            let node = self.from[x] as usize;
            if node != last {
                // All beads from the last node have been seen.
                backward[last].sum();
                last = node;
            }
            let (from, to) = (&forward[node], backward[self.to[x] as usize]);
            let here = &mut backward[node];
            match gap_side(self.cells[x]) {
                Some(side) => {
                    let through = score + to.after_null(side, extension);
                    here.null[side] = through;
                    continued[side] += probability(from.null[side] + through + extension[side]);
                    beads[x] = probability(from.before_null(side, extension) + through);
                }
                None => {
                    let through = score + to.all;
                    here.other = log_add(here.other, through);
                    beads[x] = probability(from.all + through);
                }
            }
        }
        Posteriors { total, beads, continued }
    }

    fn forward(&self, scores: &[f64], extension: GapExtension) -> Vec<Forward> {
        let mut forward = vec![Forward::NONE; self.nodes];
        forward[0].pair = 0.0;
        let mut last = usize::MAX;
        for (x, score) in scores.iter().enumerate() {
            let (a, b) = (self.from[x] as usize, self.to[x] as usize);
            if a != last {
                // All beads to this node have been seen.
                forward[a].sum();
                last = a;
            }
            match gap_side(self.cells[x]) {
                Some(side) => forward[b].null[side] = forward[a].before_null(side, extension) + score,
                None => forward[b].pair = log_add(forward[b].pair, forward[a].all + score),
            }
        }
        forward[self.nodes - 1].sum();
        forward
    }

    /// The beads whose posterior is at least `least`, and the best path of `scores`, so that there always is one; with the
    /// indices that they have here.
    pub fn likely(
        &self,
        scores: &[f64],
        extension: GapExtension,
        posteriors: &[f64],
        least: f64,
    ) -> (Lattice, Vec<usize>) {
        let mut keep: Vec<bool> = posteriors.iter().map(|q| *q >= least).collect();
        for x in self.best_path(scores, extension) {
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
    pub fn best_path(&self, scores: &[f64], extension: GapExtension) -> Vec<usize> {
        // By node and by the last bead of the path; see [`state_behind`].
        let mut best = vec![[f64::NEG_INFINITY; 3]; self.nodes];
        let mut back = vec![[(usize::MAX, 0); 3]; self.nodes];
        best[0][0] = 0.0;
        let greatest = |scores: [f64; 3]| (1..3).fold(0, |k, other| if scores[other] > scores[k] { other } else { k });
        for (x, score) in scores.iter().enumerate() {
            let (a, b) = (self.from[x] as usize, self.to[x] as usize);
            let mut before = best[a];
            let side = gap_side(self.cells[x]);
            let state = state_behind(side);
            if let Some(side) = side {
                before[state] += extension[side];
            }
            let last = greatest(before);
            if before[last] + score > best[b][state] {
                best[b][state] = before[last] + score;
                back[b][state] = (x, last);
            }
        }
        let (mut path, mut node) = (Vec::new(), self.nodes - 1);
        let mut state = greatest(best[node]);
        while node > 0 && back[node][state].0 != usize::MAX {
            let (x, last) = back[node][state];
            path.push(x);
            (node, state) = (self.from[x] as usize, last);
        }
        path.reverse();
        path
    }
}

/// The last bead of a path: 0 for a pair, 1 for a Chinese null bead, 2 for an English one. On a tie, the first state
/// wins.
fn state_behind(side: Option<Lang>) -> usize {
    match side {
        None => 0,
        Some(Lang::Zh) => 1,
        Some(Lang::En) => 2,
    }
}

/// What [`Lattice::posteriors`] finds. The training alone uses all of it.
#[derive(Clone, Debug)]
#[cfg_attr(not(feature = "train"), allow(dead_code))]
pub struct Posteriors {
    /// ln of the sum over all paths.
    pub total: f64,
    /// Posterior of each bead, 0 to 1.
    pub beads: Vec<f64>,
    /// The expected number of null beads that follow a null bead on the same side.
    pub continued: PerLang<f64>,
}

/// Which side of a null bead has the segment.
#[inline]
pub fn gap_side(cell: Cell) -> Option<Lang> {
    match SHAPES[usize::from(cell.shape)] {
        PerLang { en: 0, .. } => Some(Lang::Zh),
        PerLang { zh: 0, .. } => Some(Lang::En),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::super::dense::MARGIN;
    use super::super::{DenseScorer, SHAPES, prune};
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
        fn score_row(&self, i: usize, row: Range<usize>, scores: &mut [f32]) {
            for (k, score) in scores.iter_mut().enumerate() {
                let (shape, j) = (k / row.len(), row.start + k % row.len());
                *score = self.score(Cell { i: i as u32, j: j as u32, shape: shape as u8 });
            }
        }
    }

    fn plus(at: PerLang<usize>, size: PerLang<usize>) -> PerLang<usize> {
        PerLang { en: at.en + size.en, zh: at.zh + size.zh }
    }

    /// ln of the sum over all paths and the score of the best one, by recursion over all of them.
    fn enumerate(at: PerLang<usize>, end: PerLang<usize>, last: Option<Lang>, scorer: &Noise) -> (f64, f64) {
        if at == end {
            return (0.0, 0.0);
        }
        let (mut sum, mut best) = (f64::NEG_INFINITY, f64::NEG_INFINITY);
        for (shape, &size) in SHAPES.iter().enumerate() {
            let next = plus(at, size);
            if next.zh <= end.zh && next.en <= end.en {
                let cell = Cell { i: at.zh as u32, j: at.en as u32, shape: shape as u8 };
                let side = gap_side(cell);
                let continued = side.filter(|_| side == last).map_or(0.0, |side| CONTINUES[side]);
                let score = f64::from(scorer.score(cell)) + continued;
                let (s, b) = enumerate(next, end, side, scorer);
                sum = log_add(sum, score + s);
                best = best.max(score + b);
            }
        }
        (sum, best)
    }

    /// The greatest score of a path between two nodes, after a null bead of side `last`, by what it ends with: a pair, or a null
    /// bead of a side.
    fn longest(
        (scorer, extension): (&Noise, GapExtension),
        at: PerLang<usize>,
        end: PerLang<usize>,
        last: Option<Lang>,
    ) -> [f64; 3] {
        let mut best = [f64::NEG_INFINITY; 3];
        if at == end {
            best[state_behind(last)] = 0.0;
            return best;
        }
        let fits = |size: PerLang<usize>| plus(at, size).zh <= end.zh && plus(at, size).en <= end.en;
        for (shape, &size) in SHAPES.iter().enumerate().filter(|(_, size)| fits(**size)) {
            let cell = Cell { i: at.zh as u32, j: at.en as u32, shape: shape as u8 };
            let side = gap_side(cell);
            let score = f64::from(scorer.score(cell)) + continued(extension, side, last);
            for (best, behind) in best.iter_mut().zip(longest((scorer, extension), plus(at, size), end, side)) {
                *best = best.max(score + behind);
            }
        }
        best
    }

    /// What a null bead scores for following one of its side, when pruning.
    fn continued(extension: GapExtension, side: Option<Lang>, last: Option<Lang>) -> f64 {
        side.filter(|_| side == last).map_or(0.0, |side| extension[side].max(0.0))
    }

    const CONTINUES: GapExtension = PerLang { en: -0.5, zh: 1.5 };

    /// One segment among so many that no place of it is likely: a path is left all the same.
    #[test]
    #[cfg_attr(miri, ignore = "too large for an interpreter")]
    fn a_segment_may_stand_anywhere() {
        struct Even;
        impl DenseScorer for Even {
            fn score_row(&self, _: usize, row: Range<usize>, scores: &mut [f32]) {
                scores.fill(-1.0);
                // A pair is worth no more than what stands alone.
                scores[2 * row.len()..].fill(-2.0);
            }
        }
        for (en, zh) in [(150_000, 1), (1, 150_000)] {
            let band = Band::full(PerLang { en, zh });
            let lattice = prune(&band, &Even, 3, GapExtension::default());
            let path = lattice.best_path(&vec![-1.0; lattice.cells.len()], GapExtension::default());
            let segments = |k: fn(&Cell) -> usize| path.iter().map(|&x| k(&lattice.cells[x])).sum::<usize>();
            assert_eq!((segments(|c| c.en().len()), segments(|c| c.zh().len())), (en, zh));
        }
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(64))]

        #[test]
        fn agrees_with_all_paths(en in 0usize..5, zh in 0usize..5, seed: u64) {
            let scorer = Noise(seed, 4.0);
            let lattice = Lattice::whole(&Band::full(PerLang { en, zh }), SHAPES.len());
            let scores: Vec<f64> = lattice.cells.iter().map(|&c| f64::from(scorer.score(c))).collect();
            let (sum, best) = enumerate(PerLang::default(), PerLang { en, zh }, None, &scorer);
            let posteriors = lattice.posteriors(&scores, CONTINUES);
            prop_assert!((posteriors.total - sum).abs() < 1e-6);
            let path = lattice.best_path(&scores, CONTINUES);
            let sides: Vec<Option<Lang>> = path.iter().map(|&x| gap_side(lattice.cells[x])).collect();
            let continued = |side: Lang| sides.windows(2).filter(|w| w[0] == w[1] && w[1] == Some(side)).count();
            let bonus: f64 = Lang::ALL.into_iter().map(|side| continued(side) as f64 * CONTINUES[side]).sum();
            prop_assert!((path.iter().map(|&x| scores[x]).sum::<f64>() + bonus - best).abs() < 1e-6);
            // The derivative of the total by what continuing scores is how often that is expected.
            for side in Lang::ALL {
                let mut more = CONTINUES;
                more[side] += 1e-4;
                let derivative = (lattice.posteriors(&scores, more).total - posteriors.total) / 1e-4;
                prop_assert!((derivative - posteriors.continued[side]).abs() < 1e-3);
            }
            // Every segment is in exactly one bead.
            let beads = lattice.cells.iter().zip(&posteriors.beads);
            let covered: f64 = beads.map(|(c, q)| c.zh().len() as f64 * q).sum();
            prop_assert!((covered - zh as f64).abs() < 1e-6);
            prop_assert_eq!(path.iter().map(|&x| lattice.cells[x].en().len()).sum::<usize>(), en);
        }

        #[test]
        fn likely_beads_hold_the_best_path(en in 0usize..9, zh in 0usize..9, seed: u64) {
            let scorer = Noise(seed, 12.0);
            let lattice = Lattice::whole(&Band::full(PerLang { en, zh }), SHAPES.len());
            let scores: Vec<f64> = lattice.cells.iter().map(|&c| f64::from(scorer.score(c))).collect();
            let posteriors = lattice.posteriors(&scores, CONTINUES).beads;
            // Even if no bead is likely enough.
            let (path, kept) = lattice.likely(&scores, CONTINUES, &posteriors, 2.0);
            prop_assert_eq!(&kept, &lattice.best_path(&scores, CONTINUES));
            prop_assert_eq!(path.best_path(&vec![0.0; kept.len()], CONTINUES).len(), kept.len());
            let (likely, kept) = lattice.likely(&scores, CONTINUES, &posteriors, 1e-4);
            let scores: Vec<f64> = kept.iter().map(|&x| scores[x]).collect();
            for (x, q) in kept.iter().zip(likely.posteriors(&scores, CONTINUES).beads) {
                prop_assert!((posteriors[*x] - q).abs() < 0.05);
            }
        }

        /// The exact twin of pruning: the best path through every bead, by recursion.
        #[test]
        fn pruning_drops_what_lies_on_no_good_path(
            en in 0usize..6, zh in 0usize..6, seed: u64, extension in prop::array::uniform2(-1.0f64..5.0),
        ) {
            let scorer = Noise(seed, 12.0);
            let band = Band::full(PerLang { en, zh });
            let whole = Lattice::whole(&band, SHAPES.len());
            let [en_extension, zh_extension] = extension;
            let extension = PerLang { en: en_extension, zh: zh_extension };
            let pruned = prune(&band, &scorer, SHAPES.len(), extension);
            let (start, end) = (PerLang::default(), PerLang { en, zh });
            let scored = (&scorer, extension);
            let greatest = |scores: [f64; 3]| scores.into_iter().fold(f64::NEG_INFINITY, f64::max);
            let best = greatest(longest(scored, start, end, None));
            for &cell in &whole.cells {
                let side = gap_side(cell);
                let mut before = longest(scored, start, cell.start(), None);
                for last in [None, Some(Lang::En), Some(Lang::Zh)] {
                    before[state_behind(last)] += continued(extension, side, last);
                }
                let behind = greatest(longest(scored, cell.end(), end, side));
                let lacks = best - (greatest(before) + f64::from(scorer.score(cell)) + behind);
                // Rounding decides between.
                if (lacks - MARGIN).abs() > 1e-3 {
                    prop_assert_eq!(lacks < MARGIN, pruned.cells.binary_search(&cell).is_ok(), "{:?}: {}", cell, lacks);
                }
            }
        }
    }
}
