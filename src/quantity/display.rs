//! Values in one line, the same for both languages.

use std::fmt::{Display, Formatter, Result};

use super::{Date, Direction, Hedge, Number, Quantity, Time, Value};

/// `~` for about, `>` for more than, `<` for less than; then the [`Quantity`]; then ` up` or ` down`.
impl Display for Value {
    fn fmt(&self, f: &mut Formatter<'_>) -> Result {
        let hedge = match self.hedge {
            Hedge::Exact => "",
            Hedge::About => "~",
            Hedge::Over => ">",
            Hedge::Under => "<",
        };
        let direction = match self.direction {
            None => "",
            Some(Direction::Up) => " up",
            Some(Direction::Down) => " down",
        };
        write!(f, "{hedge}{}{direction}", self.quantity)
    }
}

/// `132000000000 USD`, `30..40 %`, `2/3`, `#18`, `x2`, `10^9 USD`, `2025-10-30`, `FY2026-Q3`, `1990s`, `14:30`.
impl Display for Quantity {
    fn fmt(&self, f: &mut Formatter<'_>) -> Result {
        match *self {
            Quantity::Number(number) => number.fmt(f),
            Quantity::Fraction { numerator, denominator } => write!(f, "{numerator}/{denominator}"),
            Quantity::Ordinal(n) => write!(f, "#{n}"),
            Quantity::Multiple(times) => write!(f, "x{}", times.normalize()),
            Quantity::Magnitude { zeros, unit: None } => write!(f, "10^{zeros}"),
            Quantity::Magnitude { zeros, unit: Some(unit) } => write!(f, "10^{zeros} {}", unit.symbol()),
            Quantity::Date(date) => date.fmt(f),
            Quantity::Time(time) => time.fmt(f),
        }
    }
}

impl Display for Number {
    fn fmt(&self, f: &mut Formatter<'_>) -> Result {
        write!(f, "{}", self.low.normalize())?;
        if let Some(high) = self.high {
            write!(f, "..{}", high.normalize())?;
        }
        match self.unit {
            Some(unit) => write!(f, " {}", unit.symbol()),
            None => Ok(()),
        }
    }
}

/// ISO 8601 if the parts allow it: `2025-10-30`, `2025-10`, `--10-30`, `--10`, `---30`, `y2025`, `1990s`, `2025-Q3`,
/// `Q3`, `2025-H1`,
/// `H1`, with `FY` before a fiscal year.
impl Display for Date {
    fn fmt(&self, f: &mut Formatter<'_>) -> Result {
        let parts = self.half.is_some() || self.quarter.is_some() || self.month.is_some();
        match self.year {
            Some(year) if self.decade => write!(f, "{year}s")?,
            Some(year) if self.fiscal => write!(f, "FY{year}")?,
            Some(year) if parts => write!(f, "{year:04}")?,
            Some(year) => write!(f, "y{year}")?,
            None if self.month.is_some() => write!(f, "-")?,
            None if self.day.is_some() => write!(f, "--")?,
            None => {}
        }
        let dash = if self.year.is_some() { "-" } else { "" };
        if let Some(half) = self.half {
            write!(f, "{dash}H{half}")?;
        }
        if let Some(quarter) = self.quarter {
            write!(f, "{dash}Q{quarter}")?;
        }
        if let Some(month) = self.month {
            write!(f, "-{month:02}")?;
        }
        if let Some(day) = self.day {
            write!(f, "-{day:02}")?;
        }
        Ok(())
    }
}

/// `14:30`, `12:03:31`.
impl Display for Time {
    fn fmt(&self, f: &mut Formatter<'_>) -> Result {
        write!(f, "{}:{:02}", self.hour, self.minute)?;
        match self.second {
            Some(second) => write!(f, ":{second:02}"),
            None => Ok(()),
        }
    }
}
