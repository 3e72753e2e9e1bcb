//! Numbers that are none: parts of names, telephone numbers, addresses, versions.
//!
//! ```text
//! name    = name-word [ "-" ] arabic (without a measure word behind it)
//! phone   = phone-word { blank | ":" | "为" } digit { digit | blank | "-" | "(" | ")" | "+" }
//! address = "http" … | "www." … | user "@" host
//! note    = "[" digits "]" behind a word
//! ```

use super::Chinese;
use super::numeral::{Form, Numeral};
use super::vocabulary::Class;
use crate::text::is_letter;

/// Longest user name of an address.
const LONGEST: usize = 64;

impl Chinese<'_> {
    /// The end of the address that begins at `at`: nothing in it is a number.
    pub(super) fn address(&self, at: usize) -> Option<usize> {
        let view = self.view;
        let user = |c: char| c.is_ascii_alphanumeric() || matches!(c, '.' | '_' | '-' | '+' | '%');
        let end = || view.run(at, |c| c.is_ascii_graphic());
        match view.at(at) {
            c if !c.is_ascii_alphanumeric() && c != '[' && c != '`' => None,
            'h' | 'H' | 'w' | 'W'
                if view.after_any(at, &["http://", "https://", "www.", "HTTP://", "WWW."]).is_some() =>
            {
                Some(end())
            }
            '`' => {
                let stop =
                    at + 1 + (0..LONGEST).take_while(|k| !matches!(view.at(at + 1 + k), '`' | '\0' | '\n')).count();
                (view.at(stop) == '`' && stop > at + 1).then_some(stop + 1)
            }
            '[' => {
                let stop = view.run(at + 1, |c| c.is_ascii_digit() || matches!(c, ',' | '-' | '–'));
                let word = !view.before(at).is_whitespace() && at > 0;
                (view.at(stop) == ']' && (2..12).contains(&(stop - at)) && word).then_some(stop + 1)
            }
            _ if user(view.before(at)) => None,
            _ => {
                let stop = at + (0..LONGEST).take_while(|k| user(view.at(at + k))).count();
                (view.at(stop) == '@' && view.at(stop + 1).is_ascii_alphanumeric()).then(end)
            }
        }
    }

    /// Whether digits and letters at `at` are one name: 5G, 3D, a1b2; not 30GW.
    pub(super) fn is_name_of_digits(&self, at: usize) -> bool {
        let view = self.view;
        let end = view.run(at, |c| c.is_ascii_digit());
        // 10-K.
        if view.at(end) == '-' && view.at(end + 1).is_ascii_uppercase() && !view.at(end + 2).is_ascii_alphanumeric() {
            return true;
        }
        if !is_letter(view.at(end)) || view.before(at).is_ascii_alphanumeric() {
            return false;
        }
        let dated = matches!(view.at(end), 'Q' | 'H') && view.at(end + 1).is_ascii_digit();
        let power = matches!(view.at(end), 'e' | 'E' | 'x') && view.at(end + 1).is_ascii_digit();
        let word = view.run(end, is_letter);
        let known = self.units_at(end).is_some()
            || self.find(end, &[Class::EnglishPower, Class::Share, Class::UnitWord]).is_some_and(|f| f.1 == word)
            || self.words.signs.at(|i| Some(view.at(i)), end, Some).is_some_and(|f| f.1 == word);
        !(dated || power || known)
    }

    /// The version behind a name of Latin letters: Web 2.0, RTX 4090; years and what is counted are none.
    pub(super) fn version(&self, at: usize, end: usize) -> Option<usize> {
        let view = self.view;
        let last = view.before(end);
        if view.at(end) == '.' && view.at(end + 1).is_ascii_digit() && last.is_ascii_alphanumeric() {
            return Some(view.run(end + 1, |c| c.is_ascii_digit() || c == '.'));
        }
        let start = view.skip_blank(end);
        let digits = view.run(start, |c| c.is_ascii_digit());
        if digits == start || start == end || !view.slice(at, end).iter().any(|c| c.is_uppercase()) {
            return None;
        }
        let decimal = view.at(digits) == '.' && view.at(digits + 1).is_ascii_digit();
        let stop = if decimal { view.run(digits + 1, |c| c.is_ascii_digit() || c == '.') } else { digits };
        let year = digits - start == 4 && matches!(view.at(start), '1' | '2') && !decimal;
        let number = (decimal || digits - start >= 3) && !year && !self.is_quantity(stop);
        number.then_some(stop)
    }

    /// Whether something stands at `at` that makes a quantity of the number before it.
    fn is_quantity(&self, at: usize) -> bool {
        let blank = self.view.at(at).is_whitespace();
        let at = self.view.skip_blank(at);
        let c = self.view.at(at);
        if self.view.after(at, "时代").is_some() {
            return false;
        }
        matches!(c, '%' | ',' | ':' | '/' | '~' | '-' | '至' | '到' | '年' | '月' | '日' | '号' | '点')
            || c.is_ascii_alphanumeric() && !blank
            || self.words.figure(c).is_some()
            || self.is_counted(at)
    }

    /// The index behind a name and its number, or behind a telephone number.
    pub(super) fn name(&self, at: usize) -> Option<usize> {
        let view = self.view;
        let (sense, end) = self.find(at, &[Class::Name, Class::Phone])?;
        if sense.class == Class::Phone {
            let next = end + (0..3).take_while(|k| matches!(view.at(end + k), ' ' | ':' | '为' | '是' | '号')).count();
            let stop =
                view.run(next, |c| c.is_ascii_digit() || matches!(c, ' ' | '-' | '(' | ')' | '+' | '\u{A0}' | '–'));
            let digits = view.slice(next, stop).iter().take(LONGEST).filter(|c| c.is_ascii_digit()).count();
            return Some(if digits > 2 { stop } else { end });
        }
        let next = view.skip_blank(end);
        let next = next + usize::from(matches!(view.at(next), '-' | ':'));
        let han = view.run(next, |c| self.words.figure(c).is_some());
        // 嫦娥六号.
        if han > next && matches!(view.at(han), '号') {
            return Some(han + 1);
        }
        if !view.at(next).is_ascii_digit() {
            return Some(end);
        }
        let stop = view.run(next, |c| c.is_ascii_digit() || c == '.');
        let stop = if view.before(stop) == '.' { stop - 1 } else { stop };
        Some(if self.is_quantity(stop) && view.at(stop) != ',' { end } else { stop })
    }

    /// Whether what stands before a number makes it a name or a day: 星期三, 老四, 歼-20, 90后, 400-800-1234.
    pub(super) fn is_named_before(&self, n: &Numeral) -> bool {
        let view = self.view;
        if n.form != Form::Arabic {
            return n.is_single() && self.ends(n.start, Class::NoNumberBefore).is_some() && !self.is_size(n);
        }
        let word = |i: usize| view.at(i).is_alphabetic() && !view.at(i).is_ascii() && self.figure(i).is_none();
        let behind_dash = view.before(n.start) == '-' && n.start > 1 && word(n.start - 2) && !self.is_quantity(n.end);
        let generation = n.digits == 2 && view.at(n.end) == '后' && matches!(view.before(n.end), '0' | '5');
        behind_dash && self.ends(n.start - 1, Class::Range).is_none() && self.ends(n.start - 1, Class::Is).is_none()
            || generation
    }

    /// 高三米, 大五倍: what is measured and not a name.
    fn is_size(&self, n: &Numeral) -> bool {
        matches!(self.view.before(n.start), '高' | '大' | '小')
            && (self.units_at(n.end).is_some_and(|(u, _)| !u.risky && self.is(n.end, Class::NoUnit).is_none())
                || self.view.at(n.end) == '倍'
                || self.view.at(n.end) == '成')
    }

    /// The end of a chain of digits with dashes, longer than any date: 400-800-1234.
    pub(super) fn chain(&self, at: usize) -> Option<usize> {
        let view = self.view;
        let digits = |at: usize| view.run(at, |c| c.is_ascii_digit());
        let first = digits(at);
        if view.at(first) != '-' && view.at(first) != ' ' {
            return None;
        }
        let second = digits(first + 1);
        if view.at(first) == ' ' {
            // 138 0013 8000.
            let mobile = first - at == 3 && view.at(at) == '1' && second - first == 5 && view.at(second) == ' ';
            return Some(digits(second + 1)).filter(|end| mobile && end - second == 5);
        }
        let (mut end, mut dashes) = (first, 0);
        while view.at(end) == '-' && view.at(end + 1).is_ascii_digit() {
            (end, dashes) = (digits(end + 1), dashes + 1);
        }
        let long = dashes > 1 && first - at != 4;
        let area = dashes == 1 && first - at <= 4 && view.at(at) == '0' && second - first > 7;
        (long || area).then_some(end)
    }
}
