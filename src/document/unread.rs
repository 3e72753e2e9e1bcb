//! A text on its way to a document. What tells its language is not read twice.

use super::timed::Timed;
use super::{Document, Format, build};
use crate::error::Result;
use crate::text::{Lang, Source, detect_lang};

/// A text whose cues are read, where it has times, and nothing else.
pub(crate) struct Unread {
    pub(super) source: Source,
    pub(super) format: Format,
    pub(super) timed: Result<Option<Timed>>,
}

impl Unread {
    /// A text that is in a format.
    pub(crate) fn new(source: Source, format: Format) -> Unread {
        let timed = Timed::read(&source, format);
        Unread { source, format, timed }
    }

    /// The text.
    pub(crate) fn source(&self) -> &Source {
        &self.source
    }

    /// [`Document::language`].
    pub(crate) fn language(&self) -> Option<Lang> {
        match &self.timed {
            Ok(Some(timed)) => timed.lang(),
            _ => detect_lang(self.source.text()),
        }
    }

    /// The document; with `lang`, all of it is in that language.
    ///
    /// # Errors
    /// Those of [`Document::read`].
    pub(crate) fn read(self, lang: Option<Lang>) -> Result<Document> {
        build::build(self, lang)
    }

    /// The text in another format than the one that its language was looked for in.
    pub(crate) fn into_source(self) -> Source {
        self.source
    }
}
