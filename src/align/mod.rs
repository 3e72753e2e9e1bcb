//! Alignment of texts: from sources to beads with speakers and anchors.

mod anchors;
mod builder;
mod opening;
mod pinned;
mod rearranged;
mod units;

pub use builder::AlignerBuilder;

use std::panic::{RefUnwindSafe, UnwindSafe};
use std::sync::Arc;

use crate::alignment::{Alignment, Bead, Entry, Pin, Pins, Relation, Side};
use crate::article::{self, Links};
use crate::document::{BilingualLayout, Document, Format, Unread};
use crate::encode::{Encoder, EncoderWeights};
use crate::error::{Error, ErrorKind, Result};
use crate::evidence::Analysed;
use crate::feature::Weights;
use crate::lexicon::{Glossary, Lexicon};
use crate::passes::{Best, BitextModel, Layout, OmissionWeights, Scored, ScoredBead, score_pool};
use crate::text::{Lang, PerLang, Source};
use anchors::{add_terms, shared_anchors};
use units::Units;

/// Aligns two texts, in either order, with the defaults: [`Aligner::align`].
///
/// # Errors
/// As [`Aligner::align`].
pub fn align(a: &str, b: &str) -> Result<Alignment> {
    Aligner::builder().build()?.align(a, b)
}

/// Aligns the halves of one text that mixes both languages: [`Aligner::align_article`].
///
/// # Errors
/// As [`Aligner::align_article`].
pub fn align_article(text: &str) -> Result<Alignment> {
    Aligner::builder().build()?.align_article(text)
}

/// The least agreement at which texts that alternate are considered to say the same. It is below .3 for texts that do
/// not.
const MIN_AGREEMENT: f64 = 0.3;

/// A configured aligner. Threads can share one; it holds no state of a document.
#[derive(Clone, Debug)]
pub struct Aligner {
    lexicon: Arc<Lexicon>,
    glossary: Glossary,
    weights: Weights,
    encoder: Option<(Arc<dyn Encoder>, EncoderWeights)>,
    langs: Option<(Lang, Lang)>,
    force: bool,
    formats: (Format, Format),
    omissions: bool,
    relation: Option<Relation>,
}

/// An aligner never changes. An encoder is responsible for its own state after a panic.
impl UnwindSafe for Aligner {}
impl RefUnwindSafe for Aligner {}

impl Aligner {
    /// Aligns two texts that are UTF-8; see [`Aligner::align_sources`].
    ///
    /// # Errors
    /// As [`Aligner::align_sources`].
    pub fn align(&self, a: &str, b: &str) -> Result<Alignment> {
        self.align_sources(Source::from_text("the first text", a), Source::from_text("the second text", b))
    }

    /// Aligns an article that is UTF-8; see [`Aligner::align_article_source`].
    ///
    /// # Errors
    /// As [`Aligner::align_article_source`].
    pub fn align_article(&self, text: &str) -> Result<Alignment> {
        self.align_article_source(Source::from_text("the article", text))
    }

    /// Aligns two texts that say the same in the same order; which of them is English is found out, unless
    /// [`AlignerBuilder::langs`] says it. Every segment of both is in exactly one bead.
    ///
    /// Where they do not run in parallel, but speak of the same things, like a talk and its summary, their passages are linked
    /// as those of an article ([`Relation::Comparable`]); [`AlignerBuilder::relation`] says it instead.
    ///
    /// # Errors
    /// [`crate::ErrorKind::Empty`] for a text without a segment, [`crate::ErrorKind::SameLanguage`] for two texts in
    /// one language, and those of an
    /// encoder.
    pub fn align_sources(&self, a: Source, b: Source) -> Result<Alignment> {
        let input = self.prepare(a, b)?;
        let model = self.model(&input);
        let scored = model.score(&self.weights)?;
        let parallel = self.conclude(&input, &model, &self.choose(&input, &model, &scored)?)?;
        let doubtful = article::is_doubtful(&parallel);
        if !doubtful && self.relation != Some(Relation::Comparable) {
            return Ok(parallel);
        }
        let links = article::link(&self.lexicon, &self.glossary, &input.analysed, &input.layout.roster)?;
        let linked = doubtful && article::are_comparable(&links.beads);
        let detected = if linked { Relation::Comparable } else { Relation::Parallel };
        let mut alignment = match self.relation.unwrap_or(detected) {
            Relation::Comparable => self.linked(&input, links)?,
            Relation::Parallel => parallel,
        };
        alignment.detected = detected;
        Ok(alignment)
    }

