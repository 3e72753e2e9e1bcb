//! Text as it is shown on a page.

/// Whole percent, rounded down so that 100% is certainty; the sum keeps .29, a little less in binary, from being 28.
pub(super) fn percent(confidence: f64) -> u32 {
    (confidence * 100.0 + 1e-6).floor() as u32
}

/// The text without characters that HTML does not allow or that would not be seen: a control character becomes its picture
/// (`␀`), a tab, which parts the cells of a row, a wide space, a line end a space.
pub(super) fn shown(text: &str) -> String {
    text.chars().map(shown_char).collect()
}

fn shown_char(c: char) -> char {
    match c {
        '\t' => '\u{2003}',
        '\n' | '\r' | '\u{85}' => ' ',
        '\0'..='\x1f' => char::from_u32(c as u32 + PICTURES).unwrap_or(char::REPLACEMENT_CHARACTER),
        '\x7f' => '\u{2421}',
        // Noncharacters are an error in HTML, and nobody sees them.
        '\u{80}'..='\u{9f}' | '\u{fdd0}'..='\u{fdef}' => char::REPLACEMENT_CHARACTER,
        c if c as u32 & 0xfffe == 0xfffe => char::REPLACEMENT_CHARACTER,
        c => c,
    }
}

/// Where Unicode has the pictures of the control characters, in their order.
const PICTURES: u32 = 0x2400;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn control_characters_are_seen() {
        assert_eq!(
            shown("a\0b\u{1b}[2J\tc\r\nd\u{9b}\u{ffff}\u{2028}é好"),
            "a␀b␛[2J\u{2003}c  d\u{fffd}\u{fffd}\u{2028}é好"
        );
    }

    #[test]
    fn hundred_is_certainty() {
        assert_eq!([0.0, 0.29, 0.999, 1.0].map(percent), [0, 29, 99, 100]);
    }
}
