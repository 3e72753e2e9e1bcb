//! Whether something is before or after a date, a time or a span of time: "by Friday", "two years later", 三天前. It is
//! compared if both texts say it.

use crate::quantity::{Number, Quantity, Value};
use crate::text::Lang;

/// Before or after.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Moment {
    Before,
    After,
}

use Moment::{After, Before};

/// Words before a date. "As of" and "until" are left out, because they have several translations.
const BEFORE_DATE: &[(&str, Moment)] = &[
    (" no later than", Before),
    (" not later than", Before),
    (" earlier than", Before),
    (" no earlier than", After),
    (" not earlier than", After),
    (" later than", After),
    (" before", Before),
    (" prior to", Before),
    (" by", Before),
    (" after", After),
    (" since", After),
];
/// Words after a span of time. "Before" is left out: "wait a minute before you go".
const BEHIND_SPAN: &[(&str, Moment)] = &[(" ago", Before), (" earlier", Before), (" later", After)];
/// Words before a span of time, in English and Chinese.
const BEFORE_SPAN: &[(&str, Moment)] = &[
    (" next", After),
    (" coming", After),
    (" last", Before),
    (" past", Before),
    (" previous", Before),
    ("未来", After),
    ("未來", After),
    ("今后", After),
    ("今後", After),
    ("接下来", After),
    ("接下來", After),
    ("接下来的", After),
    ("过去", Before),
    ("過去", Before),
    ("过去的", Before),
    ("最近", Before),
];
/// Chinese words before a date, and after a date or a span of time.
const BEFORE_CHINESE: &[(&str, Moment)] = &[
    ("不迟于", Before),
    ("不遲於", Before),
    ("不晚于", Before),
    ("不晚於", Before),
    ("不早于", After),
    ("不早於", After),
    ("早于", Before),
    ("早於", Before),
    ("迟于", After),
    ("遲於", After),
    ("晚于", After),
    ("晚於", After),
    ("最迟", Before),
    ("最遲", Before),
];
const BEHIND_CHINESE: &[(&str, Moment)] = &[
    ("之前", Before),
    ("以前", Before),
    ("前", Before),
    ("之后", After),
    ("之後", After),
    ("以后", After),
    ("以後", After),
    ("以来", After),
    ("以來", After),
    ("后", After),
    ("後", After),
];
/// Characters after 前 and 后 that make another word: 三周前后, 5月前三周.
const OTHER_WORD: &str = "后後前半者任一二三四五六七八九十两兩几幾";

/// Whether the words around a value mean before or after.
pub(super) fn moment(text: &str, value: &Value, lang: Lang) -> Option<Moment> {
    let span = match value.quantity {
        Quantity::Date(_) | Quantity::Time(_) => false,
        Quantity::Number(Number { unit: Some(unit), .. }) if unit.is_duration() => true,
        _ => return None,
    };
    let (before, behind) = (text.get(..value.range.start)?, text.get(value.range.end..)?);
    let starts = |words: &'static [(&'static str, Moment)]| words.iter().find(|(w, _)| behind.starts_with(w));
    let coming = || BEFORE_SPAN.iter().find(|(w, _)| before.trim_end().ends_with(w));
    match lang {
        Lang::En if span => {
            let closed = |word: &str| !behind[word.len()..].starts_with(char::is_alphabetic);
            starts(BEHIND_SPAN).filter(|(word, _)| closed(word)).or_else(coming).map(|w| w.1)
        }
        Lang::En => {
            let before = before.trim_end();
            let before = before.strip_suffix(" the").unwrap_or(before);
            let last: String = before.chars().rev().take(16).collect::<Vec<_>>().into_iter().rev().collect();
            let last = format!(" {}", last.to_lowercase());
            BEFORE_DATE.iter().find(|(word, _)| last.ends_with(word)).map(|w| w.1)
        }
        Lang::Zh => {
            let found = starts(BEHIND_CHINESE)
                .filter(|(word, _)| !behind[word.len()..].starts_with(|c| OTHER_WORD.contains(c)));
            let known = BEFORE_CHINESE.iter().find(|(word, _)| before.ends_with(word) && !span);
            let coming = || coming().filter(|_| span);
            found.or(known).or_else(coming).map(|w| w.1)
        }
    }
}
