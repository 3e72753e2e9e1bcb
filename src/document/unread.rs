//! A text whose content has been read, but that is not a document yet. Its language is decided by the prose in it.

use super::block::BlockKind;
use super::left_out::Notes;
use super::reader::{self, Content};
use super::{Document, Format, build};
use crate::error::Result;
use crate::text::{Lang, Prose, Source};

/// A text with its content.
pub(crate) struct Unread {
    pub(super) source: Source,
    /// The format, the content and what is left out, or the reason why the text cannot be read.
    pub(super) content: Result<(Format, Content, Notes)>,
    prose: Prose,
}

impl Unread {
    /// Reads the content of a text that is in a format. If it cannot be read, [`Unread::read`] says why.
    pub(crate) fn new(source: Source, format: Format) -> Unread {
        let content = reader::read(&source, format);
        let prose = content.as_ref().map(|(_, content, _)| prose(content, &source)).unwrap_or_default();
        Unread { source, content, prose }
    }

    /// The text.
    pub(crate) fn source(&self) -> &Source {
        &self.source
    }

    /// Returns how much of the text is in each language. It is empty if the text cannot be read.
    pub(crate) fn prose(&self) -> &Prose {
        &self.prose
    }

    /// Builds the document. If `lang` is given, the whole text is in that language.
    ///
    /// Returns the errors of [`Document::read`], except those for other languages.
    pub(crate) fn read(self, lang: Option<Lang>) -> Result<Document> {
        build::build(self, lang, build::Labels::Read)
    }

    /// Returns the text, so that it can be read in another format.
    pub(crate) fn into_source(self) -> Source {
        self.source
    }
}

/// The prose of a text. Code is not prose.
fn prose(content: &Content, source: &Source) -> Prose {
    let mut prose = Prose::default();
    match content {
        Content::Blocks(blocks) => {
            // A text may be code only, or a transcript that is set as code.
            let only_code = blocks.iter().all(|block| block.kind == BlockKind::Code);
            let text = blocks.iter().filter(|block| only_code || block.kind != BlockKind::Code);
            text.for_each(|block| prose.add(block.text.text()));
        }
        Content::Cues(cues) => cues.iter().flat_map(|cue| cue.texts()).for_each(|text| prose.add(text)),
        Content::Units(_) | Content::Lines => source.text().lines().for_each(|line| prose.add(line)),
    }
    prose
}
