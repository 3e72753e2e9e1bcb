//! The sum of the parts of a number in characters.

use rust_decimal::Decimal;

use crate::quantity::decimal::power;

pub(super) type Two = (Decimal, Decimal);

fn add(a: Two, b: Two) -> Option<Two> {
    Some((a.0.checked_add(b.0)?, a.1.checked_add(b.1)?))
}

fn times(a: Two, b: Decimal) -> Option<Two> {
    Some((a.0.checked_mul(b)?, a.1.checked_mul(b)?))
}

/// What has been read of a number. Sums below 万 are sections, which 万 and 亿 lift.
pub(super) struct Sum {
    pub(super) total: Two,
    pub(super) section: Two,
    pub(super) pending: Option<Two>,
    /// Zeros of the last magnitude in the section, and of the last that lifted one.
    pub(super) last: Option<u32>,
    pub(super) lifted: Option<u32>,
    pub(super) zero: bool,
    pub(super) step: Decimal,
    pub(super) scale: Decimal,
}

impl Sum {
    pub(super) fn new() -> Sum {
        let zero = (Decimal::ZERO, Decimal::ZERO);
        let (step, scale) = (Decimal::ONE, Decimal::ONE);
        Sum { total: zero, section: zero, pending: None, last: None, lifted: None, zero: false, step, scale }
    }

    pub(super) fn digits(&mut self, value: Two, step: Decimal) {
        (self.pending, self.step, self.scale) = (Some(value), step, Decimal::ONE);
    }

    /// Whether ten to the power `zeros` can stand here.
    pub(super) fn takes(&self, zeros: u32) -> bool {
        match zeros {
            0..=3 => {
                self.last.is_none_or(|last| last > zeros)
                    && (self.pending.is_some() || (zeros == 1 && self.last.is_none_or(|last| last > 2)))
            }
            _ => self.pending.is_some() || self.last.is_some() || self.lifted.is_some_and(|lifted| lifted <= zeros),
        }
    }

    pub(super) fn power(&mut self, zeros: u32, arabic: bool) -> Option<()> {
        let factor = power(zeros)?;
        if zeros < 4 {
            let digit = self.pending.take().unwrap_or((Decimal::ONE, Decimal::ONE));
            self.section = add(self.section, times(digit, factor)?)?;
            self.last = Some(zeros);
        } else {
            let section = add(self.section, self.pending.take().unwrap_or_default())?;
            self.total = match self.lifted {
                // 一万五千亿: all that stands before counts in 亿; 万亿 follows directly.
                Some(lifted) if lifted <= zeros => times(add(self.total, section)?, factor)?,
                _ => add(self.total, times(section, factor)?)?,
            };
            (self.section, self.last, self.lifted) = (Two::default(), None, Some(zeros));
        }
        self.zero = false;
        self.scale = self.scale.checked_mul(factor)?;
        if arabic || zeros >= 4 {
            self.step = self.step.checked_mul(factor)?;
        }
        Some(())
    }

    /// The number; a last digit counts one place below the last magnitude (一万五).
    pub(super) fn end(self, short: bool) -> Option<(Two, Decimal)> {
        let mut step = self.step;
        let mut last = self.pending.unwrap_or_default();
        let above = self.last.or(self.lifted).filter(|&above| above > 1 && short && !self.zero);
        if let Some(above) = above.filter(|_| self.pending.is_some()) {
            let factor = power(above - 1)?;
            last = times(last, factor)?;
            step = step.checked_mul(factor)?;
        }
        Some((add(add(self.total, self.section)?, last)?, step))
    }
}
