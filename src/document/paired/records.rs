//! Pairs as JSON, one record in each line: those that duiqi writes, those of Hugging Face, and others with a text in each
//! language.

use std::ops::Range;

use super::keys;
use super::properties::Properties;
use super::unit::{Contents, Text, Unit};
use crate::document::MappedText;
use crate::document::json::Node;
use crate::document::sentence::trim;
use crate::error::{Error, Result};
use crate::text::{Lang, Source};

/// The keys of a text, the most usual first.
fn text_keys(lang: Lang) -> &'static [&'static str] {
    match lang {
        Lang::En => &["en", "english", "en_text", "text_en", "eng", "en-US"],
        Lang::Zh => &["zh", "chinese", "zh_text", "text_zh", "zho", "cmn", "zh-CN", "zh-TW", "cn"],
    }
}

/// Whether the first line of a text is a record of a pair.
pub(in crate::document) fn is_records(source: &Source) -> bool {
    let text = source.text();
    lines(text).next().is_some_and(|line| text[line.clone()].starts_with('{') && record(text, line).is_some())
}

/// Reads the records.
///
/// # Errors
/// [`crate::ErrorKind::Malformed`] for a line that is not a record of a pair.
pub(in crate::document) fn read(source: &Source) -> Result<Contents> {
    let text = source.text();
    let mut contents = Contents::default();
    for line in lines(text) {
        let at = line.start;
        let Some(unit) = record(text, line) else {
            let what = "this line is not a record of a pair; write for example {\"en\": \"…\", \"zh\": \"…\"}";
            return Err(Error::malformed(source.name(), source.line_of(at), what));
        };
        contents.add(unit);
    }
    Ok(contents)
}

/// The pair of a record.
fn record(text: &str, line: Range<usize>) -> Option<Unit> {
    let at = line.start;
    let record = Node::parse_part(text, line).ok()?.members()?;
    let inner = record.members("translation");
    let texts = inner.as_ref().unwrap_or(&record);
    let mut unit = Unit { at, ..Unit::default() };
    let speakers = record.members("speaker");
    let mut found = false;
    for lang in Lang::ALL {
        let Some(node) = text_keys(lang).iter().find_map(|key| texts.get(key)) else { continue };
        let half = half(node)?;
        found = true;
        if half.words.text().trim().is_empty() {
            continue;
        }
        let mut properties = half.properties;
        if properties.get(keys::SPEAKER).is_none()
            && let Some(name) = speakers.as_ref().and_then(|s| s.string(lang.code()))
        {
            properties.add(keys::SPEAKER.to_owned(), name.text());
        }
        *unit.place(lang) = Some(Text { words: half.words, properties });
    }
    if !found {
        return None;
    }
    unit.id = record.get("id").and_then(|id| Some(format!("{}", id.number()?)));
    if let Some(confidence) = record.number("confidence").or_else(|| record.number("score")) {
        unit.properties.add(keys::CONFIDENCE.to_owned(), &confidence.to_string());
    }
    if let Some(same) = speakers.as_ref().and_then(|s| s.get("same")).and_then(Node::boolean) {
        unit.properties.add(keys::SAME_SPEAKER.to_owned(), if same { "true" } else { "false" });
    }
    if record.get("moved").and_then(Node::boolean) == Some(true) {
        unit.properties.add(keys::RELATION.to_owned(), keys::MOVED);
    }
    Some(unit)
}

/// A half of a record: a text, or segments with a text each, as duiqi writes them.
fn half(node: Node<'_>) -> Option<Text> {
    if let Some(words) = node.string() {
        let words = words.slice(trim(words.text(), 0..words.text().len()));
        return Some(Text { words, properties: Properties::default() });
    }
    let (mut words, mut lengths, mut turns) = (MappedText::default(), Vec::new(), Vec::new());
    let mut properties = Properties::default();
    let mut last = None;
    for segment in node.items()? {
        let segment = segment.members()?;
        let text = segment.string("text")?;
        if !words.text().is_empty() {
            // The space replaces what is between two segments.
            words.push(" ", words.source_range(0..words.text().len()).end);
        }
        words.append(&text);
        lengths.push(text.text().chars().count().to_string());
        let turn = segment.number("turn");
        turns.push(turn.map_or_else(|| "-".to_owned(), |turn| turn.to_string()));
        if turn.is_some() && turn != last {
            let name = segment.string("speaker");
            properties.add(keys::SPEAKER.to_owned(), name.as_ref().map_or("", |name| name.text()));
        }
        last = turn.or(last);
    }
    properties.add(keys::LENGTHS.to_owned(), &lengths.join(" "));
    properties.add(keys::TURN.to_owned(), &turns.join(" "));
    Some(Text { words, properties })
}

/// The lines that are not blank.
fn lines(text: &str) -> impl Iterator<Item = Range<usize>> {
    let mut at = 0;
    text.split('\n').filter_map(move |line| {
        let start = at + (line.len() - line.trim_start_matches(['\u{FEFF}', ' ', '\t']).len());
        let end = at + line.trim_end().len();
        at += line.len() + 1;
        (start < end).then_some(start..end)
    })
}
