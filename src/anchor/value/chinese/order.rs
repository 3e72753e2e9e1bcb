//! Orders of magnitude (数十亿, 上百), numbers with their digit left out (百余) and guesses between two digits (两三百).

use rust_decimal::Decimal;

use super::{Draft, Hedge, Meaning, Number, is_numeral, number_draft, unit};
use crate::anchor::number::{self, hanzi, is_measure};
use crate::anchor::view::View;

/// Longest run of numerals that is taken for one expression.
const LONGEST: usize = 12;

/// Characters before 数 that make it the end of a noun: 人数, 倍数.
const NOUN_BEFORE: &str = "人次指倍个基参函少多岁件户股总系分级字页票整位点辈对无算计代";

pub(super) fn read(view: &View, at: usize) -> Option<Draft> {
    match view.at(at) {
        '数' | '几' => several(view, at).or_else(|| counted_by(view, at)),
        '成' => {
            let (zeros, end) =
                [("成百上千", 2), ("成千上百", 2), ("成千上万", 3), ("成千成万", 3), ("成百", 2), ("成千", 3)]
                    .iter()
                    .find_map(|&(word, zeros)| Some((zeros, view.after(at, word)?)))?;
            (!matches!(view.at(end), '分' | '瓦')).then(|| order(view, at, end, zeros))
        }
        '百' | '千' | '万' | '亿' => bare(view, at),
        c if hanzi::is_numeral(c) => teens(view, at).or_else(|| guess(view, at)),
        _ => None,
    }
}

/// An order of magnitude with its unit.
fn order(view: &View, start: usize, end: usize, zeros: u32) -> Draft {
    match unit(view, end) {
        Some((unit, end)) => Draft::new(start, end, Meaning::Order { zeros, unit: Some(unit) }),
        None => Draft::new(start, end, Meaning::Order { zeros, unit: None }),
    }
}

/// Zeros of the magnitude words from `at`, and the index behind them: 千万 has seven.
fn zeros(view: &View, at: usize) -> Option<(u32, usize)> {
    let mut end = at;
    let mut sum = 0;
    while end < at + 4
        && let Some(power) = hanzi::multiplier(view.at(end)).and_then(u128::checked_ilog10)
    {
        // 千瓦, 百分之, 千克: other expressions.
        if matches!((view.at(end), view.at(end + 1)), ('千', '瓦' | '克' | '米' | '卡' | '赫') | ('百', '分'))
            && end > at
        {
            break;
        }
        (sum, end) = (sum + power, end + 1);
    }
    (end > at).then_some((sum, end))
}

/// 数十亿, 几千万, 几十; 几 and 数 alone say no order.
fn several(view: &View, at: usize) -> Option<Draft> {
    let noun = view.at(at) == '数'
        && NOUN_BEFORE.contains(view.before(at))
        && !["最多", "至多", "顶多"].iter().any(|word| super::hedge::ends_before(view, at, word));
    let (zeros, end) = zeros(view, at + 1).filter(|_| !noun)?;
    // 几分之一, 几十分之一 and 数千分之 are fractions of unknown size; 几百五十 is nothing.
    if view.after(end, "分之").is_some() || hanzi::digit(view.at(end)).is_some() {
        return None;
    }
    let end = end + usize::from(matches!(view.at(end), '多' | '余'));
    Some(order(view, at, end, zeros))
}

/// 数以千计, 数以百万计.
fn counted_by(view: &View, at: usize) -> Option<Draft> {
    let (zeros, end) = zeros(view, view.after(at, "数以")?)?;
    let end = view.after(end, "计")?;
    Some(Draft::new(at, end, Meaning::Order { zeros, unit: None }))
}

/// 百余, 近千, 上万, 百万美元: a magnitude without a digit.
fn bare(view: &View, at: usize) -> Option<Draft> {
    let (zeros, end) = zeros(view, at)?;
    if is_numeral(view.before(at)) || view.at(end) == '分' || hanzi::is_numeral(view.at(end)) {
        return None;
    }
    // 奉上百姓, 网上百货.
    if matches!(view.at(end), '姓' | '货' | '科' | '合' | '般' | '度') {
        return None;
    }
    let value = Decimal::try_from_i128_with_scale(10i128.checked_pow(zeros)?, 0).ok()?;
    let number = Number { low: value, high: None, step: value, unit: None };
    let word = matches!(view.at(end), '余') && !matches!(view.at(end + 1), '额' | '下' | '地' | '款');
    if word || (view.at(end) == '多' && is_measure(view.at(end + 1))) {
        let end = end + 1;
        return Some(Draft { hedge: Hedge::Over, ..number_draft(at, end, number) });
    }
    let last = view.before(at);
    if last == '上' && !"以早晚网线加乘送马船地世天海山身路".contains(view.before(at - 1)) {
        return Some(order(view, at - 1, end, zeros));
    }
    let hedged = super::hedge::in_front(view, at).is_some() || matches!(last, '过' | '破');
    let counted = unit(view, end).is_some() || is_measure(view.at(end)) || matches!(view.at(end), '级' | '吨');
    if hedged && (counted || zeros > 4) {
        let hedge = if matches!(last, '过' | '破') { Hedge::Over } else { Hedge::Exact };
        return Some(Draft { hedge, ..number_draft(at, end, number) });
    }
    // 百万美元, 千亿元: what begins with a magnitude needs a currency to be a number and not a word.
    let money = unit(view, end).is_some_and(|(u, _)| u.is_currency());
    (end - at > 1 && (money || matches!(view.at(end), '级'))).then(|| order(view, at, end, zeros))
}

