//! A line of the output: what became of a record.

use clap::ValueEnum;
use duiqi::{Alignment, Half, Pair};
use serde::ser::SerializeMap;
use serde::{Serialize, Serializer};
use serde_json::value::RawValue;

use super::record::{Fault, FaultKind, Fields};

/// How much of a bead is written.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
pub(super) enum Form {
    /// Both texts with their byte ranges and segments, shape, speakers
    #[default]
    Beads,
    /// Texts and confidence of pairs that have both sides
    Pairs,
    /// What `align -f jsonl` has: segment by segment, with turns, times and shared anchors
    Full,
}

/// What is asked of every alignment.
pub(super) struct Writing {
    pub(super) form: Form,
    pub(super) min_confidence: Option<f64>,
    /// `--piece`: a line does not tell its number.
    pub(super) piece: bool,
}

/// Where a record comes from, and what it carries.
pub(super) struct Origin<'a> {
    pub(super) fields: &'a Fields<'a>,
    /// Number of the line in the input, from 1; not for a piece of one.
    pub(super) line: Option<u64>,
    /// How the line begins, where nothing else tells which it is.
    pub(super) start: Option<String>,
}

/// What a reader of the output should know of a record.
#[derive(Serialize)]
pub(super) struct Warning {
    pub(super) kind: &'static str,
    pub(super) message: String,
}

/// Which sides came as arrays of segments, so that their text has no bytes in one string.
#[derive(Clone, Copy)]
pub(super) struct Listed {
    pub(super) en: bool,
    pub(super) zh: bool,
}

/// The line of a record that is aligned, with its end.
pub(super) fn aligned(
    origin: &Origin<'_>,
    alignment: &Alignment,
    writing: &Writing,
    listed: Listed,
    warnings: &[Warning],
) -> serde_json::Result<Vec<u8>> {
    line(&Aligned { origin, alignment, writing, listed, warnings })
}

/// The line of a record that failed, with its end.
pub(super) fn failed(origin: &Origin<'_>, fault: &Fault) -> serde_json::Result<Vec<u8>> {
    line(&Failed { origin, fault })
}

fn line(value: &impl Serialize) -> serde_json::Result<Vec<u8>> {
    let mut line = serde_json::to_string(value)?;
    for (separator, escape) in SEPARATORS {
        if line.contains(separator) {
            line = line.replace(separator, escape);
        }
    }
    line.push('\n');
    Ok(line.into_bytes())
}

/// What JSON lets stand in a string and some readers of lines take for an end of line, Python's `splitlines` among them.
const SEPARATORS: [(char, &str); 3] = [('\u{85}', "\\u0085"), ('\u{2028}', "\\u2028"), ('\u{2029}', "\\u2029")];

struct Failed<'a> {
    origin: &'a Origin<'a>,
    fault: &'a Fault,
}

impl Serialize for Failed<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        #[derive(Serialize)]
        struct Error<'a> {
            kind: FaultKind,
            message: &'a str,
            #[serde(skip_serializing_if = "Option::is_none")]
            start: Option<&'a str>,
        }
        let mut out = serializer.serialize_map(None)?;
        head(self.origin, &mut out)?;
        let start = self.origin.start.as_deref();
        out.serialize_entry("error", &Error { kind: self.fault.kind, message: &self.fault.message, start })?;
        out.end()
    }
}

/// What every line begins with.
fn head<M: SerializeMap>(origin: &Origin<'_>, out: &mut M) -> Result<(), M::Error> {
    out.serialize_entry("id", &origin.fields.id)?;
    if let Some(line) = origin.line {
        out.serialize_entry("line", &line)?;
    }
    for (key, value) in &origin.fields.kept {
        out.serialize_entry(key, value)?;
    }
    Ok(())
}

/// The names that a line of the output gives its own members: none of them can be carried over from the input.
pub(super) const OWN: [&str; 11] =
    ["id", "line", "error", "relation", "confidence", "segments", "left_out", "unpaired", "warnings", "beads", "pairs"];

struct Aligned<'a> {
    origin: &'a Origin<'a>,
    alignment: &'a Alignment,
    writing: &'a Writing,
    listed: Listed,
    warnings: &'a [Warning],
}

/// A number for each side.
#[derive(Default, Serialize)]
struct Counts {
    en: usize,
    zh: usize,
}

