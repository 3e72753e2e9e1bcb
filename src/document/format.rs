//! The table of input formats. A new format needs a reader in a file of its own and one line in this table; names,
//! help, detection and messages follow from it. A format that is not text (like .docx) also needs a line in
//! `text/container.rs`, which unpacks it.

use std::fmt;
use std::str::FromStr;

use serde::{Serialize, Serializer};

use super::block::Block;
use super::left_out::Notes;
use super::paired::{self, Contents};
use super::timed::{self, RawCue};
use super::{docx, html, markdown, plain};
use crate::error::{Error, ErrorKind, Result};
use crate::text::Source;

/// The parts that a format consists of, with its reader.
#[derive(Clone, Copy)]
pub(super) enum Reader {
    /// Paragraphs, headings and the like.
    Blocks(fn(&Source, &mut Notes) -> Result<Vec<Block>>),
    /// The same, from a file that is not text.
    Unpacked(fn(&Source, &mut Notes) -> Result<Vec<Block>>),
    /// Words with times.
    Cues(fn(&Source, &mut Notes) -> Result<Vec<RawCue>>),
    /// Texts that are already paired.
    Units(fn(&Source) -> Result<Contents>),
    /// Lines, each of which is a segment.
    Lines,
}

use Reader::{Blocks, Cues, Lines, Units, Unpacked};

struct Entry {
    name: &'static str,
    endings: &'static [&'static str],
    help: &'static str,
    detect: fn(&Source) -> bool,
    reader: Reader,
}

macro_rules! formats {
    ($(#[doc = $help:literal] $variant:ident $name:literal $endings:expr, $detect:expr, $reader:expr;)+) => {
        /// The format of an input text.
        #[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
        #[non_exhaustive]
        pub enum Format {
            #[default]
            $(#[doc = $help] $variant,)+
        }

        impl Format {
            /// All formats.
            pub const ALL: &[Format] = &[$(Format::$variant,)+];
        }

        const TABLE: &[Entry] =
            &[$(Entry { name: $name, endings: &$endings, help: $help, detect: $detect, reader: $reader },)+];
    };
}

// Detection goes from the last line to the first, so the more special formats come later. The text after /// is the
// help.
formats! {
    /// Found from the content
    Auto "auto" [], |_| false, Blocks(plain::read);
    /// Plain text
    Plain "plain" ["txt"], |_| true, Blocks(plain::read);
    /// Markdown (CommonMark with tables)
    Markdown "markdown" ["md", "markdown"], markdown::is_markdown, Blocks(markdown::read);
    /// A web page: its main text
    Html "html" ["html", "htm"], html::is_html, Blocks(html::read);
    /// A Word document
    Docx "docx" ["docx"], docx::is_docx, Unpacked(docx::read);
    /// SubStation Alpha subtitles (SSA, ASS)
    Ass "ass" ["ass", "ssa"], timed::ass::is_ass, Cues(timed::ass::read);
    /// Timed text in XML: TTML, DFXP
    Ttml "ttml" ["ttml", "dfxp"], timed::is_ttml, Cues(timed::read_ttml);
    /// SubRip subtitles
    Srt "srt" ["srt"], timed::srt::is_srt, Cues(timed::srt::read);
    /// WebVTT subtitles
    Vtt "vtt" ["vtt"], timed::vtt::is_vtt, Cues(timed::vtt::read);
    /// A transcript in JSON or JSON lines: Whisper, faster-whisper, WhisperX, whisper.cpp, Hugging Face, AssemblyAI, Deepgram, EarningsCall, YouTube, and others whose segments have text and times
    Json "json" ["json"], timed::dialect::is_json, Cues(timed::dialect::read);
    /// A text of which each line is a segment; nothing is split or joined
    Lines "lines" [], |_| false, Lines;
    /// A table of pairs with tabs between the columns: its pairs are kept
    Tsv "tsv" ["tsv"], paired::is_tsv, Units(paired::read_delimited);
    /// A table of pairs with commas or semicolons between the columns: its pairs are kept
    Csv "csv" ["csv"], paired::is_csv, Units(paired::read_delimited);
    /// Pairs as JSON, one record in each line, as duiqi and Hugging Face write them: its pairs are kept
    Jsonl "jsonl" ["jsonl", "ndjson"], paired::is_records, Units(paired::read_records);
    /// A translation memory: its pairs are kept
    Tmx "tmx" ["tmx"], paired::is_tmx, Units(paired::read_tmx);
    /// A bilingual file of translation tools, XLIFF 1.2 or 2: its pairs are kept
    Xliff "xliff" ["xlf", "xliff"], paired::is_xliff, Units(paired::read_xliff);
}

impl Format {
    fn entry(self) -> &'static Entry {
        // The variants have the numbers of the lines in the table.
        &TABLE[self as usize]
    }

    /// The name that [`FromStr`] reads.
    #[doc(hidden)]
    pub fn name(self) -> &'static str {
        self.entry().name
    }

    /// The usual file name endings, without the dot, the most usual first. Detection uses the content, never the
    /// ending.
    #[doc(hidden)]
    pub fn endings(self) -> &'static [&'static str] {
        self.entry().endings
    }

    /// A description of one line, for help texts.
    #[doc(hidden)]
    pub fn help(self) -> &'static str {
        self.entry().help.trim()
    }

    /// Whether its texts are already paired; see [`Bitext`](super::Bitext).
    #[doc(hidden)]
    pub fn is_paired(self) -> bool {
        matches!(self.entry().reader, Units(_))
    }

    /// Whether its files are text, which a string can contain.
    #[cfg(feature = "train")]
    #[doc(hidden)]
    pub fn is_text(self) -> bool {
        !matches!(self.entry().reader, Unpacked(_))
    }

    /// Returns the format of a text that is already paired: a file of a translation tool, by its outermost element; a table
    /// with a column for each language; or records with a text in each. Only the beginning of the text is looked at.
    ///
    /// ```
    /// use duiqi::{Format, Source};
    /// let format = |text| Format::of_pairs(&Source::from_text("file", text));
    /// assert_eq!(format("<?xml version=\"1.0\"?>\n<tmx version=\"1.4\">"), Some(Format::Tmx));
    /// assert_eq!(format("TMX is <tmx>."), None);
    /// ```
    #[doc(hidden)]
    pub fn of_pairs(source: &Source) -> Option<Format> {
        Format::ALL.iter().rev().copied().find(|format| format.is_paired() && format.is_in(source))
    }

    /// Whether a text seems to be in this format.
    pub(super) fn is_in(self, source: &Source) -> bool {
        (self.entry().detect)(source)
    }

    pub(super) fn reader(self) -> Reader {
        self.entry().reader
    }
}

impl fmt::Display for Format {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

impl Serialize for Format {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.name())
    }
}

impl FromStr for Format {
    type Err = Error;

    fn from_str(name: &str) -> Result<Format> {
        Format::ALL.iter().copied().find(|format| format.name() == name).ok_or_else(|| {
            let names: Vec<&str> = TABLE.iter().map(|entry| entry.name).collect();
            let what = format!("{name:?} is not a format that duiqi reads; the formats are {}", names.join(", "));
            Error::new(ErrorKind::Argument, what)
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_and_endings_are_unique() {
        for (k, entry) in TABLE.iter().enumerate() {
            assert_eq!(entry.name.parse::<Format>().unwrap(), Format::ALL[k]);
            let taken = |ending: &&str| TABLE[..k].iter().any(|before| before.endings.contains(ending));
            assert!(!entry.endings.iter().any(taken) && !entry.help.trim().is_empty(), "{}", entry.name);
        }
    }
}
