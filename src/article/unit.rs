//! What is linked: passages, the long ones in pieces.

use std::ops::Range;

use crate::alignment::{Part, Side, Structure, is_section};
use crate::anchor::speaker::is_moderator;
use crate::document::{Label, PassageKind};

/// Segments of the longest unit: more is a text without paragraphs, and all that it says would be linked as one.
pub(super) const MAX_SEGMENTS: usize = 16;
/// A "moderator" who has more than this share of a side's text takes part in the talk.
const MODERATOR_SHARE: f64 = 0.25;

/// What a unit is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    /// It says something.
    Content,
    Heading,
    /// A moderator's line: most of them say the same as any other.
    Moderator,
    /// What a page has added; never linked.
    Leftover,
}

/// A passage, or a piece of a long one.
pub(super) struct Unit<'a> {
    /// Segments, as indices of the side; never empty.
    pub(super) segments: Range<usize>,
    pub(super) kind: Kind,
    pub(super) speaker: Option<&'a Label>,
}

/// All units of a side, in order; every segment is in one.
pub(super) fn units<'a>(side: &'a Side, structure: &Structure) -> Vec<Unit<'a>> {
    let passage = |i: usize| {
        let segment = side.segment(i);
        (segment.passage, segment.turn)
    };
    let mut units: Vec<Unit<'a>> = Vec::new();
    let mut start = 0;
    for end in 1..=side.segments.len() {
        let over = end == side.segments.len() || passage(end) != passage(start);
        if !over {
            continue;
        }
        // Pieces of about equal size.
        let pieces = (end - start).div_ceil(MAX_SEGMENTS);
        let at = |k: usize| start + (end - start) * k / pieces;
        let first = side.segment(start);
        let marked = side.document.passages()[first.passage].kind == PassageKind::Heading;
        let heading = marked || (end == start + 1 && is_section(&first.text));
        let speaker = side.document.speaker(side.segment(start).index);
        let kind = match structure.part(side.segment(start).passage) {
            Some(Part::Leftover) => Kind::Leftover,
            _ if heading => Kind::Heading,
            _ => Kind::Content,
        };
        units.extend((0..pieces).map(|k| Unit { segments: at(k)..at(k + 1), kind, speaker }));
        start = end;
    }
    let size = |unit: &Unit<'_>| unit.segments.clone().map(|i| side.segment(i).text.len()).sum::<usize>() as f64;
    let moderates = |unit: &Unit<'_>| unit.speaker.is_some_and(is_moderator);
    let all: f64 = units.iter().map(size).sum();
    let moderated: f64 = units.iter().filter(|u| moderates(u)).map(size).sum();
    if moderated <= MODERATOR_SHARE * all {
        for unit in units.iter_mut().filter(|u| moderates(u) && u.kind != Kind::Leftover) {
            unit.kind = Kind::Moderator;
        }
    }
    units
}
