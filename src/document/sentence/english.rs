//! Where English sentences end.

use super::{char_at, char_before, is_blank, is_closer, is_full_stop, is_turn_mark, skip_blanks};
use crate::text::is_han;

/// Before a name or a number, never the last word of a sentence.
const NEVER_LAST: &[&str] = &[
    "adm", "brig", "capt", "cf", "cmdr", "col", "dr", "e.g", "eg", "gen", "gov", "hon", "i.e", "ie", "lt", "maj",
    "messrs", "mr", "mrs", "ms", "mx", "pres", "prof", "rep", "rev", "sen", "sgt", "supt", "viz", "vs",
];

/// Abbreviations that may end a sentence as well: they do where the next word is one that opens sentences.
const PERHAPS_LAST: &[&str] = &[
    "al", "apr", "approx", "assn", "assoc", "aug", "ave", "blvd", "bros", "co", "corp", "dec", "dept", "dist", "div",
    "ed", "eds", "esp", "est", "etc", "feb", "gmbh", "inc", "incl", "jan", "jr", "jul", "jun", "llc", "ltd", "mar",
    "misc", "nov", "oct", "ph.d", "plc", "rd", "sep", "sept", "sq", "sr", "st", "mt", "ft", "tel", "univ",
];

/// Abbreviations only before a number: `No. 5` against a plain `no.`
const BEFORE_NUMBER: &[&str] =
    &["art", "ch", "eq", "fig", "figs", "no", "nos", "p", "para", "pp", "pt", "sec", "vol", "vols", "ver", "v"];

/// Words that open sentences and hardly follow an abbreviation inside one.
const OPENERS: &[&str] = &[
    "A", "After", "Also", "Although", "An", "And", "Are", "As", "At", "Because", "Before", "But", "By", "Can", "Could",
    "Did", "Do", "Does", "Each", "Even", "For", "From", "He", "Her", "Here", "His", "How", "However", "I", "I'd",
    "I'll", "I'm", "I've", "If", "In", "Is", "It", "It's", "Its", "Let", "Many", "Most", "My", "Now", "On", "Or",
    "Our", "She", "Since", "So", "Some", "That", "That's", "The", "Their", "Then", "There", "There's", "These", "They",
    "They're", "This", "Those", "Thus", "To", "Was", "We", "We're", "We've", "Well", "Were", "What", "When", "Where",
    "Which", "While", "Who", "Why", "Will", "With", "Would", "Yes", "Yet", "You", "Your",
];

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

/// Words whose number opens a caption or a heading.
const CAPTIONS: &[&str] = &[
    "Appendix", "Chapter", "Chart", "Exhibit", "Fig", "Figure", "Item", "Part", "Question", "Section", "Step", "Table",
];

/// Characters looked through for the closing mark of a parenthesis: longer ones hold sentences of their own.
const PARENTHESIS: usize = 120;
/// Characters of a word or of a reporting clause that are looked at.
const WORD: usize = 24;
const CLAUSE: usize = 60;
/// Stops that show whether the text is written without capitals, and how many of them must be followed by a small letter.
const STOPS_LOOKED_AT: usize = 200;
const WITHOUT_CAPITALS: f64 = 0.7;

/// Bytes where a sentence ends, ascending; the end of the text is left out or not.
pub(super) fn ends(text: &str) -> Vec<usize> {
    let small = has_no_capitals(text);
    let mut ends = Vec::new();
    let (mut at, mut start) = (0, 0);
    while let Some(c) = char_at(text, at) {
        if is_terminator(c) {
            let stop = Stop::at(text, at, start);
            at = stop.end;
            if stop.ends_sentence(text, small) {
                ends.push(at);
                start = at;
            }
        } else {
            if c == '>' && is_turn_mark(text, at) {
                ends.push(at);
                start = at;
                // The mark's other angle brackets are no marks of their own.
                at += 1;
            }
            at += c.len_utf8();
        }
    }
    ends
}

fn is_terminator(c: char) -> bool {
    matches!(c, '.' | '!' | '?' | '…' | '‽') || is_full_stop(c)
}

