//! A bead with all that belongs to it.

use serde::Serialize;

use crate::anchor::AnchorKind;
use crate::text::{Lang, PerLang};

/// A group of segments of one side that belongs to a group of the other; one of them may be empty.
///
/// Both are ascending indices into [`Side::segments`](super::Side::segments), and consecutive in a parallel alignment.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Bead {
    /// English segments.
    pub en: Vec<usize>,
    /// Chinese segments.
    pub zh: Vec<usize>,
    /// Posterior probability of the bead, 0 to 1.
    pub confidence: f64,
}

impl Bead {
    /// A segment without counterpart.
    pub fn one_sided(lang: Lang, segment: usize, confidence: f64) -> Bead {
        let PerLang { en, zh } = PerLang::of(lang, vec![segment], Vec::new());
        Bead { en, zh, confidence }
    }

    /// The segments of a side.
    pub fn side(&self, lang: Lang) -> &[usize] {
        match lang {
            Lang::En => &self.en,
            Lang::Zh => &self.zh,
        }
    }

    /// Whether a side has no segment.
    pub fn is_one_sided(&self) -> bool {
        self.en.is_empty() || self.zh.is_empty()
    }
}

/// A bead with all that belongs to it.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct Entry {
    /// The segments, and how sure it is that they belong together.
    pub bead: Bead,
    /// What both sides have in common.
    pub anchors: Vec<SharedAnchor>,
    /// Whether one person speaks on both sides; `None` where a side names nobody.
    pub same_speaker: Option<bool>,
    /// Whether it breaks the order of a parallel alignment.
    pub moved: bool,
    /// Beads of single segments inside it, where linked passages say the same sentence by sentence.
    pub sentences: Vec<Bead>,
    /// Its number among all, those that were left out included.
    pub(crate) id: usize,
}

impl From<Bead> for Entry {
    fn from(bead: Bead) -> Entry {
        Entry { bead, anchors: Vec::new(), same_speaker: None, moved: false, sentences: Vec::new(), id: 0 }
    }
}

/// A segment of a bead with two sides of which the other side may say nothing.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
pub struct Omission {
    /// Its side.
    pub lang: Lang,
    /// Its index in [`Side::segments`](super::Side::segments).
    pub segment: usize,
    /// How likely it is that the other side leaves it out, 0 to 1, in a text that leaves out one sentence in twenty.
    pub probability: f64,
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
