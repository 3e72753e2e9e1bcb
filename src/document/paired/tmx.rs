//! TMX, versions 1.1 to 1.4.

use super::notes::Reason;
use super::properties::Properties;
use super::unit::{Contents, Text, Unit, language};
use super::xml::{Part, Xml};
use crate::error::Result;
use crate::text::Source;

/// All units of a file.
///
/// # Errors
/// [`crate::ErrorKind::Malformed`] for XML that is not well-formed, and for a text without a language.
pub(super) fn read(source: &Source) -> Result<Contents> {
    let mut xml = Xml::new(source);
    let mut contents = Contents::default();
    let mut unit: Option<Unit> = None;
    // Of the text that is open: its language, its first byte, what is said of it, and its words.
    let mut variant: Option<(String, usize, Text)> = None;
    let mut depth = 0usize;
    while let Some(part) = xml.next()? {
        let element = match part {
            Part::Open(element) => element,
            Part::Close => {
                depth -= 1;
                if depth == UNIT + 1
                    && let (Some((code, at, text)), Some(unit)) = (variant.take(), &mut unit)
                {
                    unit.add(&code, text, at, &mut contents.occasions);
                }
                if depth == UNIT
                    && let Some(unit) = unit.take()
                {
                    contents.add(unit);
                }
                continue;
            }
            Part::Text(..) | Part::Char(..) => continue,
        };
        depth += 1;
        match (xml.parent(), element.name) {
            (Some("tmx"), "header") => {
                contents.first = xml.attribute(&element, &["srclang"])?.as_deref().and_then(language);
            }
            (Some("body"), "tu") => {
                let id = xml.attribute(&element, &["tuid"])?;
                unit = Some(Unit { at: element.at, id, ..Unit::default() });
            }
            (Some("tu"), "tuv") => {
                let Some(code) = xml.attribute(&element, &["xml:lang", "lang"])? else {
                    let what = "this <tuv> does not say its language; add xml:lang=\"en\" or xml:lang=\"zh\"";
                    return Err(xml.error(element.at, what.to_owned()));
                };
                variant = Some((code, element.at, Text::default()));
            }
            (Some("tuv"), "seg") => {
                let words = xml.words()?;
                depth -= 1;
                if let Some((_, _, text)) = &mut variant {
                    text.words = words;
                }
            }
            (Some(parent @ ("header" | "tu" | "tuv")), "prop") => {
                let key = xml.attribute(&element, &["type"])?.unwrap_or_default();
                let value = xml.words()?;
                depth -= 1;
                let properties: Option<&mut Properties> = match parent {
                    "header" => Some(&mut contents.properties),
                    "tu" => unit.as_mut().map(|unit| &mut unit.properties),
                    _ => variant.as_mut().map(|(_, _, text)| &mut text.properties),
                };
                if let (Some(properties), Some(key)) = (properties, key.strip_prefix("x-")) {
                    properties.add(key.to_owned(), value.text());
                }
            }
            _ => {}
        }
    }
    for at in xml.into_passed() {
        contents.occasions.add(Reason::InsideCode, at);
    }
    Ok(contents)
}

/// How many elements are open around a unit: `<tmx>` and `<body>`.
const UNIT: usize = 2;
