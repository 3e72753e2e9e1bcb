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
//! Most users need only the functions and types of this page.
//!
//! - [`align()`]: two texts, in either order. Every segment ends up in exactly one [`Pair`].
//! - [`align_article`]: one text in both languages. Passages are linked without order; what has no counterpart stands alone.
//!   [`Pair::sentences`] says which sentences of a link say the same.
//! - [`Aligner::builder`]: the same with a [`Glossary`], given languages or formats, or an [`Encoder`], which adds the sentence vectors
//!   of the caller's own model. Build it once; threads share it. [`Aligner::align_sources`] takes files of any format and encoding.
//! - [`check()`]: where two aligned versions disagree: numbers, passages, speakers, names. The module [`check`](mod@check) has the kinds.
//! - [`OutputFormat`]: writes an alignment as a table, JSON lines, TSV, subtitles, index lists and more; with the feature `html` as a
//!   page for a browser, with `xml` as TMX, XLIFF or the links of OPUS.
//! - [`SavedPair::read`]: pairs that [`OutputFormat::Jsonl`] has written, read back.
//! - [`Document::read`]: only the segmenter. [`values`]: the numbers, dates and multiples of a text, with the words around them; the
//!   module [`quantity`] has the types. [`names`]: names that a text states in both languages, how likely two names are one, and
//!   names that two texts share.
//! - `Bitext`, with the feature `xml`: TMX and XLIFF files as pairs, for `Aligner::pair_bitext` and [`check()`].
//!
//! The feature `train` makes the internal modules public for the command, the training and the tests. They may change
//! at any time.
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
//! A module uses only the modules to its left. `passes` joins evidence, features and lattice; `article` handles a mixed
//! text.
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
//! - A bead holds up to 5 Chinese or 7 English segments, among subtitle cues 12 or 10.
//! - In texts that are parallel, a passage of about five segments or more is found if it is at another place on one
//!   side ([`Pair::is_moved`]). A shorter one is reported as missing on both sides.
//! - Offsets and counts fit 32 bits: texts up to about 4 GB.
//! - Inputs are bounded by [`Limits`], which can be raised.

#![forbid(unsafe_code)]
#![deny(missing_docs)]

mod error;
mod lang;
mod limits;

mod align;
mod alignment;
mod anchor;
mod article;
pub mod check;
mod document;
mod encode;
#[cfg(feature = "train")]
mod evaluate;
mod evidence;
mod feature;
mod lattice;
mod lexicon;
mod linear;
mod passes;
pub mod quantity;
mod text;
mod write;

pub use align::{Aligner, AlignerBuilder, align, align_article};
pub use alignment::{
    Alignment, Bead, Half, Pair, Part, Pins, Relation, SavedPair, SavedSegment, SavedSpeaker, SharedAnchor, Span,
};
pub use anchor::AnchorKind;
pub use anchor::speaker::{Reason as SpeakerReason, Role, Speaker};
pub use check::{Finding, check};
pub use document::{
    BilingualLayout, Bitext, Cue, Document, Format, Label, LeftOut, Passage, PassageKind, Reason as LeftOutReason,
    Segment, Time, Turn,
};
pub use encode::Encoder;
pub use error::{Error, ErrorKind, Result};
pub use lang::{Lang, PerLang};
pub use lexicon::Glossary;
pub use limits::{Limit, Limits};
pub use quantity::{Quantity, Value, values};
pub use text::Source;
pub use write::OutputFormat;
#[cfg(feature = "html")]
pub use write::write_findings_html;

/// Names in running text: pairs that a text states itself, how likely two names are one, and which names two texts share.
///
/// ```
/// use duiqi::names::{Names, Reason};
///
/// let mut names = Names::new()?;
/// assert!(names.likeness("Mara Quist", "玛拉·奎斯特").score > 0.9);
///
/// let text = "来自科珀莱恩研究公司（Copperline Research）的萨米拉·哈达德表示同意。";
/// let pair = names.stated(text).remove(0);
/// assert_eq!((&text[pair.en.clone()], &text[pair.zh.clone()]), ("Copperline Research", "科珀莱恩研究公司"));
///
/// names.learn(text);
/// let found = names.shared("Copperline Research asked Mr. Harlow.", "科珀莱恩研究公司问了哈洛先生。");
/// assert_eq!(found[0].reason, Reason::ExplicitPair);
/// assert_eq!(found[1].reason, Reason::Transliteration);
/// # Ok::<(), duiqi::Error>(())
/// ```
pub mod names {
    pub use crate::anchor::names::{Likeness, NameMatch, Names, Reason, StatedPair};
}

/// The internal items that the command, the training and the tests use. They change without notice.
#[cfg(feature = "train")]
#[doc(hidden)]
pub mod train;
