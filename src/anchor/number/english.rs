//! Numbers in English text: numerals with what stands around them.

use std::sync::LazyLock;

use rust_decimal::Decimal;
use rustc_hash::FxHashSet;

use super::{PERCENT, POINT, Quantity, YEAR, currency, date, digits, push, push_fraction, spelled};
use crate::anchor::Mention;
use crate::anchor::latin;
use crate::anchor::view::{View, is_letter};
use crate::text::Lang;

/// Reads the expression that begins at `at`, if one does, and gives the index from which to go on.
pub(in crate::anchor) fn read(view: &View, at: usize, out: &mut Vec<Mention>) -> usize {
    let c = view.at(at);
    if let Some((code, number)) = currency::before(view, at, |c| c.is_ascii_digit()) {
        return numeral(view, at, number, Some(code), out);
    }
    if c.is_ascii_digit() {
        if let Some(end) = date::iso(view, at, out).or_else(|| date::day_first(view, at, out)) {
            return end;
        }
        return numeral(view, at, at, None, out);
    }
    if !is_letter(c) {
        return at + 1;
    }
    if begins_expression(view, at)
        && let Some(end) = date::month_first(view, at, out)
            .or_else(|| date::english_quarter(view, at, out))
            .or_else(|| date::fiscal_year(view, at, out))
            .or_else(|| words(view, at, out))
    {
        return end;
    }
    latin::read(view, at, Lang::En, out)
}

/// Whether the word at `at` is one that a date, a quarter, a fiscal year or a number in words begins with: few are, and every
/// word of a text is asked. All of them are ASCII.
fn begins_expression(view: &View, at: usize) -> bool {
    const LONGEST: usize = 11;
    static WORDS: LazyLock<FxHashSet<&'static [u8]>> =
        LazyLock::new(|| date::first_words().chain(spelled::first_words()).map(str::as_bytes).collect());
    let mut word = [0; LONGEST];
    let mut length = 0;
    while is_letter(view.at(at + length)) {
        let c = view.at(at + length);
        let Some(slot) = word.get_mut(length).filter(|_| c.is_ascii()) else { return false };
        *slot = c.to_ascii_lowercase() as u8;
        length += 1;
    }
    WORDS.contains(&word[..length])
}

/// A numeral at `number`, from a currency sign at `start` on, with the rest of a range behind it.
fn numeral(view: &View, start: usize, number: usize, code: Option<&'static str>, out: &mut Vec<Mention>) -> usize {
    let mut first = match quantity(view, start, number, code, out) {
        Ok(quantity) => quantity,
        Err(end) => return end,
    };
    if let Some(next) = connector(view, &first) {
        let (code, number) = currency::before(view, next, |c| c.is_ascii_digit()).unzip();
        let number = number.unwrap_or(next);
        let last = if view.at(number).is_ascii_digit() {
            let mut aside = Vec::new();
            quantity(view, next, number, code, &mut aside).ok()
        } else if view.before(next) != '-' {
            spelled::read(view, next).filter(|s| !s.ordinal).map(|s| spelled_quantity(view, next, &s))
        } else {
            None
        };
        // Only what has a unit or a magnitude is shared; otherwise the last number is read again in its own right.
        let shares =
            |last: &Quantity| last.unit.is_some_and(|u| u != YEAR) || last.scale.is_some() || first.unit.is_some();
        if let Some(mut last) = last.filter(|last| shares(last) && first.ranges_to(last)) {
            if last.unit.is_none() {
                last.unit = first.unit.filter(|&u| u != PERCENT && u != YEAR);
            }
            first.inherit(&last);
            first.push(view, out);
            last.push(view, out);
            return last.end;
        }
    }
    first.push(view, out);
    first.end
}

