//! The two kinds of fit: a yes or no of single cases, and the beads of a whole path. Both are sought by L-BFGS, and give the same
//! weights on every run.

pub mod crf;
pub mod logistic;
