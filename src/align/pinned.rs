//! Beads that somebody has set, and what is left between them.

use std::ops::Range;

use super::rearranged::split;
use crate::alignment::Bead;
use crate::error::{Error, Result};
use crate::feature::Weights;
use crate::passes::BitextModel;
use crate::text::{Lang, PerLang};

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
    let mut path = Path::default();
    let two_sided = pins.iter().filter(|p| !p.is_one_sided());
    for pin in two_sided.map(Some).chain([None]) {
        let start = pin.map_or(segments, |p| PerLang { en: p.en[0], zh: p.zh[0] });
        let left = PerLang::from_fn(|lang| open_in(lang, path.at[lang]..start[lang]));
        for bead in between(&model, weights, left.as_ref().map(Vec::as_slice), whole)? {
            path.add(bead);
        }
        path.fill(start.map(Some));
        if let Some(pin) = pin {
            path.add(Bead { confidence: 1.0, ..pin.clone() });
        }
    }
    Ok(path.beads)
}

/// The best path through some segments of each side. `whole` is the probability that the texts belong together.
pub(super) fn between(
    model: &BitextModel,
    weights: &Weights,
    segments: PerLang<&[usize]>,
    whole: f64,
) -> Result<Vec<Bead>> {
    let mut found = Vec::new();
    if segments.iter().all(|segments| !segments.is_empty()) {
        for chosen in model.part(segments).run(weights)? {
            let confidence = chosen.confidence(whole);
            let PerLang { en, zh } = segments.zip(chosen.cell.spans()).map(|(segments, span)| segments[span].to_vec());
            split(Bead { en, zh, confidence }, &mut found);
        }
    }
    Ok(found)
}

/// Beads in order, and where the next one starts on each side.
#[derive(Default)]
pub(super) struct Path {
    pub(super) beads: Vec<Bead>,
    at: PerLang<usize>,
}

impl Path {
    /// Adds a bead. Segments before it that are in no bead have no counterpart.
    pub(super) fn add(&mut self, bead: Bead) {
        self.fill(PerLang::from_fn(|lang| bead.side(lang).first().copied()));
        self.push(bead);
    }

    /// Adds beads without counterpart up to a place.
    pub(super) fn fill(&mut self, to: PerLang<Option<usize>>) {
        // Between two beads, Chinese segments come first.
        for lang in [Lang::Zh, Lang::En] {
            for i in self.at[lang]..to[lang].unwrap_or(self.at[lang]) {
                self.push(Bead::one_sided(lang, i, 1.0));
            }
        }
    }

    fn push(&mut self, bead: Bead) {
        for lang in Lang::ALL {
            self.at[lang] = bead.side(lang).last().map_or(self.at[lang], |i| i + 1);
        }
        self.beads.push(bead);
    }
}

/// Pins that cannot all hold are refused.
fn check(pins: &[Bead], segments: PerLang<usize>) -> Result<()> {
    let refuse = |k: usize, what: &str| Err(Error::argument("pins", format!("pin {k} (from 0) {what}")));
    let mut ends = PerLang::<usize>::default();
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
