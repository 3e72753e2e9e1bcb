//! Lengths, punctuation and edges of segments.

use crate::text::{Lang, is_han};

/// What is counted, in the order of [`Marks::counts`].
pub const MARKS: [&str; 8] = ["question", "exclaim", "ellipsis", "quote", "colon", "semicolon", "paren", "comma"];

/// Class of the last mark of a segment, closing quotes and brackets aside.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum EndClass {
    /// No mark that is known.
    #[default]
    None,
    /// `?`
    Question,
    /// `!`
    Exclaim,
    /// `.`
    Stop,
    /// `:`
    Colon,
    /// `…`
    Ellipsis,
    /// `,`
    Comma,
    /// `;`
    Semicolon,
}

/// What kind of boundary the end of a segment makes inside a bead.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum EndKind {
    /// Question or exclamation.
    Question,
    /// Ellipsis.
    Ellipsis,
    /// Full stop.
    Stop,
    /// Comma, colon, semicolon, dash.
    Comma,
    /// Anything else.
    #[default]
    Other,
}

/// Marks of one segment.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Marks {
    /// How many of each of [`MARKS`]; opening and closing quotes count one each.
    pub counts: [f32; MARKS.len()],
    /// Whether it starts with a quotation mark.
    pub starts_quote: bool,
    /// Whether it ends with one.
    pub ends_quote: bool,
    /// Class of its last mark.
    pub end: EndClass,
    /// Kind of boundary at its end.
    pub kind: EndKind,
    /// Whether it starts in lower case (English only).
    pub starts_lower: bool,
    /// Whether its last quotation mark opens a quotation; `None` where it has no mark.
    pub quoting: Option<bool>,
}

impl Marks {
    /// Marks of a segment.
    pub fn of(text: &str, lang: Lang) -> Marks {
        let text = text.trim();
        let (end, kind) = ends(text);
        let body = text.trim_start_matches(['"', '“', '‘', '\'', '(']);
        Marks {
            counts: counts(text, lang),
            starts_quote: text.starts_with(['"', '“', '‘', '「', '\'']),
            ends_quote: text.ends_with(['"', '”', '’', '」', '\'']),
            end,
            kind,
            starts_lower: lang == Lang::En && body.starts_with(|c: char| c.is_ascii_lowercase()),
            quoting: last_quote(text, lang),
        }
    }
}

/// Segments that one quotation may span; beyond that its end is taken to be missing.
const LONGEST_QUOTATION: usize = 12;

/// Whether a quotation is open behind each segment. It is carried from segment to segment: lists of segments tell no
/// paragraphs at which to begin anew.
pub(super) fn quoting(marks: &[Marks]) -> Vec<bool> {
    let (mut open, mut since) = (false, 0);
    let mut after = Vec::with_capacity(marks.len());
    for m in marks {
        (open, since) = match m.quoting {
            Some(opens) => (opens, 1),
            None => (open && since < LONGEST_QUOTATION, since + 1),
        };
        after.push(open);
    }
    after
}

/// Whether the last quotation mark of a text opens a quotation. A mark that looks the same on both sides opens behind a blank,
/// a bracket, a dash or another quotation mark, and closes before one or before a mark of punctuation; an apostrophe does
/// neither, nor does one behind an s (the boys' room).
fn last_quote(text: &str, lang: Lang) -> Option<bool> {
    let mut after = None;
    let mut rest = text;
    while let Some(c) = rest.chars().next_back() {
        rest = &rest[..rest.len() - c.len_utf8()];
        let before = rest.chars().next_back();
        let opens = match c {
            '“' | '「' | '『' => Some(true),
            '”' | '」' | '』' => Some(false),
            '"' => straight_quote(before, after),
            '\'' | '‘' | '’' if lang == Lang::En => {
                let letter = |c: Option<char>| c.is_some_and(|c| c.is_ascii_alphabetic());
                let inside = c != '‘' && letter(before) && letter(after);
                match if inside { None } else { straight_quote(before, after) } {
                    Some(true) if c != '’' => Some(true),
                    Some(false) if c != '‘' && before != Some('s') => Some(false),
                    _ => None,
                }
            }
            _ => None,
        };
        if opens.is_some() {
            return opens;
        }
        after = Some(c);
    }
    None
}

