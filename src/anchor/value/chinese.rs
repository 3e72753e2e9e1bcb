//! What Chinese says around numbers, and numbers that are none.

use super::read::{Draft, Reader, Special};
use super::{Direction, Hedge, Meaning, Number, Unit};
use crate::anchor::Mention;
use crate::anchor::number;
use crate::anchor::view::View;

/// The Chinese reader.
pub(super) struct Chinese;

const HEDGES_BEFORE: [(&str, Hedge); 24] = [
    ("大约", Hedge::About),
    ("大概", Hedge::About),
    ("约为", Hedge::About),
    ("约", Hedge::About),
    ("差不多", Hedge::About),
    ("超过了", Hedge::Over),
    ("超过", Hedge::Over),
    ("超", Hedge::Over),
    ("逾", Hedge::Over),
    ("至少", Hedge::Over),
    ("高于", Hedge::Over),
    ("多于", Hedge::Over),
    ("不少于", Hedge::Over),
    ("近", Hedge::Under),
    ("将近", Hedge::Under),
    ("接近", Hedge::Under),
    ("几乎", Hedge::Under),
    ("不到", Hedge::Under),
    ("不足", Hedge::Under),
    ("低于", Hedge::Under),
    ("少于", Hedge::Under),
    ("最多", Hedge::Under),
    ("高达", Hedge::Under),
    ("多达", Hedge::Under),
];

const HEDGES_BEHIND: [(&str, Hedge); 8] = [
    ("左右", Hedge::About),
    ("上下", Hedge::About),
    ("以上", Hedge::Over),
    ("之多", Hedge::Over),
    ("以下", Hedge::Under),
    ("以内", Hedge::Under),
    ("多", Hedge::Over),
    ("余", Hedge::Over),
];

impl Reader for Chinese {
    fn special(&self, view: &View, at: usize) -> Option<Special> {
        let end = view.after(at, "翻一番").or_else(|| view.after(at, "翻了一番"))?;
        Some(Special::Value(Draft::new(at, end, Meaning::Multiple(2.into()))))
    }

    fn number(&self, view: &View, at: usize, out: &mut Vec<Mention>) -> usize {
        number::read_chinese(view, at, out)
    }

    fn is_ordinal(&self, view: &View, start: usize, _: usize) -> bool {
        view.at(start) == '第'
    }

    fn joins(&self, view: &View, _: usize, between: (usize, usize), _: &Number) -> bool {
        let gap: String = view.slice(between.0, between.1).iter().collect();
        matches!(gap.trim(), "至" | "到" | "-" | "~" | "～" | "–" | "—" | "——" | "〜" | "或")
    }

    fn joins_dates(&self, view: &View, between: (usize, usize)) -> Option<bool> {
        let gap: String = view.slice(between.0, between.1).iter().collect();
        matches!(gap.trim(), "" | "的" | "第").then_some(false)
    }

    fn unit(&self, view: &View, at: usize) -> Option<(Unit, usize)> {
        let at = view.skip_blank(at);
        let at = if matches!(view.at(at), '多' | '余') { at + 1 } else { at };
        Unit::chinese(view, at)
    }

    fn minus(&self, view: &View, start: usize) -> Option<usize> {
        let before = |word: &str| {
            let at = start.checked_sub(word.chars().count())?;
            view.after(at, word).map(|_| at)
        };
        before("零下").or_else(|| before("负")).or_else(|| before("-").filter(|&at| !view.before(at).is_alphanumeric()))
    }

    fn hedge_before(&self, view: &View, start: usize) -> Option<(Hedge, usize)> {
        HEDGES_BEFORE.iter().find_map(|&(word, hedge)| {
            let at = start.checked_sub(word.chars().count())?;
            view.after(at, word).map(|_| (hedge, at))
        })
    }

    fn hedge_behind(&self, view: &View, start: usize, end: usize) -> Option<(Hedge, usize)> {
        // 50多万: inside the number.
        if view.slice(start, end).iter().any(|c| matches!(c, '多' | '余')) {
            return Some((Hedge::Over, end));
        }
        HEDGES_BEHIND.iter().find_map(|&(word, hedge)| Some((hedge, view.after(end, word)?)))
    }

    fn direction(&self, _: &View, _: &Draft, _: (usize, usize)) -> Option<Direction> {
        None
    }
}
