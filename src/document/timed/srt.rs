//! SubRip (SRT): a number, a line with times, text, a blank line. Files in the wild lack numbers, hours and blank lines.

use super::{RawCue, Voice, clock, markup};
use crate::error::{Error, Result};
use crate::text::Source;

/// Whether a text begins as an SRT file does: with a cue.
pub(in crate::document) fn is_srt(source: &Source) -> bool {
    // The first lines tell; a book must not be looked through for this.
    let mut lines = source.text().split(['\n', '\r']).map(str::trim).filter(|line| !line.is_empty());
    match lines.next() {
        Some(line) if number(line).is_some() => lines.next().is_some_and(|next| clock::timing(next).is_some()),
        Some(line) => clock::timing(line).is_some(),
        None => false,
    }
}

/// The number of a cue, alone on its line.
fn number(line: &str) -> Option<u32> {
    line.trim().parse().ok()
}

/// The cues.
///
/// # Errors
/// [`crate::ErrorKind::Malformed`] where no line has times, or where text comes before the first one.
pub(in crate::document) fn read(source: &Source) -> Result<Vec<RawCue>> {
    let text = source.text();
    let wrong = |line: usize, what: &str| Err(Error::wrong_format(source.name(), line + 1, what));
    let lines = clock::lines(text);
    let line = |k: usize| lines.get(k).and_then(|l| text.get(l.clone())).unwrap_or_default();
    let blank = |k: usize| line(k).trim().is_empty();
    // Line with the times, first line of the cue, times.
    let mut heads: Vec<(usize, usize, (f64, f64))> = Vec::new();
    let mut last_number = None;
    for (k, times) in (0..lines.len()).filter_map(|k| Some((k, clock::timing(line(k))?))) {
        let free = heads.last().map_or(0, |h| h.0 + 1);
        let own = k.checked_sub(1).filter(|&k| k >= free).and_then(|k| Some((k, number(line(k))?)));
        // A number is text where other text stands right before it, unless it counts on.
        let own = own.filter(|&(k, n)| k == free || blank(k - 1) || last_number.is_some_and(|l: u32| l + 1 == n));
        last_number = own.map(|(_, n)| n).or(last_number.map(|n| n.saturating_add(1)));
        heads.push((k, own.map_or(k, |(k, _)| k), times));
    }
    let Some(first) = heads.first() else {
        return wrong(
            0,
            "an SRT file has lines with times such as 00:01:39,580 --> 00:01:42,830, but this one has none",
        );
    };
    if let Some(k) = (0..first.1).find(|&k| !blank(k)) {
        return wrong(k, "an SRT file begins with a number or a line with times, but this one begins with text");
    }
    let ends = heads.iter().skip(1).map(|h| h.1).chain([lines.len()]);
    let cue = |(&(timing, first, (start, end)), next): (&(usize, usize, (f64, f64)), usize)| {
        let last = (timing + 1..next).rev().find(|&k| !blank(k));
        let from = lines[timing].end;
        let to = last.map_or(from, |k| lines[k].end);
        let body = lines.get(timing + 1).map_or(from, |l| l.start).min(to)..to;
        let words = markup::subrip(text, body);
        let range = lines[first].start..to;
        RawCue { range, start: Some(start), end: Some(end), voices: vec![Voice { speaker: None, words }] }
    };
    Ok(heads.iter().zip(ends).map(cue).collect())
}
