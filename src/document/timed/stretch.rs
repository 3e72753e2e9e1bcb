//! Stretches of cues that run on: one language, one turn, no long pause. Sentences are looked for in them.

use std::ops::Range;

use super::song;
use crate::document::sentence::{is_blank, sentences};
use crate::document::{Cue, MappedText, Portion, Time};
use crate::text::{HAN_PER_WORD, Lang, is_cjk_punctuation, is_han};

/// Seconds of silence that no sentence runs over. Speakers pause a second or two for breath and thought; three and more are
/// a change of scene or a gap in the recording.
pub(super) const LONG_PAUSE: f64 = 3.0;

/// Words a full stop in a text with marks stands for at most. Sentences of speech have some 15 to 25, so that a text with a
/// hundred to each is one without marks but for abbreviations and slips.
const UNMARKED_WORDS: f64 = 100.0;

/// A line of a cue in one language.
pub(super) struct Piece {
    pub(super) cue: usize,
    /// Bytes of the cue's words, without blanks at the ends.
    pub(super) range: Range<usize>,
    pub(super) lang: Lang,
}

/// Whether one cue may begin in the middle of what another says.
pub(super) fn runs_on(before: &Cue, cue: &Cue) -> bool {
    before.turn == cue.turn && before.style == cue.style && !pauses(before, cue)
}

/// Whether there is a long pause between two cues, or the second one is from an earlier scene.
pub(super) fn pauses(before: &Cue, cue: &Cue) -> bool {
    let apart = |(a, b): (Time, Time)| b.start - a.end >= LONG_PAUSE || a.start - b.start >= LONG_PAUSE;
    before.time.zip(cue.time).is_some_and(apart)
}

/// Whether a language of a text has (nearly) no full stops, as subtitles and recognised speech in Chinese.
pub(super) fn is_unmarked(cues: &[Cue], pieces: &[Piece], lang: Lang) -> bool {
    let (mut stops, mut words) = (0.0, 0.0);
    for piece in pieces.iter().filter(|p| p.lang == lang) {
        let text = words_of(cues, piece);
        let mut chars = text.chars().peekable();
        let mut inside = false;
        while let Some(c) = chars.next() {
            let closes = |n: &char| n.is_whitespace() || matches!(n, '"' | '”' | '\'' | '’' | ')');
            stops += f64::from(u8::from(c == '。' || (c == '.' && inside && chars.peek().is_none_or(closes))));
            words += if is_han(c) { 1.0 / HAN_PER_WORD } else { f64::from(u8::from(c.is_alphanumeric() && !inside)) };
            inside = c.is_alphanumeric() && !is_han(c);
        }
    }
    stops * UNMARKED_WORDS < words
}

fn words_of<'a>(cues: &'a [Cue], piece: &Piece) -> &'a str {
    cues.get(piece.cue).and_then(|c| c.words.text().get(piece.range.clone())).unwrap_or_default()
}

/// Pieces that run on, as one text.
pub(super) struct Stretch {
    pub(super) lang: Lang,
    pub(super) text: MappedText,
    /// Where the pieces stand in it, in order.
    pub(super) portions: Vec<Portion>,
}

/// The stretches of a document. `unmarked` says of each language whether its cues are no parts of sentences: then a line
/// break inside a cue stands for the mark that is not there.
pub(super) fn stretches(cues: &[Cue], pieces: &[Piece], unmarked: impl Fn(Lang) -> bool) -> Vec<Stretch> {
    let mut stretches: Vec<Stretch> = Vec::new();
    for piece in pieces {
        let Some(cue) = cues.get(piece.cue) else { continue };
        let words = cue.words.slice(piece.range.clone());
        let joins = |last: &&mut Stretch| {
            let before = last.portions.last().and_then(|p| cues.get(p.cue));
            let same = last.portions.last().is_some_and(|p| p.cue == piece.cue);
            let sung = || same || song::joins(&last.text, words.text());
            last.lang == piece.lang && before.is_some_and(|before| runs_on(before, cue)) && sung()
        };
        match stretches.last_mut().filter(joins) {
            Some(last) => last.push(piece, &words, unmarked(piece.lang)),
            None => {
                let mut stretch = Stretch { lang: piece.lang, text: MappedText::default(), portions: Vec::new() };
                stretch.push(piece, &words, false);
                stretches.push(stretch);
            }
        }
    }
    stretches
}

impl Stretch {
    fn push(&mut self, piece: &Piece, words: &MappedText, unmarked: bool) {
        let edges = (self.text.text().chars().next_back(), words.text().chars().next());
        if let (Some(last), Some(first)) = edges
            && (unmarked || !(is_cjk(last) || is_cjk(first)))
        {
            // The blank stands for what is between the lines.
            let at = self.text.text().len();
            let place = self.text.offset(at - last.len_utf8()) + last.len_utf8();
            self.text.push(" ", place);
        }
        let at = self.text.text().len();
        self.text.append(words);
        let text = at..self.text.text().len();
        self.portions.push(Portion { cue: piece.cue, words: piece.range.clone(), text });
    }

    /// The segments, as bytes of the text: sentences, or the cues themselves.
    pub(super) fn segments(&self, unmarked: bool) -> Vec<Range<usize>> {
        if song::opens(self.text.text()) {
            return std::iter::once(0..self.text.text().len()).collect();
        }
        if !unmarked {
            let mut segments: Vec<Range<usize>> = Vec::new();
            for range in sentences(self.text.text(), self.lang) {
                match segments.last_mut().filter(|_| song::is_sign(&self.text.text()[range.clone()])) {
                    Some(last) => last.end = range.end,
                    None => segments.push(range),
                }
            }
            return segments;
        }
        let mut segments: Vec<Range<usize>> = Vec::new();
        let mut last = None;
        for portion in &self.portions {
            match segments.last_mut().filter(|_| last == Some(portion.cue)) {
                Some(segment) => segment.end = portion.text.end,
                None => segments.push(portion.text.clone()),
            }
            last = Some(portion.cue);
        }
        segments
    }
}

/// Scripts and marks between which a line break is no blank.
fn is_cjk(c: char) -> bool {
    is_han(c) || is_cjk_punctuation(c) || matches!(c, '“' | '”' | '‘' | '’' | '—' | '…')
}

/// Whether text ends inside a sentence, as far as its last mark tells.
pub(super) fn ends_open(text: &str) -> bool {
    let closes = |c: char| is_blank(c) || matches!(c, '"' | '”' | '\'' | '’' | ')' | '）' | '」' | '』' | ']');
    !text.trim_end_matches(closes).ends_with(['.', '!', '?', '…', '。', '！', '？'])
}
