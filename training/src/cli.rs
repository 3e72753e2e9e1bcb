//! What all commands share: arguments and the exit status.

use std::process::ExitCode;

use crate::AnyError;

/// Runs the command, or prints the usage if the arguments are wrong (`None`). The exit status is 2 after an error.
pub fn main<O>(usage: &str, options: Option<O>, run: impl FnOnce(&O) -> Result<(), AnyError>) -> ExitCode {
    let Some(options) = options else {
        eprintln!("usage: {usage}");
        return ExitCode::from(2);
    };
    match run(&options) {
        Ok(()) => ExitCode::SUCCESS,
        Err(e) => {
            eprintln!("{e}");
            ExitCode::from(2)
        }
    }
}

/// The arguments of the command, without its name.
pub fn arguments() -> impl Iterator<Item = String> {
    std::env::args().skip(1)
}

/// The last part of a path.
pub fn base_name(path: &str) -> &str {
    std::path::Path::new(path).file_name().and_then(|n| n.to_str()).unwrap_or(path)
}
