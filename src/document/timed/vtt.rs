//! WebVTT, as its specification says: a header, then blocks apart by blank lines. A block with times is a cue, whatever
//! stands before them; others (`NOTE`, `STYLE`, `REGION`) are not shown.

use super::{RawCue, clock, markup};
use crate::error::{Error, Result};
use crate::text::Source;

const SIGNATURE: &str = "WEBVTT";

fn has_signature(text: &str) -> bool {
    let rest = text.strip_prefix(SIGNATURE);
    rest.is_some_and(|r| r.is_empty() || r.starts_with([' ', '\t', '\n', '\r']))
}

/// Whether a text is WebVTT and has a cue.
pub(in crate::document) fn is_vtt(source: &Source) -> bool {
    let text = source.text();
    has_signature(text) && text.split(['\n', '\r']).any(|line| clock::timing(line).is_some())
}

/// The cues.
///
/// # Errors
/// [`crate::ErrorKind::Malformed`] where the first line is not `WEBVTT`.
pub(in crate::document) fn read(source: &Source) -> Result<Vec<RawCue>> {
    let text = source.text();
    if !has_signature(text) {
        return Err(Error::wrong_format(
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
        let Some((start, end)) = clock::timing(line(k)) else {
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
        cues.push(RawCue {
            range: lines[head].start..to,
            start: Some(start),
            end: Some(end),
            voices: markup::voices(text, from.min(to)..to),
        });
        id = None;
        k = last;
    }
    Ok(cues)
}
