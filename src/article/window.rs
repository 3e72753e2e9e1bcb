//! The best few sentences inside two passages.

use std::ops::Range;

use super::score::{Scorer, explained};
use super::unit::MAX_SEGMENTS;
use crate::evidence::Tokens;
use crate::text::PerLang;

/// Sentences of a window.
const SENTENCES: PerLang<usize> = PerLang { en: 3, zh: 2 };

/// A token of the Chinese text meets an English one.
#[derive(Clone, Copy)]
struct Entry {
    /// The next entry of the English token, and 1; 0 at the end.
    next: u32,
    /// Chinese token, as an index of the distinct ones.
    x: u32,
    /// R in both directions.
    zh: f32,
    en: f32,
}

/// Entries of a Chinese text by English token.
pub(super) struct Lists {
    head: Vec<u32>,
    used: Vec<u32>,
    entries: Vec<Entry>,
    /// Distinct tokens with the sentences that hold them.
    distinct: Vec<(u32, u64)>,
}

impl Lists {
    pub(super) fn new(vocabulary: usize) -> Lists {
        Lists { head: vec![0; vocabulary], used: Vec::new(), entries: Vec::new(), distinct: Vec::new() }
    }

    fn of(&self, y: u32) -> impl Iterator<Item = Entry> + '_ {
        let mut at = self.head[y as usize];
        std::iter::from_fn(move || {
            let entry = *self.entries.get((at as usize).checked_sub(1)?)?;
            at = entry.next;
            Some(entry)
        })
    }
}

/// The windows of one Chinese text.
pub(super) struct Windows<'s> {
    scorer: &'s Scorer,
    /// Windows: sentences, tokens, √(distinct tokens + 1).
    windows: Vec<Window>,
    /// How often a token stands in a sentence: (token index, sentence) ascending, with the count.
    counts: Vec<(u32, u32, f32)>,
}

/// The windows of one English unit.
pub(super) struct English {
    /// (token, sentence) of all tokens, ascending.
    places: Vec<(u32, u32)>,
    /// Distinct tokens with the sentences that hold them.
    distinct: Vec<(u32, u64)>,
    windows: Vec<Window>,
}

impl English {
    pub(super) fn new(tokens: &Tokens, unit: &Range<usize>) -> English {
        let sizes: Vec<usize> = unit.clone().map(|s| tokens.range(s).len()).collect();
        let mut places: Vec<(u32, u32)> = Vec::new();
        for (k, s) in unit.clone().enumerate() {
            places.extend(tokens.ids[tokens.range(s)].iter().map(|&y| (y, k as u32)));
        }
        places.sort_unstable();
        let mut distinct: Vec<(u32, u64)> = Vec::new();
        for &(y, k) in &places {
            match distinct.last_mut() {
                Some(last) if last.0 == y => last.1 |= 1 << (k as usize & (BITS - 1)),
                _ => distinct.push((y, 1 << (k as usize & (BITS - 1)))),
            }
        }
        let windows = windows(&sizes, SENTENCES.en, |m| distinct.iter().filter(|d| d.1 & m != 0).count());
        English { places, distinct, windows }
    }
}

struct Window {
    sentences: Range<usize>,
    size: f32,
    root: f32,
}

/// All windows of up to `most` sentences; `distinct` counts the distinct tokens of the sentences in a mask.
fn windows(sizes: &[usize], most: usize, distinct: impl Fn(u64) -> usize) -> Vec<Window> {
    let mut windows = Vec::new();
    for start in 0..sizes.len() {
        for end in start + 1..=(start + most).min(sizes.len()) {
            let size = sizes[start..end].iter().sum::<usize>() as f32;
            let root = (distinct(mask(&(start..end))) as f32 + 1.0).sqrt();
            windows.push(Window { sentences: start..end, size, root });
        }
    }
    windows
}

/// Bits of a mask of sentences; more than a unit has.
const BITS: usize = 64;
const _: () = assert!(MAX_SEGMENTS <= BITS);

/// A unit has no more than 16 sentences, so that a bit for each fits.
fn mask(sentences: &Range<usize>) -> u64 {
    sentences.clone().fold(0, |m, s| m | 1 << (s & (BITS - 1)))
}

