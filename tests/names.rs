//! Names in running text, against the tables in `cases/names` and `cases/anchoring`.
// The helpers of a test fail like the test itself.
#![allow(clippy::unwrap_used)]

use duiqi::{
    Glossary,
    names::{Names, Reason},
};
use proptest::prelude::*;

/// Lines of a case file without its comments, as columns.
fn rows(file: &str) -> impl Iterator<Item = Vec<&str>> {
    file.lines().filter(|l| !l.starts_with('#') && !l.is_empty()).map(|l| l.split('\t').collect())
}

fn names() -> Names {
    Names::new().unwrap()
}

#[test]
fn names_that_are_one_score_high() {
    let names = names();
    let cases: Vec<Vec<&str>> = rows(include_str!("cases/anchoring/names_same.tsv")).collect();
    assert!(cases.len() >= 250);
    let wrong: Vec<_> = cases.iter().filter(|r| names.likeness(r[0], r[1]).score < 0.5).collect();
    assert!(wrong.is_empty(), "{wrong:?}");
}

#[test]
fn names_that_are_two_score_low() {
    let names = names();
    let cases: Vec<Vec<&str>> = rows(include_str!("cases/anchoring/names_different.tsv")).collect();
    assert!(cases.len() >= 200);
    let wrong: Vec<_> = cases.iter().filter(|r| names.likeness(r[0], r[1]).score >= 0.5).collect();
    assert!(wrong.is_empty(), "{wrong:?}");
}

/// Every name against the Chinese of every other: how often two names are taken for one.
#[test]
fn names_are_seldom_taken_for_each_other() {
    let cases: Vec<Vec<&str>> = rows(include_str!("cases/anchoring/names_same.tsv")).step_by(2).collect();
    let names = names();
    let last = |name: &str| name.rsplit(' ').next().unwrap_or_default().to_lowercase();
    let (mut pairs, mut wrong) = (0, 0);
    for a in &cases {
        for b in cases.iter().filter(|b| !shares_a_word(a[0], b[0]) && last(a[0]) != last(b[0])) {
            pairs += 1;
            wrong += usize::from(names.likeness(a[0], b[1]).score >= 0.5);
        }
    }
    assert!(pairs > 10_000);
    assert!(wrong * 1000 <= pairs, "{wrong} of {pairs}");
}

fn shares_a_word(a: &str, b: &str) -> bool {
    let (a, b) = (a.to_lowercase(), b.to_lowercase());
    a.split_whitespace().any(|x| b.split_whitespace().any(|y| x == y))
}

#[test]
fn likeness_says_why() {
    let glossary = Glossary::from_tsv("terms", "Copperline Research\t铜线研究所").unwrap();
    let mut names = names().with_glossary(glossary);
    names.learn("铜线公司(Copperline Partners)");
    let of = |en: &str, zh: &str| names.likeness(en, zh).reason;
    assert_eq!(of("Copperline Research", "铜线研究所"), Some(Reason::Glossary));
    assert_eq!(of("COPPERLINE PARTNERS", "铜线公司"), Some(Reason::ExplicitPair));
    assert_eq!(of("Halvane", "HALVANE"), Some(Reason::Identical));
    assert_eq!(of("Ministry of Finance", "财政部"), Some(Reason::Lexicon));
    assert_eq!(of("Mara Quist", "玛拉·奎斯特"), Some(Reason::Transliteration));
    assert_eq!(of("", "玛拉"), None);
    assert_eq!(of("Mara", ""), None);
    for (en, zh) in [
        ("Halvane Systems", "哈尔文系统公司"),
        ("Whitmoor Securities", "惠特摩尔证券"),
        ("Waverdale Capital", "韦弗代尔资本"),
    ] {
        assert!(names.likeness(en, zh).score >= 0.5, "{en} {zh}");
    }
    for (en, zh) in
        [("Halvane Systems", "科里登系统公司"), ("Altbruck Bank", "托瓦莱银行"), ("Whitmoor Securities", "星川证券")]
    {
        assert!(names.likeness(en, zh).score < 0.5, "{en} {zh}");
    }
}

