//! From blocks to a document: labels open turns, runs make passages, sentences make segments.

use std::ops::Range;

use super::{
    Document, Format, Passage, PassageKind, Segment, Turn,
    block::{Block, BlockKind, MappedText},
    label::{self, Mark},
    paired,
    reader::{self, Content},
    runs,
    sentence::{sentences, trim},
    timed,
    unread::Unread,
};
use crate::error::Result;
use crate::limits::Limit;
use crate::text::{Lang, Source, detect_lang};

/// Builds the document of a text. If `lang` is given, the whole text is in that language.
///
/// # Errors
/// Those of the readers, and [`crate::ErrorKind::Limit`] for more segments than the source's limits allow.
pub(super) fn build(unread: Unread, lang: Option<Lang>, labels: Labels) -> Result<Document> {
    let document = unbounded(unread, lang, labels)?;
    document.source.limits().check(Limit::Segments, document.segments.len() as u64, document.source.name())?;
    Ok(document)
}

/// Whether speaker labels are looked for in blocks; if not, they are text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Labels {
    Read,
    Text,
}

fn unbounded(unread: Unread, lang: Option<Lang>, labels: Labels) -> Result<Document> {
    let Unread { source, format, cues } = unread;
    let (format, content) = reader::read(&source, format, cues)?;
    let blocks = match content {
        Content::Blocks(blocks) => blocks,
        Content::Cues(cues) => return Ok(timed::assemble(source, format, cues, lang)),
        Content::Units(units) => return Ok(paired::document(source, format, units, lang)),
        Content::Lines => {
            // This comes before the memory for the segments is allocated.
            let lines = source.text().bytes().filter(|b| *b == b'\n').count();
            source.limits().check(Limit::Segments, lines as u64, source.name())?;
            return Ok(lines_of(source, format, lang));
        }
    };
    let most = source.limits().segments;
    let mut builder = Builder {
        document: Document { source, format, passages: vec![], turns: vec![], segments: vec![], cues: vec![] },
    };
    let marks = match labels {
        Labels::Read => label::marks(&blocks, builder.document.source.text()),
        Labels::Text => Vec::new(),
    };
    let steps = steps(&blocks, marks);
    let texts: Vec<&str> = steps.iter().filter_map(|step| step.text(&blocks)).collect();
    let mut languages = match lang {
        Some(lang) => texts.iter().map(|text| vec![(0..text.len(), lang)]).collect(),
        None => runs::runs(&texts),
    }
    .into_iter();
    for step in steps {
        match step {
            Step::Turn(turn, after) => builder.turn(turn, after, &blocks),
            Step::Text { block, range, turn } => {
                // One too many is enough to be told of.
                if builder.document.segments.len() as u64 > most {
                    break;
                }
                for (run, lang) in languages.next().unwrap_or_default() {
                    builder.passage(&blocks[block], range.start + run.start..range.start + run.end, lang, turn);
                }
            }
        }
    }
    Ok(builder.document)
}

enum Step {
    /// A label, and the block that holds its title.
    Turn(Mark, Option<usize>),
    /// Bytes of a block's text, not blank.
    Text { block: usize, range: Range<usize>, turn: Option<usize> },
}

impl Step {
    fn text<'a>(&self, blocks: &'a [Block]) -> Option<&'a str> {
        match self {
            Step::Turn(..) => None,
            Step::Text { block, range, .. } => blocks[*block].text.text().get(range.clone()),
        }
    }
}

/// Labels and texts in the order of the source, each text with the turn that it belongs to.
fn steps(blocks: &[Block], marks: Vec<Mark>) -> Vec<Step> {
    let mut steps = Vec::new();
    let ends = label::ends(blocks, &marks);
    let mut marks = marks.into_iter().peekable();
    let (mut turns, mut turn, mut title) = (0usize, None, None);
    for (k, block) in blocks.iter().enumerate() {
        if title == Some(k) {
            continue;
        }
        let text = block.text.text();
        let mut at = 0;
        if ends[k] {
            turn = None;
        }
        while let Some(mark) = marks.next_if(|mark| mark.block == k) {
            let before = trim(text, at..mark.range.start);
            if !before.is_empty() {
                steps.push(Step::Text { block: k, range: before, turn });
            }
            at = mark.range.end;
            title = mark.title_follows.then_some(k + 1);
            steps.push(Step::Turn(mark, title));
            turn = Some(turns);
            turns += 1;
        }
        let rest = trim(text, at..text.len());
        if !rest.is_empty() {
            steps.push(Step::Text { block: k, range: rest, turn });
        }
    }
    steps
}

