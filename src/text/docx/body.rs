//! The main part: WordprocessingML to lines.

use std::collections::HashMap;

use quick_xml::NsReader;
use quick_xml::events::{BytesStart, Event};
use quick_xml::name::ResolveResult;

use super::package::{attribute, is_on};
use super::styles::{Styles, is_numbered, level};
use super::{ENTITIES, NOT_XML, broken};
use crate::error::Result;
use crate::limits::{Limit, Limits};
use crate::text::LineKind;
use crate::text::raised::{Raised, raised};
use crate::text::source::{BesideText, Layout};

/// Namespaces of WordprocessingML, in its usual and its strict form, and of formulas.
const WORD: [&str; 4] = [
    "http://schemas.openxmlformats.org/wordprocessingml/2006/main",
    "http://purl.oclc.org/ooxml/wordprocessingml/main",
    "http://schemas.openxmlformats.org/officeDocument/2006/math",
    "http://purl.oclc.org/ooxml/officeDocument/math",
];

/// The namespace of alternatives.
const ALTERNATIVES: &str = "http://schemas.openxmlformats.org/markup-compatibility/2006";

/// Private characters that stand for signs of a symbol font.
const SYMBOLS: std::ops::RangeInclusive<u32> = 0xE000..=0xF8FF;

/// The kinds of notes.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum NoteKind {
    Footnote,
    Endnote,
}

/// The content of a part.
pub(super) struct Text {
    lines: Vec<Line>,
    /// References to notes, in order.
    references: Vec<(NoteKind, String)>,
    /// Notes with their ids, in a part of notes.
    notes: Vec<(String, Vec<Line>)>,
    left_out: Vec<(BesideText, usize)>,
}

impl Text {
    /// Adds the notes of a part after the text, in the order in which the text refers to them.
    pub(super) fn add_notes(&mut self, kind: NoteKind, part: Text) {
        let mut notes: HashMap<String, Vec<Line>> = part.notes.into_iter().collect();
        for (_, id) in self.references.iter().filter(|(k, _)| *k == kind) {
            self.lines.extend(notes.remove(id).unwrap_or_default());
        }
        let unused = notes.values().filter(|lines| !lines.is_empty()).count();
        self.leave_out(BesideText::UnusedNote, unused);
        part.left_out.into_iter().for_each(|(what, count)| self.leave_out(what, count));
    }

    pub(super) fn leave_out(&mut self, what: BesideText, count: usize) {
        match self.left_out.iter_mut().find(|(known, _)| *known == what) {
            Some((_, before)) => *before += count,
            None if count > 0 => self.left_out.push((what, count)),
            None => {}
        }
    }

    pub(super) fn has_words(&self) -> bool {
        self.lines.iter().any(|line| line.text.contains(char::is_alphabetic))
    }

    /// The lines as one text, and their kinds.
    pub(super) fn finish(self) -> (String, Layout) {
        let kinds = self.lines.iter().map(|line| line.kind).collect();
        let mut text = String::with_capacity(self.lines.iter().map(|line| line.text.len() + 1).sum());
        for line in &self.lines {
            text.push_str(&line.text);
            text.push('\n');
        }
        (text, Layout { kinds, left_out: self.left_out })
    }
}

struct Line {
    text: String,
    kind: LineKind,
}

#[derive(Default)]
struct Paragraph {
    text: String,
    style: String,
    level: Option<u8>,
    numbered: Option<bool>,
    /// Its end is deleted: the next one goes on with it.
    open_end: bool,
    /// Lines of text boxes in it, which come behind it.
    boxes: Vec<Line>,
    /// The kind of the superscript at its end, if there is one.
    raised: Option<Raised>,
}

#[derive(Default)]
struct Row {
    cells: Vec<Vec<Line>>,
    /// A table stands in it: it is there for the layout.
    nests: bool,
    deleted: bool,
}