impl Serialize for Aligned<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        use duiqi::Lang::{En, Zh};
        let alignment = self.alignment;
        let side = |lang| alignment.side(lang).segments.len();
        let mut out = serializer.serialize_map(None)?;
        head(self.origin, &mut out)?;
        out.serialize_entry("relation", &alignment.relation())?;
        out.serialize_entry("confidence", &rounded(alignment.confidence()))?;
        out.serialize_entry("segments", &Counts { en: side(En), zh: side(Zh) })?;
        out.serialize_entry("left_out", &alignment.left_out())?;
        if self.writing.form == Form::Pairs {
            let one_sided = alignment.pairs().filter(Pair::is_one_sided);
            let unpaired = one_sided
                .fold(Counts::default(), |n, pair| Counts { en: n.en + pair.en().len(), zh: n.zh + pair.zh().len() });
            out.serialize_entry("unpaired", &unpaired)?;
        }
        out.serialize_entry("warnings", self.warnings)?;
        match self.writing.form {
            Form::Beads => {
                let beads: Vec<Bead<'_>> = alignment.pairs().map(|pair| Bead::new(pair, self.listed)).collect();
                out.serialize_entry("beads", &beads)?;
            }
            Form::Full => out.serialize_entry("beads", &alignment.pairs().collect::<Vec<_>>())?,
            Form::Pairs => {
                let two_sided = alignment.pairs().filter(|pair| !pair.is_one_sided());
                out.serialize_entry("pairs", &two_sided.map(Lean::new).collect::<Vec<_>>())?;
            }
        }
        out.end()
    }
}

/// A bead of [`Form::Beads`].
#[derive(Serialize)]
struct Bead<'a> {
    shape: String,
    confidence: f64,
    /// Only where the bead breaks the order.
    #[serde(skip_serializing_if = "Option::is_none")]
    relation: Option<&'static str>,
    en: Option<Words>,
    zh: Option<Words>,
    #[serde(skip_serializing_if = "Option::is_none")]
    speaker: Option<Speakers<'a>>,
}

/// One side of a bead.
#[derive(Serialize)]
struct Words {
    text: String,
    /// Bytes of the string that was given, in UTF-8, from the first segment to the last; none for an array.
    #[serde(skip_serializing_if = "Option::is_none")]
    start: Option<usize>,
    #[serde(skip_serializing_if = "Option::is_none")]
    end: Option<usize>,
    /// Indices of the segments, of an array those of its elements.
    segments: Vec<usize>,
}

#[derive(Serialize)]
struct Speakers<'a> {
    en: Option<&'a str>,
    zh: Option<&'a str>,
    /// Whether they are one person, where both are named.
    same: Option<bool>,
}

impl<'a> Bead<'a> {
    fn new(pair: Pair<'a>, listed: Listed) -> Bead<'a> {
        let name = |half: Half<'a>| half.speaker().map(|label| label.name.as_str());
        let (en, zh) = (name(pair.en()), name(pair.zh()));
        let same = pair.same_speaker().filter(|_| en.is_some() && zh.is_some());
        Bead {
            shape: pair.shape(),
            confidence: rounded(pair.confidence()),
            relation: pair.is_moved().then_some("moved"),
            en: Words::new(pair.en(), listed.en),
            zh: Words::new(pair.zh(), listed.zh),
            speaker: (en.is_some() || zh.is_some()).then_some(Speakers { en, zh, same }),
        }
    }
}

impl Words {
    fn new(half: Half<'_>, listed: bool) -> Option<Words> {
        let range = half.range()?;
        let (start, end) = if listed { (None, None) } else { (Some(range.start), Some(range.end)) };
        Some(Words { text: half.text(), start, end, segments: half.segments().map(|s| s.index).collect() })
    }
}

/// A pair of [`Form::Pairs`].
#[derive(Serialize)]
struct Lean {
    en: String,
    zh: String,
    confidence: f64,
}

impl Lean {
    fn new(pair: Pair<'_>) -> Lean {
        Lean { en: pair.en().text(), zh: pair.zh().text(), confidence: rounded(pair.confidence()) }
    }
}

/// Four decimals, as in all other forms.
fn rounded(confidence: f64) -> f64 {
    const DECIMALS: f64 = 1e4;
    (confidence * DECIMALS).round() / DECIMALS
}

/// The start of a line of the output, by which a run is continued.
#[derive(serde::Deserialize)]
pub(super) struct Head<'a> {
    #[serde(borrow)]
    pub(super) id: Option<&'a RawValue>,
    pub(super) line: u64,
    pub(super) error: Option<serde::de::IgnoredAny>,
}