    /// Aligns pairs of texts that speak of the same things in the same words, like the chapters of one book or the calls of one
    /// company: each pair as [`Aligner::align_sources`] does it, but with the words that all others teach. The results stand in
    /// the order of the pairs and do not depend on it. One pair alone, or with others that share no word, is aligned as
    /// [`Aligner::align_sources`] does it; so are subtitles whose cues break sentences, which would gain nothing. A pair that
    /// cannot be aligned leaves the others as they would be without it.
    ///
    /// Passages that stand elsewhere on one side, and what is left without them, are aligned without the other texts. All
    /// texts are in memory together.
    ///
    /// # Errors
    /// Those of [`Aligner::align_sources`], for each pair.
    pub fn align_pool(&self, pairs: impl IntoIterator<Item = (Source, Source)>) -> Vec<Result<Alignment>> {
        let prepare = |(a, b)| {
            let input = self.prepare(a, b)?;
            Ok((self.model(&input), input))
        };
        let prepared: Vec<Result<(BitextModel, Input)>> = pairs.into_iter().map(prepare).collect();
        let pool: Vec<&BitextModel> = prepared.iter().flatten().map(|p| &p.0).collect();
        let mut scored = score_pool(&pool, &self.weights).into_iter();
        let align = |prepared: Result<(BitextModel, Input)>| {
            let (model, input) = prepared?;
            let scored = scored.next().unwrap_or_else(|| model.score(&self.weights))?;
            self.conclude(&input, &model, &self.choose(&input, &model, &scored)?)
        };
        prepared.into_iter().map(align).collect()
    }

    /// As [`Aligner::align_sources`], but some beads are set: they stand as they are, with confidence 1, and what is left between
    /// them is aligned in order. Passages are not looked for elsewhere, since the pins say where things belong. Indices are those of
    /// the segments of each text; the pins ascend on both sides, and each holds segments that follow each other.
    ///
    /// # Errors
    /// As [`Aligner::align_sources`], and [`crate::ErrorKind::Argument`] for pins that are not in ascending order, that
    /// overlap, or that name a segment that does not exist.
    #[cfg(feature = "train")]
    #[doc(hidden)]
    pub fn align_pinned(&self, a: Source, b: Source, pins: &[Bead]) -> Result<Alignment> {
        self.pinned(self.prepare(a, b)?, pins)
    }

    /// [`Aligner::align_pinned`] with the pins that a reader has exported from the report of the same texts.
    ///
    /// # Errors
    /// As [`Aligner::align_pinned`], and those of [`Pins::fit`] where they were made for other texts.
    pub fn align_with_pins(&self, a: Source, b: Source, pins: &Pins) -> Result<Alignment> {
        let input = self.prepare(a, b)?;
        pins.fit(input.analysed.sides.as_ref())?;
        let bead = |pin: &Pin| Bead { en: pin.en.clone().collect(), zh: pin.zh.clone().collect(), confidence: 1.0 };
        self.pinned(input, &pins.pins().iter().map(bead).collect::<Vec<_>>())
    }

    fn pinned(&self, input: Input, pins: &[Bead]) -> Result<Alignment> {
        let beads = pinned::align(self.model(&input), &self.weights, pins, input.segments())?;
        let segments = |b: &Bead| (b.en.len() + b.zh.len()) as f64;
        let (sum, sure) = beads.iter().fold((0.0, 0.0), |(n, c), b| (n + segments(b), c + segments(b) * b.confidence));
        let alignment = self.finish(input.alignment(Relation::Parallel, beads)?, &input.layout);
        Ok(alignment.with_confidence(sure / f64::max(sum, 1.0)))
    }

    fn input(&self, sides: PerLang<Side>, first: Lang) -> Input {
        let layout = Layout::new(sides.as_ref(), &self.lexicon);
        Input { analysed: Analysed::new(sides), first, layout }
    }

    fn model(&self, input: &Input) -> BitextModel {
        let boundaries = &self.weights.boundaries;
        BitextModel::of_sides(&self.lexicon, &self.glossary, boundaries, &input.analysed, &input.layout)
    }

