//! The zip archive around a document.

use std::io::{Cursor, Read};

use quick_xml::events::{BytesStart, Event};
use quick_xml::{NsReader, XmlVersion};
use zip::ZipArchive;

use super::{NOT_XML, broken};
use crate::error::{Error, ErrorKind, Result};
use crate::limits::{Limit, Limits};
use crate::text::encoding::decode;

/// Bytes that any part may have, whatever the ratio.
const ANY_RATIO: u64 = 4 << 20;

/// The part that the document stands in, unless the package says otherwise.
const MAIN: &str = "word/document.xml";

/// The part that names the main document part.
const RELATIONS: &str = "_rels/.rels";

/// The part that lists the type of each part.
const TYPES: &str = "[Content_Types].xml";

const OTHER_PROGRAM: &str =
    "this is an office file, but not a Word document; save it as a Word document (.docx) or as text";

/// An open archive.
pub(super) struct Package<'a> {
    archive: ZipArchive<Cursor<&'a [u8]>>,
    /// Bytes that may still be unpacked.
    left: u64,
    limits: &'a Limits,
}

impl<'a> Package<'a> {
    pub(super) fn open(bytes: &'a [u8], limits: &'a Limits) -> Result<Package<'a>> {
        let archive =
            ZipArchive::new(Cursor::new(bytes)).map_err(|e| broken("its zip archive is broken").caused_by(e))?;
        // If two parts have the same name, programs differ in which one they read.
        if count_of(bytes).is_some_and(|count| count > archive.len()) {
            return Err(broken("two of its parts have the same name"));
        }
        Ok(Package { archive, left: limits.unpacked, limits })
    }

    /// A part as text; `None` where there is no such part.
    pub(super) fn part(&mut self, name: &str) -> Result<Option<String>> {
        if self.archive.index_for_name(name).is_none() {
            return Ok(None);
        }
        const UNREADABLE: &str = "this part cannot be unpacked";
        let file = self.archive.by_name(name).map_err(|e| broken(UNREADABLE).in_part(name).caused_by(e))?;
        // What the archive says of the unpacked size may be a lie; that of the packed one cannot exceed the file.
        let most = (file.compressed_size().saturating_mul(self.limits.ratio)).max(ANY_RATIO).min(self.left);
        let mut bytes = Vec::new();
        file.take(most.saturating_add(1))
            .read_to_end(&mut bytes)
            .map_err(|e| broken(UNREADABLE).in_part(name).caused_by(e))?;
        if bytes.len() as u64 > most {
            let limit = if most == self.left { Limit::Unpacked } else { Limit::Ratio };
            return Err(self.limits.exceeded(limit).in_part(name));
        }
        self.left -= bytes.len() as u64;
        let (text, _, _) = decode(name, &bytes).map_err(|_| broken("this part is not text").in_part(name))?;
        Ok(Some(text))
    }

    /// The name of the part that holds the document.
    ///
    /// # Errors
    /// [`ErrorKind::Malformed`] for a package that names several parts, [`ErrorKind::Unsupported`] for a package of
    /// another program.
    pub(super) fn main_part(&mut self) -> Result<String> {
        let mut named = self.relations(RELATIONS, "")?.0;
        named.retain(|(kind, _)| kind == "officeDocument");
        named.sort();
        named.dedup();
        let types = self.main_types()?;
        let declared: Vec<&(String, bool)> = types.iter().filter(|(_, word)| *word).collect();
        let part = match (named.as_slice(), declared.as_slice()) {
            ([(_, part)], _) => part.clone(),
            ([], [(part, _)]) => part.clone(),
            ([], []) => MAIN.to_owned(),
            _ => return Err(broken("it has several main parts, and which one is meant cannot be known")),
        };
        match types.iter().find(|(name, _)| name.eq_ignore_ascii_case(&part)) {
            Some((_, false)) => Err(Error::new(ErrorKind::Unsupported, OTHER_PROGRAM)),
            _ => Ok(part),
        }
    }

    /// The parts that the types of the package call main parts, and whether each is one of Word.
    fn main_types(&mut self) -> Result<Vec<(String, bool)>> {
        let Some(types) = self.part(TYPES)? else { return Ok(Vec::new()) };
        let mut found = Vec::new();
        let mut reader = NsReader::from_str(&types);
        loop {
            match reader.read_event().map_err(|e| broken(NOT_XML).in_part(TYPES).caused_by(e))? {
                Event::Empty(tag) | Event::Start(tag) => {
                    let kind = attribute(&tag, "ContentType").unwrap_or_default();
                    if let Some(part) = attribute(&tag, "PartName").filter(|_| kind.ends_with(".main+xml")) {
                        let word = kind.contains("wordprocessingml") || kind.contains("ms-word");
                        found.push((part.trim_start_matches('/').to_owned(), word));
                    }
                }
                Event::Eof => return Ok(found),
                _ => {}
            }
        }
    }

    /// The parts that a part refers to. If there is no list of them, the parts in the same folder with their usual
    /// names.
    pub(super) fn related(&mut self, part: &str) -> Result<Related> {
        let (folder, file) = part.rsplit_once('/').unwrap_or(("", part));
        let list = format!("{folder}{}_rels/{file}.rels", if folder.is_empty() { "" } else { "/" });
        let related = self.relations(&list, folder)?;
        if !related.0.is_empty() {
            return Ok(related);
        }
        let usual = ["styles", "footnotes", "endnotes"];
        Ok(Related(usual.map(|kind| (kind.to_owned(), sibling(part, &format!("{kind}.xml")))).to_vec()))
    }

    /// The relations that the part `list` names: their kinds, and the parts.
    fn relations(&mut self, list: &str, folder: &str) -> Result<Related> {
        let Some(relations) = self.part(list)? else { return Ok(Related(Vec::new())) };
        let mut found = Vec::new();
        let mut reader = NsReader::from_str(&relations);
        loop {
            match reader.read_event().map_err(|e| broken(NOT_XML).in_part(list).caused_by(e))? {
                Event::Empty(tag) | Event::Start(tag) => {
                    let kind = attribute(&tag, "Type").unwrap_or_default();
                    let kind = kind.rsplit('/').next().unwrap_or_default().to_owned();
                    let inside = attribute(&tag, "TargetMode").is_none_or(|mode| mode != "External");
                    if let Some(target) = attribute(&tag, "Target").filter(|_| inside && !kind.is_empty()) {
                        found.push((kind, resolved(folder, &target)));
                    }
                }
                Event::Eof => return Ok(Related(found)),
                _ => {}
            }
        }
    }
}

