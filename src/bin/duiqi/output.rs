//! Writing results: to standard output, or to a file that is there completely or not at all.

use std::fs;
use std::io::{self, BufWriter, IsTerminal, Write};
use std::path::{Path, PathBuf};

use crate::failure::Failure;

/// Writes what `write` gives to standard output, or to the file `path`.
pub(crate) fn deliver(
    path: Option<&Path>,
    write: impl FnOnce(&mut dyn Write) -> io::Result<()>,
) -> Result<(), Failure> {
    match path {
        Some(path) if path.as_os_str() != "-" => to_file(path, write),
        _ => {
            let mut out = BufWriter::new(io::stdout().lock());
            write(&mut out).and_then(|()| out.flush()).map_err(|e| Failure::io("standard output", &e))
        }
    }
}

/// Whether a table on standard output may use colours: a terminal is there, and the user has not refused (NO_COLOR).
pub(crate) fn colour() -> bool {
    let set = |name: &str| std::env::var_os(name).is_some_and(|v| !v.is_empty());
    let dumb = std::env::var_os("TERM").is_some_and(|t| t == "dumb");
    io::stdout().is_terminal() && !set("NO_COLOR") && !dumb
}

fn to_file(path: &Path, write: impl FnOnce(&mut dyn Write) -> io::Result<()>) -> Result<(), Failure> {
    let name = path.display().to_string();
    let failed = |e: io::Error| Failure::io(&name, &e);
    let old = fs::metadata(path).ok();
    if old.as_ref().is_some_and(fs::Metadata::is_dir) {
        return Err(Failure::Message(format!("{name}: this is a folder; give the name of a file to write")));
    }
    if old.as_ref().is_some_and(|m| !m.is_file()) {
        // A device or a pipe: it must be written to, not replaced.
        let mut out = BufWriter::new(fs::OpenOptions::new().write(true).open(path).map_err(failed)?);
        return write(&mut out).and_then(|()| out.flush()).map_err(failed);
    }
    // A link stays a link: the file that it points to is replaced.
    let target = fs::canonicalize(path).unwrap_or_else(|_| path.to_owned());
    let folder = match target.parent() {
        Some(parent) if !parent.as_os_str().is_empty() => parent.to_owned(),
        _ => PathBuf::from("."),
    };
    if !folder.is_dir() {
        let what = "there is no such folder to write to; make it first";
        return Err(Failure::Message(format!("{name}: {what}")));
    }
    let mut file = temporary(&folder, old.as_ref()).map_err(failed)?;
    let mut out = BufWriter::new(file.as_file_mut());
    write(&mut out).and_then(|()| out.flush()).map_err(failed)?;
    drop(out);
    file.persist(&target).map_err(|e| failed(e.error))?;
    Ok(())
}

/// A new file in `folder` with the permissions of the old one, or those that any new file gets.
fn temporary(folder: &Path, old: Option<&fs::Metadata>) -> io::Result<tempfile::NamedTempFile> {
    let mut builder = tempfile::Builder::new();
    builder.prefix(".duiqi-");
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        // The default of 0600 is for secrets; 0666 lets the user's umask decide.
        builder.permissions(fs::Permissions::from_mode(0o666));
    }
    let file = builder.tempfile_in(folder)?;
    if let Some(old) = old {
        file.as_file().set_permissions(old.permissions())?;
    }
    Ok(file)
}
