//! Pairs side by side, for people.

use std::collections::BTreeSet;
use std::io::{self, Write};
use std::sync::Arc;

use crate::alignment::{Alignment, Half, Pair, Relation};
use crate::anchor::AnchorKind;
use crate::document::Label;
use crate::text::Lang;

use super::wrap::{width, wrap};

/// How the table looks. The default is the same everywhere: 120 columns and no colour.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct TableStyle {
    /// Columns of a line; fewer than 40 count as 40, more than 1,000 as 1,000.
    pub width: usize,
    /// Whether to use the terminal's colours (ANSI escapes).
    pub colour: bool,
}

impl Default for TableStyle {
    fn default() -> TableStyle {
        TableStyle { width: DEFAULT_WIDTH, colour: false }
    }
}

/// A wide terminal window: English in about 65 columns, the length of a line that reads well.
const DEFAULT_WIDTH: usize = 120;

/// Below this a column holds no longer word of English any more.
const MIN_WIDTH: usize = 40;

/// Wider than any screen; keeps the blanks that fill a column short.
const MAX_WIDTH: usize = 1000;

/// Share of the English column, as a fraction: English takes about 6 columns a word, and the 1.5 to 1.8 Han characters
/// that say as much take 3 to 3.6.
const ENGLISH_SHARE: (usize, usize) = (3, 5);

/// Confidences below this get a question mark: beads under .7 were right about half of the time, those from .7 to .8
/// four times in five.
const UNSURE: f64 = 0.7;

/// Columns of `?100%` and the blanks around it.
const CONFIDENCE_WIDTH: usize = 8;

/// Between the two texts; the middle column also carries the sign between two speakers.
const RULE: &str = "│";
const DIFFERENT: &str = "≠";
/// Between the texts of a pair that breaks the order.
const MOVED: &str = "⇅";

/// Between sentences of linked passages that say the same.
const BESIDE: &str = "=";
/// In place of a Chinese passage that stands above, and of what of it has nothing beside it.
const ABOVE: &str = "— as above";
const LEFT_OUT: &str = "…";

/// Before a further passage of one half, with its speaker.
const NEXT_PASSAGE: &str = "+";

const BOLD: &str = "\x1b[1m";
const DIM: &str = "\x1b[2m";
const CYAN: &str = "\x1b[36m";
const YELLOW: &str = "\x1b[33m";

impl TableStyle {
    /// Writes the table.
    ///
    /// # Errors
    /// Those of `out`.
    pub fn write(&self, alignment: &Alignment, out: &mut dyn Write) -> io::Result<()> {
        let mut table = Table::new(*self, alignment, out);
        table.header()?;
        let (mut shown, mut above) = ([None, None], None);
        for pair in alignment.pairs() {
            table.blank()?;
            table.speakers(pair, &mut shown)?;
            let again = pair.zh().segments().next().map(|s| s.index);
            table.texts(pair, again.is_some() && above == again)?;
            above = again;
            table.anchors(pair)?;
        }
        table.footer()
    }
}

struct Table<'a> {
    alignment: &'a Alignment,
    out: &'a mut dyn Write,
    colour: bool,
    /// Columns in all, of the pair's number, of the whole left margin, and of both texts.
    width: usize,
    number: usize,
    margin: usize,
    columns: [usize; 2],
}

