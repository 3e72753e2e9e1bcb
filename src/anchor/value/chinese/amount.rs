//! Amounts that number and unit alone do not give: 半小时, 一年半, 三块五, 3角5分, 零下15度, 三至五成.

use rust_decimal::Decimal;

use super::{Draft, Meaning, Number, Unit, bare, is_numeral, is_time, number_draft, order, unit};
use crate::anchor::number::{self, Plain, hanzi, is_measure, plain_chinese};
use crate::anchor::view::View;

/// Characters before a single numeral that make it a name or a day: 星期三, 初三, 老四.
const NAMES_BEFORE: &str = "期周初老阿第拜";

const HALF: Decimal = Decimal::from_parts(5, 0, 0, false, 1);
const TENTH: Decimal = Decimal::from_parts(1, 0, 0, false, 1);

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
            if let Some(found) = parts(view, at).or_else(|| tael(view, at)) {
                return Some(found);
            }
            let number = plain_chinese(view, at)?;
            tenths(view, at, &number)
                .or_else(|| money(view, at, &number))
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
    if !is_numeral(view.at(next)) && !matches!(view.at(next), '$' | '¥' | '￥' | '€' | '£') || super::is_dash(view, at) {
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
    if matches!(view.before(at), '上' | '下' | '前' | '后' | '大' | '小' | '多' | '一' | '夜') || is_numeral(view.before(at)) {
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
    let said = is_time(unit) || matches!(unit.symbol(), "km" | "m" | "kg" | "jin" | "t" | "L" | "mi" | "USD" | "CNY" | "kWh");
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
            Some((symbol, end)) => number_draft(at, end, Number { unit: Unit::of_symbol(symbol), ..bare(value, TENTH) }),
            None => number_draft(at, after, bare(value, TENTH)),
        });
    }
    let (unit, end) = unit(view, next)?;
    let time = is_time(unit) && number.value < Decimal::ONE_HUNDRED;
    // 三天半夜, 两年半载, 一年半数.
    let half = view.at(end) == '半' && !matches!(view.at(end + 1), '夜' | '载' | '数' | '途' | '路' | '年');
    (half && (time || !is_time(unit))).then(|| number_draft(at, end + 1, Number { unit: Some(unit), ..bare(value, TENTH) }))
}

