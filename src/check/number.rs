//! Values that changed, are missing or were added.

use super::finding::{Finding, Kind, Severity};
use super::slip::{Slip, opposite, slip};
use super::stated::{BeadValues, Stated};
use crate::alignment::{Alignment, Pair, Relation, Span};
use crate::anchor::Value;
use crate::anchor::value::{Meaning, Number};
use crate::text::Lang;

/// Beads on either side in which a value may stand that is not in its own: sentences are cut at other places.
const NEAR: usize = 2;

pub(super) fn check(alignment: &Alignment, pairs: &[Pair<'_>]) -> Vec<Finding> {
    // Passages that are linked without order say what they like of each other.
    if alignment.relation() != Relation::Parallel {
        return Vec::new();
    }
    let beads: Vec<BeadValues> = pairs.iter().map(BeadValues::of).collect();
    let mut findings = Vec::new();
    for (k, pair) in pairs.iter().enumerate() {
        // What stands in a passage without counterpart is missing with it.
        if pair.en().is_empty() || pair.zh().is_empty() {
            continue;
        }
        let checker = Checker { first: alignment.first(), pair, beads: &beads, k };
        checker.run(&mut findings);
    }
    findings
}

struct Checker<'a> {
    first: Lang,
    pair: &'a Pair<'a>,
    beads: &'a [BeadValues],
    k: usize,
}

impl Checker<'_> {
    fn run(&self, findings: &mut Vec<Finding>) {
        let sides = [self.first, self.first.other()];
        let left = sides.map(|lang| self.left(lang));
        // The likeliest partners first: a usual slip, then what is nearest.
        let mut candidates: Vec<(u32, usize, usize)> = Vec::new();
        for (i, a) in left[0].iter().enumerate() {
            for (j, b) in left[1].iter().enumerate() {
                candidates.extend(likeness(&a.value, &b.value).map(|cost| (cost, i, j)));
            }
        }
        candidates.sort_unstable();
        let mut used = [vec![false; left[0].len()], vec![false; left[1].len()]];
        for (_, i, j) in candidates {
            if !used[0][i] && !used[1][j] {
                (used[0][i], used[1][j]) = (true, true);
                findings.push(self.changed(left[0][i], left[1][j]));
            }
        }
        for ((side, used), lang) in left.iter().zip(used).zip(sides) {
            let free = side.iter().zip(used).filter(|(_, used)| !used).map(|(stated, _)| stated);
            let alone = free.filter(|s| !self.near().any(|bead| is_said(&s.value, bead.side(lang.other()))));
            findings.extend(alone.map(|s| self.alone(s, lang)));
        }
        self.opposites(findings);
    }

    /// The values of the beads near this one.
    fn near(&self) -> impl Iterator<Item = &BeadValues> {
        let near = self.k.saturating_sub(NEAR)..(self.k + NEAR + 1).min(self.beads.len());
        near.filter(|&k| k != self.k).map(|k| &self.beads[k])
    }

    /// Values of a side that the other one does not have in this bead, nor to spare in one near it.
    fn left(&self, lang: Lang) -> Vec<&Stated> {
        let own = &self.beads[self.k];
        let spared = |value: &Value| {
            self.near().any(|bead| {
                let spare = |o: &&Stated| same(value, &o.value) && !is_said(&o.value, bead.side(lang));
                bead.side(lang.other()).iter().any(|o| spare(&o))
            })
        };
        let gone = |s: &&Stated| !is_said(&s.value, own.side(lang.other())) && !spared(&s.value);
        own.side(lang).iter().filter(gone).collect()
    }

    /// Two values at the same place that are not the same.
    fn changed(&self, a: &Stated, b: &Stated) -> Finding {
        let slip = slip(&a.value, &b.value);
        let why = slip.map(|s| format!(" ({})", s.words())).unwrap_or_default();
        let message = format!("“{}” has become “{}”{why}", a.span.text, b.span.text);
        let confidence = confidence_changed(&a.value, &b.value, slip) * self.pair.confidence();
        self.finding(Kind::Number, Severity::Error, confidence, [Some(a), Some(b)], slip, message)
    }

    fn alone(&self, stated: &Stated, lang: Lang) -> Finding {
        let (kind, what) = if lang == self.first {
            (Kind::NumberMissing, "has no counterpart in the other text")
        } else {
            (Kind::NumberAdded, "stands in this text only")
        };
        let message = format!("“{}” {what}", stated.span.text);
        let confidence = confidence_alone(stated, lang) * self.pair.confidence();
        let sides = if lang == self.first { [Some(stated), None] } else { [None, Some(stated)] };
        self.finding(kind, Severity::Warning, confidence, sides, None, message)
    }

    /// Values that are equal but go the other way.
    fn opposites(&self, findings: &mut Vec<Finding>) {
        let own = &self.beads[self.k];
        let (first, second) = (own.side(self.first), own.side(self.first.other()));
        for a in first {
            let twins: Vec<&Stated> = second.iter().filter(|b| same(&a.value, &b.value)).collect();
            if let [b] = twins.as_slice()
                && first.iter().filter(|o| same(&o.value, &b.value)).count() == 1
                && opposite(&a.value, &b.value)
            {
                let message = format!("“{}” goes one way, “{}” the other", a.span.text, b.span.text);
                let confidence = CONFIDENCE_DIRECTION * self.pair.confidence();
                findings.push(self.finding(
                    Kind::Number,
                    Severity::Error,
                    confidence,
                    [Some(a), Some(b)],
                    Some(Slip::Sign),
                    message,
                ));
            }
        }
    }

    fn finding(
        &self,
        kind: Kind,
        severity: Severity,
        confidence: f64,
        sides: [Option<&Stated>; 2],
        slip: Option<Slip>,
        message: String,
    ) -> Finding {
        let spans = |side: Option<&Stated>| -> Vec<Span> { side.map(|s| s.span.clone()).into_iter().collect() };
        let shown = |side: Option<&Stated>| side.map(|s| s.value.to_string());
        let (first, second) = (spans(sides[0]), spans(sides[1]));
        let (en, zh) = if self.first == Lang::En { (first, second) } else { (second, first) };
        let (expected, found) = (shown(sides[0]), shown(sides[1]));
        Finding { kind, severity, confidence, pair: self.pair.id(), en, zh, expected, found, slip, message }
    }
}

