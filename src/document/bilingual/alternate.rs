//! Texts that alternate between the languages.

use super::Class;
use crate::text::Lang;

/// The greatest number of texts in one language before their counterparts follow: a heading and a paragraph or two.
const MAX_RUN: usize = 4;
/// The share of the runs that must be followed by the same number of texts in the other language.
const MIN_EQUAL: f64 = 0.8;
/// The least number of such runs.
const MIN_EQUAL_RUNS: usize = 2;

/// Returns for each item the first item of its unit, if texts in one language are followed by the same number of texts
/// in the other language.
///
/// A run of `n` texts and the run of `n` texts after it make `n` units only if `n` is 1. Otherwise they are one unit,
/// and sentences find their counterparts in it.
pub(super) fn units(classes: &[Class]) -> Vec<Option<usize>> {
    let mut runs: Vec<(Lang, Vec<usize>)> = Vec::new();
    let mut broken = true;
    for (k, class) in classes.iter().enumerate() {
        match class {
            Class::One(lang) => match runs.last_mut().filter(|run| run.0 == *lang && !broken) {
                Some(run) => run.1.push(k),
                None => {
                    runs.push((*lang, vec![k]));
                    broken = false;
                }
            },
            Class::Neither => {}
            Class::Both { .. } | Class::Cell(..) => broken = true,
        }
    }
    let mut units = vec![None; classes.len()];
    let first = match order(&runs) {
        Some(first) => first,
        None => return units,
    };
    let mut k = 0;
    while k + 1 < runs.len() {
        let (own, other) = (&runs[k], &runs[k + 1]);
        if own.0 != first || other.0 == first || own.1.len().max(other.1.len()) > MAX_RUN {
            k += 1;
            continue;
        }
        // The items that are closest to the counterpart belong to it. The items before them have no counterpart.
        let n = own.1.len().min(other.1.len());
        let equal = own.1.len() == other.1.len();
        let unit = if equal { own.1[0] } else { own.1[own.1.len() - n] };
        let own: &[usize] = if equal || other.1.len() > 1 { &own.1 } else { &own.1[own.1.len() - n..] };
        for &item in own.iter().chain(&other.1) {
            units[item] = Some(unit);
        }
        k += 2;
    }
    units
}

/// Returns the language that comes first in each pair of runs, or `None` if most runs are not followed by the same
/// number of texts in the other language.
fn order(runs: &[(Lang, Vec<usize>)]) -> Option<Lang> {
    let fits = |first: Lang| {
        let pairs = runs.windows(2).filter(|w| w[0].0 == first && w[1].0 != first);
        pairs.filter(|w| w[0].1.len() == w[1].1.len() && w[0].1.len() <= MAX_RUN).count()
    };
    let all = |first: Lang| runs.iter().filter(|run| run.0 == first).count();
    let share = |first: Lang| fits(first) as f64 / all(first).max(1) as f64;
    let begins = runs.first()?.0;
    let first = if share(begins.other()) > share(begins) { begins.other() } else { begins };
    (fits(first) >= MIN_EQUAL_RUNS && share(first) >= MIN_EQUAL).then_some(first)
}
