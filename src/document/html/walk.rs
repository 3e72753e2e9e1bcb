//! The lines of a page: tags become kinds and line ends, what is hidden is left out.

use std::collections::HashMap;
use std::ops::Range;

use super::detect::VOID;
use super::names;
use super::tokens::{Piece, Tag, Token, pieces, tokens};
use crate::document::block::{BlockKind, MappedText};
use crate::document::line::{is_cjk, is_line_end, is_rule, trimmed};
use crate::text::raised::{Raised, raised};

/// Open elements that are told apart; deeper ones count as text of the last. Browsers stop at 512.
const DEPTH: usize = 512;

/// A line of a page.
#[derive(Debug)]
pub(super) struct Line {
    /// Its words; not blank.
    pub(super) text: MappedText,
    /// Kind; of rows only their cells' inner kind: [`Page::rows`] says which rows are some.
    pub(super) kind: BlockKind,
    /// Index of the innermost aside ([`Page::asides`]) that it stands in.
    pub(super) aside: Option<usize>,
    /// Bytes of its text that are links.
    pub(super) linked: usize,
    /// Whether it stands in a first-level heading.
    pub(super) title: bool,
    /// Row and cell of the innermost table.
    pub(super) cell: Option<(usize, usize)>,
    /// Lines of one block have the same number.
    pub(super) block: usize,
}

/// A row of a table.
#[derive(Debug, Default)]
pub(super) struct Row {
    /// Where its cells begin.
    pub(super) cells: Vec<usize>,
    /// A table stands in it: it is there for the layout.
    pub(super) nests: bool,
}

/// A page as lines.
#[derive(Debug, Default)]
pub(super) struct Page {
    pub(super) lines: Vec<Line>,
    pub(super) rows: Vec<Row>,
    /// Each element that looks like an aside, with the index of the one around it.
    pub(super) asides: Vec<(names::Aside, Option<usize>)>,
    /// The place of the readings of ruby.
    pub(super) readings: Vec<Range<usize>>,
    /// The words of `<title>`.
    pub(super) title: String,
    /// Whether elements are nested deeper than anybody writes.
    pub(super) deep: bool,
}

struct Element {
    name: String,
    hidden: bool,
    block: bool,
    heading: bool,
    /// The aside and the row around its content.
    aside: Option<usize>,
    row: Option<usize>,
}

struct Walker<'a> {
    text: &'a str,
    page: Page,
    stack: Vec<Element>,
    /// How many of each name are open.
    open: HashMap<String, usize>,
    hidden: usize,
    line: MappedText,
    linked: usize,
    /// Blanks before the next word, and whether a line of the source ends in them.
    blank: Option<(usize, bool)>,
    block: usize,
    raised: Option<Superscript>,
}

/// A `<sup>` that is open.
struct Superscript {
    /// Its first byte.
    start: usize,
    /// Its kind, and the end of its words; `None` before its first words.
    kind: Option<(Raised, usize)>,
}

/// Takes a page apart.
pub(super) fn walk(text: &str) -> Page {
    let mut walker = Walker {
        text,
        page: Page::default(),
        stack: Vec::new(),
        open: HashMap::new(),
        hidden: 0,
        line: MappedText::default(),
        linked: 0,
        blank: None,
        block: 0,
        raised: None,
    };
    for token in tokens(text) {
        match token {
            Token::Open(tag) => walker.open(&tag),
            Token::Close(name) => walker.close(&name),
            Token::Text(range) => walker.words(range),
        }
    }
    walker.end_block();
    walker.page
}

