//! Parts of a whole.
//!
//! ```text
//! fraction = number 分之 number | arabic "/" arabic | number 又 fraction
//! percent  = ( 百分之 | 千分之 | 万分之 ) number [ connector number ] | number 成 [ digit | 半 ]
//! parts    = ( 百万分之 | 十亿分之 ) number
//! group    = number counter [ noun ] ( 中 | 里 ) [ 的 | 有 | 就有 ] number counter
//! ```

use rust_decimal::Decimal;

use super::numeral::{Form, Numeral};
use super::vocabulary::{Class, Figure};
use super::{Chinese, Draft, Hedge, Number, Quantity, Unit};

/// Longest noun between the whole and its part.
const NOUN: usize = 6;

impl Chinese<'_> {
    pub(super) fn fraction(&self, n: &Numeral, out: &mut Vec<Draft>) -> Option<usize> {
        let view = self.view;
        let at = view.skip_blank(n.end);
        match view.at(at) {
            '分' => {
                let over = self.number(view.skip_blank(view.after(at, "分之")?))?;
                let found = Quantity::fraction(over.whole()?, n.whole()?)?;
                Some(self.push(Draft::new(n.start, over.end, found).hedged(n.hedge), out))
            }
            '/' if n.digits > 0 && view.at(n.end + 1).is_ascii_digit() => self.slash(n, out),
            '又' => {
                let under = self.number(at + 1)?;
                // 三又五分之一, 3又1/2.
                let slash = view.at(under.end) == '/';
                let over = self.number(if slash { under.end + 1 } else { view.after(under.end, "分之")? })?;
                let (over, under, end) = if slash { (under, over, over.end) } else { (over, under, over.end) };
                let part = Decimal::from(over.whole()?).checked_div(Decimal::from(under.whole()?))?;
                let number = Number::exact(n.low.checked_add(part)?, None);
                Some(self.push(Draft::number(n.start, end, number), out))
            }
            '成' => self.tenths(n, at, out),
            _ => self.tenths_range(n, out),
        }
    }

    /// 2/3, 1/4的人; 24/7 and chains of slashes are none.
    fn slash(&self, n: &Numeral, out: &mut Vec<Draft>) -> Option<usize> {
        let view = self.view;
        let end = view.run(n.end + 1, |c| c.is_ascii_digit());
        let chain = view.run(end, |c| c.is_ascii_digit() || c == '/');
        if chain > end || n.digits > 4 || end - n.end > 5 {
            return Some(chain);
        }
        let digits = view.slice(n.end + 1, end).iter().filter_map(|c| c.to_digit(10));
        let under = digits.fold(0u64, |sum, d| sum * 10 + u64::from(d));
        let over = n.whole()?;
        if over >= under {
            return None;
        }
        let found = Quantity::fraction(over, under)?;
        let end = if view.at(view.skip_blank(end)) == '%' { return None } else { end };
        Some(self.push(Draft::new(n.start, end, found), out))
    }

    /// 百分之二十, 百分之二十到三十, 百分之七八十.
    pub(super) fn percent(&self, at: usize, end: usize, part: Decimal, out: &mut Vec<Draft>) -> Option<usize> {
        let next = self.view.skip_blank(end);
        let hundred = self.view.at(next) == '百' && self.figure(next + 1).is_none();
        let n = match hundred {
            true => Numeral::new(next, next + 1, Decimal::ONE_HUNDRED, Form::Han),
            false => self.number(next)?,
        };
        if let Some(zeros) = n.zeros() {
            let found = Quantity::Magnitude { zeros, unit: Some(Unit::PERCENT) };
            return Some(self.push(Draft::new(at, n.end, found), out));
        }
        let number = n.number(Some(Unit::PERCENT)).times(part)?;
        let end =
            if self.view.at(self.view.skip_blank(n.end)) == '(' { self.same_percent(n.end, number) } else { n.end };
        let mut draft = Draft::number(at, end, number).hedged(n.hedge);
        // The second number leaves 百分之 out. 百分之二十到三十亿元 are two numbers.
        let last = self.connector(n.end).and_then(|next| self.number(next)).filter(|l| {
            l.low > n.low
                && l.scale < Decimal::from(10_000)
                && !self.is_counted(l.end)
                && self.view.at(l.end) != '分'
                && !l.is_order()
        });
        if let Some(last) = last.filter(|_| n.low == n.high) {
            draft.ranges = true;
            out.push(draft);
            let number = last.number(Some(Unit::PERCENT)).times(part)?;
            return Some(self.push(Draft::number(last.start, last.end, number).hedged(last.hedge), out));
        }
        let again = self.connector(n.end).is_some_and(|next| self.is(next, Class::Percent).is_some());
        draft.ranges = again;
        Some(self.push(draft, out))
    }

    /// 百分之五(5%): the same percentage in brackets.
    fn same_percent(&self, at: usize, number: Number) -> usize {
        let open = self.view.skip_blank(at);
        let again = self.number(open + 1).filter(|a| a.low == number.low && self.view.after(a.end, "%)").is_some());
        again.map_or(at, |a| a.end + 2)
    }

    /// 百万分之五, 十亿分之一.
    pub(super) fn parts_of(&self, at: usize, end: usize, whole: u64, out: &mut Vec<Draft>) -> Option<usize> {
        let over = self.number(self.view.skip_blank(end))?;
        let found = Quantity::fraction(over.whole()?, whole)?;
        Some(self.push(Draft::new(at, over.end, found), out))
    }

    /// 三成, 六成五, 两成半, 三点五成, 三四成, 两成多.
    fn tenths(&self, n: &Numeral, at: usize, out: &mut Vec<Draft>) -> Option<usize> {
        if self.is(at, Class::NoTenths).is_some() || n.high > Decimal::TEN || n.low < super::TENTH {
            return None;
        }
        if self.words.figure(self.view.before(n.start)).is_some() {
            return None;
        }
        let mut number = n.number(Some(Unit::PERCENT)).times(Decimal::TEN)?;
        let mut end = at + 1;
        let ones = match self.figure(end) {
            Some(Figure::Digit(d))
                if d > 0 && !"个人家名位年天".contains(self.view.at(end + 1)) && self.figure(end + 1).is_none() =>
            {
                Some(Decimal::from(d))
            }
            _ if self.view.at(end) == '半' => Some(Decimal::from(5)),
            _ => None,
        };
        if let Some(ones) = ones.filter(|_| n.low.is_integer()) {
            number.low = number.low.checked_add(ones)?;
            (number.step, end) = (Decimal::ONE, end + 1);
        }
        let mut draft = Draft::number(n.start, end, number).hedged(n.hedge);
        if self.view.at(end) == '多' && self.is(end, Class::NoMore).is_none() {
            (draft.hedge, draft.end) = (Hedge::Over, end + 1);
        }
        let ranges = self.connector(draft.end).filter(|&next| self.is_numeral(next));
        let next = ranges.and_then(|next| self.number(next));
        draft.ranges = next.is_some_and(|next| self.view.at(next.end) == '成');
        Some(self.push(draft, out))
    }

    /// 三至五成: the first number leaves 成 out.
    fn tenths_range(&self, n: &Numeral, out: &mut Vec<Draft>) -> Option<usize> {
        let next = self.connector(n.end).filter(|&next| self.is_numeral(next))?;
        let last =
            self.number(next).filter(|l| self.view.at(l.end) == '成' && l.low > n.low && l.low <= Decimal::TEN)?;
        if self.is(last.end, Class::NoTenths).is_some() {
            return None;
        }
        let number = n.number(Some(Unit::PERCENT)).times(Decimal::TEN)?;
        let mut draft = Draft::number(n.start, n.end, number);
        draft.ranges = true;
        out.push(draft);
        self.tenths(&last, last.end, out)
    }

    /// 5个密钥中的3个, 十个人里有一个, 每三人就有一人: the part of the group whose number is `draft`.
    pub(super) fn of_group(&self, n: &Numeral, draft: &Draft, out: &mut Vec<Draft>) -> bool {
        let Quantity::Number(Number { unit: None, .. }) = draft.quantity else { return false };
        let Some(whole) = n.whole().filter(|w| (2..=100_000).contains(w)) else { return false };
        let view = self.view;
        let each = view.before(n.start) == '每';
        let Some(counter) = self.is(view.skip_blank(n.end), Class::Measure) else { return false };
        // The place behind the noun: 中, 里, or behind 每 what says "there is".
        let opens = (counter..=counter + NOUN)
            .take_while(|&i| i == counter || (view.at(i - 1).is_alphabetic() && self.figure(i - 1).is_none()))
            .find_map(|i| {
                let group = self.is(i, Class::OfGroup).map(|at| self.is(at, Class::OfGroupFiller).unwrap_or(at));
                let filler = || self.is(i, Class::OfGroupFiller).filter(|_| each && view.at(i) != '的');
                group.or_else(filler).filter(|&at| self.is_numeral(at))
            });
        let Some(part) = opens.and_then(|at| self.number(at)) else { return false };
        let Some(over) = part.whole().filter(|&over| over > 0 && over < whole) else { return false };
        let behind = view.skip_blank(part.end);
        let share = self.is(behind, Class::Share).is_some();
        let Some(end) = self
            .is(behind, Class::Measure)
            .filter(|_| !share && view.after(behind, "分之").is_none() && view.at(behind) != '成')
        else {
            return false;
        };
        let Some(found) = Quantity::fraction(over, whole) else { return false };
        let start = if each { n.start - 1 } else { n.start };
        out.push(Draft::new(start, end, found));
        true
    }
}
