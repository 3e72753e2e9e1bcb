//! Files whose texts are already paired: TMX, XLIFF, tables and records of pairs.
#![cfg_attr(not(feature = "xml"), allow(dead_code, reason = "TMX and XLIFF alone leave texts out"))]

mod bitext;
mod delimited;
mod document;
mod entity;
pub(crate) mod keys;
mod notes;
mod properties;
mod records;
#[cfg(feature = "xml")]
mod tmx;
mod unit;
#[cfg(feature = "xml")]
mod xliff;
#[cfg(feature = "xml")]
pub(super) mod xml;

pub use bitext::Bitext;
pub(crate) use bitext::BitextUnit;
#[cfg(feature = "train")]
pub use notes::Note;

pub(super) use delimited::{is_csv, is_tsv, read as read_delimited};
pub(super) use document::document;
pub(super) use records::{is_records, read as read_records};
pub(super) use unit::Contents;

#[cfg(feature = "xml")]
use crate::error::Result;
use crate::text::Source;

/// Whether a text is a translation memory.
pub(super) fn is_tmx(source: &Source) -> bool {
    outermost(source.text()) == Some("tmx")
}

/// Whether a text is a bilingual file.
pub(super) fn is_xliff(source: &Source) -> bool {
    outermost(source.text()) == Some("xliff")
}

/// Reads the units of a translation memory.
#[cfg(feature = "xml")]
pub(super) fn read_tmx(source: &Source) -> Result<Contents> {
    tmx::read(source)
}

/// Reads the units of a bilingual file.
#[cfg(feature = "xml")]
pub(super) fn read_xliff(source: &Source) -> Result<Contents> {
    xliff::read(source)
}

#[cfg(not(feature = "xml"))]
pub(super) use missing::{read_tmx, read_xliff};

/// Refuses such files, because this build cannot read them.
#[cfg(not(feature = "xml"))]
mod missing {
    use super::Contents;
    use crate::error::{Error, Result};
    use crate::text::Source;

    pub(in crate::document) fn read_tmx(source: &Source) -> Result<Contents> {
        Err(Error::missing_feature("read TMX files", "xml").in_file(source.name()))
    }

    pub(in crate::document) fn read_xliff(source: &Source) -> Result<Contents> {
        Err(Error::missing_feature("read XLIFF files", "xml").in_file(source.name()))
    }
}

/// The name of the outermost element, without a prefix. A declaration, a document type and comments may come before it.
pub(super) fn outermost(text: &str) -> Option<&str> {
    let mut rest = text.trim_start_matches('\u{FEFF}').trim_start();
    while let Some(end) = before_element(rest) {
        rest = rest.get(end..)?.trim_start();
    }
    let name = rest.strip_prefix('<')?.split(|c: char| c.is_whitespace() || matches!(c, '>' | '/')).next()?;
    // A namespace may have a prefix.
    name.rsplit(':').next()
}

/// Length of a declaration, a comment or a document type at the start of `text`.
fn before_element(text: &str) -> Option<usize> {
    let until = |close: &str| text.find(close).map_or(text.len(), |at| at + close.len());
    if text.starts_with("<?") {
        return Some(until("?>"));
    }
    if text.starts_with("<!--") {
        return Some(until("-->"));
    }
    if !text.starts_with("<!") {
        return None;
    }
    let (mut depth, mut quote) = (0usize, None);
    for (at, c) in text.char_indices() {
        match (quote, c) {
            (Some(open), c) if c == open => quote = None,
            (Some(_), _) => {}
            (None, '"' | '\'') => quote = Some(c),
            (None, '[' | '<') => depth += 1,
            (None, ']') => depth = depth.saturating_sub(1),
            (None, '>') if depth <= 1 => return Some(at + 1),
            (None, '>') => depth -= 1,
            _ => {}
        }
    }
    Some(text.len())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn outermost_elements() {
        for (text, name) in [
            ("<tmx>", Some("tmx")),
            ("\u{FEFF} \n<tmx version='1.1'>", Some("tmx")),
            ("<?xml version=\"1.0\"?><!-- <xliff> --><!DOCTYPE tmx SYSTEM \"tmx14.dtd\">\r\n<tmx/>", Some("tmx")),
            ("<!DOCTYPE tmx [<!ENTITY a \"]>\"> <!ELEMENT tmx ANY>]><tmx>", Some("tmx")),
            ("<xliff\n version='2.0'>", Some("xliff")),
            ("<x:xliff>", Some("xliff")),
            ("<tmxx>", Some("tmxx")),
            ("<html><tmx>", Some("html")),
            ("<!DOCTYPE tmx [", None),
            ("<!-- <tmx>", None),
            ("<", Some("")),
            ("", None),
        ] {
            assert_eq!(outermost(text), name, "{text}");
        }
    }
}
