//! Whether the words of the clause say that a value is a rise or a fall.
//!
//! The words that govern the number decide: a verb or particle before it ("fell 5%", "down 5%", "cut costs by 5%"), a noun
//! before it ("a decline of 5%", "growth was 5%") or behind it ("a 5% decline"), a comparative behind it ("5% lower"). What
//! is reached ("rose to 5%") has no direction.
//!
//! ```text
//! change = verb { filler } value | noun "of" { filler } value | noun is value | value { modifier } ( noun | "higher" | "less" )
//!        | verb { word } "by" { filler } value
//! ```

use rust_decimal::Decimal;

use super::English;
use super::vocabulary::Class;
use crate::quantity::draft::Draft;
use crate::quantity::{Direction, Quantity, Unit};

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

/// What the number is: decides which words can make it a change.
struct Nature {
    /// Percent, percentage points, or a fraction.
    share: bool,
    /// A share or money.
    change: bool,
    unit: bool,
    range: bool,
    /// A bare number of a thousand or more.
    large: bool,
}

impl Nature {
    fn of(quantity: &Quantity) -> Option<Nature> {
        let unit = super::unit_of(quantity);
        let (fraction, range, large) = match *quantity {
            // A negative number has said it already.
            Quantity::Number(n) if n.low.is_sign_negative() => return None,
            Quantity::Number(n) => (false, n.high.is_some(), n.low >= Decimal::ONE_THOUSAND && unit.is_none()),
            Quantity::Magnitude { .. } => (false, false, unit.is_none()),
            Quantity::Fraction { .. } => (true, false, false),
            _ => return None,
        };
        let share = fraction || unit.is_some_and(Unit::is_share);
        let change = share || unit.is_some_and(Unit::is_currency);
        Some(Nature { share, change, unit: fraction || unit.is_some(), range, large })
    }
}

fn direction(value: u64) -> Direction {
    if value == 0 { Direction::Up } else { Direction::Down }
}

