//! Cue text without its markup: SubRip's by habit, WebVTT's by the specification.

use std::ops::Range;

use super::{Speaker, Voice, clock};
use crate::document::cue::Pace;
use crate::document::{MappedText, label};

/// Tags that players know in SRT; anything else in angle brackets is text.
const SUBRIP_TAGS: [&str; 10] = ["b", "c", "em", "font", "i", "ruby", "s", "span", "strong", "u"];

/// Characters of a tag or of a command in braces; a longer one is text, so that looking for its end takes no time.
const LONGEST_TAG: usize = 300;

/// The words of an SRT cue. Tags and commands (`<i>`, `{\an8}`) are left out. Entities, which web programs write, are
/// resolved.
pub(crate) fn subrip(text: &str, range: Range<usize>) -> MappedText {
    let mut words = MappedText::default();
    let mut at = range.start;
    let end = range.end;
    while let Some(rest) = text.get(at..end).filter(|r| !r.is_empty()) {
        if let Some((c, len)) = entity(rest) {
            words.push_for(c.encode_utf8(&mut [0; 4]), at..at + len);
            at += len;
            continue;
        }
        if let Some(len) = subrip_tag(rest) {
            at += len;
            continue;
        }
        at += plain(rest, at, &['<', '{', '&'], &mut words);
    }
    words
}

/// The line end (`\N`) or blank (`\h`) as ASS files and programs that convert them write it. It has two bytes.
pub(super) fn line_end(rest: &str) -> Option<&'static str> {
    match rest.as_bytes() {
        [b'\\', b'N', ..] => Some("\n"),
        [b'\\', b'h', ..] => Some(" "),
        _ => None,
    }
}

/// Whether a text before a backslash ends in a Windows path: `C:\News`.
fn is_path(before: &str) -> bool {
    let word = before.rsplit(char::is_whitespace).next().unwrap_or_default();
    word.ends_with(':') || word.contains(":\\") || word.starts_with("\\\\")
}

/// The number of bytes of the tag, command or entity that `text` begins with.
pub(crate) fn subrip_tag(text: &str) -> Option<usize> {
    if let Some((_, len)) = entity(text) {
        return Some(len);
    }
    if text.starts_with("{\\") {
        return close(text, '}');
    }
    let name = text.strip_prefix('<')?;
    let name = name.strip_prefix('/').unwrap_or(name);
    let len = name.bytes().take_while(u8::is_ascii_alphabetic).count();
    let (name, rest) = name.split_at(len);
    let known = SUBRIP_TAGS.iter().any(|tag| tag.eq_ignore_ascii_case(name));
    (known && rest.starts_with(['>', ' ', '.'])).then(|| close(text, '>')).flatten()
}

/// Bytes up to and with the mark that closes what `text` begins with.
fn close(text: &str, mark: char) -> Option<usize> {
    text.char_indices().take(LONGEST_TAG).find(|&(_, c)| c == mark).map(|(at, _)| at + 1)
}

/// Appends what `rest`, at byte `at` of the source, begins with: a line break, or a run up to one of `stops`. Its bytes.
fn plain(rest: &str, at: usize, stops: &[char], words: &mut MappedText) -> usize {
    if rest.starts_with(['\n', '\r']) {
        words.push("\n", at);
        return if rest.starts_with("\r\n") { 2 } else { 1 };
    }
    if let Some(meant) = line_end(rest).filter(|_| !is_path(tail(words.text()))) {
        words.push_for(meant, at..at + 2);
        return 2;
    }
    let first = rest.chars().next().map_or(0, char::len_utf8);
    let len =
        rest[first..].find(|c| matches!(c, '\n' | '\r' | '\\') || stops.contains(&c)).map_or(rest.len(), |l| first + l);
    words.push(&rest[..len], at);
    len
}

/// The end of a text, at most as long as a path may be.
fn tail(text: &str) -> &str {
    let from = text.len().saturating_sub(LONGEST_TAG);
    (from..=text.len()).find_map(|k| text.get(k..)).unwrap_or_default()
}

