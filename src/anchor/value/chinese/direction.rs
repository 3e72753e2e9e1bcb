//! Where a value goes, by the words of change around it.

use super::hedge;
use super::{Direction, Draft, Meaning, is_time};
use crate::anchor::view::View;

/// Verbs of change, and nouns that name a change, each with its direction. What ends like another stands anywhere: the longest
/// counts.
const WORDS: [(&str, Direction); 99] = [
    ("涨价", Direction::Up),
    ("提价", Direction::Up),
    ("加薪", Direction::Up),
    ("加息", Direction::Up),
    ("降价", Direction::Down),
    ("降薪", Direction::Down),
    ("降息", Direction::Down),
    ("增长", Direction::Up),
    ("增加", Direction::Up),
    ("增多", Direction::Up),
    ("增", Direction::Up),
    ("上升", Direction::Up),
    ("攀升", Direction::Up),
    ("飙升", Direction::Up),
    ("回升", Direction::Up),
    ("跃升", Direction::Up),
    ("提升", Direction::Up),
    ("升值", Direction::Up),
    ("升", Direction::Up),
    ("提高", Direction::Up),
    ("走高", Direction::Up),
    ("调高", Direction::Up),
    ("上调", Direction::Up),
    ("上涨", Direction::Up),
    ("大涨", Direction::Up),
    ("暴涨", Direction::Up),
    ("涨", Direction::Up),
    ("扩大", Direction::Up),
    ("加快", Direction::Up),
    ("上浮", Direction::Up),
    ("上扬", Direction::Up),
    ("高出", Direction::Up),
    ("高了", Direction::Up),
    ("多出", Direction::Up),
    ("多了", Direction::Up),
    ("盈利", Direction::Up),
    ("获利", Direction::Up),
    ("赚", Direction::Up),
    ("增幅", Direction::Up),
    ("涨幅", Direction::Up),
    ("升幅", Direction::Up),
    ("增速", Direction::Up),
    ("增长率", Direction::Up),
    ("增量", Direction::Up),
    ("下降", Direction::Down),
    ("下滑", Direction::Down),
    ("下跌", Direction::Down),
    ("下挫", Direction::Down),
    ("下调", Direction::Down),
    ("下浮", Direction::Down),
    ("调低", Direction::Down),
    ("调降", Direction::Down),
    ("走低", Direction::Down),
    ("回落", Direction::Down),
    ("滑落", Direction::Down),
    ("减少", Direction::Down),
    ("减低", Direction::Down),
    ("缩减", Direction::Down),
    ("缩小", Direction::Down),
    ("缩短", Direction::Down),
    ("缩水", Direction::Down),
    ("萎缩", Direction::Down),
    ("收缩", Direction::Down),
    ("收窄", Direction::Down),
    ("削减", Direction::Down),
    ("裁减", Direction::Down),
    ("锐减", Direction::Down),
    ("骤减", Direction::Down),
    ("减", Direction::Down),
    ("降低", Direction::Down),
    ("降", Direction::Down),
    ("暴跌", Direction::Down),
    ("大跌", Direction::Down),
    ("跌", Direction::Down),
    ("跌去", Direction::Down),
    ("贬值", Direction::Down),
    ("放缓", Direction::Down),
    ("亏损", Direction::Down),
    ("亏", Direction::Down),
    ("亏掉", Direction::Down),
    ("赔", Direction::Down),
    ("损失", Direction::Down),
    ("流失", Direction::Down),
    ("蒸发", Direction::Down),
    ("低了", Direction::Down),
    ("少了", Direction::Down),
    ("降幅", Direction::Down),
    ("跌幅", Direction::Down),
    ("减幅", Direction::Down),
    ("缩量", Direction::Down),
    ("跳涨", Direction::Up),
    ("跳水", Direction::Down),
    ("降温", Direction::Down),
    ("升温", Direction::Up),
    ("增持", Direction::Up),
    ("减持", Direction::Down),
    ("增产", Direction::Up),
    ("减产", Direction::Down),
    ("改善", Direction::Up),
];

