//! The forms: SubRip and WebVTT, whose cues are blocks of lines. ASS has its own file.

use std::io::{self, Write};

use super::ass;
use super::screen::{Screen, ScreenPart};
use crate::document::subrip_tag;

/// Milliseconds that a cue is shown at least: one that ends when it begins is not shown at all, and breaks WebVTT's rules.
const SHORTEST: u64 = 1000;

/// Stands in for nothing: keeps words of an SRT file, which has no escapes, from being read as its marks.
pub(super) const WORD_JOINER: char = '\u{2060}';

/// A form of subtitles.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(in crate::write) enum Form {
    Srt,
    Vtt,
    Ass,
}

impl Form {
    /// Writes the screens; `header` is that of the ASS file that they come from.
    pub(super) fn write(self, screens: &[Screen], header: Option<&str>, out: &mut dyn Write) -> io::Result<()> {
        if self == Form::Ass {
            return ass::write(screens, header, out);
        }
        if self == Form::Vtt {
            writeln!(out, "WEBVTT")?;
        }
        for (k, screen) in screens.iter().enumerate() {
            let millis = |seconds: f64| (seconds.max(0.0) * 1e3).round() as u64;
            let start = millis(screen.time.start);
            let end = Some(millis(screen.time.end)).filter(|&end| end > start).unwrap_or(start + SHORTEST);
            if k > 0 || self == Form::Vtt {
                writeln!(out)?;
            }
            if self == Form::Srt {
                writeln!(out, "{}", k + 1)?;
            }
            writeln!(out, "{} --> {}", self.time(start), self.time(end))?;
            for line in self.lines(screen) {
                writeln!(out, "{line}")?;
            }
        }
        Ok(())
    }

    fn time(self, millis: u64) -> String {
        let (seconds, millis) = (millis / 1000, millis % 1000);
        let (hours, minutes, seconds) = (seconds / 3600, seconds / 60 % 60, seconds % 60);
        let mark = if self == Form::Srt { ',' } else { '.' };
        format!("{hours:02}:{minutes:02}:{seconds:02}{mark}{millis:03}")
    }

    /// All lines of a cue: those of its own side, then those of the other one.
    fn lines(self, screen: &Screen) -> Vec<String> {
        let several = screen.parts.len() > 1;
        let mut lines = Vec::new();
        for part in &screen.parts {
            // One voice says both lines; it ends with the cue.
            self.said(part, &part.own, several, &mut lines);
            if !several && !part.other.is_empty() {
                lines.push(self.safe(&part.other));
            }
        }
        for part in screen.parts.iter().filter(|p| several && !p.other.is_empty()) {
            let spoken = ScreenPart {
                name: part.name.clone(),
                opening: part.opening.clone().filter(|o| is_dash(o) && !is_dash(&part.other)),
                own: Vec::new(),
                other: String::new(),
            };
            self.said(&spoken, std::slice::from_ref(&part.other), true, &mut lines);
        }
        lines
    }

    fn said(self, part: &ScreenPart, words: &[String], several: bool, lines: &mut Vec<String>) {
        let mut words: Vec<String> = words.iter().map(|l| self.safe(l)).collect();
        let Some(first) = words.first_mut() else { return };
        match (&part.name, &part.opening) {
            (Some(name), _) if self == Form::Vtt => *first = format!("<v {}>{first}", self.safe(name)),
            (_, Some(opening)) => {
                let opening = self.safe(opening);
                let gap = if opening.ends_with([' ', '：']) { "" } else { " " };
                *first = format!("{opening}{gap}{first}");
            }
            _ => {}
        }
        if self == Form::Vtt
            && several
            && part.name.is_some()
            && let Some(last) = words.last_mut()
        {
            last.push_str("</v>");
        }
        lines.append(&mut words);
    }

    /// Words that cannot be read as marks of the form: on one line, escaped, or where there are no escapes with a word joiner
    /// inside what looks like a mark.
    fn safe(self, text: &str) -> String {
        let mut safe = String::with_capacity(text.len());
        for (at, c) in text.char_indices() {
            match (self, c) {
                (_, c) if c.is_control() => safe.push(' '),
                (Form::Vtt, '&') => safe.push_str("&amp;"),
                (Form::Vtt, '<') => safe.push_str("&lt;"),
                (Form::Vtt, '>') => safe.push_str("&gt;"),
                (Form::Srt, '<' | '{' | '&') if subrip_tag(&text[at..]).is_some() => safe.extend([c, WORD_JOINER]),
                (_, '\\') if text[at + 1..].starts_with(['N', 'h']) => safe.extend([c, WORD_JOINER]),
                (Form::Srt, '>') if text[..at].ends_with("--") => safe.extend([WORD_JOINER, c]),
                _ => safe.push(c),
            }
        }
        safe
    }
}

fn is_dash(opening: &str) -> bool {
    opening.starts_with(['-', '‐', '–', '－'])
}
