//! What Chinese says around numbers, and numbers that are none.

mod amount;
mod band;
mod clock;
mod date;
mod direction;
mod hedge;
mod idiom;
mod money;
mod multiple;
mod order;

use super::read::{Draft, Reader, Special};
use super::{Direction, Hedge, Meaning, Number, Unit};
use crate::anchor::Mention;
use crate::anchor::number::{self, hanzi};
use crate::anchor::view::View;

/// The Chinese reader.
pub(super) struct Chinese;

impl Reader for Chinese {
    fn special(&self, view: &View, at: usize) -> Option<Special> {
        if let Some(end) = idiom::none(view, at).or_else(|| idiom::name(view, at)) {
            return Some(Special::None(end));
        }
        let found = date::read(view, at)
            .or_else(|| multiple::read(view, at))
            .or_else(|| order::read(view, at))
            .or_else(|| band::read(view, at))
            .or_else(|| amount::read(view, at))?;
        Some(Special::Value(found))
    }

    fn number(&self, view: &View, at: usize, out: &mut Vec<Mention>) -> usize {
        number::read_chinese(view, at, out)
    }

    fn is_ordinal(&self, view: &View, start: usize, _: usize) -> bool {
        view.at(start) == '第'
    }

    fn joins(&self, view: &View, start: usize, between: (usize, usize), _: &Number) -> bool {
        let gap: String = view.slice(between.0, between.1).iter().collect();
        match gap.trim() {
            "至" | "到" | "-" | "~" | "–" | "—" | "——" | "〜" | "或" => true,
            "和" | "与" => hedge::ends_before(view, start, "介于") || closed(view, between.1),
            _ => false,
        }
    }

    fn joins_dates(&self, view: &View, between: (usize, usize)) -> Option<bool> {
        let gap: String = view.slice(between.0, between.1).iter().collect();
        matches!(gap.trim(), "" | "的" | "第").then_some(false)
    }

    fn unit(&self, view: &View, at: usize) -> Option<(Unit, usize)> {
        unit(view, at)
    }

    fn minus(&self, view: &View, start: usize) -> Option<usize> {
        if let Some(at) =
            ["零下", "负"].iter().find_map(|word| hedge::before(view, start, word)).filter(|&at| !is_dash(view, at))
        {
            return Some(at);
        }
        let at = hedge::before(view, start, "-").or_else(|| hedge::before(view, start, "−"))?;
        (!is_dash(view, at) && !view.before(at).is_alphabetic()).then_some(at)
    }

    fn hedge_before(&self, view: &View, start: usize) -> Option<(Hedge, usize)> {
        hedge::in_front(view, start)
    }

    fn hedge_behind(&self, view: &View, start: usize, end: usize) -> Option<(Hedge, usize)> {
        hedge::behind(view, start, end)
    }

    fn direction(&self, view: &View, draft: &Draft, clause: (usize, usize)) -> Option<Direction> {
        direction::of(view, draft, clause)
    }
}

/// Whether the sign at `at` is the dash of a range, a date or a name: 2-3, 10月-12月, A-5.
fn is_dash(view: &View, at: usize) -> bool {
    let last = view.before(at);
    let value =
        last.is_ascii_alphanumeric() || hanzi::is_numeral(last) || "%年月日号时点分秒元度倍成岁-".contains(last);
    // 正负3个百分点 gives both signs.
    if view.at(at) == '负' { last == '正' } else { value }
}

/// Whether 之间 closes what begins at `at`: 介于三成和五成之间.
fn closed(view: &View, at: usize) -> bool {
    const FARTHEST: usize = 14;
    (at..at + FARTHEST)
        .take_while(|&i| !matches!(view.at(i), '\0' | ',' | '。' | ';' | '\n'))
        .any(|i| view.after(i, "之间").is_some())
}

/// Words that begin like a measure and are none: 三年级, 五克拉, 升级.
const NO_UNIT: [&str; 25] = [
    "年级",
    "年代",
    "年货",
    "克拉",
    "克隆",
    "升级",
    "升至",
    "升到",
    "升温",
    "天下",
    "天才",
    "天津",
    "天生",
    "周边",
    "周围",
    "米其林",
    "米饭",
    "米粉",
    "码头",
    "瓦解",
    "分钟路",
    "秒杀",
    "度假",
    "度过",
    "磅礴",
];

/// The measure or currency at `at`, behind a number, over 多 or 余 and in 个多月.
fn unit(view: &View, at: usize) -> Option<(Unit, usize)> {
    let mut at = view.skip_blank(at);
    if matches!(view.at(at), '多' | '余' | '来') {
        at = view.skip_blank(at + 1);
    }
    if view.at(at) == '%' {
        return Some((Unit::PERCENT, at + 1));
    }
    if let Some(end) = view.after_any(at, &["个百分点", "百分点"]) {
        return Some((Unit::POINT, end));
    }
    if view.after_any(at, &NO_UNIT).is_some() {
        return None;
    }
    if let Some((code, end)) = number::currency_behind(view, at) {
        return Some((Unit::of_symbol(code)?, end));
    }
    // 10日 is a day of a month but for 10日内.
    if view.at(at) == '日' && !matches!(view.at(at + 1), '内' | '游' | '之') {
        return None;
    }
    if let Some(end) = view.after(at, "个多").or_else(|| view.after(at, "个来")) {
        return ["小时", "钟头", "月", "星期", "礼拜"]
            .iter()
            .zip(["h", "h", "mo", "wk", "wk"])
            .find_map(|(word, symbol)| Some((Unit::of_symbol(symbol)?, view.after(end, word)?)));
    }
    if let Some(end) = view.after(at, "周岁").or_else(|| view.after(at, "岁")) {
        return Some((Unit::of_symbol("yr")?, end));
    }
    Unit::chinese(view, at)
}

/// Whether a unit measures time.
fn is_time(unit: Unit) -> bool {
    matches!(unit.base().0.symbol(), "s" | "mo")
}

/// Where the second of two numbers begins, behind what makes a range of them: 至, 到 or a dash at `at`.
fn connector(view: &View, at: usize) -> Option<usize> {
    let end = view.after_any(view.skip_blank(at), &["至", "到", "-", "~", "–", "—", "〜"])?;
    Some(view.skip_blank(if view.at(end) == '—' { end + 1 } else { end }))
}

/// A number without a unit.
fn bare(value: rust_decimal::Decimal, step: rust_decimal::Decimal) -> Number {
    Number { low: value, high: None, step, unit: None }
}

/// Whether a number can begin with `c`.
fn is_numeral(c: char) -> bool {
    c.is_ascii_digit() || hanzi::is_numeral(c)
}

/// A draft of a number.
fn number_draft(start: usize, end: usize, number: Number) -> Draft {
    Draft::new(start, end, Meaning::Number(number))
}
