//! Fractions: "two thirds", "half of", "one in four", "nine out of ten", ¾; and parts of a unit: "half an hour".

use rust_decimal::Decimal;

use super::bare::Bare;
use super::number::{place, plain};
use super::words::{ahead, any_behind, behind, follows, joint};
use crate::anchor::number;
use crate::anchor::value::read::Draft;
use crate::anchor::value::{Meaning, Unit};
use crate::anchor::view::{View, is_letter};

/// Denominators in words, from the half.
fn denominator(word: &str) -> Option<u64> {
    match word.strip_suffix('s').unwrap_or(word) {
        "halve" => Some(2),
        "millionth" => Some(1_000_000),
        singular => number::denominator(singular),
    }
}

fn numerator(word: &str) -> Option<u64> {
    number::word_below_twenty(word).filter(|&n| n > 0)
}

/// A fraction in lowest terms; `None` where the whole has no parts.
fn lowest(start: usize, end: usize, over: u64, under: u64) -> Option<Draft> {
    let divisor = number::gcd(over, under);
    let (over, under) = (over.checked_div(divisor)?, under.checked_div(divisor)?);
    (under > 0).then(|| Draft::new(start, end, Meaning::Fraction { over, under }))
}

/// Reads the fraction whose first word stands at `at`.
pub(super) fn by_word(view: &View, at: usize) -> Option<Draft> {
    let (word, end) = view.word(at);
    if word == "half" {
        return half(view, at, end);
    }
    // "Quarter of a million", "quarter-point cut", "thirds" never begin one by themselves.
    if word == "quarter" {
        return of_unit(view, at, end, 1, 4, true);
    }
    let article = matches!(word.as_str(), "a" | "an");
    let over = if article { 1 } else { numerator(&word)? };
    let (word, stop) = ahead(view, end)?;
    let under = denominator(&word).filter(|&under| over < under)?;
    if (over > 1) != word.ends_with('s') && !(over > 1 && word == "halves") {
        return None;
    }
    if article && under == 2 {
        // "A half million" is a number, "a half hour" half of one.
        return half(view, at, stop).filter(|d| !matches!(d.meaning, Meaning::Fraction { .. }));
    }
    if let Some(found) = of_unit(view, at, stop, over, under, view.at(stop) == '-' || over == 1) {
        return Some(found);
    }
    let of = any_behind(view, stop, &["of"]).is_some();
    let hyphen = view.at(end) == '-';
    let compared =
        any_behind(view, stop, &["more", "less", "higher", "lower", "fewer", "as", "larger", "smaller", "the"]);
    // "Three quarters through pricing", "three quarters full".
    let filled = under == 4 && any_behind(view, stop, FILLED).is_some();
    let certain = match (over, under) {
        // "A quarter", "three quarters" are months too, "a third", "one third" a third one.
        _ if article || (under == 4 && !hyphen) => {
            of || filled
                || compared.is_some()
                || (measured(view, at) && (under != 4 || follows(view, at, &["by", "than"])))
        }
        _ => true,
    };
    certain.then(|| lowest(at, stop, over, under)).flatten()
}

/// Behind what can be full, these words show that a part of it is meant.
const FILLED: &[&str] = &["through", "full", "empty", "done", "complete", "completed", "finished"];

/// Whether a word before `at` shows that a part of something is meant.
fn measured(view: &View, at: usize) -> bool {
    follows(
        view,
        at,
        &[
            "by",
            "than",
            "about",
            "nearly",
            "almost",
            "roughly",
            "over",
            "least",
            "approximately",
            "as",
            "around",
            "only",
        ],
    )
}

