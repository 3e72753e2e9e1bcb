//! Beads of a file that puts both languages side by side: sentences are only paired inside a unit.

use std::collections::BTreeSet;
use std::sync::Arc;

use super::pinned::{Path, between};
use crate::alignment::{Bead, Side};
use crate::article::{Detail, Links};
use crate::error::Result;
use crate::feature::Weights;
use crate::passes::BitextModel;
use crate::text::{Lang, PerLang};

/// The confidence of a pair that the layout of the file makes.
const GIVEN: f64 = 1.0;

/// The segments of a unit, as indices into each side.
type Unit = PerLang<Vec<usize>>;

/// The units of a document in both languages.
pub(super) struct Units {
    /// The segments that are in units.
    pub(super) sides: PerLang<Side>,
    /// The units, in order. The segments are indices into `sides`.
    units: Vec<Unit>,
    /// The index of each segment of `sides` on the sides of the document.
    whole: PerLang<Vec<usize>>,
}

impl Units {
    /// The units of a document with these sides; `None` if no unit has both languages.
    ///
    /// What is in no unit, such as code, is not among the sides: it must not teach words.
    pub(super) fn of(sides: PerLang<&Side>) -> Option<Units> {
        let unit_of = |side: &Side, i: usize| side.document.units.get(side.segments[i]).copied().flatten();
        let whole = sides.map(|side| (0..side.len()).filter(|&i| unit_of(side, i).is_some()).collect::<Vec<_>>());
        let mut units: Vec<Unit> = Vec::new();
        for lang in Lang::ALL {
            for (local, &i) in whole[lang].iter().enumerate() {
                let unit = unit_of(sides[lang], i)?;
                if units.len() <= unit {
                    units.resize(unit + 1, Unit::default());
                }
                units[unit][lang].push(local);
            }
        }
        if !units.iter().any(|unit| unit.iter().all(|side| !side.is_empty())) {
            return None;
        }
        let inside = PerLang::from_fn(|lang| {
            let side = sides[lang];
            Side::new(Arc::clone(&side.document), whole[lang].iter().map(|&i| side.segments[i]).collect())
        });
        Some(Units { sides: inside, units, whole })
    }

    /// The units with both languages, as beads over the sides of the document. Those whose segments do not follow each other
    /// are left out.
    pub(super) fn beads(&self) -> Vec<Bead> {
        let bead = |unit: &Unit| {
            let PerLang { en, zh } =
                PerLang::from_fn(|lang| unit[lang].iter().map(|&i| self.whole[lang][i]).collect::<Vec<usize>>());
            Bead { en, zh, confidence: GIVEN }
        };
        let follows = |side: &[usize]| !side.is_empty() && side.windows(2).all(|w| w[1] == w[0] + 1);
        self.units.iter().map(bead).filter(|bead| follows(&bead.en) && follows(&bead.zh)).collect()
    }

    /// Aligns the sentences of each unit, with a model of [`Units::sides`]. The result is about the sides of the document,
    /// which have `segments`; those in no unit have no counterpart. It is `None` if the texts do not seem to be translations
    /// of each other: their agreement is below `min_agreement`.
    ///
    /// # Errors
    /// [`crate::ErrorKind::Model`] if the weights lack a feature.
    pub(super) fn align(
        &self,
        model: BitextModel,
        weights: &Weights,
        segments: PerLang<usize>,
        min_agreement: f64,
    ) -> Result<Option<Vec<Bead>>> {
        let (model, agreement) = model.with_learned_pairs(weights)?;
        if agreement.whole() < min_agreement {
            return Ok(None);
        }
        let mut path = Path::default();
        for unit in &self.units {
            let beads = if unit.iter().all(|side| side.len() == 1) {
                vec![Bead { en: unit.en.clone(), zh: unit.zh.clone(), confidence: GIVEN }]
            } else {
                // The texts of a unit belong together for sure.
                between(&model, weights, unit.as_ref().map(Vec::as_slice), GIVEN)?
            };
            for bead in beads {
                let index = |lang: Lang| bead.side(lang).iter().map(|&i| self.whole[lang][i]).collect();
                path.add(Bead { en: index(Lang::En), zh: index(Lang::Zh), confidence: bead.confidence });
            }
        }
        path.fill(segments.map(Some));
        Ok(Some(path.beads))
    }
}

/// Puts beads that the layout gives in place of the links of their segments.
pub(super) fn replace(links: &mut Links, given: &[Bead]) {
    if given.is_empty() {
        return;
    }
    let segments = |beads: &mut dyn Iterator<Item = &Bead>| -> PerLang<BTreeSet<usize>> {
        let mut all = PerLang::<BTreeSet<usize>>::default();
        for bead in beads {
            Lang::ALL.into_iter().for_each(|lang| all[lang].extend(bead.side(lang)));
        }
        all
    };
    let taken = segments(&mut given.iter());
    let is_taken = |bead: &Bead| Lang::ALL.into_iter().any(|l| bead.side(l).iter().any(|i| taken[l].contains(i)));
    let all = std::mem::take(&mut links.beads).into_iter().zip(std::mem::take(&mut links.details));
    let (old, mut kept): (Vec<_>, Vec<_>) = all.partition(|(bead, _)| is_taken(bead));
    let still = segments(&mut kept.iter().map(|(bead, _)| bead));
    let freed = segments(&mut old.iter().map(|(bead, _)| bead));
    for lang in Lang::ALL {
        let alone = freed[lang].iter().filter(|i| !taken[lang].contains(i) && !still[lang].contains(i));
        kept.extend(alone.map(|&i| (Bead::one_sided(lang, i, 1.0), Detail::default())));
    }
    kept.extend(given.iter().map(|bead| (bead.clone(), Detail::default())));
    // The order is that of the Chinese, and what has no Chinese comes last.
    kept.sort_by_key(|(bead, _)| match bead.zh.first() {
        Some(&zh) => (zh, 0),
        None => (usize::MAX, bead.en.first().copied().unwrap_or(0)),
    });
    (links.beads, links.details) = kept.into_iter().unzip();
}
