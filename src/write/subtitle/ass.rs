//! Advanced SubStation Alpha (ASS). The styles come from the same file as the cues, if that file has styles.

use std::io::{self, Write};

use super::form::WORD_JOINER;
use super::screen::{Screen, ScreenPart};

/// The header of a file whose cues come from a file without styles.
const HEADER: &str = "[Script Info]
ScriptType: v4.00+
WrapStyle: 0
ScaledBorderAndShadow: yes
PlayResX: 1920
PlayResY: 1080

[V4+ Styles]
Format: Name, Fontname, Fontsize, PrimaryColour, SecondaryColour, OutlineColour, BackColour, Bold, Italic, Underline, StrikeOut, ScaleX, ScaleY, Spacing, Angle, BorderStyle, Outline, Shadow, Alignment, MarginL, MarginR, MarginV, Encoding
Style: Default,Arial,64,&H00FFFFFF,&H000000FF,&H00000000,&H80000000,0,0,0,0,100,100,0,0,1,3,1,2,60,60,50,1

[Events]";

/// The section of styles in files of the previous version, in which the first column of a line is different.
const OLD_STYLES: &str = "[v4 styles]";

/// The style of lines that do not name one.
const STYLE: &str = "Default";

/// The tag before the words of the other language. It makes them smaller in any style.
const OTHER: &str = "{\\fscx75\\fscy75}";

/// The least time that a line is shown, in hundredths of a second.
const SHORTEST: u64 = 100;

/// Writes a header, then the screens with one line for each speaker.
pub(super) fn write(screens: &[Screen], header: Option<&str>, out: &mut dyn Write) -> io::Result<()> {
    let header = header.unwrap_or(HEADER);
    for line in header.lines() {
        writeln!(out, "{}", line.replace(char::is_control, " ").trim_end())?;
    }
    let old = header.lines().any(|line| line.trim().eq_ignore_ascii_case(OLD_STYLES));
    let (column, layer) = if old { ("Marked", "Marked=0") } else { ("Layer", "0") };
    writeln!(out, "Format: {column}, Start, End, Style, Name, MarginL, MarginR, MarginV, Effect, Text")?;
    for screen in screens {
        let hundredths = |seconds: f64| (seconds.max(0.0) * 1e2).round() as u64;
        let start = hundredths(screen.time.start);
        let end = Some(hundredths(screen.time.end)).filter(|&end| end > start).unwrap_or(start + SHORTEST);
        for part in &screen.parts {
            let field = |value: Option<&str>| value.unwrap_or_default().replace([',', '\n', '\r'], " ");
            let style = field(screen.style.as_deref().or(Some(STYLE)));
            let (name, words) = (field(part.name.as_deref()), words(part));
            writeln!(out, "Dialogue: {layer},{},{},{style},{name},0,0,0,,{words}", time(start), time(end))?;
        }
    }
    Ok(())
}

fn time(hundredths: u64) -> String {
    let (seconds, part) = (hundredths / 100, hundredths % 100);
    format!("{}:{:02}:{:02}.{part:02}", seconds / 3600, seconds / 60 % 60, seconds % 60)
}

/// The words of a speaker in both languages, on one line of the file.
fn words(part: &ScreenPart) -> String {
    let mut words = String::new();
    if let Some(opening) = part.opening.as_ref().filter(|_| part.name.is_none()) {
        words.push_str(&safe(opening));
        words.push_str(if opening.ends_with([' ', '：']) { "" } else { " " });
    }
    words.push_str(&part.own.iter().map(|line| safe(line)).collect::<Vec<_>>().join("\\N"));
    if !part.other.is_empty() {
        words.push_str(if part.own.is_empty() { "" } else { "\\N" });
        words.push_str(OTHER);
        words.push_str(&safe(&part.other));
    }
    words
}

/// Escapes words, so that they are not read as marks of the form.
fn safe(text: &str) -> String {
    let mut safe = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            c if c.is_control() => safe.push(' '),
            '{' | '}' => safe.extend(['\\', c]),
            '\\' => safe.extend([c, WORD_JOINER]),
            c => safe.push(c),
        }
    }
    safe
}
