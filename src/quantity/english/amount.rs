//! Numbers with a currency, a unit, or percent, and amounts in several units.
//!
//! ```text
//! amount   = ( single | article unit ) { [","] ["and"] single } [ tail ] [ "(" single ")" ]
//! single   = [ currency ] ( number [ inner ] [ between ] | "(" number ")" [ scale ] ) [ unit ] | digits "'" digits '"'
//! article  = "another" | ( "a" | "an" ) before "and"
//! inner    = "+" | "odd" | "or so" | ...
//! between  = "more" | "full" | ...
//! ```

use rust_decimal::Decimal;

use super::English;
use super::numeral::{Form, Num};
use super::token::{Kind, Numeral};
use super::vocabulary::{Class, UnitSense};
use crate::quantity::draft::Draft;
use crate::quantity::{Hedge, Number, Unit};

/// A unit in the text.
#[derive(Clone, Copy, Debug)]
pub(super) struct Measure {
    pub(super) unit: Unit,
    /// The value of one in the unit.
    pub(super) part: Option<Decimal>,
    /// The token after it.
    pub(super) end: usize,
}

#[derive(Clone, Copy, Debug)]
pub(super) struct Amount {
    /// The first token, and the token after the last one.
    pub(super) first: usize,
    pub(super) next: usize,
    pub(super) num: Num,
    pub(super) unit: Option<Unit>,
    pub(super) part: Option<Decimal>,
    /// The sign of its currency comes before it.
    pub(super) signed: bool,
    pub(super) hedge: Hedge,
    /// A hyphen is between number and unit.
    joined: bool,
}

/// The most units in one amount: hours, minutes and seconds.
const MOST_PARTS: usize = 4;
/// How far before its number a word of weighing may be.
const WEIGHING: usize = 6;

impl Amount {
    fn new(first: usize, num: Num, unit: Option<Measure>) -> Amount {
        let next = unit.map_or(num.end, |m| m.end);
        let (unit, part) = (unit.map(|m| m.unit), unit.and_then(|m| m.part));
        Amount { first, next, num, unit, part, signed: false, hedge: Hedge::Exact, joined: false }
    }

    pub(super) fn number(&self) -> Option<Number> {
        let scale = self.num.scale.unwrap_or(Decimal::ONE).checked_mul(self.part.unwrap_or(Decimal::ONE))?;
        let number = Number::new(self.num.value, self.num.step, self.unit).times(scale)?;
        // A dozen is counted, not rounded.
        let step = if self.num.scale == Some(12.into()) { Decimal::ONE } else { number.step };
        Some(Number::new(number.low, step, self.unit))
    }

    /// Whether it is a number. A bare "one" or "zero" is not, and "one day" means some day.
    pub(super) fn counts(&self) -> bool {
        let day = self.unit.is_some_and(|u| matches!(u.symbol(), "d" | "yr")) && self.part.is_none();
        self.num.form != Form::Weak || (self.unit.is_some() && (!day || self.joined))
    }
}

