//! Where a value goes, by the words of change around it.
//!
//! ```text
//! change = verb { filler } value            (增长了约5%: by; 增长到5%, 增幅为: to)
//!        | value [ 的 ] [ 同比 ] noun       (5%的降幅)
//!        | ( 高 | 低 | 多 | 少 ) value       (比去年高5个百分点)
//!        | 分别 verb value { 和 value }
//! ```

use super::vocabulary::Class;
use super::{Chinese, Direction, Draft, Hedge, Quantity};

/// Farthest that 分别 is looked for before a value.
const FARTHEST: usize = 40;

/// What a word of change before a number says of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Change {
    /// The number is the change: 增长5%.
    By(Direction),
    /// The number is what it comes to: 增长到5%.
    To(Direction),
}

impl Chinese<'_> {
    /// The word of change that governs the number at `start`; it begins no earlier than `floor`.
    pub(super) fn change_before(&self, start: usize, floor: usize) -> Option<Change> {
        const MOST: usize = 5;
        let view = self.view;
        let mut at = self.back_over_blank(start);
        let (mut level, mut copula) = (false, false);
        for _ in 0..MOST {
            let verb = self.find_before(at, &[Class::Change, Class::Noun, Class::NoChange]);
            if let Some((found, begin)) = verb.filter(|v| v.1 >= floor) {
                let (direction, noun) = (found.direction(), found.class == Class::Noun);
                // 负增长2% falls.
                let negative = view.before(begin) == '负';
                let direction = if negative { opposite(direction) } else { direction };
                let one = at - begin == 1;
                let word = one
                    && (self.words.figure(view.before(begin)).is_some()
                        || view.before(begin).is_ascii_digit()
                        || "公毫霜涨不".contains(view.before(begin)));
                return match (word || found.class == Class::NoChange, level, copula && !noun) {
                    (true, ..) => None,
                    (_, false, false) => Some(Change::By(direction)),
                    _ => Some(Change::To(direction)),
                };
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
        let time = match draft.quantity {
            Quantity::Number(number) => number.unit.is_some_and(|u| u.is_duration()),
            Quantity::Fraction { .. } | Quantity::Magnitude { .. } => false,
            _ => return None,
        };
        let bare = matches!(draft.quantity, Quantity::Number(n) if n.unit.is_none());
        if self.view.at(draft.start) == '±' || self.is(draft.start, Class::Both).is_some() {
            return None;
        }
        match self.change_before(draft.start, floor) {
            // 连续增长三年 says how long; 缩短三年 by how much.
            Some(Change::By(_)) if time && !self.changes_time(draft.start) => None,
            // 减50 is arithmetic.
            Some(Change::By(_)) if self.view.before(draft.start) == '减' && bare => None,
            Some(Change::By(direction)) => Some(direction),
            Some(Change::To(_)) => None,
            None => self
                .compared(draft, floor)
                .or_else(|| if time { None } else { self.change_behind(draft, ceiling) })
                .or_else(|| self.shared(draft.start, floor)),
        }
    }

    fn changes_time(&self, start: usize) -> bool {
        let at = self.back_over_blank(start);
        let at = if self.view.before(at) == '了' { at - 1 } else { at };
        let word = at.checked_sub(2).map(|b| self.view.slice(b, at));
        matches!(word, Some(['缩', '短'] | ['增', '加'] | ['减', '少'] | ['延', '长']))
    }

    /// 高5个百分点, 比去年低3%: of shares and money.
    fn compared(&self, draft: &Draft, floor: usize) -> Option<Direction> {
        let Quantity::Number(number) = draft.quantity else { return None };
        let unit = number.unit.filter(|u| u.is_share() || u.is_currency())?;
        let at = self.back_over_blank(draft.start);
        let at = if self.view.before(at) == '了' { at - 1 } else { at };
        let (direction, begin) = self.find_before(at, &[Class::Compare]).map(|(s, i)| (s.direction(), i))?;
        let word = self.ends(at, Class::NoCompare).is_some();
        (begin >= floor && !word && !(unit.is_currency() && matches!(self.view.at(begin), '多' | '少' | '快')))
            .then_some(direction)
    }

    /// 5%的降幅, 20%的同比增长; not 20%的增长来自, which is a share of it.
    fn change_behind(&self, draft: &Draft, ceiling: usize) -> Option<Direction> {
        let (view, end) = (self.view, draft.end);
        // 低个位数增长.
        let band = matches!(view.before(end), '数' | '比' | '字') && draft.hedge == Hedge::About;
        let (mut at, of) = match view.after(view.skip_blank(end), "的") {
            Some(at) => (view.skip_blank(at), true),
            None => (end, band),
        };
        while let Some(after) = self.is(at, Class::BehindBetween).filter(|_| of && at < end + 12) {
            at = after;
        }
        let (direction, stop) = self.find(at, &[Class::BehindChange]).map(|(s, i)| (s.direction(), i))?;
        let noun = matches!(view.before(stop), '幅' | '率');
        let share = self.is(stop, Class::NoBehind).is_some();
        ((of && !share || noun) && stop <= ceiling).then_some(direction)
    }

    /// 分别增长20%和30%: the word before the first holds for all of them.
    fn shared(&self, start: usize, floor: usize) -> Option<Direction> {
        let view = self.view;
        let gap = view.slice(floor, self.back_over_blank(start));
        let listed = matches!(gap, ['和' | '与' | '及' | '、' | ',' | '/'] | ['以', '及'] | [' ', '和'] | [',', ' ']);
        if !listed {
            return None;
        }
        let back = (1..=FARTHEST.min(floor)).map(|k| floor - k);
        let at = back
            .take_while(|&i| !matches!(view.at(i), '。' | ';' | '\n'))
            .find(|&i| view.after(i, "分别").is_some())?;
        let verb = (at + 2..at + 8).find_map(|i| self.find(i, &[Class::Change, Class::Noun]));
        let (direction, end) = verb.map(|(s, end)| (s.direction(), end))?;
        (self.is(end, Class::To).is_none() && self.is(end, Class::Is).is_none() && end < start).then_some(direction)
    }
}

fn opposite(direction: Direction) -> Direction {
    match direction {
        Direction::Up => Direction::Down,
        Direction::Down => Direction::Up,
    }
}