/// 三至五成, 三到五个, 两至三年: two bare numerals, of which one at least is a single character and no number by itself.
fn range(view: &View, at: usize, number: &Plain) -> Option<Draft> {
    if number.lifted {
        return None;
    }
    let next = view.after_any(view.skip_blank(number.end), &["至", "到", "-", "~", "–", "—"])?;
    let next = view.skip_blank(next);
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
    let divisor = (1..=value.min(under)).rev().take(1000).find(|d| value % d == 0 && under % d == 0)?;
    Some(Draft::new(at, over.end, Meaning::Fraction { over: value / divisor, under: under / divisor }))
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
        && (matches!(view.at(at + 2), '银' | '金' | '重' | '黄' | '白' | '酒' | '肉' | '茶') || view.after(at + 2, "上下").is_some());
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

/// 三块五, 12元5角, 3角5分, 五毛钱, 36美分, 1美元36美分.
fn money(view: &View, at: usize, number: &Plain) -> Option<Draft> {
    let cents = |symbol| move |end: usize| (symbol, end);
    let next = view.skip_blank(number.end);
    let foreign = (view.after(next, "美分").map(cents("USD")))
        .or_else(|| view.after(next, "欧分").map(cents("EUR")))
        .or_else(|| view.after(next, "便士").map(cents("GBP")))
        .or_else(|| view.after(next, "港仙").map(cents("HKD")));
    if let Some((symbol, end)) = foreign {
        let hundredth = Decimal::new(1, 2);
        let value = number.value.checked_mul(hundredth)?;
        let step = number.step.checked_mul(hundredth)?;
        return Some(number_draft(at, end, Number { unit: Unit::of_symbol(symbol), ..bare(value, step) }));
    }
    if let Some(end) = view.after(next, "美元").map(|e| view.skip_blank(e)).filter(|&e| is_numeral(view.at(e)))
        && let Some(cents) = plain_chinese(view, end).filter(|c| c.value < Decimal::ONE_HUNDRED)
        && let Some(stop) = view.after(view.skip_blank(cents.end), "美分")
    {
        let value = number.value.checked_add(cents.value.checked_mul(Decimal::new(1, 2))?)?;
        return Some(number_draft(at, stop, Number { unit: Unit::of_symbol("USD"), ..bare(value, Decimal::new(1, 2)) }));
    }
    yuan(view, at, next, number)
}

fn yuan(view: &View, at: usize, next: usize, number: &Plain) -> Option<Draft> {
    let unit = Unit::of_symbol("CNY");
    let draft = |end: usize, value: Decimal, places: u32| {
        let end = view.after(end, "钱").unwrap_or(end);
        Some(number_draft(at, end, Number { unit, ..bare(value, Decimal::new(1, places)) }))
    };
    if matches!(view.at(next), '块' | '元') && view.after(next, "元月").is_none() {
        let end = next + 1;
        if let Some((rest, stop, places)) = jiao(view, end) {
            return draft(stop, number.value.checked_add(rest)?, places);
        }
        // 三块五, 12块8, 两块半; not 三块五花肉, 两块半成品.
        let digit = hanzi::digit(view.at(end)).or_else(|| view.at(end).to_digit(10).map(u128::from)).filter(|&d| d > 0);
        let ends = !is_numeral(view.at(end + 1)) && !view.at(end + 1).is_alphabetic() || view.at(end + 1) == '的';
        if view.at(next) == '块' && ends && view.at(end) == '半' {
            return draft(end + 1, number.value.checked_add(HALF)?, 1);
        }
        if view.at(next) == '块' && ends && let Some(digit) = digit {
            return draft(end + 1, number.value.checked_add(Decimal::new(i64::try_from(digit).ok()?, 1))?, 1);
        }
        return None;
    }
    let (value, end, places) = jiao(view, at)?;
    draft(end, value, places)
}

/// A number below a hundred; a single digit in its financial form as well.
fn small(view: &View, at: usize) -> Option<Plain> {
    if let Some(digit) = hanzi::digit(view.at(at)).filter(|_| matches!(view.at(at + 1), '角' | '毛' | '分')) {
        let value = Decimal::from(u64::try_from(digit).ok()?);
        return Some(Plain { end: at + 1, value, step: Decimal::ONE, lifted: false });
    }
    plain_chinese(view, at).filter(|n| n.value < Decimal::ONE_HUNDRED)
}

/// 5角, 3角5分, 五毛, 5分钱.
fn jiao(view: &View, at: usize) -> Option<(Decimal, usize, u32)> {
    let number = small(view, at)?;
    let next = number.end;
    let cents = |n: &Plain| n.value.checked_mul(Decimal::new(1, 2));
    if view.at(next) == '分' {
        let paid = view.at(next + 1) == '钱' || is_numeral(view.before(at)) || matches!(view.before(at), '元' | '块');
        return paid.then(|| Some((cents(&number)?, next + 1, 2)))?;
    }
    // 五角大楼, 三角形, 五毛特效.
    let word = "大形度星场色落逐钢铁病衣利重骨巾孔发线玻皮驴猫竹";
    if !matches!(view.at(next), '角' | '毛') || word.contains(view.at(next + 1)) || number.value >= Decimal::TEN {
        return None;
    }
    // 四角上 is "in the corners": behind a bare 角 or 毛 the sum ends, or goes on in 分.
    let follows = view.at(next + 1).is_alphabetic() && !is_numeral(view.at(next + 1)) && !"钱的左一起".contains(view.at(next + 1));
    if follows && !matches!(view.before(at), '元' | '块') {
        return None;
    }
    let value = number.value.checked_mul(TENTH)?;
    let rest = small(view, next + 1).filter(|n| n.value < Decimal::TEN);
    if let Some(rest) = rest {
        let end = if view.at(rest.end) == '分' { Some(rest.end + 1) } else { None };
        // 三毛五.
        let end = end.or_else(|| (!view.at(rest.end).is_alphanumeric()).then_some(rest.end));
        if let Some(end) = end {
            return Some((value.checked_add(cents(&rest)?)?, end, 2));
        }
    }
    Some((value, next + 1, 1))
}

