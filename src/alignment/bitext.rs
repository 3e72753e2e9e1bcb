//! An alignment from a file that pairs its texts already.

use std::sync::Arc;

use super::{Alignment, Bead, Entry, Relation, Side};
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
    #[doc(hidden)]
    pub fn of_bitext(bitext: Bitext) -> Result<Alignment> {
        let Bitext { en, zh, first, units, comparable, confidence, .. } = bitext;
        let sides = PerLang { en, zh }.map(|document| Side::whole(Arc::new(document)));
        let relation = if comparable { Relation::Comparable } else { Relation::Parallel };
        let entry = |unit: &BitextUnit| Entry {
            moved: unit.moved && !comparable,
            same_speaker: unit.same_speaker,
            ..Entry::from(Bead {
                en: unit.en.clone().collect(),
                zh: unit.zh.clone().collect(),
                confidence: unit.confidence,
            })
        };
        let mut alignment = Alignment::new(sides, first, relation, units.iter().map(entry).collect())?;
        for (entry, unit) in alignment.entries.iter_mut().zip(&units) {
            entry.id = unit.id;
        }
        Ok(match confidence {
            Some(confidence) => alignment.with_confidence(confidence),
            None => alignment,
        })
    }
}
