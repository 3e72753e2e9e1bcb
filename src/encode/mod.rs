//! Sentence vectors of the caller's own model as further evidence: with an [`Encoder`], beads that the words leave open are
//! scored once more by how near the vectors of their two sides are. Without one nothing of this runs.
//!
//! ```
//! use std::sync::Arc;
//!
//! use duiqi::Lang;
//!
//! // Any model will do that puts both languages into one space; this one only tells questions from the rest.
//! let encode = |_: Lang, texts: &[&str]| -> duiqi::Result<Vec<Vec<f32>>> {
//!     Ok(texts.iter().map(|t| if t.ends_with(['?', '？']) { vec![1.0, 0.0] } else { vec![0.0, 1.0] }).collect())
//! };
//! let aligner = duiqi::Aligner::builder().encoder(Arc::new(encode)).build()?;
//! let alignment = aligner.align("Where is the ferry? It left at noon.", "渡船在哪儿？中午就开走了。")?;
//! assert_eq!(alignment.beads().len(), 2);
//! # Ok::<(), duiqi::Error>(())
//! ```

mod similarity;
mod vectors;
mod weights;

pub use similarity::{FEATURES, Similarities};
pub use weights::EncoderWeights;

use std::fmt;

use crate::error::Result;
use crate::text::Lang;

/// A model that turns texts of both languages into vectors of one space, so that translations lie near each other.
///
/// A closure of the same arguments is one too.
pub trait Encoder: Send + Sync {
    /// One vector for each text, all of one length, the same in every call; their scale does not matter. A text is one
    /// segment or several consecutive ones of a side, never blank; a call has at most [`BATCH`] of them.
    ///
    /// # Errors
    /// Any error of the model, preferably as [`crate::ErrorKind::Encoder`]. The alignment stops with this error.
    fn encode(&self, lang: Lang, texts: &[&str]) -> Result<Vec<Vec<f32>>>;
}

/// Texts in one call of [`Encoder::encode`] at most: enough for a model that works in batches, little enough to hold.
pub const BATCH: usize = 512;

impl<F> Encoder for F
where
    F: Fn(Lang, &[&str]) -> Result<Vec<Vec<f32>>> + Send + Sync,
{
    fn encode(&self, lang: Lang, texts: &[&str]) -> Result<Vec<Vec<f32>>> {
        self(lang, texts)
    }
}

impl fmt::Debug for dyn Encoder {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Encoder")
    }
}
