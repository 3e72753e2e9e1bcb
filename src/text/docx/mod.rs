//! Word documents: the text of the main part, a paragraph a line.
//!
//! Kept are paragraphs, headings, list items, tables, text boxes, links, results of fields, insertions. Left out are deletions,
//! moved text where it was, hidden text, comments, headers and footers, instructions of fields; and notes, whose references are
//! counted.

mod body;
mod package;
mod styles;

use crate::error::{Error, ErrorKind, Result};
use crate::limits::Limits;
use crate::text::source::Layout;

use package::Package;

/// The text of a Word document and the kinds of its lines.
pub(super) fn read(name: &str, bytes: &[u8], limits: &Limits) -> Result<(String, Layout)> {
    parse(bytes, limits).map_err(|error| error.in_file(name))
}

fn parse(bytes: &[u8], limits: &Limits) -> Result<(String, Layout)> {
    let mut package = Package::open(bytes, limits)?;
    let main = package.main_part()?;
    let document = package.part(&main)?.ok_or_else(|| broken(&format!("its part {main} is missing")))?;
    let styles = match package.part(&package::sibling(&main, "styles.xml"))? {
        Some(xml) => styles::Styles::parse(&xml).map_err(|error| error.in_part("styles.xml"))?,
        None => styles::Styles::default(),
    };
    body::parse(&document, &styles, limits).map_err(|error| error.in_part(&main))
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
