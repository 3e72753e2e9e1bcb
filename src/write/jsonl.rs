//! One JSON object a pair and line.

use std::io::{self, Write};

use crate::alignment::Alignment;

pub(super) fn write(alignment: &Alignment, out: &mut dyn Write) -> io::Result<()> {
    for pair in alignment.pairs() {
        serde_json::to_writer(&mut *out, &pair)?;
        out.write_all(b"\n")?;
    }
    Ok(())
}
