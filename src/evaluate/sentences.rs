//! Gold that quotes sentences: a table of which sentences of two files are translations of each other, whatever a program
//! takes for its segments.

use std::ops::Range;

use crate::document::Document;
use crate::error::{Error, Result};
use crate::text::Source;

use super::IndexBead;
use super::beads::shortened;

/// A gold table whose cells quote sentences.
///
/// ```
/// use duiqi::{Document, Format, Source};
/// use duiqi::train::evaluate::TextGold;
/// let gold = "# How to read this\nen\tzh\tnote\nTea? | No.\t要茶吗？不要。\tmerged\n";
/// let gold = TextGold::parse(&Source::from_text("gold", gold))?;
/// let en = Document::read(Source::from_text("en", "Tea? No."), Format::Plain)?;
/// let zh = Document::read(Source::from_text("zh", "要茶吗？不要。"), Format::Plain)?;
/// let mapped = gold.map(&en, &zh)?;
/// // The cell quotes two Chinese sentences as one; the bead holds the segments that there are.
/// assert_eq!((mapped.beads[0].first(), mapped.beads[0].second()), (&[0, 1][..], &[0, 1][..]));
/// assert_eq!((mapped.en.same, mapped.zh.same), (2, 0));
/// # Ok::<(), duiqi::Error>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TextGold {
    name: String,
    rows: Vec<TextRow>,
}

/// A row: sentences that belong together.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TextRow {
    /// Line of the table, from 1.
    pub line: usize,
    /// English sentences, as quoted; none where the English has no counterpart.
    pub en: Vec<String>,
    /// Chinese sentences, as quoted.
    pub zh: Vec<String>,
    /// What is said about the row; empty where the column is empty or missing.
    pub note: String,
}

/// The rows of a [`TextGold`] as indices of the segments of two documents.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MappedGold {
    /// English segments first; in order, every segment of both documents in exactly one. Rows that meet in one segment are
    /// one bead, and a segment that no row quotes stands alone.
    pub beads: Vec<IndexBead>,
    /// For each row the bead that it went into, as an index of `beads`.
    pub of_row: Vec<usize>,
    /// How the English segments agree with the sentences quoted.
    pub en: Agreement,
    /// How the Chinese ones do.
    pub zh: Agreement,
}

/// How the segments of a document agree with the sentences that a gold quotes.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Agreement {
    /// Sentences quoted.
    pub sentences: usize,
    /// Segments of the document.
    pub segments: usize,
    /// Sentences that are one segment each, from its first character to its last.
    pub same: usize,
    /// The sentences for which that is not so, each with the line of the gold that quotes it, from 1.
    pub different: Vec<(usize, String)>,
    /// Segments no sentence touches.
    pub unquoted: Vec<usize>,
}

impl TextGold {
    /// Whether a table has columns `en` and `zh`, so that [`TextGold::parse`] can read it.
    pub fn is_text_gold(source: &Source) -> bool {
        let header = source.text().lines().find(|l| !l.starts_with('#') && !l.trim().is_empty());
        header.is_some_and(|h| h.split('\t').take(2).map(str::trim).eq(["en", "zh"]))
    }

    /// Reads a table. Lines that begin with `#` are comments; the first other line names the columns, apart by tabs: `en`,
    /// `zh` and, if wanted, `note`; further columns are ignored. A cell quotes sentences as they stand in the file, without
    /// markup and labels, several apart by ` | `; an empty one says that there is no counterpart.
    ///
    /// # Errors
    /// [`crate::ErrorKind::Malformed`] with the line.
    pub fn parse(source: &Source) -> Result<TextGold> {
        let wrong = |line: usize, what: String| Error::malformed(source.name(), line, what);
        let mut lines = source.text().lines().enumerate().map(|(i, l)| (i + 1, l)).filter(|(_, l)| !is_comment(l));
        let (at, header) = lines.next().unwrap_or((1, ""));
        let header: Vec<&str> = header.split('\t').map(str::trim).collect();
        let column = |name: &str| header.iter().position(|h| *h == name);
        let (Some(en), Some(zh)) = (column("en"), column("zh")) else {
            let what = "the first line that is not a comment must name the columns en and zh, with a tab between them";
            return Err(wrong(at, what.to_owned()));
        };
        let note = column("note");
        let mut rows = Vec::new();
        for (line, text) in lines {
            let cells: Vec<&str> = text.split('\t').map(str::trim).collect();
            let cell = |k: usize| cells.get(k).copied().unwrap_or_default();
            let quoted = |k| -> Vec<String> { cell(k).split(APART).map(str::trim).map(str::to_owned).collect() };
            let sentences = |k| if cell(k).is_empty() { Vec::new() } else { quoted(k) };
            let row = TextRow { line, en: sentences(en), zh: sentences(zh), note: note.map_or("", cell).to_owned() };
            if row.en.is_empty() && row.zh.is_empty() {
                return Err(wrong(line, "both en and zh are empty; quote a sentence, or remove the line".to_owned()));
            }
            if row.en.iter().chain(&row.zh).any(|s| s.is_empty()) {
                return Err(wrong(line, "a sentence is empty; write \" | \" only between two sentences".to_owned()));
            }
            rows.push(row);
        }
        Ok(TextGold { name: source.name().to_owned(), rows })
    }

