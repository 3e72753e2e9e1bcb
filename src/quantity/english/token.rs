//! Tokens of English text. Each token is made once, and all other code works on tokens.
//!
//! ```text
//! text    = { word | number | sign | break | other }
//! word    = letter { letter | "'" letter }
//! number  = ( digit { digit | ( "," | blank ) digit digit digit } [ "." digits ] | "." digits ) [ power ]
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
    /// An address or code, or three or more numbers with points between them: a date or a version.
    Opaque,
}

/// The characters before a token.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Gap {
    Nothing,
    Blank,
    /// One hyphen between letters or digits.
    Hyphen,
}

#[derive(Clone, Copy, Debug)]
pub(super) struct Token {
    /// The first character, and the character after the last one.
    pub(super) start: usize,
    pub(super) end: usize,
    /// Its key in the vocabulary; 0 if it is unknown.
    pub(super) key: Key,
    pub(super) kind: Kind,
    pub(super) gap: Gap,
    /// For a number, its index among the numerals.
    pub(super) numeral: u32,
}

/// The token beyond both ends of the text. It is also the first token.
pub(super) const EDGE: Token = Token { start: 0, end: 0, key: 0, kind: Kind::Opaque, gap: Gap::Blank, numeral: 0 };

/// A number in digits.
#[derive(Clone, Copy, Debug)]
pub(super) struct Numeral {
    pub(super) value: Decimal,
    /// The number of digits before the point.
    pub(super) digits: usize,
    /// The number of digits after the point.
    pub(super) places: usize,
    /// Whether there are only digits.
    pub(super) plain: bool,
}

/// The longest code between backticks, and the longest run of blanks inside an expression.
const LONGEST_CODE: usize = 200;
const LONGEST_BLANK: usize = 3;
/// The most groups of thousands that a decimal can hold.
const MOST_GROUPS: usize = 9;

pub(super) fn tokens(view: &View, vocabulary: &Vocabulary) -> (Vec<Token>, Vec<Numeral>) {
    let (mut out, mut numerals): (Vec<Token>, Vec<Numeral>) = (Vec::with_capacity(view.len() / 4), Vec::new());
    out.push(EDGE);
    let (mut at, mut checked, mut gap) = (0, 0, Gap::Blank);
    let inside = |c: char| is_letter(c) || c.is_ascii_digit();
    while at < view.len() {
        let (last, c, next) = (view.before(at), view.at(at), view.at(at + 1));
        let mut token = Token { start: at, end: at + 1, key: sign_key(c), kind: Kind::Sign, gap, numeral: 0 };
        gap = Gap::Nothing;
        if c.is_whitespace() {
            gap = Gap::Blank;
            token = Token { end: view.run(at, char::is_whitespace), key: sign_key('\n'), ..token };
            let lines = view.slice(at, token.end).iter().filter(|c| **c == '\n').count();
            at = token.end;
            if lines > 1 || token.end - token.start > LONGEST_BLANK {
                out.push(token);
            }
            continue;
        }
        let fresh = at >= checked;
        checked = if fresh { view.run(at, |c| !c.is_whitespace()) } else { checked };
        if let Some(end) = opaque(view, at, if fresh { checked } else { at }) {
            token = Token { end, kind: Kind::Opaque, key: 0, ..token };
        } else if is_letter(c) {
            let end = word_end(view, at);
            token = Token { end, kind: Kind::Word, key: vocabulary.key(view.slice(at, end)), ..token };
        } else if c.is_ascii_digit() || (c == '.' && next.is_ascii_digit() && !inside(last) && last != '.') {
            let dated = out.last().is_some_and(|t| t.kind == Kind::Word && vocabulary.is_month(t.key));
            let (end, found) = number(view, at, dated);
            token.kind = if found.is_some() { Kind::Number } else { Kind::Opaque };
            token.key = if end == at + 1 { token.key } else { 0 };
            (token.end, token.numeral) = (end, u32::try_from(numerals.len()).unwrap_or(u32::MAX));
            numerals.extend(found);
        } else if matches!(c, '-' | '‑') && inside(last) && inside(next) {
            (at, gap) = (at + 1, Gap::Hyphen);
            continue;
        }
        out.push(token);
        at = token.end;
    }
    (out, numerals)
}

/// The end of the word at `at`, if one begins there.
pub(super) fn word_end(view: &View, at: usize) -> usize {
    let mut end = view.run(at, is_letter);
    while matches!(view.at(end), '\'' | '’') && is_letter(view.at(end + 1)) {
        end = view.run(end + 1, is_letter);
    }
    end
}

/// The end of the code between backticks at `start`, or of the address that fills all characters without blanks from
/// `start` to `end`.
fn opaque(view: &View, start: usize, end: usize) -> Option<usize> {
    let chars = view.slice(start, end);
    let at = |n: usize| chars.get(n).copied().unwrap_or(' ');
    let plain = |n: usize| at(n).is_ascii_alphanumeric();
    let found = chars.iter().enumerate().any(|(n, c)| match c {
        ':' => at(n + 1) == '/' && at(n + 2) == '/',
        '@' | '_' => n > 0 && plain(n - 1) && plain(n + 1),
        '%' => n > 0 && at(n + 1).is_ascii_digit() && at(n + 2).is_ascii_hexdigit() && plain(n - 1) && plain(n + 3),
        'w' => n == 0 && at(1) == 'w' && at(2) == 'w' && at(3) == '.',
        _ => false,
    });
    if !found && view.at(start) == '`' {
        let length = view.slice(start + 1, start + LONGEST_CODE).iter().position(|c| matches!(c, '`' | '\n'))?;
        return Some(start + length + 2).filter(|&end| view.before(end) == '`');
    }
    let mark = |c: &&char| !c.is_alphanumeric() && **c != '/';
    found.then(|| end - chars.iter().rev().take_while(mark).count()).filter(|&end| end > start)
}

