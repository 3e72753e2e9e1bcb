//! Amounts that number and unit alone do not give: 半小时, 一年半, 零下15度, 三至五成, 一米六五.

use rust_decimal::Decimal;

use super::{Draft, Meaning, Number, Unit, bare, connector, is_numeral, is_time, money, number_draft, order, unit};
use crate::anchor::number::{self, Plain, hanzi, is_measure, plain_chinese};
use crate::anchor::view::View;

/// Characters before a single numeral that make it a name or a day: 星期三, 初三, 老四.
const NAMES_BEFORE: &str = "期周初老阿第拜";

pub(super) const HALF: Decimal = Decimal::from_parts(5, 0, 0, false, 1);
pub(super) const TENTH: Decimal = Decimal::from_parts(1, 0, 0, false, 1);

pub(super) fn read(view: &View, at: usize) -> Option<Draft> {
    match view.at(at) {
        '-' | '−' | '负' => negative(view, at),
        '零' if view.at(at + 1) == '下' => below_zero(view, at),
        '半' => half(view, at),
        c if is_numeral(c) => {
            if hanzi::is_numeral(view.before(at)) || NAMES_BEFORE.contains(view.before(at)) {
                return None;
            }
            if let Some(guess) = order::percent_guess(view, at) {
                return Some(guess);
            }
            if let Some(found) = percent_range(view, at).or_else(|| parts(view, at)).or_else(|| tael(view, at)) {
                return Some(found);
            }
            let number = plain_chinese(view, at)?;
            tenths(view, at, &number)
                .or_else(|| money::read(view, at, &number))
                .or_else(|| quarters(view, at, &number))
                .or_else(|| height(view, at, &number))
                .or_else(|| and_a_half(view, at, &number))
                .or_else(|| range(view, at, &number))
                .or_else(|| single(view, at, &number))
        }
        _ => None,
    }
}

/// 零下15度: the sign is taken in here, so that 零 is no number.
fn below_zero(view: &View, at: usize) -> Option<Draft> {
    let number = plain_chinese(view, view.skip_blank(at + 2))?;
    let (unit, end) = unit(view, number.end).unzip();
    let end = end.unwrap_or(number.end);
    Some(number_draft(at, end, Number { unit, ..bare(-number.value, number.step) }))
}

/// -5%, 负230亿: with its sign, so that it can be the lower end of a range.
fn negative(view: &View, at: usize) -> Option<Draft> {
    let next = view.skip_blank(at + 1);
    if !is_numeral(view.at(next)) && !matches!(view.at(next), '$' | '¥' | '￥' | '€' | '£') || super::is_dash(view, at)
    {
        return None;
    }
    let mut mentions = Vec::new();
    number::read_chinese(view, next, &mut mentions);
    let first = mentions.first().filter(|m| view.index(m.range.start) == next)?;
    let symbol = first.unit.as_deref();
    let (number, end) = match (symbol, first.value) {
        (Some("date" | "time" | "month" | "quarter" | "year"), _) | (_, None) => return None,
        (_, Some(value)) => {
            let number = Number { unit: symbol.and_then(Unit::of_symbol), ..bare(-value, first.step?) };
            (number, view.index(first.range.end))
        }
    };
    // Behind a word only what has a unit can be negative: 歼-20 is a name.
    let word = view.before(at).is_alphabetic() && view.at(at) != '负' && !"为是至到率长达".contains(view.before(at));
    (!word || number.unit.is_some() || unit(view, end).is_some()).then(|| number_draft(at, end, number))
}

/// 半小时, 半年, 半个月, 半个百分点, 半公里.
fn half(view: &View, at: usize) -> Option<Draft> {
    if matches!(view.before(at), '上' | '下' | '前' | '后' | '大' | '小' | '多' | '一' | '夜')
        || is_numeral(view.before(at))
    {
        return None;
    }
    if let Some(end) = view.after(at, "半个百分点") {
        return Some(number_draft(at, end, Number { unit: Some(Unit::POINT), ..bare(HALF, TENTH) }));
    }
    if let Some(end) = view.after_any(at, &["半个世纪", "半个多世纪"]) {
        let unit = Unit::of_symbol("yr");
        return Some(number_draft(at, end, Number { unit, ..bare(Decimal::from(50), Decimal::TEN) }));
    }
    let next = at + 1;
    let next = if view.at(next) == '个' && unit(view, next).is_none() { next + 1 } else { next };
    let (unit, end) = unit(view, next)?;
    // 半美元 is a coin, 半米其林 nothing; 半度, 半码 and the like are not said.
    let said =
        is_time(unit) || matches!(unit.symbol(), "km" | "m" | "kg" | "jin" | "t" | "L" | "mi" | "USD" | "CNY" | "kWh");
    said.then(|| number_draft(at, end, Number { unit: Some(unit), ..bare(HALF, TENTH) }))
}

