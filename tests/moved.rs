//! Passages that stand elsewhere on one side are found; what does not belong together is not linked.
// The helpers of a test fail like the test itself.
#![allow(clippy::unwrap_used)]

use std::fs;
use std::path::Path;

use duiqi::train::{
    alignment::{Entry, Side},
    evaluate::{IndexBead, beads_of},
};
use duiqi::{Aligner, Alignment, Bead, Document, Format, Lang, OutputFormat, PerLang, Relation, Source};
use proptest::prelude::*;

/// The lines of `tests/cases/moved/walk.tsv`: English, Chinese.
fn walk() -> [Vec<String>; 2] {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/cases/moved/walk.tsv");
    let text = fs::read_to_string(path).unwrap();
    let rows: Vec<(String, String)> = text
        .lines()
        .filter(|l| !l.starts_with('#'))
        .map(|l| l.split_once('\t').map(|(a, b)| (a.to_owned(), b.to_owned())).unwrap())
        .collect();
    let (en, zh) = rows.into_iter().unzip();
    [en, zh]
}

fn align(en: &[String], zh: &[String]) -> Alignment {
    let aligner = Aligner::builder().langs(Lang::En, Lang::Zh).format(Format::Lines).build().unwrap();
    aligner.align(&en.join("\n"), &zh.join("\n")).unwrap()
}