/// The end of the number at `at`, and the number. There is no number if it is too long or has several points.
fn number(view: &View, at: usize, dated: bool) -> (usize, Option<Numeral>) {
    let digit = |c: char| c.is_ascii_digit();
    let first = view.run(at, digit);
    let whole = groups(view, at, first, dated).unwrap_or(first);
    let point = view.at(whole) == '.' && digit(view.at(whole + 1)) || whole == first && decimal_comma(view, whole);
    let end = if point { view.run(whole + 1, digit) } else { whole };
    if point && view.at(end) == '.' && digit(view.at(end + 1)) && whole > at {
        let end = view.run(end, |c| digit(c) || c == '.');
        return (if view.before(end) == '.' { end - 1 } else { end }, None);
    }
    let places = if point { end - whole - 1 } else { 0 };
    let digits = view.slice(at, whole).iter().filter(|c| digit(**c)).count();
    let Some(value) = decimal::of_digits(view.slice(at, end), places) else { return (end, None) };
    let plain = end == first && !point;
    let Some((scaled, stop)) = power(view, end, value, plain) else {
        return (end, Some(Numeral { value, digits, places, plain }));
    };
    let numeral = |value: Decimal| Numeral { value, digits, places: value.scale() as usize, plain: false };
    (stop, scaled.map(|value| numeral(value.normalize())))
}

/// Whether a decimal comma is at `at`: "3,5 percent".
fn decimal_comma(view: &View, at: usize) -> bool {
    let end = view.run(at + 1, |c| c.is_ascii_digit());
    let unit = view.skip_blank(end);
    let clear = view.at(unit) == '%' || view.after_any(unit, &["percent", "per cent", "million", "billion"]).is_some();
    view.at(at) == ',' && (at + 2..at + 4).contains(&end) && clear
}

/// The end of groups of digits: three digits after each comma; two, and three in the last group, as in India; or three
/// after each blank. Blanks do not group the digits of telephone numbers and of rows of numbers.
fn groups(view: &View, start: usize, first: usize, dated: bool) -> Option<usize> {
    let mark = view.at(first);
    let blank = matches!(mark, ' ' | '\u{A0}' | '\u{202F}' | '\u{2009}');
    let open = blank && (dated || view.at(start) == '0' || view.before(start) == '+');
    (matches!(first - start, 1..=3) && (blank || mark == ',') && !open).then_some(())?;
    let (mut end, mut indian) = (first, false);
    while view.at(end) == mark {
        match view.run(end + 1, |c| c.is_ascii_digit()) - end - 1 {
            _ if (blank || indian) && end - first > 4 * MOST_GROUPS => return None,
            3 if indian => return Some(end + 4),
            3 => end += 4,
            2 if !blank && first - start <= 2 && (end == first || indian) => (end, indian) = (end + 3, true),
            1.. if blank => return None,
            _ => break,
        }
    }
    let more = blank && matches!(view.at(end), '-' | ',' | '/' | ':') && view.at(end + 1).is_ascii_digit();
    (end > first && !indian && !more).then_some(end)
}

/// The number before `at` multiplied by the power of ten at `at`, and the index after it: 3e6, 3 × 10^6, or a `plain`
/// 10^6.
fn power(view: &View, at: usize, value: Decimal, plain: bool) -> Option<(Option<Decimal>, usize)> {
    let mark = view.skip_blank(at);
    let (base, from) =
        if plain && value == Decimal::TEN && !matches!(view.at(at), 'e' | 'E') && exponent(view, at).is_some() {
            (Decimal::ONE, at)
        } else if matches!(view.at(at), 'e' | 'E') {
            (value, at)
        } else {
            let times = matches!(view.at(mark), '×' | 'x' | 'X' | '·');
            (value, view.after(view.skip_blank(mark + 1), "10").filter(|_| times)?)
        };
    let (zeros, negative, end) = exponent(view, from)?;
    let factor = if negative { Decimal::try_from_i128_with_scale(1, zeros).ok() } else { decimal::power(zeros) };
    Some((factor.and_then(|factor| base.checked_mul(factor)), end))
}

/// The zeros after "^" or "e", or in superscripts, at `at`; whether a minus comes before them; and the index after
/// them.
fn exponent(view: &View, at: usize) -> Option<(u32, bool, usize)> {
    let marked = matches!(view.at(at), '^' | 'e' | 'E');
    let value = |c: char| match c.to_digit(10) {
        Some(digit) => Some(digit).filter(|_| marked),
        None => "⁰¹²³⁴⁵⁶⁷⁸⁹".chars().zip(0..).find(|(s, _)| *s == c).map(|found| found.1),
    };
    let sign = at + usize::from(marked);
    let negative = matches!(view.at(sign), '-' | '−' | '⁻');
    let from = sign + usize::from(negative || view.at(sign) == '+');
    let end = view.run(from, |c| value(c).is_some());
    let zeros = view.slice(from, end).iter().filter_map(|c| value(*c)).take(2).fold(0, |n, digit| n * 10 + digit);
    (matches!(end - from, 1..=2) && !is_letter(view.at(end))).then_some((zeros, negative, end))
}
