//! Times of day: "2:30 pm", "10 a.m.", "half past two", "three o'clock".

use super::words::{ahead, any_behind, behind, follows, joint};
use crate::anchor::value::Meaning;
use crate::anchor::value::read::{Draft, Special};
use crate::anchor::view::View;

const HOURS: &[&str] =
    &["one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve"];

fn two_digits(view: &View, at: usize) -> Option<(u8, usize)> {
    let (a, b) = (view.at(at).to_digit(10)?, view.at(at + 1).to_digit(10)?);
    Some(((a * 10 + b) as u8, at + 2))
}

/// Reads the time that begins with the digit at `at`. Numbers with colons that are no time ("3:1") are no value.
pub(super) fn by_digit(view: &View, at: usize) -> Option<Special> {
    let digit = |c: char| c.is_ascii_digit();
    let hour_end = at + (0..3).take_while(|&k| digit(view.at(at + k))).count();
    let hour = view
        .slice(at, hour_end)
        .iter()
        .fold(0u8, |n, c| n.saturating_mul(10).saturating_add(c.to_digit(10).unwrap_or(0) as u8));
    if hour_end - at > 2 {
        return None;
    }
    if view.at(hour_end) != ':' || !digit(view.at(hour_end + 1)) {
        // "10 a.m.", "2.30 pm".
        let dotted = (view.at(hour_end) == '.').then(|| two_digits(view, hour_end + 1)).flatten();
        let (minute, end) = dotted.unwrap_or((0, hour_end));
        let (afternoon, end) = half_of_day(view, end).filter(|_| (1..=12).contains(&hour) && minute < 60)?;
        return Some(time(at, end, on_dial(hour, afternoon), minute, None));
    }
    let end = view.run(hour_end, |c| digit(c) || c == ':');
    let end = if view.before(end) == ':' { end - 1 } else { end };
    let minute = two_digits(view, hour_end + 1);
    let found = minute.and_then(|(minute, next)| {
        let second = if view.at(next) == ':' { two_digits(view, next + 1) } else { None };
        let stop = second.map_or(next, |s| s.1);
        let fits = stop == end && hour <= 24 && minute < 60 && second.is_none_or(|s| s.0 < 60);
        fits.then_some((minute, second.map(|s| s.0)))
    });
    let Some((minute, second)) = found else { return Some(Special::None(end)) };
    Some(match half_of_day(view, end).filter(|_| hour <= 12) {
        Some((afternoon, end)) => time(at, end, on_dial(hour, afternoon), minute, second),
        None => time(at, end, hour, minute, second),
    })
}

fn time(start: usize, end: usize, hour: u8, minute: u8, second: Option<u8>) -> Special {
    Special::Value(Draft::new(start, end, Meaning::Time { hour, minute, second }))
}

/// The hour of the day: 12 am is 0, 2 pm is 14.
fn on_dial(hour: u8, afternoon: bool) -> u8 {
    hour % 12 + if afternoon { 12 } else { 0 }
}

/// "am", "p.m.", "in the afternoon", "o'clock in the morning" behind `end`: whether it is the second half of the day.
fn half_of_day(view: &View, end: usize) -> Option<(bool, usize)> {
    let at = joint(view, end);
    let (word, next) = view.word(at);
    match word.as_str() {
        "noon" => return Some((true, next)),
        "midnight" => return Some((false, next)),
        "am" if view.at(at) == 'a' || next == end + 2 || view.at(at + 1) == 'M' => return Some((false, next)),
        "pm" => return Some((true, next)),
        _ => {}
    }
    let letter = view.at(at).to_ascii_lowercase();
    if matches!(letter, 'a' | 'p') && view.at(at + 1) == '.' && view.at(at + 2).eq_ignore_ascii_case(&'m') {
        let stop = at + 3 + usize::from(view.at(at + 3) == '.');
        return Some((letter == 'p', stop));
    }
    let morning = any_behind(view, end, &["in the morning"]);
    let evening = || any_behind(view, end, &["in the afternoon", "in the evening", "at night"]);
    morning.map(|end| (false, end)).or_else(|| evening().map(|end| (true, end)))
}

/// An hour in words or digits at `at`.
fn hour(view: &View, at: usize) -> Option<(u8, usize)> {
    let (word, end) = view.word(at);
    if let Some(i) = HOURS.iter().position(|h| *h == word) {
        return Some((i as u8 + 1, end));
    }
    let one = view.at(at).to_digit(10)? as u8;
    let found = two_digits(view, at).unwrap_or((one, at + 1));
    ((1..=12).contains(&found.0) && !view.at(found.1).is_alphanumeric() && view.at(found.1) != ':').then_some(found)
}

/// "Half past two", "a quarter to three", "ten past five", "three o'clock", "five p.m.", from a word or a digit at `at`.
pub(super) fn in_words(view: &View, at: usize) -> Option<Draft> {
    let (first, end) = view.word(at);
    let clock = |start: usize, hour: u8, minute: u8, end: usize| {
        let (hour, end) =
            half_of_day(view, end).map_or((hour, end), |(afternoon, end)| (on_dial(hour, afternoon), end));
        Draft::new(start, end, Meaning::Time { hour, minute, second: None })
    };
    let minutes = match first.as_str() {
        "half" => Some((30, end)),
        "quarter" => Some((15, end)),
        "a" => behind(view, end, "quarter").map(|end| (15, end)),
        "five" => Some((5, end)),
        "ten" => Some((10, end)),
        "twenty" => Some((20, behind(view, end, "five").unwrap_or(end))),
        _ => None,
    };
    if let Some((mut minute, end)) = minutes
        && let Some((link, next)) = ahead(view, end).map(|(link, next)| match link.as_str() {
            "minutes" => ahead(view, next).unwrap_or((link, next)),
            _ => (link, next),
        })
        && matches!(link.as_str(), "past" | "to")
        && let Some((hour, stop)) = hour(view, joint(view, next))
    {
        if first == "twenty" && behind(view, view.word(at).1, "five").is_some() {
            minute = 25;
        }
        // "Five to six" is a range as often, "half to" nothing.
        let daytime = || half_of_day(view, stop).is_some() && !follows(view, at, &["from"]);
        let certain = link == "past" || matches!(first.as_str(), "quarter" | "a") || (first != "half" && daytime());
        if certain {
            let hour = if link == "to" { (hour + 10) % 12 + 1 } else { hour };
            let minute = if link == "to" { 60 - minute } else { minute };
            let stop = o_clock(view, stop).unwrap_or(stop);
            return Some(clock(at, hour, minute, stop));
        }
    }
    let (hour, end) = hour(view, at)?;
    if let Some(end) = o_clock(view, end) {
        return Some(clock(at, hour, 0, end));
    }
    // "Five p.m.", "two in the afternoon".
    let (afternoon, end) = half_of_day(view, end)?;
    Some(Draft::new(at, end, Meaning::Time { hour: on_dial(hour, afternoon), minute: 0, second: None }))
}

fn o_clock(view: &View, end: usize) -> Option<usize> {
    let at = view.skip_blank(end);
    let (o, mark) = (view.at(at).eq_ignore_ascii_case(&'o'), matches!(view.at(at + 1), '\'' | '’'));
    let (word, end) = view.word(at + 2);
    (o && mark && word == "clock").then_some(end)
}
