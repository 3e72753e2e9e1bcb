//! Names in running text: pairs that a text states itself, how likely two names are one, and which names two texts share.
//!
//! ```
//! use duiqi::anchor::names::{Names, Reason, explicit_pairs};
//! use duiqi::lexicon::Lexicon;
//!
//! let lexicon = Lexicon::builtin()?;
//! let mut names = Names::new(&lexicon);
//! assert!(names.likeness("Mara Quist", "玛拉·奎斯特").score > 0.9);
//!
//! let text = "来自科珀莱恩研究公司（Copperline Research）的萨米拉·哈达德表示同意。";
//! let pair = explicit_pairs(text, &lexicon).remove(0);
//! assert_eq!((&text[pair.en.clone()], &text[pair.zh.clone()]), ("Copperline Research", "科珀莱恩研究公司"));
//!
//! names.learn(text);
//! let found = names.shared("Copperline Research asked Mr. Harlow.", "科珀莱恩研究公司问了哈洛先生。");
//! assert_eq!(found[0].reason, Reason::ExplicitPair);
//! assert_eq!(found[1].reason, Reason::Transliteration);
//! # Ok::<(), duiqi::Error>(())
//! ```

mod compare;
mod explicit;
mod find;
mod odds;
mod sound;
mod spans;
mod transcription;

use std::ops::Range;

use serde::Serialize;

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
pub struct Likeness {
    /// 0 to 1; from 0.5 on rather one name than two.
    pub score: f64,
    /// What the score rests on; `None` where nothing speaks for one name.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub reason: Option<Reason>,
}

/// A name that a text gives in both languages.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
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
pub struct Names<'a> {
    lexicon: &'a Lexicon,
    glossary: Option<&'a Glossary>,
    /// English in lower case with single blanks, and Chinese folded.
    stated: Vec<(String, String)>,
}

impl<'a> Names<'a> {
    /// By the lexicon and by sound alone.
    pub fn new(lexicon: &'a Lexicon) -> Names<'a> {
        Names { lexicon, glossary: None, stated: Vec::new() }
    }

    /// With the caller's own terms, which count before all others.
    #[must_use]
    pub fn with_glossary(mut self, glossary: &'a Glossary) -> Names<'a> {
        self.glossary = Some(glossary);
        self
    }

    /// Remembers the pairs that a text of either language states (see [`explicit_pairs`]).
    pub fn learn(&mut self, text: &str) {
        for pair in explicit_pairs(text, self.lexicon) {
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
        compare::likeness(self, en, zh)
    }

    /// The names that an English text and its Chinese counterpart share, in the order of the English, none inside another.
    /// Meant for what is aligned already, a pair of sentences or of paragraphs: the work grows with the product of the names
    /// on both sides. Rather misses a name than takes two for one.
    pub fn shared(&self, en: &str, zh: &str) -> Vec<NameMatch> {
        find::shared(self, en, zh)
    }
}

/// [`Names::likeness`] without a glossary or stated pairs.
pub fn likeness(en: &str, zh: &str, lexicon: &Lexicon) -> Likeness {
    Names::new(lexicon).likeness(en, zh)
}
