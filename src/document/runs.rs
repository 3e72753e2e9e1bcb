//! Language runs: where a text changes its language, and where it only quotes a word of the other one.

use std::ops::Range;

use super::sentence::{self, trim};
use crate::text::{Count, Lang, detect_lang};

/// English words, or Han characters, that make a stretch of its own; less is embedded.
const LEAST_WORDS: usize = 3;
const LEAST_HAN: usize = 4;
/// A document is in one language if the other one has less than this share of it, in stretches no longer than so many words.
const EMBEDDED_SHARE: f64 = 0.02;
const EMBEDDED_WORDS: f64 = 12.0;

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

/// Whether a stretch is too small to stand alone.
fn is_small(count: Count, lang: Lang) -> bool {
    match lang {
        Lang::En => count.words < LEAST_WORDS,
        Lang::Zh => count.han < LEAST_HAN,
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
    let whole = Count::of(text);
    if whole.words == 0 || whole.han == 0 {
        return vec![Run { range: 0..text.len(), lang: detect_lang(text), count: whole }];
    }
    let mut runs: Vec<Run> = Vec::new();
    for range in pieces(text) {
        let count = Count::of(&text[range.clone()]);
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
        let small = |run: &Run| run.lang.is_none_or(|lang| is_small(run.count, lang));
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
