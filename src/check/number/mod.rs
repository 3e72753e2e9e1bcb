//! Finds values that were changed, left out or added.
//!
//! The values of both halves of a bead are matched one to one, the best agreement first. Matched values can still have
//! opposite directions or opposite bounds. A value without a match is paired with the likeliest value without a match
//! on the other side: this value was changed. The values that then remain are missing or added, unless a nearby bead or
//! a numeral that was not read as a value has them.

mod confidence;
mod currency;
mod marks;
mod matching;
mod slip;

pub use slip::Slip;

use super::finding::{Finding, Kind, Severity};
use super::rate::differ;
use super::stated::{BeadValues, Quantities, Stated};
use crate::alignment::{Alignment, Pair, Relation, Span};
use crate::quantity::{Quantity, opposite_bounds, opposite_directions};
use crate::text::Lang;
use matching::{Left, Match, is_repeated, is_said, likeness};
use slip::slip;

/// How many beads before and after may contain the match of a value. Translators do not always cut sentences at the
/// same place.
const NEAR: usize = 2;
/// A bead with more values than this on one side is a list or a table. Its values are only compared with those near
/// them in the row.
const MAX_VALUES: usize = 200;
/// The greatest distance in their rows between two values if one has become the other.
const MAX_APART: usize = 50;
/// What a value costs as the changed one that the other side has, but not as often. More than any unlikeness.
const SURPLUS: u32 = 10;
/// The highest cost at which a repeated value counts as changed. At this cost both values still have the same unit.
const MAX_SURPLUS_COST: u32 = 1;

pub(super) fn check(alignment: &Alignment, quantities: &mut Quantities, pairs: &[Pair<'_>]) -> Vec<Finding> {
    currency::settle(quantities, pairs);
    let quantities = &*quantities;
    if alignment.relation() == Relation::Comparable {
        return pairs.iter().flat_map(|pair| inside_link(alignment.first(), pair, quantities)).collect();
    }
    let beads: Vec<BeadValues<'_>> = pairs.iter().map(|p| BeadValues::of(quantities, p)).collect();
    let mut findings = Vec::new();
    for (k, pair) in pairs.iter().enumerate() {
        // A passage without a counterpart is a separate finding, so its values are not reported.
        if !pair.en().is_empty() && !pair.zh().is_empty() {
            let confidence = pair.confidence();
            Checker { first: alignment.first(), pair, beads: &beads, k, link: None, confidence }.run(&mut findings);
        }
    }
    findings
}

/// The sentences of a link that say the same. What only one of the texts says is not a finding, because a summary
/// leaves things out. A value is only changed if the linked passage does not have it anywhere.
fn inside_link(first: Lang, pair: &Pair<'_>, quantities: &Quantities) -> Vec<Finding> {
    let link = BeadValues::of(quantities, pair);
    let sentences = pair.sentence_beads();
    let beads: Vec<BeadValues<'_>> = sentences.iter().map(|bead| BeadValues::of_bead(quantities, bead)).collect();
    let mut findings = Vec::new();
    for (k, bead) in sentences.iter().enumerate() {
        let confidence = pair.confidence() * bead.confidence;
        Checker { first, pair, beads: &beads, k, link: Some(&link), confidence }.run(&mut findings);
    }
    findings
}

struct Checker<'a> {
    first: Lang,
    pair: &'a Pair<'a>,
    beads: &'a [BeadValues<'a>],
    k: usize,
    /// All values of the linked passages, if the bead is a part of a link.
    link: Option<&'a BeadValues<'a>>,
    /// How sure it is that both sides say the same.
    confidence: f64,
}

impl<'a> Checker<'a> {
    fn run(&self, findings: &mut Vec<Finding>) {
        let own = &self.beads[self.k];
        let sides = [self.first, self.first.other()];
        let [a, b] = sides.map(|lang| own.side(lang).values.as_slice());
        let matches = matching::matches(a, b);
        for &m in &matches {
            findings.extend(self.matched(a[m.first], b[m.second], m));
        }
        let left = [self.left(sides[0], &matches), self.left(sides[1], &matches)];
        let mut used = [vec![false; left[0].len()], vec![false; left[1].len()]];
        for ((cost, _), i, j) in candidates(&left) {
            // Sentences of a link may state different things; a changed value still has its unit.
            let of_kind = same_kind(left[0][i].stated.value.quantity, left[1][j].stated.value.quantity);
            let fits = self.link.is_none() || cost <= MAX_SURPLUS_COST && of_kind;
            if fits && !used[0][i] && !used[1][j] {
                (used[0][i], used[1][j]) = (true, true);
                findings.push(self.changed(&left[0][i], &left[1][j]));
            }
        }
        if self.link.is_some() {
            return;
        }
        self.marks(&left, &mut used, findings);
        for ((side, used), lang) in left.iter().zip(&used).zip(sides) {
            let free = side.iter().zip(used).filter(|(left, used)| !**used && !left.spared && !left.surplus);
            for (left, _) in free {
                findings.extend(self.alone(left.stated, lang));
            }
        }
        self.places(findings);
    }

    /// The values of the beads near this one. Lists have none, because a value that they lack is not in a bead near by.
    fn near(&self) -> impl Iterator<Item = &'a BeadValues<'a>> {
        let near = self.k.saturating_sub(NEAR)..(self.k + NEAR + 1).min(self.beads.len());
        let (k, beads) = (self.k, self.beads);
        let is_list = |n: usize| Lang::ALL.iter().any(|&lang| beads[n].side(lang).values.len() > MAX_VALUES);
        near.filter(move |&n| n != k && !is_list(k) && !is_list(n)).map(move |n| &beads[n])
    }

