//! Timed text in XML (TTML, DFXP): paragraphs with times, which `<br/>` breaks into lines.

use std::collections::HashMap;

use super::{RawCue, Speaker, Voice, clock};
use crate::document::left_out::Notes;
use crate::document::paired::xml::{Element, Part, Xml};
use crate::document::{MappedText, label};
use crate::error::{Error, Result};
use crate::text::Source;

/// The number of seconds by which rounding may make the times of a part exceed those of the whole.
const SLACK: f64 = 0.1;

/// The units in which the file counts parts of a second.
#[derive(Clone, Copy)]
struct Rates {
    frames: f64,
    ticks: f64,
}

/// An element around the words, with its times.
#[derive(Clone, Copy, Default)]
struct Span {
    /// The second that its times count from.
    base: f64,
    begin: Option<f64>,
    end: Option<f64>,
}

/// A paragraph that is open.
struct Paragraph {
    cue: RawCue,
    words: MappedText,
    speaker: Option<Speaker>,
    /// The number of elements that were open around it.
    depth: usize,
    /// Whether blanks are kept unchanged.
    verbatim: bool,
    /// The number of elements that were open where hidden words began: readings of ruby, metadata.
    hidden: Option<usize>,
    /// The times of its parts.
    times: Option<(f64, f64)>,
}

/// Reads the cues.
///
/// # Errors
/// [`crate::ErrorKind::Malformed`] for XML that is not well-formed; [`crate::ErrorKind::WrongFormat`] for times that cannot be read.
pub(super) fn read(source: &Source, _: &mut Notes) -> Result<Vec<RawCue>> {
    let mut xml = Xml::new(source);
    let mut rates = Rates { frames: 30.0, ticks: 1.0 };
    let mut spans: Vec<Span> = Vec::new();
    let mut cues = Vec::new();
    let mut open: Option<Paragraph> = None;
    // The names of the speakers by the ids of their elements, and the id of the element that is open.
    let mut agents: HashMap<String, String> = HashMap::new();
    let (mut agent, mut named) = (None, false);
    while let Some(part) = xml.next()? {
        match part {
            Part::Open(element) => {
                if element.name == "tt" {
                    rates = rates_of(&xml, &element)?;
                }
                match (element.name, &mut open) {
                    ("agent", None) => agent = xml.attribute(&element, &["xml:id", "id"])?,
                    ("name", None) => named = agent.is_some(),
                    ("span", Some(paragraph))
                        if xml.attribute(&element, &["ttm:role"])?.is_some_and(|role| role == "x-translation") =>
                    {
                        paragraph.words.push("\n", element.at);
                    }
                    ("br", Some(paragraph)) if paragraph.hidden.is_none() => paragraph.words.push("\n", element.at),
                    (name, Some(paragraph)) if is_hidden(&xml, &element, name)? => {
                        paragraph.hidden = paragraph.hidden.or(Some(spans.len()));
                    }
                    _ => {}
                }
                let span = span(&xml, &element, spans.last().copied().unwrap_or_default(), rates, source)?;
                match &mut open {
                    None if element.name == "p" => {
                        let verbatim =
                            xml.attribute(&element, &["xml:space"])?.is_some_and(|value| value == "preserve");
                        let id = xml.attribute(&element, &["ttm:agent"])?;
                        let speaker = id
                            .and_then(|id| agents.get(id.split_whitespace().next()?).cloned())
                            .map(|name| Speaker { label: label::named(&name), range: element.at..element.at + 1 });
                        let cue = RawCue {
                            range: element.at..element.at,
                            start: span.begin,
                            end: span.end,
                            ..RawCue::default()
                        };
                        let words = MappedText::default();
                        let depth = spans.len();
                        open = Some(Paragraph { cue, words, speaker, depth, verbatim, hidden: None, times: None });
                    }
                    Some(paragraph) => {
                        if let Some((begin, end)) = span.begin.zip(span.end).filter(|_| element.name == "span") {
                            let (first, last) = paragraph.times.unwrap_or((begin, end));
                            paragraph.times = Some((first.min(begin), last.max(end)));
                            paragraph.cue.pace.add(paragraph.words.text().len(), begin);
                        }
                    }
                    None => {}
                }
                spans.push(span);
            }
            Part::Close => {
                spans.pop();
                named = false;
                if let Some(mut paragraph) = open.take() {
                    paragraph.hidden = paragraph.hidden.filter(|depth| spans.len() > *depth);
                    if spans.len() > paragraph.depth {
                        open = Some(paragraph);
                    } else {
                        cues.extend(finished(paragraph));
                    }
                }
            }
            Part::Text(words, at) => match &mut open {
                Some(paragraph) => paragraph.add(words, at),
                None => {
                    if let Some(id) = agent.as_ref().filter(|_| named) {
                        agents.entry(id.clone()).or_default().push_str(words.trim());
                    }
                }
            },
            Part::Char(c, at) => {
                if let Some(paragraph) = open.as_mut().filter(|p| p.hidden.is_none()) {
                    paragraph.words.push(c.encode_utf8(&mut [0; 4]), at);
                }
            }
        }
    }
    if cues.is_empty() {
        return Err(Error::not_read(
            source.name(),
            1,
            "a TTML file has paragraphs <p> with words, but this one has none",
        ));
    }
    Ok(cues)
}

