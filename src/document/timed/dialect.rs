//! The JSON that speech recognisers and transcript services write. A key that is absent or of another kind than it should be
//! is as if nothing were said.

use super::{RawCue, Speaker, Voice, clock};
use crate::document::json::{Members, Node};
use crate::document::{Label, MappedText, label};
use crate::error::{Error, Result};
use crate::text::Source;

/// What the message names where a file is none of them.
const DIALECTS: &str = "Whisper, faster-whisper, WhisperX (segments), whisper.cpp (transcription), Hugging Face pipeline \
    (chunks), AssemblyAI and Deepgram (utterances, results), EarningsCall (speakers)";

/// Units of a time in a second.
const SECONDS: f64 = 1.0;
const MILLISECONDS: f64 = 1000.0;

/// Whether a text may be JSON.
pub(in crate::document) fn is_json(source: &Source) -> bool {
    source.text().trim_start().starts_with(['{', '['])
}

/// The cues.
///
/// # Errors
/// [`crate::ErrorKind::Malformed`] for a text that is not JSON, or JSON of another kind.
pub(in crate::document) fn read(source: &Source) -> Result<Vec<RawCue>> {
    let wrong = |line: usize, what: &str| Error::wrong_format(source.name(), line.max(1), what);
    let root = Node::parse(source.text()).map_err(|e| {
        wrong(e.line(), "this is not valid JSON; repair it, or give a file in another format").caused_by(e)
    })?;
    cues(root).ok_or_else(|| {
        let line = source.line_of(root.range().start);
        wrong(line, &format!("this JSON is not a transcript that duiqi can read ({DIALECTS})"))
    })
}

fn cues(root: Node<'_>) -> Option<Vec<RawCue>> {
    if let Some(items) = root.items() {
        // A list without the object around it, as scripts write it.
        let cues = list(&items, "text", SECONDS);
        return (!cues.is_empty()).then_some(cues);
    }
    let root = root.members()?;
    if let Some(items) = root.items("segments") {
        return Some(list(&items, "text", SECONDS));
    }
    if let Some(items) = root.items("transcription") {
        return Some(items.into_iter().filter_map(whisper_cpp).collect());
    }
    if let Some(items) = root.items("chunks") {
        return Some(items.into_iter().filter_map(pipeline).collect());
    }
    if let Some(items) = root.items("speakers") {
        return Some(items.into_iter().filter_map(earnings_call).collect());
    }
    let results = root.members("results");
    let utterances = root.items("utterances").or_else(|| results.as_ref()?.items("utterances"));
    if let Some(items) = utterances.filter(|items| !items.is_empty()) {
        return Some(utterances_of(&items));
    }
    if let Some(channels) = results.as_ref().and_then(|r| r.items("channels")) {
        return Some(deepgram_channels(channels));
    }
    assembly_words(&root)
}