/// Whether one of the values says the same, or both ends of a range do, or a range has it as an end.
fn is_said(value: &Value, others: &[Stated]) -> bool {
    let any = |value: &Value| others.iter().any(|o| same(value, &o.value));
    if any(value) {
        return true;
    }
    let Meaning::Number(number) = value.meaning else { return false };
    let end = |low| Value { meaning: Meaning::Number(Number { low, high: None, ..number }), ..value.clone() };
    if let Some(high) = number.high {
        return any(&end(number.low)) && any(&end(high));
    }
    others.iter().any(|o| match o.value.meaning {
        Meaning::Number(range @ Number { high: Some(high), .. }) => [range.low, high].into_iter().any(|low| {
            same(value, &Value { meaning: Meaning::Number(Number { low, high: None, ..range }), ..o.value.clone() })
        }),
        _ => false,
    })
}

fn same(a: &Value, b: &Value) -> bool {
    a.agrees(b)
}

/// How unlikely it is that one of two values stands for the other, the lower the likelier; `None` where they cannot.
fn likeness(a: &Value, b: &Value) -> Option<u32> {
    if slip(a, b).is_some() {
        return Some(0);
    }
    match (a.meaning, b.meaning) {
        (Meaning::Number(x), Meaning::Number(y)) if x.unit == y.unit => Some(1),
        (Meaning::Date(_), Meaning::Date(_)) | (Meaning::Time { .. }, Meaning::Time { .. }) => Some(1),
        (Meaning::Number(x), Meaning::Number(y)) if x.unit.is_none() || y.unit.is_none() => Some(2),
        (x, y) if std::mem::discriminant(&x) == std::mem::discriminant(&y) => Some(3),
        (Meaning::Date(_) | Meaning::Time { .. }, _) | (_, Meaning::Date(_) | Meaning::Time { .. }) => None,
        _ => Some(4),
    }
}

const CONFIDENCE_DIRECTION: f64 = 0.8;

fn confidence_changed(a: &Value, b: &Value, slip: Option<Slip>) -> f64 {
    let _ = (a, b);
    if slip.is_some() { 0.95 } else { 0.8 }
}

fn confidence_alone(stated: &Stated, lang: Lang) -> f64 {
    let _ = lang;
    if stated.span.text.chars().any(|c| c.is_ascii_digit()) { 0.7 } else { 0.3 }
}
