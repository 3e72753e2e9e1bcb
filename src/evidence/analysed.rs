//! What is known about the words of a bitext before anything is aligned.

use std::sync::{Arc, OnceLock};

use super::tokens::{Tokenizer, Tokens};
use crate::alignment::Side;
use crate::text::PerLang;

/// Both sides of a bitext with what is found in their words. Each part is computed on first use, then shared by all
/// later steps: the passes, links of passages, shared anchors, findings and the report.
#[derive(Debug)]
pub struct Analysed {
    /// The sides. They keep the numbers and names of their segments, which do not depend on the lexicon.
    pub sides: PerLang<Side>,
    tokens: PerLang<OnceLock<Arc<Tokens>>>,
}

impl Analysed {
    /// Reads nothing yet.
    pub fn new(sides: PerLang<Side>) -> Analysed {
        Analysed { sides, tokens: PerLang::default() }
    }

    /// The tokens of the segments. The first call decides the lexicon and the glossary.
    pub fn tokens(&self, tokenizer: &mut Tokenizer<'_>) -> PerLang<Arc<Tokens>> {
        PerLang::from_fn(|lang| {
            let found = self.tokens[lang].get_or_init(|| Arc::new(tokenizer.tokens_of(&self.sides[lang], lang)));
            Arc::clone(found)
        })
    }
}
