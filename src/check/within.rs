//! What one side says in two ways: an amount that two sentences give differently, an officer under another name.

use rustc_hash::{FxHashMap, FxHashSet};

use super::finding::{Finding, Kind, Severity};
use super::stated::{Quantities, SegmentValues, Stated, span};
use crate::alignment::{Alignment, Side, Span};
use crate::anchor::speaker::offices;
use crate::document::Segment;
use crate::quantity::{Number, Quantity};
use crate::text::{Lang, fold, is_han};

/// Two amounts of one thing lie this near: 17.6 and 17.7 billion. What lies farther apart is two things.
const NEAREST: f64 = 0.02;
/// Significant digits that both amounts have at least: shorter ones are alike by chance.
const LEAST_DIGITS: usize = 3;
/// Words that stand before both amounts, of the last [`WINDOW`].
const LEAST_SHARED: usize = 3;
/// Words before an amount that say what it is.
const WINDOW: usize = 12;
/// Guesses, not measured: of the texts looked at, one article has such amounts and such a name, once each, and both are slips.
const CONFIDENCE_AMOUNT: f64 = 0.6;
const CONFIDENCE_NAME: f64 = 0.7;

pub(super) fn check(alignment: &Alignment, quantities: &Quantities) -> Vec<Finding> {
    let mut findings = Vec::new();
    for lang in [alignment.first(), alignment.first().other()] {
        let text = OneText::new(alignment, lang);
        findings.extend(amounts(&text, quantities.side(lang)));
        if lang == Lang::En {
            findings.extend(officers(&text));
        }
    }
    findings
}

/// One side, without the other.
struct OneText<'a> {
    side: &'a Side,
    lang: Lang,
    /// The pair that each segment is in.
    pair_of: FxHashMap<usize, usize>,
}

impl OneText<'_> {
    fn new(alignment: &Alignment, lang: Lang) -> OneText<'_> {
        let halves = alignment.pairs().map(|p| (p.id(), p.half(lang)));
        let pair_of = halves.flat_map(|(id, half)| half.segments().map(move |s| (s.index, id)).collect::<Vec<_>>());
        OneText { side: alignment.side(lang), lang, pair_of: pair_of.collect() }
    }

    fn segments(&self) -> impl Iterator<Item = &Segment> {
        (0..self.side.segments.len()).map(|i| self.side.segment(i))
    }

    fn span(&self, segment: &Segment, local: std::ops::Range<usize>) -> Span {
        span(&self.side.document, segment, local)
    }

    /// A finding whose spans are all on this side.
    fn finding(&self, kind: Kind, segment: usize, spans: Vec<Span>, values: [String; 2], message: String) -> Finding {
        let (en, zh) = if self.lang == Lang::En { (spans, Vec::new()) } else { (Vec::new(), spans) };
        let pair = self.pair_of.get(&segment).copied().unwrap_or(0);
        let [expected, found] = values.map(Some);
        let confidence = if kind == Kind::Name { CONFIDENCE_NAME } else { CONFIDENCE_AMOUNT };
        Finding { kind, severity: Severity::Warning, confidence, pair, en, zh, expected, found, slip: None, message }
    }
}

/// An amount with the words before it.
struct Amount<'a> {
    segment: usize,
    stated: &'a Stated,
    number: Number,
    words: Vec<String>,
}

/// Amounts of money that differ by little and stand behind the same words.
fn amounts(text: &OneText<'_>, values: &[SegmentValues]) -> Vec<Finding> {
    let mut found: Vec<Amount<'_>> = Vec::new();
    for (segment, values) in text.segments().zip(values) {
        for stated in &values.values {
            let Quantity::Number(number) = stated.value.quantity else { continue };
            // A change in an amount is not the amount.
            let level = stated.value.direction.is_none();
            let money = number.high.is_none() && number.unit.is_some_and(|u| u.is_currency());
            if level && money && digits(number) >= LEAST_DIGITS {
                let before = segment.text.get(..stated.value.range.start).unwrap_or_default();
                found.push(Amount { segment: segment.index, number, words: words(before, text.lang), stated });
            }
        }
    }
    let key = |a: &Amount<'_>| (a.number.unit.map(|u| u.symbol()), a.number.low);
    found.sort_by(|a, b| key(a).cmp(&key(b)).then(a.segment.cmp(&b.segment)));
    let mut findings = Vec::new();
    for pair in found.windows(2) {
        let [a, b] = pair else { continue };
        let near =
            a.number.unit == b.number.unit && is_near(a.number, b.number) && !a.stated.value.agrees(&b.stated.value);
        let shared: Vec<&String> = a.words.iter().filter(|w| b.words.contains(w)).collect();
        if near && a.segment != b.segment && shared.len() >= LEAST_SHARED {
            let (a, b) = if a.segment < b.segment { (a, b) } else { (b, a) };
            let message = format!(
                "“{}” is here, but “{}” is at another place in the same text, and both seem to be about the same thing",
                a.stated.span.text, b.stated.span.text
            );
            let values = [a.stated.value.to_string(), b.stated.value.to_string()];
            findings.push(text.finding(
                Kind::Number,
                a.segment,
                vec![a.stated.span.clone(), b.stated.span.clone()],
                values,
                message,
            ));
        }
    }
    findings
}

