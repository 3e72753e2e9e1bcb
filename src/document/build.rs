//! Makes a document from blocks: labels open turns, runs make passages, sentences make segments.

use std::ops::Range;

use super::{
    Document, Format, Passage, PassageKind, Segment, Turn,
    bilingual::{self, Columns, Item, Piece, Units},
    block::{Block, BlockKind, MappedText},
    label::{self, Mark},
    left_out::{LeftOut, Reason},
    paired,
    reader::Content,
    runs,
    sentence::{sentences, trim},
    timed,
    unread::Unread,
};
use crate::error::Result;
use crate::limits::Limit;
use crate::text::{Lang, PerLang, Source, detect_lang};

/// Builds the document of a text. If `lang` is given, the whole text is in that language.
///
/// Returns the errors of the readers, and [`crate::ErrorKind::Limit`] for more segments than the source's limits allow.
pub(super) fn build(unread: Unread, lang: Option<Lang>, labels: Labels) -> Result<Document> {
    let document = unbounded(unread, lang, labels)?;
    document.source.limits().check(Limit::Segments, document.segments.len() as u64, document.source.name())?;
    Ok(document)
}

/// Whether speaker labels are looked for in blocks. If not, they are text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Labels {
    Read,
    Text,
}

fn unbounded(unread: Unread, lang: Option<Lang>, labels: Labels) -> Result<Document> {
    let Unread { source, content, .. } = unread;
    let (format, content, notes) = content?;
    let left_out = notes.into_left_out(&source);
    let blocks = match content {
        Content::Blocks(blocks) => blocks,
        Content::Cues(cues) => return Ok(Document { left_out, ..timed::assemble(source, format, cues, lang) }),
        Content::Units(units) => return Ok(paired::document(source, format, units, lang)),
        Content::Lines => {
            // This comes before the memory for the segments is allocated.
            let lines = source.text().bytes().filter(|b| *b == b'\n').count();
            source.limits().check(Limit::Segments, lines as u64, source.name())?;
            return Ok(lines_of(source, format, lang));
        }
    };
    let most = source.limits().segments;
    let mut builder = Builder { document: Document { left_out, ..Document::empty(source, format) } };
    let tables = if lang.is_none() { bilingual::tables(&blocks) } else { vec![] };
    let marks = match labels {
        Labels::Read => label::marks(&blocks, builder.document.source.text()),
        Labels::Text => Vec::new(),
    };
    let steps = steps(&blocks, marks, &tables);
    let items: Vec<Item<'_>> = steps.iter().filter_map(|step| step.item(&blocks)).collect();
    let units = if lang.is_none() { bilingual::units(&items) } else { Units::default() };
    let texts: Vec<&str> = items.iter().map(|item| item.text).collect();
    let runs = match lang {
        Some(lang) => texts.iter().map(|text| vec![(0..text.len(), lang)]).collect(),
        None => runs::runs(&texts),
    };
    let mut pieces = units.pieces.into_iter().chain(std::iter::repeat(None)).zip(runs).map(|(pieces, runs)| {
        pieces.unwrap_or_else(|| runs.into_iter().map(|(range, lang)| Piece { range, lang, unit: None }).collect())
    });
    builder.document.layout = units.layout;
    for step in steps {
        match step {
            Step::Turn(turn, after) => builder.turn(turn, after, &blocks),
            Step::LeftOut { block, range, reason } => {
                let range = builder.bytes(&blocks[block].text, range);
                builder.document.left_out.push(LeftOut { reason, range });
            }
            Step::Text { block, range, turn, .. } => {
                // One too many is enough for the error.
                if builder.document.segments.len() as u64 > most {
                    break;
                }
                for Piece { range: run, lang, unit } in pieces.next().unwrap_or_default() {
                    let run = range.start + run.start..range.start + run.end;
                    builder.passage(&blocks[block], run, lang, turn);
                    builder.unit(unit);
                }
            }
        }
    }
    drop(pieces);
    builder.document.left_out.sort_by_key(|left| left.range.start);
    Ok(builder.document)
}

enum Step {
    /// A label, and the block that contains its title.
    Turn(Mark, Option<usize>),
    /// Bytes of a block's text that are not blank. A cell of a table of pairs has its row and its language.
    Text { block: usize, range: Range<usize>, turn: Option<usize>, cell: Option<(usize, Lang)> },
    /// Bytes of a block's text that are in no segment.
    LeftOut { block: usize, range: Range<usize>, reason: Reason },
}

impl Step {
    fn item<'a>(&self, blocks: &'a [Block]) -> Option<Item<'a>> {
        let Step::Text { block, range, cell, .. } = self else { return None };
        let Block { kind, text } = &blocks[*block];
        Some(Item { kind: *kind, text: text.text().get(range.clone())?, cell: *cell })
    }
}

