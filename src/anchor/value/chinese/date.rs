//! Dates that the numbers' own reader does not give: halves, decades, fiscal years, first years and months of two.

use rust_decimal::Decimal;
use rust_decimal::prelude::ToPrimitive;

use super::{Draft, Meaning, clock, connector, is_numeral};
use crate::anchor::number::{hanzi, is_measure};
use crate::anchor::value::Date;
use crate::anchor::view::{View, is_letter};

pub(super) fn read(view: &View, at: usize) -> Option<Draft> {
    let c = view.at(at);
    match c {
        '上' | '下' | '前' | '后' => {
            half(view, at).or_else(|| last_century(view, at)).or_else(|| clock::in_period(view, at))
        }
        '本' => last_century(view, at),
        '第' => fiscal_quarter(view, at, view.skip_blank(at + 1)),
        '早' | '清' | '凌' | '今' | '明' | '半' | '午' | '中' | '正' | '傍' | '晚' | '夜' | '深' | '昨' | '当' => {
            clock::in_period(view, at)
        }
        'F' | 'f' | 'H' | 'h' => latin(view, at),
        c if is_numeral(c) => {
            if hanzi::is_numeral(view.before(at)) {
                return None;
            }
            first_quarters(view, at)
                .or_else(|| fiscal_quarter(view, at, at))
                .or_else(|| year(view, at))
                .or_else(|| decade(view, at))
                .or_else(|| short_year(view, at))
                .or_else(|| months(view, at))
                .or_else(|| day(view, at))
                .or_else(|| clock::read(view, at))
        }
        _ => None,
    }
}

fn dated(start: usize, end: usize, date: Date) -> Draft {
    Draft::new(start, end, Meaning::Date(date))
}

/// 前三季度: three quarters, not the third.
fn first_quarters(view: &View, at: usize) -> Option<Draft> {
    let first = matches!(view.before(at), '前' | '头') && view.before(at - 1) != '目';
    let (quarters, end) = two_digits(view, at).filter(|(q, _)| first && (2..=4).contains(q))?;
    let number = super::bare(quarters.into(), Decimal::ONE);
    view.after_any(view.skip_blank(end), &["季度", "财季"]).map(|_| super::number_draft(at, end, number))
}

/// 第三财季, which makes its year a fiscal one.
fn fiscal_quarter(view: &View, start: usize, at: usize) -> Option<Draft> {
    let (quarter, end) = two_digits(view, at).filter(|(q, _)| (1..=4).contains(q))?;
    let end = view.after(view.skip_blank(end), "财季")?;
    // 上一财季 is the last one, whichever it was.
    let relative = start == at && "上下每这前后某同".contains(view.before(at));
    (!relative).then(|| dated(start, end, Date { quarter: Some(quarter), fiscal: true, ..Date::default() }))
}

/// 上半年, 下半年.
fn half(view: &View, at: usize) -> Option<Draft> {
    let end = view.after_any(at + 1, &["半年", "半财年"])?;
    let half = if matches!(view.at(at), '上' | '前') { 1 } else { 2 };
    (matches!(view.at(at), '上' | '下')).then(|| dated(at, end, Date { half: Some(half), ..Date::default() }))
}

/// `FY25`, `FY2026`, `H1`.
fn latin(view: &View, at: usize) -> Option<Draft> {
    if is_letter(view.before(at)) || view.before(at).is_ascii_digit() {
        return None;
    }
    let (word, end) = view.word(at);
    let next = view.skip_blank(end);
    let (value, stop) = digits(view, next)?;
    if is_letter(view.at(stop)) && !matches!(view.at(stop), 'Q' | 'H') {
        return None;
    }
    match (word.as_str(), stop - next) {
        ("fy", 2) => Some(dated(at, stop, Date { year: Some(2000 + value), fiscal: true, ..Date::default() })),
        ("fy", 4) => Some(dated(at, stop, Date { year: Some(value), fiscal: true, ..Date::default() })),
        ("h", 1) if next == end && matches!(value, 1 | 2) => {
            Some(dated(at, stop, Date { half: value.to_u8(), ..Date::default() }))
        }
        _ => None,
    }
}

/// At most four plain digits at `at`.
fn digits(view: &View, at: usize) -> Option<(u16, usize)> {
    const MOST: usize = 4;
    let end = at + (0..=MOST).take_while(|k| view.at(at + k).is_ascii_digit()).count();
    let value = view.slice(at, end).iter().filter_map(|c| c.to_digit(10)).fold(0, |n, d| n * 10 + d);
    (end > at && end - at <= MOST).then_some((u16::try_from(value).ok()?, end))
}

