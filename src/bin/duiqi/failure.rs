//! Why a command ends early.

use std::fmt;
use std::io;

pub(crate) enum Failure {
    /// The reader of standard output has gone.
    ClosedPipe,
    /// Anything else, as one line for standard error.
    Message(String),
}

impl Failure {
    /// Failure of an operation on a file or stream.
    pub(crate) fn io(name: &str, error: &io::Error) -> Failure {
        let what = match error.kind() {
            io::ErrorKind::BrokenPipe => return Failure::ClosedPipe,
            io::ErrorKind::NotFound => "there is no such file; check the name and the folder".to_owned(),
            io::ErrorKind::PermissionDenied => "permission denied; check who may read or write it".to_owned(),
            io::ErrorKind::StorageFull => "the disk is full; free some space and run again".to_owned(),
            io::ErrorKind::QuotaExceeded => "your quota of disk space is used up; free some and run again".to_owned(),
            io::ErrorKind::ReadOnlyFilesystem => "this file system is read-only; write elsewhere".to_owned(),
            io::ErrorKind::IsADirectory => "this is a folder; give a file".to_owned(),
            _ => error.to_string(),
        };
        Failure::Message(format!("{name}: {what}"))
    }
}

impl fmt::Display for Failure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Failure::ClosedPipe => f.write_str("standard output was closed"),
            // One line, whatever a file name holds.
            Failure::Message(m) => f.write_str(&m.replace(char::is_control, " ")),
        }
    }
}

impl From<duiqi::Error> for Failure {
    fn from(error: duiqi::Error) -> Failure {
        match error {
            duiqi::Error::Io { name, source } => Failure::io(&name, &source),
            other => Failure::Message(other.to_string()),
        }
    }
}
