//! Times of day: 下午两点半, 14时30分, 三点一刻.

use super::date::two_digits;
use super::{Draft, Meaning};
use crate::anchor::view::View;

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

/// 下午两点半, 晚上 10:15.
pub(super) fn in_period(view: &View, at: usize) -> Option<Draft> {
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
    let night = view.after_any(at, &["中午", "正午", "午后", "下午", "上午"]).is_none();
    let hour = if night && hour == 12 { 0 } else { hour };
    Some(Draft::new(at, stop, Meaning::Time { hour, minute, second }))
}

/// 14时30分, 8点45分, 三点一刻, 九点半, 八点钟: a time by its own form.
pub(super) fn read(view: &View, at: usize) -> Option<Draft> {
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
    if !matches!(mark, '点' | '时')
        || view.after_any(end, &["时代", "时间", "时期", "时候", "时常", "时段", "时尚", "点钟头"]).is_some()
    {
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
    let sure = sure
        || view.after_any(end, &["以前", "之前", "以后", "之后", "开始", "开会", "起床", "出发", "多钟"]).is_some();
    let ends = !view.at(end).is_alphabetic() || "许前后起至到开在左".contains(view.at(end));
    let arabic_hour = mark == '时' && view.at(at).is_ascii_digit() && ends;
    // 19点; smaller numbers are points as often.
    let late = mark == '点' && hour > 12 && view.at(at).is_ascii_digit() && !"涨跌升降第".contains(view.before(at));
    let late =
        late && !view.at(end).is_ascii_digit() && !matches!(view.at(end), '建' | '要' | '意' | '心' | '原' | '数');
    // 早上六点到八点.
    let pair = matches!(view.before(at), '至' | '到' | '-' | '~')
        && matches!(view.before(at.saturating_sub(1)), '点' | '钟' | '分' | '半');
    (sure || whole.is_some() || arabic_hour || late || pair).then_some((hour, 0, None, end))
}
