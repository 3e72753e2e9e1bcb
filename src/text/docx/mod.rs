//! Word documents: the text of the main part, one line for each paragraph, then the notes.
//!
//! Paragraphs, headings, list items, tables, text boxes, links, results of fields and insertions are kept. Footnotes
//! and endnotes follow the text, in the order in which it refers to them. There, notes that one of two translations
//! lacks do not disturb the paragraphs around them. Deletions, hidden text, comments, headers and footers are left out
//! and counted. Moved text at its old place and instructions of fields are left out without being counted.

mod body;
mod package;
mod styles;

use crate::error::{Error, ErrorKind, Result};
use crate::limits::Limits;
use crate::text::source::{BesideText, Layout};

use body::NoteKind;
use package::Package;

/// The text of a Word document and the kinds of its lines.
pub(super) fn read(name: &str, bytes: &[u8], limits: &Limits) -> Result<(String, Layout)> {
    parse(bytes, limits).map_err(|error| error.in_file(name))
}

fn parse(bytes: &[u8], limits: &Limits) -> Result<(String, Layout)> {
    let mut package = Package::open(bytes, limits)?;
    let main = package.main_part()?;
    let document = package.part(&main)?.ok_or_else(|| broken(&format!("its part {main} is missing")))?;
    let parts = package.related(&main)?;
    let styles = match parts.first("styles").map(|part| package.part(part)).transpose()?.flatten() {
        Some(xml) => styles::Styles::parse(&xml).map_err(|error| error.in_part("styles.xml"))?,
        None => styles::Styles::default(),
    };
    let mut text = body::parse(&document, "document", &styles, limits).map_err(|error| error.in_part(&main))?;
    for (kind, root) in [(NoteKind::Footnote, "footnotes"), (NoteKind::Endnote, "endnotes")] {
        let Some(part) = parts.first(root) else { continue };
        if let Some(xml) = package.part(part)? {
            let notes = body::parse(&xml, root, &styles, limits).map_err(|error| error.in_part(part))?;
            text.add_notes(kind, notes);
        }
    }
    for part in parts.all(&["header", "footer"]) {
        if let Some(xml) = package.part(part)? {
            let words = body::parse(&xml, if xml.contains(":ftr") { "ftr" } else { "hdr" }, &styles, limits);
            text.leave_out(BesideText::Header, usize::from(words.is_ok_and(|words| words.has_words())));
        }
    }
    Ok(text.finish())
}

/// The error for a document that breaks the rules.
fn broken(what: &str) -> Error {
    let what = format!("this Word document is damaged: {what}; open it in a word processor and save it again");
    Error::new(ErrorKind::Malformed, what)
}

/// The message for XML that is not well-formed.
const NOT_XML: &str = "it is not well-formed XML";

/// The message for entities, because a short file with entities could become endless.
const ENTITIES: &str = "it declares entities, which Word documents never do";
