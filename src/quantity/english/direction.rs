//! Whether the words of the clause say that a value is a rise or a fall.
//!
//! The words that govern the number decide: a verb or particle before it ("fell 5%", "down 5%", "cut costs by 5%"), a
//! noun before it ("a decline of 5%", "growth was 5%") or after it ("a 5% decline"), or a comparative after it ("5%
//! lower"). A new level ("rose to 5%") has no direction.
//!
//! ```text
//! change = verb { filler } value | verb { word } "by" { filler } value | noun "of" { filler } value | noun is value
//!        | value { modifier } ( noun | "higher" | "less" )
//! ```

use rust_decimal::Decimal;

use super::English;
use super::vocabulary::Class;
use crate::quantity::draft::Draft;
use crate::quantity::{Direction, Quantity, Unit};

/// How far before "by" its verb may be: "raised its forecast for the year by 5%".
const BY_WORDS: usize = 10;
/// The same, if no word connects verb and number: "cut its workforce 5%".
const OBJECT_WORDS: usize = 4;
/// How far before "of" or after a number its noun may be ("a net loss per diluted share of 5 cents", "20%
/// year-over-year net sales growth"), how far before "from" its verb may be, and the greatest distance between the
/// values of one change.
const WORDS: usize = 7;

/// The kind of the number. It decides which words can make the number a change.
#[derive(Clone, Copy)]
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
            // The sign of a negative number already gives the direction.
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
    /// The direction of a value. Its clause reaches from token `from`, after the value `last`, to `to`, where the next
    /// value begins.
    pub(super) fn direction(&self, draft: &Draft, last: Option<&Draft>, from: usize, to: usize) -> Option<Direction> {
        let nature = Nature::of(&draft.quantity)?;
        let (start, end) = (self.index(draft.start), self.index(draft.end));
        let own = self
            .by_noun(start, from)
            .or_else(|| self.by_words_behind(end, to, nature))
            .or_else(|| self.by_words_before(start, end, from, nature));
        own.or_else(|| last.filter(|last| self.goes_with(last, nature, start, from))?.direction)
    }

    /// "A decrease of $40 million in operating profit": the noun right before "of" decides.
    fn by_noun(&self, start: usize, from: usize) -> Option<Direction> {
        let of = self.hedged_from(start).checked_sub(2).filter(|noun| *noun >= from && self.word(noun + 1, "of"))?;
        self.noun(of).filter(|_| !self.word(of, "loss losses"))
    }

    /// Whether the value at token `start` continues the change of the value before it, which ends before token `from`:
    /// "fell 5%, or $3 million", "up 12% year over year and 3% sequentially", "cut costs by a third and jobs by ten
    /// percent".
    fn goes_with(&self, last: &Draft, nature: Nature, start: usize, from: usize) -> bool {
        let both = nature.share && Nature::of(&last.quantity).is_some_and(|last| last.share);
        let to = self.hedged_from(start);
        let link = to.saturating_sub(1);
        let plain = |i: usize| {
            let period = self.is(i, Class::Modifier) || self.is(i, Class::Period);
            period || matches!(self.sign(i), ',' | '/') || self.word(i, "points")
        };
        let again = self.word(link, "or") || (self.word(link, "and") && both);
        let also = both && self.word(link, "by") && self.word(from, "and") && to <= from + 4;
        also || (again && (from + 1..=from + WORDS).contains(&to) && (from..link).all(plain))
    }

    /// The first token of the hedge before token `i`, or `i`.
    fn hedged_from(&self, i: usize) -> usize {
        self.phrase_before(i, Class::Before).map_or(i, |found| found.1)
    }

    fn noun(&self, i: usize) -> Option<Direction> {
        self.sense(i, Class::Noun).map(direction)
    }

    /// The direction of a profit or discount. Its margin, its rate and its former level have none.
    fn gain(&self, i: usize, nature: Nature) -> Option<Direction> {
        let ends = !self.is_word(i + 1) || (self.is(i + 1, Class::Barrier) && !self.is(i + 1, Class::Copula));
        let gain = self.sense(i, Class::Gain).filter(|_| ends || self.word(i + 1, "per")).map(direction);
        gain.filter(|gain| *gain == Direction::Down || !nature.share)
    }

    /// The verb of change at `i`, and its class.
    pub(super) fn verb(&self, i: usize) -> Option<(Direction, Class)> {
        let classes = [Class::Verb, Class::Weak, Class::Particle];
        classes.into_iter().find_map(|class| Some((direction(self.sense(i, class)?), class)))
    }

    fn by_words_behind(&self, end: usize, limit: usize, nature: Nature) -> Option<Direction> {
        // "A 5-point drop".
        let points = !nature.unit && self.word(end, "point points");
        let measured = nature.unit || points;
        let head = end + usize::from(points);
        // "62 percent, up 110 basis points": the particle belongs to the second number.
        let other = self.hedged_from(limit) == head + 1 && limit < self.tokens.len() && self.is(head, Class::Particle);
        let compared = [
            (Class::Gap, measured),
            (Class::Count, nature.share || self.word(head + 1, "than")),
            (Class::Off, nature.change && !self.hyphen(head + 1)),
            (Class::Particle, nature.share && !self.word(head + 1, "front payment")),
        ];
        let compared =
            compared.into_iter().find_map(|(class, fits)| self.sense(head, class).filter(|_| fits && !other));
        if let Some(value) = compared.filter(|_| head < limit) {
            return Some(direction(value));
        }
        let head = head + usize::from(nature.change && self.word(head, if nature.share { "in" } else { "in of" }));
        for at in (head..limit.min(end + WORDS)).take_while(|at| self.is_word(*at)) {
            if !nature.share && self.word(at, "growth expansion acceleration") {
                return None;
            }
            if let Some(direction) = self.noun(at).or_else(|| self.gain(at, nature)) {
                return (measured || (at == head && self.word(at, "increase decrease"))).then_some(direction);
            }
            self.is(at, Class::Modifier).then_some(())?;
        }
        None
    }

    fn by_words_before(&self, start: usize, end: usize, limit: usize, nature: Nature) -> Option<Direction> {
        let (mut at, mut by, mut measured) = (start, false, false);
        let word = loop {
            let before = at.checked_sub(1).filter(|b| *b >= limit && self.is_word(*b))?;
            let phrase = |class| self.phrase_before(at, class).map(|found| found.1).filter(|first| *first >= limit);
            if let Some(first) = phrase(Class::Measured) {
                (measured, at) = (true, first);
            } else if let Some(first) = phrase(Class::Before) {
                // What falls below 3% falls by an unknown amount.
                (!(first..at).any(|i| self.is(i, Class::Bound))).then_some(())?;
                at = first;
            } else if self.is(before, Class::Filler) || (nature.share && self.word(before, "at")) {
                by |= self.word(before, "by");
                at = before;
            } else if nature.share && nature.range && self.words(before.saturating_sub(1), "in the").is_some() {
                at = before - 1;
            } else {
                break before;
            }
        };
        let noun = |i: usize| self.noun(i);
        if self.word(word, "of") {
            let stop = |i: usize| self.word(i, "to from with by of and base");
            return self.nearest(word, limit, WORDS, stop, |i| noun(i).or_else(|| self.gain(i, nature)));
        }
        if self.is(word, Class::Copula) {
            let stop = |i: usize| !self.word(i, "rate the") && self.is(i, Class::Barrier);
            return self.nearest(word, limit, OBJECT_WORDS, stop, noun);
        }
        if let Some(direction) = noun(word).filter(|_| measured) {
            return Some(direction);
        }
        if let Some((direction, class)) = self.verb(word) {
            let less = direction == Direction::Down && (nature.change || (nature.large && self.word(word, "lost")));
            let moved = word <= limit || self.follows(word, Class::Moving) || !self.is_word(word - 1);
            let fits = match class {
                Class::Verb => !self.word(word, "growth") || nature.share,
                // "Raised $5 million" is not a rise.
                Class::Weak => nature.share || by || less,
                _ if nature.share || by || self.word(end, "points") => !self.follows(word, Class::Phrasal),
                // "Oil was up $2", but "racks up $2 in debt".
                _ => (nature.change || !nature.unit) && moved,
            };
            return fits.then_some(direction);
        }
        if by {
            let done = self.view.slice(0, self.end(word + 1)).ends_with(&['e', 'd']);
            let stop = |i: usize| self.word(i, "to from and but which that while") || self.is(i, Class::Agent);
            // "Cut start-up time by 40%": the particle is part of a word.
            let verb = |i: usize| self.verb(i).filter(|v| v.1 != Class::Particle || !self.hyphen(i));
            let change = |i: usize| verb(i).map(|v| v.0).or_else(|| noun(i).filter(|_| nature.change));
            return if done || stop(word) { None } else { self.nearest(at, limit, BY_WORDS, stop, change) };
        }
        (nature.change && !self.is(word, Class::Barrier)).then_some(())?;
        let stop = |i: usize| self.is(i, Class::Barrier) && !self.word(i, "the") && !self.is(i, Class::Possessive);
        self.nearest(at, limit, OBJECT_WORDS, stop, |i| {
            let meant = |class| class != Class::Particle || self.is(word, Class::Period);
            self.verb(i).filter(|v| meant(v.1) && (!self.word(i, "growth") || nature.share)).map(|v| v.0)
        })
    }

    /// The direction of the nearest of at most `most` words before `at` that has a direction, unless another word stops
    /// the search.
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

    /// Whether a verb of change comes before "from" at token `i`: "rose from", "went up from".
    pub(super) fn moves(&self, i: usize) -> bool {
        let change = |i: usize| self.verb(i).is_some() || self.noun(i).is_some() || self.is(i, Class::Times);
        self.before(i, WORDS)
            .take_while(|i| self.is_word(*i))
            .any(|i| change(i) || self.word(i, "changed moved went go goes"))
    }
}
