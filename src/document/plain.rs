//! Plain text. Each line is a block, unless the text is wrapped.

use std::ops::Range;

use crate::document::block::{Block, BlockKind, MappedText};
use crate::document::hyphen::{Hyphens, Seam};
use crate::document::left_out::{Notes, Reason};
use crate::document::line::{ends_sentence, lines};
use crate::document::line::{is_blank, is_cjk, is_rule, trimmed};
use crate::document::mark::has_turn_marks;
use crate::document::pages::Pages;
use crate::document::wrap::Wrap;
use crate::error::Result;
use crate::text::Source;

/// Two wide spaces, which begin a paragraph of Chinese.
const INDENT: &str = "\u{3000}\u{3000}";

/// The least number of lines that a text quotes with `>`. A single `>` may be an arrow.
const MIN_QUOTED: usize = 2;

/// Reads the blocks of a plain text.
pub(super) fn read(source: &Source, notes: &mut Notes) -> Result<Vec<Block>> {
    let pages = Pages::of(source.text());
    pages.left_out.iter().for_each(|range| notes.add(Reason::Page, range.clone()));
    Ok(blocks(source.text(), &pages))
}

/// A line of the text, or of a text that it quotes.
#[derive(Clone)]
struct Line {
    range: Range<usize>,
    /// The number of `>` before it.
    depth: usize,
    /// Whether a page begins with it.
    page: bool,
    /// Whether blank lines or a rule precede it.
    apart: bool,
}

fn blocks(text: &str, pages: &Pages) -> Vec<Block> {
    let lines = lines_of(text, pages);
    let whole = |line: &Line| &text[line.range.clone()];
    let wrap = {
        let mut all: Vec<&str> = Vec::with_capacity(lines.len());
        for line in &lines {
            if line.apart && !all.is_empty() {
                all.push("");
            }
            all.push(whole(line));
        }
        Wrap::of_lines(&all)
    };
    let mut hyphens = Hyphens::new(text);
    let mut blocks: Vec<Block> = Vec::new();
    for (k, line) in lines.iter().enumerate() {
        let range = trimmed(text, line.range.clone());
        let mut seam = Seam::Blank;
        let joins = k > 0
            && wrap.as_ref().is_some_and(|wrap| {
                let (before, after) = (&lines[k - 1], lines.get(k + 1).filter(|l| !l.apart));
                before.depth == line.depth
                    && (!line.apart || line.page)
                    && !(line.page && ends_sentence(whole(before)))
                    && wrap.joins(whole(before), whole(line), after.map_or("", whole))
            });
        if joins {
            seam = hyphens.seam(unblanked(whole(&lines[k - 1])), &text[range.clone()]);
        }
        for (n, part) in paragraphs(text, range).into_iter().enumerate() {
            let mut mapped = MappedText::default();
            mapped.push(&text[part.clone()], part.start);
            match blocks.last_mut().filter(|_| joins && n == 0) {
                Some(block) => join_at(&mut block.text, &mapped, seam),
                None => blocks.push(Block { kind: BlockKind::Text, text: mapped }),
            }
        }
    }
    blocks
}

/// Returns the lines that are text, without the marks that quote them.
fn lines_of(text: &str, pages: &Pages) -> Vec<Line> {
    let mut left_out = pages.left_out.iter().peekable();
    let quotes = !has_turn_marks(text) && {
        let quoted = lines(text).filter(|line| quoted(&text[line.clone()]).0 > 0);
        quoted.take(MIN_QUOTED).count() == MIN_QUOTED
    };
    let (mut all, mut apart) = (Vec::new(), false);
    for mut range in lines(text) {
        let mut depth = 0;
        if quotes {
            let (level, len) = quoted(&text[range.clone()]);
            (depth, range.start) = (level, range.start + len);
        }
        let words = trimmed(text, range.clone());
        while left_out.next_if(|out| out.end <= range.start).is_some() {}
        let dropped = left_out.peek().is_some_and(|out| out.contains(&words.start));
        if words.is_empty() || is_rule(&text[words.clone()]) {
            apart = true;
        } else if !dropped {
            let page = pages.starts.contains(&words.start);
            all.push(Line { range, depth, page, apart });
            apart = false;
        }
    }
    all
}

/// Returns the number of `>` that quote a line, and the length in bytes of these marks and the blanks after them.
fn quoted(line: &str) -> (usize, usize) {
    let (mut depth, mut len) = (0, 0);
    while let Some(rest) = line[len..].strip_prefix('>') {
        (depth, len) = (depth + 1, line.len() - rest.len());
        if rest.starts_with(" >") {
            len += 1;
        }
    }
    let free = line[len..].chars().next().is_none_or(is_blank);
    let len = if line[len..].starts_with(' ') { len + 1 } else { len };
    if depth > 0 && free { (depth, len) } else { (0, 0) }
}

/// Returns the paragraphs in a line. A paragraph begins after two wide spaces if a sentence ends before them.
fn paragraphs(text: &str, line: Range<usize>) -> Vec<Range<usize>> {
    let (mut parts, mut start) = (Vec::new(), line.start);
    for (at, _) in text[line.clone()].match_indices(INDENT) {
        let head = trimmed(text, start..line.start + at);
        if !head.is_empty() && ends_sentence(&text[head.clone()]) {
            parts.push(head);
            start = line.start + at;
        }
    }
    parts.push(trimmed(text, start..line.end));
    parts
}

/// Returns `line` without blanks at its ends. A soft hyphen is kept.
fn unblanked(line: &str) -> &str {
    line.trim_matches(|c| is_blank(c) && c != '\u{AD}')
}

/// Appends another line. Only between words of alphabets, a space replaces the line end.
#[cfg(feature = "html")]
pub(super) fn join(text: &mut MappedText, line: &MappedText) {
    join_at(text, line, Seam::Blank);
}

/// Appends another line. If a word continues, it is joined with or without its hyphen.
pub(super) fn join_at(text: &mut MappedText, line: &MappedText, seam: Seam) {
    let last = text.text().chars().next_back();
    if seam == Seam::Broken && last.is_some_and(|c| matches!(c, '-' | '‐')) {
        text.pop();
    }
    if let (Some(last), Some(first)) = (last, line.text().chars().next())
        && seam == Seam::Blank
        && !is_cjk(last)
        && !is_cjk(first)
    {
        let end = text.source_range(0..text.text().len()).end;
        text.push(" ", end);
    }
    text.append(line);
}