impl Paragraph {
    /// Adds characters of the source; a run of blanks is one blank.
    fn add(&mut self, words: &str, at: usize) {
        if self.hidden.is_some() {
            return;
        }
        self.cue.range.end = self.cue.range.end.max(at + words.len());
        if self.verbatim {
            for (k, line) in
                words.split('\n').scan(0, |k, line| Some((std::mem::replace(k, *k + line.len() + 1), line)))
            {
                if k > 0 {
                    self.words.push("\n", at + k - 1);
                }
                self.words.push(line.trim_end_matches('\r'), at + k);
            }
            return;
        }
        let mut from = 0;
        while let Some(rest) = words.get(from..).filter(|rest| !rest.is_empty()) {
            let bare = rest.trim_start_matches([' ', '\t', '\n', '\r']);
            if bare.len() < rest.len() && !self.words.text().is_empty() && !self.words.text().ends_with([' ', '\n']) {
                self.words.push(" ", at + from);
            }
            from += rest.len() - bare.len();
            let len = bare.find([' ', '\t', '\n', '\r']).unwrap_or(bare.len());
            self.words.push(&bare[..len], at + from);
            from += len;
        }
    }
}

fn finished(paragraph: Paragraph) -> Option<RawCue> {
    let Paragraph { mut cue, words, speaker, times, .. } = paragraph;
    cue.range.end = cue.range.end.max(words.source_range(0..words.text().len()).end);
    cue.start = cue.start.or(times.map(|t| t.0));
    cue.end = cue.end.or(times.map(|t| t.1));
    let filled = !words.text().trim().is_empty();
    cue.voices = vec![Voice { speaker, words }];
    filled.then_some(cue)
}

/// Whether the words of an element are not shown: metadata, and how a word is read.
fn is_hidden(xml: &Xml<'_>, element: &Element<'_>, name: &str) -> Result<bool> {
    let reading = |value: String| matches!(value.as_str(), "text" | "textContainer" | "delimiter");
    Ok(matches!(name, "metadata" | "desc" | "title" | "agent" | "name" | "set")
        || (name == "span"
            && (xml.attribute(element, &["tts:ruby"])?.is_some_and(reading)
                || xml.attribute(element, &["ttm:role"])?.is_some_and(|role| role == "x-roman"))))
}

fn rates_of(xml: &Xml<'_>, element: &Element<'_>) -> Result<Rates> {
    let number = |name: &str| -> Result<Option<f64>> {
        let value = xml.attribute(element, &[name])?;
        Ok(value.and_then(|v| v.trim().parse().ok()).filter(|n: &f64| n.is_finite() && *n > 0.0))
    };
    let multiplier = xml.attribute(element, &["ttp:frameRateMultiplier"])?.and_then(|value| {
        let (above, below) = value.trim().split_once([' ', ':']).map(|(a, b)| (a.to_owned(), b.to_owned()))?;
        let (above, below): (f64, f64) = (above.parse().ok()?, below.trim().parse().ok()?);
        (above > 0.0 && below > 0.0).then_some(above / below)
    });
    let rate = number("ttp:frameRate")?;
    let frames = rate.unwrap_or(30.0) * multiplier.unwrap_or(1.0);
    let ticks = number("ttp:tickRate")?.unwrap_or(if rate.is_some() { frames } else { 1.0 });
    Ok(Rates { frames, ticks })
}

/// The times of an element. They count from the start of the element around it.
fn span(xml: &Xml<'_>, element: &Element<'_>, around: Span, rates: Rates, source: &Source) -> Result<Span> {
    let second = |name: &str| -> Result<Option<f64>> {
        let Some(value) = xml.attribute(element, &[name])? else { return Ok(None) };
        let wrong = || {
            let what = format!("{value:?} is not a time such as 00:01:39.580 or 99.58s");
            Error::not_read(source.name(), source.line_of(element.at), &what)
        };
        expression(value.trim(), rates).map(Some).ok_or_else(wrong)
    };
    let (first, last, length) = (second("begin")?, second("end")?, second("dur")?);
    // Many files count all times from the start of the file: those that would be after the end of the element around
    // them.
    let behind = |t: f64| around.end.is_some_and(|end| around.base + t > end + SLACK);
    let base = if first.or(last).is_some_and(behind) { 0.0 } else { around.base };
    let begin = first.map(|t| base + t);
    let end = last.map(|t| base + t).or_else(|| Some(begin.unwrap_or(base) + length?));
    Ok(Span { base: begin.unwrap_or(around.base), begin, end: end.or(around.end.filter(|_| begin.is_none())) })
}

/// The seconds of `00:01:39.580`, `00:01:39:14` (frames), `99.58s`, `99580ms`, `2490f`, `99580000t`, and of a bare number.
fn expression(text: &str, rates: Rates) -> Option<f64> {
    let digits = text.bytes().take_while(|b| b.is_ascii_digit() || *b == b'.').count();
    let (number, unit) = text.split_at(digits);
    let unit = match unit {
        "h" => 3600.0,
        "m" => 60.0,
        "s" | "" => 1.0,
        "ms" => 1e-3,
        "f" => 1.0 / rates.frames,
        "t" => 1.0 / rates.ticks,
        _ => {
            let fields: Vec<&str> = text.split(':').collect();
            if let [hours, minutes, seconds, frames] = fields.as_slice() {
                let whole = clock::time(&format!("{hours}:{minutes}:{seconds}")).filter(|t| t.1.is_empty())?.0;
                return Some(whole + frames.parse::<f64>().ok().filter(|f| f.is_finite())? / rates.frames);
            }
            return clock::time(text).filter(|(_, rest)| rest.is_empty()).map(|(second, _)| second);
        }
    };
    number.parse::<f64>().ok().map(|n| n * unit)
}
