//! Numbers in digits, in characters, or in both, with magnitudes.
//!
//! ```text
//! number    = figures [ "(" the same number ")" ]
//! figures   = part { part } | order
//! part      = ( arabic | digit | digit digit+1 ) [ "点" digits ] { inside | "个" | power }
//! order     = ( 数 | 几 ) power { power } | power power
//! inside    = 多 | 余 | 来 | 几
//! ```

use rust_decimal::Decimal;

use super::Chinese;
use super::arabic::Arabic;
use super::sum::Sum;
use super::vocabulary::{Class, Figure};
use crate::quantity::decimal::{MAX_DIGITS, place, power};
use crate::quantity::{Hedge, Number, Unit};

/// How a number is written.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Form {
    Arabic,
    /// In characters, digit by digit: 二〇二五.
    Digits,
    Han,
    /// Magnitudes without a digit.
    Order(u32),
}

/// A number without a unit.
#[derive(Clone, Copy, Debug)]
pub(super) struct Numeral {
    /// Where the expression begins: at the currency before the number, if there is one.
    pub(super) from: usize,
    pub(super) sign: Option<Unit>,
    pub(super) start: usize,
    pub(super) end: usize,
    pub(super) low: Decimal,
    /// Equal to `low` if the number is not a guess.
    pub(super) high: Decimal,
    pub(super) step: Decimal,
    /// The product of the magnitudes at the end, which also apply to the first number of a range.
    pub(super) scale: Decimal,
    pub(super) hedge: Hedge,
    pub(super) form: Form,
    /// The number of digits if there is nothing else, as in years, otherwise 0.
    pub(super) digits: usize,
}

impl Numeral {
    pub(super) fn number(&self, unit: Option<Unit>) -> Number {
        let high = (self.low != self.high).then_some(self.high);
        Number { high, ..Number::new(self.low, self.step, unit) }
    }

    /// A numeral of one character: 三.
    pub(super) fn is_single(&self) -> bool {
        self.form != Form::Arabic && self.end == self.start + 1
    }

    /// A number in characters at `start..end`, without magnitudes after its digits.
    pub(super) fn new(start: usize, end: usize, low: Decimal, form: Form) -> Numeral {
        let (step, scale, hedge) = (Decimal::ONE, Decimal::ONE, Hedge::Exact);
        Numeral { from: start, sign: None, start, end, low, high: low, step, scale, hedge, form, digits: 0 }
    }

    pub(super) fn zeros(&self) -> Option<u32> {
        if let Form::Order(zeros) = self.form { Some(zeros) } else { None }
    }

    /// A whole number without a guess or hedge, for dates, fractions and ordinals.
    pub(super) fn whole(&self) -> Option<u64> {
        let plain =
            self.low == self.high && self.low.is_integer() && self.hedge == Hedge::Exact && self.zeros().is_none();
        if plain { u64::try_from(self.low).ok() } else { None }
    }
}

