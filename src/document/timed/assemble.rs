//! From the cues of any reader to a document: turns, passages, segments with their times.

use std::ops::Range;

use super::stretch::{Piece, Stretch, ends_open, is_unmarked, pauses, stretches};
use super::voices::{Change, Part, parts};
use super::{RawCue, Speaker};
use crate::document::bilingual::{self, Item, Units};
use crate::document::block::BlockKind;
use crate::document::cue::Pace;
use crate::document::sentence::trim;
use crate::document::{Cue, Document, Format, MappedText, Passage, PassageKind, Portion, Segment, Time, Turn, runs};
use crate::text::{Lang, Source};

/// A document; with `lang`, all of it is in that language.
pub(in crate::document) fn assemble(source: Source, format: Format, raw: Vec<RawCue>, lang: Option<Lang>) -> Document {
    let parts = parts(&raw);
    let mut document = Document::empty(source, format);
    document.cues = cues(&document.source, &raw, &parts);
    turns(&mut document, &parts);
    for (cue, part) in document.cues.iter_mut().zip(parts) {
        cue.words = part.words;
        cue.opening = part.opening;
        cue.pace = part.pace;
    }
    let units = if lang.is_none() { units(&document.cues) } else { Units::default() };
    let pieces = pieces(&document.cues, lang, &units);
    let unmarked = [Lang::En, Lang::Zh].map(|lang| is_unmarked(&document.cues, &pieces, lang));
    let unmarked = |lang: Lang| unmarked[usize::from(lang == Lang::Zh)];
    let extents = extents(document.cues.len(), &pieces);
    for stretch in stretches(&document.cues, &pieces, unmarked) {
        passage(&mut document, &stretch, unmarked(stretch.lang), &extents);
    }
    if let Some(layout) = units.layout {
        let unit = |segment: &Segment| {
            let cue = segment.portions.first()?.cue;
            units.pieces.get(cue)?.as_ref()?.first()?.unit
        };
        document.units = document.segments.iter().map(unit).collect();
        document.layout = Some(layout);
    }
    for turn in 0..document.turns.len() {
        let first = document.turns[turn].segments.start;
        let time = document.segments.get(first).filter(|s| s.turn == Some(turn)).and_then(|s| s.time);
        document.turns[turn].time = time.map(|t| t.start);
    }
    document
}

/// The cues without words: their places and times. What several people say in one has its share of the time.
fn cues(source: &Source, raw: &[RawCue], parts: &[Part]) -> Vec<Cue> {
    let mut cues = Vec::with_capacity(parts.len());
    for of_cue in parts.chunk_by(|a, b| a.cue == b.cue) {
        let Some(cue) = of_cue.first().and_then(|p| raw.get(p.cue)) else { continue };
        let whole = cue.start.zip(cue.end).and_then(|(start, end)| Time::new(start, end));
        let length = |parts: &[Part]| parts.iter().map(|p| p.words.text().len()).sum::<usize>() as f64;
        let all = length(of_cue).max(1.0);
        for k in 0..of_cue.len() {
            let share = |k: usize| length(&of_cue[..k]) / all;
            let said = |t: Time, byte: usize| cue.pace.at(byte, words_of(cue), t);
            let time = whole.map(|t| Time {
                start: said(t, of_cue[k].at).filter(|_| k > 0).unwrap_or_else(|| t.at(share(k))),
                end: of_cue.get(k + 1).map_or(t.end, |next| said(t, next.at).unwrap_or_else(|| t.at(share(k + 1)))),
            });
            let range = source.byte_offset(cue.range.start)..source.byte_offset(cue.range.end);
            let words = MappedText::default();
            let (style, pace) = (cue.style.clone(), Pace::default());
            cues.push(Cue { index: cues.len(), range, time, words, turn: None, opening: None, pace, style });
        }
    }
    cues
}

/// The number of bytes of the words of a cue's first voice.
fn words_of(cue: &RawCue) -> usize {
    cue.voices.first().map_or(0, |voice| voice.words.text().len())
}

