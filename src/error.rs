//! Errors: what happened, where, and what to do about it.

use std::error::Error as StdError;
use std::fmt;
use std::panic::{RefUnwindSafe, UnwindSafe};
use std::sync::Arc;

use crate::lang::Lang;
use crate::limits::{Limit, Limits};

/// The error type of the library. Programs use [`Error::kind`]. The text is for people: one sentence that says where it
/// happened, what happened, and what to do. [`source`](StdError::source) returns the cause, if another library found
/// the error.
///
/// ```
/// use duiqi::{Document, ErrorKind, Format, Source};
/// let source = Source::from_text("talk.vtt", "Good morning.");
/// let error = Document::read(source, Format::Vtt).unwrap_err();
/// assert_eq!((error.kind(), error.file(), error.line()), (ErrorKind::WrongFormat, Some("talk.vtt"), Some(1)));
/// assert!(error.to_string().starts_with("talk.vtt:1: a WebVTT file begins with the line WEBVTT"));
/// ```
#[derive(Clone, Debug)]
pub struct Error(Box<Inner>);

#[derive(Clone, Debug)]
struct Inner {
    kind: ErrorKind,
    what: String,
    file: Option<String>,
    position: Option<Position>,
    part: Option<String>,
    cause: Option<Arc<dyn StdError + Send + Sync>>,
}

#[derive(Clone, Copy, Debug)]
enum Position {
    Line(usize),
    Byte(usize),
}

/// The kinds of [`Error`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum ErrorKind {
    /// The input is not text: it has bytes that are not valid in any supported encoding.
    NotText,
    /// The input is a file of a known kind that duiqi does not read, such as a PDF or an archive.
    Unsupported,
    /// This build of the library lacks the feature that is needed.
    MissingFeature,
    /// The text is not in the format that was asked for.
    WrongFormat,
    /// The input breaks the rules of its format.
    Malformed,
    /// The input exceeds one of the [`Limits`].
    Limit(Limit),
    /// The input is longer than the largest possible limit.
    TooLarge,
    /// The input has no text.
    Empty,
    /// Two texts are in the same language.
    SameLanguage(Lang),
    /// An article has text in this language only.
    OneLanguage(Lang),
    /// The text is in a language that duiqi does not read.
    OtherLanguage,
    /// The text is not in the language that the caller has named.
    LanguageMismatch(Lang),
    /// Two texts that belong together line by line have different numbers of lines.
    UnevenLines,
    /// The output format is for subtitles, but neither text has times.
    Untimed,
    /// A lexicon or a file of weights cannot be used.
    Model,
    /// The caller's encoder failed, or did not give one vector for each text.
    Encoder,
    /// A setting or another argument has an invalid value.
    Argument,
}

impl Error {
    /// The error that an [`Encoder`](crate::encode::Encoder) returns when it fails.
    pub fn encoder(cause: impl Into<Box<dyn StdError + Send + Sync>>) -> Error {
        let error = Error::new(ErrorKind::Encoder, "the encoder failed; its own message says why");
        error.caused_by(cause)
    }

    /// What kind of error it is.
    pub fn kind(&self) -> ErrorKind {
        self.0.kind
    }

    /// What happened and what to do, without the place.
    pub fn what(&self) -> &str {
        &self.0.what
    }

    /// The name of the input, as the caller gave it.
    pub fn file(&self) -> Option<&str> {
        self.0.file.as_deref()
    }

    /// The line of the input, counted from 1.
    pub fn line(&self) -> Option<usize> {
        match self.0.position {
            Some(Position::Line(line)) => Some(line),
            _ => None,
        }
    }

    /// The byte of the input, counted from 0.
    #[doc(hidden)]
    pub fn byte(&self) -> Option<usize> {
        match self.0.position {
            Some(Position::Byte(byte)) => Some(byte),
            _ => None,
        }
    }

    /// The part that is wrong: a file inside a Word document, or the name of an argument.
    #[cfg(feature = "train")]
    #[doc(hidden)]
    pub fn part(&self) -> Option<&str> {
        self.0.part.as_deref()
    }

    pub(crate) fn new(kind: ErrorKind, what: impl Into<String>) -> Error {
        let what = what.into();
        Error(Box::new(Inner { kind, what, file: None, position: None, part: None, cause: None }))
    }

    /// An argument with an invalid value.
    pub(crate) fn argument(name: &str, what: impl Into<String>) -> Error {
        Error::new(ErrorKind::Argument, what).in_part(name)
    }

    /// A text that is not in the requested format.
    pub(crate) fn wrong_format(file: &str, line: usize, what: &str) -> Error {
        Error::not_read(file, line, what).advised("name its real format, or let duiqi find it")
    }

    /// The same without advice, for a text whose format may not have been requested.
    pub(crate) fn not_read(file: &str, line: usize, what: &str) -> Error {
        Error::new(ErrorKind::WrongFormat, what).in_file(file).at_line(line)
    }

    /// The same for a text that nobody said to be in the format.
    pub(crate) fn found(mut self, format: &str) -> Error {
        self.0.what = format!("this looks like {format}, but {}; repair it, or name its real format", self.0.what);
        self.0.kind = ErrorKind::Malformed;
        self
    }

    /// The same with advice.
    pub(crate) fn advised(mut self, advice: &str) -> Error {
        self.0.what = format!("{}; {advice}", self.0.what);
        self
    }

