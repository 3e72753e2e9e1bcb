//! One article in both languages: passages that say the same are linked, without order.
//!
//! Every Chinese passage is scored against every English one by the evidence of their tokens, and linked where the score
//! is one that its words, dealt out at random, hardly ever reach, or where it is close and its neighbours' links agree.

mod choose;
mod decoy;
mod score;
mod unit;
mod window;

use crate::alignment::{Alignment, Bead, Side};
use crate::anchor::speaker::Roster;
use crate::lexicon::{Glossary, Lexicon};
use choose::Candidates;
use decoy::Decoys;
use score::Scorer;
use unit::{Kind, Unit, units};

/// How sure it is that a heading or a moderator's line without link needs none.
const NOT_LINKED: f64 = 0.9;

/// Mean confidence of an article whose halves translate each other, at least; measured: from 0.79 where they do, up to 0.38
/// where they do not (shuffled translations 0.17 to 0.33).
const PARALLEL_CONFIDENCE: f64 = 0.6;
/// Share of segments without counterpart in such an article, at most.
const PARALLEL_NULLS: f64 = 0.25;

/// Links below this number say nothing about their order.
const FEW_LINKS: usize = 8;
/// Share of neighbouring links that must run in order before parallel halves are thought of: half of them do by
/// chance. It only saves the trial; [`is_parallel`] decides.
const IN_ORDER: f64 = 0.75;

/// Whether linked passages leave it open that one half translates the other: they are few, or run mostly in order. Saves
/// the much longer trial by alignment where they do not.
pub fn may_be_parallel(linked: &[Bead]) -> bool {
    let firsts: Vec<usize> = linked.iter().filter(|b| !b.zh.is_empty()).filter_map(|b| b.en.first().copied()).collect();
    let in_order = firsts.windows(2).filter(|w| w[0] <= w[1]).count();
    firsts.len() < FEW_LINKS || in_order as f64 >= IN_ORDER * (firsts.len() - 1) as f64
}

/// Whether the two halves of an article, aligned as if one translated the other in order, really do: the alignment is
/// confident and leaves few segments alone.
pub fn is_parallel(tried: &Alignment) -> bool {
    let beads = tried.beads();
    let size = |bead: &Bead| bead.en.len() + bead.zh.len();
    let alone: usize = beads.iter().filter(|b| b.en.is_empty() || b.zh.is_empty()).map(size).sum();
    let all: usize = beads.iter().map(size).sum();
    tried.confidence() >= PARALLEL_CONFIDENCE && alone as f64 <= PARALLEL_NULLS * all as f64
}

/// Links the passages of two sides of an article: first, in the order of the Chinese, a bead for each Chinese passage, with
/// all segments of its counterparts or with none; then a bead for each English passage that has none. Moderators' lines
/// are linked if they say much of the same, headings also where the passages below them are linked. A passage of more than 16 segments is linked piece by piece.
///
/// The confidence of a link is 1 − p/2α, where p is the chance that random words score as high as the passage's best link
/// and α the chance at which passages are linked; that of a passage without link is 1 − α/2p. Either falls to one half
/// at the threshold; links that only their neighbours hold up have one half.
pub fn link(lexicon: &Lexicon, glossary: &Glossary, en: &Side, zh: &Side, roster: &Roster) -> Vec<Bead> {
    let (en_units, zh_units) = (units(en), units(zh));
    let scorer = Scorer::new(lexicon, glossary, (en, &en_units), (zh, &zh_units), roster);
    let mut scratch = scorer.scratch();
    // The threshold is that of passages that say something.
    let content: Vec<usize> =
        scorer.rows().iter().copied().filter(|&row| zh_units[row].kind == Kind::Content).collect();
    let decoys = Decoys::new(&scorer, &content, &mut scratch);
    let threshold = decoys.threshold();
    let mut links: Vec<_> = (0..zh_units.len()).map(|z| scorer.links(z, &mut scratch)).collect();
    let best_of_zh: Vec<f32> = links.iter().map(|l| l.first().map_or(0.0, |l| l.score)).collect();
    let mut best_of_en = vec![0f32; en_units.len()];
    for link in links.iter_mut().flatten() {
        best_of_en[link.en] = best_of_en[link.en].max(link.score);
        link.score /= threshold;
    }
    let (zh_tokens, en_tokens) = scorer.distinct();
    let chosen = Candidates { links, zh: &zh_units, en: &en_units, zh_tokens, en_tokens }.choose();
    let alone = |unit: &Unit<'_>, best: f32| match unit.kind {
        Kind::Content => decoys.unlinked(best),
        Kind::Heading | Kind::Moderator => NOT_LINKED,
    };
    let mut linked_en = vec![false; en_units.len()];
    let mut beads = Vec::new();
    for ((unit, ids), &best) in zh_units.iter().zip(&chosen).zip(&best_of_zh) {
        for &id in ids {
            linked_en[id] = true;
        }
        beads.push(Bead {
            en: ids.iter().flat_map(|&id| en_units[id].segments.clone()).collect(),
            zh: unit.segments.clone().collect(),
            confidence: if ids.is_empty() { alone(unit, best) } else { decoys.linked(best) },
        });
    }
    let alone_en = en_units.iter().enumerate().filter(|&(j, _)| !linked_en[j]).map(|(j, unit)| Bead {
        en: unit.segments.clone().collect(),
        zh: Vec::new(),
        confidence: alone(unit, best_of_en[j]),
    });
    beads.extend(alone_en);
    beads
}
