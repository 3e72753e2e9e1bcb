//! Amounts: numbers with their units, and compounds of several units.
//!
//! ```text
//! amount = [ sign ] number [ unit { [ 零 | 又 ] number smaller-unit } ] [ "(" the same amount ")" ]
//! ```

use rust_decimal::Decimal;

use super::numeral::{Form, Numeral};
use super::unit::Measured;
use super::vocabulary::Class;
use super::{Chinese, Draft, HALF, Hedge, Number, Quantity, TENTH, Unit};

impl Chinese<'_> {
    /// The amount of a number that has been read; `sign` is the currency before it.
    pub(super) fn amount(&self, start: usize, n: &Numeral, sign: Option<Unit>, out: &mut Vec<Draft>) -> usize {
        if let Some(end) = self.chain(n.start).filter(|_| sign.is_none() && n.form == Form::Arabic) {
            return end;
        }
        if let Some(end) = self.metres(n, out).or_else(|| self.coins(start, n, sign, out)) {
            return end;
        }
        let own = self.measured(n.end, n, sign);
        if let Some(end) = self.range(start, n, sign, own, out) {
            return end;
        }
        let draft = match self.measure(start, n, own, sign) {
            Some(draft) => draft,
            None => return n.end,
        };
        let draft = self.compound(draft, own);
        if !self.counts(n, &draft) {
            return draft.end.min(n.end).max(n.start + 1);
        }
        let draft = self.restated(draft);
        if sign.is_none() && self.of_group(n, &draft, out) {
            return out.last().map_or(draft.end, |d| d.end);
        }
        self.push(draft, out)
    }

    /// A number with what stands behind it.
    pub(super) fn measure(
        &self,
        start: usize,
        n: &Numeral,
        own: Option<Measured>,
        sign: Option<Unit>,
    ) -> Option<Draft> {
        let unit = own.map(|m| m.unit).or(sign);
        let end = own.map_or(n.end, |m| m.end);
        let hedge = own.map_or(n.hedge, |m| if m.hedge == Hedge::Exact { n.hedge } else { m.hedge });
        if let Form::Order(zeros) = n.form {
            return self.order_draft(start, n, zeros, own, unit);
        }
        let (part, half) = own.map_or((Decimal::ONE, false), |m| (m.part, m.half));
        let mut number = n.number(unit);
        // 一个半.
        let alone = own.is_none() && self.view.after(n.end, "个半").is_some() && n.digits < 3;
        if half || alone {
            number.low = number.low.checked_add(HALF)?;
            number.high = number.high.and_then(|h| h.checked_add(HALF));
            number.step = TENTH;
        }
        // 三打鸡蛋: dozens.
        let next = self.view.at(n.end + 1);
        let dozen = own.is_none() && self.view.at(n.end) == '打' && self.is(n.end, Class::NoUnit).is_none();
        if dozen && next.is_alphabetic() && !self.is_numeral(n.end + 1) && n.low < Decimal::ONE_HUNDRED {
            let number = n.number(None).times(Decimal::from(12))?;
            return Some(Draft::number(start, n.end + 1, number).hedged(n.hedge));
        }
        let number = plain_unit(number.times(part)?)?;
        Some(Draft::number(start, if alone { n.end + 2 } else { end }, number).hedged(hedge))
    }

    /// Whether a number of one character is one here: 一 is an article but with points, money and measures.
    fn counts(&self, n: &Numeral, draft: &Draft) -> bool {
        let Quantity::Number(number) = draft.quantity else { return true };
        let view = self.view;
        if n.form == Form::Digits {
            let zero = view.slice(n.start, n.end).iter().any(|c| matches!(c, '零' | '〇' | '○'));
            return number.unit.is_some() && n.digits < 3
                || (n.digits > 2 && zero && !matches!(view.at(n.start), '零' | '〇'));
        }
        if !n.is_single() && n.low != n.high && n.end == n.start + 2 {
            // 三四点, 五六月 and 二三线 name two of a kind.
            let named =
                number.unit.is_none() && matches!(view.at(n.end), '点' | '时' | '月' | '号' | '线' | '级' | '代');
            return !named
                && (number.unit.is_some() || self.is_counted(n.end))
                && self.words.figure(view.before(n.start)).is_none();
        }
        if !n.is_single() || n.low > Decimal::TEN {
            return true;
        }
        let risky = self.units_at(view.skip_blank(n.end)).is_some_and(|(u, _)| u.risky);
        if let Some(unit) = number.unit {
            let times = matches!(unit.symbol(), "°" | "yd" | "bbl") && n.low == Decimal::ONE;
            let article = n.low == Decimal::ONE
                && unit.is_duration()
                && draft.hedge == Hedge::Exact
                && number.low == Decimal::ONE;
            let hour = unit.symbol() == "h" || draft.end > n.end + 3;
            return !(times || risky && number.low == Decimal::ONE || article && !hour);
        }
        if draft.hedge != Hedge::Exact || draft.end > n.end {
            return true;
        }
        let two = view.at(n.start) == '两';
        let small = n.low < Decimal::TWO || (n.low == Decimal::TWO && !two);
        !small && self.is_counted(view.skip_blank(n.end)) && !(two && self.is(n.end, Class::NoTwo).is_some())
    }

    /// 1小时20分钟, 两年零三个月, 七英尺十英寸: one amount in the smallest unit.
    fn compound(&self, mut draft: Draft, own: Option<Measured>) -> Draft {
        let Some(mut unit) = own.filter(|m| !m.half && m.hedge == Hedge::Exact).map(|m| m.unit) else { return draft };
        while let Quantity::Number(whole) = draft.quantity
            && whole.high.is_none()
            && draft.hedge == Hedge::Exact
            && !unit.is_currency()
            && !unit.is_share()
            && let Some((value, smaller, end, hedge)) = self.smaller(draft.end, unit)
        {
            let sum = || {
                let per = unit.factor().checked_div(smaller.factor())?;
                whole.low.checked_mul(per)?.checked_add(value)
            };
            let Some(low) = sum() else { break };
            draft.quantity = Quantity::Number(Number::exact(low, Some(smaller)));
            (draft.end, draft.hedge, unit) = (end, hedge, smaller);
        }
        draft
    }

    /// The next part of a compound at `at`: its value, unit, end and hedge.
    fn smaller(&self, at: usize, unit: Unit) -> Option<(Decimal, Unit, usize, Hedge)> {
        let next = self.view.skip_blank(at);
        let next = if matches!(self.view.at(next), '零' | '又' | '〇') { next + 1 } else { next };
        if !self.is_numeral(next) {
            return None;
        }
        let n = self.number(next).filter(|n| n.low == n.high && !n.is_order())?;
        let measured = self.measured(n.end, &n, None).or_else(|| {
            // 分 alone says minutes behind hours only.
            let minutes =
                unit.symbol() == "h" && self.view.at(n.end) == '分' && self.view.after(n.end, "分之").is_none();
            minutes.then(|| Unit::of_symbol("min").map(|min| Measured::new(min, n.end + 1)))?
        })?;
        let value = if measured.half { n.low.checked_add(HALF)? } else { n.low };
        let per = unit.factor().checked_div(measured.unit.factor())?;
        let fits = measured.unit.base() == unit.base() && per > Decimal::ONE && value < per && !unit.has_offset();
        let hedge = if measured.hedge == Hedge::Exact { n.hedge } else { measured.hedge };
        fits.then_some((value, measured.unit, measured.end, hedge))
    }

    /// An amount that stands behind it in brackets once more: 叁万元(30,000元).
    fn restated(&self, draft: Draft) -> Draft {
        let open = draft.end + usize::from(self.view.at(draft.end) == '整');
        if self.view.at(open) != '(' {
            return Draft { end: open, ..draft };
        }
        let mut again = Vec::new();
        let sign = self.words.signs.at(|i| Some(self.view.at(i)), open + 1, Some);
        let at = sign.map_or(open + 1, |s| s.1);
        if let Ok(n) = self.numeral(at, sign.is_some()) {
            again.extend(self.measure(open, &n, self.measured(n.end, &n, sign.map(|s| s.0)), sign.map(|s| s.0)));
        }
        match again.first() {
            Some(again) if self.view.at(again.end) == ')' && same(again.quantity, draft.quantity) => {
                Draft { end: again.end + 1, ..draft }
            }
            _ => Draft { end: open, ..draft },
        }
    }
}

/// Decades and centuries in years, fortnights in weeks.
pub(super) fn plain_unit(number: Number) -> Option<Number> {
    let symbol = match number.unit.map(Unit::symbol) {
        Some("decade" | "century" | "millennium") => "yr",
        Some("fortnight") => "wk",
        _ => return Some(number),
    };
    let (unit, plain) = (number.unit?, Unit::of_symbol(symbol)?);
    let factor = unit.factor().checked_div(plain.factor())?;
    Some(Number { unit: Some(plain), ..number.times(factor)? })
}

fn same(a: Quantity, b: Quantity) -> bool {
    match (a, b) {
        (Quantity::Number(a), Quantity::Number(b)) => {
            a.low == b.low && a.high == b.high && a.unit.is_none_or(|a| b.unit.is_some_and(|b| a.fits(b)))
        }
        _ => false,
    }
}
