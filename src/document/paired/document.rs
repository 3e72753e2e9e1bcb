//! From units to documents.

use std::ops::Range;

use super::entity::referred;
use super::properties::Said;
use super::unit::{Contents, Text};
use crate::document::{Document, Format, Passage, PassageKind, Segment, Turn};
use crate::text::{Lang, Source};

/// The texts of a file as a document: of one language, or of both in the order of the file.
pub(in crate::document) fn document(
    source: Source,
    format: Format,
    contents: Contents,
    lang: Option<Lang>,
) -> Document {
    let mut builder = Builder::new(source, format);
    for unit in &contents.units {
        let mut texts: Vec<(Lang, &Text)> =
            [Lang::En, Lang::Zh].into_iter().filter_map(|lang| Some((lang, unit.text(lang)?))).collect();
        texts.sort_by_key(|(_, text)| text.words.offset(0));
        for (of, text) in texts.into_iter().filter(|(of, _)| lang.is_none_or(|lang| lang == *of)) {
            builder.add(text, of);
        }
    }
    builder.finish()
}

/// A document that grows by the texts of units.
pub(super) struct Builder {
    document: Document,
    /// The turn that is open: what the file calls it, and who speaks.
    turn: Option<(Option<usize>, Said)>,
}

impl Builder {
    pub(super) fn new(source: Source, format: Format) -> Builder {
        let document = Document::empty(source, format);
        Builder { document, turn: None }
    }

    pub(super) fn finish(self) -> Document {
        self.document
    }

    /// Adds a text as one passage; gives its segments.
    pub(super) fn add(&mut self, text: &Text, lang: Lang) -> Range<usize> {
        let words = text.words.text();
        let cuts = text.properties.cuts(words).unwrap_or_else(|| std::iter::once(0..words.len()).collect());
        let said = text.properties.said();
        let turns = text.properties.turns(cuts.len());
        let first = self.document.segments.len();
        let passage = self.document.passages.len();
        // Which of the turns of this text the next segment belongs to.
        let (mut k, mut last) = (0, None);
        for (i, cut) in cuts.into_iter().enumerate() {
            let name = turns.as_ref().and_then(|turns| turns.get(i).copied().flatten());
            if i > 0 && name != last {
                k += 1;
            }
            last = name;
            let turn = match said.get(k).or(said.last()) {
                Some(said) if turns.is_none() || name.is_some() => Some(self.turn(name, said)),
                _ => None,
            };
            let segment = Segment {
                index: self.document.segments.len(),
                lang,
                range: self.bytes(text, cut.clone()),
                text: words.get(cut.clone()).unwrap_or_default().to_owned(),
                passage,
                turn,
                time: None,
                portions: Vec::new(),
                places: text.words.places(cut.clone()),
                ends: text.words.ends(cut),
            };
            self.document.segments.push(segment);
            if let Some(turn) = turn.and_then(|turn| self.document.turns.get_mut(turn)) {
                turn.segments.end = first + i + 1;
            }
        }
        let segments = first..self.document.segments.len();
        let of = |k: usize| self.document.segments.get(k).map(|s| s.range.clone()).unwrap_or_default();
        let range = of(segments.start).start..of(segments.end.saturating_sub(1)).end;
        let kind = PassageKind::Text;
        self.document.passages.push(Passage {
            index: passage,
            kind,
            lang,
            range,
            segments: segments.clone(),
            turn: self.document.segments.get(first).and_then(|s| s.turn),
        });
        segments
    }

    /// The turn of the next segment: the open one where it goes on, otherwise a new one.
    fn turn(&mut self, name: Option<usize>, said: &Said) -> usize {
        let segment = self.document.segments.len();
        let goes_on = self.turn.as_ref().is_some_and(|(n, s)| *n == name && s == said);
        if goes_on && self.document.turns.last().is_some_and(|turn| turn.segments.end == segment) {
            return self.document.turns.len() - 1;
        }
        self.turn = Some((name, said.clone()));
        let index = self.document.turns.len();
        self.document.turns.push(Turn {
            index,
            label: said.label.clone(),
            label_range: None,
            time: said.time,
            segments: segment..segment,
        });
        index
    }

    /// Bytes of the caller's input for some words, references at their end included.
    fn bytes(&self, text: &Text, words: Range<usize>) -> Range<usize> {
        let source = &self.document.source;
        let place = text.words.source_range(words.clone());
        let mut end = place.end;
        let is_xml = matches!(self.document.format, Format::Tmx | Format::Xliff);
        if let Some(last) = text.words.text().get(words).filter(|_| is_xml).and_then(|w| w.chars().next_back()) {
            let start = end.saturating_sub(last.len_utf8());
            let reference =
                source.text().get(start..).and_then(|t| t.strip_prefix('&')).and_then(|t| t.split_once(';'));
            if let Some((name, _)) = reference.filter(|(name, _)| referred(name) == Some(last)) {
                end = start + name.len() + 2;
            }
        }
        source.byte_offset(place.start)..source.byte_offset(end)
    }
}
