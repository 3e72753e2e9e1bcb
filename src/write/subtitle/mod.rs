//! Bilingual subtitles: the cues of one side, each with its own words and below them what belongs to it of the other side.
//!
//! Beads join cues that end inside a sentence; here they come apart again. What stands alone on the other side gets a cue of
//! its own where it has times, and goes with the nearest cue otherwise, so that nothing is lost.

mod ass;
mod deal;
mod form;
mod places;
mod screen;

use std::io::{self, Write};

use crate::alignment::{Alignment, Half, Side};
use crate::document::{Cue, Document, Format, Portion, Time, ass_header};
use crate::error::{Error, ErrorKind};
use crate::lexicon::Lexicon;
use crate::text::Lang;
use deal::{Dealt, Window, deal};
pub(super) use form::Form;
use screen::{Screen, Share};

/// Writes the cues of the side that the caller gave first, or of the other one where that has no times.
///
/// # Errors
/// [`ErrorKind::Untimed`], as the inner error of one of kind [`io::ErrorKind::InvalidInput`], where no side has times; those of
/// `out`.
pub(super) fn write(form: Form, alignment: &Alignment, out: &mut dyn Write) -> io::Result<()> {
    let own = [alignment.first(), alignment.first().other()].into_iter().find(|&l| is_timed(alignment.side(l)));
    let Some(own) = own else {
        return Err(untimed(alignment).into());
    };
    let lexicon = Lexicon::builtin().map_err(io::Error::other)?;
    let document = &alignment.side(own).document;
    let header = (document.format() == Format::Ass).then(|| ass_header(document.source().text())).flatten();
    form.write(&screens(alignment, own, &lexicon), header, out)
}

fn untimed(alignment: &Alignment) -> Error {
    let name = |lang: Lang| alignment.side(lang).document.source().name();
    let (first, second) = (name(alignment.first()), name(alignment.first().other()));
    let both = if first == second { first.to_owned() } else { format!("{first} and {second}") };
    let what = format!(
        "subtitles need times, but there are none in {both}; give an SRT, WebVTT, ASS, TTML or JSON file with times, or choose another \
         output format"
    );
    Error::new(ErrorKind::Untimed, what)
}

fn is_timed(side: &Side) -> bool {
    (0..side.segments.len()).any(|i| side.segment(i).time.is_some())
}

/// What is shown, by time.
fn screens(alignment: &Alignment, own: Lang, lexicon: &Lexicon) -> Vec<Screen> {
    let (side, other) = (alignment.side(own), alignment.side(own.other()));
    let mut shares = shares(side);
    let mut alone = Vec::new();
    // Where the words of the last bead are, and what waits for the first one.
    let mut last: Option<usize> = None;
    let mut waiting: Vec<Dealt> = Vec::new();
    for pair in alignment.pairs() {
        let (mine, theirs) = (pair.half(own), pair.half(own.other()));
        let windows = windows(mine, &side.document.cues);
        if windows.is_empty() && is_timed(other) {
            alone.extend(alone_screens(theirs));
            continue;
        }
        let parts = deal(&Spoken::new(theirs), &windows, lexicon);
        if windows.is_empty() {
            match last.and_then(|cue| shares.get_mut(cue)) {
                Some(share) => share.other.extend(parts),
                None => waiting.extend(parts),
            }
            continue;
        }
        if let Some(share) = windows.first().and_then(|w| shares.get_mut(w.cue)) {
            share.other.append(&mut waiting);
        }
        for (window, part) in windows.iter().zip(parts) {
            if let Some(share) = shares.get_mut(window.cue) {
                share.other.push(part);
            }
        }
        last = windows.last().map(|w| w.cue);
    }
    let mut screens = screen::of_cues(&side.document, shares, own);
    if let Some(screen) = screens.first_mut() {
        // No bead has words of this side.
        screen.add(waiting, own);
    }
    screens.extend(alone);
    screens.sort_by(|a, b| a.time.start.total_cmp(&b.time.start));
    screens
}

/// For each cue of a side's document, which of its words are of that side.
fn shares(side: &Side) -> Vec<Share> {
    let mut shares: Vec<Share> = side.document.cues().iter().map(|_| Share::default()).collect();
    for portion in (0..side.segments.len()).flat_map(|i| &side.segment(i).portions) {
        if let Some(share) = shares.get_mut(portion.cue) {
            let words = share.own.get_or_insert_with(|| portion.words.clone());
            *words = words.start.min(portion.words.start)..words.end.max(portion.words.end);
        }
    }
    shares
}

/// The cues that the segments of a half take words from, in order.
fn windows(half: Half<'_>, cues: &[Cue]) -> Vec<Window> {
    let mut windows: Vec<Window> = Vec::new();
    for portion in half.segments().flat_map(|s| &s.portions) {
        let time = cues.get(portion.cue).and_then(|c| time_of(c, portion));
        match windows.last_mut().filter(|w| w.cue == portion.cue) {
            Some(window) => {
                window.length += portion.words.len();
                window.time = window.time.zip(time).and_then(|(a, b)| Time::new(a.start, b.end));
            }
            None => windows.push(Window { cue: portion.cue, length: portion.words.len(), time }),
        }
    }
    windows
}

/// When a part of a cue is said, at an even pace.
fn time_of(cue: &Cue, portion: &Portion) -> Option<Time> {
    let at = |byte: usize| cue.time.map(|t| t.at(byte as f64 / cue.words.text().len().max(1) as f64));
    Time::new(at(portion.words.start)?, at(portion.words.end)?)
}

/// The words of a half, with what is known of their times.
struct Spoken<'a> {
    text: String,
    lang: Lang,
    /// (bytes of the text, cue that they come from, their time), in order.
    pieces: Vec<(std::ops::Range<usize>, &'a Cue, Option<Time>)>,
    /// Bytes at which segments end.
    ends: Vec<usize>,
}

impl<'a> Spoken<'a> {
    fn new(half: Half<'a>) -> Spoken<'a> {
        let document: &Document = half.document();
        // The text joins the segments with a blank or with nothing: they are found again in order.
        let text = half.text();
        let (mut pieces, mut ends, mut at) = (Vec::new(), Vec::new(), 0);
        for segment in half.segments() {
            if text.get(at..).is_some_and(|rest| !rest.starts_with(&segment.text)) {
                at += 1;
            }
            for portion in &segment.portions {
                if let Some(cue) = document.cues().get(portion.cue) {
                    pieces.push((at + portion.text.start..at + portion.text.end, cue, time_of(cue, portion)));
                }
            }
            at += segment.text.len();
            ends.push(at);
        }
        Spoken { text, lang: half.lang(), pieces, ends }
    }
}

/// Cues of their own for words without counterpart.
fn alone_screens(half: Half<'_>) -> Vec<Screen> {
    let document = half.document();
    let mut screens = Vec::new();
    for portion in half.segments().flat_map(|s| &s.portions) {
        let Some(cue) = document.cues().get(portion.cue) else { continue };
        // Without a time only where the whole document has hardly any: at the start, lest it be lost.
        let time = time_of(cue, portion).unwrap_or(Time { start: 0.0, end: 0.0 });
        let text = cue.words.text().get(portion.words.clone()).unwrap_or_default().to_owned();
        screens.push(Screen::alone(document, cue, time, text));
    }
    screens
}