/// A numeral of either kind that may be a year or the number of a decade, digit by digit or by place.
fn small(view: &View, at: usize) -> Option<(u16, usize)> {
    if view.at(at).is_ascii_digit() {
        return digits(view, at);
    }
    const LONGEST: usize = 5;
    let end = at + (0..LONGEST).take_while(|k| hanzi::is_numeral(view.at(at + k))).count();
    Some((u16::try_from(hanzi::value(view.slice(at, end), true)?).ok()?, end))
}

/// 2025财年, 26财年, 2025上半年, 2025Q3, 3Q25, 2020至 before 2025年.
fn year(view: &View, at: usize) -> Option<Draft> {
    let (value, end) = small(view, at)?;
    let next = view.skip_blank(end);
    let full = (1000..3000).contains(&value);
    let arabic = view.at(at).is_ascii_digit();
    let short = arabic && end - at == 2;
    let whole = if short { 2000 + value } else { value };
    let of_year =
        |end: usize, fiscal: bool| Some(dated(at, end, Date { year: Some(whole), fiscal, ..Date::default() }));
    if let Some(end) = view.after_any(next, &["学年", "赛季"]).filter(|_| full) {
        return of_year(end, false);
    }
    if full || short {
        if let Some(end) = view.after_any(next, &["财年", "财政年度"]) {
            return of_year(end, true);
        }
        if let (mark @ ('Q' | 'H'), Some(n @ 1..=4)) = (view.at(next), view.at(next + 1).to_digit(10))
            && arabic
            && !is_letter(view.at(next + 2))
            && !view.at(next + 2).is_ascii_digit()
        {
            return Some(dated(at, next + 2, Date { year: Some(whole), ..part(mark, n)? }));
        }
    }
    if arabic && end == at + 1 && (1..=4).contains(&value) && matches!(view.at(end), 'Q' | 'H') {
        let (year, stop) = digits(view, end + 1).filter(|(_, stop)| matches!(stop - end, 3 | 5))?;
        let year = Some(if year < 100 { 2000 + year } else { year });
        return Some(dated(at, stop, Date { year, ..part(view.at(end), value.into())? }));
    }
    if !full {
        return None;
    }
    if view.after_any(next, &["上半年", "下半年", "第一季度", "第二季度", "第三季度", "第四季度"]).is_some()
    {
        return of_year(end, false);
    }
    // 2020至2025年, 2020-2025年: both are years.
    let after = connector(view, next)?;
    let (last, stop) = small(view, after)?;
    let pair = (1000..3000).contains(&last) || stop - after == 2;
    let years = view.after_any(view.skip_blank(stop), &["年", "学年", "赛季"]).is_some();
    (pair && years).then(|| of_year(end, false))?
}

/// `Q3`, `H1` as a date without its year.
fn part(mark: char, n: u32) -> Option<Date> {
    match (mark, n) {
        ('Q', 1..=4) => Some(Date { quarter: n.to_u8(), ..Date::default() }),
        ('H', 1 | 2) => Some(Date { half: n.to_u8(), ..Date::default() }),
        _ => None,
    }
}

/// 08年, 98年夏天, 九八年: years of two digits, where they can be no number of years.
fn short_year(view: &View, at: usize) -> Option<Draft> {
    let (digits, end) = (view.slice(at, at + 2), at + 2);
    let [first, second] = digits else { return None };
    let arabic = first.is_ascii_digit() && second.is_ascii_digit();
    let digit = |c: char| c.to_digit(10).or_else(|| u32::try_from(hanzi::digit(c)?).ok());
    let (first, second) = (digit(*first)?, digit(*second)?);
    let behind = view.after(end, "年").filter(|_| view.before(at) != '第' && !is_numeral(view.before(at)))?;
    let dated = "春夏秋冬初底末".contains(view.at(behind))
        || small(view, behind).is_some_and(|(m, e)| (1..=12).contains(&m) && view.at(e) == '月');
    // 五六年 and 三五年 are five to six and three to five years.
    let guess = second == first + 1 || (first, second) == (3, 5);
    let named = if arabic { first == 0 || (first >= 5 && dated) } else { !guess || dated };
    let word = matches!(view.at(behind), '级' | '代' | '间' | '来' | '前' | '后' | '多');
    let year = match first {
        5..=9 => 1900 + first * 10 + second,
        0..=2 => 2000 + first * 10 + second,
        _ => return None,
    };
    let date = Date { year: u16::try_from(year).ok(), ..Date::default() };
    (named && !word).then(|| self::dated(at, behind, date))
}

