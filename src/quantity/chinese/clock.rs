//! Times of day.
//!
//! ```text
//! time   = [ period ] clock
//! clock  = hour ( 点 | 时 ) [ 半 | 一刻 | 三刻 | 差一刻 | [ 过 | 零 ] minute [ 分 ] [ second 秒 ] | 钟 | 整 ]
//!        | hour ":" minute [ ":" second ]
//! period = 上午 | 下午 | 晚上 | 凌晨 | …
//! ```

use super::numeral::Numeral;
use super::vocabulary::{Class, Figure};
use super::{Chinese, Draft, Quantity};
use crate::quantity::Time;

impl Chinese<'_> {
    /// 下午两点半, 晚上 10:15.
    pub(super) fn in_period(&self, at: usize, end: usize, period: &str, out: &mut Vec<Draft>) -> Option<usize> {
        // 最晚8点 does not say which half of the day.
        if self.ends(end, Class::WordBefore).is_some_and(|start| start < at) {
            return None;
        }
        let next = self.skip_blank(end);
        let next = self.after(next, "的").unwrap_or(next);
        let (hour, stop) = self.number_of_time(next)?;
        let stop = self.skip_blank(stop);
        let (clock, end) = if self.at(stop) == ':' { self.colons(next).0? } else { self.hour(hour, stop, true)? };
        let late = matches!(period, "pm" | "evening") || (period == "noon" && clock.hour < 3);
        let hour = match clock.hour {
            12 if matches!(period, "night" | "evening") => 0,
            hour if late && hour < 12 => hour + 12,
            hour => hour,
        };
        Some(self.push(Draft::new(at, end, Quantity::Time(Time { hour, ..clock })), out))
    }

    /// 14时30分, 三点一刻, 九点半, 9:30: a time without a word for the part of the day.
    pub(super) fn clock(&self, n: &Numeral, out: &mut Vec<Draft>) -> Option<usize> {
        let (hour, stop) = self.number_of_time(n.start)?;
        if self.at(stop) == ':' {
            let (found, end) = self.colons(n.start);
            out.extend(found.map(|(time, _)| Draft::new(n.start, end, Quantity::Time(time))));
            return Some(end);
        }
        // 差一刻七点.
        if let Some(end) = self.is(stop, Class::Hour).filter(|_| (1..=24).contains(&hour)) {
            let short = [("差一刻", 45), ("差五分", 55), ("差5分", 55), ("差十分", 50), ("差10分", 50)];
            let found = short.into_iter().find_map(|(word, minute)| {
                let start = n.start.checked_sub(word.chars().count())?;
                (self.after(start, word) == Some(n.start)).then_some((start, minute))
            });
            if let Some((start, minute)) = found {
                let time = Time { hour: hour - 1, minute, second: None };
                return Some(self.push(Draft::new(start, end, Quantity::Time(time)), out));
            }
        }
        let (mut clock, end) = self.hour(hour, stop, false)?;
        // 下午2时至4时: both are in the afternoon.
        if let Some(Draft { end, quantity: Quantity::Time(first), .. }) = out.last()
            && self.connector(*end) == Some(n.start)
            && first.hour > 12
            && (first.hour - 11..12).contains(&clock.hour)
        {
            clock.hour += 12;
        }
        Some(self.push(Draft::new(n.start, end, Quantity::Time(clock)), out))
    }

    /// 9:30, 12:03:31, with the end. 3:2 and 16:9 are scores and ratios. All digits between colons are read.
    fn colons(&self, at: usize) -> (Option<(Time, usize)>, usize) {
        let part = |at: usize| {
            let end = self.run(at, |c| c.is_ascii_digit());
            (self.number_of_time(at).filter(|n| n.1 == end).map(|n| n.0), end)
        };
        let (hour, mut end) = part(at);
        let (mut parts, mut count) = ([None, None], 0);
        while self.at(end) == ':' && self.at(end + 1).is_ascii_digit() {
            let (value, stop) = part(end + 1);
            if let Some(part) = parts.get_mut(count) {
                *part = value.filter(|_| stop == end + 3);
            }
            (count, end) = (count + 1, stop);
        }
        let time = match (hour, parts, count) {
            (Some(hour @ 0..=24), [Some(minute), second], 1 | 2) if second.is_some() == (count == 2) => {
                Some((Time { hour, minute, second }, end))
            }
            _ => None,
        };
        (time, end)
    }

    /// A number below 60 in at most two digits, without 点 as a decimal point.
    fn number_of_time(&self, at: usize) -> Option<(u8, usize)> {
        let (value, end) = self.digits(at);
        let (value, end) = if end > at {
            (u32::try_from(value).ok().filter(|_| end < at + 3)?, end)
        } else {
            let zero = usize::from("零〇".contains(self.at(at)) && self.figure(at + 1).is_some());
            let end = at + (0..5).take_while(|k| self.figure(at + k).is_some()).count();
            let value = (at + zero..end).try_fold(0, |value, i| match self.figure(i)? {
                Figure::Digit(d) if value % 10 == 0 => Some(value + d),
                Figure::Power(1) if value < 10 => Some(value.max(1) * 10),
                Figure::Tens(t) if value == 0 => Some(t * 10),
                _ => None,
            })?;
            (value, end)
        };
        Some((u8::try_from(value).ok().filter(|&value| value < 60 && end > at)?, end))
    }

    /// Whether 分 at `at` is that of 分之 or 分钟. In 9点30分之前 it is the minute.
    fn is_share_or_span(&self, at: usize) -> bool {
        let time = self.after(at, "分之").is_some_and(|i| "前后间内".contains(self.at(i)));
        self.after_any(at, &["分之", "分钟"]).is_some() && !time
    }

    /// The time with the words after its hour. An hour alone is not a time, because 三点 also means "three points".
    /// `sure`: a part of the day comes before it.
    fn hour(&self, hour: u8, end: usize, sure: bool) -> Option<(Time, usize)> {
        let stop = self.is(end, Class::Hour).filter(|_| hour <= 24)?;
        let whole = |minute: u8, end: usize| Some((Time { hour, minute, second: None }, end));
        let quarter = |at: usize| self.find(at, &[Class::QuarterHour]).and_then(|(s, end)| Some((s.number()?, end)));
        if self.slice(end, stop + 1) == ['点', '半'] {
            return whole(30, stop + 1);
        }
        if let Some((minute, end)) = quarter(stop) {
            return whole(minute, end);
        }
        // 七点差一刻.
        if let Some(less) = self.after(stop, "差").filter(|_| hour > 0) {
            let minutes = self.number_of_time(less).and_then(|(m, i)| Some((m, self.after(i, "分")?)));
            let (minute, end) = quarter(less).or(minutes).filter(|m| m.0 > 0)?;
            return Some((Time { hour: hour - 1, minute: 60 - minute, second: None }, end));
        }
        let part = self.is(stop, Class::ClockPart).unwrap_or(stop);
        if let Some((minute, after)) = self.number_of_time(self.skip_blank(part)) {
            let marked = self.at(after) == '分' && !self.is_share_or_span(after);
            let bare = if part > stop { hour > 0 || sure } else { sure && after > part + 1 } && !self.is_counted(after);
            // 零点零五 is a decimal.
            if marked || bare {
                let end = after + usize::from(marked);
                let second = self.number_of_time(end).filter(|s| self.at(s.1) == '秒');
                let time = Time { hour, minute, second: second.map(|s| s.0) };
                return Some((time, second.map_or(end, |s| s.1 + 1)));
            }
        }
        let oclock = self.is(stop, Class::Oclock);
        let stop = oclock.unwrap_or(stop);
        let next = self.at(stop);
        let closed = !next.is_alphabetic() && !next.is_ascii_digit();
        let behind = self.is(self.skip_blank(stop), Class::ClockBehind).is_some();
        let arabic = self.before(end).is_ascii_digit();
        // 19点 is a time. Smaller numbers are points as often as hours.
        let of_day = arabic && if self.at(end) == '时' { closed || behind } else { hour > 12 && closed };
        // 六点到八点.
        let ends = "至到-~".contains(self.before(end.saturating_sub(if hour > 9 { 2 } else { 1 })));
        let pair = ends && (closed || arabic || next == '在');
        if sure || oclock.is_some() || of_day || behind || pair { whole(0, stop) } else { None }
    }
}
