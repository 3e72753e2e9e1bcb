//! Rolling captions: each cue repeats the previous line above the new one, as automatic captions do. Each line is kept
//! once, where it first appears.

use std::ops::Range;

use super::RawCue;
use crate::document::left_out::{Notes, Reason};
use crate::document::sentence::trim;

/// The percentage of the cues that must repeat the last line of the cue before for the captions to be rolling.
const ROLLING_PERCENT: usize = 50;

/// The least number of cues with a repeated line and a new one in rolling captions. Songs and quarrels also repeat
/// lines.
const LEAST_CUES: usize = 2;

/// The most lines that captions show at a time. More are not compared.
const MOST_LINES: usize = 8;

/// The number of seconds after which an equal line was said again, and is not the same line that is still shown.
const SHOWN: f64 = 1.0;

/// Removes from each cue what the cue before has already shown, if the captions of a file roll. A line that grows from
/// cue to cue is kept where it is complete.
pub(super) fn once(cues: &mut [RawCue], notes: &mut Notes) {
    if cues.iter().any(|cue| cue.voices.len() > 1) {
        return;
    }
    let shown: Vec<Repeated> = (0..cues.len())
        .map(|k| k.checked_sub(1).map_or_else(Repeated::default, |b| repeated(&cues[b], &cues[k])))
        .collect();
    let filled = cues.iter().filter(|cue| !words(cue).trim().is_empty()).count();
    let repeating = shown.iter().filter(|r| r.lines > 0).count();
    let adds = |(cue, r): &(&RawCue, &Repeated)| r.lines > 0 && (r.grows || r.bytes < words(cue).trim_end().len());
    let adding = cues.iter().zip(&shown).filter(adds).count();
    if adding < LEAST_CUES || repeating * 100 < filled.saturating_sub(1) * ROLLING_PERCENT {
        return;
    }
    for (k, repeated) in shown.into_iter().enumerate().filter(|(_, r)| r.lines > 0) {
        let (before, rest) = cues.split_at_mut(k);
        let (Some(before), Some(cue)) = (before.last_mut(), rest.first_mut()) else { continue };
        if repeated.grows {
            let last = lines(words(before)).last().map_or(0, |(line, end)| end - line.len());
            notes.add(Reason::Repeated, place(before, last..words(before).len()));
            cut(before, 0..last);
            if words(before).trim().is_empty() {
                cue.start = before.start.or(cue.start);
            }
        }
        let whole = words(cue).len();
        if repeated.bytes > 0 {
            notes.add(Reason::Repeated, place(cue, 0..repeated.bytes));
        }
        cut(cue, repeated.bytes..whole);
    }
}

/// Keeps only a part of a cue's words.
fn cut(cue: &mut RawCue, kept: Range<usize>) {
    cue.pace = cue.pace.slice(&kept);
    if let Some(voice) = cue.voices.first_mut() {
        voice.words = voice.words.slice(kept);
    }
}

/// The bytes of the source that contain a part of a cue's words.
fn place(cue: &RawCue, words: Range<usize>) -> Range<usize> {
    cue.voices.first().map_or(0..0, |voice| voice.words.source_range(trim(voice.words.text(), words)))
}

fn words(cue: &RawCue) -> &str {
    cue.voices.first().map_or("", |voice| voice.words.text())
}

/// The part of the cue before that a cue shows again.
#[derive(Default)]
struct Repeated {
    /// The number of lines.
    lines: usize,
    /// Whether the last of them has become longer.
    grows: bool,
    /// The number of bytes of its words that are not new.
    bytes: usize,
}

/// The number of the last lines of `before` that `cue` begins with.
fn repeated(before: &RawCue, cue: &RawCue) -> Repeated {
    let apart = before.end.zip(cue.start).is_some_and(|(end, start)| start - end > SHOWN);
    let (old, new) = (lines(words(before)), lines(words(cue)));
    if apart || old.is_empty() || new.is_empty() {
        return Repeated::default();
    }
    for n in (1..=old.len().min(new.len()).min(MOST_LINES)).rev() {
        let same = |k: usize| old[old.len() - n + k].0 == new[k].0;
        if !(0..n - 1).all(same) {
            continue;
        }
        if same(n - 1) {
            return Repeated { lines: n, grows: false, bytes: new[n - 1].1 };
        }
        let (last, longer) = (old[old.len() - 1].0, new[n - 1].0);
        let goes_on = longer.strip_prefix(last).is_some_and(|rest| rest.starts_with(' ') || !last.is_ascii());
        if goes_on {
            let bytes = n.checked_sub(2).map_or(0, |k| new[k].1);
            return Repeated { lines: n, grows: true, bytes };
        }
    }
    Repeated::default()
}

/// The lines of words that are not blank, without blanks, and where each ends.
fn lines(words: &str) -> Vec<(&str, usize)> {
    let mut at = 0;
    let lines = words.split('\n').map(|line| {
        let range = trim(words, at..at + line.len());
        at += line.len() + 1;
        (&words[range.clone()], range.end)
    });
    lines.filter(|(line, _)| !line.is_empty()).collect()
}
