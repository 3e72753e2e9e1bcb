//! Records with words and times, recognised by the names that services give to their members.

use super::{RawCue, Speaker, Voice, clock};
use crate::document::json::{Members, Node};
use crate::document::{Label, MappedText, label};

const WORDS: [&str; 6] = ["text", "transcript", "content", "sentence", "caption", "utterance"];
const START: [&str; 12] = [
    "start",
    "begin",
    "from",
    "start_time",
    "startTime",
    "begin_time",
    "beginTime",
    "start_ms",
    "startMs",
    "bg",
    "offset",
    "time",
];
const END: [&str; 8] = ["end", "stop", "to", "end_time", "endTime", "end_ms", "endMs", "ed"];
const LENGTH: [&str; 3] = ["duration", "dur", "duration_ms"];
const SPEAKER: [&str; 7] =
    ["speaker", "speaker_name", "speakerName", "speaker_label", "speaker_id", "speakerId", "spk"];

/// The names of the list of single words in a record, and the names of a word's text.
const SINGLE: &str = "words";
const WORD: [&str; 3] = ["word", "punctuated_word", "text"];

/// Lists of single words and of alternative readings, which are not records themselves.
const NO_RECORDS: [&str; 4] = [SINGLE, "tokens", "items", "alternatives"];

/// The greatest depth at which records are searched.
const DEPTH: usize = 6;

/// The least number of characters said in a second over all records. If there are fewer, the times are in milliseconds.
const SLOWEST: f64 = 0.5;

/// Returns the cues of a list of records. Records without words are skipped.
pub(super) fn records(items: &[Node<'_>]) -> Vec<RawCue> {
    let read = |&item: &Node<'_>| {
        let members = item.members()?;
        let (start, end) = times(&members);
        let words = members.first(&WORDS)?.string()?;
        let mut cue = cue(item, words, start, end, members.first(&SPEAKER).and_then(speaker));
        pace(&mut cue, &members);
        let whole = members.first(&START).is_none_or(|n| n.raw().bytes().all(|b| b.is_ascii_digit()));
        Some((cue, whole))
    };
    let found: Vec<(RawCue, bool)> = items.iter().filter_map(read).collect();
    let whole = found.iter().all(|(_, whole)| *whole);
    let mut cues: Vec<RawCue> = found.into_iter().map(|(cue, _)| cue).collect();
    let length = |cue: &RawCue| cue.start.zip(cue.end).map_or(0.0, |(start, end)| (end - start).max(0.0));
    let said: usize = cues.iter().flat_map(|cue| &cue.voices).map(|v| v.words.text().chars().count()).sum();
    let seconds: f64 = cues.iter().map(length).sum();
    if whole && (said as f64) < seconds * SLOWEST {
        for cue in &mut cues {
            cue.start = cue.start.map(|t| t / 1e3);
            cue.end = cue.end.map(|t| t / 1e3);
            cue.pace.scale(1e-3);
        }
    }
    ended(cues)
}

/// Returns the same cues, each of which ends at the latest when the next one begins.
pub(super) fn ended(mut cues: Vec<RawCue>) -> Vec<RawCue> {
    let mut next = None;
    for cue in cues.iter_mut().rev().filter(|cue| cue.voices.iter().any(|v| !v.words.text().trim().is_empty())) {
        if let (Some(start), Some(end), Some(next)) = (cue.start, cue.end, next)
            && start < next
            && next < end
        {
            cue.end = Some(next);
        }
        next = cue.start.or(next);
    }
    cues
}

/// The first list of records with words and times in an object or a list, joined with the lists at the same place in
/// its neighbours.
pub(super) fn search(root: Node<'_>) -> Option<Vec<RawCue>> {
    let mut cues = Vec::new();
    collect(root, 0, &mut cues);
    (!cues.is_empty()).then_some(cues)
}

