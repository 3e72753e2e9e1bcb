//! The likelihood of gold paths under a log-linear model over beads, and its maximum.

use std::cell::RefCell;

use argmin::core::{CostFunction, Error, Executor, Gradient, State};
use argmin::solver::linesearch::MoreThuenteLineSearch;
use argmin::solver::quasinewton::LBFGS;
use duiqi::PerLang;
use duiqi::train::lattice::{Cell, GapExtension, Lattice, Posteriors, gap_side};

/// Penalty ½ L2 |w · deviation|²; F1 / likelihood on literary text with 8, 12, 15, 30: .902 / .161, -, .905 / .168, .909 / .180.
const L2: f64 = 12.0;
/// Stands in for the deviation of what is no feature of single beads: that of an event of a tenth of all beads.
const CONTINUES_DEVIATION: f64 = 0.3;
/// Iterations of L-BFGS at most; it converges earlier.
const ITERATIONS: u64 = 200;
/// A step that lowers the loss by less nats ends the search.
const TOLERANCE: f64 = 1e-4;
/// Steps that L-BFGS remembers.
const MEMORY: usize = 10;

/// A document's lattice with the features of its beads.
pub struct Example {
    /// The beads.
    pub lattice: Lattice,
    features: Rows,
    width: usize,
    gold: Vec<usize>,
    /// Whether the last two weights are those of [`GapExtension`], which are not features of single beads.
    continues: bool,
    /// How much the document counts.
    weight: f64,
    /// Scores that the beads have already, and what continuing a gap scores; none where they have none.
    given: Option<(Vec<f64>, GapExtension)>,
}

/// Features that are not 0, row by row: most of them are.
struct Rows {
    starts: Vec<usize>,
    columns: Vec<u16>,
    values: Vec<f32>,
}

impl Rows {
    fn new(features: &[f32], width: usize) -> Rows {
        let mut rows = Rows { starts: vec![0], columns: Vec::new(), values: Vec::new() };
        for row in features.chunks_exact(width.max(1)) {
            for (k, &value) in row.iter().enumerate().filter(|(_, v)| **v != 0.0) {
                rows.columns.push(k as u16);
                rows.values.push(value);
            }
            rows.starts.push(rows.columns.len());
        }
        rows
    }

    /// (column, value) of a row.
    fn of(&self, x: usize) -> impl Iterator<Item = (usize, f32)> + '_ {
        let range = self.starts[x]..self.starts[x + 1];
        self.columns[range.clone()].iter().map(|&k| usize::from(k)).zip(self.values[range].iter().copied())
    }
}

impl Example {
    /// `features`: row by row; `gold`: indices of the gold beads, in order.
    pub fn new(lattice: Lattice, features: Vec<f32>, gold: Vec<usize>, weight: f64) -> Example {
        let width = features.len() / lattice.cells.len().max(1);
        Example { lattice, features: Rows::new(&features, width), width, gold, continues: true, weight, given: None }
    }

    /// The score for continuing a gap.
    pub fn continues_of(&self, weights: &[f64]) -> GapExtension {
        match weights {
            [.., zh, en] if self.continues => PerLang { en: *en, zh: *zh },
            _ => self.given.as_ref().map_or(GapExtension::default(), |given| given.1),
        }
    }

    /// The same with some features 0.
    pub fn without(&self, out: &[bool]) -> Example {
        let mut features = Rows { starts: vec![0], columns: Vec::new(), values: Vec::new() };
        for x in 0..self.lattice.cells.len() {
            for (k, value) in self.features.of(x).filter(|(k, _)| !out[*k]) {
                features.columns.push(k as u16);
                features.values.push(value);
            }
            features.starts.push(features.columns.len());
        }
        let fixed = self.continues && out.ends_with(&[true, true]);
        let given = if fixed {
            Some((vec![0.0; self.lattice.cells.len()], GapExtension::default()))
        } else {
            self.given.clone()
        };
        Example {
            lattice: self.lattice.clone(),
            features,
            width: self.width,
            gold: self.gold.clone(),
            continues: self.continues && !fixed,
            weight: self.weight,
            given,
        }
    }

    /// The same with scores to which those of the features are added; all its weights are those of features.
    pub fn on_top_of(mut self, given: Vec<f64>, continues: GapExtension) -> Example {
        self.given = Some((given, continues));
        self.continues = false;
        self
    }

    /// Posteriors of the beads.
    pub fn posteriors(&self, weights: &[f64]) -> Posteriors {
        self.lattice.posteriors(&self.scores(weights), self.continues_of(weights))
    }

    /// The best path.
    pub fn best_path(&self, weights: &[f64]) -> Vec<Cell> {
        let path = self.lattice.best_path(&self.scores(weights), self.continues_of(weights));
        path.into_iter().map(|x| self.lattice.cells[x]).collect()
    }

    /// How often gold beads continue a gap.
    fn gold_continued(&self) -> GapExtension {
        let mut continued = GapExtension::default();
        for pair in self.gold.windows(2) {
            let [a, b] = [pair[0], pair[1]].map(|x| gap_side(self.lattice.cells[x]));
            if let (true, Some(side)) = (a == b, a) {
                continued[side] += 1.0;
            }
        }
        continued
    }

    /// Features of a bead.
    pub fn row(&self, x: usize) -> Vec<f32> {
        let mut row = vec![0.0; self.width];
        self.features.of(x).for_each(|(k, value)| row[k] = value);
        row
    }

    /// Scores of all beads.
    pub fn scores(&self, weights: &[f64]) -> Vec<f64> {
        let given = |x: usize| self.given.as_ref().map_or(0.0, |given| given.0[x]);
        let score = |x| given(x) + self.features.of(x).map(|(k, value)| f64::from(value) * weights[k]).sum::<f64>();
        (0..self.lattice.cells.len()).map(score).collect()
    }

