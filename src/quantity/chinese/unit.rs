//! Units behind numbers.
//!
//! ```text
//! unit = [ 个 ] [ 多 | 余 | 来 | 半 ] word [ 半 | 多 | 余 | decimals ] | 分 before seconds | 度 behind 摄氏 number
//! ```

use rust_decimal::Decimal;

use super::numeral::Numeral;
use super::vocabulary::{Class, UnitSense};
use super::{Chinese, HALF, Hedge, Unit};
use crate::text::is_letter;

/// The unit behind a number.
#[derive(Clone, Copy, Debug)]
pub(super) struct Measured {
    pub(super) unit: Option<Unit>,
    /// What one is in the unit.
    pub(super) part: Decimal,
    pub(super) end: usize,
    pub(super) hedge: Hedge,
    /// What is added behind the unit: 一年半, 两个半小时, 9秒83, 一米六五.
    pub(super) more: Decimal,
}

impl Measured {
    pub(super) fn new(unit: Unit, part: Decimal, end: usize) -> Measured {
        Measured { unit: Some(unit), part, end, hedge: Hedge::Exact, more: Decimal::ZERO }
    }
}

impl Chinese<'_> {
    /// The unit behind a number; where there is none, the currency before it.
    pub(super) fn measured_or_bare(&self, n: &Numeral) -> Measured {
        let bare = Measured { unit: n.sign, part: Decimal::ONE, end: n.end, hedge: Hedge::Exact, more: Decimal::ZERO };
        self.measured(n).unwrap_or(bare)
    }

    /// The unit behind a number.
    pub(super) fn measured(&self, n: &Numeral) -> Option<Measured> {
        let at = self.skip_blank(n.end);
        if let Some(found) = self.scaled(n.start, at) {
            return Some(found);
        }
        if let Some((word, end)) = self.find(at, &[Class::Share, Class::UnitWord])
            && let Some((unit, part)) =
                word.unit().filter(|_| !(is_letter(self.before(end)) && is_letter(self.at(end))))
        {
            return Some(Measured::new(unit, part, end));
        }
        // 10€, 115USD.
        if let Some((unit, stop)) = self.sign_at(at) {
            let attached = at == n.end || !self.at(self.skip_blank(stop)).is_ascii_digit();
            let inside = is_letter(self.before(stop)) && self.at(stop).is_ascii_alphanumeric();
            let alone = attached && !inside && n.sign.is_none();
            return alone.then(|| Measured::new(unit, Decimal::ONE, stop));
        }
        // 三个多小时, 两个半月: what stands inside is left out while the unit is looked for.
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
        // A word that is something else as often is a unit where nothing goes on behind it.
        let next = self.at(stop);
        let goes_on = next.is_alphabetic() && !"的整左多以上和或起".contains(next) && self.figure_of(next).is_none();
        let counter = self.is(at, Class::CounterOnly).is_some() && n.sign.is_none();
        if found.risky && (found.part.is_some() || goes_on || counter) {
            return None;
        }
        // The currency before the number says which dollar or yuan is meant.
        let unit = match n.sign {
            Some(_) if !found.unit.is_currency() => return None,
            Some(sign) if found.unit.is_open() || !sign.is_open() => sign,
            _ => found.unit,
        };
        let mut measured = Measured::new(unit, found.part.unwrap_or(Decimal::ONE), stop);
        measured.hedge = inside.unwrap_or(Hedge::Exact);
        measured.more = if half { HALF } else { Decimal::ZERO };
        self.behind_unit(&mut measured, n);
        Some(measured)
    }

    /// 半, 多 and decimals behind a unit: 一年半, 一分半钟, 两吨多, 一米六五, 9秒83.
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

    /// 摄氏25度: the scale stands before the number.
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
}
