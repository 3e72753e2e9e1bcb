//! Bands of percentages, as guidance has them: 中个位数增长, 高个位数, 中等个位数百分比.

use rust_decimal::Decimal;

use super::{Draft, Hedge, Meaning, Number, Unit};
use crate::anchor::view::View;

/// Bands of figures of one place, with the ends that English gives them: low 1–3, mid 4–6, high 7–9.
const BANDS: [(&str, i64, i64); 5] =
    [("低个位数", 1, 3), ("中个位数", 4, 6), ("中等个位数", 4, 6), ("中高个位数", 5, 8), ("高个位数", 7, 9)];

pub(super) fn read(view: &View, at: usize) -> Option<Draft> {
    let (low, high, end) = BANDS.iter().find_map(|&(word, low, high)| Some((low, high, view.after(at, word)?)))?;
    let end = ["的百分比", "百分比", "百分数"].iter().find_map(|w| view.after(end, w)).unwrap_or(end);
    let number = Number {
        low: Decimal::from(low),
        high: Some(Decimal::from(high)),
        step: Decimal::ONE,
        unit: Some(Unit::PERCENT),
    };
    let mut draft = Draft::new(at, end, Meaning::Number(number));
    draft.hedge = Hedge::About;
    Some(draft)
}
