//! Units: percent, currencies and measures, with what one of each is in the base unit of its kind.

use rust_decimal::Decimal;
use serde::{Serialize, Serializer};

use crate::anchor::view::View;

/// A unit of measure, a currency (ISO 4217 code), `%` or `pp` (percentage points).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Unit(&'static str);

/// Symbol, base unit, value in it as mantissa and power of ten, English words (lower case, apart by `|`, plurals with -s are
/// found by themselves), Chinese words.
type Measure = (&'static str, &'static str, i64, i32, &'static str, &'static str);

/// Symbols whose case counts (mW and MW) stand among the English words as they are written; they are looked for first.
const MEASURES: &[Measure] = &[
    // Power and energy.
    ("W", "W", 1, 0, "W|watt", "瓦特|瓦"),
    ("kW", "W", 1, 3, "kW|KW|kilowatt", "千瓦"),
    ("MW", "W", 1, 6, "MW|megawatt", "兆瓦|百万瓦"),
    ("GW", "W", 1, 9, "GW|gigawatt", "吉瓦|千兆瓦|百万千瓦"),
    ("TW", "W", 1, 12, "TW|terawatt", "太瓦"),
    ("Wh", "Wh", 1, 0, "Wh|watt-hour|watt hour", "瓦时"),
    ("kWh", "Wh", 1, 3, "kWh|KWh|kilowatt-hour|kilowatt hour", "千瓦时|度电"),
    ("MWh", "Wh", 1, 6, "MWh|megawatt-hour|megawatt hour", "兆瓦时"),
    ("GWh", "Wh", 1, 9, "GWh|gigawatt-hour|gigawatt hour", "吉瓦时"),
    ("TWh", "Wh", 1, 12, "TWh|terawatt-hour|terawatt hour", "太瓦时"),
    // Mass.
    ("mg", "g", 1, -3, "mg|milligram", "毫克"),
    ("g", "g", 1, 0, "g|gram", "克"),
    ("kg", "g", 1, 3, "kg|kilo|kilogram", "千克|公斤"),
    ("t", "g", 1, 6, "t|tonne|ton|metric ton", "公吨|吨"),
    ("oz", "g", 28_349_523_125, -9, "oz|ounce", "盎司"),
    ("lb", "g", 45_359_237, -5, "lb|lbs|pound", "磅"),
    ("jin", "g", 500, 0, "jin|catty|catties", "斤"),
    // Length.
    ("nm", "m", 1, -9, "nm|nanometer|nanometre", "纳米"),
    ("mm", "m", 1, -3, "mm|millimeter|millimetre", "毫米"),
    ("cm", "m", 1, -2, "cm|centimeter|centimetre", "厘米|公分"),
    ("m", "m", 1, 0, "m|meter|metre", "米|公尺"),
    ("km", "m", 1, 3, "km|kilometer|kilometre", "千米|公里"),
    ("in", "m", 254, -4, "inch|inches", "英寸|吋"),
    ("ft", "m", 3048, -4, "ft|foot|feet", "英尺|呎"),
    ("yd", "m", 9144, -4, "yard", "码"),
    ("mi", "m", 1_609_344, -3, "mi|mile", "英里|哩"),
    ("nmi", "m", 1852, 0, "nmi|nautical mile", "海里"),
    ("li", "m", 500, 0, "li", "里地|华里"),
    // Area.
    ("m2", "m2", 1, 0, "m²|m2|sqm|square meter|square metre", "平方米|平米|平方公尺"),
    ("km2", "m2", 1, 6, "km²|km2|square kilometer|square kilometre", "平方公里|平方千米"),
    ("ft2", "m2", 9_290_304, -8, "sq ft|square foot|square feet|square-foot", "平方英尺|平方呎"),
    ("mi2", "m2", 2_589_988_110_336, -6, "square mile", "平方英里"),
    ("ac", "m2", 40_468_564_224, -7, "acre", "英亩"),
    // A fifteenth of a hectare.
    ("mu", "m2", 66_666_666_667, -8, "mu", "亩"),
    ("ha", "m2", 1, 4, "ha|hectare", "公顷"),
    // Volume.
    ("mL", "L", 1, -3, "ml|mL|milliliter|millilitre", "毫升"),
    ("L", "L", 1, 0, "L|liter|litre", "公升|升"),
    ("m3", "L", 1, 3, "m³|m3|cubic meter|cubic metre", "立方米"),
    ("gal", "L", 3_785_411_784, -9, "gal|gallon", "加仑"),
    ("bbl", "bbl", 1, 0, "bbl|barrel", "桶"),
    // Duration. Months and years make a kind of their own: a month has no fixed number of days.
    ("ms", "s", 1, -3, "ms|millisecond", "毫秒"),
    ("s", "s", 1, 0, "sec|second", "秒钟|秒"),
    ("min", "s", 60, 0, "min|minute", "分钟"),
    ("h", "s", 3600, 0, "h|hr|hour", "个小时|小时|个钟头|钟头"),
    ("d", "s", 86_400, 0, "day", "天|日"),
    ("wk", "s", 604_800, 0, "week", "周|个星期|星期|个礼拜|礼拜"),
    ("mo", "mo", 1, 0, "month", "个月"),
    ("yr", "mo", 12, 0, "yr|year", "周年|年"),
    // Data and rates.
    ("bit", "bit", 1, 0, "bit", "比特"),
    ("B", "B", 1, 0, "byte", "字节"),
    ("kB", "B", 1, 3, "kB|KB|kilobyte", "千字节"),
    ("MB", "B", 1, 6, "MB|megabyte", "兆字节|兆"),
    ("GB", "B", 1, 9, "GB|gigabyte", "吉字节"),
    ("TB", "B", 1, 12, "TB|terabyte", "太字节"),
    ("PB", "B", 1, 15, "PB|petabyte", "拍字节"),
    ("Mbps", "bps", 1, 6, "Mbps|megabits per second", "兆比特每秒"),
    ("Gbps", "bps", 1, 9, "Gbps|gigabits per second", "吉比特每秒"),
    ("Hz", "Hz", 1, 0, "Hz|hertz", "赫兹|赫"),
    ("kHz", "Hz", 1, 3, "kHz|kilohertz", "千赫兹|千赫"),
    ("MHz", "Hz", 1, 6, "MHz|megahertz", "兆赫兹|兆赫"),
    ("GHz", "Hz", 1, 9, "GHz|gigahertz", "吉赫兹|吉赫"),
    ("mph", "m/s", 44_704, -5, "mph|miles an hour|miles per hour", "英里每小时"),
    (
        "km/h",
        "km/h",
        1,
        0,
        "km/h|kph|kilometers per hour|kilometres per hour|kilometers an hour|kilometres an hour",
        "公里每小时|千米每小时",
    ),
    // Temperature: scales with different zeros are kinds of their own.
    ("°C", "°C", 1, 0, "°C|℃|degrees celsius|degree celsius|degrees centigrade", "摄氏度|℃|°C"),
    ("°F", "°F", 1, 0, "°F|℉|degrees fahrenheit|degree fahrenheit", "华氏度|℉|°F"),
    ("°", "°", 1, 0, "°|degree", "度|°"),
];

