//! Numbers, names and words that both sides of a bead have.

use std::ops::Range;

use crate::alignment::{Bead, SharedAnchor, Side, Span};
use crate::anchor::{AnchorKind, Mention, shared};
use crate::article::SegmentSpan;
use crate::text::{Lang, PerLang};

/// The numbers and names that both sides of a bead have.
pub(super) fn shared_anchors(sides: &PerLang<Side>, bead: &Bead) -> Vec<SharedAnchor> {
    if bead.is_one_sided() {
        return Vec::new();
    }
    // Chinese has fewer, and is the quicker to read.
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

/// Adds words that say the same. A word of a name is no term besides.
pub(super) fn add_terms(sides: &PerLang<Side>, anchors: &mut Vec<SharedAnchor>, terms: Vec<PerLang<SegmentSpan>>) {
    let inside = |a: &Span, b: &Span| a.start < b.end && b.start < a.end;
    for places in terms {
        let PerLang { en, zh } = sides.as_ref().zip(places).map(|(side, (i, range))| span(side, i, range));
        if !anchors.iter().any(|a| inside(&a.en, &en) || inside(&a.zh, &zh)) {
            anchors.push(SharedAnchor { kind: AnchorKind::Term, en, zh, value: None, unit: None });
        }
    }
}

/// Mentions of all segments of a side of a bead, with the segment of each.
fn mentions<'a>(sides: &'a PerLang<Side>, lang: Lang, bead: &Bead) -> Vec<(usize, &'a Mention)> {
    bead.side(lang).iter().flat_map(|&i| sides[lang].mentions(i, lang).iter().map(move |m| (i, m))).collect()
}

/// Bytes of a segment's text as a place in the input.
fn span(side: &Side, segment: usize, bytes: Range<usize>) -> Span {
    let segment = side.segment(segment);
    let text = segment.text.get(bytes.clone()).unwrap_or_default().to_owned();
    let range = side.document.locate(segment, bytes);
    Span { start: range.start, end: range.end, text }
}
