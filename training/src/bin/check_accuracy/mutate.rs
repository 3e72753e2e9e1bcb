//! Numbers changed on purpose, as they go wrong in practice.

use duiqi::train::quantity::matched;
use duiqi::{Lang, Pair, Quantity, Value, values};
use duiqi_training::random::Random;

/// Kinds of change.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Change {
    Digit,
    Magnitude,
    Unit,
    Currency,
    Sign,
    Percent,
    Date,
}

/// A changed number.
pub struct Mutation {
    pub change: Change,
    pub lang: Lang,
    /// Which segment of the half.
    pub segment: usize,
    /// The number before and after.
    pub old: String,
    pub new: String,
    /// What stands for it on the other side.
    pub counterpart: String,
    /// The segment's text after the change.
    pub text: String,
}

/// Words that change places; the first that occurs is taken. Longer ones before those that they contain.
const MAGNITUDES: [(&str, &str); 22] = [
    ("million", "billion"),
    ("billion", "million"),
    ("trillion", "billion"),
    ("thousand", "million"),
    ("hundred", "thousand"),
    ("万亿", "亿"),
    ("千万", "百万"),
    ("百万", "千万"),
    ("亿", "万"),
    ("万", "亿"),
    ("千", "百"),
    ("百", "千"),
    ("bn", "m"),
    ("1", "10"),
    ("2", "20"),
    ("3", "30"),
    ("4", "40"),
    ("5", "50"),
    ("6", "60"),
    ("7", "70"),
    ("8", "80"),
    ("9", "90"),
];
const UNITS: [(&str, &str); 20] = [
    ("gigawatt", "megawatt"),
    ("公里", "米"),
    ("kilometer", "meter"),
    ("miles", "yards"),
    ("吨", "公斤"),
    ("years", "months"),
    ("months", "years"),
    ("weeks", "months"),
    ("days", "weeks"),
    ("hours", "days"),
    ("minutes", "hours"),
    ("seconds", "minutes"),
    ("小时", "分钟"),
    ("分钟", "小时"),
    ("个月", "年"),
    ("年", "个月"),
    ("天", "周"),
    ("周", "天"),
    ("英里", "公里"),
    ("米", "公里"),
];
const CURRENCIES: [(&str, &str); 10] = [
    ("US$", "HK$"),
    ("HK$", "US$"),
    ("$", "€"),
    ("dollars", "euros"),
    ("RMB", "US$"),
    ("yuan", "dollars"),
    ("美元", "欧元"),
    ("港元", "美元"),
    ("人民币", "美元"),
    ("元", "美元"),
];
const PERCENTS: [(&str, &str); 6] = [
    ("percentage points", "percent"),
    ("percent", "percentage points"),
    ("个百分点", "%"),
    ("%", "个百分点"),
    ("百分之", "千分之"),
    ("basis points", "percent"),
];
const DIGIT_WORDS: [&str; 8] = ["two", "three", "four", "five", "six", "seven", "eight", "nine"];
const HAN_DIGITS: [char; 9] = ['一', '二', '三', '四', '五', '六', '七', '八', '九'];
const MONTHS: [&str; 12] = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
];

