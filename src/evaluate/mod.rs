//! Scores of an alignment against one made by hand.
//!
//! [`strict`] counts beads whose both sides equal those of a gold bead; [`links`](GoldTable::score_links) counts pairs of
//! paragraphs that share a bead, for texts that are cut into sentences by the program under test. [`parse_beads`] and
//! [`GoldTable`] read the gold; [`TextGold`] reads gold that quotes sentences and finds them in documents. [`strict_texts`] compares
//! pairs by their words, for translation memories. [`ArticleGold`] scores the links of one article in both languages.
//!
//! ```
//! use duiqi::train::evaluate::{parse_beads, strict};
//! use duiqi::Source;
//!
//! let gold = parse_beads(&Source::from_text("gold", "[0]:[0]\n[1]:[1,2]\n"))?;
//! let test = parse_beads(&Source::from_text("test", "[0]:[0]\n[1]:[1]\n[]:[2]\n"))?;
//! let score = strict(&test, &gold).total;
//! assert_eq!((score.right, score.test, score.gold), (1, 3, 2));
//! assert_eq!(score.f1(), 0.4);
//! # Ok::<(), duiqi::Error>(())
//! ```

mod article;
mod beads;
mod ladder;
mod links;
mod reliability;
mod score;
mod sentences;
mod table;
mod texts;
mod verse;

pub use article::{ArticleGold, ArticleRow, ArticleScore};
pub use beads::{IndexBead, Orientation, beads_of, parse_beads};
pub use links::{Units, links};
pub use reliability::{Reliability, ReliabilityBin};
pub use score::{Score, StrictScore, strict};
pub use sentences::{Agreement, MappedGold, TextGold, TextRow};
pub use table::{GoldRow, GoldTable, GoldUnit};
pub use texts::{TextPair, strict_texts, texts_of};
pub use verse::merge_verses;
