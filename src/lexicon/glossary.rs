//! A caller's own terms.

use std::collections::BTreeMap;

use super::english::{Stems, is_stop_word};
use crate::error::{Error, Result};
use crate::text::{fold, is_han};

/// Pairs of an English and a Chinese term that count as much as equal numbers do.
///
/// A term of several English words gives each of them its share.
#[derive(Clone, Debug, Default)]
pub struct Glossary {
    /// Chinese term (folded) → English stems with their share.
    terms: BTreeMap<String, BTreeMap<String, f64>>,
}

impl Glossary {
    /// Reads lines `English<TAB>Chinese`; empty lines and lines that begin with `#` are passed over. The columns may stand
    /// in either order, but in the same one throughout. `name` stands in error messages.
    ///
    /// # Errors
    /// [`crate::ErrorKind::Malformed`] with the line, for a line without exactly two columns or without Chinese in one
    /// of them.
    pub fn from_tsv(name: &str, tsv: &str) -> Result<Glossary> {
        let mut glossary = Glossary::default();
        let mut stems = Stems::default();
        for (number, line) in tsv.lines().enumerate() {
            let line = line.trim_start_matches('\u{FEFF}').trim_end_matches('\r');
            if line.trim().is_empty() || line.starts_with('#') {
                continue;
            }
            let broken = |what: &str| Error::malformed(name, number + 1, what);
            let cells: Vec<&str> = line.split('\t').map(str::trim).collect();
            let [a, b] = cells[..] else {
                return Err(broken(
                    "a line of a glossary has two columns with one tab between them: write English, tab, Chinese",
                ));
            };
            let (english, chinese) = if b.chars().any(is_han) { (a, b) } else { (b, a) };
            if !chinese.chars().any(is_han) {
                return Err(broken("this line has no Chinese; write the Chinese term in one of the columns"));
            }
            glossary.add(english, chinese, &mut stems);
        }
        Ok(glossary)
    }

    /// Adds a pair of terms. One without a word that carries evidence changes nothing.
    pub fn insert(&mut self, english: &str, chinese: &str) {
        self.add(english, chinese, &mut Stems::default());
    }

    fn add(&mut self, english: &str, chinese: &str, stems: &mut Stems) {
        let english = english.to_lowercase();
        let words: Vec<&str> =
            english.split(|c: char| !c.is_ascii_alphanumeric()).filter(|w| !w.is_empty() && !is_stop_word(w)).collect();
        if words.is_empty() {
            return;
        }
        let share = 1.0 / words.len() as f64;
        let of_term = self.terms.entry(fold(chinese)).or_default();
        for word in words {
            of_term.insert(stems.stem(word).to_owned(), share);
        }
    }

    /// Whether there are no terms.
    pub(crate) fn is_empty(&self) -> bool {
        self.terms.is_empty()
    }

    /// The terms in order: Chinese (folded), English stems with the share of the term that each carries, 0 to 1.
    pub(crate) fn terms(&self) -> impl Iterator<Item = (&str, &BTreeMap<String, f64>)> {
        self.terms.iter().map(|(zh, en)| (zh.as_str(), en))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_either_order_and_names_the_line() {
        let glossary = Glossary::from_tsv("terms.tsv", "# house terms\nheat pump\t热泵\n\nvalve\t閥門\r\n").unwrap();
        let terms: Vec<_> = glossary.terms().map(|(zh, en)| (zh, en.len())).collect();
        assert_eq!(terms, [("热泵", 2), ("阀门", 1)]);
        let error = Glossary::from_tsv("terms.tsv", "heat pump\t热泵\nvalve").unwrap_err();
        assert!(error.to_string().starts_with("terms.tsv:2:"), "{error}");
    }
}
