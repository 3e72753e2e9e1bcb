//! Signs and hedges: words before and behind a value that say how exactly it is meant.
//!
//! ```text
//! value = [ hedge ] [ filler | rate ] [ sign ] expression [ counter ] [ hedge ]
//! sign  = "-" | 负 | 零下 | ±  (± takes the sign away, and the direction)
//! ```

use super::vocabulary::Class;
use super::{Chinese, Draft, Hedge, Quantity};

impl Chinese<'_> {
    /// `start` over a blank before it.
    pub(super) fn back_over_blank(&self, start: usize) -> usize {
        start - (1..=2).take_while(|k| start.checked_sub(*k).is_some_and(|i| self.view.at(i).is_whitespace())).count()
    }

    /// Where the sign before `start` begins.
    pub(super) fn minus_before(&self, start: usize, floor: usize) -> Option<usize> {
        let view = self.view;
        let word = if view.before(start).is_whitespace() { start - 1 } else { start };
        let at = self
            .ends(start, Class::Minus)
            .or_else(|| self.ends(word, Class::Minus).filter(|&at| view.at(at) == '负' || view.at(at) == '零'))?;
        if at < floor
            || self.ends(at + 1, Class::NoMinus).is_some_and(|no| no < at)
            || self.both_before(start).is_some()
        {
            return None;
        }
        let last = view.before(at);
        let number = last.is_ascii_alphanumeric()
            || self.words.figure(last).is_some()
            || "%年月日号时点分秒元度倍成岁-)".contains(last);
        let word = last.is_alphabetic() && !last.is_ascii() && !"为是至到率长达在于从由".contains(last);
        let dash = matches!(view.at(at), '-' | '−' | '﹣');
        // Behind a word only what has a unit can be negative: 歼-20 is a name.
        (!dash || !(number || word && !self.has_unit(start))).then_some(at)
    }

    fn has_unit(&self, start: usize) -> bool {
        self.numeral(start, false).is_ok_and(|n| self.measured(n.end, &n, None).is_some() || self.view.at(n.end) == '.')
    }

    /// Where ± or 正负 begins before `start`.
    pub(super) fn both_before(&self, start: usize) -> Option<usize> {
        self.ends(self.back_over_blank(start), Class::Both)
    }

    /// Takes in the sign and the hedges of the clause from `floor` to `ceiling`.
    pub(super) fn surround(&self, draft: &mut Draft, floor: usize, ceiling: usize) {
        if let Some(at) = self.both_before(draft.start).filter(|&at| at >= floor) {
            draft.start = at;
            return;
        }
        let signed = match draft.quantity {
            Quantity::Number(number) if number.high.is_none() && !number.low.is_sign_negative() => {
                self.minus_before(draft.start, floor)
            }
            _ => None,
        };
        if let Some(at) = signed {
            self.negate(draft, at);
        }
        // 摄氏 stands before the sign and the number.
        if let Some(scale) =
            draft.start.checked_sub(2).filter(|&s| s >= floor && self.view.after_any(s, &["摄氏", "华氏"]).is_some())
        {
            draft.start = scale;
        }
        if matches!(
            draft.quantity,
            Quantity::Date(_) | Quantity::Ordinal(_) | Quantity::Magnitude { .. } | Quantity::Time(_)
        ) {
            return;
        }
        if let Some((hedge, end)) = self.hedge_behind(draft).filter(|h| h.1 <= ceiling) {
            (draft.hedge, draft.end) = (hedge, end);
        }
        if let Some((hedge, start)) = self.hedge_before(draft.start).filter(|h| h.1 >= floor) {
            (draft.hedge, draft.start) = (hedge, start);
        }
    }

    fn negate(&self, draft: &mut Draft, at: usize) {
        match draft.quantity {
            Quantity::Number(number) => draft.quantity = Quantity::Number(number.negated()),
            _ => return,
        }
        draft.start = at;
    }

    /// The hedge before `start`, and where it begins.
    pub(super) fn hedge_before(&self, start: usize) -> Option<(Hedge, usize)> {
        let start = self.back_over_blank(start);
        self.hedge_ending(start).or_else(|| {
            // 约每秒30万公里, 约有三成.
            let rate = self.ends(start, Class::Rate);
            let near = rate.unwrap_or(start);
            let at = |end: usize| self.hedge_ending(end);
            let filler = self.ends(near, Class::Filler);
            let loose = rate.is_some() || filler.is_some();
            let found =
                rate.and_then(at).or_else(|| filler.and_then(at).filter(|h| h.0 == Hedge::About || rate.is_some()));
            found.filter(|_| loose).or_else(|| self.far(start))
        })
    }

    /// 至少, 最多 and the like may stand before the verb: 最多可坐45人.
    fn far(&self, start: usize) -> Option<(Hedge, usize)> {
        const FARTHEST: usize = 7;
        for back in 0..FARTHEST {
            let end = start.checked_sub(back)?;
            if let Some(found) = self.find_before(end, &[Class::Far]).map(|(s, i)| (s.hedge(), i)) {
                return Some(found).filter(|_| self.view.at(end) != '的');
            }
            let c = self.view.before(end);
            let stops = c == '者' || self.words.figure(c).is_some();
            if stops || !(c.is_alphabetic() || c.is_whitespace()) || c.is_ascii_alphanumeric() {
                return None;
            }
        }
        None
    }

    fn hedge_ending(&self, end: usize) -> Option<(Hedge, usize)> {
        let (sense, at) = self.find_before(end, &[Class::Before, Class::Far, Class::NoHedge])?;
        if sense.class == Class::NoHedge {
            return None;
        }
        let view = self.view;
        let short = end - at == 1;
        // 近三年 is the last three years, but for 历时近三年; 快十年了, but 快三倍 is faster.
        let spans = || {
            let next = view.skip_blank(end);
            let n = self.number(next);
            n.and_then(|n| self.measured(n.end, &n, None))
                .is_some_and(|m| m.unit.is_duration() && !matches!(m.unit.symbol(), "s" | "min" | "h" | "ms"))
        };
        if short && view.at(at) == '近' && spans() && !"了时达经去长用花有已需过".contains(view.before(at))
        {
            return None;
        }
        if short && view.at(at) == '快' && !spans() {
            return None;
        }
        Some((sense.hedge(), at))
    }

    /// The hedge behind a draft, over a counter, and the index behind it.
    fn hedge_behind(&self, draft: &Draft) -> Option<(Hedge, usize)> {
        let view = self.view;
        let at = view.skip_blank(draft.end);
        let word = |at: usize| {
            let found = self.find(at, &[Class::Behind]).map(|(s, i)| (s.hedge(), i))?;
            let sum = self.view.at(at) == '+' && self.view.at(at + 1).is_ascii_digit();
            (!sum && self.is(at, Class::NoMore).is_none_or(|no| no <= found.1)).then_some(found)
        };
        if let Quantity::Fraction { .. } = draft.quantity
            && let Some(found) = self.find(at, &[Class::PartBehind]).map(|(s, i)| (s.hedge(), i))
        {
            return Some(found).filter(|_| self.is(at, Class::NoMore).is_none());
        }
        let spans = matches!(draft.quantity, Quantity::Number(n) if n.unit.is_some_and(|u| u.is_duration()));
        if let Some(end) = self.is(at, Class::Within).filter(|_| spans) {
            return Some((Hedge::Under, end));
        }
        let open =
            matches!(draft.quantity, Quantity::Number(n) if n.unit.is_some_and(|u| u.is_currency() || u.is_share()));
        if let Some(end) = self.is(at, Class::Onwards).filter(|&end| open && !view.at(end).is_alphabetic()) {
            return Some((Hedge::Over, end));
        }
        let found = word(at).or_else(|| {
            // 20家左右, 3次以上.
            let counter = self.is(at, Class::Measure).filter(|_| at > draft.start)?;
            word(view.skip_blank(counter)).filter(|f| f.1 > counter + 1 || view.at(counter) == '+')
        });
        found.filter(|f| f.0 != draft.hedge || f.1 > at)
    }
}
