//! The sum of the parts of a number in characters.

use rust_decimal::Decimal;

use crate::quantity::decimal::power;

/// The parts of a number that have been read. A sum below 万 is a section, which 万 or 亿 multiplies.
#[derive(Default)]
pub(super) struct Sum {
    pub(super) total: Decimal,
    pub(super) section: Decimal,
    /// Digits whose magnitude has not been read.
    pub(super) pending: Option<Decimal>,
    /// The zeros of the last magnitude in the section, and of the last magnitude that multiplied a section.
    pub(super) last: Option<u32>,
    pub(super) lifted: Option<u32>,
    /// Whether 零 comes before the pending digits, and whether thousands were multiplied.
    pub(super) zero: bool,
    pub(super) thousands: bool,
    /// The value of one in the last place, and the product of the magnitudes after the last digits.
    pub(super) step: Decimal,
    pub(super) scale: Decimal,
}

impl Sum {
    pub(super) fn digits(&mut self, value: Decimal, step: Decimal) {
        (self.pending, self.step, self.scale) = (Some(value), step, Decimal::ONE);
    }

    /// 二十点五: the section read before, with decimals.
    pub(super) fn decimals(&mut self, places: Decimal, step: Decimal) -> Option<()> {
        let whole = self.section.checked_add(self.pending.unwrap_or_default())?;
        (self.section, self.last) = (Decimal::ZERO, None);
        self.digits(whole.checked_add(places)?, step);
        Some(())
    }

    /// The zeros of the last magnitude.
    pub(super) fn above(&self) -> Option<u32> {
        self.last.or(self.lifted)
    }

    /// Whether ten to the power `zeros` can come next.
    pub(super) fn takes(&self, zeros: u32) -> bool {
        let falls = self.last.is_none_or(|last| last > zeros);
        match zeros {
            0..=3 => falls && (self.pending.is_some() || zeros == 1 && self.last.is_none_or(|last| last > 2)),
            _ => self.pending.is_some() || self.last.is_some() || self.lifted.is_some_and(|lifted| lifted <= zeros),
        }
    }

    pub(super) fn power(&mut self, zeros: u32, arabic: bool) -> Option<()> {
        let factor = power(zeros)?;
        let pending = self.pending.take();
        if zeros < 4 {
            self.section = self.section.checked_add(pending.unwrap_or(Decimal::ONE).checked_mul(factor)?)?;
            self.last = Some(zeros);
        } else {
            let section = self.section.checked_add(pending.unwrap_or_default())?;
            self.total = match self.lifted {
                // 一万五千亿: 亿 multiplies everything before it, and in 万亿 it follows directly. In 一万亿零一亿, 亿 has already
                // been used.
                Some(lifted) if lifted < zeros || (lifted == zeros && section.is_zero()) => {
                    self.total.checked_add(section)?.checked_mul(factor)?
                }
                _ => self.total.checked_add(section.checked_mul(factor)?)?,
            };
            self.thousands |= self.last == Some(3);
            (self.section, self.last, self.lifted) = (Decimal::ZERO, None, Some(zeros));
        }
        self.zero = false;
        self.scale = self.scale.checked_mul(factor)?;
        if arabic || zeros >= 4 {
            self.step = self.step.checked_mul(factor)?;
        }
        Some(())
    }

    /// The number and its step. `short`: a last digit counts one place below the last magnitude (一万五).
    pub(super) fn end(self, short: bool) -> Option<(Decimal, Decimal)> {
        let above = self.above().filter(|&above| above > 1 && short && !self.zero && self.pending.is_some());
        let factor = power(above.map_or(0, |above| above - 1))?;
        let last = self.pending.unwrap_or_default().checked_mul(factor)?;
        Some((self.total.checked_add(self.section)?.checked_add(last)?, self.step.checked_mul(factor)?))
    }
}
