//! One language of the input, and the numbers and names in it.

use std::sync::{Arc, OnceLock};

use crate::anchor::{Mention, mentions};
use crate::document::{Document, Segment};
use crate::text::Lang;

/// One language of the input: a document and its segments in this language.
///
/// Clones are cheap. They share the document, the list of segments, and the numbers and names that were found.
#[derive(Clone, Debug)]
pub struct Side {
    /// The document. Both sides share one document if an article mixes both languages.
    pub document: Arc<Document>,
    /// Ascending indices into the document's segments.
    pub segments: Arc<[usize]>,
    found: Arc<[Found]>,
}

/// What was found in a segment. Each part is computed on first use.
#[derive(Debug, Default)]
struct Found {
    mentions: OnceLock<Vec<Mention>>,
}

impl Side {
    /// Creates a side from these segments of a document.
    pub fn new(document: Arc<Document>, segments: Vec<usize>) -> Side {
        let found = segments.iter().map(|_| Found::default()).collect();
        Side { document, segments: segments.into(), found }
    }

    /// Creates a side from all segments of a document, in any language.
    pub fn whole(document: Arc<Document>) -> Side {
        let segments = (0..document.segments().len()).collect();
        Side::new(document, segments)
    }

    /// Creates a side from the segments of a document that are in `lang`.
    pub fn of_lang(document: Arc<Document>, lang: Lang) -> Side {
        let segments = document.segments().iter().filter(|s| s.lang == lang).map(|s| s.index).collect();
        Side::new(document, segments)
    }

    /// Returns segment `i` of the side.
    ///
    /// # Panics
    /// Panics if `i` is not less than the number of segments. The indices in the beads of an
    /// [`Alignment`](super::Alignment) are always less.
    pub fn segment(&self, i: usize) -> &Segment {
        &self.document.segments()[self.segments[i]]
    }

    /// Returns the number of segments.
    pub fn len(&self) -> usize {
        self.segments.len()
    }

    /// Returns whether there are no segments.
    pub fn is_empty(&self) -> bool {
        self.segments.is_empty()
    }

    /// Returns the texts of all segments.
    pub(crate) fn texts(&self) -> Vec<&str> {
        (0..self.len()).map(|i| self.segment(i).text.as_str()).collect()
    }

    /// Returns the numbers and names in segment `i`. They are read only once. `lang` is the language of the side.
    pub(crate) fn mentions(&self, i: usize, lang: Lang) -> &[Mention] {
        self.found[i].mentions.get_or_init(|| mentions(&self.segment(i).text, lang))
    }
}
