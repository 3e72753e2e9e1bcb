//! XML with the place of everything in the source, and no more of XML than data need: entities stand for nothing but the five
//! characters that XML predefines, so no text can grow, and nothing outside the file is looked at.

use quick_xml::XmlVersion;
use quick_xml::events::{BytesStart, Event};
use quick_xml::reader::Reader;

use super::entity::referred;
use crate::document::block::MappedText;
use crate::error::{Error, Result};
use crate::limits::Limit;
use crate::text::Source;

/// Reads a source from its start to its end.
pub(in crate::document) struct Xml<'a> {
    source: &'a Source,
    reader: Reader<&'a [u8]>,
    /// Local names of the elements that are open.
    open: Vec<&'a str>,
    /// Where text inside of codes begins that was passed over.
    passed: Vec<usize>,
}

/// What comes next.
pub(in crate::document) enum Part<'a> {
    /// An element begins. One without content ends at once.
    Open(Element<'a>),
    /// The element that began last ends.
    Close,
    /// Characters as they stand in the source.
    Text(&'a str, usize),
    /// A character that a reference stands for.
    Char(char, usize),
}

/// The beginning of an element.
pub(in crate::document) struct Element<'a> {
    /// Its name without the prefix of a namespace.
    pub(in crate::document) name: &'a str,
    /// Its first byte in the source.
    pub(in crate::document) at: usize,
    tag: BytesStart<'a>,
}

/// Elements inside of a text that hold text; what stands in others is code.
const KEPT: [&str; 4] = ["hi", "g", "mrk", "pc"];
/// What codes for line breaks call themselves: `type` in TMX, `ctype` in XLIFF 1.2, `subType` in 2.
const LINE_BREAKS: [(&str, &[&str]); 3] = [("type", &["lb", "x-lb"]), ("ctype", &["lb"]), ("subType", &["xlf:lb"])];

impl<'a> Xml<'a> {
    pub(in crate::document) fn new(source: &'a Source) -> Xml<'a> {
        let mut reader = Reader::from_str(source.text());
        reader.config_mut().expand_empty_elements = true;
        Xml { source, reader, open: Vec::new(), passed: Vec::new() }
    }

    /// The name of the element that holds the one that has just begun.
    pub(in crate::document) fn parent(&self) -> Option<&'a str> {
        self.open.len().checked_sub(2).and_then(|k| self.open.get(k)).copied()
    }

    /// Where text inside of codes was passed over.
    pub(in crate::document) fn into_passed(self) -> Vec<usize> {
        self.passed
    }

    /// An error at byte `at` of the text.
    pub(in crate::document) fn error(&self, at: usize, what: String) -> Error {
        Error::malformed(self.source.name(), self.source.line_of(at), what)
    }