/// 十几 (an order), 二十几 (more than twenty), 三百多 is read elsewhere.
fn teens(view: &View, at: usize) -> Option<Draft> {
    let end = at + (0..LONGEST).take_while(|k| hanzi::is_numeral(view.at(at + k))).count();
    if view.at(end) == '来' && end > at && matches!(view.at(end - 1), '十' | '百' | '千' | '万' | '亿') {
        // 四十来人; 来 is a verb before anything but what is counted.
        let counted = is_measure(view.at(end + 1)) || unit(view, end).is_some() || view.at(end + 1) == '号';
        let value = decimal(hanzi::value(view.slice(at, end), false)?)?;
        let number = Number { low: value, high: None, step: Decimal::TEN, unit: None };
        return counted.then(|| Draft { hedge: Hedge::About, ..number_draft(at, end + 1, number) });
    }
    if view.at(end) == '好' && view.at(end + 1) == '几' && end > at {
        let value = decimal(hanzi::value(view.slice(at, end), false)?)?;
        return Some(over(at, end + 2, value, Decimal::TEN));
    }
    if view.at(end) != '几' || !matches!(view.at(end - 1), '十' | '百' | '千') || view.after(end, "几分之").is_some()
    {
        return None;
    }
    let (lift, stop) = zeros(view, end + 1).unwrap_or((0, end + 1));
    if end == at + 1 {
        return (view.at(at) == '十').then(|| order(view, at, stop, lift + 1));
    }
    let lift = Decimal::try_from_i128_with_scale(10i128.checked_pow(lift)?, 0).ok()?;
    let value = decimal(hanzi::value(view.slice(at, end), false)?)?.checked_mul(lift)?;
    Some(over(at, stop, value, lift.checked_mul(Decimal::TEN)?))
}

fn over(start: usize, end: usize, low: Decimal, step: Decimal) -> Draft {
    Draft { hedge: Hedge::Over, ..number_draft(start, end, Number { low, high: None, step, unit: None }) }
}

fn decimal(value: u128) -> Option<Decimal> {
    Decimal::try_from_i128_with_scale(i128::try_from(value).ok()?, 0).ok()
}

/// 两三百 (200..300), 七八个, 十七八岁, 三四成: neighbouring digits, or 三五.
fn guess(view: &View, at: usize) -> Option<Draft> {
    let end = at + (0..LONGEST).take_while(|k| hanzi::is_numeral(view.at(at + k))).count();
    let run = view.slice(at, end);
    let (low, high, multiplied) = bounds(run)?;
    let tenths = view.at(end) == '成' && !multiplied;
    // 三四点, 五六月 and 二三线 name two of a kind; 五六十号人 is a number.
    let named = matches!(view.at(end), '点' | '时') && view.after(end, "时辰").is_none()
        || (!multiplied && matches!(view.at(end), '月' | '号' | '线' | '级' | '代'))
        || view.after_any(end, &["年级", "年代"]).is_some();
    let counted = is_measure(view.at(end)) || unit(view, end).is_some() || tenths;
    if named || !(multiplied || counted) || hanzi::is_numeral(view.before(at)) {
        return None;
    }
    let (mut number, mut end) = (Number { low, high: Some(high), step: Decimal::ONE, unit: None }, end);
    if tenths {
        number.low = low.checked_mul(Decimal::TEN)?;
        number.high = high.checked_mul(Decimal::TEN);
        (number.unit, end) = (Some(super::Unit::PERCENT), end + 1);
    }
    number.step = number.high?.checked_sub(number.low)?;
    Some(number_draft(at, end, number))
}

/// Both readings of a run with a pair of digits in it, and whether a magnitude stands in it.
fn bounds(run: &[char]) -> Option<(Decimal, Decimal, bool)> {
    let digit = |c: &char| hanzi::digit(*c).filter(|&d| d > 0);
    let pair =
        |w: &[char]| matches!((digit(&w[0]), digit(&w[1])), (Some(a), Some(b)) if b == a + 1 || (a, b) == (3, 5));
    let mut pairs = run.windows(2).enumerate().filter(|(_, w)| pair(w));
    let (k, _) = pairs.next()?;
    if pairs.next().is_some() {
        return None;
    }
    let without = |left: usize| {
        let kept: Vec<char> = run.iter().enumerate().filter(|(i, _)| *i != left).map(|(_, c)| *c).collect();
        decimal(hanzi::value(&kept, false)?)
    };
    let (low, high) = (without(k + 1)?, without(k)?);
    // 二十三四 is 23 to 24; digits alone are digits of a longer number (二〇一二).
    let multiplied = run.iter().any(|&c| hanzi::multiplier(c).is_some());
    (low < high && (multiplied || run.len() == 2)).then_some((low, high, multiplied))
}

/// 百分之七八十, 百分之三四: a guess in percent.
pub(super) fn percent_guess(view: &View, at: usize) -> Option<Draft> {
    let start = view.after(at, "百分之")?;
    if number::plain_chinese(view, start).is_some() {
        return None;
    }
    let end = start + (0..LONGEST).take_while(|k| hanzi::is_numeral(view.at(start + k))).count();
    let (low, high, _) = bounds(view.slice(start, end))?;
    let number = Number { low, high: Some(high), step: Decimal::ONE, unit: Some(super::Unit::PERCENT) };
    Some(number_draft(at, end, number))
}
