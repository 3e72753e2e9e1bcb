//! The JSON that speech recognisers and transcript services write. A key that is absent or has the wrong type
//! is ignored. A file that is not from a known service is searched for records with words and times.

use super::records::{self, cue, number, records, speaker, times};
use super::{RawCue, Speaker, clock};
use crate::document::MappedText;
use crate::document::json::{Members, Node, mended};
use crate::document::left_out::Notes;
use crate::document::line::is_blank;
use crate::error::{Error, Result};
use crate::text::Source;

/// What the message names where a file is none of them.
const DIALECTS: &str = "Whisper, faster-whisper, WhisperX (segments), whisper.cpp (transcription), Hugging Face pipeline \
    (chunks), AssemblyAI and Deepgram (utterances, results), EarningsCall (speakers), YouTube (events), and lists or lines of \
    records that have text and times";

/// Units of a time in a second.
const MILLISECONDS: f64 = 1000.0;

/// Whether a text is JSON or seems to be meant as JSON. Other texts may also begin with a bracket: `[00:01] Hello`.
pub(in crate::document) fn is_json(source: &Source) -> bool {
    let text = source.text().trim_start_matches(is_blank);
    let second = text.get(1..).map(|rest| rest.trim_start_matches(is_blank)).unwrap_or_default();
    (text.starts_with('{') && second.starts_with(['"', '}']))
        || (text.starts_with('[') && (second.starts_with('{') || Node::parse(text).is_ok()))
}

/// The cues.
///
/// # Errors
/// [`crate::ErrorKind::WrongFormat`] for a text that is not JSON, or JSON of another kind.
pub(in crate::document) fn read(source: &Source, _: &mut Notes) -> Result<Vec<RawCue>> {
    let text = source.text();
    let wrong = |line: usize, what: &str| Error::not_read(source.name(), line.max(1), what);
    let invalid = |line: usize, error: serde_json::Error| {
        let said = error.to_string();
        let reason = said.split(" at line ").next().unwrap_or_default();
        wrong(line, &format!("this is not valid JSON ({reason}, column {})", error.column()))
    };
    let mended = mended(text);
    let (found, start) = match Node::parse(&mended) {
        Ok(root) => (cues(root), root.range().start),
        Err(error) => {
            let lines = clock::lines(text);
            let start = lines.iter().find(|l| !mended[(**l).clone()].trim().is_empty()).map_or(0, |l| l.start);
            let mut nodes = Vec::new();
            let mut broken = None;
            for (k, line) in lines.iter().enumerate().filter(|(_, l)| !mended[(*l).clone()].trim().is_empty()) {
                match Node::parse_part(&mended, line.clone()) {
                    Ok(node) => nodes.push(node),
                    Err(_) if nodes.is_empty() => return Err(invalid(error.line(), error)),
                    Err(error) => {
                        broken = Some((k + 1, error));
                        break;
                    }
                }
            }
            if let Some((line, error)) = broken {
                return Err(invalid(line, error));
            }
            (Some(records(&nodes)).filter(|cues| !cues.is_empty()), start)
        }
    };
    found.ok_or_else(|| {
        let line = source.line_of(start);
        wrong(line, &format!("this JSON is not a transcript that duiqi can read ({DIALECTS})"))
    })
}

fn cues(root: Node<'_>) -> Option<Vec<RawCue>> {
    if let Some(items) = root.items() {
        // A list without the object around it, as scripts write it.
        let cues = records(&items);
        return if cues.is_empty() { records::search(root) } else { Some(cues) };
    }
    let node = root;
    let root = root.members()?;
    if let Some(cues) = root.items("segments").map(|items| records(&items)).filter(|cues| !cues.is_empty()) {
        return Some(cues);
    }
    if let Some(items) = root.items("events") {
        return Some(records::ended(items.into_iter().filter_map(youtube).collect()));
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
        return Some(records(&items));
    }
    if let Some(channels) = results.as_ref().and_then(|r| r.items("channels")) {
        return Some(deepgram_channels(channels));
    }
    records::search(node).or_else(|| assembly_words(&root))
}

/// An event of the captions of YouTube: its words come in parts, each with its own start.
fn youtube(item: Node<'_>) -> Option<RawCue> {
    let members = item.members()?;
    let start = members.number("tStartMs")?;
    let (mut words, mut pace) = (MappedText::default(), Vec::new());
    for part in members.items("segs")?.into_iter().filter_map(Node::members) {
        pace.push((words.text().len(), (start + part.number("tOffsetMs").unwrap_or(0.0)) / MILLISECONDS));
        if let Some(text) = part.string("utf8") {
            words.append(&text);
        }
    }
    let end = members.number("dDurationMs").map(|length| (start + length) / MILLISECONDS);
    let mut cue = cue(item, words, Some(start / MILLISECONDS), end, None);
    if pace.len() > 1 {
        pace.into_iter().for_each(|(at, second)| cue.pace.add(at, second));
    }
    Some(cue)
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
    let time = |k: usize| times.get(k).and_then(|n| number(*n));
    Some(cue(item, members.string("text")?, time(0), time(1), members.get("speaker").and_then(speaker)))
}

/// Level 2 has no times; level 3 says when each word starts.
fn earnings_call(item: Node<'_>) -> Option<RawCue> {
    let members = item.members()?;
    let starts = members.items("start_times").unwrap_or_default();
    let (start, end) = (starts.first().and_then(|n| number(*n)), starts.last().and_then(|n| number(*n)));
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
            several.then(|| Speaker {
                label: records::numbered(&k.to_string()),
                range: item.range().start..item.range().start,
            })
        };
        let paragraphs = alternative.members("paragraphs").and_then(|p| p.items("paragraphs")).unwrap_or_default();
        let before = cues.len();
        for paragraph in paragraphs.into_iter().filter_map(Node::members) {
            let who = paragraph.get("speaker").and_then(speaker).or_else(own);
            for mut cue in records(&paragraph.items("sentences").unwrap_or_default()) {
                cue.voices.iter_mut().for_each(|v| v.speaker.clone_from(&who));
                cues.push(cue);
            }
        }
        if cues.len() == before
            && let Some(words) = alternative.string("transcript")
        {
            let (start, end) = times(&alternative);
            cues.push(cue(item, words, start, end, own()));
        }
    }
    cues
}

/// AssemblyAI without utterances: the whole text, as long as its words take.
fn assembly_words(root: &Members<'_>) -> Option<Vec<RawCue>> {
    let node = root.get("text")?;
    root.items("words")?;
    let (start, end) = times(root);
    let second = |t: Option<f64>| t.map(|t| t / MILLISECONDS);
    Some(vec![cue(node, node.string()?, second(start), second(end), None)])
}