    /// Takes line i of one text for the counterpart of line i of the other; a line that is blank on one side only is a segment
    /// without counterpart. Which text is English is found out as in [`Aligner::align_sources`].
    ///
    /// # Errors
    /// Those of [`Aligner::align_sources`], and [`crate::ErrorKind::Argument`] if one text has more non-blank lines
    /// than the other.
    pub fn pair_lines(&self, a: Source, b: Source) -> Result<Alignment> {
        let (first, a, b) = self.open(a, b)?;
        let side = |unread: Unread, lang: Lang| -> Result<Side> {
            Ok(Side::whole(Arc::new(Document::read_as(unread.into_source(), Format::Lines, lang)?)))
        };
        let (a, b) = (side(a, first)?, side(b, first.other())?);
        let blank = |side: &Side, i: usize| i >= side.segments.len() || side.segment(i).text.is_empty();
        let (short, long) = if a.segments.len() <= b.segments.len() { (&a, &b) } else { (&b, &a) };
        if (short.segments.len()..long.segments.len()).any(|i| !blank(long, i)) {
            let of = |side: &Side| format!("{} has {}", side.document.source().name(), side.segments.len());
            let what = format!(
                "{}, but {} lines; make line i of one the translation of line i of the other, or let duiqi align them",
                of(&a),
                of(&b)
            );
            return Err(Error::new(ErrorKind::UnevenLines, what));
        }
        let sides = PerLang::of(first, a, b);
        let mut beads = Vec::new();
        for i in 0..sides.iter().map(|side| side.segments.len()).max().unwrap_or(0) {
            let has = sides.as_ref().map(|side| i < side.segments.len());
            if blank(&sides.en, i) == blank(&sides.zh, i) {
                let PerLang { en, zh } = has.map(|has| if has { vec![i] } else { Vec::new() });
                beads.push(Bead { en, zh, confidence: 1.0 });
            } else {
                beads.extend(Lang::ALL.into_iter().filter(|&l| has[l]).map(|l| Bead::one_sided(l, i, 1.0)));
            }
        }
        let layout = Layout::new(sides.as_ref(), &self.lexicon);
        Ok(self.finish(Alignment::new(sides, first, Relation::Parallel, beads)?, &layout))
    }

    /// The pairs of a translation memory or a bilingual file, with anchors and speakers; nothing is aligned anew. Where the file says
    /// whether the speakers of a pair are one, that is kept.
    ///
    /// # Errors
    /// Those of [`Alignment::of_bitext`].
    pub fn pair_bitext(&self, bitext: crate::document::Bitext) -> Result<Alignment> {
        let alignment = Alignment::of_bitext(bitext)?;
        let layout = Layout::new(alignment.sides.as_ref(), &self.lexicon);
        Ok(self.finish(alignment, &layout))
    }

    /// Aligns the English and the Chinese of one text. Where one half translates the other, paragraph by paragraph or one
    /// after the other, the result is as that of [`Aligner::align_sources`]. Otherwise ([`Relation::Comparable`]) passages
    /// are linked without order; one that nothing corresponds to stands alone.
    ///
    /// # Errors
    /// [`crate::ErrorKind::Empty`] for a text without a segment, [`crate::ErrorKind::OneLanguage`] for a text in one
    /// language only, and those of
    /// an encoder.
    pub fn align_article_source(&self, source: Source) -> Result<Alignment> {
        let unread = Unread::new(source, self.formats.0);
        if !self.force {
            unread.prose().refuse_other_languages(unread.source().name())?;
        }
        let document = Arc::new(unread.read(None)?);
        let sides = PerLang::from_fn(|lang| Side::of_lang(Arc::clone(&document), lang));
        match Lang::ALL.into_iter().filter(|&lang| !sides[lang].segments.is_empty()).collect::<Vec<_>>()[..] {
            [] => return Err(Error::empty(document.source().name())),
            [lang] => return Err(one_language(&document, lang)),
            _ => {}
        }
        let first = document.segments().first().map_or(Lang::En, |s| s.lang);
        let input = self.input(sides, first);
        if let Some(alignment) = self.given(&input, &document)? {
            return Ok(alignment);
        }
        let mut links = article::link(&self.lexicon, &self.glossary, &input.analysed, &input.layout.roster)?;
        let tried = if article::may_be_parallel(&links.beads) { Some(self.parallel(&input)?) } else { None };
        let translated = tried.as_ref().is_some_and(article::is_parallel);
        let detected = if translated { Relation::Parallel } else { Relation::Comparable };
        // Lines that hold both languages, such as a masthead. Texts that only alternate have been refused above.
        let lines = Units::of(input.analysed.sides.as_ref()).filter(|_| document.layout().is_none());
        let given = lines.map(|units| units.beads()).unwrap_or_default();
        let mut alignment = match (self.relation.unwrap_or(detected), tried) {
            (Relation::Comparable, _) => {
                units::replace(&mut links, &given);
                self.linked(&input, links)?
            }
            (Relation::Parallel, _) if !given.is_empty() => self.pinned(input, &given)?,
            (Relation::Parallel, Some(tried)) => tried,
            (Relation::Parallel, None) => self.parallel(&input)?,
        };
        alignment.detected = detected;
        Ok(alignment)
    }

    /// The alignment that the layout of the file gives, if it puts both languages side by side.
    fn given(&self, input: &Input, document: &Document) -> Result<Option<Alignment>> {
        let Some(layout) = document.layout().filter(|_| self.relation != Some(Relation::Comparable)) else {
            return Ok(None);
        };
        // In a table or on one line the two texts are meant to say the same. Texts that alternate may also be a talk in two
        // languages.
        let min_agreement = if layout == BilingualLayout::Alternating { MIN_AGREEMENT } else { 0.0 };
        let Some(units) = Units::of(input.analysed.sides.as_ref()) else { return Ok(None) };
        let model = self.model(&self.input(units.sides.clone(), input.first));
        let Some(beads) = units.align(model, &self.weights, input.segments(), min_agreement)? else {
            return Ok(None);
        };
        let alignment = input.alignment(Relation::Parallel, beads)?;
        Ok(Some(self.finish(alignment, &input.layout)))
    }

