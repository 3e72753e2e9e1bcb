//! Numerals in digits.
//!
//! ```text
//! arabic = 1,234.5 | 40 000 | 50 0000 | .45 | 2½ | 1e10 | 10^6 | 10⁶ | 3×10^5 | 10的6次方
//! power  = million | bn | w, behind money m | b
//! ```

use rust_decimal::Decimal;

use super::vocabulary::Class;
use super::{Chinese, is_letter};
use crate::quantity::decimal::{MAX_DIGITS, of_digits, place, power};

/// An Arabic numeral; no value where it is a version (1.2.3) or too long.
pub(super) struct Arabic {
    pub(super) value: Option<Decimal>,
    pub(super) end: usize,
    /// Digits where there is nothing else; else 0.
    pub(super) digits: usize,
    pub(super) place: Decimal,
}

impl Chinese<'_> {
    /// The numeral at `at`.
    pub(super) fn arabic(&self, at: usize) -> Arabic {
        let view = self.view;
        let digit = |c: char| c.is_ascii_digit();
        let whole = view.run(at, digit);
        let mut end = self.groups(at, whole);
        let mut digits = if end > whole || end == at { 0 } else { end - at };
        let integer = end;
        if view.at(end) == '.' && digit(view.at(end + 1)) {
            (end, digits) = (view.run(end + 1, digit), 0);
            if view.at(end) == '.' && digit(view.at(end + 1)) {
                let end = view.run(end, |c| digit(c) || c == '.');
                let end = if view.before(end) == '.' { end - 1 } else { end };
                return Arabic { value: None, end, digits: 0, place: Decimal::ONE };
            }
        }
        let scale = (end - integer).saturating_sub(1);
        let mut value = of_digits(view.slice(at, end), scale);
        let mut step = value.map_or(Decimal::ONE, place);
        if let Some(k) = "½¼¾".chars().position(|c| c == view.at(end)).filter(|_| end == integer) {
            let part =
                [Decimal::new(5, 1), Decimal::new(25, 2), Decimal::new(75, 2)].get(k).copied().unwrap_or_default();
            (value, end, digits, step) = (value.and_then(|v| v.checked_add(part)), end + 1, 0, place(part));
        } else if let Some((zeros, stop)) = self.exponent(end, value) {
            let by = |v: Decimal| {
                let factor = power(zeros.unsigned_abs())?;
                if zeros < 0 { v.checked_div(factor) } else { v.checked_mul(factor) }
            };
            // 10^6: the base is ten, the power what counts.
            let base = view.at(end) != 'e' && view.at(end) != 'E' && !matches!(view.at(end), '×' | 'x' | '*');
            value = by(if base { Decimal::ONE } else { value.unwrap_or_default() });
            step = by(if base { Decimal::ONE } else { step }).unwrap_or(step);
            (end, digits) = (stop, 0);
        }
        Arabic { value, end, digits, place: step }
    }

    /// The end of groups of digits: 1,234 as wide as its digits; 40 000; 50 0000.
    fn groups(&self, at: usize, whole: usize) -> usize {
        let view = self.view;
        let digit = |i: usize| view.at(i).is_ascii_digit();
        let fits = |i: usize, width: usize| (1..=width).all(|k| digit(i + k)) && !digit(i + width + 1);
        let mark = view.at(whole);
        let blank = matches!(mark, ' ' | '\u{A0}' | '\u{202F}' | '\u{2009}');
        let comma = mark == ',' && view.width(whole) == view.width(whole.saturating_sub(1));
        if !(blank || comma) || whole == at || view.at(at) == '0' || view.before(at) == '.' {
            return whole;
        }
        let width = match (1..=4).contains(&(whole - at)) {
            true if whole - at < 4 && fits(whole, 3) => 3,
            // In groups of four there must be zeros, so that two years are no number.
            true if blank
                && fits(whole, 4)
                && (view.after(whole + 1, "0000").is_some() || view.at(whole + 5) == mark) =>
            {
                4
            }
            _ => return whole,
        };
        let mut end = whole;
        while view.at(end) == mark && fits(end, width) && end - at <= 2 * MAX_DIGITS {
            end += width + 1;
        }
        let name = blank && is_letter(view.at(end));
        if name || end - at > MAX_DIGITS { whole } else { end }
    }

    /// The exponent behind a number, and the index behind it.
    fn exponent(&self, at: usize, value: Option<Decimal>) -> Option<(i32, usize)> {
        let view = self.view;
        let ten = value == Some(Decimal::TEN);
        let digits = |at: usize| {
            let sign = usize::from(matches!(view.at(at), '-' | '−'));
            let end = view.run(at + sign, |c| c.is_ascii_digit());
            let value =
                view.slice(at + sign, end).iter().filter_map(|c| c.to_digit(10)).fold(0, |n, d| (n * 10 + d).min(99));
            let value = i32::try_from(value).ok()?;
            (end > at + sign && end < at + 4).then_some((if sign > 0 { -value } else { value }, end))
        };
        let raised = |at: usize| {
            let end = view.run(at, |c| "⁰¹²³⁴⁵⁶⁷⁸⁹⁻".contains(c));
            if end > at && end < at + 4 {
                let negative = view.at(at) == '⁻';
                let value = view.slice(at, end).iter().filter_map(|c| "⁰¹²³⁴⁵⁶⁷⁸⁹".chars().position(|d| d == *c));
                let value = i32::try_from(value.fold(0, |n, d| n * 10 + d)).ok()?;
                return Some((if negative { -value } else { value }, end));
            }
            digits(view.after(at, "^")?)
        };
        match view.at(at) {
            'e' | 'E' => {
                digits(at + 1 + usize::from(view.at(at + 1) == '+')).filter(|&(_, end)| !is_letter(view.at(end)))
            }
            '×' | 'x' | '*' => raised(view.after(at + 1, "10")?),
            '的' if ten => digits(at + 1).and_then(|(zeros, end)| Some((zeros, view.after(end, "次方")?))),
            _ if ten => raised(at),
            _ => None,
        }
    }

    /// million, bn, w behind digits. 100m is a length, $100m money.
    pub(super) fn english_power(&self, at: usize, money: bool) -> Option<(u32, usize)> {
        let at = self.view.skip_blank(at);
        let short = match self.view.at(at) {
            'm' | 'M' if money => Some((6, at + 1)),
            'b' | 'B' if money => Some((9, at + 1)),
            'K' if money => Some((3, at + 1)),
            _ => None,
        };
        let long = || self.find(at, &[Class::EnglishPower]).and_then(|(s, i)| Some((s.number()?, i)));
        let found = long().filter(|&(_, end)| end > at + 1 || !self.view.before(at).is_whitespace()).or(short)?;
        let end = self.view.at(found.1);
        (!end.is_ascii_alphanumeric() && end != '/').then_some(found)
    }
}
