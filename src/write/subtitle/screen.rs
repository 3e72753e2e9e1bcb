//! What is shown together: a cue with the words of both languages.

use std::ops::Range;

use super::deal::Dealt;
use crate::document::{Cue, Document, Time};
use crate::text::Lang;

/// What a cue has of both sides.
#[derive(Default)]
pub(super) struct Share {
    /// Bytes of its words that are of its own side.
    pub(super) own: Option<Range<usize>>,
    /// What belongs to it of the other side.
    pub(super) other: Vec<Dealt>,
}

/// A cue to be written.
pub(super) struct Screen {
    pub(super) time: Time,
    /// The name of its style, if its file has styles.
    pub(super) style: Option<String>,
    /// What one speaker after the other says.
    pub(super) parts: Vec<ScreenPart>,
}

/// What one speaker says.
pub(super) struct ScreenPart {
    /// Who.
    pub(super) name: Option<String>,
    /// How the input says so before the words.
    pub(super) opening: Option<String>,
    /// Lines of its own side.
    pub(super) own: Vec<String>,
    /// The line of the other side, or nothing.
    pub(super) other: String,
}

impl Screen {
    /// A cue with words of one side only.
    pub(super) fn alone(document: &Document, cue: &Cue, time: Time, text: String) -> Screen {
        let name = name(document, cue);
        let opening = cue.opening.clone().filter(|_| cue.words.text().starts_with(&text));
        let parts = vec![ScreenPart { name, opening, own: lines(&text), other: String::new() }];
        Screen { time, style: None, parts }
    }

    /// Adds words of the other side than `own`.
    pub(super) fn add(&mut self, dealt: Vec<Dealt>, own: Lang) {
        if let Some(part) = self.parts.last_mut() {
            let text = joined(dealt, own.other());
            let gap = if part.other.is_empty() || text.is_empty() { "" } else { " " };
            part.other = format!("{}{gap}{text}", part.other);
        }
    }
}

/// The cues of a document with their shares. Parts of one cue are shown together; a cue without a time fills the gap.
pub(super) fn of_cues(document: &Document, shares: Vec<Share>, own: Lang) -> Vec<Screen> {
    let times = times(document.cues());
    let mut screens: Vec<Screen> = Vec::new();
    let mut last: Option<&Range<usize>> = None;
    for ((cue, share), time) in document.cues().iter().zip(shares).zip(times) {
        let Some(words) = share.own else { continue };
        let part = ScreenPart {
            name: name(document, cue),
            opening: cue.opening.clone(),
            own: lines(cue.words.text().get(words).unwrap_or_default()),
            other: joined(share.other, own.other()),
        };
        match screens.last_mut().filter(|_| last == Some(&cue.range)) {
            Some(screen) => {
                screen.time.end = time.end;
                screen.parts.push(part);
            }
            None => screens.push(Screen { time, style: cue.style.clone(), parts: vec![part] }),
        }
        last = Some(&cue.range);
    }
    screens
}

fn name(document: &Document, cue: &Cue) -> Option<String> {
    document.turns().get(cue.turn?)?.label.as_ref().map(|l| l.name.clone())
}

/// Lines that are not blank.
fn lines(text: &str) -> Vec<String> {
    text.split('\n').map(str::trim).filter(|l| !l.is_empty()).map(str::to_owned).collect()
}

/// What several beads give one cue.
fn joined(dealt: Vec<Dealt>, lang: Lang) -> String {
    let mut text = String::new();
    for Dealt { opening, text: words } in dealt.into_iter().filter(|d| !d.text.is_empty()) {
        // A label in the middle of a line would be read as words.
        let opening = opening.filter(|_| text.is_empty()).unwrap_or_default();
        if lang == Lang::En && !text.is_empty() {
            text.push(' ');
        }
        text.push_str(&opening);
        if !opening.is_empty() && !opening.ends_with([' ', '：']) {
            text.push(' ');
        }
        text.push_str(&words);
    }
    text
}

/// The times of all cues; one without lasts from the one before to the next one.
fn times(cues: &[Cue]) -> Vec<Time> {
    let mut nexts: Vec<Option<f64>> = Vec::with_capacity(cues.len());
    let mut next = None;
    for cue in cues.iter().rev() {
        nexts.push(next);
        next = cue.time.map(|t| t.start).or(next);
    }
    let mut end = 0.0;
    let mut times = Vec::with_capacity(cues.len());
    for (cue, next) in cues.iter().zip(nexts.into_iter().rev()) {
        let time = cue.time.unwrap_or(Time { start: end, end: next.unwrap_or(end).max(end) });
        end = time.end;
        times.push(time);
    }
    times
}
