//! Decides which labels are believed, from the document as a whole.

use std::collections::{BTreeMap, BTreeSet};

use super::{
    line, person,
    series::Series,
    shape::{self, Candidate, Shape, Who},
    words,
};
use crate::document::{
    block::{Block, BlockKind},
    sentence::is_blank,
};

/// The number of blocks before a name alone on its line in which it may have been announced (`Next is Jane Roe of
/// Contoso`).
const ANNOUNCED_WITHIN: usize = 3;
/// The share of the names alone on their lines that must read as names of people if no name recurs.
const PEOPLE_SHARE: f64 = 0.75;

pub(super) struct Evidence<'a> {
    blocks: &'a [Block],
    pub(super) candidates: Vec<Option<Candidate>>,
    /// Whether each candidate reads as a person's name.
    people: Vec<bool>,
    lines: Vec<Line>,
    /// How often each form of each name opens a block.
    uses: BTreeMap<(Shape, String), usize>,
    /// The labels of each form that have speech on the same line.
    series: BTreeMap<Shape, Series>,
    /// Names that another label makes known.
    known: BTreeSet<String>,
    /// Whether there are labels with speech on the same line.
    has_inline: bool,
    /// Whether there are lines that are certainly labels.
    has_lines: bool,
    has_questions: bool,
    /// Whether there are both questions and answers.
    has_answers: bool,
    /// Whether at least two names recur alone on their lines, as in a dialogue.
    two_recur: bool,
    /// Whether names of people are alone on their lines, each before what the person says.
    bare_names: bool,
    /// Whether there are lines with a name and a company, each before speech.
    firms: bool,
}

