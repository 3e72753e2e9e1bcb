//! Findings of [`crate::check`]: one JSON object a line, or a page for a browser.

use std::io::{self, Write};

use crate::check::Finding;

/// One JSON object a line: kind, severity, confidence, pair, the spans of both sides, and what else there is.
///
/// # Errors
/// Those of `out`.
pub fn write_jsonl(findings: &[Finding], out: &mut dyn Write) -> io::Result<()> {
    for finding in findings {
        serde_json::to_writer(&mut *out, finding)?;
        out.write_all(b"\n")?;
    }
    Ok(())
}

/// A page of its own, for light and dark screens: findings with both texts, what is wrong marked.
///
/// # Errors
/// Those of `out`.
#[cfg(feature = "html")]
pub fn write_html(
    alignment: &crate::alignment::Alignment,
    findings: &[Finding],
    out: &mut dyn Write,
) -> io::Result<()> {
    page::write(alignment, findings, out)
}

#[cfg(feature = "html")]
mod page {
    use std::io::{self, Write};

    use minijinja::{AutoEscape, Environment, context};
    use rustc_hash::FxHashMap;
    use serde::Serialize;

    use crate::alignment::{Alignment, Half, Pair, Span};
    use crate::check::{Finding, Severity};
    use crate::text::Lang;

    const TEMPLATE: &str = include_str!("html/findings.html");

    /// A piece of a text, marked or not.
    #[derive(Serialize)]
    struct Piece {
        text: String,
        marked: bool,
    }

    /// A finding as the template wants it.
    #[derive(Serialize)]
    struct Row<'a> {
        finding: &'a Finding,
        severity: &'static str,
        percent: String,
        speaker: String,
        lines: [Option<usize>; 2],
        en: Vec<Piece>,
        zh: Vec<Piece>,
    }

    pub(super) fn write(alignment: &Alignment, findings: &[Finding], out: &mut dyn Write) -> io::Result<()> {
        let pairs: FxHashMap<usize, Pair<'_>> = alignment.pairs().map(|p| (p.id(), p)).collect();
        let rows: Vec<Row<'_>> = findings.iter().map(|f| row(f, pairs.get(&f.pair))).collect();
        let count = |severity: Severity| findings.iter().filter(|f| f.severity == severity).count();
        let name = |lang: Lang| alignment.side(lang).document.source().name().to_owned();
        let mut environment = Environment::new();
        environment.set_auto_escape_callback(|_| AutoEscape::Html);
        let template = environment.template_from_str(TEMPLATE).map_err(io::Error::other)?;
        let text = template.render(context! {
            rows => minijinja::Value::from(minijinja::value::Serde(&rows)),
            pairs => pairs.len(),
            en => name(Lang::En),
            zh => name(Lang::Zh),
            errors => count(Severity::Error),
            warnings => count(Severity::Warning),
            notes => count(Severity::Info),
        });
        out.write_all(text.map_err(io::Error::other)?.as_bytes())
    }

    fn row<'a>(finding: &'a Finding, pair: Option<&Pair<'_>>) -> Row<'a> {
        let line = |lang: Lang| {
            let span = finding.spans(lang).first()?;
            let source = pair?.half(lang).document().source();
            Some(source.line_of(source.text_offset(span.start)))
        };
        let speaker = pair.and_then(|p| p.en().speaker().or(p.zh().speaker())).map(|l| l.name.clone());
        Row {
            severity: finding.severity.name(),
            percent: format!("{:.0}%", finding.confidence * 100.0),
            speaker: speaker.unwrap_or_default(),
            lines: [line(Lang::En), line(Lang::Zh)],
            en: pieces(&finding.en, pair.map(Pair::en)),
            zh: pieces(&finding.zh, pair.map(Pair::zh)),
            finding,
        }
    }

    /// The text of a half with the spans marked; spans that stand elsewhere follow it.
    fn pieces(spans: &[Span], half: Option<Half<'_>>) -> Vec<Piece> {
        let mut pieces = Vec::new();
        let mut seen = 0;
        for segment in half.iter().flat_map(Half::segments) {
            let Some(half) = &half else { break };
            let mut at = 0;
            for span in spans {
                // Where the span stands in the words of the segment: bytes of the input may hold markup in between.
                let here =
                    segment.text.match_indices(&span.text).map(|(i, _)| i).find(|&i| {
                        i >= at && half.document().locate(segment, i..i + span.text.len()).start == span.start
                    });
                let Some(start) = here else { continue };
                pieces.push(Piece { text: segment.text[at..start].to_owned(), marked: false });
                pieces.push(Piece { text: span.text.clone(), marked: true });
                at = start + span.text.len();
                seen += 1;
            }
            pieces.push(Piece { text: format!("{} ", &segment.text[at..]), marked: false });
        }
        if seen < spans.len() {
            pieces.extend(spans.iter().skip(seen).map(|s| Piece { text: format!("{} ", s.text), marked: true }));
        }
        pieces.retain(|p| !p.text.is_empty());
        pieces
    }
}
