//! Linked passages: what is inside a link, what is said of the article, and texts in two files that are no translations.
// The helpers of a test fail like the test itself.
#![allow(clippy::unwrap_used)]

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use duiqi::train::alignment::{Entry, Side};
use duiqi::{
    Aligner, Alignment, AnchorKind, Bead, Lang, OutputFormat, Pair, Part, PerLang, Relation, align, align_article,
};

fn data(path: &str) -> String {
    std::fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("data").join(path)).unwrap()
}

const ARTICLES: [(&str, &str); 7] = [
    ("mixed-article", "article.txt"),
    ("mixed-interview", "article.md"),
    ("mixed-news", "article.md"),
    ("mixed-results", "article.txt"),
    ("mixed-panel", "article.md"),
    ("mixed-briefing", "article.txt"),
    ("mixed-launch", "article.txt"),
];

/// Without what Markdown and labels add.
fn bare(text: &str) -> String {
    text.chars().filter(|c| !c.is_whitespace() && !"*_#>".contains(*c)).collect()
}

/// Sentences that belong together by `gold.tsv`: all English ones of a row with all Chinese ones.
fn gold(folder: &str) -> Vec<[Vec<String>; 2]> {
    let table = data(&format!("{folder}/gold.tsv"));
    let rows = table.lines().filter(|l| !l.starts_with('#') && !l.trim().is_empty()).skip(1);
    let cell = |cell: &str| cell.split(" | ").map(bare).collect::<Vec<_>>();
    rows.map(|row| row.split('\t').take(2).map(cell).collect::<Vec<_>>().try_into().unwrap()).collect()
}

/// Whether a segment is the sentence of the gold; the one may stand in the other, where they are cut otherwise.
fn is(segment: &str, sentence: &str) -> bool {
    segment == sentence
        || (sentence.len() > 20 && segment.contains(sentence))
        || (segment.len() > 20 && sentence.contains(segment))
}

/// Texts of the segments that stand beside each other inside a pair.
fn beside(pair: &Pair<'_>, alignment: &Alignment) -> Vec<[Vec<String>; 2]> {
    let texts = |lang: Lang, list: &[usize]| -> Vec<String> {
        list.iter().map(|&i| bare(&alignment.side(lang).segment(i).text)).collect()
    };
    pair.sentence_beads().iter().map(|b| [texts(Lang::En, &b.en), texts(Lang::Zh, &b.zh)]).collect()
}

#[test]
fn sentences_stand_beside_each_other() {
    for (folder, file) in ARTICLES {
        let alignment = align_article(&data(&format!("{folder}/{file}"))).unwrap();
        let gold = gold(folder);
        let (mut right, mut all, mut found) = (0, 0, BTreeSet::new());
        let mut there = BTreeSet::new();
        for pair in alignment.pairs() {
            let halves =
                [Lang::En, Lang::Zh].map(|l| pair.half(l).segments().map(|s| bare(&s.text)).collect::<Vec<_>>());
            let any = |list: &[String], row: &[String]| list.iter().any(|s| row.iter().any(|g| is(s, g)));
            let fits = |sides: &[Vec<String>; 2], row: &[Vec<String>; 2]| (0..2).all(|k| any(&sides[k], &row[k]));
            there.extend((0..gold.len()).filter(|&k| fits(&halves, &gold[k])));
            for sides in beside(&pair, &alignment) {
                let rows: Vec<usize> = (0..gold.len()).filter(|&k| fits(&sides, &gold[k])).collect();
                all += 1;
                right += usize::from(!rows.is_empty());
                found.extend(rows);
            }
        }
        println!("{folder}: {right} of {all} right, {} of {} found", found.len(), there.len());
        assert!(right as f64 >= 0.7 * all as f64, "{folder}: {right} of {all}");
        assert!(found.len() as f64 >= 0.7 * there.len() as f64, "{folder}: {} of {}", found.len(), there.len());
    }
}

