//! Writers: one alignment, several forms. All are UTF-8, end each line with `\n`, and give the same bytes for the same
//! alignment.

mod findings;
mod indices;
mod jsonl;
mod subtitle;
mod table;
mod tsv;
mod wrap;

#[cfg(feature = "html")]
pub use findings::write_html as write_findings_html;
pub use findings::write_jsonl as write_findings_jsonl;
pub use table::TableStyle;

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
    /// SubRip: the cues of the side given first, or of the other where that has no times, with both languages.
    Srt,
    /// WebVTT, likewise, with speakers.
    Vtt,
}

impl OutputFormat {
    /// All of them.
    pub const ALL: [OutputFormat; 6] = [
        OutputFormat::Table,
        OutputFormat::Jsonl,
        OutputFormat::Tsv,
        OutputFormat::Indices,
        OutputFormat::Srt,
        OutputFormat::Vtt,
    ];

    /// The name that [`FromStr`] reads.
    pub fn name(self) -> &'static str {
        match self {
            OutputFormat::Table => "table",
            OutputFormat::Jsonl => "jsonl",
            OutputFormat::Tsv => "tsv",
            OutputFormat::Indices => "indices",
            OutputFormat::Srt => "srt",
            OutputFormat::Vtt => "vtt",
        }
    }

    /// Writes the alignment; the table in [`TableStyle::default`].
    ///
    /// # Errors
    /// Those of `out`; of kind [`io::ErrorKind::InvalidInput`] around [`Error::Untimed`] for subtitles of an alignment without
    /// times.
    pub fn write(self, alignment: &Alignment, out: &mut dyn Write) -> io::Result<()> {
        match self {
            OutputFormat::Table => TableStyle::default().write(alignment, out),
            OutputFormat::Jsonl => jsonl::write(alignment, out),
            OutputFormat::Tsv => tsv::write(alignment, out),
            OutputFormat::Indices => indices::write(alignment, out),
            OutputFormat::Srt => subtitle::write(subtitle::Form::Srt, alignment, out),
            OutputFormat::Vtt => subtitle::write(subtitle::Form::Vtt, alignment, out),
        }
    }

    /// [`OutputFormat::write`] into a string; empty where the form cannot hold the alignment.
    pub fn text(self, alignment: &Alignment) -> String {
        let mut bytes = Vec::new();
        // A vector takes every byte; what cannot be written is not there.
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
