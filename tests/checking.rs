//! What `check` finds, against the pairs in `cases/check` and the texts in `data`.
// The helpers of a test fail like the test itself.
#![allow(clippy::unwrap_used)]

use std::path::Path;

use duiqi::{
    Aligner, Finding, Lang, Source, check,
    check::{Kind, Severity},
};
use proptest::prelude::*;

/// Lines of a case file without its comments, as columns.
fn rows(file: &str) -> impl Iterator<Item = Vec<&str>> {
    file.lines().filter(|l| !l.starts_with('#')).map(|l| l.split('\t').collect())
}

fn aligner() -> Aligner {
    Aligner::builder().langs(Lang::En, Lang::Zh).build().unwrap()
}

/// Findings of one line against one line.
fn found(aligner: &Aligner, en: &str, zh: &str) -> Vec<Finding> {
    let source = |name: &str, text: &str| Source::from_text(name, &format!("{text}\n"));
    check(&aligner.pair_lines(source("en", en), source("zh", zh)).unwrap())
}

fn describe(finding: &Finding) -> String {
    let slip = finding.slip.map(|s| format!(":{}", serde_json::to_value(s).unwrap().as_str().unwrap()));
    format!("{}{}", finding.kind, slip.unwrap_or_default())
}

#[test]
fn pairs_of_lines() {
    let aligner = aligner();
    let mut wrong = Vec::new();
    let mut cases = 0;
    for row in rows(include_str!("cases/check/pairs.tsv")) {
        cases += 1;
        let all: Vec<String> = found(&aligner, row[1], row[2]).iter().map(describe).collect();
        let all = if all.is_empty() { "-".to_owned() } else { all.join(",") };
        if all != row[0] {
            wrong.push(format!("{} | {}: {all}, not {}", row[1], row[2], row[0]));
        }
    }
    assert!(wrong.is_empty(), "{} of {cases} wrong:\n{}", wrong.len(), wrong.join("\n"));
    assert!(cases >= 50);
}

/// Whether the findings on the numbers of a row are as its label says.
fn is_right(aligner: &Aligner, row: &[&str]) -> bool {
    let numbers = found(aligner, row[1], row[2]).iter().any(|f| f.kind.is_number());
    numbers == row[0].starts_with("number")
}

/// Every kind of change in numbers, each with an unchanged pair of the same kind.
#[test]
fn kinds_of_changes() {
    let aligner = aligner();
    let all: Vec<Vec<&str>> = rows(include_str!("cases/check/kinds.tsv")).filter(|r| r.len() > 2).collect();
    let wrong: Vec<String> = all.iter().filter(|r| !is_right(&aligner, r)).map(|r| r.join(" | ")).collect();
    assert!(wrong.is_empty(), "{} wrong:\n{}", wrong.len(), wrong.join("\n"));
    assert!(all.len() >= 150);
}

/// Precision and recall on pairs of sentences in many styles, written by people who had not seen the program.
#[test]
fn sentences_of_many_styles() {
    const MIN_PRECISION: f64 = 0.97;
    const MIN_RECALL: f64 = 0.93;
    let aligner = aligner();
    let (mut right, mut wrong, mut missed) = (0.0, 0.0, 0.0);
    for file in [
        include_str!("cases/check/sentences-1.tsv"),
        include_str!("cases/check/sentences-2.tsv"),
        include_str!("cases/check/sentences-3.tsv"),
        include_str!("cases/check/sentences-4.tsv"),
        include_str!("cases/check/sentences-5.tsv"),
    ] {
        for row in rows(file).filter(|r| r.len() > 2) {
            match (is_right(&aligner, &row), row[0].starts_with("number")) {
                (true, true) => right += 1.0,
                (false, false) => wrong += 1.0,
                (false, true) => missed += 1.0,
                (true, false) => {}
            }
        }
    }
    let (precision, recall) = (right / (right + wrong), right / (right + missed));
    assert!(right + missed >= 150.0);
    assert!(precision >= MIN_PRECISION && recall >= MIN_RECALL, "precision {precision:.3}, recall {recall:.3}");
}

fn data(file: &str) -> Source {
    let bytes = std::fs::read(Path::new(env!("CARGO_MANIFEST_DIR")).join("data").join(file)).unwrap();
    Source::from_bytes(file, &bytes).unwrap()
}