/// 一年半, 三个半小时, 两个半月, 一个半, 两天半.
fn and_a_half(view: &View, at: usize, number: &Plain) -> Option<Draft> {
    let value = number.value.checked_add(HALF)?;
    let next = view.skip_blank(number.end);
    if let Some(after) = view.after(next, "个半") {
        let found = ["小时", "钟头", "月", "星期", "礼拜", "百分点"].iter().zip(["h", "h", "mo", "wk", "wk", "pp"]);
        let named = found.clone().find_map(|(word, symbol)| Some((symbol, view.after(after, word)?)));
        return Some(match named {
            Some((symbol, end)) => {
                number_draft(at, end, Number { unit: Unit::of_symbol(symbol), ..bare(value, TENTH) })
            }
            None => number_draft(at, after, bare(value, TENTH)),
        });
    }
    let (unit, end) = unit(view, next)?;
    let time = is_time(unit) && number.value < Decimal::ONE_HUNDRED;
    // 三天半夜, 两年半载, 一年半数.
    let half = view.at(end) == '半' && !matches!(view.at(end + 1), '夜' | '载' | '数' | '途' | '路' | '年');
    (half && (time || !is_time(unit)))
        .then(|| number_draft(at, end + 1, Number { unit: Some(unit), ..bare(value, TENTH) }))
}

/// 三至五成, 三到五个, 两至三年: two bare numerals, of which one at least is a single character and no number by itself.
fn range(view: &View, at: usize, number: &Plain) -> Option<Draft> {
    if number.lifted {
        return None;
    }
    let next = connector(view, number.end)?;
    let last = plain_chinese(view, next)?;
    let tenths = view.at(last.end) == '成';
    let han = hanzi::is_numeral(view.at(at)) && number.end == at + 1;
    let behind = view.skip_blank(last.end);
    let counted = is_measure(view.at(behind)) || unit(view, behind).is_some();
    let date = matches!(view.at(behind), '月' | '号' | '日' | '点' | '时') || view.after(behind, "年级").is_some();
    if !(tenths || (han && counted && !date)) || last.value <= number.value || last.lifted {
        return None;
    }
    let mut found = Number { low: number.value, high: Some(last.value), step: Decimal::ONE, unit: None };
    if !tenths {
        return Some(number_draft(at, last.end, found));
    }
    found.low = number.value.checked_mul(Decimal::TEN)?;
    found.high = last.value.checked_mul(Decimal::TEN);
    (found.step, found.unit) = (Decimal::TEN, Some(Unit::PERCENT));
    (last.value <= Decimal::TEN).then(|| number_draft(at, last.end + 1, found))
}

/// 一公里, 两吨, 一美元: a numeral of one character before a measure. 一年 and 一天 are "a year" and "a day".
fn single(view: &View, at: usize, number: &Plain) -> Option<Draft> {
    let han = hanzi::is_numeral(view.at(at)) && number.end == at + 1;
    if !han {
        return None;
    }
    let (unit, end) = unit(view, number.end)?;
    let more = view.slice(number.end, end + 1).contains(&'多');
    let article = number.value == Decimal::ONE && is_time(unit) && !more;
    // 三度 and 一度 are "times"; 两码, 一兆 and 一桶 are other things as often.
    let other = matches!(unit.symbol(), "°" | "yd" | "bbl" | "MB") && number.value > Decimal::ZERO;
    (!article && !other).then(|| number_draft(at, end, Number { unit: Some(unit), ..bare(number.value, number.step) }))
}

