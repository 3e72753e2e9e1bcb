//! Compressed input and output: gzip of any number of members, and Zstandard of any number of frames.

use std::fmt;
use std::io::{self, BufRead, BufReader, Read, Write};
use std::path::Path;

use clap::ValueEnum;
use flate2::bufread::{GzDecoder, MultiGzDecoder};
use flate2::write::GzEncoder;

use crate::failure::Failure;

/// How bytes are packed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(super) enum Compression {
    None,
    #[value(alias = "gz")]
    Gzip,
    #[value(alias = "zst")]
    Zstd,
}

impl fmt::Display for Compression {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Compression::None => "uncompressed",
            Compression::Gzip => "gzip",
            Compression::Zstd => "Zstandard",
        })
    }
}

const GZIP: &[u8] = &[0x1F, 0x8B];
const ZSTD: &[u8] = &[0x28, 0xB5, 0x2F, 0xFD];
/// A Zstandard frame that holds no data begins with a byte from 0x50 to 0x5F, and these; `pzstd` starts with one.
const SKIPPABLE: &[u8] = &[0x2A, 0x4D, 0x18];
/// What else tables and archives begin with, each with what to do.
const OTHERS: [(&[u8], &str); 6] = [
    (b"BZh", "this is bzip2; unpack it: bzip2 -dc FILE | duiqi batch"),
    (b"\xFD7zXZ\0", "this is xz; unpack it: xz -dc FILE | duiqi batch"),
    (b"\x04\x22\x4D\x18", "this is LZ4; unpack it: lz4 -dc FILE | duiqi batch"),
    (b"PK\x03\x04", "this is a ZIP archive; unpack it: unzip -p FILE | duiqi batch"),
    (b"PAR1", "this is Parquet; write it as JSON lines first"),
    (b"ARROW1", "this is Arrow; write it as JSON lines first"),
];
/// Bytes of a block that is read or unpacked at once; below some tens of kB, calls cost more than copying.
pub(super) const BLOCK: usize = 1 << 18;

impl Compression {
    /// What the ending of a file name says.
    pub(super) fn of_path(path: &Path) -> Compression {
        let ending = path.extension().and_then(|e| e.to_str()).unwrap_or_default().to_ascii_lowercase();
        match ending.as_str() {
            "gz" | "gzip" => Compression::Gzip,
            "zst" | "zstd" => Compression::Zstd,
            _ => Compression::None,
        }
    }

    /// One member or frame that holds `data`.
    pub(super) fn pack(self, data: &[u8], out: &mut dyn Write) -> io::Result<()> {
        match self {
            Compression::None => out.write_all(data),
            Compression::Gzip => {
                let mut encoder = GzEncoder::new(out, flate2::Compression::default());
                encoder.write_all(data)?;
                encoder.finish().map(drop)
            }
            Compression::Zstd => out.write_all(&zstd::bulk::compress(data, zstd::DEFAULT_COMPRESSION_LEVEL)?),
        }
    }

    /// The unpacked bytes of all members.
    pub(super) fn unpack<'a>(self, input: impl BufRead + Send + 'a) -> io::Result<Box<dyn BufRead + Send + 'a>> {
        Ok(match self {
            Compression::None => Box::new(input),
            Compression::Gzip => Box::new(BufReader::with_capacity(BLOCK, MultiGzDecoder::new(input))),
            Compression::Zstd => Box::new(BufReader::with_capacity(BLOCK, zstd::Decoder::with_buffer(input)?)),
        })
    }

    /// Reads one member to its end; whether it is whole. What follows it is left in `input`.
    pub(super) fn skip_member(self, input: &mut dyn BufRead) -> io::Result<bool> {
        let read = |mut member: Box<dyn Read + '_>| io::copy(&mut member, &mut io::sink());
        let result = match self {
            Compression::None => read(Box::new(input)),
            Compression::Gzip => read(Box::new(GzDecoder::new(input))),
            Compression::Zstd => read(Box::new(zstd::Decoder::with_buffer(input)?.single_frame())),
        };
        match result {
            Ok(_) => Ok(true),
            Err(e) if is_damage(&e) => Ok(false),
            Err(e) => Err(e),
        }
    }
}

