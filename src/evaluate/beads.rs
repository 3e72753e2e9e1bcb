//! Beads as index sets, and the files that hold them.

use super::ladder::{is_ladder, parse_ladder};
use crate::alignment::Alignment;
use crate::error::{Error, Result};
use crate::text::Source;

/// A bead as sets of indices from 0: of lines, or of segments in their file.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct IndexBead {
    first: Vec<usize>,
    second: Vec<usize>,
}

impl IndexBead {
    /// A bead; order and repetition of the indices do not matter.
    pub fn new(first: Vec<usize>, second: Vec<usize>) -> IndexBead {
        let set = |mut indices: Vec<usize>| {
            indices.sort_unstable();
            indices.dedup();
            indices
        };
        IndexBead { first: set(first), second: set(second) }
    }

    /// Indices on the first side, ascending.
    pub fn first(&self) -> &[usize] {
        &self.first
    }

    /// Indices on the second side, ascending.
    pub fn second(&self) -> &[usize] {
        &self.second
    }

    /// Numbers of indices on both sides.
    pub fn shape(&self) -> (usize, usize) {
        (self.first.len(), self.second.len())
    }

    /// The bead with its sides exchanged.
    pub fn flipped(self) -> IndexBead {
        IndexBead { first: self.second, second: self.first }
    }
}

/// The beads of an alignment as indices of segments in their files, the caller's first side first.
pub fn beads_of(alignment: &Alignment) -> Vec<IndexBead> {
    let (a, b) = (alignment.first(), alignment.first().other());
    let indices = |half: crate::alignment::Half<'_>| half.segments().map(|s| s.index).collect();
    alignment.pairs().map(|p| IndexBead::new(indices(p.half(a)), indices(p.half(b)))).collect()
}

/// Reads beads, one a line: `[7,8]:[7]`. Blanks are allowed anywhere, a third field behind another colon (a cost, in
/// some files) is ignored, so are empty lines and beads with two empty sides.
///
/// Also takes a ladder as hunalign writes it, `n<TAB>m<TAB>confidence`, where n and m count the segments of both sides that stand
/// before; which of both a file is shows in its first line.
///
/// ```
/// use duiqi::Source;
/// use duiqi::train::evaluate::parse_beads;
/// let ladder = parse_beads(&Source::from_text("ladder", "0\t0\t0.3\n1\t2\t0.9\n2\t2\t0\n"))?;
/// assert_eq!(ladder, parse_beads(&Source::from_text("lists", "[0]:[0,1]\n[1]:[]\n"))?);
/// # Ok::<(), duiqi::Error>(())
/// ```
///
/// # Errors
/// [`crate::ErrorKind::Malformed`] with the line.
pub fn parse_beads(source: &Source) -> Result<Vec<IndexBead>> {
    if is_ladder(source) {
        return parse_ladder(source);
    }
    let mut beads = Vec::new();
    for (i, line) in source.text().lines().enumerate() {
        if line.trim().is_empty() {
            continue;
        }
        let wrong = |what: String| Error::malformed(source.name(), i + 1, what);
        let mut fields = line.split(':');
        let (Some(first), Some(second)) = (fields.next(), fields.next()) else {
            return Err(wrong(format!("expected two lists like [0,1]:[2], found {:?}", shortened(line))));
        };
        let bead = IndexBead::new(list(first).map_err(wrong)?, list(second).map_err(wrong)?);
        if bead.shape() != (0, 0) {
            beads.push(bead);
        }
    }
    Ok(beads)
}

/// The indices in `[0, 1]`.
fn list(field: &str) -> Result<Vec<usize>, String> {
    let inner = field.trim().strip_prefix('[').and_then(|f| f.strip_suffix(']'));
    let Some(inner) = inner else {
        return Err(format!("expected a list in brackets like [0,1] or [], found {:?}", shortened(field)));
    };
    if inner.trim().is_empty() {
        return Ok(Vec::new());
    }
    let index = |i: &str| {
        let i = i.trim();
        i.parse().map_err(|_| {
            format!("{:?} is not an index; write whole numbers from 0 with commas between them", shortened(i))
        })
    };
    inner.split(',').map(index).collect()
}

/// The beginning of a text, for a message.
pub(super) fn shortened(text: &str) -> String {
    let mut start: String = text.chars().take(SHOWN).collect();
    if start.len() < text.len() {
        start.push('…');
    }
    start
}

/// Characters of bad input in a message: enough to recognise it.
const SHOWN: usize = 40;

/// Which of two texts a list of beads has first.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Orientation {
    /// The beads fit as they are: first side, first text.
    Straight,
    /// They fit the other way round only.
    Flipped,
    /// They fit equally well (or badly) both ways.
    Either,
}

impl Orientation {
    /// Compares beads to texts of `a` and `b` lines: every line should be in exactly one bead. What counts is in how many
    /// lines each reading fails, so that a gold with a flaw still shows its direction.
    pub fn of(beads: &[IndexBead], a: usize, b: usize) -> Orientation {
        let flaws = |first: usize, second: usize| {
            flaws(beads.iter().flat_map(IndexBead::first), first)
                + flaws(beads.iter().flat_map(IndexBead::second), second)
        };
        match flaws(a, b).cmp(&flaws(b, a)) {
            std::cmp::Ordering::Less => Orientation::Straight,
            std::cmp::Ordering::Greater => Orientation::Flipped,
            std::cmp::Ordering::Equal => Orientation::Either,
        }
    }
}

/// Indices that are out of range or used again, and lines that are never used.
fn flaws<'a>(indices: impl Iterator<Item = &'a usize>, lines: usize) -> usize {
    let (mut used, mut flaws) = (vec![false; lines], 0);
    for &i in indices {
        match used.get_mut(i) {
            Some(slot) if !*slot => *slot = true,
            _ => flaws += 1,
        }
    }
    flaws + used.iter().filter(|u| !**u).count()
}
