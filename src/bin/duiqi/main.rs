//! The `duiqi` command.

#![forbid(unsafe_code)]

mod align;
mod batch;
mod check;
mod failure;
mod findings;
mod form;
mod formats;
mod input;
mod inspect;
mod output;
mod pdf;
mod score;
mod sets;
mod shell;
mod signals;
mod voice;

use std::io::Write;
use std::process::ExitCode;

use clap::{Parser, Subcommand};

use failure::Failure;

#[derive(Parser)]
#[command(name = "duiqi", version, about = "Aligns English and Chinese transcripts and articles, segment by segment")]
#[command(long_about = "Aligns English and Chinese transcripts and articles, segment by segment.\n\n\
    Give two files, one in each language, or one article that holds both. Text may be UTF-8, UTF-16, GB18030/GBK or \
    Big5; Markdown, speaker labels (\"Ann: …\", \"安：…\") and paragraphs are recognised. `-` is standard input.")]
#[command(after_help = EXAMPLES)]
#[command(arg_required_else_help = true, disable_help_subcommand = true)]
struct Arguments {
    #[command(subcommand)]
    command: Command,
    /// Say nothing on standard error but why it fails
    #[arg(short, long, global = true)]
    quiet: bool,
    #[command(flatten)]
    bounds: input::Bounds,
}

const EXAMPLES: &str = "Examples:
  duiqi align call.txt                         one article with both languages, as a table
  duiqi align talk.en.txt talk.zh.txt | less   two files
  duiqi align -o pairs.jsonl en.md zh.md       the ending says in which form
  duiqi align --lines -f indices 001.en 001.zh line i is segment i, as in gold files
  duiqi batch pairs.jsonl -o beads.jsonl       many pairs at once
  duiqi check talk.en.txt talk.zh.txt          numbers, passages and speakers that differ
  duiqi segment call.txt                       what is found before anything is aligned
  duiqi score result.txt 001.gold              precision, recall, F1

Exit status: 0 done, 2 bad use or bad input (with a message on standard error), 1 findings with `check --fail-on`
or failed records with `batch`.";

#[derive(Subcommand)]
enum Command {
    /// Align two texts, or one article that holds both languages
    Align(align::Arguments),
    /// Align many pairs, one JSON object a line, on all processors
    Batch(batch::Arguments),
    /// Find where two versions disagree: numbers, passages, speakers, names
    Check(check::Arguments),
    /// Show passages, turns and segments of a text, one JSON object a line
    Segment(inspect::Arguments),
    /// Show the numbers and names that can anchor an alignment, one JSON object a line
    Anchors(inspect::Arguments),
    /// Show what a text states in numbers: value, unit, range, hedge, direction; one JSON object a line
    Values(inspect::Arguments),
    /// Compare an alignment with one made by hand: precision, recall, F1
    Score(score::Arguments),
    /// Print a script by which a shell completes the command's options
    Completions(shell::Completions),
    /// Print the manual page
    Man(shell::Man),
}

fn main() -> ExitCode {
    // Clap's own errors leave with status 2.
    let arguments = Arguments::parse();
    if arguments.quiet {
        voice::be_quiet();
    }
    signals::listen();
    let done = |()| ExitCode::SUCCESS;
    input::bound(&arguments.bounds);
    let result = match &arguments.command {
        Command::Align(a) => align::run(a).map(done),
        Command::Batch(a) => batch::run(a),
        Command::Check(a) => check::run(a),
        Command::Segment(a) => inspect::segment(a).map(done),
        Command::Anchors(a) => inspect::anchors(a).map(done),
        Command::Values(a) => inspect::values(a).map(done),
        Command::Score(a) => score::run(a).map(done),
        Command::Completions(a) => shell::completions(a).map(done),
        Command::Man(a) => shell::man(a).map(done),
    };
    match result {
        // Whoever reads our output has read enough: nothing is wrong.
        Err(Failure::ClosedPipe) => ExitCode::SUCCESS,
        Ok(code) => code,
        Err(failure) => {
            // Standard error may be closed too; then there is nobody to tell.
            let _ = writeln!(std::io::stderr(), "duiqi: {failure}");
            ExitCode::from(BAD)
        }
    }
}

/// Exit status for bad use or bad input.
const BAD: u8 = 2;
