//! Tags and texts of a page with their places.

use std::ops::Range;

use html5gum::emitters::default::{DefaultEmitter, StartTag, Token as Raw};
use html5gum::{HtmlString, Tokenizer};

/// Longest entity, from its `&` on: the longest named one has 33 bytes.
const ENTITY_BYTES: usize = 40;

/// What a page consists of.
pub(super) enum Token {
    /// A start tag.
    Open(Tag),
    /// An end tag's name in lower case.
    Close(String),
    /// Source bytes between tags, entities not decoded.
    Text(Range<usize>),
}

/// A start tag.
pub(super) struct Tag {
    /// In lower case.
    pub(super) name: String,
    /// Its first byte in the source.
    pub(super) start: usize,
    /// Whether it ends with `/>`.
    pub(super) self_closing: bool,
    inner: StartTag<usize>,
}

impl Tag {
    /// The value of an attribute, entities decoded.
    pub(super) fn attribute(&self, name: &str) -> Option<String> {
        self.inner.attributes.get(name.as_bytes()).map(|value| lossy(&value.value))
    }
}

/// The tokens of a page; comments and declarations are left out. Script and style are one text each.
pub(super) fn tokens(text: &str) -> impl Iterator<Item = Token> {
    let mut emitter = DefaultEmitter::new_with_span();
    emitter.naively_switch_states(true);
    Tokenizer::new_with_emitter(text, emitter).filter_map(move |token| {
        let Ok(token) = token;
        match token {
            Raw::StartTag(tag) => Some(Token::Open(Tag {
                name: lossy(&tag.name),
                start: tag.span.start,
                self_closing: tag.self_closing,
                inner: tag,
            })),
            Raw::EndTag(tag) => Some(Token::Close(lossy(&tag.name))),
            Raw::String(words) => Some(Token::Text(words.span.start..words.span.end)),
            Raw::Comment(_) | Raw::Doctype(_) | Raw::Error(_) => None,
        }
    })
}

fn lossy(bytes: &HtmlString) -> String {
    String::from_utf8_lossy(bytes).into_owned()
}

/// Words of a page.
pub(super) enum Piece {
    /// Source bytes that stand for themselves; never empty.
    Same(Range<usize>),
    /// What an entity means, and the source bytes that are the entity.
    Entity(String, Range<usize>),
}

/// Source bytes `range`, entities decoded.
pub(super) fn pieces(text: &str, range: Range<usize>) -> impl Iterator<Item = Piece> {
    let end = range.end;
    let mut at = range.start;
    std::iter::from_fn(move || {
        let rest = text.get(at..end).filter(|rest| !rest.is_empty())?;
        let start = at;
        if let Some((meant, len)) = entity(rest) {
            at += len;
            return Some(Piece::Entity(meant, start..at));
        }
        // An ampersand that begins no entity is one.
        let sign = usize::from(rest.starts_with('&'));
        at += rest[sign..].find('&').map_or(rest.len(), |k| k + sign);
        Some(Piece::Same(start..at))
    })
}

/// What the entity at the start of `rest` means, and its bytes.
fn entity(rest: &str) -> Option<(String, usize)> {
    let name = rest.strip_prefix('&')?;
    let len = name.bytes().take(ENTITY_BYTES).take_while(|b| b.is_ascii_alphanumeric() || *b == b'#').count();
    let len = 1 + len + usize::from(name[len..].starts_with(';'));
    let written = &rest[..len];
    let decoded = Tokenizer::new(written).find_map(|token| match token {
        Ok(Raw::String(words)) => Some(lossy(&words.value)),
        _ => None,
    })?;
    // `&ampx` is an ampersand and an x.
    let same = decoded.bytes().rev().zip(written.bytes().rev()).take_while(|(a, b)| a == b).count();
    let entity = decoded.get(..decoded.len() - same).filter(|entity| !entity.is_empty())?;
    Some((entity.to_owned(), written.len() - same))
}
