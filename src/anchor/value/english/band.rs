//! Bands of figures, as guidance has them: "mid-teens", "low-single-digit growth", "the high twenties".

use rust_decimal::Decimal;

use super::words::{ahead, any_behind, behind, follows};
use crate::anchor::value::read::Draft;
use crate::anchor::value::{Hedge, Meaning, Number, Unit};
use crate::anchor::view::View;

/// A third of ten, as the usual reading has it: low 1–3, mid 4–6, high 7–9.
fn third(word: &str) -> Option<(i64, i64)> {
    Some(match word {
        "low" => (1, 3),
        "mid" => (4, 6),
        "high" => (7, 9),
        _ => return None,
    })
}

/// What the ones of the band are added to.
fn tens(word: &str) -> Option<i64> {
    Some(match word {
        "teens" => 10,
        "twenties" => 20,
        "thirties" => 30,
        "forties" => 40,
        "fifties" => 50,
        "sixties" => 60,
        "seventies" => 70,
        "eighties" => 80,
        "nineties" => 90,
        _ => return None,
    })
}

/// Reads the band that begins at `at`, a letter at the start of a word. Somebody's "mid-thirties" is an age, and a decade of
/// a century is told apart by nothing: both are left alone.
pub(super) fn read(view: &View, at: usize) -> Option<Draft> {
    let (word, end) = view.word(at);
    let (low, high) = third(&word)?;
    if follows(view, at, &["his", "her", "their", "my", "your", "our"]) {
        return None;
    }
    let (base, end) = match any_behind(view, end, &["single digits", "single digit"]) {
        Some(end) => (0, end),
        None => {
            let (word, end) = ahead(view, end)?;
            let base = tens(&word)?;
            // "The mid-nineties" are years; teens never are.
            let percent = any_behind(view, end, &["percent", "per cent", "percentage"]).is_some();
            (percent || base == 10).then_some((base, end))?
        }
    };
    let end = ["percentage", "percent", "per cent"].iter().find_map(|w| behind(view, end, w)).unwrap_or(end);
    let degrees = any_behind(view, end, &["degrees"]).is_some();
    let number = Number {
        low: Decimal::from(base + low),
        high: Some(Decimal::from(base + high)),
        step: Decimal::ONE,
        unit: (!degrees).then_some(Unit::PERCENT),
    };
    let mut draft = Draft::new(at, end, Meaning::Number(number));
    draft.hedge = Hedge::About;
    Some(draft)
}
