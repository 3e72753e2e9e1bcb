//! The rules that every alignment must follow; see [`Alignment::new`](super::Alignment::new).

use super::{Bead, Entry, Relation, Side};
use crate::error::{Error, Result};
use crate::text::{Lang, PerLang};

pub(super) fn check(sides: PerLang<&Side>, relation: Relation, entries: &[Entry]) -> Result<()> {
    for side in sides {
        if !ascend(&side.segments) || side.segments.last().is_some_and(|&i| i >= side.document.segments().len()) {
            return wrong("beads", "a side's segments must exist in its document, in ascending order");
        }
    }
    for (k, entry) in entries.iter().enumerate() {
        bead(sides, k, &entry.bead)?;
        moved(relation, k, entry)?;
        sentences(k, entry)?;
    }
    match relation {
        Relation::Parallel if entries.iter().any(|entry| entry.moved) => rearranged(sides, entries),
        Relation::Parallel => in_order(sides, entries),
        Relation::Comparable => Ok(()),
    }
}

fn wrong<T>(argument: &str, what: impl Into<String>) -> Result<T> {
    Err(Error::argument(argument, what))
}

fn bead(sides: PerLang<&Side>, k: usize, bead: &Bead) -> Result<()> {
    if bead.en.is_empty() && bead.zh.is_empty() {
        return wrong("beads", format!("bead {k} is empty on both sides"));
    }
    if !(0.0..=1.0).contains(&bead.confidence) {
        return wrong("beads", format!("bead {k} has the confidence {}, outside 0 to 1", bead.confidence));
    }
    let exist = |lang: Lang| bead.side(lang).last().is_none_or(|&i| i < sides[lang].len());
    if !Lang::ALL.into_iter().all(|lang| ascend(bead.side(lang)) && exist(lang)) {
        return wrong("beads", format!("bead {k}: indices must exist in the side, in ascending order"));
    }
    Ok(())
}

fn moved(relation: Relation, k: usize, entry: &Entry) -> Result<()> {
    match relation {
        _ if !entry.moved => Ok(()),
        Relation::Comparable => wrong("beads", format!("bead {k} is moved, but linked passages have no order")),
        Relation::Parallel if entry.bead.is_one_sided() => {
            wrong("beads", format!("bead {k} is moved, but has no counterpart"))
        }
        Relation::Parallel => Ok(()),
    }
}

fn sentences(k: usize, entry: &Entry) -> Result<()> {
    for lang in Lang::ALL {
        let inside = || entry.sentences.iter().map(|b| b.side(lang));
        let mut list: Vec<usize> = inside().flatten().copied().collect();
        list.sort_unstable();
        let known = list.iter().all(|i| entry.bead.side(lang).binary_search(i).is_ok());
        if !ascend(&list) || !known || inside().any(|segments| segments.is_empty() || !ascend(segments)) {
            return wrong("sentences", format!("bead {k}: segments must be those of the bead, each once at most"));
        }
    }
    Ok(())
}

/// The beads follow the order of both sides, and each segment is in one bead.
fn in_order(sides: PerLang<&Side>, entries: &[Entry]) -> Result<()> {
    let mut next = PerLang::<usize>::default();
    for (k, entry) in entries.iter().enumerate() {
        for lang in Lang::ALL {
            for &i in entry.bead.side(lang) {
                if i != next[lang] {
                    return wrong("beads", format!("bead {k} leaves out or repeats a segment, or is out of order"));
                }
                next[lang] += 1;
            }
        }
    }
    if next != sides.map(Side::len) {
        return wrong("beads", "the last segments are in no bead; each must be in one");
    }
    Ok(())
}

/// Each segment is in one bead, and only moved beads break the Chinese order.
fn rearranged(sides: PerLang<&Side>, entries: &[Entry]) -> Result<()> {
    let (mut next, mut used, mut last) = (0, vec![false; sides.zh.len()], None);
    for (k, entry) in entries.iter().enumerate() {
        if entry.bead.en.iter().any(|&i| std::mem::replace(&mut next, i + 1) != i) {
            return wrong("beads", format!("bead {k} leaves out or repeats an English segment, or is out of order"));
        }
        for &i in &entry.bead.zh {
            if std::mem::replace(&mut used[i], true) {
                return wrong("beads", format!("bead {k} repeats a Chinese segment"));
            }
            if !entry.moved && last.replace(i).is_some_and(|before| before >= i) {
                return wrong("beads", format!("bead {k} is out of order, but not marked as moved"));
            }
        }
    }
    if next != sides.en.len() || used.contains(&false) {
        return wrong("beads", "some segments are in no bead; each must be in one");
    }
    Ok(())
}

fn ascend(indices: &[usize]) -> bool {
    indices.windows(2).all(|w| w[0] < w[1])
}
