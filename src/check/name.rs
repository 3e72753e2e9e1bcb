//! Names that are others: a product with another number, a person where the other text has somebody else, a name that is spelt in
//! two ways.

use rustc_hash::FxHashSet;

use super::finding::{Finding, Kind, Severity};
use super::stated::span;
use crate::alignment::{Alignment, Half, Pair, Relation, Span};
use crate::anchor::AnchorKind;
use crate::text::{Lang, fold};

/// Beads on either side in which a name may stand that is not in its own.
const NEAR: usize = 2;
/// How alike two spellings are that mean one name (Jaro–Winkler).
const ALIKE: f64 = 0.88;
/// Letters of the shortest name that is compared by its spelling.
const SHORTEST: usize = 4;
/// A name with another number or nearly the same letters: in 2,406 academic and literary pairs there are four such, all of them
/// misprints. What is taken off is a guess at other texts.
const CONFIDENCE_SPELLING: f64 = 0.85;
/// Somebody else's name. None in the five sets looked at; a guess.
const CONFIDENCE_PERSON: f64 = 0.8;

pub(super) fn check(alignment: &Alignment, pairs: &[Pair<'_>]) -> Vec<Finding> {
    if alignment.relation() != Relation::Parallel {
        return Vec::new();
    }
    let beads: Vec<Names> = pairs.iter().map(Names::of).collect();
    let people = People::of(alignment);
    let mut findings = Vec::new();
    for (k, pair) in pairs.iter().enumerate().filter(|(_, p)| !p.en().is_empty() && !p.zh().is_empty()) {
        let near = &beads[k.saturating_sub(NEAR)..(k + NEAR + 1).min(beads.len())];
        findings.extend(spelling(alignment.first(), pair, &beads[k], near));
        findings.extend(people.somebody_else(alignment.first(), pairs, k));
    }
    findings
}

/// Latin strings of a bead, and its English words.
struct Names {
    en: Vec<(String, Span)>,
    zh: Vec<(String, Span)>,
    english: String,
}

impl Names {
    fn of(pair: &Pair<'_>) -> Names {
        let english = fold(&pair.en().text()).to_lowercase().replace(['-', ' ', '.'], "");
        Names { en: latin(&pair.en()), zh: latin(&pair.zh()), english }
    }
}

fn latin(half: &Half<'_>) -> Vec<(String, Span)> {
    let mut out = Vec::new();
    for (segment, mentions) in half.mentions() {
        let found = mentions.iter().filter(|m| m.kind == AnchorKind::Latin);
        out.extend(found.map(|m| (m.key.to_string(), span(half.document(), segment, m.range.clone()))));
    }
    out
}

/// A Latin name in Chinese that the English does not have, where the English has one that is nearly the same and that the
/// Chinese does not have.
fn spelling(first: Lang, pair: &Pair<'_>, own: &Names, near: &[Names]) -> Vec<Finding> {
    let said = |key: &str| near.iter().any(|b| b.english.contains(&key.replace(['-', ' ', '.'], "")));
    let written = |key: &str| {
        near.iter().any(|b| b.zh.iter().any(|(k, _)| k == key || k.contains(key) || key.contains(k.as_str())))
    };
    let mut findings = Vec::new();
    for (zh_key, zh) in own.zh.iter().filter(|(key, _)| key.len() >= SHORTEST && !said(key)) {
        let twin = own.en.iter().filter(|(key, _)| key.len() >= SHORTEST && !written(key));
        if let Some((_, en)) = twin.into_iter().find(|(key, _)| alike(key, zh_key)) {
            findings.push(finding(first, pair, en.clone(), zh.clone(), CONFIDENCE_SPELLING));
        }
    }
    findings
}

/// The same letters with another number, or nearly the same letters.
fn alike(a: &str, b: &str) -> bool {
    let letters = |s: &str| s.trim_end_matches(|c: char| c.is_ascii_digit() || c == '.').to_owned();
    (letters(a) == letters(b) && a != b && !letters(a).is_empty()) || strsim::jaro_winkler(a, b) >= ALIKE
}

fn finding(first: Lang, pair: &Pair<'_>, en: Span, zh: Span, confidence: f64) -> Finding {
    let (a, b) = if first == Lang::En { (&en, &zh) } else { (&zh, &en) };
    Finding {
        kind: Kind::Name,
        severity: Severity::Error,
        confidence: confidence * pair.confidence(),
        pair: pair.id(),
        expected: Some(a.text.clone()),
        found: Some(b.text.clone()),
        message: format!("“{}” has become “{}”", a.text, b.text),
        en: vec![en],
        zh: vec![zh],
        slip: None,
    }
}

/// The speakers, as they are mentioned in the text.
struct People {
    /// For each speaker the parts of the name that nobody else has: English, Chinese.
    parts: Vec<(Vec<String>, Vec<String>)>,
}

impl People {
    fn of(alignment: &Alignment) -> People {
        let parts = |names: &[String], least: usize| -> Vec<String> {
            let cut = |name: &String| -> Vec<String> {
                let parts = name.split(|c: char| c.is_whitespace() || matches!(c, '·' | '•' | '‧' | '・'));
                parts.filter(|p| p.chars().count() >= least).map(str::to_owned).collect()
            };
            names.iter().flat_map(cut).collect()
        };
        let known = alignment.speakers().iter().filter(|s| !s.en.is_empty() && !s.zh.is_empty());
        let mut people = People { parts: known.map(|s| (parts(&s.en, 3), parts(&s.zh, 2))).collect() };
        let mut seen: FxHashSet<String> = FxHashSet::default();
        let mut twice: FxHashSet<String> = FxHashSet::default();
        for (en, zh) in &people.parts {
            let own: FxHashSet<&String> = en.iter().chain(zh).collect();
            for part in own {
                if !seen.insert(part.clone()) {
                    twice.insert(part.clone());
                }
            }
        }
        for (en, zh) in &mut people.parts {
            en.retain(|p| !twice.contains(p));
            zh.retain(|p| !twice.contains(p));
        }
        people.parts.retain(|(en, zh)| !en.is_empty() && !zh.is_empty());
        people
    }

    /// Where the person stands in a half.
    fn place(&self, person: usize, half: &Half<'_>) -> Option<Span> {
        let names = match half.lang() {
            Lang::En => &self.parts[person].0,
            Lang::Zh => &self.parts[person].1,
        };
        half.segments().find_map(|segment| {
            let at = |name: &String| segment.text.find(name.as_str()).filter(|&at| is_word(&segment.text, at, name));
            let (at, name) = names.iter().find_map(|name| Some((at(name)?, name)))?;
            Some(span(half.document(), segment, at..at + name.len()))
        })
    }

    /// A person in one half who is not in the other nor near it, where the other has a person of whom the same is true.
    fn somebody_else(&self, first: Lang, pairs: &[Pair<'_>], k: usize) -> Option<Finding> {
        let near = k.saturating_sub(NEAR)..(k + NEAR + 1).min(pairs.len());
        let only = |lang: Lang| {
            (0..self.parts.len()).find_map(|person| {
                let place = self.place(person, &pairs[k].half(lang))?;
                let elsewhere = near.clone().any(|n| self.place(person, &pairs[n].half(lang.other())).is_some());
                (!elsewhere).then_some(place)
            })
        };
        let en = only(Lang::En)?;
        let zh = only(Lang::Zh)?;
        Some(finding(first, &pairs[k], en, zh, CONFIDENCE_PERSON))
    }
}

/// Whether a Latin name at byte `at` is a word of its own.
fn is_word(text: &str, at: usize, name: &str) -> bool {
    let before = text[..at].chars().next_back();
    let after = text[at + name.len()..].chars().next();
    !name.is_ascii()
        || !(before.is_some_and(|c| c.is_ascii_alphabetic()) || after.is_some_and(|c| c.is_ascii_alphabetic()))
}
