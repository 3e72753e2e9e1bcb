//! What a label looks like: the forms of one block, without regard to the rest of the document.

use super::words;
use crate::{
    document::{
        Label,
        sentence::{is_blank, trim},
    },
    text::{fold, is_han},
};
use std::ops::Range;

/// Characters within which a label's colon or time stamp must stand: names with title and short form need up to 60.
const REACH: usize = 80;
/// Characters of a line that is a label as a whole: name, dash, title, company.
const LINE: usize = 120;
/// Characters of a line with a name alone.
const ALONE: usize = 48;
/// Characters of a title in Chinese.
const TITLE_HAN: usize = 30;
/// Words of a name in Latin script.
const NAME_WORDS: usize = 5;
/// Han characters of a name: transliterations run to about twelve.
const NAME_HAN: usize = 12;

/// Forms of a label.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Shape {
    /// `Name: text`
    Colon,
    /// `Name – title`, a line of its own.
    Dash,
    /// `Name`, a line of its own.
    Alone,
    /// `Name 00:12:03`
    Time,
}

/// What a label's name is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Who {
    /// A role word: moderator, 股东.
    Role,
    /// Q, A, 问, 答.
    Question,
    /// Shaped as a name.
    Name,
}

/// A block's beginning that looks like a label.
#[derive(Clone, Debug)]
pub(super) struct Candidate {
    pub(super) shape: Shape,
    pub(super) who: Who,
    /// Bytes of the block's text, the blanks behind it included.
    pub(super) range: Range<usize>,
    pub(super) label: Label,
    pub(super) time: Option<f64>,
    /// What has to be equal for two labels to be the same: the name folded to lower case, numbers of roles dropped.
    pub(super) key: String,
}

/// The label that `text` may begin with.
pub(super) fn candidate(text: &str) -> Option<Candidate> {
    let whole = trim(text, 0..text.len());
    let mut at = whole.start;
    let mut time = None;
    if let Some((len, seconds)) = time_stamp(&text[at..]) {
        // A stamp before a label; without a label it is text.
        at = skip(text, at + len);
        time = Some(seconds);
    }
    let rest = text.get(at..whole.end).filter(|rest| !rest.is_empty())?;
    let mut found = bracketed(rest)
        .or_else(|| colon(rest))
        .or_else(|| timed(rest))
        .or_else(|| dashed(rest))
        .or_else(|| alone(rest))?;
    found.range = whole.start..skip(text, at + found.range.end);
    found.time = found.time.or(time);
    Some(found)
}

/// Whether a line could be somebody's title: `Chief Executive Officer, Contoso`. Speech without end marks is none.
pub(super) fn is_title_line(text: &str) -> bool {
    let line = text.trim_matches(is_blank);
    let form = match line.chars().any(is_han) {
        true => line.chars().nth(TITLE_HAN).is_none() && line.chars().all(|c| words::is_in_names(c) || c == '与'),
        false => line.chars().nth(2 * ALONE).is_none() && is_capitalised(line),
    };
    form && !ends_as_sentence(line) && !line.contains([':', '：']) && words::is_title(line)
}

/// Whether a line reads as a heading: short, no end mark, and in Latin script all longer words capitalised.
pub(super) fn is_heading_line(text: &str) -> bool {
    let line = text.trim_matches(is_blank);
    line.chars().nth(ALONE).is_none() && !ends_as_sentence(line) && !line.chars().any(is_han) && is_capitalised(line)
}

fn is_capitalised(line: &str) -> bool {
    let long = |word: &&str| word.len() > 3 && word.starts_with(|c: char| c.is_alphabetic());
    line.chars().any(char::is_uppercase)
        && line.split(is_blank).filter(long).all(|word| word.starts_with(|c: char| c.is_uppercase()))
}

fn skip(text: &str, at: usize) -> usize {
    let rest = &text[at..];
    at + rest.len() - rest.trim_start_matches(is_blank).len()
}

