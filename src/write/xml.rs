//! What the XML forms share: text that XML allows, and what they say of a pair besides its words.

use std::borrow::Cow;
use std::io::{self, Write};

use quick_xml::Writer;
use quick_xml::escape::partial_escape;
use quick_xml::events::{BytesDecl, BytesStart, BytesText, Event};

use crate::alignment::{Alignment, Half, Pair, Relation, rounded};
use crate::document::keys;

/// XML on its way out, indented by two blanks.
pub(super) struct Xml<'a> {
    writer: Writer<&'a mut dyn Write>,
}

type Attributes<'a> = &'a [(&'a str, &'a str)];

impl<'a> Xml<'a> {
    /// Begins a file.
    pub(super) fn new(out: &'a mut dyn Write) -> io::Result<Xml<'a>> {
        let mut writer = Writer::new_with_indent(out, b' ', 2);
        writer.write_event(Event::Decl(BytesDecl::new("1.0", Some("UTF-8"), None)))?;
        Ok(Xml { writer })
    }

    /// Opens an element.
    pub(super) fn open(&mut self, name: &str, attributes: Attributes<'_>) -> io::Result<()> {
        self.writer.write_event(Event::Start(start(name, attributes)))
    }

    /// Closes the element that was opened last.
    pub(super) fn close(&mut self, name: &str) -> io::Result<()> {
        self.writer.write_event(Event::End(start(name, &[]).to_end()))
    }

    /// An element without content.
    pub(super) fn empty(&mut self, name: &str, attributes: Attributes<'_>) -> io::Result<()> {
        self.writer.write_event(Event::Empty(start(name, attributes)))
    }

    /// An element that holds nothing but text.
    pub(super) fn text(&mut self, name: &str, attributes: Attributes<'_>, text: &str) -> io::Result<()> {
        self.open(name, attributes)?;
        self.writer.write_event(Event::Text(BytesText::from_escaped(partial_escape(clean(text)))))?;
        self.close(name)
    }

    /// Ends the last line.
    pub(super) fn finish(self) -> io::Result<()> {
        self.writer.into_inner().write_all(b"\n")
    }
}

fn start<'a>(name: &'a str, attributes: Attributes<'a>) -> BytesStart<'a> {
    let mut start = BytesStart::new(name);
    for (key, value) in attributes {
        start.push_attribute((*key, clean(value).as_ref()));
    }
    start
}

/// The text as XML 1.0 can hold it and tools for translators expect it: on one line. A run of blanks that holds a tab, a line end
/// or any other control character becomes one space, and none at the ends; the characters U+FFFE and U+FFFF, which XML forbids
/// as well, become U+FFFD.
pub(super) fn clean(text: &str) -> Cow<'_, str> {
    let breaks = |c: char| c.is_control() || matches!(c, '\u{2028}' | '\u{2029}');
    let forbidden = |c: char| matches!(c, '\u{FFFE}' | '\u{FFFF}');
    if !text.contains(|c| breaks(c) || forbidden(c)) {
        return Cow::Borrowed(text);
    }
    let mut cleaned = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(c) = rest.chars().next() {
        let blank = rest.len() - rest.trim_start_matches(|c: char| c.is_whitespace() || breaks(c)).len();
        let (run, behind) = rest.split_at(if blank > 0 { blank } else { c.len_utf8() });
        if blank == 0 {
            cleaned.push(if forbidden(c) { char::REPLACEMENT_CHARACTER } else { c });
        } else if !run.contains(breaks) {
            cleaned.push_str(run);
        } else if !cleaned.is_empty() && !behind.is_empty() {
            cleaned.push(' ');
        }
        rest = behind;
    }
    Cow::Owned(cleaned)
}

