//! Which encoding bytes are in, and decoding them so that each character keeps its place.

use chardetng::{EncodingDetector, Iso2022JpDetection, Utf8Detection};
use encoding_rs::{BIG5, Encoding, GB18030, WINDOWS_1252};

use crate::error::{Error, ErrorKind, Result};

/// The byte order mark as a character.
pub(crate) const BOM: char = '\u{FEFF}';

/// Valid multi-byte sequences for each invalid byte from which on a text is damaged UTF-8 and nothing else. Chinese in
/// GBK or Big5 read as UTF-8 has more invalid bytes than valid sequences, Western text has hardly a valid one.
const VALID_PER_INVALID: usize = 3;

/// One control character in so many bytes makes a file binary; compressed data have about one in ten.
const BYTES_PER_CONTROL: usize = 100;

/// The same where the bytes are valid UTF-8, which binary data of some length never are: stray controls of a scraper
/// are let through even in a short text.
const BYTES_PER_CONTROL_UTF8: usize = 10;

/// Bytes, from the first that is not ASCII, that detection looks at: some thousand characters decide, and the detector
/// is the slowest part of reading.
const SAMPLE: usize = 64 << 10;

/// Share of bytes in usual pairs from which on a text counts as Chinese against the detector. Western letters hardly
/// ever stand in twos.
const USUAL_SHARE: f64 = 0.85;

/// Share of characters in the usual blocks from which on bytes without a mark count as UTF-16.
const UTF16_USUAL: f64 = 0.9;

/// Bytes from the start that a page says its encoding in, as the HTML Standard has it.
const DECLARED_WITHIN: usize = 1024;

/// One character in so many that are not ASCII is none of the encoding, at least, in a text of another encoding: pages of GBK that call
/// themselves Big5 have one in five.
const GARBLED_SHARE: usize = 50;

/// One byte in so many is a NUL, at least, in UTF-16 that consists of ASCII bytes.
const NUL_SHARE: usize = 4;

/// Offsets in a decoded text → offsets in the bytes that it was decoded from.
#[derive(Clone, Debug)]
pub(crate) enum OffsetMap {
    /// The text is the bytes, but for a mark of so many bytes before it.
    Shift(usize),
    /// Runs, and the number of bytes in all.
    Runs(Vec<Run>, usize),
}

/// Characters in a row that take equally many bytes in the text and equally many in the input.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Run {
    text: u32,
    byte: u32,
    text_width: u8,
    byte_width: u8,
}

impl OffsetMap {
    pub(crate) fn shifted(mark: usize) -> OffsetMap {
        OffsetMap::Shift(mark)
    }

    /// Needs `offset` at most the text's length.
    pub(crate) fn byte_offset(&self, offset: usize) -> usize {
        match self {
            OffsetMap::Shift(mark) => offset + mark,
            OffsetMap::Runs(runs, end) => {
                let k = runs.partition_point(|r| r.text as usize <= offset);
                let Some(run) = k.checked_sub(1).map(|k| runs[k]) else { return *end };
                let chars = (offset - run.text as usize) / usize::from(run.text_width);
                (run.byte as usize + chars * usize::from(run.byte_width)).min(*end)
            }
        }
    }
}

/// A text under construction with its runs.
struct Decoded {
    text: String,
    runs: Vec<Run>,
    byte: usize,
}

impl Decoded {
    fn starting_at(byte: usize, len: usize) -> Decoded {
        Decoded { text: String::with_capacity(len), runs: Vec::new(), byte }
    }

    /// Opens a run for characters of these widths, unless the one that is open has them.
    fn open(&mut self, text_width: usize, byte_width: usize) {
        let (text_width, byte_width) = (text_width as u8, byte_width as u8);
        if self.runs.last().is_none_or(|r| (r.text_width, r.byte_width) != (text_width, byte_width)) {
            // `decode` has refused inputs for which these could overflow.
            self.runs.push(Run { text: self.text.len() as u32, byte: self.byte as u32, text_width, byte_width });
        }
    }

    fn push(&mut self, c: char, bytes: usize) {
        self.open(c.len_utf8(), bytes);
        self.text.push(c);
        self.byte += bytes;
    }

    /// Text that stands in the bytes as it is.
    fn push_same(&mut self, text: &str) {
        if !text.is_empty() {
            self.open(1, 1);
            self.text.push_str(text);
            self.byte += text.len();
        }
    }

    fn finish(mut self) -> (String, OffsetMap) {
        // A run of its own for the end: behind a decomposed character the open run would stop short of it.
        let (text, byte) = (self.text.len() as u32, self.byte as u32);
        self.runs.push(Run { text, byte, text_width: 1, byte_width: 0 });
        self.runs.shrink_to_fit();
        (self.text, OffsetMap::Runs(self.runs, self.byte))
    }
}

