//! The evidence of each token for each segment of the other side near the path, kept sparse.

use std::ops::Range;

use super::dictionary::PairTable;
use super::tokens::Tokens;
use crate::text::PerLang;

/// Most that t(x|y) / p(x) counts; F1 with 500, 50,000: .899, .901.
const RATIO_CAP: f32 = 5000.0;
/// Pairs below this say no more than chance does, and there are many of them.
const RATIO_FLOOR: f32 = 1.0;

/// R(x, y) = min(t(x|y) / p(x), 5000) for the tokens x of one side, by x.
#[derive(Clone, Debug, Default)]
pub struct Ratios {
    starts: Vec<u32>,
    other: Vec<u32>,
    ratio: Vec<f32>,
}

impl Ratios {
    /// Ratios of the tokens of both languages, whose frequencies are `p`.
    pub fn new(pairs: &PairTable, p: &PerLang<Vec<f32>>) -> PerLang<Ratios> {
        PerLang { en: Ratios::en(pairs, &p.en), zh: Ratios::zh(pairs, &p.zh) }
    }

    /// Ratios of Chinese tokens.
    fn zh(pairs: &PairTable, p_zh: &[f32]) -> Ratios {
        let mut ratios = Ratios { starts: vec![0], ..Ratios::default() };
        for (z, p) in p_zh.iter().enumerate() {
            for k in pairs.row(z).filter(|&k| pairs.zh_given_en[k] > RATIO_FLOOR * p) {
                ratios.other.push(pairs.en[k]);
                ratios.ratio.push((pairs.zh_given_en[k] / p).min(RATIO_CAP));
            }
            ratios.starts.push(ratios.other.len() as u32);
        }
        ratios
    }

    /// Ratios of English tokens.
    fn en(pairs: &PairTable, p_en: &[f32]) -> Ratios {
        let mut starts = vec![0u32; p_en.len() + 1];
        for (k, &e) in pairs.en.iter().enumerate() {
            starts[e as usize + 1] += u32::from(pairs.en_given_zh[k] > RATIO_FLOOR * p_en[e as usize]);
        }
        for e in 0..p_en.len() {
            starts[e + 1] += starts[e];
        }
        let mut next = starts.clone();
        let size = starts[p_en.len()] as usize;
        let (mut other, mut ratio) = (vec![0; size], vec![0.0; size]);
        for z in 0..pairs.starts.len().saturating_sub(1) {
            let counts = |k: &usize| pairs.en_given_zh[*k] > RATIO_FLOOR * p_en[pairs.en[*k] as usize];
            for k in pairs.row(z).filter(counts) {
                let e = pairs.en[k] as usize;
                let slot = next[e] as usize;
                (other[slot], ratio[slot]) = (z as u32, (pairs.en_given_zh[k] / p_en[e]).min(RATIO_CAP));
                next[e] += 1;
            }
        }
        Ratios { starts, other, ratio }
    }

    /// (token of the other side, R) of a token.
    pub fn row(&self, token: u32) -> impl Iterator<Item = (u32, f32)> + '_ {
        let range = self.starts[token as usize] as usize..self.starts[token as usize + 1] as usize;
        self.other[range.clone()].iter().copied().zip(self.ratio[range].iter().copied())
    }
}

/// In which segments a token occurs, one entry an occurrence, ascending.
#[derive(Clone, Debug)]
pub struct Postings {
    starts: Vec<u32>,
    segments: Vec<u32>,
}

impl Postings {
    /// Postings of all tokens of a side.
    pub fn new(tokens: &Tokens) -> Postings {
        let mut starts = vec![0u32; tokens.vocabulary.len() + 1];
        for &id in &tokens.ids {
            starts[id as usize + 1] += 1;
        }
        for t in 0..tokens.vocabulary.len() {
            starts[t + 1] += starts[t];
        }
        let mut next = starts.clone();
        let mut segments = vec![0; tokens.ids.len()];
        for s in 0..tokens.starts.len().saturating_sub(1) {
            for &id in &tokens.ids[tokens.range(s)] {
                segments[next[id as usize] as usize] = s as u32;
                next[id as usize] += 1;
            }
        }
        Postings { starts, segments }
    }

    /// Segments that hold a token.
    pub fn of(&self, token: u32) -> &[u32] {
        &self.segments[self.range(token)]
    }

    /// The entries of a token among [`Postings::segments`].
    pub fn range(&self, token: u32) -> Range<usize> {
        self.starts[token as usize] as usize..self.starts[token as usize + 1] as usize
    }

    /// The entries of all tokens, token by token.
    pub fn segments(&self) -> &[u32] {
        &self.segments
    }
}

/// A stretch of segments without a token.
#[derive(Clone, Copy, Default)]
struct Gap {
    start: u32,
    end: u32,
    /// Occurrences of the token before it.
    before: u32,
}

impl Gap {
    fn holds(&self, range: &Range<usize>) -> bool {
        self.start as usize <= range.start && range.end <= self.end as usize
    }
}

