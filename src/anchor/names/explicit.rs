//! Pairs of names that a text states: 摩根大通(JPMorgan), Ye Wenjie (叶文洁).

use super::compare::{ADDRESSES, gloss, is_joint};
use super::odds::odds;
use super::spans::{Cut, MOST_WORDS, Span, words};
use super::{Known, StatedPair};
use crate::lexicon::Lexicon;
use crate::text::is_han;
use crate::text::latin::is_ordinary;
use crate::text::{View, is_letter};

/// Characters between brackets that are looked through.
const LONGEST_INSIDE: usize = 80;
/// Characters of a name, in either script.
const LONGEST_LATIN: usize = 50;
const LONGEST_HAN: usize = 16;
/// Characters and words of a Chinese name that is held to be one because of what stands before it alone.
const LONGEST_UNSOUNDED: usize = 10;
const MOST_UNSOUNDED: usize = 4;
/// Log odds of a name that the lexicon has, or whose words it has; what it costs to begin inside a word; and the least.
const GLOSSED: f64 = 4.0;
const COMPOSED: f64 = 3.0;
const PARTED: f64 = 1.0;
const LEAST: f64 = 0.5;

/// Words that stand before a name and do not belong to it.
#[rustfmt::skip]
const LIMITS: &[&str] = &[
    "的", "和", "与", "及", "以及", "或", "或者", "在", "是", "就是", "来自", "由", "对", "对于", "向", "从", "为", "将", "把", "被", "给",
    "让", "跟", "同", "等", "了", "而", "但", "但是", "因", "因为", "于", "到", "位于", "包括", "例如", "比如", "如", "像", "叫", "叫做",
    "名为", "称为", "名叫", "问", "请", "说", "称", "表示", "认为", "宣布", "指出", "就", "也", "都", "又", "还", "即", "其", "该", "这",
    "那", "这个", "那个", "一家", "一位", "一个", "这家", "那家", "这位", "我们", "你们", "他们", "我", "你", "他", "她", "您", "今年",
    "去年", "明年", "目前", "昨天", "今天", "现在", "当时", "此前", "随后", "下面", "下一个", "根据", "通过", "关于", "随着", "收购",
    "使用", "采用", "推出", "加入", "成立", "负责", "担任", "会见", "访问", "采访", "邀请", "欢迎", "感谢", "谢谢", "有", "没有", "不是",
    "据", "当", "比", "用", "以", "所谓", "基于", "至", "并", "并且", "且", "则", "后", "前", "其他", "可以", "利用", "中", "里", "时", "不", "最", "很", "更",
];

/// Those of one character that transcriptions are not written with.
const ALWAYS_LIMITS: [&str; 12] = ["的", "和", "与", "在", "是", "由", "对", "从", "向", "把", "被", "了"];

/// Words that also stand inside terms, and the characters that must follow them: 无关选择的独立性(IIA) is one term.
const INNER: [&str; 4] = ["的", "和", "与", "及"];
const SHORTEST_AFTER_INNER: usize = 4;

/// What stands before another name inside brackets.
const INTRODUCTIONS: [&str; 12] =
    ["英文名为", "英文名", "英文", "英语", "原名", "全称", "中文名为", "中文名", "中文", "又称", "也称", "即"];
const SHORT_FORMS: [&str; 5] = ["以下简称", "下称", "简称为", "简称", "以下称"];

/// [`Names::stated`](super::Names::stated).
pub fn explicit_pairs(text: &str, lexicon: &Lexicon) -> Vec<StatedPair> {
    if !text.contains(['(', '（', '[', '【']) {
        return Vec::new();
    }
    let view = View::new(text);
    let names = Known::by(lexicon);
    let mut out = Vec::new();
    let mut last = 0;
    for open in (0..view.len()).filter(|&i| matches!(view.at(i), '(' | '[' | '【')) {
        let reach = view.slice(open + 1, open + 1 + LONGEST_INSIDE);
        let Some(length) = reach.iter().position(|c| matches!(c, ')' | ']' | '】' | '(' | '[' | '【' | '\n')) else {
            continue;
        };
        let close = open + 1 + length;
        if !matches!(view.at(close), ')' | ']' | '】') {
            continue;
        }
        let Some(end) = (last..open).rev().find(|&i| !view.at(i).is_whitespace()).map(|i| i + 1) else { continue };
        let before = view.at(end - 1);
        let inside = Span { start: introduction(&view, open + 1, close), end: close };
        let pair = if is_han(before) || matches!(before, '》' | '”' | '」' | '"') {
            chinese_first(&view, &names, last, end, inside)
        } else if is_letter(before) || before.is_ascii_digit() {
            english_first(&view, &names, last, end, inside)
        } else {
            None
        };
        if let Some((en, zh)) = pair {
            let bytes = |s: Span| view.byte(s.start)..view.byte(s.end);
            let short = short_form(&view, inside.end.min(en.end.max(inside.start)), close).map(bytes);
            out.push(StatedPair { en: bytes(en), zh: bytes(zh), short });
            last = close + 1;
        }
    }
    out
}

