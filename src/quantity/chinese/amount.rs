//! Amounts: units after numbers, numbers with their units, and compounds of several units.
//!
//! ```text
//! unit   = [ 个 ] [ 多 | 余 | 来 | 半 ] word [ 半 | 多 | 余 | decimals ] | 分 before seconds | 度 after 摄氏 number
//! amount = [ sign ] number [ unit { [ 零 | 又 ] number smaller-unit } ] [ "(" the same amount ")" ]
//! ```

use rust_decimal::Decimal;

use super::numeral::{Form, Numeral};
use super::vocabulary::{Class, UnitSense};
use super::{Chinese, Draft, HALF, Hedge, Number, Quantity, Unit};
use crate::quantity::decimal::place;
use crate::text::is_letter;

/// The unit after a number.
#[derive(Clone, Copy, Debug)]
pub(super) struct Measured {
    pub(super) unit: Option<Unit>,
    /// The value of one in the unit.
    pub(super) part: Decimal,
    pub(super) end: usize,
    pub(super) hedge: Hedge,
    /// An amount after the unit: 一年半, 两个半小时, 9秒83, 一米六五.
    pub(super) more: Decimal,
}

impl Measured {
    pub(super) fn new(unit: Unit, part: Decimal, end: usize) -> Measured {
        Measured { unit: Some(unit), part, end, hedge: Hedge::Exact, more: Decimal::ZERO }
    }
}

