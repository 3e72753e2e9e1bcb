//! The two ends of a range.
//!
//! ```text
//! range = value connector value        (30至40%, 3—5亿, -5%至3%)
//!       | ( 介于 | 在 ) value 和 value 之间
//! ```

use rust_decimal::Decimal;

use super::amount::Measured;
use super::numeral::{Form, Numeral};

use super::vocabulary::Class;
use super::{Chinese, Draft, Hedge, Number, Quantity, Unit};

/// How far 之间 is searched.
const FARTHEST: usize = 16;

impl Chinese<'_> {
    /// Where the second of two numbers begins, after the word at `at` that makes them a range.
    pub(super) fn connector(&self, at: usize) -> Option<usize> {
        let (sense, end) = self.find(self.skip_blank(at), &[Class::Range, Class::Between])?;
        let next = self.skip_blank(end);
        let clause = (next..next + FARTHEST).take_while(|&i| !"\0,。;\n".contains(self.at(i)));
        let closed = || clause.into_iter().any(|i| self.is(i, Class::Closes).is_some());
        (sense.class == Class::Range || closed()).then_some(next)
    }

    /// The number after a connector at `at`.
    pub(super) fn other_end(&self, at: usize) -> Option<Numeral> {
        self.number(self.connector(at)?)
    }

    /// Joins the two ends of each range, with their signs, into one draft.
    pub(super) fn join_ranges(&self, drafts: Vec<Draft>) -> Vec<Draft> {
        let mut out: Vec<Draft> = Vec::with_capacity(drafts.len());
        for draft in drafts {
            let floor = out.len().checked_sub(2).and_then(|k| out.get(k)).map_or(0, |d| d.end);
            let first = out.last().filter(|last| last.ranges && draft.start < last.end + FARTHEST);
            match first.and_then(|first| self.joined(first, &draft, floor)) {
                Some(joined) => {
                    out.pop();
                    out.push(joined);
                }
                None => out.push(draft),
            }
        }
        out
    }

    fn joined(&self, a: &Draft, b: &Draft, floor: usize) -> Option<Draft> {
        let (Quantity::Number(first), Quantity::Number(last)) = (a.quantity, b.quantity) else { return None };
        let sign = |number: Number, minus: bool| if minus { number.negated() } else { number };
        let start = self.minus_before(a.start, floor);
        // 零下5到10度 is below zero at both ends.
        let shared = start.is_some_and(|s| self.at(s) == '零') && self.is_numeral(a.end - 1);
        let one = sign(first, start.is_some());
        let two = sign(last, shared || self.minus_before(b.start, a.end).is_some());
        let (low, high) = if one.low < two.low { (one, two) } else { (two, one) };
        let falls = one.low > two.low && start.is_none();
        let fits = first.unit == last.unit && one.low != two.low && !falls;
        let number = Number::range(low.low, high.high.unwrap_or(high.low), first.step.max(last.step), first.unit);
        let hedge = if a.hedge == b.hedge { a.hedge } else { Hedge::Exact };
        fits.then(|| Draft::number(start.unwrap_or(a.start), b.end, number).hedged(hedge))
    }

    /// Both ends of a range. Each end gets the unit and the magnitude of the last one.
    pub(super) fn range(&self, n: &Numeral, own: Measured, out: &mut Vec<Draft>) -> Option<usize> {
        let at = self.connector(own.end)?;
        let signed = self.is(at, Class::Minus).filter(|&end| self.is_numeral(end)).unwrap_or(at);
        let (again, next) = self.sign_at(signed).unzip();
        let last = self.numeral(next.unwrap_or(signed), n.sign.is_some()).ok()?;
        let last = Numeral { sign: n.sign.or(again), from: next.map_or(last.start, |_| signed), ..last };
        // 摄氏18到22度: the scale comes before the first number.
        let scaled = self.scaled(n.start, self.skip_blank(last.end));
        let mut behind = scaled.unwrap_or_else(|| self.measured_or_bare(&last));
        let dated = self.is_dated(last.end) && behind.end == last.end;
        if dated || last.zeros().is_some() || n.zeros().is_some() || "成倍".contains(self.at(last.end)) {
            return None;
        }
        let mut first = Numeral { sign: last.sign, ..*n };
        let mut own = own;
        if own.end == n.end {
            own = Measured { end: n.end, more: Decimal::ZERO, ..behind };
            // 3至4亿 share the magnitude; 100到1万 do not.
            let low = n.low.checked_mul(last.scale)?;
            if low < last.high && last.scale >= Decimal::ONE_HUNDRED && n.scale == Decimal::ONE {
                let (high, step) = (n.high.checked_mul(last.scale)?, n.step.checked_mul(last.scale)?);
                first = Numeral { low, high, step, ..first };
            }
        } else if behind.end == last.end && own.unit.is_some_and(Unit::is_currency) {
            behind = Measured { end: last.end, more: Decimal::ZERO, ..own };
        }
        let (one, two) = (self.measure(&first, own)?, self.measure(&last, behind)?);
        let (Quantity::Number(a), Quantity::Number(b)) = (one.quantity, two.quantity) else { return None };
        let measured = a.unit.is_some()
            || self.is_counted(self.skip_blank(two.end))
            || last.scale > Decimal::ONE
            || n.form == Form::Arabic
            || !last.is_single();
        let rises = a.low < b.low || signed > at || self.ends(n.from, Class::Minus).is_some();
        if a.unit != b.unit || !rises || !measured {
            return None;
        }
        out.push(Draft { ranges: true, ..one });
        Some(self.push(two, out))
    }
}
