//! JSON values that know where they stand in the source.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::ops::Range;

use serde_json::value::RawValue;

use crate::document::MappedText;
use crate::document::line::is_blank;

/// A value of a JSON text.
#[derive(Clone, Copy)]
pub(in crate::document) struct Node<'a> {
    source: &'a str,
    raw: &'a str,
}

impl<'a> Node<'a> {
    /// The value that a text is.
    ///
    /// # Errors
    /// Those of the parser, for a text that is no JSON.
    pub(in crate::document) fn parse(source: &'a str) -> serde_json::Result<Node<'a>> {
        serde_json::from_str::<&RawValue>(source).map(|raw| Node { source, raw: raw.get() })
    }

    /// Parses a part of a text as one value.
    ///
    /// # Errors
    /// Those of the parser, for a part that is not JSON.
    pub(in crate::document) fn parse_part(source: &'a str, part: Range<usize>) -> serde_json::Result<Node<'a>> {
        let part = source.get(part).unwrap_or_default();
        serde_json::from_str::<&RawValue>(part).map(|raw| Node { source, raw: raw.get() })
    }

    fn child(self, raw: &'a RawValue) -> Node<'a> {
        Node { source: self.source, raw: raw.get() }
    }

    /// Bytes of the source. The parser lends out parts of it.
    pub(in crate::document) fn range(self) -> Range<usize> {
        let start = (self.raw.as_ptr() as usize).saturating_sub(self.source.as_ptr() as usize).min(self.source.len());
        start..(start + self.raw.len()).min(self.source.len())
    }

    /// The members of an object; the last of those with one name.
    pub(in crate::document) fn members(self) -> Option<Members<'a>> {
        let members: BTreeMap<String, &'a RawValue> =
            self.raw.starts_with('{').then(|| serde_json::from_str(self.raw).ok()).flatten()?;
        Some(Members { node: self, members })
    }

    /// The items of an array.
    pub(in crate::document) fn items(self) -> Option<Vec<Node<'a>>> {
        let items: Vec<&'a RawValue> =
            self.raw.starts_with('[').then(|| serde_json::from_str(self.raw).ok()).flatten()?;
        Some(items.into_iter().map(|raw| self.child(raw)).collect())
    }

    /// The value as it is written in the source.
    pub(in crate::document) fn raw(self) -> &'a str {
        self.raw
    }

    /// A number, finite.
    pub(in crate::document) fn number(self) -> Option<f64> {
        let digit = self.raw.starts_with(|c: char| c == '-' || c.is_ascii_digit());
        self.raw.parse().ok().filter(|n: &f64| digit && n.is_finite())
    }

    /// Whether it is `true` or `false`.
    pub(in crate::document) fn boolean(self) -> Option<bool> {
        self.raw.parse().ok()
    }

    /// A string, escapes resolved; line breaks of all kinds are `\n`, and half a surrogate pair is U+FFFD.
    pub(in crate::document) fn string(self) -> Option<MappedText> {
        let inner = self.raw.strip_prefix('"')?.strip_suffix('"')?;
        let start = self.range().start + 1;
        let mut text = MappedText::default();
        let mut at = 0;
        while let Some(rest) = inner.get(at..).filter(|r| !r.is_empty()) {
            match escape(rest) {
                Some(('\r', len)) if rest.get(len..).and_then(escape).is_some_and(|(c, _)| c == '\n') => at += len,
                Some((c, len)) => {
                    let c = if c == '\r' { '\n' } else { c };
                    text.push_for(c.encode_utf8(&mut [0; 4]), start + at..start + at + len);
                    at += len;
                }
                None => {
                    let first = rest.chars().next().map_or(0, char::len_utf8);
                    let len = rest[first..].find('\\').map_or(rest.len(), |l| first + l);
                    text.push(&rest[..len], start + at);
                    at += len;
                }
            }
        }
        Some(text)
    }
}

/// The members of an object.
pub(in crate::document) struct Members<'a> {
    node: Node<'a>,
    members: BTreeMap<String, &'a RawValue>,
}

impl<'a> Members<'a> {
    /// A member; none where it is `null`.
    pub(in crate::document) fn get(&self, key: &str) -> Option<Node<'a>> {
        let raw = self.members.get(key)?;
        (raw.get() != "null").then(|| self.node.child(raw))
    }

    pub(in crate::document) fn number(&self, key: &str) -> Option<f64> {
        self.get(key)?.number()
    }

    pub(in crate::document) fn string(&self, key: &str) -> Option<MappedText> {
        self.get(key)?.string()
    }

    pub(in crate::document) fn items(&self, key: &str) -> Option<Vec<Node<'a>>> {
        self.get(key)?.items()
    }

    /// Returns the first of some members that exists.
    pub(in crate::document) fn first(&self, keys: &[&str]) -> Option<Node<'a>> {
        keys.iter().find_map(|key| self.get(key))
    }

    /// Returns all members in the order of the source, with their names.
    pub(in crate::document) fn all(&self) -> Vec<(&str, Node<'a>)> {
        let mut all: Vec<(&str, Node<'a>)> =
            self.members.iter().map(|(key, raw)| (key.as_str(), self.node.child(raw))).collect();
        all.sort_by_key(|(_, node)| node.range().start);
        all
    }

    pub(in crate::document) fn members(&self, key: &str) -> Option<Members<'a>> {
        self.get(key)?.members()
    }
}

