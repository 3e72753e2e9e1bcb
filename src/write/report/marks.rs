//! What is marked in a segment: shared anchors, and what findings are about.

use std::ops::Range;

use rustc_hash::FxHashMap;
use serde::Serialize;
use unicode_width::UnicodeWidthStr;

use crate::alignment::{Alignment, Span};
use crate::anchor::AnchorKind;
use crate::check::{Finding, Severity};
use crate::document::{Document, Segment};
use crate::text::Lang;

use super::sides::segment_at;
use crate::write::html_text::shown;

/// Columns of the longest mark that is kept on one line: a name or an amount, not a clause; fits a phone.
const UNBROKEN: usize = 26;

/// A piece of a segment that is marked in one way.
#[derive(Serialize)]
pub(super) struct Piece {
    text: String,
    /// Classes; empty without a mark.
    class: String,
    /// What is lit together: the number of the shared anchor.
    #[serde(skip_serializing_if = "Option::is_none")]
    group: Option<usize>,
    #[serde(skip_serializing_if = "Option::is_none")]
    title: Option<String>,
}

struct Anchor {
    kind: AnchorKind,
    group: usize,
    value: Option<String>,
}

#[derive(Default)]
struct Marked {
    anchors: Vec<(Range<usize>, Anchor)>,
    faults: Vec<(Range<usize>, Severity)>,
}

/// The marks of all segments, by language and index in the document.
pub(super) struct Marks {
    by_segment: FxHashMap<(Lang, usize), Marked>,
}

impl Marks {
    pub(super) fn new(alignment: &Alignment, findings: &[Finding]) -> Marks {
        let mut by_segment: FxHashMap<(Lang, usize), Marked> = FxHashMap::default();
        // In an article a place may be shared with several others; all are lit together.
        let mut groups: FxHashMap<(Lang, usize, usize), usize> = FxHashMap::default();
        let mut next = 0;
        for pair in alignment.pairs() {
            for anchor in pair.anchors() {
                let places = [(Lang::En, &anchor.en), (Lang::Zh, &anchor.zh)].map(|(l, s)| (l, s.start, s.end));
                let known = places.iter().find_map(|place| groups.get(place).copied());
                let group = known.unwrap_or(next);
                next += 1;
                for place in places {
                    groups.entry(place).or_insert(group);
                }
                for (lang, span) in [(Lang::En, &anchor.en), (Lang::Zh, &anchor.zh)] {
                    if let Some((segment, range)) = place(&alignment.side(lang).document, span) {
                        // A value that is written out says nothing new.
                        let value = anchor.value.as_ref().filter(|v| !span.text.replace(',', "").contains(v.as_str()));
                        let value = value.map(|v| shown(&written(v, anchor.unit.as_deref())));
                        let mark = Anchor { kind: anchor.kind, group, value };
                        by_segment.entry((lang, segment.index)).or_default().anchors.push((range, mark));
                    }
                }
            }
        }
        for finding in findings {
            for lang in [Lang::En, Lang::Zh] {
                for span in finding.spans(lang) {
                    if let Some((segment, range)) = place(&alignment.side(lang).document, span) {
                        let fault = (range, finding.severity);
                        by_segment.entry((lang, segment.index)).or_default().faults.push(fault);
                    }
                }
            }
        }
        for marked in by_segment.values_mut() {
            apart(&mut marked.anchors);
        }
        Marks { by_segment }
    }

    /// The text of a segment in pieces. `alone` says that the other side has nothing of it: that all of it is a finding is
    /// seen from the row.
    pub(super) fn pieces(&self, lang: Lang, segment: &Segment, alone: bool) -> Vec<Piece> {
        let plain = |text: &str| Piece { text: shown(text), class: String::new(), group: None, title: None };
        let Some(marked) = self.by_segment.get(&(lang, segment.index)) else { return vec![plain(&segment.text)] };
        let whole = 0..segment.text.len();
        // What begins and ends where: a finding may hold others.
        let mut edges: Vec<(usize, Severity, isize)> = Vec::new();
        for (range, severity) in marked.faults.iter().filter(|(range, _)| !alone || *range != whole) {
            edges.extend([(range.start, *severity, 1), (range.end, *severity, -1)]);
        }
        edges.sort_unstable();
        let mut cuts: Vec<usize> = vec![whole.start, whole.end];
        cuts.extend(marked.anchors.iter().flat_map(|(a, _)| [a.start, a.end]));
        cuts.extend(edges.iter().map(|e| e.0));
        cuts.sort_unstable();
        cuts.dedup();
        let (mut anchors, mut edges) = (marked.anchors.iter().peekable(), edges.into_iter().peekable());
        let mut open = [(Severity::Error, 0), (Severity::Warning, 0), (Severity::Info, 0)];
        let mut pieces = Vec::with_capacity(cuts.len());
        for window in cuts.windows(2) {
            let (start, end) = (window[0], window[1]);
            let Some(text) = segment.text.get(start..end) else { continue };
            while anchors.next_if(|(a, _)| a.end <= start).is_some() {}
            while let Some((_, severity, by)) = edges.next_if(|e| e.0 <= start) {
                open.iter_mut().filter(|(s, _)| *s == severity).for_each(|(_, n)| *n += by);
            }
            let anchor = anchors.peek().filter(|(a, _)| a.start <= start);
            let mut piece = plain(text);
            let mut classes = Vec::new();
            if let Some((_, anchor)) = anchor {
                classes.extend(["a", kind(anchor.kind)]);
                classes.extend((text.width() <= UNBROKEN).then_some("w"));
                piece.group = Some(anchor.group);
                piece.title.clone_from(&anchor.value);
            }
            if let Some((severity, _)) = open.iter().find(|(_, n)| *n > 0) {
                classes.extend(["f", severity.name()]);
            }
            piece.class = classes.join(" ");
            pieces.push(piece);
        }
        pieces
    }
}

fn kind(kind: AnchorKind) -> &'static str {
    match kind {
        AnchorKind::Number => "num",
        AnchorKind::Latin | AnchorKind::Term => "term",
        AnchorKind::Name => "name",
    }
}

/// A number by its value, for the pointer that rests on it.
fn written(value: &str, unit: Option<&str>) -> String {
    let digits = value.trim_start_matches('-').split('.').next().unwrap_or_default();
    let mut grouped = String::new();
    for (i, c) in digits.chars().enumerate() {
        if i > 0 && (digits.len() - i).is_multiple_of(3) {
            grouped.push('\u{202f}');
        }
        grouped.push(c);
    }
    let named = matches!(unit, Some("date" | "year" | "month" | "quarter" | "time"));
    let number = if named || digits.len() < 4 { value.to_owned() } else { value.replacen(digits, &grouped, 1) };
    unit.map_or(number.clone(), |u| format!("{number} {u}"))
}

/// The segment that a span begins in, and where it stands there.
fn place<'d>(document: &'d Document, span: &Span) -> Option<(&'d Segment, Range<usize>)> {
    let segment = segment_at(document, span.start)?;
    Some((segment, document.find(segment, span.start..span.end)?))
}

/// In order of the text, and none inside another: what begins inside the one before begins behind it.
fn apart<T>(marks: &mut Vec<(Range<usize>, T)>) {
    marks.sort_by_key(|(range, _)| (range.start, range.end));
    let mut end = 0;
    marks.retain_mut(|(range, _)| {
        range.start = range.start.max(end);
        end = end.max(range.end);
        range.start < range.end
    });
}
