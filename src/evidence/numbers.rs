//! The numbers of segments, by value: what both sides share, however rare or frequent.

use std::ops::Range;

use rustc_hash::FxHashMap;

use super::log::ln;
use super::tokens::Tokens;

/// Numbers of both sides, as ids that equal numbers share.
#[derive(Clone, Debug, Default)]
pub struct Numbers {
    zh: SideNumbers,
    en: SideNumbers,
    /// ln(N / df) / ln N of each number, for N segments of both sides of which df have it: 1 for one that occurs once.
    weights: Vec<f32>,
}

/// Numbers of the segments of one side.
#[derive(Clone, Debug, Default)]
struct SideNumbers {
    ids: Vec<u32>,
    /// Segment s has the numbers `ids[starts[s]..starts[s + 1]]`; empty for no segments.
    starts: Vec<u32>,
}

impl SideNumbers {
    fn of(&self, segments: Range<usize>) -> &[u32] {
        match (self.starts.get(segments.start), self.starts.get(segments.end)) {
            (Some(&from), Some(&to)) => self.ids.get(from as usize..to as usize).unwrap_or_default(),
            _ => &[],
        }
    }
}

/// Summed weights of a bead's numbers, each occurrence counted.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct SharedNumbers {
    /// Of those on both sides.
    pub both: f32,
    /// Of those in Chinese only.
    pub zh: f32,
    /// Of those in English only.
    pub en: f32,
}

impl Numbers {
    /// Numbers among the tokens of both sides: those that begin with `#`.
    pub fn new(zh: &Tokens, en: &Tokens) -> Numbers {
        let mut known: FxHashMap<String, u32> = FxHashMap::default();
        let mut frequency: Vec<u32> = Vec::new();
        // The last segment that each number was seen in, both sides counted through, from 1.
        let mut seen: Vec<usize> = Vec::new();
        let mut segments = 0;
        let mut side = |tokens: &Tokens| {
            let id_of: Vec<u32> = tokens
                .vocabulary
                .iter()
                .map(|token| {
                    if !token.starts_with('#') {
                        return u32::MAX;
                    }
                    let next = known.len() as u32;
                    *known.entry(token.clone()).or_insert(next)
                })
                .collect();
            frequency.resize(known.len(), 0);
            seen.resize(known.len(), 0);
            let mut out = SideNumbers { ids: Vec::new(), starts: vec![0] };
            for s in 0..tokens.starts.len().saturating_sub(1) {
                segments += 1;
                for &token in &tokens.ids[tokens.range(s)] {
                    let id = id_of[token as usize];
                    if id != u32::MAX {
                        out.ids.push(id);
                        if std::mem::replace(&mut seen[id as usize], segments) != segments {
                            frequency[id as usize] += 1;
                        }
                    }
                }
                out.starts.push(out.ids.len() as u32);
            }
            out
        };
        let (zh, en) = (side(zh), side(en));
        let all = (segments.max(2)) as f32;
        let weights = frequency.iter().map(|&df| ln(all / df.max(1) as f32) / ln(all)).collect();
        Numbers { zh, en, weights }
    }

    /// What the Chinese and the English segments of a bead share.
    pub fn shared(&self, zh: Range<usize>, en: Range<usize>) -> SharedNumbers {
        let (zh, en) = (self.zh.of(zh), self.en.of(en));
        let mut out = SharedNumbers::default();
        if zh.is_empty() && en.is_empty() {
            return out;
        }
        let (mut zh, mut en) = (zh.to_vec(), en.to_vec());
        zh.sort_unstable();
        en.sort_unstable();
        let weight = |id: u32| self.weights[id as usize];
        let (mut i, mut j) = (0, 0);
        while i < zh.len() || j < en.len() {
            match (zh.get(i), en.get(j)) {
                (Some(z), Some(e)) if z == e => {
                    out.both += weight(*z);
                    i += 1;
                    j += 1;
                }
                (Some(z), e) if e.is_none_or(|e| z < e) => {
                    out.zh += weight(*z);
                    i += 1;
                }
                (_, Some(e)) => {
                    out.en += weight(*e);
                    j += 1;
                }
                _ => break,
            }
        }
        out
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::evidence::Cutter;
    use crate::lexicon::{Glossary, Lexicon};
    use crate::text::Lang;

    #[test]
    fn rare_numbers_weigh_more_and_each_occurrence_counts() {
        let lexicon = Lexicon::builtin().unwrap();
        let glossary = Glossary::default();
        let mut cutter = Cutter::new(&lexicon, &glossary);
        let zh = cutter.tokens(&["船长320米，造了320天。", "没有人。", "1956年有15条船。", "15条船。"], Lang::Zh);
        let en = cutter
            .tokens(&["It is 320 metres long.", "In 1956 there were 15 boats.", "15 boats, 17 men.", ""], Lang::En);
        let numbers = Numbers::new(&zh, &en);
        // 8 segments; 320 is in 2 of them, 1956 in 2, 15 in 4, 17 in 1.
        let weight = |df: f32| (8.0 / df).ln() / 8f32.ln();
        let check = |zh: Range<usize>, en: Range<usize>, expected: [f32; 3]| {
            let found = numbers.shared(zh.clone(), en.clone());
            for (x, y) in [found.both, found.zh, found.en].into_iter().zip(expected) {
                assert!((x - y).abs() < 1e-4, "{zh:?} {en:?}: {found:?}, not {expected:?}");
            }
        };
        check(0..1, 0..1, [weight(2.0), weight(2.0), 0.0]);
        check(1..2, 0..1, [0.0, 0.0, weight(2.0)]);
        check(1..2, 3..4, [0.0; 3]);
        check(2..4, 1..2, [weight(2.0) + weight(4.0), weight(4.0), 0.0]);
        check(2..4, 1..3, [weight(2.0) + 2.0 * weight(4.0), 0.0, weight(1.0)]);
        check(0..4, 0..0, [0.0, 2.0 * weight(2.0) + weight(2.0) + 2.0 * weight(4.0), 0.0]);
    }
}
