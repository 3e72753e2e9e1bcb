//! What the scripts must know besides the rows, as JSON that can stand inside a `script` element.

use std::fmt::Write;
use std::io;

use serde::Serialize;

use crate::alignment::{Alignment, Relation};
use crate::text::Lang;

use super::columns::Column;
use super::langs;

#[derive(Serialize)]
struct Data<'a> {
    relation: Relation,
    /// The language on the left.
    first: Lang,
    en: Side<'a>,
    zh: Side<'a>,
    /// Of a comparable alignment the links stand instead.
    beads: Vec<BeadData<'a>>,
    links: Vec<(&'a str, &'a str, u32)>,
    /// English and Chinese segments inside linked passages that say the same.
    sentences: Vec<(&'a [usize], &'a [usize])>,
}

/// Number of the pair, English segments, Chinese segments, percent, 1 if it is moved.
type BeadData<'a> = (usize, &'a [usize], &'a [usize], u32, u8);

#[derive(Serialize)]
struct Side<'a> {
    name: &'a str,
    segments: usize,
}

pub(super) fn json(alignment: &Alignment, columns: &[Column]) -> io::Result<String> {
    let side = |lang: Lang| Side {
        name: alignment.side(lang).document.source().name(),
        segments: alignment.side(lang).segments.len(),
    };
    let comparable = alignment.relation() == Relation::Comparable;
    let beads = alignment.pairs().filter(|_| !comparable).map(|pair| {
        let bead = pair.bead();
        let moved = u8::from(pair.is_moved());
        (pair.id(), bead.en.as_slice(), bead.zh.as_slice(), crate::write::html_text::percent(bead.confidence), moved)
    });
    let data = Data {
        relation: alignment.relation(),
        first: langs(alignment)[0],
        en: side(Lang::En),
        zh: side(Lang::Zh),
        beads: beads.collect(),
        links: columns.first().into_iter().flat_map(Column::links).collect(),
        sentences: alignment
            .pairs()
            .flat_map(|p| p.sentence_beads())
            .map(|b| (b.en.as_slice(), b.zh.as_slice()))
            .collect(),
    };
    Ok(inside_script(&serde_json::to_string(&data)?))
}

/// The same JSON without what could end the element or a line of script: outside strings none of these occurs.
fn inside_script(json: &str) -> String {
    let mut text = String::with_capacity(json.len());
    for c in json.chars() {
        if matches!(c, '<' | '>' | '&' | '\u{2028}' | '\u{2029}') || c.is_control() {
            let _ = write!(text, "\\u{:04x}", c as u32);
        } else {
            text.push(c);
        }
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_ends_the_element() {
        let text = "</script><!--&\u{2028}\u{9b}\u{7f}\0\"";
        let json = inside_script(&serde_json::to_string(text).unwrap());
        assert!(json.is_ascii() && !json.contains(['<', '>', '&']), "{json}");
        assert_eq!(serde_json::from_str::<String>(&json).unwrap(), text);
    }
}