    /// A line that breaks the rules of its file.
    pub(crate) fn malformed(file: &str, line: usize, what: impl Into<String>) -> Error {
        Error::new(ErrorKind::Malformed, what).in_file(file).at_line(line)
    }

    /// An input without any segment.
    pub(crate) fn empty(file: &str) -> Error {
        Error::new(ErrorKind::Empty, "no text in it; give a file with at least one sentence").in_file(file)
    }

    /// A lexicon or weights that cannot be used.
    pub(crate) fn model(file: &str, what: impl Into<String>) -> Error {
        Error::new(ErrorKind::Model, what).in_file(file)
    }

    /// An input of a format that the build cannot read or write.
    pub(crate) fn missing_feature(what: &str, feature: &str) -> Error {
        let what = format!("this build of duiqi cannot {what}; build it with the feature `{feature}`");
        Error::new(ErrorKind::MissingFeature, what)
    }

    pub(crate) fn in_file(mut self, name: &str) -> Error {
        self.0.file = Some(name.to_owned());
        self
    }

    pub(crate) fn at_line(mut self, line: usize) -> Error {
        self.0.position = Some(Position::Line(line));
        self
    }

    pub(crate) fn at_byte(mut self, byte: usize) -> Error {
        self.0.position = Some(Position::Byte(byte));
        self
    }

    pub(crate) fn in_part(mut self, part: &str) -> Error {
        self.0.part = Some(part.to_owned());
        self
    }

    pub(crate) fn caused_by(mut self, cause: impl Into<Box<dyn StdError + Send + Sync>>) -> Error {
        self.0.cause = Some(Arc::from(cause.into()));
        self
    }
}

impl fmt::Display for Error {
    /// The place comes first, as in compiler messages, so that editors and terminals can jump to it.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Inner { what, file, position, part, .. } = &*self.0;
        let mut place = file.clone().unwrap_or_default();
        if let Some(Position::Line(line)) = position {
            place.push_str(&format!(":{line}"));
        }
        let byte = self.byte().map(|byte| format!("byte {byte}"));
        for more in [byte.as_ref(), part.as_ref()].into_iter().flatten() {
            place.push_str(if place.is_empty() { "" } else { ", " });
            place.push_str(more);
        }
        if place.is_empty() { f.write_str(what) } else { write!(f, "{place}: {what}") }
    }
}

impl StdError for Error {
    fn source(&self) -> Option<&(dyn StdError + 'static)> {
        self.0.cause.as_deref().map(|cause| cause as _)
    }
}

/// An error never changes after it is made, so a panic cannot leave it half changed.
impl UnwindSafe for Error {}
impl RefUnwindSafe for Error {}

/// For code that writes. Such code returns the errors of the stream.
impl From<Error> for std::io::Error {
    fn from(error: Error) -> std::io::Error {
        std::io::Error::new(std::io::ErrorKind::InvalidInput, error)
    }
}

/// `Result` with the library's [`Error`].
pub type Result<T, E = Error> = std::result::Result<T, E>;

impl Limits {
    /// Whether an input that has `found` of something may be read on.
    ///
    /// # Errors
    /// [`ErrorKind::Limit`] if that exceeds the bound; `name` is the name of the input.
    #[doc(hidden)]
    pub fn check(&self, limit: Limit, found: u64, name: &str) -> Result<()> {
        if found > self.most(limit) { Err(self.exceeded(limit).in_file(name)) } else { Ok(()) }
    }

    /// The error for an input that exceeds a limit.
    pub(crate) fn exceeded(&self, limit: Limit) -> Error {
        let what = limit.exceeded(self.most(limit));
        Error::new(ErrorKind::Limit(limit), format!("{what}; if you trust this file, raise the limit"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Each limit refuses only an input that exceeds it, and the error names the limit.
    #[test]
    fn each_limit_is_told() {
        let limits = Limits { bytes: 1, unpacked: 2, ratio: 3, nesting: 4, segments: 5 };
        for limit in Limit::ALL {
            let most = limits.most(limit);
            assert!(limits.check(limit, most, "t").is_ok());
            assert!(Limits::none().check(limit, u64::MAX, "t").is_ok());
            let error = limits.check(limit, most + 1, "talk.txt").unwrap_err();
            assert_eq!((error.kind(), error.file()), (ErrorKind::Limit(limit), Some("talk.txt")));
            let said = error.to_string();
            assert!(said.starts_with("talk.txt: ") && said.contains(&format!(" {most} ")), "{said}");
        }
    }

    #[test]
    fn places_stand_first() {
        let error = Error::new(ErrorKind::Malformed, "it is cut off");
        assert_eq!(error.to_string(), "it is cut off");
        assert_eq!(error.clone().in_file("a").at_line(3).to_string(), "a:3: it is cut off");
        assert_eq!(error.clone().in_file("a").at_byte(3).in_part("b").to_string(), "a, byte 3, b: it is cut off");
        assert_eq!(error.clone().in_part("b").to_string(), "b: it is cut off");
        let caused = error.caused_by("no such thing");
        assert_eq!(caused.source().map(|e| e.to_string()).as_deref(), Some("no such thing"));
        let wrapped = std::io::Error::from(caused);
        assert_eq!(wrapped.to_string(), "it is cut off");
    }

    /// Cases that the tests of whole commands do not cover.
    #[test]
    fn errors_go_everywhere() {
        fn all<T: Send + Sync + UnwindSafe + RefUnwindSafe + Clone + StdError>() {}
        all::<Error>();
    }
}
