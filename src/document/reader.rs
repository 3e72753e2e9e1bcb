//! Reads the content of a text from its format.

use super::block::Block;
use super::format::{Format, Reader};
use super::left_out::Notes;
use super::paired::Contents;
use super::timed::{self, RawCue};
use crate::error::{Error, ErrorKind, Result};
use crate::limits::Limit;
use crate::text::Source;

/// The number of lines for which a text may have one segment, before it is refused because it must have too many
/// segments. Prose has about two lines for each sentence, and each line costs the reader some hundred bytes.
const LINES_A_SEGMENT: u64 = 16;

/// The number of cues for which a text may have one segment on average, before it is refused in the same way. Subtitles
/// have two or three cues for each sentence.
const CUES_A_SEGMENT: u64 = 4;

/// The content of a text.
pub(super) enum Content {
    Blocks(Vec<Block>),
    Cues(Vec<RawCue>),
    Units(Contents),
    /// Each line is a segment.
    Lines,
}

/// The cues of a text that has times, and their format.
struct Cues {
    format: Format,
    cues: Result<Vec<RawCue>>,
    notes: Notes,
}

/// Reads the content of a text. Returns also the format that was used, which is never [`Format::Auto`], and what was
/// left out.
///
/// # Errors
/// [`crate::ErrorKind::WrongFormat`] for a text that is not in the requested format, [`crate::ErrorKind::Malformed`]
/// for a text that breaks the rules of its format, [`crate::ErrorKind::Limit`] for a text that must have too many
/// segments.
pub(super) fn read(source: &Source, format: Format) -> Result<(Format, Content, Notes)> {
    let cues = cues(source, format);
    let timed = cues.as_ref().map(|cues| cues.format);
    let format = if format == Format::Auto { detected(source, timed) } else { format };
    Ok(match cues {
        Some(cues) if cues.format == format => (format, bounded(source, cues.cues?)?, cues.notes),
        _ => {
            let mut notes = Notes::default();
            (format, content(source, format, &mut notes)?, notes)
        }
    })
}

/// Returns the cues of a text in a format with times, and `None` for other texts. For a text that looks like such a
/// format but cannot be read in any of them, returns the error of the first format.
fn cues(source: &Source, format: Format) -> Option<Cues> {
    let read = |format: Format| match format.reader() {
        Reader::Cues(read) => {
            let mut notes = Notes::default();
            let cues = read(source, &mut notes).map(|cues| timed::prepared(cues, &mut notes));
            Some(Cues { format, cues, notes })
        }
        _ => None,
    };
    if format != Format::Auto {
        const ADVICE: &str = "name its real format, or let duiqi find it";
        return read(format).map(|cues| cues.advised(ADVICE));
    }
    let mut unread = None;
    for format in candidates(source).take_while(|format| !matches!(format.reader(), Reader::Units(_))) {
        let Some(cues) = read(format) else { continue };
        if cues.is_spoken() {
            return Some(cues);
        }
        unread = unread.or(Some(cues));
    }
    let Cues { format, cues, notes } = unread.filter(|_| source.line_kinds().is_none())?;
    let silent = || Error::not_read(source.name(), 1, "there are no words in it");
    let error = cues.map_or_else(|error| error, |_| silent());
    let wrong = error.kind() == ErrorKind::WrongFormat;
    Some(Cues { format, cues: Err(if wrong { error.found(format.name()) } else { error }), notes })
}

/// Returns the format that a text seems to be in. With `timed`, only formats with times are considered.
fn detected(source: &Source, timed: Option<Format>) -> Format {
    let with_times = |format: Format| matches!(format.reader(), Reader::Cues(_));
    let fits = |format: &Format| !with_times(*format) || Some(*format) == timed;
    candidates(source).find(fits).unwrap_or(Format::Plain)
}

/// Returns the formats that a text seems to be in, the most special first.
fn candidates(source: &Source) -> impl Iterator<Item = Format> {
    Format::ALL.iter().rev().copied().filter(|format| format.is_in(source))
}

impl Cues {
    /// Adds advice to the error for a text that is not in the format.
    fn advised(self, advice: &str) -> Cues {
        let add = |error: Error| if error.kind() == ErrorKind::WrongFormat { error.advised(advice) } else { error };
        Cues { cues: self.cues.map_err(add), ..self }
    }

