//! One language of the input, and what is found in its words.

use std::sync::{Arc, OnceLock};

use crate::anchor::{Mention, mentions};
use crate::document::{Document, Segment};
use crate::text::Lang;

/// One language of the input: a document and those of its segments that are in the language.
///
/// Copies are cheap: they share the document, the list of segments and what was found in them.
#[derive(Clone, Debug)]
pub struct Side {
    /// The document; both sides share one where an article mixes both languages.
    pub document: Arc<Document>,
    /// Indices into the document's segments, ascending.
    pub segments: Arc<[usize]>,
    found: Arc<[Found]>,
}

/// What is found in a segment, each thing when it is first asked for.
#[derive(Debug, Default)]
struct Found {
    mentions: OnceLock<Vec<Mention>>,
}

impl Side {
    /// These segments of a document.
    pub fn new(document: Arc<Document>, segments: Vec<usize>) -> Side {
        let found = segments.iter().map(|_| Found::default()).collect();
        Side { document, segments: segments.into(), found }
    }

    /// All segments of a document, whatever their language.
    pub fn whole(document: Arc<Document>) -> Side {
        let segments = (0..document.segments().len()).collect();
        Side::new(document, segments)
    }

    /// The segments of a document that are in `lang`.
    pub fn of_lang(document: Arc<Document>, lang: Lang) -> Side {
        let segments = document.segments().iter().filter(|s| s.lang == lang).map(|s| s.index).collect();
        Side::new(document, segments)
    }

    /// Segment `i` of the side.
    ///
    /// # Panics
    /// If `i` is not less than the number of segments. The indices in the beads of an [`Alignment`](super::Alignment) are always less.
    pub fn segment(&self, i: usize) -> &Segment {
        &self.document.segments()[self.segments[i]]
    }

    /// Number of segments.
    pub fn len(&self) -> usize {
        self.segments.len()
    }

    /// Whether there are no segments.
    pub fn is_empty(&self) -> bool {
        self.segments.is_empty()
    }

    /// The words of all segments.
    pub(crate) fn texts(&self) -> Vec<&str> {
        (0..self.len()).map(|i| self.segment(i).text.as_str()).collect()
    }

    /// The numbers and names in segment `i`, read once; `lang` is the language of the side.
    pub(crate) fn mentions(&self, i: usize, lang: Lang) -> &[Mention] {
        self.found[i].mentions.get_or_init(|| mentions(&self.segment(i).text, lang))
    }
}