/// Turns what Python and JavaScript accept in addition to JSON into JSON: `NaN` and `Infinity` have no value, a comma
/// before a closing bracket is allowed, and invisible marks before the text are blanks. Every byte keeps its place.
pub(in crate::document) fn mended(text: &str) -> Cow<'_, str> {
    let start = text.len() - text.trim_start_matches(is_blank).len();
    let bytes = text.as_bytes();
    let mut spans: Vec<(Range<usize>, &str)> = vec![(0..start, "")];
    let (mut at, mut comma) = (start, None);
    while let Some(byte) = bytes.get(at) {
        let rest = &bytes[at..];
        let word = ["NaN", "-Infinity", "Infinity"].into_iter().find(|word| rest.starts_with(word.as_bytes()));
        let len = match (byte, word) {
            (b'"', _) => string_length(rest),
            (_, Some(word)) => {
                spans.push((at..at + word.len(), "[]"));
                word.len()
            }
            (b']' | b'}', _) => {
                spans.extend(comma.map(|at| (at..at + 1, "")));
                1
            }
            _ => 1,
        };
        if *byte == b',' {
            comma = Some(at);
        } else if !byte.is_ascii_whitespace() {
            comma = None;
        }
        at += len;
    }
    if start == 0 && spans.len() == 1 {
        return Cow::Borrowed(text);
    }
    let mut mended = String::with_capacity(text.len());
    for (range, value) in spans {
        mended.push_str(text.get(mended.len()..range.start).unwrap_or_default());
        mended.push_str(value);
        mended.push_str(&" ".repeat(range.end.saturating_sub(mended.len())));
    }
    mended.push_str(text.get(mended.len()..).unwrap_or_default());
    Cow::Owned(mended)
}

/// The number of bytes of the string that a text begins with, including its quotes.
fn string_length(text: &[u8]) -> usize {
    let mut at = 1;
    while let Some(byte) = text.get(at) {
        match byte {
            b'"' => return at + 1,
            b'\\' => at += 2,
            _ => at += 1,
        }
    }
    text.len()
}

/// The character that the escape at the start of `text` means, and its bytes.
pub(in crate::document) fn escape(text: &str) -> Option<(char, usize)> {
    let kind = *text.strip_prefix('\\')?.as_bytes().first()?;
    let c = match kind {
        b'n' => '\n',
        b'r' => '\r',
        b't' => '\t',
        b'b' => '\u{8}',
        b'f' => '\u{C}',
        b'u' => {
            let first = unit(text)?;
            if let Some(c) = char::from_u32(first) {
                return Some((c, UNIT));
            }
            let second = text.get(UNIT..).and_then(unit).filter(|u| (0xDC00..0xE000).contains(u));
            let pair = second.filter(|_| first < 0xDC00);
            let c = pair.and_then(|low| char::from_u32(0x1_0000 + ((first - 0xD800) << 10) + (low - 0xDC00)));
            return Some(c.map_or((char::REPLACEMENT_CHARACTER, UNIT), |c| (c, 2 * UNIT)));
        }
        b'"' | b'\\' | b'/' => char::from(kind),
        _ => return None,
    };
    Some((c, 2))
}

/// Bytes of `\u4F60`.
const UNIT: usize = 6;

/// The code unit of an escape `\u4F60`.
fn unit(text: &str) -> Option<u32> {
    let hex = text.strip_prefix("\\u")?.get(..4).filter(|h| h.bytes().all(|b| b.is_ascii_hexdigit()))?;
    u32::from_str_radix(hex, 16).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn mending_keeps_places() {
        for (text, expected) in [
            ("[1, \"NaN,]\", NaN, -Infinity,]", "[1, \"NaN,]\", [] , []        ]"),
            ("\u{FEFF}{\"a\": 1 , }", "   {\"a\": 1   }"),
            ("[\"a\\\"\", Infinity]", "[\"a\\\"\", []      ]"),
            ("[1, 2]", "[1, 2]"),
        ] {
            assert_eq!(mended(text), expected);
            assert_eq!(mended(text).len(), text.len());
            assert!(Node::parse(&mended(text)).is_ok());
        }
    }

    #[test]
    fn escapes() {
        let source = r#" ["a\u4f60\"\ud83d\ude00\ud800x\r\ny\/"] "#;
        let node = Node::parse(source).unwrap().items().unwrap()[0];
        let text = node.string().unwrap();
        assert_eq!(text.text(), "a你\"😀\u{FFFD}x\ny/");
        let places: Vec<usize> = text.text().char_indices().map(|(at, _)| text.offset(at)).collect();
        let written: Vec<&str> =
            places.iter().zip(places.iter().skip(1)).map(|(a, b)| source[*a..*b].trim_end_matches("\\r")).collect();
        assert_eq!(written, ["a", r"\u4f60", "\\\"", r"\ud83d\ude00", r"\ud800", "x", r"\n", "y"]);
        assert_eq!(&source[text.source_range(1..4)], r"\u4f60");
    }
}
