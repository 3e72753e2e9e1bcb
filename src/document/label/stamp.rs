//! Time stamps beside labels.

/// Reads a time stamp at the start of `text`, with its brackets: its length in bytes, and its time in seconds.
pub(super) fn time_stamp(text: &str) -> Option<(usize, f64)> {
    let open = text.chars().next()?;
    let close = match open {
        '[' => Some(']'),
        '(' => Some(')'),
        '（' => Some('）'),
        '【' => Some('】'),
        '<' => Some('>'),
        _ => None,
    };
    let start = close.map_or(0, |_| open.len_utf8());
    let inner = &text[start..];
    let len = inner.bytes().take_while(|b| b.is_ascii_digit() || matches!(b, b':' | b'.' | b',')).count();
    let stamp = inner[..len].trim_end_matches([':', '.', ',']);
    let mut seconds = 0.0;
    let parts: Vec<&str> = stamp.split(':').collect();
    if !(2..=3).contains(&parts.len()) {
        return None;
    }
    for (k, part) in parts.iter().enumerate() {
        let last = k + 1 == parts.len();
        let whole = part.split(['.', ',']).next().unwrap_or("");
        if whole.is_empty()
            || whole.len() > 2 + usize::from(k == 0)
            || (k > 0 && whole.len() != 2)
            || (!last && whole.len() < part.len())
        {
            return None;
        }
        let value: f64 = part.replace(',', ".").parse().ok()?;
        if k > 0 && value >= 60.0 {
            return None;
        }
        seconds = seconds * 60.0 + value;
    }
    match close {
        Some(close) => {
            text[start + stamp.len()..].starts_with(close).then(|| (start + stamp.len() + close.len_utf8(), seconds))
        }
        None => Some((stamp.len(), seconds)),
    }
}