impl English<'_> {
    /// Where a value goes. Its clause reaches from token `from`, behind the value before it, to `to`, the first of the next.
    pub(super) fn direction(&self, draft: &Draft, from: usize, to: usize) -> Option<Direction> {
        let nature = Nature::of(&draft.quantity)?;
        let (start, end) = (self.index(draft.start), self.index(draft.end));
        self.by_words_behind(end, to, &nature).or_else(|| self.by_words_before(start, end, from, &nature))
    }

    /// The first token of the hedge before token `i`, or `i`.
    fn hedged_from(&self, i: usize) -> usize {
        self.phrase_before(i, Class::Before).map_or(i, |found| found.1)
    }

    fn noun(&self, i: usize) -> Option<Direction> {
        self.sense(i, Class::Noun).map(direction)
    }

    /// The verb of change at `i`, and its class.
    pub(super) fn verb(&self, i: usize) -> Option<(Direction, Class)> {
        let classes = [Class::Verb, Class::Weak, Class::Particle];
        classes.into_iter().find_map(|class| Some((direction(self.sense(i, class)?), class)))
    }

    fn by_words_behind(&self, end: usize, limit: usize, nature: &Nature) -> Option<Direction> {
        // "A 5-point drop".
        let points = self.one_of(end, "point points");
        for at in (end..limit.min(end + BEHIND_WORDS)).take_while(|at| self.is_word(*at)) {
            let first = at == end;
            let share = nature.share
                && (self.one_of(at, "less fewer more")
                    || (self.one_of(at, "up down") && !self.one_of(at + 1, "front payment")));
            // "62 percent, up 110 basis points": the particle belongs to what follows.
            let other = self.hedged_from(limit) == at + 1 && limit < self.tokens.len() && self.is(at, Class::Particle);
            if first && ((nature.unit && self.one_of(at, "lower higher")) || share) && !other {
                return Some(if self.one_of(at, "higher more up") { Direction::Up } else { Direction::Down });
            }
            if first && ((nature.change && self.one_of(at, "in of")) || (!nature.unit && points)) {
                continue;
            }
            // "Drop out", "cut off" are verbs.
            let phrasal = self.one_of(at, "drop fall cut") && self.one_of(at + 1, "out off into in down");
            if phrasal || (!nature.share && self.one_of(at, "growth expansion acceleration")) {
                return None;
            }
            if let Some(direction) = self.noun(at) {
                let bare = first && self.one_of(at, "increase decrease");
                return (nature.unit || points || bare).then_some(direction);
            }
            self.is(at, Class::Modifier).then_some(())?;
        }
        None
    }

    fn by_words_before(&self, start: usize, end: usize, limit: usize, nature: &Nature) -> Option<Direction> {
        let points = self.word(end, "points");
        let (mut at, mut by, mut measured) = (start, false, false);
        let word = loop {
            let before = at.checked_sub(1).filter(|b| *b >= limit && self.is_word(*b))?;
            let phrase = |class| self.phrase_before(at, class).map(|found| found.1).filter(|first| *first >= limit);
            if let Some(first) = phrase(Class::Measured) {
                (measured, at) = (true, first);
            } else if let Some(first) = phrase(Class::Before) {
                // What falls below 3% falls by an unknown amount.
                if (first..at).any(|i| self.is(i, Class::Bound)) {
                    return None;
                }
                at = first;
            } else if self.is(before, Class::Filler) {
                by |= self.word(before, "by");
                at = before;
            } else if nature.share && self.word(before, "at") {
                at = before;
            } else if nature.share && nature.range && self.words(before.saturating_sub(1), "in the").is_some() {
                at = before - 1;
            } else {
                break before;
            }
        };
        if self.word(word, "of") {
            let stop = |i: usize| self.one_of(i, "to from with by of and");
            return self.nearest(word, limit, OF_WORDS, stop, |i| self.noun(i));
        }
        if self.is(word, Class::Copula) {
            let stop = |i: usize| !self.one_of(i, "rate the") && self.is(i, Class::Barrier);
            return self.nearest(word, limit, OBJECT_WORDS, stop, |i| self.noun(i));
        }
        if let Some(direction) = self.noun(word).filter(|_| measured) {
            return Some(direction);
        }
        if let Some((direction, class)) = self.verb(word) {
            let free = !self.word(word, "growth") || nature.share;
            let less = direction == Direction::Down && (nature.change || (nature.large && self.word(word, "lost")));
            let fits = match class {
                Class::Verb => free,
                // Money that is raised is no more than it was.
                Class::Weak => nature.share || by || less,
                _ if nature.share || by || points => !self.follows(word, Class::Phrasal),
                // "Oil was up $2", but "racks up $2 in debt".
                _ => {
                    (nature.change || !nature.unit)
                        && (word <= limit || self.follows(word, Class::Moving) || !self.is_word(word - 1))
                }
            };
            return fits.then_some(direction);
        }
        let verb = |i: usize| self.verb(i);
        if by {
            let token = self.token(word);
            let done = self.view.slice(token.end.saturating_sub(2), token.end) == ['e', 'd'];
            let stop = |i: usize| self.one_of(i, "to from and but which that while") || self.is(i, Class::Agent);
            let change = |i: usize| verb(i).map(|v| v.0).or_else(|| self.noun(i).filter(|_| nature.change));
            return if done || stop(word) { None } else { self.nearest(at, limit, BY_WORDS, stop, change) };
        }
        (nature.change && !self.is(word, Class::Barrier)).then_some(())?;
        let stop = |i: usize| self.is(i, Class::Barrier) && !self.word(i, "the") && !self.is(i, Class::Possessive);
        self.nearest(at, limit, OBJECT_WORDS, stop, |i| {
            let meant = |class| class != Class::Particle || self.is(word, Class::Period);
            verb(i).filter(|v| meant(v.1) && (!self.word(i, "growth") || nature.share)).map(|v| v.0)
        })
    }

    /// The direction of the nearest of at most `most` words before `at` that has one, unless a word stops the search.
    fn nearest(
        &self,
        at: usize,
        limit: usize,
        most: usize,
        stop: impl Fn(usize) -> bool,
        direction: impl Fn(usize) -> Option<Direction>,
    ) -> Option<Direction> {
        self.before(at, most).take_while(|i| *i >= limit && self.is_word(*i) && !stop(*i)).find_map(direction)
    }

    /// Whether a verb of change stands before "from" at token `i`: "rose from", "went up from".
    pub(super) fn moves(&self, i: usize) -> bool {
        self.before(i, FROM_WORDS).take_while(|i| self.is_word(*i)).any(|i| {
            self.verb(i).is_some()
                || self.noun(i).is_some()
                || self.one_of(i, "went moved changed go goes")
                || self.is(i, Class::Times)
        })
    }
}
