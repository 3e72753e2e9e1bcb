//! Currencies, as ISO 4217 codes.

use crate::anchor::view::View;

/// Signs and codes before a number; longer ones first where one begins like another. The full-width yen sign is not
/// among the forms that folding makes half-width.
const BEFORE: [(&str, &str); 27] = [
    ("US$", "USD"),
    ("HK$", "HKD"),
    ("NT$", "TWD"),
    ("A$", "AUD"),
    ("C$", "CAD"),
    ("S$", "SGD"),
    ("R$", "BRL"),
    ("$", "USD"),
    ("€", "EUR"),
    ("£", "GBP"),
    ("￡", "GBP"),
    ("¥", "CNY"),
    ("￥", "CNY"),
    ("₹", "INR"),
    ("₩", "KRW"),
    ("USD", "USD"),
    ("RMB", "CNY"),
    ("CNY", "CNY"),
    ("HKD", "HKD"),
    ("EUR", "EUR"),
    ("GBP", "GBP"),
    ("JPY", "JPY"),
    ("人民币", "CNY"),
    ("美元", "USD"),
    ("港币", "HKD"),
    ("新台币", "TWD"),
    ("欧元", "EUR"),
];

/// Words behind a Chinese number, folded to Simplified; longer ones first where one begins like another.
const CHINESE: [(&str, &str); 31] = [
    ("元人民币", "CNY"),
    ("块钱", "CNY"),
    ("元", "CNY"),
    ("人民币", "CNY"),
    ("美元", "USD"),
    ("美金", "USD"),
    ("港元", "HKD"),
    ("港币", "HKD"),
    ("欧元", "EUR"),
    ("日元", "JPY"),
    ("日圆", "JPY"),
    ("英镑", "GBP"),
    ("韩元", "KRW"),
    ("韩圆", "KRW"),
    ("新台币", "TWD"),
    ("台币", "TWD"),
    ("澳元", "AUD"),
    ("加元", "CAD"),
    ("新元", "SGD"),
    ("新加坡元", "SGD"),
    ("瑞士法郎", "CHF"),
    ("瑞郎", "CHF"),
    ("卢布", "RUB"),
    ("卢比", "INR"),
    ("印度卢比", "INR"),
    ("泰铢", "THB"),
    ("雷亚尔", "BRL"),
    ("比索", "MXN"),
    ("USD", "USD"),
    ("RMB", "CNY"),
    ("CNY", "CNY"),
];

/// Words behind an English number, in lower case.
const ENGLISH: [(&str, &str); 17] = [
    ("dollars", "USD"),
    ("dollar", "USD"),
    ("usd", "USD"),
    ("yuan", "CNY"),
    ("renminbi", "CNY"),
    ("rmb", "CNY"),
    ("cny", "CNY"),
    ("hkd", "HKD"),
    ("euros", "EUR"),
    ("euro", "EUR"),
    ("eur", "EUR"),
    ("yen", "JPY"),
    ("jpy", "JPY"),
    ("gbp", "GBP"),
    ("rubles", "RUB"),
    ("rupees", "INR"),
    ("won", "KRW"),
];

/// Countries whose dollars are not those of the United States.
const DOLLARS: [(&str, &str); 6] = [
    ("hong kong dollar", "HKD"),
    ("australian dollar", "AUD"),
    ("canadian dollar", "CAD"),
    ("singapore dollar", "SGD"),
    ("u.s. dollar", "USD"),
    ("us dollar", "USD"),
];

/// All codes that any sign or word stands for; some more than once.
pub(in crate::anchor) fn codes() -> impl Iterator<Item = &'static str> {
    BEFORE.iter().chain(&CHINESE).chain(&ENGLISH).chain(&DOLLARS).map(|c| c.1)
}

/// Whether one of [`BEFORE`] begins with `c`: hardly any character does, and every place of a text is asked.
fn begins_sign(c: char) -> bool {
    "$€£￡¥￥₹₩UHNACSREGJ人美港新欧".contains(c)
}

/// A currency at `at` that a number follows: its code and the index of the number.
pub(super) fn before(view: &View, at: usize, number: impl Fn(char) -> bool) -> Option<(&'static str, usize)> {
    if !begins_sign(view.at(at)) {
        return None;
    }
    // Codes and signs with letters must not be the end of a word (`BUS$`).
    if view.before(at).is_ascii_alphanumeric() && view.at(at).is_ascii_alphabetic() {
        return None;
    }
    BEFORE.iter().find_map(|&(sign, code)| {
        let next = view.skip_blank(view.after(at, sign)?);
        number(view.at(next)).then_some((code, next))
    })
}

/// A currency behind a Chinese number, with the index behind it.
pub(in crate::anchor) fn after_chinese(view: &View, at: usize) -> Option<(&'static str, usize)> {
    // 元素, 元件, 元旦: words that begin like the currency.
    let word = view.at(at) == '元' && matches!(view.at(at + 1), '素' | '件' | '旦' | '老' | '首' | '宵' | '帅' | '勋');
    CHINESE.iter().filter(|_| !word).find_map(|&(word, code)| Some((code, view.after(at, word)?)))
}

/// A currency behind an English number, with the index behind it.
pub(super) fn after_english(view: &View, at: usize) -> Option<(&'static str, usize)> {
    for (words, code) in DOLLARS {
        let fits = |i: usize, c: char| view.at(at + i).eq_ignore_ascii_case(&c);
        if words.chars().enumerate().all(|(i, c)| fits(i, c)) {
            let end = at + words.chars().count();
            return Some((code, end + usize::from(view.at(end) == 's')));
        }
    }
    let (word, end) = view.word(at);
    // "Pounds" may be a weight and "won" a verb: only a currency where nothing else can be meant.
    if word == "won" && view.at(view.skip_blank(end)).is_alphanumeric() {
        return None;
    }
    ENGLISH.iter().find(|(w, _)| *w == word).map(|&(_, code)| (code, end))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_sign_is_looked_for() {
        assert!(BEFORE.iter().all(|(sign, _)| sign.starts_with(begins_sign)));
    }
}
