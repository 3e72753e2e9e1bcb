//! Where sentences end among cues: logistic regression over the words at a cut.

use std::collections::{BTreeMap, BTreeSet};

use argmin::core::{CostFunction, Error, Executor, Gradient, State};
use argmin::solver::linesearch::MoreThuenteLineSearch;
use argmin::solver::quasinewton::LBFGS;
use duiqi::evidence::Boundaries;
use duiqi::text::Lang;

use crate::gold::Sample;

/// What is seen less often says nothing.
const LEAST_COUNT: usize = 4;
/// Penalty ½ L2 w².
const L2: f64 = 1.0;

/// A cut: its keys, and whether a bead ends there.
struct Cut {
    keys: Vec<usize>,
    ends: bool,
}

/// Log odds that a bead ends at a cut, from the cues of documents.
pub fn fit(samples: &[&Sample]) -> Boundaries {
    Boundaries { en: fit_side(samples, Lang::En), zh: fit_side(samples, Lang::Zh) }
}

fn fit_side(samples: &[&Sample], lang: Lang) -> BTreeMap<String, f64> {
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
    let names: Vec<&str> = counts.into_iter().filter(|(_, n)| *n >= LEAST_COUNT).map(|(k, _)| k).collect();
    let index = |k: &String| names.binary_search(&k.as_str()).ok();
    let cuts: Vec<Cut> =
        cuts.iter().map(|(keys, ends)| Cut { keys: keys.iter().filter_map(index).collect(), ends: *ends }).collect();
    let start = vec![0.0; names.len()];
    let solver = LBFGS::new(MoreThuenteLineSearch::new(), 10);
    let weights = Executor::new(Problem(cuts), solver)
        .configure(|state| state.param(start.clone()).max_iters(200))
        .run()
        .ok()
        .and_then(|result| result.state().get_best_param().cloned())
        .unwrap_or(start);
    names.into_iter().map(str::to_owned).zip(weights).collect()
}

struct Problem(Vec<Cut>);

impl CostFunction for Problem {
    type Param = Vec<f64>;
    type Output = f64;

    fn cost(&self, weights: &Vec<f64>) -> Result<f64, Error> {
        let loss = |cut: &Cut| {
            let odds: f64 = cut.keys.iter().map(|&k| weights[k]).sum();
            if cut.ends { (-odds).exp().ln_1p() } else { odds.exp().ln_1p() }
        };
        let penalty: f64 = weights.iter().map(|w| w * w).sum();
        Ok(self.0.iter().map(loss).sum::<f64>() + 0.5 * L2 * penalty)
    }
}

impl Gradient for Problem {
    type Param = Vec<f64>;
    type Gradient = Vec<f64>;

    fn gradient(&self, weights: &Vec<f64>) -> Result<Vec<f64>, Error> {
        let mut gradient: Vec<f64> = weights.iter().map(|w| L2 * w).collect();
        for cut in &self.0 {
            let odds: f64 = cut.keys.iter().map(|&k| weights[k]).sum();
            let error = 1.0 / (1.0 + (-odds).exp()) - f64::from(u8::from(cut.ends));
            cut.keys.iter().for_each(|&k| gradient[k] += error);
        }
        Ok(gradient)
    }
}
