//! Which candidates are links. Scores are in thresholds: 1 is what passages of random words hardly ever reach.
//!
//! The numbers were chosen on three articles (`data/mixed-article`, `mixed-interview`, `mixed-news`), where each may be a
//! seventh less or more with one link wrong at most.

use std::collections::BTreeSet;

use super::score::Link;
use super::unit::{Kind, Unit};

/// Moderators' lines are linked from here on: all of them thank, call and ask to wait, and two such lines of different
/// calls reach 1.76.
const MODERATOR: f32 = 2.0;
/// Links of one passage at most, before its neighbours speak for more.
const MOST_LINKS: usize = 4;
/// Links within this share of a passage's best are kept; a weaker one only if the English passage has no better. With
/// 0.5 there are 82 right links on the three articles, with 0.7 there are 76, none wrong with either.
const NEAR_BEST: f32 = 0.5;
/// A pair, each of which is the other's best, is linked from here on if a pair near by is linked and in order: a talk and
/// its summary jump between subjects, and keep their order within one. Four more right links; the best wrong one
/// has 0.60.
const SUPPORTED: f32 = 0.65;
/// How far such a pair may be, in passages of either side: passages further away are on another subject as a rule.
const NEAR_BY: usize = 2;
/// A passage shares the counterpart of the one before or behind it from here on: an answer of several paragraphs to one
/// point of a summary.
const SHARED: f32 = 0.7;
/// Headings above linked passages are linked from here on. Two words say little, but what stands below says the same.
const HEADING: f32 = 0.3;
/// Distinct tokens of what can stand against a heading, at most.
const HEADING_TOKENS: usize = 12;

/// Candidates of all Chinese units, each list descending.
pub(super) struct Candidates<'a> {
    pub(super) links: Vec<Vec<Link>>,
    pub(super) zh: &'a [Unit<'a>],
    pub(super) en: &'a [Unit<'a>],
    /// Distinct tokens of each unit.
    pub(super) zh_tokens: Vec<usize>,
    pub(super) en_tokens: Vec<usize>,
}

impl Candidates<'_> {
    /// The links of each Chinese unit, as English units ascending.
    pub(super) fn choose(&self) -> Vec<BTreeSet<usize>> {
        let best_of_en = self.best_of_en();
        let mates: Vec<Option<Link>> = (0..self.links.len())
            .map(|z| self.links[z].first().copied().filter(|l| best_of_en[l.en] == Some(z)))
            .collect();
        let chosen: Vec<Vec<Link>> = (0..self.links.len()).map(|z| self.chosen(z, &mates, &best_of_en)).collect();
        let mut linked: Vec<BTreeSet<usize>> = chosen.iter().map(|c| c.iter().map(|l| l.en).collect()).collect();
        for (z, links) in chosen.iter().enumerate() {
            for link in links.iter().filter(|l| l.score > 1.0) {
                for other in [z.checked_sub(1), Some(z + 1)].into_iter().flatten() {
                    let fits = |s: f32| s > SHARED && s >= NEAR_BEST * self.best(other);
                    if self.score(other, link.en).is_some_and(fits) && !self.moderated(other, link.en) {
                        linked[other].insert(link.en);
                    }
                }
            }
        }
        self.add_headings(&mut linked);
        linked
    }

    /// The Chinese unit that fits each English one best; on a tie the earlier.
    fn best_of_en(&self) -> Vec<Option<usize>> {
        let mut best: Vec<Option<(usize, f32)>> = vec![None; self.en.len()];
        for (z, links) in self.links.iter().enumerate() {
            for link in links {
                if best[link.en].is_none_or(|b| link.score > b.1) {
                    best[link.en] = Some((z, link.score));
                }
            }
        }
        best.into_iter().map(|b| b.map(|b| b.0)).collect()
    }

    /// Links of one unit by its own evidence and a pair near by.
    fn chosen(&self, z: usize, mates: &[Option<Link>], best_of_en: &[Option<usize>]) -> Vec<Link> {
        let held_up = |l: &Link| l.score > SUPPORTED && mates[z] == Some(*l) && supported(z, l.en, mates);
        let good = |l: &&Link| match self.moderated(z, l.en) {
            true => l.score > MODERATOR,
            false => l.score > 1.0 || held_up(l),
        };
        let mut links: Vec<Link> = self.links[z].iter().filter(good).take(MOST_LINKS).copied().collect();
        let Some(best) = links.first().map(|l| l.score) else { return links };
        links.retain(|l| l.score >= NEAR_BEST * best || best_of_en[l.en] == Some(z));
        links
    }

    fn add_headings(&self, linked: &mut [BTreeSet<usize>]) {
        for z in 0..linked.len().saturating_sub(1) {
            let found: Vec<usize> = self.links[z]
                .iter()
                .filter(|l| l.score > HEADING && linked[z + 1].contains(&(l.en + 1)) && self.may_head(z, l.en))
                .map(|l| l.en)
                .collect();
            linked[z].extend(found);
        }
    }

    /// Whether one of the two is a heading and the other is short enough to be one.
    fn may_head(&self, z: usize, e: usize) -> bool {
        let (zh, en) = (&self.zh[z], &self.en[e]);
        let short = |unit: &Unit<'_>, tokens: usize| unit.segments.len() == 1 && tokens <= HEADING_TOKENS;
        (zh.kind == Kind::Heading || en.kind == Kind::Heading)
            && short(zh, self.zh_tokens[z])
            && short(en, self.en_tokens[e])
    }

    /// Whether either is a moderator's line.
    fn moderated(&self, z: usize, e: usize) -> bool {
        self.zh[z].kind == Kind::Moderator || self.en[e].kind == Kind::Moderator
    }

    fn score(&self, z: usize, e: usize) -> Option<f32> {
        self.links.get(z)?.iter().find(|l| l.en == e).map(|l| l.score)
    }

    fn best(&self, z: usize) -> f32 {
        self.links[z].first().map_or(0.0, |l| l.score)
    }
}

