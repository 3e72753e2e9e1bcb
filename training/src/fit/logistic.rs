//! Logistic regression.

use argmin::core::{CostFunction, Error, Executor, Gradient, State};
use argmin::solver::linesearch::MoreThuenteLineSearch;
use argmin::solver::quasinewton::LBFGS;

/// The number of steps that L-BFGS remembers.
const MEMORY: usize = 10;

/// A case: its features, and whether the answer is yes.
#[derive(Clone, Debug)]
pub struct Case {
    /// The index and value of each feature that is not 0, ascending.
    pub features: Vec<(usize, f64)>,
    /// The answer.
    pub is_so: bool,
}

impl Case {
    /// Creates a case with a value for every feature.
    pub fn dense<X: Copy + Into<f64>>(features: &[X], is_so: bool) -> Case {
        Case { features: features.iter().map(|&x| x.into()).enumerate().collect(), is_so }
    }

    fn odds(&self, weights: &[f64]) -> f64 {
        self.features.iter().map(|&(k, x)| x * weights[k]).sum()
    }
}

/// How to fit.
#[derive(Clone, Copy, Debug)]
pub struct Logistic {
    /// The penalty ½ L2 w².
    pub l2: f64,
    /// Whether the first feature is the constant 1, whose weight has no penalty.
    pub constant_first: bool,
    /// Whether the penalty is on the weights of features that are scaled to mean 0 and variance 1. This needs a
    /// constant.
    pub standardise: bool,
    /// The search ends when the mean loss falls by less than this.
    pub tolerance: f64,
    /// The most steps.
    pub iterations: u64,
}

impl Logistic {
    /// Fits a weight for each of the `features` features.
    ///
    /// # Errors
    /// Those of the solver.
    pub fn fit(&self, width: usize, cases: &[Case]) -> Result<Vec<f64>, Error> {
        if self.standardise {
            let scale = Scale::of(width, cases);
            let cases: Vec<Case> = cases.iter().map(|c| scale.case(c)).collect();
            return Ok(scale.weights(self.search(width, &cases)?));
        }
        self.search(width, cases)
    }

    fn search(&self, width: usize, cases: &[Case]) -> Result<Vec<f64>, Error> {
        let solver = LBFGS::new(MoreThuenteLineSearch::new(), MEMORY).with_tolerance_cost(self.tolerance)?;
        let problem = Problem { cases, l2: self.l2, free: usize::from(self.constant_first) };
        let start = vec![0.0; width];
        let fitted =
            Executor::new(problem, solver).configure(|state| state.param(start).max_iters(self.iterations)).run()?;
        fitted.state().get_best_param().cloned().ok_or_else(|| Error::msg("no weights"))
    }
}

/// The means and deviations of the features. They are 0 and 1 for the constant, which is the first feature, and for
/// features that never vary.
struct Scale {
    mean: Vec<f64>,
    deviation: Vec<f64>,
}

impl Scale {
    fn of(width: usize, cases: &[Case]) -> Scale {
        let n = cases.len().max(1) as f64;
        let (mut mean, mut deviation) = (vec![0.0; width], vec![1.0; width]);
        for k in 1..width {
            let values = || cases.iter().map(|c| c.features.iter().find(|f| f.0 == k).map_or(0.0, |f| f.1));
            mean[k] = values().sum::<f64>() / n;
            let variance = values().map(|x| (x - mean[k]).powi(2)).sum::<f64>() / n;
            deviation[k] = if variance > 0.0 { variance.sqrt() } else { 1.0 };
        }
        Scale { mean, deviation }
    }

    fn case(&self, case: &Case) -> Case {
        let mut dense = vec![0.0; self.mean.len()];
        case.features.iter().for_each(|&(k, x)| dense[k] = x);
        let scaled: Vec<f64> =
            dense.iter().zip(&self.mean).zip(&self.deviation).map(|((x, mean), d)| (x - mean) / d).collect();
        Case::dense(&scaled, case.is_so)
    }

    /// Converts the weights to those of the unscaled features.
    fn weights(&self, mut weights: Vec<f64>) -> Vec<f64> {
        for k in 1..weights.len() {
            weights[k] /= self.deviation[k];
            weights[0] -= weights[k] * self.mean[k];
        }
        weights
    }
}

struct Problem<'a> {
    cases: &'a [Case],
    l2: f64,
    /// The number of weights, from the first one, without a penalty.
    free: usize,
}

impl Problem<'_> {
    /// The loss is a mean; with a sum the first step would be too long.
    fn size(&self) -> f64 {
        self.cases.len().max(1) as f64
    }
}

impl CostFunction for Problem<'_> {
    type Param = Vec<f64>;
    type Output = f64;

    fn cost(&self, weights: &Vec<f64>) -> Result<f64, Error> {
        let loss = |case: &Case| {
            let against = if case.is_so { -case.odds(weights) } else { case.odds(weights) };
            // ln(1 + eˣ) without overflow.
            against.max(0.0) + (-against.abs()).exp().ln_1p()
        };
        let penalty: f64 = weights.iter().skip(self.free).map(|w| w * w).sum();
        Ok((self.cases.iter().map(loss).sum::<f64>() + 0.5 * self.l2 * penalty) / self.size())
    }
}

impl Gradient for Problem<'_> {
    type Param = Vec<f64>;
    type Gradient = Vec<f64>;

    fn gradient(&self, weights: &Vec<f64>) -> Result<Vec<f64>, Error> {
        let mut gradient: Vec<f64> = weights.iter().map(|w| self.l2 * w / self.size()).collect();
        gradient[..self.free].fill(0.0);
        for case in self.cases {
            let error = 1.0 / (1.0 + (-case.odds(weights)).exp()) - f64::from(u8::from(case.is_so));
            case.features.iter().for_each(|&(k, x)| gradient[k] += error * x / self.size());
        }
        Ok(gradient)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn cases() -> Vec<Case> {
        let case = |(x, is_so): &(f64, bool)| Case::dense(&[1.0, *x, 7.0], *is_so);
        [(1.0, false), (2.0, false), (3.0, true), (4.0, false), (5.0, true), (6.0, true)].iter().map(case).collect()
    }

    /// At the maximum the gradient is 0.
    #[test]
    fn the_best_weights_are_found() {
        let fit = Logistic { l2: 0.5, constant_first: true, standardise: false, tolerance: 1e-14, iterations: 500 };
        let cases = cases();
        let weights = fit.fit(3, &cases).unwrap();
        let gradient = Problem { cases: &cases, l2: 0.5, free: 1 }.gradient(&weights).unwrap();
        assert!(gradient.iter().all(|g| g.abs() < 1e-6), "{weights:?} {gradient:?}");
        assert!(weights[1] > 0.3, "{weights:?}");
    }

    #[test]
    fn the_scale_of_a_feature_does_not_matter_when_standardised() {
        let fit = Logistic { l2: 0.5, constant_first: true, standardise: true, tolerance: 1e-14, iterations: 500 };
        let mut scaled = cases();
        scaled.iter_mut().for_each(|c| c.features[1].1 = c.features[1].1 * 10.0 - 3.0);
        let (a, b) = (fit.fit(3, &cases()).unwrap(), fit.fit(3, &scaled).unwrap());
        assert!((a[1] - 10.0 * b[1]).abs() < 1e-5, "{a:?} {b:?}");
        // A feature that never varies has no influence.
        assert_eq!((a[2], b[2]), (0.0, 0.0));
    }
}
