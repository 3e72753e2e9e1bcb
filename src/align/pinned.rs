//! Beads that somebody has set, and what is left between them.

use std::ops::Range;

use super::rearranged::split;
use crate::alignment::Bead;
use crate::error::{Error, Result};
use crate::feature::Weights;
use crate::passes::Passes;

/// Where the next bead starts: Chinese, English segment.
type Place = (usize, usize);

/// The pinned beads, and between each two of them the best path of what is left, by the words that the whole text teaches. The
/// sides have `zh` and `en` segments.
pub(super) fn align(passes: Passes, weights: &Weights, pins: &[Bead], zh: usize, en: usize) -> Result<Vec<Bead>> {
    check(pins, zh, en)?;
    let (passes, trust) = passes.taught(weights)?;
    let whole = trust.whole();
    // Segments that are set to have no counterpart; where the others go is open.
    let (mut zh_open, mut en_open) = (vec![true; zh], vec![true; en]);
    for pin in pins.iter().filter(|p| p.zh.is_empty() || p.en.is_empty()) {
        pin.zh.iter().for_each(|&i| zh_open[i] = false);
        pin.en.iter().for_each(|&j| en_open[j] = false);
    }
    let open = |flags: &[bool], range: Range<usize>| range.filter(|&k| flags[k]).collect::<Vec<_>>();
    let (mut beads, mut at): (Vec<Bead>, Place) = (Vec::new(), (0, 0));
    let two_sided = pins.iter().filter(|p| !p.zh.is_empty() && !p.en.is_empty());
    for pin in two_sided.map(Some).chain([None]) {
        let start = pin.map_or((zh, en), |p| (p.zh[0], p.en[0]));
        let (zh_left, en_left) = (open(&zh_open, at.0..start.0), open(&en_open, at.1..start.1));
        let mut found = Vec::new();
        if !zh_left.is_empty() && !en_left.is_empty() {
            for chosen in passes.part(&zh_left, &en_left).run(weights)? {
                let confidence = chosen.confidence(whole);
                let (zh, en) = (zh_left[chosen.cell.zh()].to_vec(), en_left[chosen.cell.en()].to_vec());
                split(Bead { en, zh, confidence }, &mut found);
            }
        }
        for bead in found {
            fill(&mut beads, &mut at, (bead.zh.first().copied(), bead.en.first().copied()));
            push(&mut beads, &mut at, bead);
        }
        fill(&mut beads, &mut at, (Some(start.0), Some(start.1)));
        if let Some(pin) = pin {
            push(&mut beads, &mut at, Bead { confidence: 1.0, ..pin.clone() });
        }
    }
    Ok(beads)
}

fn push(beads: &mut Vec<Bead>, at: &mut Place, bead: Bead) {
    at.0 = bead.zh.last().map_or(at.0, |i| i + 1);
    at.1 = bead.en.last().map_or(at.1, |j| j + 1);
    beads.push(bead);
}

/// Beads without counterpart up to a place.
fn fill(beads: &mut Vec<Bead>, at: &mut Place, (zh, en): (Option<usize>, Option<usize>)) {
    for i in at.0..zh.unwrap_or(at.0) {
        push(beads, at, Bead { zh: vec![i], en: Vec::new(), confidence: 1.0 });
    }
    for j in at.1..en.unwrap_or(at.1) {
        push(beads, at, Bead { zh: Vec::new(), en: vec![j], confidence: 1.0 });
    }
}

/// Pins that cannot all hold are refused.
fn check(pins: &[Bead], zh: usize, en: usize) -> Result<()> {
    let refuse = |k: usize, what: &str| Err(Error::argument("pins", format!("pin {k} (from 0) {what}")));
    let (mut zh_end, mut en_end) = (0, 0);
    for (k, pin) in pins.iter().enumerate() {
        if pin.zh.is_empty() && pin.en.is_empty() {
            return refuse(k, "has no segment; remove it");
        }
        for (own, end, segments) in [(&pin.zh, &mut zh_end, zh), (&pin.en, &mut en_end, en)] {
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
