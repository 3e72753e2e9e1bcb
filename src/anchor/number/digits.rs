//! Arabic numerals: `1,234.5`.

use rust_decimal::Decimal;

use crate::anchor::view::View;

/// Decimal digits that every [`Decimal`] can hold.
const MAX_DIGITS: usize = 28;

/// An Arabic numeral.
pub(super) struct Numeral {
    /// Index behind it.
    pub(super) end: usize,
    /// `None` where it has too many digits, or is no number but a version (`1.2.3`) or the like.
    pub(super) value: Option<Decimal>,
    /// Digits without separators or fraction: what a year or a day looks like.
    pub(super) plain: bool,
    /// No decimal point.
    pub(super) whole: bool,
    /// Digits before the decimal point.
    pub(super) digits: usize,
}

/// Reads the numeral at `at`, which must be a digit.
pub(super) fn read(view: &View, at: usize) -> Numeral {
    let digit = |c: char| c.is_ascii_digit();
    let mut end = view.run(at, digit);
    let mut plain = true;
    let mut digits = end - at;
    if digits <= 3 && view.at(at) != '0' {
        while let Some(next) = group(view, end) {
            end = next;
            digits += 3;
            plain = false;
        }
    }
    let whole = end;
    if view.at(end) == '.' && digit(view.at(end + 1)) {
        end = view.run(end + 1, digit);
        plain = false;
        if view.at(end) == '.' && digit(view.at(end + 1)) {
            let end = view.run(end, |c| digit(c) || c == '.');
            // A full stop behind a version number ends the sentence.
            let end = if view.before(end) == '.' { end - 1 } else { end };
            return Numeral { end, value: None, plain: false, whole: false, digits };
        }
    }
    let scale = (end - whole).saturating_sub(1);
    Numeral { end, value: decimal(view.slice(at, end), digits + scale, scale), plain, whole: end == whole, digits }
}

/// End of `,234` at `at`. The comma must be as wide as the digit before it: `5，100` is a clause that ends in 5.
fn group(view: &View, at: usize) -> Option<usize> {
    if view.at(at) != ',' || view.width(at) != view.width(at - 1) {
        return None;
    }
    let fits = (1..=3).all(|k| view.at(at + k).is_ascii_digit()) && !view.at(at + 4).is_ascii_digit();
    fits.then_some(at + 4)
}

fn decimal(chars: &[char], digits: usize, scale: usize) -> Option<Decimal> {
    if digits > MAX_DIGITS {
        return None;
    }
    let mantissa = chars.iter().filter_map(|c| c.to_digit(10)).fold(0i128, |sum, d| sum * 10 + i128::from(d));
    Decimal::try_from_i128_with_scale(mantissa, u32::try_from(scale).ok()?).ok()
}

/// The number of at most `most` plain digits at `at`, with the index behind it; `None` where more follow.
pub(super) fn small(view: &View, at: usize, most: usize) -> Option<(u32, usize)> {
    let end = at + (0..=most).take_while(|k| view.at(at + k).is_ascii_digit()).count();
    if end == at || end - at > most {
        return None;
    }
    let value = view.slice(at, end).iter().filter_map(|c| c.to_digit(10)).fold(0u32, |sum, d| sum * 10 + d);
    Some((value, end))
}
