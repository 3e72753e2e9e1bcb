//! One article in both languages: passages that say the same are linked, without order.
//!
//! Every Chinese passage is scored against every English one by the evidence of their tokens, and linked where the score
//! is high beside what its words reach dealt out at random; what rare numbers they share, who speaks, whether
//! another passage fits better and whether the passages near by belong together also counts.

mod choose;
mod content;
mod decoy;
mod detail;
mod likely;
mod rare;
mod score;
mod stated;
mod unit;
mod window;

pub use detail::{Detail, SegmentSpan};
#[cfg(feature = "train")]
pub use likely::FEATURES;
pub use likely::{Features, LinkWeights, OWN};

use std::collections::BTreeSet;
use std::sync::Arc;

use crate::alignment::{Alignment, Bead, Side, Structure};
use crate::anchor::speaker::Roster;
use crate::document::Format;
use crate::error::Result;
use crate::evidence::Analysed;
use crate::lexicon::{Glossary, Lexicon, Stems};
use crate::text::{Lang, PerLang};
use choose::Candidates;
use likely::MAX_SCORE;
use rare::Rare;
use score::{Link, Scorer, Scratch};
use stated::with_stated;
use unit::{Kind, Unit, units};

/// How sure it is that a heading, a moderator's line or a leftover without link needs none.
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
    let mut firsts: Vec<usize> = Vec::new();
    let mut last = None;
    for bead in linked {
        // The first bead of a passage is its surest.
        if let (Some(&en), Some(zh)) = (bead.en.first(), bead.zh.first())
            && last.replace(zh) != Some(zh)
        {
            firsts.push(en);
        }
    }
    let in_order = firsts.windows(2).filter(|w| w[0] <= w[1]).count();
    firsts.len() < FEW_LINKS || in_order as f64 >= IN_ORDER * (firsts.len() - 1) as f64
}

/// Whether the two halves of an article, aligned as if one translated the other in order, really do: the alignment is
/// confident and leaves few segments alone.
pub fn is_parallel(tried: &Alignment) -> bool {
    tried.confidence() >= PARALLEL_CONFIDENCE && alone(tried) <= PARALLEL_NULLS
}

/// Share of the segments that have no counterpart.
fn alone(alignment: &Alignment) -> f64 {
    let size = |bead: &Bead| bead.en.len() + bead.zh.len();
    let alone: usize = alignment.beads().filter(|b| b.is_one_sided()).map(size).sum();
    let all: usize = alignment.beads().map(size).sum();
    alone as f64 / all.max(1) as f64
}

/// Confidence of two texts aligned in order below which their passages are linked to see whether they are comparable.
const DOUBTFUL: f64 = 0.3;
/// The same where more than this share of the segments has no counterpart.
const DOUBTFUL_ALONE: (f64, f64) = (0.7, 0.35);
/// Share of the passages of one side that have a sure link in comparable texts, at least, and how many. Halves of five articles:
/// .28 to .60 of the one side or the other; a press release and the call of another company, which use the same words for other things:
/// .06 and .18 (.28 and .29 with links from .75 on).
const LINKED_SHARE: f64 = 0.22;
const LINKED: usize = 3;
const SURE: f64 = 0.9;

/// Whether two texts that were aligned in order hardly say the same in that order. Texts whose lines are given as segments, and
/// subtitles, have no passages to link.
pub fn is_doubtful(alignment: &Alignment) -> bool {
    let has_passages = |side: &Side| {
        let document = &side.document;
        document.format() != Format::Lines && document.segments().iter().all(|s| s.time.is_none())
    };
    let (confidence, share) = DOUBTFUL_ALONE;
    let low = alignment.confidence() < confidence && alone(alignment) > share;
    (low || alignment.confidence() < DOUBTFUL) && alignment.sides.iter().all(has_passages)
}

/// Whether links join enough of one side that the texts speak of the same things.
pub fn are_comparable(linked: &[Bead]) -> bool {
    let share = |lang: Lang| {
        let first = |b: &Bead| b.side(lang).first().copied();
        let all: BTreeSet<usize> = linked.iter().filter_map(first).collect();
        let both = linked.iter().filter(|b| !b.is_one_sided() && b.confidence >= SURE);
        let joined: BTreeSet<usize> = both.filter_map(first).collect();
        joined.len() >= LINKED && joined.len() as f64 >= LINKED_SHARE * all.len() as f64
    };
    Lang::ALL.into_iter().any(share)
}