impl<'s> Windows<'s> {
    /// Prepares the windows of the words `ids` in the sentences of a Chinese unit.
    pub(super) fn new(scorer: &'s Scorer, row: usize, ids: &[u32], lists: &mut Lists) -> Windows<'s> {
        for y in lists.used.drain(..) {
            lists.head[y as usize] = 0;
        }
        lists.entries.clear();
        lists.distinct.clear();
        let unit = scorer.content.zh.units[row].clone();
        let sizes: Vec<usize> = unit.map(|s| scorer.content.zh.tokens.range(s).len()).collect();
        let mut places: Vec<(u32, u32)> = Vec::with_capacity(ids.len());
        let mut rest = ids;
        for (t, &size) in sizes.iter().enumerate() {
            let (own, tail) = rest.split_at(size.min(rest.len()));
            places.extend(own.iter().map(|&x| (x, t as u32)));
            rest = tail;
        }
        places.sort_unstable();
        let mut counts: Vec<(u32, u32, f32)> = Vec::with_capacity(places.len());
        for &(x, t) in &places {
            let known = lists.distinct.last().is_some_and(|d| d.0 == x);
            if !known {
                lists.distinct.push((x, 0));
            }
            let index = lists.distinct.len() as u32 - 1;
            lists.distinct[index as usize].1 |= 1 << (t as usize & (BITS - 1));
            match counts.last_mut() {
                Some(last) if (last.0, last.1) == (index, t) => last.2 += 1.0,
                _ => counts.push((index, t, 1.0)),
            }
        }
        for (index, &(x, _)) in lists.distinct.iter().enumerate() {
            for &(y, zh, en) in &scorer.pairs[x as usize] {
                let head = &mut lists.head[y as usize];
                if *head == 0 {
                    lists.used.push(y);
                }
                lists.entries.push(Entry { next: *head, x: index as u32, zh, en });
                *head = lists.entries.len() as u32;
            }
        }
        let distinct = |m: u64| lists.distinct.iter().filter(|d| d.1 & m != 0).count();
        Windows { scorer, windows: windows(&sizes, SENTENCES.zh, distinct), counts }
    }

    /// What the best pair of windows of this text and of an English unit reaches.
    pub(super) fn best(&self, en: &English, lists: &Lists) -> f32 {
        self.sums(en, lists).into_iter().fold(0.0, f32::max)
    }

    /// The windows that fit each other best; none shares a sentence with a better one. Returns the sentences, counted
    /// from the start of each unit, and their score, from the best down to `least`. Each sentence after the first on a
    /// side must add `more` to the score.
    pub(super) fn pairs(
        &self,
        en: &English,
        lists: &Lists,
        least: f32,
        more: f32,
    ) -> Vec<(PerLang<Range<usize>>, f32)> {
        let cost =
            |w: usize, u: usize| (self.windows[w].sentences.len() + en.windows[u].sentences.len() - 2) as f32 * more;
        let sums = self.sums(en, lists);
        let columns = en.windows.len().max(1);
        let mut order: Vec<(f32, usize)> =
            sums.into_iter().enumerate().map(|(k, s)| (s - cost(k / columns, k % columns), k)).collect();
        order.retain(|o| o.0 >= least);
        order.sort_by(|a, b| b.0.total_cmp(&a.0).then(a.1.cmp(&b.1)));
        let (mut used, mut pairs) = (PerLang::<u64>::default(), Vec::new());
        for (score, k) in order {
            let sentences = PerLang {
                en: en.windows[k % columns].sentences.clone(),
                zh: self.windows[k / columns].sentences.clone(),
            };
            let masks = sentences.as_ref().map(mask);
            if used.en & masks.en == 0 && used.zh & masks.zh == 0 {
                used = used.zip(masks).map(|(used, mask)| used | mask);
                pairs.push((sentences, score));
            }
        }
        pairs
    }

    /// What each pair of windows reaches, by the Chinese one.
    fn sums(&self, en: &English, lists: &Lists) -> Vec<f32> {
        let mut sums = vec![0f32; self.windows.len() * en.windows.len()];
        self.add_chinese(&en.places, &en.windows, lists, &mut sums);
        self.add_english(&en.distinct, &en.windows, lists, &mut sums);
        sums
    }

    /// Contrasts of the Chinese tokens in the English windows.
    fn add_chinese(&self, en_places: &[(u32, u32)], en_windows: &[Window], lists: &Lists, sums: &mut [f32]) {
        // (Chinese token, English sentence, evidence)
        let mut met: Vec<(u32, u32, f32)> = Vec::new();
        for &(y, s) in en_places {
            met.extend(lists.of(y).filter(|e| e.zh > 0.0).map(|e| (e.x, s, e.zh)));
        }
        met.sort_unstable_by(|a, b| (a.0, a.1).cmp(&(b.0, b.1)).then(a.2.total_cmp(&b.2)));
        for group in met.chunk_by(|a, b| a.0 == b.0) {
            let (x, sentences) = lists.distinct[group[0].0 as usize];
            let mean = self.scorer.sentence_mean.zh[x as usize];
            let mut by_sentence = [0f32; BITS];
            for &(_, s, r) in group {
                by_sentence[s as usize & (BITS - 1)] += r;
            }
            for (u, en) in en_windows.iter().enumerate() {
                let ev: f32 = by_sentence[en.sentences.clone()].iter().sum();
                let c = if ev > 0.0 { explained(ev, en.size).ln() - mean } else { 0.0 };
                if c > 0.0 {
                    for (w, zh) in self.windows.iter().enumerate().filter(|(_, w)| sentences & mask(&w.sentences) != 0)
                    {
                        sums[w * en_windows.len() + u] += c / zh.root;
                    }
                }
            }
        }
    }

    /// Contrasts of the English tokens in the Chinese windows.
    fn add_english(&self, en_distinct: &[(u32, u64)], en_windows: &[Window], lists: &Lists, sums: &mut [f32]) {
        for &(y, sentences) in en_distinct {
            if lists.head[y as usize] == 0 {
                continue;
            }
            let mean = self.scorer.sentence_mean.en[y as usize];
            let mut by_sentence = [0f32; BITS];
            for entry in lists.of(y).filter(|e| e.en > 0.0) {
                let from = self.counts.partition_point(|c| c.0 < entry.x);
                for &(_, t, count) in self.counts[from..].iter().take_while(|c| c.0 == entry.x) {
                    by_sentence[t as usize & (BITS - 1)] += entry.en * count;
                }
            }
            for (w, zh) in self.windows.iter().enumerate() {
                let ev: f32 = by_sentence[zh.sentences.clone()].iter().sum();
                let c = if ev > 0.0 { explained(ev, zh.size).ln() - mean } else { 0.0 };
                if c > 0.0 {
                    for (u, en) in en_windows.iter().enumerate().filter(|(_, u)| sentences & mask(&u.sentences) != 0) {
                        sums[w * en_windows.len() + u] += c / en.root;
                    }
                }
            }
        }
    }
}
