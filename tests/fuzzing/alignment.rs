//! What holds for every alignment, and for what is written of it.

use duiqi::train::{
    evaluate::{beads_of, parse_beads, texts_of},
    write::{write_findings_jsonl, write_moses, write_unpaired},
};
use duiqi::{Alignment, Bitext, Document, Format, Lang, OutputFormat, Relation, Source, Span, check as findings_of};

use super::is_whole;

/// Every segment in one bead, in order unless moved; confidences in 0 to 1; findings and anchors in their files. Of the writers
/// `turn` chooses which one's output is read back, so that an input costs one of them only.
pub fn check(alignment: &Alignment, turn: u8) {
    check_beads(alignment);
    for anchor in alignment.pairs().flat_map(|p| p.anchors()) {
        check_span(alignment, &anchor.en, Lang::En);
        check_span(alignment, &anchor.zh, Lang::Zh);
    }
    let findings = findings_of(alignment);
    for finding in &findings {
        assert!((0.0..=1.0).contains(&finding.confidence), "{finding:?}");
        for lang in [Lang::En, Lang::Zh] {
            finding.spans(lang).iter().for_each(|span| check_span(alignment, span, lang));
        }
    }
    let mut bytes = Vec::new();
    write_findings_jsonl(&findings, &mut bytes).unwrap();
    let format = OutputFormat::ALL[usize::from(turn) % OutputFormat::ALL.len()];
    check_written(alignment, format);
}

fn check_beads(alignment: &Alignment) {
    assert!((0.0..=1.0).contains(&alignment.confidence()));
    let parallel = alignment.relation() == Relation::Parallel;
    for lang in [Lang::En, Lang::Zh] {
        let side = alignment.side(lang);
        let mut seen = vec![0; side.document.segments().len()];
        let mut next = None;
        for pair in alignment.pairs() {
            assert!(pair.confidence() >= 0.0 && pair.confidence() <= 1.0, "{}", pair.confidence());
            assert!(!pair.en().is_empty() || !pair.zh().is_empty());
            for segment in pair.half(lang).segments() {
                seen[segment.index] += 1;
                if parallel && !pair.is_moved() {
                    assert!(next.replace(segment.index).is_none_or(|n| n < segment.index), "{lang:?} in order");
                }
            }
        }
        for &i in side.segments.iter() {
            assert!(seen[i] == 1 || (!parallel && seen[i] > 0), "{lang:?} segment {i} is in {} beads", seen[i]);
        }
        assert!(!parallel || is_whole(side) || seen.iter().sum::<usize>() == side.segments.len());
    }
}

/// A span begins and ends with characters of its file, and its words stand there in their order.
fn check_span(alignment: &Alignment, span: &Span, lang: Lang) {
    let document = &alignment.side(lang).document;
    let source = document.source();
    let at = |byte: usize| {
        let offset = source.text_offset(byte);
        assert_eq!(source.byte_offset(offset), byte, "{span:?}");
        offset
    };
    let there = &source.text()[at(span.start)..at(span.end)];
    // Entities and escapes are written otherwise.
    if !there.contains(['&', '\\']) {
        let mut rest = there.chars();
        let found = span.text.chars().filter(|c| !c.is_whitespace()).all(|c| rest.any(|r| r == c));
        assert!(found, "{span:?} in {there:?}");
    }
}

