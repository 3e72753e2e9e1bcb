//! The zip archive around a document.

use std::io::{Cursor, Read};

use quick_xml::events::{BytesStart, Event};
use quick_xml::{NsReader, XmlVersion};
use zip::ZipArchive;

use super::{NOT_XML, broken};
use crate::error::Result;
use crate::limits::{Limit, Limits};
use crate::text::encoding::decode;

/// Bytes that any part may have, whatever the ratio.
const ANY_RATIO: u64 = 4 << 20;

/// The part that the document stands in, unless the package says otherwise.
const MAIN: &str = "word/document.xml";

/// The part that names the main document part.
const RELATIONS: &str = "_rels/.rels";

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
    pub(super) fn main_part(&mut self) -> Result<String> {
        let Some(relations) = self.part(RELATIONS)? else { return Ok(MAIN.to_owned()) };
        let mut reader = NsReader::from_str(&relations);
        loop {
            match reader.read_event().map_err(|e| broken(NOT_XML).in_part(RELATIONS).caused_by(e))? {
                Event::Empty(tag) | Event::Start(tag) => {
                    if attribute(&tag, "Type").is_some_and(|kind| kind.ends_with("/officeDocument"))
                        && let Some(target) = attribute(&tag, "Target")
                    {
                        return Ok(target.trim_start_matches('/').to_owned());
                    }
                }
                Event::Eof => return Ok(MAIN.to_owned()),
                _ => {}
            }
        }
    }
}

/// The name of a part that stands beside another.
pub(super) fn sibling(part: &str, name: &str) -> String {
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
