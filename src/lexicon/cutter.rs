//! Jieba over the words of the lexicon, of which it is given only those that a text may need: setting it up with all of them takes
//! longer than aligning a call.

use std::sync::{Mutex, OnceLock, PoisonError};

use fst::{IntoStreamer, Streamer};
use jieba_rs::Jieba;
use rustc_hash::FxHashSet;

/// Least probability of a Chinese word when text is cut; cross-validated F1 with 1e-8, 2e-7, 1e-6: .911, .913, .912.
const FLOOR: f64 = 2e-7;
/// Jieba counts words: frequencies are scaled to integers, so that the floor is still in the hundreds.
const SCALE: f64 = 1e9;
/// Pairs of characters beyond which all words are taken. A call has 4,000; the words that begin with 17,000 (of 1,100 sentences of
/// academic text) take as long as all words, 70 ms.
const MANY: usize = 10_000;
/// Stands for all words that are not there, lest probabilities depend on what is: no text has this character.
const REST: &str = "\u{10FFFF}";

/// What a word counts in Jieba, by its probability.
fn count(probability: f64) -> usize {
    (probability.max(FLOOR) * SCALE) as usize
}

/// A cutter that grows with what it cuts. The words are the same as if it had all of them from the beginning.
pub(super) struct Growing {
    all: OnceLock<Jieba>,
    part: Mutex<Part>,
}

/// The words that begin with some pairs of characters.
struct Part {
    jieba: Jieba,
    /// A character by itself has a zero behind it.
    pairs: FxHashSet<[char; 2]>,
    /// Σ of the counts of the words that are not there; `None` before the first.
    rest: Option<usize>,
}

/// Words with their ids, and the probability of each id.
pub(super) struct Words<'a, P> {
    pub(super) ids: &'a fst::Map<std::borrow::Cow<'static, [u8]>>,
    pub(super) probability: P,
}

impl Growing {
    pub(super) fn new() -> Growing {
        let part = Part { jieba: Jieba::empty(), pairs: FxHashSet::default(), rest: None };
        Growing { all: OnceLock::new(), part: Mutex::new(part) }
    }

    /// Cuts a run of characters into words: the sequence of greatest probability.
    pub(super) fn cut<'t, P: Fn(u32) -> f64>(&self, words: &Words<'_, P>, run: &'t str) -> Vec<&'t str> {
        let cut = |jieba: &Jieba| jieba.cut(run, false).into_iter().map(|token| token.word).collect();
        if let Some(all) = self.all.get() {
            return cut(all);
        }
        let mut part = self.part.lock().unwrap_or_else(PoisonError::into_inner);
        part.grow(words, run);
        if part.pairs.len() <= MANY {
            return cut(&part.jieba);
        }
        let all = self.all.get_or_init(|| words.all());
        *part = Part { jieba: Jieba::empty(), pairs: FxHashSet::default(), rest: None };
        drop(part);
        cut(all)
    }
}

impl Part {
    /// Takes in the words that begin like any part of the run.
    fn grow<P: Fn(u32) -> f64>(&mut self, words: &Words<'_, P>, run: &str) {
        let before = self.rest;
        let mut rest = before.unwrap_or_else(|| (0..words.ids.len() as u32).map(|id| words.count(id)).sum());
        let mut next = run.chars();
        while let Some(first) = next.next() {
            if self.pairs.insert([first, '\0']) {
                let word = first.encode_utf8(&mut [0; 4]).to_owned();
                if let Some(id) = words.ids.get(&word) {
                    rest -= self.jieba.add_word(&word, Some(words.count(id as u32)), None);
                }
            }
            let Some(second) = next.clone().next() else { break };
            if self.pairs.insert([first, second]) {
                let prefix: String = [first, second].iter().collect();
                words.beginning_with(&prefix, |word, count| rest -= self.jieba.add_word(word, Some(count), None));
            }
        }
        if before != Some(rest) {
            self.jieba.add_word(REST, Some(rest), None);
            self.rest = Some(rest);
        }
    }
}

impl<P: Fn(u32) -> f64> Words<'_, P> {
    fn count(&self, id: u32) -> usize {
        count((self.probability)(id))
    }

    fn beginning_with(&self, prefix: &str, mut take: impl FnMut(&str, usize)) {
        let mut found = self.ids.range().ge(prefix).into_stream();
        while let Some((word, id)) = found.next().filter(|(word, _)| word.starts_with(prefix.as_bytes())) {
            if let Ok(word) = std::str::from_utf8(word) {
                take(word, self.count(id as u32));
            }
        }
    }

    /// All words at once.
    fn all(&self) -> Jieba {
        let mut dictionary = String::new();
        self.beginning_with("", |word, count| {
            dictionary.push_str(word);
            dictionary.push(' ');
            dictionary.push_str(&count.to_string());
            dictionary.push('\n');
        });
        // Every line is "word count", so that reading it cannot fail; without words, text falls into characters.
        Jieba::with_dict(&mut dictionary.as_bytes()).unwrap_or_else(|_| Jieba::empty())
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::lexicon::Lexicon;

    fn cut_by_all<'t>(lexicon: &Lexicon, run: &'t str) -> Vec<&'t str> {
        static ALL: OnceLock<Jieba> = OnceLock::new();
        let all = ALL.get_or_init(|| lexicon.cut_words().all());
        all.cut(run, false).into_iter().map(|token| token.word).collect()
    }

    #[test]
    fn cuts_as_with_all_words() {
        let lexicon = Lexicon::builtin().unwrap();
        let growing = Growing::new();
        let mut runs = 0;
        for name in ["earnings-call/zh.md", "interview/zh.txt", "mixed-article/article.txt"] {
            let text = std::fs::read_to_string(format!("{}/data/{name}", env!("CARGO_MANIFEST_DIR"))).unwrap();
            for line in text.lines() {
                assert_eq!(growing.cut(&lexicon.cut_words(), line), cut_by_all(&lexicon, line));
                runs += 1;
            }
        }
        assert!(runs > 500 && growing.all.get().is_none());
    }

    #[test]
    fn takes_all_words_in_the_end() {
        let lexicon = Lexicon::builtin().unwrap();
        let growing = Growing::new();
        for (word, _) in lexicon.words() {
            assert_eq!(growing.cut(&lexicon.cut_words(), &word), cut_by_all(&lexicon, &word));
            if growing.all.get().is_some() {
                return;
            }
        }
        panic!("never took all words");
    }

    proptest! {
        #[test]
        fn cuts_any_words_as_with_all(picks in prop::collection::vec(any::<prop::sample::Index>(), 1..30)) {
            let lexicon = Lexicon::builtin().unwrap();
            static WORDS: OnceLock<Vec<(String, u32)>> = OnceLock::new();
            let words = WORDS.get_or_init(|| lexicon.words());
            let run: String = picks.iter().map(|pick| pick.get(words).0.as_str()).collect();
            prop_assert_eq!(Growing::new().cut(&lexicon.cut_words(), &run), cut_by_all(&lexicon, &run));
        }
    }
}
