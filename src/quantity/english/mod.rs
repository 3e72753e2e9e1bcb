//! Quantities in English text.
//!
//! ```text
//! text       = { expression | name | word }
//! expression = none | date | clock | multiple | band | fraction | order | amount [ range amount ]
//! ```

mod amount;
mod clock;
mod date;
mod direction;
mod fraction;
mod hedge;
mod multiple;
mod none;
mod numeral;
mod range;
mod token;
mod vocabulary;
mod year;

use super::draft::Draft;
use super::{Quantity, Unit};
use crate::text::{View, is_letter};
use token::{EDGE, Gap, Kind, Numeral, Token};
use vocabulary::{Class, Key, VOCABULARY, Vocabulary};

/// A single word of a number.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum NumeralWord {
    /// Seven.
    Cardinal(u64),
    /// Seventh.
    Ordinal(u64),
    /// Million.
    Magnitude,
    /// Monday is 1.
    Weekday(u64),
    Month(u64),
    /// "Eighties".
    Tens(u64),
}

/// What a word says of a number.
pub(super) fn numeral_word(word: &[char]) -> Option<NumeralWord> {
    let sense = vocabulary::VOCABULARY.numeral(word)?;
    Some(match sense.class {
        Class::Cardinal => NumeralWord::Cardinal(sense.value),
        Class::Ordinal => NumeralWord::Ordinal(sense.value),
        Class::Weekday => NumeralWord::Weekday(sense.value),
        Class::Month if word.first().is_some_and(|c| c.is_uppercase()) => NumeralWord::Month(sense.value),
        Class::Month => return None,
        Class::Tens => NumeralWord::Tens(sense.value),
        Class::Often => NumeralWord::Cardinal(sense.value),
        _ => NumeralWord::Magnitude,
    })
}

/// The unit of time that a word names.
pub(super) fn time_word(word: &[char]) -> Option<Unit> {
    let key = VOCABULARY.key(word);
    let time = |s: vocabulary::UnitSense| (s.unit.is_duration() && s.part.is_none() && !s.risky).then_some(s.unit);
    VOCABULARY.units.at(|n| (n == 0 && key > 0).then_some(key), 0, time).map(|found| found.0)
}

/// The reader of one English text.
pub(super) struct English<'v> {
    view: &'v View,
    vocabulary: &'static Vocabulary,
    tokens: Vec<Token>,
    numerals: Vec<Numeral>,
}

/// An expression and the token after it.
type Found = Option<(Draft, usize)>;