/// The same bytes each time; what can be read back says the same.
fn check_written(alignment: &Alignment, format: OutputFormat) {
    let mut bytes = Vec::new();
    let written = format.write(alignment, &mut bytes);
    let text = String::from_utf8(bytes).expect("UTF-8");
    let source = || Source::from_text("written", &text);
    let ordered = alignment.relation() == Relation::Parallel;
    if let Err(error) = written {
        let timed = [Lang::En, Lang::Zh].iter().any(|l| !alignment.side(*l).document.cues().is_empty());
        let subtitles = matches!(format, OutputFormat::Srt | OutputFormat::Vtt | OutputFormat::Ass);
        assert!(if subtitles { !timed || !ordered } else { !ordered }, "{format}: {error}");
        return;
    }
    assert_eq!(format.text(alignment), text, "{format}: the same bytes each time");
    assert!(text.is_empty() || text.ends_with('\n'), "{format}: whole lines");
    // JSON says what the text says: of control characters it escapes those below U+0020 only.
    let json = matches!(format, OutputFormat::Jsonl | OutputFormat::Hf);
    let tame = |c: char| c == '\n' || c == '\t' || !c.is_control() || (json && c >= '\u{7F}');
    assert!(text.chars().all(tame), "{format}: no control characters");
    match format {
        OutputFormat::Indices => assert_eq!(parse_beads(&source()).unwrap(), beads_of(alignment)),
        OutputFormat::Ladder => {
            let moved = alignment.pairs().any(|p| p.is_moved());
            // Rungs count the segments of a side, indices those of its file.
            if !moved && [Lang::En, Lang::Zh].iter().all(|lang| is_whole(alignment.side(*lang))) {
                assert_eq!(parse_beads(&source()).unwrap(), beads_of(alignment));
            }
        }
        OutputFormat::Jsonl => {
            for (line, pair) in text.lines().zip(alignment.pairs()) {
                let value: serde_json::Value = serde_json::from_str(line).unwrap();
                for half in [pair.en(), pair.zh()] {
                    let said: Vec<&str> = value[half.lang().code()]
                        .as_array()
                        .unwrap()
                        .iter()
                        .map(|s| s["text"].as_str().unwrap())
                        .collect();
                    assert_eq!(said, half.segments().map(|s| s.text.as_str()).collect::<Vec<_>>());
                }
            }
            assert_eq!(text.lines().count(), alignment.beads().len());
            let mut unpaired = Vec::new();
            write_unpaired(alignment, &mut unpaired).unwrap();
            assert_eq!(unpaired.iter().filter(|b| **b == b'\n').count(), alignment.one_sided());
        }
        OutputFormat::Tsv => {
            assert_eq!(text.split_terminator('\n').count(), alignment.beads().len() + 1);
            assert!(text.split_terminator('\n').all(|l| l.matches('\t').count() == 6));
        }
        OutputFormat::Hf => {
            let lines = |lang| {
                let mut bytes = Vec::new();
                write_moses(alignment, lang, &mut bytes).unwrap();
                String::from_utf8(bytes).unwrap().matches('\n').count()
            };
            let records = text.matches('\n').count();
            assert_eq!((lines(Lang::En), lines(Lang::Zh)), (records, records));
        }
        OutputFormat::Tmx | OutputFormat::Xliff => check_bitext(alignment, &source()),
        OutputFormat::Srt | OutputFormat::Vtt if !text.trim().is_empty() => {
            let format = if format == OutputFormat::Srt { Format::Srt } else { Format::Vtt };
            // Cues without a word are cues all the same.
            if text.contains("-->") {
                Document::read(source(), format).unwrap();
            }
        }
        _ => {}
    }
}

/// The pairs with words on both sides are there, with the same words, as far as XML can hold them.
fn check_bitext(alignment: &Alignment, source: &Source) {
    let both: Vec<_> = texts_of(alignment).into_iter().filter(|p| !p.en().is_empty() && !p.zh().is_empty()).collect();
    match Bitext::read(source.clone()) {
        Ok(bitext) => {
            let read = Alignment::of_bitext(bitext).unwrap();
            let plain = |text: &str| -> String {
                let kept = |c: &char| {
                    !c.is_whitespace() && !c.is_control() && !matches!(c, '\u{FFFE}' | '\u{FFFF}' | '\u{FFFD}')
                };
                text.chars().filter(kept).collect()
            };
            let words = |pairs: &[duiqi::train::evaluate::TextPair]| -> Vec<(String, String)> {
                let all = pairs.iter().map(|p| (plain(p.en()), plain(p.zh())));
                all.filter(|(a, b)| !a.is_empty() && !b.is_empty()).collect()
            };
            assert_eq!(words(&texts_of(&read)), words(&both));
        }
        Err(error) => assert!(both.iter().all(|p| p.en().trim().is_empty() || p.zh().trim().is_empty()), "{error}"),
    }
}
