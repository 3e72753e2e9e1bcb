//! Columns apart by tabs: one pair a line under a header.

use std::io::{self, Write};

use crate::alignment::{Alignment, Half};

use crate::alignment::rounded;

const HEADER: &str = "id\tshape\tconfidence\ten_speaker\tzh_speaker\ten\tzh";

pub(super) fn write(alignment: &Alignment, out: &mut dyn Write) -> io::Result<()> {
    writeln!(out, "{HEADER}")?;
    for pair in alignment.pairs() {
        let (en, zh) = (pair.en(), pair.zh());
        let (id, shape, confidence) = (pair.id(), pair.shape(), rounded(pair.confidence()));
        let (en_speaker, zh_speaker) = (speaker(en), speaker(zh));
        let (en, zh) = (cell(&en.text()), cell(&zh.text()));
        writeln!(out, "{id}\t{shape}\t{confidence}\t{en_speaker}\t{zh_speaker}\t{en}\t{zh}")?;
    }
    Ok(())
}

fn speaker(half: Half<'_>) -> String {
    half.speaker().map(|l| cell(&l.name)).unwrap_or_default()
}

/// The text on one line and in one column: a tab, line break or other control character becomes a space.
fn cell(text: &str) -> String {
    text.chars().map(|c| if c.is_control() { ' ' } else { c }).collect()
}
