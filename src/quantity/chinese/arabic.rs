//! Numerals in digits.
//!
//! ```text
//! arabic = 1,234.5 | 40 000 | 50 0000 | .45 | 2½ | 1e10 | 10^6 | 10⁶ | 3×10^5 | 10的6次方
//! power  = million | bn | w, after or before money m | b
//! ```

use rust_decimal::Decimal;

use super::vocabulary::Class;
use super::{Chinese, is_letter};
use crate::quantity::decimal::{MAX_DIGITS, of_digits, place, power};

/// A numeral in Arabic digits. It has no value if it is a version (1.2.3) or too long.
#[derive(Clone, Copy)]
pub(super) struct Arabic {
    pub(super) value: Option<Decimal>,
    pub(super) end: usize,
    /// The number of digits if there is nothing else, otherwise 0.
    pub(super) digits: usize,
    pub(super) place: Decimal,
}

const RAISED: &str = "⁰¹²³⁴⁵⁶⁷⁸⁹";

impl Chinese<'_> {
    /// The numeral at `at`.
    pub(super) fn arabic(&self, at: usize) -> Arabic {
        let digit = |c: char| c.is_ascii_digit();
        let whole = self.run(at, digit);
        let integer = self.groups(at, whole);
        let mut end = integer;
        if self.at(end) == '.' && digit(self.at(end + 1)) {
            end = self.run(end + 1, digit);
            if self.at(end) == '.' && digit(self.at(end + 1)) {
                let end = self.run(end, |c| digit(c) || c == '.');
                return Arabic {
                    value: None,
                    end: end - usize::from(self.before(end) == '.'),
                    digits: 0,
                    place: Decimal::ONE,
                };
            }
        }
        let digits = if end == whole { end - at } else { 0 };
        let value = of_digits(self.slice(at, end), (end - integer).saturating_sub(1));
        let step = value.map_or(Decimal::ONE, place);
        let part = match self.at(end) {
            '½' => 50,
            '¼' => 25,
            '¾' => 75,
            _ => 0,
        };
        if part > 0 && end == integer {
            let part = Decimal::new(part, 2).normalize();
            return Arabic {
                value: value.and_then(|v| v.checked_add(part)),
                end: end + 1,
                digits: 0,
                place: place(part),
            };
        }
        if let Some((base, factor, end)) = value.and_then(|value| self.exponent(end, value)) {
            let place = step.checked_mul(factor).unwrap_or(step);
            return Arabic { value: base.checked_mul(factor), end, digits: 0, place };
        }
        Arabic { value, end, digits, place: step }
    }

    /// The end of digits in groups: 1,234 in half-width or full-width digits; 40 000; 50 0000.
    fn groups(&self, at: usize, whole: usize) -> usize {
        let digit = |i: usize| self.at(i).is_ascii_digit();
        let fits = |i: usize, width: usize| (1..=width).all(|k| digit(i + k)) && !digit(i + width + 1);
        let mark = self.at(whole);
        let blank = " \u{A0}\u{202F}\u{2009}".contains(mark);
        let comma = mark == ',' && self.width(whole) == self.width(whole.saturating_sub(1));
        let grouped = (blank || comma) && (at + 1..at + 5).contains(&whole) && self.at(at) != '0';
        // Groups of four must be zeros; otherwise two years would be a number.
        let fours = || fits(whole, 4) && (self.after(whole + 1, "0000").is_some() || self.at(whole + 5) == mark);
        let width = match grouped {
            true if whole < at + 4 && fits(whole, 3) => 3,
            true if blank && fours() => 4,
            _ => return whole,
        };
        let mut end = whole;
        while self.at(end) == mark && fits(end, width) && end - at <= 2 * MAX_DIGITS {
            end += width + 1;
        }
        if end - at > MAX_DIGITS { whole } else { end }
    }

    /// The value that an exponent multiplies (1 for 10^6), its factor, and the index after it.
    fn exponent(&self, at: usize, value: Decimal) -> Option<(Decimal, Decimal, usize)> {
        let ten = value == Decimal::TEN;
        // Digits, or small raised ones.
        let digits = |at: usize, of: fn(char) -> Option<u32>| {
            let negative = usize::from("-−⁻".contains(self.at(at)));
            let end = self.run(at + negative, |c| of(c).is_some());
            let value = self.slice(at + negative, end.min(at + 4)).iter().filter_map(|c| of(*c));
            let zeros = value.fold(0, |n, d| n * 10 + d);
            let lift = if negative > 0 { Decimal::try_from_i128_with_scale(1, zeros).ok() } else { power(zeros) };
            Some((lift.filter(|_| end > at + negative && end < at + 4)?, end))
        };
        let plain = |at: usize| digits(at, |c| c.to_digit(10));
        let small = |c: char| RAISED.chars().position(|d| d == c).and_then(|d| u32::try_from(d).ok());
        let raised = |at: usize| digits(at, small).or_else(|| plain(self.after(at, "^")?));
        let (base, (factor, end)) = match self.at(at) {
            'e' | 'E' => {
                (value, plain(at + 1 + usize::from(self.at(at + 1) == '+')).filter(|f| !is_letter(self.at(f.1)))?)
            }
            '×' | 'x' | '*' => (value, raised(self.after(at + 1, "10")?)?),
            '的' if ten => (Decimal::ONE, plain(at + 1).and_then(|(by, end)| Some((by, self.after(end, "次方")?)))?),
            _ if ten => (Decimal::ONE, raised(at)?),
            _ => return None,
        };
        Some((base, factor, end))
    }

    /// million, bn, w after digits. 100m is a length; $100m and 100m美元 are money.
    pub(super) fn english_power(&self, at: usize, money: bool) -> Option<(u32, usize)> {
        let at = self.skip_blank(at);
        let money = money || self.units_at(at + 1).is_some_and(|(u, _)| u.unit.is_currency() && !u.risky);
        let short = match self.at(at) {
            'm' | 'M' if money => Some((6, at + 1)),
            'b' | 'B' if money => Some((9, at + 1)),
            _ => None,
        };
        let long = self.find(at, &[Class::EnglishPower]).and_then(|(s, end)| Some((s.number()?, end)));
        let found = long.filter(|f| f.1 > at + 1 || !self.before(at).is_whitespace()).or(short)?;
        let next = self.at(found.1);
        (!next.is_ascii_alphanumeric()).then_some(found)
    }
}
