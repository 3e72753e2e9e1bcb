//! Web pages: their main text as blocks.

mod detect;
#[cfg(feature = "html")]
mod main_text;
#[cfg(feature = "html")]
mod names;
#[cfg(feature = "html")]
mod tokens;
#[cfg(feature = "html")]
mod walk;

use crate::document::block::Block;
#[cfg(feature = "html")]
use crate::document::block::{BlockKind, MappedText};
use crate::document::left_out::Notes;
#[cfg(feature = "html")]
use crate::document::left_out::Reason;
#[cfg(feature = "html")]
use crate::document::plain;
#[cfg(feature = "html")]
use crate::document::wrap::Wrap;
use crate::error::Result;
#[cfg(feature = "html")]
use crate::limits::Limit;
use crate::text::Source;

/// The number of tags for which a page may have one segment, before the page is refused because it must have too many
/// segments. Pages have about five tags for each sentence, and each tag costs the reader some hundred bytes.
#[cfg(feature = "html")]
const TAGS_A_SEGMENT: u64 = 32;

/// Whether a text is a web page or a part of one.
pub(super) fn is_html(source: &Source) -> bool {
    detect::is_html(source.text())
}

/// Reads the blocks of a page.
///
/// # Errors
/// [`crate::ErrorKind::Limit`] for a page that must have too many segments.
#[cfg(feature = "html")]
pub(super) fn read(source: &Source, notes: &mut Notes) -> Result<Vec<Block>> {
    let tags = source.text().matches('<').count() as u64;
    source.limits().check(Limit::Segments, tags / TAGS_A_SEGMENT, source.name())?;
    Ok(blocks(source.text(), notes))
}

/// Refuses a page, because this build cannot read it.
#[cfg(not(feature = "html"))]
pub(super) fn read(source: &Source, _: &mut Notes) -> Result<Vec<Block>> {
    Err(crate::error::Error::missing_feature("read web pages", "html").in_file(source.name()))
}

/// Blocks of a page's main text, or of the whole page where it has none.
#[cfg(feature = "html")]
fn blocks(text: &str, notes: &mut Notes) -> Vec<Block> {
    let page = walk::walk(text);
    let reasons = main_text::select(text, &page);
    let rows = page.rows;
    let mut lines: Vec<walk::Line> = Vec::with_capacity(page.lines.len());
    for (line, reason) in page.lines.into_iter().zip(reasons) {
        match reason {
            None => lines.push(line),
            Some(reason) => notes.add(reason, line.text.source_range(0..line.text.text().len())),
        }
    }
    page.readings.iter().for_each(|range| notes.add(Reason::Reading, range.clone()));
    let wrap = wrap_of(&lines);
    let mut blocks: Vec<Block> = Vec::new();
    let mut before: Option<(usize, String)> = None;
    let mut lines = lines.drain(..).peekable();
    while let Some(line) = lines.next() {
        if let Some((row, _)) = line.cell {
            let mut cells = vec![line];
            while let Some(next) = lines.next_if(|next| next.cell.is_some_and(|(k, _)| k == row)) {
                cells.push(next);
            }
            match row_of(&cells, &rows[row]) {
                Some(text) => blocks.push(Block { kind: BlockKind::Row, text }),
                None => blocks.extend(cells.into_iter().map(|line| Block { kind: line.kind, text: line.text })),
            }
            before = None;
            continue;
        }
        let words = line.text.text().to_owned();
        let joins = before.is_some_and(|(block, last)| {
            let after = lines.peek().filter(|after| after.block == line.block).map_or("", |after| after.text.text());
            block == line.block && wrap.as_ref().is_some_and(|wrap| wrap.joins(&last, &words, after))
        });
        match blocks.last_mut().filter(|_| joins) {
            Some(block) => plain::join(&mut block.text, &line.text),
            None => blocks.push(Block { kind: line.kind, text: line.text }),
        }
        before = Some((line.block, words));
    }
    blocks
}

/// How the lines inside blocks (those that `<br>` ends) are wrapped.
#[cfg(feature = "html")]
fn wrap_of(lines: &[walk::Line]) -> Option<Wrap> {
    let mut text = String::new();
    for (k, line) in lines.iter().enumerate() {
        if k > 0 && lines[k - 1].block != line.block {
            text.push('\n');
        }
        text.push_str(line.text.text());
        text.push('\n');
    }
    Wrap::of(&text)
}

/// The cells of a row, separated by tabs. `None` if they are separate blocks, because the row only serves the layout.
#[cfg(feature = "html")]
fn row_of(cells: &[walk::Line], row: &walk::Row) -> Option<MappedText> {
    let number = |line: &walk::Line| line.cell.map_or(0, |(_, cell)| cell);
    let single = cells.windows(2).all(|pair| number(&pair[0]) < number(&pair[1]));
    if row.nests || row.cells.len() < 2 || !single {
        return None;
    }
    let mut text = MappedText::default();
    let mut cell = 0;
    for line in cells {
        for start in row.cells.get(cell + 1..=number(line)).unwrap_or_default() {
            text.push("\t", *start);
        }
        cell = number(line);
        text.append(&line.text);
    }
    Some(text)
}
