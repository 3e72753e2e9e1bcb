//! Bitexts with their beads: from gold where there is one, otherwise from the aligner.

use std::path::Path;
use std::sync::Arc;

use duiqi::Aligner;
use duiqi::alignment::{Alignment, Bead, Pair, Relation, Side};
use duiqi::document::{Document, Format};
use duiqi::evaluate::{IndexBead, Orientation, TextGold, parse_beads};
use duiqi::text::{Lang, PerLang, Source};

use crate::AnyError;
use crate::mutate::Mutation;

/// Pairs on either side that a changed pair is checked with.
const AROUND: usize = 3;

/// Two texts and the beads between them.
pub struct Bitext {
    /// Set and number.
    pub name: String,
    en: Arc<Document>,
    zh: Arc<Document>,
    /// `None`: to be aligned.
    beads: Option<Vec<IndexBead>>,
}

/// All bitexts of a folder.
pub fn read_set(dir: &str) -> Result<Vec<Bitext>, AnyError> {
    let entries = std::fs::read_dir(dir).map_err(|e| format!("{dir}: {e}"))?;
    let names = entries.filter_map(|f| f.ok()?.file_name().into_string().ok());
    let mut stems: Vec<String> = names.filter_map(|n| n.strip_suffix(".gold").map(str::to_owned)).collect();
    stems.sort();
    if stems.is_empty() {
        return Ok(vec![Bitext::of_texts(dir)?]);
    }
    stems.iter().map(|stem| Bitext::of_lines(dir, stem)).collect()
}

fn source(dir: &str, file: &str) -> Result<Source, AnyError> {
    let path = Path::new(dir).join(file);
    let bytes = std::fs::read(&path).map_err(|e| format!("{}: {e}", path.display()))?;
    Ok(Source::from_bytes(&path.display().to_string(), &bytes)?)
}

impl Bitext {
    fn of_lines(dir: &str, stem: &str) -> Result<Bitext, AnyError> {
        let document = |lang: Lang| -> Result<Document, AnyError> {
            Ok(Document::read_as(source(dir, &format!("{stem}.{}", lang.code()))?, Format::Lines, lang)?)
        };
        let (en, zh) = (document(Lang::En)?, document(Lang::Zh)?);
        let mut beads = parse_beads(&source(dir, &format!("{stem}.gold"))?)?;
        if Orientation::of(&beads, en.segments().len(), zh.segments().len()) == Orientation::Flipped {
            beads = beads.into_iter().map(IndexBead::flipped).collect();
        }
        Ok(Bitext { name: format!("{dir}/{stem}"), en: Arc::new(en), zh: Arc::new(zh), beads: Some(beads) })
    }

    fn of_texts(dir: &str) -> Result<Bitext, AnyError> {
        let document = |lang: Lang| -> Result<Document, AnyError> {
            let file = ["md", "txt"].map(|ending| format!("{}.{ending}", lang.code()));
            let file =
                file.iter().find(|f| Path::new(dir).join(f).exists()).ok_or_else(|| format!("{dir}: no text"))?;
            Ok(Document::read_as(source(dir, file)?, Format::Auto, lang)?)
        };
        let (en, zh) = (document(Lang::En)?, document(Lang::Zh)?);
        let gold = source(dir, "gold.tsv").ok().and_then(|s| TextGold::parse(&s).ok());
        let beads = match gold {
            Some(gold) => Some(gold.map(&en, &zh)?.beads),
            None => None,
        };
        Ok(Bitext { name: dir.to_owned(), en: Arc::new(en), zh: Arc::new(zh), beads })
    }

    /// The beads as an alignment.
    pub fn alignment(&self) -> Result<Alignment, AnyError> {
        let Some(beads) = &self.beads else {
            let aligner = Aligner::builder().langs(Lang::En, Lang::Zh).build()?;
            return Ok(aligner.align_sources(self.en.source().clone(), self.zh.source().clone())?);
        };
        let bead = |b: &IndexBead| Bead { en: b.first().to_vec(), zh: b.second().to_vec(), confidence: 1.0 };
        let sides = PerLang { en: &self.en, zh: &self.zh }.map(|document| Side::whole(Arc::clone(document)));
        Ok(Alignment::new(sides, Lang::En, Relation::Parallel, beads.iter().map(bead).collect())?)
    }

    /// The texts, and the beads where gold gives them.
    pub fn parts(&self) -> (&Document, &Document, Option<&[IndexBead]>) {
        (&self.en, &self.zh, self.beads.as_deref())
    }

    /// The text of the changed half of a pair.
    pub fn changed(&self, pair: &Pair<'_>, mutation: &Mutation) -> String {
        let mut text = String::new();
        for (k, segment) in pair.half(mutation.lang).segments().enumerate() {
            if k > 0 && mutation.lang == Lang::En {
                text.push(' ');
            }
            text.push_str(if k == mutation.segment { &mutation.text } else { &segment.text });
        }
        text
    }

    /// A pair of lines for each pair near `k`, that of `k` with another text in `lang`; and which of them is that of `k`.
    pub fn around(
        &self,
        alignment: &Alignment,
        k: usize,
        lang: Lang,
        text: &str,
    ) -> Result<(Alignment, usize), AnyError> {
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
}
