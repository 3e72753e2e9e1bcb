//! The words of one side, by unit.

use std::ops::Range;
use std::sync::Arc;

use crate::evidence::Tokens;

/// Tokens in more units than this do not vote. They hardly separate units, and they would make the time quadratic.
const MAX_UNITS: usize = 300;

/// The content of one side, by segment.
pub(super) struct Content {
    pub(super) tokens: Arc<Tokens>,
    /// For each unit, the range of its segments in `tokens`.
    pub(super) units: Vec<Range<usize>>,
    /// For each unit, its distinct tokens.
    pub(super) distinct: Vec<Vec<u32>>,
    /// The units that have tokens.
    pub(super) rows: Vec<usize>,
}

impl Content {
    pub(super) fn new(tokens: Arc<Tokens>, units: Vec<Range<usize>>) -> Content {
        let mut distinct = Vec::with_capacity(units.len());
        for unit in &units {
            let mut ids = tokens.ids[tokens.range_of(unit)].to_vec();
            ids.sort_unstable();
            ids.dedup();
            distinct.push(ids);
        }
        let rows = (0..units.len()).filter(|&u| !distinct[u].is_empty()).collect();
        Content { tokens, units, distinct, rows }
    }

    /// The tokens of a unit, in order.
    pub(super) fn ids_of(&self, unit: usize) -> &[u32] {
        &self.tokens.ids[self.tokens.range_of(&self.units[unit])]
    }

    /// The number of tokens of a unit.
    pub(super) fn size(&self, unit: usize) -> usize {
        self.tokens.range_of(&self.units[unit]).len()
    }

    /// For each token, (unit, occurrences) in ascending order; empty for tokens in too many units.
    pub(super) fn postings(&self) -> Vec<Vec<(u32, f32)>> {
        let mut postings: Vec<Vec<(u32, f32)>> = vec![Vec::new(); self.tokens.vocabulary.len()];
        for (u, unit) in self.units.iter().enumerate() {
            for &id in &self.tokens.ids[self.tokens.range_of(unit)] {
                match postings[id as usize].last_mut() {
                    Some(last) if last.0 == u as u32 => last.1 += 1.0,
                    _ => postings[id as usize].push((u as u32, 1.0)),
                }
            }
        }
        for list in postings.iter_mut().filter(|l| l.len() > MAX_UNITS) {
            *list = Vec::new();
        }
        postings
    }
}

trait RangeOf {
    fn range_of(&self, segments: &Range<usize>) -> Range<usize>;
}

impl RangeOf for Tokens {
    /// The tokens of consecutive segments, as a range of [`Tokens::ids`].
    fn range_of(&self, segments: &Range<usize>) -> Range<usize> {
        self.starts[segments.start] as usize..self.starts[segments.end] as usize
    }
}