impl Unit {
    /// Percent.
    pub const PERCENT: Unit = Unit("%");
    /// Percentage points.
    pub const POINT: Unit = Unit("pp");

    /// `USD`, `%`, `pp`, `GW`, `yr`.
    pub fn symbol(self) -> &'static str {
        self.0
    }

    /// The unit of a currency code or of a symbol.
    pub(super) fn of_symbol(symbol: &str) -> Option<Unit> {
        let kept = MEASURES.iter().map(|m| m.0).chain(super::super::number::currency_codes());
        [Unit::PERCENT.0, Unit::POINT.0].into_iter().chain(kept).find(|&s| s == symbol).map(Unit)
    }

    /// Whether it is a currency.
    pub fn is_currency(self) -> bool {
        super::super::number::currency_codes().any(|code| code == self.0)
    }

    /// Whether it measures time.
    pub fn is_duration(self) -> bool {
        matches!(self.base().0.0, "s" | "mo")
    }

    /// The base unit of its kind, and what one of this is in it. Percentages and percentage points are their own base.
    pub fn base(self) -> (Unit, Decimal) {
        let Some(&(_, base, mantissa, power, ..)) = MEASURES.iter().find(|m| m.0 == self.0) else {
            return (self, Decimal::ONE);
        };
        let scale = Decimal::try_from_i128_with_scale(i128::from(mantissa), u32::try_from(-power).unwrap_or(0));
        let factor = scale.ok().and_then(|s| {
            let lift = 10i128.checked_pow(u32::try_from(power).unwrap_or(0))?;
            s.checked_mul(Decimal::try_from_i128_with_scale(lift, 0).ok()?)
        });
        factor.map_or((self, Decimal::ONE), |factor| (Unit(base), factor))
    }

    /// The measure whose English word stands at `at`, and the index behind it. Longest words win.
    pub(super) fn english(view: &View, at: usize) -> Option<(Unit, usize)> {
        let words = MEASURES.iter().flat_map(|m| m.4.split('|').map(move |word| (m.0, word)));
        longest(words.filter_map(|(symbol, word)| Some((symbol, english_word(view, at, word)?))))
    }

    /// The measure whose Chinese word, or English symbol, stands at `at`, and the index behind it. Longest words win.
    pub(super) fn chinese(view: &View, at: usize) -> Option<(Unit, usize)> {
        let words = MEASURES.iter().flat_map(|m| m.5.split('|').map(move |word| (m.0, word)));
        let found = longest(words.filter_map(|(symbol, word)| Some((symbol, view.after(at, word)?))));
        // No English word or symbol begins with anything else.
        let english = view.at(at).is_ascii_alphabetic() || matches!(view.at(at), '°' | '℃' | '℉');
        found.or_else(|| english.then(|| Unit::english(view, at))?)
    }
}

