//! Writers: one alignment, many forms. All are UTF-8, end each line with `\n`, and give the same bytes for the same
//! alignment.

mod findings;
mod format;
#[cfg(feature = "html")]
mod html_text;
mod indices;
mod jsonl;
mod ladder;
mod markdown;
#[cfg(feature = "html")]
mod report;
mod subtitle;
mod table;
#[cfg(feature = "xml")]
mod tmx;
mod translation;
mod tsv;
#[cfg(feature = "train")]
mod unpaired;
mod wrap;
#[cfg(feature = "xml")]
mod xces;
#[cfg(feature = "xml")]
mod xliff;
#[cfg(feature = "xml")]
mod xml;

#[cfg(feature = "html")]
pub use findings::write_html as write_findings_html;
#[cfg(feature = "train")]
pub use findings::write_jsonl as write_findings_jsonl;
pub use format::OutputFormat;
#[cfg(feature = "train")]
pub use table::TableStyle;
#[cfg(all(feature = "train", feature = "xml"))]
pub use tmx::TmxStyle;
#[cfg(feature = "train")]
pub use translation::write_moses;
#[cfg(feature = "train")]
pub use unpaired::write as write_unpaired;
