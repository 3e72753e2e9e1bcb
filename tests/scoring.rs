//! Scores against cases worked out by hand, in `tests/cases/scoring/`.
// The helpers of a test fail like the test itself.
#![allow(clippy::unwrap_used)]

use std::collections::BTreeSet;
use std::path::PathBuf;
use std::sync::Arc;

use duiqi::train::{
    alignment::Side,
    evaluate::{
        GoldTable, GoldUnit, IndexBead, Orientation, Score, StrictScore, Units, links, merge_verses, parse_beads,
        strict,
    },
};
use duiqi::{Alignment, Bead, Document, Format, Lang, PerLang, Relation, Source};
use proptest::prelude::*;

/// The rows of a case file, without comments and header.
fn rows(name: &str) -> Vec<Vec<String>> {
    let path = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("tests/cases/scoring").join(name);
    let text = std::fs::read_to_string(&path).unwrap();
    let lines = text.lines().filter(|l| !l.starts_with('#')).skip(1);
    let rows: Vec<Vec<String>> = lines.map(|l| l.split('\t').map(str::to_owned).collect()).collect();
    assert!(!rows.is_empty(), "{name} has cases");
    rows
}

/// Beads apart by blanks, read by the reader of gold files.
fn beads(text: &str) -> Vec<IndexBead> {
    parse_beads(&Source::from_text("case", &text.replace(' ', "\n"))).unwrap()
}

#[test]
fn strict_scores() {
    for row in rows("strict.tsv") {
        let [name, gold, test, right, p, r, f1] = &row[..] else { panic!("seven columns: {row:?}") };
        let StrictScore { total, shapes } = strict(&beads(test), &beads(gold));
        let found = [total.precision(), total.recall(), total.f1()].map(|x| format!("{x:.4}"));
        assert_eq!((total.right.to_string(), found), (right.clone(), [p, r, f1].map(String::clone)), "{name}");
        let mut sum = Score::default();
        shapes.values().for_each(|s| sum += *s);
        assert_eq!(sum, total, "{name}: shapes add up");
    }
}

#[test]
fn shapes_count_each_bead_under_its_own() {
    let score = strict(&beads("[0]:[0] [1]:[1] []:[2]"), &beads("[0]:[0] [1]:[1,2]"));
    let shapes: Vec<_> = score.shapes.iter().map(|(s, c)| (*s, c.gold, c.test, c.right)).collect();
    assert_eq!(shapes, [((0, 1), 0, 1, 0), ((1, 1), 1, 2, 1), ((1, 2), 1, 0, 0)]);
}

#[test]
fn pooling_adds_counts_not_shares() {
    let mut pooled = strict(&beads("[0]:[0]"), &beads("[0]:[0]"));
    pooled += &strict(&beads("[0]:[0] [1]:[1] [2]:[2]"), &beads("[0,1,2]:[0,1,2]"));
    assert_eq!(pooled.total, Score { gold: 2, test: 4, right: 1 });
    assert_eq!((pooled.total.precision(), pooled.total.recall()), (0.25, 0.5));
}

#[test]
fn verses_are_joined() {
    let words = |s: &str| s.split(' ').map(str::to_owned).collect::<Vec<_>>();
    for row in rows("verses.tsv") {
        let [name, first, second, before, after] = &row[..] else { panic!("five columns: {row:?}") };
        assert_eq!(merge_verses(&beads(before), &words(first), &words(second)), beads(after), "{name}");
    }
}

#[test]
fn links_are_scored() {
    for row in rows("links.tsv") {
        let [name, gold, test, right, test_count, gold_count] = &row[..] else { panic!("six columns: {row:?}") };
        let mut table = "en_idx\tzh_idx\tnote\n".to_owned();
        for line in gold.split(';') {
            let (units, note) = line.split_once('(').unwrap_or((line, ""));
            table.push_str(&format!("{}\t{}\n", units.replace('>', "\t"), note.trim_end_matches(')')));
        }
        let table = GoldTable::parse(&Source::from_text("case", &table)).unwrap();
        assert_eq!(table.unit, GoldUnit::Paragraph);
        let link = |l: &str| {
            let (en, zh) = l.split_once('-').unwrap();
            (en.parse::<usize>().unwrap() - 1, zh.parse::<usize>().unwrap() - 1)
        };
        let test: BTreeSet<(usize, usize)> = test.split(' ').map(link).collect();
        let number = |s: &str| s.parse::<usize>().unwrap();
        let expected = Score { gold: number(gold_count), test: number(test_count), right: number(right) };
        assert_eq!(table.score_links(&test), expected, "{name}");
    }
}

#[test]
fn links_come_from_the_paragraphs_of_segments() {
    let en = Source::from_text("en", "One.\nTwo.\n\n \nThree.\n\nFour.");
    let zh = Source::from_text("zh", "一。\n\n二。三。\n四。\n");
    let units = [Units::of(&en), Units::of(&zh)];
    assert_eq!(units.each_ref().map(Units::len), [3, 2]);
    let side = |s: Source| {
        let document = Arc::new(Document::read(s, Format::Lines).unwrap());
        let segments = document.segments().iter().filter(|s| !s.text.trim().is_empty()).map(|s| s.index).collect();
        Side::new(document, segments)
    };
    let bead = |en: &[usize], zh: &[usize]| Bead { en: en.to_vec(), zh: zh.to_vec(), confidence: 1.0 };
    let list = vec![bead(&[0], &[0]), bead(&[1, 2], &[1]), bead(&[3], &[]), bead(&[], &[2])];
    let alignment = Alignment::new(PerLang { en: side(en), zh: side(zh) }, Lang::En, Relation::Parallel, list).unwrap();
    let found = links(&alignment, &units[0], &units[1]);
    assert_eq!(found.into_iter().collect::<Vec<_>>(), [(0, 0), (0, 1), (1, 1)]);
}

