//! Dates and times that the numbers' own reader does not give: halves, decades, fiscal years, 下午两点半.

use rust_decimal::Decimal;
use rust_decimal::prelude::ToPrimitive;

use super::{Draft, Meaning, is_numeral};
use crate::anchor::number::{hanzi, is_measure};
use crate::anchor::value::Date;
use crate::anchor::view::{View, is_letter};

/// Parts of the day, and whether their hours up to 11 are those after noon.
const PERIODS: [(&str, bool); 26] = [
    ("上午", false),
    ("早上", false),
    ("早晨", false),
    ("清晨", false),
    ("清早", false),
    ("凌晨", false),
    ("今早", false),
    ("明早", false),
    ("半夜", false),
    ("午夜", false),
    ("中午", true),
    ("正午", true),
    ("午后", true),
    ("下午", true),
    ("傍晚", true),
    ("晚上", true),
    ("晚间", true),
    ("夜里", true),
    ("深夜", true),
    ("夜间", true),
    ("今晚", true),
    ("昨晚", true),
    ("明晚", true),
    ("当晚", true),
    ("晚", true),
    ("早", false),
];

pub(super) fn read(view: &View, at: usize) -> Option<Draft> {
    let c = view.at(at);
    match c {
        '上' | '下' | '前' | '后' => half(view, at).or_else(|| last_century(view, at)).or_else(|| in_period(view, at)),
        '本' => last_century(view, at),
        '第' => fiscal_quarter(view, at, view.skip_blank(at + 1)),
        '早' | '清' | '凌' | '今' | '明' | '半' | '午' | '中' | '正' | '傍' | '晚' | '夜' | '深' | '昨' | '当' => {
            in_period(view, at)
        }
        'F' | 'f' | 'H' | 'h' => latin(view, at),
        c if is_numeral(c) => {
            if hanzi::is_numeral(view.before(at)) {
                return None;
            }
            first_quarters(view, at).or_else(|| fiscal_quarter(view, at, at)).or_else(|| year(view, at)).or_else(|| decade(view, at)).or_else(|| short_year(view, at)).or_else(|| months(view, at)).or_else(|| day(view, at)).or_else(|| clock(view, at))
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
    let of_year = |end: usize, fiscal: bool| Some(dated(at, end, Date { year: Some(whole), fiscal, ..Date::default() }));
    if full || short {
        if let Some(end) = view.after_any(next, &["财年", "财政年度"]) {
            return of_year(end, true);
        }
        if let (mark @ ('Q' | 'H'), Some(n @ 1..=4)) = (view.at(next), view.at(next + 1).to_digit(10))
            && arabic
            && !is_letter(view.at(next + 2))
            && !view.at(next + 2).is_ascii_digit()
        {
            let part = n.to_u8();
            let (quarter, half) = if mark == 'Q' { (part, None) } else { (None, part.filter(|&h| h <= 2)) };
            let date = Date { year: Some(whole), quarter, half, ..Date::default() };
            return (quarter.is_some() || half.is_some()).then(|| dated(at, next + 2, date));
        }
    }
    if arabic && end == at + 1 && (1..=4).contains(&value) && matches!(view.at(end), 'Q' | 'H') {
        let (year, stop) = digits(view, end + 1).filter(|(_, stop)| matches!(stop - end, 3 | 5))?;
        let year = Some(if year < 100 { 2000 + year } else { year });
        let part = value.to_u8();
        let (quarter, half) = if view.at(end) == 'Q' { (part, None) } else { (None, part.filter(|&h| h <= 2)) };
        return (quarter.is_some() || half.is_some()).then(|| dated(at, stop, Date { year, quarter, half, ..Date::default() }));
    }
    if !full {
        return None;
    }
    if view.after_any(next, &["上半年", "下半年", "第一季度", "第二季度", "第三季度", "第四季度"]).is_some() {
        return of_year(end, false);
    }
    // 2020至2025年, 2020-2025年: both are years.
    let after = view.after_any(next, &["至", "到", "-", "~", "–", "—", "/"]).map(|a| view.skip_blank(a))?;
    let (last, stop) = small(view, after)?;
    let pair = (1000..3000).contains(&last) || stop - after == 2;
    (pair && view.at(view.skip_blank(stop)) == '年' && value < 1000 + last.max(value)).then(|| of_year(end, false))?
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
    if let Some((day, stop)) = view.after(next, "初").and_then(|d| two_digits(view, d)).filter(|(d, _)| (1..=10).contains(d)) {
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
    let (first, after) = match (view.after(at, "上世纪").or_else(|| view.after(at, "上个世纪")), view.after(at, "本世纪")) {
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
    let after = view.after_any(view.skip_blank(end), &["至", "到", "-", "~", "–", "—"])?;
    let (last, stop) = small(view, view.skip_blank(after)).filter(|(m, _)| (1..=12).contains(m))?;
    let month = view.at(stop) == '月' && view.at(stop + 1) != '薪' && first < last;
    month.then(|| dated(at, end, Date { month: first.to_u8(), ..Date::default() }))
}

/// 下午两点半, 晚上 10:15.
fn in_period(view: &View, at: usize) -> Option<Draft> {
    let (afternoon, end) = PERIODS.iter().find_map(|&(word, noon)| Some((noon, view.after(at, word)?)))?;
    // 最晚8点 leaves open which eight.
    if end == at + 1 && "最至较太更比夜及提".contains(view.before(at)) {
        return None;
    }
    let end = view.skip_blank(end);
    let end = view.after(end, "的").unwrap_or(end);
    let (mut hour, minute, second, stop) = hour(view, end, true)?;
    if view.after(at, "中午").is_none() || hour < 3 {
        hour += if afternoon && hour < 12 { 12 } else { 0 };
    }
    // Twelve at night is midnight.
    let night = !view.after_any(at, &["中午", "正午", "午后", "下午", "上午"]).is_some();
    let hour = if night && hour == 12 { 0 } else { hour };
    Some(Draft::new(at, stop, Meaning::Time { hour, minute, second }))
}

/// 14时30分, 8点45分, 三点一刻, 九点半, 八点钟: a time by its own form.
fn clock(view: &View, at: usize) -> Option<Draft> {
    let (hour, minute, second, end) = hour(view, at, false)?;
    Some(Draft::new(at, end, Meaning::Time { hour, minute, second }))
}

/// Hour, minute and second at `at`, and the index behind. Without a part of the day before it an hour alone is no time: 三点
/// says "three points" as well.
fn hour(view: &View, at: usize, sure: bool) -> Option<(u8, u8, Option<u8>, usize)> {
    let part = |at: usize, most: u8| -> Option<(u8, usize)> {
        let (value, end) = two_digits(view, at)?;
        (value <= most).then_some((value, end))
    };
    let (hour, end) = part(at, 24)?;
    let end = if sure { view.skip_blank(end) } else { end };
    if view.at(end) == ':' && sure {
        let (minute, end) = part(end + 1, 59)?;
        let second = (view.at(end) == ':').then(|| part(end + 1, 59)).flatten();
        return Some((hour, minute, second.map(|s| s.0), second.map_or(end, |s| s.1)));
    }
    let mark = view.at(end);
    if !matches!(mark, '点' | '时') || view.after_any(end, &["时代", "时间", "时期", "时候", "时常", "时段", "时尚", "点钟头"]).is_some() {
        return None;
    }
    let mut end = end + 1;
    if let Some(stop) = view.after_any(end, &["半", "三十分"]).filter(|_| mark == '点' || view.at(end) != '半') {
        let half = view.at(end) != '半' || !matches!(view.at(stop), '数' | '价' | '成');
        return half.then_some((hour, 30, None, stop));
    }
    if let Some(stop) = view.after_any(end, &["一刻", "1刻"]) {
        return Some((hour, 15, None, stop));
    }
    if let Some(stop) = view.after_any(end, &["三刻", "3刻"]) {
        return Some((hour, 45, None, stop));
    }
    // 两点过五分, 8点零5分.
    let minutes = view.after_any(end, &["过", "零", "〇"]).unwrap_or(end);
    if let Some((minute, stop)) = part(view.skip_blank(minutes), 59)
        && (view.at(stop) == '分' && view.after_any(stop, &["分之", "分钟"]).is_none()
            || (sure && view.slice(minutes, stop).len() > 1 && !"个多年月日人次".contains(view.at(stop))))
    {
        let mut end = stop + usize::from(view.at(stop) == '分');
        let second = part(end, 59).filter(|&(_, s)| view.at(s) == '秒');
        end = second.map_or(end, |s| s.1 + 1);
        return Some((hour, minute, second.map(|s| s.0), end));
    }
    let whole = view.after_any(end, &["钟", "整", "正"]);
    end = whole.unwrap_or(end);
    // 五点以前, 9点开: a point in time.
    let sure = sure || view.after_any(end, &["以前", "之前", "以后", "之后", "开始", "开会", "起床", "出发", "多钟"]).is_some();
    let ends = !view.at(end).is_alphabetic() || "许前后起至到开在左".contains(view.at(end));
    let arabic_hour = mark == '时' && view.at(at).is_ascii_digit() && ends;
    // 19点; smaller numbers are points as often.
    let late = mark == '点' && hour > 12 && view.at(at).is_ascii_digit() && !"涨跌升降第".contains(view.before(at));
    let late = late && !view.at(end).is_ascii_digit() && !matches!(view.at(end), '建' | '要' | '意' | '心' | '原' | '数');
    // 早上六点到八点.
    let pair = matches!(view.before(at), '至' | '到' | '-' | '~') && matches!(view.before(at - 1), '点' | '钟' | '分' | '半');
    (sure || whole.is_some() || arabic_hour || late || pair).then_some((hour, 0, None, end))
}

/// A number below 100 of either kind, without 点 as a decimal point.
fn two_digits(view: &View, at: usize) -> Option<(u8, usize)> {
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

