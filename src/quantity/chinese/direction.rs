//! The direction of a value, from the words of change around it.
//!
//! ```text
//! change = verb { filler } value            (增长了约5%: by; 增长到5%, 增幅为: to)
//!        | value [ 的 ] [ 同比 ] noun       (5%的降幅)
//!        | [ 比 … ] ( 高 | 低 | 多 | 少 ) value   (高5个百分点, 比去年少三天)
//!        | 分别 verb value { 和 value }
//! ```

use super::vocabulary::Class;
use super::{Chinese, Direction, Draft, Hedge, Quantity, Unit};

/// How far before a value 分别 and 比 are searched, in characters.
const FARTHEST: usize = 40;

/// The meaning of a word of change before a number.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Change {
    /// The number is the amount of the change: 增长5%.
    By(Direction),
    /// The number is the new level: 增长到5%.
    To,
}

impl Chinese<'_> {
    /// The word of change that governs the number at `start`. It begins at `floor` or later.
    pub(super) fn change_before(&self, start: usize, floor: usize) -> Option<Change> {
        const MOST: usize = 5;
        let mut at = self.back_over_blank(start);
        let (mut level, mut copula) = (false, false);
        for _ in 0..MOST {
            if let Some((found, begin)) = self.find_before(at, &[Class::Change, Class::Noun]).filter(|v| v.1 >= floor) {
                let last = self.before(begin);
                let number = last.is_ascii_digit() || super::figure(last).is_some() || "公毫霜涨不".contains(last);
                let change = match level || copula && found.class == Class::Change {
                    true => Change::To,
                    // 负增长2% is a fall.
                    false => Change::By(if last == '负' { opposite(found.direction()) } else { found.direction() }),
                };
                return Some(change).filter(|_| !(number && at - begin == 1));
            }
            let (sense, begin) = self.find_before(at, &[Class::Is, Class::To, Class::By]).filter(|f| f.1 >= floor)?;
            level |= sense.class == Class::To;
            copula |= sense.class == Class::Is;
            at = self.back_over_blank(begin);
        }
        None
    }

    /// The direction of a draft in the clause from `floor` to `ceiling`.
    pub(super) fn direction(&self, draft: &Draft, floor: usize, ceiling: usize) -> Option<Direction> {
        let (time, bare) = match draft.quantity {
            Quantity::Number(number) => (number.unit.is_some_and(Unit::is_duration), number.unit.is_none()),
            Quantity::Fraction { .. } | Quantity::Magnitude { .. } => (false, false),
            _ => return None,
        };
        if self.is(draft.start, Class::Both).is_some() {
            return None;
        }
        match self.change_before(draft.start, floor) {
            // In 连续增长三年 the number is a duration; in 缩短三年 it is the change.
            Some(Change::By(_)) if time && !self.changes_time(draft.start) => None,
            // 减50 is a subtraction.
            Some(Change::By(_)) if self.before(draft.start) == '减' && bare => None,
            Some(Change::By(direction)) => Some(direction),
            Some(Change::To) => None,
            None => self
                .compared(draft, floor)
                .or_else(|| if time { None } else { self.change_behind(draft, ceiling) })
                .or_else(|| self.shared(draft.start, floor)),
        }
    }

    fn changes_time(&self, start: usize) -> bool {
        let at = self.back_over_blank(start);
        let at = at - usize::from(self.before(at) == '了');
        let word = self.slice(at.saturating_sub(2), at);
        matches!(word, ['缩', '短'] | ['增', '加'] | ['减', '少'] | ['延', '长'])
    }

    /// 高5个百分点 for shares. After 比 in the same clause, for any value: 比去年少三天.
    fn compared(&self, draft: &Draft, floor: usize) -> Option<Direction> {
        let share = match draft.quantity {
            Quantity::Number(number) => number.unit.is_some_and(Unit::is_share),
            Quantity::Fraction { .. } => false,
            _ => return None,
        };
        let at = self.back_over_blank(draft.start);
        let at = at - usize::from(matches!(self.before(at), '了' | '出'));
        let (sense, begin) = self.find_before(at, &[Class::Compare]).filter(|f| f.1 >= floor)?;
        let mut clause = self.slice(begin.saturating_sub(FARTHEST), begin).iter().rev();
        let than = clause.by_ref().take_while(|c| !",。;\n".contains(**c)).any(|c| matches!(c, '比' | '较'));
        (than || share && "高低多少快慢".contains(self.at(begin))).then(|| sense.direction())
    }

    /// 5%的降幅, 20%的同比增长. 20%的增长来自 is a share of the growth, not a change.
    fn change_behind(&self, draft: &Draft, ceiling: usize) -> Option<Direction> {
        let end = draft.end;
        // 低个位数增长.
        let band = matches!(self.before(end), '数' | '比' | '字') && draft.hedge == Hedge::About;
        let of = self.after(self.skip_blank(end), "的").map(|at| self.skip_blank(at));
        let mut at = of.unwrap_or(end);
        while let Some(after) = self.is(at, Class::BehindBetween).filter(|_| of.is_some() || band) {
            at = after;
        }
        let (sense, stop) = self.find(at, &[Class::BehindChange]).filter(|f| f.1 <= ceiling)?;
        let share = self.is(stop, Class::NoBehind).is_some();
        let noun = matches!(self.before(stop), '幅' | '率');
        ((of.is_some() || band) && !share || noun).then(|| sense.direction())
    }

    /// 分别增长20%和30%: the word before the first value also governs the others.
    fn shared(&self, start: usize, floor: usize) -> Option<Direction> {
        let gap = self.slice(floor, self.back_over_blank(start));
        let listed = matches!(gap, ['和' | '与' | '及' | '、' | ',' | '/'] | ['以', '及'] | [' ', '和'] | [',', ' ']);
        let from = floor.saturating_sub(FARTHEST);
        let near = self.slice(from, floor).iter().rposition(|c| "。;\n".contains(*c)).map_or(from, |k| from + k);
        let at = (near..floor).rev().find_map(|i| self.after(i, "分别")).filter(|_| listed)?;
        let (sense, end) = (at..at + 6).find_map(|i| self.find(i, &[Class::Change, Class::Noun]))?;
        (self.find(end, &[Class::To, Class::Is]).is_none()).then(|| sense.direction())
    }
}

fn opposite(direction: Direction) -> Direction {
    if direction == Direction::Up { Direction::Down } else { Direction::Up }
}