#[test]
fn stated_pairs_are_found() {
    let names = names();
    let mut wrong = Vec::new();
    let mut cases = 0;
    for row in rows(include_str!("cases/names/explicit.tsv")) {
        cases += 1;
        let text = row[0];
        let found: Vec<String> = names
            .stated(text)
            .into_iter()
            .map(|p| {
                let short = p.short.map(|s| format!("/{}", &text[s])).unwrap_or_default();
                format!("{}={}{short}", &text[p.en], &text[p.zh])
            })
            .collect();
        if found.join("; ") != row[1] {
            wrong.push(format!("{text}: {found:?}"));
        }
    }
    assert!(cases >= 30);
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn shared_names_are_found() {
    let names = names();
    let mut wrong = Vec::new();
    for row in rows(include_str!("cases/names/shared.tsv")) {
        let found: Vec<String> =
            names.shared(row[0], row[1]).into_iter().map(|m| format!("{}={}", &row[0][m.en], &row[1][m.zh])).collect();
        if found.join("; ") != row[2] {
            wrong.push(format!("{}: {found:?}", row[0]));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn glossary_and_stated_pairs_come_first() {
    let glossary = Glossary::from_tsv("terms", "heat pump\t热泵").unwrap();
    let mut names = names().with_glossary(glossary);
    names.learn("子午码头资本（Meridian Quay Capital，简称子午）说");
    let (en, zh) = ("Meridian Quay Capital bought the heat pumps.", "子午买下了这些热泵。");
    let found: Vec<_> = names.shared(en, zh).into_iter().map(|m| (&en[m.en], &zh[m.zh], m.reason)).collect();
    assert_eq!(
        found,
        [("Meridian Quay Capital", "子午", Reason::ExplicitPair), ("heat pumps", "热泵", Reason::Glossary)]
    );
}

/// Names of one sentence are not found in another that has none of them.
#[test]
fn nothing_is_shared_by_sentences_apart() {
    let names = names();
    let cases: Vec<Vec<&str>> = rows(include_str!("cases/names/shared.tsv")).collect();
    let (mut pairs, mut wrong) = (0, Vec::new());
    let name_words = |cell: &str| cell.replace(['=', ';', '·'], " ");
    for a in cases.iter().filter(|a| !a[2].is_empty()) {
        for b in cases.iter().filter(|b| !b[2].is_empty() && !shares_a_word(&name_words(a[2]), &name_words(b[2]))) {
            pairs += 1;
            wrong.extend(names.shared(a[0], b[1]).into_iter().map(|m| format!("{} {}", &a[0][m.en], &b[1][m.zh])));
        }
    }
    assert!(pairs > 150 && wrong.len() <= 1, "{pairs} {wrong:?}");
}

#[test]
fn long_texts_take_no_quadratic_time() {
    let names = names();
    for pattern in ["(", "（A", "摩根大通(JPMorgan)", "Ye Wenjie (叶文洁) ", "(((汉字", "汉字(", "“A”(B)", "《"]
    {
        let text = pattern.repeat(300_000 / pattern.len());
        let start = std::time::Instant::now();
        names.stated(&text);
        assert!(start.elapsed().as_secs() < 20, "{pattern} took {:?}", start.elapsed());
    }
}

proptest! {
    #[test]
    fn ranges_are_on_boundaries(
        en in "([A-Z][a-z]{1,8}|Ye|Wenjie|Mara|of|the|é|’s|, |\\. |\\PC| ){0,20}",
        zh in "([叶文洁玛拉奎斯特马哈尼·的说，。（）(）A-C]|Mara|\\PC){0,24}",
    ) {
        let mut names = names();
        for text in [&en, &zh] {
            for pair in names.stated(text) {
                prop_assert!(text.get(pair.en.clone()).is_some_and(|t| !t.is_empty()));
                prop_assert!(text.get(pair.zh.clone()).is_some_and(|t| !t.is_empty()));
                prop_assert!(pair.short.is_none_or(|s| text.get(s).is_some_and(|t| !t.is_empty())));
            }
            names.learn(text);
        }
        let score = names.likeness(&en, &zh).score;
        prop_assert!((0.0..=1.0).contains(&score));
        let (mut last, mut taken) = (0, Vec::<std::ops::Range<usize>>::new());
        for m in names.shared(&en, &zh) {
            prop_assert!(en.get(m.en.clone()).is_some_and(|t| !t.is_empty()) && m.en.start >= last);
            prop_assert!(zh.get(m.zh.clone()).is_some_and(|t| !t.is_empty()));
            prop_assert!(taken.iter().all(|t| t.end <= m.zh.start || m.zh.end <= t.start));
            prop_assert!((0.5..=1.0).contains(&m.confidence));
            last = m.en.end;
            taken.push(m.zh);
        }
    }
}

/// Labels that name neither a person nor a role are text, unless the other text has labels, too.
#[test]
fn doubtful_labels_on_one_side_are_text() {
    let english = "Alpha Centre: We open at nine every day.\n\nBeta House: You can park behind the gate.\n\n\
                   Alpha Centre: I would book early.\n\nBeta House: Do you bring a bag? We keep it.";
    let plain = "中心每天九点开门。\n\n您可以把车停在大门后面。\n\n建议尽早预订。\n\n带包了吗？我们代为保管。";
    let labelled = "甲中心：我们每天九点开门。\n\n乙馆：您可以把车停在大门后面。\n\n甲中心：我建议尽早预订。\n\n\
                    乙馆：您带包了吗？我们代为保管。";
    let first = |chinese: &str| {
        let alignment = duiqi::align(english, chinese).unwrap();
        let pair = alignment.pairs().next().unwrap();
        (pair.en().text(), pair.en().speaker().map(|label| label.name.clone()))
    };
    assert_eq!(first(plain), ("Alpha Centre: We open at nine every day.".to_owned(), None));
    assert_eq!(first(labelled), ("We open at nine every day.".to_owned(), Some("Alpha Centre".to_owned())));
}
