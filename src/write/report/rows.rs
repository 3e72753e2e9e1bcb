//! The rows of a parallel alignment, one a bead.

use rustc_hash::FxHashSet;
use serde::Serialize;

use crate::alignment::{Alignment, Half, Pair};
use crate::document::{Document, PassageKind, Segment};
use crate::text::Lang;

use super::marks::{Marks, Piece};
use super::notes::{Note, Notes};
use super::people::{People, Who};
use super::sides::Sides;
use super::{langs, level, tag};
use crate::write::html_text::percent;

/// A pair.
#[derive(Serialize)]
pub(super) struct Row<'a> {
    id: usize,
    percent: u32,
    level: &'static str,
    /// `gap`, `moved` or nothing.
    state: &'static str,
    /// Persons, apart by spaces, each between two of them.
    people: String,
    /// Kinds of its notes, likewise, with `gap`, `moved` and `any`.
    kinds: String,
    cells: [Cell; 2],
    notes: &'a [Note],
}

/// One half of a pair.
#[derive(Serialize)]
pub(super) struct Cell {
    code: &'static str,
    lang: &'static str,
    segments: Vec<Line>,
}

/// A segment.
#[derive(Serialize)]
pub(super) struct Line {
    /// Index in the side.
    index: usize,
    /// `p` where a passage begins, then `h`, `li` or `tr` for what it is.
    class: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    who: Option<Who>,
    pieces: Vec<Piece>,
    /// What parts it from the next one on the same line.
    tail: &'static str,
}

pub(super) fn rows<'a>(
    alignment: &Alignment,
    sides: &Sides<'_>,
    marks: &Marks,
    notes: &'a Notes,
    people: &mut People,
) -> Vec<Row<'a>> {
    let tags = langs(alignment).map(|lang| tag(alignment, lang));
    let row = |pair: Pair<'_>| {
        let halves = langs(alignment).map(|lang| pair.half(lang));
        let alone = halves.iter().any(Half::is_empty);
        let moved = pair.is_moved();
        let mut said = Vec::new();
        let mut cell = |k: usize| {
            let half = &halves[k];
            let mut lines = Vec::with_capacity(half.len());
            for segment in half.segments() {
                said.extend(people.says(half.lang(), half.document(), segment));
                lines.push(line(sides, marks, people, half.lang(), half.document(), segment, alone));
            }
            Cell { code: half.lang().code(), lang: tags[k], segments: lines }
        };
        let cells = [cell(0), cell(1)];
        let notes = notes.of(pair.id());
        let state = if alone {
            "gap"
        } else if moved {
            "moved"
        } else {
            ""
        };
        let kinds = notes.iter().map(Note::kind).chain((!notes.is_empty()).then_some("any"));
        Row {
            id: pair.id(),
            percent: percent(pair.confidence()),
            level: level(pair.confidence()),
            state,
            people: words(said.iter().map(usize::to_string)),
            kinds: words(kinds.chain((!state.is_empty()).then_some(state)).map(str::to_owned)),
            cells,
            notes,
        }
    };
    alignment.pairs().map(row).collect()
}

/// A segment with its label and its marks.
pub(super) fn line(
    sides: &Sides<'_>,
    marks: &Marks,
    people: &mut People,
    lang: Lang,
    document: &Document,
    segment: &Segment,
    alone: bool,
) -> Line {
    let passage = document.passages().get(segment.passage);
    let begins = passage.is_some_and(|p| p.segments.start == segment.index);
    let kind = match passage.map(|p| p.kind) {
        Some(PassageKind::Heading) => "h",
        Some(PassageKind::Item) => "li",
        Some(PassageKind::Row) => "tr",
        Some(PassageKind::Text | PassageKind::Code) | None => "",
    };
    let class = [if begins { "p" } else { "" }, kind].join(" ").trim().to_owned();
    // As in `Half::text`: English by a space, Chinese where Latin letters or digits would touch.
    let touches = segment.text.chars().next_back().is_some_and(|c| c.is_ascii_alphanumeric());
    Line {
        index: sides.index(lang, segment.index).unwrap_or_default(),
        class,
        who: people.begins(lang, document, segment),
        pieces: marks.pieces(lang, segment, alone),
        tail: if lang == Lang::En || touches { " " } else { "" },
    }
}

/// Each once, apart by spaces, with one before and behind: ` a b `; nothing for none.
pub(super) fn words(all: impl Iterator<Item = String>) -> String {
    let mut seen = FxHashSet::default();
    let list: Vec<String> = all.filter(|w| seen.insert(w.clone())).collect();
    if list.is_empty() { String::new() } else { format!(" {} ", list.join(" ")) }
}
