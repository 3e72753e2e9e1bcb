//! Why a command ends early.

use std::error::Error;
use std::fmt;
use std::io;

use duiqi::ErrorKind;

pub(crate) enum Failure {
    /// The reader of standard output has gone.
    ClosedPipe,
    /// Anything else, as one line for standard error.
    Message(String),
}

impl Failure {
    /// Failure of an operation on a file or stream.
    pub(crate) fn io(name: &str, error: &io::Error) -> Failure {
        // An error of a writer is not an error of the stream.
        if let Some(refused) = error.get_ref().and_then(|inner| inner.downcast_ref::<duiqi::Error>()) {
            return Failure::Message(explained(refused, advice(refused.kind())));
        }
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
        Failure::Message(explained(&error, advice(error.kind())))
    }
}

/// The message for an error of the library, with the command's option that helps and the cause.
pub(crate) fn explained(error: &duiqi::Error, advice: Option<String>) -> String {
    let advice = advice.map(|advice| format!(" ({advice})")).unwrap_or_default();
    let cause = error.source().map(|cause| format!("; cause: {cause}")).unwrap_or_default();
    format!("{error}{advice}{cause}")
}

/// The option of the command that helps with an error. The library does not know the options.
pub(crate) fn advice(kind: ErrorKind) -> Option<String> {
    let advice = match kind {
        ErrorKind::Limit(limit) => return Some(format!("--max-{limit} N")),
        ErrorKind::SameLanguage(_) => "--langs en,zh or --langs zh,en",
        ErrorKind::LanguageMismatch(_) | ErrorKind::OtherLanguage => "--force",
        ErrorKind::WrongFormat => "leave out --from",
        ErrorKind::UnevenLines => "leave out --aligned",
        ErrorKind::Untimed => "-f FORMAT",
        _ => return None,
    };
    Some(advice.to_owned())
}
