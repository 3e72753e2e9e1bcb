//! Time codes and the lines of a subtitle file.

use std::ops::Range;

/// Digits of a field: more are no time.
const MOST_DIGITS: usize = 6;

/// The time at the start of `text`, in seconds, and what follows it: `01:39.580`, `00:01:39,580`; hours may be absent and
/// the mark of the fraction may be a point or a comma.
pub(super) fn time(text: &str) -> Option<(f64, &str)> {
    let (first, rest) = digits(text)?;
    let (second, rest) = digits(rest.strip_prefix(':')?)?;
    let (mut seconds, mut rest) = (first * 60.0 + second, rest);
    if let Some((third, after)) = rest.strip_prefix(':').and_then(digits) {
        (seconds, rest) = (seconds * 60.0 + third, after);
    }
    if let Some(fraction) = rest.strip_prefix(['.', ',']) {
        let len = fraction.bytes().take_while(u8::is_ascii_digit).count();
        let (digits, after) = fraction.split_at(len);
        seconds += format!("0.{}", digits.get(..len.min(MOST_DIGITS)).unwrap_or_default()).parse().unwrap_or(0.0);
        rest = after;
    }
    Some((seconds, rest))
}

fn digits(text: &str) -> Option<(f64, &str)> {
    let len = text.bytes().take_while(u8::is_ascii_digit).count();
    let (digits, rest) = text.split_at(len);
    ((1..=MOST_DIGITS).contains(&len)).then(|| digits.parse().ok())?.map(|n| (n, rest))
}

/// Start and end of a line `00:01:39,580 --> 00:01:42,830`; what follows (settings, coordinates) is not looked at.
pub(super) fn timing(line: &str) -> Option<(f64, f64)> {
    let (start, rest) = time(line.trim_start())?;
    let (end, rest) = time(rest.trim_start().strip_prefix("-->")?.trim_start())?;
    (rest.is_empty() || rest.starts_with(char::is_whitespace)).then_some((start, end))
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
        assert_eq!(seconds("01:39.5"), Some((99.5, String::new())));
        assert_eq!(seconds("1:00:00"), Some((3600.0, String::new())));
        assert_eq!(seconds("12"), None);
        assert_eq!(seconds("1234567:00"), None);
        assert_eq!(timing("00:01.000-->00:02,500 align:start"), Some((1.0, 2.5)));
        assert_eq!(timing("00:01.000 -> 00:02"), None);
        assert_eq!(timing("we said 00:01 --> 00:02"), None);
    }

    #[test]
    fn lines_end_in_three_ways() {
        let text = "a\r\nb\rc\n\nd";
        let found: Vec<&str> = lines(text).into_iter().map(|l| &text[l]).collect();
        assert_eq!(found, ["a", "b", "c", "", "d"]);
    }
}
