//! Joins the two ends of a range.
//!
//! ```text
//! range = amount ( "-" | "–" | "to" | "or" | "through" | "and" after "between" ) [ minus ] amount
//! ```

use rust_decimal::Decimal;

use super::English;
use super::amount::Amount;
use super::numeral::Form;
use crate::quantity::draft::Draft;
use crate::quantity::{Hedge, Number, Quantity, Unit};

/// How far before a number its verb may be.
const VERB_WORDS: usize = 4;
/// The largest numbers in a guess such as "five or six".
const MOST_GUESSED: i64 = 20;

impl English<'_> {
    /// Reads the other end of a range that begins with `first`, and adds both ends to `out`.
    pub(super) fn range(&self, first: &Amount, out: &mut Vec<Draft>) -> Option<usize> {
        let (at, guess) = self.connector(first)?;
        let minus = self.word(at, "minus") || (matches!(self.sign(at), '-' | '−') && self.tight(at + 1));
        let last = self.amount(at + usize::from(minus), None);
        let mut last = last.filter(|a| a.num.form != Form::Weak || a.unit.is_some())?;
        let mut first = *first;
        // "28 - 1" is a subtraction, "5 - 10 %" is a range.
        let bare = last.unit.is_none() && first.unit.is_none();
        (!bare || self.tight(first.next) || self.sign(first.next) != '-').then_some(())?;
        let own = (first.unit.is_some() || last.unit.is_none()) && self.word(first.next, "to");
        if first.unit.is_none() {
            (first.unit, first.part) = (last.unit, last.part);
        } else if last.unit.is_none() {
            // "$40 to 50" is a range, "fell 3% to 200" is not.
            (last.unit, last.part) = (Some(first.unit.filter(|_| first.signed)?), first.part);
        }
        // "5 to 10 million", but "from 500,000 to 1 million".
        if first.num.scale.is_none() && first.num.value < last.num.value {
            first.num.scale = last.num.scale;
        }
        let (low, high) = (first.number()?, last.number()?);
        // 900 MW to 1.2 GW.
        let (a, b) = (low.unit, high.unit);
        let lifted = in_unit(low, b).filter(|_| same(a, b) || (!guess && a.map(Unit::base) == b.map(Unit::base)))?;
        // "Rose $2 to $86": the second number is the new level.
        let many = high.low >= low.low.checked_mul(Decimal::from(3))? && !b.is_some_and(Unit::is_share);
        let verb = || {
            self.before(first.first, VERB_WORDS).take_while(|i| !self.word(*i, "of")).any(|i| self.verb(i).is_some())
        };
        let level = !guess && own && many && !low.low.is_zero() && verb();
        let negative = minus || self.minus(first.first).is_some();
        let step = high.low.checked_sub(lifted.low)?;
        (!level && (negative || step > Decimal::ZERO)).then_some(())?;
        let (low_end, high_end) = (self.draft(&first)?, self.draft(&last)?);
        if guess && step <= Decimal::ONE && high.low <= Decimal::from(MOST_GUESSED) {
            let both = Number::range(low.low, high.low, high.step, b);
            out.push(Draft::number(low_end.start, high_end.end, both).hedged(last.hedge));
        } else {
            out.extend([Draft { ranges: true, ..low_end }, high_end]);
        }
        Some(last.next)
    }

    /// The draft of one amount.
    pub(super) fn draft(&self, amount: &Amount) -> Option<Draft> {
        let draft = Draft::number(self.start(amount.first), self.end(amount.next), amount.number()?);
        Some(draft.hedged(amount.hedge))
    }

    /// The token of the other end after `first`, and whether the words between them mark a guess ("five or six").
    fn connector(&self, first: &Amount) -> Option<(usize, bool)> {
        let at = first.next;
        if self.hyphen(at) && !self.is_word(at) {
            return Some((at, false));
        }
        if matches!(self.sign(at), '-' | '–' | '—' | '~' | '‑' | '−') {
            return (self.tight(at) == self.tight(at + 1)).then_some((at + 1, false));
        }
        let start = self.minus(first.first).unwrap_or(first.first);
        let between = self.before(start, VERB_WORDS).any(|i| self.word(i, "between"));
        let and = between && self.word(at, "and") && self.words(at, "and at most").is_none();
        (and || self.word(at, "to through or")).then(|| (at + 1, self.word(at, "or")))
    }

    /// Both ends of a range in one draft.
    pub(super) fn joined(&self, first: &Draft, last: &Draft) -> Option<Draft> {
        let (Quantity::Number(low), Quantity::Number(high)) = (first.quantity, last.quantity) else { return None };
        // In "rises from 3 to 5", 3 is the earlier and 5 the later value.
        let from = self.index(first.start).saturating_sub(1);
        let dash = self.view.slice(first.end, last.start).iter().any(|c| matches!(c, '-' | '–' | '—' | '~'));
        let levels = !dash && self.word(from, "from") && self.moves(from);
        (first.ranges && !levels && high.high.is_none()).then_some(())?;
        let low = in_unit(low, high.unit)?;
        // "Minus 10 to minus 12".
        let cold = low.low.is_sign_negative() && high.low.is_sign_negative();
        (low.low < high.low || cold).then_some(())?;
        let hedge = if last.hedge == Hedge::Exact { first.hedge } else { last.hedge };
        let range = Number::range(low.low.min(high.low), low.low.max(high.low), low.step.min(high.step), high.unit);
        Some(Draft::number(first.start, last.end, range).hedged(hedge))
    }
}

/// Whether both units may be the same.
fn same(a: Option<Unit>, b: Option<Unit>) -> bool {
    a == b || a.zip(b).is_some_and(|(a, b)| a.fits(b))
}

/// Converts the number to another unit of its kind.
fn in_unit(number: Number, unit: Option<Unit>) -> Option<Number> {
    match (number.unit, unit) {
        (Some(a), Some(b)) if !same(number.unit, unit) => {
            Some(Number { unit, ..number.times(a.factor().checked_div(b.factor())?)? })
        }
        _ => Some(number),
    }
}
