//! The result: beads over two sides, and the views that a caller reads.

mod bitext;
mod entry;
mod pair;
mod pins;
mod record;
mod rules;
mod side;
mod structure;

pub use entry::{Bead, Entry, Omission, SharedAnchor, Span};
pub use pair::{Half, Pair};
#[cfg(feature = "html")]
pub(crate) use pins::file_name;
pub use pins::{Pin, Pins};
pub(crate) use record::rounded;
pub use record::{SavedPair, SavedSegment, SavedSpeaker};
pub use side::Side;
pub(crate) use structure::is_section;
pub use structure::{Part, Structure};

use std::sync::Arc;

use serde::{Deserialize, Serialize};

use crate::anchor::speaker::Speaker;
use crate::error::{Error, Result};
use crate::text::{Lang, PerLang};

/// How the two sides relate.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
#[non_exhaustive]
pub enum Relation {
    /// One translates the other, in order: every segment is in exactly one bead.
    Parallel,
    /// Both speak of the same things: passages are linked without order; a passage may have several links or none.
    Comparable,
}

/// The outcome of an alignment.
#[derive(Clone, Debug)]
pub struct Alignment {
    pub(crate) sides: PerLang<Side>,
    /// The side that the caller gave first.
    pub(crate) first: Lang,
    pub(crate) relation: Relation,
    /// The beads in text order. A moved bead is placed by its English side. In the comparable relation the order is
    /// that of the Chinese side, and beads without a counterpart come last.
    pub(crate) entries: Vec<Entry>,
    /// Who is who.
    pub(crate) speakers: Vec<Speaker>,
    /// Confidence of the whole.
    pub(crate) confidence: f64,
    /// How many beads were left out for want of confidence.
    pub(crate) left_out: usize,
    /// Segments that a bead may have taken in though they have no counterpart, in the order of the beads.
    pub(crate) omissions: Vec<Omission>,
    /// How the sides seem to relate.
    pub(crate) detected: Relation,
    /// The parts of both documents, if passages are linked.
    pub(crate) structure: Option<PerLang<Arc<Structure>>>,
}

impl Alignment {
    /// Creates an alignment from beads, or from entries that have more details.
    ///
    /// Every alignment follows these rules:
    /// - The segments of a side exist in its document and ascend.
    /// - The indices of a bead exist in its side and ascend, and no bead is empty on both sides.
    /// - In [`Relation::Parallel`] each segment is in exactly one bead. The beads follow the English order. The beads
    ///   that are not [moved](Entry::moved) also follow the Chinese order. A moved bead has segments on both sides.
    /// - In [`Relation::Comparable`] no bead is moved.
    /// - The [sentences](Entry::sentences) of a bead contain segments of that bead, each at most once.
    /// - The confidences are from 0 to 1.
    ///
    /// # Errors
    /// [`crate::ErrorKind::Argument`] that names the first bead that breaks a rule.
    #[doc(hidden)]
    pub fn new(
        sides: PerLang<Side>,
        first: Lang,
        relation: Relation,
        entries: Vec<impl Into<Entry>>,
    ) -> Result<Alignment> {
        let mut entries: Vec<Entry> = entries.into_iter().map(Into::into).collect();
        for (id, entry) in entries.iter_mut().enumerate() {
            entry.id = id;
        }
        rules::check(sides.as_ref(), relation, &entries)?;
        Ok(Alignment {
            sides,
            first,
            relation,
            confidence: mean_confidence(&entries),
            entries,
            speakers: Vec::new(),
            left_out: 0,
            omissions: Vec::new(),
            detected: relation,
            structure: None,
        })
    }

    /// The same alignment with another confidence of the whole, brought into 0 to 1.
    #[doc(hidden)]
    pub fn with_confidence(mut self, confidence: f64) -> Alignment {
        self.confidence = if confidence.is_nan() { 0.0 } else { confidence.clamp(0.0, 1.0) };
        self
    }

