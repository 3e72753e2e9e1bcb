//! Writers: one alignment, many forms. All are UTF-8, end each line with `\n`, and give the same bytes for the same
//! alignment.

mod findings;
mod indices;
mod jsonl;
mod ladder;
mod markdown;
mod table;
mod translation;
mod tsv;
mod wrap;

#[cfg(feature = "html")]
pub use findings::write_html as write_findings_html;
pub use findings::write_jsonl as write_findings_jsonl;
pub use table::TableStyle;
pub use translation::write_moses;

use std::fmt;
use std::io::{self, Write};
use std::str::FromStr;

use serde::Serialize;

use crate::alignment::Alignment;
use crate::error::Error;

/// The forms in which an alignment can be written.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum OutputFormat {
    /// Pairs side by side, for people.
    #[default]
    Table,
    /// One JSON object a pair and line, with offsets, speakers and anchors.
    Jsonl,
    /// Columns apart by tabs under a header line, for spreadsheets.
    Tsv,
    /// One bead a line as indices of segments, `[0]:[0,1]`, the caller's first side first.
    Indices,
    /// hunalign's ladder: numbers of segments behind each cut, and the confidence of the bead that starts there.
    Ladder,
    /// Records as Hugging Face's datasets have them; pairs of two sides only.
    Hf,
    /// A table in Markdown.
    Markdown,
}

impl OutputFormat {
    /// All of them.
    pub const ALL: [OutputFormat; 7] = [
        OutputFormat::Table,
        OutputFormat::Jsonl,
        OutputFormat::Tsv,
        OutputFormat::Indices,
        OutputFormat::Ladder,
        OutputFormat::Hf,
        OutputFormat::Markdown,
    ];

    /// The name that [`FromStr`] reads.
    pub fn name(self) -> &'static str {
        match self {
            OutputFormat::Table => "table",
            OutputFormat::Jsonl => "jsonl",
            OutputFormat::Tsv => "tsv",
            OutputFormat::Indices => "indices",
            OutputFormat::Ladder => "ladder",
            OutputFormat::Hf => "hf",
            OutputFormat::Markdown => "markdown",
        }
    }

    /// Writes the alignment; the table in [`TableStyle::default`].
    ///
    /// # Errors
    /// Those of `out`, and [`io::ErrorKind::InvalidInput`] for an alignment that the form has no place for.
    pub fn write(self, alignment: &Alignment, out: &mut dyn Write) -> io::Result<()> {
        match self {
            OutputFormat::Table => TableStyle::default().write(alignment, out),
            OutputFormat::Jsonl => jsonl::write(alignment, out),
            OutputFormat::Tsv => tsv::write(alignment, out),
            OutputFormat::Indices => indices::write(alignment, out),
            OutputFormat::Ladder => ladder::write(alignment, out),
            OutputFormat::Hf => translation::write_records(alignment, out),
            OutputFormat::Markdown => markdown::write(alignment, out),
        }
    }

    /// [`OutputFormat::write`] into a string.
    pub fn text(self, alignment: &Alignment) -> String {
        let mut bytes = Vec::new();
        // A vector takes every byte, so there is no error to report.
        let _ = self.write(alignment, &mut bytes);
        String::from_utf8_lossy(&bytes).into_owned()
    }
}

impl fmt::Display for OutputFormat {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

impl FromStr for OutputFormat {
    type Err = Error;

    fn from_str(name: &str) -> Result<OutputFormat, Error> {
        OutputFormat::ALL.into_iter().find(|f| f.name() == name).ok_or_else(|| Error::Option {
            option: "format",
            what: format!("{name:?} is none of {}", OutputFormat::ALL.map(OutputFormat::name).join(", ")),
        })
    }
}
