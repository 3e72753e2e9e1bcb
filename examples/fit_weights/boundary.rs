//! Where sentences end among cues: logistic regression over the words at a cut.

use std::collections::{BTreeMap, BTreeSet};

use argmin::core::{CostFunction, Error, Executor, Gradient, State};
use argmin::solver::linesearch::MoreThuenteLineSearch;
use argmin::solver::quasinewton::LBFGS;
use duiqi::evidence::Boundaries;
use duiqi::text::Lang;

use crate::gold::Sample;

type AnyError = Box<dyn std::error::Error>;

/// What is seen less often says nothing.
const MIN_COUNT: usize = 4;
/// Penalty ½ L2 w².
const L2: f64 = 1.0;

/// A cut: its keys, and whether a bead ends there.
struct Cut {
    keys: Vec<usize>,
    ends: bool,
}

/// A mean loss that falls by less ends the search.
const TOLERANCE: f64 = 1e-7;

/// Log odds that a bead ends at a cut, from the cues of documents.
pub fn fit(samples: &[&Sample]) -> Result<Boundaries, AnyError> {
    Ok(Boundaries { en: fit_side(samples, Lang::En)?, zh: fit_side(samples, Lang::Zh)? })
}

fn fit_side(samples: &[&Sample], lang: Lang) -> Result<BTreeMap<String, f64>, AnyError> {
    let mut cuts: Vec<(Vec<String>, bool)> = Vec::new();
    for sample in samples {
        let texts = sample.lines.side(lang);
        let ends: BTreeSet<usize> = sample
            .lines
            .beads
            .iter()
            .filter_map(|b| if lang == Lang::En { b.first() } else { b.second() }.last().copied())
            .collect();
        if ends.len() * 10 > texts.len() * 9 {
            continue; // sentences, not cues
        }
        let pairs = texts.windows(2).enumerate();
        cuts.extend(pairs.map(|(i, pair)| (Boundaries::keys(&pair[0], &pair[1], lang), ends.contains(&i))));
    }
    let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
    cuts.iter().flat_map(|(keys, _)| keys).for_each(|k| *counts.entry(k).or_default() += 1);
    let names: Vec<&str> = counts.into_iter().filter(|(_, n)| *n >= MIN_COUNT).map(|(k, _)| k).collect();
    let index = |k: &String| names.binary_search(&k.as_str()).ok();
    let cuts: Vec<Cut> =
        cuts.iter().map(|(keys, ends)| Cut { keys: keys.iter().filter_map(index).collect(), ends: *ends }).collect();
    let start = vec![0.0; names.len()];
    let solver = LBFGS::new(MoreThuenteLineSearch::new(), 10).with_tolerance_cost(TOLERANCE)?;
    let fitted = Executor::new(Problem(cuts), solver).configure(|state| state.param(start).max_iters(200)).run()?;
    let weights = fitted.state().get_best_param().cloned().ok_or("no weights for boundaries")?;
    Ok(names.into_iter().map(str::to_owned).zip(weights).collect())
}

struct Problem(Vec<Cut>);

impl Problem {
    /// The loss is a mean, lest the first step be too long.
    fn size(&self) -> f64 {
        self.0.len().max(1) as f64
    }
}

impl CostFunction for Problem {
    type Param = Vec<f64>;
    type Output = f64;

    fn cost(&self, weights: &Vec<f64>) -> Result<f64, Error> {
        let loss = |cut: &Cut| {
            let odds: f64 = cut.keys.iter().map(|&k| weights[k]).sum();
            let against = if cut.ends { -odds } else { odds };
            // ln(1 + eˣ) without overflow.
            against.max(0.0) + (-against.abs()).exp().ln_1p()
        };
        let penalty: f64 = weights.iter().map(|w| w * w).sum();
        Ok((self.0.iter().map(loss).sum::<f64>() + 0.5 * L2 * penalty) / self.size())
    }
}

impl Gradient for Problem {
    type Param = Vec<f64>;
    type Gradient = Vec<f64>;

    fn gradient(&self, weights: &Vec<f64>) -> Result<Vec<f64>, Error> {
        let mut gradient: Vec<f64> = weights.iter().map(|w| L2 * w / self.size()).collect();
        for cut in &self.0 {
            let odds: f64 = cut.keys.iter().map(|&k| weights[k]).sum();
            let error = 1.0 / (1.0 + (-odds).exp()) - f64::from(u8::from(cut.ends));
            cut.keys.iter().for_each(|&k| gradient[k] += error / self.size());
        }
        Ok(gradient)
    }
}
