//! Language runs: where a text changes its language, and where it only quotes a word of the other one.

use std::ops::Range;

use super::sentence::{self, trim};
use crate::text::{Lang, detect_lang, is_han};

/// English words, or Han characters, that make a stretch of its own; less is embedded.
const LEAST_WORDS: usize = 3;
const LEAST_HAN: usize = 4;
/// Han characters that say as much as a word, to compare the languages of a document.
const HAN_PER_WORD: f64 = 1.5;
/// A document is in one language if the other one has less than this share of it, in stretches no longer than so many words.
const EMBEDDED_SHARE: f64 = 0.02;
const EMBEDDED_WORDS: f64 = 12.0;

/// Words of English that are no names: a sentence that holds some beside Han is more likely English.
const FUNCTION_WORDS: &[&str] = &[
    "a", "an", "and", "are", "as", "at", "be", "but", "by", "can", "for", "from", "had", "has", "have", "he", "her",
    "his", "i", "in", "is", "it", "not", "of", "on", "or", "our", "she", "so", "that", "the", "their", "they", "this",
    "to", "was", "we", "were", "what", "which", "who", "will", "with", "would", "you", "your",
];

/// Runs of one language in each text: byte ranges with their language, in order, that cover all of the text.
pub(super) fn runs(texts: &[&str]) -> Vec<Vec<(Range<usize>, Lang)>> {
    let mut all: Vec<Vec<Run>> = texts.iter().map(|text| split(text)).collect();
    if let Some(lang) = only_language(&all) {
        return texts.iter().map(|text| vec![(0..text.len(), lang)]).collect();
    }
    // What has no words goes with the text before it, at the top with the first that has.
    let mut last = all.iter().flatten().find_map(|run| run.lang);
    for run in all.iter_mut().flatten() {
        run.lang = run.lang.or(last);
        last = run.lang;
    }
    all.into_iter()
        .map(|runs| runs.into_iter().map(|run| (run.range, run.lang.unwrap_or(Lang::En))).collect())
        .collect()
}

struct Run {
    range: Range<usize>,
    lang: Option<Lang>,
    count: Count,
}

#[derive(Clone, Copy, Default)]
struct Count {
    words: usize,
    function_words: usize,
    han: usize,
}

impl Count {
    fn add(&mut self, other: Count) {
        self.words += other.words;
        self.function_words += other.function_words;
        self.han += other.han;
    }

    fn weight(self, lang: Lang) -> f64 {
        match lang {
            Lang::En => self.words as f64,
            Lang::Zh => self.han as f64 / HAN_PER_WORD,
        }
    }

    fn lang(self) -> Option<Lang> {
        let zh = self.han as f64 / HAN_PER_WORD;
        match (self.words, self.han) {
            (0, 0) => None,
            (0, _) => Some(Lang::Zh),
            (_, 0) => Some(Lang::En),
            // Product names outnumber the Chinese around them easily; function words show an English sentence.
            (words, _) if self.function_words > 0 && words as f64 > zh => Some(Lang::En),
            (words, han) if words > 4 * han => Some(Lang::En),
            _ => Some(Lang::Zh),
        }
    }

    fn is_small(self, lang: Lang) -> bool {
        match lang {
            Lang::En => self.words < LEAST_WORDS,
            Lang::Zh => self.han < LEAST_HAN,
        }
    }
}

/// The language of a whole document, where the other one occurs in bits only.
fn only_language(all: &[Vec<Run>]) -> Option<Lang> {
    let mut weight = [0.0f64; 2];
    let mut longest = [0.0f64; 2];
    for run in all.iter().flatten() {
        if let Some(lang) = run.lang {
            let w = run.count.weight(lang);
            let k = usize::from(lang == Lang::Zh);
            weight[k] += w;
            longest[k] = longest[k].max(w);
        }
    }
    let major = if weight[1] > weight[0] { Lang::Zh } else { Lang::En };
    let minor = usize::from(major == Lang::En);
    let bits = weight[minor] <= EMBEDDED_SHARE * (weight[0] + weight[1]) && longest[minor] <= EMBEDDED_WORDS;
    (weight[0] + weight[1] > 0.0 && bits).then_some(major)
}

