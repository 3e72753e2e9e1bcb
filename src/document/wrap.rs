//! How the lines of a text are broken: at a column, as an editor does, or at the edge of a page, as in text from PDF
//! files.

#[cfg(feature = "html")]
use super::line::lines;
use super::line::{columns, ends_sentence, indentation, is_blank, is_cjk};
use crate::text::is_cjk_punctuation;

/// The columns at which hard-wrapped lines end. Paragraphs on one line each are longer than the upper bound.
const WRAP_COLUMNS: std::ops::RangeInclusive<usize> = 36..=160;

/// The column that subtitle lines do not reach (42 is usual). If the wrap column is below it, the percentage of full
/// lines must be at least `NARROW_PERCENT`.
const SUBTITLE_COLUMNS: usize = 52;
const NARROW_PERCENT: usize = 90;

/// The least number of line breaks inside blocks from which wrapping can be distinguished from chance, and the same
/// number for a proportional font.
const MIN_BREAKS: usize = 3;
const MIN_PROPORTIONAL: usize = 6;

/// The percentage of the lines inside blocks that must be full in a wrapped text. The other lines end their paragraph.
/// Text from PDF files has no blank lines, so each of its paragraphs has a line that is not full.
const FULL_PERCENT: usize = 75;
const FULL_PROPORTIONAL: usize = 30;

/// The percentage of the full lines that must end inside a sentence. Lines that are sentences of similar length
/// (subtitles, verse) are not wrapped.
const OPEN_PERCENT: usize = 50;
const OPEN_PROPORTIONAL: usize = 75;

/// The percentage of lines that must be followed by a lowercase letter, among the full lines that end inside a sentence
/// and are followed by a Latin letter. Lines of verse begin with capitals.
const SMALL_PERCENT: usize = 50;

/// The percentage of the lines inside blocks that are not wider than the wrap column. A long address must not decide
/// the column.
const WIDTH_PERCENT: usize = 90;

/// The percentage of the widest line from which a line in a proportional font is full. Widths in such a font are
/// estimates.
const TOLERANCE: usize = 94;

/// The percentage of the wrap column that a line must exceed if a lowercase letter follows it and its edge is ragged.
const RAGGED: usize = 55;

/// The percentage of lines that must end with a blank, where `fold -s` or a mail program broke them, among the full
/// lines that end inside a sentence. If they do, the percentage of full lines may be lower.
const FLOWED_PERCENT: usize = 90;
const FULL_FLOWED: usize = 40;

/// The number of characters within which the colon of a speaker label must be.
const LABEL_CHARS: usize = 40;

/// The unit of the width of a line.
#[derive(Clone, Copy, PartialEq)]
enum Measure {
    Columns,
    /// Thousandths of the height of a proportional font.
    Font,
}

/// How a text is wrapped.
pub(super) struct Wrap {
    measure: Measure,
    column: usize,
    /// Whether broken lines end with a blank and other lines do not.
    flowed: bool,
}

/// A line that is not blank, together with the next one.
struct Break {
    width: usize,
    /// The width of the line with the first word of the next line.
    with_next: usize,
    /// Whether the sentence continues on the next line.
    open: bool,
    /// Whether the next line begins with a lowercase letter. `None` if it does not begin with a letter, or if Chinese
    /// continues on it.
    small: Option<bool>,
    trailing: bool,
}

impl Wrap {
    /// Finds how a text is wrapped.
    #[cfg(feature = "html")]
    pub(super) fn of(text: &str) -> Option<Wrap> {
        Wrap::of_lines(&lines(text).map(|range| &text[range]).collect::<Vec<_>>())
    }

    /// Finds how a text with these lines is wrapped. Lines that are not text are blank. Returns `None` for a text whose
    /// lines are paragraphs, sentences or cues.
    ///
    /// A wrapped line is full: it had no room for the first word of the next line. This is true of nearly all lines
    /// inside the blocks of a wrapped text, and of few lines in any other text.
    pub(super) fn of_lines(lines: &[&str]) -> Option<Wrap> {
        Wrap::at(lines, Measure::Columns).or_else(|| Wrap::at(lines, Measure::Font))
    }

    fn at(lines: &[&str], measure: Measure) -> Option<Wrap> {
        let font = measure == Measure::Font;
        let filled = |line: &str| !line.chars().all(is_blank);
        let breaks: Vec<Break> = lines
            .windows(2)
            .filter(|w| filled(w[0]) && filled(w[1]))
            .map(|w| {
                let width = measure.width(w[0]);
                Break {
                    width,
                    with_next: width + measure.blank() + measure.width(first_word(w[1])),
                    open: !ends_sentence(w[0]),
                    small: if w[0].contains(is_cjk) { None } else { first_letter(w[1]).map(char::is_lowercase) },
                    trailing: w[0].ends_with(' '),
                }
            })
            .collect();
        if breaks.len() < if font { MIN_PROPORTIONAL } else { MIN_BREAKS } {
            return None;
        }
        let mut widths: Vec<usize> = breaks.iter().map(|b| b.width).collect();
        widths.sort_unstable();
        let widest = widths[(widths.len() - 1) * WIDTH_PERCENT / 100];
        let column = if font { widest * TOLERANCE / 100 } else { widest };
        let percent = |part: usize, whole: usize| (part * 100).checked_div(whole).unwrap_or(100);
        let full: Vec<&Break> = breaks.iter().filter(|b| b.with_next > column).collect();
        let open = full.iter().filter(|b| b.open).count();
        let letters = full.iter().filter(|b| b.open && b.small.is_some()).count();
        let small = full.iter().filter(|b| b.open && b.small == Some(true)).count();
        let trailing = full.iter().filter(|b| b.open && b.trailing).count();
        let flowed =
            !font && trailing > 1 && percent(trailing, open) >= FLOWED_PERCENT && breaks.iter().any(|b| !b.trailing);
        let enough = match measure {
            _ if flowed => FULL_FLOWED,
            Measure::Font => FULL_PROPORTIONAL,
            Measure::Columns if column < SUBTITLE_COLUMNS => NARROW_PERCENT,
            Measure::Columns => FULL_PERCENT,
        };
        let wrapped = WRAP_COLUMNS.contains(&(column / measure.unit()))
            && percent(full.len(), breaks.len()) >= enough
            && percent(open, full.len()) >= if font { OPEN_PROPORTIONAL } else { OPEN_PERCENT }
            && percent(small, letters) >= SMALL_PERCENT;
        wrapped.then_some(Wrap { measure, column, flowed })
    }

