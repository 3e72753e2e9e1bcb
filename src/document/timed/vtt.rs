//! WebVTT, as its specification says: a header, then blocks apart by blank lines. A block with times is a cue, whatever
//! stands before them; others (`NOTE`, `STYLE`, `REGION`) are not shown.

use super::{RawCue, clock, markup};
use crate::document::left_out::{Notes, Reason};
use crate::document::line::is_blank;
use crate::error::{Error, Result};
use crate::text::Source;

const SIGNATURE: &str = "WEBVTT";

/// The word that a comment begins with.
const COMMENT: &str = "NOTE";

fn has_signature(text: &str) -> bool {
    let rest = text.strip_prefix(SIGNATURE);
    rest.is_some_and(|r| r.is_empty() || r.starts_with([' ', '\t', '\n', '\r']))
}

/// Whether a text begins like WebVTT. If words follow the signature, as in a text about the format, there must be a cue.
pub(in crate::document) fn is_vtt(source: &Source) -> bool {
    let text = opened(source.text()).1;
    let bare = text.lines().next().is_some_and(|line| line.trim_end() == SIGNATURE);
    has_signature(text) && (bare || text.split(['\n', '\r']).any(|line| clock::timing(line).is_some()))
}

/// The number of bytes of the invisible marks at the start of a text, and the text without them.
fn opened(text: &str) -> (usize, &str) {
    let rest = text.trim_start_matches(is_blank);
    (text.len() - rest.len(), rest)
}

/// The cues.
///
/// # Errors
/// [`crate::ErrorKind::WrongFormat`] if the first line is not `WEBVTT`.
pub(in crate::document) fn read(source: &Source, notes: &mut Notes) -> Result<Vec<RawCue>> {
    let text = source.text();
    if !has_signature(opened(text).1) {
        return Err(Error::not_read(
            source.name(),
            1,
            "a WebVTT file begins with the line WEBVTT, but this one does not",
        ));
    }
    let lines = clock::lines(text);
    let line = |k: usize| lines.get(k).and_then(|l| text.get(l.clone())).unwrap_or_default();
    let mut cues = Vec::new();
    let mut k = 0;
    // Line of a block before its times: the id.
    let mut id = None;
    while k < lines.len() {
        let Some(timing) = clock::timing(line(k)) else {
            if line(k).starts_with(COMMENT) && (k == 0 || line(k - 1).is_empty()) {
                notes.add(Reason::Comment, lines[k].clone());
            }
            id = (!line(k).is_empty()).then_some(k);
            k += 1;
            continue;
        };
        let first = k + 1;
        let mut last = first;
        while last < lines.len() && !line(last).is_empty() && !line(last).contains("-->") {
            last += 1;
        }
        let from = lines.get(first).map_or(text.len(), |l| l.start);
        let to = if last > first { lines[last - 1].end } else { lines[k].end };
        let head = id.filter(|&i| i + 1 == k).unwrap_or(k);
        let (voices, pace) = markup::voices(text, from.min(to)..to);
        let range = lines[head].start..to;
        cues.push(RawCue { range, start: timing.start, end: timing.end, voices, pace, style: None });
        id = None;
        k = last;
    }
    Ok(cues)
}