/// The numeral at `number` with magnitude and unit. `Err` gives the place to go on where there is no quantity; what it is
/// instead (a time of day, an ordinal, a name such as 5G) is in `out`.
fn quantity(
    view: &View,
    start: usize,
    number: usize,
    code: Option<&'static str>,
    out: &mut Vec<Mention>,
) -> Result<Quantity, usize> {
    if let Some(end) = date::time_of_day(view, number, out) {
        return Err(end);
    }
    let numeral = digits::read(view, number);
    let Some(raw) = numeral.value else { return Err(view.run(numeral.end, |c| c.is_ascii_alphanumeric())) };
    let mut found =
        Quantity { start, end: numeral.end, raw, scale: None, unit: code, basis: false, sign: code.is_some() };
    match attached(view, numeral.end, code.is_some(), &numeral) {
        Attached::Nothing => {}
        Attached::Scale(zeros, end) => {
            found.scale = power(zeros);
            found.end = end;
        }
        Attached::Point(basis, end) => {
            found.basis = basis;
            found.unit = Some(POINT);
            found.end = end;
            return Ok(found);
        }
        Attached::Ordinal(end) => {
            push(view, start, end, raw, None, None, out);
            return Err(end);
        }
        Attached::Decade(end) => {
            push(view, start, end, raw, Some(YEAR), None, out);
            return Err(end);
        }
        // The unit of measure stays outside; the number counts.
        Attached::Measure => return Ok(found),
        Attached::Quarter(end) => {
            date::push_quarter(view, number, end, raw, out);
            return Err(end);
        }
        Attached::Name => return Err(latin::read(view, number, Lang::En, out)),
    }
    if view.at(numeral.end) == '/' && view.at(numeral.end + 1).is_ascii_digit() {
        return Err(slash(view, number, &numeral, out));
    }
    magnitudes(view, &mut found);
    unit(view, &mut found);
    if found.unit.is_none() && found.scale.is_none() && is_year(view, number, &numeral) {
        found.unit = Some(YEAR);
    }
    Ok(found)
}

/// What stands directly behind the digits of a numeral.
enum Attached {
    Nothing,
    /// Zeros of a magnitude.
    Scale(u32, usize),
    /// Percentage points, or basis points.
    Point(bool, usize),
    Ordinal(usize),
    Decade(usize),
    Quarter(usize),
    Measure,
    /// Letters of a name: 5G, 3D.
    Name,
}

/// Units of measure that are written behind a number without a space.
const MEASURES: [&str; 46] = [
    "g", "kg", "mg", "t", "lb", "lbs", "oz", "mm", "cm", "km", "nm", "ft", "in", "mi", "mph", "kph", "l", "ml", "s",
    "ms", "h", "hr", "hrs", "min", "mins", "sec", "am", "pm", "w", "kw", "mw", "gw", "tw", "kwh", "mwh", "gwh", "kb",
    "mb", "gb", "tb", "pb", "hz", "mhz", "ghz", "gbps", "mbps",
];

fn attached(view: &View, end: usize, money: bool, numeral: &digits::Numeral) -> Attached {
    let (word, after) = view.word(end);
    if after == end {
        return Attached::Nothing;
    }
    let digits = numeral.digits;
    let whole = numeral.whole;
    let capital = view.at(end).is_uppercase();
    let closed = !view.at(after).is_ascii_digit();
    match word.as_str() {
        _ if !closed && word == "q" => Attached::Quarter(view.run(after, |c| c.is_ascii_digit())),
        _ if !closed => Attached::Name,
        "st" | "nd" | "rd" | "th" => Attached::Ordinal(after),
        "s" if digits == 4 => Attached::Decade(after),
        "q" => Attached::Quarter(after),
        // "2.7K" may be kelvin; "4K" and "5T" are names of formats and sizes as often as numbers.
        "k" if money || (whole && (!capital || digits > 1)) => Attached::Scale(3, after),
        "m" | "mn" | "mln" => Attached::Scale(6, after),
        "mm" if money => Attached::Scale(6, after),
        "b" | "bn" | "bln" => Attached::Scale(9, after),
        "tn" | "trn" => Attached::Scale(12, after),
        "t" if money => Attached::Scale(12, after),
        "bps" | "bp" => Attached::Point(true, after),
        "pp" | "ppt" | "ppts" => Attached::Point(false, after),
        "x" => Attached::Measure,
        // One capital letter makes a name (5G), more a unit (30GB).
        _ if MEASURES.contains(&word.as_str()) && (after - end > 1 || !capital) => Attached::Measure,
        // No name begins with a decimal fraction: an unknown unit.
        _ if !whole => Attached::Measure,
        _ => Attached::Name,
    }
}

/// Ten to the power of `zeros`.
pub(super) fn power(zeros: u32) -> Option<Decimal> {
    10i128.checked_pow(zeros).and_then(|p| Decimal::try_from_i128_with_scale(p, 0).ok())
}

/// Zeros of a magnitude word.
pub(super) fn magnitude(word: &str) -> Option<u32> {
    Some(match word {
        "hundred" => 2,
        "thousand" => 3,
        "million" | "mn" | "mln" => 6,
        "billion" | "bn" | "bln" => 9,
        "trillion" | "tn" | "trn" => 12,
        _ => return None,
    })
}

