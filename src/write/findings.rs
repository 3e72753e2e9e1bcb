//! Findings of [`crate::check`]: one JSON object a line, or a page for a browser.
#![cfg(any(feature = "html", feature = "train"))]

use std::io::{self, Write};

use crate::check::Finding;

/// One JSON object a line: kind, severity, confidence, pair, the spans of both sides, and what else there is.
///
/// # Errors
/// Those of `out`.
#[cfg(feature = "train")]
pub fn write_jsonl(findings: &[Finding], out: &mut dyn Write) -> io::Result<()> {
    for finding in findings {
        serde_json::to_writer(&mut *out, finding)?;
        out.write_all(b"\n")?;
    }
    Ok(())
}

/// The report of [`crate::write::OutputFormat::Html`] with these findings in its margin; it shows the pairs that have one
/// until the reader asks for all.
///
/// # Errors
/// Those of `out`.
#[cfg(feature = "html")]
pub fn write_html(
    alignment: &crate::alignment::Alignment,
    findings: &[Finding],
    out: &mut dyn Write,
) -> io::Result<()> {
    super::report::write_with(alignment, findings, super::report::View::Findings, out)
}