fn moved(alignment: &Alignment) -> Vec<(Vec<usize>, Vec<usize>)> {
    let of_moved =
        |(p, b): (duiqi::Pair<'_>, IndexBead)| (p.is_moved()).then(|| (b.first().to_vec(), b.second().to_vec()));
    alignment.pairs().zip(beads_of(alignment)).filter_map(of_moved).collect()
}

/// `block` of the Chinese lines stands before what was line `to`; gives the lines and where each was.
fn rearranged(zh: &[String], block: std::ops::Range<usize>, to: usize) -> (Vec<String>, Vec<usize>) {
    let mut order: Vec<usize> = (0..to).filter(|i| !block.contains(i)).collect();
    order.extend(block.clone());
    order.extend((to..zh.len()).filter(|i| !block.contains(i)));
    (order.iter().map(|&i| zh[i].clone()).collect(), order)
}

#[test]
fn a_moved_passage_is_found() {
    let [en, zh] = walk();
    let n = zh.len();
    for (block, to) in [(4..12, n - 2), (n - 12..n - 4, 3), (0..8, n)] {
        let (lines, order) = rearranged(&zh, block.clone(), to);
        let alignment = align(&en, &lines);
        let found = moved(&alignment);
        println!("{block:?} to {to}: {found:?}, confidence {:.2}", alignment.confidence());
        let right = found.iter().filter(|(e, z)| e.len() == 1 && z.len() == 1 && order[z[0]] == e[0]).count();
        // The line at either end may go with what stands next to it.
        assert!(right >= block.len() - 2, "{block:?} to {to}: {found:?}");
        // A line at an edge may also have come along; nothing else is moved.
        let touches = |(e, z): &(Vec<usize>, Vec<usize>)| z.iter().any(|&z| e.contains(&order[z]));
        assert!(found.iter().all(touches), "{block:?} to {to}: {found:?}");
        let all =
            beads_of(&alignment).iter().filter(|b| b.shape() == (1, 1) && order[b.second()[0]] == b.first()[0]).count();
        assert!(all + 4 >= n, "{block:?} to {to}: {all} of {n} lines are right");
        assert_order(&alignment);
        assert!(OutputFormat::Table.text(&alignment).contains(&format!("{} moved (⇅)", found.len())));
        let lines = OutputFormat::Jsonl.text(&alignment);
        assert_eq!(lines.lines().filter(|l| l.contains("\"relation\":\"moved\"")).count(), found.len());
    }
}

/// All English in order, every segment once, and what is not moved in Chinese order too.
fn assert_order(alignment: &Alignment) {
    let pairs: Vec<(bool, IndexBead)> = alignment.pairs().map(|p| p.is_moved()).zip(beads_of(alignment)).collect();
    let en: Vec<usize> = pairs.iter().flat_map(|(_, b)| b.first().to_vec()).collect();
    assert_eq!(en, (0..alignment.side(Lang::En).segments.len()).collect::<Vec<_>>());
    let mut zh: Vec<usize> = pairs.iter().flat_map(|(_, b)| b.second().to_vec()).collect();
    zh.sort_unstable();
    assert_eq!(zh, (0..alignment.side(Lang::Zh).segments.len()).collect::<Vec<_>>());
    let unmoved: Vec<usize> = pairs.iter().filter(|p| !p.0).flat_map(|(_, b)| b.second().to_vec()).collect();
    assert!(unmoved.is_sorted());
}

#[test]
fn what_is_in_order_is_not_moved() {
    let [en, zh] = walk();
    assert_eq!(moved(&align(&en, &zh)), []);
}

/// Lines that only one side has, at different places, have nothing to do with each other.
#[test]
fn unrelated_passages_are_not_linked() {
    let [mut en, mut zh] = walk();
    let alone = walk_of("alone.tsv");
    en.splice(5..5, alone[0].clone());
    let at = zh.len() - 4;
    zh.splice(at..at, alone[1].clone());
    let alignment = align(&en, &zh);
    assert_eq!(moved(&alignment), []);
    assert!(alignment.confidence() > 0.5, "{}", alignment.confidence());
}

/// The columns of another file, which say different things.
fn walk_of(name: &str) -> [Vec<String>; 2] {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/cases/moved").join(name);
    let text = fs::read_to_string(path).unwrap();
    let rows = text.lines().filter(|l| !l.starts_with('#')).map(|l| l.split_once('\t').unwrap());
    let (en, zh) = rows.map(|(a, b)| (a.to_owned(), b.to_owned())).unzip();
    [en, zh]
}

fn side(lines: usize, lang: Lang) -> Side {
    let text = "x\n".repeat(lines);
    Side::whole(std::sync::Arc::new(Document::read_as(Source::from_text("x", &text), Format::Lines, lang).unwrap()))
}

/// Beads with word on whether each is moved.
fn entries(beads: Vec<Bead>, moved: &[bool]) -> Vec<Entry> {
    let entry = |(bead, &moved): (Bead, &bool)| {
        let mut entry = Entry::from(bead);
        entry.moved = moved;
        entry
    };
    beads.into_iter().zip(moved).map(entry).collect()
}

#[test]
fn beads_in_another_order_are_checked() {
    let bead = |en: &[usize], zh: &[usize]| Bead { en: en.to_vec(), zh: zh.to_vec(), confidence: 1.0 };
    let make = |beads: Vec<Bead>, moved: &[bool]| {
        let entries = entries(beads, moved);
        Alignment::new(PerLang::from_fn(|lang| side(3, lang)), Lang::En, Relation::Parallel, entries)
    };
    let swapped = || vec![bead(&[0], &[2]), bead(&[1], &[0]), bead(&[2], &[1])];
    assert_eq!(moved(&make(swapped(), &[true, false, false]).unwrap()), [(vec![0], vec![2])]);
    for (beads, moved) in [
        (swapped(), &[false, false, false][..]),
        (vec![bead(&[0], &[0]), bead(&[1, 2], &[1])], &[false, false]),
        (vec![bead(&[0], &[0]), bead(&[1], &[0, 1]), bead(&[2], &[2])], &[false, true, false]),
        (vec![bead(&[1], &[0]), bead(&[0], &[1]), bead(&[2], &[2])], &[true, false, false]),
        (vec![bead(&[0, 1, 2], &[]), bead(&[], &[0, 1, 2])], &[true, false]),
        (vec![bead(&[0, 1, 2], &[0, 1, 2, 3])], &[false]),
    ] {
        assert!(make(beads.clone(), moved).is_err(), "{beads:?} {moved:?}");
    }
    let moved = entries(vec![bead(&[0], &[0])], &[true]);
    let alignment = Alignment::new(PerLang::from_fn(|lang| side(1, lang)), Lang::En, Relation::Comparable, moved);
    assert!(alignment.is_err());
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(16))]

    /// Whatever lines stand on the two sides, every segment is in one bead and the order is the one that is promised.
    #[test]
    fn order_holds_for_any_lines(en in prop::collection::vec(0usize..24, 1..40), zh in prop::collection::vec(0usize..24, 1..40)) {
        let [english, chinese] = walk();
        let lines = |picks: &[usize], from: &[String]| picks.iter().map(|&i| from[i % from.len()].clone()).collect::<Vec<_>>();
        assert_order(&align(&lines(&en, &english), &lines(&zh, &chinese)));
    }
}
