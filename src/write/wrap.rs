//! Text in columns: display width, and line breaks that suit both scripts.

use unicode_segmentation::UnicodeSegmentation;
use unicode_width::UnicodeWidthStr;

/// Columns that a text takes in a terminal; a Han character takes two.
pub(super) fn width(text: &str) -> usize {
    UnicodeWidthStr::width(text)
}

/// Breaks `text` into lines of at most `columns` (but at least one grapheme each): at spaces, and between wide
/// characters where no closing mark would begin a line and no opening one end it. White space and control characters,
/// which would break the layout or steer the terminal, become single spaces.
pub(super) fn wrap(text: &str, columns: usize) -> Vec<String> {
    let (mut lines, mut line, mut used) = (Vec::new(), String::new(), 0);
    for chunk in chunks(text) {
        let gap = usize::from(chunk.spaced && used > 0);
        if used > 0 && used + gap + chunk.width > columns {
            lines.push(std::mem::take(&mut line));
            used = 0;
        } else if gap > 0 {
            line.push(' ');
            used += gap;
        }
        if chunk.width <= columns {
            line.push_str(chunk.text);
            used += chunk.width;
            continue;
        }
        // A chunk that fits on no line (an address, say) is cut wherever the line ends.
        for g in chunk.text.graphemes(true) {
            if used > 0 && used + width(g) > columns {
                lines.push(std::mem::take(&mut line));
                used = 0;
            }
            line.push_str(g);
            used += width(g);
        }
    }
    if !line.is_empty() {
        lines.push(line);
    }
    lines
}

/// What no line break may divide.
struct Chunk<'a> {
    text: &'a str,
    width: usize,
    /// Whether white space stands before it.
    spaced: bool,
}

fn chunks(text: &str) -> Vec<Chunk<'_>> {
    let mut out: Vec<Chunk<'_>> = Vec::new();
    let (mut spaced, mut start, mut last) = (false, 0, None::<Glyph>);
    for (at, g) in text.grapheme_indices(true) {
        let Some(glyph) = Glyph::of(g) else {
            (spaced, last) = (true, None);
            continue;
        };
        match (last, out.last_mut()) {
            (Some(before), Some(chunk)) if before.holds(glyph) => {
                chunk.text = &text[start..at + g.len()];
                chunk.width += width(g);
            }
            _ => {
                out.push(Chunk { text: g, width: width(g), spaced });
                start = at;
            }
        }
        (spaced, last) = (false, Some(glyph));
    }
    out
}

#[derive(Clone, Copy)]
struct Glyph {
    wide: bool,
    opens: bool,
    closes: bool,
}

impl Glyph {
    /// `None` for white space and control characters.
    fn of(g: &str) -> Option<Glyph> {
        let c = g.chars().next()?;
        if c.is_whitespace() || c.is_control() {
            return None;
        }
        Some(Glyph { wide: width(g) > 1, opens: OPENING.contains(c), closes: CLOSING.contains(c) })
    }

    /// Whether no line may end between this and what follows.
    fn holds(self, next: Glyph) -> bool {
        next.closes || self.opens || (!self.wide && !next.wide)
    }
}

/// Marks that no line ends with.
pub(super) const OPENING: &str = "（【《「『〈〔“‘([{$¥￥";

/// Marks that no line begins with.
pub(super) const CLOSING: &str = "，。、；：？！）】》」』〉〕”’…—～·,.;:?!)]}%％‰";

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn breaks_at_spaces_and_between_han_characters() {
        assert_eq!(wrap("the quick brown fox", 10), ["the quick", "brown fox"]);
        assert_eq!(wrap("今天天气很好", 4), ["今天", "天气", "很好"]);
        assert_eq!(wrap("用 Rust 写", 8), ["用 Rust", "写"]);
    }

    #[test]
    fn keeps_marks_with_their_words() {
        assert_eq!(wrap("今天天气，很好", 8), ["今天天", "气，很好"]);
        assert_eq!(wrap("他说：“好”", 8), ["他说：", "“好”"]);
    }

    #[test]
    fn cuts_what_fits_nowhere_and_tames_controls() {
        assert_eq!(wrap("abcdefgh", 3), ["abc", "def", "gh"]);
        assert_eq!(wrap("a\u{1b}[31m\tb\r\nc", 80), ["a [31m b c"]);
        assert!(wrap(" \n", 5).is_empty());
    }

    proptest! {
        #[test]
        fn keeps_every_letter_within_the_columns(text in "[a-z 今天气，。“”\\t👍]{0,60}", columns in 2usize..20) {
            let lines = wrap(&text, columns);
            let bare = |s: &str| s.chars().filter(|c| !c.is_whitespace()).collect::<String>();
            prop_assert_eq!(bare(&lines.concat()), bare(&text));
            prop_assert!(lines.iter().all(|l| width(l) <= columns), "{:?}", lines);
        }
    }
}
