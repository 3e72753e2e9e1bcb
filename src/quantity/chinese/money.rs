//! Money: currencies before the number, and coins.
//!
//! ```text
//! money = ( sign | code | currency ) number [ unit ] | currency "(" number ")"
//! coins = number ( 元 | 块 ) { [ 零 ] number ( 角 | 毛 | 分 ) } [ [ 零 ] digit | 半 ] [ 钱 ]
//!       | number ( 角 | 毛 | 分 ) … | number 美元 number 美分
//! ```

use rust_decimal::Decimal;

use super::numeral::Numeral;
use super::{Chinese, Draft, Number, Quantity, TENTH, Unit};
use crate::text::is_letter;

impl Chinese<'_> {
    /// $17.6 billion, RMB 2000, 人民币300元, 新台币48亿.
    pub(super) fn money_before(&self, at: usize, out: &mut Vec<Draft>) -> Option<usize> {
        let (unit, end) = self.sign_at(at).or_else(|| {
            let (found, end) = self.units_at(at)?;
            let closed = found.unit.is_currency() && found.part.is_none() && !found.risky && !found.unit.is_open();
            closed.then_some((found.unit, end))
        })?;
        // A code must be a separate word.
        if is_letter(self.before(end)) && is_letter(self.at(end)) {
            return None;
        }
        let next = self.skip_blank(end);
        let bracket = usize::from(self.at(next) == '(' && self.at(next + 1).is_ascii_digit());
        let next = next + bracket;
        let n = self.numeral(next, true).ok().filter(|n| n.zeros().is_none())?;
        let before = out.len();
        let mut stop = self.amount(&Numeral { from: at, sign: Some(unit), ..n }, out);
        if bracket > 0 && self.at(stop) == ')' {
            stop += 1;
        }
        let draft = out.get_mut(before)?;
        if let Quantity::Number(number) = draft.quantity
            && bracket > 0
        {
            (draft.quantity, draft.end) = (Quantity::Number(number.negated()), stop);
        }
        Some(stop)
    }

    /// The share of a currency that the word at `at` means: a tenth or a hundredth.
    fn coin(&self, at: usize, main: Option<Unit>) -> Option<(Decimal, Unit, usize)> {
        if let Some((found, end)) = self.units_at(self.skip_blank(at)).filter(|(u, _)| u.part.is_some()) {
            return Some((found.part?, main.filter(|m| m.fits(found.unit)).unwrap_or(found.unit), end));
        }
        let part = match self.at(at) {
            '分' if self.after_any(at, &["分之", "分钟"]).is_none() => Decimal::new(1, 2),
            _ => return None,
        };
        Some((part, main.or_else(|| Unit::of_symbol("元?CNY"))?, at + 1))
    }

    /// 三块五, 12元5角, 3角5分, 五毛钱, 36美分, 1美元36美分, 五块零三分.
    pub(super) fn coins(&self, n: &Numeral, out: &mut Vec<Draft>) -> Option<usize> {
        let at = self.skip_blank(n.end);
        let plain = n.zeros().is_none() && n.low == n.high;
        let main = self.units_at(at).filter(|(u, _)| u.unit.is_currency() && u.part.is_none() && plain);
        let (mut least, mut unit, mut end) = match main {
            Some((found, end)) => (Decimal::ONE, n.sign.unwrap_or(found.unit), end),
            None => self.coin(at, n.sign).filter(|c| plain && self.is_coin(n, at, c.2))?,
        };
        let (mut value, first) = (n.low.checked_mul(least)?, end);
        // 五块零三分, 三块零五: 零 says that there are no tenths.
        let next = |end: usize| {
            let at = self.skip_blank(end);
            at + usize::from("零〇".contains(self.at(at)))
        };
        while let Some(lower) = self.small(next(end))
            && let Some((part, of, stop)) = self.coin(lower.end, Some(unit)).filter(|c| c.0 < least)
        {
            value = value.checked_add(lower.low.checked_mul(part)?)?;
            (end, least, unit) = (stop, part, of);
        }
        // 三块五, 三毛五, 两块半; not 三块五花肉.
        let block = self.at(at) == '块';
        let digit = match self.at(end) {
            '半' => (block && end == first).then(|| (Decimal::from(5), end + 1)),
            _ => self.small(next(end)).map(|d| (d.low, d.end)),
        };
        if let Some((digit, stop)) = digit.filter(|d| d.0 < Decimal::TEN && d.0 > Decimal::ZERO)
            && (block || least < Decimal::ONE)
            && least > Decimal::new(1, 2)
            && (!self.at(stop).is_alphanumeric() || "的一钱左每".contains(self.at(stop)))
        {
            let hundredth = least == Decimal::ONE && "零〇".contains(self.at(end));
            least = least.checked_mul(if hundredth { Decimal::new(1, 2) } else { TENTH })?;
            (value, end) = (value.checked_add(digit.checked_mul(least)?)?, stop);
        }
        // Other code reads 100元, like any amount.
        if main.is_some() && end == first {
            return None;
        }
        let number = Number::new(value, n.step.min(Decimal::ONE).checked_mul(least)?, Some(unit));
        Some(self.push(Draft::number(n.from, self.after(end, "钱").unwrap_or(end), number).hedged(n.hedge), out))
    }

    /// A number below a hundred. Of several digits in characters, only the first is read.
    fn small(&self, at: usize) -> Option<Numeral> {
        if let Some(digit) = self.digit(at).filter(|_| !self.magnitude(at + 1, 0)) {
            return Some(Numeral { digits: 1, ..Numeral::new(at, at + 1, digit.into(), super::numeral::Form::Han) });
        }
        self.number(at).filter(|n| n.low < Decimal::ONE_HUNDRED)
    }

    /// Whether a coin at `at` is money. 五角大楼, 三角形, 十分 and 四角上 are not.
    fn is_coin(&self, n: &Numeral, at: usize, end: usize) -> bool {
        let money = self.at(end) == '钱' || self.before(end) == '钱';
        match self.at(at) {
            '角' | '毛' => {
                let digits = n.low < Decimal::TEN && n.low.is_integer();
                let goes_on = self.at(end).is_alphabetic() && self.figure(end).is_none();
                digits && (!goes_on || "的左一".contains(self.at(end))) || money
            }
            '分' => money,
            _ => self.units_at(at).is_some_and(|(u, _)| !u.risky),
        }
    }
}
