//! A document: language runs, passages, speaker turns and segments, each with its place in the caller's bytes (of
//! a Word document: in its text).
//!
//! Segments never overlap and stand in the order of the text; segments and the gaps between them (markup, labels,
//! blank space) concatenate to the input exactly.

mod bilingual;
mod block;
mod build;
mod cue;
mod docx;
mod format;
mod html;
mod hyphen;
mod json;
mod label;
mod left_out;
mod line;
mod mark;
mod markdown;
mod pages;
mod paired;
mod plain;
mod reader;
mod runs;
mod sentence;
mod timed;
mod unread;
mod wrap;

pub use bilingual::BilingualLayout;
pub use block::MappedText;
pub(crate) use cue::Portion;
pub use cue::{Cue, Time};
pub use format::Format;
pub use left_out::{LeftOut, Reason};
pub use paired::Bitext;
pub(crate) use paired::BitextUnit;
#[cfg(feature = "train")]
pub use paired::Note;
#[cfg(feature = "xml")]
pub(crate) use paired::keys;
#[cfg(feature = "train")]
pub use sentence::sentences;
pub(crate) use timed::{ass_header, subrip_tag};
pub(crate) use unread::Unread;

use std::ops::Range;

use serde::Serialize;

use crate::error::Result;
use crate::text::{Lang, Source};

/// What a passage is in the layout.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
#[non_exhaustive]
pub enum PassageKind {
    /// Running text or speech.
    Text,
    /// A heading.
    Heading,
    /// An item of a list.
    Item,
    /// A row of a table.
    Row,
    /// A line of code.
    Code,
}

/// A sentence or what stands for one: the unit that is aligned.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[non_exhaustive]
pub struct Segment {
    /// Position in [`Document::segments`], from 0.
    pub index: usize,
    /// Language of the segment; embedded foreign words do not change it.
    pub lang: Lang,
    /// Bytes of the caller's input, inner markup included.
    pub range: Range<usize>,
    /// The words, without markup.
    pub text: String,
    /// Index of its passage.
    pub passage: usize,
    /// Index of its turn, where the document has turns.
    pub turn: Option<usize>,
    /// When it is said, where the input has times; inside a cue by its length.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub time: Option<Time>,
    /// What it takes from which cues, in order.
    #[serde(skip)]
    pub(crate) portions: Vec<Portion>,
    /// Where `text` stands in the decoded source: pairs (byte in `text`, byte in [`Source::text`]), ascending; between two
    /// pairs both run on in parallel. Never empty unless `text` is.
    #[serde(skip)]
    pub(crate) places: Vec<(usize, usize)>,
    /// (last byte in `text`, end in [`Source::text`]) of what the source writes otherwise, as `&amp;` for an ampersand.
    #[serde(skip)]
    pub(crate) ends: Vec<(usize, usize)>,
}

impl Segment {
    fn place(&self, offset: usize) -> usize {
        match self.places.partition_point(|&(at, _)| at <= offset).checked_sub(1) {
            Some(k) => self.places[k].1 + (offset - self.places[k].0),
            None => 0,
        }
    }

    /// Where the source of byte `last` of the text ends.
    fn end(&self, last: usize) -> usize {
        match self.ends.binary_search_by_key(&last, |e| e.0) {
            Ok(k) => self.ends[k].1,
            Err(_) => self.place(last) + 1,
        }
    }

    /// The byte of `text` that stands at byte `place` of the decoded source, or the next one where markup stands there.
    #[cfg(feature = "html")]
    fn offset_of(&self, place: usize) -> usize {
        let k = self.places.partition_point(|&(_, source)| source <= place);
        let end = self.places.get(k).map_or(self.text.len(), |&(at, _)| at);
        k.checked_sub(1).and_then(|k| self.places.get(k)).map_or(0, |&(at, source)| (at + (place - source)).min(end))
    }
}

