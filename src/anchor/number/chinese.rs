//! Numbers in Chinese text: numerals of either kind with magnitudes, percent, currency and measure words.

use rust_decimal::Decimal;

use super::{PERCENT, POINT, Quantity, currency, date, digits, english, hanzi, push, push_fraction};
use crate::anchor::Mention;
use crate::anchor::latin;
use crate::anchor::view::{View, is_letter};
use crate::text::Lang;

/// Words that begin with a numeral and say no number; what stands in them would pass as number and measure word.
const IDIOMS: [&str; 30] = [
    "三番五次",
    "三天两头",
    "三番两次",
    "三言两语",
    "三更半夜",
    "三年五载",
    "三步并作两步",
    "三头六臂",
    "五脏六腑",
    "四面八方",
    "七上八下",
    "九死一生",
    "五光十色",
    "十有八九",
    "十之八九",
    "两面三刀",
    "三个臭皮匠",
    "三点水",
    "三角",
    "十分",
    "两口子",
    "两口儿",
    "五颜六色",
    "四处",
    "两块",
    "三代表",
    "七零八落",
    "四周围",
    "四周都",
    "四周的",
];

/// Measure words and the like, behind which a numeral of one character is a number. 分 counts in 分钟 only.
const MEASURES: &str = "个位名人家次年月日天岁元块台只条件项倍层本张页章节届辆座所种秒米公吨周季场部篇句支艘架颗片份批期代处\
户口点时大级号楼把根匹对杯瓶间栋幢步遍趟回顿声群头幅集款轮吋寸尺亩升克斤里类组队枚股";

/// A number of either kind with its magnitudes, and nothing of what stands behind it.
pub(in crate::anchor) struct Plain {
    /// Index behind it.
    pub(in crate::anchor) end: usize,
    /// The value.
    pub(in crate::anchor) value: Decimal,
    /// What one in the last place as written is worth.
    pub(in crate::anchor) step: Decimal,
    /// Whether magnitude words stand in it.
    pub(in crate::anchor) lifted: bool,
}

/// The number that begins at `at`, whatever stands around it: 一 counts as well as 1.
pub(in crate::anchor) fn plain(view: &View, at: usize) -> Option<Plain> {
    if !view.at(at).is_ascii_digit() && !hanzi::is_numeral(view.at(at)) {
        return None;
    }
    let (found, _) = amount(view, at, at, None)?;
    let lifted = found.scale.is_some();
    Some(Plain { end: found.end, value: found.value()?.normalize(), step: found.step()?.normalize(), lifted })
}

/// Characters before a single numeral that make it a name or a day: 星期三, 周五, 初三, 老四, 王二.
const NAMES_BEFORE: &str = "期周初老阿小拜高王张李";

/// Whether `c` begins a measure word, a magnitude or another word that makes a number before it a quantity.
pub(in crate::anchor) fn is_measure(c: char) -> bool {
    MEASURES.contains(c) || hanzi::multiplier(c).is_some() || matches!(c, '多' | '余' | '分' | '%' | '美' | '小' | '英')
}

/// Reads the expression that begins at `at`, if one does, and gives the index from which to go on.
pub(in crate::anchor) fn read(view: &View, at: usize, out: &mut Vec<Mention>) -> usize {
    let c = view.at(at);
    let numeral = |c: char| c.is_ascii_digit() || hanzi::digit(c).is_some_and(|d| d > 0) || c == '十';
    if let Some((code, number)) = currency::before(view, at, numeral) {
        return amounts(view, at, number, Some(code), out);
    }
    if is_letter(c) {
        return date::english_quarter(view, at, out)
            .or_else(|| date::fiscal_year(view, at, out))
            .unwrap_or_else(|| latin::read(view, at, Lang::Zh, out));
    }
    if c == '第' {
        return ordinal(view, at, out);
    }
    if !c.is_ascii_digit() && !hanzi::is_numeral(c) {
        return at + 1;
    }
    if let Some(end) = view.after_any(at, &IDIOMS).filter(|_| view.after_any(at, &["十分钟", "十分之"]).is_none())
    {
        return end;
    }
    if let Some(end) = date::iso(view, at, out)
        .or_else(|| date::decade(view, at, out))
        .or_else(|| date::chinese(view, at, out))
        .or_else(|| date::chinese_quarter(view, at, at, out))
        .or_else(|| parts(view, at, out))
        .or_else(|| tenths(view, at, out))
    {
        return end;
    }
    amounts(view, at, at, None, out)
}

