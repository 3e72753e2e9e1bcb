//! Alignment of texts: from sources to beads with speakers and anchors.

mod builder;
mod pinned;
mod rearranged;

pub use builder::AlignerBuilder;

use std::ops::Range;
use std::sync::Arc;

use crate::alignment::{Alignment, Bead, Pin, Pins, Relation, SharedAnchor, Side, Span};
use crate::anchor::{AnchorKind, Mention, mentions, shared};
use crate::article::{self, Links};
use crate::document::{Document, Format, Segment};
use crate::encode::{Encoder, EncoderWeights};
use crate::error::{Error, Result};
use crate::feature::Weights;
use crate::lexicon::{Glossary, Lexicon};
use crate::passes::{Best, Chosen, Layout, OmissionWeights, Passes, Scored, score_pool};
use crate::text::{Lang, PerLang, Source};

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

/// A configured aligner. Threads can share one; it holds no state of a document.
#[derive(Clone, Debug)]
pub struct Aligner {
    lexicon: Arc<Lexicon>,
    glossary: Glossary,
    weights: Weights,
    encoder: Option<(Arc<dyn Encoder>, EncoderWeights)>,
    langs: Option<(Lang, Lang)>,
    formats: (Format, Format),
    omissions: bool,
    relation: Option<Relation>,
}

impl Aligner {
    /// The way to other options than the defaults.
    pub fn builder() -> AlignerBuilder {
        AlignerBuilder::default()
    }

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
    /// [`Error::Empty`] for a text without a segment, [`Error::SameLanguage`] for two texts in one language, and those of an
    /// encoder.
    pub fn align_sources(&self, a: Source, b: Source) -> Result<Alignment> {
        let prepared = self.prepare(a, b)?;
        let (sides, first) = (prepared.sides.clone(), prepared.first);
        let scored = prepared.passes.score(&self.weights)?;
        let best = self.choose(&prepared, &scored)?;
        let parallel = self.conclude(prepared, &best)?;
        let doubtful = article::is_doubtful(&parallel);
        if !doubtful && self.relation != Some(Relation::Comparable) {
            return Ok(parallel);
        }
        let layout = Layout::new(sides.as_ref(), &self.lexicon);
        let links = article::link(&self.lexicon, &self.glossary, sides.as_ref(), &layout.roster);
        let linked = doubtful && article::are_comparable(&links.beads);
        let detected = if linked { Relation::Comparable } else { Relation::Parallel };
        let alignment = match self.relation.unwrap_or(detected) {
            Relation::Comparable => self.linked(sides, first, links, &layout)?,
            _ => parallel,
        };
        Ok(alignment.with_detected(detected))
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
        let prepared: Vec<Result<Prepared>> = pairs.into_iter().map(|(a, b)| self.prepare(a, b)).collect();
        let pool: Vec<&Passes> = prepared.iter().flatten().map(|p| &p.passes).collect();
        let mut scored = score_pool(&pool, &self.weights).into_iter();
        let align = |prepared: Result<Prepared>| {
            let prepared = prepared?;
            let scored = scored.next().unwrap_or_else(|| prepared.passes.score(&self.weights))?;
            let best = self.choose(&prepared, &scored)?;
            self.conclude(prepared, &best)
        };
        prepared.into_iter().map(align).collect()
    }

    /// As [`Aligner::align_sources`], but some beads are set: they stand as they are, with confidence 1, and what is left between
    /// them is aligned in order. Passages are not looked for elsewhere, since the pins say where things belong. Indices are those of
    /// the segments of each text; the pins ascend on both sides, and each holds segments that follow each other.
    ///
    /// # Errors
    /// As [`Aligner::align_sources`], and [`Error::Option`] for pins that do not ascend, overlap, or name a segment that is not there.
    pub fn align_pinned(&self, a: Source, b: Source, pins: &[Bead]) -> Result<Alignment> {
        self.pinned(self.prepare(a, b)?, pins)
    }

    /// [`Aligner::align_pinned`] with the pins that a reader has exported from the report of the same texts.
    ///
    /// # Errors
    /// As [`Aligner::align_pinned`], and those of [`Pins::fit`] where they were made for other texts.
    pub fn align_mended(&self, a: Source, b: Source, pins: &Pins) -> Result<Alignment> {
        let prepared = self.prepare(a, b)?;
        pins.fit(prepared.sides.as_ref())?;
        let bead = |pin: &Pin| Bead { en: pin.en.clone().collect(), zh: pin.zh.clone().collect(), confidence: 1.0 };
        self.pinned(prepared, &pins.pins().iter().map(bead).collect::<Vec<_>>())
    }

