//! Documents that lack sentences on one side, and the aligner's view of the rest.

use std::collections::BTreeSet;
use std::sync::Arc;

use duiqi::train::{
    alignment::Side,
    evidence::Analysed,
    feature::Weights,
    lexicon::Lexicon,
    passes::{BitextModel, Layout, OmissionCandidate},
};
use duiqi::{Document, Format, Glossary, Lang, PerLang, Source};
use duiqi_training::AnyError;
use duiqi_training::lines::{Lines, indices};
use duiqi_training::random::Random;

/// One of this many sentences is removed, among those in one-to-one beads.
pub const EVERY: usize = 20;
/// The characters of the shortest sentence that is removed. The other text may express shorter ones elsewhere.
fn shortest(lang: Lang) -> usize {
    match lang {
        Lang::En => 20,
        Lang::Zh => 8,
    }
}

/// The aligner's view of a document.
pub struct Read {
    /// The side that lacks sentences.
    pub gone: Option<Lang>,
    /// The number of segments on each side, English first.
    pub segments: [usize; 2],
    /// The number of sentences whose counterpart was removed.
    pub left_alone: usize,
    /// The number of those in a null bead.
    pub found_alone: usize,
    /// Every segment of a two-sided bead, and whether its counterpart was removed. Segments without a counterpart in
    /// the gold are left out.
    pub looks: Vec<(OmissionCandidate, bool)>,
}

/// A document, or a copy of it that lacks sentences on one side, and its best path.
pub fn read(name: &str, text: &Lines, gone: Option<Lang>, draw: u64, weights: &Weights) -> Result<Read, AnyError> {
    let mut copy = text.clone();
    // The segments of the other side whose counterpart was removed.
    let mut missing = BTreeSet::new();
    if let Some(lang) = gone {
        (copy, missing) = without_some(text, lang, &mut Random(draw));
    }
    let of = |lang: Lang| usize::from(lang == Lang::Zh);
    let en_alone = copy.beads.iter().filter(|b| b.second().is_empty()).flat_map(|b| b.first().to_vec());
    let zh_alone = copy.beads.iter().filter(|b| b.first().is_empty()).flat_map(|b| b.second().to_vec());
    let unpaired: [BTreeSet<usize>; 2] = [en_alone.collect(), zh_alone.collect()];
    let passes = prepare(name, &copy)?;
    let best = passes.score(weights)?.best();
    let is_missing = |lang: Lang, segment: usize| gone.is_some_and(|g| g != lang) && missing.contains(&segment);
    let looks = passes.omission_candidates(&best).into_iter().filter_map(|look| {
        let missing = is_missing(look.lang, look.segment);
        (missing || !unpaired[of(look.lang)].contains(&look.segment)).then_some((look, missing))
    });
    let looks = looks.collect();
    let nulls = best.beads.iter().filter(|b| !b.cell.is_two_sided());
    let nulls =
        nulls.flat_map(|b| Lang::ALL.into_iter().flat_map(|lang| b.cell.spans()[lang].clone().map(move |s| (lang, s))));
    let found_alone = nulls.filter(|(lang, s)| is_missing(*lang, *s)).count();
    let segments = [copy.en.len(), copy.zh.len()];
    Ok(Read { gone, segments, left_alone: missing.len(), found_alone, looks })
}

/// The text without some sentences of one side, and the segments of the other side whose counterpart was removed.
fn without_some(text: &Lines, lang: Lang, random: &mut Random) -> (Lines, BTreeSet<usize>) {
    let single = text.beads.iter().filter(|b| b.first().len() == 1 && b.second().len() == 1);
    let pairs: Vec<[usize; 2]> = single.map(|b| indices(b, lang).map(|side| side[0])).collect();
    let (mut gone, mut alone) = (BTreeSet::new(), BTreeSet::new());
    for group in pairs.chunks(EVERY) {
        let [own, other] = group[random.below(group.len())];
        if text.side(lang)[own].chars().count() >= shortest(lang) {
            gone.insert(own);
            alone.insert(other);
        }
    }
    (text.with_some(lang, |i| !gone.contains(&i)), alone)
}

fn prepare(name: &str, text: &Lines) -> Result<BitextModel, AnyError> {
    let side = |lang: Lang| -> Result<Side, AnyError> {
        let source = Source::from_text(name, &(text.side(lang).join("\n") + "\n"));
        Ok(Side::whole(Arc::new(Document::read_as(source, Format::Lines, lang)?)))
    };
    let (sides, lexicon) = (PerLang { en: side(Lang::En)?, zh: side(Lang::Zh)? }, Lexicon::builtin()?);
    let layout = Layout::new(sides.as_ref(), &lexicon);
    let analysed = Analysed::new(sides);
    let boundaries = &Weights::builtin()?.boundaries;
    Ok(BitextModel::of_sides(&lexicon, &Glossary::default(), boundaries, &analysed, &layout))
}
