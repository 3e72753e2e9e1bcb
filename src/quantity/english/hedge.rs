//! How exact a number is, and its sign.
//!
//! ```text
//! value  = [ hedge ] [ sign ] expression [ bound ]
//! hedge  = "about" | "more than" | "up to" | ">=" | ...
//! sign   = "minus" | "negative" | "-"
//! bound  = "or more" | "+" | "below zero" | ...
//! ```

use super::English;
use super::vocabulary::Class;
use crate::quantity::draft::Draft;
use crate::quantity::{Hedge, Quantity, Unit};

/// The hedge of a row of the table.
fn hedge(value: u64) -> Hedge {
    match value {
        0 => Hedge::About,
        1 => Hedge::Over,
        _ => Hedge::Under,
    }
}

/// How far before a bound its negation may be.
const NEGATION_WORDS: usize = 9;
/// The same for the noun of a limit.
const LIMIT_WORDS: usize = 6;

impl English<'_> {
    /// The hedge between a number and its unit at token `i`, and the token after it.
    pub(super) fn inner(&self, i: usize) -> Option<(Hedge, usize)> {
        if self.sign(i) == '+' {
            let sum = self.is_figure(i + 1) && self.tight(i + 1);
            return (self.tight(i) && !sum).then_some((Hedge::Over, i + 1));
        }
        self.phrase(i, Class::Inner).map(|(value, end)| (hedge(value), end))
    }

    /// Adds the sign of a number. The words before character `floor` belong to another value.
    pub(super) fn signed(&self, draft: Draft, floor: usize) -> Draft {
        let minus = self.minus(self.index(draft.start)).filter(|at| self.start(*at) >= floor);
        let next = self.index(draft.end);
        // "Forty below", if it does not say below what.
        let cold = || {
            self.word(next, "below")
                .then_some(next + 1)
                .filter(|end| self.word(*end, "out outside") || !self.is_word(*end))
        };
        let level = self.words(next, "below zero").or_else(|| self.words(next, "below sea level"));
        let below = level.or_else(|| self.words(next, "below freezing")).or_else(cold);
        let quantity = match draft.quantity {
            _ if minus.is_none() && below.is_none() => return draft,
            Quantity::Number(n) if !n.low.is_sign_negative() => Quantity::Number(n.negated()),
            Quantity::Fraction { numerator, denominator } if numerator > 0 => {
                Quantity::Fraction { numerator: -numerator, denominator }
            }
            _ => return draft,
        };
        let start = minus.map_or(draft.start, |at| self.start(at));
        Draft { start, end: below.map_or(draft.end, |end| self.end(end)), quantity, ..draft }
    }

    /// Where the minus before token `i` begins.
    pub(super) fn minus(&self, i: usize) -> Option<usize> {
        let at = i.checked_sub(1)?;
        let before = at.saturating_sub(1);
        if self.word(at, "minus negative") {
            // "Seven minus three" and "the parameter minus 50" subtract, and "plus or minus" is not a sign.
            let signed = at == 0 || !self.is_word(before) || self.is(before, Class::Signed);
            let noun = self.word(at, "minus") && !signed;
            let number = noun || self.is_figure(before) || self.is(before, Class::Cardinal);
            return (!number && !self.word(before, "or") && !self.hyphen(i)).then_some(at);
        }
        let opens = matches!(self.sign(before), '(' | '[' | '"' | '“' | '~' | '<' | '>' | '=');
        let dash = matches!(self.sign(at), '-' | '−' | '–') && self.tight(i);
        (dash && (opens || !self.tight(at) || at == 0)).then_some(at)
    }

    /// Adds the hedges before and after a draft, between the characters `floor` and `next`.
    pub(super) fn with_hedge(&self, mut draft: Draft, floor: usize, next: usize) -> Draft {
        if matches!(draft.quantity, Quantity::Date(_) | Quantity::Time(_) | Quantity::Ordinal(_)) {
            return draft;
        }
        let before = self.hedge_before(&draft).filter(|(_, at)| self.start(*at) >= floor);
        if let Some((hedge, end)) = self.hedge_behind(&draft).filter(|(_, end)| self.end(*end) <= next) {
            (draft.hedge, draft.end) = (hedge, self.end(end));
        }
        if let Some((hedge, at)) = before {
            (draft.hedge, draft.start) = (hedge, self.start(at));
        }
        draft
    }

    /// A hedge before a draft, and its first token.
    fn hedge_before(&self, draft: &Draft) -> Option<(Hedge, usize)> {
        let first = self.index(draft.start);
        // "Within the next three years".
        let coming = self.follows(first, Class::Coming) && self.word(first.saturating_sub(2), "the");
        let end = first - if coming { 2 } else { 0 };
        let at = end.checked_sub(1)?;
        let at = at - usize::from(self.sign(at) == '=' && self.tight(at));
        match self.sign(at) {
            '~' | '≈' => return Some((Hedge::About, at)),
            // An arrow.
            '>' if matches!(self.sign(at.saturating_sub(1)), '=' | '-') && self.tight(at) => return None,
            '>' | '≥' => return Some((Hedge::Over, at)),
            '<' | '≤' => return Some((Hedge::Under, at)),
            _ => {}
        }
        // "At least another gigawatt", "nearly a further 20%".
        let further = end - usize::from(self.word(at, "another additional further extra combined total"));
        let further = further - usize::from(further < end && self.word(further.saturating_sub(1), "a an"));
        let before = at.saturating_sub(1);
        // "The cap on damages is $2 million".
        let limit = || {
            let noun = self
                .before(at, LIMIT_WORDS)
                .find(|i| self.is(*i, Class::Limit) || self.is(*i, Class::Unbound) && !self.word(*i, "of on in for"));
            noun.filter(|_| self.word(at, "is was are were at to"))
                .and_then(|i| Some((self.sense(i, Class::Limit)?, end)))
        };
        let found = self.phrase_before(end, Class::Before).or_else(|| self.phrase_before(further, Class::Before));
        // "Wider than 3 mm".
        let compared =
            || self.sense(before, Class::Gap).filter(|_| self.word(at, "than")).map(|value| (1 + value, before));
        let found = found.or_else(limit).or_else(compared);
        let (value, start) = found?;
        let unit = super::unit_of(&draft.quantity);
        let duration = unit.is_some_and(Unit::is_duration);
        let spans = duration || unit.is_some_and(|u| u.base().symbol() == "m" || u.is_share());
        let within = self.word(start, "within");
        // "Over the past year" is not a bound. Nor are "the above 3 items" and "edged up to 4%".
        let during = self.word(end - 1, "over") && end - start == 1 && duration && !self.follows(start, Class::Lasting);
        let above = self.word(start, "above") && self.word(start.saturating_sub(1), "the");
        let moved = self.words(start, "up to").is_some() && self.follows(start, Class::Drift);
        let none = (within && !spans) || (coming && !within) || during || above || moved;
        let value = if self.is_negated(start) { 3 - value } else { value };
        (!none).then_some((hedge(value), start))
    }

    /// Whether a word before the bound at token `i` reverses it: "does not weigh more than", "no customer is above". In
    /// "no child younger than two" it does not.
    fn is_negated(&self, i: usize) -> bool {
        let before = i.saturating_sub(1);
        if self.word(before, "no not") && self.word(i + 1, "than") {
            return true;
        }
        let plain = self.word(i, "exceed exceeded exceeds exceeding")
            || self.word(i, "more less fewer") && self.word(i + 1, "than");
        let placed = self.word(i, "over under above below beyond") || self.word(i + 1, "than");
        let counts = self.word(before, "for") && self.word(before - 1, "account accounts accounted accounting");
        let open = plain && (counts || !self.is(before, Class::Unbound)) || placed && self.is(before, Class::Standing);
        // "None of the districts reported a rate higher than".
        let open = open
            || self.word(i + 1, "than")
                && self.before(i, NEGATION_WORDS).any(|i| self.word(i, "none nobody never neither"));
        let joined = |i: &usize| self.word(*i, "that which because if but whether although while when only");
        open && self.before(i, NEGATION_WORDS).take_while(|i| !joined(i)).any(|i| self.is(i, Class::Negation))
    }

    /// A hedge after a draft, and the token after it.
    fn hedge_behind(&self, draft: &Draft) -> Option<(Hedge, usize)> {
        let end = self.index(draft.end);
        if self.sign(end) == '+' && self.tight(end) {
            return (!self.is_figure(end + 1)).then_some((Hedge::Over, end + 1));
        }
        let bare = super::unit_of(&draft.quantity).is_none();
        // "500 units or more".
        let counted = bare && self.is_word(end) && self.word(end + 1, "or");
        let behind = |at: usize| self.phrase(at, Class::Behind);
        // "The 4.5% ceiling".
        let limit = || self.sense(end, Class::Limit).map(|value| (value, end));
        let (value, stop) = behind(end).or_else(limit).or_else(|| behind(end + 1).filter(|h| counted && h.0 > 0))?;
        // In "five plus three" and "seven odd numbers" the word is not a hedge, and "at least" may belong to the next
        // number. "18 or older" is an age.
        let number = self.is_figure(stop) || self.is(stop, Class::Cardinal) || self.currency_before(stop).is_some();
        let age = bare && self.word(stop - 1, "older younger");
        (!number && !age && !self.word(stop, "than or numbers")).then_some((hedge(value), stop))
    }
}
