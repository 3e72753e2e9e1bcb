//! The values of an alignment, bead by bead.

use crate::alignment::{Half, Pair, Span};
use crate::anchor::{Value, values};
use crate::document::{Document, Segment};
use crate::text::Lang;

/// A value that one side states.
#[derive(Clone, Debug)]
pub(super) struct Stated {
    pub(super) value: Value,
    pub(super) span: Span,
}

/// The values of one bead.
#[derive(Clone, Debug, Default)]
pub(super) struct BeadValues {
    pub(super) en: Vec<Stated>,
    pub(super) zh: Vec<Stated>,
}

impl BeadValues {
    pub(super) fn of(pair: &Pair<'_>) -> BeadValues {
        BeadValues { en: stated(&pair.en()), zh: stated(&pair.zh()) }
    }

    pub(super) fn side(&self, lang: Lang) -> &[Stated] {
        match lang {
            Lang::En => &self.en,
            Lang::Zh => &self.zh,
        }
    }
}

fn stated(half: &Half<'_>) -> Vec<Stated> {
    let of = |segment: &Segment| -> Vec<Stated> {
        let found = values(&segment.text, half.lang()).into_iter();
        found.map(|value| Stated { span: span(half.document(), segment, value.range.clone()), value }).collect()
    };
    half.segments().flat_map(of).collect()
}

/// A part of a segment, where it stands in the caller's input.
pub(super) fn span(document: &Document, segment: &Segment, local: std::ops::Range<usize>) -> Span {
    let range = document.locate(segment, local.clone());
    let text = segment.text.get(local).unwrap_or_default().to_owned();
    Span { start: range.start, end: range.end, text }
}

/// The whole of a half, a span a segment.
pub(super) fn spans(half: &Half<'_>) -> Vec<Span> {
    half.segments().map(|s| span(half.document(), s, 0..s.text.len())).collect()
}
