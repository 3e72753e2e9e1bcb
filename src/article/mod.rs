//! One article in both languages: passages that say the same are linked, without order.
//!
//! Every Chinese passage is scored against every English one by the evidence of their tokens, and linked where the score
//! is one that its words, dealt out at random, hardly ever reach.

mod decoy;
mod score;
mod unit;
mod window;

use crate::alignment::{Alignment, Bead, Side};
use crate::anchor::speaker::Roster;
use crate::lexicon::{Glossary, Lexicon};
use decoy::Decoys;
use score::{Link, Scorer};
use unit::{Unit, units};

/// Links within this share of a passage's best are kept as well; with 0.6, 0.7, 0.8 there are 28, 25, 22 right links on an
/// article, none wrong, but more wrong ones where passages have one counterpart only.
const NEAR_BEST: f32 = 0.7;
/// Links of one passage at most.
const MOST_LINKS: usize = 4;
/// How sure it is that a heading or a moderator's line, which is never linked, needs no link.
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
/// all segments of its counterparts or with none; then a bead for each English passage that has none. Headings and moderators' lines are not linked. A passage of more than 16 segments is linked piece by piece.
///
/// The confidence of a link is 1 − p/2α, where p is the chance that random words score as high as the passage's best link
/// and α the chance at which passages are linked; that of a passage without link is 1 − α/2p. Either falls to one half
/// at the threshold.
pub fn link(lexicon: &Lexicon, glossary: &Glossary, en: &Side, zh: &Side, roster: &Roster) -> Vec<Bead> {
    let (en_units, zh_units) = (units(en), units(zh));
    let scorer = Scorer::new(lexicon, glossary, (en, &en_units), (zh, &zh_units), roster);
    let mut scratch = scorer.scratch();
    let decoys = Decoys::new(&scorer, &mut scratch);
    let mut beads = Vec::new();
    let mut best_of_en = vec![None::<f32>; en_units.len()];
    let mut linked_en = vec![false; en_units.len()];
    for (i, unit) in zh_units.iter().enumerate() {
        let links = scorer.links(i, &mut scratch);
        let best = links.first().map_or(0.0, |l| l.score);
        for link in &links {
            let seen = &mut best_of_en[link.en];
            *seen = Some(seen.map_or(link.score, |s| s.max(link.score)));
        }
        let kept = kept(&links, decoys.threshold());
        if kept.is_empty() {
            let confidence = if unit.content { decoys.unlinked(best) } else { NOT_LINKED };
            beads.push(Bead { en: Vec::new(), zh: unit.segments.clone().collect(), confidence });
            continue;
        }
        let mut ids: Vec<usize> = kept.iter().map(|l| l.en).collect();
        ids.sort_unstable();
        for &id in &ids {
            linked_en[id] = true;
        }
        beads.push(Bead {
            en: ids.iter().flat_map(|&id| en_units[id].segments.clone()).collect(),
            zh: unit.segments.clone().collect(),
            confidence: decoys.linked(best),
        });
    }
    let alone_en = en_units.iter().enumerate().filter(|&(j, _)| !linked_en[j]).map(|(j, unit): (usize, &Unit<'_>)| {
        let confidence = if unit.content { decoys.unlinked(best_of_en[j].unwrap_or(0.0)) } else { NOT_LINKED };
        Bead { en: unit.segments.clone().collect(), zh: Vec::new(), confidence }
    });
    beads.extend(alone_en);
    beads
}

/// The links that count, of links that descend.
fn kept(links: &[Link], threshold: f32) -> &[Link] {
    let Some(best) = links.first().filter(|l| l.score > threshold) else { return &[] };
    let floor = (best.score * NEAR_BEST).max(threshold);
    let n = links.iter().take(MOST_LINKS).take_while(|l| l.score >= floor).count();
    &links[..n]
}
