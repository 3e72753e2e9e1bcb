//! Where English sentences end.

use super::abbreviation::{is_opener_word, keeps_stop};
use super::mark::{bare_note, closing_emoticon, note_mark, trailing};
use super::style::Style;
use super::{
    char_at, char_before, is_blank, is_closer, is_decimal_point, is_full_stop, is_turn_mark, is_word_part, letter,
    list, skip_blanks, word_before, word_from,
};
use crate::text::is_han;

/// Verbs that report a quotation: `"Who is it?" Wang asked.` is one sentence.
const REPORTING: &[&str] = &[
    "added",
    "admitted",
    "agreed",
    "announced",
    "answered",
    "asked",
    "began",
    "called",
    "continued",
    "cried",
    "demanded",
    "exclaimed",
    "explained",
    "inquired",
    "insisted",
    "murmured",
    "muttered",
    "repeated",
    "replied",
    "retorted",
    "said",
    "says",
    "shouted",
    "sighed",
    "snapped",
    "thought",
    "told",
    "whispered",
    "wondered",
    "yelled",
];

/// The number of characters in which the closing mark of a parenthesis is looked for. Longer parentheses contain whole
/// sentences.
const PARENTHESIS: usize = 120;
/// The number of characters of a reporting clause that are examined.
const CLAUSE: usize = 60;
/// Names that include a mark at their end.
const MARKED_NAMES: &[&str] = &["Jeopardy", "Joomla", "Kahoot", "Oklahoma", "Yahoo", "Yum"];
/// The number of characters of an address that are examined.
const ADDRESS: usize = 200;
/// The number of words that may be repeated after a pause: `I thought... I thought so`.
const STAMMER: usize = 3;
const APOSTROPHES: [char; 2] = ['\'', '’'];
/// Words that begin a sentence written without a capital. After a mark they rarely do anything else.
const SMALL_OPENERS: &[&str] = &[
    "also",
    "any",
    "best",
    "can",
    "definitely",
    "don't",
    "every",
    "everyone",
    "great",
    "highly",
    "how",
    "i",
    "i'll",
    "i'm",
    "i've",
    "if",
    "it",
    "it's",
    "its",
    "just",
    "let",
    "let's",
    "maybe",
    "mine",
    "my",
    "never",
    "no",
    "not",
    "our",
    "please",
    "thank",
    "thanks",
    "that's",
    "the",
    "their",
    "there",
    "there's",
    "these",
    "they",
    "they're",
    "this",
    "those",
    "very",
    "we",
    "we're",
    "what",
    "what's",
    "when",
    "where",
    "who",
    "why",
    "will",
    "would",
    "you",
    "your",
];
/// The number of letters of a word that ends a sentence before a lowercase letter. Shorter words may be abbreviations.
const PLAIN: usize = 4;

/// Returns the bytes where a sentence ends, in ascending order. The end of the text may be missing.
pub(super) fn ends(text: &str) -> Vec<usize> {
    let style = Style::of(text);
    let mut items = list::items(text).into_iter().peekable();
    let mut ends = Vec::new();
    let (mut at, mut start) = (0, 0);
    if let Some(end) = letter::greeting(text) {
        ends.push(end);
        (at, start) = (end, end);
    }
    while let Some(c) = char_at(text, at) {
        while items.next_if(|item| item.start < at).is_some() {}
        if let Some(item) = items.next_if(|item| item.start == at) {
            if item.opens && start < at {
                ends.push(at);
                start = at;
            }
            at = item.end;
        } else if is_terminator(c) && !is_decimal_point(text, at) {
            let stop = Stop::at(text, at, start);
            at = stop.end;
            if stop.ends_sentence(text, style) {
                ends.push(at);
                start = at;
            }
        } else if let Some(end) = closing_emoticon(text, at) {
            ends.push(end);
            (at, start) = (end, end);
        } else {
            if c == '>' && is_turn_mark(text, at) {
                ends.push(at);
                start = at;
                // The other angle brackets of the mark are not separate marks.
                at += 1;
            }
            at += c.len_utf8();
        }
    }
    ends.extend(letter::closing(text, start));
    ends
}

fn is_terminator(c: char) -> bool {
    matches!(c, '.' | '!' | '?' | '…' | '‽') || is_full_stop(c)
}

/// A row of terminators with the closing marks after them.
struct Stop {
    /// The first byte, and the start of the sentence that the stop may end.
    at: usize,
    start: usize,
    /// The byte after the last mark.
    end: usize,
    dots: usize,
    /// Whether there is a `!`, a `?` or a full stop of Chinese typesetting.
    strong: bool,
    /// Whether there is a mark of Chinese typesetting. No blank follows such a mark.
    wide: bool,
    quote: bool,
}