/// Text, encoding and map of `bytes`; see [`crate::text::Source::from_bytes`].
pub(crate) fn decode(name: &str, bytes: &[u8]) -> Result<(String, &'static str, OffsetMap)> {
    let not_text = |offset: usize| {
        let byte = bytes.get(offset).copied().unwrap_or(0);
        let what = format!(
            "this is not text (0x{byte:02X}); duiqi reads UTF-8, UTF-16, GB18030/GBK and Big5, so convert the file to UTF-8"
        );
        Error::new(ErrorKind::NotText, what).in_file(name).at_byte(offset)
    };
    if let Some((little, mark)) = utf16_order(bytes) {
        check_size(name, bytes)?;
        let (text, map) = decode_utf16(bytes, mark, little);
        return match binary_at(text.char_indices().map(|(o, c)| (o, c as u32)), BYTES_PER_CONTROL_UTF8) {
            Some(at) => Err(not_text(map.byte_offset(at))),
            None => Ok((text, if little { "UTF-16LE" } else { "UTF-16BE" }, map)),
        };
    }
    let mark = if bytes.starts_with(b"\xEF\xBB\xBF") { 3 } else { 0 };
    let body = &bytes[mark..];
    let utf8 = std::str::from_utf8(body);
    let tolerance = if utf8.is_ok() { BYTES_PER_CONTROL_UTF8 } else { BYTES_PER_CONTROL };
    if let Some(at) = binary_at(body.iter().map(|&b| u32::from(b)).enumerate(), tolerance) {
        return Err(not_text(mark + at));
    }
    if let Ok(text) = utf8 {
        return Ok((text.to_owned(), "UTF-8", OffsetMap::shifted(mark)));
    }
    check_size(name, bytes)?;
    if mark > 0 || is_damaged_utf8(body) {
        let (text, map) = decode_damaged_utf8(bytes, mark);
        return Ok((text, "UTF-8", map));
    }
    if let Some(encoding) = declared(body) {
        let (text, map) = decode_legacy(body, encoding);
        if !is_garbled(&text) {
            return Ok((text, encoding.name(), map));
        }
    }
    let encoding = guess(body);
    let (text, map) = decode_legacy(body, encoding);
    Ok((text, encoding.name(), map))
}

/// The encoding that a web page says it is in: `charset=…` in a `<meta>`, or `encoding="…"` in an XML declaration.
fn declared(bytes: &[u8]) -> Option<&'static Encoding> {
    let head = bytes.get(..DECLARED_WITHIN).unwrap_or(bytes).to_ascii_lowercase();
    let find = |from: usize, word: &[u8]| Some(from + head.get(from..)?.windows(word.len()).position(|w| w == word)?);
    let label = |from: usize| {
        let rest = head.get(from..)?;
        let rest = &rest[rest.iter().position(|b| !matches!(b, b' ' | b'=' | b'"' | b'\''))?..];
        let len = rest.iter().take_while(|b| b.is_ascii_alphanumeric() || matches!(b, b'-' | b'_')).count();
        Encoding::for_label(&rest[..len])
    };
    let declaration = || head.starts_with(b"<?xml").then(|| label(find(0, b"encoding")? + "encoding".len())).flatten();
    let meta = || label(find(find(0, b"<meta")?, b"charset")? + "charset".len());
    let encoding = meta().or_else(declaration)?;
    // GBK is a part of GB18030. What duiqi has no widths for is guessed.
    [GB18030, BIG5, WINDOWS_1252].into_iter().find(|e| *e == encoding || (encoding.name() == "GBK" && *e == GB18030))
}

/// Whether so much of a text is no character of its encoding that it is in another one.
fn is_garbled(text: &str) -> bool {
    let bad = text.matches(char::REPLACEMENT_CHARACTER).count();
    let foreign = text.chars().filter(|c| !c.is_ascii()).count();
    bad * GARBLED_SHARE > foreign
}

/// The maps of other encodings than UTF-8 hold offsets of 32 bits; text may be three times as long as its bytes.
fn check_size(name: &str, bytes: &[u8]) -> Result<()> {
    if bytes.len() <= u32::MAX as usize / 3 {
        return Ok(());
    }
    let what = "it is over 1.4 GB and not in UTF-8; convert the file to UTF-8, or divide it";
    Err(Error::new(ErrorKind::TooLarge, what).in_file(name))
}

/// Where the first control character is, if a NUL or too many controls make the input binary.
fn binary_at(codes: impl Iterator<Item = (usize, u32)>, per_control: usize) -> Option<usize> {
    let (mut first, mut controls, mut all) = (None, 0, 0);
    for (at, code) in codes {
        all += 1;
        // Escape (0x1B) begins the colour codes of terminal logs.
        if matches!(code, 0..=0x08 | 0x0E..=0x1A | 0x1C..=0x1F | 0x7F) {
            first = first.or(Some(at));
            if code == 0 {
                return first;
            }
            controls += 1;
        }
    }
    first.filter(|_| controls * per_control > all)
}