/// Whether a sure pair stands near by, before both or behind both.
fn supported(z: usize, e: usize, mates: &[Option<Link>]) -> bool {
    let near = |low: usize, high: usize| (1..=NEAR_BY).contains(&high.saturating_sub(low));
    (z.saturating_sub(NEAR_BY)..=z + NEAR_BY).any(|other| {
        let sure = mates.get(other).copied().flatten().filter(|l| l.score > 1.0);
        sure.is_some_and(|l| (near(other, z) && near(l.en, e)) || (near(z, other) && near(e, l.en)))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn unit(at: usize, kind: Kind) -> Unit<'static> {
        Unit { segments: at..at + 1, kind, speaker: None }
    }

    /// Links of rows of (English unit, score); English units of the kinds given, Chinese ones content.
    fn choose(rows: &[&[(usize, f32)]], en: &[Kind]) -> Vec<Vec<usize>> {
        let zh: Vec<Unit<'_>> = (0..rows.len()).map(|k| unit(k, Kind::Content)).collect();
        let en: Vec<Unit<'_>> = en.iter().enumerate().map(|(k, &kind)| unit(k, kind)).collect();
        let links = rows.iter().map(|r| r.iter().map(|&(en, score)| Link { en, score }).collect()).collect();
        let (zh_tokens, en_tokens) = (vec![3; zh.len()], vec![3; en.len()]);
        let candidates = Candidates { links, zh: &zh, en: &en, zh_tokens, en_tokens };
        candidates.choose().into_iter().map(|l| l.into_iter().collect()).collect()
    }

    #[test]
    fn weak_pairs_need_a_neighbour() {
        let en = [Kind::Content; 5];
        assert_eq!(choose(&[&[(0, 2.0)], &[(1, 0.8)]], &en), [vec![0], vec![1]]);
        // Too far, in the wrong order, another one's best.
        assert_eq!(choose(&[&[(0, 2.0)], &[(4, 0.8)]], &en), [vec![0], vec![]]);
        assert_eq!(choose(&[&[(1, 2.0)], &[(0, 0.8)]], &en), [vec![1], vec![]]);
        assert_eq!(choose(&[&[(0, 2.0)], &[(1, 0.8)], &[(1, 0.9)]], &en), [vec![0], vec![], vec![1]]);
    }

    #[test]
    fn neighbours_share_a_counterpart() {
        assert_eq!(choose(&[&[(0, 2.0)], &[(0, 0.8)], &[(0, 0.75)]], &[Kind::Content]), [vec![0], vec![0], vec![]]);
    }

    #[test]
    fn moderators_need_more() {
        let en = [Kind::Moderator, Kind::Content];
        assert_eq!(choose(&[&[(1, 2.0)], &[(0, 1.7)], &[(0, 2.1)]], &en), [vec![1], vec![], vec![0]]);
    }

    #[test]
    fn headings_stand_above_linked_passages() {
        let en = [Kind::Heading, Kind::Content];
        assert_eq!(choose(&[&[(0, 0.4)], &[(1, 2.0)]], &en), [vec![0], vec![1]]);
        assert_eq!(choose(&[&[(0, 0.4)], &[(1, 0.9)]], &en), [Vec::<usize>::new(), vec![]]);
        assert_eq!(choose(&[&[(0, 0.4)], &[(1, 2.0)]], &[Kind::Content; 2]), [vec![], vec![1]]);
    }
}
