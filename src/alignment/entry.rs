//! A bead and everything that belongs to it.

use serde::{Deserialize, Serialize};

use crate::anchor::AnchorKind;
use crate::text::{Lang, PerLang};

/// A group of segments on one side and the group on the other side that it belongs to. One of the groups may be empty.
///
/// Both are ascending indices into [`Side::segments`](super::Side::segments). In a parallel alignment they are also
/// consecutive.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Bead {
    /// English segments.
    pub en: Vec<usize>,
    /// Chinese segments.
    pub zh: Vec<usize>,
    /// The posterior probability of the bead, from 0 to 1.
    pub confidence: f64,
}

impl Bead {
    /// Creates a bead for a segment that has no counterpart.
    #[doc(hidden)]
    pub fn one_sided(lang: Lang, segment: usize, confidence: f64) -> Bead {
        let PerLang { en, zh } = PerLang::of(lang, vec![segment], Vec::new());
        Bead { en, zh, confidence }
    }

    /// The segments on one side.
    #[doc(hidden)]
    pub fn side(&self, lang: Lang) -> &[usize] {
        match lang {
            Lang::En => &self.en,
            Lang::Zh => &self.zh,
        }
    }

    /// Whether one side has no segment.
    #[doc(hidden)]
    pub fn is_one_sided(&self) -> bool {
        self.en.is_empty() || self.zh.is_empty()
    }
}

/// A bead and everything that belongs to it.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct Entry {
    /// The segments, and the confidence that they belong together.
    pub bead: Bead,
    /// The anchors and words that both sides share.
    pub anchors: Vec<SharedAnchor>,
    /// Whether the same person speaks on both sides; `None` if one side has no speaker.
    pub same_speaker: Option<bool>,
    /// Whether the bead breaks the order of a parallel alignment.
    pub moved: bool,
    /// Beads of single segments inside this bead, where linked passages match sentence by sentence.
    pub sentences: Vec<Bead>,
    /// The position among all beads, including those that were left out.
    pub(crate) id: usize,
}

impl From<Bead> for Entry {
    fn from(bead: Bead) -> Entry {
        Entry { bead, anchors: Vec::new(), same_speaker: None, moved: false, sentences: Vec::new(), id: 0 }
    }
}

/// A segment of a two-sided bead that the other side may have left out.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
#[non_exhaustive]
pub struct Omission {
    /// The side of the segment.
    pub lang: Lang,
    /// The index of the segment in [`Side::segments`](super::Side::segments).
    pub segment: usize,
    /// The probability that the other side leaves the segment out, from 0 to 1, in a text that leaves out one sentence
    /// in twenty.
    pub probability: f64,
}

/// Something that both sides of a pair contain.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct SharedAnchor {
    /// The kind of anchor.
    pub kind: AnchorKind,
    /// The place on the English side.
    pub en: Span,
    /// The place on the Chinese side.
    pub zh: Span,
    /// The value of a number, as an exact decimal.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub value: Option<String>,
    /// The unit of the number; see [`crate::anchor::Mention::unit`].
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub unit: Option<String>,
}

/// A place in a caller's input.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct Span {
    /// The first byte.
    pub start: usize,
    /// The byte after the last one.
    pub end: usize,
    /// The words at this place, without markup.
    pub text: String,
}

#[cfg(feature = "train")]
#[doc(hidden)]
impl SharedAnchor {
    /// An anchor without a value.
    pub fn new(kind: AnchorKind, en: Span, zh: Span) -> SharedAnchor {
        SharedAnchor { kind, en, zh, value: None, unit: None }
    }
}

#[cfg(feature = "train")]
#[doc(hidden)]
impl Span {
    /// The words as the file has them.
    pub fn new(start: usize, text: &str) -> Span {
        Span { start, end: start + text.len(), text: text.to_owned() }
    }
}
