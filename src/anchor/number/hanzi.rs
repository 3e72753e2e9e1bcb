//! Numbers in Chinese characters: 一千三百二十亿, 两百五, 二〇二五, 壹佰.

/// Whether `c` can stand in a number.
pub(in crate::anchor) fn is_numeral(c: char) -> bool {
    digit(c).is_some() || multiplier(c).is_some() || tens(c).is_some()
}

/// Value of a digit, plain or as written on cheques.
pub(in crate::anchor) fn digit(c: char) -> Option<u128> {
    Some(match c {
        '零' | '〇' | '○' => 0,
        '一' | '壹' => 1,
        '二' | '两' | '贰' => 2,
        '三' | '叁' => 3,
        '四' | '肆' => 4,
        '五' | '伍' => 5,
        '六' | '陆' => 6,
        '七' | '柒' => 7,
        '八' | '捌' => 8,
        '九' | '玖' => 9,
        _ => return None,
    })
}

/// Value of 十, 百, 千, 万, 亿 and their cheque forms.
pub(in crate::anchor) fn multiplier(c: char) -> Option<u128> {
    Some(match c {
        '十' | '拾' => 10,
        '百' | '佰' => 100,
        '千' | '仟' => 1_000,
        '万' => 10_000,
        '亿' => 100_000_000,
        _ => return None,
    })
}

/// 廿 and 卅 stand for two and three tens.
fn tens(c: char) -> Option<u128> {
    match c {
        '廿' => Some(20),
        '卅' => Some(30),
        _ => None,
    }
}

/// Cheque forms are ordinary words too (陆 land, 伍 a surname, 拾 pick up): they count only beside a cheque multiplier.
fn is_formal_digit(c: char) -> bool {
    matches!(c, '壹' | '贰' | '叁' | '肆' | '伍' | '陆' | '柒' | '捌' | '玖' | '拾')
}

/// Value of a run of numerals; `None` where it says none (七八十, 三三两两) or begins with a bare magnitude (千万, 百).
/// `year` tells that 年 follows, which makes four digits a year.
pub(in crate::anchor) fn value(run: &[char], year: bool) -> Option<u128> {
    let first = *run.first()?;
    if run.iter().any(|&c| is_formal_digit(c)) && (run.len() < 2 || !run.iter().any(|c| "佰仟万亿拾".contains(*c)))
    {
        return None;
    }
    if run.iter().all(|&c| digit(c).is_some()) {
        return digits_only(run, year);
    }
    if multiplier(first).is_some_and(|m| m != 10) {
        return None;
    }
    positional(run)
}

/// Digit by digit: 二〇二五. Two neighbouring digits are a guess (三五个), not 35, unless a zero is among them.
fn digits_only(run: &[char], year: bool) -> Option<u128> {
    const MOST: usize = 20;
    let zero = run.iter().any(|&c| digit(c) == Some(0));
    let reads = match run.len() {
        1 => true,
        4 if year => true,
        3..=MOST => zero && run.first().and_then(|&c| digit(c)) != Some(0),
        _ => false,
    };
    reads.then(|| run.iter().filter_map(|&c| digit(c)).fold(0, |sum, d| sum * 10 + d))
}

/// By position: sums below 万 are sections, which 万 and 亿 lift.
fn positional(run: &[char]) -> Option<u128> {
    let (mut total, mut section) = (0u128, 0u128);
    let mut pending: Option<u128> = None;
    // The last multiplier, for descent inside a section and for the place a final digit leaves out (一万五).
    let (mut last, mut zero, mut lifted) = (u128::MAX, false, u128::MAX);
    for &c in run {
        if let Some(d) = digit(c) {
            if pending.is_some() {
                return None;
            }
            if d == 0 {
                zero = true;
            } else {
                pending = Some(d);
            }
        } else if let Some(t) = tens(c) {
            if pending.is_some() || last <= 10 {
                return None;
            }
            (section, last, zero) = (section + t, 10, false);
        } else {
            let m = multiplier(c)?;
            if m < 10_000 {
                if last <= m {
                    return None;
                }
                // 十 alone is ten; 百 and 千 need a digit.
                let d = pending.take().or((m == 10).then_some(1))?;
                (section, last, zero) = (section + d * m, m, false);
            } else {
                section += pending.take().unwrap_or(0);
                if m > lifted || (m == lifted && section == 0) {
                    // 一万五千亿: all that stands before counts in 亿; 万亿 follows directly.
                    total = total.checked_add(section)?.checked_mul(m)?;
                } else if section == 0 && m < lifted && total > 0 {
                    // 一亿万 is no number.
                    return None;
                } else {
                    total = total.checked_add(section.checked_mul(m)?)?;
                }
                (section, lifted, last, zero) = (0, m, u128::MAX, false);
                if total == 0 {
                    return None;
                }
            }
        }
    }
    if let Some(d) = pending {
        let above = if last == u128::MAX { lifted } else { last };
        section += if zero || above <= 10 || above == u128::MAX { d } else { d * (above / 10) };
    }
    total.checked_add(section)
}

/// Product of the 万 and 亿 at the end of a run: what a range shares (三至四亿).
pub(super) fn trailing_scale(run: &[char]) -> u128 {
    let product = run.iter().rev().map_while(|&c| multiplier(c).filter(|&m| m >= 10_000));
    product.fold(1u128, u128::saturating_mul)
}