impl Chinese<'_> {
    /// The value of the digit in characters at `at`. Forms of cheques do not count.
    pub(super) fn digit(&self, at: usize) -> Option<u32> {
        let digit = if let Some(Figure::Digit(digit)) = self.figure(at) { Some(digit) } else { None };
        digit.filter(|_| !self.is_formal(self.at(at)))
    }

    /// [`Chinese::numeral`] without a currency sign before it.
    pub(super) fn number(&self, at: usize) -> Option<Numeral> {
        self.numeral(at, false).ok()
    }

    /// Whether a number can begin at `at`.
    pub(super) fn is_numeral(&self, at: usize) -> bool {
        let c = self.at(at);
        c.is_ascii_digit() || super::figure(c).is_some()
    }

    /// The number at `at`; if it looks like a number but is not one, the index after it. `money`: after a currency
    /// sign.
    pub(super) fn numeral(&self, at: usize, money: bool) -> Result<Numeral, usize> {
        let mut found = self.figures(at, money)?;
        // 叁拾(30)日.
        if self.at(found.end) == '('
            && let Ok(again) = self.figures(found.end + 1, money)
            && self.at(again.end) == ')'
            && (again.low, again.high) == (found.low, found.high)
        {
            (found.end, found.digits) = (again.end + 1, 0);
        }
        Ok(found)
    }

    fn figures(&self, at: usize, money: bool) -> Result<Numeral, usize> {
        let c = self.at(at);
        let leading = c == '.' && self.at(at + 1).is_ascii_digit() && !self.before(at).is_ascii_alphanumeric();
        if c.is_ascii_digit() || leading {
            let arabic = self.arabic(at);
            let Some(value) = arabic.value else { return Err(arabic.end) };
            let end = arabic.end;
            return self.sum(at, Some((arabic, value)), money, false).ok_or(end);
        }
        if let Some(next) = self.is(at, Class::Several) {
            return self.order(at, next).ok_or(at + 1);
        }
        let digit = |i: &usize| self.digit(*i).is_some() && !"两俩仨".contains(self.at(*i));
        let run = at + 1 + if self.is_formal(c) { 0 } else { (at + 1..self.len()).take_while(digit).count() };
        match super::figure(c) {
            None => Err(at + 1),
            Some(Figure::Power(2..)) if !self.is_formal(c) => self.order(at, at).ok_or(at + 1),
            Some(Figure::Digit(_)) if run > at + 1 && !(run == at + 2 && self.pair(at).is_some()) => {
                self.digit_by_digit(at, run).ok_or(run)
            }
            _ => self.sum(at, None, money, false).ok_or(run.max(at + 1)),
        }
    }

    /// 二〇二五.
    fn digit_by_digit(&self, at: usize, end: usize) -> Option<Numeral> {
        let digits = end - at;
        if digits > MAX_DIGITS || matches!(self.figure(end), Some(Figure::Power(_))) {
            return None;
        }
        Some(Numeral { digits, ..Numeral::new(at, end, self.value_of(at, end, 0)?, Form::Digits) })
    }

    /// The digits in `at..end` as a number with `scale` decimals.
    fn value_of(&self, at: usize, end: usize, scale: usize) -> Option<Decimal> {
        let value = (at..end).filter_map(|i| self.digit(i)).fold(0i128, |sum, d| sum * 10 + i128::from(d));
        Decimal::try_from_i128_with_scale(value, u32::try_from(scale).ok()?).ok()
    }

    /// The two digits at `at` that are a guess: 七八, 三五.
    fn pair(&self, at: usize) -> Option<(u32, u32)> {
        match (self.figure(at)?, self.figure(at + 1)?) {
            (Figure::Digit(a @ 1..), Figure::Digit(b)) if b == a + 1 || (a, b) == (3, 5) => Some((a, b)),
            _ => None,
        }
    }

    /// 多 or 余 at `at` that means "and more" for the number before it. 来 needs a counted thing after it.
    pub(super) fn more(&self, at: usize, counted: bool) -> Option<(Hedge, usize)> {
        let (hedge, end) = self.find(at, &[Class::Inside]).map(|(s, end)| (s.hedge(), end))?;
        (counted || hedge != Hedge::About || self.is_counted(self.skip_blank(end))).then_some((hedge, end))
    }

    /// Whether the magnitude at `at` belongs to a unit or another word: 千瓦, 百分之, 万科.
    pub(super) fn no_power(&self, at: usize, behind_number: bool) -> bool {
        if !behind_number {
            let part = self.at(at) != '十' && self.after(at + 1, "分之").is_some();
            return part || self.is(at, Class::Word).is_some();
        }
        // 三兆欧元 is not a number of megohms.
        let end = self.units_at(at).map_or(at, |u| u.1);
        end > at + 1 && self.units_at(at + 1).is_none_or(|(_, other)| other <= end)
    }

    /// The number from `start`; `first` has already been read. `upper`: read the second digit of a guess (七八十).
    fn sum(&self, start: usize, first: Option<(Arabic, Decimal)>, money: bool, upper: bool) -> Option<Numeral> {
        let mut sum = Sum { step: Decimal::ONE, scale: Decimal::ONE, ..Sum::default() };
        let (mut i, mut hedge, mut digits, mut formal, mut lifts) = (start, Hedge::Exact, 0, 0, 0);
        // Whether the last part was in Arabic digits, and whether it was a single digit.
        let (mut arabic, mut short, mut guess) = (false, false, false);
        if let Some((number, value)) = first {
            sum.digits(value, number.place);
            (i, digits, arabic) = (number.end, number.digits, true);
        }
        loop {
            let c = self.at(i);
            let is_formal = self.is_formal(c);
            match super::figure(c) {
                Some(Figure::Digit(0)) if sum.above().is_some() && sum.pending.is_none() => {
                    (sum.zero, i) = (true, i + 1);
                    continue;
                }
                Some(Figure::Digit(d)) if sum.pending.is_none() && self.goes_on(&sum, i, start, formal > 0) => {
                    let pair = self.pair(i);
                    let value = pair.filter(|_| upper).map_or(d, |p| p.1);
                    sum.digits(value.into(), Decimal::ONE);
                    guess |= pair.is_some();
                    formal += usize::from(is_formal);
                    (i, arabic, short) = (i + 1 + usize::from(pair.is_some()), false, true);
                    if let Some((places, end)) = self.places(i).filter(|_| pair.is_none()) {
                        sum.decimals(places, place(places))?;
                        (i, short) = (end, false);
                    }
                    continue;
                }
                Some(Figure::Tens(t)) if sum.pending.is_none() && sum.last.is_none_or(|last| last > 1) => {
                    sum.digits(t.into(), Decimal::ONE);
                    sum.power(1, false)?;
                    (i, arabic) = (i + 1, false);
                    continue;
                }
                Some(Figure::Power(zeros)) if self.takes(&sum, zeros, i, start, arabic) => {
                    sum.power(zeros, arabic)?;
                    formal += usize::from(is_formal);
                    lifts += usize::from(is_formal || zeros >= 4);
                    (i, arabic, digits, short) = (i + 1, false, 0, false);
                    // 二十点五.
                    if let Some((places, end)) = self.places(i).filter(|_| zeros < 3 && sum.lifted.is_none()) {
                        sum.decimals(places, place(places))?;
                        i = end;
                    }
                    continue;
                }
                _ if i == start => return None,
                _ => {}
            }
            // 1亿2000万, 13万2, 1千零20.
            if c.is_ascii_digit() && sum.pending.is_none() {
                let lower = self.arabic(i);
                let above = power(sum.above()?)?;
                let Some(value) = lower.value.filter(|&v| v < above) else { break };
                if self.is_dated(lower.end) {
                    break;
                }
                sum.digits(value, lower.place);
                (i, arabic, short) = (lower.end, true, lower.digits == 1);
                continue;
            }
            let next = self.skip_blank(i);
            let least = if arabic { 2 } else { 4 };
            let lifts_at = |at: usize, least: u32| self.magnitude(at, least) && !self.no_power(at, true);
            let number = sum.pending.is_none() || arabic;
            if next > i && number && lifts_at(next, least) {
                i = next;
                continue;
            }
            // 50多万, 1000多, 十几.
            let tens = sum.pending.is_none_or(|p| p >= Decimal::TEN);
            if let Some((more, end)) = self.more(next, false).filter(|_| number && tens) {
                let teens = sum.last == Some(1) && sum.section == Decimal::TEN && sum.lifted.is_none();
                if self.at(next) == '几' && teens {
                    return self.teens(start, end);
                }
                (hedge, i) = (more, end);
                let behind = self.skip_blank(end);
                let behind = behind + usize::from(self.at(behind) == '个' && self.magnitude(behind + 1, 4));
                if lifts_at(behind, least) {
                    i = behind;
                    continue;
                }
                break;
            }
            if let Some(end) = self.after(i, "好几").filter(|_| sum.pending.is_none()) {
                (hedge, i) = (Hedge::Over, end);
                break;
            }
            // 三个亿, 三个多亿.
            if c == '个' {
                let more = self.more(i + 1, true).filter(|_| self.at(i + 1) != '几');
                let (more, at) = more.unwrap_or((hedge, i + 1));
                if lifts_at(at, 4) && self.is_idiom(i + 1).or(self.is_idiom(at)).is_none() {
                    (hedge, i) = (more, at);
                    continue;
                }
            }
            if let Some((zeros, end)) = self.english_power(i, money).filter(|_| arabic) {
                sum.power(zeros, true)?;
                (i, digits, short) = (end, 0, false);
            }
            break;
        }
        // Forms of cheques are also ordinary words: 陆 is land, 伍 is a surname.
        let paid = || self.units_at(i).is_some_and(|(u, _)| u.unit.is_currency());
        if formal > 0 && !(lifts > 0 && i > start + 1 || paid()) {
            return None;
        }
        let scale = if sum.pending.is_some() { Decimal::ONE } else { sum.scale };
        let (low, step) = sum.end(short)?;
        let high = if guess && !upper { self.sum(start, first, money, true)?.low } else { low };
        let form = if matches!(self.at(start), '0'..='9' | '.') { Form::Arabic } else { Form::Han };
        Some(Numeral { high, step, scale, hedge, digits, ..Numeral::new(start, i, low, form) })
    }

    /// Whether the digit at `at` belongs to the number from `start`.
    fn goes_on(&self, sum: &Sum, at: usize, start: usize, formal: bool) -> bool {
        let c = self.at(at);
        // 五千万二期: only 五万二 is short for 52,000.
        let other = sum.thousands && sum.last.is_none() && !sum.zero && !self.magnitude(at + 1, 0);
        at == start || !(other || self.is_formal(c) && !formal || c == '两' && !self.magnitude(at + 1, 2))
    }

    fn takes(&self, sum: &Sum, zeros: u32, at: usize, start: usize, arabic: bool) -> bool {
        // 10十 is not a number. In 三千瓦, 千 belongs to the unit.
        let taken = sum.pending.is_some() && !arabic && sum.above().is_none() && self.at(at) == '千';
        let word = !taken && self.no_power(at, at > start);
        sum.takes(zeros) && !word && (zeros > 1 || !arabic)
    }

    fn is_formal(&self, c: char) -> bool {
        self.words.figures.get(&c).is_some_and(|f| f.1)
    }

    pub(super) fn magnitude(&self, at: usize, least: u32) -> bool {
        matches!(self.figure(at), Some(Figure::Power(zeros)) if zeros >= least)
    }

    /// Decimals in characters after 点 at `at`. 三点十分 and 三点一刻 are times of day.
    fn places(&self, at: usize) -> Option<(Decimal, usize)> {
        if self.at(at) != '点' {
            return None;
        }
        let end = at + 1 + (0..MAX_DIGITS / 2).take_while(|k| self.digit(at + 1 + k).is_some()).count();
        let lifted = matches!(self.at(end + 1), '万' | '亿');
        let time = match self.at(end) {
            '分' => self.after(end, "分之").is_none(),
            '十' | '百' | '千' => !lifted,
            mark => matches!(mark, '点' | '刻'),
        };
        if end == at + 1 || time {
            return None;
        }
        Some((self.value_of(at, end, end - at - 1)?, end))
    }
}
