//! The marks of Markdown: whether a text has such marks, and which of them have their meaning in Markdown.

use std::borrow::Cow;
use std::ops::Range;

use crate::document::line::{is_blank, is_line_end, is_rule, lines};

/// The length of the longest address of a link, in bytes. Browsers do not accept longer addresses.
const ADDRESS_BYTES: usize = 2048;

/// Keys of front matter. It must have at least one, because a first turn between two rules may look like a key (`Ben:
/// Hello`).
const USUAL_KEYS: [&str; 16] = [
    "author",
    "categories",
    "category",
    "date",
    "description",
    "draft",
    "id",
    "lang",
    "language",
    "layout",
    "published",
    "slug",
    "source",
    "tags",
    "title",
    "url",
];

/// Whether a text is Markdown. One mark that plain text does not have is enough. A dash, a number, `>`, `>>`, a single
/// `*` or an indentation at the start of a line also occurs in transcripts and shows nothing.
pub(super) fn is_markdown(text: &str) -> bool {
    if front_matter(text) > 0 {
        return true;
    }
    let (mut fences, mut escapes) = (0, 0);
    let mut before = "";
    for range in lines(text) {
        let line = &text[range.clone()];
        let words = line.trim_start_matches(' ');
        fences += usize::from(words.starts_with("```"));
        escapes += count_escapes(line);
        if is_heading(line) || fences >= 2 || escapes >= 2 || has_link(line) || has_strong(text, range) {
            return true;
        }
        if before.contains('|') && is_delimiter_row(words) {
            return true;
        }
        before = line;
    }
    false
}

/// Whether a line is a heading: `## Title`. One `#` with another at the end is a line of song in subtitles.
fn is_heading(line: &str) -> bool {
    let words = line.strip_prefix("   ").or(line.strip_prefix("  ")).or(line.strip_prefix(' ')).unwrap_or(line);
    let rest = words.trim_start_matches('#');
    let level = words.len() - rest.len();
    let title = rest.trim_matches(is_blank);
    (1..=6).contains(&level)
        && rest.starts_with([' ', '\t'])
        && title.chars().any(char::is_alphanumeric)
        && (level > 1 || !title.ends_with('#'))
}

/// Counts escaped marks: `\[`, `\*`, the full stop after a number. A bracket or a number counts twice, because one is
/// enough.
fn count_escapes(line: &str) -> usize {
    let bytes = line.as_bytes();
    let closes = line.contains("\\]");
    let mut count = 0;
    for (k, pair) in bytes.windows(2).enumerate() {
        let before = k.checked_sub(1).map_or(b' ', |k| bytes[k]);
        count += match pair {
            // A path of Windows and the end of a row in a formula are not escaped marks.
            _ if pair[0] != b'\\' || matches!(before, b'\\' | b':') => 0,
            b"\\[" if closes => 2,
            b"\\." | b"\\)" if before.is_ascii_digit() => 2,
            [_, b'*' | b'_' | b'#' | b'`' | b'~' | b'>' | b'-'] => 1,
            _ => 0,
        };
    }
    count
}

/// Whether a line has a link: `[text](address)`.
fn has_link(line: &str) -> bool {
    let Some(open) = line.find('[') else { return false };
    line.match_indices("](").any(|(k, _)| k > open && link_target(&line[k + 2..]).is_some_and(is_address))
}

/// Returns the text between the brackets of a link's target, or the text before its title.
fn link_target(behind: &str) -> Option<&str> {
    let stop = behind.bytes().take(ADDRESS_BYTES).position(|b| b == b')' || b.is_ascii_whitespace())?;
    behind.get(..stop)
}

/// Whether the text after `[label]:` at the start of a line makes it the definition of a link: the text is an address,
/// with at most a title in quotation marks.
fn is_definition(behind: &str) -> bool {
    let behind = behind.trim_matches(is_blank);
    let (address, title) = behind.split_once([' ', '\t']).unwrap_or((behind, ""));
    (address.contains("://") || ["/", "#", "<", "./", "../", "mailto:"].iter().any(|p| address.starts_with(p)))
        && (title.is_empty() || title.trim_start().starts_with(['"', '\'', '(']))
}

/// Whether the target of a link is an address: it contains something that words in brackets do not contain.
fn is_address(target: &str) -> bool {
    let inner = target.trim_end_matches(['.', '?', '!', ',']);
    !target.contains(' ') && inner.contains(['/', '.', ':', '@', '#', '?', '%', '='])
}

