//! Names in running text; [`crate::names`] has an example.

mod compare;
mod explicit;
mod find;
mod odds;
mod sound;
mod spans;
mod transcription;

use std::ops::Range;
use std::sync::Arc;

use serde::Serialize;

use crate::error::Result;
use crate::lexicon::{Glossary, Lexicon};

pub use explicit::explicit_pairs;
pub(crate) use odds::{Pinyin, odds, part_odds, sigmoid};

/// Why two names are held to be one.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "lowercase")]
#[non_exhaustive]
pub enum Reason {
    /// Written alike on both sides, in Latin letters.
    Identical,
    /// The caller's glossary has the pair.
    Glossary,
    /// A text states the pair: `摩根大通(JPMorgan)`.
    ExplicitPair,
    /// The lexicon translates one by the other, as a whole or word by word.
    Lexicon,
    /// They sound alike, by pinyin or by transcription.
    Transliteration,
}

/// How likely two names are one.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
#[non_exhaustive]
pub struct Likeness {
    /// 0 to 1; from 0.5 on rather one name than two.
    pub score: f64,
    /// What the score rests on; `None` where nothing speaks for one name.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub reason: Option<Reason>,
}

/// A name that a text gives in both languages.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct StatedPair {
    /// Bytes of the English name, on character boundaries.
    pub en: Range<usize>,
    /// Bytes of the Chinese name.
    pub zh: Range<usize>,
    /// Bytes of a short Chinese form that the text announces: 简称哈尔文.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub short: Option<Range<usize>>,
}

/// A name that two texts share.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[non_exhaustive]
pub struct NameMatch {
    /// Bytes of the English text, on character boundaries.
    pub en: Range<usize>,
    /// Bytes of the Chinese text, likewise.
    pub zh: Range<usize>,
    /// How sure it is that the two are one name, 0 to 1.
    pub confidence: f64,
    /// Why.
    pub reason: Reason,
}

/// What is known about the names of a bitext: the lexicon, a glossary, and the pairs that its texts state.
#[derive(Clone, Debug)]
pub struct Names {
    lexicon: Arc<Lexicon>,
    glossary: Option<Glossary>,
    /// English in lower case with single blanks, and Chinese folded.
    stated: Vec<(String, String)>,
}

/// The knowledge of [`Names`], borrowed.
struct Known<'a> {
    lexicon: &'a Lexicon,
    glossary: Option<&'a Glossary>,
    stated: &'a [(String, String)],
}

impl<'a> Known<'a> {
    /// Creates the knowledge of a lexicon, without other terms.
    fn by(lexicon: &'a Lexicon) -> Known<'a> {
        Known { lexicon, glossary: None, stated: &[] }
    }
}

impl Names {
    /// Creates names that are matched only by the lexicon and by sound.
    ///
    /// # Errors
    /// [`crate::ErrorKind::Model`] if the crate's own lexicon is damaged.
    pub fn new() -> Result<Names> {
        Ok(Names { lexicon: Lexicon::builtin()?, glossary: None, stated: Vec::new() })
    }

    /// With the caller's own terms, which count before all others.
    #[must_use]
    pub fn with_glossary(mut self, glossary: Glossary) -> Names {
        self.glossary = Some(glossary);
        self
    }

    fn known(&self) -> Known<'_> {
        Known { lexicon: &self.lexicon, glossary: self.glossary.as_ref(), stated: &self.stated }
    }

    /// Returns the pairs of an English and a Chinese name where one follows the other in brackets, in text order.
    ///
    /// The likeness in sound or the lexicon decides where the Chinese name begins. If neither decides, the text before
    /// the name does. A pair whose beginning remains unclear is left out.
    pub fn stated(&self, text: &str) -> Vec<StatedPair> {
        explicit_pairs(text, &self.lexicon)
    }

    /// Remembers the pairs that a text of either language states (see [`Names::stated`]).
    pub fn learn(&mut self, text: &str) {
        for pair in self.stated(text) {
            let (Some(en), Some(zh)) = (text.get(pair.en), text.get(pair.zh)) else { continue };
            let short = pair.short.and_then(|s| text.get(s));
            for zh in [Some(zh), short].into_iter().flatten() {
                let stated = (find::key(en), crate::text::fold(zh));
                if !self.stated.contains(&stated) {
                    self.stated.push(stated);
                }
            }
        }
    }

    /// How likely an English and a Chinese name are one: persons and places by sound, organisations by the lexicon word by
    /// word and by the sound of what remains, all by the glossary and by stated pairs first.
    pub fn likeness(&self, en: &str, zh: &str) -> Likeness {
        compare::likeness(&self.known(), en, zh)
    }

    /// The names that an English text and its Chinese counterpart share, in the order of the English, none inside another.
    /// Meant for what is aligned already, a pair of sentences or of paragraphs: the work grows with the product of the names
    /// on both sides. Rather misses a name than takes two for one.
    pub fn shared(&self, en: &str, zh: &str) -> Vec<NameMatch> {
        find::shared(&self.known(), en, zh)
    }
}
