//! Units behind numbers.
//!
//! ```text
//! unit = [ 个 ] [ 多 | 余 | 来 | 半 ] word [ 半 | 多 | 余 ] | 分 before seconds | 度 behind 摄氏 number
//! ```

use rust_decimal::Decimal;

use super::numeral::Numeral;
use super::vocabulary::Class;
use super::{Chinese, Hedge, Unit};

/// The unit behind a number.
#[derive(Clone, Copy, Debug)]
pub(super) struct Measured {
    pub(super) unit: Unit,
    /// What one is in the unit.
    pub(super) part: Decimal,
    pub(super) end: usize,
    pub(super) hedge: Hedge,
    /// Whether half of one is added: 一年半, 两个半小时.
    pub(super) half: bool,
}

impl Measured {
    pub(super) fn new(unit: Unit, end: usize) -> Measured {
        Measured { unit, part: Decimal::ONE, end, hedge: Hedge::Exact, half: false }
    }
}

impl Chinese<'_> {
    /// The unit at `end`, behind a number.
    pub(super) fn measured(&self, end: usize, n: &Numeral, sign: Option<Unit>) -> Option<Measured> {
        let view = self.view;
        let at = view.skip_blank(end);
        if let Some(found) = self.scaled(n.start, at) {
            return Some(found);
        }
        if let Some((word, end)) = self.find(at, &[Class::Share, Class::UnitWord])
            && let Some((unit, part)) = word.unit()
            && !(super::is_letter(view.before(end)) && super::is_letter(view.at(end)))
        {
            return Some(Measured { part, ..Measured::new(unit, end) });
        }
        if view.at(at) == '分' {
            return self.minutes(at);
        }
        // 10€, 115USD.
        if let Some((unit, stop)) = self.words.signs.at(|i| Some(view.at(i)), at, Some) {
            let attached = at == end || !view.at(view.skip_blank(stop)).is_ascii_digit();
            let inside = super::is_letter(view.at(stop - 1)) && view.at(stop).is_ascii_alphanumeric();
            return (attached && !inside && sign.is_none()).then(|| Measured::new(unit, stop));
        }
        // 三年多, 三个多小时, 两个半月: what stands inside or behind the unit is left out while it is looked for.
        let counter = view.at(at) == '个';
        let inner = at + usize::from(counter);
        let more = self.find(inner, &[Class::Inside]).map(|(s, i)| (s.hedge(), i)).filter(|_| view.at(inner) != '几');
        let half = counter && view.at(inner) == '半';
        let skip = |i: usize| if i > at || !counter { i + 1 } else { i };
        if (more.is_some() || half)
            && counter
            && let Some(end) = view.after(inner + 1, "百分点")
        {
            return Some(Measured {
                half,
                hedge: more.map_or(Hedge::Exact, |m| m.0),
                ..Measured::new(Unit::POINT, end)
            });
        }
        let (found, stop) = match (more, half) {
            (Some(_), _) | (_, true) => self.units_by(at, skip),
            _ => self.units_at(at),
        }?;
        let no_unit = self.is(if counter { at } else { inner }, Class::NoUnit).is_some_and(|no| no > stop);
        if no_unit || (found.risky && found.part.is_some()) || (found.risky && !self.is_unit(at, stop, sign.is_some()))
        {
            return None;
        }
        let mut unit = found.unit;
        // The currency before the number says which dollar or yuan is meant.
        if let Some(sign) = sign {
            if !unit.is_currency() {
                return None;
            }
            unit = if unit.is_open() || !sign.is_open() { sign } else { unit };
        }
        let mut measured = Measured { part: found.part.unwrap_or(Decimal::ONE), ..Measured::new(unit, stop) };
        measured.hedge = more.map_or(Hedge::Exact, |m| m.0);
        measured.half = half;
        self.behind_unit(&mut measured);
        Some(measured)
    }

    /// 半 and 多 behind a unit: 一年半, 一分半钟, 两吨多.
    fn behind_unit(&self, found: &mut Measured) {
        let end = found.end;
        if self.view.at(end) == '半' && found.part == Decimal::ONE {
            let word = matches!(
                self.view.at(end + 1),
                '夜' | '载' | '数' | '途' | '路' | '年' | '价' | '成' | '导' | '个' | '天'
            );
            if !word {
                (found.half, found.end) = (true, end + 1);
            }
        } else if let Some((hedge, end)) =
            self.find(end, &[Class::Inside]).map(|(s, i)| (s.hedge(), i)).filter(|h| h.0 == Hedge::Over)
            && self.view.at(end - 1) != '几'
            && self.is(end - 1, Class::NoMore).is_none()
        {
            (found.hedge, found.end) = (hedge, end);
        }
    }

    /// 1分30秒, 一分半钟: 分 is a minute where seconds follow.
    fn minutes(&self, at: usize) -> Option<Measured> {
        let view = self.view;
        let min = Unit::of_symbol("min")?;
        if let Some(end) = view.after(at, "分半钟") {
            return Some(Measured { half: true, ..Measured::new(min, end) });
        }
        if let Some(end) = view.after(at, "分钟") {
            let mut found = Measured::new(min, end);
            self.behind_unit(&mut found);
            return Some(found);
        }
        let next = view.skip_blank(at + 1);
        let seconds = self.number(next);
        seconds.filter(|s| view.at(view.skip_blank(s.end)) == '秒').map(|_| Measured::new(min, at + 1))
    }

    /// 摄氏25度: the scale stands before the number.
    pub(super) fn scaled(&self, start: usize, at: usize) -> Option<Measured> {
        let before = start.checked_sub(usize::from(self.view.before(start).is_whitespace()))?;
        let before = self.ends(before, Class::Minus).unwrap_or(before);
        let symbol = match (before.checked_sub(2).map(|b| self.view.slice(b, before)), self.view.at(at)) {
            (Some(['摄', '氏']), '度') => "°C",
            (Some(['华', '氏']), '度') => "°F",
            _ => return None,
        };
        Some(Measured::new(Unit::of_symbol(symbol)?, at + 1))
    }

    /// Whether a word that is something else as often is a unit here: nothing goes on behind it.
    fn is_unit(&self, at: usize, end: usize, money: bool) -> bool {
        let next = self.view.at(end);
        let goes_on = next.is_alphabetic()
            && !matches!(next, '的' | '整' | '左' | '多' | '以' | '上' | '和' | '或' | '起')
            && self.words.figure(next).is_none();
        (self.is(at, Class::CounterOnly).is_none() || money) && !goes_on
    }
}
