//! What a rate counts by: per second, a day, 每月, per tonne, 每平方米. It is compared if both texts say it.

use crate::quantity::{Number, Quantity, Value};
use crate::text::Lang;

/// English and Chinese words for one thing that rates count by, in Simplified and Traditional characters. Months and days
/// have an adjective (monthly) and words such as "monthly pay" (月薪) too; a night at a hotel is a day.
const PER: &[(&str, &str)] = &[
    ("second", "秒|秒钟|秒鐘"),
    ("minute", "分|分钟|分鐘"),
    ("hour|hourly", "小时|小時|钟头|鐘頭|时薪|時薪"),
    ("day|daily|night|nightly", "天|日|晚|日薪|日租"),
    ("week|weekly", "周|週|星期|礼拜|禮拜|周薪|週薪"),
    ("month|monthly", "月|个月|個月|月薪|月租|月费|月費|月供|月息|月利率"),
    ("quarter|quarterly", "季|季度|季费"),
    ("year|annum|annually|yearly|annual", "年|年薪|年租|年费|年費|年息|年利率"),
    ("square foot|sq ft", "平方英尺|平方尺|平方呎|呎"),
    ("square metre|square meter|sq m", "平方米|平米|平方公尺"),
    ("cubic metre|cubic meter", "立方米|立方公尺"),
    ("cubic foot|cubic feet", "立方英尺|立方呎"),
    ("tonne|ton|metric ton", "吨|噸|公吨|公噸"),
    ("kilogram|kilo|kg", "公斤|千克"),
    ("pound", "磅"),
    ("ounce", "盎司"),
    ("barrel", "桶"),
    ("litre|liter", "升|公升"),
    ("gallon", "加仑|加侖"),
    ("mile", "英里|英哩"),
    ("kilometre|kilometer|km", "公里|千米"),
    ("share", "股"),
    ("person|head|capita", "人|人均"),
    ("hectare", "公顷|公頃"),
    ("acre", "英亩|英畝"),
    ("mu", "亩|畝"),
    ("kilowatt-hour|kwh", "千瓦时|千瓦時|度|度电|度電"),
    ("dollar", "美元"),
    ("euro", "欧元|歐元"),
];
const SECOND: u32 = 1;
const HOUR: u32 = 1 << 2;
/// The rows of periods. The others are things.
const PERIODS: u32 = 0xff;
/// The most words after a value, in its clause, that are searched: "250 millilitres of juice twice a day"; and before it:
/// "a monthly fee of".
const MAX_WORDS: usize = 6;
const MAX_BEFORE: usize = 4;
/// The most characters before a value, in its clause, that are searched: 每天饮用.
const MAX_CHARS: usize = 12;
/// Words before "a day" that mean a duration ("in a day"), and words after "a year" that mean a date ("a year ago").
const NO_RATE_BEFORE: &[&str] = &[
    "in", "for", "within", "after", "before", "of", "once", "over", "than", "by", "from", "and", "about", "almost",
    "nearly", "under",
];
const NO_RATE_BEHIND: &[&str] = &["ago", "earlier", "later", "before", "after", "old", "when"];

/// Whether two rates count by different periods or different things.
pub(super) fn differ(a: u32, b: u32) -> bool {
    [PERIODS, !PERIODS].into_iter().any(|kind| a & kind > 0 && b & kind > 0 && a & b & kind == 0)
}

/// What the words near a value say that it is counted by, one bit for each row of [`PER`]; 0 if they say nothing.
pub(super) fn rate(text: &str, value: &Value, lang: Lang) -> u32 {
    if !matches!(value.quantity, Quantity::Number(_) | Quantity::Multiple(_)) {
        return 0;
    }
    // The unit of a speed names the period.
    if let Quantity::Number(Number { unit: Some(unit), .. }) = value.quantity {
        match unit.symbol() {
            "km/h" | "mph" | "kn" => return HOUR,
            "m/s" | "km/s" => return SECOND,
            _ => {}
        }
    }
    let sides = text.get(..value.range.start).zip(text.get(value.range.end..));
    sides.map_or(0, |(before, behind)| if lang == Lang::En { english(before, behind) } else { chinese(before, behind) })
}

/// The bit of the row for which `fits` accepts a word of the language; the longest word counts.
fn row(lang: Lang, fits: impl Fn(&str) -> bool) -> u32 {
    let words = |row: &'static (&str, &str)| if lang == Lang::En { row.0 } else { row.1 }.split('|');
    let all = (0u32..).zip(PER).flat_map(|(n, row)| words(row).map(move |word| (word, 1 << n)));
    all.filter(|(word, _)| fits(word)).max_by_key(|(word, _)| word.len()).map_or(0, |found| found.1)
}

