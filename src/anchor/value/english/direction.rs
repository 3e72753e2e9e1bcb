//! Whether the words of the clause say that a value is a rise or a fall.
//!
//! The words that govern the number decide: a verb or particle before it ("fell 5%", "down 5%", "cut costs by 5%"), a noun
//! before it ("a decline of 5%", "growth was 5%") or behind it ("a 5% decline"), a comparative behind it ("5% lower"). What
//! is reached ("rose to 5%") has no direction.

use rust_decimal::Decimal;

use super::change::{
    MOVING, PHRASAL, Role, is_agent, is_barrier, is_bound, is_filler, is_modifier, is_period, noun, verb,
};
use super::words::{ahead, back, follows, preceding};
use crate::anchor::value::read::Draft;
use crate::anchor::value::{Direction, Meaning, Unit};
use crate::anchor::view::View;

/// How far before the number its verb may stand where "by" connects them: "raised its forecast for the year by 5%".
const BY_WORDS: usize = 10;
/// The same where nothing connects them: "cut its workforce 5%".
const OBJECT_WORDS: usize = 4;
/// How far before "of" its noun may stand: "a net loss per diluted share of 5 cents".
const OF_WORDS: usize = 6;
/// How far before "from" its verb may stand: "rose slightly from".
const FROM_WORDS: usize = 5;
/// Words between a number and the noun behind it: "20% year-over-year net sales growth".
const BEHIND_WORDS: usize = 7;

fn is_unit_of_change(unit: Option<Unit>) -> bool {
    unit.is_some_and(|u| u == Unit::PERCENT || u == Unit::POINT || u.is_currency())
}

/// What the number is: decides which words can make it a change.
struct Kind {
    /// A share: percent, percentage points, or a fraction.
    share: bool,
    /// A share or money.
    change: bool,
    /// It has a unit.
    unit: bool,
}

impl Kind {
    fn of(meaning: &Meaning) -> Option<Kind> {
        let unit = match *meaning {
            // A negative number has said it already.
            Meaning::Number(number) if number.low < Decimal::ZERO => return None,
            Meaning::Number(number) => number.unit,
            Meaning::Fraction { .. } => return Some(Kind { share: true, change: true, unit: true }),
            Meaning::Order { unit, .. } => unit,
            _ => return None,
        };
        let change = is_unit_of_change(unit);
        Some(Kind { share: change && !unit.is_some_and(Unit::is_currency), change, unit: unit.is_some() })
    }
}

/// Where a value goes. `clause` reaches from the end of the value before it to the start of the next.
pub(super) fn direction(view: &View, draft: &Draft, clause: (usize, usize)) -> Option<Direction> {
    let kind = Kind::of(&draft.meaning)?;
    by_words_behind(view, draft.end, clause.1, &kind).or_else(|| by_words_before(view, draft, clause.0, &kind))
}

fn by_words_behind(view: &View, end: usize, limit: usize, kind: &Kind) -> Option<Direction> {
    // "A 5-point drop".
    let points = ahead(view, end).is_some_and(|(word, _)| word.starts_with("point"));
    let mut at = end;
    for k in 0..BEHIND_WORDS {
        let (word, next) = ahead(view, at).filter(|&(_, next)| next <= limit)?;
        let following = ahead(view, next).map(|(word, _)| word).unwrap_or_default();
        match word.as_str() {
            "lower" if k == 0 && kind.unit => return Some(Direction::Down),
            "higher" if k == 0 && kind.unit => return Some(Direction::Up),
            "less" | "fewer" if k == 0 && kind.share => return Some(Direction::Down),
            "more" if k == 0 && kind.share => return Some(Direction::Up),
            "down" if k == 0 && kind.share && following != "payment" => return Some(Direction::Down),
            "up" if k == 0 && kind.share && following != "front" => return Some(Direction::Up),
            // "$3 million in losses", "5% of growth".
            "in" | "of" if k == 0 && kind.change => {}
            "growth" | "expansion" | "acceleration" if !kind.share => return None,
            "point" | "points" if k == 0 && !kind.unit => {}
            "drop" | "fall" | "cut" if matches!(following.as_str(), "out" | "off" | "into" | "in" | "down") => {
                return None;
            }
            _ => match noun(&word) {
                Some(direction) => {
                    let bare = k == 0 && word.ends_with("crease");
                    return (kind.unit || points || bare).then_some(direction);
                }
                None if is_modifier(&word) => {}
                None => return None,
            },
        }
        at = next;
    }
    None
}

