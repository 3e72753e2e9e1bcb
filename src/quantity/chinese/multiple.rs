//! Multiples of a former value.
//!
//! ```text
//! multiple = number 倍 [ 半 ]     (behind a verb of growth one more: 增长两倍 is three times)
//!          | number 折 | 翻 number ( 番 | 倍 ) | 翻番 | 减半 | 腰斩
//! half     = 一半 | 半数 | 过半    (behind a verb of change a multiple)
//! ```

use rust_decimal::Decimal;

use super::direction::Change;
use super::numeral::Numeral;
use super::vocabulary::{Class, Figure};
use super::{Chinese, Direction, Draft, HALF, Hedge, Quantity};

/// Farthest that a word of change is looked for before a number, in characters.
const BACK: usize = 16;

impl Chinese<'_> {
    /// 翻了近两番, 翻了三倍.
    pub(super) fn turned(&self, at: usize, end: usize, out: &mut Vec<Draft>) -> Option<usize> {
        let hedge = self.find(end, &[Class::Before]).map(|(s, i)| (s.hedge(), i));
        let (hedge, next) = hedge.unwrap_or((Hedge::Exact, end));
        let (times, end) = match self.view.at(next) {
            '番' | '倍' => (Decimal::TWO, next + 1),
            _ => {
                let n = self.number(next).filter(|n| !n.is_order())?;
                match self.view.at(n.end) {
                    // Each 番 doubles.
                    '番' => (power_of_two(n.low)?, n.end + 1),
                    '倍' => (n.low.max(Decimal::TWO), n.end + 1),
                    _ => return None,
                }
            }
        };
        Some(self.push(Draft::new(at, end, Quantity::Multiple(times)).hedged(hedge), out))
    }

    /// 一半 as a part of a whole or, behind a word of change, as what is left: 减少一半.
    pub(super) fn half(&self, at: usize, end: usize, hedge: Hedge, out: &mut Vec<Draft>) -> Option<usize> {
        // 过半年 and 过半小时 are durations.
        if self.view.before(end) == '半'
            && (matches!(self.view.at(end), '年' | '天' | '个' | '小' | '夜' | '导') || self.figure(end).is_some())
        {
            return None;
        }
        let part = Quantity::fraction(1, 2)?;
        let at_hedge = self.hedge_before(at).map_or(at, |h| h.1);
        let less = matches!(self.view.before(at), '少' | '低') && self.ends(at, Class::NoCompare).is_none();
        let quantity = match self.change_before(at_hedge, at.saturating_sub(BACK)) {
            Some(Change::By(Direction::Up)) => Quantity::Multiple(Decimal::new(15, 1)),
            Some(_) => Quantity::Multiple(HALF),
            None if less => Quantity::Multiple(HALF),
            None => part,
        };
        Some(self.push(Draft::new(at, end, quantity).hedged(hedge), out))
    }

    /// 两倍, 增长两倍, 三倍半, 三至四倍, 八折.
    pub(super) fn multiple(&self, n: &Numeral, out: &mut Vec<Draft>) -> Option<usize> {
        let view = self.view;
        let next = view.skip_blank(n.end);
        if view.at(next) == '折' {
            return self.discount(n, next, out);
        }
        let over = view.at(next) == '多' && view.at(next + 1) == '倍';
        let times_at = next + usize::from(over);
        let grows = || {
            let at = self.hedge_before(n.start).map_or(n.start, |h| h.1);
            self.change_before(at, n.start.saturating_sub(BACK)) == Some(Change::By(Direction::Up))
        };
        if view.at(times_at) != '倍' {
            let last = self.number(self.connector(n.end)?)?;
            let behind = view.skip_blank(last.end);
            if view.at(behind) != '倍' || last.low <= n.low || self.is(behind, Class::NoDiscount).is_some() {
                return None;
            }
            let more = if grows() { Decimal::ONE } else { Decimal::ZERO };
            let draft = |n: &Numeral, end| Some(Draft::new(n.start, end, Quantity::Multiple(n.low.checked_add(more)?)));
            let (first, second) = (draft(n, n.end)?, draft(&last, behind + 1)?);
            out.push(first);
            return Some(self.push(second, out));
        }
        if let Some(zeros) = n.zeros() {
            return Some(self.push(Draft::new(n.start, times_at, Quantity::Magnitude { zeros, unit: None }), out));
        }
        let mut end = times_at + 1;
        if matches!(view.at(end), '数' | '频' | '体' | '镜' | '率' | '速') {
            return None;
        }
        let mut times = n.low;
        if view.at(end) == '半' {
            (times, end) = (times.checked_add(HALF)?, end + 1);
        }
        // 一倍 more is twice as much; 1.0倍 is a ratio.
        let one = times == Decimal::ONE && n.step == Decimal::ONE && n.end - n.start == 1;
        if one || grows() {
            times = times.checked_add(Decimal::ONE)?;
        }
        let hedge = if over || n.hedge == Hedge::Over { Hedge::Over } else { n.hedge };
        Some(self.push(Draft::new(n.start, end, Quantity::Multiple(times)).hedged(hedge), out))
    }

    /// 八折, 七五折, 8.5折, 85折, 六点五折.
    fn discount(&self, n: &Numeral, at: usize, out: &mut Vec<Draft>) -> Option<usize> {
        let places = if n.low < Decimal::TEN && n.digits != 2 && n.low == n.high { 1 } else { 2 };
        // 五五折 and 六七折 are digits, not a guess.
        let pair = n.low != n.high;
        let value = if pair { n.low.checked_mul(Decimal::TEN)?.checked_add(n.high)? } else { n.low };
        let word = self.is(at, Class::NoDiscount).is_some() || value >= Decimal::ONE_HUNDRED || value == Decimal::ZERO;
        if word || (n.low == Decimal::ONE && n.is_single() && matches!(self.figure(n.start), Some(Figure::Digit(1)))) {
            return None;
        }
        let times = value.checked_mul(Decimal::new(1, places))?;
        Some(self.push(Draft::new(n.start, at + 1, Quantity::Multiple(times)), out))
    }
}

fn power_of_two(power: Decimal) -> Option<Decimal> {
    // More than sixteen times over is no figure of speech.
    let power = u32::try_from(power).ok().filter(|&p| p <= 16 && power.is_integer())?;
    Some(Decimal::from(1u64 << power))
}
