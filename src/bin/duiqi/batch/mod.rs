//! `duiqi batch`: many pairs, one JSON object a line.

mod answer;
mod compress;
mod input;
mod pipeline;
mod record;
mod resume;
mod shard;
mod sink;
mod window;
mod work;

use std::io::{IsTerminal, stdin};
use std::num::NonZero;
use std::path::PathBuf;
use std::process::ExitCode;
use std::sync::Arc;
use std::time::{Duration, Instant};

use clap::Args;
use duiqi::Format;

use crate::align::{builder, confidence};
use crate::failure::Failure;
use crate::formats::formats_of_strings;
use crate::output::Target;
use crate::signals;
use crate::voice::{Progress, note};
use answer::{Form, Writing};
use compress::Compression;
use input::Lines;
use pipeline::{Ending, Tally};
use record::Reading;
use shard::Shard;
use sink::Sink;
use work::Workshop;

#[derive(Args)]
#[command(after_help = AFTER)]
pub(crate) struct Arguments {
    /// JSON lines, plain or compressed (gzip, Zstandard); several are read one after the other; `-`, or none, is standard input
    files: Vec<PathBuf>,
    /// What to write of each bead
    #[arg(short, long, value_enum, default_value_t)]
    format: Form,
    /// Threads that align; without it, as many as there are processors
    #[arg(long, value_name = "N")]
    threads: Option<NonZero<usize>>,
    /// Do only share i of n: records whose number, from 0, is i modulo n; i counts from 0
    #[arg(long, value_name = "i/n")]
    shard: Option<Shard>,
    /// Write to this file, which stands there only when all is done; until then it grows as FILE.part
    #[arg(short, long, value_name = "FILE")]
    output: Option<PathBuf>,
    /// Continue what an interrupted run has left in FILE.part, with the same input and options
    #[arg(long, requires = "output")]
    resume: bool,
    /// How to pack the output; without it, the ending of the file says it (.gz, .zst)
    #[arg(long, value_enum, value_name = "HOW")]
    compress: Option<Compression>,
    /// Carry these members of each record over into its line; several apart by commas
    #[arg(long, value_name = "KEY", value_delimiter = ',')]
    keep: Vec<String>,
    /// Leave out pairs that are less sure than this; `left_out` of each line counts them
    #[arg(long, value_name = "0..1", value_parser = confidence)]
    min_confidence: Option<f64>,
    /// What the texts are, where it is not to be found out: FORMAT for both, or FORMAT,FORMAT for English and Chinese
    ///
    /// The `format` of a record overrides this option.
    #[arg(long, value_name = "FORMAT", value_parser = formats_of_strings())]
    from: Option<(Format, Format)>,
    /// Take line i as segment i, split and join nothing: --from lines
    #[arg(long, conflicts_with = "from")]
    lines: bool,
    /// Pairs of terms to rely on: two columns apart by a tab, one in each language
    #[arg(long, value_name = "TSV")]
    glossary: Option<PathBuf>,
    /// Weights of the aligner, as the fitting writes them, instead of the built-in ones
    #[arg(long, value_name = "JSON")]
    weights: Option<PathBuf>,
    /// Leave with status 0 although records have failed; their lines tell
    #[arg(long)]
    failures_ok: bool,
    /// The input is a piece that an engine (Spark, Ray, parallel) has dealt out: nothing in the output depends on how
    ///
    /// No `line` is written, since it would be that of the piece; a record that fails and has no `id` shows how it begins, as
    /// `start` of its error. Standard input is not unpacked, whatever its first bytes look like.
    #[arg(long, conflicts_with = "resume")]
    piece: bool,
    /// Longest line to read; one that is longer fails without being held in memory
    #[arg(long, value_name = "BYTES", default_value_t = MAX_RECORD_BYTES)]
    max_record_bytes: NonZero<usize>,
}

/// Some hundred times a long book: what is longer is a mistake, most often a file without line ends.
const MAX_RECORD_BYTES: NonZero<usize> = NonZero::<usize>::MIN.saturating_add((64 << 20) - 1);

