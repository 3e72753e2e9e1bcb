//! What all commands do alike: arguments and the exit status.

use std::process::ExitCode;

use crate::AnyError;

/// Prints the usage where there is something wrong with the arguments (`None`), otherwise runs the command. The status is 2 after an
/// error.
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

/// Last part of a path.
pub fn base_name(path: &str) -> &str {
    std::path::Path::new(path).file_name().and_then(|n| n.to_str()).unwrap_or(path)
}
