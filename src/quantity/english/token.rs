//! Tokens of English text. Each is made once; everything else works on them.
//!
//! ```text
//! text    = { word | number | sign | break | other }
//! word    = letter { letter | "'" letter }
//! number  = ( digit { digit | "," digit digit digit | blank digit digit digit } [ "." digits ] | "." digits ) [ power ]
//! power   = "e" digits | "^" digits | superscripts | ( "x" | "×" ) "10" ( "^" digits | superscripts )
//! other   = address | code | digits "." digits "." digits { "." digits }
//! ```

use rust_decimal::Decimal;

use super::vocabulary::{Key, Vocabulary, sign_key};
use crate::quantity::decimal;
use crate::text::{View, is_letter};

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    Word,
    Number,
    Sign,
    /// Three or more numbers with points between: a date, a version, an address.
    Dotted,
    /// An address or code.
    Opaque,
}

/// What stands before a token.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Gap {
    Nothing,
    Blank,
    /// One hyphen between letters or digits.
    Hyphen,
}

#[derive(Clone, Copy, Debug)]
pub(super) struct Token {
    /// First character, and the one behind the last.
    pub(super) start: usize,
    pub(super) end: usize,
    /// What the vocabulary knows it as; 0 where it does not.
    pub(super) key: Key,
    pub(super) kind: Kind,
    pub(super) gap: Gap,
    /// Of a number, its place among the numerals.
    pub(super) numeral: u32,
}

/// What stands beyond both ends of the text; the first token is one.
pub(super) const EDGE: Token = Token { start: 0, end: 0, key: 0, kind: Kind::Opaque, gap: Gap::Blank, numeral: 0 };

/// A number in digits.
#[derive(Clone, Copy, Debug)]
pub(super) struct Numeral {
    pub(super) value: Decimal,
    /// Digits before the point.
    pub(super) digits: usize,
    /// Digits behind the point.
    pub(super) places: usize,
    /// Nothing but digits.
    pub(super) plain: bool,
}

/// Longest code between backticks, and longest run of blanks inside an expression.
const LONGEST_CODE: usize = 200;
const LONGEST_BLANK: usize = 3;
/// Groups of thousands that a decimal holds.
const MOST_GROUPS: usize = 9;

pub(super) fn tokens(view: &View, vocabulary: &Vocabulary) -> (Vec<Token>, Vec<Numeral>) {
    let (mut out, mut numerals): (Vec<Token>, Vec<Numeral>) = (Vec::with_capacity(view.len() / 4), Vec::new());
    out.push(EDGE);
    let (mut at, mut checked, mut gap) = (0, 0, Gap::Blank);
    while at < view.len() {
        let c = view.at(at);
        let mut token = Token { start: at, end: at + 1, key: 0, kind: Kind::Sign, gap, numeral: 0 };
        gap = Gap::Nothing;
        if c.is_whitespace() {
            let end = view.run(at, char::is_whitespace);
            let lines = view.slice(at, end).iter().filter(|c| **c == '\n').count();
            if lines > 1 || end - at > LONGEST_BLANK {
                out.push(Token { end, key: sign_key('\n'), ..token });
            }
            (at, gap) = (end, Gap::Blank);
            continue;
        }
        if at >= checked {
            checked = view.run(at, |c| !c.is_whitespace());
            if let Some(end) = address(view, at, checked) {
                out.push(Token { end, kind: Kind::Opaque, ..token });
                at = end;
                continue;
            }
        }
        let inside = |c: char| is_letter(c) || c.is_ascii_digit();
        let (last, next) = (view.before(at), view.at(at + 1));
        if is_letter(c) {
            let end = word_end(view, at);
            token = Token { end, kind: Kind::Word, key: vocabulary.key(view.slice(at, end)), ..token };
        } else if c.is_ascii_digit() || (c == '.' && next.is_ascii_digit() && !inside(last) && last != '.') {
            let dated = out.last().is_some_and(|t| t.kind == Kind::Word && vocabulary.is_month(t.key));
            let (end, found, dotted) = number(view, at, dated);
            token.end = end;
            token.kind = match found {
                _ if dotted => Kind::Dotted,
                Some(_) => Kind::Number,
                None => Kind::Opaque,
            };
            if let Some(numeral) = found {
                token.key = if end == at + 1 { sign_key(c) } else { 0 };
                token.numeral = u32::try_from(numerals.len()).unwrap_or(u32::MAX);
                numerals.push(numeral);
            }
        } else if matches!(c, '-' | '‑') && inside(last) && inside(next) {
            (at, gap) = (at + 1, Gap::Hyphen);
            continue;
        } else if c == '`' {
            let length = view.slice(at + 1, at + LONGEST_CODE).iter().position(|c| matches!(c, '`' | '\n'));
            if let Some(length) = length.filter(|&n| view.at(at + 1 + n) == '`') {
                token = Token { end: at + length + 2, kind: Kind::Opaque, ..token };
            }
        } else {
            token.key = sign_key(c);
        }
        out.push(token);
        at = token.end;
    }
    (out, numerals)
}

fn word_end(view: &View, at: usize) -> usize {
    let mut end = view.run(at, is_letter);
    while matches!(view.at(end), '\'' | '’') && is_letter(view.at(end + 1)) {
        end = view.run(end + 1, is_letter);
    }
    end
}