/// Opens turns and says of each cue to which it belongs.
fn turns(document: &mut Document, parts: &[Part]) {
    let mut open: Option<usize> = None;
    for (k, part) in parts.iter().enumerate() {
        let label = open.and_then(|t| document.turns.get(t)?.label.as_ref());
        let new = match &part.change {
            Change::None => None,
            Change::To(Some(speaker)) => (label != Some(&speaker.label)).then(|| Some(speaker.clone())),
            Change::To(None) => Some(None),
            // In the middle of a sentence nobody else begins to speak.
            Change::Unsaid => {
                let runs_on = k.checked_sub(1).is_some_and(|before| {
                    ends_open(parts[before].words.text()) && !pauses(&document.cues[before], &document.cues[k])
                });
                (!runs_on && label.is_some()).then_some(None)
            }
        };
        if let Some(speaker) = new {
            open = Some(document.turns.len());
            let turn = turn(document, speaker);
            document.turns.push(turn);
        }
        document.cues[k].turn = open;
    }
}

fn turn(document: &Document, speaker: Option<Speaker>) -> Turn {
    let index = document.turns.len();
    let (label, label_range) = speaker.map(|s| (s.label, s.range)).unzip();
    let bytes = |r: Range<usize>| document.source.byte_offset(r.start)..document.source.byte_offset(r.end);
    Turn { index, label, label_range: label_range.map(bytes), time: None, segments: 0..0 }
}

/// The units of a file whose cues are in both languages; none if most cues are in one.
fn units(cues: &[Cue]) -> Units {
    let texts = cues.iter().map(|cue| cue.words.text());
    let items: Vec<Item<'_>> = texts.map(|text| Item { kind: BlockKind::Text, text, cell: None }).collect();
    Some(bilingual::units(&items)).filter(|units| units.layout.is_some()).unwrap_or_default()
}

/// Lines of cues, each in one language.
fn pieces(cues: &[Cue], lang: Option<Lang>, units: &Units) -> Vec<Piece> {
    let mut lines = Vec::new();
    for cue in cues {
        let text = cue.words.text();
        let mut at = 0;
        for line in text.split('\n') {
            let range = trim(text, at..at + line.len());
            at += line.len() + 1;
            if !range.is_empty() {
                lines.push((cue.index, range));
            }
        }
    }
    let texts: Vec<&str> = lines.iter().map(|(cue, range)| &cues[*cue].words.text()[range.clone()]).collect();
    let languages = match lang {
        None if units.layout.is_some() => lines.iter().map(|(cue, line)| in_units(units, *cue, line)).collect(),
        Some(lang) => texts.iter().map(|text| vec![(0..text.len(), lang)]).collect(),
        None => runs::runs(&texts),
    };
    let mut pieces = Vec::new();
    for ((cue, line), runs) in lines.into_iter().zip(languages) {
        for (run, lang) in runs {
            let range = trim(cues[cue].words.text(), line.start + run.start..line.start + run.end);
            if !range.is_empty() {
                pieces.push(Piece { cue, range, lang });
            }
        }
    }
    pieces
}

/// The languages of a line of a cue by the units of the file. Signs between the languages stay with the first one.
fn in_units(units: &Units, cue: usize, line: &Range<usize>) -> Vec<(Range<usize>, Lang)> {
    let pieces = units.pieces.get(cue).and_then(Option::as_deref).unwrap_or_default();
    let start = |k: usize| if k == 0 { 0 } else { pieces[k].range.start };
    let mut found = Vec::new();
    for (k, piece) in pieces.iter().enumerate() {
        let end = if k + 1 < pieces.len() { start(k + 1) } else { usize::MAX };
        let inside = start(k).max(line.start)..end.min(line.end);
        if !inside.is_empty() {
            found.push((inside.start - line.start..inside.end - line.start, piece.lang));
        }
    }
    // A cue without words belongs to no unit and to either language.
    if found.is_empty() { vec![(0..line.len(), Lang::En)] } else { found }
}