/// The index behind one blank or hyphen, which join the parts of an expression ("20-million").
pub(super) fn joint(view: &View, at: usize) -> usize {
    if matches!(view.at(at), '-' | '‑') { at + 1 } else { view.skip_blank(at) }
}

/// Takes in the magnitude words behind a number ("hundred thousand").
pub(super) fn magnitudes(view: &View, found: &mut Quantity) {
    for _ in 0..2 {
        let at = joint(view, found.end);
        let (word, end) = view.word(at);
        let Some(scale) = magnitude(&word).filter(|_| at > found.end).and_then(power) else { return };
        let Some(product) = found.scale.unwrap_or(Decimal::ONE).checked_mul(scale) else { return };
        found.scale = Some(product);
        found.end = end;
    }
}

/// Takes in a percent sign or word, points, or a currency behind a number.
pub(super) fn unit(view: &View, found: &mut Quantity) {
    let at = joint(view, found.end);
    if view.at(at) == '%' {
        // "5% points" is said too.
        let next = view.skip_blank(at + 1);
        let (word, end) = view.word(next);
        let points = matches!(word.as_str(), "point" | "points");
        (found.unit, found.end) = if points { (Some(POINT), end) } else { (Some(PERCENT), at + 1) };
        return;
    }
    if view.at(at) == '‰' {
        if let Some(tenth) = found.raw.checked_div(Decimal::TEN) {
            (found.raw, found.unit, found.end) = (tenth, Some(PERCENT), at + 1);
        }
        return;
    }
    let (word, end) = view.word(at);
    let (second, second_end) = view.word(joint(view, end));
    let point = matches!(second.as_str(), "point" | "points");
    match (word.as_str(), second.as_str()) {
        ("percentage", _) if point => (found.unit, found.end) = (Some(POINT), second_end),
        ("percent", _) if point => (found.unit, found.end) = (Some(POINT), second_end),
        ("basis", _) if point => (found.unit, found.basis, found.end) = (Some(POINT), true, second_end),
        ("bps" | "bp", _) => (found.unit, found.basis, found.end) = (Some(POINT), true, end),
        ("percent" | "pct", _) => (found.unit, found.end) = (Some(PERCENT), end),
        ("per", "cent") => (found.unit, found.end) = (Some(PERCENT), second_end),
        _ => {
            if let Some((code, end)) = currency::after_english(view, at) {
                // "$5 USD" has said it already; "HK$5 dollars" keeps the sign's.
                found.unit = found.unit.or(Some(code));
                found.end = end;
            }
        }
    }
}

/// Value, step, unit and end of a number of `raw` that ends at `end`, with the magnitude and the percent or currency behind it.
pub(in crate::anchor) fn tail(
    view: &View,
    raw: Decimal,
    end: usize,
) -> Option<(Decimal, Decimal, Option<&'static str>, usize)> {
    let mut found = Quantity { start: end, end, raw, scale: None, unit: None, basis: false, sign: false };
    magnitudes(view, &mut found);
    unit(view, &mut found);
    Some((found.value()?.normalize(), found.step()?.normalize(), found.unit, found.end))
}

/// Words between the two numbers of a range, and the index of the second number.
fn connector(view: &View, first: &Quantity) -> Option<usize> {
    let at = first.end;
    if matches!(view.at(at), '-' | '–' | '—' | '~' | '‑') {
        return Some(at + 1);
    }
    let word_at = view.skip_blank(at);
    if matches!(view.at(word_at), '-' | '–' | '—' | '~') {
        return Some(view.skip_blank(word_at + 1));
    }
    let (word, end) = view.word(word_at);
    let joins = match word.as_str() {
        "to" | "or" => true,
        "and" => (5..=9).any(|k| first.start.checked_sub(k).is_some_and(|i| view.word(i).0 == "between")),
        _ => false,
    };
    (joins && word_at > at).then(|| view.skip_blank(end))
}

