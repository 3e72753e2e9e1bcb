//! Times of day.
//!
//! ```text
//! time    = digits ":" digits [ ":" digits ] [ daytime ] | hour "o'clock" [ daytime ] | hour [ "." digits ] daytime
//!         | minutes ( "past" | "to" ) hour [ daytime ]
//! daytime = "am" | "p.m." | "noon" | "in the morning" | "at night" | ...
//! ```

use super::vocabulary::Class;
use super::{English, Found};
use crate::quantity::{Quantity, Time};

impl English<'_> {
    /// The time of day at token `i`.
    pub(super) fn clock(&self, i: usize) -> Found {
        if let Some((time, end)) = self.digital(i) {
            return self.on_dial(i, end, time);
        }
        if let Some((minute, at)) = self.phrase(i, Class::Minutes).filter(|_| self.is_word(i))
            && let Some(found) = self.past_or_to(i, u8::try_from(minute).ok()?, at)
        {
            return Some(found);
        }
        let (hour, end) = self.hour(i)?;
        let minute = self.numeral(i).filter(|n| n.places > 0).map_or(0, |n| n.value.fract().mantissa());
        let time = Time { hour, minute: u8::try_from(minute).ok()?, second: None };
        if let Some(end) = self.words(end, "o'clock") {
            return self.on_dial(i, end, time);
        }
        if self.phrase(end, Class::Daytime).is_some() {
            return self.on_dial(i, end, time);
        }
        // "Five thirty in the morning".
        if let Some(num) = self
            .number(end, false)
            .filter(|n| self.is_word(i) && self.is_word(end) && self.phrase(n.end, Class::Daytime).is_some())
        {
            let minute = num.count().filter(|n| (10..60).contains(n))?;
            return self.on_dial(i, num.end, Time { minute: u8::try_from(minute).ok()?, ..time });
        }
        // "5-6pm": the half is that of the other end, or the one before.
        let between = self.word(i.saturating_sub(1), "between");
        let at =
            self.link(end, if between { "and" } else { "to" }).filter(|at| self.is_figure(i) && self.is_figure(*at))?;
        let (other, stop) = self.hour(at)?;
        let (half, _) = self.phrase(stop, Class::Daytime)?;
        let late = (half == 1) == (hour % 12 <= other % 12);
        self.found(i, end, Quantity::Time(Time { hour: hour % 12 + if late { 12 } else { 0 }, ..time }))
    }

    /// The time with the half of the day that stands at token `end`: 12 am is 0, 2 pm is 14.
    fn on_dial(&self, i: usize, end: usize, time: Time) -> Found {
        let half = self.phrase(end, Class::Daytime).filter(|_| time.hour <= 12);
        let (hour, end) = match half {
            Some((half, end)) => (time.hour % 12 + if half == 1 { 12 } else { 0 }, end),
            None => (time.hour, end),
        };
        self.found(i, end, Quantity::Time(Time { hour, ..time }))
    }

    /// `14:30`, `12:03:31`, and the token behind.
    pub(super) fn digital(&self, i: usize) -> Option<(Time, usize)> {
        let joined = |at: usize| self.sign(at) == ':' && self.tight(at) && self.tight(at + 1) && self.is_figure(at + 1);
        let two = |at: usize| {
            let fits = joined(at) && self.plain(at + 1) == 2;
            self.small(at + 1, 59).filter(|_| fits).and_then(|n| u8::try_from(n).ok())
        };
        let hour = u8::try_from(self.small(i, 24).filter(|_| self.plain(i) <= 2)?).ok()?;
        let (minute, second) = (two(i + 1)?, two(i + 3));
        let end = i + if second.is_some() { 5 } else { 3 };
        (!joined(end)).then_some((Time { hour, minute, second }, end))
    }

    /// An hour of the dial, in words or digits.
    fn hour(&self, i: usize) -> Option<(u8, usize)> {
        if self.one_of(i, "noon midnight") {
            return Some((12, i + 1));
        }
        let numeral = self
            .numeral(i)
            .filter(|n| n.digits <= 2 && (n.plain || (n.places == 2 && n.value.fract().mantissa() < 60)));
        let digits = numeral.and_then(|n| u64::try_from(n.value.trunc()).ok());
        let hour = digits.or_else(|| self.sense(i, Class::Cardinal)).filter(|h| (1..=12).contains(h))?;
        Some((u8::try_from(hour).ok()?, i + 1))
    }

    /// "Past nine", "to three" at `at`, behind the minutes at `i`.
    fn past_or_to(&self, i: usize, minute: u8, at: usize) -> Found {
        let (past, to) = (self.word(at, "past"), self.word(at, "to"));
        let (hour, end) = self.hour(at + 1).filter(|_| past || to)?;
        let clock = self.words(end, "o'clock").unwrap_or(end);
        let half = self.phrase(clock, Class::Daytime).is_some() && !self.word(i.saturating_sub(1), "from");
        // "Five to six" is a range as often, "half to" nothing.
        let certain = past || minute == 15 || (minute != 30 && half);
        let open = self.hyphen(end) || (self.tight(end) && (self.is_word(end) || self.sign(end) == ':'));
        (certain && !open).then_some(())?;
        let (hour, minute) = if to { ((hour + 10) % 12 + 1, 60 - minute) } else { (hour, minute) };
        let hour = if past && self.word(at + 1, "midnight") { 0 } else { hour };
        self.on_dial(i, clock, Time { hour, minute, second: None })
    }
}
