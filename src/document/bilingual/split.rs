//! Lines in both languages, and where the second language begins.

use std::ops::Range;

use super::Class;
use crate::document::sentence::trim;
use crate::text::{Count, Lang, is_cjk_punctuation, is_han};

/// The greatest ratio of the lengths of the two languages of a line. Both say about the same, so neither is much
/// longer.
const MAX_RATIO: f64 = 4.0;
/// The same ratio if only a space is between the languages, and the least number of English words. A Chinese line may
/// begin or end with a product name.
const MAX_RATIO_SPACE: f64 = 2.0;
const MIN_WORDS_SPACE: usize = 2;

/// The greatest number of quotation marks, brackets and other marks that may follow the end of a sentence.
const MAX_CLOSERS: usize = 4;

/// The kind of the text between the two languages.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Border {
    Space,
    /// The end of a sentence, or a sign such as a slash.
    Mark,
    /// The end of a line. In a cue, each language is on separate lines, and their lengths do not matter.
    Line,
}

/// Splits a line in both languages. Returns the language that comes first, and the two parts.
///
/// The English part has no Han characters outside of brackets. The Chinese part may have Latin words, so the border
/// must be the end of a sentence, a sign or at least a space.
pub(in crate::document) fn split(text: &str) -> Option<(Lang, [Range<usize>; 2])> {
    let (lang, borders) = borders(text)?;
    let candidates = borders.into_iter().filter_map(|(at, border)| {
        let parts = [trim_signs(text, 0..at), trim_signs(text, at..text.len())];
        Some((difference(text, lang, &parts, border)?, parts))
    });
    let (_, parts) = candidates.min_by(|a, b| a.0.total_cmp(&b.0))?;
    Some((lang, parts))
}

/// Returns how much the lengths of two parts of a line differ, or `None` if they cannot have the same meaning.
fn difference(text: &str, lang: Lang, parts: &[Range<usize>; 2], border: Border) -> Option<f64> {
    let [en, zh] = if lang == Lang::En { [0, 1] } else { [1, 0] }.map(|k| Count::of(&text[parts[k].clone()]));
    let (words, han) = (en.weight(Lang::En), zh.weight(Lang::Zh) + zh.weight(Lang::En));
    let max = if border == Border::Space { MAX_RATIO_SPACE } else { MAX_RATIO };
    // Very short texts have no usual ratio: 早 is "Good morning".
    let few = border == Border::Line || border == Border::Mark && words <= 4.0 && han <= 6.0;
    let fits = words > 0.0
        && zh.lang() == Some(Lang::Zh)
        // Latin words in the Chinese are names and terms.
        && zh.function_words == 0
        && zh.words * 2 <= zh.han
        && (few || words <= max * han && han <= max * words)
        && (border != Border::Space || en.words >= MIN_WORDS_SPACE);
    fits.then(|| (words / han).ln().abs())
}

/// Whether the border is clear enough to split a line among texts in one language. A term in brackets is not clear
/// enough.
pub(super) fn is_clear(text: &str, class: &Class) -> bool {
    let Class::Both { first, parts: [one, other] } = class else { return false };
    let en = if *first == Lang::En { one } else { other };
    let between = &text[one.end..other.start];
    !between.contains(['(', '（']) && Count::of(&text[en.clone()]).words >= MIN_WORDS_SPACE
}

/// Returns the language that comes first, and the places where the other language may begin: at a mark or at a space.
fn borders(text: &str) -> Option<(Lang, Vec<(usize, Border)>)> {
    let outside = outside_brackets(text);
    let han = |&(at, c): &(usize, char)| outside(at) && is_han(c);
    let first_han = text.char_indices().find(han)?.0;
    let (last_han, c) = text.char_indices().rfind(han)?;
    let last_han = last_han + c.len_utf8();
    // The English is on the side with more words.
    let before = Count::of(&text[..first_han]).words >= Count::of(&text[last_han..]).words;
    let [mark, space] = if before { last_borders(text, first_han) } else { first_borders(text, last_han) };
    let is_line_end = |at: usize| text[..at].ends_with('\n') || text[at..].starts_with('\n');
    let kind = |at: usize| if is_line_end(at) { Border::Line } else { Border::Mark };
    let found = mark.map(|at| (at, kind(at))).into_iter().chain(space.map(|at| (at, Border::Space))).collect();
    Some((if before { Lang::En } else { Lang::Zh }, found))
}

