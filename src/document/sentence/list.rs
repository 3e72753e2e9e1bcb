//! Lists inside a line: `1) … 2) …`, `a. … b. …`.

use super::{char_at, char_before, is_blank, is_closer, word_start};

/// The greatest number of digits in the number of an item.
const DIGITS: usize = 2;

/// The number of an item.
#[derive(Clone, Copy)]
pub(super) struct Item {
    /// The first byte of the number, with the bracket before it, and the byte after its mark.
    pub(super) start: usize,
    pub(super) end: usize,
    /// Whether a sentence ends before the number.
    pub(super) opens: bool,
}

/// How the items of a list are numbered.
#[derive(Clone, Copy, PartialEq)]
struct Style {
    /// The first number: `1`, `a` or `A`.
    first: char,
    bracket: bool,
    mark: char,
}

/// Returns the numbers of all lists, in ascending order. A list has at least two items, and its numbers begin with 1 or
/// a.
pub(super) fn items(text: &str) -> Vec<Item> {
    let mut open: Vec<(Style, u32, Item, bool)> = Vec::new();
    let mut found: Vec<Item> = Vec::new();
    let mut before = ' ';
    for (at, c) in text.char_indices() {
        let new = is_blank(before) && !is_blank(c);
        before = c;
        let Some((style, number, end)) = new.then(|| number_at(text, at)).flatten() else { continue };
        let stopped = stops_before(text, at);
        let item = Item { start: at, end, opens: stopped.unwrap_or(false) };
        let last = open.iter_mut().find(|list| list.0 == style);
        if number == 1 {
            // A full stop is a mark of a number only if a sentence or a clause ends before the number.
            if style.mark == '.' && stopped.is_none_or(|stop| !stop && at > 0) && !text[..at].trim_end().ends_with(':')
            {
                continue;
            }
            open.retain(|list| list.0 != style);
            open.push((style, 1, item, false));
        } else if let Some((_, n, head, listed)) = last
            && number == *n + 1
        {
            let capital = text[end..].trim_start().starts_with(char::is_uppercase);
            let opens = stopped.unwrap_or(true) && (capital || item.opens);
            // `A. B. Reed` is not a list.
            if style.first == 'A' && style.mark == '.' && (!item.opens || head.end + 1 >= at) {
                continue;
            }
            if !*listed {
                found.push(*head);
                *listed = true;
            }
            *n = number;
            found.push(Item { opens, ..item });
        }
    }
    found.sort_unstable_by_key(|item| item.start);
    found
}

/// Whether a sentence ends before `at`: `Some(false)` after a comma, a colon or `and`, `None` if no mark decides it.
fn stops_before(text: &str, at: usize) -> Option<bool> {
    let head = &text[..word_start(text, at)];
    let head = head.trim_end_matches(is_closer);
    match head.chars().next_back() {
        None => Some(true),
        Some('.' | '!' | '?' | '…' | '。' | '！' | '？') => Some(true),
        Some(',' | ';' | ':' | '—' | '–' | '-' | '，' | '；' | '：') => Some(false),
        _ if [" and", " or", " to", " &"].iter().any(|word| head.ends_with(word)) => Some(false),
        _ => None,
    }
}

/// Reads the number of an item at `at`: its style, the number, and the byte after its mark.
fn number_at(text: &str, at: usize) -> Option<(Style, u32, usize)> {
    let rest = text.get(at..)?;
    let inner = rest.strip_prefix('(').unwrap_or(rest);
    let bracket = inner.len() < rest.len();
    let digits = inner.bytes().take_while(u8::is_ascii_digit).count();
    let letter = inner.chars().next().filter(char::is_ascii_alphabetic);
    let (first, number, len) = match letter {
        Some(c) if c.is_ascii_lowercase() => ('a', u32::from(c) - u32::from('a') + 1, 1),
        Some(c) => ('A', u32::from(c) - u32::from('A') + 1, 1),
        None if (1..=DIGITS).contains(&digits) => ('1', inner[..digits].parse().ok()?, digits),
        None => return None,
    };
    let mark = inner[len..].chars().next().filter(|c| *c == ')' || (*c == '.' && !bracket))?;
    let end = at + (rest.len() - inner.len()) + len + 1;
    let free = char_at(text, end).is_some_and(|c| is_blank(c) || (mark == ')' && c.is_alphabetic()));
    (free && char_before(text, at).is_none_or(is_blank)).then_some((Style { first, bracket, mark }, number, end))
}
