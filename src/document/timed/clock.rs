//! Time codes and the lines of a subtitle file, including those that a program or a person has damaged.

use std::ops::Range;

use crate::document::line::is_blank;

/// The most digits of a field. With more, it is not a time.
const MOST_DIGITS: usize = 12;

/// The number of digits of a fraction that are used.
const FRACTION_DIGITS: usize = 6;

/// The number of fields of a full time: hours, minutes, seconds and their fraction.
const FULL: usize = 4;

/// The number of frames in a second, if a time ends in frames and the file does not give the number.
const FRAMES: f64 = 25.0;

/// The time at the start of `text`, in seconds, and what follows it: `01:39.580`, `00:01:39,580`. Hours may be absent, the
/// signs between the fields may be full-width or other signs, and blanks may be around them.
pub(super) fn time(text: &str) -> Option<(f64, &str)> {
    parse(text).map(|time| (time.seconds, time.rest))
}

struct Parsed<'a> {
    seconds: f64,
    /// Whether it has all fields.
    full: bool,
    rest: &'a str,
}

fn parse(text: &str) -> Option<Parsed<'_>> {
    let unsigned = text.strip_prefix(['-', '−']);
    let mut rest = unsigned.unwrap_or(text);
    // Each field with the sign before it.
    let mut fields: Vec<(char, &str)> = Vec::with_capacity(FULL);
    let mut sign = ':';
    loop {
        let len = rest.bytes().take_while(u8::is_ascii_digit).count();
        if !(1..=MOST_DIGITS).contains(&len) {
            return None;
        }
        fields.push((sign, &rest[..len]));
        rest = &rest[len..];
        match separator(rest).filter(|_| fields.len() < FULL) {
            Some((next, behind)) => (sign, rest) = (next, behind),
            None => break,
        }
    }
    let number = |k: usize| fields.get(k).and_then(|f| f.1.parse::<f64>().ok()).unwrap_or(0.0);
    let fraction = |k: usize| {
        let digits = fields.get(k).and_then(|f| f.1.get(..f.1.len().min(FRACTION_DIGITS))).unwrap_or_default();
        format!("0.{digits}").parse::<f64>().unwrap_or(0.0)
    };
    let signs: Vec<char> = fields.iter().skip(1).map(|f| f.0).collect();
    let seconds = match signs.as_slice() {
        [':'] => number(0) * 60.0 + number(1),
        [':', ':'] => number(0) * 3600.0 + number(1) * 60.0 + number(2),
        [':', '.'] => number(0) * 60.0 + number(1) + fraction(2),
        [first, second, third] => {
            let last = fields.get(3).map_or(0, |f| f.1.len());
            // Numbers of versions have points only.
            if (*first, *second) == ('.', '.') && (last < 3 || fields.iter().take(3).any(|f| f.1.len() > 2)) {
                return None;
            }
            let part = if *third == '.' || last > 2 { fraction(3) } else { number(3) / FRAMES };
            number(0) * 3600.0 + number(1) * 60.0 + number(2) + part
        }
        _ => return None,
    };
    let seconds = if unsigned.is_some() { -seconds } else { seconds };
    Some(Parsed { seconds, full: fields.len() == FULL, rest })
}

/// Returns the sign between two fields, as `:` or `.`, and the text from the next digit on.
fn separator(text: &str) -> Option<(char, &str)> {
    let inner = text.trim_start_matches(' ');
    let sign = inner.chars().next()?;
    let meant = match sign {
        ':' | '：' | ';' | '；' => ':',
        '.' | ',' | '．' | '，' | '。' => '.',
        _ => return None,
    };
    let behind = inner.trim_start_matches(sign).trim_start_matches(' ');
    behind.starts_with(|c: char| c.is_ascii_digit()).then_some((meant, behind))
}

/// The times of a cue, and what follows them.
pub(super) struct Timing<'a> {
    pub(super) start: Option<f64>,
    pub(super) end: Option<f64>,
    /// The text after the times, without blanks at its start.
    pub(super) rest: &'a str,
}

/// The times of a line `00:01:39,580 --> 00:01:42,830`. The arrow may be damaged, and one of the times may be absent.
pub(super) fn timing(line: &str) -> Option<Timing<'_>> {
    let line = line.trim_start_matches(is_blank);
    let exact = line.contains("-->");
    let Some(first) = parse(line) else {
        let behind = arrow(line).filter(|_| exact)?;
        let end = parse(behind).filter(|time| time.full && is_over(time.rest))?;
        return Some(Timing { start: None, end: Some(end.seconds), rest: end.rest.trim_start_matches(is_blank) });
    };
    let Some(behind) = arrow(first.rest) else {
        // Without an arrow, two full times and nothing else.
        let behind = first.rest.trim_start_matches(|c: char| is_blank(c) || is_dash(c));
        let end =
            parse(behind).filter(|time| first.full && time.full && time.rest.trim_matches(is_blank).is_empty())?;
        let between = first.rest.len() - behind.len();
        return (between > 0).then_some(Timing { start: Some(first.seconds), end: Some(end.seconds), rest: "" });
    };
    let Some(end) = parse(behind) else {
        let bare = behind.trim_matches(is_blank).is_empty() && exact && first.full;
        return bare.then_some(Timing { start: Some(first.seconds), end: None, rest: "" });
    };
    let rest = end.rest.trim_start_matches(is_blank);
    // Words may follow times of a programme, too: `10:30 -> 11:00 lunch`.
    let fits = if exact { is_over(end.rest) } else { is_settings(rest) };
    fits.then_some(Timing { start: Some(first.seconds), end: Some(end.seconds), rest })
}

