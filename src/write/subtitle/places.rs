//! Where a text may be cut: at the ends of its own cues, at marks, between words; never inside a word or a number.

use std::ops::Range;

use unicode_segmentation::UnicodeSegmentation;

use super::super::wrap::{CLOSING, OPENING};
use super::Spoken;
use crate::anchor::{Mention, mentions};
use crate::lexicon::Lexicon;
use crate::quantity::{Number, Quantity};
use crate::text::{fold_char, is_han};

/// A place for a cut.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Place {
    /// Byte of the text, 0 and its end included.
    pub(super) at: usize,
    /// What cutting here costs, in the mean length of a part.
    pub(super) penalty: f64,
}

/// A comma is worth going a tenth of a part for, a sentence's or a cue's end half a part, rather than cutting between two words.
const CLAUSE: f64 = 0.1;
const WORD: f64 = 0.5;

/// The places of a text, ascending.
pub(super) fn places(spoken: &Spoken<'_>, lexicon: &Lexicon) -> Vec<Place> {
    let text = spoken.text.as_str();
    let mut ends: Vec<usize> =
        spoken.pieces.iter().map(|(range, _, _)| range.end).chain(spoken.ends.iter().copied()).collect();
    ends.sort_unstable();
    let numbers: Vec<Range<usize>> = mentions(text, spoken.lang).iter().filter_map(|m| number(text, m)).collect();
    let inside_word = inside_words(text, &numbers, lexicon);
    let mut places = vec![Place { at: 0, penalty: 0.0 }];
    let mut number = numbers.iter().peekable();
    for (at, _) in text.split_word_bound_indices() {
        let (before, after) = (&text[..at], &text[at..]);
        let Some((last, next)) = before.chars().next_back().zip(after.chars().next()) else { continue };
        // The blank goes with what stands before it.
        if next.is_whitespace() || before.trim_end().ends_with(|c| OPENING.contains(c)) || CLOSING.contains(next) {
            continue;
        }
        while number.next_if(|n| n.end <= at).is_some() {}
        // What 个 counts belongs to it.
        if number.peek().is_some_and(|n| n.start < at)
            || before.ends_with('个')
            || inside_word.binary_search(&at).is_ok()
        {
            continue;
        }
        let bare = before.trim_end();
        let is_end = ends.get(ends.partition_point(|&e| e < bare.len())).is_some_and(|&e| e <= at);
        let mark = bare.chars().next_back().filter(|c| CLAUSE_MARKS.contains(*c));
        if !is_end && mark.is_none() && !may_part(last, next) {
            continue;
        }
        let penalty = if is_end {
            0.0
        } else if mark.is_some() {
            CLAUSE
        } else {
            WORD
        };
        places.push(Place { at, penalty });
    }
    places.push(Place { at: text.len(), penalty: 0.0 });
    places
}

/// A number is cut together with the thing that it counts. A date, a time, a currency and a percent sign already belong
/// to the mention.
fn number(text: &str, mention: &Mention) -> Option<Range<usize>> {
    let Range { start, end } = mention.range;
    match mention.quantity? {
        Quantity::Date(_) | Quantity::Time(_) => Some(start..end),
        Quantity::Number(Number { unit: Some(unit), .. }) if unit.is_currency() || unit.is_share() => Some(start..end),
        _ => Some(start..counted(text, end)),
    }
}

/// Where a number ends for cutting: with the measure word that follows it.
fn counted(text: &str, end: usize) -> usize {
    let mut rest = text.get(end..).unwrap_or_default().chars();
    rest.next().filter(|c| is_han(*c)).map_or(end, |measure| end + measure.len_utf8())
}

/// Marks behind which a text may be cut.
const CLAUSE_MARKS: &str = "，。、；：？！…—,;:?!.";

/// Whether two characters without a mark between them belong to two words.
fn may_part(last: char, next: char) -> bool {
    if last.is_whitespace() {
        return true;
    }
    // A digit and what it counts stay together, and 第 with its number.
    (is_han(last) || is_han(next)) && !last.is_numeric() && !(last == '第' && next.is_numeric())
}

/// Bytes inside of Chinese words, ascending. A word does not reach into a number: 六点|开门, not 点开.
fn inside_words(text: &str, numbers: &[Range<usize>], lexicon: &Lexicon) -> Vec<usize> {
    let mut inside = Vec::new();
    let mut number = numbers.iter().flat_map(|n| [n.start, n.end]).peekable();
    let mut chars = text.char_indices().peekable();
    while let Some((start, c)) = chars.next() {
        if !is_han(c) {
            continue;
        }
        while number.next_if(|&edge| edge <= start).is_some() {}
        let edge = number.peek().copied().unwrap_or(text.len());
        let mut places = vec![start];
        let mut run = String::from(fold_char(c));
        while let Some((at, c)) = chars.next_if(|&(at, c)| is_han(c) && at < edge) {
            places.push(at);
            run.push(fold_char(c));
        }
        let mut first = 0;
        for word in lexicon.cut(&run) {
            let count = word.chars().count();
            inside.extend(places.iter().skip(first + 1).take(count.saturating_sub(1)));
            first += count;
        }
    }
    inside
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::Lang;

    fn cut(text: &str, lang: Lang) -> String {
        let lexicon = Lexicon::builtin().unwrap();
        let spoken = Spoken { text: text.to_owned(), lang, pieces: vec![], ends: vec![text.len()] };
        let places = places(&spoken, &lexicon);
        places.windows(2).map(|w| text[w[0].at..w[1].at].trim()).collect::<Vec<_>>().join("|")
    }

    #[test]
    fn words_and_numbers_stay_whole() {
        assert_eq!(cut("We sold 1.2 million tickets, Ann said.", Lang::En), "We|sold|1.2 million|tickets,|Ann|said.");
        assert_eq!(cut("我们卖出了120万张票，“很好”。", Lang::Zh), "我们|卖出|了|120万张|票，|“很|好”。");
        assert_eq!(cut("六点开门，四个小时后关门。", Lang::Zh), "六点|开门，|四个小时|后|关门。");
        assert_eq!(cut("在New York开会", Lang::Zh), "在|New|York|开会");
    }
}