/// Whether four digits are a year, by the word before or by what is behind them.
fn is_year(view: &View, at: usize, numeral: &digits::Numeral) -> bool {
    if !numeral.plain || numeral.digits != 4 || !matches!(view.at(at), '1' | '2') {
        return false;
    }
    let next = view.skip_blank(numeral.end);
    let nineteen = matches!((view.at(at), view.at(at + 1)), ('1', '8' | '9') | ('2', '0'));
    // A noun behind it would make it a count ("2000 people"); a function word, a mark or the end does not.
    nineteen
        && (next >= view.len()
            || !is_letter(view.at(next))
            || matches!(
                view.word(next).0.as_str(),
                "and"
                    | "to"
                    | "was"
                    | "is"
                    | "the"
                    | "we"
                    | "it"
                    | "in"
                    | "by"
                    | "as"
                    | "or"
                    | "for"
                    | "with"
                    | "through"
            ))
}

/// `1/2`, `2/3`; anything else with a slash (24/7, 9/11) is no number. Gives the place behind.
fn slash(view: &View, at: usize, first: &digits::Numeral, out: &mut Vec<Mention>) -> usize {
    let end = view.run(first.end, |c| c.is_ascii_digit() || c == '/');
    let over = digits::small(view, at, 1);
    let under = digits::small(view, first.end + 1, 2);
    if let (Some((over, _)), Some((under, stop))) = (over, under)
        && stop == end
        && over > 0
        && over < under
        && under <= 10
    {
        push_fraction(view, at, end, u64::from(over), u64::from(under), out);
    }
    end
}

/// A spelled-out number that starts at `start`, with the unit behind it.
fn spelled_quantity(view: &View, start: usize, number: &spelled::Spelled) -> Quantity {
    let mut found = Quantity {
        start,
        end: number.end,
        raw: number.value,
        scale: number.scale,
        unit: None,
        basis: false,
        sign: false,
    };
    // An ordinal counts nothing, so it has no unit.
    if !number.ordinal {
        unit(view, &mut found);
    }
    found
}

/// A number in words, with its unit; `None` where there is none.
fn words(view: &View, at: usize, out: &mut Vec<Mention>) -> Option<usize> {
    let number = spelled::read(view, at)?;
    if let Some((over, under, end)) = number.fraction {
        return push_fraction(view, at, end, over, under, out).then_some(end);
    }
    let mut found = spelled_quantity(view, at, &number);
    // Bare "one" is a pronoun more often than a number.
    if number.weak && found.unit.is_none_or(|u| u != PERCENT && u != POINT) {
        return None;
    }
    if number.ordinal || found.unit.is_some() || found.scale.is_some() {
        found.push(view, out);
        return Some(found.end);
    }
    if let Some(next) = connector(view, &found).filter(|&next| !matches!(view.before(next), '-')) {
        let last = spelled::read(view, next)
            .filter(|s| !s.ordinal && s.fraction.is_none() && !s.weak)
            .map(|s| spelled_quantity(view, next, &s));
        if let Some(last) = last.filter(|last| found.ranges_to(last)) {
            // "Three or four hundred" shares the hundreds.
            let hundreds = last.scale.is_none() && (last.raw % Decimal::ONE_HUNDRED).is_zero();
            let lifted = found.raw.checked_mul(Decimal::ONE_HUNDRED).filter(|&lifted| lifted < last.raw);
            if let Some(lifted) = lifted.filter(|_| hundreds && view.before(last.end) == 'd') {
                found.raw = lifted;
            }
            found.inherit(&last);
            found.push(view, out);
            last.push(view, out);
            return Some(last.end);
        }
    }
    found.push(view, out);
    Some(found.end)
}

/// The end of a bare whole number of at most two digits at `at`, with no magnitude, unit or letters behind it: what can
/// be part of a name ("iPhone 15").
pub(in crate::anchor) fn ends_plain(view: &View, at: usize) -> Option<usize> {
    let (_, end) = digits::small(view, at, 2)?;
    let open = matches!(view.at(end), '.' | ',' | ':' | '/') && view.at(end + 1).is_ascii_digit();
    let sign = matches!(view.at(end), '%' | '-' | '–') || is_letter(view.at(end));
    let mut found = Quantity { start: at, end, raw: Decimal::ONE, scale: None, unit: None, basis: false, sign: false };
    magnitudes(view, &mut found);
    unit(view, &mut found);
    (!open && !sign && found.end == end).then_some(end)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_first_word_is_recognised() {
        for word in date::first_words().chain(spelled::first_words()) {
            assert!(begins_expression(&View::new(word), 0), "{word}");
            assert!(begins_expression(&View::new(&format!("{} 1", word.to_uppercase())), 0), "{word}");
        }
        assert!(!begins_expression(&View::new("ones"), 0));
        assert!(!begins_expression(&View::new("threé"), 0));
    }
}