/// Words between a verb of change and what it changes by.
const FILLERS: [&str; 27] = [
    "了", "约", "近", "大约", "将近", "超过", "超", "逾", "不到", "不足", "至少", "高达", "多达", "大幅", "共", "幅度",
    "额", "整整", "仅", "掉", "过", "又", "出", "接近", "突破", "去", "值",
];

/// Words that make what stands behind them what it comes to, after a verb; behind a noun (增幅为) they only join.
const COPULAS: [&str; 14] =
    ["达到了", "达到", "达", "可达", "将达", "为", "是", "仅为", "约为", "均为", "高达", "在", "都在", "均在"];

/// Words of change behind a number, with 的 or without: 5%的降幅.
const BEHIND: [(&str, Direction); 20] = [
    ("降幅", Direction::Down),
    ("跌幅", Direction::Down),
    ("减幅", Direction::Down),
    ("增幅", Direction::Up),
    ("涨幅", Direction::Up),
    ("升幅", Direction::Up),
    ("增长率", Direction::Up),
    ("增速", Direction::Up),
    ("增长", Direction::Up),
    ("增加", Direction::Up),
    ("上涨", Direction::Up),
    ("上升", Direction::Up),
    ("提升", Direction::Up),
    ("盈利", Direction::Up),
    ("下降", Direction::Down),
    ("下滑", Direction::Down),
    ("下跌", Direction::Down),
    ("亏损", Direction::Down),
    ("净亏损", Direction::Down),
    ("损失", Direction::Down),
];

/// What stands between a number with 的 and the change: 20%的同比增长.
const BETWEEN: [&str; 8] = ["同比", "环比", "年均", "年", "净", "有机", "经营", "平均"];

/// What a word of change before a number says of it.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Change {
    /// The number is the change: 增长5%.
    By(Direction),
    /// The number is what it comes to: 增长到5%.
    To(Direction),
}

/// The word of change that governs the number at `start`; no earlier than `floor`.
pub(super) fn before(view: &View, start: usize, floor: usize) -> Option<Change> {
    // Three words between verb and number are the most: 增长了大约近.
    const MOST: usize = 4;
    let mut at = back_over_blank(view, start);
    let (mut level, mut copula) = (false, false);
    for _ in 0..=MOST {
        if let Some((word, direction, begin)) = longest(view, at).filter(|f| f.2 >= floor) {
            let noun =
                word.ends_with(['幅', '率', '速', '额', '量']) || matches!(word, "亏损" | "盈利" | "损失" | "增长");
            // 不增, 最低, and words that end like a verb.
            let other = matches!(word, "增" | "升" | "降" | "减" | "涨" | "跌" | "亏" | "赚" | "赔")
                && "公毫霜加一二三四五六七八九十0123456789".contains(view.before(begin));
            let other = other || view.before(begin) == '涨' && direction == Direction::Down;
            return match (other, level, copula && !noun) {
                (true, ..) => None,
                (_, false, false) => Some(Change::By(direction)),
                _ => Some(Change::To(direction)),
            };
        }
        if let Some(begin) = tail(view, at, &COPULAS) {
            (at, copula) = (begin, true);
        } else if let Some(begin) = tail(view, at, &["到了", "到", "至", "成", "回"]) {
            (at, level) = (begin, true);
        } else {
            at = tail(view, at, &FILLERS)?;
        }
        at = back_over_blank(view, at);
    }
    None
}

fn back_over_blank(view: &View, at: usize) -> usize {
    at - usize::from(view.before(at).is_whitespace())
}

fn tail(view: &View, end: usize, words: &[&str]) -> Option<usize> {
    let last = view.before(end);
    words.iter().filter(|w| w.ends_with(last)).filter_map(|w| hedge::before(view, end, w)).min()
}

