//! Findings as a compiler shows its errors: file, line, both excerpts with the spans underlined.

use std::io::{self, Write};
use std::ops::Range;

use annotate_snippets::{Annotation, AnnotationKind, Group, Level, Renderer, Snippet};
use duiqi::{Alignment, Finding, Relation, Source, Span, check::Severity};

pub(crate) fn write(alignment: &Alignment, findings: &[Finding], colour: bool, out: &mut dyn Write) -> io::Result<()> {
    let renderer = if colour { Renderer::styled() } else { Renderer::plain() };
    for finding in findings {
        let level = match finding.severity {
            Severity::Error => Level::ERROR,
            Severity::Warning => Level::WARNING,
            _ => Level::NOTE,
        };
        let title = format!("{} ({:.0}%)", finding.message, finding.confidence * 100.0);
        let mut group = Group::with_title(level.primary_title(title.as_str()).id(finding.kind.name()));
        let first = alignment.first();
        for lang in [first, first.other()] {
            let source = alignment.side(lang).document.source();
            let kind = if lang == first { AnnotationKind::Primary } else { AnnotationKind::Context };
            let value = if lang == first { &finding.expected } else { &finding.found };
            // What one text says in two ways is shown at both places.
            if let [a, b] = finding.spans(lang)
                && finding.spans(lang.other()).is_empty()
                && let (Some(x), Some(y)) = (&finding.expected, &finding.found)
            {
                for (span, value, kind) in [(a, x, AnnotationKind::Primary), (b, y, AnnotationKind::Context)] {
                    let excerpt = Excerpt::of(source, std::slice::from_ref(span));
                    group = group.elements(excerpt.map(|e| e.snippet(source, kind, Some(value.clone()))));
                }
                continue;
            }
            let excerpt = Excerpt::of(source, finding.spans(lang));
            group = group.elements(excerpt.map(|e| e.snippet(source, kind, value.clone())));
        }
        writeln!(out, "{}\n", renderer.render(&[group]))?;
    }
    let count = |severity: Severity| findings.iter().filter(|f| f.severity == severity).count();
    let [errors, warnings, notes] = [Severity::Error, Severity::Warning, Severity::Info].map(count);
    let pairs = alignment.beads().len();
    writeln!(out, "{} in {pairs} pairs", counted(&[(errors, "error"), (warnings, "warning"), (notes, "note")]))?;
    if alignment.relation() == Relation::Comparable {
        let compared: usize = alignment.pairs().map(|pair| pair.sentences().len()).sum();
        let what = "The passages are linked, not translated: numbers were compared in";
        writeln!(out, "{what} {compared} pairs of sentences only, and speakers and negations not at all.")?;
    }
    Ok(())
}

/// "2 errors, 1 warning, no notes".
fn counted(counts: &[(usize, &str)]) -> String {
    let one = |&(n, what): &(usize, &str)| match n {
        0 => format!("no {what}s"),
        1 => format!("1 {what}"),
        n => format!("{n} {what}s"),
    };
    counts.iter().map(one).collect::<Vec<_>>().join(", ")
}

/// The lines that hold the spans.
struct Excerpt<'a> {
    text: &'a str,
    line: usize,
    /// Bytes of the text.
    marked: Vec<Range<usize>>,
    /// Spans that are not shown.
    more: usize,
}

impl<'a> Excerpt<'a> {
    /// Spans are shown that stand in the lines of the first one; a passage may be long.
    fn of(source: &'a Source, spans: &[Span]) -> Option<Excerpt<'a>> {
        let text = source.text();
        let first = spans.first()?;
        let place = |span: &Span| source.text_offset(span.start)..source.text_offset(span.end);
        let Range { start, end } = place(first);
        let begin = text.get(..start)?.rfind('\n').map_or(0, |i| i + 1);
        let close = text.get(end..)?.find('\n').map_or(text.len(), |i| end + i);
        let marked: Vec<Range<usize>> = spans
            .iter()
            .map(place)
            .take_while(|r| r.start >= begin && r.end <= close)
            .map(|r| r.start - begin..r.end - begin)
            .collect();
        let more = spans.len() - marked.len();
        Some(Excerpt { text: text.get(begin..close)?, line: source.line_of(start), marked, more })
    }

    /// The last span carries the value, or says how many spans are not shown.
    fn snippet(self, source: &Source, kind: AnnotationKind, value: Option<String>) -> Snippet<'a, Annotation<'a>> {
        let label = value.or_else(|| (self.more > 0).then(|| format!("and {} more", self.more)));
        let last = self.marked.len().saturating_sub(1);
        let annotations = self.marked.into_iter().enumerate().map(move |(k, range)| {
            let annotation = kind.span(range);
            match &label {
                Some(label) if k == last => annotation.label(label.clone()),
                _ => annotation,
            }
        });
        let snippet = Snippet::source(self.text).path(source.name().to_owned()).line_start(self.line);
        snippet.annotations(annotations)
    }
}
