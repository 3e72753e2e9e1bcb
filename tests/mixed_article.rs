//! An article whose Chinese half is no translation of its English half: which passages are linked, against links made by
//! hand (`data/mixed-article/links.tsv` says how to read it), and when halves count as translations of each other.
// The helpers of a test fail like the test itself.
#![allow(clippy::unwrap_used)]

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use duiqi::train::evaluate::{ArticleGold, ArticleScore, TextGold, TextPair, Units, links, strict_texts, texts_of};
use duiqi::{Alignment, Half, Lang, Relation, Source, align, align_article};
use proptest::prelude::*;

fn data(path: &str) -> String {
    std::fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("data").join(path)).unwrap()
}

/// Scores an article, and prints what came out.
fn score(gold: &ArticleGold, alignment: &Alignment, text: &str) -> ArticleScore {
    let units = Units::of(&Source::from_text("article", text));
    let score = gold.score(&links(alignment, &units, &units));
    println!("{score:?}: {:.3} {:.3} {:.3}", score.precision(), score.recall(), score.alone());
    score
}

/// Every segment is in a bead.
fn assert_complete(alignment: &Alignment) {
    for lang in [Lang::En, Lang::Zh] {
        let seen: BTreeSet<usize> =
            alignment.beads().flat_map(|b| if lang == Lang::En { &b.en } else { &b.zh }).copied().collect();
        assert_eq!(seen.len(), alignment.side(lang).segments.len(), "{lang:?}");
    }
}

/// Aligns an article of `data/` and scores its links; precision, recall and share left alone must reach `least`.
fn check_links(folder: &str, file: &str, least: [f64; 3]) {
    let text = data(&format!("{folder}/{file}"));
    let alignment = align_article(&text).unwrap();
    assert_eq!(alignment.relation(), Relation::Comparable, "{folder}");
    assert_complete(&alignment);
    let table = Source::from_text("links.tsv", &data(&format!("{folder}/links.tsv")));
    let gold = ArticleGold::parse(&table, &Source::from_text(file, &text)).unwrap();
    let score = score(&gold, &alignment, &text);
    let reached = [score.precision(), score.recall(), score.alone()];
    assert!(reached.iter().zip(least).all(|(r, l)| *r >= l), "{folder}: {score:?}");
}

#[test]
fn links_of_a_call() {
    check_links("mixed-article", "article.txt", [0.95, 0.95, 0.95]);
}

#[test]
fn links_of_a_podcast() {
    check_links("mixed-interview", "article.md", [0.95, 0.92, 0.95]);
}

#[test]
fn links_of_key_points_and_questions() {
    check_links("mixed-results", "article.txt", [0.90, 0.91, 0.95]);
}

#[test]
fn links_of_a_panel() {
    check_links("mixed-panel", "article.md", [0.95, 0.90, 0.95]);
}

#[test]
fn links_of_a_feature() {
    check_links("mixed-news", "article.md", [0.95, 0.95, 0.95]);
}

/// Nothing was chosen on this one and the next.
#[test]
fn links_of_a_call_with_the_chinese_first() {
    check_links("mixed-briefing", "article.txt", [0.95, 0.81, 0.95]);
}

#[test]
fn links_of_a_launch() {
    check_links("mixed-launch", "article.txt", [0.9, 0.95, 0.93]);
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
        assert!(alignment.beads().all(|b| !b.en.is_empty()));
    }
}

/// An English and a Chinese file as one text: each English paragraph, then the Chinese ones up to where `beads` say that it
/// ends.
fn interleaved(en: &str, zh: &str, aligned: &Alignment) -> String {
    let [en_units, zh_units] = [en, zh].map(|t| Units::of(&Source::from_text("text", t)));
    let last = |half: Half<'_>, units: &Units| half.segments().last().map(|s| units.touching(&s.range).end - 1);
    let mut ends = vec![0; en_units.len()];
    for pair in aligned.pairs() {
        if let (Some(e), Some(z)) = (last(pair.en(), &en_units), last(pair.zh(), &zh_units)) {
            ends[e] = ends[e].max(z + 1);
        }
    }
    let (en, zh) = (paragraphs(en), paragraphs(zh));
    let (mut out, mut at) = (Vec::new(), 0);
    for (paragraph, end) in en.iter().zip(ends) {
        out.push(*paragraph);
        out.extend(&zh[at..end.max(at)]);
        at = end.max(at);
    }
    out.extend(&zh[at..]);
    out.join("\n\n")
}