struct Body<'a> {
    styles: &'a Styles,
    lines: Vec<Line>,
    paragraphs: Vec<Paragraph>,
    /// Text of a paragraph whose end is deleted.
    carried: String,
    rows: Vec<Row>,
    /// Names of the open elements of WordprocessingML; of others, nothing.
    path: Vec<String>,
    /// For each open `AlternateContent` whether one alternative was taken.
    taken: Vec<bool>,
    hidden_run: bool,
    raised_run: bool,
    placeholder: Option<usize>,
    references: Vec<(NoteKind, String)>,
    notes: Vec<(String, Vec<Line>)>,
    deleted: usize,
    hidden: usize,
    comments: usize,
}

/// Reads the content of a part whose outermost element is `root`.
pub(super) fn parse(xml: &str, root: &str, styles: &Styles, limits: &Limits) -> Result<Text> {
    let mut reader = NsReader::from_str(xml);
    let mut body = Body {
        styles,
        lines: Vec::new(),
        paragraphs: Vec::new(),
        carried: String::new(),
        rows: Vec::new(),
        path: Vec::new(),
        taken: Vec::new(),
        hidden_run: false,
        raised_run: false,
        placeholder: None,
        references: Vec::new(),
        notes: Vec::new(),
        deleted: 0,
        hidden: 0,
        comments: 0,
    };
    // Depth of the element that is being passed over.
    let mut skipped: Option<usize> = None;
    let mut is_word = false;
    loop {
        let (namespace, event) = reader.read_resolved_event().map_err(|e| broken(NOT_XML).caused_by(e))?;
        let namespace = match namespace {
            ResolveResult::Bound(namespace) => namespace.0,
            _ => "",
        };
        match event {
            Event::Start(tag) => {
                let name = element_name(namespace, &tag);
                is_word |= body.path.is_empty() && name == root;
                if skipped.is_none() && !body.start(&name, &tag) {
                    skipped = Some(body.path.len());
                }
                body.path.push(name);
                if body.path.len() as u64 > limits.nesting {
                    return Err(limits.exceeded(Limit::Nesting));
                }
            }
            Event::Empty(tag) if skipped.is_none() => {
                let name = element_name(namespace, &tag);
                if body.start(&name, &tag) {
                    body.end(&name);
                }
            }
            Event::End(_) => {
                let name = body.path.pop().unwrap_or_default();
                match skipped {
                    Some(depth) if body.path.len() > depth => {}
                    Some(_) => skipped = None,
                    None => body.end(&name),
                }
            }
            Event::Text(words) if skipped.is_none() => body.words(&words.xml10_content()),
            Event::CData(words) if skipped.is_none() => body.words(&words.xml10_content()),
            Event::GeneralRef(entity) => {
                let meant = match entity.resolve_char_ref().map_err(|e| broken(NOT_XML).caused_by(e))? {
                    Some(c) => c,
                    None => match entity.as_ref() {
                        "amp" => '&',
                        "lt" => '<',
                        "gt" => '>',
                        "quot" => '"',
                        "apos" => '\'',
                        other => {
                            return Err(broken(&format!(
                                "it uses the entity {other:?}, which Word documents never do"
                            )));
                        }
                    },
                };
                if skipped.is_none() {
                    body.words(meant.encode_utf8(&mut [0; 4]));
                }
            }
            Event::DocType(_) => return Err(broken(ENTITIES)),
            Event::Eof if !body.path.is_empty() => return Err(broken("it ends too early")),
            Event::Eof if !is_word => return Err(broken("its main part is not a Word document")),
            Event::Eof => return Ok(body.finish()),
            _ => {}
        }
    }
}

/// The local name of an element of WordprocessingML or of an alternative; other elements have none.
fn element_name(namespace: &str, tag: &BytesStart<'_>) -> String {
    let local = tag.local_name();
    match local.as_ref() {
        name if WORD.contains(&namespace) => name.to_owned(),
        name @ ("AlternateContent" | "Choice" | "Fallback") if namespace == ALTERNATIVES => name.to_owned(),
        _ => String::new(),
    }
}

