//! The values of an alignment, bead by bead.

use super::moment::{Moment, moment};
use super::rate::rate;
use crate::alignment::{Alignment, Bead, Half, Pair, Span};
use crate::document::{Document, Segment};
use crate::quantity::{Locale, Number, Quantity, Unit, Unread, Value, unread, values_in};
use crate::text::{Lang, PerLang};

/// A value that one side states.
#[derive(Clone, Debug)]
pub(super) struct Stated {
    pub(super) value: Value,
    pub(super) span: Span,
    /// What the rate counts by; 0 if nothing says it.
    pub(super) rate: u32,
    /// Whether something is before or after it.
    pub(super) moment: Option<Moment>,
}

/// The values and numerals of one segment.
#[derive(Clone, Debug, Default)]
pub(super) struct SegmentValues {
    pub(super) values: Vec<Stated>,
    /// Numerals that are not in any value.
    unread: Vec<(Unread, Span)>,
}

/// The values and numerals of both texts, by segment.
pub(super) struct Quantities(PerLang<Vec<SegmentValues>>);

impl Quantities {
    pub(super) fn of(alignment: &Alignment) -> Quantities {
        let side = |lang: Lang| {
            let side = alignment.side(lang);
            let segments = || (0..side.segments.len()).map(|i| side.segment(i));
            let locale = Locale::of(segments().map(|s| s.text.as_str()));
            segments().map(|s| SegmentValues::of(&side.document, s, lang, locale)).collect()
        };
        Quantities(PerLang::from_fn(side))
    }

    /// Replaces a unit in all values of a side.
    pub(super) fn replace_unit(&mut self, lang: Lang, from: Unit, to: Unit) {
        for stated in self.0[lang].iter_mut().flat_map(|s| &mut s.values) {
            if let Quantity::Number(Number { unit: Some(unit), .. }) | Quantity::Magnitude { unit: Some(unit), .. } =
                &mut stated.value.quantity
                && *unit == from
            {
                *unit = to;
            }
        }
    }

    /// The segments of a side, by index.
    pub(super) fn side(&self, lang: Lang) -> &[SegmentValues] {
        &self.0[lang]
    }
}

impl SegmentValues {
    fn of(document: &Document, segment: &Segment, lang: Lang, locale: Locale) -> SegmentValues {
        let values = values_in(&segment.text, lang, locale);
        let place = |range| span(document, segment, range);
        let numerals = unread(&segment.text, lang, &values);
        SegmentValues {
            unread: numerals.into_iter().map(|u| (u.clone(), place(u.range))).collect(),
            values: values
                .into_iter()
                .map(|value| {
                    let rate = rate(&segment.text, &value, lang);
                    let moment = moment(&segment.text, &value, lang);
                    Stated { span: place(value.range.clone()), value, rate, moment }
                })
                .collect(),
        }
    }
}

/// The values of one side of a bead.
pub(super) struct SideValues<'a> {
    pub(super) values: Vec<&'a Stated>,
    pub(super) unread: Vec<&'a (Unread, Span)>,
}

/// The values of one bead.
pub(super) struct BeadValues<'a>(PerLang<SideValues<'a>>);

impl<'a> BeadValues<'a> {
    pub(super) fn of(quantities: &'a Quantities, pair: &Pair<'_>) -> BeadValues<'a> {
        BeadValues::of_bead(quantities, pair.bead())
    }

    /// The values of the segments of a bead, which are indices of the sides.
    pub(super) fn of_bead(quantities: &'a Quantities, bead: &Bead) -> BeadValues<'a> {
        let side = |lang: Lang| {
            let all = quantities.side(lang);
            let segments: Vec<&SegmentValues> = bead.side(lang).iter().filter_map(|&i| all.get(i)).collect();
            SideValues {
                values: segments.iter().flat_map(|s| &s.values).collect(),
                unread: segments.iter().flat_map(|s| &s.unread).collect(),
            }
        };
        BeadValues(PerLang::from_fn(side))
    }

    pub(super) fn side(&self, lang: Lang) -> &SideValues<'a> {
        &self.0[lang]
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
