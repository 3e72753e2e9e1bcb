//! The form of pairs and alignments for serde, and pairs that are read back from it. `docs/json-schema.md` describes it.

use serde::ser::SerializeStruct;
use serde::{Deserialize, Deserializer, Serialize, Serializer};

use super::{Alignment, Bead, Half, Pair, Part, Relation, SharedAnchor};
use crate::document::{Segment, Time};
use crate::error::{Error, Result};
use crate::text::{Lang, PerLang, Source};

/// Decimals of a confidence: more than its calibration can mean.
const DECIMALS: f64 = 1e4;

/// A confidence as it is written: four decimals.
pub(crate) fn rounded(confidence: f64) -> f64 {
    (confidence * DECIMALS).round() / DECIMALS
}

impl Serialize for Pair<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> std::result::Result<S::Ok, S::Error> {
        SavedPair::from(*self).serialize(serializer)
    }
}

impl Serialize for Alignment {
    fn serialize<S: Serializer>(&self, serializer: S) -> std::result::Result<S::Ok, S::Error> {
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

/// The version of the form. It changes when a field is removed or gets another meaning. Fields may be added in any
/// version.
const SCHEMA: u64 = 1;

/// A pair as [`OutputFormat::Jsonl`](crate::OutputFormat::Jsonl) writes it, one in each line, and as [`Pair`] serialises. It holds what is
/// written of the pair; the texts that it comes from are not needed. `docs/json-schema.md` describes each field.
///
/// ```
/// use duiqi::{OutputFormat, SavedPair, Source};
/// let alignment = duiqi::align("It sold 320,000 seats.", "它卖出了32万张票。")?;
/// let written = OutputFormat::Jsonl.text(&alignment);
///
/// let pairs = SavedPair::read(&Source::from_text("pairs.jsonl", &written))?;
/// assert_eq!(pairs[0].zh[0].text, "它卖出了32万张票。");
/// assert_eq!(pairs[0].anchors, alignment.pairs().next().unwrap().anchors());
/// # Ok::<(), duiqi::Error>(())
/// ```
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct SavedPair {
    #[serde(deserialize_with = "known")]
    schema: u64,
    /// [`Pair::id`].
    pub id: usize,
    /// [`Pair::shape`].
    pub shape: String,
    /// [`Pair::confidence`], four decimals.
    pub confidence: f64,
    /// [`Alignment::confidence`], four decimals.
    pub document_confidence: f64,
    /// The English segments.
    pub en: Vec<SavedSegment>,
    /// The Chinese segments.
    pub zh: Vec<SavedSegment>,
    /// Who speaks; `None` where neither side names anybody.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub speaker: Option<SavedSpeaker>,
    /// [`Pair::part`] of both sides; `None` where neither has one.
    #[serde(default, skip_serializing_if = "Option::is_none", serialize_with = "parts")]
    pub part: Option<PerLang<Option<Part>>>,
    /// [`Pair::anchors`].
    pub anchors: Vec<SharedAnchor>,
    /// Segments inside linked passages that say the same, by [`SavedSegment::index`].
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub sentences: Vec<Bead>,
    /// `moved` for [`Pair::is_moved`], `comparable` for a link of [`Relation::Comparable`].
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub relation: Option<String>,
    /// How the sides seemed to relate, where the caller asked for another relation.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub detected: Option<Relation>,
}

/// A segment of a [`SavedPair`].
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct SavedSegment {
    /// [`Segment::index`](crate::Segment::index).
    pub index: usize,
    /// The first byte in its file; for a Word document, in its [text](Source::text).
    pub start: usize,
    /// The byte after the last one.
    pub end: usize,
    /// The words, without markup.
    pub text: String,
    /// The index of its turn.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub turn: Option<usize>,
    /// Who says it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub speaker: Option<String>,
    /// When it is said.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub time: Option<Time>,
}

/// Who speaks on both sides of a pair.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct SavedSpeaker {
    /// The name in English.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub en: Option<String>,
    /// The name in Chinese.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub zh: Option<String>,
    /// Whether they are one person.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub same: Option<bool>,
}

fn known<'de, D: Deserializer<'de>>(deserializer: D) -> std::result::Result<u64, D::Error> {
    match u64::deserialize(deserializer)? {
        SCHEMA => Ok(SCHEMA),
        other => {
            let what = format!(
                "this is schema {other}, and this duiqi reads schema {SCHEMA}; align the texts again with this version"
            );
            Err(serde::de::Error::custom(what))
        }
    }
}

fn parts<S: Serializer>(parts: &Option<PerLang<Option<Part>>>, serializer: S) -> std::result::Result<S::Ok, S::Error> {
    let parts = parts.unwrap_or_default();
    serializer.collect_map(Lang::ALL.into_iter().filter_map(|lang| Some((lang, parts[lang]?))))
}

impl SavedPair {
    /// Reads what [`OutputFormat::Jsonl`](crate::OutputFormat::Jsonl) has written. Blank lines are skipped, and so are
    /// fields that this version does not know.
    ///
    /// # Errors
    /// [`crate::ErrorKind::Malformed`] with the line, for a line that is not such a pair, or for another version of the form.
    pub fn read(source: &Source) -> Result<Vec<SavedPair>> {
        let lines = source.text().split('\n').enumerate().filter(|(_, line)| !line.trim().is_empty());
        let read = |(k, line): (usize, &str)| {
            serde_json::from_str(line).map_err(|error| {
                let said = error.to_string();
                // The place inside the line means nothing to a user.
                let what = said.split(" at line ").next().unwrap_or_default();
                Error::malformed(
                    source.name(),
                    k + 1,
                    format!("this line is not a pair that duiqi has written: {what}"),
                )
            })
        };
        lines.map(read).collect()
    }
}

impl SavedSpeaker {
    /// `None` where neither side names anybody.
    pub(crate) fn of(pair: Pair<'_>) -> Option<SavedSpeaker> {
        let name = |half: Half<'_>| half.speaker().map(|l| l.name.clone());
        let (en, zh) = (name(pair.en()), name(pair.zh()));
        let same = pair.same_speaker().filter(|_| en.is_some() && zh.is_some());
        (en.is_some() || zh.is_some()).then_some(SavedSpeaker { en, zh, same })
    }
}

impl From<Pair<'_>> for SavedPair {
    fn from(pair: Pair<'_>) -> SavedPair {
        let index = |half: Half<'_>, i: &usize| half.side().segment(*i).index;
        let inside = |bead: &Bead| Bead {
            en: bead.en.iter().map(|i| index(pair.en(), i)).collect(),
            zh: bead.zh.iter().map(|i| index(pair.zh(), i)).collect(),
            confidence: rounded(bead.confidence),
        };
        SavedPair {
            schema: SCHEMA,
            id: pair.id(),
            shape: pair.shape(),
            confidence: rounded(pair.confidence()),
            document_confidence: rounded(pair.alignment.confidence()),
            en: segments(pair.en()),
            zh: segments(pair.zh()),
            speaker: SavedSpeaker::of(pair),
            part: Some(PerLang::from_fn(|l| pair.part(l))).filter(|p| p.iter().any(Option::is_some)),
            anchors: pair.anchors().to_vec(),
            sentences: pair.sentence_beads().iter().map(inside).collect(),
            relation: pair.relation_name().map(str::to_owned),
            detected: Some(pair.alignment.detected()).filter(|&r| r != pair.alignment.relation()),
        }
    }
}

fn segments(half: Half<'_>) -> Vec<SavedSegment> {
    let saved = |s: &Segment| SavedSegment {
        index: s.index,
        start: s.range.start,
        end: s.range.end,
        text: s.text.clone(),
        turn: s.turn,
        speaker: half.speaker_of(s).map(|l| l.name.clone()),
        time: s.time,
    };
    half.segments().map(saved).collect()
}
