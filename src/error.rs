//! What can go wrong, and what to do about it.

use crate::lang::Lang;
use crate::limits::{Limit, Limits};

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
    /// An input with more of something than [`crate::Limits`] allow.
    #[error(
        "{name}: {}; if it is meant to, raise the limit with --max-{limit} (library: `Limits::{limit}`)", .limit.exceeded(*.most)
    )]
    Limit {
        /// File name, or a word for the input.
        name: String,
        /// What there is too much of.
        limit: Limit,
        /// How much of it is allowed.
        most: u64,
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
    /// A file of weights that cannot be used.
    #[error("{name}: {source}; fit it again as training/README.md says")]
    Weights {
        /// Which file.
        name: String,
        /// What is wrong with it.
        source: WeightsError,
    },
    /// A compiled lexicon that cannot be used.
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

/// What can be wrong with the weights of a model.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum WeightsError {
    /// The file is no JSON of the layout that weights have.
    #[error("{0}")]
    Json(String),
    /// A feature has no weight.
    #[error("no weight for the feature {0}")]
    Missing(String),
    /// A weight belongs to no feature of this version.
    #[error("weight {0} belongs to no feature")]
    Unknown(String),
    /// A feature has two weights.
    #[error("two weights for the feature {0}")]
    Twice(String),
    /// A weight is no finite number.
    #[error("the weight of {0} is no finite number")]
    NotFinite(String),
    /// There are more or fewer weights than features.
    #[error("{values} weights for {names} features")]
    Count {
        /// How many features there are.
        names: usize,
        /// How many weights.
        values: usize,
    },
}

/// `Result` with the library's [`Error`].
pub type Result<T, E = Error> = std::result::Result<T, E>;

impl Limits {
    /// Whether an input that has `found` of something may be read on.
    ///
    /// # Errors
    /// [`Error::Limit`] where that exceeds the bound; `name` is that of the input.
    pub fn check(&self, limit: Limit, found: u64, name: &str) -> Result<()> {
        let most = self.most(limit);
        if found > most { Err(Error::Limit { name: name.to_owned(), limit, most }) } else { Ok(()) }
    }
}

/// Both names, or the one where they are the same.
fn both(first: &str, second: &str) -> String {
    if first == second { first.to_owned() } else { format!("{first} and {second}") }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Each limit refuses what exceeds it and nothing else, and says which one it is and how to raise it.
    #[test]
    fn each_limit_is_told() {
        let limits = Limits { bytes: 1, unpacked: 2, ratio: 3, nesting: 4, segments: 5 };
        for limit in Limit::ALL {
            let most = limits.most(limit);
            assert!(limits.check(limit, most, "t").is_ok());
            assert!(Limits::none().check(limit, u64::MAX, "t").is_ok());
            let said = limits.check(limit, most + 1, "talk.txt").unwrap_err().to_string();
            assert!(said.contains(&format!("--max-{limit} ")) && said.starts_with("talk.txt: "), "{said}");
            assert!(said.contains(&format!(" {most} ")) && said.contains(&format!("`Limits::{limit}`")), "{said}");
        }
    }
}
