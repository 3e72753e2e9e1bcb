//! `duiqi check`.

use std::path::PathBuf;
use std::process::ExitCode;

use clap::{Args, ValueEnum};
use duiqi::train::write::write_findings_jsonl;
use duiqi::{
    Finding, check,
    check::{Kind, Severity},
    write_findings_html,
};

use crate::align::{Langs, builder, langs, one_file};
use crate::failure::Failure;
use crate::formats::{Formats, formats};
use crate::voice::Progress;
use crate::{findings, input, output};

#[derive(Args)]
#[command(after_help = EXAMPLES)]
pub(crate) struct Arguments {
    /// The text that is expected to be right, an article that holds both languages, or a TMX or XLIFF file; `-` is standard input
    a: PathBuf,
    /// The text that is checked against it, in the other language
    b: Option<PathBuf>,
    /// Line i of one belongs to line i of the other: align nothing
    #[arg(long, requires = "b")]
    aligned: bool,
    /// What the texts are, where it is not to be found out; for two that differ, FORMAT,FORMAT
    #[arg(long, value_name = "FORMAT", value_parser = formats(), conflicts_with = "aligned")]
    from: Option<Formats>,
    /// How to write the findings: text (for people), json (one object a line) or html (a page)
    #[arg(short, long, default_value = "text", value_name = "FORMAT")]
    format: Form,
    /// Show these kinds of finding only; several apart by commas
    #[arg(long, value_name = "KIND", value_delimiter = ',', value_parser = kind)]
    only: Vec<Kind>,
    /// Leave with status 1 when there is a finding as severe as this
    #[arg(long, value_name = "SEVERITY")]
    fail_on: Option<FailOn>,
    /// Leave out findings that are less sure than this
    #[arg(long, value_name = "0..1", value_parser = crate::align::confidence)]
    min_confidence: Option<f64>,
    /// Languages of the first and second text, for `duiqi` not to guess
    #[arg(long, value_name = "en,zh|zh,en", value_parser = langs)]
    langs: Option<Langs>,
    /// List each piece of text that is in no segment, with its line and the reason
    #[arg(long)]
    explain: bool,
    /// Go on even if a text seems to be in another language, or not in the one that --langs says
    #[arg(long)]
    force: bool,
    /// Pairs of terms to rely on: two columns apart by a tab, one in each language
    #[arg(long, value_name = "TSV")]
    glossary: Option<PathBuf>,
    /// Write to this file, which is replaced only when all is done
    #[arg(short, long, value_name = "FILE")]
    output: Option<PathBuf>,
}

#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Form {
    Text,
    #[value(alias = "jsonl")]
    Json,
    Html,
}

#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
enum FailOn {
    Error,
    Warning,
}

const EXAMPLES: &str = "Kinds of finding: number (another value, with the likely slip), number-missing, number-added,
passage-missing, passage-added, passage-moved, speaker, name, negation.

Examples:
  duiqi check call.en.md call.zh.md             as a compiler would show it
  duiqi check --only number,number-missing en.md zh.md
  duiqi check --aligned -f json memory.en memory.zh
  duiqi check -f html -o findings.html en.md zh.md
  duiqi check --fail-on error en.md zh.md       status 1 when something is wrong, for scripts
  duiqi check article.txt                       one article in both languages
  duiqi check memory.tmx                        the pairs of a translation memory (TMX, XLIFF) as they are";

fn kind(name: &str) -> Result<Kind, String> {
    name.parse().map_err(|_| format!("there are {}", Kind::ALL.map(Kind::name).join(", ")))
}

pub(crate) fn run(arguments: &Arguments) -> Result<ExitCode, Failure> {
    let inputs: Vec<&PathBuf> =
        std::iter::once(&arguments.a).chain([&arguments.b, &arguments.glossary].into_iter().flatten()).collect();
    output::Target::of(arguments.output.as_deref(), &inputs)?;
    let builder = builder(arguments.langs, arguments.from, arguments.glossary.as_deref())?;
    let aligner = builder.force(arguments.force).build()?;
    let a = input::read_text(&arguments.a)?;
    let progress = Progress::start("aligning", None);
    let alignment = match &arguments.b {
        Some(b) if input::is_stdin(&arguments.a) && input::is_stdin(b) => {
            let what = "both texts are `-`, but standard input can be read once only; give one of them as a file";
            return Err(Failure::Message(what.to_owned()));
        }
        Some(b) if arguments.aligned => aligner.pair_lines(a, input::read_text(b)?)?,
        Some(b) => aligner.align_sources(a, input::read_text(b)?)?,
        None => one_file(&aligner, a)?,
    };
    let mut found = check(&alignment);
    drop(progress);
    found.retain(|f| arguments.only.is_empty() || arguments.only.contains(&f.kind));
    found.retain(|f| arguments.min_confidence.is_none_or(|least| f.confidence >= least));
    let path = arguments.output.as_deref();
    let to_stdout = path.is_none_or(input::is_stdin);
    output::deliver(path, |out| match arguments.format {
        Form::Text => findings::write(&alignment, &found, to_stdout && output::colour(), out),
        Form::Json => write_findings_jsonl(&found, out),
        Form::Html => write_findings_html(&alignment, &found, out),
    })?;
    crate::align::say_reading(&alignment, arguments.explain);
    crate::align::warn_of_doubt(&alignment, arguments.b.is_some());
    let least = match arguments.fail_on {
        None => return Ok(ExitCode::SUCCESS),
        Some(FailOn::Error) => Severity::Error,
        Some(FailOn::Warning) => Severity::Warning,
    };
    let severe = |f: &Finding| f.severity >= least;
    Ok(if found.iter().any(severe) { ExitCode::from(FOUND) } else { ExitCode::SUCCESS })
}

/// Exit status when there are findings as severe as `--fail-on` says.
const FOUND: u8 = 1;
