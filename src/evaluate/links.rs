//! Links between paragraphs: what an alignment of sentences says about larger units.

use std::collections::BTreeSet;
use std::ops::Range;

use crate::alignment::{Alignment, Half};
use crate::text::{Lang, Source};

/// The paragraphs of a text: what stands between blank lines.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Units {
    /// Bytes of the caller's input, from the first line's start to the last line's end, ascending.
    ranges: Vec<Range<usize>>,
}

impl Units {
    /// Finds the paragraphs.
    pub fn of(source: &Source) -> Units {
        let (mut ranges, mut open, mut at) = (Vec::new(), None::<Range<usize>>, 0);
        for line in source.text().split_inclusive('\n') {
            let bytes = source.byte_offset(at)..source.byte_offset(at + line.len());
            at += line.len();
            if line.trim().is_empty() {
                ranges.extend(open.take());
                continue;
            }
            match &mut open {
                Some(unit) => unit.end = bytes.end,
                None => open = Some(bytes),
            }
        }
        ranges.extend(open);
        Units { ranges }
    }

    /// How many there are.
    pub fn len(&self) -> usize {
        self.ranges.len()
    }

    /// Whether the text is blank.
    pub fn is_empty(&self) -> bool {
        self.ranges.is_empty()
    }

    /// The units, from 0, that share a byte with `range`.
    pub fn touching(&self, range: &Range<usize>) -> Range<usize> {
        let start = self.ranges.partition_point(|u| u.end <= range.start);
        let end = self.ranges.partition_point(|u| u.start < range.end);
        start..end.max(start)
    }

    fn of_half(&self, half: Half<'_>) -> BTreeSet<usize> {
        half.segments().flat_map(|s| self.touching(&s.range)).collect()
    }
}

/// The links (English unit, Chinese unit) of an alignment: units that share a bead. The units must be those of the files
/// that were aligned.
pub fn links(alignment: &Alignment, en: &Units, zh: &Units) -> BTreeSet<(usize, usize)> {
    let mut links = BTreeSet::new();
    for pair in alignment.pairs() {
        let zh = zh.of_half(pair.half(Lang::Zh));
        for e in en.of_half(pair.half(Lang::En)) {
            links.extend(zh.iter().map(|&z| (e, z)));
        }
    }
    links
}