    fn pinned(&self, prepared: Prepared, pins: &[Bead]) -> Result<Alignment> {
        let Prepared { sides, first, layout, passes } = prepared;
        let beads = pinned::align(passes, &self.weights, pins, sides.as_ref().map(|side| side.segments.len()))?;
        let segments = |b: &Bead| (b.en.len() + b.zh.len()) as f64;
        let (sum, sure) = beads.iter().fold((0.0, 0.0), |(n, c), b| (n + segments(b), c + segments(b) * b.confidence));
        let alignment = Alignment::new(sides, first, Relation::Parallel, beads)?;
        self.finish(alignment.with_confidence(sure / f64::max(sum, 1.0)), &layout)
    }

    fn prepare(&self, a: Source, b: Source) -> Result<Prepared> {
        let (lang_a, lang_b) = self.langs_of(&a, &b)?;
        let side = |source: Source, format: Format, lang: Lang| {
            let name = source.name().to_owned();
            let document = Document::read_as(source, format, lang)?;
            if document.segments().is_empty() {
                return Err(Error::Empty { name });
            }
            Ok(Side::whole(Arc::new(document)))
        };
        let (a, b) = (side(a, self.formats.0, lang_a)?, side(b, self.formats.1, lang_b)?);
        Ok(self.prepare_sides(PerLang::of(lang_a, a, b), lang_a))
    }

    fn prepare_sides(&self, sides: PerLang<Side>, first: Lang) -> Prepared {
        let layout = Layout::new(sides.as_ref(), &self.lexicon);
        let boundaries = &self.weights.boundaries;
        let passes = Passes::of_sides(&self.lexicon, &self.glossary, boundaries, sides.as_ref(), &layout);
        Prepared { sides, first, layout, passes }
    }

    /// Takes line i of one text for the counterpart of line i of the other; a line that is blank on one side only is a segment
    /// without counterpart. Which text is English is found out as in [`Aligner::align_sources`].
    ///
    /// # Errors
    /// Those of [`Aligner::align_sources`], and [`Error::Option`] where one text has more lines that are not blank.
    pub fn pair_lines(&self, a: Source, b: Source) -> Result<Alignment> {
        let (lang_a, lang_b) = self.langs_of(&a, &b)?;
        let side = |source: Source, lang: Lang| -> Result<Side> {
            Ok(Side::whole(Arc::new(Document::read_as(source, Format::Lines, lang)?)))
        };
        let (a, b) = (side(a, lang_a)?, side(b, lang_b)?);
        let blank = |side: &Side, i: usize| i >= side.segments.len() || side.segment(i).text.is_empty();
        let (short, long) = if a.segments.len() <= b.segments.len() { (&a, &b) } else { (&b, &a) };
        if (short.segments.len()..long.segments.len()).any(|i| !blank(long, i)) {
            let of = |side: &Side| format!("{} has {}", side.document.source().name(), side.segments.len());
            let what = format!(
                "{}, {} lines: line i must belong to line i; leave it out to have them aligned",
                of(&a),
                of(&b)
            );
            return Err(Error::Option { option: "aligned", what });
        }
        let sides = PerLang::of(lang_a, a, b);
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
        self.finish(Alignment::new(sides, lang_a, Relation::Parallel, beads)?, &layout)
    }

    /// The pairs of a translation memory or a bilingual file, with anchors and speakers; nothing is aligned anew. Where the file says
    /// whether the speakers of a pair are one, that is kept.
    ///
    /// # Errors
    /// Those of [`Alignment::of_bitext`].
    #[cfg(feature = "xml")]
    pub fn pair_bitext(&self, bitext: crate::document::Bitext) -> Result<Alignment> {
        let alignment = Alignment::of_bitext(bitext)?;
        let said: Vec<Option<bool>> = alignment.pairs().map(|pair| pair.same_speaker()).collect();
        let layout = Layout::new(alignment.sides.as_ref(), &self.lexicon);
        let alignment = self.finish(alignment, &layout)?;
        let same = alignment.pairs().zip(said).map(|(pair, said)| said.or(pair.same_speaker())).collect();
        Ok(alignment.with_same_speaker(same))
    }