#[test]
fn the_third_field_and_blanks_are_ignored() {
    let source = Source::from_text("gold", "[0, 1] : [ ] : 0.35\n\n[ ]:[2]\r\n[]:[]\n");
    assert_eq!(parse_beads(&source).unwrap(), [IndexBead::new(vec![0, 1], vec![]), IndexBead::new(vec![], vec![2])]);
}

#[test]
fn bad_gold_is_refused_with_its_line() {
    for row in rows("bad_beads.tsv") {
        let [line, message] = &row[..] else { panic!("two columns: {row:?}") };
        let error = parse_beads(&Source::from_text("x.gold", &format!("[0]:[0]\n{line}\n"))).unwrap_err().to_string();
        assert!(error.starts_with("x.gold:2: ") && error.contains(message), "{line}: {error}");
    }
    for (table, message) in [
        ("", "gold.tsv:1: the first line must name the columns"),
        ("en_idx\tzh_line\n", "gold.tsv:1: the first line must name the columns"),
        ("en_line\tzh_line\n1\t1\n0\t2\n", "gold.tsv:3: \"0\" is not a number from 1"),
        ("en_line\tzh_line\n1\t1,2\n", "gold.tsv:2: \"1,2\" is not a number from 1"),
    ] {
        let error = GoldTable::parse(&Source::from_text("gold.tsv", table)).unwrap_err().to_string();
        assert!(error.starts_with(message), "{error}");
    }
}

#[test]
fn ladders_are_read_like_lists() {
    for row in rows("ladders.tsv") {
        let [name, ladder, expected] = &row[..] else { panic!("three columns: {row:?}") };
        let ladder = ladder.replace(" / ", "\n").replace(' ', "\t");
        let found = parse_beads(&Source::from_text("case", &ladder)).unwrap();
        assert_eq!(found, beads(expected), "{name}");
    }
    for row in rows("bad_ladders.tsv") {
        let [line, message] = &row[..] else { panic!("two columns: {row:?}") };
        let ladder = format!("0\t0\t0\n5\t5\t0\n{}\n", line.replace(' ', "\t"));
        let error = parse_beads(&Source::from_text("x.ladder", &ladder)).unwrap_err().to_string();
        assert!(error.starts_with("x.ladder:3: ") && error.contains(message), "{line}: {error}");
    }
    let error = parse_beads(&Source::from_text("x.ladder", "1\t1\t0\n")).unwrap_err().to_string();
    assert!(error.starts_with("x.ladder:1: the first rung must be 0 0, not 1 1"), "{error}");
}

#[test]
fn a_line_table_gives_beads() {
    let table = "en_line\tzh_line\tnote\n1\t1 2\t1-2\n2\t\t1-0\n\t3\t\n";
    let table = GoldTable::parse(&Source::from_text("gold.tsv", table)).unwrap();
    assert_eq!(table.unit, GoldUnit::Line);
    assert_eq!(table.beads(), beads("[0]:[0,1] [1]:[] []:[2]"));
}

#[test]
fn the_direction_of_a_gold_shows_in_the_number_of_lines() {
    let gold = beads("[0]:[0,1] [1]:[2]");
    assert_eq!(Orientation::of(&gold, 2, 3), Orientation::Straight);
    assert_eq!(Orientation::of(&gold, 3, 2), Orientation::Flipped);
    assert_eq!(Orientation::of(&gold, 3, 3), Orientation::Either);
    // One line that the gold forgot does not hide the direction.
    assert_eq!(Orientation::of(&gold, 4, 2), Orientation::Flipped);
}

fn any_beads() -> impl Strategy<Value = Vec<IndexBead>> {
    let side = || prop::collection::vec(0usize..6, 0..3);
    prop::collection::vec((side(), side()).prop_map(|(a, b)| IndexBead::new(a, b)), 0..8)
}

proptest! {
    #[test]
    fn exchanging_test_and_gold_exchanges_precision_and_recall(a in any_beads(), b in any_beads()) {
        let (there, back) = (strict(&a, &b).total, strict(&b, &a).total);
        prop_assert_eq!(there.right, back.right);
        prop_assert_eq!(there.precision(), back.recall());
        prop_assert!((0.0..=1.0).contains(&there.f1()));
        prop_assert_eq!(strict(&a, &a).total.f1(), 1.0);
    }

    #[test]
    fn joining_verses_keeps_every_line(list in any_beads(), verses in prop::collection::vec("[ab]", 6)) {
        let count = |beads: &[IndexBead]| -> BTreeSet<usize> { beads.iter().flat_map(|b| b.first().to_vec()).collect() };
        let joined = merge_verses(&list, &verses, &verses);
        prop_assert!(joined.len() <= list.len());
        prop_assert_eq!(count(&joined), count(&list));
        // What was joined once does not change again.
        prop_assert_eq!(merge_verses(&joined, &verses, &verses), joined);
    }

    #[test]
    fn readers_take_any_text(text in "[\\[\\],:0-9x \t\n]{0,40}|([0-9]{1,3}[\t\n]){0,12}") {
        let _ = parse_beads(&Source::from_text("any", &text));
        let _ = GoldTable::parse(&Source::from_text("any", &format!("en_idx\tzh_idx\n{text}")));
        let units = Units::of(&Source::from_text("any", &text));
        prop_assert_eq!(units.is_empty(), text.trim().is_empty());
    }
}
