//! Passages that are missing, added or moved.

use rustc_hash::FxHashMap;

use super::finding::{Finding, Kind, LEAST_CONFIDENCE, Severity};
use super::stated::{span, spans};
use crate::alignment::{Alignment, Pair, Relation, Span};
use crate::text::Lang;

/// Probability from which a sentence that has been joined to others is told of. With it nine of ten single sentences that are taken
/// out of one side are found; of those that are there, one in 1,126 is told of as well in academic text, 38 in 1,951 in freely
/// rendered literature: `benches/accuracy.md`. Under [`LEAST_CONFIDENCE`] it is a hint.
const LEAST_OMISSION: f64 = 0.1;
/// Characters of the shortest passage whose absence is an error: less may be an interjection or a heading.
const LEAST_LENGTH: [(Lang, usize); 2] = [(Lang::En, 30), (Lang::Zh, 10)];

pub(super) fn check(alignment: &Alignment, pairs: &[Pair<'_>]) -> Vec<Finding> {
    let mut findings = Vec::new();
    let mut k = 0;
    // Blank lines, which only line by line are segments, say nothing.
    let blank = |p: &Pair<'_>| p.en().text().is_empty() && p.zh().text().is_empty();
    let pairs: Vec<Pair<'_>> = pairs.iter().filter(|p| !blank(p)).copied().collect();
    while k < pairs.len() {
        let what = What::of(&pairs[k]);
        let end = k + pairs[k..].iter().take_while(|p| What::of(p) == what).count();
        let run = &pairs[k..end];
        match what {
            // In a pair of texts without order most passages have no counterpart, and that is no finding.
            What::Alone(lang) if alignment.relation() == Relation::Parallel => {
                findings.push(alone(alignment, run, lang));
            }
            What::Moved => findings.push(moved(run)),
            _ => {}
        }
        k = end;
    }
    findings.extend(omissions(alignment, &pairs));
    findings
}

/// Whether a finding says of a passage that one side perhaps lacks it.
pub(super) fn is_hint(finding: &Finding) -> bool {
    matches!(finding.kind, Kind::PassageMissing | Kind::PassageAdded) && finding.confidence >= LEAST_OMISSION
}

/// Sentences that stand in one bead with a neighbour, and of which the other text says nothing.
fn omissions(alignment: &Alignment, pairs: &[Pair<'_>]) -> Vec<Finding> {
    let likely = alignment.omissions().iter().filter(|o| o.probability >= LEAST_OMISSION);
    let in_pair = |p| [Lang::En, Lang::Zh].into_iter().flat_map(move |lang| holds(p, lang));
    let pair_of: FxHashMap<(usize, usize), &Pair<'_>> = pairs.iter().flat_map(in_pair).collect();
    let mut findings: Vec<Finding> = Vec::new();
    for omission in likely {
        let segment = alignment.side(omission.lang).segment(omission.segment);
        let Some(pair) = pair_of.get(&(omission.lang as usize, segment.index)) else { continue };
        let text = span(pair.half(omission.lang).document(), segment, 0..segment.text.len());
        findings.push(missing(alignment, vec![text], omission.lang, omission.probability, pair.id()));
    }
    findings
}

#[derive(PartialEq)]
enum What {
    Alone(Lang),
    Moved,
    Paired,
}

impl What {
    fn of(pair: &Pair<'_>) -> What {
        match (pair.en().is_empty(), pair.zh().is_empty()) {
            (false, true) => What::Alone(Lang::En),
            (true, false) => What::Alone(Lang::Zh),
            _ if pair.is_moved() => What::Moved,
            _ => What::Paired,
        }
    }
}

/// The segments of a half, with their pair.
fn holds<'p, 'a>(pair: &'p Pair<'a>, lang: Lang) -> impl Iterator<Item = ((usize, usize), &'p Pair<'a>)> {
    pair.half(lang).segments().map(move |s| ((lang as usize, s.index), pair))
}

/// A run of pairs that only one side has.
fn alone(alignment: &Alignment, run: &[Pair<'_>], lang: Lang) -> Finding {
    let all: Vec<_> = run.iter().flat_map(|p| spans(&p.half(lang))).collect();
    missing(alignment, all, lang, mean(run), run.first().map_or(0, Pair::id))
}

/// Sentences that only one side has.
fn missing(alignment: &Alignment, all: Vec<Span>, lang: Lang, confidence: f64, pair: usize) -> Finding {
    let length: usize = all.iter().map(|s| s.text.chars().count()).sum();
    let least = LEAST_LENGTH.iter().find(|l| l.0 == lang).map_or(0, |l| l.1);
    let (kind, what) = if lang == alignment.first() {
        (Kind::PassageMissing, "missing in the other text")
    } else {
        (Kind::PassageAdded, "in this text only")
    };
    let doubtful = confidence < LEAST_CONFIDENCE;
    let severity = match kind {
        _ if doubtful || length < least => Severity::Info,
        Kind::PassageMissing => Severity::Error,
        _ => Severity::Warning,
    };
    let is = if doubtful { "is perhaps" } else { "is" };
    let message = match all.len() {
        1 => format!("a sentence {is} {what}"),
        n => format!("a passage of {n} sentences {is} {what}"),
    };
    let (en, zh) = if lang == Lang::En { (all, Vec::new()) } else { (Vec::new(), all) };
    Finding { kind, severity, confidence, pair, en, zh, expected: None, found: None, slip: None, message }
}

fn moved(run: &[Pair<'_>]) -> Finding {
    let side = |lang: Lang| run.iter().flat_map(|p| spans(&p.half(lang))).collect::<Vec<_>>();
    let (en, zh) = (side(Lang::En), side(Lang::Zh));
    let message = format!("a passage of {} sentences stands elsewhere in the other text", en.len().max(zh.len()));
    Finding {
        kind: Kind::PassageMoved,
        severity: Severity::Warning,
        confidence: mean(run),
        pair: run.first().map_or(0, Pair::id),
        en,
        zh,
        expected: None,
        found: None,
        slip: None,
        message,
    }
}

fn mean(run: &[Pair<'_>]) -> f64 {
    run.iter().map(Pair::confidence).sum::<f64>() / run.len().max(1) as f64
}