impl<'a> Evidence<'a> {
    pub(super) fn gather(blocks: &'a [Block], strong: &dyn Fn(&Block) -> Option<usize>) -> Evidence<'a> {
        // Keys in code are not names of speakers. A text that is only code may be a transcript.
        let only_code = blocks.iter().all(|b| b.kind == BlockKind::Code);
        let read =
            |b: &Block| (only_code || b.kind != BlockKind::Code).then(|| shape::candidate(b.text.text(), strong(b)));
        let candidates: Vec<Option<Candidate>> = blocks.iter().map(|b| read(b).flatten()).collect();
        let people = candidates.iter().map(|c| c.as_ref().is_some_and(|c| person::is_person(&c.label))).collect();
        let lines = blocks.iter().zip(&candidates).map(|(block, found)| Line::of(block, found.as_ref())).collect();
        let mut evidence = Evidence {
            blocks,
            candidates,
            people,
            lines,
            uses: BTreeMap::new(),
            series: BTreeMap::new(),
            known: BTreeSet::new(),
            has_inline: false,
            has_lines: false,
            has_questions: false,
            has_answers: false,
            two_recur: false,
            bare_names: false,
            firms: false,
        };
        evidence.count_uses();
        evidence.gather_lines();
        evidence.gather_known();
        evidence
    }

    fn each(&self) -> impl Iterator<Item = (usize, &Candidate)> {
        self.candidates.iter().enumerate().filter_map(|(k, c)| Some((k, c.as_ref()?)))
    }

    fn count_uses(&mut self) {
        let mut uses: BTreeMap<(Shape, String), usize> = BTreeMap::new();
        let mut series: BTreeMap<Shape, Series> = BTreeMap::new();
        let mut questions = [0, 0];
        for (k, found) in self.each() {
            // A line counts as a label only before speech: headings and lists of names do not count. Such lists contain
            // no roles.
            if !found.shape.is_line() || found.who == Who::Role || self.speech_follows(k, found) {
                *uses.entry((found.shape, found.key.clone())).or_insert(0) += 1;
            }
            let alone = found.shape == Shape::Alone && found.who == Who::Name && self.speech_follows(k, found);
            if alone || !found.shape.is_line() {
                let said = self.said(k, found);
                series.entry(found.shape).or_default().add(found, self.people[k], said);
            }
            if found.who == Who::Question && !found.shape.is_line() {
                questions[usize::from(words::is_answer(&found.key))] += 1;
            }
        }
        self.has_questions = questions.iter().sum::<usize>() > 1;
        self.has_answers = questions.iter().all(|&n| n > 0);
        self.uses = uses;
        self.series = series;
    }

    fn gather_lines(&mut self) {
        let recurring = self.uses.iter().filter(|((shape, _), n)| *shape == Shape::Alone && **n > 1);
        self.two_recur = recurring.take(2).count() == 2 && self.accepts(Shape::Alone);
        let (mut names, mut persons, mut talk, mut firms) = (0, 0, 0, 0);
        for (k, found) in self.each().filter(|(k, c)| c.shape.is_line() && self.speech_follows(*k, c)) {
            if found.shape == Shape::Dash {
                firms += usize::from(self.people[k]);
            } else if found.who == Who::Name && self.is_plain(k) {
                names += 1;
                persons += usize::from(self.people[k]);
                talk += usize::from(self.blocks.get(k + 1).is_some_and(|b| words::is_talk(b.text.text())));
            }
        }
        self.firms = firms > 1;
        self.bare_names = persons > 1 && persons as f64 >= PEOPLE_SHARE * names as f64 && 3 * talk >= names;
    }

    fn gather_known(&mut self) {
        let (mut known, mut inline, mut lines) = (BTreeSet::new(), false, false);
        for (k, found) in self.each() {
            let strong = self.is_strong(k, found);
            inline |= strong && !found.shape.is_line();
            lines |= strong && found.shape.is_line();
            if strong || (found.shape == Shape::Dash && found.label.title.as_deref().is_some_and(words::is_title)) {
                let names = [Some(&found.label.name), found.label.other_name.as_ref(), found.label.short_name.as_ref()];
                known.extend(names.into_iter().flatten().map(|name| name.to_lowercase()));
            }
        }
        (self.known, self.has_inline, self.has_lines) = (known, inline, lines);
    }

    /// Returns what is said on the line of a label, or the next block if the rest of the line is empty.
    fn said(&self, k: usize, found: &Candidate) -> &str {
        let own = self.blocks[k].text.text().get(found.range.end..).unwrap_or_default();
        match own.trim_matches(is_blank).is_empty() {
            true => self.blocks.get(k + 1).map_or("", |next| next.text.text()),
            false => own,
        }
    }

    fn count(&self, found: &Candidate) -> usize {
        self.uses.get(&(found.shape, found.key.clone())).copied().unwrap_or(0)
    }

    fn accepts(&self, shape: Shape) -> bool {
        self.series.get(&shape).is_some_and(|series| series.is_dialogue(shape))
    }

    /// Whether a label is believed from its own form and the number of its uses.
    fn is_strong(&self, k: usize, found: &Candidate) -> bool {
        let recurs = self.count(found) > 1;
        match (found.shape, found.who) {
            (Shape::Colon | Shape::Time | Shape::Bracket, Who::Role) => recurs || words::is_speech(self.said(k, found)),
            (Shape::Dash, _) => {
                self.speech_follows(k, found)
                    && (recurs || found.who == Who::Role || found.label.title.as_deref().is_some_and(words::is_title))
            }
            (Shape::Alone, Who::Role) => recurs || self.speech_follows(k, found),
            (Shape::Alone, Who::Question) => recurs && self.speech_follows(k, found),
            (Shape::Alone, Who::Name) => false,
            (Shape::Colon | Shape::Bracket, Who::Question) => self.has_questions,
            // `A.` also numbers the items of lists.
            (_, Who::Question) => self.has_answers,
            (shape, Who::Name | Who::Role) => recurs && self.accepts(shape),
        }
    }

    pub(super) fn believes(&self, k: usize, found: &Candidate) -> bool {
        if self.is_strong(k, found) {
            return true;
        }
        let person = self.people[k];
        match found.shape {
            Shape::Alone => {
                // Names of sections also recur and are also announced.
                let heading = !self.is_plain(k) && !person;
                self.speech_follows(k, found)
                    && (self.known.contains(&found.key) || !heading && self.is_line_of_dialogue(k, found, person))
            }
            Shape::Dash => self.firms && person && self.speech_follows(k, found),
            shape => {
                let said = self.said(k, found);
                // A row or an item is not a turn only because other blocks are turns.
                let among = self.accepts(shape) || shape == Shape::Colon && self.has_inline && self.is_plain(k);
                let fits = match (person, shape::is_latin(found)) {
                    (true, _) => shape.is_usual() || words::is_speech(said),
                    (false, true) => words::is_talk(said) || shape.is_usual() && words::is_speech(said),
                    // A title or a company in brackets follows the name of a person.
                    (false, false) => found.label.title.is_some() && words::is_talk(said),
                };
                among && (fits || self.known.contains(&found.key))
            }
        }
    }

    /// Whether a name alone on its line is where names are in a dialogue.
    fn is_line_of_dialogue(&self, k: usize, found: &Candidate, person: bool) -> bool {
        let (sentence, recurs) = (self.says_sentence(k + 1), self.count(found) > 1);
        self.has_lines && sentence && (recurs || self.is_announced(k, &found.label.name))
            || self.title_follows(k, found) && recurs
            || self.two_recur && sentence && recurs
            || self.bare_names && sentence && person && self.is_plain(k)
    }

    fn is_plain(&self, k: usize) -> bool {
        matches!(self.blocks[k].kind, BlockKind::Text | BlockKind::Code)
    }

    /// Whether the text after `>>` cannot be a name.
    pub(super) fn refutes(&self, found: &Candidate) -> bool {
        found.who == Who::Name && self.count(found) == 0 && !shape::is_latin(found) && !person::is_person(&found.label)
    }

    fn is_announced(&self, k: usize, name: &str) -> bool {
        self.blocks[k.saturating_sub(ANNOUNCED_WITHIN)..k].iter().any(|b| {
            let text = b.text.text();
            text.len() > name.len() && text.contains(name)
        })
    }

    /// Whether the block after a name is the person's title, and speech follows it.
    pub(super) fn title_follows(&self, k: usize, found: &Candidate) -> bool {
        // A role has no title: text that looks like a title is speech.
        let name = found.shape == Shape::Alone && found.who == Who::Name;
        name && self.line(k + 1) == Line::Title && self.line(k + 2) == Line::Speech
    }

    fn speech_follows(&self, k: usize, found: &Candidate) -> bool {
        match self.line(k + 1) {
            Line::Speech => true,
            Line::Title => found.who == Who::Role || self.title_follows(k, found),
            Line::Other => false,
        }
    }

    /// Whether a block is punctuated or long. Among short lines without marks (subtitles), a word that recurs is not a
    /// name.
    fn says_sentence(&self, k: usize) -> bool {
        self.blocks.get(k).is_some_and(|block| line::is_sentence(block.text.text()))
    }

    fn line(&self, k: usize) -> Line {
        self.lines.get(k).copied().unwrap_or(Line::Other)
    }
}

/// The kind of a block that may follow a name.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Line {
    /// Speech.
    Speech,
    /// The title of a person.
    Title,
    /// A heading or a label.
    Other,
}

impl Line {
    fn of(block: &Block, candidate: Option<&Candidate>) -> Line {
        let text = block.text.text();
        if block.kind == BlockKind::Text && line::is_title_line(text) {
            return Line::Title;
        }
        let label = candidate.is_some_and(|c| c.shape.is_line() || c.who == Who::Role);
        if label || block.kind == BlockKind::Heading || line::is_heading_line(text) {
            Line::Other
        } else {
            Line::Speech
        }
    }
}
