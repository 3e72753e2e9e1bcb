//! Numbers, names and words that are on both sides of a bead.

use std::ops::Range;

use crate::alignment::{Bead, SharedAnchor, Side, Span};
use crate::anchor::{AnchorKind, Mention, shared};
use crate::article::SegmentSpan;
use crate::text::{Lang, PerLang};

/// The numbers and names that are on both sides of a bead.
pub(super) fn shared_anchors(sides: &PerLang<Side>, bead: &Bead) -> Vec<SharedAnchor> {
    if bead.is_one_sided() {
        return Vec::new();
    }
    // Chinese has fewer of them and is faster to read.
    let zh = mentions(sides, Lang::Zh, bead);
    if zh.is_empty() {
        return Vec::new();
    }
    let en = mentions(sides, Lang::En, bead);
    let plain = |found: &[(usize, &Mention)]| -> Vec<Mention> { found.iter().map(|f| f.1.clone()).collect() };
    let pairs = shared(&plain(&en), &plain(&zh));
    let span = |lang: Lang, (i, mention): (usize, &Mention)| span(&sides[lang], i, mention.range.clone());
    pairs
        .into_iter()
        .map(|(a, b)| SharedAnchor {
            kind: zh[b].1.kind,
            en: span(Lang::En, en[a]),
            zh: span(Lang::Zh, zh[b]),
            value: zh[b].1.value(),
            unit: en[a].1.unit().or_else(|| zh[b].1.unit()).map(str::to_owned),
        })
        .collect()
}

/// Adds words that translate each other. A word that is part of a shared name is not added again.
pub(super) fn add_terms(sides: &PerLang<Side>, anchors: &mut Vec<SharedAnchor>, terms: Vec<PerLang<SegmentSpan>>) {
    let inside = |a: &Span, b: &Span| a.start < b.end && b.start < a.end;
    for places in terms {
        let PerLang { en, zh } = sides.as_ref().zip(places).map(|(side, (i, range))| span(side, i, range));
        if !anchors.iter().any(|a| inside(&a.en, &en) || inside(&a.zh, &zh)) {
            anchors.push(SharedAnchor { kind: AnchorKind::Term, en, zh, value: None, unit: None });
        }
    }
}

/// The mentions of all segments on one side of a bead, each with its segment.
fn mentions<'a>(sides: &'a PerLang<Side>, lang: Lang, bead: &Bead) -> Vec<(usize, &'a Mention)> {
    bead.side(lang).iter().flat_map(|&i| sides[lang].mentions(i, lang).iter().map(move |m| (i, m))).collect()
}

/// Converts a byte range in a segment's text to a place in the input.
fn span(side: &Side, segment: usize, bytes: Range<usize>) -> Span {
    let segment = side.segment(segment);
    let text = segment.text.get(bytes.clone()).unwrap_or_default().to_owned();
    let range = side.document.locate(segment, bytes);
    Span { start: range.start, end: range.end, text }
}
