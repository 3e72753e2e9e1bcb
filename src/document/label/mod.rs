//! Speaker labels: found by their form, believed by what the rest of the document says.
//!
//! `Name: text` is a label when the name is a role, or recurs, or keeps company with such labels; `Name – Title` when
//! the title is one and speech follows; a name alone on its line when it is known from elsewhere. Lists of participants,
//! `Note:` and summary bullets fail these tests.

mod shape;
mod words;

use std::{
    collections::{BTreeMap, BTreeSet},
    ops::Range,
};

use self::shape::{Candidate, Shape, Who};
use super::{
    Label,
    block::{Block, BlockKind},
    sentence::{is_blank, is_turn_mark},
};
use crate::text::{fold, is_han};

/// A place where somebody begins to speak.
#[derive(Clone, Debug)]
pub(super) struct Mark {
    /// Index of the block.
    pub(super) block: usize,
    /// Bytes of the block's text that are the label, the blanks behind it included.
    pub(super) range: Range<usize>,
    /// Who; `None` for `>>` without a name.
    pub(super) label: Option<Label>,
    /// Seconds from the start of the recording.
    pub(super) time: Option<f64>,
    /// Whether the next block is the speaker's title, and so part of the label.
    pub(super) title_follows: bool,
}

/// Blocks before a name alone on its line in which it may have been announced (`Next is Jane Roe of Contoso`).
const ANNOUNCED_WITHIN: usize = 3;
/// Share of the blocks that labels must open where each is used only once.
const SINGLES_SHARE: f64 = 0.6;

/// All labels, in the order of the text.
pub(super) fn marks(blocks: &[Block]) -> Vec<Mark> {
    let evidence = Evidence::gather(blocks);
    let mut marks = Vec::new();
    for (k, block) in blocks.iter().enumerate() {
        let text = block.text.text();
        let mut at = 0;
        if let Some(found) = evidence.candidates[k].as_ref()
            && evidence.believes(k, found)
        {
            let mut label = found.label.clone();
            let title_follows = evidence.title_follows(k, found);
            if title_follows {
                label.title = blocks.get(k + 1).map(|next| next.text.text().trim_matches(is_blank).to_owned());
            }
            at = found.range.end;
            marks.push(Mark {
                block: k,
                range: found.range.clone(),
                label: Some(label),
                time: found.time,
                title_follows,
            });
        }
        turn_marks(text, k, at, &evidence, &mut marks);
    }
    marks
}

/// The label that is a name with what may stand around it: `丽贝卡·林奎斯特（Rebecca Lindqvist）`, `Ann Gauss, CEO`. Anything
/// else is a name as it stands.
pub(super) fn named(name: &str) -> Label {
    let whole = format!("{name}:");
    let found = shape::candidate(&whole).filter(|c| c.shape == Shape::Colon && c.range == (0..whole.len()));
    found.map_or_else(|| Label { name: name.to_owned(), ..Label::default() }, |c| c.label)
}

/// Whether a block ends what a speaker says without being said by anybody: the heading of a call's next part, or a line
/// that names the source of the whole article.
pub(super) fn ends_turn(text: &str) -> bool {
    let line =
        text.trim_matches(|c: char| is_blank(c) || matches!(c, '(' | '（' | '[' | '【' | ')' | '）' | ']' | '】'));
    if line.chars().nth(APART).is_some() {
        return false;
    }
    let line = fold(line).to_lowercase();
    // `fold` has made ASCII colons of the full-width ones.
    words::is_section(line.trim_end_matches(':'))
        || line.split_once(':').is_some_and(|(head, _)| words::is_source(head.trim_end()))
}

/// Characters of a line that stands apart from speech; longer ones are speech.
const APART: usize = 60;