    /// The alignment without the pairs that are less sure than `confidence`: what a translation memory is fed with. Pairs
    /// without counterpart stay where it is sure that they have none. The others keep their [`Pair::id`]; segments of pairs
    /// that are left out are in no bead then, and [`Alignment::left_out`] counts the pairs.
    ///
    /// # Errors
    /// [`crate::ErrorKind::Argument`] for a confidence outside 0 to 1.
    pub fn at_least(mut self, confidence: f64) -> Result<Alignment> {
        if !(0.0..=1.0).contains(&confidence) {
            let what = format!("{confidence} is not a confidence; give a number from 0 to 1, for example 0.8");
            return Err(Error::argument("confidence", what));
        }
        let all = self.entries.len();
        self.entries.retain(|entry| entry.bead.confidence >= confidence);
        self.left_out += all - self.entries.len();
        Ok(self)
    }

    /// How many pairs [`Alignment::at_least`] has left out.
    #[doc(hidden)]
    pub fn left_out(&self) -> usize {
        self.left_out
    }

    /// Segments of beads with two sides of which one may be left out on the other, as far as that is not improbable.
    #[doc(hidden)]
    pub fn omissions(&self) -> &[Omission] {
        &self.omissions
    }

    /// The speakers of both sides: under which names each stands, and why they are held to be one.
    pub fn speakers(&self) -> &[Speaker] {
        &self.speakers
    }

    /// One side.
    #[doc(hidden)]
    pub fn side(&self, lang: Lang) -> &Side {
        &self.sides[lang]
    }

    /// Language of the text that the caller gave first.
    pub fn first(&self) -> Lang {
        self.first
    }

    /// How the sides relate.
    pub fn relation(&self) -> Relation {
        self.relation
    }

    /// How the sides seem to relate, whatever was asked for; [`Alignment::relation`] where nobody asked.
    #[doc(hidden)]
    pub fn detected(&self) -> Relation {
        self.detected
    }

    /// The parts of a side's document, where passages are linked.
    #[doc(hidden)]
    pub fn structure(&self, lang: Lang) -> Option<&Structure> {
        self.structure.as_ref().map(|both| both[lang].as_ref())
    }

    /// The beads, each with everything that belongs to it.
    #[doc(hidden)]
    pub fn entries(&self) -> &[Entry] {
        &self.entries
    }

    /// The beads.
    #[doc(hidden)]
    pub fn beads(&self) -> impl ExactSizeIterator<Item = &Bead> + DoubleEndedIterator + Clone {
        self.entries.iter().map(|entry| &entry.bead)
    }

    /// The beads as pairs, in the same order.
    pub fn pairs(&self) -> impl ExactSizeIterator<Item = Pair<'_>> {
        self.entries.iter().map(|entry| Pair { alignment: self, entry })
    }

    /// How many pairs have no counterpart on the other side.
    #[cfg(feature = "train")]
    #[doc(hidden)]
    pub fn one_sided(&self) -> usize {
        self.pairs().filter(Pair::is_one_sided).count()
    }

    /// How sure the alignment is as a whole, 0 to 1: near the share of segments that are in right beads, and near 0 where the
    /// two texts do not say the same. One that was made by [`Alignment::new`] alone has the mean over the segments of both
    /// sides; 1 if it is empty.
    pub fn confidence(&self) -> f64 {
        self.confidence
    }
}

/// Mean confidence over the segments of both sides, 0 to 1; 1 without any.
fn mean_confidence(entries: &[Entry]) -> f64 {
    let beads = || entries.iter().map(|entry| &entry.bead);
    let weigh = |b: &Bead| (b.en.len() + b.zh.len()) as f64;
    let total: f64 = beads().map(weigh).sum();
    if total == 0.0 {
        return 1.0;
    }
    beads().map(|b| weigh(b) * b.confidence).sum::<f64>() / total
}
