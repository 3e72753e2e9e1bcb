//! One amount of dollars in English and Chinese notations.

use duiqi::Lang;
use rust_decimal::Decimal;

/// A whole number of dollars: some digits, then some zeros.
pub struct Amount {
    whole: u64,
}

impl Amount {
    /// `digits` followed by `zeros` zeros.
    pub fn new(digits: u64, zeros: u32) -> Amount {
        Amount { whole: digits * 10u64.pow(zeros) }
    }

    pub fn value(&self) -> Decimal {
        Decimal::from(self.whole)
    }

    /// Every notation, with its language.
    pub fn notations(&self) -> Vec<(Lang, String)> {
        let n = self.whole;
        let mut english = vec![
            format!("${}", grouped(n)),
            format!("{} dollars", grouped(n)),
            format!("USD {n}"),
            format!("{n}USD"),
            format!("{} dollars", in_words(n)),
            format!("US${}", grouped(n)),
        ];
        for (word, short, zeros) in [("million", "m", 6), ("billion", "bn", 9), ("trillion", "tn", 12)] {
            if let Some(lifted) = lifted(n, zeros) {
                english.push(format!("${lifted} {word}"));
                english.push(format!("{lifted} {word} dollars"));
                english.push(format!("${lifted}{short}"));
            }
        }
        let mut chinese = vec![
            format!("{n}美元"),
            format!("{}美元", grouped(n)),
            format!("{}美元", han(n)),
            format!("{}美元", formal(n)),
            format!("{}美元", traditional(&han(n))),
            format!("{}美元", full_width(&n.to_string())),
            format!("US${}", grouped(n)),
        ];
        for (word, zeros) in [("万", 4), ("百万", 6), ("千万", 7), ("亿", 8), ("万亿", 12), ("兆", 12)] {
            if let Some(lifted) = lifted(n, zeros) {
                chinese.push(format!("{lifted}{word}美元"));
                chinese.push(format!("{lifted} {}美元", traditional(word)));
                chinese.push(format!("{}{word}美元", full_width(&lifted)));
            }
        }
        english.into_iter().map(|t| (Lang::En, t)).chain(chinese.into_iter().map(|t| (Lang::Zh, t))).collect()
    }
}

/// `1,234,567`.
fn grouped(n: u64) -> String {
    let digits = n.to_string();
    let first = digits.len() % 3;
    let mut out = digits[..first].to_owned();
    for (i, c) in digits[first..].chars().enumerate() {
        if i.is_multiple_of(3) && !out.is_empty() {
            out.push(',');
        }
        out.push(c);
    }
    out
}

/// In units of ten to the power of `zeros`, if at most three decimals are needed and the number is at least 1.
fn lifted(n: u64, zeros: u32) -> Option<String> {
    let value = Decimal::from(n).checked_div(Decimal::from(10u64.pow(zeros)))?.normalize();
    (value >= Decimal::ONE && value < Decimal::from(10_000) && value.scale() <= 3).then(|| value.to_string())
}

fn in_words(n: u64) -> String {
    const ONES: [&str; 20] = [
        "zero",
        "one",
        "two",
        "three",
        "four",
        "five",
        "six",
        "seven",
        "eight",
        "nine",
        "ten",
        "eleven",
        "twelve",
        "thirteen",
        "fourteen",
        "fifteen",
        "sixteen",
        "seventeen",
        "eighteen",
        "nineteen",
    ];
    const TENS: [&str; 10] = ["", "", "twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"];
    let scaled = |by: u64, word: &str| {
        let rest = n % by;
        let joint = if rest == 0 { String::new() } else { format!(" {}", in_words(rest)) };
        format!("{} {word}{joint}", in_words(n / by))
    };
    match n {
        0..20 => ONES[n as usize].to_owned(),
        20..100 if n.is_multiple_of(10) => TENS[n as usize / 10].to_owned(),
        20..100 => format!("{}-{}", TENS[n as usize / 10], ONES[n as usize % 10]),
        100..1000 if n.is_multiple_of(100) => format!("{} hundred", in_words(n / 100)),
        100..1000 => format!("{} hundred and {}", in_words(n / 100), in_words(n % 100)),
        1000..1_000_000 => scaled(1000, "thousand"),
        1_000_000..1_000_000_000 => scaled(1_000_000, "million"),
        1_000_000_000..1_000_000_000_000 => scaled(1_000_000_000, "billion"),
        _ => scaled(1_000_000_000_000, "trillion"),
    }
}

/// 一千三百二十亿零五.
fn han(n: u64) -> String {
    const DIGITS: [char; 10] = ['零', '一', '二', '三', '四', '五', '六', '七', '八', '九'];
    let section = |n: u64| {
        let mut out = String::new();
        let mut zero = false;
        for (place, word) in [(1000, "千"), (100, "百"), (10, "十"), (1, "")] {
            let digit = n / place % 10;
            if digit == 0 {
                zero |= !out.is_empty();
                continue;
            }
            if zero {
                out.push('零');
            }
            zero = false;
            if !(digit == 1 && place == 10 && out.is_empty()) {
                out.push(DIGITS[digit as usize]);
            }
            out.push_str(word);
        }
        out
    };
    let mut out = String::new();
    let mut gap = false;
    for (by, word) in [(1_000_000_000_000, "万亿"), (100_000_000, "亿"), (10_000, "万"), (1, "")] {
        let part = n / by % 10_000;
        if part == 0 {
            gap |= !out.is_empty();
            continue;
        }
        if !out.is_empty() && (gap || part < 1000) {
            out.push('零');
        }
        // Inside a number, ten is 一十.
        let text = section(part);
        if !out.is_empty() && text.starts_with('十') {
            out.push('一');
        }
        out.push_str(&text);
        out.push_str(word);
        gap = false;
    }
    out
}

/// In the characters of cheques.
fn formal(n: u64) -> String {
    let text = han(n);
    let text = if text.starts_with('十') { format!("一{text}") } else { text };
    replaced(&text, "一二三四五六七八九十百千", "壹贰叁肆伍陆柒捌玖拾佰仟")
}

fn traditional(text: &str) -> String {
    replaced(text, "万亿", "萬億")
}

fn full_width(text: &str) -> String {
    replaced(text, "0123456789.", "０１２３４５６７８９．")
}

fn replaced(text: &str, from: &str, to: &str) -> String {
    let one = |c: char| from.chars().zip(to.chars()).find(|(f, _)| *f == c).map_or(c, |(_, t)| t);
    text.chars().map(one).collect()
}