/// Deepgram writes `transcript` and seconds, AssemblyAI `text` and milliseconds.
fn utterances_of(items: &[Node<'_>]) -> Vec<RawCue> {
    let deepgram = items.iter().filter_map(|i| i.members()).any(|m| m.get("transcript").is_some());
    if deepgram { list(items, "transcript", SECONDS) } else { list(items, "text", MILLISECONDS) }
}

fn list(items: &[Node<'_>], text: &str, unit: f64) -> Vec<RawCue> {
    let cue = |&item: &Node<'_>| {
        let members = item.members()?;
        let (start, end) = times(&members, unit);
        Some(cue(item, members.string(text)?, start, end, members.get("speaker").and_then(speaker)))
    };
    items.iter().filter_map(cue).collect()
}

fn cue(item: Node<'_>, words: MappedText, start: Option<f64>, end: Option<f64>, speaker: Option<Speaker>) -> RawCue {
    RawCue { range: item.range(), start, end, voices: vec![Voice { speaker, words }] }
}

/// `start` and `end`, or those of the words where they are absent.
fn times(members: &Members<'_>, unit: f64) -> (Option<f64>, Option<f64>) {
    let (start, end) = (members.number("start"), members.number("end"));
    let (first, last) = match (start, end) {
        (Some(_), Some(_)) => (None, None),
        _ => {
            let words: Vec<Members<'_>> =
                members.items("words").unwrap_or_default().into_iter().filter_map(Node::members).collect();
            let first = words.iter().find_map(|w| w.number("start"));
            (first, words.iter().rev().find_map(|w| w.number("end")))
        }
    };
    (start.or(first).map(|t| t / unit), end.or(last).map(|t| t / unit))
}

fn whisper_cpp(item: Node<'_>) -> Option<RawCue> {
    let members = item.members()?;
    let time = |key: &str| {
        let offset = members.members("offsets").and_then(|o| o.number(key)).map(|t| t / MILLISECONDS);
        offset.or_else(|| Some(clock::time(members.members("timestamps")?.string(key)?.text())?.0))
    };
    Some(cue(item, members.string("text")?, time("from"), time("to"), members.get("speaker").and_then(speaker)))
}

fn pipeline(item: Node<'_>) -> Option<RawCue> {
    let members = item.members()?;
    let times = members.items("timestamp").unwrap_or_default();
    let time = |k: usize| times.get(k).and_then(|n| n.number());
    Some(cue(item, members.string("text")?, time(0), time(1), members.get("speaker").and_then(speaker)))
}

/// Level 2 has no times; level 3 says when each word starts.
fn earnings_call(item: Node<'_>) -> Option<RawCue> {
    let members = item.members()?;
    let starts = members.items("start_times").unwrap_or_default();
    let (start, end) = (starts.first().and_then(|n| n.number()), starts.last().and_then(|n| n.number()));
    let info = members.members("speaker_info");
    let name = info.as_ref().and_then(|i| i.get("name")).and_then(speaker);
    let mut who = name.or_else(|| members.get("speaker").and_then(speaker));
    let title = info.and_then(|i| i.string("title")).map(|t| t.text().trim().to_owned());
    if let Some(who) = &mut who {
        who.label.title = title.filter(|t| !t.is_empty()).or(who.label.title.take());
    }
    Some(cue(item, members.string("text")?, start, end, who))
}

/// `results.channels[].alternatives[]`: the sentences of the first alternative, or its whole transcript. Channels are
/// speakers where there are several.
fn deepgram_channels(channels: Vec<Node<'_>>) -> Vec<RawCue> {
    let several = channels.len() > 1;
    let mut cues = Vec::new();
    for (k, channel) in channels.into_iter().enumerate() {
        let first = channel.members().and_then(|c| c.items("alternatives")?.into_iter().next());
        let Some((item, alternative)) = first.and_then(|a| Some((a, a.members()?))) else { continue };
        let own = || {
            several.then(|| Speaker { label: numbered(&k.to_string()), range: item.range().start..item.range().start })
        };
        let paragraphs = alternative.members("paragraphs").and_then(|p| p.items("paragraphs")).unwrap_or_default();
        let before = cues.len();
        for paragraph in paragraphs.into_iter().filter_map(Node::members) {
            let who = paragraph.get("speaker").and_then(speaker).or_else(own);
            for mut cue in list(&paragraph.items("sentences").unwrap_or_default(), "text", SECONDS) {
                cue.voices.iter_mut().for_each(|v| v.speaker.clone_from(&who));
                cues.push(cue);
            }
        }
        if cues.len() == before
            && let Some(words) = alternative.string("transcript")
        {
            let (start, end) = times(&alternative, SECONDS);
            cues.push(cue(item, words, start, end, own()));
        }
    }
    cues
}

/// AssemblyAI without utterances: the whole text, as long as its words take.
fn assembly_words(root: &Members<'_>) -> Option<Vec<RawCue>> {
    let node = root.get("text")?;
    root.items("words")?;
    let (start, end) = times(root, MILLISECONDS);
    Some(vec![cue(node, node.string()?, start, end, None)])
}

/// Who speaks, by a name or a number.
fn speaker(node: Node<'_>) -> Option<Speaker> {
    let name = match node.string() {
        Some(name) => name.text().split_whitespace().collect::<Vec<_>>().join(" "),
        None => node.number().map(|n| n.to_string())?,
    };
    let bare = name.len() == 1 || name.bytes().all(|b| b.is_ascii_digit());
    let label = if bare { numbered(&name) } else { label::named(&name) };
    (!name.is_empty()).then(|| Speaker { label, range: node.range() })
}

/// A label that only tells speakers apart: a bare `A` would be taken for an answer.
fn numbered(name: &str) -> Label {
    Label { name: format!("Speaker {name}"), ..Label::default() }
}