    /// The alignment of linked passages, with what is inside each link.
    fn linked(&self, input: &Input, links: Links) -> Result<Alignment> {
        let Links { beads, details, structure } = links;
        let (sentences, terms): (Vec<_>, Vec<_>) = details.into_iter().map(|d| (d.sentences, d.terms)).unzip();
        let entry = |(bead, sentences): (Bead, Vec<Bead>)| Entry { sentences, ..Entry::from(bead) };
        let entries: Vec<Entry> = beads.into_iter().zip(sentences).map(entry).collect();
        let mut alignment = self.finish(input.alignment(Relation::Comparable, entries)?, &input.layout);
        alignment.structure = Some(structure);
        for (entry, terms) in alignment.entries.iter_mut().zip(terms) {
            add_terms(&alignment.sides, &mut entry.anchors, terms);
        }
        Ok(alignment)
    }

    fn parallel(&self, input: &Input) -> Result<Alignment> {
        let model = self.model(input);
        let scored = model.score(&self.weights)?;
        self.conclude(input, &model, &self.choose(input, &model, &scored)?)
    }

    /// The best path, as the words and the encoder see it.
    fn choose(&self, input: &Input, model: &BitextModel, scored: &Scored) -> Result<Best> {
        let Some((encoder, weights)) = &self.encoder else { return Ok(scored.best()) };
        let texts = input.analysed.sides.as_ref().map(Side::texts);
        model.with_encoder(scored, encoder.as_ref(), weights, texts.as_ref().map(Vec::as_slice))
    }

    /// From the best path to the alignment: confidence, moved passages, anchors.
    fn conclude(&self, input: &Input, model: &BitextModel, best: &Best) -> Result<Alignment> {
        let agreement = model.agreement(&best.beads);
        let moved = model.moved(&best.beads, &agreement, &self.weights)?;
        let (alignment, confidence, omissions) = if moved.is_empty() {
            let bead = |(k, c): (usize, &ScoredBead)| {
                let PerLang { en, zh } = c.cell.spans().map(Iterator::collect);
                Bead { en, zh, confidence: agreement.confidence(k, c) }
            };
            let beads: Vec<Bead> = best.beads.iter().enumerate().map(bead).collect();
            let omissions =
                if self.omissions { model.omissions(best, OmissionWeights::builtin()?) } else { Vec::new() };
            (input.alignment(Relation::Parallel, beads)?, agreement.document(), omissions)
        } else {
            let rearranged = rearranged::rearrange(model, &self.weights, &moved, input.segments())?;
            let alignment = input.alignment(Relation::Parallel, rearranged.entries)?;
            (alignment, rearranged.confidence, rearranged.omissions)
        };
        let mut alignment = self.finish(alignment, &input.layout).with_confidence(confidence);
        alignment.omissions = omissions;
        Ok(alignment)
    }

    /// Adds shared anchors and the comparison of speakers.
    fn finish(&self, mut alignment: Alignment, layout: &Layout) -> Alignment {
        let sides = &alignment.sides;
        for entry in &mut alignment.entries {
            entry.anchors = shared_anchors(sides, &entry.bead);
            let speaker = |lang: Lang| {
                let (side, first) = (&sides[lang], *entry.bead.side(lang).first()?);
                side.document.speaker(side.segment(first).index)
            };
            let same = || layout.roster.same(speaker(Lang::En)?, speaker(Lang::Zh)?);
            entry.same_speaker = entry.same_speaker.or_else(same);
        }
        alignment.speakers = layout.roster.speakers().to_vec();
        alignment
    }
}

/// Two texts on their way to an alignment.
struct Input {
    analysed: Analysed,
    first: Lang,
    layout: Layout,
}

impl Input {
    /// The number of segments on each side.
    fn segments(&self) -> PerLang<usize> {
        self.analysed.sides.as_ref().map(Side::len)
    }

    /// Builds an alignment that shares the two sides.
    fn alignment(&self, relation: Relation, entries: Vec<impl Into<Entry>>) -> Result<Alignment> {
        Alignment::new(self.analysed.sides.clone(), self.first, relation, entries)
    }
}

fn one_language(document: &Document, lang: Lang) -> Error {
    let what =
        format!("it has only {} text; an article must contain both languages, so give two files instead", lang.name());
    Error::new(ErrorKind::OneLanguage(lang), what).in_file(document.source().name())
}
