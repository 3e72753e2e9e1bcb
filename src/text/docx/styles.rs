//! Styles: which paragraphs are headings and list items.

use std::collections::HashMap;

use quick_xml::NsReader;
use quick_xml::events::{BytesStart, Event};

use super::package::attribute;
use super::{ENTITIES, NOT_XML, broken};
use crate::error::Result;
use crate::text::LineKind;

/// Styles that a style may be based on, one on the other; Word allows ten or so.
const CHAIN: usize = 32;

/// The outline level of running text; those of headings are 0 to 8.
const NO_LEVEL: u8 = 9;

#[derive(Default)]
struct Style {
    name: String,
    based_on: Option<String>,
    level: Option<u8>,
    numbered: Option<bool>,
}

/// The paragraph styles of a document.
#[derive(Default)]
pub(super) struct Styles(HashMap<String, Style>);

impl Styles {
    pub(super) fn parse(xml: &str) -> Result<Styles> {
        let mut styles = HashMap::new();
        let mut open: Option<(String, Style)> = None;
        let mut reader = NsReader::from_str(xml);
        loop {
            match reader.read_event().map_err(|e| broken(NOT_XML).caused_by(e))? {
                Event::Start(tag) | Event::Empty(tag) => match (tag.local_name().as_ref(), &mut open) {
                    ("style", _) => open = Some((attribute(&tag, "styleId").unwrap_or_default(), Style::default())),
                    ("name", Some((_, style))) => {
                        style.name = attribute(&tag, "val").unwrap_or_default().to_lowercase();
                    }
                    ("basedOn", Some((_, style))) => style.based_on = attribute(&tag, "val"),
                    ("outlineLvl", Some((_, style))) => style.level = level(&tag),
                    ("numId", Some((_, style))) => style.numbered = Some(is_numbered(&tag)),
                    _ => {}
                },
                Event::End(tag) if tag.local_name().as_ref() == "style" => styles.extend(open.take()),
                Event::DocType(_) => return Err(broken(ENTITIES)),
                Event::Eof => return Ok(Styles(styles)),
                _ => {}
            }
        }
    }

    /// What a paragraph is by its style and its own properties.
    pub(super) fn kind(&self, id: &str, level: Option<u8>, numbered: Option<bool>) -> LineKind {
        let chain: Vec<&Style> =
            std::iter::successors(self.0.get(id), |style| self.0.get(style.based_on.as_deref()?)).take(CHAIN).collect();
        // A document without its styles has their usual names as ids.
        let id = id.to_lowercase();
        let names: Vec<&str> =
            if chain.is_empty() { vec![&id] } else { chain.iter().map(|s| s.name.as_str()).collect() };
        let level = level.or_else(|| chain.iter().find_map(|style| style.level));
        if level.map_or_else(|| names.iter().any(|name| is_heading(name)), |level| level < NO_LEVEL) || is_title(&names)
        {
            return LineKind::Heading;
        }
        let numbered = numbered.or_else(|| chain.iter().find_map(|style| style.numbered));
        if numbered.unwrap_or_else(|| names.iter().any(|name| is_list(name))) { LineKind::Item } else { LineKind::Text }
    }
}

fn is_title(names: &[&str]) -> bool {
    names.first().is_some_and(|name| matches!(*name, "title" | "subtitle" | "标题" | "副标题" | "標題" | "副標題"))
}

/// `heading 1`, `Heading1`, `标题 1`
fn is_heading(name: &str) -> bool {
    ["heading", "标题", "標題"].iter().any(|word| {
        name.strip_prefix(word).is_some_and(|rest| {
            let level = rest.trim();
            level.len() == 1 && level.bytes().all(|b| b.is_ascii_digit())
        })
    })
}

fn is_list(name: &str) -> bool {
    let name: String = name.chars().filter(|c| !c.is_whitespace()).collect();
    ["listbullet", "listnumber", "列表项目符号", "列表编号"].iter().any(|list| name.starts_with(list))
}

/// The level of `<w:outlineLvl w:val="0"/>`.
pub(super) fn level(tag: &BytesStart<'_>) -> Option<u8> {
    attribute(tag, "val")?.trim().parse().ok()
}

/// Whether `<w:numId w:val="3"/>` names a list; 0 takes a paragraph out of the list of its style.
pub(super) fn is_numbered(tag: &BytesStart<'_>) -> bool {
    attribute(tag, "val").is_some_and(|value| value.trim() != "0")
}