fn skip_blank(view: &View, from: usize, to: usize) -> usize {
    (from..to).find(|&i| !view.at(i).is_whitespace()).unwrap_or(to)
}

/// Index behind "英文：" and the like.
fn introduction(view: &View, start: usize, end: usize) -> usize {
    let at = skip_blank(view, start, end);
    let Some(next) = view.after_any(at, &INTRODUCTIONS) else { return at };
    let next = skip_blank(view, next, end);
    skip_blank(view, next + usize::from(view.at(next) == ':'), end).min(end)
}

/// A short form announced between two places.
fn short_form(view: &View, start: usize, end: usize) -> Option<Span> {
    let at = (start..end).find_map(|i| view.after_any(i, &SHORT_FORMS))?;
    let at = at + usize::from(matches!(view.at(at), '“' | '"' | '「' | '《'));
    let stop = view.run(at, |c| is_han(c) || is_joint(c) && !c.is_whitespace()).min(end);
    (stop > at && stop - at <= LONGEST_HAN).then_some(Span { start: at, end: stop })
}

/// 哈尔文系统公司(Halvane Systems): the Chinese ends at `end`.
fn chinese_first(view: &View, names: &Known<'_>, from: usize, end: usize, inside: Span) -> Option<(Span, Span)> {
    let en = latin(view, inside)?;
    let words: Vec<String> = words(view)
        .iter()
        .filter(|w| w.start >= en.start && w.end <= en.end)
        .map(|w| view.slice(w.start, w.end).iter().flat_map(|c| c.to_lowercase()).collect())
        .collect();
    if words.is_empty() {
        return None;
    }
    let quoted = match view.at(end - 1) {
        '》' => Some('《'),
        '”' => Some('“'),
        '」' => Some('「'),
        '"' => Some('"'),
        _ => None,
    };
    if let Some(mark) = quoted {
        let start = (from..end - 1).rev().take(LONGEST_HAN).find(|&i| view.at(i) == mark)? + 1;
        let named = view.slice(start, end - 1).iter().all(|&c| is_han(c) || is_joint(c) || c.is_alphanumeric());
        return (named && start + 1 < end - 1).then_some((en, Span { start, end: end - 1 }));
    }
    let in_name = |i: usize| is_han(view.at(i)) || (is_joint(view.at(i)) && !matches!(view.at(i), '-' | ' ' | '\n'));
    let earliest =
        (from..end).rev().take(LONGEST_HAN + 8).take_while(|&i| in_name(i) && !view.at(i).is_whitespace()).last()?;
    let capitals = view.slice(en.start, en.end).iter().filter(|c| c.is_uppercase()).count();
    let start = begin(view, names, &words, capitals, earliest, end)?;
    Some((en, Span { start, end }))
}

/// The name in Latin letters that begins what stands in brackets.
fn latin(view: &View, inside: Span) -> Option<Span> {
    let part = |c: char| is_letter(c) || c.is_ascii_digit() || matches!(c, ' ' | '\'' | '’' | '-' | '&' | '.');
    let stop = view.run(inside.start, part).min(inside.end);
    // What follows must end the name: a comma, or the bracket. "NYSE: HLV" is no name of what stands before.
    let ends = stop == inside.end || matches!(view.at(stop), ',' | ';' | '、' | '/' | '，');
    let stop = (inside.start..stop).rev().find(|&i| !view.at(i).is_whitespace())? + 1;
    let letters = view.slice(inside.start, stop);
    let capital = letters.iter().any(|c| c.is_uppercase()) && letters.first().is_some_and(|&c| is_letter(c));
    let spaces = letters.iter().filter(|c| **c == ' ').count();
    let fits = ends && capital && letters.len() >= 2 && letters.len() <= LONGEST_LATIN && spaces < MOST_WORDS + 2;
    // A sentence in brackets is no name: most of its words are in lower case.
    let lower = letters.split(|c| *c == ' ').filter(|w| w.first().is_some_and(|c| c.is_lowercase())).count();
    (fits && 2 * lower <= spaces + 1).then_some(Span { start: inside.start, end: stop })
}

