//! Fractions of a whole and of a unit.
//!
//! ```text
//! fraction = ( "a" | number ) parts | "half" | digits "/" digits | sign | number ( "in" | "out of" | ... ) number
//! amount   = ( "half" | parts "of" | parts "-" ) ( "a" | "an" | "one" ) ( scale | unit ) | digits "/" digits unit
//! ```

use rust_decimal::Decimal;

use super::numeral::{Form, Num};
use super::vocabulary::Class;
use super::{English, Found};
use crate::quantity::draft::Draft;
use crate::quantity::{Number, Quantity, Unit};

impl English<'_> {
    /// The fraction in words at token `i`.
    pub(super) fn fraction(&self, i: usize) -> Found {
        let article = self.word(i, "a an");
        if self.word(i, "half") {
            return self.half(i, i + 1);
        }
        if self.word(i, "quarter") {
            return self.part_of_unit(i, i + 1, 1, 4);
        }
        // "The first three quarters of 2023" is nine months.
        if self.follows(i, Class::Ordinal) || self.follows(i, Class::Coming) {
            return None;
        }
        let over = if article { 1 } else { self.sense(i, Class::Cardinal).filter(|n| (1..20).contains(n))? };
        let (under, end) = (self.sense(i + 1, Class::Part).filter(|under| over < *under)?, i + 2);
        if under == 2 {
            // "A half million" is a number, "a half hour" is half of one.
            let amount = |d: &(Draft, usize)| !matches!(d.0.quantity, Quantity::Fraction { .. });
            return self.half(i, end).filter(|d| !article || amount(d) || self.measured(i));
        }
        if (over > 1) != (self.view.before(self.end(end)) == 's') {
            return None;
        }
        if let Some(found) = self.part_of_unit(i, end, over, under) {
            return Some(found);
        }
        // "A quarter" and "three quarters" can also be months, and "a third" can be the third one.
        let open = article || (under == 4 && !self.hyphen(i + 1));
        let lasting = |at: usize| self.word(at.saturating_sub(1), "for in after within since last past");
        let bounded = self.phrase_before(i, Class::Before).is_some_and(|(_, at)| !lasting(at));
        let by = self.word(i.saturating_sub(1), "by than");
        let month = under == 4 && !by && (!bounded || self.is(end, Class::Later));
        let filled = under == 4 && self.is(end, Class::Filled);
        let closed =
            !self.is_word(end) && under > 2 && self.word(i.saturating_sub(1), "barely hardly scarcely merely just");
        let compared = closed || self.is(end, Class::Comparative) || self.word(end, "of the as are were have say off");
        if !open || compared || filled || (self.measured(i) && !month) { self.share(i, end, over, under) } else { None }
    }

    fn share(&self, i: usize, end: usize, over: u64, under: u64) -> Found {
        let same = |at: usize, n: u64| self.small(at, 99).is_some_and(|m| n == u64::from(m));
        let slash = |at: usize| same(at, over) && self.sign(at + 1) == '/' && same(at + 2, under);
        let end = self.again(end, |at| slash(at).then_some(at + 3));
        self.found(i, end, Quantity::fraction(over, under)?)
    }

    /// Whether a word before `i` shows that a part is meant.
    fn measured(&self, i: usize) -> bool {
        self.phrase_before(i, Class::Before).is_some() || self.word(i.saturating_sub(1), "by than as only which whom")
    }

    /// "Half of", "half the staff", "more than half", "half an hour"; the half ends before `end`.
    fn half(&self, i: usize, end: usize) -> Found {
        if let Some(found) = self.part_of_unit(i, end, 1, 2) {
            return Some(found);
        }
        if self.word(end, "as") && self.is_word(end + 1) || self.words(end, "again as").is_some() {
            // "Half as many again" is one and a half times as many.
            if self.word(end, "again") || self.word(end + 2, "again") {
                return self.found(
                    i,
                    if self.word(end, "again") { end + 1 } else { end + 3 },
                    Quantity::Multiple(Decimal::new(15, 1)),
                );
            }
            return self.found(i, end, Quantity::Multiple(Decimal::new(5, 1)));
        }
        let half = end.saturating_sub(1);
        let closed =
            !self.is_word(end) || self.word(end, "in by over and to within during after from since when while");
        let named = self.follows(half, Class::Ordinal) || self.follows(half, Class::Latter);
        let counted = self.word(half.saturating_sub(1), "one") || self.measured(i);
        let meant = self.is(end, Class::Whole) || (closed && counted);
        if meant && !named { self.share(i, end, 1, 2) } else { None }
    }

    /// "An hour" or "a percentage point" after a part, or "-hour" or "-point". The part ends before `end`.
    fn in_unit(&self, i: usize, end: usize, share: Decimal) -> Found {
        let article = self.word(end, "a an one");
        let at = end + usize::from(article);
        let mut num = Num::new(at, share, Form::Words);
        self.scales(&mut num, false);
        let unit = self.unit(num.end, num.large());
        let points = self.word(at, "point") && (article || self.hyphen(at) || share.scale() == 2);
        let (unit, part, next) = match unit {
            _ if points => (Some(Unit::POINT), None, at + 1),
            Some(m) => (Some(m.unit), m.part, m.end),
            None => (None, None, num.scale.map(|_| num.end)?),
        };
        // In "half second" and "half pound", without an article or a hyphen, the two words need not belong together.
        let halved = self.word(i, "a an") && self.word(end.saturating_sub(1), "half");
        let joined = halved || self.hyphen(at) || self.word(at, "hour mile day year century");
        (num.scale.is_some() || article || joined || unit.is_some_and(Unit::is_share)).then_some(())?;
        let total = num.total()?.checked_mul(part.unwrap_or(Decimal::ONE))?;
        self.found(i, next, Quantity::Number(Number::exact(total, unit)))
    }

    /// "A quarter of an hour", "three quarters of a million", "quarter-point": fractions that have an exact decimal.
    fn part_of_unit(&self, i: usize, end: usize, over: u64, under: u64) -> Found {
        let share = decimal(over, under)?;
        if self.word(end, "of") && self.word(end + 1, "a an one") {
            return self.in_unit(i, end + 1, share);
        }
        // "Quarter percentage point", "a quarter-mile", "a quarter century".
        let length = self.hyphen(end) || self.word(end, "century");
        let found = self.in_unit(i, end, share)?;
        let fits = |u: Unit| u.is_share() || (length && matches!(u.symbol(), "mi" | "h" | "in" | "yr"));
        (under == 2 || super::unit_of(&found.0.quantity).is_some_and(fits)).then_some(found)
    }

    /// The ordinal, ratio or multiple that begins with the number at token `i`.
    pub(super) fn by_number(&self, i: usize, num: &Num) -> Found {
        if num.form == Form::Ordinal {
            let n = num.count()?;
            let same = |at: usize| self.small(at, 9999).is_some_and(|m| n == u64::from(m));
            let end = self.again(num.end, |at| same(at).then_some(at + 2));
            return self.found(i, end, Quantity::Ordinal(n));
        }
        let part = vulgar(self.sign(i)).filter(|_| num.scale.is_none() && self.unit(num.end, false).is_none());
        match part {
            Some((over, under)) => self.share(i, num.end, over, under),
            None => self.ratio(i, num).or_else(|| self.times(i, num)),
        }
    }

    /// "One in four", "nine times out of ten", "three of every five".
    fn ratio(&self, i: usize, num: &Num) -> Found {
        let end = num.end + usize::from(self.word(num.end, "times"));
        let certain = self.phrase(end, Class::Ratio).map(|found| found.1);
        // "One patient in five", "seven pairs in a hundred".
        let noun = || {
            let at = self.words(end + 1, "in").filter(|_| self.is_word(end) && !self.is(end, Class::Barrier))?;
            let round =
                self.word(at, "ten hundred thousand") || self.word(at, "a") && self.word(at + 1, "hundred thousand");
            let one = num.total() == Some(Decimal::ONE) && (self.is(at, Class::Cardinal) || self.is_figure(at));
            (round || one).then_some(at)
        };
        let at = certain.or_else(|| self.words(num.end, "in")).or_else(noun)?;
        let last = match certain.and_then(|_| self.scale(at, false)) {
            Some(scale) => Num::new(at + 1, scale, Form::Words),
            None => self.number(at, false).filter(|n| n.form != Form::Ordinal)?,
        };
        let (over, under) = (num.count()?, last.count()?);
        // "Three in 30 minutes", "five in 2000".
        let plural = at > num.end + 1
            && certain.is_none()
            && !self.is_figure(at)
            && self.view.before(self.end(last.end + 1)) == 's'
            && self.is_word(last.end)
            && !self.is(last.end, Class::Barrier);
        let free =
            !plural && self.unit(last.end, last.large()).is_none() && !(self.tight(last.end) && self.is_word(last.end));
        let year = (over > 1 || at > num.end + 1) && self.small(at, 2100).is_some_and(|n| n > 1500);
        let meant = certain.is_some() || (over < 10 && !year);
        if meant && free && over < under { self.share(i, last.end, over, under) } else { None }
    }

    /// `1/2`, `5/12`, `3/4 inch`, `⅔`, and the token after it. Other words with a slash (24/7, 9/11) are not numbers.
    pub(super) fn slash(&self, i: usize) -> Option<(Option<Draft>, usize)> {
        let share = |end: usize, (over, under): (u64, u64)| {
            self.share(i, end, over, under).map(|(draft, end)| (Some(draft), end))
        };
        if let Some(part) = vulgar(self.sign(i)).filter(|(over, under)| decimal(*over, *under).is_none()) {
            return share(i + 1, part);
        }
        let more = |at: usize| self.sign(at) == '/' && self.tight(at) && self.tight(at + 1) && self.is_figure(at + 1);
        let slashes = (0..).take_while(|n| self.is_figure(i) && more(i + 1 + 2 * n)).count();
        let end = i + 1 + 2 * slashes;
        (slashes > 0).then_some(())?;
        let (over, under) = (self.small(i, 99).unwrap_or(0).into(), self.small(i + 2, 100).unwrap_or(0).into());
        let usual = under <= 10 || matches!(under, 12 | 16 | 20 | 24 | 25 | 32 | 50 | 64 | 100);
        if slashes > 1 || !usual || !(1..under).contains(&over) {
            return Some((None, end));
        }
        let unit = self.unit(end, false).filter(|m| m.part.is_none());
        let Some((value, unit)) = decimal(over, under).zip(unit) else {
            return share(end, (over, under));
        };
        let (draft, next) = self.found(i, unit.end, Quantity::Number(Number::exact(value, Some(unit.unit))))?;
        Some((Some(draft), next))
    }
}

/// The fraction as a decimal, if the decimal is short.
pub(super) fn decimal(over: u64, under: u64) -> Option<Decimal> {
    Decimal::from(over).checked_div(Decimal::from(under)).filter(|share| share.scale() <= 6)
}

/// ½ and other fractions in one sign.
pub(super) fn vulgar(c: char) -> Option<(u64, u64)> {
    const SIGNS: &str = "½⅓⅔¼¾⅕⅖⅗⅘⅙⅚⅛⅜⅝⅞";
    const PARTS: &str = "12 13 23 14 34 15 25 35 45 16 56 18 38 58 78";
    let n = SIGNS.chars().position(|sign| sign == c)?;
    let part: u64 = PARTS.split(' ').nth(n)?.parse().ok()?;
    Some((part / 10, part % 10))
}
