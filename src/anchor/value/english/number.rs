//! Numbers that what stands behind them makes other numbers: "three decades", "a year and a half", "36 cents", "5½".

use rust_decimal::Decimal;

use super::bare::{Bare, MILLION, and_part};
use super::fraction;
use super::words::{ahead, any_behind, behind, follows, joint};
use crate::anchor::number;
use crate::anchor::value::read::Draft;
use crate::anchor::value::{Meaning, Number, Unit};
use crate::anchor::view::{View, is_letter};

/// A number as a value.
pub(super) fn plain(at: usize, end: usize, low: Decimal, step: Decimal, unit: Option<Unit>) -> Draft {
    Draft::new(at, end, Meaning::Number(Number { low, high: None, step, unit }))
}

/// "A decade", "half a century", "two fortnights", "four score": what one is, in years or weeks.
fn period(word: &str) -> Option<(i64, Unit)> {
    Some(match word {
        "decade" | "decades" => (10, Unit::of_symbol("yr")?),
        "century" | "centuries" => (100, Unit::of_symbol("yr")?),
        "millennium" | "millennia" => (1000, Unit::of_symbol("yr")?),
        "fortnight" | "fortnights" => (2, Unit::of_symbol("wk")?),
        _ => return None,
    })
}

/// "A decade", "a fortnight", "a year and a half", "an hour and a quarter", from the article at `at`.
pub(super) fn by_article(view: &View, at: usize) -> Option<Draft> {
    let (word, end) = view.word(at);
    if !matches!(word.as_str(), "a" | "an") {
        return None;
    }
    let (word, stop) = ahead(view, end)?;
    let (times, unit, stop) = match period(&word) {
        Some((times, unit)) => (Decimal::from(times), unit, stop),
        None => {
            let (unit, stop) = Unit::english(view, joint(view, end))?;
            (Decimal::ONE, unit, stop)
        }
    };
    let (part, end) = match and_part(view, stop) {
        Some((part, end)) => (part, end),
        // "A decade ago" says ten years, "a year ago" what it says in Chinese without a number.
        None if times > Decimal::ONE && word != "century" && word != "millennium" => (Decimal::ZERO, stop),
        None => return None,
    };
    let low = Decimal::ONE.checked_add(part)?.checked_mul(times)?.normalize();
    Some(plain(at, end, low, place(low), Some(unit)))
}

/// What one in the last place of a number is worth.
pub(super) fn place(value: Decimal) -> Decimal {
    Decimal::try_from_i128_with_scale(1, value.normalize().scale()).unwrap_or(Decimal::ONE)
}

/// What stands behind the number at `at` and makes another number of it.
pub(super) fn by_number(view: &View, at: usize, bare: &Bare) -> Option<Draft> {
    if let Some(found) = small_money(view, at, bare) {
        return Some(found);
    }
    let money = bare.unit.is_none_or(Unit::is_currency);
    if let Some((fraction, end)) = fraction::behind_whole(view, bare.end).filter(|_| money) {
        let raw = bare.value.checked_add(fraction)?;
        let (low, step, unit, end) = number::english_tail(view, raw, end)?;
        return Some(plain(at, end, low, step, bare.unit.or(unit.and_then(Unit::of_symbol))));
    }
    if bare.unit.is_some() {
        return bare.parted.then(|| plain(at, bare.end, bare.value, bare.step, bare.unit));
    }
    // "One year and a half", "three miles and a quarter".
    if let Some((unit, stop)) = Unit::english(view, joint(view, bare.end))
        && let Some((part, end)) = and_part(view, stop)
    {
        let low = bare.value.checked_add(part)?.normalize();
        return Some(plain(at, end, low, place(low), Some(unit)));
    }
    plural_magnitude(view, at, bare)
        .or_else(|| scaled(view, at, bare.value, bare.step, bare.end))
        .or_else(|| score(view, at, bare))
        .or_else(|| below_zero(view, at, bare))
        .or_else(|| bare.parted.then(|| plain(at, bare.end, bare.value, bare.step, None)))
}

