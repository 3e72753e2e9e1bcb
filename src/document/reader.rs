//! From a text to its blocks, in the format it is in.

use crate::document::block::Block;
use crate::document::{Format, markdown, plain};
use crate::error::Result;
use crate::text::Source;

/// The blocks of a text and the format they were read in, which is never [`Format::Auto`].
///
/// [`Format::Lines`] knows no blocks: its lines are segments already. Nor do formats with times: theirs are cues.
///
/// # Errors
/// [`crate::Error::Layout`] for a text that is not in the format asked for.
pub(crate) fn blocks(source: &Source, format: Format) -> Result<(Format, Vec<Block>)> {
    let text = source.text();
    Ok(match format {
        Format::Lines | Format::Srt | Format::Vtt | Format::Json => (format, Vec::new()),
        Format::Auto if markdown::is_markdown(text) => (Format::Markdown, markdown::blocks(text)),
        Format::Markdown => (Format::Markdown, markdown::blocks(text)),
        Format::Auto | Format::Plain => (Format::Plain, plain::blocks(text)),
    })
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::document::BlockKind;

    /// Every block's words but entities, tabs of rows and spaces for line ends stand in the source where they say.
    fn check_places(text: &str, blocks: &[Block]) {
        let mut end = 0;
        for block in blocks {
            let words = block.text.text();
            assert!(words.chars().any(|c| !c.is_whitespace()), "{blocks:?}");
            for (at, c) in words.char_indices() {
                let place = block.text.offset(at);
                assert!(place >= end && place < text.len(), "{at} of {words:?} at {place}, behind {end}");
                assert!(text.is_char_boundary(place));
                end = place + 1;
                let here = text[place..].chars().next();
                assert!(here == Some(c) || matches!(c, ' ' | '\t') || here == Some('&'), "{c:?} {here:?} in {words:?}");
            }
        }
    }

    #[test]
    fn cases() {
        let path = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/cases/reading/blocks.txt");
        let hidden =
            [('␍', "\r"), ('␤', "\u{2028}"), ('␣', "\u{3000}"), ('⇥', "\t"), ('⍽', "\u{A0}"), ('⌀', "\u{200B}")];
        let file = std::fs::read_to_string(path).unwrap();
        let file = hidden.iter().fold(file, |f, (sign, meant)| f.replace(*sign, meant));
        let mut seen = 0;
        for case in file.split("\n=== ").skip(1) {
            let (name, case) = case.split_once('\n').unwrap();
            let (text, rest) = case.rsplit_once("\n--- ").unwrap();
            let (formats, expected) = rest.split_once('\n').unwrap();
            let (asked, read) = formats.split_once(" -> ").unwrap();
            let format = match asked {
                "plain" => Format::Plain,
                "markdown" => Format::Markdown,
                _ => Format::Auto,
            };
            let (format, found) = blocks(&Source::from_text(name, text), format).unwrap();
            let found_lines: Vec<String> = found
                .iter()
                .map(|b| {
                    let kind = match b.kind {
                        BlockKind::Text => 'T',
                        BlockKind::Heading => 'H',
                        BlockKind::Item => 'I',
                        BlockKind::Row => 'R',
                    };
                    format!("{kind} {}", b.text.text())
                })
                .collect();
            assert_eq!(found_lines.join("\n"), expected.trim_end_matches('\n'), "{name}");
            assert_eq!(format!("{format:?}").to_lowercase(), read, "{name}");
            check_places(text, &found);
            seen += 1;
        }
        assert!(seen > 20, "{seen} cases only");
    }

    proptest! {
        #[test]
        fn any_text_keeps_its_places(parts in prop::collection::vec(prop::sample::select(vec![
            "**", "*", "_", "__", "`", "```", "\n", "\n\n", "\r\n", "\r", " ", "    ", "#", "# ", "- ", "1. ", "1986. ", ">",
            ">>", "[", "]", "](", ")", "]: ", "http://a.b", "|", "---", "\\", "<b>", "<!--", "-->", "<", ">", "&amp;", "&nGt;",
            "&#0;", "\0", "\u{2028}", "\u{3000}", "你好", "。", "“", "”", "：", "Ben", ": ", "\t", "title: x\n", "é", "😀", "~~", "=",
        ]), 0..40)) {
            let text = parts.concat();
            let source = Source::from_text("t", &text);
            for format in [Format::Auto, Format::Plain, Format::Markdown] {
                check_places(source.text(), &blocks(&source, format).unwrap().1);
            }
        }
    }
}