    /// The rows, in order.
    pub fn rows(&self) -> &[TextRow] {
        &self.rows
    }

    /// Finds the sentences in two documents, by their characters and in the order of the table; blank space does not count.
    /// Where a document is cut differently from the sentences, its segments go with the rows that they share characters
    /// with.
    ///
    /// # Errors
    /// [`crate::ErrorKind::Malformed`] with the line if a sentence is not in its document after the sentences of the
    /// earlier rows.
    pub fn map(&self, en: &Document, zh: &Document) -> Result<MappedGold> {
        let (en_rows, en) = self.side(en, |r| &r.en)?;
        let (zh_rows, zh) = self.side(zh, |r| &r.zh)?;
        let mut joined = Joined::default();
        for (a, b) in en_rows.into_iter().zip(zh_rows) {
            joined.add_row(a, b);
        }
        joined.rest(en.segments, zh.segments);
        Ok(MappedGold { beads: joined.beads(), of_row: joined.of_row, en, zh })
    }

    /// For each row the segments that it touches, from the first to the one behind the last.
    fn side(
        &self,
        document: &Document,
        quoted: impl Fn(&TextRow) -> &Vec<String>,
    ) -> Result<(Vec<Range<usize>>, Agreement)> {
        let (mut text, mut ends) = (String::new(), Vec::new());
        for segment in document.segments() {
            text.push_str(&bare(&segment.text));
            ends.push(text.len());
        }
        let mut agreement = Agreement { segments: ends.len(), ..Agreement::default() };
        let mut touched = vec![false; ends.len()];
        let (mut rows, mut at) = (Vec::new(), 0);
        for row in &self.rows {
            let mut span: Option<Range<usize>> = None;
            for sentence in quoted(row) {
                let words = bare(sentence);
                let Some(found) = text.get(at..).and_then(|rest| rest.find(&words)) else {
                    let what = format!(
                        "{:?} is not in {} after the sentences of the lines before; copy the sentences exactly and in their order",
                        shortened(sentence),
                        document.source().name()
                    );
                    return Err(Error::malformed(&self.name, row.line, what));
                };
                let bytes = at + found..at + found + words.len();
                at = bytes.end;
                let segments =
                    ends.partition_point(|&e| e <= bytes.start)..ends.partition_point(|&e| e < bytes.end) + 1;
                touched.iter_mut().take(segments.end).skip(segments.start).for_each(|t| *t = true);
                let start = segments.start.checked_sub(1).map_or(0, |k| ends[k]);
                agreement.sentences += 1;
                if bytes.start == start && ends.get(segments.start) == Some(&bytes.end) {
                    agreement.same += 1;
                } else {
                    agreement.different.push((row.line, sentence.clone()));
                }
                span = Some(span.map_or(segments.start, |s| s.start)..segments.end);
            }
            // A row without a sentence on this side stands where the last one ended.
            let end = rows.last().map_or(0, |r: &Range<usize>| r.end);
            rows.push(span.unwrap_or(end..end));
        }
        agreement.unquoted = (0..touched.len()).filter(|&i| !touched[i]).collect();
        Ok((rows, agreement))
    }
}

/// Rows that share segments, joined, and single segments between them.
#[derive(Default)]
struct Joined {
    /// English and Chinese segments of each bead, in order; all that lies below the last ones is taken.
    spans: Vec<(Range<usize>, Range<usize>)>,
    of_row: Vec<usize>,
}

impl Joined {
    fn add_row(&mut self, en: Range<usize>, zh: Range<usize>) {
        let (taken_en, taken_zh) = self.taken();
        // A segment that the row has in common with the one before makes them one bead.
        let shares = |side: &Range<usize>, taken: usize| !side.is_empty() && side.start < taken;
        if shares(&en, taken_en) || shares(&zh, taken_zh) {
            // Rows of the other language may stand between the two that share the segment: they join as well.
            let reaches = |bead: &Range<usize>, row: &Range<usize>| !row.is_empty() && row.start < bead.start;
            while let Some(last) = self.spans.pop_if(|(a, b)| reaches(a, &en) || reaches(b, &zh)) {
                self.extend_last(&last.0, &last.1);
            }
            self.extend_last(&en, &zh);
            let last = self.spans.len().saturating_sub(1);
            self.of_row.iter_mut().for_each(|bead| *bead = last.min(*bead));
        } else {
            let next = |side: &Range<usize>, taken: usize| if side.is_empty() { taken } else { side.start };
            self.rest(next(&en, taken_en), next(&zh, taken_zh));
            let (at_en, at_zh) = self.taken();
            let from = |side: Range<usize>, at: usize| if side.is_empty() { at..at } else { side };
            self.spans.push((from(en, at_en), from(zh, at_zh)));
        }
        self.of_row.push(self.spans.len().saturating_sub(1));
    }

