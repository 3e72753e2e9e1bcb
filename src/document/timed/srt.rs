//! SubRip (SRT): a number, a line with times, text, a blank line. Files in the wild lack numbers, hours and blank lines.

use super::clock::{self, Timing};
use super::{RawCue, Voice, markup};
use crate::document::left_out::{Notes, Reason};
use crate::document::line::is_blank;
use crate::error::{Error, Result};
use crate::text::Source;

/// The most lines before the first cue, which may say who made the subtitles. A text about subtitles has more.
const CREDIT_LINES: usize = 12;

/// The number of lines from the first cue on that are examined if a text begins with other lines. A book is not
/// searched completely.
const REACH: usize = 400;

/// The most lines that a cue has on average, without counting lines without words.
const CUE_LINES: usize = 6;

/// Whether a text begins like an SRT file, with a cue. A few lines may come before it if the rest consists of cues.
pub(in crate::document) fn is_srt(source: &Source) -> bool {
    let mut lines = source.text().split(['\n', '\r']).map(|l| l.trim_matches(is_blank)).filter(|l| !l.is_empty());
    let first: Vec<&str> = lines.by_ref().take(CREDIT_LINES + 2).collect();
    let head = first.iter().position(|line| clock::timing(line).is_some());
    let numbered = first.first().is_some_and(|line| number(line).is_some());
    match head {
        Some(0) => true,
        Some(1) if numbered => true,
        // The first line with times is damaged.
        _ if numbered && first.get(1).is_some_and(|line| clock::looks_timed(line)) => true,
        Some(k) => {
            // Markdown marks surround an example.
            let marked = first[..k].iter().any(|line| line.starts_with(['#', '`', '~']));
            let rest: Vec<&str> = first[k..].iter().copied().chain(lines.take(REACH)).collect();
            let cues = rest.iter().filter(|line| clock::timing(line).is_some()).count();
            !marked && cues > 1 && rest.len() <= cues * CUE_LINES
        }
        None => false,
    }
}

const TIMES: &str = "00:01:39,580 --> 00:01:42,830";

/// The number of a cue, alone on its line.
fn number(line: &str) -> Option<u32> {
    line.trim_matches(is_blank).parse().ok()
}

/// The cues.
///
/// # Errors
/// [`crate::ErrorKind::WrongFormat`] if no line has times, or if times cannot be read.
pub(in crate::document) fn read(source: &Source, notes: &mut Notes) -> Result<Vec<RawCue>> {
    let text = source.text();
    let wrong = |line: usize, what: &str| Err(Error::not_read(source.name(), line + 1, what));
    let lines = clock::lines(text);
    let line = |k: usize| lines.get(k).and_then(|l| text.get(l.clone())).unwrap_or_default();
    let blank = |k: usize| line(k).trim_matches(is_blank).is_empty();
    // Line with the times, first line of the cue, times.
    let mut heads: Vec<(usize, usize, Timing<'_>)> = Vec::new();
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
        if let Some(k) = (0..lines.len()).find(|&k| clock::looks_timed(line(k))) {
            return wrong(k, &format!("this line should have two times such as {TIMES}"));
        }
        return wrong(0, &format!("an SRT file has lines with times such as {TIMES}, but this one has none"));
    };
    for k in (0..first.1).filter(|&k| !blank(k)) {
        if clock::looks_timed(line(k)) {
            return wrong(k, &format!("this line should have two times such as {TIMES}"));
        }
        notes.add(Reason::BeforeCues, lines[k].clone());
    }
    let ends: Vec<usize> = heads.iter().skip(1).map(|h| h.1).chain([lines.len()]).collect();
    let mut cues = Vec::with_capacity(heads.len());
    for ((timing, first, times), next) in heads.into_iter().zip(ends) {
        let damaged =
            |&k: &usize| clock::looks_timed(line(k)) && number(line(k - 1)).is_some() && (k < 2 || blank(k - 2));
        if let Some(k) = (timing + 2..next).find(damaged) {
            return wrong(k, &format!("this line should have two times such as {TIMES}"));
        }
        let last = (timing + 1..next).rev().find(|&k| !blank(k));
        let from = lines[timing].end;
        let to = last.map_or(from, |k| lines[k].end);
        // Words may follow the times.
        let start = match clock::is_settings(times.rest) {
            true => lines.get(timing + 1).map_or(from, |l| l.start).min(to),
            false => from - times.rest.len(),
        };
        let words = markup::subrip(text, start..to);
        let range = lines[first].start..to;
        let voices = vec![Voice { speaker: None, words }];
        cues.push(RawCue { range, start: times.start, end: times.end, voices, ..RawCue::default() });
    }
    Ok(cues)
}
