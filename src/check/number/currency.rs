//! Finds which dollar a bare `$` means. The other text decides.

use crate::alignment::Pair;
use crate::check::stated::Quantities;
use crate::quantity::{Number, Quantity, Unit};
use crate::text::Lang;

/// The least number of amounts that the other text must give in one other currency for a bare `$` to mean that
/// currency. With fewer, `$` is the US dollar, because one single amount may itself be the error.
const MIN_VOTES: usize = 2;
/// The share of the amounts that must be in that currency.
const MIN_SHARE: f64 = 0.8;

/// Replaces a bare `$` in English by the dollar that the Chinese text names for the same amounts.
pub(super) fn settle(quantities: &mut Quantities, pairs: &[Pair<'_>]) {
    let (Some(sign), Some(american)) = (Unit::of_symbol("$?USD"), Unit::of_symbol("USD")) else { return };
    let mut votes: Vec<(Unit, usize)> = Vec::new();
    for pair in pairs {
        for chinese in pair.bead().zh.iter().filter_map(|&i| quantities.side(Lang::Zh).get(i)) {
            for (amount, unit) in chinese.values.iter().filter_map(|s| money(s.value.quantity)) {
                let same = |n: &Number| n.low == amount.low && n.unit == Some(sign);
                let english = pair.bead().en.iter().filter_map(|&i| quantities.side(Lang::En).get(i));
                let mut english = english.flat_map(|s| &s.values).filter_map(|s| money(s.value.quantity));
                if !unit.is_open() && unit.fits(sign) && english.any(|(n, _)| same(&n)) {
                    match votes.iter_mut().find(|(known, _)| *known == unit) {
                        Some((_, count)) => *count += 1,
                        None => votes.push((unit, 1)),
                    }
                }
            }
        }
    }
    let all: usize = votes.iter().map(|v| v.1).sum();
    let most = votes.into_iter().max_by_key(|v| v.1).filter(|v| v.1 >= MIN_VOTES);
    let settled = most.filter(|v| v.1 as f64 >= MIN_SHARE * all as f64).map_or(american, |v| v.0);
    quantities.replace_unit(Lang::En, sign, settled);
}

fn money(quantity: Quantity) -> Option<(Number, Unit)> {
    match quantity {
        Quantity::Number(number) => number.unit.filter(|u| u.is_currency()).map(|unit| (number, unit)),
        _ => None,
    }
}
