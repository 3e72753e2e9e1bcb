//! Tables of pairs as text: one pair in a line, columns separated by tabs, commas, semicolons or bars, quoted or not.

use csv::{ByteRecord, ReaderBuilder};

use super::keys;
use super::properties::Properties;
use super::unit::{Contents, Text, Unit};
use crate::document::MappedText;
use crate::document::bilingual::{Columns, columns, seconds};
use crate::document::sentence::trim;
use crate::error::{Error, Result};
use crate::text::{Lang, Source};

/// The signs that may separate columns, the most usual first.
const DELIMITERS: [u8; 4] = [b'\t', b',', b';', b'|'];
/// The number of records that are read to recognise a table.
const SAMPLE: usize = 200;
/// The share of the records that must have the usual number of columns.
const MIN_EQUAL: f64 = 0.95;
/// The least number of records in a table. A single line may be anything.
const MIN_RECORDS: usize = 2;

/// Whether a text is a table of pairs whose columns are separated by tabs.
pub(in crate::document) fn is_tsv(source: &Source) -> bool {
    delimiter(source.text()) == Some(b'\t')
}

/// Whether a text is a table of pairs whose columns are separated by other signs.
pub(in crate::document) fn is_csv(source: &Source) -> bool {
    delimiter(source.text()).is_some_and(|found| found != b'\t')
}

/// Reads the pairs of a table.
///
/// # Errors
/// [`crate::ErrorKind::WrongFormat`] for a text without an English and a Chinese column.
pub(in crate::document) fn read(source: &Source) -> Result<Contents> {
    let text = source.text();
    let table = DELIMITERS.into_iter().find_map(|delimiter| Some((delimiter, table(text, delimiter)?)));
    let Some((delimiter, columns)) = table else {
        let what = "no table with a column in English and one in Chinese is in it; write one pair in each line, and name \
                    the columns en and zh in the first line";
        return Err(Error::wrong_format(source.name(), 1, what));
    };
    let mut contents = Contents::default();
    for (at, record) in records(text, delimiter).skip(usize::from(columns.header)) {
        let cells = cells(text, at, &record);
        let time = columns.time.and_then(|c| cells.get(c)).and_then(|cell| seconds(cell.text()));
        let mut unit = Unit { at, ..Unit::default() };
        for lang in Lang::ALL {
            let Some(words) = cells.get(columns.text[lang]).filter(|cell| !cell.text().is_empty()) else { continue };
            let mut properties = Properties::default();
            if let Some(name) = columns.speaker[lang].and_then(|c| cells.get(c)).filter(|name| !name.text().is_empty())
            {
                properties.add(keys::SPEAKER.to_owned(), name.text());
            }
            if let Some(time) = time {
                properties.add(keys::TIME.to_owned(), &time.to_string());
            }
            *unit.place(lang) = Some(Text { words: words.clone(), properties });
        }
        if let Some(confidence) = columns.confidence.and_then(|c| cells.get(c)) {
            unit.properties.add(keys::CONFIDENCE.to_owned(), confidence.text());
        }
        contents.add(unit);
    }
    Ok(contents)
}

/// The delimiter of a table of pairs, if the text is one.
fn delimiter(text: &str) -> Option<u8> {
    DELIMITERS.into_iter().find(|&delimiter| table(text, delimiter).is_some())
}

/// Returns the columns of a text, if it is a table of pairs with this delimiter.
fn table(text: &str, delimiter: u8) -> Option<Columns> {
    // Most texts have no such sign in their first line.
    let first = text.trim_start_matches('\u{FEFF}').lines().find(|line| !line.trim().is_empty()).unwrap_or_default();
    // A bar at the start of a line is a table in Markdown, a brace or bracket is JSON.
    if !first.as_bytes().contains(&delimiter) || first.trim_start().starts_with(['|', '{', '[']) {
        return None;
    }
    let sample: Vec<ByteRecord> = records(text, delimiter).take(SAMPLE).map(|record| record.1).collect();
    let width = sample.first().map_or(0, ByteRecord::len);
    let equal = sample.iter().filter(|record| record.len() == width).count();
    if width < 2 || sample.len() < MIN_RECORDS || (equal as f64) < MIN_EQUAL * sample.len() as f64 {
        return None;
    }
    let cells =
        |record: &ByteRecord| record.iter().map(|cell| String::from_utf8_lossy(cell).trim().to_owned()).collect();
    let rows: Vec<Vec<String>> = sample.iter().map(cells).collect();
    let rows: Vec<Vec<&str>> = rows.iter().map(|row| row.iter().map(String::as_str).collect()).collect();
    columns(&rows)
}

/// The records of a text that are not blank, each with its first byte.
fn records(text: &str, delimiter: u8) -> impl Iterator<Item = (usize, ByteRecord)> {
    let mark = text.len() - text.trim_start_matches('\u{FEFF}').len();
    let reader = ReaderBuilder::new()
        .has_headers(false)
        .flexible(true)
        .delimiter(delimiter)
        .from_reader(&text.as_bytes()[mark..]);
    let quoted = reader.into_byte_records();
    quoted.filter_map(Result::ok).filter_map(move |record| {
        let at = mark + record.position()?.byte() as usize;
        record.iter().any(|cell| !cell.trim_ascii().is_empty()).then_some((at, record))
    })
}

/// The cells of a record without blanks at their ends, with their places. The parser gives their bytes without quotes, in
/// the order of the source.
fn cells(text: &str, start: usize, record: &ByteRecord) -> Vec<MappedText> {
    let bytes = text.as_bytes();
    let mut at = start;
    while matches!(bytes.get(at), Some(b'\r' | b'\n')) {
        at += 1;
    }
    let mut cells = Vec::with_capacity(record.len());
    for cell in record {
        let mut words = MappedText::default();
        let quoted = bytes.get(at) == Some(&b'"');
        at += usize::from(quoted);
        for c in String::from_utf8_lossy(cell).chars() {
            let doubled = quoted && c == '"' && bytes.get(at + 1) == Some(&b'"');
            let range = at..at + c.len_utf8() + usize::from(doubled);
            match c {
                _ if doubled => words.push_for("\"", range.clone()),
                // A text is on one line.
                c if c.is_control() => words.push_for(" ", range.clone()),
                c => words.push(c.encode_utf8(&mut [0; 4]), at),
            }
            at = range.end;
        }
        // The closing quote, and the delimiter.
        at += usize::from(quoted) + 1;
        cells.push(words.slice(trim(words.text(), 0..words.text().len())));
    }
    cells
}