    /// −ln p(gold path).
    pub fn loss(&self, weights: &[f64]) -> f64 {
        let scores = self.scores(weights);
        let continues = self.continues_of(weights);
        let gaps: f64 = self.gold_continued().into_iter().zip(continues).map(|(n, w)| n * w).sum();
        let gold: f64 = self.gold.iter().map(|&x| scores[x]).sum();
        self.lattice.posteriors(&scores, continues).total - gold - gaps
    }

    /// Adds the gradient of the weighted loss, and returns the weighted loss.
    fn add_gradient(&self, weights: &[f64], gradient: &mut [f64]) -> f64 {
        let scores = self.scores(weights);
        let continues = self.continues_of(weights);
        let posteriors = self.lattice.posteriors(&scores, continues);
        for (x, q) in posteriors.beads.iter().enumerate().filter(|(_, q)| **q > 1e-12) {
            self.features.of(x).for_each(|(k, value)| gradient[k] += self.weight * q * f64::from(value));
        }
        for &x in &self.gold {
            self.features.of(x).for_each(|(k, value)| gradient[k] -= self.weight * f64::from(value));
        }
        let continued = self.gold_continued();
        if self.continues {
            let difference = posteriors.continued.zip(continued).map(|(found, gold)| found - gold);
            gradient[self.width - 2] += self.weight * difference.zh;
            gradient[self.width - 1] += self.weight * difference.en;
        }
        let gaps: f64 = continued.into_iter().zip(continues).map(|(n, w)| n * w).sum();
        let gold: f64 = self.gold.iter().map(|&x| scores[x]).sum();
        self.weight * (posteriors.total - gold - gaps)
    }
}

/// Standard deviation of each feature over all beads.
pub fn standard_deviations(examples: &[&Example]) -> Vec<f64> {
    let width = examples.first().map_or(0, |e| e.width);
    let (mut n, mut sum, mut square) = (0.0, vec![0.0; width], vec![0.0; width]);
    for example in examples {
        n += example.lattice.cells.len() as f64;
        for (&k, &x) in example.features.columns.iter().zip(&example.features.values) {
            sum[usize::from(k)] += f64::from(x);
            square[usize::from(k)] += f64::from(x).powi(2);
        }
    }
    let mut deviations: Vec<f64> =
        (0..width).map(|k| (square[k] / n - (sum[k] / n).powi(2)).max(0.0).sqrt() + 1e-6).collect();
    if examples.first().is_some_and(|e| e.continues) {
        deviations[width - 2..].fill(CONTINUES_DEVIATION);
    }
    deviations
}

struct Problem<'a> {
    examples: &'a [&'a Example],
    /// Weights that the penalty pulls towards.
    center: &'a [f64],
    deviations: &'a [f64],
    /// The last point looked at: the line search asks for its cost and its gradient one after the other.
    last: RefCell<Option<Point>>,
}

#[derive(Clone)]
struct Point {
    scaled: Vec<f64>,
    cost: f64,
    gradient: Vec<f64>,
}

impl Problem<'_> {
    /// `scaled` is (weights − center) · deviations.
    fn weights(&self, scaled: &[f64]) -> Vec<f64> {
        scaled.iter().zip(self.deviations).zip(self.center).map(|((w, d), c)| c + w / d).collect()
    }

    fn at(&self, scaled: &[f64]) -> Point {
        if let Some(point) = self.last.borrow().as_ref().filter(|p| p.scaled == scaled) {
            return point.clone();
        }
        let weights = self.weights(scaled);
        let mut gradient = vec![0.0; weights.len()];
        let loss: f64 = self.examples.iter().map(|e| e.add_gradient(&weights, &mut gradient)).sum();
        let point = Point {
            scaled: scaled.to_vec(),
            cost: loss + 0.5 * L2 * scaled.iter().map(|w| w * w).sum::<f64>(),
            gradient: gradient.iter().zip(self.deviations).zip(scaled).map(|((g, d), w)| g / d + L2 * w).collect(),
        };
        *self.last.borrow_mut() = Some(point.clone());
        point
    }
}

impl CostFunction for Problem<'_> {
    type Param = Vec<f64>;
    type Output = f64;

    fn cost(&self, scaled: &Vec<f64>) -> Result<f64, Error> {
        Ok(self.at(scaled).cost)
    }
}

impl Gradient for Problem<'_> {
    type Param = Vec<f64>;
    type Gradient = Vec<f64>;

    fn gradient(&self, scaled: &Vec<f64>) -> Result<Vec<f64>, Error> {
        Ok(self.at(scaled).gradient)
    }
}

/// Weights of greatest likelihood, penalised by how far they are from `center`, where the search begins. A feature that never
/// varies keeps the weight that it has there.
///
/// # Errors
/// Those of the solver.
pub fn fit(examples: &[&Example], deviations: &[f64], center: &[f64]) -> Result<Vec<f64>, Error> {
    // A constant column has deviation 1e-6: its scaled copy would swamp the others.
    let deviations: Vec<f64> = deviations.iter().map(|d| if *d < 1e-5 { f64::INFINITY } else { *d }).collect();
    let problem = Problem { examples, deviations: &deviations, center, last: RefCell::new(None) };
    let start = vec![0.0; deviations.len()];
    let solver = LBFGS::new(MoreThuenteLineSearch::new(), MEMORY).with_tolerance_cost(TOLERANCE)?;
    let fitted = Executor::new(problem, solver).configure(|state| state.param(start).max_iters(ITERATIONS)).run()?;
    let best = fitted.state().get_best_param().ok_or_else(|| Error::msg("no weights"))?;
    Ok(best.iter().zip(&deviations).zip(center).map(|((w, d), c)| c + w / d).collect())
}
