//! Multiples: 翻一番, 增长两倍, 两倍, 八折, 减半.

use rust_decimal::Decimal;

use super::direction::{self, Change};
use super::{Direction, Draft, Hedge, Meaning, connector, hedge, is_numeral};
use crate::anchor::number::{hanzi, plain_chinese};
use crate::anchor::view::View;

/// Farthest that a word of change is looked for before a number, in characters.
const BACK: usize = 16;

/// Characters behind 折 that make it another word: 三折叠, 折磨.
const NO_FOLD: &str = "屏叠页扇磨返断射腾旧算线服桂枝纸戏合子尺";

pub(super) fn read(view: &View, at: usize) -> Option<Draft> {
    match view.at(at) {
        '翻' => turned(view, at),
        '倍' => view.after(at, "倍增").filter(|_| view.before(at) != '成').map(|end| multiple(at, end, Decimal::TWO)),
        '加' => view.after(at, "加倍").map(|end| multiple(at, end, Decimal::TWO)),
        '双' => view.after(at, "双倍").map(|end| multiple(at, end, Decimal::TWO)),
        '减' | '腰' | '对' | '折' | '砍' | '半' => halved(view, at),
        '一' => half(view, at).or_else(|| counted(view, at)),
        '过' => view
            .after(at, "过半")
            .filter(|&e| !is_numeral(view.at(e)) && !"年天个小".contains(view.at(e)))
            .map(|end| Draft { hedge: Hedge::Over, ..part(at, end) }),
        c if is_numeral(c) => counted(view, at),
        _ => None,
    }
}

fn multiple(start: usize, end: usize, times: Decimal) -> Draft {
    Draft::new(start, end, Meaning::Multiple(times))
}

fn part(start: usize, end: usize) -> Draft {
    Draft::new(start, end, Meaning::Fraction { over: 1, under: 2 })
}

/// 翻番, 翻倍, 翻了近两番, 翻了三倍.
fn turned(view: &View, at: usize) -> Option<Draft> {
    let mut next = at + 1;
    next += usize::from(view.at(next) == '了');
    let hedges = [
        ("近", Hedge::Under),
        ("将近", Hedge::Under),
        ("接近", Hedge::Under),
        ("不到", Hedge::Under),
        ("超过", Hedge::Over),
        ("不止", Hedge::Over),
        ("至少", Hedge::Over),
        ("约", Hedge::About),
        ("大约", Hedge::About),
        ("整整", Hedge::Exact),
    ];
    let found = hedges.iter().find_map(|&(word, hedge)| Some((hedge, view.after(next, word)?)));
    let (hedge, next) = found.unwrap_or((Hedge::Exact, next));
    let (times, end) = match view.after_any(next, &["番", "倍", "一番", "一倍", "一翻", "1倍", "1番"]) {
        Some(end) => (Decimal::TWO, end),
        None => {
            let number = plain_chinese(view, next)?;
            match view.at(number.end) {
                // Each 番 doubles.
                '番' => (power_of_two(number.value)?, number.end + 1),
                '倍' => (number.value, number.end + 1),
                _ => return None,
            }
        }
    };
    Some(Draft { hedge, ..multiple(at, end, times) })
}

fn power_of_two(power: Decimal) -> Option<Decimal> {
    // More than sixteen times over is no figure of speech any more.
    const MOST: u32 = 16;
    let power = u32::try_from(power).ok().filter(|&p| p <= MOST && power.is_integer())?;
    Some(Decimal::from(1u64 << power))
}

/// 减半, 腰斩, 打对折, 半价.
fn halved(view: &View, at: usize) -> Option<Draft> {
    if let Some(end) = view.after(at, "半数") {
        return (view.before(at) != '过').then(|| part(at, end));
    }
    let end = view.after_any(at, &["减半", "腰斩", "对折", "折半", "砍半", "半价"])?;
    Some(multiple(at, end, Decimal::new(5, 1)))
}

