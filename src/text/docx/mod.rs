//! Word documents: the text of the main part, a paragraph a line.
//!
//! Kept are paragraphs, headings, list items, tables, text boxes, links, results of fields, insertions. Left out are deletions,
//! moved text where it was, hidden text, comments, headers and footers, instructions of fields; and notes, whose references are
//! counted.

mod body;
mod package;
mod styles;

use crate::error::{Error, Result};
use crate::limits::{Limit, Limits};
use crate::text::container::unreadable;
use crate::text::source::Layout;

use package::Package;

/// The text of a Word document and the kinds of its lines.
pub(super) fn read(name: &str, bytes: &[u8], limits: &Limits) -> Result<(String, Layout)> {
    parse(bytes, limits).or_else(|broken| match broken {
        Broken::Form(what) => unreadable(
            name,
            format!("this Word document cannot be read: {what}; open it in a word processor and save it again"),
        ),
        Broken::Limit(limit) => Err(Error::Limit { name: name.to_owned(), limit, most: limits.most(limit) }),
    })
}

/// What is wrong with a document.
enum Broken {
    /// Its form, in words.
    Form(String),
    /// Its size.
    Limit(Limit),
}

impl From<String> for Broken {
    fn from(what: String) -> Broken {
        Broken::Form(what)
    }
}

impl From<&str> for Broken {
    fn from(what: &str) -> Broken {
        Broken::Form(what.to_owned())
    }
}

fn parse(bytes: &[u8], limits: &Limits) -> Result<(String, Layout), Broken> {
    let mut package = Package::open(bytes, limits)?;
    let main = package.main_part()?;
    let document = package.part(&main)?.ok_or_else(|| format!("its part {main} is missing"))?;
    let styles = match package.part(&package::sibling(&main, "styles.xml"))? {
        Some(xml) => styles::Styles::parse(&xml)?,
        None => styles::Styles::default(),
    };
    body::parse(&document, &styles, limits.nesting).map_err(|broken| match broken {
        Broken::Form(what) => Broken::Form(format!("{main}: {what}")),
        limit => limit,
    })
}