/// 第十八次, 第3章: the numeral with 第. 第一 and 第二 are order words as much as numbers, 第三方 is none.
fn ordinal(view: &View, at: usize, out: &mut Vec<Mention>) -> usize {
    let number = view.skip_blank(at + 1);
    if let Some(end) = date::chinese_quarter(view, at, number, out) {
        return end;
    }
    if view.at(number).is_ascii_digit() {
        let numeral = digits::read(view, number);
        if let Some(value) = numeral.value {
            push(view, at, numeral.end, value, None, None, out);
        }
        return numeral.end;
    }
    let end = view.run(number, hanzi::is_numeral);
    let weak = end - number == 1
        && (matches!(view.at(number), '一' | '二')
            || matches!(view.at(end), '方' | '者' | '人' if view.at(number) == '三'));
    if let Some(value) = hanzi::value(view.slice(number, end), false).and_then(decimal).filter(|_| !weak) {
        push(view, at, end, value, None, None, out);
    }
    end.max(at + 1)
}

fn decimal(value: u128) -> Option<Decimal> {
    Decimal::try_from_i128_with_scale(i128::try_from(value).ok()?, 0).ok()
}

/// 百分之二十, 千分之五, 三分之二, 百分百; 分之 may stand between numerals of either kind.
fn parts(view: &View, at: usize, out: &mut Vec<Mention>) -> Option<usize> {
    // 一百分百 is nonsense; only where the word itself begins.
    if let Some(end) = view.after(at, "百分百") {
        push(view, at, end, Decimal::ONE_HUNDRED, Some(PERCENT), None, out);
        return Some(end);
    }
    const LONGEST: usize = 6;
    let end = at
        + (0..LONGEST).take_while(|k| hanzi::is_numeral(view.at(at + k)) || view.at(at + k).is_ascii_digit()).count();
    let over_at = view.skip_blank(view.after(view.skip_blank(end), "分之")?);
    let (over, over_end) = match view.at(over_at) {
        '百' => (Decimal::ONE_HUNDRED, over_at + 1),
        _ => number(view, over_at)?,
    };
    let places = match view.slice(at, end) {
        ['百'] => Some(0),
        ['千'] => Some(1),
        ['万'] => Some(2),
        _ => None,
    };
    if let Some(places) = places {
        let value = over.checked_mul(Decimal::new(1, places))?;
        push(view, at, over_end, value, Some(PERCENT), None, out);
        return Some(over_end);
    }
    let (under, _) = number(view, at)?;
    let (over, under) = (u64::try_from(over).ok()?, u64::try_from(under).ok()?);
    push_fraction(view, at, over_end, over, under, out).then_some(over_end)
}

/// 三成 (30%), 六成五 (65%). 成 begins other words too.
fn tenths(view: &View, at: usize, out: &mut Vec<Mention>) -> Option<usize> {
    let c = view.at(at);
    let tens = c.to_digit(10).or_else(|| u32::try_from(hanzi::digit(c)?).ok()).filter(|&d| d > 0)?;
    let word = matches!(
        view.at(at + 2),
        '为' | '了'
            | '立'
            | '功'
            | '长'
            | '员'
            | '都'
            | '本'
            | '交'
            | '果'
            | '不'
            | '品'
            | '熟'
            | '绩'
            | '天'
            | '就'
            | '年'
            | '人'
            | '分'
            | '语'
            | '形'
    );
    let list = hanzi::is_numeral(view.before(at)) || view.before(at) == '.';
    if view.at(at + 1) != '成' || word || list {
        return None;
    }
    let ones = hanzi::digit(view.at(at + 2)).and_then(|d| u32::try_from(d).ok());
    let end = at + 2 + usize::from(ones.is_some());
    push(view, at, end, Decimal::from(tens * 10 + ones.unwrap_or(0)), Some(PERCENT), None, out);
    Some(end)
}

/// A bare number of either kind with its magnitudes, for fractions and percentages.
fn number(view: &View, at: usize) -> Option<(Decimal, usize)> {
    let (found, _) = amount(view, at, at, None)?;
    Some((found.value()?, found.end))
}

/// A number with magnitudes, and whether it is a numeral of one character.
fn amount(view: &View, start: usize, at: usize, code: Option<&'static str>) -> Option<(Quantity, bool)> {
    if view.at(at).is_ascii_digit() {
        Some((arabic(view, start, at, code)?, false))
    } else {
        han(view, start, at, code)
    }
}

