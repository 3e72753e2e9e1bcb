//! One disagreement.

use std::fmt::{Display, Formatter};
use std::str::FromStr;

use serde::{Serialize, Serializer};

use super::Slip;
use crate::alignment::Span;
use crate::error::{Error, ErrorKind, Result};
use crate::text::Lang;

/// Findings with less confidence than this are left out. Passages that one side may lack are the exception: with less
/// confidence they are reported as hints.
pub(super) const LEAST_CONFIDENCE: f64 = 0.5;

/// What kind of disagreement a finding is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "kebab-case")]
#[non_exhaustive]
pub enum Kind {
    /// Both sides give a value, but not the same.
    Number,
    /// A value of the first text is not in the second.
    NumberMissing,
    /// A value of the second text is not in the first.
    NumberAdded,
    /// A passage of the first text is not in the second.
    PassageMissing,
    /// A passage of the second text is not in the first.
    PassageAdded,
    /// A passage stands elsewhere in the second text.
    PassageMoved,
    /// Different persons say it.
    Speaker,
    /// A name is another one.
    Name,
    /// One side says no, the other does not.
    Negation,
}

impl Kind {
    /// All kinds.
    pub const ALL: [Kind; 9] = [
        Kind::Number,
        Kind::NumberMissing,
        Kind::NumberAdded,
        Kind::PassageMissing,
        Kind::PassageAdded,
        Kind::PassageMoved,
        Kind::Speaker,
        Kind::Name,
        Kind::Negation,
    ];

    /// As it stands in the output: `number-missing`.
    #[doc(hidden)]
    pub fn name(self) -> &'static str {
        match self {
            Kind::Number => "number",
            Kind::NumberMissing => "number-missing",
            Kind::NumberAdded => "number-added",
            Kind::PassageMissing => "passage-missing",
            Kind::PassageAdded => "passage-added",
            Kind::PassageMoved => "passage-moved",
            Kind::Speaker => "speaker",
            Kind::Name => "name",
            Kind::Negation => "negation",
        }
    }

    /// Whether it is about a value.
    #[cfg(feature = "train")]
    #[doc(hidden)]
    pub fn is_number(self) -> bool {
        matches!(self, Kind::Number | Kind::NumberMissing | Kind::NumberAdded)
    }
}

impl Display for Kind {
    fn fmt(&self, f: &mut Formatter<'_>) -> std::fmt::Result {
        f.write_str(self.name())
    }
}

impl FromStr for Kind {
    type Err = Error;

    fn from_str(name: &str) -> Result<Kind> {
        Kind::ALL.into_iter().find(|k| k.name() == name).ok_or_else(|| {
            let all = Kind::ALL.map(Kind::name).join(", ");
            Error::new(ErrorKind::Argument, format!("there is no kind of finding {name:?}; the kinds are {all}"))
        })
    }
}

/// How bad it is if it is true.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "lowercase")]
#[non_exhaustive]
pub enum Severity {
    /// Worth knowing.
    Info,
    /// Likely to mislead a reader.
    Warning,
    /// Wrong.
    Error,
}

impl Severity {
    /// As it stands in the output.
    #[doc(hidden)]
    pub fn name(self) -> &'static str {
        match self {
            Severity::Info => "info",
            Severity::Warning => "warning",
            Severity::Error => "error",
        }
    }
}

impl Display for Severity {
    fn fmt(&self, f: &mut Formatter<'_>) -> std::fmt::Result {
        f.write_str(self.name())
    }
}

/// A place where the two sides disagree.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[non_exhaustive]
pub struct Finding {
    /// Kind.
    pub kind: Kind,
    /// How bad it is.
    pub severity: Severity,
    /// How sure it is that a reader of both would agree, 0 to 1.
    #[serde(serialize_with = "rounded")]
    pub confidence: f64,
    /// [`crate::alignment::Pair::id`] of the pair it stands in; of a passage, of its first one.
    pub pair: usize,
    /// Where it stands in English; empty where English has nothing of it.
    pub en: Vec<Span>,
    /// Where it stands in Chinese.
    pub zh: Vec<Span>,
    /// The words of the first text, as [`crate::quantity::Value`] or a name displays them.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub expected: Option<String>,
    /// What the second text has.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub found: Option<String>,
    /// How a value may have gone wrong.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub slip: Option<Slip>,
    /// A plain sentence.
    pub message: String,
}

fn rounded<S: Serializer>(x: &f64, serializer: S) -> std::result::Result<S::Ok, S::Error> {
    serializer.serialize_f64(crate::alignment::rounded(*x))
}

impl Finding {
    /// Whether the spans of another finding are all inside those of this one.
    pub(super) fn covers(&self, other: &Finding) -> bool {
        let inside = |lang: Lang| {
            let all = self.spans(lang);
            other.spans(lang).iter().all(|o| all.iter().any(|s| s.start <= o.start && o.end <= s.end))
        };
        self.pair == other.pair && Lang::ALL.into_iter().all(inside)
    }

    /// The spans of one side.
    #[doc(hidden)]
    pub fn spans(&self, lang: Lang) -> &[Span] {
        match lang {
            Lang::En => &self.en,
            Lang::Zh => &self.zh,
        }
    }
}