/// `[主持人]：…`, `【Moderator】…`
fn bracketed(text: &str) -> Option<Candidate> {
    let inner = text.strip_prefix(['[', '【'])?;
    let open = text.len() - inner.len();
    let (len, close) = inner.char_indices().take(REACH).find(|&(_, c)| matches!(c, ']' | '】'))?;
    let name = &inner[..len];
    let end = open + len + close.len_utf8();
    let after = &text[end..];
    let end_of_colon = after.strip_prefix([':', '：']).map(|rest| text.len() - rest.len());
    let found = named(name, if end_of_colon.is_some() { Shape::Colon } else { Shape::Alone })?;
    // `[Music]` and the like stay text.
    if end_of_colon.is_none() && found.who != Who::Role {
        return None;
    }
    Some(Candidate { range: 0..end_of_colon.unwrap_or(end), ..found })
}

fn colon(text: &str) -> Option<Candidate> {
    let mut before = ' ';
    let mut depth = 0usize;
    for (at, c) in text.char_indices().take(REACH) {
        match c {
            '(' | '（' => depth += 1,
            ')' | '）' => depth = depth.saturating_sub(1),
            ':' | '：' if depth == 0 => {
                let after = text[at + c.len_utf8()..].chars().next();
                // No colon of a time or an address.
                if c == ':'
                    && after.is_some_and(|a| {
                        !(is_blank(a) || is_han(a) || matches!(a, '[' | '“' | '"' | '「' | '《' | '（' | '('))
                    })
                {
                    return None;
                }
                let mut found = named(&text[..at], Shape::Colon)?;
                found.range.end = at + c.len_utf8();
                let body = skip(text, found.range.end);
                if let Some((len, seconds)) =
                    time_stamp(&text[body..]).filter(|_| text[body..].starts_with(['[', '(', '（', '【']))
                {
                    found.range.end = body + len;
                    found.time = Some(seconds);
                }
                return Some(found);
            }
            '。' | '！' | '？' | '!' | '?' | ';' | '；' | '\n' | '…' => return None,
            // `Dr. Wu:` and `J. Wu:`, but no sentence before the colon.
            c if is_blank(c) && before == '.' && depth == 0 && last_word(&text[..at]).chars().nth(4).is_some() => {
                return None;
            }
            _ => {}
        }
        before = c;
    }
    None
}

/// `Speaker 1 (00:01:02)`, `主持人 00:12:03`
fn timed(text: &str) -> Option<Candidate> {
    for (at, c) in text.char_indices().take(REACH) {
        if !(c.is_ascii_digit() || matches!(c, '[' | '(' | '（' | '【' | '<')) {
            continue;
        }
        let fresh = text[..at].chars().next_back().is_some_and(|b| is_blank(b) || (is_han(b) && !c.is_ascii_digit()));
        let Some((len, seconds)) = time_stamp(&text[at..]).filter(|_| fresh) else { continue };
        let mut found = named(&text[..at], Shape::Time)?;
        let after = &text[at + len..];
        let rest = after.strip_prefix([':', '：']).unwrap_or(after);
        // A time in running text has a sentence around it: `At 10:30 we met`.
        if found.who != Who::Role
            && !rest.is_empty()
            && !text[at..].starts_with(['[', '(', '（', '【'])
            && rest.len() == after.len()
        {
            return None;
        }
        found.range.end = text.len() - rest.len();
        found.time = Some(seconds);
        return Some(found);
    }
    None
}

fn dashed(text: &str) -> Option<Candidate> {
    if text.chars().nth(LINE).is_some() || ends_as_sentence(text) {
        return None;
    }
    let (name, title) = at_dash(text)?;
    let mut found = named(name, Shape::Dash)?;
    found.label.title = Some(title.to_owned());
    found.range.end = text.len();
    Some(found)
}

fn alone(text: &str) -> Option<Candidate> {
    if text.chars().nth(ALONE).is_some() || (ends_as_sentence(text) && !text.ends_with("Jr.")) {
        return None;
    }
    let mut found = named(text, Shape::Alone)?;
    found.range.end = text.len();
    Some(found)
}

