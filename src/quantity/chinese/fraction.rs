//! Fractions of a whole.
//!
//! ```text
//! fraction = number 分之 number | arabic "/" arabic | number 又 fraction
//! percent  = ( 百分之 | 千分之 | 万分之 ) number [ connector number ] | number [ connector number ] 成 [ digit | 半 ]
//! parts    = ( 百万分之 | 十亿分之 ) number
//! group    = number counter [ noun ] ( 中 | 里 ) [ 的 | 有 | 就有 ] number counter
//! ```

use rust_decimal::Decimal;

use super::numeral::Numeral;
use super::vocabulary::Class;
use super::{Chinese, Draft, Number, Quantity, Unit};

/// The longest noun between the whole and its part.
const NOUN: usize = 6;

impl Chinese<'_> {
    pub(super) fn fraction(&self, n: &Numeral, out: &mut Vec<Draft>) -> Option<usize> {
        let at = self.skip_blank(n.end);
        match self.at(at) {
            '分' => {
                let over = self.number(self.skip_blank(self.after(at, "分之")?))?;
                let found = Quantity::fraction(over.whole()?, n.whole()?)?;
                Some(self.push(Draft::new(n.start, over.end, found).hedged(n.hedge), out))
            }
            '/' if n.digits > 0 && self.at(n.end + 1).is_ascii_digit() => self.slash(n, out),
            '又' => {
                // 三又五分之一, 3又1/2.
                let one = self.number(at + 1)?;
                let slash = self.after(one.end, "/");
                let two = self.number(slash.or_else(|| self.after(one.end, "分之"))?)?;
                let (over, under) = if slash.is_some() { (one, two) } else { (two, one) };
                let part = Decimal::from(over.whole()?).checked_div(Decimal::from(under.whole()?))?;
                let number = Number::exact(n.low.checked_add(part)?, None);
                Some(self.push(Draft::number(n.start, two.end, number), out))
            }
            '成' => {
                let draft = self.tenths(n)?;
                let last = self.other_end(draft.end).filter(|last| self.at(last.end) == '成');
                Some(self.push(Draft { ranges: last.is_some(), ..draft }, out))
            }
            // 三至五成: 成 is only after the second number.
            _ => {
                let last = self.other_end(n.end).filter(|l| self.at(l.end) == '成' && l.low > n.low)?;
                let last = self.tenths(&last)?;
                let number = n.number(Some(Unit::PERCENT)).times(Decimal::TEN)?;
                out.push(Draft { ranges: true, ..Draft::number(n.start, n.end, number) });
                Some(self.push(last, out))
            }
        }
    }

    /// 2/3, 1/4的人. 24/7 and chains of slashes are not fractions.
    fn slash(&self, n: &Numeral, out: &mut Vec<Draft>) -> Option<usize> {
        let end = self.run(n.end + 1, |c| c.is_ascii_digit());
        let chain = self.run(end, |c| c.is_ascii_digit() || c == '/');
        if chain > end || end - n.end > 5 {
            return Some(chain);
        }
        let (over, under) = (n.whole()?, self.digits(n.end + 1).0);
        let found = Quantity::fraction(over, under).filter(|_| over < under)?;
        Some(self.push(Draft::new(n.start, end, found), out))
    }

    /// 百分之二十, 百分之二十到三十, 百分之七八十.
    pub(super) fn percent(&self, at: usize, end: usize, part: Decimal, out: &mut Vec<Draft>) -> Option<usize> {
        let next = self.skip_blank(end);
        let n = self.number(next)?;
        if let Some(zeros) = n.zeros() {
            let found = Quantity::Magnitude { zeros, unit: Some(Unit::PERCENT) };
            return Some(self.push(Draft::new(at, n.end, found), out));
        }
        // 百分之五(5%).
        let again = self.after(self.skip_blank(n.end), "(").and_then(|open| self.number(open));
        let close = again.filter(|a| a.low == n.low).and_then(|a| self.after(a.end, "%)"));
        let number = n.number(Some(Unit::PERCENT)).times(part)?;
        let draft = Draft::number(at, close.unwrap_or(n.end), number).hedged(n.hedge);
        // 百分之 is only before the first number. 百分之二十到三十亿元 has two numbers.
        let plain = |l: &Numeral| l.low > n.low && l.scale < Decimal::from(10_000) && !self.is_counted(l.end);
        let last = self.other_end(n.end).filter(plain);
        if let Some(last) = last {
            out.push(Draft { ranges: true, ..draft });
            let number = last.number(Some(Unit::PERCENT)).times(part)?;
            return Some(self.push(Draft::number(last.start, last.end, number).hedged(last.hedge), out));
        }
        let ranges = self.connector(n.end).is_some_and(|next| self.is(next, Class::Percent).is_some());
        Some(self.push(Draft { ranges, ..draft }, out))
    }

    /// 百万分之五, 十亿分之一.
    pub(super) fn parts_of(&self, at: usize, end: usize, whole: u64, out: &mut Vec<Draft>) -> Option<usize> {
        let over = self.number(self.skip_blank(end))?;
        Some(self.push(Draft::new(at, over.end, Quantity::fraction(over.whole()?, whole)?), out))
    }

    /// 三成, 六成五, 两成半, 三点五成, 三四成, 两成多.
    fn tenths(&self, n: &Numeral) -> Option<Draft> {
        let at = self.skip_blank(n.end);
        if self.is(at, Class::Word).is_some() || n.high > Decimal::TEN {
            return None;
        }
        let mut number = n.number(Some(Unit::PERCENT)).times(Decimal::TEN)?;
        let end = at + 1;
        let half = (self.at(end) == '半').then_some(5);
        if let Some(ones) = half.or(self.digit(end).filter(|&d| d > 0 && !self.is_counted(end + 1))) {
            number = Number::new(number.low.checked_add(ones.into())?, Decimal::ONE, number.unit);
            return Some(Draft::number(n.start, end + 1, number).hedged(n.hedge));
        }
        let more = self.find(end, &[Class::Inside]).map(|(s, end)| (s.hedge(), end));
        let (hedge, end) = more.unwrap_or((n.hedge, end));
        Some(Draft::number(n.start, end, number).hedged(hedge))
    }

    /// 5个密钥中的3个, 十个人里有一个, 每三人就有一人, 2200万中的440万: the fraction of the group whose number is `draft`.
    pub(super) fn of_group(&self, n: &Numeral, draft: &Draft) -> Option<Draft> {
        let whole = n.whole().filter(|_| matches!(draft.quantity, Quantity::Number(Number { unit: None, .. })))?;
        let each = self.before(n.start) == '每';
        // Large numbers need no counter.
        let large = n.scale >= Decimal::from(10_000) && self.is(n.end, Class::OfGroup).is_some();
        let counter = if large { n.end } else { self.is(self.skip_blank(n.end), Class::Measure)? };
        // The word after the noun: 中, 里, or 有 and the like after 每.
        let noun = |i: usize| i == counter || (self.at(i - 1).is_alphabetic() && self.figure(i - 1).is_none());
        let at = (counter..=counter + NOUN).take_while(|&i| noun(i)).find_map(|i| {
            let group = self.is(i, Class::OfGroup).map(|at| self.is(at, Class::OfGroupFiller).unwrap_or(at));
            let filler = || self.is(i, Class::OfGroupFiller).filter(|_| each);
            group.or_else(filler).filter(|&at| self.is_numeral(at))
        })?;
        let part = self.number(at)?;
        let over = part.whole().filter(|&over| over > 0 && over < whole)?;
        let behind = self.skip_blank(part.end);
        let bare = large && self.units_at(behind).is_none();
        let end = self.is(behind, Class::Measure).or(bare.then_some(part.end))?;
        Some(Draft::new(n.start - usize::from(each), end, Quantity::fraction(over, whole)?))
    }
}
