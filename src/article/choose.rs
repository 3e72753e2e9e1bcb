//! Which candidates are links, and how sure that is.

use super::score::Link;
use super::unit::{Kind, Unit};
use crate::text::{Lang, PerLang};

/// Passages are linked from this probability on. With each of five articles left out of the fitting .35, .4, .45 and .5 give 136,
/// 134, 131 and 130 right links and 11, 7, 7 and 5 wrong ones; fitted on all, .45 has fewer wrong ones than .4 and
/// as many right ones, .5 finds two passages fewer.
pub(super) const LEAST: f64 = 0.45;
/// Moderators' lines are linked from this score on: all of them thank, call and ask to wait, and two such lines of different
/// calls reach 1.76.
const MODERATOR: f32 = 2.0;
/// Headings above linked passages are linked from this score on. Two words say little, but what stands below says the same.
const HEADING: f32 = 0.3;
/// Distinct tokens of what can stand against a heading, at most.
const HEADING_TOKENS: usize = 12;
/// Confidence of links that stand on these rules, which have too few cases to fit one on.
const BY_RULE: f64 = 0.8;

/// A link of a Chinese unit.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct ChosenLink {
    /// English unit.
    pub(super) en: usize,
    pub(super) confidence: f64,
}

/// Candidates of all Chinese units, each list descending by score, in thresholds.
pub(super) struct Candidates<'a> {
    pub(super) links: &'a [Vec<Link>],
    /// How likely each of them is.
    pub(super) probability: &'a [Vec<f64>],
    pub(super) units: PerLang<&'a [Unit<'a>]>,
    /// Distinct tokens of each unit.
    pub(super) tokens: &'a PerLang<Vec<usize>>,
}

impl Candidates<'_> {
    /// The links of each Chinese unit, surest first.
    pub(super) fn choose(&self) -> Vec<Vec<ChosenLink>> {
        let mut chosen: Vec<Vec<ChosenLink>> = (0..self.links.len()).map(|z| self.of(z)).collect();
        self.add_headings(&mut chosen);
        for links in &mut chosen {
            links.sort_by(|a, b| b.confidence.total_cmp(&a.confidence).then(a.en.cmp(&b.en)));
        }
        chosen
    }

    fn of(&self, z: usize) -> Vec<ChosenLink> {
        let of = |(link, &probability): (&Link, &f64)| {
            let units = PerLang { en: link.en, zh: z };
            let moderated = self.any(units, Kind::Moderator);
            let left = self.any(units, Kind::Leftover);
            let fits = !self.any(units, Kind::Heading) || self.may_head(units);
            let linked = !left && fits && if moderated { link.score > MODERATOR } else { probability >= LEAST };
            linked.then_some(ChosenLink { en: link.en, confidence: if moderated { BY_RULE } else { probability } })
        };
        self.links[z].iter().zip(&self.probability[z]).filter_map(of).collect()
    }

    fn add_headings(&self, chosen: &mut [Vec<ChosenLink>]) {
        for z in 0..chosen.len().saturating_sub(1) {
            for link in &self.links[z] {
                let below = chosen[z + 1].iter().find(|c| c.en == link.en + 1).map(|c| c.confidence);
                let known = chosen[z].iter().any(|c| c.en == link.en);
                if let Some(below) =
                    below.filter(|_| !known && link.score > HEADING && self.may_head(PerLang { en: link.en, zh: z }))
                {
                    chosen[z].push(ChosenLink { en: link.en, confidence: BY_RULE.min(below) });
                }
            }
        }
    }

    /// Whether one of the two is a heading and the other is short enough to be one: what a passage says again is said
    /// below a heading, not in it.
    fn may_head(&self, units: PerLang<usize>) -> bool {
        let short = |lang: Lang| {
            let unit = units[lang];
            self.units[lang][unit].segments.len() == 1 && self.tokens[lang][unit] <= HEADING_TOKENS
        };
        self.any(units, Kind::Heading) && Lang::ALL.into_iter().all(short)
    }

    /// Whether one of the two has this kind.
    fn any(&self, units: PerLang<usize>, kind: Kind) -> bool {
        Lang::ALL.into_iter().any(|lang| self.units[lang][units[lang]].kind == kind)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn unit(at: usize, kind: Kind) -> Unit<'static> {
        Unit { segments: at..at + 1, kind, speaker: None }
    }

    /// Links of rows of (English unit, score, probability); English units of the kinds given, Chinese ones content.
    fn choose(rows: &[&[(usize, f32, f64)]], en: &[Kind]) -> Vec<Vec<usize>> {
        let zh: Vec<Unit<'_>> = (0..rows.len()).map(|k| unit(k, Kind::Content)).collect();
        let en: Vec<Unit<'_>> = en.iter().enumerate().map(|(k, &kind)| unit(k, kind)).collect();
        let links: Vec<Vec<Link>> =
            rows.iter().map(|r| r.iter().map(|&(en, score, _)| Link { en, score }).collect()).collect();
        let probability: Vec<Vec<f64>> = rows.iter().map(|r| r.iter().map(|l| l.2).collect()).collect();
        let units: PerLang<&[Unit<'_>]> = PerLang { en: &en, zh: &zh };
        let tokens = units.map(|side| vec![3; side.len()]);
        let candidates = Candidates { links: &links, probability: &probability, units, tokens: &tokens };
        candidates.choose().into_iter().map(|l| l.into_iter().map(|c| c.en).collect()).collect()
    }

    #[test]
    fn the_surest_comes_first() {
        assert_eq!(choose(&[&[(2, 2.0, 0.6), (0, 1.5, 0.9), (1, 0.5, 0.1)]], &[Kind::Content; 3]), [vec![0, 2]]);
    }

    #[test]
    fn moderators_need_more() {
        let en = [Kind::Moderator, Kind::Content];
        assert_eq!(choose(&[&[(1, 2.0, 0.9)], &[(0, 1.7, 0.9)], &[(0, 2.1, 0.9)]], &en), [vec![1], vec![], vec![0]]);
    }

    #[test]
    fn headings_stand_above_linked_passages() {
        let en = [Kind::Heading, Kind::Content];
        assert_eq!(choose(&[&[(0, 0.4, 0.1)], &[(1, 2.0, 0.9)]], &en), [vec![0], vec![1]]);
        assert_eq!(choose(&[&[(0, 0.4, 0.1)], &[(1, 0.9, 0.2)]], &en), [Vec::<usize>::new(), vec![]]);
        assert_eq!(choose(&[&[(0, 0.4, 0.1)], &[(1, 2.0, 0.9)]], &[Kind::Content; 2]), [vec![], vec![1]]);
    }
}
