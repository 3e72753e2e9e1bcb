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
        let before = self.before(at);
        if self.figure_of(before).is_some() || "上下前后大小多夜".contains(before) {
            return None;
        }
        let counter = usize::from(self.at(at + 1) == '个');
        let n = Numeral { step: TENTH, ..Numeral::new(at, at + 1, HALF, Form::Han) };
        if let (1, Some(Figure::Power(zeros @ 4..))) = (counter, self.figure(at + 2)) {
            let factor = power(zeros)?;
            let low = HALF.checked_mul(factor)?;
            return Some(self.amount(&Numeral { low, high: low, step: factor, end: at + 3, ..n }, out));
        }
        let own = self.measured(&n).or_else(|| self.measured(&Numeral { end: n.end + counter, ..n }))?;
        let risky = self.units_at(n.end).is_some_and(|(u, _)| u.risky) || matches!(own.unit?.symbol(), "°" | "yd");
        Some(self.push(self.measure(&n, own).filter(|_| !risky)?, out))
    }

    /// 低个位数, 中双位数百分比.
    pub(super) fn band(&self, at: usize, end: usize, value: &str, out: &mut Vec<Draft>) -> Option<usize> {
        let end = self.is(end, Class::BandTail).unwrap_or(end);
        let (low, high) = value.split_once("..")?;
        let number = Number::range(low.parse().ok()?, high.parse().ok()?, Decimal::ONE, Some(Unit::PERCENT));
        Some(self.push(Draft::number(at, end, number).hedged(Hedge::About), out))
    }

    /// 几十, 数亿 as an order; 百余, 近千, 过亿 as a number.
    pub(super) fn order_draft(&self, n: &Numeral, zeros: u32, own: Measured) -> Option<Draft> {
        let Measured { unit, part, end, .. } = own;
        let order = |zeros| Draft::new(n.from, end, Quantity::Magnitude { zeros, unit });
        if self.figure(n.start).is_none() || zeros == 1 || self.before(n.end) == '几' || n.low != n.step {
            return Some(order(zeros.checked_sub(part.scale())?));
        }
        let reached = "过破".contains(self.before(n.start));
        let more = n.hedge == Hedge::Over || own.hedge == Hedge::Over;
        let counted = unit.is_some() || self.is_counted(n.end) || zeros > 4 || more && self.before(n.end) == '余';
        if counted && (more || reached || self.hedge_before(n.start).is_some()) {
            let number = plain_unit(Number::new(n.low, n.low, unit).times(part)?)?;
            let hedge = if more || reached { Hedge::Over } else { Hedge::Exact };
            return Some(Draft::number(n.from, end, number).hedged(hedge));
        }
        // 百万美元: what begins with a magnitude needs a currency to be a number and not a word.
        let money = unit.is_some_and(Unit::is_currency) || self.at(n.end) == '级';
        (n.end - n.start > 1 && money).then(|| order(zeros))
    }

    /// 上百, 上亿元; not 奉上百姓, 早上百般.
    pub(super) fn upward(&self, at: usize, end: usize, out: &mut Vec<Draft>) -> Option<usize> {
        let word = "以早晚网线加乘送马船地世天海山身路奉之".contains(self.before(at)) || self.is_idiom(end).is_some();
        let n = self.number(end).filter(|n| n.is_order() && !word && self.figure(end).is_some())?;
        self.order_word(at, n.end, n.zeros()?, out)
    }

    /// An order of magnitude with its unit.
    pub(super) fn order_word(&self, at: usize, end: usize, zeros: u32, out: &mut Vec<Draft>) -> Option<usize> {
        let n = Numeral::new(at, end, Decimal::ONE, Form::Order(zeros));
        let times = self.after(end, "分之").is_some() || self.at(end) == '倍';
        let own = self.measured(&n).filter(|_| !times);
        let quantity = Quantity::Magnitude { zeros, unit: own.and_then(|m| m.unit) };
        Some(self.push(Draft::new(at, own.map_or(end, |m| m.end), quantity), out))
    }

    /// 几十, 数百万, 千亿: magnitudes from `next`.
    pub(super) fn order(&self, start: usize, next: usize) -> Option<Numeral> {
        // 好几个亿.
        let counter = start < next && self.at(next) == '个' && self.magnitude(next + 1, 4);
        let next = next + usize::from(counter);
        let (mut end, mut zeros) = (next, 0);
        while let Some(Figure::Power(power)) = self.figure(end).filter(|_| end < next + 4)
            && (end == next || power > 3)
            && !self.no_power(end, end > next)
        {
            (zeros, end) = (zeros + power, end + 1);
        }
        // 百五十 is nothing.
        if end == next || self.figure(end).is_some() {
            return None;
        }
        let low = power(zeros)?;
        let found = Numeral { step: low, scale: low, ..Numeral::new(start, end, low, Form::Order(zeros)) };
        let hedge = if start < next { Hedge::Exact } else { Hedge::Over };
        Some(self.more(end, start < next).map_or(found, |(_, end)| Numeral { end, hedge, ..found }))
    }

    /// 十几, 十几亿: an order of magnitude.
    pub(super) fn teens(&self, start: usize, end: usize) -> Option<Numeral> {
        let found = self.order(start, end);
        let zeros = found.and_then(|f| f.zeros()).unwrap_or(0) + 1;
        Some(Numeral::new(start, found.map_or(end, |f| f.end), power(zeros)?, Form::Order(zeros)))
    }
}
