//! Compares quantities with the tables in `cases/quantities`, and tests all notations of one number.
// The helpers of a test fail like the test itself.
#![allow(clippy::unwrap_used)]

#[path = "quantities/notations.rs"]
mod notations;

use duiqi::train::{
    anchor::{AnchorKey, mentions},
    quantity::{Key, is_opposite, matched},
};
use duiqi::{AnchorKind, Lang, Quantity, Value, quantity::Number, values};
use proptest::prelude::*;

const ENGLISH: &str = include_str!("cases/quantities/english.tsv");
const CHINESE: &str = include_str!("cases/quantities/chinese.tsv");
const NONE: &str = include_str!("cases/quantities/none.tsv");
const PAIRS: &str = include_str!("cases/quantities/pairs.tsv");

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

/// Runs `wrong` on every row; it returns the error of the row, if there is one.
fn check(file: &str, least: usize, wrong: impl Fn(&[&str]) -> Option<String>) {
    let cases = rows(file).count();
    let found: Vec<String> = rows(file).filter_map(|row| wrong(&row)).collect();
    assert!(found.is_empty(), "{} of {cases} wrong:\n{}", found.len(), found.join("\n"));
    assert!(cases >= least, "only {cases} cases");
}

/// A row has a text and its values as [`Value`] displays them, separated by "; ".
fn misread(row: &[&str], lang: Lang) -> Option<String> {
    let found = describe(&values(row[0], lang));
    let expected = row.get(1).copied().unwrap_or_default();
    (found != expected).then(|| format!("{}: found {found:?}, not {expected:?}", row[0]))
}

#[test]
fn reads_english_quantities() {
    check(ENGLISH, 1500, |row| misread(row, Lang::En));
}

#[test]
fn reads_chinese_quantities() {
    check(CHINESE, 1500, |row| misread(row, Lang::Zh));
}

#[test]
fn finds_no_value_where_none_is() {
    check(NONE, 600, |row| {
        let found = describe(&values(row[1], lang(row[0])));
        (!found.is_empty()).then(|| format!("{}: {found}", row[1]))
    });
}

/// Every row has `same` or `different`, an English text and a Chinese text. Same: all values match. Different: at least
/// one value does not match.
#[test]
fn compares_values_across_languages() {
    check(PAIRS, 500, |row| {
        let (en, zh) = (values(row[1], Lang::En), values(row[2], Lang::Zh));
        let pairs = matched(&en, &zh);
        let all = pairs.len() == en.len() && pairs.len() == zh.len();
        let same = all && !pairs.iter().any(|&(i, j)| is_opposite(&en[i], &zh[j]));
        let right = same == (row[0] == "same");
        (!right).then(|| format!("{} {} | {}: {} | {}", row[0], row[1], row[2], describe(&en), describe(&zh)))
    });
}

/// The keys that a value may have in the aligner: its own, and those of both ends of a range.
fn keys(value: &Value) -> Vec<Key> {
    let ends = match value.quantity {
        Quantity::Number(mut number @ Number { low, high: Some(high), .. }) => {
            number.high = None;
            let end = |low| {
                number.low = low;
                Quantity::Number(number)
            };
            [low, high].map(end).to_vec()
        }
        quantity => vec![quantity],
    };
    ends.iter().chain([&value.quantity]).filter_map(Key::of).collect()
}

/// The aligner and `check` agree: each number that the aligner uses is that of a value at the same place.
#[test]
fn keys_are_those_of_values() {
    for (file, lang) in [(ENGLISH, Lang::En), (CHINESE, Lang::Zh)] {
        check(file, 1500, |row| {
            let values = values(row[0], lang);
            let mentions = mentions(row[0], lang).into_iter().filter(|m| m.kind == AnchorKind::Number);
            let strange = |m: &duiqi::train::anchor::Mention| {
                let AnchorKey::Value(key) = m.key else { return true };
                let here = |v: &&Value| v.range.start <= m.range.start && m.range.end <= v.range.end;
                !values.iter().find(here).is_some_and(|v| keys(v).contains(&key))
            };
            let strange: Vec<String> = mentions.filter(strange).map(|m| m.key.to_string()).collect();
            (!strange.is_empty()).then(|| format!("{}: {strange:?} | {}", row[0], describe(&values)))
        });
    }
}

fn check_ranges(text: &str, lang: Lang) -> Result<(), TestCaseError> {
    let mut end = 0;
    for value in values(text, lang) {
        prop_assert!(value.range.start >= end && value.range.start < value.range.end);
        prop_assert!(text.get(value.range.clone()).is_some());
        end = value.range.end;
    }
    Ok(())
}

proptest! {
    /// Ranges are on character boundaries and in order; none is inside another; and no text makes the reader fail.
    #[test]
    fn any_text_is_read(text in "[\\PC万亿千百十半点第年月日%$¥0-9,.\\-～ a-z翻倍成折]{0,60}") {
        check_ranges(&text, Lang::En)?;
        check_ranges(&text, Lang::Zh)?;
    }

    /// The same, with characters that Chinese expressions use.
    #[test]
    fn any_chinese_text_is_read(text in "[零〇一二两三五九廿十百千万亿兆几数半多余来好成倍番翻折减增长下降至到约近破第年月日时点分秒刻块元角毛钱财季上下个世纪代前负5.0:%，。之间和-]{0,40}") {
        check_ranges(&text, Lang::Zh)?;
    }

    /// The same, with words that English expressions use.
    #[test]
    fn any_english_text_is_read(text in "((one|two|third|half|a|hundred|million|and|point|quarter|oct|may|of|percent|to|or|dozen|5|20|1,000|FY|Q3|\\$|-|mid|low|single|digits|cents|feet|hours|at|least|fell|doubled|out|in)[ -]?){0,14}") {
        check_ranges(&text, Lang::En)?;
    }

    /// One amount of money in all usual notations of both languages.
    #[test]
    fn all_notations_of_an_amount_are_one_value(digits in 1u64..100_000, zeros in 0u32..9) {
        let amount = notations::Amount::new(digits, zeros);
        for (lang, text) in amount.notations() {
            let found = values(&text, lang);
            prop_assert!(found.len() == 1, "{}: {}", text, describe(&found));
            let Quantity::Number(number) = found[0].quantity else {
                return Err(TestCaseError::fail(format!("{text}: {}", found[0])));
            };
            prop_assert!(number.low == amount.value() && number.high.is_none(), "{}: {} is not {}", text, found[0], amount.value());
            prop_assert_eq!(number.unit.map(|u| u.symbol()), Some("USD"), "{}", text);
        }
    }
}

#[test]
fn long_input_takes_linear_time() {
    let patterns = [
        "7", "1,", "1,1", "1.", "1 ", "1:", "1-", "一", "一万", "十", "一点", "one ", "one-", "and a ", "5 to ",
        "三至", "$", "1/", "第", "Q3", "(1", "多",
    ];
    for pattern in patterns {
        let text = pattern.repeat(300_000 / pattern.len());
        for lang in [Lang::En, Lang::Zh] {
            let start = std::time::Instant::now();
            values(&text, lang);
            assert!(start.elapsed().as_secs() < 6, "{pattern} took {:?}", start.elapsed());
        }
    }
}