    /// What comes next; `None` behind everything.
    ///
    /// # Errors
    /// [`crate::ErrorKind::Malformed`] for XML that is not well-formed, and for entities; [`crate::ErrorKind::Limit`]
    /// for elements that are nested too deep.
    pub(in crate::document) fn next(&mut self) -> Result<Option<Part<'a>>> {
        let text = self.source.text();
        loop {
            let at = self.place();
            let event = self.reader.read_event().map_err(|error| {
                let place = (self.reader.error_position() as usize).min(text.len());
                self.error(place, "this is not well-formed XML; repair it, or export the file again".to_owned())
                    .caused_by(error)
            })?;
            let raw = text.get(at..self.place()).unwrap_or_default();
            match event {
                Event::Start(tag) | Event::Empty(tag) => {
                    let length = tag.name().as_ref().len();
                    let name = text.get(at + 1..at + 1 + length).unwrap_or_default();
                    let name = name.rsplit(':').next().unwrap_or(name);
                    self.open.push(name);
                    self.source.limits().check(Limit::Nesting, self.open.len() as u64, self.source.name())?;
                    return Ok(Some(Part::Open(Element { name, at, tag })));
                }
                Event::End(_) => {
                    self.open.pop();
                    return Ok(Some(Part::Close));
                }
                Event::Text(_) => return Ok(Some(Part::Text(raw, at))),
                Event::CData(_) => {
                    let inner = raw.strip_prefix(CDATA).and_then(|r| r.strip_suffix("]]>")).unwrap_or_default();
                    return Ok(Some(Part::Text(inner, at + CDATA.len())));
                }
                Event::GeneralRef(_) => {
                    let name = raw.trim_start_matches('&').trim_end_matches(';');
                    let Some(c) = referred(name) else {
                        let what = format!(
                            "the entity &{name}; cannot be read, only &lt; &gt; &amp; &quot; &apos; and numbers can; write the character itself"
                        );
                        return Err(self.error(at, what));
                    };
                    return Ok(Some(Part::Char(c, at)));
                }
                Event::Eof => {
                    return match self.open.last() {
                        Some(name) => Err(self.error(
                            text.len(),
                            format!("the file ends inside <{name}>; it is cut off, so export or copy it again"),
                        )),
                        None => Ok(None),
                    };
                }
                Event::Decl(_) | Event::PI(_) | Event::Comment(_) | Event::DocType(_) => {}
            }
        }
    }

    /// The words up to the end of the element that has just begun: without codes and what they hold, a run of blanks with a line end
    /// or tab as one space, nothing blank at the ends.
    pub(in crate::document) fn words(&mut self) -> Result<MappedText> {
        let outer = self.open.len();
        let mut words = MappedText::default();
        // How many elements were open where codes began.
        let mut code = None;
        while let Some(part) = self.next()? {
            match part {
                Part::Open(element) if code.is_none() => {
                    if !KEPT.contains(&element.name) {
                        code = Some(self.open.len());
                        if self.breaks_line(&element)? {
                            words.push(" ", element.at);
                        }
                    }
                }
                Part::Open(element) => {
                    if element.name == "sub" {
                        self.passed.push(element.at);
                    }
                }
                Part::Close if self.open.len() < outer => break,
                Part::Close => code = code.filter(|depth| self.open.len() >= *depth),
                Part::Text(text, at) if code.is_none() => push(&mut words, text, at),
                Part::Char(c, at) if code.is_none() => {
                    let c = if matches!(c, '\n' | '\r' | '\t') { ' ' } else { c };
                    words.push(c.encode_utf8(&mut [0; 4]), at);
                }
                Part::Text(..) | Part::Char(..) => {}
            }
        }
        let text = words.text();
        let start = text.len() - text.trim_start().len();
        Ok(words.slice(start..start + text.trim().len()))
    }

    /// The value of the first of some attributes, by their full names.
    ///
    /// # Errors
    /// [`crate::ErrorKind::Malformed`] for attributes that are not well-formed.
    pub(in crate::document) fn attribute(&self, element: &Element<'_>, names: &[&str]) -> Result<Option<String>> {
        let mut found: Option<(usize, String)> = None;
        let mut attributes = element.tag.attributes();
        // Of attributes that stand twice the first one counts: to look for them would take time that grows with the square.
        for attribute in attributes.with_checks(false) {
            let wrong = || {
                let what =
                    format!("an attribute of <{}> cannot be read; repair it, or export the file again", element.name);
                self.error(element.at, what)
            };
            let attribute = attribute.map_err(|e| wrong().caused_by(e))?;
            let Some(rank) = names.iter().position(|n| *n == attribute.key.as_ref()) else { continue };
            if found.as_ref().is_none_or(|(best, _)| rank < *best) {
                let value = attribute.normalized_value(XmlVersion::Implicit1_0).map_err(|e| wrong().caused_by(e))?;
                found = Some((rank, value.into_owned()));
            }
        }
        Ok(found.map(|(_, value)| value))
    }

    fn breaks_line(&self, element: &Element<'_>) -> Result<bool> {
        for (name, values) in LINE_BREAKS {
            if self.attribute(element, &[name])?.is_some_and(|v| values.contains(&v.as_str())) {
                return Ok(true);
            }
        }
        Ok(false)
    }

    fn place(&self) -> usize {
        (self.reader.buffer_position() as usize).min(self.source.text().len())
    }
}

const CDATA: &str = "<![CDATA[";

/// Appends `text`, which stands at byte `at` of the source; a run of blanks with a line end or tab in it becomes one space.
fn push(words: &mut MappedText, text: &str, at: usize) {
    let blank = |c: char| matches!(c, ' ' | '\t' | '\r' | '\n');
    let mut from = 0;
    while let Some(start) = text.get(from..).and_then(|rest| rest.find(['\t', '\r', '\n'])).map(|k| from + k) {
        let before = text.get(from..start).unwrap_or_default().trim_end_matches(' ');
        words.push(before, at + from);
        words.push(" ", at + from + before.len());
        let behind = text.get(start..).unwrap_or_default();
        from = start + behind.len() - behind.trim_start_matches(blank).len();
    }
    words.push(text.get(from..).unwrap_or_default(), at + from);
}
