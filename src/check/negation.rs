//! A "not" that is on one side only.

use super::finding::{Finding, Kind, Severity};
use super::stated::spans;
use crate::alignment::{Alignment, Pair, Relation};
use crate::text::{fold, is_han};

/// Words that deny, in lower case, whole words. Behind them stands what is denied; questions and comparisons are left out below.
const ENGLISH: &[&str] = &["not", "never", "cannot", "nobody", "nothing", "none", "neither", "nowhere"];
/// What makes an English sentence negative in meaning where Chinese would have a 不 or 没.
const ENGLISH_LOOSE: &[&str] = &[
    "no",
    "nor",
    "without",
    "less",
    "least",
    "few",
    "fewer",
    "little",
    "hardly",
    "scarcely",
    "barely",
    "rarely",
    "seldom",
    "rather",
    "instead",
    "unless",
    "until",
    "but",
    "only",
    "fail",
    "failed",
    "fails",
    "failure",
    "refuse",
    "refused",
    "lack",
    "lacked",
    "lacking",
    "deny",
    "denied",
    "avoid",
    "avoided",
    "stop",
    "stopped",
    "prevent",
    "free",
    "too",
    "anything",
    "away",
    "out",
    "off",
    "yet",
    "far",
    "beyond",
    "different",
    "otherwise",
    "before",
    "except",
    "forbid",
    "forbade",
    "forbidden",
    "jerk",
    "worse",
    "foolish",
    "alone",
    "leave",
    "enough",
    "same",
    "even",
    "always",
    "else",
    "against",
    "doubt",
    "impossible",
    "decline",
    "declined",
    "idle",
    "still",
];
/// Beginnings and ends of words that deny.
const PREFIXES: [&str; 8] = ["un", "in", "im", "ir", "il", "dis", "non", "mis"];
const SUFFIXES: [&str; 2] = ["less", "n't"];
/// Chinese negation that has one meaning; 不 alone is a part of many words.
const CHINESE: [&str; 12] =
    ["没有", "不是", "不会", "不能", "并未", "从未", "尚未", "不可能", "并不", "并非", "决不", "绝不"];
/// Any of these in a Chinese sentence may carry an English "not".
const CHINESE_LOOSE: &str =
    "不没无未非别勿莫毋否难免拒禁止失缺少甭弗休匪岂哪怎谁吗呢何才只反除怕忘光尽仅懒始唯惟记放维破白各异几戒停离远";

/// Just above what is shown: eight of 2,406 academic and literary pairs that agree are reported. How many true ones are found was not
/// measured.
const CONFIDENCE: f64 = 0.55;
/// Segments of the longest bead that is looked at: in more, a denial may be said in any way.
const LONGEST: usize = 1;

pub(super) fn check(alignment: &Alignment, pairs: &[Pair<'_>]) -> Vec<Finding> {
    if alignment.relation() != Relation::Parallel {
        return Vec::new();
    }
    let fits = |p: &&Pair<'_>| (1..=LONGEST).contains(&p.en().len()) && (1..=LONGEST).contains(&p.zh().len());
    pairs.iter().filter(fits).filter_map(lost).collect()
}

fn lost(pair: &Pair<'_>) -> Option<Finding> {
    let (en, zh) = (fold(&pair.en().text()).to_lowercase().replace('’', "'"), fold(&pair.zh().text()));
    // Code and lines that are not translated do not deny anything. A question tag, or a "not" that strengthens, need no
    // counterpart.
    if !zh.contains(is_han) || en.contains('?') || zh.contains(['?', '？']) {
        return None;
    }
    let words: Vec<&str> = en.split(|c: char| !(c.is_alphanumeric() || c == '\'')).filter(|w| !w.is_empty()).collect();
    let denies = |w: &&str| ENGLISH.contains(w) || w.ends_with("n't");
    let hints = |w: &&str| {
        denies(w)
            || ENGLISH_LOOSE.contains(w)
            || PREFIXES.iter().any(|p| w.len() > p.len() + 3 && w.starts_with(p))
            || SUFFIXES.iter().any(|s| w.len() > s.len() && w.ends_with(s))
    };
    let english = words.iter().filter(|w| denies(w)).count();
    let (only_en, only_zh) = (
        english > 0 && !words.contains(&"only") && !zh.chars().any(|c| CHINESE_LOOSE.contains(c)),
        !words.iter().any(hints) && CHINESE.iter().any(|w| zh.contains(w)),
    );
    if !only_en && !only_zh {
        return None;
    }
    let (with, without) = if only_en { ("English", "Chinese") } else { ("Chinese", "English") };
    Some(Finding {
        kind: Kind::Negation,
        severity: Severity::Warning,
        confidence: CONFIDENCE * pair.confidence(),
        pair: pair.id(),
        en: spans(&pair.en()),
        zh: spans(&pair.zh()),
        expected: None,
        found: None,
        slip: None,
        message: format!("the {with} says no, the {without} does not"),
    })
}