/// Terminators in a row with the closing marks behind them.
struct Stop {
    /// First byte, and where the sentence began that it may end.
    at: usize,
    start: usize,
    /// Behind the last mark.
    end: usize,
    dots: usize,
    /// `!`, `?` or a full stop of Chinese typesetting.
    strong: bool,
    /// One of Chinese typesetting, which no blank follows.
    wide: bool,
    quote: bool,
}

impl Stop {
    fn at(text: &str, at: usize, start: usize) -> Stop {
        let mut stop = Stop { at, start, end: at, dots: 0, strong: false, wide: false, quote: false };
        while let Some(c) = char_at(text, stop.end) {
            if c == '.' || c == '…' {
                stop.dots += if c == '.' { 1 } else { 3 };
            } else if is_terminator(c) {
                stop.strong = true;
                stop.wide |= is_full_stop(c);
            } else if is_closer(c) {
                stop.quote |= matches!(c, '"' | '\'' | '”' | '’' | '」' | '』' | '»');
            } else if let Some(end) = spaced(text, stop.end, stop.dots).or_else(|| note_mark(text, stop.end)) {
                stop.end = end;
                continue;
            } else {
                break;
            }
            stop.end += c.len_utf8();
        }
        stop
    }

    fn ends_sentence(&self, text: &str, small: bool) -> bool {
        let next = skip_blanks(text, self.end);
        let Some(c) = char_at(text, next) else { return true };
        if next == self.end {
            // Nothing between the stop and what follows: a number, an address, a file name, or Chinese.
            let before = char_before(text, self.at);
            let lost_blank = before.is_some_and(char::is_lowercase)
                && c.is_uppercase()
                && (self.strong || OPENERS.binary_search(&word_from(text, next)).is_ok());
            return lost_blank
                || (self.wide && !matches!(c, ',' | ';' | ':' | '，' | '、' | '；' | '：'))
                || (is_han(c) && (self.strong || self.dots == 1));
        }
        if matches!(c, ',' | ';' | ':' | '—' | '–' | '-' | ')' | ']' | '/' | '&' | '=' | '+' | '，' | '；' | '：')
        {
            return false;
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
        if lower && !small {
            return false;
        }
        if self.strong {
            return !(self.quote && word_at == next && is_reporting(text, next));
        }
        if self.is_ellipsis() {
            // `I... I can't`: a stammer. Before anything but a capital, a trailing off.
            return (small || first.is_some_and(|c| c.is_uppercase() || is_han(c)))
                && word.split(['\'', '’']).next() != Some(word_before(text, self.at));
        }
        !self.is_abbreviation(text, word, first)
    }

    fn is_ellipsis(&self) -> bool {
        self.dots > 1 && !self.strong
    }

    /// Whether the full stop belongs to the word before it.
    fn is_abbreviation(&self, text: &str, next: &str, next_first: Option<char>) -> bool {
        let before = word_before(text, self.at);
        let word_start = self.at - before.len();
        let opens = |at| {
            text.get(self.start..at).is_some_and(|gap| gap.chars().take(WORD).all(|c| is_blank(c) || is_opener(c)))
        };
        if before.is_empty() {
            return false;
        }
        // `1. Introduction`, `IV. Results`, `a. First point`: numbering.
        let roman = before.chars().all(|c| matches!(c, 'I' | 'V' | 'X'));
        let number =
            before.split('.').all(|part| (1..=3).contains(&part.len()) && part.bytes().all(|b| b.is_ascii_digit()));
        if opens(word_start) && (number || (roman && before.len() <= 4) || before.chars().count() == 1) {
            return true;
        }
        // `Figure 1.2. A map`, at the start of a caption.
        let caption = text.get(..word_start).map_or("", |head| head.strip_suffix(' ').unwrap_or(head));
        let word = word_before(text, caption.len());
        if number && CAPTIONS.contains(&word) && opens(caption.len() - word.len()) {
            return true;
        }
        let lower = before.to_lowercase();
        let is_in = |list: &[&str]| list.contains(&lower.as_str());
        if is_in(NEVER_LAST) {
            return true;
        }
        let digit = next_first.is_some_and(|c| c.is_numeric());
        if is_in(BEFORE_NUMBER) && digit {
            return true;
        }
        let opener = OPENERS.binary_search(&next.replace('’', "'").as_str()).is_ok();
        if before.chars().count() == 1 && before.chars().all(char::is_uppercase) {
            // `J. P. Morgan`, but `you and I. We`, `vitamin C. The`.
            return !opener || (follows_name(text, word_start) && before != "I");
        }
        let dotted = before.contains('.')
            && before.split('.').all(|part| part.chars().count() <= 2 && part.chars().all(char::is_alphabetic));
        (dotted || is_in(PERHAPS_LAST)) && !opener
    }
}

/// End of a blank and a mark that still belong to the stop before: the dots of `. . .`, the outer quote of `.’ ”`.
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

/// End of a footnote number `[12]`.
fn note_mark(text: &str, at: usize) -> Option<usize> {
    let rest = text.get(at..)?.strip_prefix('[')?;
    let digits = rest.bytes().take(4).take_while(u8::is_ascii_digit).count();
    (digits > 0 && rest.as_bytes().get(digits) == Some(&b']')).then_some(at + digits + 2)
}

/// `(…)` at `at` that a small letter follows, as in `AMD. (AMD) and Intel`.
fn runs_on_after_parenthesis(text: &str, at: usize) -> bool {
    let Some(rest) = text.get(at..) else { return false };
    let mut inside = rest.char_indices().take(PARENTHESIS);
    let Some((close, _)) = inside.find(|&(_, c)| matches!(c, ')' | ']')) else { return false };
    char_at(text, skip_blanks(text, at + close + 1)).is_some_and(|c| c.is_lowercase() || matches!(c, ',' | ';'))
}

fn is_opener(c: char) -> bool {
    matches!(c, '"' | '\'' | '“' | '‘' | '(' | '[' | '{' | '«' | '「' | '『' | '（' | '《' | '¿' | '¡')
}

fn is_word_part(c: char) -> bool {
    c.is_alphanumeric() || matches!(c, '\'' | '’')
}

fn word_from(text: &str, at: usize) -> &str {
    let rest = text.get(at..).unwrap_or("");
    let len: usize = rest.chars().take(WORD).take_while(|&c| is_word_part(c)).map(char::len_utf8).sum();
    &rest[..len]
}

/// The word that ends at `at`, inner full stops included (`U.S`).
fn word_before(text: &str, at: usize) -> &str {
    let head = text.get(..at).unwrap_or("");
    let len: usize =
        head.chars().rev().take(WORD).take_while(|&c| is_word_part(c) || c == '.').map(char::len_utf8).sum();
    head[head.len() - len..].trim_start_matches(['.', '\'', '’'])
}

/// Whether the word before `at` is capitalised, as a first name is.
fn follows_name(text: &str, at: usize) -> bool {
    let head = text.get(..at).unwrap_or("").trim_end_matches([' ', '.']);
    word_before(text, head.len()).chars().next().is_some_and(char::is_uppercase)
}

/// `Wang asked`, `I said`, `The old man replied` at `at`: up to three words and a reporting verb, and no comma before it.
fn is_reporting(text: &str, at: usize) -> bool {
    let rest = text.get(at..).unwrap_or("");
    let len: usize =
        rest.chars().take(CLAUSE).take_while(|&c| is_word_part(c) || is_blank(c)).map(char::len_utf8).sum();
    rest[..len].split(is_blank).filter(|word| !word.is_empty()).take(4).skip(1).any(|word| REPORTING.contains(&word))
}

/// Whether stops are mostly followed by small letters: speech recognition without capitals.
fn has_no_capitals(text: &str) -> bool {
    let (mut small, mut all) = (0usize, 0usize);
    let mut chars = text.chars().peekable();
    while let Some(c) = chars.next() {
        if !matches!(c, '.' | '?' | '!') || !chars.peek().is_some_and(|&c| is_blank(c)) {
            continue;
        }
        while chars.peek().is_some_and(|&c| is_blank(c)) {
            chars.next();
        }
        match chars.peek() {
            Some(c) if c.is_lowercase() => (small, all) = (small + 1, all + 1),
            Some(c) if c.is_uppercase() => all += 1,
            _ => {}
        }
        if all == STOPS_LOOKED_AT {
            break;
        }
    }
    all >= 2 && small as f64 >= WITHOUT_CAPITALS * all as f64 && !text.chars().any(char::is_uppercase)
}

#[cfg(test)]
mod tests {
    #[test]
    fn openers_are_sorted() {
        assert!(super::OPENERS.is_sorted());
    }
}