/// The end of the address or code that is all of the characters without blanks from `start` to `end`.
fn address(view: &View, start: usize, end: usize) -> Option<usize> {
    let chars = view.slice(start, end);
    let at = |n: usize| chars.get(n).copied().unwrap_or(' ');
    let plain = |n: usize| at(n).is_ascii_alphanumeric();
    let found = chars.iter().enumerate().any(|(n, c)| match c {
        ':' => at(n + 1) == '/' && at(n + 2) == '/',
        '@' => n > 0 && plain(n - 1) && plain(n + 1),
        '_' => n > 0 && plain(n - 1) && plain(n + 1),
        '%' => n > 0 && at(n + 1).is_ascii_digit() && at(n + 2).is_ascii_hexdigit() && plain(n - 1) && plain(n + 3),
        'w' => n == 0 && at(1) == 'w' && at(2) == 'w' && at(3) == '.',
        _ => false,
    });
    let mark = |c: &&char| !c.is_alphanumeric() && **c != '/';
    found.then(|| end - chars.iter().rev().take_while(mark).count()).filter(|&end| end > start)
}

/// The number at `at`, where it ends, and whether it is no number but several with points between.
fn number(view: &View, at: usize, dated: bool) -> (usize, Option<Numeral>, bool) {
    let digit = |c: char| c.is_ascii_digit();
    let first = view.run(at, digit);
    let mut whole = first;
    if (1..=3).contains(&(first - at)) {
        whole = commas(view, at, first).or_else(|| blanks(view, at, first).filter(|_| !dated)).unwrap_or(first);
    }
    let point = view.at(whole) == '.' && digit(view.at(whole + 1));
    let mut end = if point { view.run(whole + 1, digit) } else { whole };
    if point && view.at(end) == '.' && digit(view.at(end + 1)) && whole > at {
        let end = view.run(end, |c| digit(c) || c == '.');
        return (if view.before(end) == '.' { end - 1 } else { end }, None, true);
    }
    let places = if point { end - whole - 1 } else { 0 };
    let digits = whole - at - view.slice(at, whole).iter().filter(|c| !digit(**c)).count();
    let Some(mut value) = decimal::of_digits(view.slice(at, end), places) else { return (end, None, false) };
    let plain = end == first && !point;
    let ten = value == Decimal::TEN && plain;
    if let Some((zeros, stop)) = power(view, end, ten) {
        // 10^6, but 3 × 10^6 and 3e6.
        let base =
            if ten && (view.at(end) == '^' || superscript(view.at(end)).is_some()) { Decimal::ONE } else { value };
        let Some(scaled) = decimal::power(zeros).and_then(|p| base.checked_mul(p)) else { return (stop, None, false) };
        (value, end) = (scaled.normalize(), stop);
    }
    let plain = plain && end == first;
    (end, Some(Numeral { value, digits, places: if end > whole { places } else { 0 }, plain }), false)
}

/// The end of groups of three digits behind commas; or of the Indian ones, of two digits and at last three.
fn commas(view: &View, start: usize, first: usize) -> Option<usize> {
    let digit = |c: char| c.is_ascii_digit();
    let (mut end, mut groups, mut indian) = (first, 0, false);
    while view.at(end) == ',' {
        match view.run(end + 1, digit) - end - 1 {
            3 => {
                end += 4;
                if indian {
                    return Some(end);
                }
            }
            2 if (groups == 0 || indian) && first - start <= 2 && groups < MOST_GROUPS => {
                (end, indian) = (end + 3, true)
            }
            _ => break,
        }
        groups += 1;
    }
    (groups > 0 && !indian).then_some(end)
}

/// The end of groups of three digits behind blanks. Numbers of telephones and rows of numbers are none.
fn blanks(view: &View, start: usize, first: usize) -> Option<usize> {
    let digit = |c: char| c.is_ascii_digit();
    let blank = |c: char| matches!(c, ' ' | '\u{A0}' | '\u{202F}' | '\u{2009}');
    if view.at(start) == '0' || view.before(start) == '+' {
        return None;
    }
    let mut end = first;
    while blank(view.at(end)) && digit(view.at(end + 1)) {
        if view.run(end + 1, digit) - end - 1 != 3 || end - first > 4 * MOST_GROUPS {
            return None;
        }
        end += 4;
    }
    let more = matches!(view.at(end), '-' | ',' | '/' | ':') && digit(view.at(end + 1));
    (end > first && !more).then_some(end)
}

/// Zeros of a power of ten at `at`, and the index behind it. `ten` says that the number before is a plain ten.
fn power(view: &View, at: usize, ten: bool) -> Option<(u32, usize)> {
    let small = |from: usize| {
        let end = view.run(from, |c| c.is_ascii_digit());
        let value = view.slice(from, end).iter().try_fold(0u32, |n, c| n.checked_mul(10)?.checked_add(c.to_digit(10)?));
        value.filter(|_| (1..=2).contains(&(end - from)) && !is_letter(view.at(end))).map(|n| (n, end))
    };
    match view.at(at) {
        'e' | 'E' => return small(if view.at(at + 1) == '+' { at + 2 } else { at + 1 }),
        '^' if ten => return small(at + 1),
        _ => {}
    }
    let raised = |from: usize| {
        let end = view.run(from, |c| superscript(c).is_some());
        let digits = view.slice(from, end.min(from + 3)).iter().filter_map(|c| superscript(*c));
        (end > from).then(|| (digits.fold(0, |n, d| n * 10 + d), end))
    };
    if ten && let Some(found) = raised(at) {
        return Some(found);
    }
    let mark = view.skip_blank(at);
    let ten = view.after(view.skip_blank(mark + 1), "10").filter(|_| matches!(view.at(mark), '×' | 'x' | 'X' | '·'))?;
    if view.at(ten) == '^' { small(ten + 1) } else { raised(ten) }
}

fn superscript(c: char) -> Option<u32> {
    "⁰¹²³⁴⁵⁶⁷⁸⁹".chars().zip(0..).find(|(s, _)| *s == c).map(|(_, n)| n)
}
