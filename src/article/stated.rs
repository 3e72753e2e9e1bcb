//! What an article itself says of its words: 需求侧平台(DSP).

use std::borrow::Cow;

use crate::alignment::Side;
use crate::anchor::names::explicit_pairs;
use crate::lexicon::{Glossary, Lexicon};
use crate::text::PerLang;

/// A glossary extended with the pairs that the texts state. It is borrowed if they state none.
pub(super) fn with_stated<'g>(glossary: &'g Glossary, lexicon: &Lexicon, sides: PerLang<&Side>) -> Cow<'g, Glossary> {
    let mut glossary = Cow::Borrowed(glossary);
    for side in sides {
        for text in side.texts() {
            for pair in explicit_pairs(text, lexicon) {
                let (Some(en), Some(zh)) = (text.get(pair.en), text.get(pair.zh)) else { continue };
                for zh in [Some(zh), pair.short.and_then(|s| text.get(s))].into_iter().flatten() {
                    glossary.to_mut().insert(en, zh);
                }
            }
        }
    }
    glossary
}
