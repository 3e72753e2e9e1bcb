//! What machine translation is trained on: Hugging Face's records, and the two files of Moses. Both have a place for pairs of two
//! sides only.

use std::io::{self, Write};

use serde::Serialize;

use crate::alignment::{Alignment, Pair, SavedSpeaker, rounded};

#[derive(Serialize)]
struct Record {
    translation: Translation,
    id: usize,
    score: f64,
    #[serde(skip_serializing_if = "Option::is_none")]
    speaker: Option<SavedSpeaker>,
    #[serde(skip_serializing_if = "Option::is_none")]
    relation: Option<&'static str>,
}

#[derive(Serialize)]
struct Translation {
    en: String,
    zh: String,
}

/// Pairs that have words on both sides.
fn two_sided(alignment: &Alignment) -> impl Iterator<Item = Pair<'_>> {
    alignment.pairs().filter(|p| [p.en(), p.zh()].iter().all(|half| !half.text().trim().is_empty()))
}

/// `{"translation":{"en":…,"zh":…},"id":…,"score":…}`, one a line.
pub(super) fn write_records(alignment: &Alignment, out: &mut dyn Write) -> io::Result<()> {
    for pair in two_sided(alignment) {
        let record = Record {
            translation: Translation { en: pair.en().text(), zh: pair.zh().text() },
            id: pair.id(),
            score: rounded(pair.confidence()),
            speaker: SavedSpeaker::of(pair),
            relation: pair.relation_name(),
        };
        serde_json::to_writer(&mut *out, &record)?;
        out.write_all(b"\n")?;
    }
    Ok(())
}

/// One of the two files of Moses: line i of one belongs to line i of the other. Only LF ends a line: what else could (CR,
/// NEL, the separators of Unicode) becomes a space, as do tabs.
///
/// # Errors
/// Those of `out`.
#[cfg(feature = "train")]
pub fn write_moses(alignment: &Alignment, lang: crate::text::Lang, out: &mut dyn Write) -> io::Result<()> {
    for pair in two_sided(alignment) {
        let text: String = pair.half(lang).text().chars().map(|c| if ends_line(c) { ' ' } else { c }).collect();
        writeln!(out, "{}", text.trim())?;
    }
    Ok(())
}

#[cfg(feature = "train")]
fn ends_line(c: char) -> bool {
    c.is_control() || matches!(c, '\u{2028}' | '\u{2029}')
}
