//! What is found in the words of a bitext before anything is aligned.

use std::sync::{Arc, OnceLock};

use super::tokens::{Tokenizer, Tokens};
use crate::alignment::Side;
use crate::text::PerLang;

/// Both sides of a bitext with what is found in their words. Each thing is found once, when it is first asked for, and read by all
/// that follows: the passes, links of passages, shared anchors, findings and the report.
#[derive(Debug)]
pub struct Analysed {
    /// The sides. They keep what is found in single segments, whatever the lexicon: numbers and names.
    pub sides: PerLang<Side>,
    tokens: PerLang<OnceLock<Arc<Tokens>>>,
}

impl Analysed {
    /// Nothing is read yet.
    pub fn new(sides: PerLang<Side>) -> Analysed {
        Analysed { sides, tokens: PerLang::default() }
    }

    /// Tokens of the segments, by the lexicon and the glossary that are asked for first.
    pub fn tokens(&self, tokenizer: &mut Tokenizer<'_>) -> PerLang<Arc<Tokens>> {
        PerLang::from_fn(|lang| {
            let found = self.tokens[lang].get_or_init(|| Arc::new(tokenizer.tokens_of(&self.sides[lang], lang)));
            Arc::clone(found)
        })
    }
}
