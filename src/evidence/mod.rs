//! What speaks for two segments belonging together: tokens, lengths and marks of each side, tables of word pairs from the
//! lexicon and from the document itself, and the evidence of every token for the segments near the path.

mod analysed;
mod boundary;
mod dictionary;
mod em;
mod log;
mod marks;
mod names;
mod path;
mod pooled;
mod sparse;
mod tokens;

pub use analysed::Analysed;
pub use boundary::Boundaries;
pub use dictionary::{Dictionary, PairTable};
pub use em::{WeightedBead, em_table};
pub use log::ln;
pub use marks::{EndClass, EndKind, MARKS, Marks};
pub use path::anchor_path;
pub use pooled::{Member, Pooled};
pub use sparse::{Evidence, Postings, Ratios};
pub use tokens::{Tokenizer, Tokens};

use std::sync::Arc;

use crate::text::{Lang, PerLang};

/// Probability that a token has a translation in its bead (λ); F1 with .3, .5, .9: .898, .901, .902 on literary text.
pub const LAMBDA: f32 = 0.8;

/// Where a segment stands in its document, as far as it matters to alignment.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct SegmentContext {
    /// First segment of a passage.
    pub passage_start: bool,
    /// First segment of a turn.
    pub turn_start: bool,
    /// Part of a heading.
    pub heading: bool,
    /// Who speaks, as an id that both sides share for one person.
    pub speaker: Option<u32>,
    /// The speaker is a role, which may be that of anybody.
    pub open: bool,
}

/// One side of a bitext, ready for scoring.
#[derive(Clone, Debug)]
pub struct BitextSide {
    /// Tokens of each segment.
    pub tokens: Arc<Tokens>,
    /// Length of each segment: characters in English, Han characters and fractions for the rest in Chinese.
    pub length: Vec<f32>,
    /// Marks of each segment.
    pub marks: Vec<Marks>,
    /// Whether a quotation is open behind each segment.
    pub quoting: Vec<bool>,
    /// Context of each segment.
    pub contexts: Vec<SegmentContext>,
    /// Log odds that a sentence ends after each segment; empty where marks tell.
    pub boundary: Vec<f32>,
}

impl BitextSide {
    /// Prepares the segments of one side; `contexts` is empty if nothing is known about the layout.
    #[cfg(feature = "train")]
    pub fn new(texts: &[&str], contexts: Vec<SegmentContext>, lang: Lang, tokenizer: &mut Tokenizer<'_>) -> BitextSide {
        BitextSide::of_tokens(texts, Arc::new(tokenizer.tokens(texts, lang)), contexts, lang)
    }

    /// The same, with tokens that are already known.
    pub fn of_tokens(texts: &[&str], tokens: Arc<Tokens>, contexts: Vec<SegmentContext>, lang: Lang) -> BitextSide {
        let mut contexts = contexts;
        contexts.resize(texts.len(), SegmentContext::default());
        let marks: Vec<Marks> = texts.iter().map(|t| Marks::of(t, lang)).collect();
        BitextSide {
            quoting: marks::quoting(&marks),
            tokens,
            length: texts.iter().map(|t| marks::length(t, lang)).collect(),
            marks,
            contexts,
            boundary: Vec::new(),
        }
    }

    /// Whether most segments end without a mark.
    pub fn unmarked(&self) -> bool {
        2 * self.marks.iter().filter(|m| m.kind == EndKind::Other).count() > self.len()
    }

    /// Number of segments.
    pub fn len(&self) -> usize {
        self.length.len()
    }

    /// Whether there are no segments.
    #[cfg(feature = "train")]
    pub fn is_empty(&self) -> bool {
        self.length.is_empty()
    }
}

/// Both sides, ready for scoring.
#[derive(Clone, Debug)]
pub struct Bitext {
    /// The sides.
    pub sides: PerLang<BitextSide>,
    /// English length over Chinese length in the whole of the document.
    pub ratio: f32,
    /// Whether both sides tell their passages: a text as it comes, not a list of segments.
    pub structured: bool,
}

impl Bitext {
    /// Joins two sides.
    pub fn new(sides: PerLang<BitextSide>) -> Bitext {
        let total = |side: &BitextSide| side.length.iter().map(|&x| f64::from(x)).sum::<f64>();
        let ratio = total(&sides.en) / total(&sides.zh).max(0.5);
        let structured = sides.iter().all(|side| side.contexts.iter().any(|p| p.passage_start));
        Bitext { structured, ratio: if ratio > 0.0 { ratio as f32 } else { 1.0 }, sides }
    }

    /// The factor that converts a length on one side to an English length.
    pub fn scale(&self, lang: Lang) -> f32 {
        match lang {
            Lang::En => 1.0,
            Lang::Zh => self.ratio,
        }
    }

    /// Numbers of segments.
    pub fn segments(&self) -> PerLang<usize> {
        self.sides.as_ref().map(BitextSide::len)
    }

    /// Tokens of the sides.
    pub fn tokens(&self) -> PerLang<&Tokens> {
        self.sides.as_ref().map(|side| side.tokens.as_ref())
    }
}
