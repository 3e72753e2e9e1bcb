//! Numbers, in digits and in words, with their magnitudes.
//!
//! ```text
//! number  = ( simple { ["and"] simple } | article | "half" ["a"] scale | spoken ) [ tail ] { scale }
//! simple  = ( digits [ part | letters ] | words ) { scale }
//! article = ( "a" | "an" ) ( scale words | "half" scale )
//! spoken  = [ words ] "point" digit { digit }
//! scale   = "hundred" | "thousand" | "million" | "bn" | "dozen" | ...
//! part    = "½" | digits "/" digits
//! tail    = "and a half" | "and a quarter" | ...
//! ```

use rust_decimal::Decimal;

use super::English;
use super::token::{Gap, Kind};
use super::vocabulary::Class;
use crate::quantity::decimal;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Form {
    Digits,
    Words,
    /// A bare "one" or "zero".
    Weak,
    /// "Third", "21st".
    Ordinal,
}

#[derive(Clone, Copy, Debug)]
pub(super) struct Num {
    /// The token after it.
    pub(super) end: usize,
    /// The value, and the value of one in its last place, both without the scale.
    pub(super) value: Decimal,
    pub(super) step: Decimal,
    /// The magnitude words, if they apply to everything before them, so that a range can share them.
    pub(super) scale: Option<Decimal>,
    pub(super) form: Form,
}

impl Num {
    pub(super) fn new(end: usize, value: Decimal, form: Form) -> Num {
        Num { end, value, step: decimal::place(value), scale: None, form }
    }

    pub(super) fn total(&self) -> Option<Decimal> {
        self.value.checked_mul(self.scale.unwrap_or(Decimal::ONE))
    }

    /// The value as a count of at least one.
    pub(super) fn count(&self) -> Option<u64> {
        self.total().filter(Decimal::is_integer).and_then(|n| u64::try_from(n).ok()).filter(|n| *n > 0)
    }

    /// Whether an everyday word after the number may be money: "5 billion won".
    pub(super) fn large(&self) -> bool {
        self.scale.is_some() || self.value >= Decimal::ONE_THOUSAND
    }

    fn add(&mut self, (share, end): (Decimal, usize)) -> Option<()> {
        (self.value, self.step, self.end) = (self.value.checked_add(share)?, decimal::place(share), end);
        self.form = if self.form == Form::Weak { Form::Words } else { self.form };
        Some(())
    }
}

/// The most words of a number in words. A longer row is a list.
const MOST_WORDS: usize = 16;
/// The most places after a spoken point.
const MOST_PLACES: u32 = 8;

