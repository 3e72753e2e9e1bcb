//! What an interrupted run has left: how much of it stands, and whether it belongs to the input.

use std::fs::{self, File};
use std::io::{self, BufRead, BufReader, Read, Seek, SeekFrom};
use std::path::Path;

use serde_json::value::RawValue;

use super::answer::Head;
use super::compress::{BLOCK, Compression};
use super::input::Lines;
use super::pipeline::Tally;
use super::sink::part_of;
use super::work::Workshop;
use crate::failure::Failure;

/// What is kept of an earlier run.
#[derive(Default)]
pub(super) struct Kept {
    /// Bytes of the file.
    pub(super) bytes: u64,
    /// Bytes behind them that are cut off.
    pub(super) torn: u64,
    /// Its records, of which only the numbers of all and of failed ones are known.
    pub(super) tally: Tally,
}

/// Finds what stands of `target` and reads as many lines of the input, each of which must be the one that a record came from.
/// `None` where there is nothing yet.
pub(super) fn resume(
    target: &Path,
    compression: Compression,
    lines: &mut Lines,
    workshop: &Workshop,
) -> Result<Option<Kept>, Failure> {
    let part = part_of(target);
    if !part.exists() {
        if !target.exists() {
            return Ok(None);
        }
        // A complete one may have to grow with its input; until it has, it is not complete.
        check(target, compression)?;
        fs::rename(target, &part).map_err(|e| Failure::io(&target.display().to_string(), &e))?;
    }
    let name = part.display().to_string();
    let failed = |e: io::Error| Failure::io(&name, &e);
    let mut file = File::open(&part).map_err(failed)?;
    let all = file.metadata().map_err(failed)?.len();
    let bytes = whole(&mut file, compression).map_err(failed)?;
    file.seek(SeekFrom::Start(0)).map_err(failed)?;
    // Nothing at all is no packed file.
    let compression = if bytes == 0 { Compression::None } else { compression };
    let kept = compression.unpack(BufReader::with_capacity(BLOCK, file.take(bytes))).map_err(failed)?;
    let tally = compare(kept, &name, lines, workshop)?;
    Ok(Some(Kept { bytes, torn: all - bytes, tally }))
}

/// A file that is to be continued must be ours.
fn check(target: &Path, compression: Compression) -> Result<(), Failure> {
    let name = target.display().to_string();
    let failed = |e: io::Error| Failure::io(&name, &e);
    let file = BufReader::with_capacity(BLOCK, File::open(target).map_err(failed)?);
    let mut first = Vec::new();
    compression.unpack(file).map_err(failed)?.read_until(b'\n', &mut first).map_err(failed)?;
    if first.is_empty() { Ok(()) } else { head(&first, &name, 1).map(drop) }
}

/// Bytes up to the end of the last whole line, or of the last whole member.
fn whole(file: &mut File, compression: Compression) -> io::Result<u64> {
    let mut input = BufReader::with_capacity(BLOCK, file);
    let mut whole = 0;
    if compression == Compression::None {
        let mut at = 0;
        loop {
            let block = input.fill_buf()?;
            let length = block.len();
            if length == 0 {
                return Ok(whole);
            }
            if let Some(end) = block.iter().rposition(|b| *b == b'\n') {
                whole = at + end as u64 + 1;
            }
            at += length as u64;
            input.consume(length);
        }
    }
    while !input.fill_buf()?.is_empty() && compression.skip_member(&mut input)? {
        whole = input.stream_position()?;
    }
    Ok(whole)
}

/// Reads line after line of both, and counts them.
fn compare(mut kept: impl BufRead, name: &str, lines: &mut Lines, workshop: &Workshop) -> Result<Tally, Failure> {
    let mut tally = Tally::default();
    let mut line = Vec::new();
    loop {
        line.clear();
        let read = kept.read_until(b'\n', &mut line).map_err(|e| Failure::io(name, &e))?;
        if read == 0 {
            return Ok(tally);
        }
        let number = tally.records + 1;
        if line.last() != Some(&b'\n') {
            // Whole members of ours end with a line.
            return Err(foreign(name, number, "it ends in the middle of a line"));
        }
        let head = head(&line, name, number)?;
        let Some(source) = lines.next()? else {
            return Err(foreign(name, number, "the input has fewer records"));
        };
        let (fields, _) = workshop.fields(&source);
        let text = |id: Option<&RawValue>| id.map_or("null", RawValue::get).to_owned();
        let (ours, theirs) = (text(head.id), text(fields.id));
        if ours != theirs || head.line != source.number {
            let what = format!("its id is {ours} of line {}, that of the input {theirs} ({})", head.line, source.place);
            return Err(foreign(name, number, &what));
        }
        tally.records += 1;
        tally.failed += u64::from(head.error.is_some());
    }
}

fn head<'a>(line: &'a [u8], name: &str, number: u64) -> Result<Head<'a>, Failure> {
    serde_json::from_slice(line).map_err(|_| foreign(name, number, "duiqi batch did not write this line"))
}

fn foreign(name: &str, number: u64, what: &str) -> Failure {
    Failure::Message(format!(
        "{name}:{number}: {what}, so the run cannot go on; give the same input and the same --shard, or another -o"
    ))
}