struct Builder {
    document: Document,
}

impl Builder {
    fn turn(&mut self, mark: Mark, title: Option<usize>, blocks: &[Block]) {
        let mut range = self.bytes(&blocks[mark.block].text, trim(blocks[mark.block].text.text(), mark.range));
        if let Some(title) = title.and_then(|k| blocks.get(k)) {
            range.end = self.bytes(&title.text, trim(title.text.text(), 0..title.text.text().len())).end;
        }
        let document = &mut self.document;
        let segments = document.segments.len();
        document.turns.push(Turn {
            index: document.turns.len(),
            label: mark.label,
            label_range: Some(range),
            time: mark.time,
            segments: segments..segments,
        });
    }

    /// Adds the sentences of `block`'s text in `range` as one passage.
    fn passage(&mut self, block: &Block, range: Range<usize>, lang: Lang, turn: Option<usize>) {
        let Some(text) = block.text.text().get(range.clone()) else { return };
        // A heading is a title whatever marks it holds.
        let found = match block.kind {
            BlockKind::Heading => vec![trim(text, 0..text.len())],
            _ => sentences(text, lang),
        };
        let first = self.document.segments.len();
        let passage = self.document.passages.len();
        for local in found.into_iter().filter(|local| !local.is_empty()) {
            let place = range.start + local.start..range.start + local.end;
            let segment = Segment {
                index: self.document.segments.len(),
                lang,
                range: self.bytes(&block.text, place.clone()),
                text: text[local].to_owned(),
                passage,
                turn,
                places: block.text.places(place.clone()),
                ends: block.text.ends(place),
                time: None,
                portions: vec![],
            };
            self.document.segments.push(segment);
        }
        let document = &mut self.document;
        let segments = first..document.segments.len();
        let (Some(start), Some(end)) = (document.segments.get(first), document.segments.last()) else { return };
        let kind = match block.kind {
            BlockKind::Text => PassageKind::Text,
            BlockKind::Heading => PassageKind::Heading,
            BlockKind::Item => PassageKind::Item,
            BlockKind::Row => PassageKind::Row,
        };
        let range = start.range.start..end.range.end;
        document.passages.push(Passage { index: passage, kind, lang, range, segments: segments.clone(), turn });
        if let Some(turn) = turn.and_then(|t| document.turns.get_mut(t)) {
            if turn.segments.is_empty() {
                turn.segments.start = segments.start;
            }
            turn.segments.end = segments.end;
        }
    }

    /// Bytes of the caller's input for `range` of a block's text.
    fn bytes(&self, text: &MappedText, range: Range<usize>) -> Range<usize> {
        let range = text.source_range(range);
        self.document.source.byte_offset(range.start)..self.document.source.byte_offset(range.end)
    }
}

/// Each line a segment, in a passage of its own; nothing is left out.
fn lines_of(source: Source, format: Format, lang: Option<Lang>) -> Document {
    let lang = lang.or_else(|| detect_lang(source.text())).unwrap_or(Lang::En);
    let (mut passages, mut segments) = (Vec::new(), Vec::new());
    let mut at = 0;
    let text = source.text();
    let body = text.strip_suffix('\n').unwrap_or(text);
    let count = if text.is_empty() { 0 } else { usize::MAX };
    for line in body.split('\n').take(count) {
        let local = trim(text, at..at + line.len());
        at += line.len() + 1;
        let range = source.byte_offset(local.start)..source.byte_offset(local.end);
        let index = segments.len();
        let places = if local.is_empty() { vec![] } else { vec![(0, local.start)] };
        segments.push(Segment {
            index,
            lang,
            range: range.clone(),
            text: text[local].to_owned(),
            passage: index,
            turn: None,
            time: None,
            portions: vec![],
            places,
            ends: vec![],
        });
        passages.push(Passage { index, kind: PassageKind::Text, lang, range, segments: index..index + 1, turn: None });
    }
    Document { source, format, passages, turns: vec![], segments, cues: vec![] }
}
