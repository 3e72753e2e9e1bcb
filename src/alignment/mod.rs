//! The result: beads over two sides, and the views that a caller reads.

#[cfg(feature = "xml")]
mod bitext;
mod pair;
mod pins;
mod record;
mod structure;

pub use pair::{Half, Pair};
#[cfg(feature = "html")]
pub(crate) use pins::file_name;
pub use pins::{Pin, PinnedSide, Pins};
pub(crate) use record::{Speakers, rounded};
pub(crate) use structure::is_section;
pub use structure::{Part, Structure};

use std::sync::Arc;

use serde::Serialize;

use crate::anchor::AnchorKind;
use crate::anchor::speaker::Speaker;
use crate::document::{Document, Segment};
use crate::error::{Error, Result};
use crate::text::{Lang, PerLang};

/// How the two sides relate.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Relation {
    /// One translates the other, in order: every segment is in exactly one bead.
    Parallel,
    /// Both speak of the same things: passages are linked without order; a passage may have several links or none.
    Comparable,
    /// Of a pair in a parallel alignment: it breaks the order, since its passage stands elsewhere on the other side.
    Moved,
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

/// One language of the input: a document and those of its segments that are in the language.
#[derive(Clone, Debug)]
pub struct Side {
    /// The document; both sides share one where an article mixes both languages.
    pub document: Arc<Document>,
    /// Indices into the document's segments, ascending.
    pub segments: Vec<usize>,
}

impl Side {
    /// All segments of a document, whatever their language.
    pub fn whole(document: Arc<Document>) -> Side {
        Side { segments: (0..document.segments().len()).collect(), document }
    }

    /// The segments of a document that are in `lang`.
    pub fn of_lang(document: Arc<Document>, lang: Lang) -> Side {
        let segments = document.segments().iter().filter(|s| s.lang == lang).map(|s| s.index).collect();
        Side { document, segments }
    }

    /// Segment `i` of the side.
    ///
    /// # Panics
    /// If there is none; the indices in the beads of an [`Alignment`] always have one.
    pub fn segment(&self, i: usize) -> &Segment {
        &self.document.segments()[self.segments[i]]
    }

    /// The words of all segments.
    pub(crate) fn texts(&self) -> Vec<&str> {
        (0..self.segments.len()).map(|i| self.segment(i).text.as_str()).collect()
    }
}

/// A segment of a bead with two sides of which the other side may say nothing.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
pub struct Omission {
    /// Its side.
    pub lang: Lang,
    /// Its index in [`Side::segments`].
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

/// The outcome of an alignment.
#[derive(Clone, Debug)]
pub struct Alignment {
    pub(crate) sides: PerLang<Side>,
    /// The side that the caller gave first.
    pub(crate) first: Lang,
    pub(crate) relation: Relation,
    /// In order of the text, of the English one where a bead is moved; in the comparable relation by the Chinese side, then what has no counterpart.
    pub(crate) beads: Vec<Bead>,
    /// Shared anchors of each bead.
    pub(crate) anchors: Vec<Vec<SharedAnchor>>,
    /// Whether the speakers of each bead are one person; `None` where a side names none.
    pub(crate) same_speaker: Vec<Option<bool>>,
    /// Who is who.
    pub(crate) speakers: Vec<Speaker>,
    /// Confidence of the whole.
    pub(crate) confidence: f64,
    /// Numbers of the beads.
    pub(crate) ids: Vec<usize>,
    /// Which beads break the order.
    pub(crate) moved: Vec<bool>,
    /// How many beads were left out for want of confidence.
    pub(crate) left_out: usize,
    /// Segments that a bead may have taken in though they have no counterpart, in the order of the beads.
    pub(crate) omissions: Vec<Omission>,
    /// Of each bead the segments inside it that say the same.
    pub(crate) sentences: Vec<Vec<Bead>>,
    /// How the sides seem to relate.
    pub(crate) detected: Relation,
    /// Parts of both documents, where passages are linked.
    pub(crate) structure: Option<PerLang<Arc<Structure>>>,
}

impl Alignment {
    /// An alignment from its beads, without anchors and without a word on whether speakers are the same.
    ///
    /// What must hold, and then holds for every alignment:
    /// - the segments of a side exist in its document and ascend;
    /// - the indices of a bead exist in its side and ascend, and no bead is empty on both sides;
    /// - in [`Relation::Parallel`] the beads run through both sides in order, each segment in exactly one of them;
    /// - the confidences lie in 0 to 1.
    ///
    /// # Errors
    /// [`Error::Option`] that names the first bead that breaks a rule.
    pub fn new(sides: PerLang<Side>, first: Lang, relation: Relation, beads: Vec<Bead>) -> Result<Alignment> {
        let wrong = |what: String| Error::Option { option: "beads", what };
        if relation == Relation::Moved {
            return Err(wrong(
                "only pairs are moved; give the relation of the texts, or use Alignment::rearranged".to_owned(),
            ));
        }
        for side in sides.iter() {
            if !ascend(&side.segments) || side.segments.last().is_some_and(|&i| i >= side.document.segments().len()) {
                return Err(wrong("a side's segments must exist in its document, in ascending order".to_owned()));
            }
        }
        let mut next = PerLang::<usize>::default();
        for (k, bead) in beads.iter().enumerate() {
            if bead.en.is_empty() && bead.zh.is_empty() {
                return Err(wrong(format!("bead {k} is empty on both sides")));
            }
            if !(0.0..=1.0).contains(&bead.confidence) {
                return Err(wrong(format!("bead {k} has the confidence {}, outside 0 to 1", bead.confidence)));
            }
            for lang in Lang::ALL {
                let (side, indices, next) = (&sides[lang], bead.side(lang), &mut next[lang]);
                if !ascend(indices) || indices.last().is_some_and(|&i| i >= side.segments.len()) {
                    return Err(wrong(format!("bead {k}: indices must exist in the side, in ascending order")));
                }
                let in_order = indices.iter().enumerate().all(|(j, &i)| i == *next + j);
                if relation == Relation::Parallel && !in_order {
                    return Err(wrong(format!("bead {k} leaves out or repeats a segment, or is out of order")));
                }
                *next += indices.len();
            }
        }
        if relation == Relation::Parallel && next != sides.as_ref().map(|side| side.segments.len()) {
            return Err(wrong("the last segments are in no bead".to_owned()));
        }
        let (anchors, same_speaker) = (vec![Vec::new(); beads.len()], vec![None; beads.len()]);
        let (confidence, ids) = (mean_confidence(&beads), (0..beads.len()).collect());
        let (speakers, moved) = (Vec::new(), vec![false; beads.len()]);
        let (left_out, sentences) = (0, vec![Vec::new(); beads.len()]);
        Ok(Alignment {
            sides,
            first,
            relation,
            beads,
            anchors,
            same_speaker,
            speakers,
            confidence,
            ids,
            moved,
            left_out,
            omissions: Vec::new(),
            sentences,
            detected: relation,
            structure: None,
        })
    }