/// "Half of", "half the staff", "more than half", "half an hour", "half a percentage point".
fn half(view: &View, at: usize, end: usize) -> Option<Draft> {
    if let Some(found) = part_of_unit(view, at, end, Decimal::new(5, 1)) {
        return Some(found);
    }
    const WHOLE: &[&str] = &[
        "of", "the", "its", "their", "his", "her", "our", "my", "your", "these", "those", "this", "that", "all", "are",
        "were", "was", "is", "have", "had", "has", "as", "what", "say", "said", "will", "would", "who", "from",
    ];
    // "Half as much" and "half the" say the same; "half-hearted", "half past" and "half asleep" are no parts.
    let part = view.at(end) != '-' && any_behind(view, end, WHOLE).is_some();
    let closed =
        !ahead(view, end).is_some_and(|(word, _)| !matches!(word.as_str(), "in" | "by" | "over" | "and" | "to"));
    let second = follows(view, at, &["first", "second", "other", "better", "top", "bottom", "latter", "back"]);
    let stated = measured(view, at) && view.at(end) != '-' && closed;
    let one = view.word(at).0 != "half" || follows(view, at, &["one"]);
    (!second && (part || stated || (one && closed))).then(|| lowest(at, end, 1, 2)).flatten()
}

/// "An hour", "a mile", "a percentage point", "a million" behind a part, or "-hour", "-point" directly.
fn part_of_unit(view: &View, at: usize, end: usize, share: Decimal) -> Option<Draft> {
    let article = any_behind(view, end, &["a", "an"]);
    let next = article.unwrap_or(end);
    let (low, step, unit, stop) = number::english_tail(view, share, next)?;
    let scaled = low != share;
    let symbol = unit.and_then(Unit::of_symbol);
    if stop > next {
        // A currency has no halves but behind an article: "half a dollar".
        return (scaled || symbol.is_some()).then(|| plain(at, stop, low, step, symbol));
    }
    let (word, stop) = ahead(view, next)?;
    match word.as_str() {
        "dozen" if share == Decimal::new(5, 1) => return Some(plain(at, stop, 6.into(), Decimal::ONE, None)),
        // Without a base or percentage it is a percentage point of interest that is cut by a quarter.
        "point" if article.is_some() || view.at(end) == '-' || share.scale() == 2 => {
            return Some(plain(at, stop, share, place(share), Some(Unit::POINT)));
        }
        "decade" | "century" if article.is_some() => {
            let years = share.checked_mul(if word == "decade" { 10 } else { 100 }.into())?.normalize();
            return Some(plain(at, stop, years, place(years), Unit::of_symbol("yr")));
        }
        _ => {}
    }
    let (unit, stop) = Unit::english(view, joint(view, next))?;
    // "Half second", "half pound" without article or hyphen are two words by chance.
    let joined = article.is_some() || view.at(end) == '-' || matches!(word.as_str(), "hour" | "mile" | "day" | "year");
    joined.then(|| plain(at, stop, share, place(share), Some(unit)))
}

/// "A quarter of an hour", "three quarters of a million", "quarter-point": where the part comes out as a decimal.
fn of_unit(view: &View, at: usize, end: usize, over: u64, under: u64, direct: bool) -> Option<Draft> {
    let share = Decimal::from(over).checked_div(Decimal::from(under)).filter(|s| s.scale() <= 6)?;
    let of = behind(view, end, "of").filter(|&next| any_behind(view, next, &["a", "an", "one"]).is_some());
    if let Some(next) = of {
        let next = any_behind(view, next, &["one"]).map_or(next, |after| after.saturating_sub(4));
        return part_of_unit(view, at, next, share).or_else(|| {
            let (unit, stop) = Unit::english(view, joint(view, any_behind(view, next, &["one"])?))?;
            Some(plain(at, stop, share, place(share), Some(unit)))
        });
    }
    // "Quarter percentage point", "a quarter-mile".
    let found = direct.then(|| part_of_unit(view, at, end, share)).flatten()?;
    let unit = match found.meaning {
        Meaning::Number(n) => n.unit,
        _ => None,
    };
    let point = unit == Some(Unit::POINT) || unit == Some(Unit::PERCENT);
    let length = view.at(end) == '-' && unit.is_some_and(|u| matches!(u.symbol(), "mi" | "h" | "in"));
    (point || length).then_some(found)
}

