//! Aligns one article that mixes English and Chinese, or two texts, and prints the pairs.
//!
//! `cargo run --example align_article -- article.txt`

use std::error::Error;
use std::process::ExitCode;

use duiqi::{Aligner, OutputFormat, Source};

fn main() -> ExitCode {
    let paths: Vec<String> = std::env::args().skip(1).collect();
    if paths.is_empty() || paths.len() > 2 {
        eprintln!("usage: align_article ARTICLE     one text in both languages");
        eprintln!("       align_article FIRST SECOND   one text in each");
        return ExitCode::from(2);
    }
    match run(&paths) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("align_article: {error}");
            ExitCode::from(2)
        }
    }
}

fn run(paths: &[String]) -> Result<(), Box<dyn Error>> {
    let mut sources = Vec::new();
    for path in paths {
        let bytes = std::fs::read(path).map_err(|e| format!("{path}: {e}"))?;
        sources.push(Source::from_bytes(path, &bytes)?);
    }
    let aligner = Aligner::builder().build()?;
    let alignment = match (sources.pop(), sources.pop()) {
        (Some(second), Some(first)) => aligner.align_sources(first, second)?,
        (Some(article), None) => aligner.align_article_source(article)?,
        (None, _) => return Err("no text".into()),
    };
    OutputFormat::Table.write(&alignment, &mut std::io::stdout().lock())?;
    Ok(())
}