    /// A parallel alignment of which some beads break the order: `moved` says of each whether it does. All beads stand in
    /// English order, Chinese ones without counterpart between them; each segment is in exactly one bead, and the beads that
    /// do not break the order run through both sides in order.
    ///
    /// # Errors
    /// As [`Alignment::new`]; also [`Error::Option`] where `moved` has not one entry a bead or a moved bead is one-sided.
    pub fn rearranged(sides: PerLang<Side>, first: Lang, beads: Vec<Bead>, moved: Vec<bool>) -> Result<Alignment> {
        let wrong = |what: String| Err(Error::Option { option: "beads", what });
        if moved.len() != beads.len() {
            return wrong(format!("{} beads, but {} words on whether they are moved", beads.len(), moved.len()));
        }
        let one_sided = |(bead, moved): (&Bead, &bool)| *moved && (bead.en.is_empty() || bead.zh.is_empty());
        if let Some(k) = beads.iter().zip(&moved).position(one_sided) {
            return wrong(format!("bead {k} is moved, but has no counterpart"));
        }
        let (mut next, mut used) = (0, vec![false; sides.zh.segments.len()]);
        let mut last = None;
        for (k, (bead, &is_moved)) in beads.iter().zip(&moved).enumerate() {
            if bead.en.iter().any(|&i| std::mem::replace(&mut next, i + 1) != i) {
                return wrong(format!("bead {k} leaves out or repeats an English segment, or is out of order"));
            }
            for &i in &bead.zh {
                if used.get_mut(i).is_none_or(|u| std::mem::replace(u, true)) {
                    return wrong(format!("bead {k} repeats a Chinese segment, or has one that is not there"));
                }
                if !is_moved && last.replace(i).is_some_and(|before| before >= i) {
                    return wrong(format!("bead {k} is out of order and not said to be moved"));
                }
            }
        }
        if next != sides.en.segments.len() || used.contains(&false) {
            return wrong("some segments are in no bead".to_owned());
        }
        // What is left to check does not depend on order.
        let mut alignment = Alignment::new(sides, first, Relation::Comparable, beads)?;
        (alignment.relation, alignment.detected) = (Relation::Parallel, Relation::Parallel);
        alignment.moved = moved;
        Ok(alignment)
    }

    /// The same alignment with another confidence of the whole, brought into 0 to 1.
    pub fn with_confidence(mut self, confidence: f64) -> Alignment {
        self.confidence = if confidence.is_nan() { 0.0 } else { confidence.clamp(0.0, 1.0) };
        self
    }

    /// The alignment without the pairs that are less sure than `confidence`: what a translation memory is fed with. Pairs
    /// without counterpart stay where it is sure that they have none. The others keep their [`Pair::id`]; segments of pairs
    /// that are left out are in no bead then, and [`Alignment::left_out`] counts the pairs.
    ///
    /// # Errors
    /// [`Error::Option`] for a confidence outside 0 to 1.
    pub fn at_least(mut self, confidence: f64) -> Result<Alignment> {
        if !(0.0..=1.0).contains(&confidence) {
            let what = format!("{confidence} is no confidence; give a number from 0 to 1, for example 0.8");
            return Err(Error::Option { option: "min-confidence", what });
        }
        let sure: Vec<bool> = self.beads.iter().map(|b| b.confidence >= confidence).collect();
        self.left_out += sure.iter().filter(|s| !**s).count();
        keep(&mut self.beads, &sure);
        keep(&mut self.anchors, &sure);
        keep(&mut self.same_speaker, &sure);
        keep(&mut self.ids, &sure);
        keep(&mut self.moved, &sure);
        keep(&mut self.sentences, &sure);
        Ok(self)
    }

