//! Aligns English and Chinese transcripts and articles, segment by segment.
//!
//! Two texts, or one that mixes both languages, become pairs: which sentence says what which other one says, who says it,
//! how sure that is, and which numbers, names and terms both have. No neural net, no network, one small lexicon inside.
//!
//! ```
//! let english = "Interviewer: How many seats did you sell?\n\nMara Quist: About 320,000. It was a good year.";
//! let chinese = "记者：你们卖出了多少张票？\n\n玛拉·奎斯特：大约32万张。那一年不错。";
//!
//! let alignment = duiqi::align(english, chinese)?;
//! let pairs: Vec<_> = alignment.pairs().collect();
//!
//! assert_eq!(pairs[1].en().text(), "About 320,000.");
//! assert_eq!(pairs[1].zh().text(), "大约32万张。");
//! assert_eq!(pairs[1].shape(), "1-1");
//! assert_eq!(pairs[1].anchors()[0].value.as_deref(), Some("320000"));
//! assert_eq!(pairs[1].zh().speaker().map(|label| label.name.as_str()), Some("玛拉·奎斯特"));
//! assert_eq!(pairs[1].same_speaker(), Some(true));
//!
//! // Bytes of the text that was given:
//! let range = pairs[1].zh().range().unwrap_or_default();
//! assert_eq!(&chinese[range], "大约32万张。");
//! # Ok::<(), duiqi::Error>(())
//! ```
//!
//! # What to call
//!
//! - [`align()`]: two texts, in either order. Every segment ends up in exactly one [`alignment::Bead`].
//! - [`align_article`]: one text in both languages. Passages are linked without order; what has no counterpart stands alone.
//!   [`alignment::Pair::sentences`] says which sentences of a link say the same, [`alignment::Alignment::structure`] what the
//!   article is made of.
//! - [`Aligner::builder`]: the same with a [`lexicon::Glossary`], another lexicon, other weights, given languages or
//!   formats. Build it once; threads share it.
//! - [`check::check`]: where two aligned versions disagree: numbers, passages, speakers, names.
//! - [`document::Document::read`]: only the segmenter. [`anchor::mentions`]: only the numbers and names.
//!   [`quantity::values`]: the numbers, dates and multiples of a text, with the words around them.
//! - [`anchor::names`]: names that a text states in both languages, how likely two names are one, names that two texts share.
//! - [`AlignerBuilder::encoder`]: sentence vectors of the caller's own model as further evidence.
//! - [`OutputFormat`](write::OutputFormat): a table, JSON lines, TSV, subtitles, index lists and more; with the feature `html` a page for
//!   a browser, with `xml` TMX, XLIFF and the links of OPUS. [`evaluate`]: scores against gold.
//! - `document::Bitext`, with the feature `xml`: TMX and XLIFF files as pairs, for `Aligner::pair_bitext`, [`check`] and [`evaluate`].
//!
//! # The way of the data
//!
//! ```text
//!  bytes ─ text ─▶ document ─▶ anchor ─▶ evidence ─▶ feature ─▶ lattice ─▶ alignment ─▶ check, write
//!          │       │           │         │           │          │          │            evaluate
//!          │       │           │         │           │          │          └ pairs, confidence, places
//!          │       │           │         │           │          └ best path, posteriors
//!          │       │           │         │           └ what speaks for a bead; fitted weights
//!          │       │           │         └ tokens against tokens: lexicon, then the document itself
//!          │       │           └ numbers by value, Latin strings, speakers
//!          │       └ passages, turns, sentences
//!          └ encoding, offsets
//! ```
//!
//! A module uses only what stands to its left ([`passes`] joins evidence, features and lattice; [`article`] is the way of
//! a mixed text).
//!
//! # Method
//!
//! A log-linear model over beads. Each token has evidence for the segments of the other side, t(x|y) / p(x) from a
//! dictionary; a bead's features are how well its tokens are explained inside it and just outside it, whether its clauses can
//! be parted as the other side's segments are, lengths, punctuation, open quotations, turns, speakers and paragraphs. Pruning
//! in a band around a path of rare matches, forward–backward, one round of IBM Model 1 on the document itself with the
//! dictionary as prior, and again for the beads that are still likely; the best path's posteriors are the confidence, lowered
//! where the words of its beads agree no better than those of decoys. A gap is dear to open and cheap to extend. Subtitle cues
//! have weights of their own.
//!
//! # Limits
//!
//! - English and Chinese only; Traditional Chinese is matched as its Simplified form.
//! - A bead holds up to 5 Chinese or 7 English segments, among subtitle cues 12 or 10 ([`lattice::SHAPES`]).
//! - In texts that are parallel, a passage of about five segments or more is found if it is at another place on one
//!   side ([`alignment::Pair::is_moved`]). A shorter one is reported as missing on both sides.
//! - Offsets and counts fit 32 bits: texts up to about 4 GB.
//! - Inputs are bounded by [`Limits`], which can be raised.

#![forbid(unsafe_code)]
#![deny(missing_docs)]

mod error;
mod lang;
mod limits;

pub mod align;
pub mod alignment;
pub mod anchor;
pub mod article;
pub mod check;
pub mod document;
pub mod encode;
pub mod evaluate;
pub mod evidence;
pub mod feature;
pub mod lattice;
pub mod lexicon;
pub mod linear;
pub mod passes;
pub mod quantity;
pub mod text;
pub mod write;

pub use align::{Aligner, AlignerBuilder, align, align_article};
pub use error::{Error, ErrorKind, Result};
pub use limits::{Limit, Limits};