/// "One in four", "nine out of ten", "one of every three": `bare` is the number at `at`.
pub(super) fn by_number(view: &View, at: usize, bare: &Bare) -> Option<Draft> {
    let over = whole(bare)?;
    let certain = any_behind(view, bare.end, &["out of every", "out of", "in every", "of every", "from every"]);
    let next = certain.or_else(|| behind(view, bare.end, "in"))?;
    let last = view.skip_blank(next);
    let round = ["hundred", "thousand", "million"].iter().position(|w| *w == view.word(last).0 && certain.is_some());
    let (under, end) = match round {
        Some(i) => ([100, 1000, 1_000_000].get(i).copied()?, view.word(last).1),
        None => {
            let last = Bare::read(view, last)?;
            (whole(&last)?, last.end)
        }
    };
    // "Three in 30 minutes", "five in 2000".
    let free = Unit::english(view, joint(view, end)).is_none() && !is_letter(view.at(end));
    let ratio = certain.is_some() || over < 10 && under <= 1_000_000_000_000;
    (free && ratio && over < under).then(|| lowest(at, end, over, under)).flatten()
}

fn whole(bare: &Bare) -> Option<u64> {
    let number = bare.value.normalize();
    (bare.unit.is_none() && number.scale() == 0 && number > Decimal::ZERO).then(|| u64::try_from(number).ok()).flatten()
}

/// ½ and the like.
fn vulgar(c: char) -> Option<(u64, u64)> {
    Some(match c {
        '½' => (1, 2),
        '⅓' => (1, 3),
        '⅔' => (2, 3),
        '¼' => (1, 4),
        '¾' => (3, 4),
        '⅕' => (1, 5),
        '⅖' => (2, 5),
        '⅗' => (3, 5),
        '⅘' => (4, 5),
        '⅙' => (1, 6),
        '⅚' => (5, 6),
        '⅛' => (1, 8),
        '⅜' => (3, 8),
        '⅝' => (5, 8),
        '⅞' => (7, 8),
        _ => return None,
    })
}

/// A fraction in one character at `at`, by itself.
pub(super) fn by_sign(view: &View, at: usize) -> Option<Draft> {
    let (over, under) = vulgar(view.at(at))?;
    let share = Decimal::from(over).checked_div(Decimal::from(under))?;
    let in_unit = (share.scale() <= 3).then(|| number::english_tail(view, share, at + 1)).flatten();
    if let Some((low, step, unit, end)) = in_unit.filter(|t| t.3 > at + 1) {
        return Some(plain(at, end, low, step, unit.and_then(Unit::of_symbol)));
    }
    match Unit::english(view, joint(view, at + 1)).filter(|_| share.scale() <= 3) {
        Some((unit, end)) => Some(plain(at, end, share, place(share), Some(unit))),
        None => lowest(at, at + 1, over, under),
    }
}

/// ½ or 1/2 behind a whole number that ends at `end`: "5½", "5 1/4", "5-1/2". Thirds have no exact decimal.
pub(super) fn behind_whole(view: &View, end: usize) -> Option<(Decimal, usize)> {
    if !view.before(end).is_ascii_digit() {
        return None;
    }
    let (over, under, end) = match vulgar(view.at(end)) {
        Some((over, under)) => (over, under, end + 1),
        None => {
            let at = joint(view, end);
            let over = u64::from(view.at(at).to_digit(10)?);
            let width = if view.at(at + 2).is_ascii_digit() && view.at(at + 3).is_ascii_digit() { 2 } else { 1 };
            let under =
                view.slice(at + 2, at + 2 + width).iter().filter_map(|c| c.to_digit(10)).fold(0, |n, d| n * 10 + d);
            let stop = at + 2 + width;
            let fits = at > end && view.at(at + 1) == '/' && matches!(under, 2 | 4 | 8 | 16) && over > 0;
            if !fits || view.at(stop).is_ascii_digit() || view.at(stop) == '/' {
                return None;
            }
            (over, u64::from(under), stop)
        }
    };
    let share =
        Decimal::from(over).checked_div(Decimal::from(under)).filter(|s| s.scale() <= 4 && *s < Decimal::ONE)?;
    Some((share, end))
}
