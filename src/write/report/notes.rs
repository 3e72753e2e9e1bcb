//! Findings as the notes of a margin.

use rustc_hash::FxHashMap;
use serde::Serialize;

use crate::alignment::Alignment;
use crate::check::{Finding, Kind};
use crate::text::Lang;

use super::langs;
use super::sides::{Sides, segment_at};
use crate::write::html_text::{percent, shown};

/// A finding in the margin.
#[derive(Clone, Serialize)]
pub(super) struct Note {
    kind: &'static str,
    severity: &'static str,
    percent: u32,
    message: String,
    /// The segment that it moves with when a reader mends beads: `en12`, an index of the side.
    at: String,
    /// `en:7`, lines of the texts from 1.
    lines: Vec<String>,
}

/// A kind of finding with its number.
#[derive(Serialize)]
pub(super) struct Count {
    kind: &'static str,
    words: &'static str,
    count: usize,
}

pub(super) struct Notes {
    of_pair: FxHashMap<usize, Vec<Note>>,
    counts: Vec<Count>,
}

impl Notes {
    pub(super) fn new(alignment: &Alignment, sides: &Sides<'_>, findings: &[Finding]) -> Notes {
        // A pair that was left out has its findings shown at the next one.
        let ids: Vec<usize> = alignment.pairs().map(|p| p.id()).collect();
        let mut of_pair: FxHashMap<usize, Vec<Note>> = FxHashMap::default();
        for finding in findings {
            let next = ids.partition_point(|&id| id < finding.pair);
            let Some(&id) = ids.get(next).or(ids.last()) else { continue };
            of_pair.entry(id).or_default().push(note(alignment, sides, finding));
        }
        let count = |kind: Kind| findings.iter().filter(|f| f.kind == kind).count();
        let counts = Kind::ALL.into_iter().map(|k| Count { kind: k.name(), words: words(k), count: count(k) });
        Notes { of_pair, counts: counts.filter(|c| c.count > 0).collect() }
    }

    /// The notes of a pair by its [`crate::alignment::Pair::id`].
    pub(super) fn of(&self, pair: usize) -> &[Note] {
        self.of_pair.get(&pair).map_or(&[], Vec::as_slice)
    }

    /// The kinds that there are.
    pub(super) fn kinds(&self) -> &[Count] {
        &self.counts
    }
}

impl Note {
    pub(super) fn kind(&self) -> &'static str {
        self.kind
    }

    /// The segment that it belongs to.
    pub(super) fn at(&self) -> &str {
        &self.at
    }
}

fn note(alignment: &Alignment, sides: &Sides<'_>, finding: &Finding) -> Note {
    let langs = langs(alignment);
    let first = |lang: Lang| Some((lang, finding.spans(lang).first()?));
    let place = |(lang, span): (Lang, &crate::alignment::Span)| {
        let segment = segment_at(&alignment.side(lang).document, span.start)?;
        Some(format!("{}{}", lang.code(), sides.index(lang, segment.index)?))
    };
    let line = |(lang, span)| format!("{}:{}", Lang::code(lang), sides.line(lang, span));
    Note {
        kind: finding.kind.name(),
        severity: finding.severity.name(),
        percent: percent(finding.confidence),
        message: shown(&sentence(&finding.message)),
        at: langs.into_iter().filter_map(first).find_map(place).unwrap_or_default(),
        lines: langs.into_iter().filter_map(first).map(line).collect(),
    }
}

/// With a capital letter, as it stands alone.
fn sentence(message: &str) -> String {
    let mut rest = message.chars();
    rest.next().map_or(String::new(), |c| c.to_uppercase().chain(rest).collect())
}

/// A kind in the words of the filter.
fn words(kind: Kind) -> &'static str {
    match kind {
        Kind::Number => "other number",
        Kind::NumberMissing => "number missing",
        Kind::NumberAdded => "number added",
        Kind::PassageMissing => "passage missing",
        Kind::PassageAdded => "passage added",
        Kind::PassageMoved => "passage moved",
        Kind::Speaker => "other speaker",
        Kind::Name => "other name",
        Kind::Negation => "negation",
    }
}
