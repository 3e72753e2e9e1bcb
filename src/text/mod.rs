//! Text as bytes with offsets: encodings, scripts, and the folding used for matching.

mod container;
#[cfg(feature = "docx")]
mod docx;
mod encoding;
mod fold;
pub(crate) mod latin;
mod prose;
#[cfg(any(feature = "docx", feature = "html"))]
pub(crate) mod raised;
mod script;
mod source;
mod view;

pub use crate::lang::{Lang, PerLang};
pub use fold::{fold, fold_char};
pub use prose::detect_lang;
pub(crate) use prose::{Count, HAN_PER_WORD, Prose};
pub use script::{is_cjk_punctuation, is_han};
pub(crate) use source::BesideText;
pub use source::{LineKind, Source};
pub(crate) use view::{View, is_letter};