impl Stop {
    fn at(text: &str, at: usize, start: usize) -> Stop {
        let mut stop = Stop { at, start, end: at, dots: 0, strong: false, wide: false, quote: false };
        while let Some(c) = char_at(text, stop.end) {
            if c == '.' || c == '…' {
                stop.dots += if c == '.' { 1 } else { 3 };
            } else if is_terminator(c) && !is_decimal_point(text, stop.end) {
                stop.strong = true;
                stop.wide |= is_full_stop(c);
            } else if is_closer(c) {
                stop.quote |= matches!(c, '"' | '\'' | '”' | '’' | '」' | '』' | '»');
            } else if let Some(end) = spaced(text, stop.end, stop.dots) {
                stop.dots += usize::from(text[..end].ends_with('.'));
                stop.end = end;
                continue;
            } else if let Some(end) = note_mark(text, stop.end) {
                stop.end = end;
                continue;
            } else {
                break;
            }
            stop.end += c.len_utf8();
        }
        if let Some(end) = bare_note(text, at, stop.end).filter(|_| stop.dots == 1 && !stop.strong && !stop.quote) {
            stop.end = end;
        }
        while let Some(end) = trailing(text, stop.end).or_else(|| note_mark(text, stop.end)) {
            stop.end = end;
        }
        stop
    }

    fn ends_sentence(&self, text: &str, style: Style) -> bool {
        let next = skip_blanks(text, self.end);
        let Some(c) = char_at(text, next) else { return true };
        if next == self.end {
            return self.ends_without_blank(text, c);
        }
        if matches!(c, ',' | ';' | ':' | '—' | ')' | ']' | '/' | '&' | '=' | '+' | '，' | '；' | '：') {
            return false;
        }
        if matches!(c, '-' | '–') {
            // A dash continues the sentence. After a whole sentence it begins an item: `It works. - It is cheap.`
            let behind = text.get(next + c.len_utf8()..).unwrap_or("");
            return !self.quote
                && !self.is_ellipsis()
                && behind.starts_with(' ')
                && behind[1..].starts_with(char::is_uppercase);
        }
        if matches!(c, '(' | '[') && (self.is_ellipsis() || runs_on_after_parenthesis(text, next)) {
            return false;
        }
        let word_at = text.get(next..).map_or(next, |rest| {
            next + rest.len() - rest.trim_start_matches(|c: char| is_opener(c) || is_blank(c)).len()
        });
        let word = word_from(text, word_at);
        let mut letters = word.chars();
        let (first, second) = (letters.next(), letters.next());
        // A brand such as `iPhone` may open a sentence.
        let lower = first.is_some_and(char::is_lowercase) && !second.is_some_and(char::is_uppercase);
        let small = style == Style::Small;
        if lower && !small {
            let new = style == Style::Careless || SMALL_OPENERS.contains(&word.replace('’', "'").as_str());
            return style != Style::Old && word_at == next && self.ends_before_small(text, next, new);
        }
        if self.strong {
            let reported = self.quote && word_at == next && is_reporting(text, next);
            return !reported && (!self.follows_marked_name(text) || is_opener_word(word));
        }
        if self.is_ellipsis() {
            // Only before a capital or Chinese is an ellipsis an end. Elsewhere it is a pause.
            return (small || first.is_some_and(|c| c.is_uppercase() || is_han(c))) && !self.stammers(text, word_at);
        }
        !keeps_stop(text, self.start, self.at, word_at)
    }

    /// Whether a stop ends the sentence if nothing is between it and `next`. The text may be a number, an address, a
    /// file name or Chinese, or a blank is missing.
    fn ends_without_blank(&self, text: &str, next: char) -> bool {
        let before = char_before(text, self.at);
        let word = word_from(text, self.end);
        let behind = char_at(text, self.end + word.len());
        let prose = is_opener_word(word) && behind.is_none_or(|c| is_blank(c) || c == ',');
        let lost_blank = before.is_some_and(char::is_lowercase)
            && next.is_uppercase()
            && (self.strong || prose)
            && !is_inside_address(text, self.at);
        lost_blank
            || (self.wide && !matches!(next, ',' | ';' | ':' | '，' | '、' | '；' | '：'))
            || (is_han(next) && (self.strong || (self.dots == 1 && !self.quote)))
    }

    /// Whether the sentence ends although the word at `next` has no capital, as on the web. `new` says whether the word
    /// may begin a sentence. A single mark after a capital may belong to a name (`Which? magazine`). After a mark of
    /// speech, a sentence may continue (`with a dong! like a bell`).
    fn ends_before_small(&self, text: &str, next: usize, new: bool) -> bool {
        let before = word_before(text, self.at);
        let plain = before.chars().all(char::is_lowercase);
        if self.quote || self.is_ellipsis() || is_reporting(text, next) {
            return false;
        }
        if self.strong {
            let stop = text.get(self.at..self.end).unwrap_or("");
            let many = stop.chars().filter(|&c| is_terminator(c)).count() > 1;
            return !stop.ends_with(is_closer) && (many || (plain && !before.is_empty() && new));
        }
        new && plain && before.len() >= PLAIN && has_vowel(before) && !keeps_stop(text, self.start, self.at, next)
    }

