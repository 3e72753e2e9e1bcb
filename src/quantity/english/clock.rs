//! Times of day.
//!
//! ```text
//! time    = digits ":" digits [ ":" digits ] [ daytime ] | hour "o'clock" [ daytime ] | hour [ "." digits ] daytime
//!         | minutes ( "past" | "to" ) hour [ daytime ] | hour minutes daytime | "at" hour minutes | "0900" "hours"
//! daytime = "am" | "p.m." | "noon" | "in the morning" | "at night" | ...
//! ```

use rust_decimal::Decimal;

use super::numeral::Num;
use super::vocabulary::Class;
use super::{English, Found};
use crate::quantity::{Quantity, Time};

fn time(hour: u64, minute: u64) -> Option<Time> {
    Some(Time { hour: u8::try_from(hour).ok()?, minute: u8::try_from(minute).ok().filter(|m| *m < 60)?, second: None })
}

impl English<'_> {
    /// The time of day at token `i`.
    pub(super) fn clock(&self, i: usize) -> Found {
        if let Some((time, end)) = self.digital(i) {
            return self.on_dial(i, end, time);
        }
        if let Some(found) = self.past_or_to(i) {
            return Some(found);
        }
        // "0900 hours", "at 1430 hours".
        let sure = self.follows(i, Class::Hour) || self.view.at(self.start(i)) == '0';
        if self.plain(i) == 4 && (self.word(i + 1, "gmt utc") || (sure && self.word(i + 1, "hours hrs"))) {
            let n = u64::from(self.small(i, 2359)?);
            return self.found(i, i + 2, Quantity::Time(time(n / 100, n % 100)?));
        }
        let (hour, end) = self.hour(i)?;
        let minute = self.numeral(i).filter(|n| n.places > 0).map_or(0, |n| n.value.fract().mantissa());
        let full = time(hour, u64::try_from(minute).ok()?)?;
        let clock = self.words(end, "o'clock").unwrap_or(end);
        if clock > end || self.phrase(end, Class::Daytime).is_some() {
            return self.on_dial(i, clock, full);
        }
        // "Five thirty in the morning", "at nine thirty".
        let free = |end: usize| !self.counts_behind(end) && !self.is_plural(end) && !self.is_figure(end);
        let timed = |n: &Num| {
            let said = self.follows(i, Class::Hour) && free(n.end) && n.scale.is_none();
            said || self.phrase(n.end, Class::Daytime).is_some()
        };
        if let Some(num) = self.number(end, false).filter(|n| self.is_word(i) && self.is_word(end) && timed(n)) {
            return self.on_dial(i, num.end, time(hour, num.count().filter(|n| *n >= 10)?)?);
        }
        // "5-6pm": the first time takes its half of the day from the second, or has the half before it.
        let between = self.word(i.saturating_sub(1), "between");
        let at =
            self.link(end, if between { "and" } else { "to" }).filter(|at| self.is_figure(i) && self.is_figure(*at))?;
        let (other, stop) = self.hour(at)?;
        let (half, _) = self.phrase(stop, Class::Daytime)?;
        let late = (half == 1) == (hour % 12 <= other % 12);
        self.found(
            i,
            end,
            Quantity::Time(Time { minute: full.minute, ..time(hour % 12 + if late { 12 } else { 0 }, 0)? }),
        )
    }

    /// The time with the half of the day at token `end`: 12 am is 0, 2 pm is 14.
    fn on_dial(&self, i: usize, end: usize, time: Time) -> Found {
        let half = self.phrase(end, Class::Daytime).filter(|_| time.hour <= 12);
        let hour = half.map_or(time.hour, |(half, _)| time.hour % 12 + if half == 1 { 12 } else { 0 });
        self.found(i, half.map_or(end, |h| h.1), Quantity::Time(Time { hour, ..time }))
    }

    /// `14:30`, `12:03:31`, and the token after it.
    pub(super) fn digital(&self, i: usize) -> Option<(Time, usize)> {
        let joined = |at: usize| self.sign(at) == ':' && self.tight(at) && self.tight(at + 1) && self.is_figure(at + 1);
        let two = |at: usize| {
            let fits = joined(at) && self.plain(at + 1) == 2;
            self.small(at + 1, 59).filter(|_| fits).and_then(|n| u8::try_from(n).ok())
        };
        let hour = self.small(i, 24).filter(|_| self.plain(i) <= 2)?;
        let (minute, second) = (two(i + 1)?, two(i + 3));
        let end = i + if second.is_some() { 5 } else { 3 };
        (!joined(end)).then_some((Time { second, ..time(hour.into(), minute.into())? }, end))
    }

    /// An hour of the dial, in words or digits.
    fn hour(&self, i: usize) -> Option<(u64, usize)> {
        if self.word(i, "noon midnight") {
            return Some((12, i + 1));
        }
        let minutes = |n: &Decimal| n.fract().mantissa() < 60;
        let numeral = self.numeral(i).filter(|n| n.digits <= 2 && (n.plain || (n.places == 2 && minutes(&n.value))));
        let digits = numeral.and_then(|n| u64::try_from(n.value.trunc()).ok());
        let hour = digits.or_else(|| self.sense(i, Class::Cardinal)).filter(|h| (1..=12).contains(h))?;
        Some((hour, i + 1))
    }

    /// "Quarter past nine", "ten to three".
    fn past_or_to(&self, i: usize) -> Found {
        let (minute, at) = self.phrase(i, Class::Minutes).filter(|_| self.is_word(i))?;
        let (past, to) = (self.word(at, "past"), self.word(at, "to"));
        let (hour, end) = self.hour(at + 1).filter(|_| past || to)?;
        let clock = self.words(end, "o'clock").unwrap_or(end);
        let half = self.phrase(clock, Class::Daytime).is_some() && !self.word(i.saturating_sub(1), "from");
        // "Five to six" is as often a range, and "half to" is nothing.
        let timed = self.word(i.saturating_sub(1), "at it's") && !self.counts_behind(end) && !self.is_plural(end);
        let certain = past || minute == 15 || (minute != 30 && (half || timed));
        let open = self.hyphen(end) || (self.tight(end) && (self.is_word(end) || self.sign(end) == ':'));
        (certain && !open).then_some(())?;
        let (hour, minute) = if to { ((hour + 10) % 12 + 1, 60 - minute) } else { (hour, minute) };
        self.on_dial(i, clock, time(if past && self.word(at + 1, "midnight") { 0 } else { hour }, minute)?)
    }
}
