//! Hedges: words before, behind and inside a number that say how exactly it is meant.

use super::{Hedge, unit};
use crate::anchor::number::{is_measure, plain_chinese};
use crate::anchor::view::View;

/// Words before a number. The longest that fits counts: 不超过 is no 超过.
const BEFORE: [(&str, Hedge); 50] = [
    ("大约", Hedge::About),
    ("大概", Hedge::About),
    ("大致", Hedge::About),
    ("约莫", Hedge::About),
    ("约", Hedge::About),
    ("差不多", Hedge::About),
    ("接近于", Hedge::About),
    ("超过了", Hedge::Over),
    ("超过", Hedge::Over),
    ("超", Hedge::Over),
    ("逾", Hedge::Over),
    ("至少", Hedge::Over),
    ("起码", Hedge::Over),
    ("最少", Hedge::Over),
    ("高于", Hedge::Over),
    ("多于", Hedge::Over),
    ("大于", Hedge::Over),
    ("不少于", Hedge::Over),
    ("不低于", Hedge::Over),
    ("不小于", Hedge::Over),
    ("不亚于", Hedge::Over),
    ("不止", Hedge::Over),
    ("突破", Hedge::Over),
    ("突破了", Hedge::Over),
    ("破", Hedge::Over),
    ("跌破", Hedge::Under),
    ("近", Hedge::Under),
    ("将近", Hedge::Under),
    ("接近", Hedge::Under),
    ("几乎", Hedge::Under),
    ("快", Hedge::Under),
    ("不到", Hedge::Under),
    ("不足", Hedge::Under),
    ("不满", Hedge::Under),
    ("未满", Hedge::Under),
    ("未到", Hedge::Under),
    ("低于", Hedge::Under),
    ("少于", Hedge::Under),
    ("小于", Hedge::Under),
    ("最多", Hedge::Under),
    ("至多", Hedge::Under),
    ("顶多", Hedge::Under),
    ("不超过", Hedge::Under),
    ("不多于", Hedge::Under),
    ("不高于", Hedge::Under),
    ("不大于", Hedge::Under),
    ("高达", Hedge::Under),
    ("多达", Hedge::Under),
    ("最高可达", Hedge::Under),
    ("最多可达", Hedge::Under),
];

/// Characters before a hedge of one character that make it the end of another word: 节约, 附近, 最近, 加快.
const NO_HEDGE: [(char, &str); 5] = [
    ('破', "打爆攻踏冲识看"),
    ('约', "纽节签合预违公条制契履相邀特立"),
    ('近', "最附靠临邻新亲远相"),
    ('超', "赶反高"),
    ('快', "加尽赶凉痛愉飞更很较最"),
];

/// Characters between 约 and its number: 约有, 约占.
const FILLERS: &str = "有为占合达是需在";

/// What a number is counted by, between it and its hedge.
const RATES: [&str; 12] =
    ["每秒", "每分钟", "每小时", "每天", "每日", "每周", "每月", "每年", "每股", "每人", "每吨", "每平方米"];

/// Words behind a number, its unit or its counter.
const BEHIND: [(&str, Hedge); 17] = [
    ("左右", Hedge::About),
    ("上下", Hedge::About),
    ("前后", Hedge::About),
    ("以上", Hedge::Over),
    ("之上", Hedge::Over),
    ("之多", Hedge::Over),
    ("有余", Hedge::Over),
    ("出头", Hedge::Over),
    ("开外", Hedge::Over),
    ("以下", Hedge::Under),
    ("以内", Hedge::Under),
    ("不到", Hedge::Under),
    ("多", Hedge::Over),
    ("余", Hedge::Over),
    ("+", Hedge::Over),
    ("强", Hedge::Over),
    ("弱", Hedge::Under),
];

/// Words that begin with 多 or 余 and say nothing about the number before them.
const NO_MORE: [&str; 14] =
    ["多数", "多样", "多元", "多媒", "多边", "多方", "多功能", "多半", "多余", "多少", "余额", "余下", "余地", "余款"];