fn collect(node: Node<'_>, depth: usize, cues: &mut Vec<RawCue>) {
    if depth > DEPTH {
        return;
    }
    if let Some(items) = node.items() {
        let timed = |item: &&Node<'_>| {
            item.members()
                .is_some_and(|m| m.first(&WORDS).is_some_and(|n| n.string().is_some()) && times(&m).0.is_some())
        };
        if items.iter().filter(timed).count() * 2 > items.len() {
            cues.extend(records(&items));
        } else {
            items.into_iter().for_each(|item| collect(item, depth + 1, cues));
        }
    } else if let Some(members) = node.members() {
        let before = cues.len();
        for (key, member) in members.all() {
            if cues.len() == before && !NO_RECORDS.contains(&key) {
                collect(member, depth + 1, cues);
            }
        }
    }
}

pub(super) fn cue(
    item: Node<'_>,
    words: MappedText,
    start: Option<f64>,
    end: Option<f64>,
    speaker: Option<Speaker>,
) -> RawCue {
    RawCue { range: item.range(), start, end, voices: vec![Voice { speaker, words }], ..RawCue::default() }
}

/// A number, which may be written as a string: `"1.5"`, `"00:00:01,500"`, `"1.5s"`.
pub(super) fn number(node: Node<'_>) -> Option<f64> {
    node.number().or_else(|| {
        let text = node.string()?;
        let text = text.text().trim();
        let bare = text.strip_suffix('s').unwrap_or(text);
        let plain = bare.parse().ok().filter(|n: &f64| n.is_finite());
        plain.or_else(|| clock::time(text).filter(|(_, rest)| rest.is_empty()).map(|(second, _)| second))
    })
}

/// The start and the end of a record; if they are absent, those of its words.
pub(super) fn times(members: &Members<'_>) -> (Option<f64>, Option<f64>) {
    let start = members.first(&START).and_then(number);
    let length = || members.first(&LENGTH).and_then(number);
    let end = members.first(&END).and_then(number).or_else(|| Some(start? + length()?));
    if start.is_some() && end.is_some() {
        return (start, end);
    }
    let words: Vec<Members<'_>> =
        members.items(SINGLE).unwrap_or_default().into_iter().filter_map(Node::members).collect();
    let first = words.iter().find_map(|w| number(w.first(&START)?));
    let last = words.iter().rev().find_map(|w| number(w.first(&END)?));
    (start.or(first), end.or(last))
}

/// Sets when the words of a cue are said, from the times of single words.
fn pace(cue: &mut RawCue, members: &Members<'_>) {
    let Some(text) = cue.voices.first().map(|v| v.words.text()) else { return };
    let mut at = 0;
    for word in members.items(SINGLE).unwrap_or_default().into_iter().filter_map(Node::members) {
        let Some(written) = word.first(&WORD).and_then(Node::string) else { continue };
        let written = written.text().trim();
        let Some(place) = text.get(at..).and_then(|rest| near(rest, written)).filter(|_| !written.is_empty()) else {
            continue;
        };
        let place = at + place;
        at = place + written.len();
        for (byte, key) in [(place, START.as_slice()), (at, END.as_slice())] {
            if let Some(second) = word.first(key).and_then(number) {
                cue.pace.add(byte, second);
            }
        }
    }
}

/// The number of bytes in which the next word is searched.
const NEAR: usize = 200;

/// The place of a word near the beginning of a text.
fn near(text: &str, word: &str) -> Option<usize> {
    let end = (text.len().min(NEAR + word.len())..=text.len()).find(|&k| text.is_char_boundary(k))?;
    text.get(..end)?.find(word)
}

/// The speaker, as a name or a number.
pub(super) fn speaker(node: Node<'_>) -> Option<Speaker> {
    let name = match node.string() {
        Some(name) => name.text().split_whitespace().collect::<Vec<_>>().join(" "),
        None => node.number().map(|n| n.to_string())?,
    };
    let bare = name.len() == 1 || name.bytes().all(|b| b.is_ascii_digit());
    let label = if bare { numbered(&name) } else { label::named(&name) };
    (!name.is_empty()).then(|| Speaker { label, range: node.range() })
}

/// A label that only distinguishes speakers. A bare `A` would be read as an answer.
pub(super) fn numbered(name: &str) -> Label {
    Label { name: format!("Speaker {name}"), ..Label::default() }
}
