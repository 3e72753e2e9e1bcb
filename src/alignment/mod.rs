//! The result: beads over two sides, and the views that a caller reads.

use std::ops::Range;
use std::sync::Arc;

use serde::Serialize;

use crate::anchor::AnchorKind;
use crate::document::{Document, Label, Segment};
use crate::text::Lang;

/// How the two sides relate.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Relation {
    /// One translates the other, in order: every segment is in exactly one bead.
    Parallel,
    /// Both speak of the same things: passages are linked without order; a passage may have several links or none.
    Comparable,
}

/// A group of segments of one side that belongs to a group of the other; one of them may be empty.
///
/// Both are ascending indices into [`Side::segments`], and consecutive in a parallel alignment.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Bead {
    /// English segments.
    pub en: Vec<usize>,
    /// Chinese segments.
    pub zh: Vec<usize>,
    /// Posterior probability of the bead, 0 to 1.
    pub confidence: f64,
}

/// One language of the input: a document and those of its segments that are in the language.
#[derive(Clone, Debug)]
pub struct Side {
    /// The document; both sides share one where an article mixes both languages.
    pub document: Arc<Document>,
    /// Indices into the document's segments, ascending.
    pub segments: Vec<usize>,
}

impl Side {
    /// Segment `i` of the side.
    pub fn segment(&self, i: usize) -> &Segment {
        &self.document.segments()[self.segments[i]]
    }
}

/// Something that both sides of a pair have.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct SharedAnchor {
    /// Kind.
    pub kind: AnchorKind,
    /// Where it stands on the English side.
    pub en: Span,
    /// Where it stands on the Chinese side.
    pub zh: Span,
    /// The value of a number, as an exact decimal.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub value: Option<String>,
    /// Its unit; see [`crate::anchor::Mention::unit`].
    #[serde(skip_serializing_if = "Option::is_none")]
    pub unit: Option<String>,
}

/// A place in a caller's input.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Span {
    /// First byte.
    pub start: usize,
    /// Byte behind the last one.
    pub end: usize,
    /// The words there, without markup.
    pub text: String,
}

/// The outcome of an alignment.
#[derive(Clone, Debug)]
pub struct Alignment {
    pub(crate) en: Side,
    pub(crate) zh: Side,
    /// The side that the caller gave first.
    pub(crate) first: Lang,
    pub(crate) relation: Relation,
    /// In order of the text; in the comparable relation by the Chinese side, then what has no counterpart.
    pub(crate) beads: Vec<Bead>,
    /// Shared anchors of each bead.
    pub(crate) anchors: Vec<Vec<SharedAnchor>>,
    /// Whether the speakers of each bead are one person; `None` where a side names none.
    pub(crate) same_speaker: Vec<Option<bool>>,
}

impl Alignment {
    /// One side.
    pub fn side(&self, lang: Lang) -> &Side {
        match lang {
            Lang::En => &self.en,
            Lang::Zh => &self.zh,
        }
    }

    /// Language of the text that the caller gave first.
    pub fn first(&self) -> Lang {
        self.first
    }

    /// How the sides relate.
    pub fn relation(&self) -> Relation {
        self.relation
    }

    /// The beads.
    pub fn beads(&self) -> &[Bead] {
        &self.beads
    }

    /// The beads with all that belongs to them, in the same order.
    pub fn pairs(&self) -> impl ExactSizeIterator<Item = Pair<'_>> {
        (0..self.beads.len()).map(|index| Pair { alignment: self, index })
    }

    /// Mean confidence over the segments of both sides, 0 to 1; 1 for an empty alignment.
    pub fn confidence(&self) -> f64 {
        let weigh = |b: &Bead| (b.en.len() + b.zh.len()) as f64;
        let total: f64 = self.beads.iter().map(weigh).sum();
        if total == 0.0 {
            return 1.0;
        }
        self.beads.iter().map(|b| weigh(b) * b.confidence).sum::<f64>() / total
    }
}

/// A bead with its texts, speakers and anchors.
#[derive(Clone, Copy, Debug)]
pub struct Pair<'a> {
    alignment: &'a Alignment,
    index: usize,
}

impl<'a> Pair<'a> {
    fn bead(&self) -> &'a Bead {
        &self.alignment.beads[self.index]
    }

    /// Position among the pairs, from 0.
    pub fn id(&self) -> usize {
        self.index
    }

    /// The English half.
    pub fn en(&self) -> Half<'a> {
        Half { side: &self.alignment.en, segments: &self.bead().en, lang: Lang::En }
    }

    /// The Chinese half.
    pub fn zh(&self) -> Half<'a> {
        Half { side: &self.alignment.zh, segments: &self.bead().zh, lang: Lang::Zh }
    }

    /// The half in a language.
    pub fn half(&self, lang: Lang) -> Half<'a> {
        match lang {
            Lang::En => self.en(),
            Lang::Zh => self.zh(),
        }
    }

    /// Numbers of segments, the caller's first side first: `1-2`.
    pub fn shape(&self) -> String {
        let (a, b) = (self.half(self.alignment.first), self.half(self.alignment.first.other()));
        format!("{}-{}", a.len(), b.len())
    }

    /// Posterior probability of the bead, 0 to 1.
    pub fn confidence(&self) -> f64 {
        self.bead().confidence
    }

    /// What both halves have in common.
    pub fn anchors(&self) -> &'a [SharedAnchor] {
        &self.alignment.anchors[self.index]
    }

    /// Whether both halves are said by the same person; `None` where a half is empty or names nobody.
    pub fn same_speaker(&self) -> Option<bool> {
        self.alignment.same_speaker[self.index]
    }
}

/// One half of a pair: consecutive segments of a side, or none.
#[derive(Clone, Copy, Debug)]
pub struct Half<'a> {
    side: &'a Side,
    segments: &'a [usize],
    lang: Lang,
}

impl<'a> Half<'a> {
    /// Number of segments.
    pub fn len(&self) -> usize {
        self.segments.len()
    }

    /// Whether the other half has no counterpart.
    pub fn is_empty(&self) -> bool {
        self.segments.is_empty()
    }

    /// The segments, in order.
    pub fn segments(&self) -> impl ExactSizeIterator<Item = &'a Segment> + use<'a> {
        let side = self.side;
        self.segments.iter().map(move |&i| side.segment(i))
    }

    /// The words of all segments, apart by a space in English.
    pub fn text(&self) -> String {
        let texts: Vec<&str> = self.segments().map(|s| s.text.as_str()).collect();
        texts.join(if self.lang == Lang::En { " " } else { "" })
    }

    /// Bytes of the caller's input from the first segment to the last one, gaps between them included.
    pub fn range(&self) -> Option<Range<usize>> {
        let first = self.segments().next()?;
        Some(first.range.start..self.segments().last()?.range.end)
    }

    /// Who says the first segment, where that is known.
    pub fn speaker(&self) -> Option<&'a Label> {
        self.side.document.speaker(self.segments().next()?.index)
    }
}