/// Something said of a file, a pair or a half: its key, one of [`keys`], and its value.
pub(super) type Property = (&'static str, String);

/// What is said of the whole.
pub(super) fn of_whole(alignment: &Alignment) -> Vec<Property> {
    let name = |half: &crate::alignment::Side| half.document.source().name().to_owned();
    vec![
        (keys::FILE_EN, name(alignment.side(crate::text::Lang::En))),
        (keys::FILE_ZH, name(alignment.side(crate::text::Lang::Zh))),
        (keys::RELATION, relation(alignment.relation()).to_owned()),
        (keys::CONFIDENCE, rounded(alignment.confidence()).to_string()),
    ]
}

/// What is said of a pair, but for its anchors.
pub(super) fn of_pair(pair: &Pair<'_>) -> Vec<Property> {
    let mut found = vec![(keys::SHAPE, pair.shape()), (keys::CONFIDENCE, rounded(pair.confidence()).to_string())];
    if pair.is_moved() {
        found.push((keys::RELATION, keys::MOVED.to_owned()));
    }
    found.extend(pair.same_speaker().map(|same| (keys::SAME_SPEAKER, same.to_string())));
    found
}

/// What is said of a half: who speaks, turn by turn, and where its segments come from.
pub(super) fn of_half(half: &Half<'_>) -> Vec<Property> {
    let mut found = Vec::new();
    let mut last = None;
    for segment in half.segments() {
        if let Some(turn) = segment.turn.filter(|turn| last.replace(*turn) != Some(*turn)) {
            let turn = half.document().turns().get(turn);
            // A turn without a name stands in the list all the same, so that each turn has its name.
            let label = turn.and_then(|t| t.label.clone()).unwrap_or_default();
            found.push((keys::SPEAKER, label.name));
            found.extend(label.other_name.map(|name| (keys::SPEAKER_OTHER_NAME, name)));
            found.extend(label.short_name.map(|name| (keys::SPEAKER_SHORT_NAME, name)));
            found.extend(label.title.map(|title| (keys::SPEAKER_TITLE, title)));
            found.extend(turn.and_then(|t| t.time).map(|time| (keys::TIME, time.to_string())));
        }
    }
    if last.is_some() {
        found.push((keys::TURN, list(half, |s| s.turn.map_or("-".to_owned(), |t| t.to_string()))));
    }
    found.push((keys::SEGMENTS, list(half, |s| format!("{}:{}-{}", s.index, s.range.start, s.range.end))));
    if half.segments().any(|s| s.time.is_some()) {
        let times = list(half, |s| s.time.map_or("-".to_owned(), |t| format!("{}-{}", t.start, t.end)));
        found.push((keys::TIMES, times));
    }
    if half.len() > 1 {
        found.push((keys::LENGTHS, list(half, |s| clean(&s.text).chars().count().to_string())));
    }
    found
}

/// The words of a half, each segment on one line.
pub(super) fn words(half: &Half<'_>) -> String {
    half.joined(|segment| clean(&segment.text))
}

fn list(half: &Half<'_>, of: impl Fn(&crate::document::Segment) -> String) -> String {
    half.segments().map(of).collect::<Vec<_>>().join(" ")
}

fn relation(relation: Relation) -> &'static str {
    match relation {
        Relation::Parallel => keys::PARALLEL,
        Relation::Comparable => keys::COMPARABLE,
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn text_that_xml_cannot_hold() {
        let cases = [
            ("Revenue rose 20%.", "Revenue rose 20%."),
            ("two  blanks, 全角　空格", "two  blanks, 全角　空格"),
            ("one\ttwo", "one two"),
            ("one \r\n two\r\n", "one two"),
            ("\u{1b}[2Jred\u{0}", "[2Jred"),
            ("a\u{FFFE}b\u{FFFF}", "a\u{FFFD}b\u{FFFD}"),
            ("a\u{2028}b\u{85}c", "a b c"),
            ("\n", ""),
        ];
        for (text, cleaned) in cases {
            assert_eq!(clean(text), cleaned, "{text:?}");
        }
    }

    proptest! {
        #[test]
        fn what_is_clean_stays(text in "\\PC{0,20}[\\x00-\\x20\u{85}\u{3000}\u{FFFE}a。]{0,20}") {
            let once = clean(&text).into_owned();
            let tame = |c: char| !c.is_control() && !('\u{FFFE}'..='\u{FFFF}').contains(&c);
            prop_assert!(once.chars().all(tame));
            prop_assert_eq!(clean(&once), once.as_str());
        }
    }
}