/// Bytes of a cue's words, from the first to the last, that are in English and in Chinese.
type Extent = [Option<Range<usize>>; 2];

/// What each language has of each cue: in a cue of two languages both are shown all the time.
fn extents(cues: usize, pieces: &[Piece]) -> Vec<Extent> {
    let mut extents = vec![Extent::default(); cues];
    for piece in pieces {
        if let Some(of_cue) = extents.get_mut(piece.cue) {
            let own = &mut of_cue[usize::from(piece.lang == Lang::Zh)];
            let start = own.as_ref().map_or(piece.range.start, |own| own.start);
            *own = Some(start..piece.range.end);
        }
    }
    extents
}

/// Adds the segments of a stretch as one passage.
fn passage(document: &mut Document, stretch: &Stretch, unmarked: bool, extents: &[Extent]) {
    let first = document.segments.len();
    let index = document.passages.len();
    let turn = stretch.portions.first().and_then(|p| document.cues.get(p.cue)?.turn);
    let mut portions = stretch.portions.as_slice();
    for local in stretch.segments(unmarked) {
        let text = stretch.text.slice(local.clone());
        while portions.first().is_some_and(|p| p.text.end <= local.start) {
            portions = &portions[1..];
        }
        let portions: Vec<Portion> =
            portions.iter().take_while(|p| p.text.start < local.end).map(|p| part_of(p, &local)).collect();
        let segment = Segment {
            index: document.segments.len(),
            lang: stretch.lang,
            range: bytes(document, &text),
            passage: index,
            turn,
            time: time(&document.cues, &portions, extents, stretch.lang),
            places: text.places(0..text.text().len()),
            ends: text.ends(0..text.text().len()),
            text: text.text().to_owned(),
            portions,
        };
        document.segments.push(segment);
    }
    let segments = first..document.segments.len();
    let (Some(start), Some(end)) = (document.segments.get(first), document.segments.last()) else { return };
    let range = start.range.start..end.range.end;
    document.passages.push(Passage {
        index,
        kind: PassageKind::Text,
        lang: stretch.lang,
        range,
        segments: segments.clone(),
        turn,
    });
    if let Some(turn) = turn.and_then(|t| document.turns.get_mut(t)) {
        if turn.segments.is_empty() {
            turn.segments.start = segments.start;
        }
        turn.segments.end = segments.end;
    }
}

/// The part of a portion that lies in `local` of the stretch, as one of the segment.
fn part_of(portion: &Portion, local: &Range<usize>) -> Portion {
    let (start, end) = (portion.text.start.max(local.start), portion.text.end.min(local.end));
    let words = portion.words.start + start - portion.text.start..portion.words.start + end - portion.text.start;
    Portion { cue: portion.cue, words, text: start - local.start..end - local.start }
}

/// Bytes of the caller's input that a text without blanks at its ends stands in.
fn bytes(document: &Document, text: &MappedText) -> Range<usize> {
    let range = text.source_range(0..text.text().len());
    document.source.byte_offset(range.start)..document.source.byte_offset(range.end)
}

/// When a segment is said: from its first byte in its first cue to its last byte in its last cue. The times are those
/// of the words or, if the input does not have them, those of an even pace.
fn time(cues: &[Cue], portions: &[Portion], extents: &[Extent], lang: Lang) -> Option<Time> {
    let at = |portion: &Portion, byte: usize| {
        let extent = extents.get(portion.cue)?[usize::from(lang == Lang::Zh)].as_ref()?;
        let cue = cues.get(portion.cue)?;
        let share = byte.saturating_sub(extent.start) as f64 / extent.len().max(1) as f64;
        let time = cue.time?;
        Some(cue.pace.at(byte, cue.words.text().len(), time).unwrap_or_else(|| time.at(share)))
    };
    let start = portions.iter().find_map(|p| at(p, p.words.start))?;
    let end = portions.iter().rev().find_map(|p| at(p, p.words.end))?;
    Time::new(start, end)
}
