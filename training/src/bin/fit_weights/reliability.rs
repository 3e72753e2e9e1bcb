//! Confidence against truth, each document aligned by weights that were fitted without it.

use duiqi::train::evaluate::Reliability;

use crate::sample::GoldDocument;
use crate::stages::Judged;

/// Prints a table for each set and one for all.
pub fn print(documents: &[GoldDocument], judged: &[Judged]) {
    let mut sets: Vec<(&str, Reliability)> = Vec::new();
    let mut all = Reliability::default();
    for (document, Judged { lattice, scores, continues }) in documents.iter().zip(judged) {
        let posteriors = lattice.posteriors(scores, *continues).beads;
        let mut one = Reliability::default();
        for x in lattice.best_path(scores, *continues) {
            one.add(posteriors[x], document.gold.contains(&lattice.cells[x]));
        }
        all += &one;
        match sets.last_mut().filter(|s| s.0 == document.set) {
            Some(last) => last.1 += &one,
            None => sets.push((&document.set, one)),
        }
    }
    sets.push(("all", all));
    for (set, reliability) in sets {
        for (range, bin) in reliability.bins() {
            let (Some(mean), Some(right)) = (bin.mean_confidence(), bin.share_right()) else { continue };
            let (low, high, count) = (range.start, range.end, bin.count);
            println!("reliability\t{set}\t{low:.2}–{high:.2}\t{count} beads\tmean {mean:.4}\tright {right:.4}");
        }
        println!("reliability\t{set}\texpected calibration error {:.4}", reliability.calibration_error());
    }
}
