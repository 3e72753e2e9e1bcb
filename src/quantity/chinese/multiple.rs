//! Multiples of an earlier value, halves, bands and orders of magnitude.
//!
//! ```text
//! multiple = number 倍 [ 半 ]     (after a verb of growth one more: 增长两倍 is three times)
//!          | number 折 | 翻 number ( 番 | 倍 ) | 翻番 | 减半 | 腰斩
//! half     = 一半 | 半数 | 过半    (after a verb of change a multiple) | 半 [ 个 ] unit | 半个亿
//! band     = 低个位数 | 高双位数 [ 百分比 ]
//! order    = 几十 [ unit ] | 上百 [ unit ] | 数以百万计 | 成千上万 | 百余 | 近千
//! ```

use rust_decimal::Decimal;

use super::amount::{Measured, plain_unit};
use super::direction::Change;
use super::numeral::{Form, Numeral};
use super::vocabulary::{Class, Figure};
use super::{Chinese, Direction, Draft, HALF, Hedge, Number, Quantity, TENTH, Unit};
use crate::quantity::decimal::power;

/// How far before a number a word of change is searched, in characters.
const BACK: usize = 16;

impl Chinese<'_> {
    /// 翻了近两番, 翻了三倍.
    pub(super) fn turned(&self, at: usize, end: usize, out: &mut Vec<Draft>) -> Option<usize> {
        let hedge = self.find(end, &[Class::Before]).map(|(s, i)| (s.hedge(), i));
        let (hedge, next) = hedge.unwrap_or((Hedge::Exact, end));
        let n = self.number(next).filter(|n| n.zeros().is_none());
        let (times, end) = n.map_or((Decimal::ONE, next), |n| (n.low, n.end));
        let times = match self.at(end) {
            // Each 番 doubles. More than sixteen of them are a figure of speech.
            '番' => Decimal::from(1u64 << u32::try_from(times).ok().filter(|&p| p <= 16)?),
            '倍' => times.max(Decimal::TWO),
            _ => return None,
        };
        Some(self.push(Draft::new(at, end + 1, Quantity::Multiple(times)).hedged(hedge), out))
    }

    /// The word of change that governs the number at `start`. A hedge may be between them.
    fn governed(&self, start: usize) -> Option<Change> {
        self.change_before(self.hedge_before(start).map_or(start, |h| h.1), start.saturating_sub(BACK))
    }

    /// 一半 as a part of a whole or, after a word of change, as the part that remains: 减少一半.
    pub(super) fn half(&self, at: usize, end: usize, hedge: Hedge, out: &mut Vec<Draft>) -> Option<usize> {
        // 最多半天.
        if self.ends(at + 1, Class::Far).is_some() {
            return None;
        }
        let less = "少低".contains(self.before(at)) && self.ends(at, Class::Compare).is_some();
        let quantity = match self.governed(at) {
            Some(Change::By(Direction::Up)) => Quantity::Multiple(Decimal::new(15, 1)),
            None if !less => Quantity::fraction(1, 2)?,
            _ => Quantity::Multiple(HALF),
        };
        Some(self.push(Draft::new(at, end, quantity).hedged(hedge), out))
    }

    /// 两倍, 增长两倍, 三倍半, 三至四倍, 八折.
    pub(super) fn multiple(&self, n: &Numeral, out: &mut Vec<Draft>) -> Option<usize> {
        let next = self.skip_blank(n.end);
        if self.at(next) == '折' {
            return self.discount(n, next, out);
        }
        let grows =
            || if self.governed(n.start) == Some(Change::By(Direction::Up)) { Decimal::ONE } else { Decimal::ZERO };
        let (over, times_at) =
            self.after(next, "多").filter(|&i| self.at(i) == '倍').map_or((false, next), |i| (true, i));
        let is_times = |at: usize| self.at(at) == '倍' && self.is(at, Class::Word).is_none();
        if self.at(times_at) != '倍' {
            let last = self.other_end(n.end).filter(|last| is_times(self.skip_blank(last.end)) && last.low > n.low)?;
            let more = grows();
            let draft = |n: &Numeral, end| Some(Draft::new(n.start, end, Quantity::Multiple(n.low.checked_add(more)?)));
            let (first, second) = (draft(n, n.end)?, draft(&last, self.skip_blank(last.end) + 1)?);
            out.push(first);
            return Some(self.push(second, out));
        }
        if let Some(zeros) = n.zeros() {
            return Some(self.push(Draft::new(n.start, times_at, Quantity::Magnitude { zeros, unit: None }), out));
        }
        if !is_times(times_at) {
            return None;
        }
        let half = self.at(times_at + 1) == '半';
        // A growth by 一倍 is a doubling; 1.0倍 is a ratio.
        let one = n.low == Decimal::ONE && n.end - n.start == 1 && !half;
        let more = if one { Decimal::ONE } else { grows() };
        let times = n.low.checked_add(more)?.checked_add(if half { HALF } else { Decimal::ZERO })?;
        let hedge = if over { Hedge::Over } else { n.hedge };
        let end = times_at + 1 + usize::from(half);
        Some(self.push(Draft::new(n.start, end, Quantity::Multiple(times)).hedged(hedge), out))
    }

    /// 八折, 七五折, 8.5折, 85折, 六点五折.
    fn discount(&self, n: &Numeral, at: usize, out: &mut Vec<Draft>) -> Option<usize> {
        // 五五折 and 六七折 are two digits, not a guess.
        let pair = n.low != n.high;
        let places = if n.low < Decimal::TEN && n.digits != 2 && !pair { 1 } else { 2 };
        let value = if pair { n.low.checked_mul(Decimal::TEN)?.checked_add(n.high)? } else { n.low };
        if self.is(at, Class::Word).is_some() || value >= Decimal::ONE_HUNDRED {
            return None;
        }
        let times = value.checked_mul(Decimal::new(1, places))?;
        Some(self.push(Draft::new(n.start, at + 1, Quantity::Multiple(times)), out))
    }

    /// 半小时, 半年, 半个百分点, 半个亿.
    pub(super) fn half_unit(&self, at: usize, out: &mut Vec<Draft>) -> Option<usize> {
        let before = self.before(at);
        // 提前半年 is half a year earlier.
        let ahead = self.before(at.saturating_sub(1)) == '提';
        let word = "上下前后大小多夜".contains(before) && self.ends(at, Class::Far).is_none() && !ahead;
        if word || super::figure(before).is_some() {
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
        Some(self.push(self.measure(&n, own)?, out))
    }

    /// 低个位数, 中双位数百分比.
    pub(super) fn band(&self, at: usize, end: usize, value: &str, out: &mut Vec<Draft>) -> Option<usize> {
        let end = self.is(end, Class::BandTail).unwrap_or(end);
        let (low, high) = value.split_once("..")?;
        let number = Number::range(low.parse().ok()?, high.parse().ok()?, Decimal::ONE, Some(Unit::PERCENT));
        Some(self.push(Draft::number(at, end, number).hedged(Hedge::About), out))
    }

    /// 几十, 数亿 as an order of magnitude; 百余, 近千, 过亿 as a number.
    pub(super) fn order_draft(&self, n: &Numeral, zeros: u32, own: Measured) -> Option<Draft> {
        let Measured { unit, part, end, .. } = own;
        let order = |zeros| Draft::new(n.from, end, Quantity::Magnitude { zeros, unit });
        if self.figure(n.start).is_none() || zeros == 1 || n.low != n.step {
            return Some(order(zeros.checked_sub(part.scale())?));
        }
        let reached = "过破".contains(self.before(n.start));
        let more = n.hedge == Hedge::Over;
        let counted = unit.is_some() || self.is_counted(n.end) || zeros > 4;
        if counted && (more || reached || self.hedge_before(n.start).is_some()) {
            let number = plain_unit(Number::new(n.low, n.low, unit).times(part)?)?;
            let hedge = if more || reached { Hedge::Over } else { Hedge::Exact };
            return Some(Draft::number(n.from, end, number).hedged(hedge));
        }
        // 百万美元: a magnitude without a digit is a number only with a currency.
        let money = unit.is_some_and(Unit::is_currency) || self.at(n.end) == '级';
        (n.end - n.start > 1 && money).then(|| order(zeros))
    }

    /// 上百, 上亿元. 上 belongs to another word in 奉上百姓 and 早上百般.
    pub(super) fn upward(&self, at: usize, end: usize, out: &mut Vec<Draft>) -> Option<usize> {
        let word = "以早晚网线加乘送马船地世天海山身路奉之".contains(self.before(at));
        let n = self.number(end).filter(|n| n.zeros().is_some() && !word)?;
        self.order_word(at, n.end, n.zeros()?, out)
    }

    /// An order of magnitude with its unit.
    pub(super) fn order_word(&self, at: usize, end: usize, zeros: u32, out: &mut Vec<Draft>) -> Option<usize> {
        let n = Numeral::new(at, end, Decimal::ONE, Form::Order(zeros));
        let own = self.measured(&n);
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
        // 百五十 is not a number.
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
