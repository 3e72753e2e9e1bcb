//! The form of pairs and alignments for serde.

use serde::ser::SerializeStruct;
use serde::{Serialize, Serializer};

use super::{Alignment, Bead, Half, Pair, Part, Relation, SharedAnchor};
use crate::document::{Segment, Time};
use crate::text::Lang;

/// Decimals of a confidence: more than its calibration can mean.
const DECIMALS: f64 = 1e4;

/// A confidence as it is written: four decimals.
pub(crate) fn rounded(confidence: f64) -> f64 {
    (confidence * DECIMALS).round() / DECIMALS
}

impl Serialize for Pair<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        Record::new(*self).serialize(serializer)
    }
}

impl Serialize for Alignment {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut out = serializer.serialize_struct("Alignment", 6)?;
        out.serialize_field("first", &self.first())?;
        out.serialize_field("relation", &self.relation())?;
        out.serialize_field("detected", &self.detected())?;
        out.serialize_field("confidence", &rounded(self.confidence()))?;
        out.serialize_field("speakers", self.speakers())?;
        out.serialize_field("pairs", &self.pairs().collect::<Vec<_>>())?;
        out.end()
    }
}

#[derive(Serialize)]
struct Record<'a> {
    id: usize,
    shape: String,
    confidence: f64,
    document_confidence: f64,
    en: Vec<Line<'a>>,
    zh: Vec<Line<'a>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    speaker: Option<Speakers<'a>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    part: Option<Parts>,
    anchors: &'a [SharedAnchor],
    #[serde(skip_serializing_if = "Vec::is_empty")]
    sentences: Vec<Inside>,
    #[serde(skip_serializing_if = "Option::is_none")]
    relation: Option<&'static str>,
    /// Where it was overridden.
    #[serde(skip_serializing_if = "Option::is_none")]
    detected: Option<Relation>,
}

/// What the halves belong to.
#[derive(Serialize)]
struct Parts {
    #[serde(skip_serializing_if = "Option::is_none")]
    en: Option<Part>,
    #[serde(skip_serializing_if = "Option::is_none")]
    zh: Option<Part>,
}

/// Segments of a pair that say the same; the indices are those of its parts.
#[derive(Serialize)]
struct Inside {
    en: Vec<usize>,
    zh: Vec<usize>,
    confidence: f64,
}

/// A segment of a half; bytes are those of the file that it comes from; of a Word document, those of its
/// text ([`Source::text`](crate::text::Source::text)).
#[derive(Serialize)]
struct Line<'a> {
    index: usize,
    start: usize,
    end: usize,
    text: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    turn: Option<usize>,
    #[serde(skip_serializing_if = "Option::is_none")]
    speaker: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    time: Option<Time>,
}

/// Who speaks on both sides of a pair, and whether it is one person.
#[derive(Serialize)]
pub(crate) struct Speakers<'a> {
    #[serde(skip_serializing_if = "Option::is_none")]
    en: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    zh: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    same: Option<bool>,
}

impl<'a> Speakers<'a> {
    /// `None` where neither side names anybody.
    pub(crate) fn of(pair: Pair<'a>) -> Option<Speakers<'a>> {
        let name = |half: Half<'a>| half.speaker().map(|l| l.name.as_str());
        let (en, zh) = (name(pair.en()), name(pair.zh()));
        let same = pair.same_speaker().filter(|_| en.is_some() && zh.is_some());
        (en.is_some() || zh.is_some()).then_some(Speakers { en, zh, same })
    }
}

impl<'a> Record<'a> {
    fn new(pair: Pair<'a>) -> Record<'a> {
        let index = |half: Half<'a>, i: &usize| half.side().segment(*i).index;
        let inside = |bead: &Bead| Inside {
            en: bead.en.iter().map(|i| index(pair.en(), i)).collect(),
            zh: bead.zh.iter().map(|i| index(pair.zh(), i)).collect(),
            confidence: rounded(bead.confidence),
        };
        Record {
            id: pair.id(),
            shape: pair.shape(),
            confidence: rounded(pair.confidence()),
            document_confidence: rounded(pair.alignment.confidence()),
            en: parts(pair.en()),
            zh: parts(pair.zh()),
            speaker: Speakers::of(pair),
            part: Some([Lang::En, Lang::Zh].map(|l| pair.part(l)))
                .filter(|p| p.iter().any(Option::is_some))
                .map(|[en, zh]| Parts { en, zh }),
            anchors: pair.anchors(),
            sentences: pair.sentence_beads().iter().map(inside).collect(),
            relation: pair.relation_name(),
            detected: Some(pair.alignment.detected()).filter(|&r| r != pair.alignment.relation()),
        }
    }
}

fn parts<'a>(half: Half<'a>) -> Vec<Line<'a>> {
    let line = |s: &'a Segment| Line {
        index: s.index,
        start: s.range.start,
        end: s.range.end,
        text: &s.text,
        turn: s.turn,
        speaker: half.speaker_of(s).map(|l| l.name.as_str()),
        time: s.time,
    };
    half.segments().map(line).collect()
}
