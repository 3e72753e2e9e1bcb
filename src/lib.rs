//! Aligns English and Chinese transcripts and articles, segment by segment.

#![forbid(unsafe_code)]
#![deny(missing_docs)]

mod error;
mod lang;

pub mod align;
pub mod alignment;
pub mod anchor;
pub mod article;
pub mod document;
pub mod evaluate;
pub mod evidence;
pub mod feature;
pub mod lattice;
pub mod lexicon;
pub mod passes;
pub mod text;
pub mod write;

pub use align::{Aligner, AlignerBuilder, align, align_article};
pub use error::{Error, Result};
