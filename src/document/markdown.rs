//! Markdown: CommonMark with tables. Words of transcripts that CommonMark would read as marks are kept.

use std::ops::Range;

use pulldown_cmark::{Event, Options, Parser, Tag, TagEnd};

use crate::document::block::{Block, BlockKind, MappedText};
use crate::document::hyphen::Hyphens;
use crate::document::left_out::Notes;
use crate::document::line::{ends_sentence, is_blank, is_line_end, is_rule, trimmed, width};
use crate::document::mark::{self, front_matter};
use crate::document::plain::join_at;
use crate::document::wrap::{begins_turn, has_label};
use crate::error::Result;
use crate::text::{Lang, Source, detect_lang};

/// The number of digits from which the number of a list is a year that begins a sentence. Such a number is kept in the
/// text.
const YEAR_DIGITS: usize = 4;

/// The number of columns below which a line was ended on purpose, if it does not end a sentence and the next one begins
/// with a capital.
const SHORT: usize = 36;

/// Whether a text is Markdown.
pub(super) fn is_markdown(source: &Source) -> bool {
    mark::is_markdown(source.text())
}

/// Reads the blocks of a Markdown text.
pub(super) fn read(source: &Source, _: &mut Notes) -> Result<Vec<Block>> {
    Ok(blocks(source.text()))
}

fn blocks(text: &str) -> Vec<Block> {
    let start = front_matter(text);
    let body = &text[start..];
    let parsed = mark::mask(body);
    // Strikethrough is not enabled: it would read `5~10` and `3~4` in one line as marks.
    let parser = Parser::new_ext(&parsed, Options::ENABLE_TABLES);
    let mut reader = Reader::new(text, start);
    for (event, range) in parser.into_offset_iter() {
        reader.event(&event, range.start + start..range.end + start, &parsed);
    }
    reader.flush();
    reader.blocks
}

/// A piece of the text of the block that is being read.
#[derive(Debug)]
enum Piece {
    /// Source bytes that are text. They may contain marks of emphasis that CommonMark left.
    Words(Range<usize>),
    /// Source bytes that are text without any change.
    Verbatim(Range<usize>),
    /// Characters that differ from the source at this place: an entity, or the tab between cells.
    Decoded(String, Range<usize>),
    /// The line ends at this place.
    Break { at: usize, soft: bool },
}

struct Reader<'a> {
    text: &'a str,
    /// Where the parsed part starts.
    start: usize,
    hyphens: Hyphens<'a>,
    blocks: Vec<Block>,
    pieces: Vec<Piece>,
    /// The end of the last piece. No piece may start before it.
    end: usize,
    heading: bool,
    row: bool,
    code: bool,
    images: usize,
    items: usize,
    cells: usize,
    /// The number of the open item, if it belongs to the text that follows.
    year: Option<Range<usize>>,
    /// Whether each open list is numbered.
    lists: Vec<bool>,
    /// The text that ends the open tag, comment, script or style of an HTML block.
    hidden: Option<&'static str>,
}

