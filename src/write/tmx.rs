//! TMX 1.4, the exchange form of translation memories.

use std::io::{self, Write};

use super::xml::{Property, Xml, of_half, of_pair, of_whole, words};
use crate::alignment::{Alignment, Pair};
use crate::document::keys;

/// How a TMX file is written.
///
/// Languages are `en` and `zh`: of which region a text is nobody has said, and importers take a plain language for all its
/// regions. Pairs without counterpart are left out; see [`write_unpaired`](super::write_unpaired). What the form has no element for (speaker, confidence,
/// anchors, bytes of the files) stands in `<prop type="x-…">`.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct TmxStyle {
    date: Option<String>,
}

impl TmxStyle {
    /// With the date of creation, UTC, in the form that TMX asks for: `20261123T115500Z`. Without, no date is written, so that the same
    /// alignment gives the same bytes.
    ///
    /// # Errors
    /// [`crate::ErrorKind::Argument`] for a date in another format.
    #[cfg(feature = "train")]
    pub fn dated(date: &str) -> crate::error::Result<TmxStyle> {
        let fits = |(c, form): (u8, u8)| if form == b'0' { c.is_ascii_digit() } else { c == form };
        if date.len() != DATE.len() || !date.bytes().zip(DATE.bytes()).all(fits) {
            let what = format!("{date:?} is not a TMX date; write it like 20261123T115500Z");
            return Err(crate::error::Error::argument("date", what));
        }
        Ok(TmxStyle { date: Some(date.to_owned()) })
    }

    /// Writes the alignment.
    ///
    /// # Errors
    /// Those of `out`.
    pub fn write(&self, alignment: &Alignment, out: &mut dyn Write) -> io::Result<()> {
        let mut xml = Xml::new(out)?;
        xml.open("tmx", &[("version", "1.4")])?;
        let mut header = vec![
            ("creationtool", keys::TOOL),
            ("creationtoolversion", env!("CARGO_PKG_VERSION")),
            ("segtype", "sentence"),
            ("o-tmf", keys::TOOL),
            ("adminlang", "en"),
            ("srclang", alignment.first().code()),
            ("datatype", "plaintext"),
        ];
        header.extend(self.date.as_deref().map(|date| ("creationdate", date)));
        xml.open("header", &header)?;
        properties(&mut xml, of_whole(alignment))?;
        xml.close("header")?;
        xml.open("body", &[])?;
        for pair in alignment.pairs().filter(|p| !p.is_one_sided()) {
            unit(&mut xml, alignment, &pair)?;
        }
        xml.close("body")?;
        xml.close("tmx")?;
        xml.finish()
    }
}

/// What [`TmxStyle::dated`] takes; 0 is any digit.
#[cfg(feature = "train")]
const DATE: &str = "00000000T000000Z";

fn unit(xml: &mut Xml<'_>, alignment: &Alignment, pair: &Pair<'_>) -> io::Result<()> {
    let id = pair.id().to_string();
    let mut attributes = vec![("tuid", id.as_str())];
    if pair.en().len() > 1 || pair.zh().len() > 1 {
        // Several sentences are no segment of a finer kind.
        attributes.push(("segtype", "block"));
    }
    xml.open("tu", &attributes)?;
    properties(xml, of_pair(pair))?;
    for anchor in pair.anchors() {
        xml.text("prop", &[("type", &prop(keys::ANCHOR))], &serde_json::to_string(anchor)?)?;
    }
    for lang in [alignment.first(), alignment.first().other()] {
        let half = pair.half(lang);
        xml.open("tuv", &[("xml:lang", lang.code())])?;
        properties(xml, of_half(&half))?;
        xml.text("seg", &[], &words(&half))?;
        xml.close("tuv")?;
    }
    xml.close("tu")
}

fn properties(xml: &mut Xml<'_>, properties: Vec<Property>) -> io::Result<()> {
    for (key, value) in properties {
        xml.text("prop", &[("type", &prop(key))], &value)?;
    }
    Ok(())
}

/// The type of a property of ours: those of a tool begin with `x-`.
fn prop(key: &str) -> String {
    format!("x-{key}")
}