/// Segments with evidence for one token among which looking for those near a bead is not worth it.
const FEW: usize = 16;

/// EV(x, s) = Σ R(x, y) over the tokens y of segment s, for each token occurrence x and the segments s that it may meet.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Evidence {
    starts: Vec<u32>,
    segments: Vec<u32>,
    values: Vec<f32>,
}

impl Evidence {
    /// The evidence of the tokens of both sides for the segments of the other side that `ranges` has for each segment.
    pub fn of_sides(
        tokens: PerLang<&Tokens>,
        ratios: &PerLang<Ratios>,
        postings: &PerLang<Postings>,
        ranges: &PerLang<Vec<Range<usize>>>,
    ) -> PerLang<Evidence> {
        PerLang::from_fn(|lang| Evidence::new(tokens[lang], &ratios[lang], &postings[lang.other()], &ranges[lang]))
    }

    /// Evidence of all tokens of a side; segment i of it may meet the other side's segments `ranges[i]`.
    pub fn new(tokens: &Tokens, ratios: &Ratios, other: &Postings, ranges: &[Range<usize>]) -> Evidence {
        let mut evidence = Evidence { starts: vec![0], ..Evidence::default() };
        let mut row: Vec<f32> = Vec::new();
        // The occurrence of each token that was last seen, counted from 1: a token that a segment repeats has the same row
        // again, and adding it up anew would make long segments quadratic.
        let mut seen = vec![0usize; tokens.vocabulary.len()];
        // Ranges follow each other closely: most tokens of the other side are as far from the next one as from the last.
        let mut gaps = vec![Gap::default(); other.starts.len()];
        for (i, range) in ranges.iter().enumerate() {
            row.clear();
            row.resize(range.len(), 0.0);
            for &x in &tokens.ids[tokens.range(i)] {
                let occurrence = evidence.starts.len();
                let before = std::mem::replace(&mut seen[x as usize], occurrence);
                if before > tokens.range(i).start {
                    let row = evidence.starts[before - 1] as usize..evidence.starts[before] as usize;
                    evidence.segments.extend_from_within(row.clone());
                    evidence.values.extend_from_within(row);
                    evidence.starts.push(evidence.segments.len() as u32);
                    continue;
                }
                let mut any = false;
                for (y, r) in ratios.row(x) {
                    let gap = &mut gaps[y as usize];
                    if gap.holds(range) {
                        continue;
                    }
                    let segments = other.of(y);
                    let mut from = gap.before as usize;
                    while from > 0 && segments[from - 1] as usize >= range.start {
                        from -= 1;
                    }
                    while from < segments.len() && (segments[from] as usize) < range.start {
                        from += 1;
                    }
                    *gap = Gap {
                        start: from.checked_sub(1).map_or(0, |last| segments[last] + 1),
                        end: segments.get(from).copied().unwrap_or(u32::MAX),
                        before: from as u32,
                    };
                    for &s in segments[from..].iter().take_while(|&&s| (s as usize) < range.end) {
                        row[s as usize - range.start] += r;
                        any = true;
                    }
                }
                if any {
                    for (k, value) in row.iter_mut().enumerate().filter(|(_, v)| **v > 0.0) {
                        evidence.segments.push((range.start + k) as u32);
                        evidence.values.push(*value);
                        *value = 0.0;
                    }
                }
                evidence.starts.push(evidence.segments.len() as u32);
            }
        }
        evidence
    }

    /// The part of the evidence that lies in narrower ranges: the same as [`Evidence::new`] with these.
    pub fn within(&self, tokens: &Tokens, ranges: &[Range<usize>]) -> Evidence {
        let mut evidence = Evidence { starts: vec![0], ..Evidence::default() };
        for (i, range) in ranges.iter().enumerate() {
            for x in tokens.range(i) {
                let (segments, values) = self.of(x);
                let from = segments.partition_point(|&s| (s as usize) < range.start);
                let to = from + segments[from..].partition_point(|&s| (s as usize) < range.end);
                evidence.segments.extend_from_slice(&segments[from..to]);
                evidence.values.extend_from_slice(&values[from..to]);
                evidence.starts.push(evidence.segments.len() as u32);
            }
        }
        evidence
    }

    /// (segment of the other side, EV) of a token occurrence, ascending.
    pub fn of(&self, occurrence: usize) -> (&[u32], &[f32]) {
        let range = self.starts[occurrence] as usize..self.starts[occurrence + 1] as usize;
        (&self.segments[range.clone()], &self.values[range])
    }

    /// The same for the segments of a span and its two neighbours, and for some before them where there are few.
    pub fn near(&self, occurrence: usize, span: &Range<usize>) -> (&[u32], &[f32]) {
        let (segments, values) = self.of(occurrence);
        if segments.len() <= FEW {
            return (segments, values);
        }
        let from = segments.partition_point(|&s| s as usize + 1 < span.start);
        (&segments[from..], &values[from..])
    }
}