    /// Aligns the English and the Chinese of one text. Where one half translates the other, paragraph by paragraph or one
    /// after the other, the result is as that of [`Aligner::align_sources`]. Otherwise ([`Relation::Comparable`]) passages
    /// are linked without order; one that nothing corresponds to stands alone.
    ///
    /// # Errors
    /// [`Error::Empty`] for a text without a segment, [`Error::OneLanguage`] for one that does not mix, and those of
    /// an encoder.
    pub fn align_article_source(&self, source: Source) -> Result<Alignment> {
        let document = Arc::new(Document::read(source, self.formats.0)?);
        let name = || document.source().name().to_owned();
        let sides = PerLang::from_fn(|lang| Side::of_lang(Arc::clone(&document), lang));
        match Lang::ALL.into_iter().filter(|&lang| !sides[lang].segments.is_empty()).collect::<Vec<_>>()[..] {
            [] => return Err(Error::Empty { name: name() }),
            [lang] => return Err(Error::OneLanguage { name: name(), lang }),
            _ => {}
        }
        let first = document.segments().first().map_or(Lang::En, |s| s.lang);
        let layout = Layout::new(sides.as_ref(), &self.lexicon);
        let links = article::link(&self.lexicon, &self.glossary, sides.as_ref(), &layout.roster);
        let try_parallel = || self.parallel(sides.clone(), first);
        let tried = if article::may_be_parallel(&links.beads) { Some(try_parallel()?) } else { None };
        let translated = tried.as_ref().is_some_and(article::is_parallel);
        let detected = if translated { Relation::Parallel } else { Relation::Comparable };
        let alignment = match (self.relation.unwrap_or(detected), tried) {
            (Relation::Comparable, _) => self.linked(sides, first, links, &layout)?,
            (_, Some(tried)) => tried,
            (_, None) => try_parallel()?,
        };
        Ok(alignment.with_detected(detected))
    }

    /// The alignment of linked passages, with what is inside each link.
    fn linked(&self, sides: PerLang<Side>, first: Lang, links: Links, layout: &Layout) -> Result<Alignment> {
        let (sentences, terms): (Vec<_>, Vec<_>) = links.details.into_iter().map(|d| (d.sentences, d.terms)).unzip();
        let alignment = Alignment::new(sides, first, Relation::Comparable, links.beads)?.with_sentences(sentences)?;
        let mut alignment = self.finish(alignment, layout)?;
        alignment.structure = Some(links.structure);
        let mut anchors = std::mem::take(&mut alignment.anchors);
        for (anchors, terms) in anchors.iter_mut().zip(terms) {
            let inside = |a: &Span, b: &Span| a.start < b.end && b.start < a.end;
            for places in terms {
                let PerLang { en, zh } =
                    alignment.sides.as_ref().zip(places).map(|(side, (i, range))| span(side, i, range));
                // A word of a name is no term besides.
                if !anchors.iter().any(|a: &SharedAnchor| inside(&a.en, &en) || inside(&a.zh, &zh)) {
                    anchors.push(SharedAnchor { kind: AnchorKind::Term, en, zh, value: None, unit: None });
                }
            }
        }
        Ok(alignment.with_anchors(anchors))
    }

    fn langs_of(&self, a: &Source, b: &Source) -> Result<(Lang, Lang)> {
        if let Some(langs) = self.langs {
            return Ok(langs);
        }
        for source in [a, b] {
            if source.text().trim().is_empty() {
                return Err(Error::Empty { name: source.name().to_owned() });
            }
        }
        // A text without letters (numbers, marks) takes what the other one leaves.
        match (Document::language(a, self.formats.0), Document::language(b, self.formats.1)) {
            (Some(x), Some(y)) if x == y => {
                Err(Error::SameLanguage { first: a.name().to_owned(), second: b.name().to_owned(), lang: x })
            }
            (Some(x), _) => Ok((x, x.other())),
            (None, Some(y)) => Ok((y.other(), y)),
            (None, None) => Ok((Lang::En, Lang::Zh)),
        }
    }

    fn parallel(&self, sides: PerLang<Side>, first: Lang) -> Result<Alignment> {
        let prepared = self.prepare_sides(sides, first);
        let scored = prepared.passes.score(&self.weights)?;
        let best = self.choose(&prepared, &scored)?;
        self.conclude(prepared, &best)
    }