/// A stretch of one language inside one block (paragraph, heading, item, row).
#[derive(Clone, Debug, PartialEq, Serialize)]
#[non_exhaustive]
pub struct Passage {
    /// Position in [`Document::passages`], from 0.
    pub index: usize,
    /// Kind.
    pub kind: PassageKind,
    /// Language.
    pub lang: Lang,
    /// Bytes of the caller's input, from the first segment's start to the last one's end.
    pub range: Range<usize>,
    /// Its segments, as indices into [`Document::segments`]; never empty.
    pub segments: Range<usize>,
    /// Index of its turn.
    pub turn: Option<usize>,
}

/// A label that names who speaks.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct Label {
    /// The name as written, without marks: `Andy Jassy`, `安迪贾西`, `会议主持人`, `Q`.
    pub name: String,
    /// The same name in the other language where the label gives it: `Andy Jassy` in `安迪贾西(Andy Jassy)`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub other_name: Option<String>,
    /// A short form that the label announces: `本` in `（Ben Gilbert，以下简称本）`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub short_name: Option<String>,
    /// Title or role: `CEO`, `首席执行官`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub title: Option<String>,
}

/// What one speaker says before another begins.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[non_exhaustive]
pub struct Turn {
    /// Position in [`Document::turns`], from 0.
    pub index: usize,
    /// Who speaks; `None` where speech or text begins without a label (a preface, a `>>` without a name).
    pub label: Option<Label>,
    /// Bytes of the label, or of the mark without a name, in the caller's input.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub label_range: Option<Range<usize>>,
    /// Seconds from the start of the recording: from a time stamp in the label, or of the first words by their cue.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub time: Option<f64>,
    /// Its segments, as indices into [`Document::segments`]; empty for a label with nothing said.
    pub segments: Range<usize>,
}

/// A text taken apart.
#[derive(Clone, Debug, Serialize)]
pub struct Document {
    #[serde(skip)]
    pub(crate) source: Source,
    pub(crate) format: Format,
    pub(crate) passages: Vec<Passage>,
    pub(crate) turns: Vec<Turn>,
    pub(crate) segments: Vec<Segment>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub(crate) cues: Vec<Cue>,
    /// How the file puts both languages side by side.
    #[serde(skip)]
    pub(crate) layout: Option<BilingualLayout>,
    /// For each segment its unit, a group of texts that the file itself puts side by side; empty if there are none.
    #[serde(skip)]
    pub(crate) units: Vec<Option<usize>>,
    #[serde(skip)]
    pub(crate) left_out: Vec<LeftOut>,
}

impl Document {
    /// A document without text.
    pub(crate) fn empty(source: Source, format: Format) -> Document {
        Document {
            source,
            format,
            passages: Vec::new(),
            turns: Vec::new(),
            segments: Vec::new(),
            cues: Vec::new(),
            layout: None,
            units: Vec::new(),
            left_out: Vec::new(),
        }
    }

    /// Takes a text apart that may be in either language or in both: each passage has the language that it is in.
    ///
    /// In [`Format::Lines`] every segment has the one language that prevails, and there are no turns.
    ///
    /// ```
    /// use duiqi::{Document, Format, Lang, Source};
    /// let text = "Operator\n\nWelcome to you all. 各位好，欢迎参加会议。";
    /// let document = Document::read(Source::from_text("call", text), Format::Plain)?;
    /// let languages: Vec<Lang> = document.segments().iter().map(|s| s.lang).collect();
    /// assert_eq!(languages, [Lang::En, Lang::Zh]);
    /// assert_eq!(document.speaker(0).map(|label| label.name.as_str()), Some("Operator"));
    /// # Ok::<(), duiqi::Error>(())
    /// ```
    ///
    /// # Errors
    /// [`crate::ErrorKind::WrongFormat`] for a text that is not in the requested format. With [`Format::Auto`], a text in
    /// no other format is plain text; a text that begins as subtitles, JSON, TMX or XLIFF and then breaks their rules is an
    /// error.
    /// [`crate::ErrorKind::Unsupported`] for a web page in a build without the feature `html`.
    /// [`crate::ErrorKind::Limit`] for a text that exceeds the [`Source::limits`].
    /// [`crate::ErrorKind::OtherLanguage`] for a text that is mostly in another language.
    pub fn read(source: Source, format: Format) -> Result<Document> {
        let unread = Unread::new(source, format);
        unread.prose().refuse_other_languages(unread.source().name())?;
        unread.read(None)
    }

