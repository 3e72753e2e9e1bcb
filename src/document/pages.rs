//! Lines on the pages of a text from a PDF file that belong to no sentence: running headers, footers, page numbers.

use std::ops::Range;

use rustc_hash::{FxHashMap, FxHashSet};

use super::line::{ends_sentence, is_blank, lines, trimmed, width};

/// The number of lines at the top and at the bottom of a page that are examined.
const EDGE: usize = 4;
/// A running header must be at the same edge of at least one page in this number of pages. Headers of left and right
/// pages alternate, and the first page of a chapter has no header.
const PAGES: usize = 3;
/// The number of other places where a running header may be. The title is one.
const ELSEWHERE: usize = 1;
/// The greatest number of characters of a running header. Longer lines are text.
const HEADER: usize = 120;
/// The number of columns from which a line without blanks is more than a name.
const NAME: usize = 14;
/// The least number of page numbers in a text without page breaks, and the least number of lines from one to the next.
/// With fewer, the numbers may number something else: items, verses, cues.
const NUMBERS: usize = 3;
const PAGE_LINES: usize = 10;

/// The lines of a text that are not text, and its page breaks.
pub(super) struct Pages {
    /// Byte ranges of the lines that are left out, in ascending order.
    pub(super) left_out: Vec<Range<usize>>,
    /// First bytes of the lines that begin a page.
    pub(super) starts: FxHashSet<usize>,
}

struct Line {
    range: Range<usize>,
    page: usize,
    /// The line with `#` in place of each number, and one blank in place of several.
    key: String,
}

impl Pages {
    /// Finds the pages of a text.
    pub(super) fn of(text: &str) -> Pages {
        let mut all: Vec<Line> = Vec::new();
        let (mut page, mut at) = (0, 0);
        for line in lines(text) {
            page += text[at..line.start].matches('\u{C}').count();
            at = line.start;
            let range = trimmed(text, line);
            if !range.is_empty() {
                let key = key(&text[range.clone()]);
                all.push(Line { range, page, key });
            }
        }
        let breaks = all.last().map_or(0, |last| last.page) > all.first().map_or(0, |first| first.page);
        let out = if breaks { at_page_breaks(&all) } else { around_numbers(text, &all) };
        let mut pages = Pages { left_out: Vec::new(), starts: FxHashSet::default() };
        let mut last: Option<(usize, bool)> = None;
        for (line, out) in all.into_iter().zip(out) {
            if out {
                last = last.map(|(page, _)| (page, true));
                pages.left_out.push(line.range);
                continue;
            }
            if last.is_some_and(|(page, after)| page != line.page || after) {
                pages.starts.insert(line.range.start);
            }
            last = Some((line.page, false));
        }
        pages
    }
}

fn key(line: &str) -> String {
    let mut key = String::new();
    for c in line.chars().take(HEADER + 1) {
        let c = if c.is_ascii_digit() {
            '#'
        } else if is_blank(c) {
            ' '
        } else {
            c
        };
        if !(matches!(c, '#' | ' ') && key.ends_with(c)) {
            key.push(c);
        }
    }
    key
}

/// Returns which lines are at the same edge of many pages. Their numbers may differ.
fn at_page_breaks(all: &[Line]) -> Vec<bool> {
    let mut out = vec![false; all.len()];
    let mut pages: Vec<Range<usize>> = Vec::new();
    for (k, line) in all.iter().enumerate() {
        match pages.last_mut() {
            Some(page) if all[page.start].page == line.page => page.end = k + 1,
            _ => pages.push(k..k + 1),
        }
    }
    let edges = |page: &Range<usize>| {
        let size = EDGE.min(page.len());
        let top: Vec<usize> = page.clone().take(size).collect();
        let bottom: Vec<usize> = page.clone().rev().take(size).collect();
        [top, bottom]
    };
    let mut seen: FxHashMap<(usize, &str), usize> = FxHashMap::default();
    for page in &pages {
        for (edge, lines) in edges(page).into_iter().enumerate() {
            let keys: FxHashSet<&str> = lines.iter().map(|&k| all[k].key.as_str()).collect();
            for key in keys {
                *seen.entry((edge, key)).or_insert(0) += 1;
            }
        }
    }
    let mut everywhere: FxHashMap<&str, usize> = FxHashMap::default();
    for line in all {
        *everywhere.entry(line.key.as_str()).or_insert(0) += 1;
    }
    for page in &pages {
        for (edge, lines) in edges(page).into_iter().enumerate() {
            for k in lines {
                let key = all[k].key.as_str();
                let count = seen.get(&(edge, key)).copied().unwrap_or(0);
                // A line that also occurs in the middle of pages is text, as labels are.
                let text = everywhere.get(key).is_some_and(|&n| n > count + ELSEWHERE);
                // A name on only two pages may be a label.
                let sure = count > 2 || key.contains(['#', ' ']) || width(key) >= NAME;
                // A row of a table has many numbers and no words.
                let row = !key.contains(char::is_alphabetic) && key.matches('#').count() > 2;
                if row || text || count < 2 || count * PAGES < pages.len() || key.chars().count() > HEADER || !sure {
                    break;
                }
                out[k] = true;
            }
        }
    }
    out
}

