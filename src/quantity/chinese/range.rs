//! The two ends of a range.
//!
//! ```text
//! range = value connector value        (30至40%, 3—5亿, -5%至3%)
//!       | ( 介于 | 在 ) value 和 value 之间
//! ```

use rust_decimal::Decimal;

use super::numeral::{Form, Numeral};
use super::unit::Measured;
use super::vocabulary::Class;
use super::{Chinese, Draft, Number, Quantity, Unit};

/// Farthest that 之间 is looked for.
const FARTHEST: usize = 16;

impl Chinese<'_> {
    /// Where the second of two numbers begins, behind what makes a range of them at `at`.
    pub(super) fn connector(&self, at: usize) -> Option<usize> {
        let at = self.view.skip_blank(at);
        let (sense, end) = self.find(at, &[Class::Range, Class::Between])?;
        let next = self.view.skip_blank(end);
        let closed = || {
            (next..next + FARTHEST)
                .take_while(|&i| !matches!(self.view.at(i), '\0' | ',' | '。' | ';' | '\n'))
                .any(|i| self.is(i, Class::Closes).is_some())
        };
        (sense.class == Class::Range || closed()).then_some(next)
    }

    /// One draft for the two ends of each range, with their signs.
    pub(super) fn join_ranges(&self, drafts: Vec<Draft>) -> Vec<Draft> {
        let mut out: Vec<Draft> = Vec::with_capacity(drafts.len());
        for draft in drafts {
            let joined = out.last().filter(|last| last.ranges).and_then(|last| self.joined(last, &draft, &out));
            match joined {
                Some(joined) => {
                    out.pop();
                    out.push(joined);
                }
                None => out.push(draft),
            }
        }
        out
    }

    fn joined(&self, a: &Draft, b: &Draft, before: &[Draft]) -> Option<Draft> {
        let floor = before.len().checked_sub(2).and_then(|k| before.get(k)).map_or(0, |d| d.end);
        let (Quantity::Number(first), Quantity::Number(last)) = (a.quantity, b.quantity) else { return None };
        let sign = |number: Number, minus: bool| if minus { number.negated() } else { number };
        let start = self.minus_before(a.start, floor);
        let second = self.minus_before(b.start, a.end);
        // 零下5到10度 is below zero at both ends.
        let shared = start.is_some_and(|s| self.view.at(s) == '零');
        let one = sign(first, start.is_some());
        let two = sign(last, second.is_some() || shared);
        let (low, high) = if one.low < two.low { (one, two) } else { (two, one) };
        let falls = one.low > two.low && start.is_none();
        let fits = first.unit == last.unit && one.low != two.low && !falls;
        let number = Number::range(low.low, high.high.unwrap_or(high.low), first.step.max(last.step), first.unit);
        let hedge = if a.hedge == b.hedge { a.hedge } else { super::Hedge::Exact };
        fits.then(|| Draft::number(start.unwrap_or(a.start), b.end, number).hedged(hedge))
    }

    /// Both ends of a range, each with the unit and the magnitude that the last one has.
    pub(super) fn range(
        &self,
        start: usize,
        n: &Numeral,
        sign: Option<Unit>,
        own: Option<Measured>,
        out: &mut Vec<Draft>,
    ) -> Option<usize> {
        let at = self.connector(own.map_or(n.end, |m| m.end))?;
        let signed = self.ends_sign(at);
        let (again, next) = self.words.signs.at(|i| Some(self.view.at(i)), signed, Some).unzip();
        let last =
            self.numeral(next.unwrap_or(signed), sign.is_some()).ok().filter(|l| !l.is_order() && !n.is_order())?;
        let sign = sign.or(again);
        // 摄氏18到22度: the scale stands before the first number.
        let scaled = self.scaled(n.start, self.view.skip_blank(last.end));
        let behind = scaled.or_else(|| self.measured(last.end, &last, sign));
        if self.is_dated(last.end) && behind.is_none() && self.view.at(last.end) != '.' {
            return None;
        }
        let mut first = *n;
        // 3至4亿 share the magnitude, 100到1万 do not.
        let shared = last.scale;
        if n.scale == Decimal::ONE
            && own.is_none()
            && shared >= Decimal::from(100)
            && n.low.checked_mul(shared)? < last.high
        {
            (first.low, first.high) = (n.low.checked_mul(shared)?, n.high.checked_mul(shared)?);
            first.step = n.step.checked_mul(shared)?;
        }
        let inherited = own.or(behind.map(|m| Measured { end: n.end, half: false, ..m }));
        let behind =
            behind.or(own.filter(|m| m.unit.is_currency()).map(|m| Measured { end: last.end, half: false, ..m }));
        let mut one = self.measure(start, &first, inherited, sign)?;
        one.end = own.map_or(n.end, |m| m.end);
        let two = self.measure(next.map_or(last.start, |_| signed), &last, behind, sign)?;
        let (Quantity::Number(a), Quantity::Number(b)) = (one.quantity, two.quantity) else { return None };
        let measured = a.unit.is_some()
            || self.is_counted(self.view.skip_blank(two.end))
            || last.scale > Decimal::ONE
            || n.form == Form::Arabic
            || !last.is_single();
        let minus = signed > at || self.ends(start, Class::Minus).is_some();
        let rises = a.low < b.low || minus;
        if a.unit != b.unit || !rises || !measured || self.view.at(two.end) == '成' || self.view.at(two.end) == '倍' {
            return None;
        }
        one.ranges = true;
        out.push(one);
        Some(self.push(two, out))
    }

    /// The index behind a minus at `at`.
    fn ends_sign(&self, at: usize) -> usize {
        self.is(at, Class::Minus).filter(|&end| self.is_numeral(end)).unwrap_or(at)
    }
}