/// One change of each kind that fits, for one number of the pair that both sides have.
pub fn mutations(pair: &Pair<'_>, random: &mut Random) -> Vec<Mutation> {
    let side = |lang: Lang| -> Vec<(usize, Value)> {
        let of = |(k, text): (usize, String)| values(&text, lang).into_iter().map(move |v| (k, v)).collect::<Vec<_>>();
        pair.half(lang).segments().map(|s| s.text.clone()).enumerate().flat_map(of).collect()
    };
    let (en, zh) = (side(Lang::En), side(Lang::Zh));
    let plain = |side: &[(usize, Value)]| side.iter().map(|(_, v)| v.clone()).collect::<Vec<_>>();
    let pairs = matched(&plain(&en), &plain(&zh));
    if pairs.is_empty() {
        return Vec::new();
    }
    let (i, j) = pairs[random.below(pairs.len())];
    let (lang, (own, value), (other, twin)) =
        if random.below(2) == 0 { (Lang::En, &en[i], &zh[j]) } else { (Lang::Zh, &zh[j], &en[i]) };
    let text_of = |lang: Lang, k: usize| pair.half(lang).segments().nth(k).map(|s| s.text.clone()).unwrap_or_default();
    let text = text_of(lang, *own);
    let counterpart = text_of(lang.other(), *other).get(twin.range.clone()).unwrap_or_default().to_owned();
    let old = text.get(value.range.clone()).unwrap_or_default().to_owned();
    let mut out = Vec::new();
    let mut add = |change: Change, new: Option<String>| {
        let Some(new) = new.filter(|n| *n != old) else { return };
        let mut text = text.clone();
        let before = values(&text, lang).len();
        text.replace_range(value.range.clone(), &new);
        // The 64th of May is no slip that anybody makes, and rounding hides what is smaller than the other side's precision.
        let after = values(&text, lang);
        let hidden = |v: &Value| v.range.start == value.range.start && v.agrees(twin);
        if after.len() < before || after.iter().any(hidden) {
            return;
        }
        let (old, counterpart) = (old.clone(), counterpart.clone());
        out.push(Mutation { change, lang, segment: *own, old, new, counterpart, text });
    };
    let english = lang == Lang::En;
    match value.quantity {
        Quantity::Date(_) => add(Change::Date, digit(&old, english, true, random).or_else(|| month(&old))),
        // Of a range one end alone would change.
        Quantity::Number(number) if number.high.is_none() => {
            add(Change::Digit, digit(&old, english, false, random));
            add(Change::Magnitude, swap(&old, &MAGNITUDES));
            if number.unit.is_some_and(|u| u.is_currency()) {
                add(Change::Currency, swap(&old, &CURRENCIES));
            } else if number.unit.is_some_and(|u| ["%", "pp"].contains(&u.symbol())) {
                add(Change::Percent, swap(&old, &PERCENTS));
                add(Change::Sign, minus(&old, english));
            } else if number.unit.is_some() {
                add(Change::Unit, swap(&old, &UNITS));
            }
        }
        _ => add(Change::Digit, digit(&old, english, false, random)),
    }
    out
}

fn swap(text: &str, words: &[(&str, &str)]) -> Option<String> {
    let (from, to) = words.iter().find(|(from, _)| text.contains(from))?;
    Some(text.replacen(from, to, 1))
}

/// Another digit at one place: in the number's first or second place, where rounding does not hide it.
fn digit(text: &str, english: bool, date: bool, random: &mut Random) -> Option<String> {
    let chars: Vec<char> = text.chars().collect();
    let mut places: Vec<usize> = (0..chars.len()).filter(|&i| chars[i].is_ascii_digit()).collect();
    // Of a date the last digit: 1978 and 1973, May 14 and May 12.
    match (date, places.last()) {
        (true, Some(&last)) => places = vec![last],
        _ => places.truncate(2),
    }
    if !places.is_empty() {
        let at = places[random.below(places.len())];
        let old = chars[at].to_digit(10)?;
        let first = at == places[0];
        let new = (1..10).map(|k| (old + k) % 10).filter(|&d| d != 0 || !first).nth(random.below(8))?;
        let mut chars = chars;
        chars[at] = char::from_digit(new, 10)?;
        return Some(chars.into_iter().collect());
    }
    if english {
        let lower = text.to_lowercase();
        let words: Vec<&str> = lower.split(|c: char| !c.is_ascii_alphabetic()).collect();
        let old = DIGIT_WORDS.iter().find(|w| words.contains(w))?;
        let new = DIGIT_WORDS.iter().filter(|w| *w != old).nth(random.below(7))?;
        return Some(lower.replacen(old, new, 1));
    }
    let at = chars.iter().position(|c| *c == '两' || (HAN_DIGITS.contains(c) && *c != '一'))?;
    let same = |d: char| d == chars[at] || d == '一' || (d == '二' && chars[at] == '两');
    // There are four quarters.
    let kinds = if text.contains("季") { 4 } else { HAN_DIGITS.len() };
    let others: Vec<&char> = HAN_DIGITS[..kinds].iter().filter(|&&d| !same(d)).collect();
    let new = others[random.below(others.len())];
    // Two of something is 两 alone and 二 in longer numbers.
    let alone = chars.iter().filter(|c| HAN_DIGITS.contains(c)).count() == 1 && !chars.contains(&'第');
    let mut chars = chars;
    chars[at] = if *new == '二' && alone { '两' } else { *new };
    Some(chars.into_iter().collect())
}

/// A minus before the number, behind what hedges it.
fn minus(text: &str, english: bool) -> Option<String> {
    let at = text.find(|c: char| c.is_ascii_digit())?;
    let (before, number) = text.split_at(at);
    Some(format!("{before}{}{number}", if english { "minus " } else { "负" }))
}

fn month(text: &str) -> Option<String> {
    let at = MONTHS.iter().position(|m| text.contains(m))?;
    Some(text.replacen(MONTHS[at], MONTHS[(at + 5) % 12], 1))
}
