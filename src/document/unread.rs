//! A text that is not a document yet. The parts that decide its language are read only once.

use super::reader::{self, Cues};
use super::{Document, Format, build, timed};
use crate::error::Result;
use crate::text::{Lang, Source, detect_lang};

/// A text whose cues have been read, if it has times.
pub(crate) struct Unread {
    pub(super) source: Source,
    pub(super) format: Format,
    pub(super) cues: Option<Cues>,
}

impl Unread {
    /// A text that is in a format.
    pub(crate) fn new(source: Source, format: Format) -> Unread {
        let cues = reader::cues(&source, format);
        Unread { source, format, cues }
    }

    /// The text.
    pub(crate) fn source(&self) -> &Source {
        &self.source
    }

    /// [`Document::language`].
    pub(crate) fn language(&self) -> Option<Lang> {
        language(&self.source, self.cues.as_ref())
    }

    /// Builds the document. If `lang` is given, the whole text is in that language.
    ///
    /// # Errors
    /// Those of [`Document::read`].
    pub(crate) fn read(self, lang: Option<Lang>) -> Result<Document> {
        build::build(self, lang, build::Labels::Read)
    }

    /// Returns the text, so that it can be read in another format.
    pub(crate) fn into_source(self) -> Source {
        self.source
    }
}

/// The language of a text with these cues, if it has times.
pub(super) fn language(source: &Source, cues: Option<&Cues>) -> Option<Lang> {
    match cues {
        Some(Cues { cues: Ok(cues), .. }) => timed::lang(cues),
        _ => detect_lang(source.text()),
    }
}