    /// How many pairs [`Alignment::at_least`] has left out.
    pub fn left_out(&self) -> usize {
        self.left_out
    }

    /// The same alignment with the shared anchors of each bead, in the order of the beads. A list that is too short
    /// leaves the last beads without any; what is too much is dropped.
    pub fn with_anchors(mut self, mut anchors: Vec<Vec<SharedAnchor>>) -> Alignment {
        anchors.resize(self.beads.len(), Vec::new());
        self.anchors = anchors;
        self
    }

    /// The same alignment with beads of single segments inside its beads, a list for each, where linked passages say the same
    /// sentence by sentence: [`Pair::sentences`].
    ///
    /// # Errors
    /// [`Error::Option`] for a list that does not fit: another number of lists than beads, segments that are not in the bead,
    /// or two beads of one list that share a segment.
    pub fn with_sentences(mut self, sentences: Vec<Vec<Bead>>) -> Result<Alignment> {
        let wrong = |what: String| Err(Error::Option { option: "sentences", what });
        if sentences.len() != self.beads.len() {
            return wrong(format!("{} lists for {} beads", sentences.len(), self.beads.len()));
        }
        for (k, (bead, inside)) in self.beads.iter().zip(&sentences).enumerate() {
            for lang in Lang::ALL {
                let mut list: Vec<usize> = inside.iter().flat_map(|b| b.side(lang).iter().copied()).collect();
                let many = list.len();
                list.sort_unstable();
                list.dedup();
                let known = list.iter().all(|i| bead.side(lang).binary_search(i).is_ok());
                let ascending = inside.iter().all(|b| !b.side(lang).is_empty() && ascend(b.side(lang)));
                if many != list.len() || !known || !ascending {
                    return wrong(format!("bead {k}: segments must be those of the bead, each once at most"));
                }
            }
        }
        self.sentences = sentences;
        Ok(self)
    }

    /// The same alignment with the answer, for each bead, whether one person speaks on both sides; lists that are too
    /// short or too long as in [`Alignment::with_anchors`].
    pub fn with_same_speaker(mut self, mut same: Vec<Option<bool>>) -> Alignment {
        same.resize(self.beads.len(), None);
        self.same_speaker = same;
        self
    }

    /// The same alignment with what is known of segments that beads of several have taken in.
    pub fn with_omissions(mut self, omissions: Vec<Omission>) -> Alignment {
        self.omissions = omissions;
        self
    }

    /// Segments of beads with two sides of which one may be left out on the other, as far as that is not improbable.
    pub fn omissions(&self) -> &[Omission] {
        &self.omissions
    }

    /// The same alignment with the speakers of both sides.
    pub fn with_speakers(mut self, speakers: Vec<Speaker>) -> Alignment {
        self.speakers = speakers;
        self
    }

    /// The speakers of both sides: under which names each stands, and why they are held to be one.
    pub fn speakers(&self) -> &[Speaker] {
        &self.speakers
    }

    /// One side.
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
    pub fn detected(&self) -> Relation {
        self.detected
    }

    /// The parts of a side's document, where passages are linked.
    pub fn structure(&self, lang: Lang) -> Option<&Structure> {
        self.structure.as_ref().map(|both| both[lang].as_ref())
    }

    /// The same alignment with the parts of both documents.
    pub fn with_structure(mut self, structure: PerLang<Arc<Structure>>) -> Alignment {
        self.structure = Some(structure);
        self
    }

    /// The same alignment with what its texts were found to be.
    pub fn with_detected(mut self, detected: Relation) -> Alignment {
        self.detected = detected;
        self
    }

    /// The beads.
    pub fn beads(&self) -> &[Bead] {
        &self.beads
    }

    /// The beads with all that belongs to them, in the same order.
    pub fn pairs(&self) -> impl ExactSizeIterator<Item = Pair<'_>> {
        (0..self.beads.len()).map(|index| Pair { alignment: self, index })
    }

    /// How many pairs have no counterpart on the other side.
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
fn mean_confidence(beads: &[Bead]) -> f64 {
    let weigh = |b: &Bead| (b.en.len() + b.zh.len()) as f64;
    let total: f64 = beads.iter().map(weigh).sum();
    if total == 0.0 {
        return 1.0;
    }
    beads.iter().map(|b| weigh(b) * b.confidence).sum::<f64>() / total
}

/// Drops the items whose flag is not set.
fn keep<T>(items: &mut Vec<T>, flags: &[bool]) {
    let mut flags = flags.iter();
    items.retain(|_| flags.next().is_none_or(|f| *f));
}

fn ascend(indices: &[usize]) -> bool {
    indices.windows(2).all(|w| w[0] < w[1])
}
