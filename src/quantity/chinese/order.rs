//! Halves, bands and orders of magnitude.
//!
//! ```text
//! half  = 半 [ 个 ] unit | 半个亿
//! band  = 低个位数 | 高双位数 [ 百分比 ]
//! order = 几十 [ unit ] | 上百 [ unit ] | 数以百万计 | 成千上万 | 百余 | 近千
//! ```

use rust_decimal::Decimal;

use super::amount::plain_unit;
use super::numeral::{Form, Numeral};
use super::unit::Measured;
use super::vocabulary::{Class, Figure};
use super::{Chinese, Draft, HALF, Hedge, Number, Quantity, TENTH, Unit};
use crate::quantity::decimal::power;

impl Chinese<'_> {
    /// 半小时, 半年, 半个百分点, 半个亿.
    pub(super) fn half_unit(&self, at: usize, out: &mut Vec<Draft>) -> Option<usize> {
        if self.words.figure(self.view.before(at)).is_some() || "上下前后大小多夜".contains(self.view.before(at))
        {
            return None;
        }
        let mut n = Numeral { step: TENTH, ..Numeral::new(at, at + 1, HALF, Form::Han) };
        if self.view.at(n.end) == '个'
            && let Some(Figure::Power(zeros @ 4..)) = self.figure(n.end + 1)
        {
            let factor = power(zeros)?;
            (n.low, n.step, n.end) = (HALF.checked_mul(factor)?, factor, n.end + 2);
            n.high = n.low;
            return Some(self.amount(at, &n, None, out));
        }
        let own = self.measured(n.end, &n, None).or_else(|| {
            let counter = self.view.at(n.end) == '个';
            if counter { self.measured(n.end + 1, &n, None) } else { None }
        })?;
        let risky = self.units_at(n.end).is_some_and(|(u, _)| u.risky) || matches!(own.unit.symbol(), "°" | "yd");
        let draft = self.measure(at, &n, Some(own), None).filter(|_| !risky)?;
        Some(self.push(draft, out))
    }

    /// 低个位数, 中双位数百分比.
    pub(super) fn band(&self, at: usize, end: usize, value: &str, out: &mut Vec<Draft>) -> Option<usize> {
        let end = self.is(end, Class::BandTail).unwrap_or(end);
        let (low, high) = value.split_once("..")?;
        let number = Number::range(low.parse().ok()?, high.parse().ok()?, Decimal::ONE, Some(Unit::PERCENT));
        Some(self.push(Draft::number(at, end, number).hedged(Hedge::About), out))
    }

    /// 几十, 数亿 as an order; 百余, 近千, 过亿 as a number.
    pub(super) fn order_draft(
        &self,
        start: usize,
        n: &Numeral,
        zeros: u32,
        own: Option<Measured>,
        unit: Option<Unit>,
    ) -> Option<Draft> {
        let end = own.map_or(n.end, |m| m.end);
        let several =
            self.figure(n.start).is_none() || zeros == 1 || self.view.at(n.end - 1) == '几' || n.low != n.step;
        let part = own.map_or(Decimal::ONE, |m| m.part);
        if several || self.view.at(n.start) == '十' {
            let zeros = zeros.checked_sub(part.scale())?;
            return Some(Draft::new(start, end, Quantity::Magnitude { zeros, unit }));
        }
        let reached = matches!(self.view.before(n.start), '过' | '破');
        let hedged = self.hedge_before(n.start).is_some() || reached;
        let more = n.hedge == Hedge::Over || own.is_some_and(|m| m.hedge == Hedge::Over);
        let counted = unit.is_some() || self.is_counted(n.end) || zeros > 4;
        if (more && (counted || self.view.at(n.end - 1) == '余')) || (hedged && counted) {
            let number = plain_unit(Number::new(n.low, n.low, unit).times(part)?)?;
            let hedge = if more || reached { Hedge::Over } else { Hedge::Exact };
            return Some(Draft::number(start, end, number).hedged(hedge));
        }
        // 百万美元: what begins with a magnitude needs a currency to be a number and not a word.
        let money = unit.is_some_and(Unit::is_currency) || self.view.at(n.end) == '级';
        (n.end - n.start > 1 && money).then(|| Draft::new(start, end, Quantity::Magnitude { zeros, unit }))
    }

    /// 上百, 上亿元; not 奉上百姓, 早上百般.
    pub(super) fn upward(&self, at: usize, end: usize, out: &mut Vec<Draft>) -> Option<usize> {
        let word = "以早晚网线加乘送马船地世天海山身路奉之".contains(self.view.before(at));
        let n = self.number(end).filter(|n| n.is_order() && n.start == end && !word)?;
        if self.is_idiom(end).is_some() || self.figure(end).is_none() {
            return None;
        }
        self.order_word(at, n.end, n.zeros()?, out)
    }

    /// An order of magnitude with its unit.
    pub(super) fn order_word(&self, at: usize, end: usize, zeros: u32, out: &mut Vec<Draft>) -> Option<usize> {
        let n = Numeral::new(at, end, Decimal::ONE, Form::Order(zeros));
        let own = self.measured(end, &n, None);
        if self.view.after(end, "分之").is_some() || self.view.at(end) == '倍' {
            out.push(Draft::new(at, end, Quantity::Magnitude { zeros, unit: None }));
            return Some(end);
        }
        let draft =
            Draft::new(at, own.map_or(end, |m| m.end), Quantity::Magnitude { zeros, unit: own.map(|m| m.unit) });
        Some(self.push(draft, out))
    }

    /// 几十, 数百万, 千亿: magnitudes from `next`.
    pub(super) fn order(&self, start: usize, next: usize) -> Option<Numeral> {
        // 好几个亿.
        let counter = start < next && self.view.at(next) == '个' && self.magnitude(next + 1, 4);
        let next = next + usize::from(counter);
        let (mut end, mut zeros) = (next, 0);
        while let Some(Figure::Power(power)) =
            self.figure(end).filter(|p| end < next + 4 && (end == next || !matches!(p, Figure::Power(0..=3))))
            && !self.no_power(end, end > next)
        {
            (zeros, end) = (zeros + power, end + 1);
        }
        // 百五十 is nothing.
        if end == next || self.figure(end).is_some() {
            return None;
        }
        let low = power(zeros)?;
        let mut found = Numeral { step: low, scale: low, ..Numeral::new(start, end, low, Form::Order(zeros)) };
        if let Some((_, stop)) = self.more(end, start < next) {
            found.end = stop;
            found.hedge = if start < next { Hedge::Exact } else { Hedge::Over };
        }
        Some(found)
    }

    /// 十几, 十几亿: an order of magnitude.
    pub(super) fn teens(&self, start: usize, end: usize) -> Option<Numeral> {
        let found = self.order(start, end);
        let (zeros, end) = found.map_or((0, end), |f| (f.zeros().unwrap_or(0), f.end));
        Some(Numeral::new(start, end, power(zeros + 1)?, Form::Order(zeros + 1)))
    }
}
