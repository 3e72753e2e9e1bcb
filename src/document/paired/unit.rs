//! Units: what all files of pairs have in common.

use super::notes::{Occasions, Reason};
use super::properties::Properties;
use crate::document::block::MappedText;
use crate::text::Lang;

/// A file of pairs as it was read.
#[derive(Debug, Default)]
pub(in crate::document) struct Contents {
    /// The language that the file names as the one translated from; otherwise that of the first text.
    pub(super) first: Option<Lang>,
    pub(super) properties: Properties,
    pub(super) units: Vec<Unit>,
    pub(super) occasions: Occasions,
}

/// A unit of translation.
#[derive(Debug, Default)]
pub(super) struct Unit {
    /// Its first byte in the source.
    pub(super) at: usize,
    /// What the file calls it.
    pub(super) id: Option<String>,
    pub(super) properties: Properties,
    pub(super) en: Option<Text>,
    pub(super) zh: Option<Text>,
}

/// The text of a unit in one language.
#[derive(Clone, Debug, Default)]
pub(super) struct Text {
    pub(super) words: MappedText,
    pub(super) properties: Properties,
}

impl Unit {
    /// The text in a language.
    pub(super) fn text(&self, lang: Lang) -> Option<&Text> {
        match lang {
            Lang::En => self.en.as_ref(),
            Lang::Zh => self.zh.as_ref(),
        }
    }

    /// The place of the text in a language.
    pub(super) fn place(&mut self, lang: Lang) -> &mut Option<Text> {
        match lang {
            Lang::En => &mut self.en,
            Lang::Zh => &mut self.zh,
        }
    }

    /// Takes in a text, at byte `at`, in the language that the file calls `code`. One without words is as good as none.
    pub(super) fn add(&mut self, code: &str, text: Text, at: usize, occasions: &mut Occasions) {
        if text.words.text().is_empty() {
            return;
        }
        let Some(lang) = language(code) else { return occasions.other_language(code, at) };
        match self.place(lang) {
            Some(_) => occasions.add(Reason::Repeated(lang), at),
            place => *place = Some(text),
        }
    }
}

impl Contents {
    /// Takes in a unit that has all its texts.
    pub(super) fn add(&mut self, unit: Unit) {
        if unit.en.is_none() && unit.zh.is_none() {
            return self.occasions.add(Reason::Neither, unit.at);
        }
        let first = if unit.en.is_some() { Lang::En } else { Lang::Zh };
        self.first.get_or_insert(first);
        self.units.push(unit);
    }
}

/// The language of a code: `en`, `en-US`, `EN_GB`, `eng`, `zh`, `zh-Hans-CN`, `chi`, `zho`, `cmn`.
pub(super) fn language(code: &str) -> Option<Lang> {
    match code.trim().split(['-', '_']).next()?.to_ascii_lowercase().as_str() {
        "en" | "eng" => Some(Lang::En),
        "zh" | "zho" | "chi" | "cmn" => Some(Lang::Zh),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_of_languages() {
        for code in ["en", "EN", "en-US", "en_GB", "eng", " en "] {
            assert_eq!(language(code), Some(Lang::En), "{code}");
        }
        for code in ["zh", "ZH", "zh-CN", "zh_TW", "zh-Hans", "zh-Hant-HK", "ZHO", "chi", "cmn-Hans"] {
            assert_eq!(language(code), Some(Lang::Zh), "{code}");
        }
        for code in ["", "fr", "enm", "zhuang", "*all*", "x-en"] {
            assert_eq!(language(code), None, "{code}");
        }
    }
}
