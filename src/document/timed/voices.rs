//! Who says what in a cue: by voice tags and keys where the input has them, otherwise by habit (`ANNA: `, `- `, `>> `).

use std::ops::Range;

use super::{RawCue, Speaker};
use crate::document::{
    MappedText,
    block::{Block, BlockKind},
    cue::Pace,
    label,
    sentence::{is_blank, trim},
};

/// A cue, or what one person says in it.
pub(super) struct Part {
    /// Index of the cue.
    pub(super) cue: usize,
    /// Not blank.
    pub(super) words: MappedText,
    pub(super) change: Change,
    /// What stands before the words for who speaks, by habit.
    pub(super) opening: Option<String>,
    /// Where these words begin in the words of the cue's first voice.
    pub(super) at: usize,
    pub(super) pace: Pace,
}

/// Whether somebody else begins to speak.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Change {
    /// Nothing says so.
    None,
    /// Nothing says who speaks, where other cues do say it.
    Unsaid,
    /// Somebody does; this one, if it is said who.
    To(Option<Speaker>),
}

/// A line of a cue: where it stands in the words of which voice.
struct Line {
    cue: usize,
    voice: usize,
    /// The line without blanks.
    range: Range<usize>,
    /// Its bytes that say by a dash that somebody else speaks.
    dash: usize,
}

/// Something that opens what somebody says.
struct Opening {
    /// Bytes of the voice's words.
    range: Range<usize>,
    speaker: Option<Speaker>,
}

/// The parts of all cues, in order. Where some cue has its speaker by a tag or key, no words are taken for a label.
pub(super) fn parts(cues: &[RawCue]) -> Vec<Part> {
    let explicit = cues.iter().flat_map(|c| &c.voices).any(|v| v.speaker.is_some());
    let lines = lines(cues);
    let words = |line: &Line| &cues[line.cue].voices[line.voice].words;
    let block = |line: &Line| {
        let text = words(line).slice(line.range.start + line.dash..line.range.end);
        Block { kind: BlockKind::Text, text }
    };
    let blocks: Vec<Block> = lines.iter().map(block).collect();
    let marks = if explicit { Vec::new() } else { label::marks(&blocks, "") };
    let mut marks = marks.into_iter().peekable();
    let mut openings: Vec<Vec<Vec<Opening>>> =
        cues.iter().map(|c| c.voices.iter().map(|_| Vec::new()).collect()).collect();
    for (k, line) in lines.iter().enumerate() {
        let list = &mut openings[line.cue][line.voice];
        let from = line.range.start;
        if line.dash > 0 {
            list.push(Opening { range: from..from + line.dash, speaker: None });
        }
        while let Some(mark) = marks.next_if(|m| m.block == k) {
            let text = blocks[k].text.text().get(mark.range.clone()).unwrap_or_default();
            // A name alone on its line is what is said, as are times in running text.
            if !(text.trim_end_matches(is_blank).ends_with([':', '：', ']', '】']) || text.starts_with(">>")) {
                continue;
            }
            let range = from + line.dash + mark.range.start..from + line.dash + mark.range.end;
            let place = words(line).source_range(trim(words(line).text(), range.clone()));
            let speaker = mark.label.map(|label| Speaker { label, range: place });
            match list.last_mut().filter(|last| last.range.end == range.start) {
                Some(dash) => *dash = Opening { range: dash.range.start..range.end, speaker },
                None => list.push(Opening { range, speaker }),
            }
        }
    }
    let mut parts = Vec::new();
    // A label with nothing behind it belongs to the next words.
    let mut pending = Change::None;
    for (cue, (raw, openings)) in cues.iter().zip(openings).enumerate() {
        for (voice, openings) in raw.voices.iter().zip(openings) {
            let text = voice.words.text();
            let ends = openings.iter().skip(1).map(|o| o.range.start).chain([text.len()]).collect::<Vec<_>>();
            let first = openings.first().map_or(text.len(), |o| o.range.start);
            let opened = openings.into_iter().zip(ends).map(|(o, end)| {
                let opening = text.get(o.range.clone()).map(str::to_owned);
                (o.range.end..end, Change::To(o.speaker), opening)
            });
            let own = match &voice.speaker {
                Some(speaker) => Change::To(Some(speaker.clone())),
                None if explicit => Change::Unsaid,
                None => Change::None,
            };
            for (range, change, opening) in std::iter::once((0..first, own, None)).chain(opened) {
                if change != Change::None {
                    pending = change;
                }
                let range = trim(text, range);
                if !range.is_empty() {
                    let change = std::mem::replace(&mut pending, Change::None);
                    let pace = raw.pace.slice(&range);
                    parts.push(Part {
                        cue,
                        words: voice.words.slice(range.clone()),
                        change,
                        opening,
                        at: range.start,
                        pace,
                    });
                }
            }
        }
    }
    parts
}

/// The lines of all cues that are not blank.
fn lines(cues: &[RawCue]) -> Vec<Line> {
    let mut lines = Vec::new();
    for (cue, raw) in cues.iter().enumerate() {
        for (voice, words) in raw.voices.iter().enumerate().filter(|(_, v)| v.speaker.is_none()) {
            let words = words.words.text();
            let mut at = 0;
            let first = lines.len();
            for line in words.split('\n') {
                let range = trim(words, at..at + line.len());
                at += line.len() + 1;
                if !range.is_empty() {
                    let dash = dash(&words[range.clone()]);
                    lines.push(Line { cue, voice, range, dash });
                }
            }
            // A long dash also sets a thought apart; two of them in one cue are two speakers.
            let own = &mut lines[first..];
            if own.iter().filter(|l| l.dash > 0).count() < 2 {
                own.iter_mut().filter(|l| words[l.range.clone()].starts_with('–')).for_each(|l| l.dash = 0);
            }
        }
    }
    lines
}

/// Bytes of the dash before what somebody else says, blanks behind it included. No minus sign, and no rule.
fn dash(line: &str) -> usize {
    let Some(rest) = line.strip_prefix(['-', '‐', '–', '－']) else { return 0 };
    let words = rest.trim_start_matches(is_blank);
    let apart = words.len() < rest.len();
    let said = words.chars().next().is_some_and(|c| c.is_alphabetic() || (apart && c != '-'));
    if said { line.len() - words.len() } else { 0 }
}
