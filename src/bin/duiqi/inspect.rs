//! `duiqi segment`, `duiqi anchors` and `duiqi values`: what is found in one text.

use std::ops::Range;
use std::path::PathBuf;

use clap::Args;
use duiqi::train::{anchor::mentions, quantity::Locale};
use duiqi::{Document, ErrorKind, Format, Label, Lang, PassageKind, Segment, Source, Time, quantity};
use serde::Serialize;

use crate::failure::Failure;
use crate::formats::format;
use crate::{input, output};

#[derive(Args)]
pub(crate) struct Arguments {
    /// Text to take apart; `-` is standard input
    file: PathBuf,
    /// What the text is, where it is not to be found out
    #[arg(long, value_name = "FORMAT", value_parser = format())]
    from: Option<Format>,
    /// Take line i as segment i, split and join nothing: --from lines
    #[arg(long, conflicts_with = "from")]
    lines: bool,
    /// List each piece of text that is in no segment, with its line and the reason
    #[arg(long)]
    explain: bool,
    /// Go on even if the text seems to be in another language
    #[arg(long)]
    force: bool,
    /// Write to this file, which is replaced only when all is done
    #[arg(short, long, value_name = "FILE")]
    output: Option<PathBuf>,
}

impl Arguments {
    fn document(&self) -> Result<Document, Failure> {
        output::Target::of(self.output.as_deref(), &[&self.file])?;
        let format = if self.lines { Format::Lines } else { self.from.unwrap_or_default() };
        let source = input::read_text(&self.file)?;
        let document = match Document::read(source.clone(), format) {
            Err(error) if self.force && error.kind() == ErrorKind::OtherLanguage => {
                let lang = Document::language(&source, format).unwrap_or(Lang::En);
                Document::read_as(source, format, lang)?
            }
            read => read?,
        };
        input::say_left_out(&document, self.explain);
        Ok(document)
    }

    fn deliver(&self, rows: &[impl Serialize]) -> Result<(), Failure> {
        output::deliver(self.output.as_deref(), |out| {
            for row in rows {
                serde_json::to_writer(&mut *out, row)?;
                out.write_all(b"\n")?;
            }
            Ok(())
        })
    }
}

/// A line of `duiqi segment`. Bytes are those of the file; `segments` gives the first index and the one behind the last.
#[derive(Serialize)]
#[serde(tag = "type", rename_all = "lowercase")]
enum Part<'a> {
    Turn {
        index: usize,
        #[serde(skip_serializing_if = "Option::is_none")]
        label: Option<&'a Label>,
        #[serde(skip_serializing_if = "Option::is_none")]
        start: Option<usize>,
        #[serde(skip_serializing_if = "Option::is_none")]
        end: Option<usize>,
        #[serde(skip_serializing_if = "Option::is_none")]
        time: Option<f64>,
        segments: [usize; 2],
    },
    Passage {
        index: usize,
        kind: PassageKind,
        lang: Lang,
        start: usize,
        end: usize,
        segments: [usize; 2],
        #[serde(skip_serializing_if = "Option::is_none")]
        turn: Option<usize>,
    },
    Segment {
        index: usize,
        lang: Lang,
        start: usize,
        end: usize,
        text: &'a str,
        passage: usize,
        #[serde(skip_serializing_if = "Option::is_none")]
        turn: Option<usize>,
        #[serde(skip_serializing_if = "Option::is_none")]
        speaker: Option<&'a str>,
        #[serde(skip_serializing_if = "Option::is_none")]
        time: Option<Time>,
    },
}

pub(crate) fn segment(arguments: &Arguments) -> Result<(), Failure> {
    let document = arguments.document()?;
    arguments.deliver(&parts(&document))
}