const AFTER: &str = "Each line of the input is one record, each line of the output what became of it, in the same order:
  {\"id\":1,\"en\":\"It rained. We left.\",\"zh\":\"下雨了。我们走了。\"}
  {\"id\":2,\"article\":\"a text with both languages\"}
  {\"id\":3,\"en\":[\"It rained.\",\"We left.\"],\"zh\":[\"下雨了。\",\"我们走了。\"]}
  {\"id\":4,\"en\":\"…\",\"zh\":\"…\",\"format\":\"markdown\"}
An array holds sentences that are cut already; with \"lines\":true, line i is segment i. Formats may differ: \"srt,vtt\".
A record that fails gives {\"id\":…,\"line\":…,\"error\":{\"kind\":…,\"message\":…}}, and the run goes on. Blank lines give nothing.

Examples:
  duiqi batch pairs.jsonl -o beads.jsonl
  zstdcat *.zst | duiqi batch -f pairs --min-confidence 0.8 > pairs.jsonl
  duiqi batch --shard 3/64 --resume pairs-*.jsonl.gz -o beads.3.jsonl.zst

Exit status: 0 done, 1 done but records have failed (0 with --failures-ok), 2 bad use, or reading or writing failed.
Interrupted (SIGINT, SIGTERM), it writes what is complete, in order, and FILE.part stays for --resume.";

/// Exit status when records have failed.
const FAILED: u8 = 1;

/// Records that failed and are named on standard error; the output names them all.
const NAMED: u64 = 5;

pub(crate) fn run(arguments: &Arguments) -> Result<ExitCode, Failure> {
    let start = Instant::now();
    let files = if arguments.files.is_empty() { vec![PathBuf::from("-")] } else { arguments.files.clone() };
    if arguments.files.is_empty() && stdin().is_terminal() {
        let what =
            "give a file with JSON lines, or a pipe; `duiqi batch -` reads what is typed, `--help` says the form";
        return Err(Failure::Message(what.to_owned()));
    }
    if let Some(key) = arguments.keep.iter().find(|key| answer::OWN.contains(&key.as_str())) {
        let what = format!("--keep {key}: each line has a member {key:?} of its own; rename it in the input");
        return Err(Failure::Message(what));
    }
    let besides = [&arguments.glossary, &arguments.weights].into_iter().flatten();
    let inputs: Vec<&PathBuf> = files.iter().chain(besides).collect();
    let target = Target::of(arguments.output.as_deref(), &inputs)?;
    let compression = arguments
        .compress
        .unwrap_or_else(|| arguments.output.as_deref().map_or(Compression::None, Compression::of_path));
    let limit = arguments.max_record_bytes.get();
    let mut lines = Lines::open(&files, limit, arguments.shard.unwrap_or(Shard::WHOLE), !arguments.piece)?;
    let workshop = Arc::new(workshop(arguments, limit)?);

    let mut tally = Tally::default();
    let mut sink = match target {
        Target::Replaced(target) if arguments.resume => {
            match resume::resume(&target, compression, &mut lines, &workshop)? {
                None => Sink::begin(Target::Replaced(target), compression)?,
                Some(kept) => {
                    let (records, torn) = (kept.tally.records, kept.torn);
                    note(&format!("{records} records stand already; {torn} bytes behind them were incomplete"));
                    tally = kept.tally;
                    Sink::go_on(target, compression, kept.bytes)?
                }
            }
        }
        _ if arguments.resume => {
            let what = "--resume continues a file; -o names none, but a stream or a device".to_owned();
            return Err(Failure::Message(what));
        }
        target => Sink::begin(target, compression)?,
    };
    let threads = arguments.threads.or_else(|| std::thread::available_parallelism().ok());
    work::keep_panics();
    let progress = Progress::counting("aligning");
    let mut named = 0;
    let result = pipeline::run(lines, &workshop, threads.unwrap_or(NonZero::<usize>::MIN), &mut sink, |done| {
        progress.step();
        if let Some(fault) = done.fault.as_ref().filter(|_| named < NAMED) {
            progress.aside(|| note(fault));
            named += 1;
        }
    });
    drop(progress);
    let result = result.map(|(new, ending)| {
        tally.failed += new.failed;
        summarise(&new, tally.records, start.elapsed());
        tally.records += new.records;
        ending
    });
    match result {
        Ok(Ending::Complete) => sink.finish()?,
        Ok(Ending::Signal(signal)) => {
            sink.suspend();
            signals::die(signal)
        }
        Err(failure) => {
            sink.suspend();
            return Err(failure);
        }
    }
    let failed = tally.failed > 0 && !arguments.failures_ok;
    Ok(if failed { ExitCode::from(FAILED) } else { ExitCode::SUCCESS })
}

fn workshop(arguments: &Arguments, limit: usize) -> Result<Workshop, Failure> {
    let mut builder = builder(None, None, arguments.glossary.as_deref())?;
    if let Some(weights) = crate::input::weights(arguments.weights.as_deref())? {
        builder = builder.weights(weights);
    }
    let lines = arguments.lines.then_some((Format::Lines, Format::Lines));
    let formats = lines.or(arguments.from).unwrap_or_default();
    let reading = Reading { formats, keep: arguments.keep.clone() };
    let writing = Writing { form: arguments.format, min_confidence: arguments.min_confidence, piece: arguments.piece };
    Ok(Workshop::new(builder, reading, writing, limit))
}

/// Says what was done on standard error.
fn summarise(new: &Tally, before: u64, took: Duration) {
    let Tally { records, failed, segments, beads } = new;
    let seconds = took.as_secs_f64();
    let rate = |n: u64| n as f64 / seconds.max(f64::EPSILON);
    let continued = if before > 0 { format!(" ({before} stood already)") } else { String::new() };
    note(&format!(
        "{records} records{continued}, {failed} failed; {segments} sentences in {beads} beads; {seconds:.1} s, \
         {:.1} records and {:.0} sentences a second",
        rate(*records),
        rate(*segments)
    ));
}
