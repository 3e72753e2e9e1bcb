//! Stand-in: segment i with segment i.

use std::sync::Arc;

use crate::alignment::{Alignment, Bead, Relation, Side};
use crate::document::{Document, Format};
use crate::text::{Lang, Source, detect_lang};
use crate::{Error, Result};

/// Stand-in.
#[derive(Clone, Debug, Default)]
pub struct Aligner {
    langs: Option<(Lang, Lang)>,
    format: Format,
}

/// Stand-in.
#[derive(Clone, Debug, Default)]
pub struct AlignerBuilder(Aligner);

impl AlignerBuilder {
    /// Stand-in.
    pub fn langs(mut self, a: Lang, b: Lang) -> Self {
        self.0.langs = Some((a, b));
        self
    }

    /// Stand-in.
    pub fn format(mut self, format: Format) -> Self {
        self.0.format = format;
        self
    }

    /// Stand-in.
    pub fn glossary(self, _: Source) -> Self {
        self
    }

    /// Stand-in.
    pub fn build(self) -> Result<Aligner> {
        Ok(self.0)
    }
}

impl Aligner {
    /// Stand-in.
    pub fn builder() -> AlignerBuilder {
        AlignerBuilder::default()
    }

    /// Stand-in.
    pub fn align_sources(&self, a: Source, b: Source) -> Result<Alignment> {
        let lang = |s: &Source| detect_lang(s.text()).ok_or_else(|| Error::Empty { name: s.name().to_owned() });
        let (la, lb) = match self.langs {
            Some(l) => l,
            None => (lang(&a)?, lang(&b)?),
        };
        if la == lb {
            return Err(Error::SameLanguage { first: a.name().to_owned(), second: b.name().to_owned(), lang: la });
        }
        let side = |s: Source| {
            let document = Arc::new(Document::read(s, self.format));
            Side { segments: (0..document.segments().len()).collect(), document }
        };
        let (a, b) = (side(a), side(b));
        let (en, zh) = if la == Lang::En { (a, b) } else { (b, a) };
        diagonal(en, zh, la)
    }

    /// Stand-in.
    pub fn align_article_source(&self, a: Source) -> Result<Alignment> {
        let document = Arc::new(Document::read(a, self.format));
        let side = |l: Lang| {
            let of = document.segments().iter().filter(|s| s.lang == l).map(|s| s.index).collect();
            Side { document: document.clone(), segments: of }
        };
        for l in [Lang::En, Lang::Zh] {
            if side(l).segments.is_empty() {
                return Err(Error::OneLanguage { name: document.source().name().to_owned(), lang: l.other() });
            }
        }
        diagonal(side(Lang::En), side(Lang::Zh), Lang::En)
    }
}

fn diagonal(en: Side, zh: Side, first: Lang) -> Result<Alignment> {
    let at = |s: &Side, i: usize| if i < s.segments.len() { vec![i] } else { vec![] };
    let n = en.segments.len().max(zh.segments.len());
    let beads = (0..n).map(|i| Bead { en: at(&en, i), zh: at(&zh, i), confidence: 0.98 }).collect();
    Alignment::new(en, zh, first, Relation::Parallel, beads)
}

/// Stand-in.
pub fn align(a: &str, b: &str) -> Result<Alignment> {
    Aligner::default().align_sources(Source::from_text("first text", a), Source::from_text("second text", b))
}

/// Stand-in.
pub fn align_article(a: &str) -> Result<Alignment> {
    Aligner::default().align_article_source(Source::from_text("article", a))
}
