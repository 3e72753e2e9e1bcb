//! The labels of one form in a document. They may be labels of a dialogue, keys of a list, terms of a glossary or
//! headings of paragraphs.

use std::collections::{BTreeMap, BTreeSet};

use super::{
    shape::{Candidate, Shape, Who},
    words,
};

/// The average number of uses of each label from which labels recur as speakers do, even if they are not names.
const USES: f64 = 1.5;
/// The share of the labels that must be followed by speech.
const SPEECH: f64 = 0.6;
/// The share of the labels that must be followed by a question, a greeting or the first person.
const TALK: f64 = 0.2;
/// The same share if no label recurs.
const TALK_ONCE: f64 = 0.3;
/// The share of the labels that must be names of people or roles if the other labels need not be.
const PEOPLE: f64 = 0.5;
/// The number of labels from which a fixed order shows keys of a record. Two or three people often alternate.
const KEYS: usize = 3;

#[derive(Debug, Default)]
pub(super) struct Series {
    count: usize,
    people: usize,
    roles: usize,
    speech: usize,
    talk: usize,
    uses: BTreeMap<String, usize>,
    /// Pairs of labels that follow each other.
    steps: BTreeSet<(String, String)>,
    last: Option<String>,
}

impl Series {
    /// Adds a label that is followed by `said`.
    pub(super) fn add(&mut self, found: &Candidate, person: bool, said: &str) {
        self.count += 1;
        self.people += usize::from(person);
        self.roles += usize::from(found.who != Who::Name);
        self.speech += usize::from(words::is_speech(said));
        self.talk += usize::from(words::is_talk(said));
        *self.uses.entry(found.key.clone()).or_insert(0) += 1;
        if let Some(last) = self.last.replace(found.key.clone()) {
            self.steps.insert((last, found.key.clone()));
        }
    }

    /// Whether the labels of this form name speakers.
    pub(super) fn is_dialogue(&self, shape: Shape) -> bool {
        let of = |count: usize| count as f64 / self.count as f64;
        let distinct = self.uses.len();
        if self.count < 2 || of(self.speech) < SPEECH {
            return false;
        }
        if !shape.is_usual() && distinct < 2 && self.roles == 0 {
            return false;
        }
        if of(self.people + self.roles) >= PEOPLE {
            let recurs = distinct < self.count;
            return of(self.talk) >= if recurs { 0.0 } else { TALK_ONCE };
        }
        self.count as f64 >= USES * distinct as f64 && of(self.talk) >= TALK && !self.is_record()
    }

    /// Whether each label that recurs is always followed by the same label, as keys of records are.
    fn is_record(&self) -> bool {
        let recurs = |label: &String| self.uses.get(label).is_some_and(|&n| n > 1);
        let labels = self.uses.values().filter(|&&n| n > 1).count();
        labels >= KEYS && self.steps.iter().filter(|(a, b)| recurs(a) && recurs(b)).count() <= labels
    }
}
