//! SubStation Alpha (SSA, ASS): sections in brackets; under `[Events]` a line that names the columns, then a line for each
//! text (`Dialogue:`) or comment.

use std::ops::Range;

use super::markup::line_end;
use super::{RawCue, Speaker, Voice, clock};
use crate::document::left_out::{Notes, Reason};
use crate::document::line::is_blank;
use crate::document::{MappedText, label};
use crate::error::{Error, Result};
use crate::text::Source;

/// Sections that a file may begin with.
const SECTIONS: [&str; 5] = ["[script info]", "[v4+ styles]", "[v4 styles]", "[v4 styles+]", "[events]"];

/// The columns of a file that does not name them.
const COLUMNS: &str = "Layer, Start, End, Style, Name, MarginL, MarginR, MarginV, Effect, Text";

/// The percentage of the lines with words that must have a name for the names to be those of speakers. Typesetters
/// write other notes there, but only in a few lines.
const NAMED_PERCENT: usize = 50;

/// The name that old programs write for nobody.
const NOBODY: &str = "NTP";

/// The effect of lines that a script has made of another line, syllable by syllable.
const GENERATED: &str = "fx";

/// The tags of a text that has its own place. Only such texts move.
const MOTION: [&str; 2] = ["\\pos(", "\\move("];

/// The most seconds between two lines with the same words that are one moving text.
const IN_MOTION: f64 = 0.1;

/// Whether a text begins with a section of such a file.
pub(in crate::document) fn is_ass(source: &Source) -> bool {
    let first = source.text().split(['\n', '\r']).map(|line| line.trim_matches(is_blank));
    let first = first.filter(|line| !line.is_empty() && !line.starts_with(';')).take(1);
    first.into_iter().any(|line| SECTIONS.contains(&line.to_ascii_lowercase().as_str()))
}

/// The header of a file: everything before its events, including the line that opens them.
pub(crate) fn header(text: &str) -> Option<&str> {
    let lines = clock::lines(text);
    let end = lines.iter().find(|l| is_events(&text[(*l).clone()]))?.end;
    text.get(..end)
}

fn is_events(line: &str) -> bool {
    line.trim_matches(is_blank).eq_ignore_ascii_case("[events]")
}

/// The positions of the fields.
struct Columns {
    count: usize,
    start: usize,
    end: usize,
    style: Option<usize>,
    name: Option<usize>,
    effect: Option<usize>,
}

impl Columns {
    /// Reads the positions from a line `Format: …`. The last column is the text. `None` if the times are absent.
    fn of(format: &str) -> Option<Columns> {
        let names: Vec<String> = format.split(',').map(|name| name.trim().to_ascii_lowercase()).collect();
        let find = |name: &str| names.iter().position(|n| n == name);
        let name = find("name").or(find("actor"));
        let (start, end) = (find("start")?, find("end")?);
        (find("text") == Some(names.len() - 1)).then_some(Columns {
            count: names.len(),
            start,
            end,
            style: find("style"),
            name,
            effect: find("effect"),
        })
    }
}

/// Reads the cues, in the order of the file.
///
/// # Errors
/// [`crate::ErrorKind::WrongFormat`] if there is no text, or if columns or times cannot be read.
pub(in crate::document) fn read(source: &Source, notes: &mut Notes) -> Result<Vec<RawCue>> {
    let text = source.text();
    let wrong = |at: usize, what: &str| Error::not_read(source.name(), source.line_of(at), what);
    let mut columns = Columns::of(COLUMNS);
    let mut cues: Vec<RawCue> = Vec::new();
    let mut events = false;
    for line in clock::lines(text) {
        let words = &text[line.clone()];
        let bare = words.trim_matches(is_blank);
        if bare.starts_with('[') && bare.ends_with(']') {
            events = is_events(bare);
        } else if let Some((kind, fields)) = words.split_once(':').filter(|_| events) {
            match kind.trim_matches(is_blank).to_ascii_lowercase().as_str() {
                "format" => columns = Columns::of(fields),
                "comment" => notes.add(Reason::Comment, line),
                "dialogue" => {
                    const FORMAT: &str = "the columns of this file cannot be read; its line Format: must name Start, End and, last, Text";
                    let columns = columns.as_ref().ok_or_else(|| wrong(line.start, FORMAT))?;
                    let place = line.end - fields.len()..line.end;
                    let Some(cue) = dialogue(text, place, columns, notes) else {
                        return Err(wrong(line.start, "this line should have two times such as 0:01:39.58,0:01:42.83"));
                    };
                    let in_motion = MOTION.iter().any(|tag| fields.contains(tag));
                    add(&mut cues, RawCue { range: line, ..cue }, in_motion, notes);
                }
                _ => {}
            }
        }
    }
    if cues.is_empty() {
        return Err(wrong(
            0,
            "an ASS file has lines that begin with Dialogue: under [Events], but this one has none with words",
        ));
    }
    let named = cues.iter().filter(|cue| cue.voices.iter().any(|v| v.speaker.is_some())).count();
    if named * 100 < cues.len() * NAMED_PERCENT {
        cues.iter_mut().flat_map(|cue| &mut cue.voices).for_each(|voice| voice.speaker = None);
    }
    Ok(cues)
}

