//! Numerals that are not values: ordinals, days of the week, digits in names and ratios, "twice", "a month".
//!
//! If each text has exactly one of a kind that the other text lacks, it was changed. A value without a counterpart may
//! also have become such a numeral: "a month" and 两个月.

use super::matching::Left;
use super::{Checker, confidence, matching};
use crate::alignment::Span;
use crate::check::finding::{Finding, Kind, Severity};
use crate::quantity::{Sort, Unread};
use crate::text::Lang;

/// The greatest ordinal that is compared. Greater ones are mostly centuries and floors, which the other text may count
/// differently.
const MAX_PLACE: u64 = 10;
/// A bead with more values or numerals than this on one side is a list or a table. Its numerals are not compared.
const MAX_MARKS: usize = 40;

impl Checker<'_> {
    /// Numerals that only one of the texts has. `used` says which of the values that are `left` have a finding.
    pub(super) fn marks(&self, left: &[Vec<Left<'_>>; 2], used: &mut [Vec<bool>; 2], findings: &mut Vec<Finding>) {
        let own = &self.beads[self.k];
        if Lang::ALL.iter().any(|&lang| own.side(lang).values.len().max(own.side(lang).unread.len()) > MAX_MARKS) {
            return;
        }
        let sides = [self.first, self.first.other()];
        // Each numeral or value of the other text is the counterpart of one numeral.
        let free = sides.map(|lang| {
            let other = own.side(lang.other());
            let (mut numerals, mut values) = (vec![true; other.unread.len()], vec![true; other.values.len()]);
            let mut said = |u: &Unread| {
                if let Some(n) = (0..numerals.len()).find(|&n| numerals[n] && u.may_be(&other.unread[n].0)) {
                    numerals[n] = false;
                } else if let Some(n) = (0..values.len()).find(|&n| values[n] && u.may_say(&other.values[n].value)) {
                    values[n] = false;
                } else {
                    return false;
                }
                true
            };
            own.side(lang).unread.iter().filter(|(u, _)| !said(u)).collect::<Vec<_>>()
        });
        for (sort, confidence) in [(Sort::Weekday, confidence::WEEKDAY), (Sort::Label, confidence::LABEL)] {
            let of =
                |n: usize| free[n].iter().filter(|(u, _)| u.sort == sort).map(|(_, span)| span).collect::<Vec<_>>();
            if let ([first], [second]) = (of(0).as_slice(), of(1).as_slice()) {
                findings.push(self.mark(first, second, [first.text.clone(), second.text.clone()], confidence));
            }
        }
        // A value that became a numeral, if there is one only.
        for (n, side) in left.iter().enumerate() {
            let open = side.iter().enumerate().filter(|(i, l)| !used[n][*i] && !l.spared);
            let pairs: Vec<_> = open
                .flat_map(|(i, l)| free[1 - n].iter().map(move |u| (i, l, u)))
                .filter(|(_, l, u)| u.0.is_kind_of(&l.stated.value) && (!l.surplus || u.0.sort == Sort::Words))
                .map(|(i, l, u)| (i, l.stated, u))
                .collect();
            if let [(i, stated, (_, span))] = pairs.as_slice() {
                used[n][*i] = true;
                let (value, other) = ((&stated.span, stated.value.to_string()), (span, span.text.clone()));
                let (a, b) = if n == 0 { (value, other) } else { (other, value) };
                findings.push(self.mark(a.0, b.0, [a.1, b.1], confidence::NUMERAL));
            }
        }
    }

    fn mark(&self, first: &Span, second: &Span, [expected, found]: [String; 2], confidence: f64) -> Finding {
        let (en, zh) = if self.first == Lang::En { (first, second) } else { (second, first) };
        Finding {
            kind: Kind::Number,
            severity: Severity::Error,
            confidence: confidence * self.pair.confidence(),
            pair: self.pair.id(),
            message: format!("“{}” has become “{}”", first.text, second.text),
            en: vec![en.clone()],
            zh: vec![zh.clone()],
            expected: Some(expected),
            found: Some(found),
            slip: None,
        }
    }

    /// Ordinals such as "the second" and 第三, if each side has one that the other side lacks. Some of them are not
    /// values.
    pub(super) fn places(&self, findings: &mut Vec<Finding>) {
        let own = &self.beads[self.k];
        let places = |lang: Lang| -> Vec<(u64, Span)> {
            let side = own.side(lang);
            let unread = side
                .unread
                .iter()
                .filter_map(|(u, span)| Some((u.single.filter(|_| u.sort == Sort::Ordinal)?, span.clone())));
            let read = side.values.iter().filter_map(|s| Some((matching::ordinal(&s.value)?, s.span.clone())));
            unread.chain(read).filter(|(place, _)| *place <= MAX_PLACE).collect()
        };
        let (mut a, mut b) = (places(self.first), places(self.first.other()));
        // Equal ones belong together.
        a.retain(|(place, _)| match b.iter().position(|(other, _)| other == place) {
            Some(same) => {
                b.remove(same);
                false
            }
            None => true,
        });
        let touches = |f: &Finding, lang: Lang, span: &Span| f.pair == self.pair.id() && f.spans(lang).contains(span);
        if let ([(x, first)], [(y, second)]) = (a.as_slice(), b.as_slice())
            && !findings.iter().any(|f| touches(f, self.first, first) && f.kind == Kind::Number)
        {
            findings.retain(|f| !touches(f, self.first, first) && !touches(f, self.first.other(), second));
            findings.push(self.mark(first, second, [format!("#{x}"), format!("#{y}")], confidence::ORDINAL));
        }
    }
}
