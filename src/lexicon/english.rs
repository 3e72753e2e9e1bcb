//! English word forms: irregular forms, stems, words that carry no evidence.

use std::sync::LazyLock;

use rust_stemmers::{Algorithm, Stemmer};
use rustc_hash::{FxHashMap, FxHashSet};

static BASE_FORMS: LazyLock<FxHashMap<&'static str, &'static str>> = LazyLock::new(|| {
    let lines = include_str!("irregular.txt").lines().filter(|l| !l.starts_with('#'));
    lines
        .flat_map(|line| {
            let mut words = line.split_ascii_whitespace();
            let base = words.next().unwrap_or_default();
            words.map(move |form| (form, base))
        })
        .collect()
});

/// Words so frequent that they match everywhere. Pronouns and "not" are kept: Chinese has them too (我, 他, 不).
static STOP_WORDS: LazyLock<FxHashSet<&'static str>> = LazyLock::new(|| {
    "a an the to of in on at by for with from as be is it its and or that this s t d ll re ve m etc sth sb esp"
        .split(' ')
        .collect()
});

/// Whether a word (lower case) is left out of the evidence.
pub fn is_stop_word(word: &str) -> bool {
    STOP_WORDS.contains(word)
}

/// Stems words, and remembers those it has seen: the words of a text recur.
#[derive(Default)]
pub struct Stems {
    known: FxHashMap<String, String>,
}

impl Stems {
    /// The stem of a word in lower case: Snowball English, after irregular forms are taken to their base form.
    pub fn stem(&mut self, word: &str) -> &str {
        if !self.known.contains_key(word) {
            let base = BASE_FORMS.get(word).copied().unwrap_or(word);
            let stem = Stemmer::create(Algorithm::English).stem(base).into_owned();
            self.known.insert(word.to_owned(), stem);
        }
        &self.known[word]
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn irregular_and_regular_forms_meet() {
        let mut stems = Stems::default();
        for (a, b) in [("went", "going"), ("children", "child"), ("themselves", "they"), ("running", "ran")] {
            let a = stems.stem(a).to_owned();
            assert_eq!(a, stems.stem(b), "{a} {b}");
        }
        assert!(is_stop_word("the") && !is_stop_word("not"));
    }
}
