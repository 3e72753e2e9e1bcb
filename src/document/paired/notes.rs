//! What a reader of pairs has left out, and why.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt;

use serde::Serialize;

use crate::text::{Lang, Source};

/// Something that was left out of a file of pairs; one for each reason, however often there was occasion.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct Note {
    /// Line of the first occasion, from 1.
    pub line: usize,
    /// How many occasions there were.
    pub count: usize,
    /// What was left out.
    pub what: String,
}

impl fmt::Display for Note {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let times = if self.count == 1 { "once".to_owned() } else { format!("{} times", self.count) };
        write!(f, "{} ({times}, first in line {})", self.what, self.line)
    }
}

/// Reasons to leave something out.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Reason {
    /// A unit has several texts of one language.
    Repeated(Lang),
    /// A text is in neither language.
    OtherLanguage,
    /// A unit has no text in either language.
    Neither,
    /// Text inside of a code.
    InsideCode,
    /// Text that XLIFF says is not to be translated.
    Ignorable,
}

/// Occasions so far.
#[derive(Debug, Default)]
pub(super) struct Occasions {
    /// Number and first byte.
    found: BTreeMap<Reason, (usize, usize)>,
    /// Codes of other languages.
    others: BTreeSet<String>,
}

/// Codes of other languages that a note names.
const NAMED: usize = 5;

impl Occasions {
    pub(super) fn add(&mut self, reason: Reason, at: usize) {
        self.found.entry(reason).or_insert((0, at)).0 += 1;
    }

    pub(super) fn other_language(&mut self, code: &str, at: usize) {
        self.add(Reason::OtherLanguage, at);
        if self.others.len() <= NAMED && !self.others.contains(code) {
            self.others.insert(code.to_owned());
        }
    }

    /// The codes of other languages, for a message.
    pub(super) fn others(&self) -> String {
        let mut codes: Vec<&str> = self.others.iter().take(NAMED).map(String::as_str).collect();
        if self.others.len() > NAMED {
            codes.push("…");
        }
        codes.join(", ")
    }

    pub(super) fn notes(&self, source: &Source) -> Vec<Note> {
        let note = |(reason, &(count, at)): (&Reason, &(usize, usize))| {
            let what = match reason {
                Reason::Repeated(lang) => {
                    format!("a unit has more than one {} text: the first one is taken", lang.name())
                }
                Reason::OtherLanguage => format!("text in other languages is left out: {}", self.others()),
                Reason::Neither => "a unit without English and without Chinese text is left out".to_owned(),
                Reason::InsideCode => "text inside of inline codes (<sub>) is left out".to_owned(),
                Reason::Ignorable => "text that is not to be translated (<ignorable>) is left out".to_owned(),
            };
            Note { line: source.line_of(at), count, what }
        };
        self.found.iter().map(note).collect()
    }
}
