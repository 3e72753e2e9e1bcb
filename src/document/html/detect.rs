//! Whether a text is HTML.

use crate::document::line::is_blank;
use crate::document::mark::{front_matter, is_markdown};

/// Bytes from the start that a text is judged by.
const REACH: usize = 64 << 10;

/// Of the words of a fragment, so many in a hundred stand inside its elements; paragraphs of Markdown stand outside.
const INSIDE_PERCENT: usize = 90;

/// Tags from which on a text without `<html>` counts as a fragment of a page: a start, an end and one more.
const LEAST_TAGS: usize = 3;

/// The least number of lines that end with `<br>` in a fragment of a page.
const LEAST_BREAKS: usize = 2;

/// Elements that only a page has.
const PAGE: [&str; 7] = ["html", "head", "body", "frameset", "meta", "title", "base"];

/// The elements that a fragment of a page may begin with. A fragment that begins with another element must contain one
/// of them: subtitles only have `<i>` and `<font>`.
const FRAGMENT: [&str; 25] = [
    "article",
    "aside",
    "blockquote",
    "center",
    "div",
    "dl",
    "figure",
    "form",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "header",
    "main",
    "nav",
    "ol",
    "p",
    "pre",
    "section",
    "table",
    "tr",
    "td",
    "ul",
];

/// Elements without an end.
pub(super) const VOID: [&str; 15] = [
    "area", "base", "basefont", "br", "col", "embed", "frame", "hr", "img", "input", "link", "meta", "source", "track",
    "wbr",
];

/// Other elements that a fragment may begin with.
const COMMON: [&str; 25] = [
    "a", "abbr", "b", "br", "cite", "code", "em", "font", "hr", "i", "img", "input", "label", "link", "mark",
    "picture", "q", "ruby", "script", "small", "span", "strong", "style", "template", "u",
];

/// Whether a text is a page (it begins with a doctype, `<html>`, `<head>`, `<meta>` and the like) or a fragment of one
/// (it begins with an element, and nearly all words are inside elements). Markdown with some HTML in it is neither.
pub(in crate::document) fn is_html(text: &str) -> bool {
    let Some((start, first)) = first_tag(text) else { return false };
    if first == "!doctype" {
        let kind = text[start..].get("<!doctype".len()..).unwrap_or_default().trim_start();
        return kind.get(..4).is_some_and(|kind| kind.eq_ignore_ascii_case("html"));
    }
    PAGE.contains(&first.as_str())
        || (FRAGMENT.contains(&first.as_str()) && front_matter(text) == 0 && is_inside(&text[start..]))
        || (COMMON.contains(&first.as_str())
            && !is_markdown(text)
            && (has_breaks(&text[start..]) || is_inside(&text[start..])))
}

/// Place and name of the first tag, where nothing but blanks, comments and an XML declaration stands before it.
fn first_tag(text: &str) -> Option<(usize, String)> {
    let mut at = 0;
    loop {
        let rest = text[at..].trim_start_matches(is_blank);
        let start = text.len() - rest.len();
        let end = match rest {
            _ if rest.starts_with("<!--") => "-->",
            _ if rest.starts_with("<?") => ">",
            _ => return tag_name(rest).map(|(name, _)| (start, name)),
        };
        at = start + rest.find(end)? + end.len();
    }
}

/// The name behind `<` or `</` in lower case, and whether it is an end tag.
fn tag_name(rest: &str) -> Option<(String, bool)> {
    let inner = rest.strip_prefix('<')?;
    let closes = inner.starts_with('/');
    let inner = inner.strip_prefix('/').unwrap_or(inner);
    let len = inner.bytes().take_while(|b| b.is_ascii_alphanumeric() || *b == b'!').count();
    let starts = inner.starts_with(|c: char| c.is_ascii_alphabetic() || c == '!');
    (starts && len > 0).then(|| (inner[..len].to_ascii_lowercase(), closes))
}

/// Whether lines end with `<br>`.
fn has_breaks(text: &str) -> bool {
    let tags = text.match_indices('<').take_while(|(at, _)| *at < REACH).filter_map(|(at, _)| tag_name(&text[at..]));
    tags.filter(|(name, _)| name == "br").count() >= LEAST_BREAKS
}

/// Whether nearly all characters stand between a start and its end. Only counts: what is open is not named.
fn is_inside(text: &str) -> bool {
    let (mut depth, mut tags, mut inside, mut outside, mut at) = (0usize, 0usize, 0usize, 0usize, 0);
    let mut fragment = false;
    while at < text.len().min(REACH) {
        let rest = &text[at..];
        let words = rest.find('<').unwrap_or(rest.len());
        let count = rest[..words].chars().filter(|c| !is_blank(*c)).count();
        if depth > 0 {
            inside += count;
        } else {
            outside += count;
        }
        at += words;
        let Some(found) = tag_name(&text[at..]) else {
            // A sign, not a tag.
            at += text[at..].chars().next().map_or(1, char::len_utf8);
            continue;
        };
        match found {
            (_, true) => (depth, tags) = (depth.saturating_sub(1), tags + 1),
            (name, false) => {
                fragment |= FRAGMENT.contains(&name.as_str());
                if !VOID.contains(&name.as_str()) {
                    (depth, tags) = (depth + 1, tags + 1);
                }
            }
        }
        at += text[at..].find('>').map_or(text.len() - at, |k| k + 1);
    }
    fragment && tags >= LEAST_TAGS && inside * 100 >= (inside + outside) * INSIDE_PERCENT
}
