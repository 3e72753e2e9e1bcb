//! Multiples, orders of magnitude, and ranges such as "mid-teens" (bands).
//!
//! ```text
//! multiple = "doubled" | "threefold" | "double" compared | number ( "x" | "fold" | "times" compared ) | "in half"
//!          | "factor of" number
//! order    = plural { "of" plural } [ "of" ] [ unit ] | ( "several" | "a few" | ... ) scale { scale } [ unit ]
//! band     = third [ "to" third ] [ currency ] base [ unit ] | third base "to" third base [ unit ]
//! third    = "low" | "mid" | "high"
//! base     = "single digits" | "double digits" | "teens" | "twenties" | digits "s"
//! ```

use rust_decimal::Decimal;

use super::numeral::{Form, Num};
use super::vocabulary::Class;
use super::{English, Found};
use crate::quantity::{Hedge, Number, Quantity, Unit};

/// How far before "in half" and "by a factor of" the verb may be.
const VERB_WORDS: usize = 6;
/// The zeros of the largest order of magnitude in use.
const MOST_ZEROS: u64 = 15;

impl English<'_> {
    fn multiplied(&self, i: usize, end: usize, times: Decimal) -> Found {
        if times > Decimal::ZERO { self.found(i, end, Quantity::Multiple(times)) } else { None }
    }

    /// The multiple at the word `i`.
    pub(super) fn multiple(&self, i: usize) -> Found {
        let compare = || self.sense(i, Class::Compare).filter(|_| self.compared(i));
        if let Some(times) = self.sense(i, Class::Times).or_else(compare) {
            return self.multiplied(i, i + 1, Decimal::new(i64::try_from(times).ok()?, 2));
        }
        let cut = self.near(i, VERB_WORDS, Class::Cut);
        if let Some(end) = self.words(i, "in half") {
            return if cut { self.multiplied(i, end, Decimal::new(5, 1)) } else { None };
        }
        let num = self.number(self.words(i, "factor of")?, false)?;
        let whole = self.unit(num.end, num.large()).is_none() && num.total()? > Decimal::ONE;
        if whole && !cut { self.multiplied(i, num.end, num.total()?) } else { None }
    }

    /// Whether "double" or "twice" at `i` is a multiple.
    fn compared(&self, i: usize) -> bool {
        if self.word(i, "twice") {
            let hedged = self.phrase_before(i, Class::Before).is_some() && !self.word(i + 1, "a per");
            return hedged || self.compares(i + 1);
        }
        let named = self.hyphen(i + 1) || self.word(i + 1, "digit digits down standard check");
        !named && (self.is(i + 1, Class::Compared) || self.follows(i, Class::Auxiliary))
    }

    /// Whether a comparison is at `i`. "This week" is not one.
    fn compares(&self, i: usize) -> bool {
        (self.is(i, Class::Compared) && !self.word(i, "this last")) || self.is(i, Class::Comparative)
    }

    /// "3x", "12-fold", "three times as many": the multiple with the number `num` at `i`.
    pub(super) fn times(&self, i: usize, num: &Num) -> Found {
        let end = num.end;
        let figure = num.form == Form::Digits && self.tight(end) && !(self.tight(end + 1) && self.is_word(end + 1));
        let x = figure && (self.word(end, "x") || self.sign(end) == '×');
        let times = self.word(end, "times") && !self.hyphen(end);
        let compared = times && (self.compares(end + 1) || self.follows(i, Class::Multiplied));
        if x || compared || self.word(end, "fold") { self.multiplied(i, end + 1, num.total()?) } else { None }
    }

    /// The order of magnitude at token `i`.
    pub(super) fn order(&self, i: usize) -> Found {
        let plural = |i: usize| self.phrase(i, Class::Order);
        let (zeros, at) = match plural(i) {
            Some((mut total, end)) => {
                // "Hundreds and hundreds", "thousands upon thousands".
                let twice = self.word(end, "and upon on") && plural(end + 1).is_some_and(|p| p.0 == total);
                let mut at = end + if twice { 2 } else { 0 };
                while let Some((more, end)) =
                    plural(at + 1).filter(|p| self.word(at, "of") && p.0 > 1 && total < MOST_ZEROS)
                {
                    (total, at) = (total + more, end);
                }
                // "Tens" alone is too vague.
                (at > end || !self.word(i, "tens")).then_some((total, at))?
            }
            // "Several hundred", "a few million", "a couple of dozen".
            None => {
                let article = usize::from(self.word(i, "a"));
                let (vague, few) = (i + article, self.word(i + article, "few couple"));
                (self.is(vague, Class::Vague) && (article == 0 || few)).then_some(())?;
                let at = self.words(vague + 1, "of").filter(|_| self.word(vague, "couple")).unwrap_or(vague + 1);
                let dozen = |at: usize| self.sense(at, Class::Group).filter(|n| *n == 12).map(|_| 1);
                let zeros = |at: usize| self.sense(at, Class::Magnitude).or_else(|| dozen(at));
                let more = zeros(at + 1);
                (zeros(at)? + more.unwrap_or(0), at + 1 + usize::from(more.is_some()))
            }
        };
        // "Hundreds of miles", "several million dollars".
        let zeros = u32::try_from(zeros.min(MOST_ZEROS)).ok()?;
        let unit = self.unit(at + usize::from(self.word(at, "of")), zeros > 2).filter(|m| m.part.is_none());
        self.found(i, unit.map_or(at, |m| m.end), Quantity::Magnitude { zeros, unit: unit.map(|m| m.unit) })
    }

    /// The band at token `i`: "mid-teens", "low- to mid-$30s", "high-single to low-double digits".
    pub(super) fn band(&self, i: usize) -> Found {
        let third = |i: usize| self.sense(i, Class::Third);
        // "In her thirties", "in their 30s".
        if self.follows(i, Class::Possessive) && self.word(i.saturating_sub(2), "in") && third(i).is_none() {
            let tens = self.sense(i, Class::Tens).map(|tens| (tens, i + 1));
            let (tens, end) = tens.or_else(|| Some((self.base(i, 1)?.0 - 1, i + 2)))?;
            let number = Number::new(tens.into(), Decimal::ONE, Unit::of_symbol("yr"));
            let (draft, next) = self.found(i, end, Quantity::Number(number))?;
            return (20..100).contains(&tens).then_some((draft.hedged(Hedge::Over), next));
        }
        let skip = |at: usize| at + usize::from(self.sign(at) == '-');
        let other = |at: usize| third(at + 1).filter(|_| self.word(at, "to")).map(|third| (third, skip(at + 2)));
        let first = third(i)?;
        let (last, at) = other(skip(i + 1)).unwrap_or((first, skip(i + 1)));
        let currency = self.vocabulary.signs.at(|n| self.key(n), at, Some).filter(|_| self.sign(at) != '\0');
        let at = currency.map_or(at, |c| c.1);
        let (_, mut high, mut end) = self.base(at, last)?;
        let low = self.base(at, first).map_or(high, |base| base.0);
        if let Some((_, more, stop)) = other(end).and_then(|(third, at)| self.base(at, third)) {
            (high, end) = (more, stop);
        }
        let digits = self.word(end.saturating_sub(1), "single double digit digits");
        let change = |i: usize| [Class::Verb, Class::Weak, Class::Noun].into_iter().any(|class| self.is(i, class));
        let unit = match (currency, self.unit(end, high >= 1_000)) {
            (Some((sign, _)), _) => Some((sign.unit, end)),
            (None, Some(unit)) => Some((unit.unit, unit.end)),
            _ if self.word(end, "percentage") => Some((Unit::PERCENT, end + 1)),
            _ if !digits && self.near(i, 2, Class::Possessive) => Unit::of_symbol("yr").map(|unit| (unit, end)),
            // A score may rise to the low 60s, but a change in the teens is a percentage.
            _ => Some((Unit::PERCENT, end))
                .filter(|_| digits || (high < 20 && self.before(i, 3).chain([end]).any(change))),
        };
        let number = Number::range(low.into(), high.into(), Decimal::ONE, unit.map(|u| u.0));
        let (draft, next) = self.found(i, unit.map_or(end, |u| u.1), Quantity::Number(number))?;
        Some((draft.hedged(Hedge::About), next))
    }

    /// The lowest and highest number of a band at token `i`, and the token after it.
    fn base(&self, i: usize, third: u64) -> Option<(u64, u64, usize)> {
        let named = self.word(i + 1, "digit digits");
        let (start, tenth, width, end) = if self.word(i, "single") {
            // "High-single to low-double digits".
            let hanging = self.word(i + 1, "to") && self.is(i + 2, Class::Third);
            (named || hanging).then_some((0, 1, 2, i + 1 + usize::from(named)))?
        } else if self.word(i, "double") {
            // The middle of double digits is not defined. The low double digits are 10 to 13.
            (named && third == 1).then_some((9, 1, 3, i + 2))?
        } else if let Some(start) = self.sense(i, Class::Tens) {
            // "The mid-twenties" may be years.
            let unit = self.unit(i + 1, false).is_some();
            let marked = start == 10 || unit || self.word(i + 1, "percentage") || self.near(i, 3, Class::Possessive);
            marked.then_some((start, 1, 2, i + 1))?
        } else {
            let start = self.small(i, 999).filter(|n| *n >= 20 && n % 10 == 0)?;
            (self.tight(i + 1) && self.word(i + 1, "s")).then_some(())?;
            (start.into(), if start % 100 == 0 { 10 } else { 1 }, 2, i + 2)
        };
        Some((start + third * tenth, start + (third + width) * tenth, end))
    }
}