/// Returns which lines are page numbers in a text without page breaks, or repeat beside page numbers. The numbers
/// increase by one, have the lines of a page between them, and are in the middle of sentences.
fn around_numbers(text: &str, all: &[Line]) -> Vec<bool> {
    let mut out = vec![false; all.len()];
    let mut by_key: FxHashMap<&str, Vec<usize>> = FxHashMap::default();
    for (k, line) in all.iter().enumerate().filter(|(_, line)| line.key.contains('#') && line.key.len() <= HEADER) {
        by_key.entry(line.key.as_str()).or_default().push(k);
    }
    let mut numbers: Vec<usize> = Vec::new();
    for (key, places) in &by_key {
        let bare = key.chars().all(|c| !c.is_alphanumeric());
        let counts: Vec<Option<u64>> = places.iter().map(|&k| first_number(&text[all[k].range.clone()])).collect();
        let rising = counts.windows(2).all(|w| w[0].zip(w[1]).is_some_and(|(a, b)| b == a + 1));
        let apart = places.windows(2).all(|w| w[1] - w[0] > PAGE_LINES);
        let inside = |k: usize| k > 0 && !ends_sentence(&text[all[k - 1].range.clone()]);
        if places.len() >= NUMBERS && rising && apart && (!bare || places.iter().any(|&k| inside(k))) {
            numbers.extend(places);
        }
    }
    let mut beside: FxHashMap<(&str, isize), usize> = FxHashMap::default();
    let near = [-2isize, -1, 1, 2];
    let place = |k: usize, step: isize| k.checked_add_signed(step).filter(|&at| at < all.len());
    for &k in &numbers {
        out[k] = true;
        for step in near {
            if let Some(at) = place(k, step) {
                *beside.entry((all[at].key.as_str(), step)).or_insert(0) += 1;
            }
        }
    }
    let mut everywhere: FxHashMap<&str, usize> = FxHashMap::default();
    for line in all {
        *everywhere.entry(line.key.as_str()).or_insert(0) += 1;
    }
    for &k in &numbers {
        for at in near.into_iter().filter_map(|step| place(k, step).map(|at| (at, step))) {
            let count = beside.get(&(all[at.0].key.as_str(), at.1)).copied().unwrap_or(0);
            // A line that also occurs elsewhere is text.
            let only = everywhere.get(all[at.0].key.as_str()).is_some_and(|&n| n <= count + ELSEWHERE);
            out[at.0] |= count >= NUMBERS && only && all[at.0].key.chars().count() <= HEADER;
        }
    }
    out
}

fn first_number(line: &str) -> Option<u64> {
    let from = line.find(|c: char| c.is_ascii_digit())?;
    let digits = line[from..].bytes().take_while(u8::is_ascii_digit).count();
    line[from..from + digits].parse().ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Returns a text of lines in which sentences continue, with `between` after every twelve lines.
    fn text(pages: usize, between: impl Fn(usize) -> String, end: &str) -> String {
        let page = |n| {
            format!("{}{}", format!("and the boats that had come in during the night{end}\n").repeat(12), between(n))
        };
        (1..=pages).map(page).collect()
    }

    fn left_out(text: &str) -> Vec<&str> {
        Pages::of(text).left_out.into_iter().map(|range| &text[range]).collect()
    }

    #[test]
    fn numbers_of_pages_go_up_by_one_and_interrupt_sentences() {
        let numbered = text(3, |n| format!("{n}\nTides of Orla\n"), "");
        assert_eq!(left_out(&numbered), ["1", "Tides of Orla", "2", "Tides of Orla", "3", "Tides of Orla"]);
        let named = text(3, |n| format!("Tides of Orla – page {n} of 9\n"), ".");
        assert_eq!(left_out(&named).len(), 3);
    }

    #[test]
    fn numbers_of_other_things_are_text() {
        // Chapters end with a sentence. Years do not increase by one.
        assert!(left_out(&text(3, |n| format!("{n}\n"), ".")).is_empty());
        assert!(left_out(&text(3, |n| format!("{}\n", 1990 + 3 * n), "")).is_empty());
        assert!(left_out(&text(2, |n| format!("{n}\n"), "")).is_empty());
        assert!(left_out(&(1..9).map(|n| format!("{n}\nand so\n")).collect::<String>()).is_empty());
    }

    #[test]
    fn what_stands_at_the_edge_of_many_pages_is_left_out() {
        let page = |n: usize, name: &str| {
            format!("Orla {n}\nIt was {}.\n{name}\nThe end of it came late.\n\u{C}", "wet ".repeat(n))
        };
        let found = (1..6).map(|n| page(n, "Ann Reed")).collect::<String>();
        // On each page, the name follows a line that only this page has.
        assert_eq!(left_out(&found)[..2], ["Orla 1", "Ann Reed"]);
        let labels = "Operator\nGood day.\n\u{C}Operator\nNext, please.\n";
        assert!(left_out(labels).is_empty());
        assert!(left_out("\u{C}\u{C}One page.\n").is_empty());
        let label = |n: usize| format!("Ann Reed\nIt was {0}.\nAnn Reed\nIt stayed {0}.\n\u{C}", "wet ".repeat(n));
        assert!(left_out(&(1..6).map(label).collect::<String>()).is_empty());
        let table = "1990 5.2 8\nIt rained.\n\u{C}1991 5.4 9\nIt snowed.\n\u{C}1992 5.6 9\nIt was dry.\n";
        assert!(left_out(table).is_empty());
    }
}