/// 八月十五, without 日 behind the day.
fn day(view: &View, at: usize) -> Option<Draft> {
    let (month, end) = small(view, at).filter(|(m, _)| (1..=12).contains(m))?;
    let next = view.after(end, "月").filter(|_| hanzi::is_numeral(view.at(at)))?;
    if let Some((day, stop)) =
        view.after(next, "初").and_then(|d| two_digits(view, d)).filter(|(d, _)| (1..=10).contains(d))
    {
        let stop = stop + usize::from(view.at(stop) == '日');
        return Some(dated(at, stop, Date { month: month.to_u8(), day: Some(day), ..Date::default() }));
    }
    let (day, stop) = two_digits(view, next).filter(|(d, stop)| (10..=31).contains(d) && stop - next > 1)?;
    let date = Date { month: month.to_u8(), day: Some(day), ..Date::default() };
    let counted = is_measure(view.at(stop)) || matches!(view.at(stop), '几' | '来' | '号' | '万' | '亿' | '成' | '倍');
    (hanzi::is_numeral(view.at(next)) && !counted).then(|| dated(at, stop, date))
}

/// 90年代, 1980年代, 二十世纪九十年代.
fn decade(view: &View, at: usize) -> Option<Draft> {
    let (value, end) = small(view, at)?;
    let next = view.skip_blank(end);
    if let Some(after) = view.after(next, "世纪").map(|a| view.skip_blank(a)).filter(|_| (10..=30).contains(&value)) {
        return Some(match tens(view, after) {
            Some((years, end)) => decade_of((value - 1) * 100 + years, at, end),
            None => Draft::new(at, after, Meaning::Ordinal(value.into())),
        });
    }
    if (1000..3000).contains(&value) && value % 10 == 0 {
        return Some(decade_of(value, at, view.after(next, "年代")?));
    }
    // 30年代 to 90年代 belong to the last century, 00年代 to this; 10年代 and 20年代 can be of either.
    let (years, end) = tens(view, at)?;
    match years {
        30..=90 => Some(decade_of(1900 + years, at, end)),
        0 => Some(decade_of(2000, at, end)),
        _ => None,
    }
}

/// 上世纪九十年代, 本世纪20年代.
fn last_century(view: &View, at: usize) -> Option<Draft> {
    let (first, after) =
        match (view.after(at, "上世纪").or_else(|| view.after(at, "上个世纪")), view.after(at, "本世纪")) {
            (Some(after), _) => (1900, after),
            (None, Some(after)) => (2000, after),
            _ => return None,
        };
    let (years, end) = tens(view, view.skip_blank(after))?;
    Some(decade_of(first + years, at, end))
}

fn decade_of(year: u16, start: usize, end: usize) -> Draft {
    dated(start, end, Date { year: Some(year), decade: true, ..Date::default() })
}

/// 90年代: the tens, and the index behind.
fn tens(view: &View, at: usize) -> Option<(u16, usize)> {
    let (years, end) = small(view, at).filter(|&(y, _)| y < 100 && y % 10 == 0)?;
    Some((years, view.after(view.skip_blank(end), "年代")?))
}

/// 3至5月, 3月至5月 is read as two by itself: the first month of two.
fn months(view: &View, at: usize) -> Option<Draft> {
    let (first, end) = small(view, at).filter(|(m, _)| (1..=12).contains(m))?;
    let after = connector(view, end)?;
    let (last, stop) = small(view, after).filter(|(m, _)| (1..=12).contains(m))?;
    let month = view.at(stop) == '月' && view.at(stop + 1) != '薪' && first < last;
    month.then(|| dated(at, end, Date { month: first.to_u8(), ..Date::default() }))
}

/// A number below 100 of either kind, without 点 as a decimal point.
pub(super) fn two_digits(view: &View, at: usize) -> Option<(u8, usize)> {
    if view.at(at).is_ascii_digit() {
        let (value, end) = digits(view, at).filter(|(_, end)| end - at <= 2)?;
        return Some((u8::try_from(value).ok()?, end));
    }
    const LONGEST: usize = 4;
    let end = at + (0..LONGEST).take_while(|k| hanzi::is_numeral(view.at(at + k))).count();
    let run = match view.slice(at, end) {
        ['零' | '〇', rest @ ..] if !rest.is_empty() => rest,
        run => run,
    };
    Some((u8::try_from(hanzi::value(run, false)?).ok()?, end))
}