/// Adds a cue with words. A moving text that directly follows a cue with the same words only makes that cue longer.
fn add(cues: &mut Vec<RawCue>, cue: RawCue, in_motion: bool, notes: &mut Notes) {
    let words = |cue: &RawCue| cue.voices.first().map(|v| v.words.text().trim().to_owned()).unwrap_or_default();
    let said = words(&cue);
    if said.is_empty() {
        return;
    }
    if let Some(last) = cues.last_mut().filter(|_| in_motion)
        && let (Some(end), Some(start), Some(new)) = (last.end, cue.start, cue.end)
        && start <= end + IN_MOTION
        && new + IN_MOTION >= end
        && last.start.is_some_and(|s| s <= start)
        && last.style == cue.style
        && words(last) == said
    {
        last.end = Some(end.max(new));
        notes.add(Reason::Moving, cue.range);
        return;
    }
    cues.push(cue);
}

/// Returns the cue of the fields at `place`; `None` if its times cannot be read.
fn dialogue(text: &str, place: Range<usize>, columns: &Columns, notes: &mut Notes) -> Option<RawCue> {
    let mut fields: Vec<Range<usize>> = Vec::with_capacity(columns.count);
    let mut at = place.start;
    for field in text.get(place.clone())?.splitn(columns.count, ',') {
        fields.push(at..at + field.len());
        at += field.len() + 1;
    }
    let field = |k: usize| fields.get(k).and_then(|f| text.get(f.clone())).unwrap_or_default().trim_matches(is_blank);
    let second = |k: usize| clock::time(field(k)).filter(|(_, rest)| rest.is_empty()).map(|(second, _)| second);
    let (start, end) = (second(columns.start)?, second(columns.end)?);
    let body = fields.get(columns.count - 1)?.clone();
    let optional = |k: Option<usize>| k.map(|k| (field(k), fields[k].clone())).filter(|(f, _)| !f.is_empty());
    let generated = optional(columns.effect).is_some_and(|(effect, _)| effect.eq_ignore_ascii_case(GENERATED));
    let Words { words, drawn } = words(text, body);
    let speaker = optional(columns.name)
        .filter(|(name, _)| *name != NOBODY)
        .map(|(name, range)| Speaker { label: label::named(name), range });
    let style = optional(columns.style).map(|(style, _)| style.trim_start_matches('*').to_owned());
    let mut cue = RawCue { start: Some(start), end: Some(end), style, ..RawCue::default() };
    if generated {
        notes.add(Reason::Effect, place);
    } else {
        if drawn {
            notes.add(Reason::Drawing, place);
        }
        cue.voices = vec![Voice { speaker, words }];
    }
    Some(cue)
}

struct Words {
    words: MappedText,
    /// Whether there is a drawing among them.
    drawn: bool,
}

/// The words of a line, without the text in braces and without drawings, which `\p1` begins and `\p0` ends.
fn words(text: &str, body: Range<usize>) -> Words {
    let mut words = MappedText::default();
    let (mut at, end) = (body.start, body.end);
    let (mut drawing, mut drawn) = (false, false);
    let last_close = text.get(body).and_then(|t| t.rfind('}')).map_or(0, |close| at + close);
    while let Some(rest) = text.get(at..end).filter(|r| !r.is_empty()) {
        if rest.starts_with('{')
            && at < last_close
            && let Some(len) = rest.find('}')
        {
            drawing = draws(&rest[..len]).unwrap_or(drawing);
            at += len + 1;
            continue;
        }
        let (meant, len) = match line_end(rest) {
            Some(meant) => (Some(meant), 2),
            None if rest.starts_with("\\{") => (Some("{"), 2),
            None if rest.starts_with("\\}") => (Some("}"), 2),
            // A line end that the player may ignore.
            None if rest.starts_with("\\n") => (Some(" "), 2),
            None => {
                let first = rest.chars().next().map_or(0, char::len_utf8);
                (None, rest[first..].find(['\\', '{']).map_or(rest.len(), |l| first + l))
            }
        };
        match meant {
            _ if drawing => drawn |= !rest[..len].trim().is_empty(),
            Some(meant) => words.push_for(meant, at..at + len),
            None => words.push(&rest[..len], at),
        }
        at += len;
    }
    Words { words, drawn }
}

/// Whether drawing is on after these tags. The last `\p1` or `\p0` decides, if there is one; `\pos` and `\pbo` do not.
fn draws(tags: &str) -> Option<bool> {
    let level = |tag: &str| tag.strip_prefix('p')?.trim_end().parse::<u32>().ok();
    tags.split('\\').filter_map(level).next_back().map(|level| level > 0)
}
