//! Multiples, orders of magnitude, and the bands of guidance.
//!
//! ```text
//! multiple = "doubled" | "threefold" | "double" compared | number ( "x" | "fold" | "times" compared ) | "in half" | "factor of" number
//! order    = plural { "of" plural } [ "of" ] [ unit ] | ( "several" | "a few" | ... ) scale { scale } [ unit ]
//! band     = third [ "to" third ] [ currency ] base [ unit ] | third base "to" third base [ unit ]
//! third    = "low" | "mid" | "high"
//! base     = "single digits" | "double digits" | "teens" | "twenties" | digits "s"
//! ```

use rust_decimal::Decimal;

use super::numeral::{Form, Num};
use super::vocabulary::Class;
use super::{English, Found};
use crate::quantity::{Hedge, Number, Quantity, Unit, decimal};

/// How far before "in half" and "by a factor of" the verb may stand.
const VERB_WORDS: usize = 6;
/// Zeros of the largest order of magnitude that is said.
const MOST_ZEROS: u64 = 15;

/// The numbers of a band but for its third: their start, a tenth of them, how many thirds, and the token behind.
struct Base {
    start: u64,
    tenth: u64,
    width: u64,
    end: usize,
}

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
        let whole = self.unit(num.end, &num).is_none() && num.total()? > Decimal::ONE;
        if whole && !cut { self.multiplied(i, num.end, num.total()?) } else { None }
    }

    /// Whether "double" or "twice" at `i` says a multiple.
    fn compared(&self, i: usize) -> bool {
        if self.word(i, "twice") {
            let hedged = self.phrase_before(i, Class::Before).is_some() && !self.one_of(i + 1, "a per");
            return hedged || self.compares(i + 1);
        }
        let named = self.hyphen(i + 1) || self.one_of(i + 1, "digit digits down standard check");
        !named && (self.is(i + 1, Class::Compared) || self.follows(i, Class::Auxiliary))
    }

    /// Whether a comparison stands at `i`, and not "this week".
    fn compares(&self, i: usize) -> bool {
        (self.is(i, Class::Compared) && !self.one_of(i, "this last")) || self.is(i, Class::Comparative)
    }

    /// "3x", "12-fold", "three times as many": what `num` at `i` multiplies.
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
        let Some((zeros, end)) = plural(i) else { return self.vague_order(i) };
        let (mut total, mut at) = (zeros, end);
        // "Hundreds and hundreds", "thousands upon thousands".
        if self.one_of(at, "and upon on") && plural(at + 1).is_some_and(|p| p.0 == zeros) {
            at += 2;
        }
        while let Some((more, end)) = plural(at + 1).filter(|p| self.word(at, "of") && p.0 > 1 && total < MOST_ZEROS) {
            (total, at) = (total + more, end);
        }
        // "Tens" by itself counts little.
        if at > end || !self.word(i, "tens") { self.ordered(i, total, at) } else { None }
    }

    /// "Several hundred", "a few million", "a couple of dozen".
    fn vague_order(&self, i: usize) -> Found {
        let article = self.word(i, "a");
        let vague = i + usize::from(article);
        (self.is(vague, Class::Vague) && (!article || self.one_of(vague, "few couple"))).then_some(())?;
        let at = vague + 1 + usize::from(self.words(vague, "couple of").is_some());
        let dozen = |at: usize| self.sense(at, Class::Group).filter(|n| *n == 12).map(|_| 1);
        let zeros = |at: usize| self.sense(at, Class::Magnitude).or_else(|| dozen(at));
        let more = zeros(at + 1);
        self.ordered(i, zeros(at)? + more.unwrap_or(0), at + 1 + usize::from(more.is_some()))
    }

    /// Takes in the unit: "hundreds of miles", "several million dollars".
    fn ordered(&self, i: usize, zeros: u64, at: usize) -> Found {
        let zeros = u32::try_from(zeros.min(MOST_ZEROS)).ok()?;
        let num = Num::new(at, decimal::power(zeros)?, Form::Words);
        let unit = self.unit(at + usize::from(self.word(at, "of")), &num).filter(|m| m.part.is_none());
        self.found(i, unit.map_or(at, |m| m.end), Quantity::Magnitude { zeros, unit: unit.map(|m| m.unit) })
    }

    /// The band of figures at token `i`: "mid-teens", "low- to mid-$30s", "high-single to low-double digits".
    pub(super) fn band(&self, i: usize) -> Found {
        let third = |i: usize| self.sense(i, Class::Third);
        let skip = |at: usize| at + usize::from(self.sign(at) == '-');
        let first = third(i)?;
        let (mut last, mut at) = (first, skip(i + 1));
        if let Some(other) = third(at + 1).filter(|_| self.word(at, "to")) {
            (last, at) = (other, skip(at + 2));
        }
        let currency = self.vocabulary.signs.at(|n| self.key(n), at, Some).filter(|_| self.sign(at) != '\0');
        let mut base = self.base(currency.map_or(at, |c| c.1), last)?;
        let low = base.start + first * base.tenth;
        if let Some(other) = third(base.end + 1).filter(|_| self.word(base.end, "to"))
            && let Some(next) = self.base(skip(base.end + 2), other)
        {
            (last, base) = (other, next);
        }
        let (high, end) = (Decimal::from(base.start + (last + base.width) * base.tenth), base.end);
        let percent = self.one_of(end.saturating_sub(1), "single double digit digits");
        let unit = match (currency, self.unit(end, &Num::new(end, high, Form::Digits))) {
            (Some((sign, _)), _) => Some((sign.unit, end)),
            (None, Some(unit)) => Some((unit.unit, unit.end)),
            _ if self.word(end, "percentage") => Some((Unit::PERCENT, end + 1)),
            _ if percent => Some((Unit::PERCENT, end)),
            _ if self.near(i, 2, Class::Possessive) => Unit::of_symbol("yr").map(|u| (u, end)),
            _ if self.before(i, 3).chain([end]).any(|i| self.is_change(i)) => Some((Unit::PERCENT, end)),
            _ => None,
        };
        let number = Number::range(low.into(), high, Decimal::ONE, unit.map(|u| u.0));
        let (draft, next) = self.found(i, unit.map_or(end, |u| u.1), Quantity::Number(number))?;
        Some((draft.hedged(Hedge::About), next))
    }

    /// Whether growth is spoken of at `i`.
    fn is_change(&self, i: usize) -> bool {
        self.is(i, Class::Verb) || self.is(i, Class::Weak) || self.is(i, Class::Noun)
    }

    /// The base of a band at token `i`, of the third that begins with `third`.
    fn base(&self, i: usize, third: u64) -> Option<Base> {
        let named = self.one_of(i + 1, "digit digits");
        if self.word(i, "single") {
            // "High-single to low-double digits".
            let hanging = self.word(i + 1, "to") && self.is(i + 2, Class::Third);
            return (named || hanging).then(|| Base { start: 0, tenth: 1, width: 2, end: i + 1 + usize::from(named) });
        }
        if self.word(i, "double") {
            // Nobody says what a middle of double digits is; the low ones are 10 to 13.
            return (named && third == 1).then_some(Base { start: 9, tenth: 1, width: 3, end: i + 2 });
        }
        if let Some(start) = self.sense(i, Class::Tens) {
            // "The mid-twenties" may be years.
            let unit =
                self.unit(i + 1, &Num::new(i, Decimal::TEN, Form::Words)).is_some() || self.word(i + 1, "percentage");
            let marked = start == 10 || unit || self.near(i, 3, Class::Possessive);
            return marked.then_some(Base { start, tenth: 1, width: 2, end: i + 1 });
        }
        let start =
            self.small(i, 999).filter(|n| *n >= 20 && n % 10 == 0 && self.tight(i + 1) && self.word(i + 1, "s"))?;
        Some(Base { start: start.into(), tenth: if start % 100 == 0 { 10 } else { 1 }, width: 2, end: i + 2 })
    }
}