/// 一半, as a part of a whole or, behind a word of change, as what is left: 减少一半.
fn half(view: &View, at: usize) -> Option<Draft> {
    let end = view.after(at, "一半")?;
    let changed = match direction::before(view, over_hedge(view, at), at.saturating_sub(BACK)) {
        Some(Change::By(Direction::Up)) => Decimal::new(15, 1),
        Some(Change::By(Direction::Down) | Change::To(_)) => Decimal::new(5, 1),
        // 少一半, 低一半; not 至少一半, 不少一半.
        None if matches!(view.before(at), '少' | '低') && !"至不最很".contains(view.before(at - 1)) => {
            Decimal::new(5, 1)
        }
        None => return Some(part(at, end)),
    };
    Some(multiple(at, end, changed))
}

fn over_hedge(view: &View, at: usize) -> usize {
    hedge::in_front(view, at).map_or(at, |h| h.1)
}

/// 两倍, 增长两倍, 三倍半, 八折, 七五折.
fn counted(view: &View, at: usize) -> Option<Draft> {
    let run = at + (0..3).take_while(|k| hanzi::digit(view.at(at + k)).is_some()).count();
    if view.at(run) == '折' {
        return fold(view, at, run);
    }
    let number = plain_chinese(view, at)?;
    let next = view.skip_blank(number.end);
    if view.at(next) == '折' && number.value < Decimal::ONE_HUNDRED && !NO_FOLD.contains(view.at(next + 1)) {
        // 8折, 7.5折, 85折.
        let places = if number.value < Decimal::TEN { 1 } else { 2 };
        let times = number.value.checked_mul(Decimal::new(1, places))?;
        return (times > Decimal::ZERO).then(|| multiple(at, next + 1, times));
    }
    let over = view.at(next) == '多' && view.at(next + 1) == '倍';
    let Some(mut end) = view.after(next + usize::from(over), "倍") else {
        // 三至四倍: two multiples, of which the last says so.
        let after = connector(view, next)?;
        plain_chinese(view, after).filter(|l| view.at(view.skip_blank(l.end)) == '倍' && l.value > number.value)?;
        let governed = direction::before(view, over_hedge(view, at), at.saturating_sub(BACK));
        let up = governed == Some(Change::By(Direction::Up));
        let times = if up { number.value.checked_add(Decimal::ONE)? } else { number.value };
        return Some(multiple(at, number.end, times));
    };
    // 倍数, 倍频 are words.
    if matches!(view.at(end), '数' | '频' | '体' | '镜' | '率' | '速') {
        return None;
    }
    let mut times = number.value;
    if view.at(end) == '半' {
        (times, end) = (times.checked_add(Decimal::new(5, 1))?, end + 1);
    }
    let first = first_of_pair(view, at);
    let change = direction::before(view, over_hedge(view, first), first.saturating_sub(BACK));
    // 一倍 more is twice as much; 1.0倍 is a ratio.
    if (times == Decimal::ONE && number.step == Decimal::ONE) || change == Some(Change::By(Direction::Up)) {
        times = times.checked_add(Decimal::ONE)?;
    }
    Some(multiple(at, end, times))
}

/// Where the first number of 三至四倍 begins, whose last begins at `at`; `at` itself where there is none.
fn first_of_pair(view: &View, at: usize) -> usize {
    const LONGEST: usize = 8;
    let numeral = |c: char| is_numeral(c) || matches!(c, '.' | '点');
    if !matches!(view.before(at), '至' | '到' | '-' | '~' | '–' | '—') {
        return at;
    }
    let length = (1..=LONGEST).take_while(|k| at.checked_sub(k + 1).is_some_and(|i| numeral(view.at(i)))).count();
    if length == 0 { at } else { at - 1 - length }
}

/// 八折, 七五折, 三折.
fn fold(view: &View, at: usize, end: usize) -> Option<Draft> {
    let digits = view.slice(at, end);
    let value = digits.iter().filter_map(|&c| hanzi::digit(c)).fold(0, |n, d| n * 10 + d);
    let places = u32::try_from(digits.len()).ok().filter(|&n| n > 0)?;
    let times = Decimal::try_from_i128_with_scale(i128::try_from(value).ok()?, places).ok()?;
    let other = NO_FOLD.contains(view.at(end + 1)) || value == 0 || (value == 1 && places == 1);
    (!other).then(|| multiple(at, end + 1, times))
}
