//! Files that pair their texts already: TMX and XLIFF.

#[cfg(feature = "xml")]
mod bitext;
#[cfg(feature = "xml")]
mod document;
#[cfg(feature = "xml")]
pub(crate) mod keys;
#[cfg(feature = "xml")]
mod notes;
#[cfg(feature = "xml")]
mod properties;
#[cfg(feature = "xml")]
mod tmx;
#[cfg(feature = "xml")]
mod unit;
#[cfg(feature = "xml")]
mod xliff;
#[cfg(feature = "xml")]
mod xml;

#[cfg(feature = "xml")]
pub use bitext::Bitext;
#[cfg(feature = "xml")]
pub(crate) use bitext::BitextUnit;
#[cfg(feature = "xml")]
pub use notes::Note;

use super::{Document, Format};
use crate::error::Result;
use crate::text::{Lang, Source};

/// The format of a text that is [`Format::Tmx`] or [`Format::Xliff`], by its outermost element; a declaration, a document type and
/// comments may stand before it. Nothing else of it is looked at.
///
/// ```
/// use duiqi::document::{Format, paired_format};
/// assert_eq!(paired_format("<?xml version=\"1.0\"?>\n<tmx version=\"1.4\">"), Some(Format::Tmx));
/// assert_eq!(paired_format("TMX is <tmx>."), None);
/// ```
pub fn paired_format(text: &str) -> Option<Format> {
    let mut rest = text.trim_start_matches('\u{FEFF}').trim_start();
    while let Some(end) = before_element(rest) {
        rest = rest.get(end..)?.trim_start();
    }
    let name = rest.strip_prefix('<')?.split(|c: char| c.is_whitespace() || matches!(c, '>' | '/')).next()?;
    // A namespace may have a prefix.
    match name.rsplit(':').next()? {
        "tmx" => Some(Format::Tmx),
        "xliff" => Some(Format::Xliff),
        _ => None,
    }
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

/// The texts of such a file as a document: of one language, or of both in the order of the file.
#[cfg(feature = "xml")]
pub(super) fn read(source: Source, format: Format, lang: Option<Lang>) -> Result<Document> {
    document::read(source, format, lang)
}

/// Such a file in a build that cannot read it.
#[cfg(not(feature = "xml"))]
pub(super) fn read(source: Source, format: Format, _: Option<Lang>) -> Result<Document> {
    Err(crate::error::Error::missing_feature(&format!("read {} files", format.name()), "xml").in_file(source.name()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn outermost_elements() {
        for (text, format) in [
            ("<tmx>", Some(Format::Tmx)),
            ("\u{FEFF} \n<tmx version='1.1'>", Some(Format::Tmx)),
            ("<?xml version=\"1.0\"?><!-- <xliff> --><!DOCTYPE tmx SYSTEM \"tmx14.dtd\">\r\n<tmx/>", Some(Format::Tmx)),
            ("<!DOCTYPE tmx [<!ENTITY a \"]>\"> <!ELEMENT tmx ANY>]><tmx>", Some(Format::Tmx)),
            ("<xliff\n version='2.0'>", Some(Format::Xliff)),
            ("<x:xliff>", Some(Format::Xliff)),
            ("<tmxx>", None),
            ("<html><tmx>", None),
            ("<!DOCTYPE tmx [", None),
            ("<!-- <tmx>", None),
            ("<", None),
            ("", None),
        ] {
            assert_eq!(paired_format(text), format, "{text}");
        }
    }
}
