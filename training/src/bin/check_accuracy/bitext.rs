//! Builds alignments from texts and their beads, and parts of them in which one text is replaced.

use std::sync::Arc;

use duiqi::train::{alignment::Side, evaluate::IndexBead};
use duiqi::{Aligner, Alignment, Bead, Document, Format, Lang, Pair, PerLang, Relation, Source};
use duiqi_training::AnyError;
use duiqi_training::gold::GoldText;

use crate::mutate::Mutation;

/// How many pairs before and after a changed pair are checked with it.
const AROUND: usize = 3;

/// An alignment from the gold beads or, if there are none, from the aligner.
pub fn alignment(text: &GoldText) -> Result<Alignment, AnyError> {
    let Ok(beads) = &text.beads else {
        let aligner = Aligner::builder().langs(Lang::En, Lang::Zh).build()?;
        return Ok(aligner.align_sources(text.en.source().clone(), text.zh.source().clone())?);
    };
    let bead = |b: &IndexBead| Bead { en: b.first().to_vec(), zh: b.second().to_vec(), confidence: 1.0 };
    let sides = PerLang { en: &text.en, zh: &text.zh }.map(|document| Side::whole(Arc::clone(document)));
    Ok(Alignment::new(sides, Lang::En, Relation::Parallel, beads.iter().map(bead).collect())?)
}

/// The text of the changed half of a pair.
pub fn changed(pair: &Pair<'_>, mutation: &Mutation) -> String {
    let mut text = String::new();
    for (k, segment) in pair.half(mutation.lang).segments().enumerate() {
        if k > 0 && mutation.lang == Lang::En {
            text.push(' ');
        }
        text.push_str(if k == mutation.segment { &mutation.text } else { &segment.text });
    }
    text
}

/// A pair of lines for each pair near `k`, with another text in `lang` for pair `k`; and the index of pair `k` among
/// them.
pub fn around(alignment: &Alignment, k: usize, lang: Lang, text: &str) -> Result<(Alignment, usize), AnyError> {
    let pairs: Vec<Pair<'_>> = alignment.pairs().collect();
    let near = k.saturating_sub(AROUND)..(k + AROUND + 1).min(pairs.len());
    let (mut en, mut zh, mut beads, mut focus) = (Vec::new(), Vec::new(), Vec::new(), 0);
    for at in near {
        let of = |side: Lang| {
            if at == k && side == lang { text.to_owned() } else { pairs[at].half(side).text() }.replace('\n', " ")
        };
        let (e, z) = (of(Lang::En), of(Lang::Zh));
        if at == k {
            focus = beads.len();
        }
        let index = |lines: &mut Vec<String>, line: String| {
            if line.trim().is_empty() {
                return Vec::new();
            }
            lines.push(line);
            vec![lines.len() - 1]
        };
        let bead = Bead { en: index(&mut en, e), zh: index(&mut zh, z), confidence: 1.0 };
        beads.push(bead);
    }
    let side = |lines: &[String], lang: Lang| -> Result<Side, AnyError> {
        let source = Source::from_text(lang.code(), &(lines.join("\n") + "\n"));
        Ok(Side::whole(Arc::new(Document::read_as(source, Format::Lines, lang)?)))
    };
    let sides = PerLang { en: side(&en, Lang::En)?, zh: side(&zh, Lang::Zh)? };
    Ok((Alignment::new(sides, Lang::En, Relation::Parallel, beads)?, focus))
}