impl<'a> Table<'a> {
    fn new(style: TableStyle, alignment: &'a Alignment, out: &'a mut dyn Write) -> Table<'a> {
        let width = style.width.clamp(MIN_WIDTH, MAX_WIDTH);
        let number = alignment.pairs().last().map_or(0, |p| p.id()).to_string().len().max(3);
        let margin = number + CONFIDENCE_WIDTH;
        let both = width.saturating_sub(margin + 3);
        let english = both * ENGLISH_SHARE.0 / ENGLISH_SHARE.1;
        let columns = match alignment.first() {
            Lang::En => [english, both - english],
            Lang::Zh => [both - english, english],
        };
        Table { alignment, out, colour: style.colour, width, number, margin, columns }
    }

    /// The caller's first side stands on the left.
    fn langs(&self) -> [Lang; 2] {
        [self.alignment.first(), self.alignment.first().other()]
    }

    fn painted(&self, text: &str, colour: &str) -> String {
        if self.colour && !text.is_empty() && !colour.is_empty() {
            format!("{colour}{text}\x1b[0m")
        } else {
            text.to_owned()
        }
    }

    /// One line: margin, left text, sign, right text; nothing blank at its end.
    fn row(&mut self, margin: [&str; 2], texts: [&str; 2], sign: &str, colour: &str) -> io::Result<()> {
        let fill = " ".repeat(self.margin.saturating_sub(width(margin[0])));
        let gap = " ".repeat(self.columns[0].saturating_sub(width(texts[0])));
        let sign = self.painted(sign, if sign == DIFFERENT { YELLOW } else { DIM });
        let margin = self.painted(margin[0], margin[1]);
        let [left, right] = texts.map(|t| self.painted(t, colour));
        let line = format!("{margin}{fill}{left}{gap} {sign} {right}");
        writeln!(self.out, "{}", line.trim_end())
    }

    fn blank(&mut self) -> io::Result<()> {
        self.row(["", ""], ["", ""], RULE, "")
    }

    /// Two texts of one or more lines each.
    fn block(&mut self, margin: [&str; 2], texts: &[Vec<String>; 2], sign: &str, colour: &str) -> io::Result<()> {
        for i in 0..texts[0].len().max(texts[1].len()) {
            let [left, right] = [0, 1].map(|k| texts[k].get(i).map_or("", String::as_str));
            let (margin, sign) = if i == 0 { (margin, sign) } else { (["", ""], RULE) };
            self.row(margin, [left, right], sign, colour)?;
        }
        Ok(())
    }

    fn header(&mut self) -> io::Result<()> {
        let langs = self.langs();
        let title = |k: usize| {
            let name = self.alignment.side(langs[k]).document.source().name();
            // The folder says little and would take several lines.
            let name = name.rsplit(['/', '\\']).next().unwrap_or(name);
            wrap(&format!("{} · {name}", langs[k].name()), self.columns[k])
        };
        let titles = [title(0), title(1)];
        self.block(["", ""], &titles, RULE, BOLD)?;
        let line = |n: usize| "─".repeat(n);
        let rule = format!("{}┼{}", line(self.margin + self.columns[0] + 1), line(self.columns[1] + 1));
        let rule = self.painted(&rule, DIM);
        writeln!(self.out, "{rule}")
    }

    /// Who speaks, where that is news: at a turn of which no pair was shown yet.
    fn speakers(&mut self, pair: Pair<'_>, shown: &mut [Option<usize>; 2]) -> io::Result<()> {
        let halves = self.langs().map(|l| pair.half(l));
        let mut news = false;
        for (half, shown) in halves.iter().zip(shown) {
            if !half.is_empty() && half.turn() != *shown {
                *shown = half.turn();
                news |= half.speaker().is_some();
            }
        }
        if !news {
            return Ok(());
        }
        let names = [0, 1].map(|k| halves[k].speaker().map(|l| wrap(&label(l), self.columns[k])).unwrap_or_default());
        let sign = match pair.same_speaker() {
            Some(true) => "=",
            Some(false) => DIFFERENT,
            None => RULE,
        };
        self.block(["", ""], &names, sign, BOLD)
    }

    /// The texts of a pair; `again` says that its Chinese half stands above already.
    fn texts(&mut self, pair: Pair<'_>, again: bool) -> io::Result<()> {
        let one_sided = pair.is_one_sided();
        let unsure = pair.confidence() < UNSURE;
        let (mark, colour) = if unsure { ("?", YELLOW) } else { ("", DIM) };
        let percent = format!("{mark}{}%", percent(pair.confidence()));
        let margin = format!("{:>n$} {percent:>5}", pair.id(), n = self.number);
        let mut margin = [margin.as_str(), colour];
        let sign = if pair.is_moved() { MOVED } else { RULE };
        let colour = if one_sided { YELLOW } else { "" };
        if pair.sentence_beads().is_empty() {
            let mut texts = self.langs().map(|l| self.lines(pair.half(l), l));
            if again {
                texts[usize::from(self.alignment.first() == Lang::En)] = vec![ABOVE.to_owned()];
            }
            return self.block(margin, &texts, sign, colour);
        }
        for (en, zh, beside) in pair.rows() {
            let mut texts = self.langs().map(|l| {
                let segments = if l == Lang::En { &en } else { &zh };
                if segments.is_empty() { Vec::new() } else { self.lines(pair.half(l).of(segments), l) }
            });
            if again && !beside {
                let chinese = &mut texts[usize::from(self.alignment.first() == Lang::En)];
                *chinese = if zh.is_empty() { Vec::new() } else { vec![LEFT_OUT.to_owned()] };
            }
            self.block(margin, &texts, if beside { BESIDE } else { sign }, colour)?;
            margin = ["", ""];
        }
        Ok(())
    }

    /// The lines of a half.
    fn lines(&self, half: Half<'_>, lang: Lang) -> Vec<String> {
        let columns = self.columns[usize::from(lang != self.alignment.first())];
        if half.is_empty() {
            return wrap(&format!("— no counterpart in {}", lang.name()), columns);
        }
        let comparable = self.alignment.relation() == Relation::Comparable;
        // Each segment begins on a line of its own, so that the shape of the pair can be seen.
        let text = |s: &str| if s.trim().is_empty() { vec![String::new()] } else { wrap(s, columns) };
        let (mut lines, mut passage) = (Vec::new(), None);
        for segment in half.segments() {
            // Linked passages may come from several places and speakers.
            if comparable && passage.replace(segment.passage).is_some_and(|p| p != segment.passage) {
                let speaker = half.speaker_of(segment).map(label).unwrap_or_default();
                lines.extend(wrap(&format!("{NEXT_PASSAGE} {speaker}"), columns));
            }
            lines.extend(text(&segment.text));
        }
        lines
    }

    /// What both sides share, as a list: numbers always, other things where they are written differently.
    fn anchors(&mut self, pair: Pair<'_>) -> io::Result<()> {
        let (mut list, mut seen) = (Vec::new(), BTreeSet::new());
        for anchor in pair.anchors() {
            let [left, right] = self.langs().map(|l| match l {
                Lang::En => anchor.en.text.as_str(),
                Lang::Zh => anchor.zh.text.as_str(),
            });
            let item = format!("{left} = {right}");
            if (anchor.kind == AnchorKind::Number || left != right) && seen.insert(item.clone()) {
                list.push(item);
            }
        }
        for line in wrap(&list.join("; "), self.width.saturating_sub(self.margin + ANCHOR_INDENT.len())) {
            let line = self.painted(&line, CYAN);
            writeln!(self.out, "{}{ANCHOR_INDENT}{line}", " ".repeat(self.margin))?;
        }
        Ok(())
    }

    fn footer(&mut self) -> io::Result<()> {
        let (mut only, mut unsure) = ([0, 0], 0);
        for pair in self.alignment.pairs() {
            for (count, lang) in only.iter_mut().zip(self.langs()) {
                *count += usize::from(pair.half(lang.other()).is_empty());
            }
            unsure += usize::from(pair.confidence() < UNSURE);
        }
        let line = "─".repeat(self.margin + self.columns[0] + 1);
        let line = self.painted(&format!("{line}┴{}", "─".repeat(self.columns[1] + 1)), DIM);
        writeln!(self.out, "{line}")?;
        let pairs = self.alignment.beads().len() - only[0] - only[1];
        let mut words = vec![format!("{pairs} {}", if pairs == 1 { "pair" } else { "pairs" })];
        for (count, lang) in only.into_iter().zip(self.langs()) {
            if count > 0 {
                words.push(format!("{count} only in {}", lang.name()));
            }
        }
        let moved = self.alignment.pairs().filter(|p| p.is_moved()).count();
        if moved > 0 {
            words.push(format!("{moved} moved ({MOVED})"));
        }
        if self.alignment.left_out() > 0 {
            words.push(format!("{} left out", self.alignment.left_out()));
        }
        if !self.alignment.entries().is_empty() {
            words.push(format!("confidence {}%", percent(self.alignment.confidence())));
        }
        if unsure > 0 {
            words.push(format!("{unsure} unsure (?)"));
        }
        if self.alignment.relation() == Relation::Comparable {
            words.push("comparable texts: linked by what they speak of, not translated".to_owned());
        }
        if self.alignment.detected() != self.alignment.relation() {
            let seem = if self.alignment.detected() == Relation::Parallel { "parallel" } else { "comparable" };
            words.push(format!("as asked; the texts seem to be {seem}"));
        }
        writeln!(self.out, "{}", words.join(" · "))?;
        self.structure()
    }

    /// What an article is made of.
    fn structure(&mut self) -> io::Result<()> {
        let one = Arc::ptr_eq(&self.alignment.side(Lang::En).document, &self.alignment.side(Lang::Zh).document);
        for lang in self.langs().into_iter().take(if one { 1 } else { 2 }) {
            let Some(structure) = self.alignment.structure(lang) else { continue };
            let document = &self.alignment.side(lang).document;
            let mut words: Vec<String> =
                structure.counts().into_iter().map(|(part, n)| format!("{} {n}", part.name())).collect();
            for &segment in structure.changes() {
                let name = document.speaker(segment).map_or("somebody", |l| l.name.as_str());
                words.push(format!("the language changes while {name} speaks"));
            }
            let what = if one { "passages".to_owned() } else { format!("passages in {}", lang.name()) };
            writeln!(self.out, "{what}: {}", words.join(" · "))?;
        }
        Ok(())
    }
}

const ANCHOR_INDENT: &str = "  ";

/// Whole percent, rounded down so that 100% is certainty; the sum keeps .29, a little less in binary, from being 28.
fn percent(confidence: f64) -> u32 {
    (confidence * 100.0 + 1e-6).floor() as u32
}

/// The speaker as a reader knows him: name, name in the other language, title.
fn label(label: &Label) -> String {
    let mut text = label.name.clone();
    if let Some(other) = &label.other_name {
        text.push_str(&format!(" ({other})"));
    }
    if let Some(title) = &label.title {
        text.push_str(&format!(", {title}"));
    }
    text
}