/// 1320 亿, 1.32千亿, 50多万, 1亿2000万.
fn arabic(view: &View, start: usize, at: usize, code: Option<&'static str>) -> Option<Quantity> {
    let numeral = digits::read(view, at);
    let mut found = Quantity {
        start,
        end: numeral.end,
        raw: numeral.value?,
        scale: None,
        unit: code,
        basis: false,
        sign: code.is_some(),
    };
    let Some((scale, end)) = magnitudes(view, numeral.end) else { return Some(found) };
    (found.scale, found.end) = (Some(scale), end);
    // Lower parts: 1亿2000万, 3万5千. The last may be without magnitude (3万5000).
    let (mut total, mut above) = (found.value()?, scale);
    let mut parts = 1;
    while parts < 4 && view.at(found.end).is_ascii_digit() {
        let numeral = digits::read(view, found.end);
        let (scale, end) = magnitudes(view, numeral.end).unwrap_or((Decimal::ONE, numeral.end));
        let Some(part) = numeral.value.and_then(|v| v.checked_mul(scale)).filter(|p| *p < above) else { break };
        let Some(sum) = total.checked_add(part) else { break };
        (total, above, found.end, parts) = (sum, scale, end, parts + 1);
    }
    if parts > 1 {
        (found.raw, found.scale) = (total, None);
    }
    Some(found)
}

/// Magnitude characters behind an Arabic numeral, over a blank and 多 or 余: their product and the index behind them.
fn magnitudes(view: &View, at: usize) -> Option<(Decimal, usize)> {
    let mut i = view.skip_blank(at);
    if matches!(view.at(i), '多' | '余' | '来') {
        i = view.skip_blank(i + 1);
    }
    let begin = i;
    let mut product = 1u128;
    // 千克, 千米, 千瓦 are units; 百分 begins another expression.
    while let Some(m) = hanzi::multiplier(view.at(i)).filter(|_| i < begin + 3) {
        let unit = view.at(i) == '千' && kilo(view, i + 1);
        if unit || view.at(i) == '十' || (view.at(i) == '百' && view.at(i + 1) == '分') {
            break;
        }
        product = product.checked_mul(m)?;
        i += 1;
    }
    if i > begin && matches!(view.at(i), '多' | '余') {
        return Some((decimal(product)?, i + 1));
    }
    if i > begin {
        return Some((decimal(product)?, i));
    }
    // English magnitude words: $17.6 billion inside Chinese.
    let at = view.skip_blank(at);
    let (word, end) = view.word(at);
    Some((english::power(english::magnitude(&word)?)?, end))
}

/// Whether 千 before `at` begins a unit: 千克, 千瓦.
fn kilo(view: &View, at: usize) -> bool {
    matches!(view.at(at), '克' | '米' | '瓦' | '卡' | '赫' | '伏')
}

/// 一千三百二十亿, 三点五亿, 五十多万.
fn han(view: &View, start: usize, at: usize, code: Option<&'static str>) -> Option<(Quantity, bool)> {
    let mut end = view.run(at, hanzi::is_numeral);
    // 二十两银子: behind a multiplier 两 is the weight.
    if end - at > 1 && view.before(end) == '两' && hanzi::multiplier(view.at(end - 2)).is_some() {
        end -= 1;
    }
    // 三十万千瓦: behind another multiplier 千 belongs to the unit.
    if view.before(end) == '千' && end - at > 1 && hanzi::multiplier(view.at(end - 2)).is_some() && kilo(view, end) {
        end -= 1;
    }
    let run = view.slice(at, end);
    if matches!(view.before(at), '几' | '数') || view.at(end) == '几' {
        return None;
    }
    let value = decimal(hanzi::value(run, view.at(end) == '年')?)?;
    let mut found = Quantity { start, end, raw: value, scale: None, unit: code, basis: false, sign: code.is_some() };
    let single = end - at == 1;
    let trailing = hanzi::trailing_scale(run);
    if trailing > 1 {
        // Kept apart so that a range can share it.
        let scale = decimal(trailing)?;
        found.raw = value.checked_div(scale)?;
        found.scale = Some(scale);
        return Some((found, single));
    }
    if view.at(end) == '点' {
        let stop = end + 1 + (0..7).take_while(|k| hanzi::digit(view.at(end + 1 + k)).is_some()).count();
        // 三点十分, 三点五分 and 三点一刻 are times of day.
        if stop > end + 1 && !matches!(view.at(stop), '十' | '百' | '千' | '分' | '点' | '刻') {
            let scale = u32::try_from(stop - end - 1).ok()?;
            let places = view.slice(end + 1, stop).iter().filter_map(|&c| hanzi::digit(c)).fold(0, |n, d| n * 10 + d);
            let fraction = Decimal::try_from_i128_with_scale(i128::try_from(places).ok()?, scale).ok()?;
            (found.raw, found.end) = (value.checked_add(fraction)?, stop);
            end = stop;
            if let Some((scale, end)) =
                magnitudes(view, end).filter(|&(_, e)| hanzi::multiplier(view.before(e)).is_some())
            {
                (found.scale, found.end) = (Some(scale), end);
            }
            return Some((found, false));
        }
    }
    if let Some((scale, end)) = magnitudes(view, end).filter(|_| matches!(view.at(end), '多' | '余' | '来')) {
        (found.scale, found.end) = (Some(scale), end);
        return Some((found, false));
    }
    Some((found, single))
}

