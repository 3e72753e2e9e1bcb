//! Beads as indices, the form of gold files: `[0]:[0,1]`.

use std::io::{self, Write};

use crate::alignment::{Alignment, Half};

/// Indices are those of the segments in their file, as in the other forms.
pub(super) fn write(alignment: &Alignment, out: &mut dyn Write) -> io::Result<()> {
    let first = alignment.first();
    for pair in alignment.pairs() {
        writeln!(out, "{}:{}", list(pair.half(first)), list(pair.half(first.other())))?;
    }
    Ok(())
}

fn list(half: Half<'_>) -> String {
    let indices: Vec<String> = half.segments().map(|s| s.index.to_string()).collect();
    format!("[{}]", indices.join(","))
}
