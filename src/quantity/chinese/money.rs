//! Money: currencies before the number, coins, and metres with their decimals behind the unit.
//!
//! ```text
//! money = ( sign | code | currency ) number [ unit ]
//! coins = number ( 元 | 块 ) [ number ( 角 | 毛 ) ] [ number 分 ] [ 钱 ] | number ( 角 | 毛 | 分 ) …
//!       | number 块 digit | number 美元 number 美分
//! metres = number 米 digit [ digit ]
//! ```

use rust_decimal::Decimal;

use super::numeral::{Form, Numeral};
use super::vocabulary::Figure;
use super::{Chinese, Draft, Hedge, Number, Unit};
use crate::quantity::decimal::power;
use crate::text::is_letter;

impl Chinese<'_> {
    /// $17.6 billion, RMB 2000, 人民币300元, 新台币48亿.
    pub(super) fn money_before(&self, at: usize, out: &mut Vec<Draft>) -> Option<usize> {
        let view = self.view;
        let (unit, end) = self.words.signs.at(|i| Some(view.at(i)), at, Some).or_else(|| {
            let (found, end) = self.units_at(at)?;
            let closed = found.unit.is_currency() && found.part.is_none() && !found.risky && !found.unit.is_open();
            closed.then_some((found.unit, end))
        })?;
        // A code is a word of its own.
        if is_letter(view.before(end)) && (is_letter(view.at(end)) || is_letter(view.before(at))) {
            return None;
        }
        let next = view.skip_blank(end);
        let bracket = view.at(next) == '(' && view.at(next + 1).is_ascii_digit();
        let next = next + usize::from(bracket);
        let minus = matches!(view.at(next), '-' | '−') && view.at(next + 1).is_ascii_digit();
        let next = next + usize::from(minus);
        let plain = view.at(next) == '.' || self.is_numeral(next);
        let n = self.numeral(next, true).ok().filter(|n| plain && !n.is_order())?;
        let before = out.len();
        let mut stop = self.amount(at, &n, Some(unit), out);
        if bracket && view.at(stop) == ')' {
            stop += 1;
        }
        if let Some(draft) = out.get_mut(before).filter(|_| minus || bracket)
            && let super::Quantity::Number(number) = draft.quantity
        {
            (draft.quantity, draft.end) = (super::Quantity::Number(number.negated()), stop);
        }
        (out.len() > before).then_some(stop)
    }

    /// What of a currency the word at `at` is a tenth or a hundredth of.
    fn coin(&self, at: usize, main: Option<Unit>) -> Option<(Decimal, Unit, usize)> {
        let view = self.view;
        if let Some((found, end)) = self.units_at(view.skip_blank(at)).filter(|(u, _)| u.part.is_some()) {
            let unit = main.filter(|m| m.fits(found.unit)).unwrap_or(found.unit);
            return Some((found.part?, unit, end));
        }
        let yuan = || main.or_else(|| Unit::of_symbol("元?CNY"));
        match view.at(at) {
            '角' | '毛' => Some((Decimal::new(1, 1), yuan()?, at + 1)),
            '分' => Some((Decimal::new(1, 2), yuan()?, at + 1)),
            _ => None,
        }
    }

    /// 三块五, 12元5角, 3角5分, 五毛钱, 36美分, 1美元36美分.
    pub(super) fn coins(&self, start: usize, n: &Numeral, sign: Option<Unit>, out: &mut Vec<Draft>) -> Option<usize> {
        if n.is_order() || n.low != n.high {
            return None;
        }
        let view = self.view;
        let at = view.skip_blank(n.end);
        let main = self.units_at(at).filter(|(u, _)| u.unit.is_currency() && u.part.is_none());
        let block = view.at(at) == '块';
        let (mut value, mut end, mut unit, mut least) = match main {
            Some((found, end)) => (n.low, end, sign.unwrap_or(found.unit), Decimal::ONE),
            None => {
                let (part, unit, end) = self.coin(at, sign)?;
                let sure = self.is_coin(n, at, end);
                if !sure {
                    return None;
                }
                (n.low.checked_mul(part)?, end, unit, part)
            }
        };
        let first = end;
        while let Some(lower) = self.small(view.skip_blank(end)) {
            let Some((part, of, stop)) = self.coin(lower.end, Some(unit)).filter(|c| c.0 < least) else { break };
            if self.view.after(lower.end, "分之").is_some()
                || (view.at(lower.end) == '分' && view.at(lower.end + 1) == '钟')
            {
                break;
            }
            value = value.checked_add(lower.low.checked_mul(part)?)?;
            (end, least, unit) = (stop, part, of);
        }
        // 三块五, 三毛五, 两块半; not 三块五花肉.
        let last = self.small(end).filter(|d| d.low < Decimal::TEN && d.low > Decimal::ZERO);
        let half = view.at(end) == '半' && block && end == first;
        let stop = if half { end + 1 } else { last.as_ref().map_or(end, |l| l.end) };
        let closes = !view.at(stop).is_alphanumeric() || matches!(view.at(stop), '的' | '一' | '钱' | '左' | '每');
        let short = (block || least < Decimal::ONE) && least > Decimal::new(1, 2) && stop > end && closes;
        if short {
            let tenth = least.checked_mul(Decimal::new(1, 1))?;
            let digits = if half { Decimal::from(5) } else { last?.low };
            value = value.checked_add(digits.checked_mul(tenth)?)?;
            (end, least) = (stop, tenth);
        }
        // 100元 is read as any amount.
        if main.is_some() && end == first {
            return None;
        }
        let end = view.after(end, "钱").unwrap_or(end);
        let number = Number::new(value, n.step.min(Decimal::ONE).checked_mul(least)?, Some(unit));
        let one = Draft::number(start, end, number).hedged(n.hedge);
        Some(self.push(one, out))
    }

    /// A number below a hundred.
    fn small(&self, at: usize) -> Option<Numeral> {
        let digit = |form: Form, value: u32| {
            let low = Decimal::from(value);
            Numeral { digits: 1, ..Numeral::new(at, at + 1, low, form) }
        };
        if let Some(Figure::Digit(value)) = self.figure(at)
            && !matches!(self.figure(at + 1), Some(Figure::Power(_)))
        {
            return Some(digit(Form::Han, value));
        }
        let n = self.number(at)?;
        (n.low < Decimal::ONE_HUNDRED && n.low == n.high && n.hedge == Hedge::Exact).then_some(n)
    }

    /// Whether a coin at `at` is money: 五角大楼, 三角形, 十分 and 四角上 are none.
    fn is_coin(&self, n: &Numeral, at: usize, end: usize) -> bool {
        let view = self.view;
        match view.at(at) {
            '角' | '毛' => {
                let digits = n.low < Decimal::TEN && n.low.is_integer();
                let goes_on = view.at(end).is_alphabetic() && self.figure(end).is_none();
                digits && (!goes_on || matches!(view.at(end), '钱' | '的' | '左' | '一')) || view.before(end) == '钱'
            }
            '分' => view.at(end) == '钱' || view.before(end) == '钱',
            _ => self.units_at(at).is_some_and(|(u, _)| !u.risky),
        }
    }

    /// 一米六五, 1米75, 两米二六: metres with their decimals behind the unit.
    pub(super) fn metres(&self, n: &Numeral, out: &mut Vec<Draft>) -> Option<usize> {
        let view = self.view;
        if view.at(n.end) != '米' || n.low >= Decimal::from(30) || n.low != n.high {
            return None;
        }
        let at = n.end + 1;
        let digit = |i: usize| match self.figure(i) {
            Some(Figure::Digit(d)) => Some(d),
            _ => view.at(i).to_digit(10),
        };
        let end = at + (0..3).take_while(|k| digit(at + k).is_some()).count();
        let places = u32::try_from(end - at).ok().filter(|p| (1..=2).contains(p))?;
        let unit = self.figure(end).is_some()
            || self.is_counted(end)
            || view.at(end) == '.'
            || view.at(end).is_ascii_alphanumeric();
        if unit || n.step < Decimal::ONE {
            return None;
        }
        let decimals = (at..end).filter_map(digit).fold(0, |sum, d| sum * 10 + d);
        let value = n.low.checked_add(Decimal::from(decimals).checked_div(power(places)?)?)?;
        let number = Number::new(value, Decimal::new(1, places), Unit::of_symbol("m"));
        Some(self.push(Draft::number(n.start, end, number), out))
    }
}