/// Whether a block ends with a mark of a sentence, or is longer than any name.
pub(super) fn is_sentence(text: &str) -> bool {
    text.chars().nth(ALONE).is_some() || ends_as_sentence(text.trim_matches(is_blank))
}

fn ends_as_sentence(text: &str) -> bool {
    text.ends_with(['.', '。', '!', '！', '?', '？', '…', ',', '，', ';', '；', ':', '：', '”', '"', '、'])
}

fn last_word(text: &str) -> &str {
    text.rsplit(is_blank).next().unwrap_or("").trim_end_matches('.')
}

/// Name and title around the first dash that stands for itself: blanks around it, or a long one.
fn at_dash(text: &str) -> Option<(&str, &str)> {
    let is_dash = |c: char| matches!(c, '-' | '–' | '—' | '―' | '－');
    for (at, c) in text.char_indices() {
        if !is_dash(c) || at == 0 {
            continue;
        }
        let run: usize = text[at..].chars().take_while(|&c| is_dash(c)).map(char::len_utf8).sum();
        let (name, title) = (&text[..at], &text[at + run..]);
        let blanks = usize::from(name.ends_with(is_blank)) + usize::from(title.starts_with(is_blank));
        let long = run > c.len_utf8();
        if blanks == 2 || (long && (blanks > 0 || c != '-')) || (c != '-' && (blanks > 0 || c == '—')) {
            let (name, title) = (name.trim_matches(is_blank), title.trim_matches(is_blank));
            return (!name.is_empty() && !title.is_empty()).then_some((name, title));
        }
    }
    None
}

/// Reads a label's words: name, parentheses, title.
fn named(text: &str, shape: Shape) -> Option<Candidate> {
    let mut label = Label::default();
    let mut time = None;
    let mut name = text.trim_matches(|c: char| is_blank(c) || c == '*');
    if shape != Shape::Dash
        && let Some((before, title)) = at_dash(name)
    {
        label.title = Some(title.to_owned());
        name = before;
    }
    if let Some(inner) = name.strip_suffix([')', '）']) {
        let open = inner.rfind(['(', '（'])?;
        let inside = inner[open..].trim_start_matches(['(', '（']);
        name = inner[..open].trim_end_matches(is_blank);
        time = time_stamp(inside).map(|(_, seconds)| seconds);
        if time.is_none() {
            parenthesis(inside, name, &mut label);
        }
    }
    if let Some(comma) = name.find([',', '，']) {
        let title = name[comma..].trim_start_matches([',', '，']).trim_matches(is_blank);
        if !words::is_title(title) {
            return None;
        }
        label.title = Some(title.to_owned());
        name = name[..comma].trim_end_matches(is_blank);
    }
    let folded = fold(name).to_lowercase();
    let base =
        folded.trim_end_matches(|c: char| c.is_ascii_digit() || is_blank(c) || matches!(c, '#' | '.' | '-' | '_'));
    let who = if words::is_role(base) {
        Who::Role
    } else if words::is_question_role(base) {
        Who::Question
    } else if is_name(name, &folded) {
        Who::Name
    } else {
        return None;
    };
    label.name = name.to_owned();
    // Speaker 1 and Speaker 2 are two, and one kind of label.
    let key = if who == Who::Name { folded } else { base.to_owned() };
    Some(Candidate { shape, who, range: 0..text.len(), label, time, key })
}

/// `Ben Gilbert，以下简称本` or a title.
fn parenthesis(inside: &str, name: &str, label: &mut Label) {
    for part in inside.split([',', '，', ';', '；', '、']) {
        let part = part.trim_matches(is_blank);
        let short = ["以下简称为", "以下简称", "以下称为", "以下称", "下称", "简称", "hereinafter ", "hereafter "]
            .iter()
            .find_map(|p| part.strip_prefix(p));
        let other_script = part.chars().any(is_han) != name.chars().any(is_han);
        if let Some(short) = short {
            label.short_name = Some(
                short.trim_matches(|c: char| is_blank(c) || matches!(c, '“' | '”' | '"' | '「' | '」')).to_owned(),
            );
        } else if label.other_name.is_none()
            && other_script
            && !words::is_title(part)
            && is_name(part, &part.to_lowercase())
        {
            label.other_name = Some(part.to_owned());
        } else if label.title.is_none() && !part.is_empty() {
            label.title = Some(part.to_owned());
        }
    }
}

