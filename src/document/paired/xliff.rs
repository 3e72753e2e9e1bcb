//! XLIFF, versions 1.x and 2.x.

use super::keys;
use super::notes::Reason;
use super::properties::Properties;
use super::unit::{Contents, Text, Unit, language};
use super::xml::{Element, Part, Xml};
use crate::error::Result;
use crate::text::Source;

/// All units of a file: `<trans-unit>` in versions 1, `<segment>` in versions 2. Proposals and other versions, which may stand in a unit
/// as well, are no pairs of it.
///
/// # Errors
/// [`crate::ErrorKind::Malformed`] for XML that is not well-formed, and for units without a language.
pub(super) fn read(source: &Source) -> Result<Contents> {
    let mut reader =
        Reader { xml: Xml::new(source), contents: Contents::default(), codes: [const { None }; 2], unit: None };
    // The names of open elements that end with something to do.
    let mut open: Vec<&str> = Vec::new();
    let mut around = Around::default();
    while let Some(part) = reader.xml.next()? {
        match part {
            Part::Open(element) => {
                if !reader.begin(&element, &mut around)? {
                    open.push(element.name);
                }
            }
            Part::Close => match open.pop() {
                Some("trans-unit" | "segment") => {
                    if let Some(unit) = reader.unit.take() {
                        reader.contents.add(unit);
                    }
                }
                Some("unit") => around = Around::default(),
                _ => {}
            },
            Part::Text(..) | Part::Char(..) => {}
        }
    }
    let Reader { xml, mut contents, .. } = reader;
    for at in xml.into_passed() {
        contents.occasions.add(Reason::InsideCode, at);
    }
    Ok(contents)
}

struct Reader<'a> {
    xml: Xml<'a>,
    contents: Contents,
    /// Codes of the languages of source and target.
    codes: [Option<String>; 2],
    unit: Option<Unit>,
}

/// What a `<unit>` of versions 2 says of its segments.
#[derive(Default)]
struct Around {
    /// Whether one is open.
    open: bool,
    id: Option<String>,
    properties: Properties,
    source: Properties,
    target: Properties,
    /// Whether the group of metadata that is open is ours, and which text it belongs to.
    group: Option<Option<String>>,
}

impl<'a> Reader<'a> {
    /// Takes in the beginning of an element; says whether the element was read to its end.
    fn begin(&mut self, element: &Element<'a>, around: &mut Around) -> Result<bool> {
        match (self.xml.parent(), element.name) {
            (None, "xliff") => self.languages(element, ["srcLang", "trgLang"])?,
            (Some("xliff"), "file") => self.languages(element, ["source-language", "target-language"])?,
            (_, "trans-unit") => {
                let id = self.xml.attribute(element, &["id"])?;
                self.unit = Some(Unit { at: element.at, id, ..Unit::default() });
            }
            (Some("file" | "group"), "unit") => {
                *around = Around { open: true, id: self.xml.attribute(element, &["id"])?, ..Around::default() };
            }
            (Some("unit"), "segment") => {
                // Of several segments the first one has the name of the unit.
                let (id, properties) = (around.id.take(), around.properties.clone());
                self.unit = Some(Unit { at: element.at, id, properties, ..Unit::default() });
            }
            (Some("trans-unit" | "segment"), side @ ("source" | "target")) => {
                self.text(element, side, around)?;
                return Ok(true);
            }
            (Some("ignorable"), "source") => {
                if !self.xml.words()?.text().is_empty() {
                    self.contents.occasions.add(Reason::Ignorable, element.at);
                }
                return Ok(true);
            }
            (Some("metadata"), "metaGroup") => {
                let ours = self.xml.attribute(element, &["category"])?.as_deref() == Some(keys::TOOL);
                let applies = self.xml.attribute(element, &["appliesTo"])?;
                around.group = ours.then_some(applies);
            }
            (Some("metaGroup"), "meta") => {
                let key = self.xml.attribute(element, &["type"])?.unwrap_or_default();
                let value = self.xml.words()?;
                let properties = match around.group.as_ref().map(Option::as_deref) {
                    Some(None) if around.open => &mut around.properties,
                    Some(None) => &mut self.contents.properties,
                    Some(Some("source")) => &mut around.source,
                    Some(Some("target")) => &mut around.target,
                    _ => return Ok(true),
                };
                properties.add(key, value.text());
                return Ok(true);
            }
            _ => {}
        }
        Ok(false)
    }

    /// The languages that an element says.
    fn languages(&mut self, element: &Element<'a>, names: [&str; 2]) -> Result<()> {
        for (code, name) in self.codes.iter_mut().zip(names) {
            if let Some(said) = self.xml.attribute(element, &[name])? {
                *code = Some(said);
            }
        }
        if self.contents.first.is_none() {
            let known = |code: &Option<String>| code.as_deref().and_then(language);
            let [source, target] = &self.codes;
            self.contents.first = known(source).or_else(|| known(target).map(crate::text::Lang::other));
        }
        Ok(())
    }

    /// Reads a source or a target.
    fn text(&mut self, element: &Element<'a>, side: &str, around: &Around) -> Result<()> {
        let own = self.xml.attribute(element, &["xml:lang"])?;
        let (code, name, properties) = match side {
            "source" => (&self.codes[0], "srcLang (in version 1: source-language)", &around.source),
            _ => (&self.codes[1], "trgLang (in version 1: target-language)", &around.target),
        };
        let words = self.xml.words()?;
        let Some(code) = own.as_ref().or(code.as_ref()) else {
            if words.text().is_empty() {
                return Ok(());
            }
            return Err(self
                .xml
                .error(element.at, format!("this <{side}> does not say its language; add {name} to the file")));
        };
        if let Some(unit) = &mut self.unit {
            let text = Text { words, properties: properties.clone() };
            unit.add(code, text, element.at, &mut self.contents.occasions);
        }
        Ok(())
    }
}
