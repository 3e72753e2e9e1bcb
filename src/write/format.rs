//! The table of output formats. A new format needs a writer in a separate file and one line in this table; names,
//! help, file endings and messages follow from it.

use std::fmt;
use std::io::{self, Write};
use std::path::Path;
use std::str::FromStr;

use serde::{Serialize, Serializer};

#[cfg(feature = "html")]
use super::report;
use super::subtitle::{self, Form};
use super::table::TableStyle;
use super::{indices, jsonl, ladder, markdown, translation, tsv};
#[cfg(feature = "xml")]
use super::{tmx::TmxStyle, xces, xliff};
use crate::alignment::Alignment;
use crate::error::{Error, ErrorKind, Result};

/// The pairs that a format can contain.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Takes {
    All,
    /// Pairs with both sides.
    TwoSided,
}

use Takes::{All, TwoSided};

struct Entry {
    name: &'static str,
    endings: &'static [&'static str],
    help: &'static str,
    takes: Takes,
    write: fn(&Alignment, &mut dyn Write) -> io::Result<()>,
}

macro_rules! formats {
    ($(#[doc = $help:literal] $(#[cfg(feature = $feature:literal)])?
        $variant:ident $name:literal $endings:expr, $takes:expr, $write:expr;)+) => {
        /// The formats in which an alignment can be written.
        #[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
        #[non_exhaustive]
        pub enum OutputFormat {
            #[default]
            $(#[doc = $help] $(#[cfg(feature = $feature)])? $variant,)+
        }

        impl OutputFormat {
            /// All formats that the crate was built with.
            pub const ALL: &[OutputFormat] = &[$($(#[cfg(feature = $feature)])? OutputFormat::$variant,)+];
        }

        const TABLE: &[Entry] = &[$(
            $(#[cfg(feature = $feature)])?
            Entry { name: $name, endings: &$endings, help: $help, takes: $takes, write: $write },
        )+];

        /// Names that a build may lack, each with its feature.
        const OPTIONAL: &[(&str, &str)] = &[$($(($name, $feature),)?)+];
    };
}

// If several formats have the same ending, the first one is used. The text after /// is the help.
formats! {
    /// Pairs side by side, to read in a terminal
    Table "table" ["txt", "table", "out"], All, |a, out| TableStyle::default().write(a, out);
    /// Everything that is known: one JSON object for each pair, one pair on each line
    Jsonl "jsonl" ["jsonl", "ndjson"], All, jsonl::write;
    /// Columns with tabs between them, under a header line, for spreadsheets
    Tsv "tsv" ["tsv"], All, tsv::write;
    /// Numbers of segments, `[0]:[0,1]`, one pair on each line, as in gold files; the text given first is on the left
    Indices "indices" [], All, indices::write;
    /// The ladder of hunalign: numbers of segments before each cut, and the confidence of the pair that begins there
    Ladder "ladder" ["ladder"], All, ladder::write;
    /// Records for the datasets of Hugging Face
    Hf "hf" [], TwoSided, translation::write_records;
    /// A table in Markdown
    Markdown "markdown" ["md", "markdown"], All, markdown::write;
    /// SubRip subtitles in both languages
    Srt "srt" ["srt"], All, |a, out| subtitle::write(Form::Srt, a, out);
    /// WebVTT subtitles in both languages, with speakers
    Vtt "vtt" ["vtt"], All, |a, out| subtitle::write(Form::Vtt, a, out);
    /// ASS subtitles in both languages; styles are those of the first file, if it is in ASS
    Ass "ass" ["ass"], All, |a, out| subtitle::write(Form::Ass, a, out);
    /// A report for the browser in one file: both texts side by side, findings, filters, search; pairs can be mended in it
    #[cfg(feature = "html")]
    Html "html" ["html", "htm"], All, report::write;
    /// TMX 1.4, a translation memory
    #[cfg(feature = "xml")]
    Tmx "tmx" ["tmx"], TwoSided, |a, out| TmxStyle::default().write(a, out);
    /// XLIFF 2.1, a bilingual file for translation tools
    #[cfg(feature = "xml")]
    Xliff "xliff" ["xlf", "xliff"], TwoSided, xliff::write;
    /// Links between sentences as OPUS keeps them (XCES); sentence n is segment n - 1 of its file
    #[cfg(feature = "xml")]
    Xces "xces" ["xces"], All, xces::write;
}

impl OutputFormat {
    fn entry(self) -> &'static Entry {
        // The variants have the numbers of the lines in the table.
        &TABLE[self as usize]
    }

    /// The name that [`FromStr`] reads.
    #[doc(hidden)]
    pub fn name(self) -> &'static str {
        self.entry().name
    }

    /// The usual file name endings, without the dot, the preferred one first; empty for a format without an ending of
    /// its own.
    #[doc(hidden)]
    pub fn endings(self) -> &'static [&'static str] {
        self.entry().endings
    }

    /// A description of one line, for help texts.
    #[doc(hidden)]
    pub fn help(self) -> &'static str {
        self.entry().help.trim()
    }

    /// Returns the format of a file name, from its ending, in capitals or not. If several formats have the same ending,
    /// the first one in [`OutputFormat::ALL`] is used.
    ///
    /// ```
    /// use duiqi::OutputFormat;
    /// assert_eq!(OutputFormat::of_path("out/pairs.TSV".as_ref()), Some(OutputFormat::Tsv));
    /// assert_eq!(OutputFormat::of_path("pairs".as_ref()), None);
    /// ```
    pub fn of_path(path: &Path) -> Option<OutputFormat> {
        let ending = path.extension()?.to_str()?;
        let ends = |f: &OutputFormat| f.endings().iter().any(|e| e.eq_ignore_ascii_case(ending));
        OutputFormat::ALL.iter().copied().find(ends)
    }

    /// Whether the format contains pairs without a counterpart. If not, [`write_unpaired`](super::write_unpaired)
    /// writes those pairs.
    #[doc(hidden)]
    pub fn takes_one_sided(self) -> bool {
        self.entry().takes == All
    }

    /// Writes the alignment, as a table with [`TableStyle::default`] for the table format.
    ///
    /// # Errors
    /// Those of `out`, and [`io::ErrorKind::InvalidInput`] if the format cannot hold the alignment, for example
    /// subtitles of texts without times.
    pub fn write(self, alignment: &Alignment, out: &mut dyn Write) -> io::Result<()> {
        (self.entry().write)(alignment, out)
    }

    /// [`OutputFormat::write`] into a string.
    pub fn text(self, alignment: &Alignment) -> String {
        let mut bytes = Vec::new();
        // Writing to a vector never fails.
        let _ = self.write(alignment, &mut bytes);
        String::from_utf8_lossy(&bytes).into_owned()
    }
}

impl fmt::Display for OutputFormat {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

impl Serialize for OutputFormat {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.name())
    }
}

impl FromStr for OutputFormat {
    type Err = Error;

    fn from_str(name: &str) -> Result<OutputFormat> {
        OutputFormat::ALL.iter().copied().find(|format| format.name() == name).ok_or_else(|| {
            if let Some((_, feature)) = OPTIONAL.iter().find(|(format, _)| *format == name) {
                return Error::missing_feature(&format!("write {name}"), feature);
            }
            let names: Vec<&str> = TABLE.iter().map(|entry| entry.name).collect();
            let what = format!("{name:?} is not an output format; the formats are {}", names.join(", "));
            Error::new(ErrorKind::Argument, what)
        })
    }
}
