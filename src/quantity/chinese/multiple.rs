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
use super::vocabulary::Class;
use super::{Chinese, Direction, Draft, HALF, Hedge, Quantity};

/// Farthest that a word of change is looked for before a number, in characters.
const BACK: usize = 16;

impl Chinese<'_> {
    /// 翻了近两番, 翻了三倍.
    pub(super) fn turned(&self, at: usize, end: usize, out: &mut Vec<Draft>) -> Option<usize> {
        let hedge = self.find(end, &[Class::Before]).map(|(s, i)| (s.hedge(), i));
        let (hedge, next) = hedge.unwrap_or((Hedge::Exact, end));
        let n = self.number(next).filter(|n| !n.is_order());
        let (times, end) = n.map_or((Decimal::ONE, next), |n| (n.low, n.end));
        let times = match self.at(end) {
            // Each 番 doubles; more than sixteen times over is no figure of speech.
            '番' => Decimal::from(1u64 << u32::try_from(times).ok().filter(|&p| p <= 16)?),
            '倍' => times.max(Decimal::TWO),
            _ => return None,
        };
        Some(self.push(Draft::new(at, end + 1, Quantity::Multiple(times)).hedged(hedge), out))
    }

    /// The word of change that governs the number at `start`, over a hedge.
    fn governed(&self, start: usize) -> Option<Change> {
        self.change_before(self.hedge_before(start).map_or(start, |h| h.1), start.saturating_sub(BACK))
    }

    /// 一半 as a part of a whole or, behind a word of change, as what is left: 减少一半.
    pub(super) fn half(&self, at: usize, end: usize, hedge: Hedge, out: &mut Vec<Draft>) -> Option<usize> {
        let less = "少低".contains(self.before(at));
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
        // 一倍 more is twice as much; 1.0倍 is a ratio.
        let one = n.low == Decimal::ONE && n.end - n.start == 1 && !half;
        let more = if one { Decimal::ONE } else { grows() };
        let times = n.low.checked_add(more)?.checked_add(if half { HALF } else { Decimal::ZERO })?;
        let hedge = if over { Hedge::Over } else { n.hedge };
        let end = times_at + 1 + usize::from(half);
        Some(self.push(Draft::new(n.start, end, Quantity::Multiple(times)).hedged(hedge), out))
    }

    /// 八折, 七五折, 8.5折, 85折, 六点五折.
    fn discount(&self, n: &Numeral, at: usize, out: &mut Vec<Draft>) -> Option<usize> {
        // 五五折 and 六七折 are digits, not a guess.
        let pair = n.low != n.high;
        let places = if n.low < Decimal::TEN && n.digits != 2 && !pair { 1 } else { 2 };
        let value = if pair { n.low.checked_mul(Decimal::TEN)?.checked_add(n.high)? } else { n.low };
        let one = n.is_single() && n.low == Decimal::ONE;
        if self.is(at, Class::Word).is_some() || one || value >= Decimal::ONE_HUNDRED || value.is_zero() {
            return None;
        }
        let times = value.checked_mul(Decimal::new(1, places))?;
        Some(self.push(Draft::new(n.start, at + 1, Quantity::Multiple(times)), out))
    }
}