    /// Whether the cues contain words.
    fn is_spoken(&self) -> bool {
        self.cues.as_ref().is_ok_and(|cues| !cues.iter().all(RawCue::is_silent))
    }
}

fn content(source: &Source, format: Format, notes: &mut Notes) -> Result<Content> {
    match format.reader() {
        Reader::Blocks(read) | Reader::Unpacked(read) => {
            // Empty lines do not count.
            let filled = |pair: &&[u8]| pair[0] == b'\n' && !matches!(pair[1], b'\n' | b'\r');
            let lines = source.text().as_bytes().windows(2).filter(filled).count() as u64;
            source.limits().check(Limit::Segments, lines / LINES_A_SEGMENT, source.name())?;
            Ok(Content::Blocks(read(source, notes)?))
        }
        Reader::Cues(read) => bounded(source, read(source, notes)?),
        Reader::Units(read) => Ok(Content::Units(read(source)?)),
        Reader::Lines => Ok(Content::Lines),
    }
}

/// Returns the cues as content that has no segments yet.
fn bounded(source: &Source, cues: Vec<RawCue>) -> Result<Content> {
    source.limits().check(Limit::Segments, cues.len() as u64 / CUES_A_SEGMENT, source.name())?;
    Ok(Content::Cues(timed::settled(cues)))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::document::block::BlockKind;

    /// Checks that the words of every block are at their places in the source, except entities, tabs of rows and spaces
    /// in place of line ends.
    fn check_places(text: &str, blocks: &[Block]) {
        let mut end = 0;
        for block in blocks {
            let words = block.text.text();
            assert!(words.chars().any(|c| !c.is_whitespace()), "{blocks:?}");
            for (at, c) in words.char_indices() {
                let place = block.text.offset(at);
                assert!(place >= end && place < text.len(), "{at} of {words:?} at {place}, expected at or after {end}");
                assert!(text.is_char_boundary(place));
                end = place + 1;
                let here = text[place..].chars().next();
                // An entity may stand for two characters; the second one is at a place inside it.
                let entity = text[..place].rfind('&').is_some_and(|start| !text[start..place].contains(';'));
                let exact = here == Some(c) || matches!(c, ' ' | '\t') || matches!(here, Some('&' | '<')) || entity;
                assert!(exact, "{c:?} {here:?} in {words:?}");
            }
        }
    }

    fn blocks(source: &Source, format: Format) -> (Format, Vec<Block>) {
        match read(source, format).unwrap() {
            (format, Content::Blocks(blocks), _) => (format, blocks),
            (format, ..) => panic!("{} has no blocks: {format}", source.name()),
        }
    }

    /// Runs the cases of a file and returns how many there are.
    fn run(file: &str) -> usize {
        let path = format!("{}/tests/cases/reading/{file}", env!("CARGO_MANIFEST_DIR"));
        let hidden = [
            ('␍', "\r"),
            ('␤', "\u{2028}"),
            ('␣', "\u{3000}"),
            ('⇥', "\t"),
            ('⍽', "\u{A0}"),
            ('⌀', "\u{200B}"),
            ('␌', "\u{C}"),
            ('⁃', "\u{AD}"),
        ];
        let file = std::fs::read_to_string(path).unwrap();
        let file = hidden.iter().fold(file, |f, (sign, meant)| f.replace(*sign, meant));
        let mut seen = 0;
        for case in file.split("\n=== ").skip(1) {
            let (name, case) = case.split_once('\n').unwrap();
            let (text, rest) = case.rsplit_once("\n--- ").unwrap();
            let (formats, expected) = rest.split_once('\n').unwrap();
            let (asked, read) = formats.split_once(" -> ").unwrap();
            let (format, found) = blocks(&Source::from_text(name, text), asked.parse().unwrap());
            let found_lines: Vec<String> = found
                .iter()
                .map(|b| {
                    let kind = match b.kind {
                        BlockKind::Text => 'T',
                        BlockKind::Heading => 'H',
                        BlockKind::Item => 'I',
                        BlockKind::Row => 'R',
                        BlockKind::Code => 'C',
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
                // Some of these texts are tables of pairs.
                if let Ok((_, Content::Blocks(blocks), _)) = read(&source, format) {
                    check_places(source.text(), &blocks);
                }
            }
        }
    }
}
