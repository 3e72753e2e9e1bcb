//! Texts with time codes: subtitles and transcripts of speech recognition. All readers give [`RawCue`]s; what a sentence, a
//! turn and a segment is, is the same for all of them ([`assemble`]).

mod assemble;
mod clock;
mod dialect;
mod json;
mod markup;
mod srt;
mod stretch;
mod voices;
mod vtt;

pub(crate) use markup::subrip_tag;

use std::ops::Range;

use super::{Document, Format, Label, MappedText};
use crate::error::Result;
use crate::limits::Limit;
use crate::text::{Lang, Source, detect_lang};

/// A cue as a reader finds it. All places are bytes of the decoded source.
struct RawCue {
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

/// Cues that sentences may be spread over, on the average, before a text is taken to have more segments than is allowed: they have two or three.
const CUES_A_SEGMENT: u64 = 4;

/// A text with time codes on its way to a document.
pub(super) struct Timed {
    format: Format,
    cues: Vec<RawCue>,
}

impl Timed {
    /// Reads a text as `format` says. `None` for a format without times, and with [`Format::Auto`] for a text that is in none
    /// of those with times.
    ///
    /// # Errors
    /// [`crate::ErrorKind::Malformed`] for a text that is not in the format asked for, [`crate::ErrorKind::Limit`] for one that must have too many
    /// segments.
    pub(super) fn read(source: &Source, format: Format) -> Result<Option<Timed>> {
        let (format, cues) = match format {
            Format::Srt => (format, srt::read(source)?),
            Format::Vtt => (format, vtt::read(source)?),
            Format::Json => (format, dialect::read(source)?),
            Format::Auto => {
                let found = if vtt::is_vtt(source.text()) {
                    (Format::Vtt, vtt::read(source))
                } else if srt::is_srt(source.text()) {
                    (Format::Srt, srt::read(source))
                } else if source.text().trim_start().starts_with(['{', '[']) {
                    (Format::Json, dialect::read(source))
                } else {
                    return Ok(None);
                };
                match found {
                    (format, Ok(cues)) if cues.iter().any(|c| !c.is_silent()) => (format, cues),
                    _ => return Ok(None),
                }
            }
            _ => return Ok(None),
        };
        // Before there are segments.
        source.limits().check(Limit::Segments, cues.len() as u64 / CUES_A_SEGMENT, source.name())?;
        Ok(Some(Timed { format, cues: settled(cues) }))
    }

    /// The language that most of what is said is in.
    pub(super) fn lang(&self) -> Option<Lang> {
        let voices = self.cues.iter().flat_map(|c| &c.voices);
        detect_lang(&voices.map(|v| v.words.text()).collect::<Vec<_>>().join("\n"))
    }

    /// The document; with `lang`, all of it is in that language.
    pub(super) fn document(self, source: Source, lang: Option<Lang>) -> Document {
        assemble::assemble(source, self.format, self.cues, lang)
    }
}

impl RawCue {
    fn is_silent(&self) -> bool {
        self.voices.iter().all(|v| v.words.text().trim().is_empty())
    }
}

/// Cues with an end where only their start is known: that of the next one.
fn settled(mut cues: Vec<RawCue>) -> Vec<RawCue> {
    let mut next = None;
    for cue in cues.iter_mut().rev() {
        cue.end = cue.end.or(next.filter(|&n| cue.start.is_some_and(|s| s <= n))).or(cue.start);
        next = cue.start.or(next);
    }
    cues
}
