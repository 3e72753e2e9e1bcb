//! An article whose Chinese half is no translation of its English half: which passages are linked, against links made by
//! hand (`data/mixed-article/links.tsv` says how to read it), and when halves count as translations of each other.
// The helpers of a test fail like the test itself.
#![allow(clippy::unwrap_used)]

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

use duiqi::align_article;
use duiqi::alignment::{Alignment, Relation};
use duiqi::evaluate::{Units, links};
use duiqi::text::{Lang, Source};
use proptest::prelude::*;

fn data(path: &str) -> String {
    std::fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("data").join(path)).unwrap()
}

/// Gold for one Chinese paragraph; English paragraphs are numbers of [`Units`].
#[derive(Default)]
struct Row {
    en: BTreeSet<usize>,
    acceptable: BTreeSet<usize>,
}

/// Rows by Chinese paragraph.
type Gold = BTreeMap<usize, Row>;

#[derive(Debug)]
struct Outcome {
    right: usize,
    wrong: usize,
    acceptable: usize,
    /// Rows with counterparts, and those of them that have a right link.
    with: usize,
    found: usize,
    /// Rows without counterpart, and those of them without a wrong link.
    without: usize,
    left_alone: usize,
}

impl Outcome {
    fn of(gold: &Gold, alignment: &Alignment, text: &str) -> Outcome {
        let units = Units::of(&Source::from_text("article", text));
        let links = links(alignment, &units, &units);
        let mut o = Outcome { right: 0, wrong: 0, acceptable: 0, with: 0, found: 0, without: 0, left_alone: 0 };
        for (zh, row) in gold {
            let linked: BTreeSet<usize> = links.iter().filter(|l| l.1 == *zh).map(|l| l.0).collect();
            let right = linked.intersection(&row.en).count();
            let acceptable = linked.intersection(&row.acceptable).count();
            let wrong = linked.len() - right - acceptable;
            o.right += right;
            o.acceptable += acceptable;
            o.wrong += wrong;
            if row.en.is_empty() {
                o.without += 1;
                o.left_alone += usize::from(wrong == 0);
            } else {
                o.with += 1;
                o.found += usize::from(right > 0);
            }
            if std::env::var_os("DUIQI_SHOW").is_some() && (wrong > 0 || (right == 0 && !row.en.is_empty())) {
                println!("{zh}: linked {linked:?}, gold {:?} {:?}", row.en, row.acceptable);
            }
        }
        println!("{o:?}: {:.3} {:.3} {:.3}", o.precision(), o.recall(), o.alone());
        o
    }

    fn precision(&self) -> f64 {
        self.right as f64 / (self.right + self.wrong).max(1) as f64
    }

    fn recall(&self) -> f64 {
        self.found as f64 / self.with.max(1) as f64
    }

    fn alone(&self) -> f64 {
        self.left_alone as f64 / self.without.max(1) as f64
    }
}

/// Reads links.tsv: paragraphs are given by how they begin.
fn read_links(table: &str, article: &str) -> Gold {
    let units = Units::of(&Source::from_text("article", article));
    let unit = |start: &str| {
        let at = article.find(&format!("\n{start}")).unwrap_or_else(|| panic!("no paragraph begins {start:?}")) + 1;
        units.touching(&(at..at + 1)).start
    };
    let list = |cell: &str| cell.split(" | ").map(str::trim).filter(|s| !s.is_empty()).map(unit).collect();
    let rows = table.lines().filter(|l| !l.starts_with('#')).skip(1);
    rows.map(|line| {
        let cells: Vec<&str> = line.split('\t').collect();
        (unit(cells[0]), Row { en: list(cells[1]), acceptable: list(cells[2]) })
    })
    .collect()
}

/// Every segment is in a bead.
fn assert_complete(alignment: &Alignment) {
    for lang in [Lang::En, Lang::Zh] {
        let seen: BTreeSet<usize> =
            alignment.beads().iter().flat_map(|b| if lang == Lang::En { &b.en } else { &b.zh }).copied().collect();
        assert_eq!(seen.len(), alignment.side(lang).segments.len(), "{lang:?}");
    }
}

#[test]
fn links_of_an_article() {
    let text = data("mixed-article/article.txt");
    let alignment = align_article(&text).unwrap();
    assert_eq!(alignment.relation(), Relation::Comparable);
    assert_complete(&alignment);
    let gold = read_links(&data("mixed-article/links.tsv"), &text);
    let outcome = Outcome::of(&gold, &alignment, &text);
    assert!(outcome.precision() >= 0.8, "{outcome:?}");
    assert!(outcome.recall() >= 0.7, "{outcome:?}");
    assert!(outcome.alone() >= 0.8, "{outcome:?}");
}

/// Paragraphs of a text.
fn paragraphs(text: &str) -> Vec<&str> {
    text.split("\n\n").map(str::trim).filter(|p| !p.is_empty()).collect()
}

#[test]
fn translations_in_one_article_are_parallel() {
    let (en, zh) = (data("interview/en.txt"), data("interview/zh.txt"));
    let alternating: Vec<String> =
        paragraphs(&en).iter().zip(paragraphs(&zh)).map(|(en, zh)| format!("{en}\n\n{zh}")).collect();
    for text in [alternating.join("\n\n"), format!("{en}\n\n{zh}"), format!("{zh}\n\n{en}")] {
        let alignment = align_article(&text).unwrap();
        println!("{:?} {:.3}", alignment.relation(), alignment.confidence());
        assert_eq!(alignment.relation(), Relation::Parallel, "{text}");
        assert_complete(&alignment);
        assert!(alignment.beads().iter().all(|b| !b.en.is_empty()));
    }
}

