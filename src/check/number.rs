//! Values that changed, are missing or were added.

use super::finding::{Finding, Kind, Severity};
use super::slip::{Slip, opposite, slip};
use super::stated::{BeadValues, Stated};
use crate::alignment::{Alignment, Pair, Relation, Span};
use crate::anchor::Value;
use crate::anchor::value::{Meaning, Number, Unit};
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

/// A value that the other side of its bead does not have, or has not as often.
struct Left<'a> {
    stated: &'a Stated,
    /// The other side has it, but not as often: said twice, or in the place of another value.
    surplus: bool,
    /// A bead near by has it to spare.
    spared: bool,
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
                // Of two values that both have a place near by, neither has become the other; and one at least must be in want.
                let fits = !(a.spared && b.spared || a.surplus && b.surplus);
                let cost = likeness(&a.stated.value, &b.stated.value).filter(|_| fits);
                candidates.extend(cost.map(|cost| (cost + 5 * u32::from(a.surplus || b.surplus), i, j)));
            }
        }
        candidates.sort_unstable();
        let mut used = [vec![false; left[0].len()], vec![false; left[1].len()]];
        for (_, i, j) in candidates {
            if !used[0][i] && !used[1][j] {
                (used[0][i], used[1][j]) = (true, true);
                let surplus = left[0][i].surplus || left[1][j].surplus;
                findings.push(self.changed(left[0][i].stated, left[1][j].stated, surplus));
            }
        }
        for ((side, used), lang) in left.iter().zip(used).zip(sides) {
            let free = side
                .iter()
                .zip(used)
                .filter(|(left, used)| !used && !left.spared && !left.surplus)
                .map(|(left, _)| left.stated);
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

    /// Values of a side that the other one does not have in this bead, or not as often.
    fn left(&self, lang: Lang) -> Vec<Left<'_>> {
        let own = &self.beads[self.k];
        let (these, those) = (own.side(lang), own.side(lang.other()));
        let spared = |value: &Value| {
            self.near().any(|bead| {
                let spare = |o: &&Stated| same(value, &o.value) && !is_said(&o.value, bead.side(lang));
                bead.side(lang.other()).iter().any(|o| spare(&o))
            })
        };
        let count = |side: &[Stated], value: &Value| side.iter().filter(|o| same(value, &o.value)).count();
        let mut left = Vec::new();
        for (i, stated) in these.iter().enumerate() {
            let said = is_said(&stated.value, those);
            // The last of those that are too many.
            let surplus = said
                && count(those, &stated.value) > 0
                && count(&these[..=i], &stated.value) > count(those, &stated.value);
            if !said || surplus {
                left.push(Left { stated, surplus, spared: !said && spared(&stated.value) });
            }
        }
        left
    }

    /// Two values at the same place that are not the same.
    fn changed(&self, a: &Stated, b: &Stated, surplus: bool) -> Finding {
        let slip = slip(&a.value, &b.value);
        let why = slip.map(|s| format!(" ({})", s.words())).unwrap_or_default();
        let message = format!("“{}” has become “{}”{why}", a.span.text, b.span.text);
        let confidence = confidence_changed(a, b, slip, surplus) * self.pair.confidence();
        self.finding(Kind::Number, Severity::Error, confidence, [Some(a), Some(b)], slip, message)
    }

    fn alone(&self, stated: &Stated, lang: Lang) -> Finding {
        let (kind, what) = if lang == self.first {
            (Kind::NumberMissing, "has no counterpart in the other text")
        } else {
            (Kind::NumberAdded, "stands in this text only")
        };
        let message = format!("“{}” {what}", stated.span.text);
        let confidence = confidence_alone(stated) * self.pair.confidence();
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
        // 1978 with a digit changed may no longer look like a year.
        (Meaning::Date(_), Meaning::Number(n)) | (Meaning::Number(n), Meaning::Date(_)) => {
            (n.unit.is_none() || n.unit.is_some_and(Unit::is_duration)).then_some(4)
        }
        (Meaning::Date(_) | Meaning::Time { .. }, _) | (_, Meaning::Date(_) | Meaning::Time { .. }) => None,
        _ => Some(4),
    }
}

/// Confidences, set by hand in this order: with them, 12 of 3,807 pairs that agree have a finding on numbers, and of 478 numbers changed
/// on purpose 464 are found (`examples/check_accuracy`). They say which finding is surer, not how often one is right.
const CONFIDENCE_SLIP: f64 = 0.95;
const CONFIDENCE_DIGITS: f64 = 0.9;
const CONFIDENCE_WORDS: f64 = 0.75;
/// Figures of speech that translators render freely: four or five, more than a dozen, half an acre.
const CONFIDENCE_LOOSE: f64 = 0.4;
const CONFIDENCE_SURPLUS: f64 = 0.55;
const CONFIDENCE_DIRECTION: f64 = 0.8;
/// An amount of money, a percentage or a measure that only one side has.
const CONFIDENCE_AMOUNT_ALONE: f64 = 0.7;
/// Any other number on one side only: references, lists and figures of speech. Not shown by itself.
const CONFIDENCE_ALONE: f64 = 0.3;

fn confidence_changed(a: &Stated, b: &Stated, slip: Option<Slip>, surplus: bool) -> f64 {
    let digits = |s: &Stated| s.span.text.chars().any(|c| c.is_ascii_digit());
    match slip {
        _ if surplus => CONFIDENCE_SURPLUS,
        Some(_) => CONFIDENCE_SLIP,
        None if digits(a) && digits(b) => CONFIDENCE_DIGITS,
        None if loose(&a.value, &b.value) => CONFIDENCE_LOOSE,
        None => CONFIDENCE_WORDS,
    }
}

/// Whether a free rendering may lie between two values: one is hedged and the other not, or not so, both are guesses, or they have
/// different units.
fn loose(a: &Value, b: &Value) -> bool {
    let guess = |v: &Value| matches!(v.meaning, Meaning::Number(Number { high: Some(_), .. }) | Meaning::Order { .. });
    let units = unit(a).is_some() && unit(b).is_some() && unit(a) != unit(b);
    a.hedge != b.hedge || guess(a) || guess(b) || units
}

fn unit(value: &Value) -> Option<Unit> {
    match value.meaning {
        Meaning::Number(number) => number.unit,
        _ => None,
    }
}

fn confidence_alone(stated: &Stated) -> f64 {
    let written = stated.span.text.chars().any(|c| c.is_ascii_digit() || "亿万".contains(c))
        || stated.span.text.contains("illion");
    match stated.value.meaning {
        Meaning::Number(Number { unit: Some(unit), .. }) if written && !unit.is_duration() => CONFIDENCE_AMOUNT_ALONE,
        _ => CONFIDENCE_ALONE,
    }
}