/// "5 millions".
fn plural_magnitude(view: &View, at: usize, bare: &Bare) -> Option<Draft> {
    let (word, end) = ahead(view, bare.end)?;
    let times = Decimal::from(match word.as_str() {
        "thousands" => 1_000i64,
        "millions" => 1_000_000,
        "billions" => 1_000_000_000,
        "trillions" => 1_000_000_000_000,
        _ => return None,
    });
    Some(plain(at, end, bare.value.checked_mul(times)?, bare.step.checked_mul(times)?, None))
}

/// "Between one and five percent", "one to two million", from "one" at `at`.
pub(super) fn from_one(view: &View, at: usize) -> Option<Draft> {
    let (word, end) = view.word(at);
    if word != "one" {
        return None;
    }
    let (link, next) = ahead(view, end)?;
    let joins = match link.as_str() {
        "to" => view.at(end) == ' ',
        "and" => follows(view, at, &["between"]),
        _ => false,
    };
    let last = Bare::read(view, view.skip_blank(next)).filter(|last| joins && last.value > Decimal::ONE)?;
    let low = if last.step >= MILLION { last.step } else { Decimal::ONE };
    let number = Number { low, high: Some(last.value), step: last.step, unit: last.unit };
    (low < last.value).then(|| Draft::new(at, last.end, Meaning::Number(number)))
}

/// Negative numbers of accounts: "(5.2)%", "$(3.2) million".
pub(super) fn bracketed(view: &View, at: usize) -> Option<Draft> {
    let sign = view.at(at) == '$';
    let open = at + usize::from(sign);
    if view.at(open) != '(' || !view.at(open + 1).is_ascii_digit() {
        return None;
    }
    let bare = Bare::read(view, open + 1).filter(|b| b.unit.is_none() && view.at(b.end) == ')')?;
    let (low, step, unit, end) = number::english_tail(view, bare.value, bare.end + 1)?;
    let unit = if sign { Unit::of_symbol("USD") } else { unit.and_then(Unit::of_symbol) };
    // A list has its numbers in brackets too: only what stands directly behind them makes a value of it.
    let value = sign || (unit == Some(Unit::PERCENT) && end == bare.end + 2);
    value.then(|| plain(at, end, -low, step, unit))
}

/// Most digits of a number without a whole part; longer ones are data.
const MOST_PLACES: usize = 12;

/// ".5 percent".
pub(super) fn by_point(view: &View, at: usize) -> Option<Draft> {
    let start = view.before(at).is_whitespace() || matches!(view.before(at), '\0' | '(' | '~' | '<' | '>' | '-');
    if view.at(at) != '.' || !start {
        return None;
    }
    let end = view.run(at + 1, |c| c.is_ascii_digit());
    let digits = view.slice(at + 1, end);
    let more = view.at(end) == '.' && view.at(end + 1).is_ascii_digit();
    if digits.is_empty() || digits.len() > MOST_PLACES || more || is_letter(view.at(end)) {
        return None;
    }
    let mantissa = digits.iter().filter_map(|c| c.to_digit(10)).fold(0i64, |n, d| n * 10 + i64::from(d));
    let raw = Decimal::new(mantissa, u32::try_from(digits.len()).ok()?);
    let (low, step, unit, end) = number::english_tail(view, raw, end)?;
    Some(plain(at, end, low, step, unit.and_then(Unit::of_symbol)))
}

/// "Three decades", "two and a half centuries".
fn scaled(view: &View, at: usize, value: Decimal, step: Decimal, end: usize) -> Option<Draft> {
    let (word, stop) = ahead(view, end)?;
    let (times, unit) = period(&word)?;
    let times = Decimal::from(times);
    Some(plain(at, stop, value.checked_mul(times)?.normalize(), step.checked_mul(times)?, Some(unit)))
}

/// "Four score and seven".
fn score(view: &View, at: usize, bare: &Bare) -> Option<Draft> {
    let end = behind(view, bare.end, "score").filter(|_| bare.value < Decimal::TEN)?;
    let twenties = bare.value.checked_mul(Decimal::from(20))?;
    let more = behind(view, end, "and").and_then(|next| Bare::read(view, view.skip_blank(next)));
    let (low, end) = match more.filter(|m| m.unit.is_none() && m.value < Decimal::from(20)) {
        Some(more) => (twenties.checked_add(more.value)?, more.end),
        None if view.at(bare.end) == ' ' && behind(view, end, "years").is_some() => (twenties, end),
        None => return None,
    };
    Some(plain(at, end, low, Decimal::ONE, None))
}