fn is_name(name: &str, folded: &str) -> bool {
    if name.chars().any(is_han) { is_chinese_name(name, folded) } else { is_latin_name(name) }
}

fn is_chinese_name(name: &str, folded: &str) -> bool {
    let fits = |c: char| {
        (is_han(c) && words::is_in_names(c)) || matches!(c, '·' | '•' | '‧' | '・' | '.' | '．' | ' ' | '\u{3000}')
    };
    let han = name.chars().filter(|&c| is_han(c)).count();
    let pieces = name.split(['·', '•', '‧', '・']).count();
    name.chars().all(fits) && han <= NAME_HAN + 3 * (pieces - 1) && !words::is_nobody_zh(folded)
}

fn is_latin_name(name: &str) -> bool {
    let mut count = 0;
    let mut last = "";
    for word in name.split(is_blank).filter(|word| !word.is_empty()) {
        let particle = matches!(
            word,
            "and"
                | "&"
                | "de"
                | "da"
                | "del"
                | "della"
                | "der"
                | "den"
                | "di"
                | "du"
                | "el"
                | "al"
                | "bin"
                | "la"
                | "le"
                | "van"
                | "von"
                | "y"
        );
        let lower = word.to_lowercase();
        let capital = word.chars().next().is_some_and(char::is_uppercase);
        let letters = word.chars().all(|c| c.is_alphabetic() || matches!(c, '.' | '\'' | '’' | '-'));
        let number = count > 0 && word.len() <= 3 && word.bytes().all(|b| b.is_ascii_digit() || b == b'#');
        if words::is_nobody(lower.trim_end_matches('.'))
            || !(particle && count > 0 || capital && letters || number)
            || word.len() > 24
        {
            return false;
        }
        count += 1;
        last = word;
    }
    (1..=NAME_WORDS).contains(&count) && last.chars().next().is_some_and(|c| c.is_uppercase() || c.is_ascii_digit())
}

/// A time stamp at the start of `text`, brackets included: its bytes and the seconds that it names.
pub(super) fn time_stamp(text: &str) -> Option<(usize, f64)> {
    let open = text.chars().next()?;
    let close = match open {
        '[' => Some(']'),
        '(' => Some(')'),
        '（' => Some('）'),
        '【' => Some('】'),
        '<' => Some('>'),
        _ => None,
    };
    let start = close.map_or(0, |_| open.len_utf8());
    let inner = &text[start..];
    let len = inner.bytes().take_while(|b| b.is_ascii_digit() || matches!(b, b':' | b'.' | b',')).count();
    let stamp = inner[..len].trim_end_matches([':', '.', ',']);
    let mut seconds = 0.0;
    let parts: Vec<&str> = stamp.split(':').collect();
    if !(2..=3).contains(&parts.len()) {
        return None;
    }
    for (k, part) in parts.iter().enumerate() {
        let last = k + 1 == parts.len();
        let whole = part.split(['.', ',']).next().unwrap_or("");
        if whole.is_empty()
            || whole.len() > 2 + usize::from(k == 0)
            || (k > 0 && whole.len() != 2)
            || (!last && whole.len() < part.len())
        {
            return None;
        }
        let value: f64 = part.replace(',', ".").parse().ok()?;
        if k > 0 && value >= 60.0 {
            return None;
        }
        seconds = seconds * 60.0 + value;
    }
    match close {
        Some(close) => {
            text[start + stamp.len()..].starts_with(close).then(|| (start + stamp.len() + close.len_utf8(), seconds))
        }
        None => Some((stamp.len(), seconds)),
    }
}