fn longest(view: &View, end: usize) -> Option<(&'static str, Direction, usize)> {
    let last = view.before(end);
    WORDS
        .iter()
        .filter(|w| w.0.ends_with(last))
        .filter_map(|&(w, d)| Some((w, d, hedge::before(view, end, w)?)))
        .min_by_key(|f| f.2)
}

/// The direction of a value, by the words directly before or behind it.
pub(super) fn of(view: &View, draft: &Draft, clause: (usize, usize)) -> Option<Direction> {
    let time = match draft.meaning {
        Meaning::Number(number) => number.unit.is_some_and(is_time),
        Meaning::Fraction { .. } | Meaning::Order { .. } => false,
        _ => return None,
    };
    match before(view, draft.start, clause.0) {
        // 连续增长三年 says how long; 缩短三年 by how much.
        Some(Change::By(_)) if time && !changes_time(view, draft.start) => None,
        Some(Change::By(direction)) => Some(direction),
        Some(Change::To(_)) => None,
        None => compared(view, draft, clause.0)
            .or_else(|| behind(view, draft.end, clause.1))
            .or_else(|| shared(view, draft.start, clause.0)),
    }
}

/// 分别增长20%和30%: the word before the first holds for all of them.
fn shared(view: &View, start: usize, last: usize) -> Option<Direction> {
    // Three numbers with units and hedges.
    const FARTHEST: usize = 40;
    let gap: String = view.slice(last, start).iter().collect();
    if !matches!(gap.trim(), "和" | "与" | "及" | "以及" | "、" | "," | "/") {
        return None;
    }
    let back = (1..=FARTHEST.min(last)).map(|k| last - k);
    let at =
        back.take_while(|&i| !matches!(view.at(i), '。' | ';' | '\n')).find(|&i| view.after(i, "分别").is_some())?;
    let verb = at + 2;
    let found = (verb..verb + 4).find_map(|i| WORDS.iter().find_map(|&(w, d)| Some((d, view.after(i, w)?))));
    let (direction, end) = found?;
    (view.after_any(end, &["到", "至", "为"]).is_none() && end < start).then_some(direction)
}

fn changes_time(view: &View, start: usize) -> bool {
    let at = back_over_blank(view, start);
    ["缩短", "增加", "减少", "缩短了", "增加了", "减少了"].iter().any(|w| hedge::ends_before(view, at, w))
}

/// 高5个百分点, 比去年低3%: one character before percent, points or money that is no part of 至少, 最高 and the like.
fn compared(view: &View, draft: &Draft, floor: usize) -> Option<Direction> {
    let Meaning::Number(number) = draft.meaning else { return None };
    let unit = number.unit?;
    let at = draft.start.checked_sub(1).filter(|&at| at >= floor && !is_time(unit))?;
    let direction = match view.at(at) {
        '高' | '多' => Direction::Up,
        '低' | '少' => Direction::Down,
        _ => return None,
    };
    let word = "至不最很许大太更较差缺多减稍偏还".contains(view.before(at));
    (!word && percent(unit)).then_some(direction)
}

fn percent(unit: super::Unit) -> bool {
    unit == super::Unit::PERCENT || unit == super::Unit::POINT || unit.is_currency()
}

/// 5%的降幅, 20%的同比增长; not 20%的增长来自, which is a share of it.
fn behind(view: &View, end: usize, next: usize) -> Option<Direction> {
    let (mut at, of) = match view.after(view.skip_blank(end), "的") {
        Some(at) => (view.skip_blank(at), true),
        None => (end, false),
    };
    if let Some(after) = view.after_any(at, &BETWEEN).filter(|_| of) {
        at = after;
    }
    let (word, direction, stop) =
        BEHIND.iter().filter_map(|&(word, d)| Some((word, d, view.after(at, word)?))).max_by_key(|f| f.2)?;
    let noun = word.ends_with(['幅', '率']);
    let share = view.after_any(stop, &["来自", "源于", "由", "都", "来源", "是"]).is_some();
    ((of && !share || noun) && stop <= next).then_some(direction)
}