impl Serialize for Unit {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.0)
    }
}

fn longest(found: impl Iterator<Item = (&'static str, usize)>) -> Option<(Unit, usize)> {
    // Of equally long ones the first counts.
    let best = found.reduce(|a, b| if b.1 > a.1 { b } else { a });
    best.map(|(symbol, end)| (Unit(symbol), end))
}

/// Where `word` ends if it stands at `at` as a word, in the singular or the plural. Words of at most two letters and those
/// with capitals are symbols: their case counts, and they have no plural.
fn english_word(view: &View, at: usize, word: &str) -> Option<usize> {
    let symbol = word.chars().count() <= 2 || word.chars().any(char::is_uppercase);
    let mut end = at;
    for c in word.chars() {
        let here = view.at(end);
        // "A 90-square-metre flat".
        let hyphen = c == ' ' && here == '-';
        let same = hyphen || if symbol { here == c } else { here.eq_ignore_ascii_case(&c) };
        if !same {
            return None;
        }
        end += 1;
    }
    if !symbol && view.at(end) == 's' {
        end += 1;
    }
    // "cm2" is no centimetre.
    let power = symbol && (view.at(end).is_ascii_digit() || matches!(view.at(end), '²' | '³'));
    let whole = !super::super::view::is_letter(view.at(end)) || !word.ends_with(|c: char| c.is_alphabetic());
    (whole && !power).then_some(end)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn units_of_both_languages() {
        let cases = [
            ("square feet of", "平方英尺的", "ft2"),
            ("MW", "兆瓦", "MW"),
            ("gigawatts", "吉瓦", "GW"),
            ("tonnes", "吨", "t"),
            ("years", "年", "yr"),
            ("degrees Celsius", "摄氏度", "°C"),
            ("kilowatt-hours", "千瓦时", "kWh"),
        ];
        for (en, zh, symbol) in cases {
            assert_eq!(Unit::english(&View::new(en), 0).map(|u| u.0.symbol()), Some(symbol), "{en}");
            assert_eq!(Unit::chinese(&View::new(zh), 0).map(|u| u.0.symbol()), Some(symbol), "{zh}");
        }
        assert_eq!(Unit::english(&View::new("metric system"), 0), None);
        let base = Unit::of_symbol("ft2").map(Unit::base);
        assert_eq!(base, Some((Unit("m2"), Decimal::new(9_290_304, 8))));
        assert!(Unit::of_symbol("USD").is_some_and(Unit::is_currency));
    }
}
