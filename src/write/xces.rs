//! Links between the sentences of two documents, as OPUS keeps them (XCES).

use std::io::{self, Write};

use super::xml::Xml;
use crate::alignment::{Alignment, Half, rounded};

/// One link a pair; one without counterpart has an empty side, `;3`. Sentences count from 1, as in the collections of OPUS:
/// sentence n is the segment with index n - 1 of its file.
pub(super) fn write(alignment: &Alignment, out: &mut dyn Write) -> io::Result<()> {
    let (first, second) = (alignment.first(), alignment.first().other());
    let name = |lang| alignment.side(lang).document.source().name();
    let mut xml = Xml::new(out)?;
    xml.open("cesAlign", &[("version", "1.0")])?;
    xml.open("linkGrp", &[("targType", "s"), ("fromDoc", name(first)), ("toDoc", name(second))])?;
    for pair in alignment.pairs() {
        let id = format!("SL{}", pair.id());
        let targets = format!("{};{}", list(pair.half(first)), list(pair.half(second)));
        let certainty = rounded(pair.confidence()).to_string();
        xml.empty("link", &[("id", &id), ("xtargets", &targets), ("certainty", &certainty)])?;
    }
    xml.close("linkGrp")?;
    xml.close("cesAlign")?;
    xml.finish()
}

fn list(half: Half<'_>) -> String {
    half.segments().map(|s| (s.index + 1).to_string()).collect::<Vec<_>>().join(" ")
}