fn english(before: &str, behind: &str) -> u32 {
    let clause = behind.split(|c: char| ",;:.?!()\n".contains(c)).next().unwrap_or_default().to_lowercase();
    let named = |text: &str| {
        row(Lang::En, |word| {
            text.strip_prefix(word).is_some_and(|rest| !rest.trim_start_matches('s').starts_with(char::is_alphanumeric))
        })
    };
    if let Some(rate) = clause.strip_prefix('/') {
        return named(rate);
    }
    let words: Vec<&str> = clause.split([' ', '\u{A0}']).filter(|w| !w.is_empty()).take(MAX_WORDS + 3).collect();
    let rates = words.iter().enumerate().map(|(i, word)| {
        let after = |n: usize| words.get(i + n).copied().unwrap_or("");
        let next = format!("{} {}", after(1), after(2));
        match *word {
            "per" | "each" | "every" => named(&next),
            "a" | "an" => {
                let last = i.checked_sub(1).and_then(|i| words.get(i)).copied().unwrap_or("");
                let none = NO_RATE_BEFORE.contains(&last)
                    || NO_RATE_BEHIND.contains(&after(2))
                    || (after(2) == "and" && after(3) == "a");
                if none { 0 } else { named(&next) }
            }
            "hourly" | "daily" | "weekly" | "monthly" | "annually" | "yearly" => named(word),
            _ => 0,
        }
    });
    let found = rates.fold(0, |all, rate| all | rate);
    if found > 0 {
        return found;
    }
    // "A monthly fee of $5".
    let clause = before.rsplit(|c: char| ",;:.?!()\n".contains(c)).next().unwrap_or_default().to_lowercase();
    let mut words = clause.split_whitespace().rev();
    if !matches!(words.next(), Some("of" | "is" | "was" | "at" | "to")) {
        return 0;
    }
    words.take(MAX_BEFORE).filter(|w| w.ends_with("ly")).fold(0, |all, word| all | named(word))
}

fn chinese(before: &str, behind: &str) -> u32 {
    let named = |text: &str| row(Lang::Zh, |word| text.starts_with(word));
    if let Some(rate) = behind.strip_prefix('/') {
        return named(rate);
    }
    let start = before.char_indices().rev().take(MAX_CHARS).last().map_or(0, |(i, _)| i);
    let near = before.get(start..).unwrap_or_default();
    let clause = near.rsplit(['，', '。', '；', '、', '：', '（', ',', ';', '\n']).next().unwrap_or_default();
    let each = clause.match_indices('每').fold(0, |all, (at, each)| {
        let word = clause[at + each.len()..].trim_start_matches(['个', '個', '名', '位', '一']);
        all | named(clause.get(at + each.len()..).unwrap_or_default()).max(named(word))
    });
    // 月薪, 年费.
    let noun = |c: char| "薪租费費供息率均".contains(c);
    let pay = || clause.char_indices().filter(|(i, _)| clause[*i..].chars().nth(1).is_some_and(noun));
    if each > 0 {
        each
    } else {
        pay().fold(0, |all, (i, _)| all | row(Lang::Zh, |word| word.ends_with(noun) && clause[i..].starts_with(word)))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::quantity::values;

    fn read(text: &str, lang: Lang) -> &'static str {
        let found = values(text, lang);
        let bits = found.first().map_or(0, |value| rate(text, value, lang));
        let first = PER.get(bits.trailing_zeros() as usize).map_or("", |row| row.0);
        first.split('|').next().unwrap_or_default()
    }

    #[test]
    fn periods_of_both_languages() {
        for (en, zh, expected) in [
            ("spins 642 times a second and", "每秒自转642次", "second"),
            ("at RMB 4.2 per square meter per day.", "租金为每平方米每日4.2元", "day"),
            ("250 ml of juice twice a day", "每天饮用250毫升", "day"),
            ("$5 an hour", "每小时5美元", "hour"),
            ("3,000 tonnes annually", "每年3000吨", "year"),
            ("a monthly fee of $5", "月费5美元", "month"),
            ("$60 a barrel", "每桶60美元", "barrel"),
            ("$12,800 per square foot", "每平方呎12,800港元", "square foot"),
            ("300 people in a week", "一周内有300人", ""),
            ("rose 5% from a year ago", "比一年前增长5%", ""),
        ] {
            assert_eq!(read(en, Lang::En), expected, "{en}");
            assert_eq!(read(zh, Lang::Zh), expected, "{zh}");
        }
    }
}
