//! The values of an alignment, bead by bead.

use crate::alignment::{Alignment, Half, Pair, Span};
use crate::document::{Document, Segment};
use crate::quantity::{Locale, Unread, Value, unread, values_in};
use crate::text::Lang;

/// A value that one side states.
#[derive(Clone, Debug)]
pub(super) struct Stated {
    pub(super) value: Value,
    pub(super) span: Span,
}

/// The values of one side of a bead.
#[derive(Clone, Debug, Default)]
pub(super) struct SideValues {
    pub(super) values: Vec<Stated>,
    /// Numerals that stand in no value.
    pub(super) unread: Vec<(Unread, Span)>,
}

/// The values of one bead.
#[derive(Clone, Debug, Default)]
pub(super) struct BeadValues {
    en: SideValues,
    zh: SideValues,
}

impl BeadValues {
    /// The values of all beads.
    pub(super) fn all(alignment: &Alignment, pairs: &[Pair<'_>]) -> Vec<BeadValues> {
        let [en, zh] = [Lang::En, Lang::Zh].map(|lang| {
            let side = alignment.side(lang);
            Locale::of((0..side.segments.len()).map(|i| side.segment(i).text.as_str()))
        });
        pairs.iter().map(|p| BeadValues { en: SideValues::of(&p.en(), en), zh: SideValues::of(&p.zh(), zh) }).collect()
    }

    pub(super) fn side(&self, lang: Lang) -> &SideValues {
        match lang {
            Lang::En => &self.en,
            Lang::Zh => &self.zh,
        }
    }
}

impl SideValues {
    fn of(half: &Half<'_>, locale: Locale) -> SideValues {
        let mut side = SideValues::default();
        for segment in half.segments() {
            let place = |range| span(half.document(), segment, range);
            let values = values_in(&segment.text, half.lang(), locale);
            let numerals = unread(&segment.text, half.lang(), &values);
            side.unread.extend(numerals.into_iter().map(|u| (u.clone(), place(u.range))));
            side.values.extend(values.into_iter().map(|value| Stated { span: place(value.range.clone()), value }));
        }
        side
    }
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
