//! Reading what the user names.

use std::collections::BTreeMap;
use std::fs;
use std::io::Read;
use std::path::Path;
use std::sync::OnceLock;

use duiqi::train::feature::Weights;
use duiqi::{Bitext, Document, LeftOutReason, Limit, Limits, Source};

use crate::failure::Failure;
use crate::pdf;
use crate::voice::note;

/// Bounds on what is read, against files that would exhaust the machine.
#[derive(clap::Args)]
#[command(next_help_heading = "Limits")]
pub(crate) struct Bounds {
    /// Bytes of a file that are read at most; a larger one is refused
    #[arg(long, global = true, value_name = "N", default_value_t = Limits::default().bytes, hide_short_help = true)]
    max_bytes: u64,
    /// Bytes that a Word document may have unpacked
    #[arg(long, global = true, value_name = "N", default_value_t = Limits::default().unpacked, hide_short_help = true)]
    max_unpacked: u64,
    /// How many times its size a part of a Word document may have unpacked
    #[arg(long, global = true, value_name = "N", default_value_t = Limits::default().ratio, hide_short_help = true)]
    max_ratio: u64,
    /// Elements inside one another in XML
    #[arg(long, global = true, value_name = "N", default_value_t = Limits::default().nesting, hide_short_help = true)]
    max_nesting: u64,
    /// Segments of a text
    #[arg(long, global = true, value_name = "N", default_value_t = Limits::default().segments, hide_short_help = true)]
    max_segments: u64,
}

static LIMITS: OnceLock<Limits> = OnceLock::new();

/// From now on files are read within these bounds.
pub(crate) fn bound(bounds: &Bounds) {
    let &Bounds { max_bytes, max_unpacked, max_ratio, max_nesting, max_segments } = bounds;
    let mut limits = Limits::default();
    limits.bytes = max_bytes;
    limits.unpacked = max_unpacked;
    limits.ratio = max_ratio;
    limits.nesting = max_nesting;
    limits.segments = max_segments;
    LIMITS.get_or_init(|| limits);
}

fn limits() -> Limits {
    LIMITS.get().copied().unwrap_or_default()
}

/// Whether `path` stands for standard input.
pub(crate) fn is_stdin(path: &Path) -> bool {
    path.as_os_str() == "-"
}

/// Reads and decodes a file, or standard input for `-`. A text without any letter is left to the caller.
pub(crate) fn read(path: &Path) -> Result<Source, Failure> {
    let (name, bytes) = if is_stdin(path) {
        let name = "standard input";
        (name.to_owned(), bounded(name, std::io::stdin().lock())?)
    } else {
        let name = path.display().to_string();
        if path.is_dir() {
            return Err(Failure::Message(format!("{name}: this is a folder; give a file in it")));
        }
        let file = fs::File::open(path).map_err(|e| Failure::io(&name, &e))?;
        // The length of a pipe or a device is 0: what it has shows while it is read.
        let length = file.metadata().map_or(0, |m| m.len());
        limits().check(Limit::Bytes, length, &name)?;
        let bytes = bounded(&name, file)?;
        (name, bytes)
    };
    let bytes = if pdf::is_pdf(&bytes) { pdf::text(&name, &bytes, |out| bounded(&name, out))? } else { bytes };
    Ok(Source::from_bytes_within(&name, &bytes, limits())?)
}

/// All bytes, or the error that there are too many, of which one is read.
fn bounded(name: &str, from: impl Read) -> Result<Vec<u8>, Failure> {
    let mut bytes = Vec::new();
    from.take(limits().bytes.saturating_add(1)).read_to_end(&mut bytes).map_err(|e| Failure::io(name, &e))?;
    limits().check(Limit::Bytes, bytes.len() as u64, name)?;
    Ok(bytes)
}

/// [`read`] for a text that is to be aligned or taken apart: one without anything in it is an error.
pub(crate) fn read_text(path: &Path) -> Result<Source, Failure> {
    let source = read(path)?;
    if source.text().trim().is_empty() {
        let what = "no text in it; give a file with at least one sentence";
        return Err(Failure::Message(format!("{}: {what}", source.name())));
    }
    Ok(source)
}

/// Reports on standard error which parts of a text are in no segment: how many for each reason, with `explain` each
/// part.
pub(crate) fn say_left_out(document: &Document, explain: bool) {
    let mut counts: BTreeMap<LeftOutReason, usize> = BTreeMap::new();
    for left_out in document.left_out() {
        *counts.entry(left_out.reason).or_default() += 1;
    }
    let counts: Vec<String> = counts.iter().map(|(reason, count)| format!("{reason} ({count})")).collect();
    if !counts.is_empty() {
        note(&format!("{}: left out: {}", document.source().name(), counts.join(", ")));
    }
    let source = document.source();
    for left_out in document.left_out().iter().filter(|_| explain) {
        let range = source.text_offset(left_out.range.start)..source.text_offset(left_out.range.end);
        let words = source.text().get(range.clone()).unwrap_or_default();
        let place = format!("{}:{}", source.name(), source.line_of(range.start));
        note(&format!("{place}: left out ({}): {}", left_out.reason, words.trim()));
    }
}

/// The pairs of a TMX or XLIFF file; what is left out of it is said on standard error.
pub(crate) fn bitext(source: Source) -> Result<Bitext, Failure> {
    let name = source.name().to_owned();
    let bitext = Bitext::read(source)?;
    for left_out in bitext.notes() {
        note(&format!("{name}: {left_out}"));
    }
    Ok(bitext)
}

/// Weights from a file, where one is given.
pub(crate) fn weights(path: Option<&Path>) -> Result<Option<Weights>, Failure> {
    let Some(path) = path else { return Ok(None) };
    let source = read(path)?;
    Ok(Some(Weights::from_json(source.name(), source.text())?))
}