fn by_words_before(view: &View, draft: &Draft, limit: usize, kind: &Kind) -> Option<Direction> {
    // What falls below 3% falls by an unknown amount.
    if ahead(view, draft.start).is_some_and(|(word, _)| is_bound(&word)) {
        return None;
    }
    let points = ahead(view, draft.end).is_some_and(|(word, _)| word == "points");
    let start = draft.start;
    let (mut at, mut by, mut range) = (start, false, false);
    let next = |at: usize| back(view, at).filter(|&(_, start)| start >= limit);
    let (mut word, mut begin) = next(at)?;
    loop {
        if is_filler(&word) {
            by |= word == "by";
        } else if word == "at" && kind.share {
            // "Growing at 20%", "at least 20%".
        } else if let Some(start) = measured_by(view, at, begin, &word) {
            range = true;
            begin = start;
        } else {
            break;
        }
        at = begin;
        (word, begin) = next(at)?;
    }
    if word == "of" {
        return near(view, begin, limit, OF_WORDS, |w| matches!(w, "to" | "from" | "with" | "by" | "of" | "and"), noun);
    }
    if matches!(word.as_str(), "was" | "is" | "were" | "be" | "been" | "reached" | "totaled" | "totalled" | "averaged")
    {
        return near(view, begin, limit, OBJECT_WORDS, |w| w != "rate" && is_barrier(w) && w != "the", noun);
    }
    if range && let Some(direction) = noun(&word) {
        return Some(direction);
    }
    if let Some((direction, role)) = verb(&word) {
        let fits = match role {
            Role::Verb => word != "growth" || kind.share,
            // Money that is raised is no more than it was.
            Role::Weak => kind.share || by || (kind.change && direction == Direction::Down),
            Role::Particle if kind.share || by || points => !follows(view, begin, PHRASAL),
            // "Oil was up $2", but "racks up $2 in debt".
            Role::Particle => {
                let before = next(begin).map(|(word, _)| word);
                kind.change && before.is_none_or(|word| MOVING.contains(&word.as_str()))
            }
        };
        return fits.then_some(direction);
    }
    if by {
        if is_agent(&word) || (word.ends_with("ed") && verb(&word).is_none()) {
            return None;
        }
        let stop = |w: &str| matches!(w, "to" | "from" | "and" | "but" | "which" | "that" | "while") || is_agent(w);
        let change = |w: &str| verb(w).map(|v| v.0).or_else(|| noun(w).filter(|_| kind.change));
        return near(view, at, limit, BY_WORDS, stop, change);
    }
    if !kind.change || is_barrier(&word) {
        return None;
    }
    let stop = |w: &str| is_barrier(w) && !matches!(w, "the" | "its" | "our" | "their" | "his" | "her" | "your");
    near(view, at, limit, OBJECT_WORDS, stop, |w| {
        verb(w)
            .filter(|v| v.1 != Role::Particle || is_period(&word))
            .map(|v| v.0)
            .filter(|_| w != "growth" || kind.share)
    })
}

/// "An average of", "in the range of", "a rate of": the index of the first word, if `word`, "of", ends such a phrase.
fn measured_by(view: &View, at: usize, begin: usize, word: &str) -> Option<usize> {
    const PHRASES: &[&str] = &[
        "in the range of",
        "an average of",
        "a total of",
        "a rate of",
        "an annual rate of",
        "a compound rate of",
        "at the rate of",
        "a pace of",
        "the order of",
        "a margin of",
    ];
    if word != "of" {
        return None;
    }
    PHRASES.iter().find_map(|phrase| super::words::before(view, at, phrase)).filter(|&start| start < begin)
}

/// The direction of the nearest of at most `most` words before `at` that has one, unless a word stops the search.
fn near(
    view: &View,
    at: usize,
    limit: usize,
    most: usize,
    stop: impl Fn(&str) -> bool,
    direction: impl Fn(&str) -> Option<Direction>,
) -> Option<Direction> {
    preceding(view, at, most)
        .iter()
        .take_while(|(word, start)| *start >= limit && !stop(word))
        .find_map(|(word, _)| direction(word))
}

/// Whether a verb of change stands before "from" at the end of `start`: "rose from", "went up from".
pub(super) fn moves(view: &View, start: usize) -> bool {
    preceding(view, start, FROM_WORDS).iter().any(|(word, _)| {
        verb(word).is_some()
            || noun(word).is_some()
            || matches!(
                word.as_str(),
                "went" | "moved" | "changed" | "go" | "goes" | "doubled" | "tripled" | "quadrupled" | "halved"
            )
    })
}