/// Whether the packed bytes themselves are wrong or end early, not the reading of them.
pub(super) fn is_damage(error: &io::Error) -> bool {
    use io::ErrorKind::{InvalidData, InvalidInput, Other, UnexpectedEof};
    error.raw_os_error().is_none() && matches!(error.kind(), InvalidData | InvalidInput | Other | UnexpectedEof)
}

/// What the input is packed in, by its first bytes, with the whole input; its name must not say otherwise.
pub(super) fn detect<R: BufRead>(name: &str, mut input: R) -> Result<(Compression, impl BufRead + use<R>), Failure> {
    let start = start(&mut input).map_err(|e| Failure::io(name, &e))?;
    let found = if start.starts_with(GZIP) {
        Compression::Gzip
    } else if start.starts_with(ZSTD) || (start.len() > SKIPPABLE.len() && may_skip(&start)) {
        Compression::Zstd
    } else {
        Compression::None
    };
    let wrong = |what: &str| Err(Failure::Message(format!("{name}: {what}")));
    if let Some((_, what)) = OTHERS.iter().find(|(magic, _)| start.starts_with(magic)) {
        return wrong(what);
    }
    match Compression::of_path(Path::new(name)) {
        said if said == found || said == Compression::None => Ok((found, io::Cursor::new(start).chain(input))),
        said if start.is_empty() => wrong(&format!("the file is empty, but a {said} file never is; make it again")),
        said => wrong(&format!("the name says {said}, the content is {found}; rename the file")),
    }
}

/// The first bytes, no more of them than are needed to tell what they begin: a pipe may give one at a time, and whoever writes a
/// short line waits for an answer.
fn start(input: &mut impl BufRead) -> io::Result<Vec<u8>> {
    let mut start = Vec::new();
    let known = || OTHERS.iter().map(|(magic, _)| *magic).chain([GZIP, ZSTD]);
    while known().any(|magic| magic.len() > start.len() && magic.starts_with(&start)) || may_skip(&start) {
        let Some(byte) = input.fill_buf()?.first().copied() else { break };
        input.consume(1);
        start.push(byte);
        if start.len() > SKIPPABLE.len() && may_skip(&start) {
            break;
        }
    }
    Ok(start)
}

/// Whether a frame without data may begin so.
fn may_skip(start: &[u8]) -> bool {
    let [first, rest @ ..] = start else { return true };
    (0x50..=0x5F).contains(first) && (SKIPPABLE.starts_with(rest) || rest.starts_with(SKIPPABLE))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Bytes that come one by one, as from a slow pipe.
    struct Slow<'a>(&'a [u8]);

    impl Read for Slow<'_> {
        fn read(&mut self, out: &mut [u8]) -> io::Result<usize> {
            let one = out.len().min(1);
            self.0.read(out.get_mut(..one).unwrap_or_default())
        }
    }

    #[test]
    fn packing_is_known_by_as_few_bytes_as_tell_it() {
        for (bytes, found, taken) in [
            (&b"{\"id\":1}"[..], Compression::None, 1),
            (b"", Compression::None, 0),
            (b"P{", Compression::None, 2),
            (b"\x1F\x8Brest", Compression::Gzip, 2),
            (b"\x28\xB5\x2F\xFDrest", Compression::Zstd, 4),
            (b"\x28\xB5\x2F{", Compression::None, 4),
            (b"\x50\x2A\x4D\x18rest", Compression::Zstd, 4),
            (b"\x5F\x2A\x4D\x18rest", Compression::Zstd, 4),
        ] {
            assert_eq!(
                start(&mut BufReader::new(Slow(bytes))).ok(),
                bytes.get(..taken).map(<[u8]>::to_vec),
                "{bytes:?}"
            );
            let Ok((compression, mut input)) = detect("in", BufReader::new(Slow(bytes))) else { panic!("{bytes:?}") };
            let mut all = Vec::new();
            input.read_to_end(&mut all).unwrap();
            assert_eq!((compression, &all[..]), (found, bytes));
        }
    }
}
