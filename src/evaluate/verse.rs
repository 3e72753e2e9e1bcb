//! Verse-wise scoring: where the gold knows which verses belong together but not which sentences inside them.

use super::IndexBead;

/// Joins neighbouring beads that lie inside one verse. `first` and `second` give the verse of each sentence. A bead lies
/// inside a verse when all its sentences carry it; one side may be empty. A bead with a sentence of which the verse is not
/// known lies in none.
pub fn merge_verses(beads: &[IndexBead], first: &[String], second: &[String]) -> Vec<IndexBead> {
    let mut out = Vec::new();
    // The bead being collected: its verse and its sides.
    let mut open: Option<(&str, Vec<usize>, Vec<usize>)> = None;
    let close = |open: Option<(&str, Vec<usize>, Vec<usize>)>, out: &mut Vec<IndexBead>| {
        out.extend(open.map(|(_, a, b)| IndexBead::new(a, b)));
    };
    for bead in beads {
        let Some(verse) = verse_of(bead, first, second) else {
            close(open.take(), &mut out);
            out.push(bead.clone());
            continue;
        };
        match &mut open {
            Some((v, a, b)) if *v == verse => {
                a.extend(bead.first());
                b.extend(bead.second());
            }
            _ => {
                close(open.take(), &mut out);
                open = Some((verse, bead.first().to_vec(), bead.second().to_vec()));
            }
        }
    }
    close(open, &mut out);
    out
}

/// The only verse of a bead.
fn verse_of<'a>(bead: &IndexBead, first: &'a [String], second: &'a [String]) -> Option<&'a str> {
    let mut verses = bead.first().iter().map(|&i| first.get(i)).chain(bead.second().iter().map(|&i| second.get(i)));
    let verse = verses.next()??;
    verses.all(|v| v == Some(verse)).then_some(verse.as_str())
}