/// Whether a mark that may open or close opens; `None` if neither its left nor its right tells.
fn straight_quote(before: Option<char>, after: Option<char>) -> Option<bool> {
    let quote = |c: char| matches!(c, '"' | '\'' | '“' | '”' | '‘' | '’');
    let open_before =
        before.is_none_or(|c| c.is_whitespace() || quote(c) || matches!(c, '(' | '—' | '-' | '：' | '，'));
    let close_after = after.is_none_or(|c| {
        c.is_whitespace()
            || quote(c)
            || matches!(c, ',' | '.' | ')' | '—' | ';' | ':' | '-' | '?' | '!' | '，' | '。' | '；' | '？' | '！')
    });
    let blank = |c: Option<char>| c.is_none_or(char::is_whitespace);
    match (open_before && !blank(after), close_after && !blank(before)) {
        (true, true) => Some(false),
        (true, false) => Some(true),
        (false, true) => Some(false),
        // Between a full stop and a word of Chinese, without a blank: the end of what was said.
        (false, false) if matches!(before, Some('。' | '？' | '！')) => Some(false),
        (false, false) => None,
    }
}

/// Length of a segment: characters and 1 in English; in Chinese, half a character, Han characters, and 0.3 for each other
/// one that is no space (a Latin letter says less than a Han character).
pub(super) fn length(text: &str, lang: Lang) -> f32 {
    match lang {
        Lang::En => text.chars().count() as f32 + 1.0,
        Lang::Zh => {
            0.5 + text
                .chars()
                .map(|c| match c {
                    c if is_han(c) => 1.0,
                    c if c.is_whitespace() => 0.0,
                    _ => 0.3,
                })
                .sum::<f32>()
        }
    }
}

fn ends(text: &str) -> (EndClass, EndKind) {
    let closed = |c: char| matches!(c, '"' | '”' | '’' | '」' | '\'' | ')' | '）') || c.is_whitespace();
    let text = text.trim_end_matches(closed);
    let dots = text.ends_with("...");
    let last = text.chars().next_back();
    let class = match last {
        _ if dots => EndClass::Ellipsis,
        Some('?' | '？') => EndClass::Question,
        Some('!' | '！') => EndClass::Exclaim,
        Some('.' | '。') => EndClass::Stop,
        Some(':' | '：') => EndClass::Colon,
        Some('…') => EndClass::Ellipsis,
        Some(',' | '，') => EndClass::Comma,
        Some(';' | '；') => EndClass::Semicolon,
        _ => EndClass::None,
    };
    let kind = match class {
        EndClass::Question | EndClass::Exclaim => EndKind::Question,
        EndClass::Ellipsis => EndKind::Ellipsis,
        EndClass::Stop if text.ends_with(". .") => EndKind::Ellipsis,
        EndClass::Stop => EndKind::Stop,
        EndClass::Comma | EndClass::Colon | EndClass::Semicolon => EndKind::Comma,
        EndClass::None if matches!(last, Some('—' | '-' | '、')) => EndKind::Comma,
        EndClass::None => EndKind::Other,
    };
    (class, kind)
}

