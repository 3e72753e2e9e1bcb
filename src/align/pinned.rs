//! Beads that somebody has set, and what is left between them.

use std::ops::Range;

use super::rearranged::split;
use crate::alignment::Bead;
use crate::error::{Error, Result};
use crate::feature::Weights;
use crate::passes::BitextModel;
use crate::text::{Lang, PerLang};

/// Where the next bead starts on each side.
type Start = PerLang<usize>;

/// Returns the pinned beads, and the best path through the segments between them. The words come from the whole text.
/// `segments` is the number of segments on each side.
pub(super) fn align(
    model: BitextModel,
    weights: &Weights,
    pins: &[Bead],
    segments: PerLang<usize>,
) -> Result<Vec<Bead>> {
    check(pins, segments)?;
    let (model, agreement) = model.with_learned_pairs(weights)?;
    let whole = agreement.whole();
    // Segments that are set to have no counterpart; where the others go is open.
    let mut open = segments.map(|n| vec![true; n]);
    for pin in pins.iter().filter(|p| p.is_one_sided()) {
        for lang in Lang::ALL {
            pin.side(lang).iter().for_each(|&i| open[lang][i] = false);
        }
    }
    let open_in = |lang: Lang, range: Range<usize>| range.filter(|&k| open[lang][k]).collect::<Vec<_>>();
    let (mut beads, mut at): (Vec<Bead>, Start) = (Vec::new(), Start::default());
    let two_sided = pins.iter().filter(|p| !p.is_one_sided());
    for pin in two_sided.map(Some).chain([None]) {
        let start = pin.map_or(segments, |p| PerLang { en: p.en[0], zh: p.zh[0] });
        let left = PerLang::from_fn(|lang| open_in(lang, at[lang]..start[lang]));
        let mut found = Vec::new();
        if left.iter().all(|left| !left.is_empty()) {
            for chosen in model.part(left.as_ref().map(Vec::as_slice)).run(weights)? {
                let confidence = chosen.confidence(whole);
                let PerLang { en, zh } = left.as_ref().zip(chosen.cell.spans()).map(|(left, span)| left[span].to_vec());
                split(Bead { en, zh, confidence }, &mut found);
            }
        }
        for bead in found {
            fill(&mut beads, &mut at, PerLang::from_fn(|lang| bead.side(lang).first().copied()));
            push(&mut beads, &mut at, bead);
        }
        fill(&mut beads, &mut at, start.map(Some));
        if let Some(pin) = pin {
            push(&mut beads, &mut at, Bead { confidence: 1.0, ..pin.clone() });
        }
    }
    Ok(beads)
}

fn push(beads: &mut Vec<Bead>, at: &mut Start, bead: Bead) {
    for lang in Lang::ALL {
        at[lang] = bead.side(lang).last().map_or(at[lang], |i| i + 1);
    }
    beads.push(bead);
}

/// Beads without counterpart up to a place.
fn fill(beads: &mut Vec<Bead>, at: &mut Start, to: PerLang<Option<usize>>) {
    // Between two beads, Chinese segments come first.
    for lang in [Lang::Zh, Lang::En] {
        for i in at[lang]..to[lang].unwrap_or(at[lang]) {
            push(beads, at, Bead::one_sided(lang, i, 1.0));
        }
    }
}

/// Pins that cannot all hold are refused.
fn check(pins: &[Bead], segments: PerLang<usize>) -> Result<()> {
    let refuse = |k: usize, what: &str| Err(Error::argument("pins", format!("pin {k} (from 0) {what}")));
    let mut ends = Start::default();
    for (k, pin) in pins.iter().enumerate() {
        if pin.en.is_empty() && pin.zh.is_empty() {
            return refuse(k, "has no segment; remove it");
        }
        // If both sides are wrong, the error names the Chinese one.
        for lang in [Lang::Zh, Lang::En] {
            let (own, end, segments) = (pin.side(lang), &mut ends[lang], segments[lang]);
            let Some(&first) = own.first() else { continue };
            if own.windows(2).any(|w| w[1] != w[0] + 1) {
                return refuse(k, "has segments that do not follow each other; make two pins of it");
            }
            if first < *end {
                return refuse(
                    k,
                    "does not come after the pin before it on both sides; sort the pins, or remove one of the two",
                );
            }
            *end = first + own.len();
            if *end > segments {
                return refuse(
                    k,
                    &format!(
                        "names segment {}, but there are only {segments}; check that it is for these texts",
                        *end - 1
                    ),
                );
            }
        }
    }
    Ok(())
}