/// Where the Chinese name begins that ends at `end`, not before `earliest`.
fn begin(
    view: &View,
    names: &Known<'_>,
    words: &[String],
    capitals: usize,
    earliest: usize,
    end: usize,
) -> Option<usize> {
    let run: String = view.slice(earliest, end).iter().collect();
    let cut = Cut::new(&View::new(&run), names.lexicon);
    let border = |i: usize| cut.borders.get(i - earliest).copied().unwrap_or(true);
    let refs: Vec<&str> = words.iter().map(String::as_str).collect();
    let pinyin = |c: char| names.lexicon.pinyin(c);
    let full: Vec<String> = words.iter().filter(|w| w.chars().nth(1).is_some()).cloned().collect();
    let mut best: Option<(f64, usize)> = None;
    for start in (earliest..end.saturating_sub(1)).rev().take(LONGEST_HAN) {
        if is_joint(view.at(start)) {
            continue;
        }
        let word = cut.word_at(start - earliest).filter(|w| w.start + earliest == start);
        let word: String = word.map_or(String::new(), |w| view.slice(start, earliest + w.end).iter().collect());
        let limit = word.chars().nth(1).is_some() || ALWAYS_LIMITS.contains(&word.as_str());
        if limit && LIMITS.contains(&word.as_str()) {
            break;
        }
        let name: String = view.slice(start, end).iter().collect();
        let parts: Vec<String> = name.split(is_joint).filter(|p| !p.is_empty()).map(str::to_owned).collect();
        let mut score = if full.is_empty() { f64::NEG_INFINITY } else { odds(&full, &parts, &pinyin) };
        if gloss(names, &refs, &name) >= 0.3 {
            score = score.max(GLOSSED);
        }
        let whole = super::compare::likeness(names, &refs.join(" "), &name);
        if whole.score >= 0.85 {
            // The longer name: its words are all accounted for.
            score = score.max(COMPOSED + 0.1 * (end - start) as f64);
        }
        if !border(start) {
            score -= PARTED;
        }
        if best.is_none_or(|(b, _)| score > b) {
            best = Some((score, start));
        }
    }
    // One word that sounds like nothing is an author in a citation, not a name of what stands before.
    let named = words.len() > 1 || capitals > 1;
    let sounding = best.filter(|(score, _)| *score >= LEAST).map(|(_, start)| start);
    sounding.or_else(|| if named { by_limits(view, &cut, earliest, end) } else { None })
}

/// The beginning where sound tells nothing: behind a word that cannot be part of the name, or behind no word at all.
fn by_limits(view: &View, cut: &Cut, earliest: usize, end: usize) -> Option<usize> {
    let mut start = end;
    let (mut count, mut limited, mut inner) = (0, false, false);
    while start > earliest {
        let word = cut.word_at(start - 1 - earliest)?;
        let text: String = view.slice(earliest + word.start, earliest + word.end).iter().collect();
        if LIMITS.contains(&text.as_str()) {
            limited = true;
            inner = INNER.contains(&text.as_str());
            break;
        }
        start = earliest + word.start;
        count += 1;
    }
    // At the edge of what was read, more of the name may stand before; a letter or digit belongs to what it precedes.
    let before = start.checked_sub(1).map_or('\n', |i| view.at(i));
    let clear = limited || (!is_han(before) && !is_letter(before) && !before.is_ascii_digit());
    let length = end - start;
    let shortest = if inner { SHORTEST_AFTER_INNER } else { 2 };
    (clear && (shortest..=LONGEST_UNSOUNDED).contains(&length) && count <= MOST_UNSOUNDED).then_some(start)
}

/// Ye Wenjie (叶文洁): the English ends at `end`.
fn english_first(view: &View, names: &Known<'_>, from: usize, end: usize, inside: Span) -> Option<(Span, Span)> {
    let dot = |c: char| is_joint(c) && !c.is_whitespace() && c != '-';
    let stop = view.run(inside.start, |c| is_han(c) || dot(c)).min(inside.end);
    let ends = stop == inside.end || matches!(view.at(stop), ',' | ';' | '、' | '/' | ' ');
    let zh = Span { start: inside.start, end: stop };
    let count = stop.saturating_sub(inside.start);
    let note = SHORT_FORMS.iter().any(|f| view.after(inside.start, f).is_some());
    if !ends || note || !(2..=LONGEST_HAN).contains(&count) {
        return None;
    }
    let first = end.saturating_sub(LONGEST_LATIN).max(from);
    let tail: String = view.slice(first, end).iter().collect();
    let tail = View::new(&tail);
    let tokens = words(&tail);
    let last = tokens.last().filter(|w| first + w.end == end && w.capital)?;
    // Capitalised words back to where they no longer hold together.
    let mut begin = tokens.len() - 1;
    while begin > 0 && tokens.len() - begin < MOST_WORDS && tokens[begin].joined && tokens[begin - 1].capital {
        begin -= 1;
    }
    let text = |k: usize| -> String { tail.slice(tokens[k].start, tokens[k].end).iter().collect() };
    let name: String = view.slice(zh.start, zh.end).iter().collect();
    let mut best: Option<(f64, usize)> = None;
    for start in begin..tokens.len() {
        let row: Vec<String> = (start..tokens.len()).map(text).collect();
        let opening = row.first().map(|w| w.to_lowercase()).unwrap_or_default();
        let address = ADDRESSES.contains(&opening.as_str());
        if row.len() > 1 && (address || is_ordinary(&opening)) {
            continue;
        }
        let score = super::compare::likeness(names, &row.join(" "), &name).score;
        // Of equally good ones the longer: it comes first.
        if best.is_none_or(|(b, _)| score > b + 0.02) {
            best = Some((score, start));
        }
    }
    let (score, mut start) = best?;
    if score < 0.5 {
        // Nothing tells: all capitalised words, but for one that only begins the sentence.
        start = if tokens[begin].initial && begin + 1 < tokens.len() && first == from { begin + 1 } else { begin };
        if tokens[begin].initial && begin + 1 == tokens.len() && !text(begin).chars().skip(1).any(char::is_uppercase) {
            return None;
        }
    }
    Some((Span { start: first + tokens[start].start, end: first + last.end }, zh))
}
