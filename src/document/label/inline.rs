//! Labels with speech on the same line.

use super::{
    name::{at_dash, named},
    shape::{Candidate, Shape, Who, skip},
    stamp::time_stamp,
    words,
};
use crate::{document::sentence::is_blank, text::is_han};

/// The number of characters within which a label must end. Names with a long title need up to 100.
const REACH: usize = 120;

/// Finds the label at the start of a text. `strong` is the end of the bold type at the start.
pub(super) fn find(text: &str, strong: Option<usize>) -> Option<Candidate> {
    bracketed(text)
        .or_else(|| cell(text))
        .or_else(|| colon(text))
        .or_else(|| strong.and_then(|end| bold(text, end)))
        .or_else(|| barred(text))
        .or_else(|| timed(text))
        .or_else(|| stopped(text))
        .or_else(|| lead(text))
}

/// Returns a label that is the first `len` bytes of `text`, with marks up to byte `end`, if speech follows it.
fn before(text: &str, len: usize, end: usize, shape: Shape) -> Option<Candidate> {
    if text.get(end..)?.trim_matches(is_blank).is_empty() {
        return None;
    }
    Some(Candidate { range: 0..end, ..named(text.get(..len)?, shape)? })
}

/// Finds `[主持人]：…`, `【Moderator】…`, `（名）：…`.
fn bracketed(text: &str) -> Option<Candidate> {
    let inner = text.strip_prefix(['[', '【', '（', '('])?;
    let open = text.len() - inner.len();
    let closes = |c: char| matches!(c, ']' | '】' | '）' | ')');
    let (len, close) = inner.char_indices().take(REACH).find(|&(_, c)| closes(c))?;
    let end = open + len + close.len_utf8();
    let after = &text[end..];
    if let Some(rest) = after.strip_prefix([':', '：']) {
        let found = named(&inner[..len], Shape::Colon)?;
        return Some(Candidate { range: 0..text.len() - rest.len(), ..found });
    }
    // Text in round brackets is not a label. Nor is `[Music]` alone.
    if matches!(close, ')' | '）') {
        return None;
    }
    let found = named(&inner[..len], Shape::Bracket)?;
    let said = !after.trim_matches(is_blank).is_empty();
    (said || found.who == Who::Role).then_some(Candidate { range: 0..end, ..found })
}

/// Finds the first cell of a row. The second cell may contain a time.
fn cell(text: &str) -> Option<Candidate> {
    let (name, rest) = text.split_once('\t')?;
    let mut end = skip(text, name.len());
    let mut time = None;
    let next = rest.trim_start_matches(is_blank);
    if let Some((len, seconds)) = time_stamp(next)
        && next[len..].starts_with('\t')
    {
        time = Some(seconds);
        end = skip(text, end + len);
    }
    // The headers of columns are not names of speakers.
    if text[end..].split('\t').all(|cell| words::is_column(cell.trim_matches(is_blank))) {
        return None;
    }
    let found = before(text, name.trim_end_matches([':', '：']).len(), end, Shape::Cell)?;
    Some(Candidate { time: found.time.or(time), ..found })
}

/// Finds `**Name** text`.
fn bold(text: &str, end: usize) -> Option<Candidate> {
    before(text, end, skip(text, end), Shape::Strong)
}

/// Finds `名丨…`, `Name | text`.
fn barred(text: &str) -> Option<Candidate> {
    let bar = |c: char| matches!(c, '丨' | '｜' | '|' | '│');
    let (at, c) = text.char_indices().take(REACH).find(|&(_, c)| bar(c))?;
    // A single bar separates a label from speech. Several bars separate cells.
    let end = at + c.len_utf8();
    (!text[end..].contains(bar)).then(|| before(text, at, end, Shape::Bar))?
}

/// Finds `Q. text`, and `MR. ROE. text` as in transcripts of hearings.
fn stopped(text: &str) -> Option<Candidate> {
    let stops = text.char_indices().take(REACH).filter(|&(_, c)| c == '.').map(|(at, _)| at);
    for at in stops.take(3) {
        let name = &text[..at];
        let after = &text[at + 1..];
        if !(after.is_empty() || after.starts_with(is_blank)) {
            return None;
        }
        let short = matches!(name, "Q" | "A");
        if short {
            return before(text, at, at + 1, Shape::Stop);
        }
        if words::is_address(name) && name.contains(is_blank) {
            return Some(Candidate { range: 0..at + 1, ..named(name, Shape::Stop)? });
        }
    }
    None
}

/// Finds `名——…`.
fn lead(text: &str) -> Option<Candidate> {
    let (name, said) = at_dash(text)?;
    if name.chars().nth(REACH).is_some() || !super::line::is_sentence(said) {
        return None;
    }
    before(text, name.len(), text.len() - said.len(), Shape::Lead)
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
                // The colon of a time or an address does not end a label.
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
                let whole = |len: usize| text[body + len..].trim_matches(is_blank).is_empty();
                if let Some((len, seconds)) = time_stamp(&text[body..])
                    .filter(|&(len, _)| text[body..].starts_with(['[', '(', '（', '【']) || whole(len))
                {
                    found.range.end = body + len;
                    found.time = Some(seconds);
                }
                return Some(found);
            }
            '。' | '！' | '？' | '!' | '?' | ';' | '；' | '\n' | '…' => return None,
            // `Dr. Wu:` and `J. Wu:` are labels. A sentence before the colon is not.
            c if is_blank(c) && before == '.' && depth == 0 && last_word(&text[..at]).chars().nth(4).is_some() => {
                return None;
            }
            _ => {}
        }
        before = c;
    }
    None
}

/// Finds `Speaker 1 (00:01:02)`, `主持人 00:12:03`.
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
        // A time in running text is inside a sentence: `At 10:30 we met`.
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

fn last_word(text: &str) -> &str {
    text.rsplit(is_blank).next().unwrap_or("").trim_end_matches('.')
}
