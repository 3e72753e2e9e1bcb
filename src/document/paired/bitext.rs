//! A file of pairs, both sides apart.

use std::ops::Range;

use super::document::Builder;
use super::keys;
use super::notes::Note;
use crate::document::format::Reader;
use crate::document::{Document, Format};
use crate::error::{Error, Result};
use crate::text::{Lang, Source};

/// A translation memory (TMX) or a bilingual file of translation tools (XLIFF 1.x, 2.x): texts that are paired already.
///
/// Each side is a document whose segments point into the one file, inline codes left out. [`Aligner::pair_bitext`] makes an alignment of
/// it with anchors and speakers, [`Alignment::of_bitext`] one without.
///
/// Files that duiqi has written keep their segments, turns, speakers and confidences; in other files a text is one segment, a
/// pair is sure, and a speaker is known where a property `x-speaker` says it. Entities are not expanded but for the five of XML,
/// a document type is not looked at.
///
/// [`Aligner::pair_bitext`]: crate::Aligner::pair_bitext
/// [`Alignment::of_bitext`]: crate::alignment::Alignment::of_bitext
///
/// ```
/// use duiqi::{Alignment, Bitext, Source};
/// let tmx = r#"<tmx version="1.4"><header srclang="en-GB"/><body><tu>
///   <tuv xml:lang="en-GB"><seg>Fish &amp; chips</seg></tuv><tuv xml:lang="zh-CN"><seg>炸鱼薯条</seg></tuv>
/// </tu></body></tmx>"#;
/// let alignment = Alignment::of_bitext(Bitext::read(Source::from_text("menu.tmx", tmx))?)?;
/// let pair = alignment.pairs().next().unwrap();
/// assert_eq!((pair.en().text().as_str(), pair.zh().text().as_str()), ("Fish & chips", "炸鱼薯条"));
/// assert_eq!(&tmx[pair.en().range().unwrap()], "Fish &amp; chips");
/// # Ok::<(), duiqi::Error>(())
/// ```
#[derive(Clone, Debug)]
pub struct Bitext {
    pub(crate) en: Document,
    pub(crate) zh: Document,
    pub(crate) first: Lang,
    pub(crate) units: Vec<BitextUnit>,
    /// Whether the sides are comparable texts, by our own word.
    pub(crate) comparable: bool,
    /// Confidence of the whole, where the file says it.
    pub(crate) confidence: Option<f64>,
    notes: Vec<Note>,
}

/// A unit of a [`Bitext`]; one of its sides may be empty.
#[derive(Clone, Debug)]
pub(crate) struct BitextUnit {
    /// The number that the file gives it, where the file gives all of them one, ascending.
    pub(crate) id: usize,
    pub(crate) en: Range<usize>,
    pub(crate) zh: Range<usize>,
    pub(crate) confidence: f64,
    pub(crate) moved: bool,
    pub(crate) same_speaker: Option<bool>,
}

impl Bitext {
    /// Reads a file of pairs; which format it is in shows in its outermost element.
    ///
    /// A unit that lacks one language has one side only. Of several texts in one language the first is taken, and texts in
    /// others are left out: [`Bitext::notes`] says so.
    ///
    /// # Errors
    /// [`crate::ErrorKind::Malformed`], with the line, for a text that is neither TMX nor XLIFF, for XML that is not
    /// well-formed, for entities, for texts without a language, and for a file that lacks one of the languages.
    /// [`crate::ErrorKind::Empty`] for a file without units.
    pub fn read(source: Source) -> Result<Bitext> {
        let wrong = |what: String| Error::malformed(source.name(), 1, what);
        let found = Format::of_pairs(&source).map(|format| (format, format.reader()));
        let Some((format, Reader::Units(read))) = found else {
            let what = "this file has no pairs; give a file in TMX or XLIFF, a table with a column for each language, or \
                        records with \"en\" and \"zh\"";
            return Err(wrong(what.to_owned()));
        };
        let contents = read(&source)?;
        for lang in [Lang::En, Lang::Zh] {
            if contents.units.iter().any(|unit| unit.text(lang).is_some()) {
                continue;
            }
            let others = contents.occasions.others();
            if contents.units.is_empty() && others.is_empty() {
                return Err(Error::empty(source.name()));
            }
            let there = if others.is_empty() { String::new() } else { format!(" (but {others})") };
            let what = format!(
                "no {} text in this {}{there}; give a file with English and Chinese",
                lang.name(),
                format.name()
            );
            return Err(wrong(what));
        }
        let ids: Vec<Option<usize>> = contents.units.iter().map(|u| u.id.as_deref()?.parse().ok()).collect();
        let numbered = ids.iter().all(Option::is_some) && ids.is_sorted_by(|a, b| a < b);
        let (mut en, mut zh) = (Builder::new(source.clone(), format), Builder::new(source.clone(), format));
        let mut units = Vec::with_capacity(contents.units.len());
        for (k, (unit, id)) in contents.units.iter().zip(ids).enumerate() {
            let side = |builder: &mut Builder, lang| unit.text(lang).map_or(0..0, |text| builder.add(text, lang));
            let (en, zh) = (side(&mut en, Lang::En), side(&mut zh, Lang::Zh));
            let moved = unit.properties.get(keys::RELATION) == Some(keys::MOVED) && !en.is_empty() && !zh.is_empty();
            units.push(BitextUnit {
                id: id.filter(|_| numbered).unwrap_or(k),
                en,
                zh,
                // Whoever has paired them was sure, unless the file says how sure.
                confidence: unit.properties.confidence().unwrap_or(1.0),
                moved,
                same_speaker: unit.properties.same_speaker(),
            });
        }
        Ok(Bitext {
            en: en.finish(),
            zh: zh.finish(),
            first: contents.first.unwrap_or(Lang::En),
            units,
            comparable: contents.properties.get(keys::RELATION) == Some(keys::COMPARABLE),
            confidence: contents.properties.confidence(),
            notes: contents.occasions.notes(&source),
        })
    }

    /// The texts of one language.
    #[cfg(feature = "train")]
    #[doc(hidden)]
    pub fn document(&self, lang: Lang) -> &Document {
        match lang {
            Lang::En => &self.en,
            Lang::Zh => &self.zh,
        }
    }

    /// [`Format::Tmx`] or [`Format::Xliff`].
    #[cfg(feature = "train")]
    #[doc(hidden)]
    pub fn format(&self) -> Format {
        self.en.format()
    }

    /// The language that the file was translated from, as it says, or the one of its first text.
    #[cfg(feature = "train")]
    #[doc(hidden)]
    pub fn first(&self) -> Lang {
        self.first
    }

    /// How many units it has.
    #[cfg(feature = "train")]
    #[doc(hidden)]
    pub fn len(&self) -> usize {
        self.units.len()
    }

    /// Whether it has none; one that was read has some.
    #[cfg(feature = "train")]
    #[doc(hidden)]
    pub fn is_empty(&self) -> bool {
        self.units.is_empty()
    }

    /// What was left out of the file, and why.
    #[doc(hidden)]
    pub fn notes(&self) -> &[Note] {
        &self.notes
    }
}