impl English<'_> {
    /// Reads the amounts from token `i` on into `out`: one amount, or the two ends of a range. "A day or two" is not an
    /// amount.
    pub(super) fn amounts(&self, i: usize, out: &mut Vec<Draft>) -> Option<usize> {
        let first = match self.lone_unit(i) {
            Some(lone) => lone,
            None if self.sign(i) == '(' || self.currency_before(i).is_some() => self.amount(i, None)?,
            None => {
                if let Some((draft, next)) = self.slash(i) {
                    out.extend(draft);
                    return Some(next);
                }
                let num = self.number(i, false)?;
                if let Some((draft, next)) = self.by_number(i, &num) {
                    out.push(draft);
                    return Some(next);
                }
                self.amount(i, Some(num))?
            }
        };
        if let Some(next) = self.range(&first, out) {
            return Some(next);
        }
        let vague = self.word(i.saturating_sub(1), "or") && self.word(i.saturating_sub(3), "a an every each");
        (first.counts() && !vague).then_some(())?;
        out.push(self.draft(&first)?);
        Some(first.next)
    }

    /// The amount at token `i`. Its number may have been read before.
    pub(super) fn amount(&self, i: usize, num: Option<Num>) -> Option<Amount> {
        let mut amount = self.single(i, num)?;
        self.complete(&mut amount);
        Some(amount)
    }

    fn single(&self, i: usize, num: Option<Num>) -> Option<Amount> {
        let currency = self.currency_before(i);
        let money = currency.is_some();
        let at = currency.map_or(i, |c| c.1);
        let brackets = self.sign(at) == '(';
        let negative = brackets || (money && matches!(self.sign(at), '-' | '−'));
        let num = num.or_else(|| self.number(at + usize::from(negative), money));
        let mut num = num.filter(|n| n.form != Form::Ordinal)?;
        if brackets {
            // "$(3.2) million", "(5.2)%".
            let tight = self.tight(at + 1) && self.sign(num.end) == ')' && num.form == Form::Digits;
            num.end += 1;
            (tight && (money || (self.sign(num.end) == '%' && self.tight(num.end)))).then_some(())?;
            self.scales(&mut num, money);
        } else if num.form != Form::Digits {
            let same = |at: usize| self.numeral(at).is_some_and(|n| Some(n.value) == num.total());
            let end = self.again(num.end, |at| same(at).then_some(at + 1));
            (num.form, num.end) = (if end > num.end { Form::Words } else { num.form }, end);
        }
        num.value = if negative { -num.value } else { num.value };
        let mut amount = Amount { unit: currency.map(|c| c.0), signed: money, ..Amount::new(i, num, None) };
        amount.joined = self.hyphen(num.end);
        if let Some(measure) = self.feet(&mut amount.num) {
            return Some(Amount::new(i, amount.num, Some(measure)));
        }
        let inner = self.inner(num.end);
        let at = inner.map_or(num.end, |h| h.1);
        let unit = self
            .unit(at, num.large())
            .or_else(|| self.unit(at + usize::from(self.is(at, Class::Between)), num.large()));
        let close = amount.joined || self.sign(num.end) == '+';
        if let Some((hedge, end)) = inner.filter(|_| unit.is_some() || close) {
            (amount.hedge, amount.next) = (hedge, end);
        }
        match unit {
            // "$5 a day", "$12 per MWh".
            Some(unit) if money && (!unit.unit.is_currency() || unit.part.is_some()) => {}
            Some(unit) if money => amount.next = unit.end,
            Some(unit) => (amount.unit, amount.part, amount.next) = (Some(unit.unit), unit.part, unit.end),
            // 5G is a name, but a name never begins with a decimal fraction.
            None if self.tight(amount.next) && self.is_word(amount.next) => {
                self.numeral(amount.next - 1).is_none_or(|n| n.places > 0).then_some(())?;
            }
            None => {}
        }
        Some(amount)
    }

    /// 5'11": converts the feet to inches.
    fn feet(&self, num: &mut Num) -> Option<Measure> {
        let i = num.end;
        let marks = matches!(self.sign(i), '\'' | '’' | '′') && matches!(self.sign(i + 2), '"' | '”' | '″');
        let tight = marks && (0..3).all(|n| self.tight(i + n)) && num.form == Form::Digits;
        let inches = self.small(i + 1, 11).filter(|_| tight)?;
        num.value = num.total()?.checked_mul(12.into())?.checked_add(inches.into())?;
        num.scale = None;
        Some(Measure { unit: Unit::of_symbol("in")?, part: None, end: i + 3 })
    }

    /// "Another gigawatt", "an hour and 45 minutes", "a year and a half", "a decade", "by a penny".
    fn lone_unit(&self, i: usize) -> Option<Amount> {
        self.word(i, "another a an").then_some(())?;
        let num = Num::new(i + 1, Decimal::ONE, Form::Words);
        let unit = self.unit(i + 1, false)?;
        let mut amount = Amount::new(i, num, Some(unit));
        let before = i.saturating_sub(1);
        let days = matches!(unit.unit.symbol(), "d" | "wk" | "mo" | "yr");
        // "A decade" is ten years and "a fortnight" is two weeks. "A day" is not a duration, and "$15 an hour" has no
        // hour.
        let tens = unit.part.is_some_and(|p| p > Decimal::ONE);
        let penny = unit.part.is_some_and(|p| p < Decimal::ONE) && self.word(before, "by");
        let hedged = self.phrase_before(i, Class::Before).is_some() || self.is(before, Class::Lasting);
        let lasts = hedged || self.word(before, "to than") || self.is(i + 2, Class::Later);
        let hour = self.words(i, "an hour").is_some() && !self.word(before, "of") && lasts;
        // "Less than a year", but not "over the year".
        let bound = self.phrase_before(i, Class::Before).filter(|(_, at)| {
            let compared = self.word(before, "than") && self.word(i + 2, "ago earlier before");
            !compared && (!self.word(*at, "over about") || self.follows(*at, Class::Lasting))
        });
        self.complete(&mut amount);
        (tens
            || (days && unit.part.is_none() && bound.is_some())
            || penny
            || hour
            || (self.word(i, "another") && !days)
            || amount.next > unit.end)
            .then_some(amount)
    }

    /// The currency whose sign or code is at token `i`, before a number, and the token of the number.
    pub(super) fn currency_before(&self, i: usize) -> Option<(Unit, usize)> {
        let token = self.tokens.get(i).filter(|t| self.vocabulary.signs.begins(t.key))?;
        if token.kind == Kind::Word && self.tight(i) && self.token(i - 1).kind != Kind::Sign {
            return None;
        }
        let (found, at) = self.vocabulary.signs.at(|n| self.key(n), i, |s| self.exact(i, &s).then_some(s))?;
        let at = at + usize::from(self.sign(at) == '$');
        let minus = matches!(self.sign(at), '-' | '−') && self.tight(at) && self.tight(at + 1);
        let number = at + usize::from(self.sign(at) == '(' || minus);
        // TOP 10, COP 27, ALL 3.
        let plain = |n: Numeral| n.places == 2 || n.digits > 3 || self.is(number + 1, Class::Magnitude);
        let meant = self.numeral(number).is_some_and(|n| !found.risky || plain(n));
        let vulgar = super::fraction::vulgar(self.sign(number)).is_some();
        (!self.hyphen(number) && (meant || vulgar)).then_some((found.unit, at))
    }

    /// Whether a symbol is at `i`, in the same case.
    fn exact(&self, i: usize, word: &UnitSense) -> bool {
        let gap = |c: &char| !matches!(c, '-' | ' ' | '\u{A0}');
        let mut found = self.view.slice(self.start(i), self.view.len()).iter().copied().filter(gap);
        word.exact.is_none_or(|expected| expected.chars().filter(gap).all(|c| found.next() == Some(c)))
    }

    /// The unit at token `i`, after a number. `large` says whether the number is large.
    pub(super) fn unit(&self, i: usize, large: bool) -> Option<Measure> {
        let key = self.key(i)?;
        let share = |class, unit| self.phrase(i, class).map(|found| (unit, found));
        let percent = share(Class::Percent, Unit::PERCENT).or_else(|| share(Class::Point, Unit::POINT));
        if let Some((unit, (places, end))) = percent {
            let part = u32::try_from(places).ok().filter(|p| *p > 0);
            let part = part.and_then(|places| Decimal::try_from_i128_with_scale(1, places).ok());
            let point = self.word(end, "point points") && !self.hyphen(i);
            return Some(Measure { unit: if point { Unit::POINT } else { unit }, part, end: end + usize::from(point) });
        }
        // "Year on year", "day to day".
        if self.word(i + 1, "on over to by after") && self.key(i + 2) == Some(key) {
            return None;
        }
        let wanted = self.word(i, "pound pounds").then(|| if self.is_weight(i) { "lb" } else { "GBP" });
        let fits = |s: UnitSense| {
            let sure = !s.risky || self.is_sure(i, large, &s);
            (sure && self.exact(i, &s) && wanted.is_none_or(|w| !s.unit.is_open() || w == s.unit.symbol())).then_some(s)
        };
        let (UnitSense { unit, part, exact, .. }, end) = self.vocabulary.units.at(|n| self.key(n), i, fits)?;
        // Only units such as hours can have digits after them.
        let open = self.tight(end) && self.is_figure(end) && exact.is_some() && !unit.is_duration();
        (!open).then_some(Measure { unit, part, end })
    }

    /// Whether the number shows that an everyday word at `i` is a unit: "5 billion won", "2.4 bar", 5A.
    fn is_sure(&self, i: usize, large: bool, word: &UnitSense) -> bool {
        let figure = i.checked_sub(1).and_then(|i| self.numeral(i));
        let broken = figure.is_some_and(|n| n.places > 0);
        let before = i.saturating_sub(2);
        if word.part.is_some() && word.exact.is_some() {
            // "EPS of 45c", "12.5p a share", but "in 1080p".
            let priced = self.word(i + 1, "per a") || (self.is(before, Class::Barrier) && !self.word(before, "in"));
            return self.tight(i) && figure.is_some() && (broken || priced);
        }
        if word.unit.is_currency() {
            return large || self.is(i, Class::Priced);
        }
        // "60s" is as often a decade.
        let owned = self.is(before, Class::Possessive) || self.word(before, "the");
        let aged = self.hyphen(i.saturating_sub(1));
        let decade = |n: Numeral| self.word(i, "s") && (aged || (n.value % Decimal::TEN).is_zero());
        let weighed = word.unit.base().symbol() == "g" && self.near(i, WEIGHING, Class::Weighty);
        weighed || broken || figure.is_some_and(|n| self.tight(i) && !owned && !decade(n))
    }

    /// Whether pounds at token `i` are a weight.
    fn is_weight(&self, i: usize) -> bool {
        let ounces = self.word(i + 2 + usize::from(self.word(i + 1, "and")), "oz ounce ounces");
        let weighs = self.is(i + 1, Class::Weight) || self.near(i, WEIGHING, Class::Weighty);
        self.hyphen(i) || self.word(i + 1, "of") || ounces || weighs
    }

    /// Adds the other parts of an amount: smaller units ("two hours and ten minutes"), a half ("an hour and a half"),
    /// and the same amount again in brackets ("ten percent (10%)").
    fn complete(&self, amount: &mut Amount) {
        let Some(unit) = amount.unit else { return };
        for _ in 0..MOST_PARTS {
            if unit.is_share() || self.take_part(amount).is_none() {
                break;
            }
        }
        if let Some((share, end)) = self.tail(amount.next).filter(|_| !unit.is_share() && amount.num.scale.is_none())
            && !self.word(end, "of")
            && self.unit(end, false).is_none()
            && let Some(value) = amount.num.value.checked_add(share)
        {
            (amount.num.value, amount.num.step, amount.next) = (value, share, end);
        }
        let low = |amount: &Amount| amount.number().map(|n| n.low);
        let same = |at: usize| self.single(at, None).filter(|a| low(a) == low(amount));
        amount.next = self.again(amount.next, |at| same(at).map(|a| a.next));
    }

    /// Adds a smaller part that follows an amount.
    fn take_part(&self, amount: &mut Amount) -> Option<()> {
        let large = amount.unit?;
        if let Some((cents, end)) = self.spoken_cents(amount) {
            (amount.num.value, amount.num.step, amount.next) = (amount.num.value.checked_add(cents)?, cents, end);
            return None;
        }
        let comma = self.sign(amount.next) == ',' && !large.is_currency();
        let at = amount.next + usize::from(comma);
        let at = at + usize::from(self.word(at, "and"));
        (self.is_figure(at) || self.is(at, Class::Cardinal)).then_some(())?;
        let part = self.smaller(at, large).filter(|n| !n.signed && n.hedge == Hedge::Exact)?;
        let (small, total, more) = (part.unit?, amount.num.total()?, part.num.total()?);
        let (whole, cents) = (amount.part.unwrap_or(Decimal::ONE), part.part.unwrap_or(Decimal::ONE));
        if large.is_currency() {
            let more = more.checked_mul(cents)?;
            (cents < Decimal::ONE && amount.part.is_none() && large.fits(small) && more < Decimal::ONE).then_some(())?;
            (amount.num.value, amount.num.step) = (total.checked_add(more)?, part.num.step.checked_mul(cents)?);
        } else {
            let same = large.base() == small.base() && !small.is_currency() && !small.is_share();
            let ratio = whole.checked_mul(large.factor())?.checked_div(cents.checked_mul(small.factor())?)?;
            (same && ratio > Decimal::ONE && more < ratio).then_some(())?;
            let sum = total.checked_mul(ratio)?.checked_add(more)?.checked_mul(cents)?;
            (amount.num.value, amount.num.step, amount.unit, amount.part) = (sum, part.num.step, Some(small), None);
        }
        (amount.num.scale, amount.next) = (None, part.next);
        Some(())
    }

    /// "A dollar fifty", "nineteen dollars ninety-nine": cents without the word.
    fn spoken_cents(&self, amount: &Amount) -> Option<(Decimal, usize)> {
        let money = amount.unit.is_some_and(Unit::is_currency) && amount.part.is_none() && !amount.signed;
        let whole = money && amount.num.form != Form::Digits && amount.num.scale.is_none();
        (whole && self.is(amount.next, Class::Cardinal)).then_some(())?;
        let num = self.number(amount.next, false).filter(|n| n.form == Form::Words && n.scale.is_none())?;
        let cents = num.count().filter(|n| (10..100).contains(n))?;
        let free = !self.counts_behind(num.end) && !self.is_plural(num.end) && self.currency_before(num.end).is_none();
        free.then_some((Decimal::new(i64::try_from(cents).ok()?, 2), num.end))
    }

    /// The amount at `i` that follows an amount in `unit`. There, "in" is inches, and "m" after hours is minutes.
    fn smaller(&self, i: usize, unit: Unit) -> Option<Amount> {
        let (word, symbol) = match unit.symbol() {
            "ft" => ("in", "in"),
            "h" => ("m", "min"),
            "min" => ("s", "s"),
            _ => return self.single(i, None),
        };
        let measure = |end| Unit::of_symbol(symbol).map(|unit| Measure { unit, part: None, end });
        if self.word(i + 1, word) && !self.is_figure(i + 2) {
            return Some(Amount::new(i, self.number(i, false).filter(|n| n.end == i + 1)?, measure(i + 2)));
        }
        // "6-foot-4", "5 ft 9 and 12 stone".
        let free = |end: usize| {
            self.hyphen(i) || !self.is_word(end) || self.is(end, Class::Barrier) || self.is(end, Class::Height)
        };
        match self.number(i, false).filter(|n| word == "in" && self.unit(n.end, false).is_none() && free(n.end)) {
            Some(num) => Some(Amount::new(i, num, measure(num.end))),
            None => self.single(i, None),
        }
    }
}