/// Whether a line has `**strong**`, or `__strong__` that is not a name in a programming language.
fn has_strong(text: &str, line: Range<usize>) -> bool {
    let mut open: Option<Range<usize>> = None;
    for run in runs(text, line.clone()) {
        let before = text[line.start..run.start].chars().next_back().unwrap_or(' ');
        let after = text[run.end..line.end].chars().next().unwrap_or(' ');
        if let Some(first) = open.take()
            && text[first.clone()] == text[run.clone()]
            && !is_blank(before)
            && !after.is_ascii_alphanumeric()
        {
            let inner = &text[first.end..run.start];
            if text[run.clone()].starts_with('*') || inner.chars().any(|c| c == ' ' || !c.is_ascii()) {
                return true;
            }
        }
        // The marks in `f**k` do not open anything.
        open = (!is_blank(after) && !before.is_ascii_alphanumeric()).then_some(run);
    }
    false
}

/// Returns the runs of `**`, `***` or `__` in a range of the text that are not escaped.
pub(super) fn runs(text: &str, range: Range<usize>) -> Vec<Range<usize>> {
    let bytes = text.as_bytes();
    let (mut runs, mut at) = (Vec::new(), range.start);
    while at < range.end {
        let sign = bytes[at];
        let len = bytes[at..range.end].iter().take_while(|&&b| b == sign).count();
        let escaped = at > 0 && bytes[at - 1] == b'\\';
        if !escaped && matches!((sign, len), (b'*', 2 | 3) | (b'_', 2)) {
            runs.push(at..at + len);
        }
        at += len;
    }
    runs
}

/// Whether a line is a delimiter row: `| --- | :-: |`.
fn is_delimiter_row(line: &str) -> bool {
    let line = line.trim_matches(is_blank);
    line.contains('|')
        && line.contains('-')
        && line.trim_matches('|').split('|').all(|cell| {
            let dashes = cell.trim_matches(is_blank);
            let dashes = dashes.strip_prefix(':').unwrap_or(dashes);
            let dashes = dashes.strip_suffix(':').unwrap_or(dashes);
            !dashes.is_empty() && dashes.bytes().all(|b| b == b'-')
        })
}

/// Returns `text` with a letter in place of each mark that has another meaning in transcripts than in CommonMark. The
/// length in bytes is the same. Such marks are `>>` for a turn, `[Ben]: Yes` for a speaker and `[laughs](both)` for a
/// sound.
pub(super) fn mask(text: &str) -> Cow<'_, str> {
    let mut places: Vec<usize> = Vec::new();
    let turns = has_turn_marks(text);
    for line in lines(text) {
        let whole = &text[line.clone()];
        let words = whole.trim_start_matches(' ');
        let at = line.start + (whole.len() - words.len());
        if turns && words.starts_with(">>") {
            places.extend([at, at + 1]);
        }
        // CommonMark would remove `[label]: destination` as the definition of a link.
        if let Some(close) = words.strip_prefix('[').and_then(|_| words.find("]:"))
            && !is_definition(&words[close + 2..])
        {
            places.push(at + close + 1);
        }
        for (k, _) in whole.match_indices("](") {
            if link_target(&whole[k + 2..]).is_some_and(|t| !t.is_empty() && !is_address(t)) {
                places.push(line.start + k + 1);
            }
        }
    }
    if places.is_empty() {
        return Cow::Borrowed(text);
    }
    places.sort_unstable();
    let (mut masked, mut from) = (String::with_capacity(text.len()), 0);
    for at in places {
        if at >= from {
            masked.push_str(&text[from..at]);
            masked.push('x');
            from = at + 1;
        }
    }
    masked.push_str(&text[from..]);
    Cow::Owned(masked)
}

/// Whether `>>` at the start of a line marks a turn: nothing in the text is quoted with a single `>`.
pub(super) fn has_turn_marks(text: &str) -> bool {
    let quotes = |line: &str| line.starts_with('>') && !line.starts_with(">>");
    !lines(text).any(|r| quotes(text[r].trim_start_matches(' ')))
}

/// Returns the length in bytes of the YAML front matter at the start of a text, or 0 if there is no front matter.
pub(super) fn front_matter(text: &str) -> usize {
    let mut keys = 0;
    for (k, range) in lines(text).enumerate() {
        let line = &text[range.clone()];
        let bare = line.trim_end_matches(is_blank);
        match k {
            0 if bare != "---" => return 0,
            0 => {}
            _ if bare == "---" || bare == "..." => {
                let behind = text[range.end..].trim_start_matches(is_line_end);
                return if keys > 0 { text.len() - behind.len() } else { 0 };
            }
            _ if is_key(line) => {
                let key = line.split(':').next().unwrap_or_default();
                keys += usize::from(USUAL_KEYS.iter().any(|k| k.eq_ignore_ascii_case(key)));
            }
            // Values that continue, lists and comments.
            _ if bare.is_empty() || (line.starts_with([' ', '\t', '-', '#']) && !is_rule(line)) => {}
            _ => return 0,
        }
    }
    0
}

/// Whether a line is `title: …`, with a key without blanks.
fn is_key(line: &str) -> bool {
    line.split_once(':').is_some_and(|(key, value)| {
        !key.is_empty()
            && key.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'_' || b == b'-')
            && (value.is_empty() || value.starts_with([' ', '\t']))
    })
}
