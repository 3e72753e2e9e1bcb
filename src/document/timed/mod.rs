//! Texts with time codes: subtitles and transcripts of speech recognition. All readers give [`RawCue`]s; what a sentence, a
//! turn and a segment is, is the same for all of them ([`assemble`]).

mod assemble;
mod clock;
pub(super) mod dialect;
mod markup;
pub(super) mod srt;
mod stretch;
mod voices;
pub(super) mod vtt;

pub(super) use assemble::assemble;
pub(crate) use markup::subrip_tag;

use std::ops::Range;

use super::{Label, MappedText};

/// A cue as a reader finds it. All places are bytes of the decoded source.
pub(super) struct RawCue {
    /// All that belongs to it.
    range: Range<usize>,
    /// Seconds, as far as they are known.
    start: Option<f64>,
    end: Option<f64>,
    /// What is said, by one voice after the other.
    voices: Vec<Voice>,
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
    /// What is said, by one voice after the other.
    pub(super) fn texts(&self) -> impl Iterator<Item = &str> {
        self.voices.iter().map(|voice| voice.words.text())
    }

    /// Whether no cue has words.
    pub(super) fn is_silent(&self) -> bool {
        self.voices.iter().all(|v| v.words.text().trim().is_empty())
    }
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
