//! The period of a rate: per second, a day, 每月. Only the period is read. It is compared if both texts give one.

use crate::quantity::{Number, Quantity, Value};
use crate::text::Lang;

/// A period that something is counted by.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Period {
    Second,
    Minute,
    Hour,
    Day,
    Week,
    Month,
    Quarter,
    Year,
}

use Period::{Day, Hour, Minute, Month, Quarter, Second, Week, Year};

const ENGLISH: &[(&str, Period)] = &[
    ("second", Second),
    ("minute", Minute),
    ("hour", Hour),
    ("hourly", Hour),
    ("day", Day),
    ("daily", Day),
    ("week", Week),
    ("weekly", Week),
    ("month", Month),
    ("monthly", Month),
    ("quarter", Quarter),
    ("quarterly", Quarter),
    ("year", Year),
    ("annum", Year),
    ("annually", Year),
    ("yearly", Year),
];
const CHINESE: &[(&str, Period)] = &[
    ("秒", Second),
    ("分", Minute),
    ("小时", Hour),
    ("小時", Hour),
    ("天", Day),
    ("日", Day),
    ("周", Week),
    ("週", Week),
    ("月", Month),
    ("个月", Month),
    ("個月", Month),
    ("季", Quarter),
    ("年", Year),
];
/// The most words after a value, in its clause, that are searched: "250 millilitres of juice twice a day".
const MAX_WORDS: usize = 6;
/// The most characters before a value, in its clause, that are searched: 每天饮用.
const MAX_CHARS: usize = 12;
/// Words before "a day" that mean a duration ("in a day"), and words after "a year" that mean a date ("a year ago").
const NO_RATE_BEFORE: &[&str] =
    &["in", "for", "within", "after", "before", "of", "once", "over", "than", "by", "from", "and"];
const NO_RATE_BEHIND: &[&str] = &["ago", "earlier", "later", "before", "after", "old", "when"];

/// The period of a value's rate, if the words near the value give one.
pub(super) fn period(text: &str, value: &Value, lang: Lang) -> Option<Period> {
    if !matches!(value.quantity, Quantity::Number(_) | Quantity::Multiple(_)) {
        return None;
    }
    // The unit of a speed names the period.
    if let Quantity::Number(Number { unit: Some(unit), .. }) = value.quantity {
        match unit.symbol() {
            "km/h" | "mph" | "kn" => return Some(Hour),
            "m/s" | "km/s" => return Some(Second),
            _ => {}
        }
    }
    let (before, behind) = (text.get(..value.range.start)?, text.get(value.range.end..)?);
    match lang {
        Lang::En => english(behind),
        Lang::Zh => chinese(before, behind),
    }
}

fn english(behind: &str) -> Option<Period> {
    let clause = behind.split(|c: char| ",;:.?!()\n".contains(c)).next()?.to_lowercase();
    let named = |word: &str| ENGLISH.iter().find(|(w, _)| *w == word).map(|w| w.1);
    if let Some(rate) = clause.strip_prefix('/') {
        return named(rate.split(|c: char| !c.is_alphabetic()).next()?);
    }
    let words: Vec<&str> = clause.split([' ', '\u{A0}']).filter(|w| !w.is_empty()).take(MAX_WORDS + 3).collect();
    // The last period counts: "per square meter per day".
    let mut rates = words.iter().enumerate().filter_map(|(i, word)| {
        let after = |n: usize| words.get(i + n).copied().unwrap_or("");
        match *word {
            "per" | "each" | "every" => named(after(1)),
            "a" | "an" => {
                let last = i.checked_sub(1).and_then(|i| words.get(i)).copied().unwrap_or("");
                let none = NO_RATE_BEFORE.contains(&last)
                    || NO_RATE_BEHIND.contains(&after(2))
                    || (after(2) == "and" && after(3) == "a");
                named(after(1)).filter(|_| !none)
            }
            "hourly" | "daily" | "weekly" | "monthly" | "annually" | "yearly" => named(word),
            _ => None,
        }
    });
    rates.next_back()
}

fn chinese(before: &str, behind: &str) -> Option<Period> {
    let named = |text: &str| {
        let found = CHINESE.iter().filter(|(w, _)| text.starts_with(w));
        found.max_by_key(|(w, _)| w.len()).map(|w| w.1)
    };
    if let Some(rate) = behind.strip_prefix('/') {
        return named(rate);
    }
    let start = before.char_indices().rev().take(MAX_CHARS).last().map_or(0, |(i, _)| i);
    let near = before.get(start..)?;
    let clause = near.rsplit(['，', '。', '；', '、', '：', '（', ',', ';', '\n']).next()?;
    // The last period counts: 每平方米每月.
    clause.rmatch_indices('每').find_map(|(at, each)| named(clause.get(at + each.len()..)?))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::quantity::values;

    fn read(text: &str, lang: Lang) -> Option<Period> {
        let found = values(text, lang);
        period(text, found.first()?, lang)
    }

    #[test]
    fn periods_of_both_languages() {
        for (en, zh, expected) in [
            ("spins 642 times a second and", "每秒自转642次", Some(Second)),
            ("at RMB 4.2 per square meter per day.", "租金为每平方米每日4.2元", Some(Day)),
            ("250 ml of juice twice a day", "每天饮用250毫升", Some(Day)),
            ("$5 an hour", "每小时5美元", Some(Hour)),
            ("3,000 tonnes annually", "每年3000吨", Some(Year)),
            ("300 people in a week", "一周内有300人", None),
            ("rose 5% from a year ago", "比一年前增长5%", None),
        ] {
            assert_eq!(read(en, Lang::En), expected, "{en}");
            assert_eq!(read(zh, Lang::Zh), expected, "{zh}");
        }
    }
}