/// Runs of one text; without words its only run has no language.
fn split(text: &str) -> Vec<Run> {
    let whole = count(text);
    if whole.words == 0 || whole.han == 0 {
        return vec![Run { range: 0..text.len(), lang: detect_lang(text), count: whole }];
    }
    let mut runs: Vec<Run> = Vec::new();
    for range in pieces(text) {
        let count = count(&text[range.clone()]);
        let lang = count.lang().or_else(|| detect_lang(&text[range.clone()]));
        match runs.last_mut() {
            Some(last) if lang.is_none() || last.lang.is_none() || last.lang == lang => {
                last.range.end = range.end;
                last.count.add(count);
                last.lang = last.lang.or(lang);
            }
            _ => runs.push(Run { range, lang, count }),
        }
    }
    join_small(runs)
}

/// Joins runs too small to stand alone with the one before, the first with the one behind.
fn join_small(runs: Vec<Run>) -> Vec<Run> {
    let mut out: Vec<Run> = Vec::with_capacity(runs.len());
    for run in runs {
        let small = |run: &Run| run.lang.is_none_or(|lang| run.count.is_small(lang));
        match out.last_mut() {
            Some(last) if small(&run) || last.lang == run.lang || small(last) => {
                if small(last) && !small(&run) {
                    last.lang = run.lang;
                }
                last.range.end = run.range.end;
                last.count.add(run.count);
            }
            _ => out.push(run),
        }
    }
    out
}

/// Stretches of a text that can be in different languages: its lines and sentences by the rules of either language.
fn pieces(text: &str) -> Vec<Range<usize>> {
    let mut starts: Vec<usize> = [Lang::En, Lang::Zh]
        .into_iter()
        .flat_map(|lang| sentence::sentences(text, lang))
        .map(|range| range.start)
        .chain(lines(text))
        .filter(|&at| at > 0)
        .collect();
    starts.sort_unstable();
    starts.dedup();
    let ends: Vec<usize> = starts.iter().copied().chain([text.len()]).collect();
    std::iter::once(0)
        .chain(starts)
        .zip(ends)
        .filter(|(start, end)| start < end)
        .map(|(start, end)| start..end)
        .collect()
}

/// First bytes of the lines that are not blank.
fn lines(text: &str) -> impl Iterator<Item = usize> {
    let mut at = 0;
    text.split('\n').filter_map(move |line| {
        let range = trim(text, at..at + line.len());
        at += line.len() + 1;
        (!range.is_empty()).then_some(range.start)
    })
}

/// Words outside of parentheses, which often give the other language's term.
fn count(text: &str) -> Count {
    let mut count = Count::default();
    let mut depth = 0usize;
    let mut start = None;
    for (at, c) in text.char_indices().chain([(text.len(), ' ')]) {
        let letter = c.is_ascii_alphabetic()
            || matches!(c, '\u{C0}'..='\u{24F}')
            || (start.is_some() && matches!(c, '\'' | '’' | '-'));
        match (letter, start) {
            (true, None) => start = Some(at),
            (false, Some(from)) => {
                start = None;
                if depth == 0 {
                    count.words += 1;
                    let word = text[from..at].to_ascii_lowercase();
                    count.function_words += usize::from(FUNCTION_WORDS.binary_search(&word.as_str()).is_ok());
                }
            }
            _ => {}
        }
        match c {
            '(' | '（' => depth += 1,
            ')' | '）' => depth = depth.saturating_sub(1),
            _ => count.han += usize::from(depth == 0 && is_han(c)),
        }
    }
    count
}

#[cfg(test)]
mod tests {
    #[test]
    fn function_words_are_sorted() {
        assert!(super::FUNCTION_WORDS.is_sorted());
    }
}