/// Returns the labels and texts in the order of the source. Each text has the turn that it belongs to.
fn steps(blocks: &[Block], marks: Vec<Mark>, tables: &[(Range<usize>, Columns)]) -> Vec<Step> {
    let mut steps = Vec::new();
    let ends = label::ends(blocks, &marks);
    let mut marks = marks.into_iter().peekable();
    let mut tables = tables.iter().peekable();
    let (mut turns, mut turn, mut title) = (0usize, None, None);
    for (k, block) in blocks.iter().enumerate() {
        while tables.next_if(|(rows, _)| rows.end <= k).is_some() {}
        if let Some((rows, columns)) = tables.peek().filter(|(rows, _)| rows.contains(&k)) {
            while marks.next_if(|mark| mark.block == k).is_some() {}
            (turn, title) = (None, None);
            turns += row(k, block, columns, columns.header && k == rows.start, turns, &mut steps);
            continue;
        }
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
                steps.push(Step::Text { block: k, range: before, turn, cell: None });
            }
            at = mark.range.end;
            title = mark.title_follows.then_some(k + 1);
            steps.push(Step::Turn(mark, title));
            turn = Some(turns);
            turns += 1;
        }
        for (range, is_text) in texts(block, at) {
            steps.push(match is_text {
                true => Step::Text { block: k, range, turn, cell: None },
                false => Step::LeftOut { block: k, range, reason: Reason::TableCell },
            });
        }
    }
    steps
}

/// Returns the parts of a block from a byte on, and whether each is text. The cells of a row in both languages are
/// separate texts. If one of the cells has both languages, cells without words are not text.
fn texts(block: &Block, at: usize) -> Vec<(Range<usize>, bool)> {
    let text = block.text.text();
    let rest = trim(text, at..text.len());
    if block.kind == BlockKind::Row {
        let mut start = rest.start;
        let cells = text[rest.clone()].split('\t').map(|cell| {
            let range = trim(text, start..start + cell.len());
            start += cell.len() + 1;
            range
        });
        let cells: Vec<Range<usize>> = cells.filter(|cell| !cell.is_empty()).collect();
        let lang = |cell: &Range<usize>| detect_lang(&text[cell.clone()]);
        let both = cells.iter().any(|cell| bilingual::split(&text[cell.clone()]).is_some());
        let mut languages = cells.iter().filter_map(lang);
        let first = languages.next();
        if both || languages.any(|lang| Some(lang) != first) {
            return cells.into_iter().map(|cell| (cell.clone(), !both || lang(&cell).is_some())).collect();
        }
    }
    if rest.is_empty() { vec![] } else { vec![(rest, true)] }
}

/// Adds the steps of a row of a table of pairs, and returns the number of turns that it begins.
fn row(k: usize, block: &Block, columns: &Columns, header: bool, turns: usize, steps: &mut Vec<Step>) -> usize {
    let text = block.text.text();
    let mut at = 0;
    let cells: Vec<Range<usize>> = text
        .split('\t')
        .map(|cell| {
            let range = trim(text, at..at + cell.len());
            at += cell.len() + 1;
            range
        })
        .collect();
    if header {
        steps.push(Step::LeftOut { block: k, range: trim(text, 0..text.len()), reason: Reason::TableHeader });
        return 0;
    }
    let cell = |c: usize| cells.get(c).filter(|range| !range.is_empty());
    let time = columns.time.and_then(cell).and_then(|range| bilingual::seconds(&text[range.clone()]));
    let mut order = Lang::ALL;
    order.sort_by_key(|&lang| columns.text[lang]);
    let (mut begun, mut last) = (0, None);
    for lang in order {
        let Some(range) = cell(columns.text[lang]) else { continue };
        if let Some(name) = columns.speaker[lang].and_then(cell) {
            if last != Some(name) {
                let label = Some(label::named(&text[name.clone()]));
                let mark = Mark { block: k, range: name.clone(), label, time, title_follows: false };
                steps.push(Step::Turn(mark, None));
                begun += 1;
            }
            last = Some(name);
        }
        let turn = last.map(|_| turns + begun - 1);
        steps.push(Step::Text { block: k, range: range.clone(), turn, cell: Some((k, lang)) });
    }
    let used = |c: usize| {
        let PerLang { en, zh } = columns.text.zip(columns.speaker);
        c == en.0 || c == zh.0 || [en.1, zh.1, columns.time].contains(&Some(c))
    };
    for (_, range) in cells.iter().enumerate().filter(|(c, range)| !used(*c) && !range.is_empty()) {
        steps.push(Step::LeftOut { block: k, range: range.clone(), reason: Reason::TableCell });
    }
    begun
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

    /// Sets the unit of the segments that were added last.
    fn unit(&mut self, unit: Option<usize>) {
        let Document { units, segments, passages, .. } = &mut self.document;
        if unit.is_some() || !units.is_empty() {
            let before = units.len();
            units.resize(segments.len(), None);
            let start = passages.last().map_or(0, |passage| passage.segments.start);
            units[start.max(before)..].fill(unit);
        }
    }

    /// Adds the sentences of `block`'s text in `range` as one passage.
    fn passage(&mut self, block: &Block, range: Range<usize>, lang: Lang, turn: Option<usize>) {
        let Some(text) = block.text.text().get(range.clone()) else { return };
        // A heading is one title, even if it contains end marks.
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
            BlockKind::Code => PassageKind::Code,
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

    /// Returns the bytes of the caller's input for `range` of a block's text.
    fn bytes(&self, text: &MappedText, range: Range<usize>) -> Range<usize> {
        let range = text.source_range(range);
        self.document.source.byte_offset(range.start)..self.document.source.byte_offset(range.end)
    }
}

/// Makes each line a segment in a separate passage. Nothing is left out.
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
    Document { passages, segments, ..Document::empty(source, format) }
}
