//! Numbers that are not values: parts of names, telephone numbers, addresses, versions.
//!
//! ```text
//! name    = name-word [ "-" ] arabic (without a measure word after it)
//! phone   = phone-word { blank | ":" | "为" } digit { digit | blank | "-" | "(" | ")" | "+" }
//! address = "http" … | "www." … | user "@" host
//! note    = "[" digits "]" after a word
//! ```

use super::Chinese;
use super::numeral::{Form, Numeral};
use super::vocabulary::Class;
use crate::text::is_letter;

/// The longest user name of an address.
const LONGEST: usize = 64;

impl Chinese<'_> {
    /// The end of the address that begins at `at`. Numbers inside an address are not values.
    pub(super) fn address(&self, at: usize) -> Option<usize> {
        let user = |c: char| c.is_ascii_alphanumeric() || "._-+%".contains(c);
        let end = || self.run(at, |c| c.is_ascii_graphic());
        match self.at(at) {
            '`' => {
                let stop = (at + 1..=at + LONGEST).find(|&i| "`\0\n".contains(self.at(i)))?;
                (self.at(stop) == '`' && stop > at + 1).then_some(stop + 1)
            }
            '[' => {
                let stop = self.run(at + 1, |c| c.is_ascii_digit() || ",-–".contains(c));
                let word = !self.before(at).is_whitespace() && at > 0;
                (self.at(stop) == ']' && (at + 2..at + 12).contains(&stop) && word).then_some(stop + 1)
            }
            c if !c.is_ascii_alphanumeric() || user(self.before(at)) => None,
            _ if self.after_any(at, &["http://", "https://", "www.", "HTTP://", "WWW."]).is_some() => Some(end()),
            _ => {
                let stop = at + (0..LONGEST).take_while(|k| user(self.at(at + k))).count();
                (self.at(stop) == '@' && self.at(stop + 1).is_ascii_alphanumeric()).then(end)
            }
        }
    }

    /// Whether digits and letters at `at` are one name: 5G, 3D, a1b2. 30GW is not.
    pub(super) fn is_name_of_digits(&self, at: usize) -> bool {
        let end = self.run(at, |c| c.is_ascii_digit());
        // 10-K.
        if self.at(end) == '-' && self.at(end + 1).is_ascii_uppercase() && !self.at(end + 2).is_ascii_alphanumeric() {
            return true;
        }
        if !is_letter(self.at(end)) || self.before(at).is_ascii_alphanumeric() {
            return false;
        }
        let part = "QHeEx".contains(self.at(end)) && self.at(end + 1).is_ascii_digit();
        let word = Some(self.run(end, is_letter));
        let known = self.units_at(end).is_some()
            || self.find(end, &[Class::EnglishPower, Class::Share, Class::UnitWord]).map(|f| f.1) == word;
        !(part || known)
    }

    /// The version after a name in Latin letters: Web 2.0, RTX 4090. Years and counted numbers are not versions.
    pub(super) fn version(&self, at: usize, end: usize) -> Option<usize> {
        let digits = |at: usize| self.run(at, |c| c.is_ascii_digit() || c == '.');
        if self.at(end) == '.' && self.at(end + 1).is_ascii_digit() {
            return Some(digits(end + 1));
        }
        let start = self.skip_blank(end);
        let whole = self.run(start, |c| c.is_ascii_digit());
        let decimal = self.at(whole) == '.' && self.at(whole + 1).is_ascii_digit();
        let stop = if decimal { digits(whole) } else { whole };
        let year = whole == start + 4 && "12".contains(self.at(start));
        let name = whole > start && self.slice(at, end).iter().any(|c| c.is_uppercase());
        let number = decimal || whole - start >= 3 && !year;
        (name && number && !self.is_quantity(stop)).then_some(stop)
    }

    /// Whether the character or word at `at` makes the number before it a quantity.
    fn is_quantity(&self, at: usize) -> bool {
        let blank = self.at(at).is_whitespace();
        let at = self.skip_blank(at);
        let c = self.at(at);
        let goes_on = "%,:/~-至到年月日号点".contains(c) || c.is_ascii_alphanumeric() && !blank;
        goes_on || self.figure(at).is_some() || self.is_counted(at)
    }

    /// The index after a name and its number, or after a telephone number.
    pub(super) fn name(&self, at: usize) -> Option<usize> {
        let (sense, end) = self.find(at, &[Class::Name, Class::Phone])?;
        if sense.class == Class::Phone {
            let next = end + (0..3).take_while(|k| " :为是号".contains(self.at(end + k))).count();
            let stop = self.run(next, |c| c.is_ascii_digit() || " -()+\u{A0}–".contains(c));
            let digits = self.slice(next, stop).iter().take(LONGEST).filter(|c| c.is_ascii_digit()).count();
            return Some(if digits > 2 { stop } else { end });
        }
        let next = self.skip_blank(end);
        let next = next + usize::from("-:".contains(self.at(next)));
        let han = self.run(next, |c| super::figure(c).is_some());
        // 嫦娥六号.
        if han > next && self.at(han) == '号' {
            return Some(han + 1);
        }
        let stop = self.run(next, |c| c.is_ascii_digit() || c == '.');
        let stop = stop - usize::from(stop > next && self.before(stop) == '.');
        let counted = self.is_quantity(stop) && self.at(stop) != ',';
        Some(if counted || !self.at(next).is_ascii_digit() { end } else { stop })
    }

    /// Whether the characters before a number make it a name or a day: 星期三, 老四, 歼-20, 90后, 400-800-1234.
    pub(super) fn is_named_before(&self, n: &Numeral) -> bool {
        if n.form != Form::Arabic {
            // 高三 is a name, 高三米 and 大五倍 are sizes.
            let size = "高大小".contains(self.before(n.start))
                && (self.units_at(n.end).is_some_and(|(u, _)| !u.risky)
                    || self.is(n.end, Class::UnitWord).is_some()
                    || "倍成".contains(self.at(n.end)));
            return n.is_single() && self.ends(n.start, Class::NoNumberBefore).is_some() && !size;
        }
        let word = || self.before(n.start - 1).is_alphabetic();
        let dash = self.before(n.start) == '-' && word() && !self.is_quantity(n.end);
        let generation = n.digits == 2 && self.at(n.end) == '后' && "05".contains(self.before(n.end));
        dash && self.find_before(n.start - 1, &[Class::Range, Class::Is]).is_none() || generation
    }

    /// The end of a chain of digits with dashes that is longer than any date (400-800-1234), or with blanks (138 0013
    /// 8000).
    pub(super) fn chain(&self, at: usize) -> Option<usize> {
        let digits = |at: usize| self.run(at, |c| c.is_ascii_digit());
        let first = digits(at);
        let (mut end, mut groups) = (first, 0);
        let mark = self.at(first);
        while self.at(end) == mark && " -".contains(mark) && self.at(end + 1).is_ascii_digit() && groups < LONGEST {
            (end, groups) = (digits(end + 1), groups + 1);
        }
        let found = match mark {
            ' ' => self.at(at) == '1' && first == at + 3 && groups == 2 && end == at + 13 && self.at(at + 8) == ' ',
            // An area code and its number, or many groups.
            _ => {
                groups > 1 && first != at + 4 || groups == 1 && first <= at + 4 && self.at(at) == '0' && end > first + 8
            }
        };
        found.then_some(end)
    }
}
