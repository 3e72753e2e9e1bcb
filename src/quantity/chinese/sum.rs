//! The sum of the parts of a number in characters.

use rust_decimal::Decimal;

use crate::quantity::decimal::power;

/// What has been read of a number. Sums below 万 are sections, which 万 and 亿 lift.
#[derive(Default)]
pub(super) struct Sum {
    pub(super) total: Decimal,
    pub(super) section: Decimal,
    /// Digits without their magnitude.
    pub(super) pending: Option<Decimal>,
    /// Zeros of the last magnitude in the section, and of the last that lifted one.
    pub(super) last: Option<u32>,
    pub(super) lifted: Option<u32>,
    /// Whether 零 stands before the pending digits, and whether thousands were lifted.
    pub(super) zero: bool,
    pub(super) thousands: bool,
    /// What one in the last place is worth, and the product of the magnitudes behind the last digits.
    pub(super) step: Decimal,
    pub(super) scale: Decimal,
}

impl Sum {
    pub(super) fn digits(&mut self, value: Decimal, step: Decimal) {
        (self.pending, self.step, self.scale) = (Some(value), step, Decimal::ONE);
    }

    /// 二十点五: the section so far with decimals.
    pub(super) fn decimals(&mut self, places: Decimal, step: Decimal) -> Option<()> {
        let whole = self.section.checked_add(self.pending.unwrap_or_default())?;
        (self.section, self.last) = (Decimal::ZERO, None);
        self.digits(whole.checked_add(places)?, step);
        Some(())
    }

    /// Zeros of the last magnitude.
    pub(super) fn above(&self) -> Option<u32> {
        self.last.or(self.lifted)
    }

    /// Whether ten to the power `zeros` can stand here.
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
                // 一万五千亿: all that stands before counts in 亿; 万亿 follows directly. 一万亿零一亿 has its 亿 already.
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

    /// The number and its step; `short`: a last digit counts one place below the last magnitude (一万五).
    pub(super) fn end(self, short: bool) -> Option<(Decimal, Decimal)> {
        let above = self.above().filter(|&above| above > 1 && short && !self.zero && self.pending.is_some());
        let factor = power(above.map_or(0, |above| above - 1))?;
        let last = self.pending.unwrap_or_default().checked_mul(factor)?;
        Some((self.total.checked_add(self.section)?.checked_add(last)?, self.step.checked_mul(factor)?))
    }
}
