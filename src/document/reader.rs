//! From a text to its blocks, in the format it is in.

use crate::document::block::{Block, BlockKind, MappedText};
use crate::document::{Format, html, markdown, plain};
use crate::error::Result;
use crate::limits::Limit;
use crate::text::{LineKind, Source};

/// Lines that a segment may be wrapped to, and tags that a web page may need for one, before a text is taken to have more segments than
/// is allowed: prose has two lines a sentence, pages have some five tags a sentence. Each costs its reader some hundred bytes.
const LINES_A_SEGMENT: u64 = 16;
const TAGS_A_SEGMENT: u64 = 32;

/// The blocks of a text and the format they were read in, which is never [`Format::Auto`].
///
/// [`Format::Lines`] knows no blocks: its lines are segments already, and so are the texts of [`Format::Tmx`] and [`Format::Xliff`];
/// formats with times have cues.
///
/// # Errors
/// [`crate::ErrorKind::Malformed`] for a text that is not in the format asked for, [`crate::ErrorKind::Limit`] for one that must have too many
/// segments.
pub(crate) fn blocks(source: &Source, format: Format) -> Result<(Format, Vec<Block>)> {
    let text = source.text();
    let feasible =
        |pieces: usize, of_one: u64| source.limits().check(Limit::Segments, pieces as u64 / of_one, source.name());
    // Empty lines cost nothing.
    let filled = |pair: &&[u8]| pair[0] == b'\n' && !matches!(pair[1], b'\n' | b'\r');
    feasible(text.as_bytes().windows(2).filter(filled).count(), LINES_A_SEGMENT)?;
    let page = || {
        feasible(text.matches('<').count(), TAGS_A_SEGMENT)?;
        page(source)
    };
    Ok(match format {
        Format::Lines | Format::Tmx | Format::Xliff | Format::Srt | Format::Vtt | Format::Json => (format, Vec::new()),
        Format::Auto | Format::Docx if source.line_kinds().is_some() => (Format::Docx, of_kinds(source)),
        Format::Html => (Format::Html, page()?),
        Format::Auto if html::is_html(text) => (Format::Html, page()?),
        Format::Auto if markdown::is_markdown(text) => (Format::Markdown, markdown::blocks(text)),
        Format::Markdown => (Format::Markdown, markdown::blocks(text)),
        Format::Docx => {
            return Err(crate::error::Error::wrong_format(source.name(), 1, "this is not a Word document (.docx)"));
        }
        Format::Auto | Format::Plain => (Format::Plain, plain::blocks(text)),
    })
}

/// Lines whose kinds the source knows.
fn of_kinds(source: &Source) -> Vec<Block> {
    let kinds = source.line_kinds().unwrap_or_default();
    let mut at = 0;
    let lines = source.text().split_inclusive('\n').zip(kinds).filter_map(|(line, kind)| {
        let start = at;
        at += line.len();
        let words = plain::trimmed(line, 0..line.len());
        // An empty cell at the start of a row keeps its tab.
        let words = if *kind == LineKind::Row && !words.is_empty() { 0..words.end } else { words };
        let mut text = MappedText::default();
        text.push(line.get(words.clone())?, start + words.start);
        let kind = match kind {
            LineKind::Text => BlockKind::Text,
            LineKind::Heading => BlockKind::Heading,
            LineKind::Item => BlockKind::Item,
            LineKind::Row => BlockKind::Row,
        };
        (!words.is_empty() && !plain::is_rule(text.text())).then_some(Block { kind, text })
    });
    lines.collect()
}

#[cfg(feature = "html")]
fn page(source: &Source) -> Result<Vec<Block>> {
    Ok(html::blocks(source.text()))
}

#[cfg(not(feature = "html"))]
fn page(source: &Source) -> Result<Vec<Block>> {
    Err(crate::error::Error::missing_feature("read web pages", "html").in_file(source.name()))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

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

    /// Runs the cases of a file; how many there are.
    fn run(file: &str) -> usize {
        let path = format!("{}/tests/cases/reading/{file}", env!("CARGO_MANIFEST_DIR"));
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
            let (format, found) = blocks(&Source::from_text(name, text), asked.parse().unwrap()).unwrap();
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
            assert_eq!(format.name(), read, "{name}");
            check_places(text, &found);
            seen += 1;
        }
        seen
    }

    #[test]
    fn cases() {
        let seen = run("blocks.txt");
        assert!(seen > 20, "{seen} cases only");
    }

    #[cfg(feature = "html")]
    #[test]
    fn pages() {
        let seen = run("html.txt");
        assert!(seen > 12, "{seen} cases only");
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