/// Whether the bytes are UTF-16 with the low byte first, and the length of the mark; `None` where they are not UTF-16.
fn utf16_order(bytes: &[u8]) -> Option<(bool, usize)> {
    match bytes {
        [0xFF, 0xFE, ..] => return Some((true, 2)),
        [0xFE, 0xFF, ..] => return Some((false, 2)),
        _ => {}
    }
    // In UTF-16, bytes that are valid UTF-8 by chance are so because they are ASCII, each with its NUL: a lone NUL among
    // words would make Han characters of all of them.
    let nuls = bytes.iter().filter(|&&b| b == 0).count();
    if nuls == 0 || (nuls * NUL_SHARE < bytes.len() && std::str::from_utf8(bytes).is_ok()) {
        return None;
    }
    // Characters of the usual blocks; ASCII counts twice, because English in the wrong order looks like Han characters.
    let score = |little: bool| {
        let (mut usual, mut ascii, mut all) = (0usize, 0usize, 0usize);
        for unit in utf16_units(bytes, little) {
            all += 1;
            match unit {
                0x20..=0x7E | 0x09 | 0x0A | 0x0D => (usual, ascii) = (usual + 1, ascii + 1),
                0 => return None,
                0xA0..=0x24F
                | 0x2010..=0x2027
                | 0x3000..=0x30FF
                | 0x3400..=0x9FFF
                | 0xD800..=0xDFFF
                | 0xFF01..=0xFF65 => {
                    usual += 1;
                }
                _ => {}
            }
        }
        (usual as f64 >= UTF16_USUAL * all as f64).then_some(usual + ascii)
    };
    match (score(true), score(false)) {
        (None, None) => None,
        (little, big) => Some((little >= big, 0)),
    }
}

fn utf16_units(bytes: &[u8], little: bool) -> impl Iterator<Item = u16> {
    bytes.chunks_exact(2).map(move |pair| {
        let pair = [pair[0], pair[1]];
        if little { u16::from_le_bytes(pair) } else { u16::from_be_bytes(pair) }
    })
}

fn decode_utf16(bytes: &[u8], mark: usize, little: bool) -> (String, OffsetMap) {
    let body = &bytes[mark..];
    let mut out = Decoded::starting_at(mark, body.len() * 3 / 2);
    for c in char::decode_utf16(utf16_units(body, little)) {
        match c {
            Ok(c) => out.push(c, 2 * c.len_utf16()),
            Err(_) => out.push(char::REPLACEMENT_CHARACTER, 2),
        }
    }
    if body.len() % 2 == 1 {
        out.push(char::REPLACEMENT_CHARACTER, 1);
    }
    out.finish()
}

/// Whether bytes that are not valid UTF-8 are UTF-8 nevertheless: with few bad bytes, or cut off inside a character.
fn is_damaged_utf8(bytes: &[u8]) -> bool {
    let (mut valid, mut invalid, mut cut) = (0, 0, false);
    for chunk in bytes.utf8_chunks() {
        valid += chunk.valid().chars().filter(|c| !c.is_ascii()).count();
        let bad = chunk.invalid();
        // Two bytes or more that begin a character, at the very end: no other encoding ends like that by chance.
        cut = bad.len() >= 2 && std::str::from_utf8(bad).is_err_and(|e| e.error_len().is_none());
        invalid += usize::from(!bad.is_empty());
    }
    valid >= VALID_PER_INVALID * invalid || (invalid == 1 && cut)
}

fn decode_damaged_utf8(bytes: &[u8], mark: usize) -> (String, OffsetMap) {
    let mut out = Decoded::starting_at(mark, bytes.len());
    for chunk in bytes[mark..].utf8_chunks() {
        out.push_same(chunk.valid());
        if !chunk.invalid().is_empty() {
            out.push(char::REPLACEMENT_CHARACTER, chunk.invalid().len());
        }
    }
    out.finish()
}

/// One of the encodings from before Unicode.
fn guess(bytes: &[u8]) -> &'static Encoding {
    let start = bytes.iter().position(|b| !b.is_ascii()).unwrap_or(0);
    let sample = &bytes[start..bytes.len().min(start + SAMPLE)];
    let mut detector = EncodingDetector::new(Iso2022JpDetection::Deny);
    detector.feed(sample, start + sample.len() == bytes.len());
    let guess = detector.guess(None, Utf8Detection::Deny).name();
    match guess {
        "Big5" if has_only_gb_marks(sample) => GB18030,
        "Big5" => BIG5,
        "GBK" | "gb18030" => GB18030,
        // The detector drops an encoding at the first byte that it does not allow, and knows nothing of two characters.
        _ => {
            [GB18030, BIG5]
                .into_iter()
                .map(|encoding| (usual_share(sample, encoding), encoding))
                .filter(|&(share, _)| share >= USUAL_SHARE)
                .fold((0.0, WINDOWS_1252), |best, next| if next.0 > best.0 { next } else { best })
                .1
        }
    }
}

