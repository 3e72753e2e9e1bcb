//! Times of day.
//!
//! ```text
//! time   = [ period ] clock
//! clock  = hour ( 点 | 时 ) [ 半 | 一刻 | 三刻 | [ 过 | 零 ] minute [ 分 ] [ second 秒 ] | 钟 | 整 ]
//!        | hour ":" minute [ ":" second ]
//! period = 上午 | 下午 | 晚上 | 凌晨 | …
//! ```

use super::numeral::Numeral;
use super::vocabulary::Class;
use super::{Chinese, Draft, Quantity};

struct Clock {
    hour: u8,
    minute: u8,
    second: Option<u8>,
    end: usize,
}

impl Chinese<'_> {
    /// 下午两点半, 晚上 10:15.
    pub(super) fn in_period(&self, at: usize, end: usize, period: &str, out: &mut Vec<Draft>) -> Option<usize> {
        // 最晚8点 leaves open which eight.
        if self.ends(end, Class::NoPeriod).is_some_and(|start| start < at) {
            return None;
        }
        let next = self.view.skip_blank(end);
        let next = self.view.after(next, "的").unwrap_or(next);
        let (hour, stop) = self.numeral_of_hour(next)?;
        let clock = self.hour(hour, stop, true)?;
        let late = matches!(period, "pm" | "evening") || (period == "noon" && clock.hour < 3);
        let midnight = matches!(period, "night" | "evening") && clock.hour == 12;
        let hour = if midnight {
            0
        } else if late && clock.hour < 12 {
            clock.hour + 12
        } else {
            clock.hour
        };
        Some(self.push(Draft::time(at, clock.end, hour, clock.minute, clock.second), out))
    }

    /// 14时30分, 三点一刻, 九点半, 9:30: a time by its own form.
    pub(super) fn clock(&self, n: &Numeral, out: &mut Vec<Draft>) -> Option<usize> {
        let (hour, end) = self.numeral_of_hour(n.start)?;
        let c = self.view.at(end);
        if !matches!(c, ':' | '点' | '时') {
            return None;
        }
        if c == ':' {
            return Some(self.colons(n.start, out));
        }
        let mut clock = self.hour(hour, end, false)?;
        // 下午2时至4时: both are after noon.
        if let Some(Draft { end, quantity: Quantity::Time(first), .. }) = out.last()
            && self.connector(*end) == Some(n.start)
            && first.hour > 12
            && clock.hour < 12
            && clock.hour + 12 > first.hour
        {
            clock.hour += 12;
        }
        Some(self.push(Draft::time(n.start, clock.end, clock.hour, clock.minute, clock.second), out))
    }

    /// 9:30, 12:03:31; 3:2 and 16:9 are scores and ratios. All the digits between colons are taken.
    fn colons(&self, at: usize, out: &mut Vec<Draft>) -> usize {
        let view = self.view;
        let digits = |at: usize| view.run(at, |c| c.is_ascii_digit());
        let mut end = digits(at);
        let mut parts = [None, None, None];
        let mut count = 0;
        let mut from = at;
        loop {
            if let Some(part) = parts.get_mut(count) {
                let two = count == 0 || end - from == 2;
                *part = self.below(from, end, 60).filter(|_| two);
            }
            count += 1;
            if view.at(end) != ':' || !view.at(end + 1).is_ascii_digit() {
                break;
            }
            from = end + 1;
            end = digits(from);
        }
        if let ([Some(hour @ 0..=24), Some(minute), second], 2 | 3) = (parts, count)
            && second.is_some() == (count == 3)
        {
            out.push(Draft::time(at, end, hour, minute, second));
        }
        end
    }

    fn below(&self, at: usize, end: usize, limit: u8) -> Option<u8> {
        if !(1..=2).contains(&(end - at)) {
            return None;
        }
        let digits = self.view.slice(at, end).iter().filter_map(|c| c.to_digit(10));
        u8::try_from(digits.fold(0, |n, d| n * 10 + d)).ok().filter(|&v| v < limit)
    }

    /// A number of at most two digits, without 点 as a decimal point.
    fn numeral_of_hour(&self, at: usize) -> Option<(u8, usize)> {
        let view = self.view;
        let digits = at + (0..3).take_while(|k| view.at(at + k).is_ascii_digit()).count();
        if digits > at {
            return self.below(at, digits, 60).map(|value| (value, digits));
        }
        let zero = usize::from(matches!(view.at(at), '零' | '〇') && self.figure(at + 1).is_some());
        let at = at + zero;
        let end = at + (0..4).take_while(|k| self.figure(at + k).is_some()).count();
        let mut value = 0u32;
        for &c in view.slice(at, end) {
            match self.words.figure(c)? {
                super::vocabulary::Figure::Digit(d) if value.is_multiple_of(10) => value += d,
                super::vocabulary::Figure::Power(1) if value < 10 => value = value.max(1) * 10,
                super::vocabulary::Figure::Tens(t) if value == 0 => value = t * 10,
                _ => return None,
            }
        }
        (end > at).then_some((u8::try_from(value).ok()?, end))
    }

    /// What stands behind an hour. `sure`: a part of the day stands before it. An hour alone is none: 三点 says "three points" too.
    fn hour(&self, hour: u8, end: usize, sure: bool) -> Option<Clock> {
        let view = self.view;
        let end = if sure { view.skip_blank(end) } else { end };
        let number = |at: usize| self.numeral_of_hour(at).filter(|n| n.0 < 60);
        if view.at(end) == ':' && sure {
            let (minute, stop) = number(end + 1).filter(|n| n.1 == end + 3)?;
            let second = (view.at(stop) == ':').then(|| number(stop + 1)).flatten();
            return Some(Clock { hour, minute, second: second.map(|s| s.0), end: second.map_or(stop, |s| s.1) });
        }
        let mut stop = self.is(end, Class::Hour).filter(|_| hour <= 24)?;
        if self.is(end, Class::NoHour).is_some() {
            return None;
        }
        let mark = view.at(end);
        let whole = |minute, end| Some(Clock { hour, minute, second: None, end });
        if mark == '点' && view.at(stop) == '半' {
            return if matches!(view.at(stop + 1), '数' | '价' | '成') { None } else { whole(30, stop + 1) };
        }
        if let Some((minute, end)) = self.find(stop, &[Class::QuarterHour]).and_then(|(s, i)| Some((s.number()?, i))) {
            return whole(minute, end);
        }
        let minutes = self.is(stop, Class::ClockPart).unwrap_or(stop);
        if let Some((minute, after)) = number(view.skip_blank(minutes)) {
            let marked = view.at(after) == '分' && view.after_any(after, &["分之", "分钟"]).is_none();
            let two = view.slice(minutes, after).len() > 1 || minutes > stop;
            let bare = (sure || minutes > stop)
                && two
                && !self.is_counted(after)
                && !matches!(view.at(after), '多' | '%' | '年');
            // 零点零五 is a decimal.
            let decimal = hour == 0 && !sure && !marked;
            if (marked || bare) && !decimal {
                let mut end = after + usize::from(marked);
                let second = number(end).filter(|s| view.at(s.1) == '秒' && marked);
                end = second.map_or(end, |s| s.1 + 1);
                return Some(Clock { hour, minute, second: second.map(|s| s.0), end });
            }
        }
        let oclock = self.is(stop, Class::Oclock);
        stop = oclock.unwrap_or(stop);
        let behind = self.is(view.skip_blank(stop), Class::ClockBehind).is_some();
        let closed = !view.at(stop).is_alphabetic() && !view.at(stop).is_ascii_digit();
        let arabic = view.before(end).is_ascii_digit();
        // 19点; smaller numbers are points as often.
        let late = mark == '点' && hour > 12 && arabic && closed;
        let of_day = mark == '时' && arabic && (closed || behind);
        // 六点到八点.
        let pair = matches!(view.before(end.saturating_sub(if hour > 9 { 2 } else { 1 })), '至' | '到' | '-' | '~');
        let pair = pair && (closed || behind || arabic || view.at(stop) == '在');
        (sure || oclock.is_some() || of_day || late || behind || pair).then_some(Clock {
            hour,
            minute: 0,
            second: None,
            end: stop,
        })
    }
}
