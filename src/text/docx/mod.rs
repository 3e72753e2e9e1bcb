//! Word documents: the text of the main part, a paragraph a line.
//!
//! Kept are paragraphs, headings, list items, tables, text boxes, links, results of fields, insertions. Left out are deletions,
//! moved text where it was, hidden text, comments, headers and footers, instructions of fields; and notes, whose references are
//! counted.

mod body;
mod package;
mod styles;

use crate::error::Result;
use crate::text::container::unreadable;
use crate::text::source::Layout;

use package::Package;

/// The text of a Word document and the kinds of its lines.
pub(super) fn read(name: &str, bytes: &[u8]) -> Result<(String, Layout)> {
    parse(bytes).or_else(|broken| {
        unreadable(
            name,
            format!("this Word document cannot be read: {broken}; open it in a word processor and save it again"),
        )
    })
}

/// What is wrong with a document, as words.
type Broken = String;

fn parse(bytes: &[u8]) -> Result<(String, Layout), Broken> {
    let mut package = Package::open(bytes)?;
    let main = package.main_part()?;
    let document = package.part(&main)?.ok_or_else(|| format!("its part {main} is missing"))?;
    let styles = match package.part(&package::sibling(&main, "styles.xml"))? {
        Some(xml) => styles::Styles::parse(&xml)?,
        None => styles::Styles::default(),
    };
    body::parse(&document, &styles).map_err(|what| format!("{main}: {what}"))
}