fn digits(number: Number) -> usize {
    number.low.normalize().mantissa().to_string().trim_start_matches('-').trim_end_matches('0').len()
}

fn is_near(a: Number, b: Number) -> bool {
    use rust_decimal::prelude::ToPrimitive;
    let (Some(a), Some(b)) = (a.low.to_f64(), b.low.to_f64()) else { return false };
    (a - b).abs() <= NEAREST * a.abs().max(b.abs())
}

/// The last words of a text, cut to their beginnings; in Chinese its last pairs of characters.
fn words(text: &str, lang: Lang) -> Vec<String> {
    const STEM: usize = 5;
    const SHORTEST: usize = 4;
    let folded = fold(text).to_lowercase();
    let mut words: Vec<String> = match lang {
        Lang::En => {
            let all: Vec<&str> = folded.split(|c: char| !c.is_alphanumeric()).filter(|w| !w.is_empty()).collect();
            let last = all.iter().rev().take(WINDOW);
            last.filter(|w| w.len() >= SHORTEST).map(|w| w.chars().take(STEM).collect()).collect()
        }
        Lang::Zh => {
            let characters: Vec<char> = folded.chars().filter(|&c| is_han(c)).collect();
            let last = &characters[characters.len().saturating_sub(WINDOW)..];
            last.windows(2).map(|w| w.iter().collect()).collect()
        }
    };
    let mut seen = FxHashSet::default();
    words.retain(|w| seen.insert(w.clone()));
    words
}

/// "CEO Andy Garthy" where the speaker with that office is Andy Jassy: the given name and the office are the same, the surname
/// is nobody's.
fn officers(text: &OneText<'_>) -> Vec<Finding> {
    let labels = text.side.document.turns().iter().filter_map(|t| t.label.as_ref());
    let mut officers: Vec<(Vec<&str>, u32)> = Vec::new();
    let mut surnames: FxHashSet<&str> = FxHashSet::default();
    for label in labels {
        let parts: Vec<&str> = label.name.split_whitespace().collect();
        surnames.extend(parts.iter().copied());
        let held = label.title.as_deref().map_or(0, offices);
        if held != 0 && parts.len() >= 2 && label.name.is_ascii() && !officers.iter().any(|o| o.0 == parts) {
            officers.push((parts, held));
        }
    }
    let mut findings = Vec::new();
    for segment in text.segments() {
        for (parts, held) in &officers {
            let Some((at, name)) = renamed(segment, parts, *held, &surnames) else { continue };
            let place = text.span(segment, at..at + name.len());
            let known = parts.join(" ");
            let message = format!("“{name}” is called “{known}” elsewhere in the same text");
            let values = [name, known];
            findings.push(text.finding(Kind::Name, segment.index, vec![place], values, message));
        }
    }
    findings
}

/// Where the officer's given name stands behind the office and before another surname.
fn renamed(segment: &Segment, parts: &[&str], held: u32, surnames: &FxHashSet<&str>) -> Option<(usize, String)> {
    const BEFORE: usize = 40;
    let given = *parts.first()?;
    let text = segment.text.as_str();
    for (at, _) in text.match_indices(given) {
        let rest = text.get(at + given.len()..)?.strip_prefix(' ')?;
        let surname: String = rest.chars().take_while(|c| c.is_alphabetic()).collect();
        let title = text.get(..at)?;
        let from = title.char_indices().rev().nth(BEFORE).map_or(0, |(i, _)| i);
        let capital = surname.chars().next().is_some_and(char::is_uppercase);
        if capital && !surnames.contains(surname.as_str()) && offices(&title[from..]) & held != 0 {
            return Some((at, format!("{given} {surname}")));
        }
    }
    None
}