impl<'v> English<'v> {
    pub(super) fn new(view: &'v View) -> English<'v> {
        let (tokens, numerals) = token::tokens(view, &VOCABULARY);
        English { view, vocabulary: &VOCABULARY, tokens, numerals }
    }

    pub(super) fn read(&self, latin: &mut dyn FnMut(usize) -> usize) -> Vec<Draft> {
        let (mut out, mut i, mut reached) = (Vec::new(), 1, 0);
        while let Some(&token) = self.tokens.get(i) {
            let begins = token.kind != Kind::Word || self.vocabulary.starts(token.key);
            i = if token.start < reached {
                i + 1
            } else if let Some(next) = begins.then(|| self.expression(i, &mut out)).flatten() {
                next.max(i + 1)
            } else {
                let mut at = token.start;
                while token.kind != Kind::Sign && at < token.end {
                    // 5G and 3D are names.
                    let figure =
                        at == token.start && token.kind == Kind::Number && self.tight(i + 1) && self.is_word(i + 1);
                    at = if figure || is_letter(self.view.at(at)) { latin(at).max(at + 1) } else { at + 1 };
                }
                reached = at;
                i + 1
            };
        }
        out
    }

    /// Reads the expression at token `i` into `out`, and returns the token after it. If the expression is not a value,
    /// `out` does not change.
    fn expression(&self, i: usize, out: &mut Vec<Draft>) -> Option<usize> {
        if let Some(next) = self.none(i).or_else(|| self.date(i, out)) {
            return Some(next);
        }
        let word = |read: fn(&Self, usize) -> Found| if self.is_word(i) { read(self, i) } else { None };
        let single =
            self.clock(i).or_else(|| word(Self::multiple)).or_else(|| self.band(i)).or_else(|| word(Self::fraction));
        match single.or_else(|| word(Self::order)) {
            Some((draft, next)) => {
                out.push(draft);
                Some(next)
            }
            None => self.amounts(i, out),
        }
    }

    /// The token after brackets at `i` that repeat the number: "thirty (30)". `says` returns the token after the words
    /// inside the brackets.
    fn again(&self, i: usize, says: impl Fn(usize) -> Option<usize>) -> usize {
        let inside = if self.sign(i) == '(' { says(i + 1) } else { None };
        inside.filter(|end| self.sign(*end) == ')').map_or(i, |end| end + 1)
    }

    /// Token `i`, or the edge of the text.
    fn token(&self, i: usize) -> Token {
        self.tokens.get(i).copied().unwrap_or(EDGE)
    }

    fn start(&self, i: usize) -> usize {
        self.tokens.get(i).map_or(self.view.len(), |t| t.start)
    }

    /// The character after the token before `i`.
    fn end(&self, i: usize) -> usize {
        i.checked_sub(1).map_or(0, |i| self.token(i).end)
    }

    /// The token that begins at character `at`, or the first token after it.
    fn index(&self, at: usize) -> usize {
        1 + self.tokens.get(1..).map_or(0, |tokens| tokens.partition_point(|t| t.start < at))
    }

    /// The quantity from token `i` to the token before `end`.
    fn found(&self, i: usize, end: usize, quantity: Quantity) -> Found {
        Some((Draft::new(self.start(i), self.end(end), quantity), end))
    }

    /// The sign at `i`; NUL if there is none.
    fn sign(&self, i: usize) -> char {
        self.tokens.get(i).filter(|t| t.kind == Kind::Sign).map_or('\0', |t| self.view.at(t.start))
    }

    fn numeral(&self, i: usize) -> Option<Numeral> {
        let token = self.tokens.get(i).filter(|t| t.kind == Kind::Number)?;
        self.numerals.get(token.numeral as usize).copied()
    }

    fn is_figure(&self, i: usize) -> bool {
        self.token(i).kind == Kind::Number
    }

    /// The number of digits of the plain whole number at `i`; 0 if there is none.
    fn plain(&self, i: usize) -> usize {
        self.numeral(i).filter(|n| n.plain).map_or(0, |n| n.digits)
    }

    /// A plain whole number in digits at `i`, at most `most`.
    fn small(&self, i: usize, most: u16) -> Option<u16> {
        let numeral = self.numeral(i).filter(|n| n.plain && n.digits <= 4)?;
        u16::try_from(numeral.value).ok().filter(|n| *n <= most)
    }

    fn is_word(&self, i: usize) -> bool {
        self.token(i).kind == Kind::Word
    }

    /// Whether token `i` directly follows the token before it, without a blank.
    fn tight(&self, i: usize) -> bool {
        self.token(i).gap == Gap::Nothing
    }

    fn hyphen(&self, i: usize) -> bool {
        self.token(i).gap == Gap::Hyphen
    }

    /// Whether the word at `i` begins with a capital letter.
    fn capital(&self, i: usize) -> bool {
        self.is_word(i) && self.view.at(self.start(i)).is_uppercase()
    }

    /// Whether one of `words` is at `i`. They are in lower case, with blanks between them.
    fn word(&self, i: usize, words: &str) -> bool {
        let Some(token) = self.tokens.get(i).filter(|t| t.kind == Kind::Word) else { return false };
        let chars = self.view.slice(token.start, token.end).iter();
        let lower = chars.map(|&c| if c == '’' { '\'' } else { c.to_ascii_lowercase() });
        words.split(' ').any(|w| w.len() == token.end - token.start && lower.clone().eq(w.chars()))
    }

    /// The token after `words`, if they are at `i`.
    fn words(&self, i: usize, words: &str) -> Option<usize> {
        words.split(' ').try_fold(i, |at, word| self.word(at, word).then_some(at + 1))
    }

    /// The value of the word at `i` in a class.
    fn sense(&self, i: usize, class: Class) -> Option<u64> {
        let token = self.tokens.get(i).filter(|t| t.kind == Kind::Word)?;
        self.vocabulary.senses(token.key).iter().find(|s| s.class == class).map(|s| s.value)
    }

    fn is(&self, i: usize, class: Class) -> bool {
        self.sense(i, class).is_some()
    }

    /// [`Self::is`] for the token before `i`.
    fn follows(&self, i: usize, class: Class) -> bool {
        self.is(i.saturating_sub(1), class)
    }

    /// Whether one of the `most` words before `i` is in a class.
    fn near(&self, i: usize, most: usize, class: Class) -> bool {
        self.before(i, most).any(|i| self.is(i, class))
    }

    /// The `most` words before `i`, back to the nearest punctuation mark, the nearest first.
    fn before(&self, i: usize, most: usize) -> impl Iterator<Item = usize> {
        (1..=most).filter_map(move |n| i.checked_sub(n)).take_while(|i| self.token(*i).kind != Kind::Sign && *i > 0)
    }

    fn key(&self, i: usize) -> Option<Key> {
        self.tokens.get(i).map(|t| t.key).filter(|k| *k != 0)
    }

    /// The value of the longest phrase of a class at `i`, and the token after it.
    fn phrase(&self, i: usize, class: Class) -> Option<(u64, usize)> {
        self.vocabulary.phrases.at(|n| self.key(n), i, |s| (s.class == class).then_some(s.value))
    }

    /// The same for the longest phrase that ends before `end`, with its first token.
    fn phrase_before(&self, end: usize, class: Class) -> Option<(u64, usize)> {
        self.vocabulary.phrases.before(|n| self.key(n), end, |s| (s.class == class).then_some(s.value))
    }

    /// The end of a draft without the word for its unit.
    pub(super) fn bare_end(&self, draft: &Draft) -> usize {
        let measure = |s: vocabulary::UnitSense| (!s.unit.is_currency()).then_some(());
        let unit = self.vocabulary.units.before(|n| self.key(n), self.index(draft.end), measure);
        unit.map_or(draft.end, |(_, first)| self.end(first))
    }

    pub(super) fn qualify(&self, drafts: Vec<Draft>) -> Vec<Draft> {
        let (mut joined, mut floor): (Vec<Draft>, usize) = (Vec::with_capacity(drafts.len()), 0);
        for draft in drafts {
            let signed = self.signed(draft, floor);
            floor = draft.end;
            match joined.last_mut().and_then(|last| Some((self.joined(last, &signed)?, last))) {
                Some((both, last)) => *last = both,
                None => joined.push(signed),
            }
        }
        let (mut out, mut limit): (Vec<Draft>, usize) = (Vec::with_capacity(joined.len()), 1);
        for (n, draft) in joined.iter().enumerate() {
            let next = joined.get(n + 1).map_or(self.view.len(), |d| d.start);
            let direction = self.direction(draft, out.last(), limit, self.index(next));
            limit = self.index(draft.end);
            let floor = out.last().map_or(0, |d| d.end);
            out.push(Draft { direction, ..self.with_hedge(*draft, floor, next) });
        }
        out
    }
}

/// The unit of a number or an order of magnitude.
fn unit_of(quantity: &Quantity) -> Option<Unit> {
    match *quantity {
        Quantity::Number(number) => number.unit,
        Quantity::Magnitude { unit, .. } => unit,
        _ => None,
    }
}
