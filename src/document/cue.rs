//! Cues: what subtitles and transcripts of speech recognition give a time.

use std::ops::Range;

use serde::{Deserialize, Deserializer, Serialize, Serializer};

use super::MappedText;

/// A stretch of a recording, in seconds from its start. Serialised as `[start, end]`, in whole milliseconds.
#[derive(Clone, Copy, Debug, PartialEq)]
#[non_exhaustive]
pub struct Time {
    /// First second.
    pub start: f64,
    /// Last second; never before the first.
    pub end: f64,
}

/// No time of a recording is later (some eleven years); what is later is a mistake.
const LATEST: f64 = 360_000_000.0;

impl Time {
    /// A stretch; an end before the start becomes the start. `None` where one of them is no time of a recording.
    pub(crate) fn new(start: f64, end: f64) -> Option<Time> {
        let fits = |t: f64| (0.0..=LATEST).contains(&t);
        (fits(start) && fits(end)).then_some(Time { start, end: end.max(start) })
    }

    /// The second at which a share of the stretch, 0 to 1, has passed.
    pub(crate) fn at(self, share: f64) -> f64 {
        // Exact at both ends, lest a cue that is taken apart and put together again begin elsewhere.
        if share >= 1.0 { self.end } else { self.start + share.max(0.0) * (self.end - self.start) }
    }
}

impl Serialize for Time {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        [self.start, self.end].map(|t| (t * 1e3).round() / 1e3).serialize(serializer)
    }
}

impl<'de> Deserialize<'de> for Time {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Time, D::Error> {
        let [start, end] = <[f64; 2]>::deserialize(deserializer)?;
        Time::new(start, end)
            .ok_or_else(|| serde::de::Error::custom(format!("[{start}, {end}] is not a time of a recording")))
    }
}

/// A cue, or the part of one that somebody says.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[non_exhaustive]
pub struct Cue {
    /// Position in [`super::Document::cues`], from 0.
    pub index: usize,
    /// Bytes of the caller's input: the cue with all that belongs to it. Parts of one cue that different people say share it.
    pub range: Range<usize>,
    /// When it is said; a part has its share of the cue's time, by its length. `None` where the input does not say.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub time: Option<Time>,
    /// The words without markup and without the name of the speaker; a line break is one `\n`.
    #[serde(serialize_with = "text_only")]
    pub(crate) words: MappedText,
    /// Index of its turn, where that is known.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub turn: Option<usize>,
    /// How the input says before the words that somebody else speaks: `ANNA: `, `- `.
    #[serde(skip)]
    pub(crate) opening: Option<String>,
    /// The times of single words, if the input has them.
    #[serde(skip)]
    pub(crate) pace: Pace,
    /// The style of the line in an ASS file.
    #[serde(skip)]
    pub(crate) style: Option<String>,
}

/// Seconds at which bytes of a cue's words are said, ascending in both.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct Pace(Vec<(usize, f64)>);

impl Pace {
    /// Adds that byte `at` is said at a second. It is ignored if it does not ascend.
    pub(crate) fn add(&mut self, at: usize, second: f64) {
        if second.is_finite() && self.0.last().is_none_or(|last| last.0 <= at && last.1 <= second) {
            self.0.push((at, second));
        }
    }

    /// Returns the same times in another unit.
    pub(crate) fn scale(&mut self, factor: f64) {
        self.0.iter_mut().for_each(|(_, second)| *second *= factor);
    }

    /// Returns the times of a part of the words.
    pub(crate) fn slice(&self, words: &Range<usize>) -> Pace {
        let inside = self.0.iter().filter(|(at, _)| (words.start..=words.end).contains(at));
        Pace(inside.map(|&(at, second)| (at - words.start, second)).collect())
    }

    /// Returns the second of a byte of words with `len` bytes that are said in `time`; `None` if the input does not say
    /// it.
    pub(crate) fn at(&self, byte: usize, len: usize, time: Time) -> Option<f64> {
        if self.0.is_empty() {
            return None;
        }
        let k = self.0.partition_point(|&(at, _)| at < byte);
        let after = self.0.get(k).copied().unwrap_or((len.max(byte), time.end));
        let before = k.checked_sub(1).map_or((0, time.start), |k| self.0[k]);
        let share = byte.saturating_sub(before.0) as f64 / after.0.saturating_sub(before.0).max(1) as f64;
        let second = if byte == after.0 { after.1 } else { before.1 + share * (after.1 - before.1) };
        Some(second.clamp(time.start, time.end))
    }
}

impl Cue {
    /// The words without markup and without the name of the speaker; a line break is one `\n`.
    pub fn text(&self) -> &str {
        self.words.text()
    }
}

fn text_only<S: Serializer>(words: &MappedText, serializer: S) -> Result<S::Ok, S::Error> {
    words.text().serialize(serializer)
}

/// What a segment takes from a cue.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Portion {
    /// Index of the cue.
    pub(crate) cue: usize,
    /// Bytes of its words.
    pub(crate) words: Range<usize>,
    /// The same bytes in the segment's text.
    pub(crate) text: Range<usize>,
}