fn counts(text: &str, lang: Lang) -> [f32; MARKS.len()] {
    let mut n = [0f32; MARKS.len()];
    let (mut before, mut dots) = (None, 0);
    let mut chars = text.chars().peekable();
    while let Some(c) = chars.next() {
        let after = chars.peek().copied();
        dots = if c == '.' { dots + 1 } else { 0 };
        match c {
            '?' | '？' => n[0] += 1.0,
            '!' | '！' => n[1] += 1.0,
            // A run of … or of three and more dots counts once.
            '…' if before != Some('…') => n[2] += 1.0,
            '.' if dots == 3 => n[2] += 1.0,
            ':' | '：' => n[4] += 1.0,
            ';' | '；' | '—' => n[5] += 1.0,
            '(' | '（' => n[6] += 1.0,
            ',' | '，' | '、' => n[7] += 1.0,
            '“' | '”' => n[3] += 1.0,
            '「' | '」' | '『' | '』' if lang == Lang::Zh => n[3] += 1.0,
            '"' | '\'' | '‘' | '’' if lang == Lang::En => n[3] += english_quotes(c, before, after),
            _ => {}
        }
        before = Some(c);
    }
    n
}

/// Quotes that an English mark makes: none inside a word (don't), else one where it opens and one where it closes.
fn english_quotes(c: char, before: Option<char>, after: Option<char>) -> f32 {
    let letter = |c: Option<char>| c.is_some_and(|c| c.is_ascii_alphabetic());
    if matches!(c, '\'' | '’') && letter(before) && letter(after) {
        return 0.0;
    }
    let opens = c != '’' && before.is_none_or(|b| b.is_whitespace() || matches!(b, '(' | '—' | '-'));
    let closes =
        c != '‘' && after.is_none_or(|a| a.is_whitespace() || matches!(a, ',' | '.' | ')' | '—' | ';' | ':' | '-'));
    f32::from(u8::from(opens)) + f32::from(u8::from(closes))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn count(text: &str, lang: Lang, mark: &str) -> f32 {
        counts(text, lang)[MARKS.iter().position(|m| *m == mark).unwrap()]
    }

    #[test]
    fn quotes_are_not_apostrophes() {
        assert_eq!(count("\"I don't,\" she said.", Lang::En, "quote"), 2.0);
        assert_eq!(count("“I don't know,” she said.", Lang::En, "quote"), 2.0);
        assert_eq!(count("他说：“好。”", Lang::Zh, "quote"), 2.0);
    }

    #[test]
    fn quotations_stay_open_until_they_close() {
        let states = |texts: &[&str], lang| quoting(&texts.iter().map(|t| Marks::of(t, lang)).collect::<Vec<_>>());
        let english = ["'Come in,' she said. 'The dogs' room is warm.", "Sit down.", "Don't wait.'", "He sat."];
        assert_eq!(states(&english, Lang::En), [true, true, false, false]);
        assert_eq!(states(&["\"Yes.", "No.\" He left."], Lang::En), [true, false]);
        assert_eq!(states(&["她说：“进来。", "坐吧。”", "他坐下了。"], Lang::Zh), [true, false, false]);
        assert_eq!(states(&["她说：\"进来。", "坐吧。\"他坐下了。"], Lang::Zh), [true, false]);
        let mut unclosed = vec!["“Yes."];
        unclosed.resize(LONGEST_QUOTATION + 2, "No.");
        assert_eq!(states(&unclosed, Lang::En).iter().filter(|open| **open).count(), LONGEST_QUOTATION);
    }

    #[test]
    fn runs_of_dots_count_once() {
        assert_eq!(count("Well... yes.", Lang::En, "ellipsis"), 1.0);
        assert_eq!(count("这个……那个……", Lang::Zh, "ellipsis"), 2.0);
    }

    #[test]
    fn ends_look_behind_quotes() {
        assert_eq!(ends("真的吗？”").0, EndClass::Question);
        assert_eq!(ends("Wait . .").1, EndKind::Ellipsis);
        assert_eq!(ends("He left—"), (EndClass::None, EndKind::Comma));
        assert_eq!(ends(""), (EndClass::None, EndKind::Other));
    }

    #[test]
    fn lengths_by_language() {
        assert_eq!(length("abc", Lang::En), 4.0);
        assert!((length("有 AWS。", Lang::Zh) - (0.5 + 1.0 + 4.0 * 0.3)).abs() < 1e-6);
    }
}