/// The number of parts that the end of the archive gives; `None` if it says that there are very many.
fn count_of(bytes: &[u8]) -> Option<usize> {
    const END: &[u8] = b"PK\x05\x06";
    let at = bytes.windows(END.len()).rposition(|window| window == END)?;
    let count = bytes.get(at + 10..at + 12)?;
    let count = u16::from_le_bytes([count[0], count[1]]);
    (count < u16::MAX).then_some(usize::from(count))
}

/// The parts that a part refers to: their kinds, and their names.
pub(super) struct Related(Vec<(String, String)>);

impl Related {
    /// The first part of a kind.
    pub(super) fn first(&self, kind: &str) -> Option<&str> {
        self.0.iter().find(|(k, _)| k == kind).map(|(_, part)| part.as_str())
    }

    /// All parts of some kinds.
    pub(super) fn all<'a>(&'a self, kinds: &'a [&str]) -> impl Iterator<Item = &'a str> {
        self.0.iter().filter(|(kind, _)| kinds.contains(&kind.as_str())).map(|(_, part)| part.as_str())
    }
}

/// The name of a part that is given as `target` in `folder`. A target that begins with `/` is relative to the root.
fn resolved(folder: &str, target: &str) -> String {
    let start = if target.starts_with('/') { "" } else { folder };
    let mut steps: Vec<&str> = Vec::new();
    for step in start.split('/').chain(target.split('/')) {
        match step {
            "" | "." => {}
            ".." => drop(steps.pop()),
            step => steps.push(step),
        }
    }
    steps.join("/")
}

/// The name of a part that stands beside another.
fn sibling(part: &str, name: &str) -> String {
    let folder = part.rfind('/').map_or("", |k| &part[..=k]);
    format!("{folder}{name}")
}

/// The value of an attribute, whatever its prefix.
pub(super) fn attribute(tag: &BytesStart<'_>, name: &str) -> Option<String> {
    tag.attributes().flatten().find(|a| a.key.local_name().as_ref() == name).map(|a| {
        // An entity that is none stands for itself.
        a.normalized_value(XmlVersion::Implicit1_0)
            .map_or_else(|_| a.value.as_ref().to_owned(), |value| value.into_owned())
    })
}

/// Whether a property is on: `<w:vanish/>`, but not `<w:vanish w:val="0"/>`.
pub(super) fn is_on(tag: &BytesStart<'_>) -> bool {
    !attribute(tag, "val").is_some_and(|value| matches!(value.as_str(), "0" | "false" | "off" | "none"))
}