/// The release in `data` has nine mistakes, which its table lists; they are found, and nothing else is.
#[test]
fn the_mistakes_of_the_press_release() {
    let (en, zh) = (data("press-release/en.md"), data("press-release/zh.md"));
    let (english, chinese) = (en.text().to_owned(), zh.text().to_owned());
    let findings = check(&aligner().align_sources(en, zh).unwrap());
    let texts = |finding: &Finding, lang: Lang| {
        finding.spans(lang).iter().map(|s| s.text.as_str()).collect::<Vec<_>>().join(" ")
    };
    let gold: Vec<Vec<&str>> = rows(include_str!("../data/press-release/findings.tsv")).collect();
    for row in &gold {
        let slip = if row[1].is_empty() { row[0].to_owned() } else { format!("{}:{}", row[0], row[1]) };
        let fits = |f: &&Finding| {
            describe(f) == slip && texts(f, Lang::En).contains(row[2]) && texts(f, Lang::Zh).contains(row[3])
        };
        assert!(findings.iter().any(|f| fits(&f)), "{row:?} is not among {findings:#?}");
    }
    assert_eq!(findings.len(), gold.len(), "{findings:#?}");
    for finding in &findings {
        for (lang, text) in [(Lang::En, &english), (Lang::Zh, &chinese)] {
            for span in finding.spans(lang) {
                assert_eq!(&text[span.start..span.end], span.text);
            }
        }
        assert!((0.5..=1.0).contains(&finding.confidence), "{finding:?}");
    }
}

/// The second text is checked against the first, whichever language that is.
#[test]
fn expected_is_what_the_first_text_has() {
    let source = |text: &str| Source::from_text("t", text);
    let aligner = Aligner::builder().build().unwrap();
    let (en, zh) = ("They planted 5,600 trees in the park.\n", "他们在公园里种了560棵树。\n");
    let of = |a: &str, b: &str| check(&aligner.pair_lines(source(a), source(b)).unwrap()).remove(0);
    let (forth, back) = (of(en, zh), of(zh, en));
    assert_eq!((forth.expected.as_deref(), forth.found.as_deref()), (Some("5600"), Some("560")));
    assert_eq!((back.expected.as_deref(), back.found.as_deref()), (Some("560"), Some("5600")));
    assert_eq!((&forth.en, &forth.zh), (&back.en, &back.zh));
    let (gone, more) = ("The park was closed at nine o'clock in the evening.\n\n", "\n公园晚上九点关门。\n");
    let kinds =
        |a, b| check(&aligner.pair_lines(source(a), source(b)).unwrap()).iter().map(|f| f.kind).collect::<Vec<_>>();
    assert_eq!(kinds(gone, more), [Kind::PassageMissing, Kind::PassageAdded]);
}

#[test]
fn lines_that_do_not_pair_are_refused() {
    let source = |name: &str, text: &str| Source::from_text(name, text);
    let error =
        aligner().pair_lines(source("a.txt", "One.\nTwo.\n"), source("b.txt", "一。\n")).unwrap_err().to_string();
    assert!(error.contains("a.txt has 2") && error.contains("b.txt has 1"), "{error}");
    // A blank end is nothing.
    assert!(aligner().pair_lines(source("a.txt", "One.\n\n\n"), source("b.txt", "一。\n")).is_ok());
}

/// Chinese sentences of the call, taken out one at a time far from each other, are said to be missing; what was added to the texts
/// on purpose already is among the findings of the whole call.
#[test]
fn single_sentences_that_are_left_out() {
    let (en, zh) = (data("earnings-call/en.md"), data("earnings-call/zh.md"));
    let whole = aligner().align_sources(en.clone(), zh.clone()).unwrap();
    let long = |s: &&duiqi::Segment| s.text.chars().count() >= 12;
    let single: Vec<_> =
        whole.pairs().filter(|p| p.en().segments().count() == 1 && p.zh().segments().count() == 1).collect();
    let (mut gone, mut text) = (Vec::new(), zh.text().to_owned());
    for pair in single.iter().skip(7).step_by(25) {
        let (own, other) = (pair.zh().segments().find(long), pair.en().segments().next().unwrap());
        if let Some(own) = own {
            gone.push(other.text.clone());
            text = text.replacen(&own.text, "", 1);
        }
    }
    let alignment = aligner().align_sources(en, Source::from_text("zh.md", &text)).unwrap();
    let findings = check(&alignment);
    let told = |line: &&String| {
        findings.iter().any(|f| f.kind == Kind::PassageMissing && f.en.iter().any(|s| &s.text == *line))
    };
    let found = gone.iter().filter(told).count();
    assert!(gone.len() >= 6, "{} taken out", gone.len());
    assert!(found * 10 >= gone.len() * 8, "{found} of {} found", gone.len());
    let hints = findings.iter().filter(|f| f.severity == Severity::Info && f.message.contains("perhaps"));
    assert!(hints.into_iter().all(|f| f.confidence < 0.5));
}

