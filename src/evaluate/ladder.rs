//! Ladders, the index form of hunalign: a rung says how many segments of each side stand before it.

use super::IndexBead;
use super::beads::shortened;
use crate::error::{Error, Result};
use crate::text::Source;

/// Segments a side that a ladder may count: the Bible has 31,000 verses. Without a bound one line could ask for any amount of memory.
const MOST: usize = 10_000_000;

/// Whether the first line that is not empty looks like a rung: it begins with a number.
pub(super) fn is_ladder(source: &Source) -> bool {
    let first = source.text().lines().map(str::trim).find(|line| !line.is_empty());
    first.is_some_and(|line| line.starts_with(|c: char| c.is_ascii_digit()))
}

/// Reads a ladder: `n<TAB>m<TAB>confidence` a line, the third column as it likes. The first rung is 0 0, numbers never fall.
///
/// # Errors
/// [`crate::ErrorKind::Malformed`] with the line.
pub(super) fn parse_ladder(source: &Source) -> Result<Vec<IndexBead>> {
    let mut beads = Vec::new();
    let mut last: Option<[usize; 2]> = None;
    for (i, line) in source.text().lines().enumerate() {
        if line.trim().is_empty() {
            continue;
        }
        let wrong = |what: String| Error::malformed(source.name(), i + 1, what);
        let mut columns = line.split_whitespace().map(str::parse::<usize>);
        let (Some(Ok(n)), Some(Ok(m))) = (columns.next(), columns.next()) else {
            let what = format!("expected a rung like 12<TAB>13<TAB>0.7, found {:?}", shortened(line));
            return Err(wrong(what));
        };
        if n.max(m) > MOST {
            return Err(wrong(format!("{} segments are too many; a ladder can count up to {MOST}", n.max(m))));
        }
        match last {
            None if (n, m) != (0, 0) => {
                return Err(wrong(format!(
                    "the first rung must be 0 0, not {n} {m}; check that the beginning is not missing"
                )));
            }
            Some([a, b]) if n < a || m < b => {
                return Err(wrong(format!(
                    "rung {n} {m} comes after {a} {b}, but the numbers of a ladder must not fall; sort the lines"
                )));
            }
            Some([a, b]) if (a, b) != (n, m) => beads.push(IndexBead::new((a..n).collect(), (b..m).collect())),
            _ => {}
        }
        last = Some([n, m]);
    }
    Ok(beads)
}
