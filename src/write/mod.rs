//! Writers: one alignment, many forms. All are UTF-8, end each line with `\n`, and give the same bytes for the same
//! alignment.

mod findings;
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
pub use findings::write_jsonl as write_findings_jsonl;
pub use table::TableStyle;
#[cfg(feature = "xml")]
pub use tmx::TmxStyle;
pub use translation::write_moses;
pub use unpaired::write as write_unpaired;

use std::fmt;
use std::io::{self, Write};
use std::path::Path;
use std::str::FromStr;

use serde::Serialize;

use crate::alignment::Alignment;
use crate::error::{Error, ErrorKind};

/// The forms in which an alignment can be written.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "lowercase")]
#[non_exhaustive]
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
    /// SubRip: the cues of the side given first, or of the other where that has no times, with both languages.
    Srt,
    /// WebVTT, likewise, with speakers.
    Vtt,
    /// A page for a browser, complete in one file: both texts side by side with findings, filters, search and a map, on which
    /// a reader can mend beads.
    #[cfg(feature = "html")]
    Html,
    /// TMX 1.4 for tools of translators: pairs with both sides; see [`TmxStyle`].
    #[cfg(feature = "xml")]
    Tmx,
    /// XLIFF 2.1: pairs with both sides.
    #[cfg(feature = "xml")]
    Xliff,
    /// Links between sentences as OPUS keeps them (XCES): sentence n is segment n - 1 of its file.
    #[cfg(feature = "xml")]
    Xces,
}

impl OutputFormat {
    /// All that the crate was built with.
    pub const ALL: &[OutputFormat] = &[
        OutputFormat::Table,
        OutputFormat::Jsonl,
        OutputFormat::Tsv,
        OutputFormat::Indices,
        OutputFormat::Ladder,
        OutputFormat::Hf,
        OutputFormat::Markdown,
        OutputFormat::Srt,
        OutputFormat::Vtt,
        #[cfg(feature = "html")]
        OutputFormat::Html,
        #[cfg(feature = "xml")]
        OutputFormat::Tmx,
        #[cfg(feature = "xml")]
        OutputFormat::Xliff,
        #[cfg(feature = "xml")]
        OutputFormat::Xces,
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
            OutputFormat::Srt => "srt",
            OutputFormat::Vtt => "vtt",
            #[cfg(feature = "html")]
            OutputFormat::Html => "html",
            #[cfg(feature = "xml")]
            OutputFormat::Tmx => "tmx",
            #[cfg(feature = "xml")]
            OutputFormat::Xliff => "xliff",
            #[cfg(feature = "xml")]
            OutputFormat::Xces => "xces",
        }
    }

    /// The usual endings of its files, without the dot, the one to prefer first; empty for a form that has none of its own.
    pub fn endings(self) -> &'static [&'static str] {
        match self {
            OutputFormat::Table | OutputFormat::Indices | OutputFormat::Hf => &[],
            OutputFormat::Jsonl => &["jsonl", "ndjson"],
            OutputFormat::Tsv => &["tsv"],
            OutputFormat::Ladder => &["ladder"],
            OutputFormat::Markdown => &["md", "markdown"],
            OutputFormat::Srt => &["srt"],
            OutputFormat::Vtt => &["vtt"],
            #[cfg(feature = "html")]
            OutputFormat::Html => &["html", "htm"],
            #[cfg(feature = "xml")]
            OutputFormat::Tmx => &["tmx"],
            #[cfg(feature = "xml")]
            OutputFormat::Xliff => &["xlf", "xliff"],
            #[cfg(feature = "xml")]
            OutputFormat::Xces => &["xces"],
        }
    }

    /// The form that the ending of a file name stands for, in capitals or not; the first one in [`OutputFormat::ALL`] where
    /// several share it.
    ///
    /// ```
    /// use duiqi::write::OutputFormat;
    /// assert_eq!(OutputFormat::of_path("out/pairs.TSV".as_ref()), Some(OutputFormat::Tsv));
    /// assert_eq!(OutputFormat::of_path("pairs".as_ref()), None);
    /// ```
    pub fn of_path(path: &Path) -> Option<OutputFormat> {
        let ending = path.extension()?.to_str()?;
        let ends = |f: &OutputFormat| f.endings().iter().any(|e| e.eq_ignore_ascii_case(ending));
        OutputFormat::ALL.iter().copied().find(ends)
    }

    /// Whether pairs without counterpart are in it. Where they are not, [`write_unpaired`] writes what is left out.
    pub fn takes_one_sided(self) -> bool {
        match self {
            OutputFormat::Hf => false,
            #[cfg(feature = "xml")]
            OutputFormat::Tmx | OutputFormat::Xliff => false,
            _ => true,
        }
    }

    /// Writes the alignment; the table in [`TableStyle::default`].
    ///
    /// # Errors
    /// Those of `out`, and [`io::ErrorKind::InvalidInput`] for an alignment that the form has no place for, like subtitles of texts without
    /// times.
    pub fn write(self, alignment: &Alignment, out: &mut dyn Write) -> io::Result<()> {
        match self {
            OutputFormat::Table => TableStyle::default().write(alignment, out),
            OutputFormat::Jsonl => jsonl::write(alignment, out),
            OutputFormat::Tsv => tsv::write(alignment, out),
            OutputFormat::Indices => indices::write(alignment, out),
            OutputFormat::Ladder => ladder::write(alignment, out),
            OutputFormat::Hf => translation::write_records(alignment, out),
            OutputFormat::Markdown => markdown::write(alignment, out),
            OutputFormat::Srt => subtitle::write(subtitle::Form::Srt, alignment, out),
            OutputFormat::Vtt => subtitle::write(subtitle::Form::Vtt, alignment, out),
            #[cfg(feature = "html")]
            OutputFormat::Html => report::write(alignment, out),
            #[cfg(feature = "xml")]
            OutputFormat::Tmx => TmxStyle::default().write(alignment, out),
            #[cfg(feature = "xml")]
            OutputFormat::Xliff => xliff::write(alignment, out),
            #[cfg(feature = "xml")]
            OutputFormat::Xces => xces::write(alignment, out),
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
        OutputFormat::ALL.iter().copied().find(|f| f.name() == name).ok_or_else(|| {
            let names: Vec<&str> = OutputFormat::ALL.iter().map(|f| f.name()).collect();
            let what = match OPTIONAL.iter().find(|(format, _)| *format == name) {
                Some((_, feature)) => return Error::missing_feature(&format!("write {name}"), feature),
                None => format!("{name:?} is not a form of output; the forms are {}", names.join(", ")),
            };
            Error::new(ErrorKind::Argument, what)
        })
    }
}

/// Forms that a build may lack, each with the feature that brings it.
const OPTIONAL: &[(&str, &str)] = &[("html", "html"), ("tmx", "xml"), ("xliff", "xml"), ("xces", "xml")];