impl English<'_> {
    /// The number at token `i`. `money` says that a currency sign comes before it.
    pub(super) fn number(&self, i: usize, money: bool) -> Option<Num> {
        let article = usize::from(self.word(i, "a an"));
        let half = self.word(i + article, "half");
        let mut num = match self.token(i).kind {
            Kind::Number => self.digits(i, money)?,
            Kind::Sign => Num::new(i + 1, self.vulgar(i)?, Form::Digits),
            Kind::Word if half => {
                let end = i + article + 1;
                Num::new(end + usize::from(self.word(end, "a")), Decimal::new(5, 1), Form::Words)
            }
            // "A dozen", "a hundred", "a million".
            Kind::Word if self.sense(i + article, Class::Group) == Some(12) && article > 0 => {
                Num::new(i + 1, Decimal::ONE, Form::Words)
            }
            Kind::Word if article > 0 => self.sum(i + 1, 1)?,
            Kind::Word if self.word(i, "point") => self.spoken(i, Decimal::ZERO)?,
            Kind::Word => self.sum(i, 0)?,
            _ => return None,
        };
        if num.form == Form::Ordinal {
            return Some(num);
        }
        if self.word(num.end, "point") && num.scale.is_none() && !self.hyphen(num.end) {
            num = self.spoken(num.end, num.value).unwrap_or(num);
        }
        self.scales(&mut num, money);
        (!half || num.scale.is_some()).then_some(())?;
        self.go_on(&mut num);
        if let Some(tail) = self.tail(num.end).filter(|t| !self.word(t.1, "of a")) {
            num.add(tail)?;
            self.scales(&mut num, money);
        }
        Some(num)
    }

    fn digits(&self, i: usize, money: bool) -> Option<Num> {
        let numeral = self.numeral(i)?;
        let step = Decimal::try_from_i128_with_scale(1, u32::try_from(numeral.places).ok()?).ok()?;
        let mut num = Num { step, ..Num::new(i + 1, numeral.value, Form::Digits) };
        if let Some(part) = self.part_behind(i + 1) {
            num.add(part)?;
        } else if self.tight(i + 1) && numeral.plain && self.is(i + 1, Class::Suffixed) {
            (num.form, num.end) = (Form::Ordinal, i + 2);
        } else if let Some(zeros) = self.suffix(i + 1, money).filter(|_| self.tight(i + 1)) {
            // "2.7K" may be kelvin. "4K" and "5T" are as often names of formats.
            let unsure = numeral.digits < 2 || numeral.places > 0;
            if money || zeros != 3 || !self.capital(i + 1) || !unsure {
                (num.scale, num.end) = (decimal::power(zeros), i + 2);
            }
        }
        Some(num)
    }

    /// The zeros of the letters directly after digits, at token `i`.
    fn suffix(&self, i: usize, money: bool) -> Option<u32> {
        let zeros = self.sense(i, Class::Suffix)?;
        let closed = !self.tight(i + 1) || !matches!(self.token(i + 1).kind, Kind::Word | Kind::Number);
        // Metres (also in "the 100m"), millimetres and tonnes.
        let race = self.word(i.saturating_sub(2), "the")
            && matches!(self.small(i - 1, 1500), Some(100 | 200 | 400 | 800 | 1500));
        let metres = self.word(i, "m") && (race || self.is(i + 1, Class::Height));
        (closed && (money || !(metres || self.word(i, "mm t")))).then(|| u32::try_from(zeros).ok()).flatten()
    }

    /// The magnitude of the word at `i`.
    pub(super) fn scale(&self, i: usize, money: bool) -> Option<Decimal> {
        let zeros = self.sense(i, Class::Magnitude).or_else(|| self.sense(i, Class::Order).filter(|z| *z > 1));
        if let Some(zeros) = zeros.or_else(|| self.sense(i, Class::Suffix).filter(|_| money)) {
            return decimal::power(u32::try_from(zeros).ok()?);
        }
        // A grand hotel is not a thousand.
        let free = !self.is_word(i + 1) || self.is(i + 1, Class::Barrier) || self.is(i + 1, Class::Each);
        self.sense(i, Class::Group).filter(|n| *n != 1_000 || free).map(Decimal::from)
    }

    /// Adds the magnitudes after a number.
    pub(super) fn scales(&self, num: &mut Num, money: bool) {
        for _ in 0..2 {
            let found = self.scale(num.end, money).and_then(|s| s.checked_mul(num.scale.unwrap_or(Decimal::ONE)));
            let Some(scale) = found else { return };
            (num.scale, num.end) = (Some(scale), num.end + 1);
            num.form = if num.form == Form::Weak { Form::Words } else { num.form };
        }
    }

    /// Adds the further parts of a number: "3 hundred and 21", "2 million 300 thousand", "one million, two thousand".
    fn go_on(&self, num: &mut Num) -> Option<()> {
        let scale = num.scale.filter(|s| *s >= Decimal::from(20))?;
        let comma = self.sign(num.end) == ',' && num.form == Form::Words && self.is_word(num.end + 1);
        let linked = self.word(num.end, "and");
        let at = num.end + usize::from(linked || comma);
        let next = if self.is_figure(at) { self.digits(at, false) } else { self.sum(at, 0) };
        let mut next = next.filter(|n| n.form != Form::Ordinal && self.token(at).gap == Gap::Blank)?;
        self.scales(&mut next, false);
        let (total, more) = (num.total()?, next.total()?);
        let smaller = next.scale.is_some_and(|s| s < scale);
        let hundreds = scale == Decimal::ONE_THOUSAND || (linked && scale < Decimal::ONE_THOUSAND);
        let fits = comma || (smaller && !linked) || (hundreds && (smaller || next.scale.is_none()));
        let open = next.scale.is_none() && linked && num.form == Form::Digits && self.unit(next.end, false).is_some();
        let listed = comma && (more < Decimal::ONE_HUNDRED || self.sign(next.end) == ',');
        let whole = more.is_integer() && !more.is_zero() && total.is_integer();
        (fits && whole && more < scale && !open && !listed).then_some(())?;
        let step = next.scale.unwrap_or(Decimal::ONE);
        *num = Num { step, ..Num::new(next.end, total.checked_add(more)?, Form::Words) };
        Some(())
    }

    /// "Point five", "two point oh five": `i` is the point.
    fn spoken(&self, i: usize, whole: Decimal) -> Option<Num> {
        let (mut places, mut value) = (0, whole);
        let place = |digit: u64, places: u32| Decimal::try_from_i128_with_scale(digit.into(), places).ok();
        while let Some(digit) = self.digit(i + 1 + places as usize).filter(|_| places < MOST_PLACES) {
            places += 1;
            value = value.checked_add(place(digit, places)?)?;
        }
        let num = Num::new(i + 1 + places as usize, value, Form::Words);
        (places > 0).then_some(Num { step: place(1, places)?, ..num })
    }

    /// One digit in words.
    fn digit(&self, i: usize) -> Option<u64> {
        if self.word(i, "oh o") { Some(0) } else { self.sense(i, Class::Cardinal).filter(|n| *n < 10) }
    }

    /// A number in words, or an ordinal. `given` is the value of an article before it.
    fn sum(&self, i: usize, given: u64) -> Option<Num> {
        let (mut total, mut section, mut at, mut end) = (0u64, given, i, i);
        // The next word must be below this value: 20 at the start or after a hundred, 10 after tens.
        let mut room = if given > 0 { 1 } else { 1_000 };
        let (mut below, mut shared, mut ordinal) = (u64::MAX, None, false);
        for n in 0..MOST_WORDS {
            // "Two hundred and five": only after a magnitude, and only if the number continues.
            at += usize::from(self.word(at, "and") && n > 0 && (100..1_000).contains(&room));
            let zeros = self.sense(at, Class::Magnitude).and_then(|z| u32::try_from(z).ok());
            let scale = zeros.and_then(|z| 10u64.checked_pow(z)).filter(|_| section > 0);
            // "First" and "second" are ordinals only after another number or before birthdays, and "second" is also a
            // unit of time.
            let ranks = || {
                let behind = at > i && (self.word(at, "first") || self.follows(i, Class::Determiner));
                behind || self.is(at + 1, Class::Ranked)
            };
            let rank = self.sense(at, Class::Ordinal).filter(|r| *r > 2 || ranks());
            let fits = |l: &u64| (*l >= 20 && room >= 100) || (*l < room.min(20) && room != 1 && (*l > 0 || n == 0));
            if let Some(low) = self.sense(at, Class::Cardinal).filter(fits) {
                (section, room, shared) = (section + low, if low >= 20 { 10 } else { 1 }, None);
            } else if let Some(rank) = rank.filter(|r| *r >= 100 && (1..1000).contains(&section)) {
                (section, ordinal) = (section.checked_mul(rank)?, true);
            } else if let Some(rank) = rank.filter(|r| (*r < 10 && room == 10) || room >= 100) {
                (section, ordinal) = (section + rank, true);
            } else if scale == Some(100) && section < 100 && room != 100 {
                shared = (total == 0).then_some((section, 100));
                (section, room) = (section * 100, 100);
            } else if let Some(scale) = scale.filter(|s| *s > 100 && *s < below) {
                shared = (total == 0).then_some((section, scale));
                total = total.checked_add(section.checked_mul(scale)?)?;
                (section, room, below) = (0, 999, scale);
            } else {
                break;
            }
            (at, end) = (at + 1, at + 1);
            if ordinal || self.tight(at) {
                break;
            }
        }
        let value = total.checked_add(section)?;
        let form = match value {
            _ if ordinal => Form::Ordinal,
            0 | 1 if end == i + 1 && given == 0 => Form::Weak,
            _ => Form::Words,
        };
        // The last magnitude applies to everything: "two hundred", "four hundred thousand". In "two hundred and five"
        // it does not.
        let (count, scale) = shared.filter(|_| !ordinal).unwrap_or((value, 1));
        let scale = (scale > 1).then(|| scale.into());
        (end > i).then(|| Num { scale, ..Num::new(end, Decimal::from(count), form) })
    }

    /// "And a half", "and seven-eighths" at `i`: the share, and the token after it.
    pub(super) fn tail(&self, i: usize) -> Option<(Decimal, usize)> {
        let at = self.words(i, "and")?;
        let over = if self.word(at, "a") { 1 } else { self.sense(at, Class::Cardinal)? };
        let under = self.sense(at + 1, Class::Part).filter(|under| *under > over)?;
        Some((super::fraction::decimal(over, under)?, at + 2))
    }

    /// "½" or "1/2" after a whole number: "5½", "5 1/4", "5-1/2". Thirds have no exact decimal.
    fn part_behind(&self, i: usize) -> Option<(Decimal, usize)> {
        if let Some(share) = self.vulgar(i) {
            return Some((share, i + 1));
        }
        let (over, under) = (self.small(i, 15)?, self.small(i + 2, 16)?);
        let fits = self.sign(i + 1) == '/' && self.tight(i + 1) && self.tight(i + 2) && self.sign(i + 3) != '/';
        (fits && !self.tight(i) && matches!(under, 2 | 4 | 8 | 16) && over < under).then_some(())?;
        Some((super::fraction::decimal(over.into(), under.into())?, i + 3))
    }

    /// The value of the one-sign fraction at `i`, if its decimal is short.
    fn vulgar(&self, i: usize) -> Option<Decimal> {
        super::fraction::vulgar(self.sign(i)).and_then(|(over, under)| super::fraction::decimal(over, under))
    }
}
