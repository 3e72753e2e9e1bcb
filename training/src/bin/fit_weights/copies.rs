//! Copies of a bitext that lack sentences on one side, as translations, edited texts and transcripts do.

use duiqi::Lang;
use duiqi_training::lines::Lines;
use duiqi_training::random::Random;

/// One of this many sentences is removed at random.
const SPARSE: usize = 10;
/// The number of segments in a block that is removed, as a share of the side.
const BLOCK_SHARE: f64 = 0.15;

/// Copies, each with the name of its damage: single sentences or a block of sentences removed, on either side.
pub fn damaged(lines: &Lines, seed: u64) -> Vec<(&'static str, Lines)> {
    let mut random = Random(seed);
    let mut copies = Vec::new();
    for (lang, names) in [(Lang::Zh, ["less zh", "block zh"]), (Lang::En, ["less en", "block en"])] {
        let n = lines.side(lang).len();
        let kept: Vec<bool> = (0..n).map(|_| random.below(SPARSE) != 0).collect();
        copies.push((names[0], lines.with_some(lang, |i| kept[i])));
        let size = (n as f64 * BLOCK_SHARE) as usize;
        let start = random.below((n - size).max(1));
        copies.push((names[1], lines.with_some(lang, |i| !(start..start + size).contains(&i))));
    }
    copies
}

#[cfg(test)]
mod tests {
    use duiqi::train::evaluate::IndexBead;

    use super::*;

    #[test]
    fn copies_are_the_same_every_time() {
        let texts = || (0..200).map(|i| i.to_string()).collect();
        let beads = (0..200).map(|i| IndexBead::new(vec![i], vec![i])).collect();
        let lines = Lines { zh: texts(), en: texts(), beads, verses: None };
        let (a, b) = (damaged(&lines, 3), damaged(&lines, 3));
        for ((what, x), (_, y)) in a.iter().zip(&b) {
            assert_eq!(x, y, "{what}");
            let shorter = x.zh.len().min(x.en.len());
            assert!((150..195).contains(&shorter), "{what}: {shorter}");
        }
    }
}