    /// The values of a side that have no match in this bead.
    fn left(&self, lang: Lang, matches: &[Match]) -> Vec<Left<'a>> {
        let own = &self.beads[self.k];
        let (these, those) = (&own.side(lang).values, own.side(lang.other()));
        let mut matched = vec![false; these.len()];
        for m in matches {
            matched[if lang == self.first { m.first } else { m.second }] = true;
        }
        // A bead near by has it to spare.
        let spared = |stated: &Stated| {
            self.near().any(|bead| {
                let other = &bead.side(lang.other()).values;
                other.iter().any(|o| stated.value.agrees(&o.value) && !is_said(&o.value, &bead.side(lang).values))
            })
        };
        let mut left = Vec::new();
        let elsewhere =
            |stated: &Stated| self.link.is_some_and(|link| is_said(&stated.value, &link.side(lang.other()).values));
        for (i, &stated) in these.iter().enumerate().filter(|(i, stated)| !matched[*i] && !elsewhere(stated)) {
            let near = i.saturating_sub(MAX_VALUES).min(those.values.len())..(i + MAX_VALUES).min(those.values.len());
            let surplus = is_repeated(&stated.value, &those.values[near]);
            // Numerals in words and in what was not understood may be it.
            if surplus || !those.unread.iter().any(|(numeral, _)| numeral.may_say(&stated.value)) {
                left.push(Left { stated, index: i, surplus, spared: !surplus && spared(stated) });
            }
        }
        left
    }

    /// Two values that agree can still have opposite bounds or directions, or be rounded too far.
    fn matched(&self, a: &Stated, b: &Stated, found: Match) -> Option<Finding> {
        // "Nearly a third" and 三成多 are the same share in a free rendering.
        let free = self.link.is_some() && a.value.quantity != b.value.quantity;
        let (slip, message) = if opposite_bounds(&a.value, &b.value) && !free {
            (Slip::Bound, format!("“{}” and “{}” are opposite bounds", a.span.text, b.span.text))
        } else if opposite_directions(&a.value, &b.value) {
            (Slip::Sign, format!("“{}” has one direction, “{}” has the other", a.span.text, b.span.text))
        } else if differ(a.rate, b.rate) {
            (Slip::Unit, format!("“{}” and “{}” are rates by different measures", a.span.text, b.span.text))
        } else if a.moment.zip(b.moment).is_some_and(|(x, y)| x != y) {
            (Slip::Bound, format!("one text says before and the other after: “{}”, “{}”", a.span.text, b.span.text))
        } else if matching::other_half_of_day(a, b, self.first) {
            (Slip::Date, format!("“{}” and “{}” are in different halves of the day", a.span.text, b.span.text))
        } else if found.coarse {
            (Slip::Rounded, format!("“{}” is rounded to “{}” without “about”", a.span.text, b.span.text))
        } else {
            return None;
        };
        let severity = if slip == Slip::Rounded { Severity::Warning } else { Severity::Error };
        let confidence = confidence::of_slip(slip) * self.confidence;
        Some(self.finding(Kind::Number, severity, confidence, [Some(a), Some(b)], Some(slip), message))
    }

    /// Two values at the same place that do not agree.
    fn changed(&self, a: &Left<'_>, b: &Left<'_>) -> Finding {
        let slip = slip(&a.stated.value, &b.stated.value);
        let why = slip.map(|s| format!(" ({})", s.words())).unwrap_or_default();
        let message = format!("“{}” has become “{}”{why}", a.stated.span.text, b.stated.span.text);
        let confidence = confidence::changed(a, b, slip) * self.confidence;
        self.finding(Kind::Number, Severity::Error, confidence, [Some(a.stated), Some(b.stated)], slip, message)
    }

    fn alone(&self, stated: &Stated, lang: Lang) -> Option<Finding> {
        if self.near().any(|bead| is_said(&stated.value, &bead.side(lang.other()).values)) {
            return None;
        }
        let (kind, what) = if lang == self.first {
            (Kind::NumberMissing, "has no counterpart in the other text")
        } else {
            (Kind::NumberAdded, "is only in this text")
        };
        let message = format!("“{}” {what}", stated.span.text);
        let confidence = confidence::alone(stated) * self.confidence;
        let sides = if lang == self.first { [Some(stated), None] } else { [None, Some(stated)] };
        Some(self.finding(kind, Severity::Warning, confidence, sides, None, message))
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

/// Whether two quantities are of one kind and in one unit.
fn same_kind(a: Quantity, b: Quantity) -> bool {
    match (a, b) {
        (Quantity::Number(a), Quantity::Number(b)) => a.unit == b.unit,
        (a, b) => std::mem::discriminant(&a) == std::mem::discriminant(&b),
    }
}

/// The pairs of unmatched values that can be one changed value, the likeliest first: typical slips, then the nearest in
/// order.
fn candidates(left: &[Vec<Left<'_>>; 2]) -> Vec<((u32, usize), usize, usize)> {
    let mut found = Vec::new();
    for (i, a) in left[0].iter().enumerate() {
        for (j, b) in left[1].iter().enumerate().filter(|(_, b)| a.index.abs_diff(b.index) <= MAX_APART) {
            // Two values that both have a match in a bead near by are not a change of each other. Neither are two that the
            // other side has as well, only less often.
            let fits = !(a.spared && b.spared || a.surplus && b.surplus);
            let surplus = a.surplus || b.surplus;
            let likely = |cost: &u32| fits && (!surplus || *cost <= MAX_SURPLUS_COST);
            if let Some(cost) = likeness(&a.stated.value, &b.stated.value).filter(likely) {
                let surplus = if surplus { SURPLUS } else { 0 };
                found.push(((cost + surplus, a.index.abs_diff(b.index)), i, j));
            }
        }
    }
    found.sort_unstable();
    found
}
