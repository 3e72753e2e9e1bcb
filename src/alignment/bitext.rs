//! An alignment from a file that pairs its texts already.

use std::sync::Arc;

use super::{Alignment, Bead, Relation, Side};
use crate::document::{Bitext, BitextUnit};
use crate::error::Result;
use crate::text::PerLang;

impl Alignment {
    /// The pairs of a translation memory or a bilingual file as they are: one bead a unit, without anchors.
    /// [`Aligner::pair_bitext`](crate::Aligner::pair_bitext) adds anchors and speakers.
    ///
    /// What the file says of confidence, moved pairs and speakers is kept; see [`Bitext`].
    ///
    /// # Errors
    /// As [`Alignment::new`], though a [`Bitext`] gives no cause.
    pub fn of_bitext(bitext: Bitext) -> Result<Alignment> {
        let Bitext { en, zh, first, units, comparable, confidence, .. } = bitext;
        let sides = PerLang { en, zh }.map(|document| Side::whole(Arc::new(document)));
        let bead = |unit: &BitextUnit| Bead {
            en: unit.en.clone().collect(),
            zh: unit.zh.clone().collect(),
            confidence: unit.confidence,
        };
        let beads = units.iter().map(bead).collect();
        let mut alignment = match comparable {
            true => Alignment::new(sides, first, Relation::Comparable, beads)?,
            false => Alignment::rearranged(sides, first, beads, units.iter().map(|u| u.moved).collect())?,
        };
        alignment.ids = units.iter().map(|unit| unit.id).collect();
        alignment.same_speaker = units.iter().map(|unit| unit.same_speaker).collect();
        Ok(match confidence {
            Some(confidence) => alignment.with_confidence(confidence),
            None => alignment,
        })
    }
}