    /// Whether the stop belongs to a name, as in `Yahoo! Finance`.
    fn follows_marked_name(&self, text: &str) -> bool {
        text.get(self.at..self.end) == Some("!") && MARKED_NAMES.contains(&word_before(text, self.at))
    }

    /// Whether the same words are on both sides of the pause: `I... I can't`, `I thought... I thought so`.
    fn stammers(&self, text: &str, next: usize) -> bool {
        // `can't` begins with `can`, and `I've` with `I`.
        let bare = |w: &str| w.trim_matches(APOSTROPHES).split(APOSTROPHES).next().unwrap_or(w).to_lowercase();
        let words = |text: &str| -> Vec<String> {
            let words = text.split(|c: char| !is_word_part(c)).filter(|w| !w.is_empty());
            words.take(STAMMER).map(bare).collect()
        };
        let head = text.get(..self.at).unwrap_or("");
        let cut = head.char_indices().rev().take(CLAUSE).last().map_or(0, |(at, _)| at);
        let all = head[cut..].split(|c: char| !is_word_part(c)).filter(|w| !w.is_empty());
        let mut before: Vec<String> = all.rev().take(STAMMER).map(bare).collect();
        before.reverse();
        let end = text
            .get(next..)
            .map_or(next, |rest| next + rest.char_indices().nth(CLAUSE).map_or(rest.len(), |(at, _)| at));
        let after = words(text.get(next..end).unwrap_or(""));
        (1..=before.len().min(after.len())).any(|n| before[before.len() - n..] == after[..n])
    }

    fn is_ellipsis(&self) -> bool {
        self.dots > 1 && !self.strong
    }
}

/// Returns the end of a blank and a mark that still belong to the stop before them: a dot of `. . .`, or the outer
/// quotation mark of `.’ ”`.
fn spaced(text: &str, at: usize, dots: usize) -> Option<usize> {
    let rest = text.get(at..)?.strip_prefix([' ', '\u{A0}', '\u{2009}', '\u{202F}'])?;
    let mark = rest.chars().next()?;
    let end = text.len() - rest.len() + mark.len_utf8();
    let after = char_at(text, end);
    let free = after.is_none_or(|c| is_blank(c) || is_closer(c) || is_terminator(c) || matches!(c, ',' | ';'));
    let free = free || (mark == '.' && !after.is_some_and(char::is_alphanumeric));
    let fits = (mark == '.' && dots > 0) || matches!(mark, '"' | '\'' | '”' | '’');
    (fits && free).then_some(end)
}

/// Whether `at` is inside a web address, a mail address or a path.
fn is_inside_address(text: &str, at: usize) -> bool {
    let head = text.get(..at).unwrap_or("");
    let len: usize = head.chars().rev().take(ADDRESS).take_while(|c| !is_blank(*c)).map(char::len_utf8).sum();
    let token = &head[head.len() - len..];
    token.starts_with("www.") || token.contains(['/', '@', '\\', '=', '_'])
}

fn has_vowel(word: &str) -> bool {
    word.contains(['a', 'e', 'i', 'o', 'u', 'y'])
}

/// Whether there is a `(…)` at `at` that a lowercase letter follows, as in `AMD. (AMD) and Intel`.
fn runs_on_after_parenthesis(text: &str, at: usize) -> bool {
    let Some(rest) = text.get(at..) else { return false };
    let mut inside = rest.char_indices().take(PARENTHESIS);
    let Some((close, _)) = inside.find(|&(_, c)| matches!(c, ')' | ']')) else { return false };
    char_at(text, skip_blanks(text, at + close + 1)).is_some_and(|c| c.is_lowercase() || matches!(c, ',' | ';'))
}

fn is_opener(c: char) -> bool {
    matches!(c, '"' | '\'' | '“' | '‘' | '(' | '[' | '{' | '«' | '「' | '『' | '（' | '《' | '¿' | '¡')
}

/// Whether a reporting clause is at `at`: up to three words and a reporting verb, without a comma before the verb.
/// Examples are `Wang asked`, `I said`, `The old man replied`.
fn is_reporting(text: &str, at: usize) -> bool {
    let rest = text.get(at..).unwrap_or("");
    let len: usize =
        rest.chars().take(CLAUSE).take_while(|&c| is_word_part(c) || is_blank(c)).map(char::len_utf8).sum();
    rest[..len].split(is_blank).filter(|word| !word.is_empty()).take(4).skip(1).any(|word| REPORTING.contains(&word))
}
