//! Money in coins: 三块五, 12元5角, 3角5分, 36美分.

use rust_decimal::Decimal;

use super::amount::{HALF, TENTH};
use super::{Draft, Number, Unit, bare, is_numeral, number_draft};
use crate::anchor::number::{Plain, hanzi, plain_chinese};
use crate::anchor::view::View;

/// 三块五, 12元5角, 3角5分, 五毛钱, 36美分, 1美元36美分.
pub(super) fn read(view: &View, at: usize, number: &Plain) -> Option<Draft> {
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
        return Some(number_draft(
            at,
            stop,
            Number { unit: Unit::of_symbol("USD"), ..bare(value, Decimal::new(1, 2)) },
        ));
    }
    yuan(view, at, next, number)
}

/// Yuan with their tenths and hundredths; `next` is behind the first number.
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
        if view.at(next) == '块'
            && ends
            && let Some(digit) = digit
        {
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
    let follows = view.at(next + 1).is_alphabetic()
        && !is_numeral(view.at(next + 1))
        && !"钱的左一起".contains(view.at(next + 1));
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
