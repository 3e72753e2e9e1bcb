//! Arithmetic that the readers share. Nothing overflows: a result that does not fit into a [`Decimal`] is `None`.

use rust_decimal::Decimal;

/// The number of digits that every [`Decimal`] can hold.
pub(super) const MAX_DIGITS: usize = 28;

/// Ten to the power of `zeros`.
pub(super) fn power(zeros: u32) -> Option<Decimal> {
    10i128.checked_pow(zeros).and_then(|p| Decimal::try_from_i128_with_scale(p, 0).ok())
}

/// The value of one in the last place of `value`.
pub(super) fn place(value: Decimal) -> Decimal {
    Decimal::try_from_i128_with_scale(1, value.normalize().scale()).unwrap_or(Decimal::ONE)
}

/// The digits of `chars` as a number with `scale` places after the point; other characters are skipped.
pub(super) fn of_digits(chars: &[char], scale: usize) -> Option<Decimal> {
    let digits = || chars.iter().filter_map(|c| c.to_digit(10));
    if digits().count() > MAX_DIGITS {
        return None;
    }
    let mantissa = digits().fold(0i128, |sum, d| sum * 10 + i128::from(d));
    Decimal::try_from_i128_with_scale(mantissa, u32::try_from(scale).ok()?).ok()
}

/// The greatest common divisor, at least 1.
pub(super) fn gcd(mut a: u64, mut b: u64) -> u64 {
    while b != 0 {
        (a, b) = (b, a % b);
    }
    a.max(1)
}

/// The zeros at the end of a whole number, at most `most`.
pub(super) fn trailing_zeros(value: Decimal, most: u32) -> u32 {
    let value = value.normalize();
    let (mut mantissa, mut zeros) = (value.mantissa(), 0);
    while value.scale() == 0 && mantissa != 0 && mantissa % 10 == 0 && zeros < most {
        (mantissa, zeros) = (mantissa / 10, zeros + 1);
    }
    zeros
}
