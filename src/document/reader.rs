//! Throw-away reader: each line a block.
use super::{Block, BlockKind, Format, MappedText};
use crate::text::Source;

pub(crate) fn blocks(source: &Source, format: Format) -> (Format, Vec<Block>) {
    let text = source.text();
    let mut out = Vec::new();
    let mut at = 0;
    for line in text.split('\n') {
        let mut mapped = MappedText::default();
        let mut kind = BlockKind::Text;
        let mut body = line.trim_end_matches('\r');
        let mut off = at;
        at += line.len() + 1;
        let t = body.trim_start_matches('#');
        if t.len() < body.len() {
            kind = BlockKind::Heading;
            off += body.len() - t.len();
            body = t;
        }
        let mut k = off;
        for piece in body.split("**") {
            mapped.push(piece, k);
            k += piece.len() + 2;
        }
        if !mapped.text().trim().is_empty() {
            out.push(Block { kind, text: mapped });
        }
    }
    (if format == Format::Auto { Format::Plain } else { format }, out)
}