/// Two passages that may say the same, and what speaks for it.
#[cfg(feature = "train")]
#[derive(Clone, Debug, PartialEq)]
pub struct Candidate {
    /// The segments, as indices into the side.
    pub spans: PerLang<std::ops::Range<usize>>,
    /// In the order of [`FEATURES`].
    pub features: Features,
    /// Whether one of them is a moderator's line: those follow a rule of their own.
    pub moderated: bool,
}

/// The pairs of passages that [`link`] chooses from, by the Chinese one, with at most 8 for each; the neighbours of each are
/// judged by `weights`.
#[cfg(feature = "train")]
pub fn candidates(
    lexicon: &Lexicon,
    glossary: &Glossary,
    analysed: &Analysed,
    roster: &Roster,
    weights: &LinkWeights,
) -> Vec<Candidate> {
    let table = Table::new(lexicon, glossary, analysed, roster, weights);
    let mut all = Vec::new();
    for (z, (row, features)) in table.links.iter().zip(&table.features).enumerate() {
        all.extend(row.iter().zip(features).map(|(link, &features)| {
            let units = PerLang { en: &table.units.en[link.en], zh: &table.units.zh[z] };
            let moderated = units.iter().any(|unit| unit.kind == Kind::Moderator);
            Candidate { spans: units.map(|unit| unit.segments.clone()), features, moderated }
        }));
    }
    all
}

/// Links the passages of two sides: a bead for each link, in the order of the Chinese, those of one passage by their
/// confidence, the surest first; a bead for each Chinese passage without any stands among them; then come the English
/// passages that have none. Moderators' lines are linked if they say much of the same, headings also where the passages below
/// them are linked. A passage of more than 16 segments is linked piece by piece.
///
/// The confidence of a link is the probability that a reader would call it right ([`LinkWeights::probability`]); that of a passage without
/// link is one less the probability of its likeliest one.
///
/// # Errors
/// [`crate::ErrorKind::Model`] if the crate was built with damaged weights.
pub fn link(lexicon: &Lexicon, glossary: &Glossary, analysed: &Analysed, roster: &Roster) -> Result<Links> {
    let weights = LinkWeights::builtin()?;
    let mut table = Table::new(lexicon, glossary, analysed, roster, weights);
    let probability: Vec<Vec<f64>> =
        table.features.iter().map(|row| row.iter().map(|f| weights.probability(f)).collect()).collect();
    let Table { units, links, tokens, .. } = &table;
    let chosen =
        Candidates { links, probability: &probability, units: units.as_ref().map(Vec::as_slice), tokens }.choose();
    let mut best_of_en = vec![0f64; units.en.len()];
    for (row, probability) in links.iter().zip(&probability) {
        for (link, &p) in row.iter().zip(probability) {
            best_of_en[link.en] = best_of_en[link.en].max(p);
        }
    }
    let alone = |unit: &Unit<'_>, best: f64| match unit.kind {
        Kind::Content => (1.0 - best).max(0.5),
        Kind::Heading | Kind::Moderator | Kind::Leftover => NOT_LINKED,
    };
    let mut linked_en = vec![false; units.en.len()];
    let (mut beads, mut places) = (Vec::new(), Vec::new());
    for (z, links) in chosen.iter().enumerate() {
        let segments: Vec<usize> = units.zh[z].segments.clone().collect();
        if links.is_empty() {
            let best = probability[z].iter().copied().fold(0.0, f64::max);
            beads.push(Bead { en: Vec::new(), zh: segments.clone(), confidence: alone(&units.zh[z], best) });
            places.push(None);
        }
        for link in links {
            linked_en[link.en] = true;
            let en = units.en[link.en].segments.clone().collect();
            beads.push(Bead { en, zh: segments.clone(), confidence: link.confidence });
            places.push(Some(PerLang { en: link.en, zh: z }));
        }
    }
    let alone_en = units.en.iter().enumerate().filter(|&(j, _)| !linked_en[j]).map(|(j, unit)| Bead {
        en: unit.segments.clone().collect(),
        zh: Vec::new(),
        confidence: alone(unit, best_of_en[j]),
    });
    beads.extend(alone_en);
    places.resize(beads.len(), None);
    let detail =
        |place: Option<PerLang<usize>>| place.map(|units| table.detail(units, analysed.sides.as_ref(), lexicon));
    let details: Vec<Detail> = places.into_iter().map(detail).map(Option::unwrap_or_default).collect();
    Ok(Links { beads, details, structure: table.structure })
}