/// 百分之二十到三十: the second number leaves 百分之 out.
fn percent_range(view: &View, at: usize) -> Option<Draft> {
    let first = plain_chinese(view, view.skip_blank(view.after(at, "百分之")?))?;
    let last = plain_chinese(view, connector(view, first.end)?)?;
    // 百分之二十到三十亿元 and 百分之五到二十人 are two numbers.
    let other =
        last.lifted || unit(view, last.end).is_some() || is_measure(view.at(last.end)) || view.at(last.end) == '分';
    if other || first.value >= last.value {
        return None;
    }
    let step = first.step.max(last.step);
    let unit = Some(Unit::PERCENT);
    Some(number_draft(at, last.end, Number { high: Some(last.value), unit, ..bare(first.value, step) }))
}

/// 百万分之五, 十亿分之一: parts of a greater whole than 百分之 and 万分之.
fn parts(view: &View, at: usize) -> Option<Draft> {
    const WHOLES: [(&str, u64); 6] = [
        ("十万分之", 100_000),
        ("百万分之", 1_000_000),
        ("千万分之", 10_000_000),
        ("亿分之", 100_000_000),
        ("十亿分之", 1_000_000_000),
        ("万亿分之", 1_000_000_000_000),
    ];
    let (under, next) = WHOLES.iter().find_map(|&(word, under)| Some((under, view.after(at, word)?)))?;
    let over = plain_chinese(view, next)?;
    let value = u64::try_from(over.value).ok().filter(|_| over.value.is_integer())?;
    let divisor = gcd(value, under);
    Some(Draft::new(at, over.end, Meaning::Fraction { over: value / divisor, under: under / divisor }))
}

fn gcd(a: u64, b: u64) -> u64 {
    if b == 0 { a } else { gcd(b, a % b) }
}

/// 一米六五, 一米八: metres with their decimals behind the unit.
fn height(view: &View, at: usize, number: &Plain) -> Option<Draft> {
    let next = view.after(number.end, "米")?;
    let end = next + (0..3).take_while(|k| hanzi::digit(view.at(next + k)).is_some()).count();
    let places = u32::try_from(end - next).ok().filter(|n| (1..=2).contains(n))?;
    let rest = view.slice(next, end).iter().filter_map(|&c| hanzi::digit(c)).fold(0, |n, d| n * 10 + d);
    let rest = Decimal::try_from_i128_with_scale(i128::try_from(rest).ok()?, places).ok()?;
    // 两米二 and 一米六五; 五米三个 are five metres and three things.
    if hanzi::is_numeral(view.at(end)) || is_measure(view.at(end)) {
        return None;
    }
    let unit = Unit::of_symbol("m");
    Some(number_draft(at, end, Number { unit, ..bare(number.value.checked_add(rest)?, Decimal::new(1, places)) }))
}

/// 三两银子: the weight, for which there is no unit.
fn tael(view: &View, at: usize) -> Option<Draft> {
    let weighs = hanzi::digit(view.at(at)).is_some()
        && view.at(at + 1) == '两'
        && (matches!(view.at(at + 2), '银' | '金' | '重' | '黄' | '白' | '酒' | '肉' | '茶')
            || view.after(at + 2, "上下").is_some());
    let value = Decimal::from(u64::try_from(hanzi::digit(view.at(at))?).ok()?);
    weighs.then(|| number_draft(at, at + 2, bare(value, Decimal::ONE)))
}

/// 两成半, 三点五成; plain tenths are read with the numbers.
fn tenths(view: &View, at: usize, number: &Plain) -> Option<Draft> {
    let end = view.after(number.end, "成").filter(|_| number.value <= Decimal::TEN)?;
    let value = number.value.checked_mul(Decimal::TEN)?;
    let unit = Some(Unit::PERCENT);
    if view.at(end) == '半' && number.value.is_integer() {
        let value = value.checked_add(Decimal::from(5))?;
        return Some(number_draft(at, end + 1, Number { unit, ..bare(value, Decimal::ONE) }));
    }
    let step = number.step.checked_mul(Decimal::TEN)?;
    (!number.value.is_integer()).then(|| number_draft(at, end, Number { unit, ..bare(value, step) }))
}

/// 一刻钟, 三刻钟: quarters of an hour.
fn quarters(view: &View, at: usize, number: &Plain) -> Option<Draft> {
    let end = view.after(number.end, "刻钟").filter(|_| number.value < Decimal::TEN)?;
    let (fifteen, unit) = (Decimal::from(15), Unit::of_symbol("min"));
    Some(number_draft(at, end, Number { unit, ..bare(number.value.checked_mul(fifteen)?, fifteen) }))
}
