//! A table in Markdown, for a repository, a wiki or a note.

use std::io::{self, Write};

use crate::alignment::{Alignment, Half, rounded};
use crate::text::Lang;

/// A row a pair, the side given first on the left; a speaker stands in bold where a turn begins, and `⇅` marks what stands
/// elsewhere on the other side.
pub(super) fn write(alignment: &Alignment, out: &mut dyn Write) -> io::Result<()> {
    let langs = [alignment.first(), alignment.first().other()];
    let heading = langs.map(|lang| match lang {
        Lang::En => "English",
        Lang::Zh => "中文",
    });
    writeln!(out, "| | {} | {} | |", heading[0], heading[1])?;
    writeln!(out, "|---:|---|---|---:|")?;
    let mut turns = [None; 2];
    for pair in alignment.pairs() {
        let mut cells = [String::new(), String::new()];
        for (k, lang) in langs.into_iter().enumerate() {
            let half = pair.half(lang);
            if !half.is_empty() {
                cells[k] = cell(half, turns[k] != half.turn());
                turns[k] = half.turn();
            }
        }
        let moved = if pair.is_moved() { " ⇅" } else { "" };
        writeln!(out, "| {}{moved} | {} | {} | {} |", pair.id() + 1, cells[0], cells[1], rounded(pair.confidence()))?;
    }
    Ok(())
}

fn cell(half: Half<'_>, turn_begins: bool) -> String {
    let words = escaped(&half.text());
    let colon = if half.lang() == Lang::En { ": " } else { "：" };
    match half.speaker().filter(|_| turn_begins) {
        Some(label) => format!("**{}**{colon}{words}", escaped(&label.name)),
        None => words,
    }
}

/// On one line, with a backslash before what Markdown would read as markup.
fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.trim().chars() {
        match c {
            '\\' | '`' | '*' | '_' | '[' | ']' | '<' | '>' | '|' | '~' | '$' | '&' | '#' => out.extend(['\\', c]),
            c if c.is_control() || matches!(c, '\u{2028}' | '\u{2029}') => out.push(' '),
            c => out.push(c),
        }
    }
    out
}
