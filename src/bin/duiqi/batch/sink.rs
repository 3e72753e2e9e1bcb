//! Where a batch writes: standard output, or a file beside the target until all is done.

use std::fs::{self, File, OpenOptions};
use std::io::{self, Seek, SeekFrom, Write};
use std::path::{Path, PathBuf};

use super::compress::{BLOCK, Compression};
use crate::failure::Failure;
use crate::output::{self, Target};
use crate::voice::note;

/// Bytes of lines that make one member of a compressed file. What a run that is killed had packed in whole members can be
/// kept; larger ones pack hardly better.
const MEMBER: usize = 4 << 20;

/// Takes lines, packs them and writes them.
pub(super) struct Sink {
    name: String,
    out: Box<dyn Write>,
    compression: Compression,
    /// Whole lines that are not written yet.
    held: Vec<u8>,
    /// Whether the file has any byte of ours.
    any: bool,
    part: Option<Part>,
}

/// The file that becomes the target in the end.
struct Part {
    path: PathBuf,
    target: PathBuf,
    file: File,
}

/// The file beside `target` in which it grows.
pub(super) fn part_of(target: &Path) -> PathBuf {
    let mut name = target.as_os_str().to_owned();
    name.push(".part");
    PathBuf::from(name)
}

impl Sink {
    /// For a target that is begun.
    pub(super) fn begin(target: Target, compression: Compression) -> Result<Sink, Failure> {
        let (name, out, part): (String, Box<dyn Write>, _) = match target {
            Target::Stdout => ("standard output".to_owned(), Box::new(io::stdout()), None),
            Target::InPlace(path) => {
                let name = path.display().to_string();
                let file = output::open_in_place(&path).map_err(|e| Failure::io(&name, &e))?;
                (name, Box::new(file), None)
            }
            Target::Replaced(target) => {
                let path = part_of(&target);
                let name = path.display().to_string();
                // Another run that has just begun must not be written over.
                let file = OpenOptions::new().write(true).create_new(true).open(&path);
                let file = file.map_err(|e| match e.kind() {
                    io::ErrorKind::AlreadyExists => Failure::Message(format!(
                        "{name}: an earlier run has not ended, and this is what it has done; continue it with --resume, or delete the file"
                    )),
                    _ => Failure::io(&name, &output::not_in_folder(e)),
                })?;
                let out = file.try_clone().map_err(|e| Failure::io(&name, &e))?;
                (name, Box::new(out), Some(Part { path, target, file }))
            }
        };
        Ok(Sink { name, out, compression, held: Vec::new(), any: false, part })
    }

    /// For a file of which the first `keep` bytes stay; the rest is cut off.
    pub(super) fn go_on(target: PathBuf, compression: Compression, keep: u64) -> Result<Sink, Failure> {
        let path = part_of(&target);
        let name = path.display().to_string();
        let failed = |e: io::Error| Failure::io(&name, &e);
        let mut file = OpenOptions::new().write(true).open(&path).map_err(failed)?;
        file.set_len(keep).map_err(failed)?;
        file.seek(SeekFrom::End(0)).map_err(failed)?;
        let out = file.try_clone().map_err(failed)?;
        let part = Part { path, target, file };
        Ok(Sink { name, out: Box::new(out), compression, held: Vec::new(), any: keep > 0, part: Some(part) })
    }

    /// Takes a line with its end.
    pub(super) fn write(&mut self, line: &[u8]) -> Result<(), Failure> {
        self.held.extend_from_slice(line);
        let enough = if self.compression == Compression::None { BLOCK } else { MEMBER };
        if self.held.len() >= enough { self.flush() } else { Ok(()) }
    }

    /// Nothing comes for a while: lines that are not packed go out.
    pub(super) fn idle(&mut self) -> Result<(), Failure> {
        if self.compression == Compression::None && !self.held.is_empty() { self.flush() } else { Ok(()) }
    }

    fn flush(&mut self) -> Result<(), Failure> {
        let written = self.compression.pack(&self.held, &mut self.out).and_then(|()| self.out.flush());
        self.any = true;
        // After an error, too: a part of it may be written, and must not be written again.
        self.held.clear();
        // One large record is no reason to keep so much for all others.
        self.held.shrink_to(2 * MEMBER);
        written.map_err(|e| Failure::io(&self.name, &e))
    }

    /// Writes what is held, for a run that ends early, and says what can be done with it. A file with nothing in it is removed.
    pub(super) fn suspend(mut self) {
        if !self.held.is_empty()
            && let Err(failure) = self.flush()
        {
            note(&failure.to_string());
        }
        let Some(part) = self.part else { return };
        if part.file.metadata().is_ok_and(|m| m.len() == 0) {
            // Nothing is lost, and the next run is not kept from beginning.
            let _ = fs::remove_file(&part.path);
        } else {
            note(&format!("{} has what is done; --resume continues it", part.path.display()));
        }
    }

    /// All is done: the file gets its name.
    pub(super) fn finish(mut self) -> Result<(), Failure> {
        // No line at all is a valid packed file, too.
        if !self.held.is_empty() || (!self.any && self.compression != Compression::None) {
            self.flush()?;
        }
        let Some(part) = self.part else { return Ok(()) };
        let failed = |e: io::Error| Failure::io(&self.name, &e);
        if let Ok(old) = fs::metadata(&part.target) {
            part.file.set_permissions(old.permissions()).map_err(failed)?;
        }
        // Some file systems tell only now that a disk is full.
        part.file.sync_all().map_err(failed)?;
        fs::rename(&part.path, &part.target).map_err(failed)
    }
}