impl Chinese<'_> {
    /// The unit after a number, or else the currency before it.
    pub(super) fn measured_or_bare(&self, n: &Numeral) -> Measured {
        let bare = Measured { unit: n.sign, part: Decimal::ONE, end: n.end, hedge: Hedge::Exact, more: Decimal::ZERO };
        self.measured(n).unwrap_or_else(|| match (self.after(n.end, "打"), self.after(n.end, "个半")) {
            // 三打鸡蛋, 一个半.
            (Some(end), _) if self.at(end).is_alphabetic() && self.is(n.end, Class::Word).is_none() => {
                Measured { part: Decimal::from(12), end, ..bare }
            }
            (_, Some(end)) => Measured { more: HALF, end, ..bare },
            _ => bare,
        })
    }

    /// The unit after a number.
    pub(super) fn measured(&self, n: &Numeral) -> Option<Measured> {
        let at = self.skip_blank(n.end);
        if let Some(found) = self.scaled(n.start, at) {
            return Some(found);
        }
        if let Some((word, end)) = self.find(at, &[Class::Share, Class::UnitWord])
            && let Some((unit, part)) = word.unit()
            && !(is_letter(self.before(end)) && is_letter(self.at(end)))
        {
            let mut measured = Measured::new(unit, part, end);
            // 三岁半.
            if unit.is_duration() && self.at(end) == '半' {
                self.behind_unit(&mut measured, n);
            }
            return Some(measured);
        }
        // 10€, 115USD.
        if let Some((unit, stop)) = self.sign_at(at) {
            let attached = at == n.end || !self.at(self.skip_blank(stop)).is_ascii_digit();
            return attached.then(|| Measured::new(unit, Decimal::ONE, stop));
        }
        // 三个多小时, 两个半月: the search for the unit skips the characters inside.
        let inner = at + usize::from(self.at(at) == '个');
        let inside = self.find(inner, &[Class::Inside]).map(|(s, _)| s.hedge()).filter(|_| self.at(inner) != '几');
        let half = inner > at && self.at(inner) == '半';
        let skip = |i: usize| if i > at || inner == at { i + 1 } else { i };
        // 1分30秒, 一分半钟: 分 is a minute where seconds follow.
        let minutes = || {
            let seconds = || self.number(self.skip_blank(at + 1)).map(|s| self.at(self.skip_blank(s.end)));
            let minutes = self.after(at, "分半钟").is_some() || self.at(at) == '分' && seconds() == Some('秒');
            Unit::of_symbol("min").filter(|_| minutes).map(|min| (min, at + 1))
        };
        let point = || self.after(inner + 1, "百分点").filter(|_| inner > at).map(|end| (Unit::POINT, end));
        let inner_word = half || inside.is_some();
        let sure = |(unit, end)| (UnitSense { unit, part: None, risky: false }, end);
        let (found, stop) = match if inner_word { point() } else { minutes() }.map(sure) {
            Some(found) => found,
            None if inner_word => self.units_by(at, skip)?,
            None => self.units_at(at)?,
        };
        // A word with another common meaning is a unit only if no word continues it.
        let next = self.at(stop);
        let goes_on = next.is_alphabetic() && !"的整左多以上和或起".contains(next) && super::figure(next).is_none();
        let counter = self.is(at, Class::CounterOnly).is_some() && n.sign.is_none();
        if found.risky && (found.part.is_some() || goes_on || counter) {
            return None;
        }
        // The currency before the number decides which dollar or yuan is meant.
        if n.sign.is_some() && !found.unit.is_currency() {
            return None;
        }
        let unit = n.sign.filter(|_| found.unit.is_open()).unwrap_or(found.unit);
        let mut measured = Measured::new(unit, found.part.unwrap_or(Decimal::ONE), stop);
        measured.hedge = inside.unwrap_or(Hedge::Exact);
        measured.more = if half { HALF } else { Decimal::ZERO };
        self.behind_unit(&mut measured, n);
        Some(measured)
    }

    /// 半, 多 and decimals after a unit: 一年半, 一分半钟, 两吨多, 一米六五, 9秒83.
    fn behind_unit(&self, found: &mut Measured, n: &Numeral) {
        let at = found.end;
        let digit = |i: usize| self.at(i).to_digit(10).or_else(|| self.digit(i));
        let end = at + (0..3).take_while(|k| digit(at + k).is_some()).count();
        let goes_on = self.is_numeral(end) || self.at(end) == '.' || is_letter(self.at(end)) || self.is_counted(end);
        let whole = n.step == Decimal::ONE && n.low < Decimal::ONE_HUNDRED && n.low == n.high;
        if matches!(self.before(at), '米' | '秒') && (1..=2).contains(&(end - at)) && !goes_on && whole {
            let value = (at..end).filter_map(digit).fold(0, |sum, d| sum * 10 + i64::from(d));
            (found.more, found.end) = (Decimal::new(value, if end - at == 1 { 1 } else { 2 }), end);
        } else if self.at(at) == '半'
            && found.part == Decimal::ONE
            && !"夜载数途路年价成导个天".contains(self.at(at + 1))
        {
            (found.more, found.end) = (HALF, self.after(at, "半钟").unwrap_or(at + 1));
        } else if let Some((sense, end)) = self.find(at, &[Class::Inside])
            && sense.value == "over"
            && self.before(at) != '几'
        {
            (found.hedge, found.end) = (Hedge::Over, end);
        }
    }

    /// 摄氏25度: the scale comes before the number.
    pub(super) fn scaled(&self, start: usize, at: usize) -> Option<Measured> {
        let before = start.checked_sub(usize::from(self.before(start).is_whitespace()))?;
        let before = self.ends(before, Class::Minus).unwrap_or(before);
        let symbol = match (self.slice(before.saturating_sub(2), before), self.at(at)) {
            (['摄', '氏'], '度') => "°C",
            (['华', '氏'], '度') => "°F",
            _ => return None,
        };
        Some(Measured::new(Unit::of_symbol(symbol)?, Decimal::ONE, at + 1))
    }

    /// The amount of a number that has already been read.
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

    /// A number with the words after it.
    pub(super) fn measure(&self, n: &Numeral, own: Measured) -> Option<Draft> {
        if let Form::Order(zeros) = n.form {
            return self.order_draft(n, zeros, own);
        }
        let mut number = n.number(own.unit);
        if !own.more.is_zero() {
            number.low = number.low.checked_add(own.more)?;
            number.high = number.high.and_then(|high| high.checked_add(own.more));
            number.step = place(own.more);
        }
        let hedge = if own.hedge == Hedge::Exact { n.hedge } else { own.hedge };
        Some(Draft::number(n.from, own.end, plain_unit(number.times(own.part)?)?).hedged(hedge))
    }

    /// Whether a numeral of one character is a number here. 一 is mostly an article, but it is a number with points,
    /// money and measures.
    fn counts(&self, n: &Numeral, draft: &Draft) -> bool {
        let Quantity::Number(number) = draft.quantity else { return true };
        if n.form == Form::Digits {
            // 五〇〇人, but not 一二三.
            let zero = self.slice(n.start + 1, n.end).iter().any(|c| "零〇○".contains(*c));
            return number.unit.is_some() && n.digits < 3 || zero && n.digits > 2;
        }
        if !n.is_single() && n.low != n.high && n.end == n.start + 2 {
            // 三四点, 五六月 and 二三线 name two things of one kind.
            let named = number.unit.is_none() && "点时月号线级代".contains(self.at(n.end));
            return !named && (number.unit.is_some() || self.is_counted(n.end));
        }
        if !n.is_single() || n.low > Decimal::TEN {
            return true;
        }
        let one = number.low == Decimal::ONE;
        if let Some(unit) = number.unit {
            let risky = one && self.units_at(self.skip_blank(n.end)).is_some_and(|(u, _)| u.risky);
            // 不到一年 is a duration. 一年 and 一天 alone are articles, but 一小时 is a duration.
            let article = one && unit.is_duration() && draft.hedge == Hedge::Exact;
            let hour = unit.symbol() == "h" || draft.end > n.end + 3;
            let hedged = || self.hedge_before(n.start).or_else(|| self.hedge_behind(draft)).is_some();
            return !risky && (!article || hour || hedged());
        }
        let two = matches!(self.at(n.start), '两' | '俩');
        let small = n.low <= Decimal::TWO && (!two || self.is(n.end, Class::NoTwo).is_some());
        draft.hedge != Hedge::Exact || draft.end > n.end || !small && self.is_counted(self.skip_blank(n.end))
    }

    /// 1小时20分钟, 两年零三个月, 七英尺十英寸: one amount, in the smallest unit.
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

    /// The value with the next part of a compound at `at`, in the unit of that part, with its end and hedge.
    fn smaller(&self, at: usize, whole: Decimal, unit: Unit) -> Option<(Decimal, Unit, usize, Hedge)> {
        let next = self.skip_blank(at);
        let next = next + usize::from("零又〇".contains(self.at(next)));
        let n = self.number(next).filter(|n| n.low == n.high && n.zeros().is_none())?;
        // 分 alone means minutes only after hours.
        let minutes = || {
            let alone = unit.symbol() == "h" && self.at(n.end) == '分';
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

    /// The same amount again, in brackets: 叁万元(30,000元).
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

/// Converts decades and centuries to years.
pub(super) fn plain_unit(number: Number) -> Option<Number> {
    let Some(unit) = number.unit.filter(|u| matches!(u.symbol(), "decade" | "century" | "millennium")) else {
        return Some(number);
    };
    let plain = Unit::of_symbol("yr")?;
    let factor = unit.factor().checked_div(plain.factor())?;
    Some(Number { unit: Some(plain), ..number.times(factor)? })
}