    /// Adds to the last bead what follows it; segments in between that no row has go with it.
    fn extend_last(&mut self, en: &Range<usize>, zh: &Range<usize>) {
        if let Some((a, b)) = self.spans.last_mut() {
            (a.end, b.end) = (a.end.max(en.end), b.end.max(zh.end));
        }
    }

    /// Segments below these that no row has stand alone.
    fn rest(&mut self, en: usize, zh: usize) {
        let (at_en, at_zh) = self.taken();
        self.spans.extend((at_en..en).map(|i| (i..i + 1, at_zh..at_zh)));
        let at_en = at_en.max(en);
        self.spans.extend((at_zh..zh).map(|j| (at_en..at_en, j..j + 1)));
    }

    fn taken(&self) -> (usize, usize) {
        self.spans.last().map_or((0, 0), |(a, b)| (a.end, b.end))
    }

    fn beads(&self) -> Vec<IndexBead> {
        self.spans.iter().map(|(a, b)| IndexBead::new(a.clone().collect(), b.clone().collect())).collect()
    }
}

/// What stands between two sentences in a cell.
const APART: &str = " | ";

fn is_comment(line: &str) -> bool {
    line.starts_with('#') || line.trim().is_empty()
}

/// The characters that count: line ends in a paragraph become spaces in one text and nothing in another.
fn bare(text: &str) -> String {
    text.chars().filter(|c| !c.is_whitespace()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::document::Format;

    fn mapped(gold: &str, en: &str, zh: &str) -> Result<MappedGold> {
        let read = |name: &str, text: &str| Document::read(Source::from_text(name, text), Format::Lines).unwrap();
        TextGold::parse(&Source::from_text("gold", &format!("en\tzh\n{gold}")))?.map(&read("en", en), &read("zh", zh))
    }

    fn shown(gold: &str, en: &str, zh: &str) -> String {
        match mapped(gold, en, zh) {
            Ok(m) => m.beads.iter().map(|b| format!("{:?}{:?}", b.first(), b.second())).collect::<Vec<_>>().join(" "),
            Err(e) => e.to_string(),
        }
    }

    #[test]
    fn rows_become_the_segments_they_quote() {
        assert_eq!(
            shown("A b. | C.\t甲。\nD.\t\n\t乙。\nE.\t丙。", "A b.\nC.\nD.\nE.", "甲。\n乙。\n丙。"),
            "[0, 1][0] [2][] [][1] [3][2]"
        );
    }

    #[test]
    fn rows_in_one_segment_are_one_bead() {
        assert_eq!(shown("A.\t甲。\nB.\t乙。\nC.\t丙。", "A. B.\nC.", "甲。\n乙。\n丙。"), "[0][0, 1] [1][2]");
        assert_eq!(shown("A.\t\nB.\t乙。\nC.\t丙。", "A. B.\nC.", "乙。\n丙。"), "[0][0] [1][1]");
        // A Chinese row between two that share an English segment joins them.
        assert_eq!(shown("A.\t甲。\n\t乙。\nB.\t丙。", "A. B.", "甲。\n乙。\n丙。"), "[0][0, 1, 2]");
        // The second row's English begins in the first row's segment and goes on in one of its own.
        assert_eq!(shown("A.\t甲。\nB, c.\t乙。", "A. B,\nc.", "甲。\n乙。"), "[0, 1][0, 1]");
    }

    #[test]
    fn unquoted_segments_stand_alone() {
        assert_eq!(shown("B.\t乙。", "A.\nB.\nC.", "甲。\n乙。"), "[0][] [][0] [1][1] [2][]");
    }

    #[test]
    fn a_sentence_cut_in_two_is_both_pieces_and_counts_as_different() {
        let m = mapped("A, b.\t甲。", "A,\nb.", "甲。").expect("both stand there");
        assert_eq!((m.beads[0].shape(), m.en.same, m.zh.same, m.en.different.len()), ((2, 1), 0, 1, 1));
    }

    #[test]
    fn errors_name_the_line() {
        assert!(shown("A.\t甲。\nZ.\t乙。", "A.\nB.", "甲。\n乙。").starts_with("gold:3: \"Z.\" is not in en"));
        assert!(shown("B.\t乙。\nA.\t甲。", "A.\nB.", "甲。\n乙。").starts_with("gold:3: \"A.\" is not in en"));
        assert!(shown("\t\t an empty row", "A.", "甲。").starts_with("gold:2: both en and zh are empty"));
        assert!(shown("A. | \t甲。", "A.", "甲。").starts_with("gold:2: "));
        let header = TextGold::parse(&Source::from_text("gold", "# only\nA.\t甲。\n"));
        assert!(header.is_err_and(|e| e.to_string().starts_with("gold:2: ")));
    }
}