/// Returns a function that says whether a place is outside of round brackets. Inside them may be a term in the other
/// language.
fn outside_brackets(text: &str) -> impl Fn(usize) -> bool {
    let mut inside: Vec<Range<usize>> = Vec::new();
    let mut open: Vec<usize> = Vec::new();
    for (at, c) in text.char_indices() {
        match c {
            '(' | '（' => open.push(at),
            ')' | '）' => {
                if let Some(start) = open.pop().filter(|_| open.is_empty()) {
                    inside.push(start..at);
                }
            }
            _ => {}
        }
    }
    // Brackets around one of the two languages are ignored.
    let whole = |r: &Range<usize>| text[..r.start].trim().is_empty() || r.len() * 3 > text.len();
    inside.retain(|r| !whole(r));
    // The ranges are in order, and no range is inside another.
    move |at| inside.get(inside.partition_point(|r| r.end <= at)).is_none_or(|r| !r.contains(&at))
}

fn ends_sentence(before: &str) -> bool {
    let mut before = before.trim_end();
    for _ in 0..MAX_CLOSERS {
        before = before.strip_suffix(['"', '”', '’', ')', '）', '」', '』', '*', '_']).unwrap_or(before);
    }
    before.ends_with(['.', '!', '?', '。', '！', '？', '…', ':', '：', ';', '；'])
}

/// Whether `c` is a sign that may be between the two languages of a line.
fn is_sign(c: char) -> bool {
    matches!(c, '/' | '|' | '／' | '｜' | '—' | '–' | '·' | '•' | '\t' | '\n' | '=' | '→')
}

fn trim_signs(text: &str, range: Range<usize>) -> Range<usize> {
    let mut range = trim(text, range);
    loop {
        let part = &text[range.clone()];
        // A rule of several dashes, or one sign with a space.
        let start =
            part.len() - part.trim_start_matches(|c: char| is_sign(c) || c == '-' && part.starts_with("- ")).len();
        let end = part.trim_end_matches(is_sign).len();
        let cut = trim(text, range.start + start.min(end)..range.start + end);
        if cut == range {
            break;
        }
        range = cut;
    }
    // Remove a pair of brackets around one of the languages.
    let part = &text[range.clone()];
    for (open, close) in [('(', ')'), ('（', '）'), ('[', ']'), ('【', '】')] {
        if part.starts_with(open) && part.ends_with(close) && part.matches(open).count() == 1 {
            return trim(text, range.start + open.len_utf8()..range.end - close.len_utf8());
        }
    }
    range
}

/// Returns the last borders before the first Han character, at a mark and at a space. An English text precedes them.
fn last_borders(text: &str, han: usize) -> [Option<usize>; 2] {
    let before = &text[..han];
    let opens = |c: char| "(（【[「『“《".contains(c);
    let spaces = || before.char_indices().rev().filter(|(_, c)| c.is_whitespace() || is_sign(*c) || opens(*c));
    // Only the first of several spaces is examined.
    let mark = spaces().find(|&(at, c)| is_sign(c) || !text[..at].ends_with(' ') && ends_sentence(&text[..at]));
    // The opening bracket belongs to the Chinese text. A full stop without a space belongs to the English text.
    let place = |(at, c): (usize, char)| if opens(c) { at } else { at + c.len_utf8() };
    [mark.map(place).or_else(|| ends_sentence(before).then_some(han)), spaces().next().map(place)]
}

/// Returns the first borders after the last Han character, at a mark and at a space. An English text follows them.
fn first_borders(text: &str, han: usize) -> [Option<usize>; 2] {
    let after = &text[han..];
    let mut space = None;
    for (at, c) in after.char_indices() {
        let at = han + at;
        let next = at + c.len_utf8();
        let closes = text[next..].starts_with(|c: char| is_cjk_punctuation(c) || matches!(c, '”' | '’' | '"'));
        if is_sign(c) || (is_cjk_punctuation(c) && ends_sentence(&text[..next]) && !closes) {
            return [Some(next), space];
        }
        if c.is_whitespace() {
            if ends_sentence(&text[..at]) {
                return [Some(next), space];
            }
            space = space.or(Some(next));
        }
        if matches!(c, '(' | '（') {
            return [Some(at), space];
        }
    }
    [None, space]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cases() {
        let file = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/cases/bilingual/lines.tsv");
        let mut seen = 0;
        for line in std::fs::read_to_string(file).unwrap().lines().filter(|line| !line.starts_with('#')) {
            let (text, expected) = line.split_once('\t').unwrap();
            let text = text.replace('⏎', "\n");
            let found = split(&text).map(|(_, parts)| parts.map(|part| &text[part]).join(" ‖ "));
            assert_eq!(found.as_deref().unwrap_or("-"), expected, "{text}");
            seen += 1;
        }
        assert!(seen > 20, "{seen} cases only");
    }
}
