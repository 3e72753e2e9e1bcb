//! The two kinds of fit: yes or no for single cases, and the beads of a whole path. Both use L-BFGS and give the same
//! weights on every run.

pub mod crf;
pub mod logistic;