/// Translations in one text come out as from two files: the pairs that the gold has, of all pairs.
#[test]
fn one_article_is_as_good_as_two_files() {
    for (folder, en_file, zh_file) in [("interview", "en.txt", "zh.txt"), ("earnings-call", "en.md", "zh.md")] {
        let read = |file: &str| data(&format!("{folder}/{file}"));
        let (en, zh) = (read(en_file), read(zh_file));
        let two = align(&en, &zh).unwrap();
        let gold = TextGold::parse(&Source::from_text("gold.tsv", &read("gold.tsv"))).unwrap();
        let gold = gold.map(&two.side(Lang::En).document, &two.side(Lang::Zh).document).unwrap();
        let text = |lang: Lang, ids: &[usize]| {
            let segments = ids.iter().map(|&i| two.side(lang).segment(i).text.as_str());
            segments.collect::<Vec<_>>().join(if lang == Lang::En { " " } else { "" })
        };
        let both = gold.beads.iter().filter(|b| b.shape().0 > 0 && b.shape().1 > 0);
        let gold: Vec<TextPair> =
            both.map(|b| TextPair::new(&text(Lang::En, b.first()), &text(Lang::Zh, b.second()))).collect();
        let reference = strict_texts(&texts_of(&two), &gold).f1();
        assert!(reference > 0.8, "{folder}: {reference}");
        let orders = [interleaved(&en, &zh, &two), format!("{en}\n\n{zh}"), format!("{zh}\n\n{en}")];
        for (order, article) in orders.iter().enumerate() {
            let alignment = align_article(article).unwrap();
            assert_eq!(alignment.relation(), Relation::Parallel, "{folder} {order}");
            assert_complete(&alignment);
            let reached = strict_texts(&texts_of(&alignment), &gold).f1();
            println!("{folder} {order}: {reached:.3} of {reference:.3}");
            assert!(reached >= 0.97 * reference, "{folder} {order}: {reached:.3} of {reference:.3}");
        }
    }
}

/// Where texts to look at the method with may lie, seen from the crate; `DUIQI_SHARED` names another place.
const SHARED: [&str; 2] = ["../shared", "../../shared"];

/// One of those texts, where it is there.
fn shared(path: &str) -> Option<String> {
    let named = std::env::var_os("DUIQI_SHARED").map(PathBuf::from);
    let usual = SHARED.iter().map(|s| Path::new(env!("CARGO_MANIFEST_DIR")).join(s));
    named.into_iter().chain(usual).find_map(|folder| std::fs::read_to_string(folder.join(path)).ok())
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

/// A Chinese paragraph, and its English one where the text has it.
type Shuffled = (String, Option<String>);

/// Half of a talk: English paragraphs in order, Chinese ones shuffled, two of five without their English.
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
            println!("skipped: no podcast");
            return;
        };
        let alignment = align_article(&text).unwrap();
        assert_eq!(alignment.relation(), Relation::Comparable);
        let all = paragraphs(&text);
        // Paragraphs that say the same words (Yes.) are equally right.
        let of = |words: &str| -> Vec<usize> { (0..all.len()).filter(|&k| all[k] == words).collect() };
        let mut gold = ArticleGold::default();
        for (zh, en) in &rows {
            for at in of(zh) {
                gold.rows.entry(at).or_default().en.extend(en.iter().flat_map(|e| of(e)));
            }
        }
        println!("half {half}, at least {least} characters:");
        let outcome = score(&gold, &alignment, &text);
        if least > 0 {
            assert!(outcome.precision() >= 0.91 && outcome.recall() >= 0.95 && outcome.alone() >= 0.88, "{outcome:?}");
        }
    }
}

/// Prints every link of an article, to be read.
#[test]
fn links_to_read() {
    let Some(text) = shared("seed/article.txt") else {
        println!("skipped: no article");
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
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(24) })]
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