/// Texts for looking at the method, where they are there; not part of the crate.
fn shared(path: &str) -> Option<String> {
    let folder = std::env::var_os("DUIQI_SHARED").map(PathBuf::from)?;
    std::fs::read_to_string(folder.join(path)).ok()
}

/// Paragraphs that all begin with who speaks: shuffled, they could not be known to go on with what another one began.
fn labelled(text: &str, colon: &str) -> Vec<String> {
    let mut last = String::new();
    let mut label = |paragraph: &str| {
        let found = paragraph.split_once(colon).map(|(name, _)| name).filter(|name| name.chars().count() <= 40);
        match found.filter(|name| !name.contains(['，', '。', ',', '.'])) {
            Some(name) => last = format!("{name}{colon}"),
            None => return format!("{last}{paragraph}"),
        }
        paragraph.to_owned()
    };
    paragraphs(text).into_iter().map(&mut label).collect()
}

/// A Chinese paragraph, and the English one that says the same.
type Shuffled = (String, Option<String>);

/// Half of a talk: English paragraphs in order, Chinese ones shuffled, every fifth and second of five without its English.
fn shuffled_half(name: &str, half: usize, least: usize) -> Option<(String, Vec<Shuffled>)> {
    let read = |file: &str| shared(&format!("eval/transcripts/{name}/{file}"));
    let (en, zh, gold) = (read("en.txt")?, read("zh.txt")?, read("gold.tsv")?);
    let (en, zh) = (labelled(&en, ": "), labelled(&zh, "："));
    let rows: Vec<(usize, usize)> = gold
        .lines()
        .skip(1)
        .filter_map(|l| {
            let mut cells = l.split('\t').map(|c| c.parse::<usize>());
            Some((cells.next()?.ok()? - 1, cells.next()?.ok()? - 1))
        })
        .filter(|&(_, z)| zh[z].chars().count() >= least)
        .collect();
    let middle = rows.len() / 2;
    let rows = if half == 0 { &rows[..middle] } else { &rows[middle..] };
    let mut english = Vec::new();
    let mut chinese = Vec::new();
    for (k, &(e, z)) in rows.iter().enumerate() {
        let dropped = k % 5 == 1 || k % 5 == 4;
        if !dropped {
            english.push(en[e].clone());
        }
        chinese.push((zh[z].clone(), (!dropped).then(|| en[e].clone())));
    }
    let mut state = 7u64;
    for k in (1..chinese.len()).rev() {
        state = state.wrapping_mul(6364136223846793005).wrapping_add(1442695040888963407);
        chinese.swap(k, (state >> 33) as usize % (k + 1));
    }
    let text = format!(
        "{}\n\n{}\n",
        english.join("\n\n"),
        chinese.iter().map(|c| c.0.as_str()).collect::<Vec<_>>().join("\n\n")
    );
    Some((text, chinese))
}

#[test]
fn shuffled_podcast() {
    for (half, least) in [(0, 60), (1, 60), (0, 0), (1, 0)] {
        let Some((text, rows)) = shuffled_half("acquired_munger", half, least) else {
            println!("skipped: DUIQI_SHARED does not lead to the podcast");
            return;
        };
        let alignment = align_article(&text).unwrap();
        assert_eq!(alignment.relation(), Relation::Comparable);
        let all = paragraphs(&text);
        // Paragraphs that say the same words (Yes.) are equally right.
        let of = |words: &str| -> Vec<usize> { (0..all.len()).filter(|&k| all[k] == words).collect() };
        let mut gold = Gold::new();
        for (zh, en) in &rows {
            for at in of(zh) {
                gold.entry(at).or_default().en.extend(en.iter().flat_map(|e| of(e)));
            }
        }
        println!("half {half}, at least {least} characters:");
        let outcome = Outcome::of(&gold, &alignment, &text);
        if least > 0 {
            assert!(outcome.precision() >= 0.85 && outcome.recall() >= 0.85 && outcome.alone() >= 0.8, "{outcome:?}");
        }
    }
}

/// Prints every link of an article, to be read.
#[test]
fn links_to_read() {
    let Some(text) = shared("seed/article.txt") else {
        println!("skipped: DUIQI_SHARED does not lead to the article");
        return;
    };
    let alignment = align_article(&text).unwrap();
    assert_eq!(alignment.relation(), Relation::Comparable);
    assert_complete(&alignment);
    let units = Units::of(&Source::from_text("article", &text));
    let all = paragraphs(&text);
    let short = |u: usize| all[u].chars().take(60).collect::<String>();
    for pair in alignment.pairs().filter(|p| !p.zh().is_empty()) {
        println!("{:.3} {}", pair.confidence(), pair.zh().text().chars().take(50).collect::<String>());
        let en: BTreeSet<usize> = pair.en().segments().flat_map(|s| units.touching(&s.range)).collect();
        for u in en {
            println!("        {u}: {}", short(u));
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]
    #[test]
    fn any_mix_is_complete(parts in prop::collection::vec(
        prop::sample::select(vec!["The ferry left at nine.\n\n", "渡轮九点开出。\n\n", "Ann: Yes.\n", "主持人：谢谢。\n", "# Tides\n\n", "潮汐\n\n", "12%", "，", "\n", ">> "]), 1..30)) {
        let text = parts.concat();
        if let Ok(alignment) = align_article(&text) {
            assert_complete(&alignment);
            for bead in alignment.beads() {
                prop_assert!((0.0..=1.0).contains(&bead.confidence));
            }
        }
    }
}
