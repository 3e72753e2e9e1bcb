//! The text of PDF files, which `pdftotext` reads.
//!
//! Rust crates for PDF too often lose the order of columns and the spaces between words, and every system has a package
//! with `pdftotext`.

use std::io::{ErrorKind, Read, Write};
use std::process::{ChildStdout, Command, Stdio};

use crate::failure::Failure;

/// Whether a file is a PDF file.
pub(crate) fn is_pdf(bytes: &[u8]) -> bool {
    bytes.starts_with(b"%PDF-")
}

/// The text of a PDF file. `all` reads all that `pdftotext` prints, within the limits of a file.
pub(crate) fn text(
    name: &str,
    bytes: &[u8],
    all: impl FnOnce(&mut ChildStdout) -> Result<Vec<u8>, Failure>,
) -> Result<Vec<u8>, Failure> {
    let failed = |what: String| Failure::Message(format!("{name}: {what}"));
    // A name that we choose, because the user's name may begin with a dash or mean standard input.
    let mut file = tempfile::Builder::new().suffix(".pdf").tempfile().map_err(|e| Failure::io(name, &e))?;
    file.write_all(bytes).map_err(|e| Failure::io(name, &e))?;
    let mut command = Command::new("pdftotext");
    command.args(["-q", "-enc", "UTF-8", "-eol", "unix"]).arg(file.path()).arg("-");
    let mut child = match command.stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn() {
        Ok(child) => child,
        Err(e) if e.kind() == ErrorKind::NotFound => {
            return Err(failed(
                "this is a PDF file, and the program pdftotext that reads it is not there; install it (the package \
                 poppler-utils or poppler), or save the file as text and give that"
                    .to_owned(),
            ));
        }
        Err(e) => return Err(failed(format!("pdftotext does not start: {e}"))),
    };
    let read = child.stdout.take().map(|mut out| all(&mut out));
    if !matches!(read, Some(Ok(_))) {
        // It may have more to print. Then the way it ends is of no interest.
        let _ = child.kill();
    }
    let mut said = String::new();
    if let Some(mut errors) = child.stderr.take() {
        let _ = errors.read_to_string(&mut said);
    }
    let status = child.wait().map_err(|e| failed(format!("pdftotext does not end: {e}")))?;
    let text = read.unwrap_or_else(|| Ok(Vec::new()))?;
    if !status.success() {
        let why = said.lines().next().unwrap_or("it says no more").trim();
        return Err(failed(format!("pdftotext cannot read this PDF file ({why}); save it as text and give that")));
    }
    Ok(text)
}
