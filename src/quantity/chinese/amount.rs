//! Amounts: numbers with their units, and compounds of several units.
//!
//! ```text
//! amount = [ sign ] number [ unit { [ 零 | 又 ] number smaller-unit } ] [ "(" the same amount ")" ]
//! ```

use rust_decimal::Decimal;

use super::numeral::{Form, Numeral};
use super::unit::Measured;
use super::vocabulary::Class;
use super::{Chinese, Draft, HALF, Hedge, Number, Quantity, Unit};
use crate::quantity::decimal::place;

impl Chinese<'_> {
    /// The amount of a number that has been read.
    pub(super) fn amount(&self, n: &Numeral, out: &mut Vec<Draft>) -> usize {
        if let Some(end) = self.chain(n.start).or_else(|| self.coins(n, out)) {
            return end;
        }
        let own = self.measured_or_bare(n);
        if let Some(end) = self.range(n, own, out) {
            return end;
        }
        let Some(draft) = self.measure(n, own).map(|draft| self.compound(draft, own)) else { return n.end };
        if !self.counts(n, &draft) {
            return n.end;
        }
        self.push(self.of_group(n, &draft).unwrap_or_else(|| self.restated(draft)), out)
    }

    /// A number with what stands behind it.
    pub(super) fn measure(&self, n: &Numeral, own: Measured) -> Option<Draft> {
        let bare = own.end == n.end;
        if let Form::Order(zeros) = n.form {
            return self.order_draft(n, zeros, own);
        }
        // 三打鸡蛋: dozens.
        let dozen = bare && self.at(n.end) == '打' && self.is(n.end, Class::Word).is_none();
        if dozen && self.at(n.end + 1).is_alphabetic() && !self.is_numeral(n.end + 1) && n.low < Decimal::ONE_HUNDRED {
            return Some(Draft::number(n.from, n.end + 1, n.number(None).times(Decimal::from(12))?).hedged(n.hedge));
        }
        // 一个半.
        let alone = self.after(n.end, "个半").filter(|_| bare).map(|end| (HALF, end));
        let (more, end) = alone.unwrap_or((own.more, own.end));
        let mut number = n.number(own.unit);
        if !more.is_zero() {
            number.low = number.low.checked_add(more)?;
            number.high = number.high.and_then(|high| high.checked_add(more));
            number.step = place(more);
        }
        let hedge = if own.hedge == Hedge::Exact { n.hedge } else { own.hedge };
        Some(Draft::number(n.from, end, plain_unit(number.times(own.part)?)?).hedged(hedge))
    }

    /// Whether a number of one character is one here: 一 is an article but with points, money and measures.
    fn counts(&self, n: &Numeral, draft: &Draft) -> bool {
        let Quantity::Number(number) = draft.quantity else { return true };
        if n.form == Form::Digits {
            let zero = self.slice(n.start, n.end).iter().any(|c| "零〇○".contains(*c));
            let code = n.digits > 2 && zero && !"零〇".contains(self.at(n.start));
            return number.unit.is_some() && n.digits < 3 || code;
        }
        if !n.is_single() && n.low != n.high && n.end == n.start + 2 {
            // 三四点, 五六月 and 二三线 name two of a kind.
            let named = number.unit.is_none() && "点时月号线级代".contains(self.at(n.end));
            let counted = number.unit.is_some() || self.is_counted(n.end);
            return !named && counted && self.figure_of(self.before(n.start)).is_none();
        }
        if !n.is_single() || n.low > Decimal::TEN {
            return true;
        }
        let one = number.low == Decimal::ONE;
        if let Some(unit) = number.unit {
            let times = matches!(unit.symbol(), "°" | "yd" | "bbl") && n.low == Decimal::ONE;
            let risky = one && self.units_at(self.skip_blank(n.end)).is_some_and(|(u, _)| u.risky);
            // 不到一年 is a duration, 一年 and 一天 alone are articles, 一小时 is none.
            let article = one && unit.is_duration() && draft.hedge == Hedge::Exact;
            let hour = unit.symbol() == "h" || draft.end > n.end + 3;
            return !(times || risky || article && !hour && self.hedge_before(n.start).is_none());
        }
        let two = matches!(self.at(n.start), '两' | '俩');
        let small =
            n.low < Decimal::TWO || (n.low == Decimal::TWO && !two) || (two && self.is(n.end, Class::NoTwo).is_some());
        draft.hedge != Hedge::Exact || draft.end > n.end || !small && self.is_counted(self.skip_blank(n.end))
    }

    /// 1小时20分钟, 两年零三个月, 七英尺十英寸: one amount in the smallest unit.
    fn compound(&self, mut draft: Draft, own: Measured) -> Draft {
        let plain =
            own.unit.filter(|u| own.more.is_zero() && own.hedge == Hedge::Exact && !u.is_currency() && !u.is_share());
        let Some(mut unit) = plain else { return draft };
        while let Quantity::Number(whole) = draft.quantity
            && whole.high.is_none()
            && draft.hedge == Hedge::Exact
            && let Some((low, smaller, end, hedge)) = self.smaller(draft.end, whole.low, unit)
        {
            draft.quantity = Quantity::Number(Number::exact(low, Some(smaller)));
            (draft.end, draft.hedge, unit) = (end, hedge, smaller);
        }
        draft
    }

    /// The value with the next part of a compound at `at`, in the unit of that part; its end and hedge.
    fn smaller(&self, at: usize, whole: Decimal, unit: Unit) -> Option<(Decimal, Unit, usize, Hedge)> {
        let next = self.skip_blank(at);
        let next = next + usize::from("零又〇".contains(self.at(next)));
        let n = self.number(next).filter(|n| n.low == n.high && !n.is_order())?;
        // 分 alone says minutes behind hours only.
        let minutes = || {
            let alone = unit.symbol() == "h" && self.at(n.end) == '分' && self.after(n.end, "分之").is_none();
            alone.then(|| Some(Measured::new(Unit::of_symbol("min")?, Decimal::ONE, n.end + 1)))?
        };
        let part = self.measured(&n).or_else(minutes)?;
        let smaller = part.unit?;
        let value = n.low.checked_add(part.more)?;
        let per = unit.factor().checked_div(smaller.factor())?;
        let fits = smaller.base() == unit.base() && per > Decimal::ONE && value < per;
        let hedge = if part.hedge == Hedge::Exact { n.hedge } else { part.hedge };
        Some((whole.checked_mul(per)?.checked_add(value)?, smaller, part.end, hedge)).filter(|_| fits)
    }

    /// An amount that stands behind it in brackets once more: 叁万元(30,000元).
    fn restated(&self, draft: Draft) -> Draft {
        let open = draft.end + usize::from(self.at(draft.end) == '整');
        let again = || {
            let at = self.after(open, "(")?;
            let (sign, next) = self.sign_at(at).unzip();
            let n = Numeral { sign, ..self.numeral(next.unwrap_or(at), sign.is_some()).ok()? };
            let again = self.measure(&n, self.measured_or_bare(&n))?;
            let (Quantity::Number(a), Quantity::Number(b)) = (again.quantity, draft.quantity) else { return None };
            let same = a.low == b.low && a.unit.is_none_or(|a| b.unit.is_some_and(|b| a.fits(b)));
            self.after(again.end, ")").filter(|_| same)
        };
        Draft { end: again().unwrap_or(open), ..draft }
    }
}

/// Decades and centuries in years.
pub(super) fn plain_unit(number: Number) -> Option<Number> {
    let Some(unit) = number.unit.filter(|u| matches!(u.symbol(), "decade" | "century" | "millennium")) else {
        return Some(number);
    };
    let plain = Unit::of_symbol("yr")?;
    let factor = unit.factor().checked_div(plain.factor())?;
    Some(Number { unit: Some(plain), ..number.times(factor)? })
}