#[test]
fn every_link_is_one_pair_the_surest_first() {
    for (folder, file) in ARTICLES {
        let alignment = align_article(&data(&format!("{folder}/{file}"))).unwrap();
        let mut of_chinese: BTreeMap<usize, Vec<f64>> = BTreeMap::new();
        let mut links = BTreeSet::new();
        for pair in alignment.pairs().filter(|p| !p.is_one_sided()) {
            let first = |lang: Lang| pair.half(lang).segments().next().unwrap().index;
            assert!(links.insert((first(Lang::En), first(Lang::Zh))), "{folder}: a link stands twice");
            let one = |lang: Lang| pair.half(lang).segments().map(|s| s.passage).collect::<BTreeSet<_>>().len();
            assert_eq!((one(Lang::En), one(Lang::Zh)), (1, 1), "{folder}");
            of_chinese.entry(first(Lang::Zh)).or_default().push(pair.confidence());
        }
        assert!(of_chinese.values().any(|c| c.len() > 1), "{folder}");
        assert!(of_chinese.values().all(|c| c.is_sorted_by(|a, b| a >= b)), "{folder}");
    }
}

#[test]
fn a_link_says_why() {
    let alignment = align_article(&data("mixed-article/article.txt")).unwrap();
    let linked: Vec<_> = alignment.pairs().filter(|p| !p.is_one_sided()).collect();
    let with = |kind: AnchorKind| linked.iter().filter(|p| p.anchors().iter().any(|a| a.kind == kind)).count();
    assert!(
        with(AnchorKind::Term) as f64 > 0.8 * linked.len() as f64,
        "{} of {}",
        with(AnchorKind::Term),
        linked.len()
    );
    assert!(with(AnchorKind::Number) as f64 > 0.5 * linked.len() as f64);
    for anchor in linked.iter().flat_map(|p| p.anchors()) {
        let text = data("mixed-article/article.txt");
        assert_eq!(text.get(anchor.en.start..anchor.en.end), Some(anchor.en.text.as_str()));
        assert_eq!(text.get(anchor.zh.start..anchor.zh.end), Some(anchor.zh.text.as_str()));
    }
    let json = OutputFormat::Jsonl.text(&alignment);
    assert_eq!(json.lines().count(), alignment.beads().len());
    assert!(json.lines().all(|l| l.contains(r#""relation":"comparable""#)));
    for words in [r#""sentences":[{"en":["#, r#""part":{"en":"summary","zh":"questions"}"#, r#""kind":"term""#] {
        assert!(json.contains(words), "{words}");
    }
    let table = OutputFormat::Table.text(&alignment);
    assert!(table.lines().any(|l| l.contains("No patient was harmed.") && l.contains(" = 最重要的一点是")), "{table}");
    assert!(table.contains("— no counterpart in English") && table.contains("the language changes while Helen"));
}

#[test]
fn parts_of_an_article() {
    let alignment = align_article(&data("mixed-article/article.txt")).unwrap();
    let structure = alignment.structure(Lang::En).unwrap();
    let document = &alignment.side(Lang::En).document;
    let part = |start: &str| {
        let segment = document.segments().iter().find(|s| s.text.starts_with(start)).unwrap();
        structure.part(segment.passage).unwrap()
    };
    assert_eq!(part("Share this"), Part::Leftover);
    assert_eq!(part("Averline Medical published its results"), Part::Front);
    assert_eq!(part("Sparrow recall: About"), Part::Summary);
    assert_eq!(part("Next, infusion"), Part::Remarks);
    assert_eq!(part("这次召回是我们主动发起的"), Part::Questions);
    assert_eq!(part("Read next"), Part::Leftover);
    for pair in alignment.pairs().filter(|p| !p.is_one_sided()) {
        assert!([Lang::En, Lang::Zh].iter().all(|l| pair.part(*l) != Some(Part::Leftover)), "{}", pair.en().text());
    }
    assert!(align("It rained.", "下雨了。").unwrap().structure(Lang::En).is_none());
}

#[test]
fn the_relation_can_be_overridden() {
    let of = |relation| Aligner::builder().relation(relation).build().unwrap();
    let article = data("mixed-news/article.md");
    let forced = of(Relation::Parallel).align_article(&article).unwrap();
    assert_eq!((forced.relation(), forced.detected()), (Relation::Parallel, Relation::Comparable));
    assert!(OutputFormat::Table.text(&forced).contains("as asked; the texts seem to be comparable"));
    assert!(OutputFormat::Jsonl.text(&forced).lines().all(|l| l.contains(r#""detected":"comparable""#)));
    let (en, zh) = (data("interview/en.txt"), data("interview/zh.txt"));
    let forced = of(Relation::Comparable).align(&en, &zh).unwrap();
    assert_eq!((forced.relation(), forced.detected()), (Relation::Comparable, Relation::Parallel));
    assert!(forced.pairs().filter(|p| !p.is_one_sided()).count() > 3);
    let forced = of(Relation::Comparable).align_article(&format!("{en}\n\n{zh}")).unwrap();
    assert_eq!((forced.relation(), forced.detected()), (Relation::Comparable, Relation::Parallel));
    let same = of(Relation::Parallel).align(&en, &zh).unwrap();
    assert_eq!(OutputFormat::Jsonl.text(&same), OutputFormat::Jsonl.text(&align(&en, &zh).unwrap()));
}

/// The English and the Chinese paragraphs of an article, as two texts.
fn halves(article: &str) -> [String; 2] {
    let chinese =
        |p: &&str| 5 * p.chars().filter(|c| ('\u{4e00}'..='\u{9fff}').contains(c)).count() > p.chars().count();
    let (zh, en): (Vec<&str>, Vec<&str>) = article.split("\n\n").partition(chinese);
    [en.join("\n\n"), zh.join("\n\n")]
}

#[test]
fn two_files_may_be_comparable() {
    for (folder, file) in ARTICLES {
        let [en, zh] = halves(&data(&format!("{folder}/{file}")));
        for alignment in [align(&en, &zh).unwrap(), align(&zh, &en).unwrap()] {
            assert_eq!(alignment.relation(), Relation::Comparable, "{folder}");
            assert_eq!(alignment.detected(), Relation::Comparable);
            let seen: BTreeSet<usize> = alignment.beads().flat_map(|b| b.zh.iter().copied()).collect();
            assert_eq!(seen.len(), alignment.side(Lang::Zh).segments.len());
        }
    }
}

#[test]
fn translations_and_strangers_are_not_comparable() {
    let pairs = [
        ("interview/en.txt", "interview/zh.txt"),
        ("earnings-call/en.md", "earnings-call/zh.md"),
        ("press-release/en.md", "press-release/zh.md"),
        ("webinar/en.vtt", "webinar/zh.vtt"),
        ("interview/en.txt", "press-release/zh.md"),
        ("press-release/en.md", "earnings-call/zh.md"),
    ];
    for (en, zh) in pairs {
        let alignment = align(&data(en), &data(zh)).unwrap();
        assert_eq!((alignment.relation(), alignment.detected()), (Relation::Parallel, Relation::Parallel), "{en} {zh}");
    }
}

#[test]
fn sentences_must_be_of_their_bead() {
    let alignment = align("One. Two.", "一。二。").unwrap();
    let bead = |en: &[usize], zh: &[usize]| Bead { en: en.to_vec(), zh: zh.to_vec(), confidence: 0.9 };
    let side = |lang: Lang| -> Side { alignment.side(lang).clone() };
    let inside = |list: Vec<Bead>| {
        let mut entry = Entry::from(bead(&[0, 1], &[0, 1]));
        entry.sentences = list;
        Alignment::new(PerLang::from_fn(side), Lang::En, Relation::Comparable, vec![entry])
    };
    let good = inside(vec![bead(&[1], &[0]), bead(&[0], &[1])]).unwrap();
    assert_eq!(good.pairs().next().unwrap().sentence_beads().len(), 2);
    for list in [vec![bead(&[2], &[0])], vec![bead(&[], &[0])], vec![bead(&[0], &[0]), bead(&[1], &[0])]] {
        assert!(inside(list).unwrap_err().to_string().contains("bead 0"));
    }
}