/// The links of an article.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Links {
    /// The beads.
    pub beads: Vec<Bead>,
    /// What is inside each; nothing in those without counterpart.
    pub details: Vec<Detail>,
    /// The structure of both documents.
    pub structure: PerLang<Arc<Structure>>,
}

/// All candidates with their features.
struct Table<'a> {
    units: PerLang<Vec<Unit<'a>>>,
    /// Of each Chinese unit, descending; scores in thresholds.
    links: Vec<Vec<Link>>,
    features: Vec<Vec<Features>>,
    /// The distinct tokens of each unit.
    tokens: PerLang<Vec<usize>>,
    scorer: Scorer,
    scratch: Scratch,
    stems: Stems,
    threshold: f32,
    structure: PerLang<Arc<Structure>>,
}

impl<'a> Table<'a> {
    fn new(
        lexicon: &Lexicon,
        glossary: &Glossary,
        analysed: &'a Analysed,
        roster: &Roster,
        weights: &LinkWeights,
    ) -> Table<'a> {
        let sides = analysed.sides.as_ref();
        let structure = sides.map(|side| Arc::new(Structure::of(&side.document)));
        let units = sides.zip(structure.as_ref()).map(|(side, structure)| units(side, structure));
        let glossary = with_stated(glossary, lexicon, sides);
        let scorer = Scorer::new(lexicon, glossary, analysed, &units);
        let mut scratch = scorer.scratch();
        // The threshold is that of passages that say something.
        let content: Vec<usize> =
            scorer.rows().iter().copied().filter(|&row| units.zh[row].kind == Kind::Content).collect();
        let threshold = decoy::threshold(&scorer, &content, &mut scratch);
        let mut links: Vec<Vec<Link>> = (0..units.zh.len()).map(|z| scorer.links(z, &mut scratch)).collect();
        for link in links.iter_mut().flatten() {
            link.score /= threshold;
        }
        let rare = Rare::new(sides, &units);
        let best = likely::best(&links, units.en.len());
        // A question repeats what somebody else has said.
        let asks = |lang: Lang, unit: usize| {
            let text = units[lang][unit].segments.clone().next_back().map(|s| sides[lang].segment(s).text.as_str());
            text.is_some_and(|text| text.trim_end().ends_with(['?', '？']))
        };
        let differ = |pair: PerLang<usize>| {
            if asks(Lang::En, pair.en) || asks(Lang::Zh, pair.zh) {
                return false;
            }
            let speakers = units.en[pair.en].speaker.zip(units.zh[pair.zh].speaker);
            speakers.is_some_and(|(en, zh)| roster.same(en, zh) == Some(false))
        };
        let own = |z: usize, link: &Link, best: f32| -> Features {
            let pair = PerLang { en: link.en, zh: z };
            let other = f32::from(u8::from(differ(pair)));
            [link.score.min(MAX_SCORE), rare.weight(pair), other, best, 0.0]
        };
        let row = |(z, (links, best)): (usize, (&Vec<Link>, &Vec<f32>))| -> Vec<Features> {
            links.iter().zip(best).map(|(link, &best)| own(z, link, best)).collect()
        };
        let mut features: Vec<Vec<Features>> = links.iter().zip(&best).enumerate().map(row).collect();
        let near = likely::near(&links, &features, weights);
        for (feature, near) in features.iter_mut().flatten().zip(near.into_iter().flatten()) {
            feature[OWN] = near;
        }
        let tokens = scorer.distinct();
        Table { units, links, features, tokens, scorer, scratch, stems: Stems::default(), threshold, structure }
    }
}
