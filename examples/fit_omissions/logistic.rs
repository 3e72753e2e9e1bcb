//! Logistic regression.

use argmin::core::{CostFunction, Error, Executor, Gradient, State};
use argmin::solver::linesearch::MoreThuenteLineSearch;
use argmin::solver::quasinewton::LBFGS;
use duiqi::passes::{OmissionCandidate, OmissionWeights};

use crate::copies::Read;
use crate::text::AnyError;

/// Penalty ½ L2 w², of all but the constant, which stands first.
const L2: f64 = 0.6;
/// A mean loss that falls by less ends the search.
const TOLERANCE: f64 = 1e-10;

/// Weights in the order of [`OmissionWeights::names`].
pub fn fit<const N: usize>(reads: &[&Read]) -> Result<[f64; N], AnyError> {
    let looks: Vec<&(OmissionCandidate, bool)> = reads.iter().flat_map(|r| &r.looks).collect();
    let start = vec![0.0; OmissionWeights::names().len()];
    let solver = LBFGS::new(MoreThuenteLineSearch::new(), 10).with_tolerance_cost(TOLERANCE)?;
    let fitted = Executor::new(Problem(looks), solver).configure(|state| state.param(start).max_iters(500)).run()?;
    let weights = fitted.state().get_best_param().cloned().ok_or("no weights")?;
    weights.try_into().map_err(|_| "another number of weights than of features".into())
}

struct Problem<'a>(Vec<&'a (OmissionCandidate, bool)>);

impl Problem<'_> {
    /// The loss is a mean, lest the first step be too long.
    fn size(&self) -> f64 {
        self.0.len().max(1) as f64
    }
}

fn odds(look: &OmissionCandidate, weights: &[f64]) -> f64 {
    look.features.iter().zip(weights).map(|(x, w)| x * w).sum()
}

impl CostFunction for Problem<'_> {
    type Param = Vec<f64>;
    type Output = f64;

    fn cost(&self, weights: &Vec<f64>) -> Result<f64, Error> {
        let loss = |(look, missing): &&(OmissionCandidate, bool)| {
            let against = if *missing { -odds(look, weights) } else { odds(look, weights) };
            // ln(1 + eˣ) without overflow.
            against.max(0.0) + (-against.abs()).exp().ln_1p()
        };
        let penalty: f64 = weights.iter().skip(1).map(|w| w * w).sum();
        Ok((self.0.iter().map(loss).sum::<f64>() + 0.5 * L2 * penalty) / self.size())
    }
}

impl Gradient for Problem<'_> {
    type Param = Vec<f64>;
    type Gradient = Vec<f64>;

    fn gradient(&self, weights: &Vec<f64>) -> Result<Vec<f64>, Error> {
        let mut gradient: Vec<f64> = weights.iter().map(|w| L2 * w / self.size()).collect();
        gradient[0] = 0.0;
        for (look, missing) in &self.0 {
            let error = 1.0 / (1.0 + (-odds(look, weights)).exp()) - f64::from(u8::from(*missing));
            gradient.iter_mut().zip(look.features).for_each(|(g, x)| *g += error * x / self.size());
        }
        Ok(gradient)
    }
}