/// `>>` from byte `from` on, with the name that may follow.
fn turn_marks(text: &str, block: usize, from: usize, evidence: &Evidence<'_>, marks: &mut Vec<Mark>) {
    let mut at = from;
    while let Some(found) = text.get(at..).and_then(|rest| rest.find(">>")) {
        let start = at + found;
        let end = start + text[start..].bytes().take_while(|&b| b == b'>').count();
        at = end;
        if !is_turn_mark(text, start) {
            continue;
        }
        let body = end + text[end..].len() - text[end..].trim_start_matches(is_blank).len();
        let named = shape::candidate(&text[body..]).filter(|c| c.shape == Shape::Colon && !evidence.refutes(c));
        match named {
            Some(named) => {
                at = body + named.range.end;
                marks.push(Mark {
                    block,
                    range: start..at,
                    label: Some(named.label),
                    time: named.time,
                    title_follows: false,
                });
            }
            None => {
                at = body;
                marks.push(Mark { block, range: start..body, label: None, time: None, title_follows: false });
            }
        }
    }
}

/// What the document as a whole says about its labels.
struct Evidence<'a> {
    blocks: &'a [Block],
    candidates: Vec<Option<Candidate>>,
    lines: Vec<Line>,
    /// How often each form of each name opens a block.
    uses: BTreeMap<(Shape, String), usize>,
    /// Names that some other label makes known.
    known: BTreeSet<String>,
    /// There are colon labels of roles or of recurring names.
    has_colon: bool,
    /// Colon labels are used once each and open most blocks.
    singles: bool,
    /// There are lines that are labels beyond doubt.
    has_lines: bool,
    has_questions: bool,
    /// Two names or more recur alone on their lines, as in a dialogue.
    two_recur: bool,
}

