//! Copies of a bitext that lack sentences on one side: what translators, editors and transcribers do to documents.

use duiqi::evaluate::IndexBead;

use crate::gold::Lines;
use crate::random::Random;

/// One sentence in so many is taken out at random.
const SPARSE: usize = 10;
/// Segments of a block that is taken out: a share of the side.
const BLOCK_SHARE: f64 = 0.15;

/// Copies with a name of the damage: sentences taken out here and there, or a block of them, on either side.
pub fn damaged(lines: &Lines, seed: u64) -> Vec<(&'static str, Lines)> {
    let mut random = Random(seed);
    let mut copies = Vec::new();
    for (zh, names) in [(true, ["less zh", "block zh"]), (false, ["less en", "block en"])] {
        let n = if zh { lines.zh.len() } else { lines.en.len() };
        let kept: Vec<bool> = (0..n).map(|_| random.below(SPARSE) != 0).collect();
        copies.push((names[0], without(lines, zh, &kept)));
        let size = (n as f64 * BLOCK_SHARE) as usize;
        let start = random.below((n - size).max(1));
        let kept: Vec<bool> = (0..n).map(|i| !(start..start + size).contains(&i)).collect();
        copies.push((names[1], without(lines, zh, &kept)));
    }
    copies
}

/// A bitext whose one side keeps only some segments; beads with nothing left on that side fall apart into null beads.
fn without(lines: &Lines, zh: bool, kept: &[bool]) -> Lines {
    let mut copy = lines.clone();
    let mut index = Vec::with_capacity(kept.len());
    let mut next = 0;
    for &k in kept {
        index.push(k.then_some(next));
        next += usize::from(k);
    }
    let side = if zh { &mut copy.zh } else { &mut copy.en };
    let mut at = kept.iter();
    side.retain(|_| at.next().copied().unwrap_or(true));
    copy.beads.clear();
    for bead in &lines.beads {
        let renumber = |indices: &[usize]| -> Vec<usize> { indices.iter().filter_map(|&i| index[i]).collect() };
        let (en, zh) = if zh {
            (bead.first().to_vec(), renumber(bead.second()))
        } else {
            (renumber(bead.first()), bead.second().to_vec())
        };
        if en.is_empty() || zh.is_empty() {
            copy.beads.extend(en.iter().map(|&i| IndexBead::new(vec![i], Vec::new())));
            copy.beads.extend(zh.iter().map(|&i| IndexBead::new(Vec::new(), vec![i])));
        } else {
            copy.beads.push(IndexBead::new(en, zh));
        }
    }
    copy
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn gold_follows_the_segments() {
        let texts = |n: usize| (0..n).map(|i| i.to_string()).collect();
        let beads = vec![IndexBead::new(vec![0], vec![0, 1]), IndexBead::new(vec![1, 2], vec![2])];
        let lines = Lines { zh: texts(3), en: texts(3), beads };
        let copy = without(&lines, true, &[true, false, false]);
        assert_eq!(copy.zh, ["0"]);
        assert_eq!(copy.en.len(), 3);
        let null = |i: usize| IndexBead::new(vec![i], Vec::new());
        assert_eq!(copy.beads, [IndexBead::new(vec![0], vec![0]), null(1), null(2)]);
    }

    #[test]
    fn copies_are_the_same_every_time() {
        let texts = || (0..200).map(|i| i.to_string()).collect();
        let beads = (0..200).map(|i| IndexBead::new(vec![i], vec![i])).collect();
        let lines = Lines { zh: texts(), en: texts(), beads };
        let (a, b) = (damaged(&lines, 3), damaged(&lines, 3));
        for ((what, x), (_, y)) in a.iter().zip(&b) {
            assert_eq!((&x.zh, &x.en, &x.beads), (&y.zh, &y.en, &y.beads), "{what}");
            let shorter = x.zh.len().min(x.en.len());
            assert!((150..195).contains(&shorter), "{what}: {shorter}");
        }
    }
}
