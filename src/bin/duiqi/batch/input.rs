//! The lines of the input, one at a time and none longer than the limit.

use std::collections::VecDeque;
use std::fs::File;
use std::io::{self, BufRead, BufReader, Read};
use std::path::PathBuf;

use super::compress::{BLOCK, detect, is_damage};
use super::shard::Shard;
use crate::failure::Failure;
use crate::input::is_stdin;

/// A line that is not blank.
pub(super) struct Line {
    /// Its number over all files, blank ones counted, from 1.
    pub(super) number: u64,
    /// Name of its file, with its number there.
    pub(super) place: String,
    pub(super) content: Content,
}

pub(super) enum Content {
    /// The line without its end.
    Whole(Vec<u8>),
    /// The first bytes of a line that is too long, and how many it has.
    TooLong { start: Vec<u8>, bytes: u64 },
}

impl Line {
    /// The bytes that are held.
    pub(super) fn bytes(&self) -> &[u8] {
        match &self.content {
            Content::Whole(bytes) | Content::TooLong { start: bytes, .. } => bytes,
        }
    }
}

/// All lines of all files that belong to a shard.
pub(super) struct Lines {
    waiting: VecDeque<PathBuf>,
    current: Option<Current>,
    limit: usize,
    shard: Shard,
    /// Lines read so far.
    lines: u64,
    /// Lines among them that are not blank.
    records: u64,
    /// Whether standard input may be compressed.
    unpack: bool,
}

struct Current {
    name: String,
    input: Box<dyn BufRead + Send>,
    lines: u64,
}

/// Bytes that are kept of a line that is too long: enough for the `id` that most records begin with.
const KEPT: usize = 1 << 12;

const BOM: &[u8] = b"\xEF\xBB\xBF";

impl Lines {
    /// The lines of files, `-` being standard input; the first file is opened, so that a wrong name shows at once.
    pub(super) fn open(files: &[PathBuf], limit: usize, shard: Shard, unpack: bool) -> Result<Lines, Failure> {
        for file in files.iter().filter(|f| !is_stdin(f)) {
            let metadata = std::fs::metadata(file).map_err(|e| Failure::io(&file.display().to_string(), &e))?;
            if metadata.is_dir() {
                return Err(Failure::Message(format!("{}: this is a folder; give the files in it", file.display())));
            }
        }
        let waiting = files.iter().cloned().collect();
        let mut lines = Lines { waiting, current: None, limit, shard, lines: 0, records: 0, unpack };
        lines.current = lines.next_file()?;
        Ok(lines)
    }

    fn next_file(&mut self) -> Result<Option<Current>, Failure> {
        let Some(path) = self.waiting.pop_front() else { return Ok(None) };
        let (name, input): (String, Box<dyn BufRead + Send>) = if is_stdin(&path) {
            ("standard input".to_owned(), Box::new(BufReader::with_capacity(BLOCK, io::stdin())))
        } else {
            let name = path.display().to_string();
            let file = File::open(&path).map_err(|e| Failure::io(&name, &e))?;
            (name, Box::new(BufReader::with_capacity(BLOCK, file)))
        };
        let input = if self.unpack || !is_stdin(&path) {
            let (compression, input) = detect(&name, input)?;
            compression.unpack(input).map_err(|e| Failure::io(&name, &e))?
        } else {
            input
        };
        let mut current = Current { name, input, lines: 0 };
        current.skip_mark()?;
        Ok(Some(current))
    }

    /// The next line of the shard.
    pub(super) fn next(&mut self) -> Result<Option<Line>, Failure> {
        loop {
            let Some(current) = &mut self.current else { return Ok(None) };
            let wanted = self.shard.has(self.records);
            let keep = if wanted { self.limit } else { 0 };
            let Some(read) = current.read(keep)? else {
                self.current = self.next_file()?;
                continue;
            };
            self.lines += 1;
            if read.blank {
                continue;
            }
            self.records += 1;
            if wanted {
                let place = format!("{}:{}", current.name, current.lines);
                return Ok(Some(Line { number: self.lines, place, content: read.content }));
            }
        }
    }
}

struct Taken {
    content: Content,
    blank: bool,
}

impl Current {
    /// A byte order mark is no part of the JSON.
    fn skip_mark(&mut self) -> Result<(), Failure> {
        let mut start = Vec::new();
        while start.len() < BOM.len() && BOM.starts_with(&start) {
            let first = self.input.fill_buf().map(|block| block.first().copied());
            let Some(byte) = first.map_err(|e| self.failure(&e))? else { break };
            self.input.consume(1);
            start.push(byte);
        }
        if start != BOM {
            let rest = std::mem::replace(&mut self.input, Box::new(io::empty()));
            self.input = Box::new(io::Cursor::new(start).chain(rest));
        }
        Ok(())
    }

    /// The next line, of which up to `limit` bytes are held.
    fn read(&mut self, limit: usize) -> Result<Option<Taken>, Failure> {
        let (mut held, mut bytes, mut blank, mut any) = (Vec::new(), 0u64, true, false);
        loop {
            let block = match self.input.fill_buf() {
                Ok(block) => block,
                Err(e) if e.kind() == io::ErrorKind::Interrupted => continue,
                Err(e) => return Err(self.failure(&e)),
            };
            if block.is_empty() {
                break;
            }
            let end = block.iter().position(|b| *b == b'\n');
            let (part, used) = match end {
                Some(end) => (block.get(..end).unwrap_or_default(), end + 1),
                None => (block, block.len()),
            };
            any = true;
            blank &= part.iter().all(u8::is_ascii_whitespace);
            bytes += part.len() as u64;
            if bytes <= limit as u64 {
                held.extend_from_slice(part);
            } else if held.len() < KEPT {
                let room = (KEPT - held.len()).min(part.len()).min(limit);
                held.extend_from_slice(part.get(..room).unwrap_or_default());
            } else if held.capacity() > KEPT {
                held.truncate(KEPT);
                held.shrink_to_fit();
            }
            self.input.consume(used);
            if end.is_some() {
                break;
            }
        }
        if !any {
            return Ok(None);
        }
        self.lines += 1;
        // Files that were joined, or dealt out by an engine, have it in the middle.
        if held.starts_with(BOM) {
            held.drain(..BOM.len());
        }
        let content =
            if bytes <= limit as u64 { Content::Whole(held) } else { Content::TooLong { start: held, bytes } };
        Ok(Some(Taken { content, blank }))
    }

    fn failure(&self, error: &io::Error) -> Failure {
        let next = self.lines + 1;
        if is_damage(error) {
            let name = &self.name;
            let what = format!(
                "{name}: line {next}: the compressed data are damaged or end early ({error}); copy the file again"
            );
            return Failure::Message(what);
        }
        Failure::io(&format!("{}: line {next}", self.name), error)
    }
}
