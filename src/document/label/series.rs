//! The labels of one form in a document: whether they are those of a dialogue, or the keys of a list, the terms of a
//! glossary, the headings of paragraphs.

use std::collections::{BTreeMap, BTreeSet};

use super::{
    shape::{Candidate, Shape, Who},
    words,
};

/// Uses of each label, on average, from which on labels that need not be names recur as speakers do.
const USES: f64 = 1.5;
/// Share of the labels that must be followed by speech.
const SPEECH: f64 = 0.6;
/// Share of the labels after which somebody asks, greets, or speaks of himself.
const TALK: f64 = 0.2;
/// The same where no label recurs.
const TALK_ONCE: f64 = 0.3;
/// Share of labels that must read as people's where others do not.
const PEOPLE: f64 = 0.5;
/// Labels from which on a fixed order is one of the keys of a record: two or three people often take turns.
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

    /// Whether the labels of this form are speakers.
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

    /// Whether each label that recurs is always followed by the same one, as the keys of records are.
    fn is_record(&self) -> bool {
        let recurs = |label: &String| self.uses.get(label).is_some_and(|&n| n > 1);
        let labels = self.uses.values().filter(|&&n| n > 1).count();
        labels >= KEYS && self.steps.iter().filter(|(a, b)| recurs(a) && recurs(b)).count() <= labels
    }
}