    /// Takes a text apart that is known to be in one language: all segments have `lang`, and foreign words in it start no
    /// passage.
    ///
    /// # Errors
    /// As [`Document::read`].
    pub fn read_as(source: Source, format: Format, lang: Lang) -> Result<Document> {
        Unread::new(source, format).read(Some(lang))
    }

    /// The same text with its labels as words of the text, for a text in `lang`.
    pub(crate) fn without_labels(self, lang: Lang) -> Result<Document> {
        build::build(Unread::new(self.source, self.format), Some(lang), build::Labels::Text)
    }

    /// Whether labels open turns, but most of them name neither a person nor a role. They need a translation that has labels,
    /// too.
    pub(crate) fn has_doubtful_labels(&self) -> bool {
        let labels = || self.turns.iter().filter_map(|t| t.label.as_ref());
        let sure = labels().filter(|l| label::is_speaker(l)).count();
        labels().next().is_some() && 2 * sure < labels().count()
    }

    /// The text that it was read from.
    pub fn source(&self) -> &Source {
        &self.source
    }

    /// The format that it was read as; never [`Format::Auto`].
    #[doc(hidden)]
    pub fn format(&self) -> Format {
        self.format
    }

    /// How the file puts English and Chinese side by side, if it does so throughout.
    #[doc(hidden)]
    pub fn layout(&self) -> Option<BilingualLayout> {
        self.layout
    }

    /// Text of the input that is in no segment, in order.
    pub fn left_out(&self) -> &[LeftOut] {
        &self.left_out
    }

    /// All passages, in order.
    pub fn passages(&self) -> &[Passage] {
        &self.passages
    }

    /// All turns, in order; empty where the text names no speaker.
    pub fn turns(&self) -> &[Turn] {
        &self.turns
    }

    /// All segments, in order.
    pub fn segments(&self) -> &[Segment] {
        &self.segments
    }

    /// The cues of subtitles and of transcripts with times or utterances, in order; empty for other texts. Segments join cues
    /// that end inside a sentence, so that the two do not go one with one.
    pub fn cues(&self) -> &[Cue] {
        &self.cues
    }

    /// The language that most of a text's words are in; what is no words in its format does not count. `None` where there are
    /// none, or where the text cannot be read.
    #[cfg(feature = "train")]
    #[doc(hidden)]
    pub fn language(source: &Source, format: Format) -> Option<Lang> {
        Unread::new(source.clone(), format).prose().lang()
    }

    /// Bytes of the caller's input that hold bytes `local` of a segment's text; an empty range where `local` is empty.
    pub fn locate(&self, segment: &Segment, local: Range<usize>) -> Range<usize> {
        if local.is_empty() {
            return segment.range.start..segment.range.start;
        }
        // The end is that of the last byte, lest markup behind it be counted in.
        let (start, end) = (segment.place(local.start), segment.end(local.end - 1));
        self.source.byte_offset(start)..self.source.byte_offset(end)
    }

    /// The other way: bytes of a segment's text, on character boundaries, that stand in `bytes` of the caller's input; `None`
    /// where none does.
    #[cfg(feature = "html")]
    pub(crate) fn find(&self, segment: &Segment, bytes: Range<usize>) -> Option<Range<usize>> {
        let local = |byte: usize| {
            let offset = segment.offset_of(self.source.text_offset(byte));
            (0..=offset).rev().find(|&i| segment.text.is_char_boundary(i)).unwrap_or(0)
        };
        let (start, end) = (local(bytes.start), local(bytes.end));
        (start < end).then_some(start..end)
    }

    /// Who says a segment, where that is known.
    pub fn speaker(&self, segment: usize) -> Option<&Label> {
        self.turns[self.segments.get(segment)?.turn?].label.as_ref()
    }
}
