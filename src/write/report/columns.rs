//! The passages of a comparable alignment in two columns, each once, and what links them.

use std::ops::Range;

use rustc_hash::{FxHashMap, FxHashSet};
use serde::Serialize;

use crate::alignment::Alignment;
use crate::text::Lang;

use super::marks::Marks;
use super::notes::{Note, Notes};
use super::people::People;
use super::rows::{Line, line, words};
use super::sides::Sides;
use super::{langs, level, tag};
use crate::write::html_text::percent;

/// One language.
#[derive(Serialize)]
pub(super) struct Column {
    code: &'static str,
    lang: &'static str,
    passages: Vec<Passage>,
}

/// A passage, or the piece of a long one that is linked on its own.
#[derive(Serialize)]
pub(super) struct Passage {
    /// `en3`: its number in the column, from 1.
    id: String,
    number: usize,
    people: String,
    kinds: String,
    lines: Vec<Line>,
    notes: Vec<Note>,
    /// To passages of the other column, the surest first.
    links: Vec<Link>,
    percent: u32,
    level: &'static str,
}

#[derive(Clone, Serialize)]
pub(super) struct Link {
    to: String,
    number: usize,
    percent: u32,
    level: &'static str,
}

impl Column {
    /// The links of the column: from, to, percent.
    pub(super) fn links(&self) -> impl Iterator<Item = (&str, &str, u32)> {
        self.passages.iter().flat_map(|p| p.links.iter().map(|l| (p.id.as_str(), l.to.as_str(), l.percent)))
    }
}

pub(super) fn columns(
    alignment: &Alignment,
    sides: &Sides<'_>,
    marks: &Marks,
    notes: &Notes,
    people: &mut People,
) -> Vec<Column> {
    let units = [Lang::En, Lang::Zh].map(|lang| units(alignment, lang));
    let mut links: [FxHashMap<usize, Vec<(usize, f64)>>; 2] = Default::default();
    let mut confidence: [FxHashMap<usize, f64>; 2] = Default::default();
    let mut found: [FxHashMap<usize, Vec<Note>>; 2] = Default::default();
    for pair in alignment.pairs() {
        let bead = pair.bead();
        let [en, zh] = [Lang::En, Lang::Zh].map(|lang| of_bead(&units[lang as usize], bead.side(lang)));
        for &i in &en {
            for &j in &zh {
                links[0].entry(i).or_default().push((j, bead.confidence));
                links[1].entry(j).or_default().push((i, bead.confidence));
            }
        }
        for (lang, all) in [(Lang::En, &en), (Lang::Zh, &zh)] {
            for &i in all {
                let best = confidence[lang as usize].entry(i).or_insert(bead.confidence);
                *best = best.max(bead.confidence);
            }
        }
        for note in notes.of(pair.id()) {
            // Where its first words stand; else in the first passage of the pair.
            let at = [Lang::En, Lang::Zh].into_iter().find_map(|lang| {
                let index = note.at().strip_prefix(lang.code())?.parse().ok()?;
                Some((lang, unit_of(&units[lang as usize], index)?))
            });
            let pair = en.first().map(|&i| (Lang::En, i)).or(zh.first().map(|&j| (Lang::Zh, j)));
            if let Some((lang, unit)) = at.or(pair) {
                found[lang as usize].entry(unit).or_default().push(note.clone());
            }
        }
    }
    langs(alignment)
        .map(|lang| {
            let (own, other) = (lang as usize, lang.other());
            let side = alignment.side(lang);
            let passages = units[own].iter().enumerate().map(|(k, range)| {
                let (mut said, mut lines) = (Vec::new(), Vec::new());
                for segment in range.clone().map(|i| side.segment(i)) {
                    said.extend(people.says(lang, &side.document, segment));
                    lines.push(line(sides, marks, people, lang, &side.document, segment, false));
                }
                let mut to = links[own].remove(&k).unwrap_or_default();
                to.sort_by(|a, b| b.1.total_cmp(&a.1).then(a.0.cmp(&b.0)));
                let mut seen = FxHashSet::default();
                to.retain(|l| seen.insert(l.0));
                let notes = found[own].remove(&k).unwrap_or_default();
                let state = if to.is_empty() { "gap" } else { "" };
                let kinds = notes.iter().map(Note::kind).chain((!notes.is_empty()).then_some("any"));
                let kinds = words(kinds.chain((!state.is_empty()).then_some(state)).map(str::to_owned));
                let sure = confidence[own].get(&k).copied().unwrap_or_default();
                let link = |(to, c): (usize, f64)| Link {
                    to: format!("{}{}", other.code(), to + 1),
                    number: to + 1,
                    percent: percent(c),
                    level: level(c),
                };
                Passage {
                    id: format!("{}{}", lang.code(), k + 1),
                    number: k + 1,
                    people: words(said.iter().map(usize::to_string)),
                    kinds,
                    lines,
                    notes,
                    links: to.into_iter().map(link).collect(),
                    percent: percent(sure),
                    level: level(sure),
                }
            });
            Column { code: lang.code(), lang: tag(alignment, lang), passages: passages.collect() }
        })
        .into()
}

/// The stretches of a side that are linked as wholes: they end where a passage or a turn does, and where a bead begins or
/// ends. Segments of no bead are not shown.
fn units(alignment: &Alignment, lang: Lang) -> Vec<Range<usize>> {
    let side = alignment.side(lang);
    let n = side.segments.len();
    let (mut cut, mut used) = (vec![false; n + 1], vec![false; n]);
    for bead in alignment.beads() {
        let list = bead.side(lang);
        for (k, &i) in list.iter().enumerate() {
            used[i] = true;
            cut[i] |= k == 0 || list[k - 1] + 1 != i;
            cut[i + 1] |= list.get(k + 1) != Some(&(i + 1));
        }
    }
    let place = |i: usize| (side.segment(i).passage, side.segment(i).turn);
    let mut units: Vec<Range<usize>> = Vec::new();
    for i in (0..n).filter(|&i| used[i]) {
        match units.last_mut() {
            Some(last) if last.end == i && !cut[i] && place(i) == place(i - 1) => last.end = i + 1,
            _ => units.push(i..i + 1),
        }
    }
    units
}

/// The unit that holds a segment.
fn unit_of(units: &[Range<usize>], segment: usize) -> Option<usize> {
    let k = units.partition_point(|u| u.end <= segment);
    units.get(k).filter(|u| u.contains(&segment)).map(|_| k)
}

/// The units of a bead, each once.
fn of_bead(units: &[Range<usize>], segments: &[usize]) -> Vec<usize> {
    let mut all: Vec<usize> = segments.iter().filter_map(|&i| unit_of(units, i)).collect();
    all.dedup();
    all
}
