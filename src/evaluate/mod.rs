//! Scores of an alignment against one made by hand.
//!
//! [`strict`] counts beads whose both sides equal those of a gold bead; [`links`](GoldTable::score_links) counts pairs of
//! paragraphs that share a bead, for texts that are cut into sentences by the program under test. [`parse_beads`] and
//! [`GoldTable`] read the gold.

mod beads;
mod links;
mod score;
mod table;
mod verse;

pub use beads::{IndexBead, Orientation, beads_of, parse_beads};
pub use links::{Units, links};
pub use score::{Score, StrictScore, strict};
pub use table::{GoldRow, GoldTable, GoldUnit};
pub use verse::merge_verses;
