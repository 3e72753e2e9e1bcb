//! Expressions that look like numbers but are not values.
//!
//! ```text
//! none = idiom | number "figure" | "[" digits "]" | telephone | digits ":" digits | named digits | digits "(k)"
//! ```

use super::English;
use super::token::Kind;
use super::vocabulary::Class;

/// The least number of digits and groups in a telephone number, and how far before it a word such as "phone" may be.
const TELEPHONE_DIGITS: usize = 7;
const LONGEST_TELEPHONE: usize = 8;
const TELEPHONE_WORDS: usize = 4;
/// The most tokens of a footnote mark.
const LONGEST_NOTE: usize = 12;

impl English<'_> {
    /// The token after an expression at `i` that is not a value.
    pub(super) fn none(&self, i: usize) -> Option<usize> {
        if let Some((_, end)) = self.phrase(i, Class::Idiom) {
            return Some(end);
        }
        match self.token(i).kind {
            Kind::Word => (self.hyphen(i + 1) && self.word(i + 1, "figure figures")).then_some(i + 2),
            Kind::Sign if self.sign(i) == '[' => {
                // `[12]`, `[3, 4]`. A year in brackets is not a footnote.
                let inside = |at: &usize| self.small(*at, 999).is_some() || matches!(self.sign(*at), ',' | '-' | '–');
                let end = i + 1 + (i + 1..i + LONGEST_NOTE).take_while(inside).count();
                (end > i + 1 && self.sign(end) == ']').then_some(end + 1)
            }
            Kind::Sign => self.telephone(i),
            Kind::Number => self.telephone(i).or_else(|| self.score(i)).or_else(|| self.name_of_number(i)),
            _ => None,
        }
    }

    /// "+1 415 555 0132", "(02) 2345-6789", "1-800-555-0199", and other rows of digits with three or more parts.
    fn telephone(&self, i: usize) -> Option<usize> {
        let plus = self.sign(i) == '+';
        let open = usize::from(plus || self.sign(i) == '(');
        let (mut at, mut groups, mut digits, mut hyphens) = (i + open, 0, 0, 0);
        while groups < LONGEST_TELEPHONE {
            let sign = usize::from(groups > 0 && matches!(self.sign(at), ')' | '(' | '-' | '.'));
            let size = self.plain(at + sign);
            if size == 0 {
                break;
            }
            hyphens += usize::from(self.hyphen(at));
            (at, groups, digits) = (at + sign + 1, groups + 1, digits + size);
        }
        let sizes = [self.plain(i), self.plain(i + 1), self.plain(i + 2)];
        let date = groups == 3 && hyphens == 2 && matches!(sizes, [4, ..=2, ..=2] | [..=2, ..=2, 2 | 4]);
        let zero = self.view.at(self.start(i + open)) == '0' && (2..=4).contains(&self.plain(i + open));
        let code = zero && (open > 0 || hyphens > 0 || groups > 2);
        let row = open == 0 && groups > 2 && hyphens >= 2 && hyphens + 1 >= groups;
        let called = plus || code || self.near(i, TELEPHONE_WORDS, Class::Phone) || self.follows(i, Class::Phone);
        ((row || (called && digits >= TELEPHONE_DIGITS && groups > 1)) && !date).then_some(at)
    }

    /// "16:9", "3:1" are not times of day.
    fn score(&self, i: usize) -> Option<usize> {
        let more = |at: usize| self.sign(at) == ':' && self.tight(at) && self.tight(at + 1) && self.is_figure(at + 1);
        let colons = (0..).take_while(|n| more(i + 1 + 2 * n)).count();
        (colons > 0 && self.digital(i).is_none()).then_some(i + 1 + 2 * colons)
    }

    /// The number of "Boeing 747", "S&P 500", "HTTP/2", "Form 10-K", "7-Eleven", "401(k)", "1s and 0s".
    fn name_of_number(&self, i: usize) -> Option<usize> {
        let (before, next) = (i.saturating_sub(1), self.token(i + 1));
        let single = |at: usize| self.is_word(at) && self.token(at).end - self.token(at).start == 1;
        // "Section 4.2(b)".
        if self.sign(i + 1) == '(' && self.tight(i + 1) && single(i + 2) && self.sign(i + 3) == ')' {
            return Some(i + 4);
        }
        let letter = self.capital(i + 1) && single(i + 1) && !(self.tight(i + 2) && self.is_figure(i + 2));
        let shop = self.small(i, 7) == Some(7) && self.word(i + 1, "eleven");
        let bits = self.plain(i) == 1 && self.tight(i + 1) && self.word(i + 1, "s");
        if bits || (self.hyphen(i + 1) && (letter || shop)) {
            return Some(i + 2);
        }
        let path =
            self.sign(before) == '/' && self.tight(i) && self.tight(before) && self.capital(before.saturating_sub(1));
        let index = self.word(before, "p") && self.sign(before.saturating_sub(1)) == '&';
        let named = self.capital(before) && self.is(before, Class::Named) && !self.tight(i);
        let counted = self.sign(i + 1) == '%' || (self.tight(i + 1) && next.kind == Kind::Word && !letter);
        let more =
            usize::from(named && ((self.hyphen(i + 1) && next.kind == Kind::Number) || (self.tight(i + 1) && letter)));
        let plain = self.numeral(i).is_some_and(|n| n.plain || n.places > 0);
        (path || ((index || named) && plain && !counted)).then_some(i + 1 + more)
    }
}
