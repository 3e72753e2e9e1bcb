//! Signs and hedges: words before and after a value that say how exact it is.
//!
//! ```text
//! value = [ hedge ] [ filler | rate ] [ sign ] expression [ counter ] [ hedge ]
//! hedge = 约 | 至少 | [ 不 | 不得 | 不应 … ] ( 多于 | 低于 | 超过 … )
//! sign  = "-" | 负 | 零下 | ±  (± takes the sign away, and the direction)
//! ```

use super::vocabulary::Class;
use super::{Chinese, Draft, Hedge, Quantity, Unit};

impl Chinese<'_> {
    /// `start`, or the index before the blank that precedes it.
    pub(super) fn back_over_blank(&self, start: usize) -> usize {
        start - (1..=2).take_while(|k| start.checked_sub(*k).is_some_and(|i| self.at(i).is_whitespace())).count()
    }

    /// Where the sign before `start` begins.
    pub(super) fn minus_before(&self, start: usize, floor: usize) -> Option<usize> {
        let word =
            || self.ends(self.back_over_blank(start), Class::Minus).filter(|&at| matches!(self.at(at), '负' | '零'));
        let at = self.ends(start, Class::Minus).or_else(word).filter(|&at| at >= floor)?;
        // After a number it is a dash. After a word it is a dash if no unit follows.
        let last = self.before(at);
        let word = last.is_alphabetic() && !"为是至到率长达在于从由".contains(last);
        let unit = || self.number(start).is_some_and(|n| self.measured(&n).is_some() || self.at(n.end) == '.');
        let number = last.is_ascii_alphanumeric()
            || super::figure(last).is_some()
            || "%年月日号时点分秒元度倍成岁-)".contains(last);
        (matches!(self.at(at), '负' | '零') || !number && (!word || unit())).then_some(at)
    }

    /// Where ± or 正负 begins before `start`.
    pub(super) fn both_before(&self, start: usize) -> Option<usize> {
        self.ends(self.back_over_blank(start), Class::Both)
    }

    /// Adds the sign and the hedges in the clause from `floor` to `ceiling`.
    pub(super) fn surround(&self, draft: &mut Draft, floor: usize, ceiling: usize) {
        if let Some(at) = self.both_before(draft.start).filter(|&at| at >= floor) {
            draft.start = at;
            return;
        }
        let negated = match draft.quantity {
            Quantity::Number(n) if n.high.is_none() && !n.low.is_sign_negative() => Some(Quantity::Number(n.negated())),
            Quantity::Fraction { numerator, denominator } => {
                Some(Quantity::Fraction { numerator: -numerator, denominator })
            }
            _ => None,
        };
        if let Some((at, quantity)) = self.minus_before(draft.start, floor).zip(negated) {
            (draft.start, draft.quantity) = (at, quantity);
        }
        // 摄氏 comes before the sign and the number.
        if let Some(scale) = draft.start.checked_sub(2).filter(|&s| s >= floor)
            && self.after_any(scale, &["摄氏", "华氏"]).is_some()
        {
            draft.start = scale;
        }
        if !matches!(draft.quantity, Quantity::Number(_) | Quantity::Fraction { .. } | Quantity::Multiple(_)) {
            return;
        }
        if let Some((hedge, end)) = self.hedge_behind(draft).filter(|h| h.1 <= ceiling) {
            (draft.hedge, draft.end) = (hedge, end);
        }
        if let Some((hedge, start)) = self.hedge_before(draft.start).filter(|h| h.1 >= floor) {
            (draft.hedge, draft.start) = (hedge, start);
        }
        if self.is_of_none(draft.start.max(floor), floor) {
            draft.hedge = opposite(draft.hedge);
        }
    }

    /// Whether the clause before `start` is about none: 没有任何一家超过10%.
    fn is_of_none(&self, start: usize, floor: usize) -> bool {
        const FARTHEST: usize = 18;
        let clause = (start.saturating_sub(FARTHEST).max(floor)..start).rev();
        clause.take_while(|&i| !"，。；,.;:\n".contains(self.at(i))).any(|i| self.is(i, Class::NoneOf).is_some())
    }

    /// The hedge before `start`, and where it begins.
    pub(super) fn hedge_before(&self, start: usize) -> Option<(Hedge, usize)> {
        let start = self.back_over_blank(start);
        self.hedge_ending(start).or_else(|| {
            // 约每秒30万公里, 约有三成.
            let rate = self.ends(start, Class::Rate);
            let behind_filler = || {
                let at = self.ends(rate.unwrap_or(start), Class::Filler)?;
                self.hedge_ending(at).filter(|h| h.0 == Hedge::About || rate.is_some())
            };
            rate.and_then(|at| self.hedge_ending(at)).or_else(behind_filler).or_else(|| self.far(start))
        })
    }

    /// 至少, 不超过 and the like may come before the verb: 最多可坐45人.
    fn far(&self, start: usize) -> Option<(Hedge, usize)> {
        const FARTHEST: usize = 12;
        for end in (start.checked_sub(FARTHEST - 1).unwrap_or(1)..=start).rev() {
            let far = self.find_before(end, &[Class::Far]).map(|(s, at)| (s.hedge(), at));
            if let Some(found) = far.or_else(|| self.bound(end).filter(|b| b.1 + 2 < end)) {
                return Some(found).filter(|_| self.at(end) != '的');
            }
            let c = self.before(end);
            let word = c.is_alphabetic() && !c.is_ascii_alphanumeric() && c != '者' && super::figure(c).is_none();
            if !word && !c.is_whitespace() {
                return None;
            }
        }
        None
    }

    /// 多于, 不得多于: a comparison that ends before `end`, reversed if a negation comes before it.
    fn bound(&self, end: usize) -> Option<(Hedge, usize)> {
        let (sense, at) = self.find_before(end, &[Class::Bound])?;
        let Some(not) = self.ends(at, Class::Not) else { return Some((sense.hedge(), at)) };
        Some((opposite(sense.hedge()), not))
    }

    fn hedge_ending(&self, end: usize) -> Option<(Hedge, usize)> {
        if let Some(found) = self.bound(end) {
            return Some(found);
        }
        let (sense, at) = self.find_before(end, &[Class::Before, Class::Far])?;
        let n = || self.number(self.skip_blank(end));
        let long = |unit: Unit| unit.is_duration() && !matches!(unit.symbol(), "s" | "min" | "h" | "ms");
        let spans = || n().and_then(|n| self.measured(&n)?.unit).is_some_and(long);
        let reached = || n().is_some_and(|n| self.at(self.is(n.end, Class::Measure).unwrap_or(n.end)) == '了');
        let counts = match self.slice(at, end) {
            // 近三年 is the last three years, but 历时近三年 is nearly three years.
            ['近'] => !spans() || "了时达经去长用花有已需过".contains(self.before(at)),
            // 快十年了 and 快五十了 are "nearly", but 快三倍 is faster.
            ['快'] => spans() || reached(),
            _ => true,
        };
        counts.then_some((sense.hedge(), at))
    }

    /// The hedge after a draft and its counter, and the index after the hedge.
    pub(super) fn hedge_behind(&self, draft: &Draft) -> Option<(Hedge, usize)> {
        let at = self.skip_blank(draft.end);
        let fraction = matches!(draft.quantity, Quantity::Fraction { .. });
        if let Some((sense, end)) = self.find(at, &[Class::PartBehind]).filter(|_| fraction) {
            return Some((sense.hedge(), end));
        }
        let unit = if let Quantity::Number(number) = draft.quantity { number.unit } else { None };
        if let Some(end) = self.is(at, Class::Within).filter(|_| unit.is_some_and(Unit::is_duration)) {
            return Some((Hedge::Under, end));
        }
        let price = unit.is_some_and(|u| u.is_currency() || u.is_share());
        if let Some(end) = self.is(at, Class::Onwards).filter(|&end| price && !self.at(end).is_alphabetic()) {
            return Some((Hedge::Over, end));
        }
        let word = |at: usize| {
            let sum = self.at(at) == '+' && self.at(at + 1).is_ascii_digit();
            self.find(at, &[Class::Behind]).map(|(s, end)| (s.hedge(), end)).filter(|_| !sum)
        };
        // 20家左右, 3次以上.
        let counted = || {
            let counter = self.is(at, Class::Measure)?;
            word(self.skip_blank(counter)).filter(|f| f.1 > counter + 1 || self.at(counter) == '+')
        };
        word(at).or_else(counted)
    }
}

fn opposite(hedge: Hedge) -> Hedge {
    match hedge {
        Hedge::Over => Hedge::Under,
        Hedge::Under => Hedge::Over,
        same => same,
    }
}
