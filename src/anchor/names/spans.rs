//! Where names can stand: capitalised words of English, words and transcribed names of Chinese.

use super::compare::is_joint;
use super::transcription::usual;
use crate::lexicon::Lexicon;
use crate::text::is_han;
use crate::text::{View, is_letter};

/// Words of the longest English name.
pub(super) const MOST_WORDS: usize = 6;
/// Characters of the longest undivided transcription that is looked for, and of the shortest.
const LONGEST: usize = 9;
const SHORTEST: usize = 2;
/// Log ratio of all characters of a transcription (see [`usual`]) that it must have a character.
const LEAST_USUAL: f64 = 0.4;
/// The same for the first and the last character: 和, 的, 说 stand beside names.
pub(super) const LEAST_END: f64 = -1.0;
/// Small words inside names.
const PARTICLES: [&str; 12] = ["de", "van", "von", "der", "den", "la", "le", "al", "bin", "da", "di", "of"];

/// A word in Latin letters, in characters of the view.
#[derive(Clone, Copy, Debug)]
pub(super) struct Word {
    pub(super) start: usize,
    pub(super) end: usize,
    pub(super) capital: bool,
    /// First word of a sentence.
    pub(super) initial: bool,
    /// Whether it follows the word before with nothing but a blank between.
    pub(super) joined: bool,
}

/// All words in Latin letters, in order.
pub(super) fn words(view: &View) -> Vec<Word> {
    let mut out: Vec<Word> = Vec::new();
    let (mut at, mut initial, mut joined) = (0, true, false);
    while at < view.len() {
        let c = view.at(at);
        if !is_letter(c) {
            initial |= matches!(c, '.' | '!' | '?' | ':' | '\n' | '"' | '“' | '。' | '‘');
            joined &= c == ' ' && view.before(at) != ' ';
            at += 1;
            continue;
        }
        let start = at;
        at = extent(view, start);
        // An abbreviation's full stop belongs to it and ends no sentence: J. Smith, Mr. Smith.
        let short = at - start <= 3 && c.is_uppercase() && view.at(at) == '.' && view.at(at + 1) == ' ';
        out.push(Word { start, end: at, capital: c.is_uppercase(), initial, joined });
        at += usize::from(short);
        (initial, joined) = (false, true);
    }
    out
}

/// Index behind the word at `start`: letters and digits behind them, with inner apostrophes and hyphens, without a possessive.
fn extent(view: &View, start: usize) -> usize {
    let mut at = start;
    loop {
        at = view.run(at, |c| is_letter(c) || c.is_ascii_digit());
        let (mark, next) = (view.at(at), view.at(at + 1));
        let possessive = matches!(next, 's' | 'S') && !is_letter(view.at(at + 2));
        let goes_on = match mark {
            '\'' | '’' => is_letter(next) && !possessive,
            '-' | '&' => next.is_uppercase(),
            _ => false,
        };
        if !goes_on {
            return at;
        }
        at += 1;
    }
}

/// Rows of words that can be one name, as ranges of indices: all parts of a row of capitalised words that hold together.
pub(super) fn names(view: &View, words: &[Word]) -> Vec<std::ops::Range<usize>> {
    let mut out = Vec::new();
    let particle = |w: &Word| PARTICLES.contains(&view.word(w.start).0.as_str());
    for (first, word) in words.iter().enumerate().filter(|(_, w)| w.capital) {
        if word.end - word.start > 1 {
            out.push(first..first + 1);
        }
        for (count, next) in words[first + 1..].iter().take(MOST_WORDS - 1).enumerate() {
            if !next.joined || !(next.capital || particle(next)) {
                break;
            }
            if next.capital {
                out.push(first..first + count + 2);
            }
        }
    }
    out
}

/// A stretch of Chinese characters of the view.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(super) struct Span {
    pub(super) start: usize,
    pub(super) end: usize,
}

/// Chinese text cut into words.
pub(super) struct Cut {
    /// Words of two characters and more.
    pub(super) words: Vec<Span>,
    /// Whether a word begins at each character, with one more for the end.
    pub(super) borders: Vec<bool>,
    /// The word that holds each character, as its span.
    inside: Vec<Span>,
}

impl Cut {
    pub(super) fn new(view: &View, lexicon: &Lexicon) -> Cut {
        let mut cut = Cut {
            words: Vec::new(),
            borders: vec![true; view.len() + 1],
            inside: (0..view.len()).map(|i| Span { start: i, end: i + 1 }).collect(),
        };
        let mut at = 0;
        while at < view.len() {
            let end = view.run(at, is_han);
            let run: String = view.slice(at, end).iter().collect();
            for word in lexicon.cut(&run) {
                let count = word.chars().count();
                let span = Span { start: at, end: at + count };
                for i in at..(at + count).min(view.len()) {
                    cut.borders[i] = i == at;
                    cut.inside[i] = span;
                }
                if count > 1 {
                    cut.words.push(span);
                }
                at += count;
            }
            at = end.max(at) + usize::from(at >= end);
        }
        cut
    }

    /// How many of a span's two ends part a word.
    pub(super) fn parted(&self, span: Span) -> usize {
        let border = |i: usize| self.borders.get(i).copied().unwrap_or(true);
        usize::from(!border(span.start)) + usize::from(!border(span.end))
    }

    pub(super) fn word_at(&self, i: usize) -> Option<Span> {
        self.inside.get(i).copied()
    }
}

/// Stretches that can be transcribed names, divided by dots or not; [`Span`]s of up to [`LONGEST`] characters without a dot.
pub(super) fn transcriptions(view: &View) -> Vec<Span> {
    let mut out = Vec::new();
    // Sums of log ratios up to each character.
    let mut sums = Vec::with_capacity(view.len() + 1);
    let mut sum = 0.0;
    sums.push(sum);
    for i in 0..view.len() {
        sum += usual(view.at(i));
        sums.push(sum);
    }
    for start in 0..view.len() {
        if !is_han(view.at(start)) {
            continue;
        }
        for end in start + 1..=(start + LONGEST).min(view.len()) {
            if !is_han(view.at(end - 1)) {
                break;
            }
            let count = end - start;
            let ends = usual(view.at(start)).min(usual(view.at(end - 1)));
            if count >= SHORTEST && ends >= LEAST_END && sums[end] - sums[start] >= LEAST_USUAL * count as f64 {
                out.push(Span { start, end });
            }
        }
    }
    out
}

/// Names divided by dots: two or three stretches of Han characters in a row with a dot between. Where the first begins and
/// the last ends is open; a row of several names without a comma (玛拉·奎斯特向托比亚斯·伦纳) gives all its windows.
pub(super) fn dotted(view: &View) -> Vec<(Span, Span)> {
    let mut out = Vec::new();
    let dot = |i: usize| is_joint(view.at(i)) && !view.at(i).is_whitespace() && view.at(i) != '-';
    let mut parts: Vec<Span> = Vec::new();
    let mut at = 0;
    while at < view.len() {
        let end = view.run(at, is_han);
        if end == at {
            parts.clear();
            at += 1;
            continue;
        }
        parts.push(Span { start: at, end });
        for back in [2, 3] {
            if let Some(&first) = parts.len().checked_sub(back).and_then(|k| parts.get(k)) {
                out.push((first, Span { start: at, end }));
            }
        }
        at = end;
        if dot(at) && is_han(view.at(at + 1)) {
            at += 1;
        } else {
            parts.clear();
        }
    }
    out
}