/// Takes in percent, points or a currency behind a number.
fn unit(view: &View, found: &mut Quantity) {
    let at = view.skip_blank(found.end);
    let at = if matches!(view.at(at), '多' | '余') { at + 1 } else { at };
    if view.at(at) == '%' || view.at(at) == '‰' {
        if view.at(at) == '‰' {
            found.raw = found.raw.checked_div(Decimal::TEN).unwrap_or(found.raw);
        }
        (found.unit, found.end) = (Some(PERCENT), at + 1);
    } else if let Some(end) = view.after_any(at, &["个百分点", "百分点", "pp"]) {
        (found.unit, found.end) = (Some(POINT), end);
    } else if let Some(end) = view.after_any(at, &["个基点", "基点", "bps", "bp"]) {
        (found.unit, found.basis, found.end) = (Some(POINT), true, end);
    } else if let Some((code, end)) = currency::after_chinese(view, at) {
        found.unit = found.unit.or(Some(code));
        found.end = end;
    }
}

/// The number at `number` with its unit, and the second number of a range.
fn amounts(view: &View, start: usize, number: usize, code: Option<&'static str>, out: &mut Vec<Mention>) -> usize {
    let skip = view.run(number, if view.at(number).is_ascii_digit() { is_digit } else { hanzi::is_numeral });
    if view.at(number).is_ascii_digit() {
        if let Some(end) = date::time_of_day(view, number, out) {
            return end;
        }
        // Digits with letters (5G, 30GW, 1.2bn) and slashes are read as in English.
        let numeral = digits::read(view, number);
        if numeral.value.is_none() {
            return view.run(numeral.end, |c| c.is_ascii_alphanumeric()).max(number + 1);
        }
        if is_letter(view.at(numeral.end)) || view.at(numeral.end) == '/' {
            return english::read(view, start, out);
        }
    }
    let Some((mut first, mut single)) = amount(view, start, number, code) else { return skip.max(start + 1) };
    unit(view, &mut first);
    if let Some(next) = connector(view, first.end) {
        let (code, second) = currency::before(view, next, |c| c.is_ascii_digit()).unzip();
        if let Some((mut last, last_single)) = amount(view, next, second.unwrap_or(next), code) {
            unit(view, &mut last);
            if first.ranges_to(&last) && (last.unit.is_some() || last.scale.is_some()) && !is_letter(view.at(last.end))
            {
                first.inherit(&last);
                single &= first.scale.is_none() && first.unit.is_none();
                if !single {
                    first.push(view, out);
                }
                if !last_single || last.unit.is_some() {
                    last.push(view, out);
                }
                return last.end;
            }
        }
    }
    if !single || counts(view, number, &first) {
        first.push(view, out);
    }
    first.end.max(skip)
}

fn is_digit(c: char) -> bool {
    c.is_ascii_digit()
}

/// Whether a numeral of one character is a number here.
fn counts(view: &View, at: usize, found: &Quantity) -> bool {
    let c = view.at(at);
    if found.unit.is_some_and(|u| u == PERCENT || u == POINT) {
        return true;
    }
    if matches!(c, '零' | '〇' | '○' | '一' | '二') || NAMES_BEFORE.contains(view.before(at)) {
        return false;
    }
    let next = view.skip_blank(at + 1);
    // 两人 is "they" as often as "two people", 两头 mostly "both ends".
    if c == '两' && matches!(view.at(next), '人' | '头') {
        return false;
    }
    found.unit.is_some()
        || MEASURES.contains(view.at(next))
        || view.after_any(next, &["分钟", "小时", "多年"]).is_some()
}

/// Between the numbers of a range: the index of the second.
fn connector(view: &View, at: usize) -> Option<usize> {
    let at = view.skip_blank(at);
    let end = view.after_any(at, &["至", "到", "-", "~", "～", "–", "—", "〜"])?;
    let end = if view.at(end) == '—' { end + 1 } else { end };
    let next = view.skip_blank(end);
    (view.at(next).is_ascii_digit()
        || hanzi::is_numeral(view.at(next))
        || currency::before(view, next, is_digit).is_some())
    .then_some(next)
}