/// "15 degrees below zero".
fn below_zero(view: &View, at: usize, bare: &Bare) -> Option<Draft> {
    let (unit, end) = Unit::english(view, joint(view, bare.end)).filter(|(u, _)| u.symbol().starts_with('°'))?;
    let end = any_behind(view, end, &["below zero", "below freezing"])?;
    Some(plain(at, end, -bare.value, bare.step, Some(unit)))
}

/// "36 cents", "50 pence", "99¢", "two dollars and fifty cents".
fn small_money(view: &View, at: usize, bare: &Bare) -> Option<Draft> {
    match bare.unit {
        None => {
            if let Some(found) = colloquial(view, at, bare) {
                return Some(found);
            }
            let (code, end) = coins(view, bare.end)?;
            let low = bare.value.checked_div(Decimal::ONE_HUNDRED)?;
            Some(plain(at, end, low, bare.step.checked_div(Decimal::ONE_HUNDRED)?, Unit::of_symbol(code)))
        }
        Some(unit) if unit.is_currency() => {
            let next = behind(view, bare.end, "and")?;
            let coin = Bare::read(view, view.skip_blank(next)).filter(|c| c.unit.is_none())?;
            let (code, end) = coins(view, coin.end).filter(|c| c.0 == unit.symbol())?;
            let low = bare.value.checked_add(coin.value.checked_div(Decimal::ONE_HUNDRED)?)?;
            Some(plain(at, end, low, Decimal::new(1, 2), Unit::of_symbol(code)))
        }
        Some(_) => None,
    }
}

/// "20 bucks", "five pounds and twenty pence", "3 million pounds": pounds by themselves are a weight.
fn colloquial(view: &View, at: usize, bare: &Bare) -> Option<Draft> {
    let (word, end) = ahead(view, bare.end)?;
    match word.as_str() {
        "buck" | "bucks" => Some(plain(at, end, bare.value, bare.step, Unit::of_symbol("USD"))),
        "quid" => Some(plain(at, end, bare.value, bare.step, Unit::of_symbol("GBP"))),
        "pound" | "pounds" => {
            let coin = behind(view, end, "and").and_then(|next| Bare::read(view, view.skip_blank(next)));
            let pence =
                coin.and_then(|coin| Some((coin.value.checked_div(Decimal::ONE_HUNDRED)?, coins(view, coin.end)?)));
            if let Some((pence, (_, end))) = pence.filter(|p| p.1.0 == "GBP") {
                return Some(plain(
                    at,
                    end,
                    bare.value.checked_add(pence)?,
                    Decimal::new(1, 2),
                    Unit::of_symbol("GBP"),
                ));
            }
            let weight = bare.step < MILLION || behind(view, end, "of").is_some();
            (!weight).then(|| plain(at, end, bare.value, bare.step, Unit::of_symbol("GBP")))
        }
        _ => None,
    }
}

/// Cents or pence behind `end`: the currency they are hundredths of.
fn coins(view: &View, end: usize) -> Option<(&'static str, usize)> {
    let at = joint(view, end);
    if view.at(at) == '¢' {
        return Some(("USD", at + 1));
    }
    let (word, end) = view.word(at);
    match word.as_str() {
        "cent" | "cents" => Some(("USD", end)),
        "pence" => Some(("GBP", end)),
        _ => None,
    }
}

/// "One" with a measure, which is no pronoun: "one mile". A span of time may be any: "one day".
pub(super) fn lone_one(view: &View, at: usize, bare: &Bare) -> Option<Draft> {
    if bare.value != Decimal::ONE || view.word(at).0 != "one" {
        return None;
    }
    if bare.unit.is_some() {
        return Some(plain(at, bare.end, bare.value, bare.step, bare.unit));
    }
    let (unit, end) = Unit::english(view, joint(view, bare.end))?;
    let time = matches!(unit.base().0.symbol(), "s" | "mo");
    (!time).then(|| plain(at, end, bare.value, bare.step, Some(unit)))
}