/// Whether a line seems to contain times, readable or not.
pub(super) fn looks_timed(line: &str) -> bool {
    line.contains("-->") || parse(line.trim_start_matches(is_blank)).is_some_and(|time| time.full)
}

fn is_over(rest: &str) -> bool {
    rest.is_empty() || rest.starts_with(is_blank)
}

/// Whether the text after the times only says where the cue is shown (`align:start`, `X1:100`), or is empty.
pub(super) fn is_settings(rest: &str) -> bool {
    rest.split(is_blank).filter(|word| !word.is_empty()).all(|word| {
        word.split_once(':').is_some_and(|(name, value)| {
            !name.is_empty() && !value.is_empty() && name.bytes().all(|b| b.is_ascii_alphanumeric()) && value.is_ascii()
        })
    })
}

fn is_dash(c: char) -> bool {
    matches!(c, '-' | '‐' | '‑' | '‒' | '–' | '—' | '―' | '−' | '=' | '~')
}

/// Returns the text after the arrow that a text begins with: `-->`, `->`, `—>`, `- >`, `→`.
fn arrow(text: &str) -> Option<&str> {
    let shaft = text.trim_start_matches(|c: char| is_blank(c) || matches!(c, '.' | ',' | ';'));
    let head = shaft.trim_start_matches(|c: char| is_dash(c) || c == ' ');
    let behind = match head.strip_prefix("&gt;").or(head.strip_prefix(['>', '＞'])) {
        Some(behind) if head.len() < shaft.len() => behind.trim_start_matches(['>', '＞']),
        _ => head.strip_prefix(['→', '⟶', '➔'])?,
    };
    Some(behind.trim_start_matches(is_blank))
}

/// The lines of a text without their ends, which are LF, CRLF or CR.
pub(super) fn lines(text: &str) -> Vec<Range<usize>> {
    let mut lines = Vec::new();
    let mut at = 0;
    while at < text.len() {
        let rest = &text.as_bytes()[at..];
        let len = rest.iter().position(|&b| b == b'\n' || b == b'\r').unwrap_or(rest.len());
        lines.push(at..at + len);
        at += len + if rest[len..].starts_with(b"\r\n") { 2 } else { 1 };
    }
    lines
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn times() {
        let seconds = |t| time(t).map(|(s, rest)| (s, rest.to_owned()));
        assert_eq!(seconds("00:01:39,580 x"), Some((99.58, " x".to_owned())));
        for (text, expected) in [
            ("01:39.5", 99.5),
            ("1:00:00", 3600.0),
            ("00:00:01. 500", 1.5),
            ("00 : 00 : 01,500", 1.5),
            ("00：00：01，500", 1.5),
            ("00.00.01,500", 1.5),
            ("00:00:01:500", 1.5),
            ("00:00:01;10", 1.4),
            ("-00:00:01,500", -1.5),
            ("1000:00:00,000", 3_600_000.0),
        ] {
            assert_eq!(seconds(text), Some((expected, String::new())), "{text}");
        }
        for text in ["12", "12.5", "1.2.3", "1.2.3.4", "1234567890123:00", ":01", "a"] {
            assert_eq!(seconds(text), None, "{text}");
        }
    }

    #[test]
    fn lines_of_times() {
        let found = |line| timing(line).map(|t| (t.start, t.end, t.rest.to_owned()));
        for (line, start, end, rest) in [
            ("00:01.000-->00:02,500 align:start", Some(1.0), Some(2.5), "align:start"),
            ("\u{200E}00:01.000 --> 00:02.000", Some(1.0), Some(2.0), ""),
            ("00:01.000 -> 00:02.000", Some(1.0), Some(2.0), ""),
            ("00:00:01,000 —> 00:00:02,000", Some(1.0), Some(2.0), ""),
            ("00:00:01,000 – > 00:00:02,000  X1:1 Y1:2", Some(1.0), Some(2.0), "X1:1 Y1:2"),
            ("00:00:01,000 → 00:00:02,000", Some(1.0), Some(2.0), ""),
            ("00:00:01,000 --&gt; 00:00:02,000", Some(1.0), Some(2.0), ""),
            ("00:00:01,000 00:00:02,000", Some(1.0), Some(2.0), ""),
            ("00:00:01,000 -->", Some(1.0), None, ""),
            ("--> 00:00:02,000", None, Some(2.0), ""),
            ("00:01.000 --> 00:02.000 Hello", Some(1.0), Some(2.0), "Hello"),
        ] {
            assert_eq!(found(line), Some((start, end, rest.to_owned())), "{line}");
        }
        for line in [
            "we said 00:01 --> 00:02",
            "10:30 -> 11:00 lunch",
            "10:30 - 11:00",
            "1.2.3 -> 1.2.4",
            "09:00 10:00",
            "00:01.000 --> 00:02x",
            "-->",
        ] {
            assert_eq!(found(line), None, "{line}");
        }
    }

    #[test]
    fn lines_end_in_three_ways() {
        let text = "a\r\nb\rc\n\nd";
        let found: Vec<&str> = lines(text).into_iter().map(|l| &text[l]).collect();
        assert_eq!(found, ["a", "b", "c", "", "d"]);
    }
}
