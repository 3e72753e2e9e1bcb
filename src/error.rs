//! What can go wrong, and what to do about it.

use crate::lang::Lang;

/// Every error of the library. Each says what is wrong, where, and what to do.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum Error {
    /// The input is not text: it holds bytes that no supported encoding allows.
    #[error(
        "{name}: byte {offset} is not text (0x{byte:02X}): duiqi reads UTF-8, UTF-16, GB18030/GBK and Big5; convert the file to UTF-8"
    )]
    NotText {
        /// File name, or a word for the input.
        name: String,
        /// Offset of the first offending byte, from 0.
        offset: usize,
        /// The offending byte.
        byte: u8,
    },
    /// A file that is no text but is known: of a format that duiqi or this build of it does not read, or broken.
    #[error("{name}: {what}")]
    Unreadable {
        /// File name, or a word for the input.
        name: String,
        /// What the file is, what is wrong with it, and what to do.
        what: String,
    },
    /// An input without any segment.
    #[error("{name}: no text in it, so there is nothing to align; give a file with at least one sentence")]
    Empty {
        /// File name, or a word for the input.
        name: String,
    },
    /// Two inputs in the same language.
    #[error(
        "{first} and {second} both look {}: one must be English and one Chinese; say which with --langs (library: `AlignerBuilder::langs`)", .lang.name()
    )]
    SameLanguage {
        /// Name of the first input.
        first: String,
        /// Name of the second input.
        second: String,
        /// The language of both.
        lang: Lang,
    },
    /// A mixed article that has one language only.
    #[error(
        "{name}: only {} text in it; one article must hold both languages, otherwise give two files", .lang.name()
    )]
    OneLanguage {
        /// Name of the input.
        name: String,
        /// The only language found.
        lang: Lang,
    },
    /// A line of a file with a fixed layout (glossary, gold, indices) that does not follow it.
    #[error("{name}:{line}: {what}")]
    Layout {
        /// File name, or a word for the input.
        name: String,
        /// Line, from 1.
        line: usize,
        /// What is wrong and what to do.
        what: String,
    },
    /// A compiled lexicon or weights file that cannot be used.
    #[error("{name}: {what}")]
    Resource {
        /// Which resource.
        name: String,
        /// What is wrong and what to do.
        what: String,
    },
    /// Subtitles of texts without times.
    #[error(
        "no time codes in {}, which subtitles need: give an SRT, WebVTT or JSON transcript with times, or another format with -f",
        both(.first, .second)
    )]
    Untimed {
        /// Name of the first input.
        first: String,
        /// Name of the second input.
        second: String,
    },
    /// A caller's encoder that failed, or gave something else than vectors.
    #[error("encoder: {what}")]
    Encoder {
        /// What is wrong and what to do.
        what: String,
    },
    /// An option outside its range.
    #[error("option {option}: {what}")]
    Option {
        /// Name of the option.
        option: &'static str,
        /// What is wrong and what to do.
        what: String,
    },
    /// Reading or writing failed.
    #[error("{name}: {source}")]
    Io {
        /// File name, or a word for the stream.
        name: String,
        /// The system's own error.
        source: std::io::Error,
    },
}

/// `Result` with the library's [`Error`].
pub type Result<T, E = Error> = std::result::Result<T, E>;

/// Both names, or the one where they are the same.
fn both(first: &str, second: &str) -> String {
    if first == second { first.to_owned() } else { format!("{first} and {second}") }
}