    /// Whether `next` continues the paragraph of `line`. `after` is the line after `next`, or blank if there is no such
    /// line.
    pub(super) fn joins(&self, line: &str, next: &str, after: &str) -> bool {
        if begins_turn(next) || indentation(next) >= indentation(line) + 2 && !begins_turn(line) {
            return false;
        }
        let ends = ends_sentence(line);
        if self.flowed {
            return line.ends_with(' ');
        }
        if !self.is_full(line, next) {
            // If words cannot be broken, or two scripts meet, the edge is ragged.
            let small = next.trim_start_matches(is_blank).starts_with(char::is_lowercase);
            return small && !ends && self.measure.width(line) * 100 > self.column * RAGGED;
        }
        // A line that is not full and does not end a sentence is a heading or a name, unless it ends the text before
        // it.
        !(ends && (has_label(next) || (!ends_sentence(next) && !self.is_full(next, after))))
    }

    /// Whether `line` had no room for the first word of `next`.
    fn is_full(&self, line: &str, next: &str) -> bool {
        self.measure.width(line) + self.measure.blank() + self.measure.width(first_word(next)) > self.column
    }
}

impl Measure {
    fn width(self, line: &str) -> usize {
        let line = line.trim_end_matches(is_blank);
        match self {
            Measure::Columns => line.chars().map(columns).sum(),
            Measure::Font => {
                // Chinese fonts have wide quotation marks and dashes.
                let wide = line.contains(is_cjk);
                let width = |c| if wide && "“”‘’—…·".contains(c) { WIDE } else { font_width(c) };
                line.trim_start_matches(is_blank).chars().map(width).sum()
            }
        }
    }

    fn blank(self) -> usize {
        match self {
            Measure::Columns => 1,
            Measure::Font => font_width(' '),
        }
    }

    /// Returns the width of one column.
    fn unit(self) -> usize {
        match self {
            Measure::Columns => 1,
            Measure::Font => font_width('n'),
        }
    }
}

/// The width of a Chinese character.
const WIDE: usize = 1000;

/// Returns the approximate width of a character in thousandths of the height. It is the mean of usual fonts with and
/// without serifs.
fn font_width(c: char) -> usize {
    match c {
        _ if columns(c) == 2 => WIDE,
        'i' | 'j' | 'l' | '|' | '.' | ',' | ':' | ';' | '!' | '\'' | '’' | '‘' => 260,
        ' ' | 'I' | 'f' | 't' | 'r' | '(' | ')' | '[' | ']' | '-' | '/' => 320,
        'c' | 'k' | 's' | 'v' | 'x' | 'y' | 'z' | 'J' | '"' | '“' | '”' => 460,
        'm' | 'w' | 'M' | 'W' | '@' | '%' | '—' | '…' => 860,
        'A'..='Z' | '&' => 680,
        _ if is_blank(c) => 320 * columns(c),
        _ => 520,
    }
}

/// Returns the part at the start of a line that cannot be broken: a word up to its hyphen, or an East Asian character
/// with the marks after it that may not begin a line.
fn first_word(line: &str) -> &str {
    let line = line.trim_start_matches(is_blank);
    let mut chars = line.chars();
    let Some(first) = chars.next() else { return "" };
    let rest = chars.as_str();
    let len = if is_cjk(first) {
        rest.len() - rest.trim_start_matches(is_cjk_punctuation).len()
    } else {
        let end = rest.find(|c: char| is_blank(c) || is_cjk(c) || matches!(c, '-' | '–' | '—')).unwrap_or(rest.len());
        end + rest[end..].chars().next().filter(|c| matches!(c, '-' | '–' | '—')).map_or(0, char::len_utf8)
    };
    &line[..first.len_utf8() + len]
}

fn first_letter(line: &str) -> Option<char> {
    line.trim_start_matches(is_blank).chars().next().filter(|c| c.is_alphabetic() && !is_cjk(*c))
}

/// Whether a line begins with the mark of a turn, a bullet or a time stamp.
pub(super) fn begins_turn(line: &str) -> bool {
    let line = line.trim_start_matches(is_blank);
    let stamp = |open: &str| line.strip_prefix(open).is_some_and(|l| l.starts_with(|c: char| c.is_ascii_digit()));
    [">>", "- ", "• ", "– ", "* ", "· "].iter().any(|m| line.starts_with(m))
        || (stamp("[") || stamp("(") || stamp("\\[")) && line.chars().take(8).any(|c| c == ':')
}

/// Whether a line begins with text that may be a speaker label.
pub(super) fn has_label(line: &str) -> bool {
    let mut head = line.trim_start_matches(is_blank).chars().take(LABEL_CHARS);
    head.any(|c| matches!(c, ':' | '：')) && {
        let name = line.split([':', '：']).next().unwrap_or_default();
        !name.contains(['。', '，', ',', '?', '!'])
    }
}
