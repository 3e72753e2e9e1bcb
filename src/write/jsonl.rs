//! One JSON object a pair and line.

use std::io::{self, Write};

use serde::Serialize;

use crate::alignment::{Alignment, Half, Pair, Relation, SharedAnchor};
use crate::document::Segment;

use super::rounded;

pub(super) fn write(alignment: &Alignment, out: &mut dyn Write) -> io::Result<()> {
    let relation = Some(alignment.relation()).filter(|&r| r != Relation::Parallel);
    for pair in alignment.pairs() {
        serde_json::to_writer(&mut *out, &Record::new(pair, relation))?;
        out.write_all(b"\n")?;
    }
    Ok(())
}

#[derive(Serialize)]
struct Record<'a> {
    id: usize,
    shape: String,
    confidence: f64,
    en: Vec<Part<'a>>,
    zh: Vec<Part<'a>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    speaker: Option<Speakers<'a>>,
    anchors: &'a [SharedAnchor],
    #[serde(skip_serializing_if = "Option::is_none")]
    relation: Option<Relation>,
}

/// A segment of a half; bytes are those of the file that it comes from.
#[derive(Serialize)]
struct Part<'a> {
    index: usize,
    start: usize,
    end: usize,
    text: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    turn: Option<usize>,
    #[serde(skip_serializing_if = "Option::is_none")]
    speaker: Option<&'a str>,
}

#[derive(Serialize)]
struct Speakers<'a> {
    #[serde(skip_serializing_if = "Option::is_none")]
    en: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    zh: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    same: Option<bool>,
}

impl<'a> Record<'a> {
    fn new(pair: Pair<'a>, relation: Option<Relation>) -> Record<'a> {
        let name = |half: Half<'a>| half.speaker().map(|l| l.name.as_str());
        let (en, zh) = (name(pair.en()), name(pair.zh()));
        let same = pair.same_speaker().filter(|_| en.is_some() && zh.is_some());
        Record {
            id: pair.id(),
            shape: pair.shape(),
            confidence: rounded(pair.confidence()),
            en: parts(pair.en()),
            zh: parts(pair.zh()),
            speaker: (en.is_some() || zh.is_some()).then_some(Speakers { en, zh, same }),
            anchors: pair.anchors(),
            relation,
        }
    }
}

fn parts<'a>(half: Half<'a>) -> Vec<Part<'a>> {
    let part = |s: &'a Segment| Part {
        index: s.index,
        start: s.range.start,
        end: s.range.end,
        text: &s.text,
        turn: s.turn,
        speaker: half.speaker_of(s).map(|l| l.name.as_str()),
    };
    half.segments().map(part).collect()
}