    /// The best path, as the words and the encoder see it.
    fn choose(&self, prepared: &Prepared, scored: &Scored) -> Result<Best> {
        let Some((encoder, weights)) = &self.encoder else { return Ok(scored.best()) };
        let texts = prepared.sides.as_ref().map(Side::texts);
        prepared.passes.encoded(scored, encoder.as_ref(), weights, texts.as_ref().map(Vec::as_slice))
    }

    /// From the best path to the alignment: confidence, moved passages, anchors.
    fn conclude(&self, prepared: Prepared, best: &Best) -> Result<Alignment> {
        let Prepared { sides, first, layout, passes } = prepared;
        let chosen = &best.beads;
        let trust = passes.trust(chosen);
        let moved = passes.moved(chosen, &trust, &self.weights)?;
        if !moved.is_empty() {
            let rearranged::Rearranged { confidence, beads, moved, omissions } =
                rearranged::rearrange(&passes, &self.weights, &moved, sides.as_ref())?;
            let alignment = Alignment::rearranged(sides, first, beads, moved)?;
            return self.finish(alignment.with_confidence(confidence).with_omissions(omissions), &layout);
        }
        let bead = |(k, c): (usize, &Chosen)| {
            let PerLang { en, zh } = c.cell.spans().map(Iterator::collect);
            Bead { en, zh, confidence: trust.confidence(k, c) }
        };
        let beads = chosen.iter().enumerate().map(bead).collect();
        let omissions = if self.omissions { passes.omissions(best, OmissionWeights::builtin()?) } else { Vec::new() };
        let alignment = Alignment::new(sides, first, Relation::Parallel, beads)?;
        self.finish(alignment.with_confidence(trust.document()).with_omissions(omissions), &layout)
    }

    /// Adds shared anchors and the comparison of speakers.
    fn finish(&self, alignment: Alignment, layout: &Layout) -> Result<Alignment> {
        let anchors = alignment.beads().iter().map(|bead| shared_anchors(&alignment, bead)).collect();
        let same =
            alignment.pairs().map(|pair| layout.roster.same(pair.en().speaker()?, pair.zh().speaker()?)).collect();
        let speakers = layout.roster.speakers().to_vec();
        Ok(alignment.with_anchors(anchors).with_same_speaker(same).with_speakers(speakers))
    }
}

/// Two texts on their way to an alignment.
struct Prepared {
    sides: PerLang<Side>,
    first: Lang,
    layout: Layout,
    passes: Passes,
}

/// Mentions of all segments of a side of a bead, with the segment of each.
fn mentions_of(side: &Side, lang: Lang, segments: &[usize]) -> Vec<(usize, Mention)> {
    let of = |&i: &usize| mentions(&side.segment(i).text, lang).into_iter().map(move |m| (i, m));
    segments.iter().flat_map(of).collect()
}

/// Bytes of a segment's text as a place in the input.
fn span(side: &Side, segment: usize, bytes: Range<usize>) -> Span {
    let segment: &Segment = side.segment(segment);
    let text = segment.text.get(bytes.clone()).unwrap_or_default().to_owned();
    let range = side.document.locate(segment, bytes);
    Span { start: range.start, end: range.end, text }
}

fn shared_anchors(alignment: &Alignment, bead: &Bead) -> Vec<SharedAnchor> {
    if bead.is_one_sided() {
        return Vec::new();
    }
    // Chinese has fewer, and is the quicker to read.
    let zh = mentions_of(alignment.side(Lang::Zh), Lang::Zh, &bead.zh);
    if zh.is_empty() {
        return Vec::new();
    }
    let en = mentions_of(alignment.side(Lang::En), Lang::En, &bead.en);
    let plain = |found: &[(usize, Mention)]| -> Vec<Mention> { found.iter().map(|f| f.1.clone()).collect() };
    let pairs = shared(&plain(&en), &plain(&zh));
    let span = |lang: Lang, (i, mention): &(usize, Mention)| span(alignment.side(lang), *i, mention.range.clone());
    pairs
        .into_iter()
        .map(|(a, b)| SharedAnchor {
            kind: zh[b].1.kind,
            en: span(Lang::En, &en[a]),
            zh: span(Lang::Zh, &zh[b]),
            value: zh[b].1.value.map(|v| v.normalize().to_string()),
            unit: en[a].1.unit.clone().or_else(|| zh[b].1.unit.clone()),
        })
        .collect()
}