impl<'a> Evidence<'a> {
    fn gather(blocks: &'a [Block]) -> Evidence<'a> {
        let candidates: Vec<Option<Candidate>> = blocks.iter().map(|b| shape::candidate(b.text.text())).collect();
        let lines = blocks.iter().zip(&candidates).map(|(block, found)| Line::of(block, found.as_ref())).collect();
        let mut evidence = Evidence {
            blocks,
            candidates,
            lines,
            uses: BTreeMap::new(),
            known: BTreeSet::new(),
            has_colon: false,
            singles: false,
            has_lines: false,
            has_questions: false,
            two_recur: false,
        };
        let mut uses: BTreeMap<(Shape, String), usize> = BTreeMap::new();
        let (mut questions, mut colons) = (0, 0);
        for (k, found) in evidence.candidates.iter().enumerate().filter_map(|(k, c)| Some((k, c.as_ref()?))) {
            let line = matches!(found.shape, Shape::Dash | Shape::Alone);
            // A line counts as a label only before speech: headings and lists of names do not. Roles stand in no such list.
            if !line || found.who == Who::Role || evidence.speech_follows(k, found) {
                *uses.entry((found.shape, found.key.clone())).or_insert(0) += 1;
            }
            questions += usize::from(found.who == Who::Question && found.shape == Shape::Colon);
            colons += usize::from(found.shape == Shape::Colon);
        }
        evidence.two_recur =
            uses.iter().filter(|((shape, _), n)| *shape == Shape::Alone && **n > 1).take(2).count() == 2;
        evidence.uses = uses;
        evidence.has_questions = questions > 1;
        let texts = blocks.iter().filter(|b| b.kind == BlockKind::Text).count();
        evidence.singles = colons > 1 && colons as f64 >= SINGLES_SHARE * texts as f64;
        let mut known = BTreeSet::new();
        for (k, found) in evidence.candidates.iter().enumerate().filter_map(|(k, c)| Some((k, c.as_ref()?))) {
            let strong = evidence.is_strong(k, found);
            evidence.has_colon |= strong && found.shape == Shape::Colon;
            evidence.has_lines |= strong && matches!(found.shape, Shape::Dash | Shape::Alone);
            if strong || (found.shape == Shape::Dash && found.label.title.as_deref().is_some_and(words::is_title)) {
                let names = [Some(&found.label.name), found.label.other_name.as_ref(), found.label.short_name.as_ref()];
                known.extend(names.into_iter().flatten().map(|name| name.to_lowercase()));
            }
        }
        evidence.known = known;
        evidence
    }

    fn count(&self, found: &Candidate) -> usize {
        self.uses.get(&(found.shape, found.key.clone())).copied().unwrap_or(0)
    }

    /// Whether a label is believed on its own form and number.
    fn is_strong(&self, k: usize, found: &Candidate) -> bool {
        let recurs = self.count(found) > 1;
        match (found.shape, found.who) {
            (Shape::Colon | Shape::Time, Who::Role) => true,
            (Shape::Colon, Who::Question) => self.has_questions,
            (Shape::Colon | Shape::Time, _) => recurs && self.blocks[k].kind != BlockKind::Row,
            (Shape::Dash, _) => {
                self.speech_follows(k, found)
                    && (recurs || found.who == Who::Role || found.label.title.as_deref().is_some_and(words::is_title))
            }
            (Shape::Alone, Who::Role) => recurs || self.speech_follows(k, found),
            (Shape::Alone, Who::Question) => recurs && self.speech_follows(k, found),
            (Shape::Alone, Who::Name) => false,
        }
    }

    fn believes(&self, k: usize, found: &Candidate) -> bool {
        if self.is_strong(k, found) {
            return true;
        }
        let plain = self.blocks[k].kind == BlockKind::Text;
        match found.shape {
            Shape::Colon => {
                plain
                    && (self.singles
                        || (self.has_colon && self.is_likely_name(found))
                        || self.known.contains(&found.key))
            }
            Shape::Alone => {
                let name = found.label.name.as_str();
                self.speech_follows(k, found)
                    && (self.known.contains(&found.key)
                        || self.has_lines
                            && self.says_sentence(k + 1)
                            && (self.count(found) > 1 || self.is_announced(k, name))
                        || self.title_follows(k, found) && self.count(found) > 1
                        || self.two_recur && self.says_sentence(k + 1) && self.count(found) > 1)
            }
            Shape::Dash | Shape::Time => false,
        }
    }

    /// Whether a name behind `>>` cannot be one.
    fn refutes(&self, found: &Candidate) -> bool {
        found.who == Who::Name && self.count(found) == 0 && !self.is_likely_name(found)
    }

    /// Whether a label that is used only once reads as a name: Latin words, or Han with a dot, a parenthesis, a surname.
    fn is_likely_name(&self, found: &Candidate) -> bool {
        let name = &found.label.name;
        let han = name.chars().filter(|&c| is_han(c)).count();
        han == 0
            || found.label.other_name.is_some()
            || name.contains(['·', '•', '‧', '・'])
            || (2..=4).contains(&han) && words::starts_with_surname(name)
    }

    fn is_announced(&self, k: usize, name: &str) -> bool {
        self.blocks[k.saturating_sub(ANNOUNCED_WITHIN)..k].iter().any(|b| {
            let text = b.text.text();
            text.len() > name.len() && text.contains(name)
        })
    }

    /// Whether the block after a name is the name's title, and speech comes after it.
    fn title_follows(&self, k: usize, found: &Candidate) -> bool {
        // A role has no title: what looks like one is what is said.
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

    /// Whether a block is punctuated or long: among short lines without marks (subtitles) a word that recurs is no name.
    fn says_sentence(&self, k: usize) -> bool {
        self.blocks.get(k).is_some_and(|block| shape::is_sentence(block.text.text()))
    }

    fn line(&self, k: usize) -> Line {
        self.lines.get(k).copied().unwrap_or(Line::Other)
    }
}

/// What a block can be after a name.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Line {
    /// What somebody says.
    Speech,
    /// Somebody's title.
    Title,
    /// A heading, or a label itself.
    Other,
}

impl Line {
    fn of(block: &Block, candidate: Option<&Candidate>) -> Line {
        let text = block.text.text();
        if block.kind == BlockKind::Text && shape::is_title_line(text) {
            return Line::Title;
        }
        let label = candidate.is_some_and(|c| matches!(c.shape, Shape::Dash | Shape::Alone));
        if label || block.kind == BlockKind::Heading || shape::is_heading_line(text) {
            Line::Other
        } else {
            Line::Speech
        }
    }
}
