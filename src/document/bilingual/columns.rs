//! The columns of a table of pairs: English, Chinese, the speaker and the time. Columns are found by their headers or
//! their content.

use std::collections::BTreeSet;

use crate::text::{Count, Lang, PerLang};

/// The share of the rows that must have text in a language for its column to be taken.
const MIN_FILLED: f64 = 0.5;
/// The share of the filled cells of a column that must be in its language.
const MIN_IN_LANGUAGE: f64 = 0.8;
/// The longest name of a speaker, in characters.
const MAX_NAME: usize = 40;
/// The number of rows from which a column of names can be distinguished from short texts, because names recur.
const MIN_ROWS_OF_NAMES: usize = 4;

/// The columns of a table of pairs, counted from 0.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(in crate::document) struct Columns {
    pub(in crate::document) text: PerLang<usize>,
    /// The columns of the speaker. One column may be for both languages.
    pub(in crate::document) speaker: PerLang<Option<usize>>,
    /// The column of the time.
    pub(in crate::document) time: Option<usize>,
    /// The column that says how certain the pair is, from 0 to 1.
    pub(in crate::document) confidence: Option<usize>,
    /// Whether the first row names the columns.
    pub(in crate::document) header: bool,
}

/// The kind of a column, as its header says.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Named {
    Text(Lang),
    Speaker(Option<Lang>),
    Time,
    Confidence,
    /// Other headers of tables of pairs.
    Other,
}

const ENGLISH: &[&str] =
    &["en", "eng", "english", "en text", "english text", "en-us", "en-gb", "英文", "英语", "英語", "英"];
const CHINESE: &[&str] = &[
    "zh",
    "zho",
    "chi",
    "cn",
    "chinese",
    "zh text",
    "chinese text",
    "zh-cn",
    "zh-tw",
    "zh-hk",
    "zh-hans",
    "zh-hant",
    "mandarin",
    "simplified chinese",
    "traditional chinese",
    "中文",
    "汉语",
    "漢語",
    "简体中文",
    "繁體中文",
    "简体",
    "繁體",
    "中",
    "华语",
];
const SPEAKER: &[&str] = &[
    "speaker",
    "who",
    "name",
    "role",
    "character",
    "说话人",
    "說話人",
    "发言人",
    "發言人",
    "讲者",
    "講者",
    "角色",
    "姓名",
    "人物",
    "嘉宾",
];
const TIME: &[&str] = &["time", "start", "timestamp", "timecode", "begin", "时间", "時間", "时间码", "開始", "开始"];
const OTHER: &[&str] = &[
    "id", "no", "no.", "#", "shape", "note", "notes", "comment", "编号", "序号", "编號", "備註", "备注", "key", "end",
];

fn named(header: &str) -> Option<Named> {
    let header = header.trim().trim_matches(['*', '_', '"', '\'', '\u{FEFF}']).trim().to_lowercase();
    let is = |names: &[&str]| names.contains(&header.as_str());
    // "English (US)", "中文（简体）"
    let short = header.split(['(', '（', '[']).next().unwrap_or_default().trim();
    Some(match () {
        () if is(ENGLISH) || ENGLISH.contains(&short) => Named::Text(Lang::En),
        () if is(CHINESE) || CHINESE.contains(&short) => Named::Text(Lang::Zh),
        () if header == "en_speaker" || header == "speaker_en" => Named::Speaker(Some(Lang::En)),
        () if header == "zh_speaker" || header == "speaker_zh" => Named::Speaker(Some(Lang::Zh)),
        () if is(SPEAKER) => Named::Speaker(None),
        () if is(TIME) => Named::Time,
        () if header == "confidence" => Named::Confidence,
        () if is(OTHER) => Named::Other,
        () => return None,
    })
}

