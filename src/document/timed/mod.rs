//! Texts with time codes: subtitles and transcripts of speech recognition. All readers give [`RawCue`]s; what a sentence, a
//! turn and a segment is, is the same for all of them ([`assemble`]).

pub(super) mod ass;
mod assemble;
mod clock;
pub(super) mod dialect;
mod markup;
mod records;
mod rolling;
mod song;
pub(super) mod srt;
mod stretch;
#[cfg(feature = "xml")]
mod ttml;
mod voices;
pub(super) mod vtt;

pub(crate) use ass::header as ass_header;
pub(super) use assemble::assemble;
pub(crate) use markup::subrip_tag;

use std::ops::Range;

use super::cue::Pace;
use super::left_out::Notes;
use super::paired::outermost;
use super::{Label, MappedText};
use crate::error::Result;
use crate::text::Source;

/// A cue as a reader finds it. All places are bytes of the decoded source.
#[derive(Default)]
pub(super) struct RawCue {
    /// All that belongs to it.
    range: Range<usize>,
    /// Seconds, as far as they are known.
    start: Option<f64>,
    end: Option<f64>,
    /// What the voices say, one after the other.
    voices: Vec<Voice>,
    /// When the words of the first voice are said, if the input says it.
    pace: Pace,
    /// The name of its style, if the format has styles.
    style: Option<String>,
}

/// Words that one person says.
#[derive(Default)]
struct Voice {
    speaker: Option<Speaker>,
    /// Line breaks are `\n`.
    words: MappedText,
}

/// Who speaks, and where the input says so.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Speaker {
    label: Label,
    range: Range<usize>,
}

impl RawCue {
    /// What the voices say, one after the other.
    pub(super) fn texts(&self) -> impl Iterator<Item = &str> {
        self.voices.iter().map(|voice| voice.words.text())
    }

    /// Whether no cue has words.
    pub(super) fn is_silent(&self) -> bool {
        self.voices.iter().all(|v| v.words.text().trim().is_empty())
    }
}

/// Whether a text is timed text in XML.
pub(super) fn is_ttml(source: &Source) -> bool {
    outermost(source.text()) == Some("tt")
}

/// Reads the cues of timed text in XML.
#[cfg(feature = "xml")]
pub(super) fn read_ttml(source: &Source, notes: &mut Notes) -> Result<Vec<RawCue>> {
    ttml::read(source, notes)
}

/// Refuses timed text in XML, because this build cannot read it.
#[cfg(not(feature = "xml"))]
pub(super) fn read_ttml(source: &Source, _: &mut Notes) -> Result<Vec<RawCue>> {
    Err(crate::error::Error::missing_feature("read TTML files", "xml").in_file(source.name()))
}

/// Cleans up the cues of the reader of any format: each line is kept once, and no time is before the recording begins.
pub(super) fn prepared(mut cues: Vec<RawCue>, notes: &mut Notes) -> Vec<RawCue> {
    for cue in &mut cues {
        cue.start = cue.start.map(|t| t.max(0.0));
        cue.end = cue.end.map(|t| t.max(0.0));
    }
    rolling::once(&mut cues, notes);
    cues
}

/// Cues with an end where only their start is known: that of the next one.
pub(super) fn settled(mut cues: Vec<RawCue>) -> Vec<RawCue> {
    let mut next = None;
    for cue in cues.iter_mut().rev() {
        cue.end = cue.end.or(next.filter(|&n| cue.start.is_some_and(|s| s <= n))).or(cue.start);
        next = cue.start.or(next);
    }
    cues
}
