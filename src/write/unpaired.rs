//! What the forms for pairs leave out: the side file of a translation memory.

use std::io::{self, Write};

use crate::alignment::{Alignment, Pair};

/// The pairs without counterpart, one JSON object a line, with the fields that [`OutputFormat::Jsonl`](super::OutputFormat::Jsonl)
/// gives them: what forms leave out that hold nothing but pairs ([`OutputFormat::takes_one_sided`](super::OutputFormat::takes_one_sided)).
/// [`Alignment::one_sided`] says how many there are.
///
/// # Errors
/// Those of `out`.
pub fn write(alignment: &Alignment, out: &mut dyn Write) -> io::Result<()> {
    for pair in alignment.pairs().filter(Pair::is_one_sided) {
        serde_json::to_writer(&mut *out, &pair)?;
        out.write_all(b"\n")?;
    }
    Ok(())
}
