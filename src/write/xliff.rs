//! XLIFF 2.1, with what is known of a pair in its metadata module.

use std::io::{self, Write};

use super::xml::{Property, Xml, of_half, of_pair, of_whole, words};
use crate::alignment::{Alignment, Pair, SharedAnchor};
use crate::anchor::AnchorKind;
use crate::document::keys;
use crate::text::Lang;

/// Version 2.1 keeps the namespaces of 2.0.
const CORE: &str = "urn:oasis:names:tc:xliff:document:2.0";
const METADATA: &str = "urn:oasis:names:tc:xliff:metadata:2.0";

/// One unit a pair, its one segment translated. Pairs without counterpart are left out.
pub(super) fn write(alignment: &Alignment, out: &mut dyn Write) -> io::Result<()> {
    let (first, second) = (alignment.first(), alignment.first().other());
    let mut xml = Xml::new(out)?;
    xml.open(
        "xliff",
        &[
            ("xmlns", CORE),
            ("xmlns:mda", METADATA),
            ("version", "2.1"),
            ("srcLang", first.code()),
            ("trgLang", second.code()),
        ],
    )?;
    let original = alignment.side(first).document.source().name();
    // Blanks are part of the text, as in the file that it comes from.
    xml.open("file", &[("id", "f1"), ("original", original), ("xml:space", "preserve")])?;
    xml.open("mda:metadata", &[])?;
    group(&mut xml, keys::TOOL, None, of_whole(alignment))?;
    xml.close("mda:metadata")?;
    let mut pairs = alignment.pairs().filter(|p| !p.is_one_sided()).peekable();
    if pairs.peek().is_none() {
        // A file must hold something.
        xml.empty("group", &[("id", "g1")])?;
    }
    for pair in pairs {
        unit(&mut xml, first, &pair)?;
    }
    xml.close("file")?;
    xml.close("xliff")?;
    xml.finish()
}

fn unit(xml: &mut Xml<'_>, first: Lang, pair: &Pair<'_>) -> io::Result<()> {
    let (source, target) = (pair.half(first), pair.half(first.other()));
    xml.open("unit", &[("id", &pair.id().to_string())])?;
    xml.open("mda:metadata", &[])?;
    group(xml, keys::TOOL, None, of_pair(pair))?;
    group(xml, keys::TOOL, Some("source"), of_half(&source))?;
    group(xml, keys::TOOL, Some("target"), of_half(&target))?;
    for anchor in pair.anchors() {
        group(xml, keys::ANCHOR, None, of_anchor(anchor))?;
    }
    xml.close("mda:metadata")?;
    xml.open("segment", &[("state", "translated")])?;
    xml.text("source", &[], &words(&source))?;
    xml.text("target", &[], &words(&target))?;
    xml.close("segment")?;
    xml.close("unit")
}

fn group(xml: &mut Xml<'_>, category: &str, applies: Option<&str>, properties: Vec<Property>) -> io::Result<()> {
    let mut attributes = vec![("category", category)];
    attributes.extend(applies.map(|to| ("appliesTo", to)));
    xml.open("mda:metaGroup", &attributes)?;
    for (key, value) in properties {
        xml.text("mda:meta", &[("type", key)], &value)?;
    }
    xml.close("mda:metaGroup")
}

fn of_anchor(anchor: &SharedAnchor) -> Vec<Property> {
    let kind = match anchor.kind {
        AnchorKind::Number => "number",
        AnchorKind::Latin => "latin",
        AnchorKind::Name => "name",
        AnchorKind::Term => "term",
    };
    let mut found = vec![("kind", kind.to_owned())];
    found.extend(anchor.value.clone().map(|value| ("value", value)));
    found.extend(anchor.unit.clone().map(|unit| ("unit", unit)));
    for (key, range, span) in [("en", "en-bytes", &anchor.en), ("zh", "zh-bytes", &anchor.zh)] {
        found.push((key, span.text.clone()));
        found.push((range, format!("{}-{}", span.start, span.end)));
    }
    found
}