/// An exchange of the call is missing in its Chinese, and a turn that is given to somebody else is told.
#[test]
fn a_turn_in_somebody_elses_mouth() {
    let (en, zh) = (data("earnings-call/en.md"), data("earnings-call/zh.md"));
    let text = zh.text().to_owned();
    let labels: Vec<&str> = text.lines().filter_map(|l| l.strip_prefix("**")?.split_once("**").map(|p| p.0)).collect();
    let mut counts: Vec<(&str, usize)> = Vec::new();
    for label in labels {
        match counts.iter_mut().find(|c| c.0 == label) {
            Some(c) => c.1 += 1,
            None => counts.push((label, 1)),
        }
    }
    counts.sort_by_key(|c| std::cmp::Reverse(c.1));
    let (one, other) = (counts[1].0, counts[2].0);
    let from = format!("**{one}**");
    let at = text.rfind(&from).unwrap();
    let changed = format!("{}**{other}**{}", &text[..at], &text[at + from.len()..]);
    let found = check(&aligner().align_sources(en, Source::from_text("zh.md", &changed)).unwrap());
    let speakers: Vec<&Finding> = found.iter().filter(|f| f.kind == Kind::Speaker).collect();
    assert_eq!(speakers.len(), 1, "{one} {other}: {speakers:#?}");
    assert!(speakers[0].severity == Severity::Error && speakers[0].confidence > 0.5);
    let start = speakers[0].zh[0].start;
    assert!((at..at + 200).contains(&start), "{start} is not near {at}");
}

/// Numbers, units, names and negations of both languages, thrown together.
fn any_line(words: &'static [&'static str]) -> impl Strategy<Value = String> {
    proptest::collection::vec(proptest::sample::select(words), 0..12).prop_map(|words| words.concat())
}

const ENGLISH: &[&str] = &[
    "$17.6 billion ",
    "fell ",
    "grew ",
    "about ",
    "not ",
    "Trainium 2 ",
    "30 to 40 percent",
    ". ",
    "March 3, 2021 ",
    "doubled ",
    "two ",
    "1/3 ",
    "-5% ",
    "Andy Jassy ",
    "\u{FEFF}",
    "é",
    "99999999999999999999999999999 ",
    "Q3 FY25 ",
    "?",
];
const CHINESE: &[&str] = &[
    "176亿美元",
    "下降",
    "增长",
    "约",
    "没有",
    "Trainium3",
    "三至四成",
    "。",
    "2021年3月3日",
    "翻了一番",
    "两",
    "三分之一",
    "负5%",
    "安迪·贾西",
    "\u{3000}",
    "𠮷",
    "九九九九亿亿",
    "2025财年第三季度",
    "？",
    "数十亿",
    "百分之",
];

proptest! {
    #![proptest_config(ProptestConfig::with_cases(96))]

    /// Whatever stands in the lines, findings point at what they say, and are in 0 to 1.
    #[test]
    fn findings_stand_where_they_say(
        en in proptest::collection::vec(any_line(ENGLISH), 3),
        zh in proptest::collection::vec(any_line(CHINESE), 3),
    ) {
        let (en, zh) = (en.join("\n") + "\n", zh.join("\n") + "\n");
        let source = |text: &str| Source::from_text("t", text);
        let Ok(alignment) = aligner().pair_lines(source(&en), source(&zh)) else { return Ok(()) };
        for finding in check(&alignment) {
            prop_assert!((0.0..=1.0).contains(&finding.confidence));
            for (lang, text) in [(Lang::En, &en), (Lang::Zh, &zh)] {
                for span in finding.spans(lang) {
                    prop_assert_eq!(text.get(span.start..span.end), Some(span.text.as_str()));
                }
            }
        }
    }
}

/// In an article, numbers of sentences that are side by side inside a link are compared. Before, such a file was always all right.
#[test]
fn numbers_inside_links_are_compared() {
    let article = include_str!("../data/mixed-article/article.txt");
    let numbers = |text: &str| -> Vec<String> {
        let findings = check(&duiqi::align_article(text).unwrap());
        findings.into_iter().filter(|f| f.kind == Kind::Number).map(|f| f.message).collect()
    };
    assert!(numbers(article).is_empty(), "{:?}", numbers(article));
    for (right, wrong) in [("处理了12 亿次", "处理了42 亿次"), ("没有八成以上签了", "没有二成以上签了")]
    {
        assert_eq!(article.matches(right).count(), 1, "{right}");
        let found = numbers(&article.replace(right, wrong));
        assert_eq!(found.len(), 1, "{wrong}: {found:?}");
    }
}

/// Both languages of a table are in one document, whose segments are counted through.
#[test]
fn numbers_of_a_table_of_pairs_are_compared() {
    let row = |en: &str, zh: &str| format!("| {en} | {zh} |\n");
    let table = |last: &str| {
        row("English", "中文")
            + &row("---", "---")
            + &row("The ferry carries 320 people.", "渡轮可载320人。")
            + &row("The crossing takes 40 minutes.", "航程为40分钟。")
            + &row("A ticket costs $18.", last)
    };
    let found = |last: &str| check(&duiqi::align_article(&table(last)).unwrap()).len();
    assert_eq!((found("票价为18美元。"), found("票价为81美元。")), (0, 1));
}