impl Body<'_> {
    fn is_in(&self, name: &str) -> bool {
        self.path.last().is_some_and(|last| last == name)
    }

    /// Whether the element is read, or passed over with all that is in it.
    fn start(&mut self, name: &str, tag: &BytesStart<'_>) -> bool {
        match name {
            "del" if self.is_in("rPr") => {
                if let Some(paragraph) = self.paragraphs.last_mut() {
                    paragraph.open_end |= self.path.iter().rev().nth(1).is_some_and(|name| name == "pPr");
                }
            }
            "del" if self.is_in("trPr") => {
                if let Some(row) = self.rows.last_mut() {
                    row.deleted = true;
                }
            }
            "del" => {
                self.deleted += 1;
                return false;
            }
            // These notes only draw the line above the other notes.
            "footnote" | "endnote" => {
                if attribute(tag, "type").is_some_and(|kind| kind != "normal") {
                    return false;
                }
                self.notes.push((attribute(tag, "id").unwrap_or_default(), Vec::new()));
            }
            "commentReference" => self.comments += 1,
            "moveFrom" | "delText" | "instrText" | "delInstrText" | "rt" | "rubyPr" | "pPrChange" | "rPrChange" => {
                return false;
            }
            "AlternateContent" => self.taken.push(false),
            "Choice" | "Fallback" => match self.taken.last_mut() {
                Some(taken @ false) => *taken = true,
                _ => return false,
            },
            "p" => self.paragraphs.push(Paragraph { text: std::mem::take(&mut self.carried), ..Paragraph::default() }),
            "pStyle" => with(self.paragraphs.last_mut(), |p| p.style = attribute(tag, "val").unwrap_or_default()),
            "outlineLvl" => with(self.paragraphs.last_mut(), |p| p.level = level(tag)),
            "numId" => with(self.paragraphs.last_mut(), |p| p.numbered = Some(is_numbered(tag))),
            "r" => (self.hidden_run, self.raised_run) = (false, false),
            "vertAlign" => self.raised_run = attribute(tag, "val").is_some_and(|value| value == "superscript"),
            "vanish" if self.path.iter().rev().nth(1).is_none_or(|name| name != "pPr") => {
                self.hidden_run = is_on(tag);
            }
            "showingPlcHdr" if is_on(tag) => self.placeholder = self.path.len().checked_sub(1),
            // The words of a form that nobody has filled in.
            "sdtContent" if self.placeholder.is_some_and(|depth| depth == self.path.len()) => {
                self.placeholder = None;
                return false;
            }
            "tab" | "ptab" if self.is_in("r") => self.push("\t"),
            "br" | "cr" if self.is_in("r") => self.push("\n"),
            "noBreakHyphen" => self.push("-"),
            "sym" => {
                let code = attribute(tag, "char").and_then(|hex| u32::from_str_radix(&hex, 16).ok());
                if let Some(c) = code.filter(|code| !SYMBOLS.contains(code)).and_then(char::from_u32) {
                    self.push(c.encode_utf8(&mut [0; 4]));
                }
            }
            "footnoteReference" | "endnoteReference" => {
                let kind = if name == "footnoteReference" { NoteKind::Footnote } else { NoteKind::Endnote };
                self.references.push((kind, attribute(tag, "id").unwrap_or_default()));
            }
            "tbl" => with(self.rows.last_mut(), |row| row.nests = true),
            "tr" => self.rows.push(Row::default()),
            "tc" => with(self.rows.last_mut(), |row| row.cells.push(Vec::new())),
            _ => {}
        }
        true
    }

    fn end(&mut self, name: &str) {
        match name {
            "AlternateContent" => drop(self.taken.pop()),
            "p" => self.end_paragraph(),
            "tc" => self.flush_carried(),
            "tr" => self.end_row(),
            "txbxContent" => self.flush_carried(),
            "footnote" | "endnote" => {
                self.flush_carried();
                let lines = std::mem::take(&mut self.lines);
                with(self.notes.last_mut(), |(_, note)| *note = lines);
            }
            _ => {}
        }
    }

    fn words(&mut self, words: &str) {
        if self.is_in("t") {
            // Line ends inside an element are blanks, and no other sign may end a line.
            self.push(&words.replace(|c: char| c.is_control() || matches!(c, '\u{2028}' | '\u{2029}'), " "));
        }
    }

    fn push(&mut self, words: &str) {
        if self.hidden_run {
            self.hidden += usize::from(!words.trim().is_empty());
        } else if let Some(paragraph) = self.paragraphs.last_mut() {
            if self.raised_run && paragraph.raised.is_none() {
                let kind = raised(&paragraph.text, words, false);
                paragraph.text.push_str(match kind {
                    Raised::Power => "^",
                    Raised::Note => "[",
                    Raised::Letters => "",
                });
                paragraph.raised = Some(kind);
            } else if !self.raised_run {
                paragraph.end_raised();
            }
            paragraph.text.push_str(&words.replace('\u{AD}', ""));
        }
    }

    fn end_paragraph(&mut self) {
        let Some(mut paragraph) = self.paragraphs.pop() else { return };
        paragraph.end_raised();
        let kind = self.styles.kind(&paragraph.style, paragraph.level, paragraph.numbered);
        let mut lines: Vec<Line> = Vec::new();
        if paragraph.open_end {
            self.carried = paragraph.text;
        } else {
            lines = lines_of(&paragraph.text, kind).collect();
        }
        lines.extend(paragraph.boxes);
        self.add(lines);
    }

    /// Text that waits for a paragraph to go on in, at the end of what could hold one.
    fn flush_carried(&mut self) {
        let text = std::mem::take(&mut self.carried);
        let lines = lines_of(&text, LineKind::Text).collect();
        self.add(lines);
    }

    /// Adds lines to what is open: a paragraph around a text box, a cell, the document.
    fn add(&mut self, lines: Vec<Line>) {
        let in_box = self.path.iter().rev().find(|name| matches!(name.as_str(), "txbxContent" | "tc"));
        if in_box.is_some_and(|name| name == "txbxContent")
            && let Some(paragraph) = self.paragraphs.last_mut()
        {
            return paragraph.boxes.extend(lines);
        }
        match self.rows.last_mut().and_then(|row| row.cells.last_mut()) {
            Some(cell) => cell.extend(lines),
            None => self.lines.extend(lines),
        }
    }

    /// Ends a row: its cells are joined with tabs, or are separate blocks if the row only serves the layout.
    fn end_row(&mut self) {
        let Some(row) = self.rows.pop().filter(|row| !row.deleted) else { return };
        let single = row.cells.iter().all(|cell| cell.len() <= 1);
        if row.nests || row.cells.len() < 2 || !single {
            return self.add(row.cells.into_iter().flatten().collect());
        }
        let cells: Vec<String> = row
            .cells
            .iter()
            .map(|cell| cell.first().map_or(String::new(), |line| line.text.replace('\t', " ")))
            .collect();
        let text = cells.join("\t");
        if text.chars().any(|c| !c.is_whitespace()) {
            self.add(vec![Line { text: text.trim_end().to_owned(), kind: LineKind::Row }]);
        }
    }

    fn finish(mut self) -> Text {
        self.flush_carried();
        let mut text = Text { lines: self.lines, references: self.references, notes: self.notes, left_out: Vec::new() };
        text.leave_out(BesideText::Deletion, self.deleted);
        text.leave_out(BesideText::Hidden, self.hidden);
        text.leave_out(BesideText::Comment, self.comments);
        text
    }
}

impl Paragraph {
    /// Ends a superscript.
    fn end_raised(&mut self) {
        if self.raised.take() == Some(Raised::Note) {
            self.text.push(']');
        }
    }
}

fn with<T>(open: Option<&mut T>, change: impl FnOnce(&mut T)) {
    if let Some(open) = open {
        change(open);
    }
}

/// The lines of a paragraph's text that are not blank.
fn lines_of(text: &str, kind: LineKind) -> impl Iterator<Item = Line> {
    let lines = text.split('\n').map(|line| line.trim().to_owned());
    lines.filter(|line| !line.is_empty()).map(move |text| Line { text, kind })
}