/// Of the bytes that are not ASCII, the share in pairs of the usual Han characters and marks of an encoding.
fn usual_share(bytes: &[u8], encoding: &'static Encoding) -> f64 {
    let (mut usual, mut all, mut at) = (0usize, 0usize, 0);
    while at < bytes.len() {
        if bytes[at].is_ascii() {
            at += 1;
            continue;
        }
        let width = unit_len(&bytes[at..], encoding);
        let is_usual = match bytes[at..at + width] {
            [0xA1 | 0xA3 | 0xB0..=0xD7, 0xA1..=0xFE] if encoding == GB18030 => true,
            [0xA1..=0xC6, _] if encoding == BIG5 => true,
            _ => false,
        };
        usual += if is_usual { width } else { 0 };
        all += width;
        at += width;
    }
    usual as f64 / all.max(1) as f64
}

/// Whether all that is not ASCII are the quotation marks, dashes, dots and accented letters of GB 2312, as in English
/// written in a Chinese editor: as Big5 they would be brackets and other signs.
fn has_only_gb_marks(bytes: &[u8]) -> bool {
    let (mut marks, mut pairs, mut at) = (0, 0, 0);
    while let Some(&lead) = bytes.get(at) {
        at += if lead.is_ascii() { 1 } else { 2 };
        match (lead, bytes.get(at - 1)) {
            (0..=0x7F, _) => {}
            (0xA1 | 0xA8, Some(trail)) => {
                pairs += 1;
                marks += usize::from(lead == 0xA1 && matches!(trail, 0xA4 | 0xAA | 0xAD..=0xB1));
            }
            _ => return false,
        }
    }
    2 * marks > pairs
}

/// Bytes of the unit (a character, or a byte that is none) at the start of `bytes`, which must not be ASCII.
fn unit_len(bytes: &[u8], encoding: &'static Encoding) -> usize {
    if encoding == WINDOWS_1252 {
        return 1;
    }
    let is_lead = |b: u8| (0x81..=0xFE).contains(&b);
    match *bytes {
        [a, b'0'..=b'9', c, b'0'..=b'9', ..] if encoding == GB18030 && is_lead(a) && is_lead(c) => 4,
        [a, 0x40..=0x7E | 0x80..=0xFE, ..] if is_lead(a) => 2,
        _ => 1,
    }
}

/// Decodes all units of one length at once; a unit that the encoding does not have becomes U+FFFD.
fn decode_legacy(bytes: &[u8], encoding: &'static Encoding) -> (String, OffsetMap) {
    let mut out = Decoded::starting_at(0, bytes.len() * 3 / 2);
    let mut at = 0;
    while at < bytes.len() {
        let ascii = bytes[at..].iter().position(|b| !b.is_ascii()).unwrap_or(bytes.len() - at);
        if let Ok(text) = std::str::from_utf8(&bytes[at..at + ascii]) {
            out.push_same(text);
        }
        at += ascii;
        let Some(width) = bytes.get(at).map(|_| unit_len(&bytes[at..], encoding)) else { break };
        let mut end = at + width;
        while end < bytes.len() && !bytes[end].is_ascii() && unit_len(&bytes[end..], encoding) == width {
            end += width;
        }
        let run = &bytes[at..end];
        match encoding.decode_without_bom_handling_and_without_replacement(run) {
            Some(text) if text.chars().count() * width == run.len() => text.chars().for_each(|c| out.push(c, width)),
            _ => run.chunks(width).for_each(|unit| decode_unit(unit, encoding, &mut out)),
        }
        at = end;
    }
    out.finish()
}

fn decode_unit(unit: &[u8], encoding: &'static Encoding, out: &mut Decoded) {
    match encoding.decode_without_bom_handling_and_without_replacement(unit) {
        Some(text) => {
            // Four pairs of Big5 are a letter and a combining mark: both stand at the pair's start.
            let last = text.chars().count().saturating_sub(1);
            for (k, c) in text.chars().enumerate() {
                out.push(c, if k == last { unit.len() } else { 0 });
            }
        }
        // An ASCII byte behind a byte that leads nowhere is a character of its own, as in the Encoding Standard.
        None => match unit {
            [lead @ .., last] if lead.len() == 1 && last.is_ascii() => {
                out.push(char::REPLACEMENT_CHARACTER, 1);
                out.push(char::from(*last), 1);
            }
            _ => out.push(char::REPLACEMENT_CHARACTER, unit.len()),
        },
    }
}
