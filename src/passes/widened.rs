//! What belongs to a moved passage besides the stretch whose words agree best: the segments next to it, on both sides, that have
//! no counterpart anywhere else.

use std::ops::Range;

use super::BitextModel;
use super::agreement::DecoyScorer;
use super::moved::{MovedBead, two_sided};
use crate::error::Result;
use crate::feature::Weights;
use crate::text::{Lang, PerLang};

/// For each segment of a side, whether it has no counterpart.
pub type Unaligned = PerLang<Vec<bool>>;

impl BitextModel {
    /// Beads between segments without counterpart right behind and right before the moved passages, as far as their words agree
    /// better than those of decoys.
    ///
    /// # Errors
    /// [`crate::ErrorKind::Model`] if the weights lack a feature.
    pub fn unaligned_neighbours(
        &self,
        moved: &[MovedBead],
        mut alone: Unaligned,
        weights: &Weights,
    ) -> Result<Vec<MovedBead>> {
        let mut scorer = DecoyScorer::new(self);
        let mut more = Vec::new();
        for bead in moved {
            let behind = PerLang::from_fn(|lang| run_from(&alone[lang], bead.spans[lang].end));
            let before = PerLang::from_fn(|lang| run_to(&alone[lang], bead.spans[lang].start));
            for (next, runs) in [(Next::Behind, behind), (Next::Before, before)] {
                if runs.iter().any(Range::is_empty) {
                    continue;
                }
                let found = self.agreeing(&mut scorer, &runs, next, weights)?;
                for bead in &found {
                    for lang in Lang::ALL {
                        alone[lang][bead.spans[lang].clone()].fill(false);
                    }
                }
                more.extend(found);
            }
        }
        Ok(more)
    }

    /// The beads of two runs, from the passage outwards, up to where their words agree best.
    fn agreeing(
        &self,
        scorer: &mut DecoyScorer<'_>,
        runs: &PerLang<Range<usize>>,
        next: Next,
        weights: &Weights,
    ) -> Result<Vec<MovedBead>> {
        let path = self.part_of(runs).run(weights)?;
        let start = runs.as_ref().map(|run| run.start);
        let mut beads: Vec<MovedBead> = path.iter().filter_map(|b| two_sided(b, start)).collect();
        if next == Next::Before {
            beads.reverse();
        }
        let (mut sum, mut best, mut kept) = (0.0, 0.0, 0);
        for (k, bead) in beads.iter().enumerate() {
            sum += scorer.gains(&bead.spans).over_decoys();
            if sum > best {
                (best, kept) = (sum, k + 1);
            }
        }
        beads.truncate(kept);
        Ok(beads)
    }
}

/// On which side of a passage.
#[derive(Clone, Copy, PartialEq)]
enum Next {
    Behind,
    Before,
}

/// The segments without counterpart that begin at one.
fn run_from(alone: &[bool], start: usize) -> Range<usize> {
    start..start + alone.iter().skip(start).take_while(|a| **a).count()
}

/// The segments without counterpart that end before one.
fn run_to(alone: &[bool], end: usize) -> Range<usize> {
    end - alone[..end].iter().rev().take_while(|a| **a).count()..end
}
