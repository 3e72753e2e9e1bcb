//! hunalign's ladder: how many segments of each side are behind at every cut between beads.

use std::io::{self, Write};

use crate::alignment::{Alignment, Relation, rounded};
use crate::text::Lang;

/// `n<TAB>m<TAB>confidence`, the first rung `0 0`, the last one both totals; n counts the side given first, and the confidence
/// is that of the bead that starts at the rung. What is moved or left out leaves a stretch without bead, of confidence 0.
///
/// # Errors
/// [`io::ErrorKind::InvalidInput`] for linked passages, which have no order.
pub(super) fn write(alignment: &Alignment, out: &mut dyn Write) -> io::Result<()> {
    if alignment.relation() == Relation::Comparable {
        let what = "a ladder has rungs in order, and the passages of a mixed article have none; use jsonl or tsv";
        return Err(io::Error::new(io::ErrorKind::InvalidInput, what));
    }
    let (first, second) = (alignment.first(), alignment.first().other());
    let total = |lang: Lang| alignment.side(lang).segments.len();
    let mut at = (0, 0);
    let mut rung = |(n, m): (usize, usize), confidence: f64| writeln!(out, "{n}\t{m}\t{}", rounded(confidence));
    for pair in alignment.pairs().filter(|p| alignment.relation() == Relation::Parallel && !p.is_moved()) {
        let bead = pair.bead();
        let side = |lang: Lang| if lang == Lang::En { &bead.en } else { &bead.zh };
        let place = |lang: Lang, at: usize| side(lang).first().copied().unwrap_or(at);
        let start = (place(first, at.0), place(second, at.1));
        if start != at {
            rung(at, 0.0)?;
        }
        rung(start, pair.confidence())?;
        at = (start.0 + side(first).len(), start.1 + side(second).len());
    }
    let end = (total(first), total(second));
    if at != end {
        rung(at, 0.0)?;
    }
    rung(end, 0.0)
}
