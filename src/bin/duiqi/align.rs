//! `duiqi align`.

use std::path::{Path, PathBuf};
use std::str::FromStr;

use clap::Args;
use duiqi::Aligner;
use duiqi::document::Format;
use duiqi::lexicon::Glossary;
use duiqi::text::Lang;
use duiqi::write::{OutputFormat, TableStyle};

use crate::failure::Failure;
use crate::{input, output};

#[derive(Args)]
#[command(after_help = EXAMPLES)]
pub(crate) struct Arguments {
    /// First text, or an article that holds both languages; `-` is standard input
    a: PathBuf,
    /// Second text, in the other language
    b: Option<PathBuf>,
    /// How to write the result: table (for people), jsonl (everything), tsv (spreadsheets) or indices (gold files)
    #[arg(short, long, default_value_t, value_name = "FORMAT", value_parser = OutputFormat::from_str)]
    format: OutputFormat,
    /// Take line i as segment i: split and join nothing
    #[arg(long)]
    lines: bool,
    /// Languages of the first and second text, for `duiqi` not to guess
    #[arg(long, value_name = "en,zh|zh,en", value_parser = langs)]
    langs: Option<Langs>,
    /// Pairs of terms to rely on: two columns apart by a tab, one in each language
    #[arg(long, value_name = "TSV")]
    glossary: Option<PathBuf>,
    /// Weights of the aligner, as the fitting writes them, instead of the built-in ones
    #[arg(long, value_name = "JSON")]
    weights: Option<PathBuf>,
    /// Write to this file, which is replaced only when all is done
    #[arg(short, long, value_name = "FILE")]
    output: Option<PathBuf>,
    /// Columns of the table
    #[arg(long, value_name = "COLUMNS", default_value_t = TableStyle::default().width)]
    width: usize,
}

const EXAMPLES: &str = "Examples:
  duiqi align article.txt                       both languages in one file
  duiqi align interview.en.txt interview.zh.txt
  duiqi align -f tsv -o pairs.tsv zh.md en.md   the order of the languages does not matter
  duiqi align --lines -f indices 001.zh 001.en  [0,1]:[0] and so on, first file first
  curl -s URL | duiqi align -f jsonl -";

/// The languages of two texts.
type Langs = (Lang, Lang);

fn langs(value: &str) -> Result<Langs, String> {
    match value {
        "en,zh" => Ok((Lang::En, Lang::Zh)),
        "zh,en" => Ok((Lang::Zh, Lang::En)),
        _ => Err("write en,zh (first text English, second Chinese) or zh,en".to_owned()),
    }
}

pub(crate) fn run(arguments: &Arguments) -> Result<(), Failure> {
    let refuse = |what: &str| Err(Failure::Message(what.to_owned()));
    if arguments.b.is_none() && arguments.langs.is_some() {
        return refuse("--langs says the languages of two files, but one is given; add the other or leave --langs out");
    }
    let stdin = |p: &Option<PathBuf>| p.as_deref().is_some_and(input::is_stdin);
    if input::is_stdin(&arguments.a) && stdin(&arguments.b) {
        return refuse("both texts are `-`, but standard input can be read once only; give one of them as a file");
    }
    let aligner = aligner(arguments)?;
    let a = input::read_text(&arguments.a)?;
    let alignment = match &arguments.b {
        Some(b) => aligner.align_sources(a, input::read_text(b)?)?,
        None => aligner.align_article_source(a)?,
    };
    let to_stdout = arguments.output.as_deref().is_none_or(input::is_stdin);
    output::deliver(arguments.output.as_deref(), |out| match arguments.format {
        OutputFormat::Table => {
            let style = TableStyle { width: arguments.width, colour: to_stdout && output::colour() };
            style.write(&alignment, out)
        }
        format => format.write(&alignment, out),
    })
}

fn aligner(arguments: &Arguments) -> Result<Aligner, Failure> {
    let mut builder = Aligner::builder();
    if let Some((a, b)) = arguments.langs {
        builder = builder.langs(a, b);
    }
    if arguments.lines {
        builder = builder.format(Format::Lines);
    }
    if let Some(path) = &arguments.glossary {
        builder = with_glossary(builder, path)?;
    }
    if let Some(weights) = input::weights(arguments.weights.as_deref())? {
        builder = builder.weights(weights);
    }
    Ok(builder.build()?)
}

fn with_glossary(builder: duiqi::AlignerBuilder, path: &Path) -> Result<duiqi::AlignerBuilder, Failure> {
    let source = input::read(path)?;
    Ok(builder.glossary(Glossary::from_tsv(source.name(), source.text())?))
}
