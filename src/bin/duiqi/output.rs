//! Writing results: to standard output, or to a file that is there completely or not at all.

use std::fs;
use std::io::{self, BufWriter, IsTerminal, Write};
use std::path::{Path, PathBuf};

use crate::failure::Failure;
use crate::signals::Temporary;

/// Where a result goes.
pub(crate) enum Target {
    Stdout,
    /// A device or a pipe, which must be written to, not replaced.
    InPlace(PathBuf),
    /// A file that is there completely or not at all; a link to one is followed, so that it stays a link.
    Replaced(PathBuf),
}

impl Target {
    /// What the user means by `-o PATH`. None of the files that are read may be written over: half a result would be all that
    /// is left of it.
    pub(crate) fn of(path: Option<&Path>, inputs: &[impl AsRef<Path>]) -> Result<Target, Failure> {
        let Some(path) = path.filter(|p| !STDOUT.iter().any(|name| p.as_os_str() == *name)) else {
            return Ok(Target::Stdout);
        };
        let wrong = |what: &str| Err(Failure::Message(format!("{}: {what}", path.display())));
        let old = match fs::metadata(path) {
            Ok(old) => Some(old),
            Err(e) if e.kind() == io::ErrorKind::NotFound && path.is_symlink() => {
                return wrong("this is a link to a file that is not there; delete the link, or make the file");
            }
            Err(e) if e.kind() == io::ErrorKind::NotFound => None,
            Err(e) => return Err(Failure::io(&path.display().to_string(), &e)),
        };
        if old.as_ref().is_some_and(fs::Metadata::is_dir) {
            return wrong("this is a folder; give the name of a file to write");
        }
        if old.as_ref().is_some_and(|m| !m.is_file()) || path.starts_with("/dev/") || path.starts_with("/proc/") {
            return Ok(Target::InPlace(path.to_owned()));
        }
        if let Some(input) = inputs.iter().find(|input| same_file::is_same_file(path, input).unwrap_or(false)) {
            let input = input.as_ref().display();
            return wrong(&format!("this is {input}, which is read; give another file to write"));
        }
        let target = fs::canonicalize(path).unwrap_or_else(|_| path.to_owned());
        if !folder_of(&target).is_dir() {
            return wrong("there is no such folder to write to; make it first");
        }
        Ok(Target::Replaced(target))
    }
}

/// Names of standard output. Where it goes to a file, that one is not to be replaced under the shell's hands.
const STDOUT: [&str; 4] = ["-", "/dev/stdout", "/dev/fd/1", "/proc/self/fd/1"];

/// Opens a device, a pipe, or a file that is one of the process's own streams.
pub(crate) fn open_in_place(path: &Path) -> io::Result<fs::File> {
    fs::OpenOptions::new().append(true).open(path)
}

fn folder_of(path: &Path) -> &Path {
    path.parent().filter(|p| !p.as_os_str().is_empty()).unwrap_or(Path::new("."))
}

/// Writes what `write` gives to standard output, or to the file `path`.
pub(crate) fn deliver(
    path: Option<&Path>,
    write: impl FnOnce(&mut dyn Write) -> io::Result<()>,
) -> Result<(), Failure> {
    let all = |out: &mut dyn Write| {
        let mut out = BufWriter::new(out);
        write(&mut out).and_then(|()| out.flush())
    };
    match Target::of(path, &[] as &[&Path])? {
        Target::Stdout => all(&mut io::stdout().lock()).map_err(|e| Failure::io("standard output", &e)),
        Target::InPlace(path) => {
            let name = path.display().to_string();
            open_in_place(&path).and_then(|mut file| all(&mut file)).map_err(|e| Failure::io(&name, &e))
        }
        Target::Replaced(target) => {
            let name = path.unwrap_or(&target).display().to_string();
            replace(&target, all).map_err(|e| Failure::io(&name, &e))
        }
    }
}

/// Whether a table on standard output may use colours: a terminal is there, and the user has not refused (NO_COLOR).
pub(crate) fn colour() -> bool {
    let set = |name: &str| std::env::var_os(name).is_some_and(|v| !v.is_empty());
    let dumb = std::env::var_os("TERM").is_some_and(|t| t == "dumb");
    io::stdout().is_terminal() && !set("NO_COLOR") && !dumb
}

fn replace(target: &Path, write: impl FnOnce(&mut dyn Write) -> io::Result<()>) -> io::Result<()> {
    let old = fs::metadata(target).ok();
    let mut file = Temporary::new(|| temporary(folder_of(target), old.as_ref())).map_err(not_in_folder)?;
    write(file.file()?)?;
    file.persist(target)
}

/// A file is replaced by a new one beside it: what is denied is the folder, whoever may write the file itself.
pub(crate) fn not_in_folder(error: io::Error) -> io::Error {
    match error.kind() {
        io::ErrorKind::PermissionDenied => {
            let what = "permission denied to make a file in this folder; check who may write to it, or write elsewhere";
            io::Error::other(what)
        }
        _ => error,
    }
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