/// The voices of a WebVTT cue, and when the words of the first voice are said. Tags, times inside the text and the
/// readings of ruby are left out; entities are resolved.
pub(super) fn voices(text: &str, range: Range<usize>) -> (Vec<Voice>, Pace) {
    let (mut voices, mut pace) = (vec![Voice::default()], Pace::default());
    let mut at = range.start;
    let end = range.end;
    let mut reading = false;
    // Where no tag can end any more.
    let last_close = text.get(range).and_then(|t| t.rfind('>')).map_or(0, |close| at + close);
    while let Some(rest) = text.get(at..end).filter(|r| !r.is_empty()) {
        if rest.starts_with('<')
            && at < last_close
            && let Some(len) = rest.find('>')
        {
            let tag = Tag::of(&rest[1..len]);
            match tag.name {
                "v" => voices.push(Voice { speaker: speaker(tag.annotation, at..at + len + 1), ..Voice::default() }),
                "/v" => voices.push(Voice::default()),
                "rt" => reading = true,
                "/rt" | "/ruby" => reading = false,
                name => {
                    if let (Some((second, "")), [voice]) = (clock::time(name), voices.as_slice()) {
                        pace.add(voice.words.text().len(), second);
                    }
                }
            }
            at += len + 1;
            continue;
        }
        let mut skipped = MappedText::default();
        let words = match voices.last_mut() {
            Some(voice) if !reading => &mut voice.words,
            _ => &mut skipped,
        };
        at += match entity(rest) {
            Some((c, len)) => {
                words.push_for(c.encode_utf8(&mut [0; 4]), at..at + len);
                len
            }
            None => plain(rest, at, &['<', '&'], words),
        };
    }
    voices.retain(|v| !v.words.text().trim().is_empty());
    (voices, pace)
}

struct Tag<'a> {
    name: &'a str,
    annotation: &'a str,
}

impl<'a> Tag<'a> {
    /// `v.loud Roger Bingham`: name, classes, annotation.
    fn of(inner: &'a str) -> Tag<'a> {
        let len = inner.find(|c: char| c == '.' || c.is_whitespace()).unwrap_or(inner.len());
        let (name, rest) = inner.split_at(len);
        let annotation = rest.find(char::is_whitespace).map_or("", |at| &rest[at..]);
        Tag { name, annotation }
    }
}

/// Who speaks by the annotation of the voice tag at `range`.
fn speaker(annotation: &str, range: Range<usize>) -> Option<Speaker> {
    let mut name = String::new();
    let mut rest = annotation;
    while let Some(c) = rest.chars().next() {
        let (c, len) = entity(rest).unwrap_or((c, c.len_utf8()));
        name.push(c);
        rest = &rest[len..];
    }
    let name = name.split_whitespace().collect::<Vec<_>>().join(" ");
    (!name.is_empty()).then(|| Speaker { label: label::named(&name), range })
}

/// Entities that subtitles use besides numeric ones.
const ENTITIES: [(&str, char); 16] = [
    ("amp", '&'),
    ("apos", '\''),
    ("gt", '>'),
    ("hellip", '…'),
    ("ldquo", '“'),
    ("lrm", '\u{200E}'),
    ("lsquo", '‘'),
    ("lt", '<'),
    ("mdash", '—'),
    ("middot", '·'),
    ("nbsp", '\u{A0}'),
    ("ndash", '–'),
    ("quot", '"'),
    ("rdquo", '”'),
    ("rlm", '\u{200F}'),
    ("rsquo", '’'),
];

/// Characters of an entity with both its marks.
const LONGEST_ENTITY: usize = 10;

/// The character that the entity at the start of `text` means, and its bytes. No entity means a line break or another
/// control character: those stay text.
pub(super) fn entity(text: &str) -> Option<(char, usize)> {
    let inner = text.strip_prefix('&')?;
    let len = inner.bytes().take(LONGEST_ENTITY).position(|b| b == b';')?;
    let name = inner.get(..len)?;
    let c = match name.strip_prefix('#') {
        Some(number) => {
            let code = match number.strip_prefix(['x', 'X']) {
                Some(hex) => u32::from_str_radix(hex, 16),
                None => number.parse(),
            };
            code.ok().and_then(char::from_u32).filter(|c| !c.is_control())?
        }
        None => ENTITIES.iter().find(|(n, _)| *n == name)?.1,
    };
    Some((c, len + 2))
}
