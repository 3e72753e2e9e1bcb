//! The beads of two sides of which passages stand in another order.

use std::ops::Range;

use crate::alignment::{Bead, Entry, Omission};
use crate::error::Result;
use crate::feature::Weights;
use crate::passes::{BitextModel, MovedBead, OmissionWeights, Unaligned};
use crate::text::{Lang, PerLang};

/// Two sides with passages in another order.
pub(super) struct Rearranged {
    /// Confidence of the whole.
    pub confidence: f64,
    /// The beads, in the order of their English.
    pub entries: Vec<Entry>,
    /// What may be left out on the other side, outside the moved passages.
    pub omissions: Vec<Omission>,
}

/// Aligns what is not moved anew, and puts the moved beads where their English stands.
pub(super) fn rearrange(
    model: &BitextModel,
    weights: &Weights,
    moved: &[MovedBead],
    lens: PerLang<usize>,
) -> Result<Rearranged> {
    let mut moved = moved.to_vec();
    let mut rest = Rest::of(model, weights, &moved, lens)?;
    let more = model.unaligned_neighbours(&moved, rest.alone(lens), weights)?;
    if !more.is_empty() {
        moved.extend(more);
        moved.sort_by_key(|b| b.spans.en.start);
        rest = Rest::of(model, weights, &moved, lens)?;
    }
    let Rest { beads, omissions, mut share } = rest;
    let size = |b: &MovedBead| b.spans.iter().map(Range::len).sum::<usize>() as f64;
    share += moved.iter().map(|b| size(b) * b.confidence).sum::<f64>();
    let confidence = share / (lens.en + lens.zh).max(1) as f64;

    let new = |b: &MovedBead| {
        let PerLang { en, zh } = b.spans.clone().map(Iterator::collect);
        Entry { moved: true, ..Entry::from(Bead { en, zh, confidence: b.confidence }) }
    };
    let mut moved = moved.iter().map(new).peekable();
    let mut entries = Vec::new();
    for bead in beads {
        let start = bead.en.first().copied().unwrap_or(0);
        while let Some(before) = moved.next_if(|m| m.bead.en.first().is_some_and(|&e| e < start)) {
            entries.push(before);
        }
        entries.push(Entry::from(bead));
    }
    entries.extend(moved);
    Ok(Rearranged { confidence, entries, omissions })
}

/// What is left without the moved passages.
struct Rest {
    beads: Vec<Bead>,
    omissions: Vec<Omission>,
    /// Confidence of what is left, times its number of segments.
    share: f64,
}

impl Rest {
    fn of(model: &BitextModel, weights: &Weights, moved: &[MovedBead], lens: PerLang<usize>) -> Result<Rest> {
        let mut gone = lens.map(|n| vec![false; n]);
        for bead in moved {
            for lang in Lang::ALL {
                gone[lang][bead.spans[lang].clone()].fill(true);
            }
        }
        let left = gone.map(|g| (0..g.len()).filter(|&i| !g[i]).collect::<Vec<usize>>());
        let mut beads = Vec::new();
        if left.iter().any(Vec::is_empty) {
            for lang in [Lang::Zh, Lang::En] {
                beads.extend(left[lang].iter().map(|&i| Bead::one_sided(lang, i, 1.0)));
            }
            return Ok(Rest { beads, omissions: Vec::new(), share: 0.0 });
        }
        let part = model.part(left.as_ref().map(Vec::as_slice));
        let best = part.score(weights)?.best();
        let mut omissions = part.omissions(&best, OmissionWeights::builtin()?);
        for omission in &mut omissions {
            omission.segment = left[omission.lang][omission.segment];
        }
        let agreement = part.agreement(&best.beads);
        for (k, bead) in best.beads.iter().enumerate() {
            let confidence = agreement.confidence(k, bead);
            let PerLang { en, zh } = left.as_ref().zip(bead.cell.spans()).map(|(left, span)| left[span].to_vec());
            split(Bead { en, zh, confidence }, &mut beads);
        }
        Ok(Rest { beads, omissions, share: agreement.document() * (left.en.len() + left.zh.len()) as f64 })
    }

    fn alone(&self, lens: PerLang<usize>) -> Unaligned {
        let mut alone = lens.map(|n| vec![false; n]);
        for bead in &self.beads {
            for lang in Lang::ALL.into_iter().filter(|lang| bead.side(lang.other()).is_empty()) {
                bead.side(lang).iter().for_each(|&s| alone[lang][s] = true);
            }
        }
        alone
    }
}

/// A bead whose segments on a side do not follow each other reaches over a moved passage, at whose edge it was cut: the larger
/// part, else the first, keeps the counterpart, and the other segments stand alone.
pub(super) fn split(bead: Bead, out: &mut Vec<Bead>) {
    let [en, zh] = [&bead.en, &bead.zh].map(|side| largest_run(side));
    let (whole_en, whole_zh) = (en == (0..bead.en.len()), zh == (0..bead.zh.len()));
    let (en_behind, zh_behind) = (en.end, zh.end);
    let alone = |en: &[usize], zh: &[usize], out: &mut Vec<Bead>| {
        let confidence = bead.confidence;
        out.extend(en.iter().map(|&i| Bead::one_sided(Lang::En, i, confidence)));
        out.extend(zh.iter().map(|&i| Bead::one_sided(Lang::Zh, i, confidence)));
    };
    if whole_en && whole_zh {
        out.push(bead);
        return;
    }
    alone(&bead.en[..en.start], &bead.zh[..zh.start], out);
    out.push(Bead { en: bead.en[en].to_vec(), zh: bead.zh[zh].to_vec(), confidence: bead.confidence });
    alone(&bead.en[en_behind..], &bead.zh[zh_behind..], out);
}

/// Positions of the longest stretch of consecutive numbers, of equal ones the first.
fn largest_run(numbers: &[usize]) -> Range<usize> {
    let (mut best, mut start) = (0..0, 0);
    for k in 0..numbers.len() {
        if k > 0 && numbers[k] != numbers[k - 1] + 1 {
            start = k;
        }
        if k + 1 - start > best.len() {
            best = start..k + 1;
        }
    }
    best
}
