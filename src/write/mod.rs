//! Writers: one alignment, several forms. All are UTF-8, end each line with `\n`, and give the same bytes for the same
//! alignment.

mod findings;
#[cfg(feature = "html")]
mod html_text;
mod indices;
mod jsonl;
#[cfg(feature = "html")]
mod report;
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
    /// A page for a browser, complete in one file: both texts side by side with findings, filters, search and a map, on which
    /// a reader can mend beads. Needs the feature `html`.
    Html,
}

impl OutputFormat {
    /// All of them.
    pub const ALL: [OutputFormat; 5] =
        [OutputFormat::Table, OutputFormat::Jsonl, OutputFormat::Tsv, OutputFormat::Indices, OutputFormat::Html];

    /// The name that [`FromStr`] reads.
    pub fn name(self) -> &'static str {
        match self {
            OutputFormat::Table => "table",
            OutputFormat::Jsonl => "jsonl",
            OutputFormat::Tsv => "tsv",
            OutputFormat::Indices => "indices",
            OutputFormat::Html => "html",
        }
    }

    /// The feature of the crate that the format needs and that it was built without.
    pub fn missing_feature(self) -> Option<&'static str> {
        match self {
            OutputFormat::Html if !cfg!(feature = "html") => Some("html"),
            _ => None,
        }
    }

    /// Writes the alignment; the table in [`TableStyle::default`].
    ///
    /// # Errors
    /// Those of `out`; [`io::ErrorKind::Unsupported`] for a format of which [`OutputFormat::missing_feature`] names one.
    pub fn write(self, alignment: &Alignment, out: &mut dyn Write) -> io::Result<()> {
        match self {
            OutputFormat::Table => TableStyle::default().write(alignment, out),
            OutputFormat::Jsonl => jsonl::write(alignment, out),
            OutputFormat::Tsv => tsv::write(alignment, out),
            OutputFormat::Indices => indices::write(alignment, out),
            #[cfg(feature = "html")]
            OutputFormat::Html => report::write(alignment, out),
            #[cfg(not(feature = "html"))]
            OutputFormat::Html => Err(io::Error::new(io::ErrorKind::Unsupported, needs("html"))),
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
        let wrong = |what| Error::Option { option: "format", what };
        let format = OutputFormat::ALL.into_iter().find(|f| f.name() == name).ok_or_else(|| {
            wrong(format!("{name:?} is none of {}", OutputFormat::ALL.map(OutputFormat::name).join(", ")))
        })?;
        match format.missing_feature() {
            Some(feature) => Err(wrong(format!("{name:?} {}", needs(feature)))),
            None => Ok(format),
        }
    }
}

/// What to do about a feature that is not there.
fn needs(feature: &str) -> String {
    format!("needs the feature `{feature}`, which this build is without; build with `--features {feature}`")
}