impl Walker<'_> {
    fn is_open(&self, name: &str) -> bool {
        self.open.get(name).is_some_and(|n| *n > 0)
    }

    fn open(&mut self, tag: &Tag) {
        let name = tag.name.as_str();
        match name {
            "br" => return self.end_line(),
            "hr" => return self.end_block(),
            _ if VOID.contains(&name) => return,
            _ => {}
        }
        if let Some((ended, stops)) = names::implied_ends(name) {
            self.imply_end(ended, stops);
        }
        let block = names::is_block(name);
        if block {
            self.imply_end(&["p"], &["td", "th", "table", "button", "div", "li"]);
            self.end_block();
        }
        if tag.self_closing && (self.is_open("svg") || self.is_open("math") || matches!(name, "svg" | "math")) {
            return;
        }
        if self.stack.len() >= DEPTH {
            self.page.deep = true;
            return;
        }
        let mut row = self.stack.last().and_then(|e| e.row);
        match name {
            "table" => {
                if let Some(row) = row.and_then(|row| self.page.rows.get_mut(row)) {
                    row.nests = true;
                }
                row = None;
            }
            "tr" => {
                row = Some(self.page.rows.len());
                self.page.rows.push(Row::default());
            }
            "td" | "th" => {
                if let Some(row) = row.and_then(|row| self.page.rows.get_mut(row)) {
                    row.cells.push(tag.start);
                }
            }
            _ => {}
        }
        let mut aside = self.stack.last().and_then(|e| e.aside);
        // An aside next to an article is not part of the article either.
        let inside = self.is_open("article") || (self.is_open("main") && !self.open.contains_key("article"));
        if let Some(kind) = names::aside(tag, inside) {
            self.page.asides.push((kind, aside));
            aside = Some(self.page.asides.len() - 1);
        }
        let hidden = names::is_hidden(tag);
        if name == "sup" {
            self.raised = Some(Superscript { start: tag.start, kind: None });
        } else if name == "rt" {
            self.page.readings.push(tag.start..tag.start + name.len() + 1);
        }
        self.hidden += usize::from(hidden);
        *self.open.entry(name.to_owned()).or_default() += 1;
        let heading = names::heading(tag);
        self.stack.push(Element { name: name.to_owned(), hidden, block, heading, aside, row });
    }

    /// Ends an open element of these names, unless one of `stops` stands before it.
    fn imply_end(&mut self, names: &[&str], stops: &[&str]) {
        if !names.iter().any(|name| self.is_open(name)) {
            return;
        }
        for k in (0..self.stack.len()).rev() {
            let name = self.stack[k].name.as_str();
            if names.contains(&name) {
                return self.pop_to(k);
            }
            if stops.contains(&name) {
                return;
            }
        }
    }

    fn close(&mut self, name: &str) {
        if name == "sup"
            && let Some((Raised::Note, end)) = self.raised.take().and_then(|raised| raised.kind)
            && end < self.text.len()
        {
            // The bracket is placed at the end tag.
            self.line.push_for("]", end..end + 1);
        }
        match name {
            "br" => return self.end_line(),
            "p" if !self.is_open("p") => return self.end_block(),
            _ if !self.is_open(name) => return,
            _ => {}
        }
        let block = names::is_block(name);
        for k in (0..self.stack.len()).rev() {
            let element = &self.stack[k];
            if element.name == name {
                return self.pop_to(k);
            }
            let table = matches!(name, "table" | "tr" | "tbody" | "thead" | "tfoot" | "body" | "html");
            if (names::is_barrier(&element.name) && !table) || (element.block && !block) {
                return;
            }
        }
    }

    fn pop_to(&mut self, len: usize) {
        if self.stack[len..].iter().any(|element| element.block) {
            self.end_block();
        }
        for element in self.stack.drain(len..) {
            self.hidden -= usize::from(element.hidden);
            if let Some(count) = self.open.get_mut(&element.name) {
                *count -= 1;
            }
        }
    }

    fn words(&mut self, range: Range<usize>) {
        if self.stack.last().is_some_and(|e| e.name == "title") && self.page.title.is_empty() && !self.is_open("svg") {
            for piece in pieces(self.text, range) {
                match piece {
                    Piece::Same(range) => self.page.title.push_str(self.text.get(range).unwrap_or_default()),
                    Piece::Entity(meant, _) => self.page.title.push_str(&meant),
                }
            }
            return;
        }
        if self.hidden > 0 {
            return;
        }
        let verbatim = ["pre", "listing", "plaintext", "xmp"].iter().any(|name| self.is_open(name));
        if self.raised.is_some() {
            self.raise(range.clone());
        }
        let before = self.line.text().len();
        let mut counted = before;
        for piece in pieces(self.text, range) {
            match piece {
                Piece::Same(range) => {
                    let words = self.text.get(range.clone()).unwrap_or_default();
                    for (k, c) in words.char_indices() {
                        let at = range.start + k;
                        if (verbatim && c == '\n') || (is_line_end(c) && !c.is_ascii_whitespace()) {
                            self.link(&mut counted);
                            self.end_line();
                            counted = 0;
                        } else {
                            self.character(c, at..at + c.len_utf8());
                        }
                    }
                }
                Piece::Entity(meant, source) => {
                    let mut signs = meant.chars();
                    match (signs.next(), signs.next()) {
                        (Some(c), None) => self.character(c, source),
                        _ => {
                            self.space(meant.chars().next());
                            self.line.push_for(&meant, source);
                        }
                    }
                }
            }
        }
        self.link(&mut counted);
    }

    /// Writes a mark before the first words of a superscript, if it is more than raised letters.
    fn raise(&mut self, words: Range<usize>) {
        let inside = self.text.get(words.clone()).unwrap_or_default();
        let linked = self.is_open("a");
        let Some(superscript) = self.raised.as_mut().filter(|_| !inside.trim().is_empty()) else { return };
        if let Some((_, end)) = &mut superscript.kind {
            *end = words.end;
            return;
        }
        let kind = raised(self.line.text(), inside, linked);
        superscript.kind = Some((kind, words.end));
        let start = superscript.start;
        let sign = match kind {
            Raised::Power => "^",
            Raised::Note => "[",
            Raised::Letters => return,
        };
        self.blank = None;
        self.line.push_for(sign, start..start + 1);
    }

    /// Counts what was added to the line since `counted` as a link, where it is one.
    fn link(&mut self, counted: &mut usize) {
        let len = self.line.text().len();
        if self.is_open("a") {
            self.linked += len.saturating_sub(*counted);
        }
        *counted = len;
    }

    fn character(&mut self, c: char, source: Range<usize>) {
        match c {
            ' ' | '\t' | '\n' | '\r' | '\u{C}' => {
                let (at, newline) = self.blank.unwrap_or((source.start, false));
                self.blank = Some((at, newline || matches!(c, '\n' | '\r')));
            }
            // Where a word may be broken.
            '\u{AD}' => {}
            _ => {
                self.space(Some(c));
                // Not only what is longer is written otherwise: `&#65;&#66;`.
                if self.text.get(source.clone()).is_some_and(|there| there.chars().eq([c])) {
                    self.line.push(c.encode_utf8(&mut [0; 4]), source.start);
                } else {
                    self.line.push_for(c.encode_utf8(&mut [0; 4]), source);
                }
            }
        }
    }

    /// The blank before a word that begins with `next`. A line end of the source is none between Chinese characters.
    fn space(&mut self, next: Option<char>) {
        let Some((at, newline)) = self.blank.take() else { return };
        let last = self.line.text().chars().next_back();
        if let (Some(last), Some(next)) = (last, next)
            && !(newline && (is_cjk(last) || is_cjk(next)))
        {
            self.line.push(" ", at);
        }
    }

    fn end_block(&mut self) {
        self.end_line();
        self.block += 1;
    }

    fn end_line(&mut self) {
        self.raised = None;
        self.blank = None;
        let line = std::mem::take(&mut self.line);
        let linked = std::mem::take(&mut self.linked);
        let words = trimmed(line.text(), 0..line.text().len());
        if words.is_empty() || is_rule(&line.text()[words.clone()]) {
            return;
        }
        let top = self.stack.last();
        let row = top.and_then(|e| e.row);
        let cell = row.and_then(|k| Some((k, self.page.rows.get(k)?.cells.len().checked_sub(1)?)));
        let mut kind = BlockKind::Text;
        for element in self.stack.iter().rev() {
            match element.name.as_str() {
                _ if element.heading => kind = BlockKind::Heading,
                "li" => kind = BlockKind::Item,
                "td" | "th" => {}
                _ => continue,
            }
            break;
        }
        self.page.lines.push(Line {
            text: line.slice(words),
            kind,
            aside: top.and_then(|e| e.aside),
            linked,
            title: self.is_open("h1"),
            cell,
            block: self.block,
        });
    }
}