/// Turns, passages and segments in the order of the text; what holds something stands before it.
fn parts(document: &Document) -> Vec<Part<'_>> {
    let mut parts: Vec<(usize, u8, Part<'_>)> = Vec::new();
    let mut at = 0;
    for t in document.turns() {
        let first = document.segments().get(t.segments.start).filter(|_| !t.segments.is_empty());
        // A turn without label and words has no place of its own: it stands where the last one did.
        at = t.label_range.as_ref().or(first.map(|s| &s.range)).map_or(at, |r| r.start);
        let (start, end) = (t.label_range.as_ref().map(|r| r.start), t.label_range.as_ref().map(|r| r.end));
        let segments = [t.segments.start, t.segments.end];
        parts.push((at, 0, Part::Turn { index: t.index, label: t.label.as_ref(), start, end, time: t.time, segments }));
    }
    for p in document.passages() {
        let segments = [p.segments.start, p.segments.end];
        let (start, end) = (p.range.start, p.range.end);
        let part = Part::Passage { index: p.index, kind: p.kind, lang: p.lang, start, end, segments, turn: p.turn };
        parts.push((start, 1, part));
    }
    for s in document.segments() {
        let (start, end) = (s.range.start, s.range.end);
        let speaker = document.speaker(s.index).map(|l| l.name.as_str());
        let (text, passage, turn) = (s.text.as_str(), s.passage, s.turn);
        let (index, lang, time) = (s.index, s.lang, s.time);
        let part = Part::Segment { index, lang, start, end, text, passage, turn, speaker, time };
        parts.push((start, 2, part));
    }
    parts.sort_by_key(|&(at, rank, _)| (at, rank));
    parts.into_iter().map(|(_, _, part)| part).collect()
}

/// Where something stands in a file.
#[derive(Serialize)]
struct Spot {
    /// Line of the file, from 1.
    line: usize,
    segment: usize,
    lang: Lang,
    start: usize,
    end: usize,
    text: String,
}

impl Spot {
    /// The place of a part of a segment; `starts` as [`line_starts`] gives them.
    fn new(document: &Document, starts: &[usize], segment: &Segment, local: Range<usize>) -> Spot {
        let text = segment.text.get(local.clone()).unwrap_or_default().to_owned();
        let Range { start, end } = document.locate(segment, local);
        let line = starts.partition_point(|&s| s <= start);
        Spot { line, segment: segment.index, lang: segment.lang, start, end, text }
    }
}

/// A line of `duiqi anchors`: a [`duiqi::train::anchor::Mention`] with its place.
#[derive(Serialize)]
struct Anchor {
    #[serde(flatten)]
    spot: Spot,
    kind: duiqi::AnchorKind,
    #[serde(skip_serializing_if = "Option::is_none")]
    value: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    unit: Option<&'static str>,
    key: duiqi::train::anchor::AnchorKey,
}

pub(crate) fn anchors(arguments: &Arguments) -> Result<(), Failure> {
    let document = arguments.document()?;
    let starts = line_starts(document.source());
    let mut rows = Vec::new();
    for segment in document.segments() {
        for mention in mentions(&segment.text, segment.lang) {
            let (value, unit) = (mention.value(), mention.unit());
            let spot = Spot::new(&document, &starts, segment, mention.range);
            rows.push(Anchor { spot, kind: mention.kind, value, unit, key: mention.key });
        }
    }
    arguments.deliver(&rows)
}

/// A line of `duiqi values`.
#[derive(Serialize)]
struct Stated {
    #[serde(flatten)]
    spot: Spot,
    /// The value in one line: `~1200000000 USD`.
    states: String,
    quantity: quantity::Quantity,
    hedge: quantity::Hedge,
    #[serde(skip_serializing_if = "Option::is_none")]
    direction: Option<quantity::Direction>,
}

pub(crate) fn values(arguments: &Arguments) -> Result<(), Failure> {
    let document = arguments.document()?;
    let starts = line_starts(document.source());
    let mut rows = Vec::new();
    let locale = Locale::of(document.segments().iter().map(|s| s.text.as_str()));
    for segment in document.segments() {
        for value in quantity::values_in(&segment.text, segment.lang, locale) {
            let states = value.to_string();
            let spot = Spot::new(&document, &starts, segment, value.range);
            let (quantity, hedge, direction) = (value.quantity, value.hedge, value.direction);
            rows.push(Stated { spot, states, quantity, hedge, direction });
        }
    }
    arguments.deliver(&rows)
}

/// Where each line starts in the file's bytes.
fn line_starts(source: &Source) -> Vec<usize> {
    let ends = source.text().match_indices('\n').map(|(at, _)| source.byte_offset(at + 1));
    std::iter::once(0).chain(ends).collect()
}
