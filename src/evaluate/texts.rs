//! Pairs compared by their words: translation memories carry no indices.

use std::collections::BTreeMap;

use super::Score;
use crate::alignment::Alignment;

/// The words of a pair, English and Chinese.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct TextPair {
    en: String,
    zh: String,
}

impl TextPair {
    /// A pair; a run of blanks counts as one space, and none at the ends.
    pub fn new(en: &str, zh: &str) -> TextPair {
        let normal = |text: &str| text.split_whitespace().collect::<Vec<_>>().join(" ");
        TextPair { en: normal(en), zh: normal(zh) }
    }

    /// The English words.
    pub fn en(&self) -> &str {
        &self.en
    }

    /// The Chinese words.
    pub fn zh(&self) -> &str {
        &self.zh
    }
}

/// The words of all pairs that have both sides.
pub fn texts_of(alignment: &Alignment) -> Vec<TextPair> {
    let both = alignment.pairs().filter(|pair| !pair.is_one_sided());
    both.map(|pair| TextPair::new(&pair.en().text(), &pair.zh().text())).collect()
}

/// Counts the pairs of `test` whose both texts equal those of a pair of `gold`. Order does not matter; a pair that stands several
/// times in the test is right once for each time that it stands in the gold.
///
/// ```
/// use duiqi::train::evaluate::{TextPair, strict_texts};
/// let gold = [TextPair::new("Thank you.", "谢谢。"), TextPair::new("Any questions?", "有问题吗？")];
/// let test = [TextPair::new("Thank  you.", "谢谢。"), TextPair::new("Any questions?", "有什么问题吗？")];
/// assert_eq!(strict_texts(&test, &gold).f1(), 0.5);
/// ```
pub fn strict_texts(test: &[TextPair], gold: &[TextPair]) -> Score {
    let mut left: BTreeMap<&TextPair, usize> = BTreeMap::new();
    for pair in gold {
        *left.entry(pair).or_default() += 1;
    }
    let mut right = 0;
    for pair in test {
        if let Some(n) = left.get_mut(pair).filter(|n| **n > 0) {
            *n -= 1;
            right += 1;
        }
    }
    Score { gold: gold.len(), test: test.len(), right }
}
