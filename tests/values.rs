//! Values against the tables in `cases/values`.
// The helpers of a test fail like the test itself.
#![allow(clippy::unwrap_used)]

use duiqi::anchor::value::matched;
use duiqi::anchor::{Value, values};
use duiqi::text::Lang;
use proptest::prelude::*;

/// Lines of a case file without its comments, as columns.
fn rows(file: &str) -> impl Iterator<Item = Vec<&str>> {
    file.lines().filter(|l| !l.starts_with('#') && !l.trim().is_empty()).map(|l| l.split('\t').collect())
}

fn lang(code: &str) -> Lang {
    if code == "zh" { Lang::Zh } else { Lang::En }
}

fn describe(found: &[Value]) -> String {
    found.iter().map(ToString::to_string).collect::<Vec<_>>().join("; ")
}

/// Every row: a text, and its values as [`Value`] shows them, apart by "; ".
fn check(file: &str, lang: Lang, least: usize) {
    let mut wrong = Vec::new();
    let mut cases = 0;
    for row in rows(file) {
        cases += 1;
        let found = describe(&values(row[0], lang));
        let expected = row.get(1).copied().unwrap_or_default();
        if found != expected {
            wrong.push(format!("{}: found {found:?}, not {expected:?}", row[0]));
        }
    }
    assert!(wrong.is_empty(), "{} of {cases} wrong:\n{}", wrong.len(), wrong.join("\n"));
    assert!(cases >= least, "only {cases} cases");
}

#[test]
fn reads_english_values() {
    check(include_str!("cases/values/english.tsv"), Lang::En, 400);
}

#[test]
fn reads_chinese_values() {
    check(include_str!("cases/values/chinese.tsv"), Lang::Zh, 400);
}

#[test]
fn finds_no_value_where_none_is() {
    let mut wrong = Vec::new();
    let mut cases = 0;
    for row in rows(include_str!("cases/values/none.tsv")) {
        cases += 1;
        let found = describe(&values(row[1], lang(row[0])));
        if !found.is_empty() {
            wrong.push(format!("{}: {found}", row[1]));
        }
    }
    assert!(wrong.is_empty(), "{} of {cases} wrong:\n{}", wrong.len(), wrong.join("\n"));
    assert!(cases >= 300, "only {cases} cases");
}

/// Every row: `same` or `different`, an English text and a Chinese one. Same: all their values belong together; different:
/// one at least does not.
#[test]
fn compares_values_across_languages() {
    let mut wrong = Vec::new();
    let mut cases = 0;
    for row in rows(include_str!("cases/values/pairs.tsv")) {
        cases += 1;
        let (en, zh) = (values(row[1], Lang::En), values(row[2], Lang::Zh));
        let pairs = matched(&en, &zh);
        let same = pairs.len() == en.len() && pairs.len() == zh.len();
        if same != (row[0] == "same") {
            wrong.push(format!("{} | {}: {} | {}", row[1], row[2], describe(&en), describe(&zh)));
        }
    }
    assert!(wrong.is_empty(), "{} of {cases} wrong:\n{}", wrong.len(), wrong.join("\n"));
    assert!(cases >= 150, "only {cases} cases");
}

proptest! {
    /// The same over the characters that Chinese expressions are made of.
    #[test]
    fn any_chinese_text_is_read(text in "[零〇一二两三五九廿十百千万亿几数半多余来好成倍番翻折减增长下降至到约近破第年月日时点分秒刻块元角毛钱财季上下个世纪代前负5.0:%，。之间和-]{0,40}") {
        let mut end = 0;
        for value in values(&text, Lang::Zh) {
            prop_assert!(value.range.start >= end && value.range.start < value.range.end);
            prop_assert!(text.get(value.range.clone()).is_some());
            end = value.range.end;
        }
    }

    /// Ranges are on character boundaries, in order, none inside another; and no text makes the reader fail.
    #[test]
    fn any_text_is_read(text in "[\\PC万亿千百十半点第年月日%$¥0-9,.\\-～ a-z翻倍成折]{0,60}") {
        for lang in [Lang::En, Lang::Zh] {
            let mut end = 0;
            for value in values(&text, lang) {
                prop_assert!(value.range.start >= end && value.range.start < value.range.end);
                prop_assert!(text.get(value.range.clone()).is_some());
                end = value.range.end;
            }
        }
    }
}