/// Finds the columns of a table of pairs. Returns `None` if there is no English column or no Chinese column.
pub(in crate::document) fn columns(rows: &[Vec<&str>]) -> Option<Columns> {
    let width = rows.iter().map(Vec::len).max()?;
    let names: Vec<Option<Named>> = (0..width).map(|c| rows[0].get(c).and_then(|cell| named(cell))).collect();
    let header =
        rows.len() > 1 && names.iter().flatten().count() * 2 >= rows[0].iter().filter(|c| !c.is_empty()).count();
    let names = if header { names } else { vec![None; width] };
    let body = &rows[usize::from(header)..];
    let column = |c: usize| body.iter().filter_map(move |row| row.get(c).copied()).filter(|cell| !cell.is_empty());

    let time =
        (0..width).find(|&c| names[c] == Some(Named::Time) || column(c).next().is_some() && column(c).all(is_time));
    let speaker_named = |lang: Lang| {
        let of = |own: Option<Lang>| (0..width).find(|&c| names[c] == Some(Named::Speaker(own)));
        of(Some(lang)).or_else(|| of(None))
    };
    let mut speaker = PerLang::from_fn(speaker_named);
    let taken = |c: usize| time == Some(c) || speaker.iter().any(|s| *s == Some(c));
    let text = |lang: Lang| {
        if let Some(c) = (0..width).find(|&c| names[c] == Some(Named::Text(lang))) {
            return Some(c);
        }
        let fits = |c: &usize| !taken(*c) && names[*c].is_none() && is_in(column(*c), lang, body.len());
        (0..width).filter(fits).max_by_key(|&c| (column(c).map(str::len).sum::<usize>(), std::cmp::Reverse(c)))
    };
    let text = PerLang { en: text(Lang::En)?, zh: text(Lang::Zh)? };
    if text.en == text.zh {
        return None;
    }
    if speaker.iter().all(Option::is_none) {
        let free = |c: &usize| names[*c].is_none() && *c != text.en && *c != text.zh && time != Some(*c);
        speaker = PerLang::from_fn(|_| (0..width).filter(free).find(|&c| are_names(column(c), body.len())));
    }
    let confidence = (0..width).find(|&c| names[c] == Some(Named::Confidence));
    Some(Columns { text, speaker, time, confidence, header })
}

/// Whether the cells of a column are in a language. Cells of either language may also be numbers, marks or names.
fn is_in<'a>(cells: impl Iterator<Item = &'a str>, lang: Lang, rows: usize) -> bool {
    let (mut filled, mut own, mut worded) = (0usize, 0usize, 0usize);
    for cell in cells {
        let found = Count::of(cell).lang();
        filled += 1;
        worded += usize::from(found.is_some());
        own += usize::from(found == Some(lang));
    }
    own > 0 && filled as f64 >= MIN_FILLED * rows as f64 && own as f64 >= MIN_IN_LANGUAGE * worded as f64
}

/// Whether the cells of a column are names of speakers, which recur.
fn are_names<'a>(cells: impl Iterator<Item = &'a str>, rows: usize) -> bool {
    let mut distinct = BTreeSet::new();
    let mut count = 0usize;
    for cell in cells {
        let sentence = cell.contains(['.', '!', '?', '。', '！', '？', '，', ',']) && cell.chars().count() > 4;
        if sentence || cell.chars().count() > MAX_NAME || !cell.chars().any(char::is_alphabetic) {
            return false;
        }
        count += 1;
        distinct.insert(cell);
    }
    rows >= MIN_ROWS_OF_NAMES && count * 2 >= rows && distinct.len() * 2 <= count
}

/// Whether a cell is a time code: `00:12`, `1:02:03.5`, `[00:12]`, `00:00:01,000 --> 00:00:02,000`.
pub(in crate::document) fn is_time(cell: &str) -> bool {
    let first = cell.split("-->").next().unwrap_or_default();
    seconds(first).is_some()
}

/// Returns the seconds of a time code.
pub(in crate::document) fn seconds(cell: &str) -> Option<f64> {
    let cell = cell.split("-->").next()?.trim().trim_matches(['[', ']', '(', ')']).replace(',', ".");
    let parts: Vec<&str> = cell.split(':').collect();
    if !(2..=3).contains(&parts.len()) {
        return None;
    }
    let mut seconds = 0.0;
    for (k, part) in parts.iter().enumerate() {
        let last = k + 1 == parts.len();
        let digits = part.bytes().all(|b| b.is_ascii_digit() || last && b == b'.');
        if part.is_empty() || part.len() > 9 || !digits {
            return None;
        }
        seconds = seconds * 60.0 + part.parse::<f64>().ok()?;
    }
    Some(seconds)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn time_codes() {
        for (cell, expected) in [
            ("00:12", Some(12.0)),
            ("1:02:03.5", Some(3723.5)),
            ("[00:05]", Some(5.0)),
            ("00:00:01,500 --> 00:00:02,000", Some(1.5)),
            ("12", None),
            ("3:1 win", None),
            ("1:2:3:4", None),
            ("", None),
        ] {
            assert_eq!(seconds(cell), expected, "{cell}");
        }
    }
}
