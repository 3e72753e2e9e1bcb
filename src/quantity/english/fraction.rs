//! Parts of a whole, and of a unit.
//!
//! ```text
//! fraction = ( "a" | "one" | number ) parts | "half" | digits "/" digits | sign | number ( "in" | "out of" | "of every" ) number
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
        let article = self.one_of(i, "a an");
        if self.word(i, "half") {
            return self.half(i, i + 1);
        }
        if self.word(i, "quarter") {
            return self.part_of_unit(i, i + 1, 1, 4);
        }
        // "The first three quarters of 2023" are nine months.
        if self.follows(i, Class::Ordinal) || self.follows(i, Class::Coming) {
            return None;
        }
        let over = if article { 1 } else { self.sense(i, Class::Cardinal).filter(|n| (1..20).contains(n))? };
        let (under, end) = (self.sense(i + 1, Class::Part).filter(|under| over < *under)?, i + 2);
        if under == 2 {
            // "A half million" is a number, "a half hour" half of one.
            return self.half(i, end).filter(|d| !article || !matches!(d.0.quantity, Quantity::Fraction { .. }));
        }
        if (over > 1) != (self.view.before(self.end(end)) == 's') {
            return None;
        }
        if let Some(found) = self.part_of_unit(i, end, over, under) {
            return Some(found);
        }
        // "A quarter" and "three quarters" are months too, "a third" a third one.
        let open = article || (under == 4 && !self.hyphen(i + 1));
        let measured = self.measured(i) && (under != 4 || self.one_of(i.saturating_sub(1), "by than"));
        let filled = under == 4 && self.is(end, Class::Filled);
        let compared = self.is(end, Class::Comparative) || self.one_of(end, "of the as");
        if !open || compared || measured || filled { self.share(i, end, over, under) } else { None }
    }

    fn share(&self, i: usize, end: usize, over: u64, under: u64) -> Found {
        self.found(i, end, Quantity::fraction(over, under)?)
    }

    /// Whether a word before `i` shows that a part of something is meant.
    fn measured(&self, i: usize) -> bool {
        self.phrase_before(i, Class::Before).is_some() || self.one_of(i.saturating_sub(1), "by than as only")
    }

    /// "Half of", "half the staff", "more than half", "half an hour"; the half ends before `end`.
    fn half(&self, i: usize, end: usize) -> Found {
        if let Some(found) = self.in_unit(i, end, Decimal::new(5, 1)) {
            return Some(found);
        }
        if self.word(end, "of") && self.one_of(end + 1, "one a an") {
            return self.in_unit(i, end + 1, Decimal::new(5, 1));
        }
        // "Half-hearted", "half past" and "half asleep" are no parts.
        if self.hyphen(end) {
            return None;
        }
        if self.word(end, "as") && self.is_word(end + 1) {
            return self.found(i, end, Quantity::Multiple(Decimal::new(5, 1)));
        }
        let half = end.saturating_sub(1);
        let closed = !self.is_word(end) || self.one_of(end, "in by over and to");
        let named = self.follows(half, Class::Ordinal) || self.follows(half, Class::Latter);
        let meant =
            self.is(end, Class::Whole) || (closed && (self.word(half.saturating_sub(1), "one") || self.measured(i)));
        if meant && !named { self.share(i, end, 1, 2) } else { None }
    }

    /// "An hour", "a percentage point", "-hour" or "-point" behind a part that ends before `end`.
    fn in_unit(&self, i: usize, end: usize, share: Decimal) -> Found {
        let article = self.one_of(end, "a an one");
        let at = end + usize::from(article);
        let mut num = Num::new(at, share, Form::Words);
        self.scales(&mut num, false);
        let scaled = num.scale.is_some();
        let unit = self.unit(num.end, &num);
        let (unit, part, next) = match unit {
            _ if self.word(at, "point") && (article || self.hyphen(at) || share.scale() == 2) => {
                (Some(Unit::POINT), None, at + 1)
            }
            Some(m) => (Some(m.unit), m.part, m.end),
            None => (None, None, scaled.then_some(num.end)?),
        };
        // "Half second", "half pound" without article or hyphen are two words by chance.
        let joined = self.hyphen(at)
            || (self.one_of(i, "a an") && self.word(end.saturating_sub(1), "half"))
            || self.one_of(at, "hour mile day year")
            || unit.is_some_and(Unit::is_share);
        (scaled || article || joined).then_some(())?;
        let total = num.total()?.checked_mul(part.unwrap_or(Decimal::ONE))?;
        self.found(i, next, Quantity::Number(Number::exact(total, unit)))
    }

    /// "A quarter of an hour", "three quarters of a million", "quarter-point": where the part comes out as a decimal.
    fn part_of_unit(&self, i: usize, end: usize, over: u64, under: u64) -> Found {
        let share = decimal(over, under)?;
        if self.word(end, "of") && self.one_of(end + 1, "a an one") {
            return self.in_unit(i, end + 1, share);
        }
        // "Quarter percentage point", "a quarter-mile".
        let found = self.in_unit(i, end, share)?;
        let unit = super::unit_of(&found.0.quantity)?;
        let length = self.hyphen(end) && matches!(unit.symbol(), "mi" | "h" | "in");
        (unit.is_share() || length).then_some(found)
    }

    /// What the number at token `i` makes an ordinal, a ratio or a multiple.
    pub(super) fn by_number(&self, i: usize, num: &Num) -> Found {
        if num.form == Form::Ordinal {
            // "Fifth (5th)".
            let n = num.count()?;
            let same = self.sign(num.end) == '(' && self.small(num.end + 1, 9999).map(u64::from) == Some(n);
            let end = if same && self.sign(num.end + 3) == ')' { num.end + 4 } else { num.end };
            return self.found(i, end, Quantity::Ordinal(n));
        }
        if let Some((over, under)) =
            vulgar(self.sign(i)).filter(|_| num.scale.is_none() && self.unit(num.end, num).is_none())
        {
            return self.share(i, num.end, over, under);
        }
        self.ratio(i, num).or_else(|| self.times(i, num))
    }

    /// "One in four", "nine out of ten", "three of every five".
    fn ratio(&self, i: usize, num: &Num) -> Found {
        let certain = self.phrase(num.end, Class::Ratio).map(|found| found.1);
        let at = certain.or_else(|| self.words(num.end, "in"))?;
        let last = match certain.and_then(|_| self.scale(at, false)) {
            Some(scale) => Num::new(at + 1, scale, Form::Words),
            None => self.number(at, false).filter(|n| n.form != Form::Ordinal)?,
        };
        let (over, under) = (num.count()?, last.count()?);
        // "Three in 30 minutes", "five in 2000".
        let free = self.unit(last.end, &last).is_none() && !(self.tight(last.end) && self.is_word(last.end));
        let year = over > 1 && self.small(at, 2100).is_some_and(|n| n > 1500);
        let meant = certain.is_some() || (over < 10 && !year);
        if meant && free && over < under { self.share(i, last.end, over, under) } else { None }
    }

    /// `1/2`, `5/12`, `3/4 inch`, `⅔`; anything else with a slash (24/7, 9/11) is no number. Gives the token behind.
    pub(super) fn slash(&self, i: usize) -> Option<(Option<Draft>, usize)> {
        if let Some((over, under)) = vulgar(self.sign(i)).filter(|(over, under)| decimal(*over, *under).is_none()) {
            return self.share(i, i + 1, over, under).map(|(draft, end)| (Some(draft), end));
        }
        let more = |at: usize| self.sign(at) == '/' && self.tight(at) && self.tight(at + 1) && self.is_figure(at + 1);
        (self.is_figure(i) && more(i + 1)).then_some(())?;
        let mut end = i + 3;
        while more(end) {
            end += 2;
        }
        let (over, under) = (self.small(i, 99).unwrap_or(0).into(), self.small(i + 2, 100).unwrap_or(0).into());
        let usual = under <= 10 || matches!(under, 12 | 16 | 20 | 24 | 25 | 32 | 50 | 64 | 100);
        if end > i + 3 || !usual || !(1..under).contains(&over) {
            return Some((None, end));
        }
        let measured = decimal(over, under).and_then(|share| {
            let unit = self.unit(end, &Num::new(end, share, Form::Words)).filter(|m| m.part.is_none())?;
            self.found(i, unit.end, Quantity::Number(Number::exact(share, Some(unit.unit))))
        });
        measured.or_else(|| self.share(i, end, over, under)).map(|(draft, end)| (Some(draft), end))
    }
}

/// The fraction as a decimal, if it is a short one.
fn decimal(over: u64, under: u64) -> Option<Decimal> {
    Decimal::from(over).checked_div(Decimal::from(under)).filter(|share| share.scale() <= 6)
}

/// ½ and the like.
pub(super) fn vulgar(c: char) -> Option<(u64, u64)> {
    const UNDER: [(&str, u64, u64); 7] =
        [("½", 1, 2), ("⅓⅔", 1, 3), ("¼", 1, 4), ("⅕⅖⅗⅘", 1, 5), ("⅙", 1, 6), ("¾", 3, 4), ("⅛", 1, 8)];
    match c {
        '⅜' => Some((3, 8)),
        '⅝' => Some((5, 8)),
        '⅞' => Some((7, 8)),
        '⅚' => Some((5, 6)),
        _ => UNDER
            .iter()
            .find_map(|(signs, over, under)| Some((over + signs.chars().position(|s| s == c)? as u64, *under))),
    }
}
