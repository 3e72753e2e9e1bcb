//! Turns that are put into somebody else's mouth.

use super::finding::{Finding, Kind, Severity};
use super::stated::spans;
use crate::alignment::{Alignment, Pair};
use crate::text::Lang;

pub(super) fn check(alignment: &Alignment, pairs: &[Pair<'_>]) -> Vec<Finding> {
    let mut findings: Vec<Finding> = Vec::new();
    let mut last = None;
    for pair in pairs {
        let turns = (pair.en().turn(), pair.zh().turn());
        let (Some(false), Some(en), Some(zh)) = (pair.same_speaker(), pair.en().speaker(), pair.zh().speaker()) else {
            continue;
        };
        // One finding a pair of turns, with all their sentences.
        if last == Some(turns)
            && let Some(finding) = findings.last_mut()
        {
            finding.en.extend(spans(&pair.en()));
            finding.zh.extend(spans(&pair.zh()));
            finding.confidence = finding.confidence.max(confidence(alignment, pair, &en.name, &zh.name));
            continue;
        }
        last = Some(turns);
        let (first, second) = if alignment.first() == Lang::En { (en, zh) } else { (zh, en) };
        findings.push(Finding {
            kind: Kind::Speaker,
            severity: Severity::Error,
            confidence: confidence(alignment, pair, &en.name, &zh.name),
            pair: pair.id(),
            en: spans(&pair.en()),
            zh: spans(&pair.zh()),
            expected: Some(first.name.clone()),
            found: Some(second.name.clone()),
            slip: None,
            message: format!("{} says it in one text, {} in the other", first.name, second.name),
        });
    }
    findings
}

/// The pair must be right, and both speakers must be known.
fn confidence(alignment: &Alignment, pair: &Pair<'_>, en: &str, zh: &str) -> f64 {
    let sure = |name: &str, lang: Lang| {
        let has = |s: &&crate::anchor::speaker::Speaker| {
            let names = if lang == Lang::En { &s.en } else { &s.zh };
            names.iter().any(|n| n == name)
        };
        alignment.speakers().iter().find(has).map_or(0.0, |s| s.confidence)
    };
    pair.confidence() * sure(en, Lang::En).max(sure(zh, Lang::Zh))
}