impl<'a> Reader<'a> {
    fn new(text: &'a str, start: usize) -> Reader<'a> {
        Reader {
            text,
            start,
            hyphens: Hyphens::new(text),
            blocks: Vec::new(),
            pieces: Vec::new(),
            end: start,
            heading: false,
            row: false,
            code: false,
            images: 0,
            items: 0,
            cells: 0,
            year: None,
            lists: Vec::new(),
            hidden: None,
        }
    }

    fn event(&mut self, event: &Event<'_>, range: Range<usize>, parsed: &str) {
        match event {
            Event::Start(tag) => self.open(tag, range),
            Event::End(tag) => self.close(*tag),
            _ if self.images > 0 => {}
            Event::Text(words) => self.words(words, range, parsed),
            Event::Code(_) => self.code_span(range),
            Event::InlineHtml(tag) if is_break_tag(tag) => self.line_break(range.start, false),
            Event::Html(_) => self.html(range),
            Event::SoftBreak => self.line_break(range.start, !self.code),
            Event::HardBreak => self.line_break(range.start, false),
            Event::Rule => self.flush(),
            _ => {}
        }
    }

    fn open(&mut self, tag: &Tag<'_>, range: Range<usize>) {
        match tag {
            Tag::Emphasis | Tag::Strong | Tag::Strikethrough | Tag::Link { .. } => return,
            Tag::Image { .. } => {
                self.images += 1;
                return;
            }
            Tag::TableCell => {
                self.cells += 1;
                if self.cells > 1 {
                    // The tab is at the place of the bar.
                    let between = self.text.get(self.end..range.start).unwrap_or_default();
                    let bar = between.rfind('|').map_or(self.end, |k| self.end + k);
                    self.decoded("\t", bar..bar + 1);
                }
                return;
            }
            _ => self.flush(),
        }
        match tag {
            Tag::Heading { .. } => self.heading = true,
            Tag::CodeBlock(_) => self.code = true,
            Tag::HtmlBlock => self.hidden = None,
            Tag::List(first) => self.lists.push(first.is_some()),
            Tag::Item => {
                self.items += 1;
                let digits = self.text[range.start..].bytes().take_while(u8::is_ascii_digit).count();
                if self.lists.last() == Some(&true) && digits >= YEAR_DIGITS {
                    self.year = Some(range.start..range.start + digits + 1);
                }
            }
            Tag::TableHead | Tag::TableRow => (self.row, self.cells) = (true, 0),
            _ => {}
        }
    }

    fn close(&mut self, tag: TagEnd) {
        match tag {
            TagEnd::Emphasis | TagEnd::Strong | TagEnd::Strikethrough | TagEnd::Link | TagEnd::TableCell => return,
            TagEnd::Image => {
                self.images = self.images.saturating_sub(1);
                return;
            }
            _ => self.flush(),
        }
        if let (TagEnd::Item, Some(year)) = (tag, self.year.take()) {
            self.pieces.push(Piece::Verbatim(year));
            self.flush();
        }
        match tag {
            TagEnd::Heading(_) => self.heading = false,
            TagEnd::CodeBlock => self.code = false,
            TagEnd::List(_) => drop(self.lists.pop()),
            TagEnd::Item => self.items = self.items.saturating_sub(1),
            TagEnd::TableHead | TagEnd::TableRow => self.row = false,
            _ => {}
        }
    }

    fn words(&mut self, words: &str, range: Range<usize>, parsed: &str) {
        let there = parsed.get(range.start - self.start..range.end - self.start).unwrap_or_default();
        // A line of a code block may come without its CR or its indentation.
        let line = words.trim_end_matches(['\n', '\r']);
        match there.find(line) {
            _ if line.is_empty() => {}
            Some(k) if self.code || words == there => {
                let at = range.start + k;
                if self.code { self.verbatim(at..at + line.len()) } else { self.plain_words(at..at + line.len()) }
            }
            _ => self.decoded(words, range.clone()),
        }
        if self.code && line.len() < words.len() {
            self.line_break(range.end, false);
        }
    }

    fn plain_words(&mut self, range: Range<usize>) {
        if range.start < self.end || self.text.get(range.clone()).is_none() {
            return;
        }
        self.end = range.end;
        match self.pieces.last_mut() {
            Some(Piece::Words(last)) if last.end == range.start => last.end = range.end,
            _ => self.pieces.push(Piece::Words(range)),
        }
    }

    fn verbatim(&mut self, range: Range<usize>) {
        if range.start >= self.end && self.text.get(range.clone()).is_some() {
            self.end = range.end;
            self.pieces.push(Piece::Verbatim(range));
        }
    }

    /// Adds the characters that `range` represents.
    fn decoded(&mut self, words: &str, range: Range<usize>) {
        if range.start >= self.end && range.end <= self.text.len() {
            self.end = range.end;
            self.pieces.push(Piece::Decoded(words.to_owned(), range));
        }
    }

    fn line_break(&mut self, at: usize, soft: bool) {
        self.pieces.push(Piece::Break { at, soft });
    }

    fn code_span(&mut self, range: Range<usize>) {
        let whole = &self.text[range.clone()];
        let inner = whole.trim_start_matches('`');
        let start = range.start + (whole.len() - inner.len());
        self.verbatim(start..start + inner.trim_end_matches('`').len());
    }

    /// Adds the text between the tags of a line of HTML.
    fn html(&mut self, range: Range<usize>) {
        let (mut at, end) = (range.start, range.end);
        while at < end {
            let rest = &self.text[at..end];
            if let Some(closing) = self.hidden {
                let Some(k) = find_ignoring_case(rest, closing) else { break };
                self.hidden = None;
                at += k + closing.len();
                continue;
            }
            let len = rest.find('<').unwrap_or(rest.len());
            if rest[..len].chars().any(|c| !is_blank(c)) {
                self.plain_words(at..at + len);
            }
            if len == rest.len() {
                break;
            }
            let tag = &rest[len..];
            self.hidden = [("<!--", "-->"), ("<script", "</script>"), ("<style", "</style>")]
                .into_iter()
                .find(|(open, _)| tag.get(..open.len()).is_some_and(|t| t.eq_ignore_ascii_case(open)))
                .map(|(_, close)| close);
            if self.hidden.is_some() {
                at += len + 1;
            } else {
                self.hidden = Some(">");
                at += len;
            }
        }
        self.line_break(end, false);
    }

    /// Ends the block. Its lines become separate blocks unless the text is wrapped.
    fn flush(&mut self) {
        let mut pieces = std::mem::take(&mut self.pieces);
        if pieces.is_empty() {
            return;
        }
        if let Some(year) = self.year.take() {
            let blank = Piece::Decoded(" ".to_owned(), year.end..year.end + 1);
            pieces.splice(0..0, [Piece::Verbatim(year), blank]);
        }
        let kind = match () {
            () if self.code => BlockKind::Code,
            () if self.heading => BlockKind::Heading,
            () if self.row => BlockKind::Row,
            () if self.items > 0 => BlockKind::Item,
            () => BlockKind::Text,
        };
        let mut open: Option<MappedText> = None;
        let lines = self.lines_of(&pieces);
        for (k, (line, after)) in lines.iter().enumerate() {
            let words = trimmed(line.text(), 0..line.text().len());
            // In a row, an empty cell keeps its tab, so that the other cells stay in their columns.
            let words = if kind == BlockKind::Row && !words.is_empty() { 0..line.text().len() } else { words };
            if !words.is_empty() && !is_rule(&line.text()[words.clone()]) {
                let line = line.slice(words);
                match open.as_mut() {
                    Some(block) => {
                        let seam = self.hyphens.seam(block.text(), line.text());
                        join_at(block, &line, seam);
                    }
                    None => open = Some(line),
                }
            }
            let next = lines.get(k + 1).map_or("", |(next, _)| next.text());
            let joins = after.is_some_and(|at| self.joins_at(at, line.text(), next));
            if !joins && let Some(text) = open.take() {
                self.blocks.push(Block { kind, text });
            }
        }
        self.blocks.extend(open.map(|text| Block { kind, text }));
    }

    /// Whether the line `words`, which ends at or before `at` of the source, continues in the line `next`. In
    /// CommonMark it always does. Transcripts and poems have separate lines.
    fn joins_at(&self, at: usize, words: &str, next: &str) -> bool {
        let after = &self.text[at..];
        let behind = after.find(is_line_end).map_or("", |end| after[end..].trim_start_matches(is_line_end));
        // An indented line continues its item.
        if self.items > 0 && behind.starts_with([' ', '\t']) {
            return true;
        }
        let other = |a: Option<Lang>, b: Option<Lang>| a.zip(b).is_some_and(|(a, b)| a != b);
        let ends = ends_sentence(words);
        let short = width(words) < SHORT;
        if begins_turn(next) || (has_label(next) && (ends || short)) || other(detect_lang(words), detect_lang(next)) {
            return false;
        }
        // A name or a verse is short, and the text after it does not continue it.
        let anew = next.chars().find(|c| c.is_alphanumeric()).is_some_and(|c| !c.is_lowercase());
        ends || !anew || !short || words.trim_end_matches(is_blank).ends_with(['，', '、', ','])
    }

    /// Returns the lines of a block, each with the place of the soft break after it.
    fn lines_of(&self, pieces: &[Piece]) -> Vec<(MappedText, Option<usize>)> {
        let marks = leftover_marks(self.text, pieces);
        let mut marks = marks.iter().peekable();
        let (mut lines, mut line) = (Vec::new(), MappedText::default());
        for piece in pieces {
            match piece {
                Piece::Words(range) | Piece::Verbatim(range) => {
                    let mut at = range.start;
                    while let Some(mark) = marks.next_if(|m| m.end <= range.end) {
                        self.push(at..mark.start, &mut line, &mut lines);
                        at = mark.end;
                    }
                    self.push(at..range.end, &mut line, &mut lines);
                }
                Piece::Decoded(words, range) => line.push_for(words, range.clone()),
                Piece::Break { at, soft } => lines.push((std::mem::take(&mut line), soft.then_some(*at))),
            }
        }
        lines.push((line, None));
        lines
    }

    /// Adds source bytes as text. A line separator that CommonMark does not know also ends the line.
    fn push(&self, range: Range<usize>, line: &mut MappedText, lines: &mut Vec<(MappedText, Option<usize>)>) {
        let mut at = range.start;
        for words in self.text[range].split(is_line_end) {
            if at > 0 && self.text[..at].ends_with(is_line_end) && !line.text().is_empty() {
                lines.push((std::mem::take(line), None));
            }
            line.push(words, at);
            at += words.len();
            at += self.text[at..].chars().next().map_or(0, char::len_utf8);
        }
    }
}

fn is_break_tag(tag: &str) -> bool {
    tag.get(..3).is_some_and(|t| t.eq_ignore_ascii_case("<br")) && !tag[3..].starts_with(|c: char| c.is_alphabetic())
}

fn find_ignoring_case(text: &str, ascii: &str) -> Option<usize> {
    text.as_bytes().windows(ascii.len()).position(|w| w.eq_ignore_ascii_case(ascii.as_bytes()))
}

/// Returns the pairs of `**`, `***` and `__` that CommonMark leaves in the text because CJK punctuation is on their
/// inner side.
fn leftover_marks(text: &str, pieces: &[Piece]) -> Vec<Range<usize>> {
    let (mut marks, mut open): (Vec<Range<usize>>, Option<Range<usize>>) = (Vec::new(), None);
    for piece in pieces {
        let Piece::Words(range) = piece else { continue };
        for run in mark::runs(text, range.clone()) {
            let before = text[..run.start].chars().next_back().is_some_and(|c| !is_blank(c));
            let after = text[run.end..].chars().next().is_some_and(|c| !is_blank(c));
            // `my__name__here` is one word.
            let beside = |c: Option<char>| c.is_some_and(|c| c.is_ascii_alphanumeric());
            let inside_word = beside(text[..run.start].chars().next_back()) && beside(text[run.end..].chars().next());
            if inside_word && text[run.clone()].starts_with('_') {
                continue;
            }
            match open.take() {
                Some(first) if before && text[first.clone()] == text[run.clone()] => marks.extend([first, run]),
                still => open = if after { Some(run) } else { still },
            }
        }
    }
    marks.sort_unstable_by_key(|m| m.start);
    marks
}