/// Where `word` begins if it ends before `start`, over blanks.
pub(super) fn before(view: &View, start: usize, word: &str) -> Option<usize> {
    let mut end = start;
    while end > 0 && start - end < 2 && view.before(end).is_whitespace() {
        end -= 1;
    }
    let at = end.checked_sub(word.chars().count())?;
    view.after(at, word).map(|_| at)
}

/// Whether `word` ends before `start`.
pub(super) fn ends_before(view: &View, start: usize, word: &str) -> bool {
    before(view, start, word).is_some()
}

/// The hedge before `start`, and where it begins.
pub(super) fn in_front(view: &View, start: usize) -> Option<(Hedge, usize)> {
    at_end(view, start).or_else(|| {
        // 约每秒30万公里.
        if let Some(rate) = RATES.iter().find_map(|word| before(view, start, word)) {
            return in_front_of_rate(view, rate);
        }
        let filler = start.checked_sub(1).filter(|&i| FILLERS.contains(view.at(i)))?;
        at_end(view, filler).filter(|h| h.0 == Hedge::About)
    })
}

fn in_front_of_rate(view: &View, rate: usize) -> Option<(Hedge, usize)> {
    at_end(view, rate).or_else(|| {
        let filler = rate.checked_sub(1).filter(|&i| FILLERS.contains(view.at(i)))?;
        at_end(view, filler).filter(|h| h.0 == Hedge::About)
    })
}

fn at_end(view: &View, start: usize) -> Option<(Hedge, usize)> {
    let found =
        BEFORE.iter().filter_map(|&(word, hedge)| Some((word.chars().count(), hedge, before(view, start, word)?)));
    let (length, hedge, at) = found.max_by_key(|f| f.0)?;
    // 近三年 is the last three years, but for 历时近三年.
    if view.at(at) == '近' && length == 1 && spans(view, start) && !"了时达经去长用花有已".contains(view.before(at))
    {
        return None;
    }
    // 快十年了; 快三倍 is faster.
    if view.at(at) == '快' && !spans(view, start) {
        return None;
    }
    let other = length == 1 && NO_HEDGE.iter().any(|(c, before)| *c == view.at(at) && before.contains(view.before(at)));
    (!other).then_some((hedge, at))
}

/// Whether the number at `start` counts days or more.
fn spans(view: &View, start: usize) -> bool {
    let at = start + (0..2).take_while(|k| view.at(start + k).is_whitespace()).count();
    plain_chinese(view, at)
        .and_then(|n| unit(view, n.end))
        .is_some_and(|(u, _)| matches!(u.symbol(), "yr" | "mo" | "wk" | "d"))
}

/// The hedge behind `end`, over a counter, or inside `start..end`; and the index behind it.
pub(super) fn behind(view: &View, start: usize, end: usize) -> Option<(Hedge, usize)> {
    // 50多万: inside the number.
    if view.slice(start, end).iter().any(|c| matches!(c, '多' | '余')) {
        return Some((Hedge::Over, end));
    }
    if view.slice(start, end).contains(&'来') {
        return Some((Hedge::About, end));
    }
    let word = |at: usize| {
        let found = BEHIND.iter().find_map(|&(word, hedge)| Some((hedge, view.after(at, word)?)))?;
        view.after_any(at, &NO_MORE).is_none().then_some(found)
    };
    // 强 and 弱 belong to parts of a whole: 三分之一强.
    let at = view.skip_blank(end);
    let own = word(at).filter(|_| !matches!(view.at(at), '强' | '弱') || hedge_of_part(view, start, at));
    own.or_else(|| {
        // 20家左右, 3次以上.
        let counted = is_measure(view.at(at)) && at > start;
        word(at + 1).filter(|&(_, stop)| counted && stop > at + 2)
    })
}

fn hedge_of_part(view: &View, start: usize, end: usize) -> bool {
    view.slice(start, end).contains(&'之')
}
