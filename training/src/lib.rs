//! What the models of duiqi are fitted with, and what measures them: readers of gold sets, damage, one logistic regression and one
//! conditional random field. The commands stand in `src/bin/`; `README.md` says how each model is fitted again.

#![forbid(unsafe_code)]

pub mod articles;
pub mod cli;
pub mod fit;
pub mod gold;
pub mod lines;
pub mod random;

/// Any error: the commands only print it.
pub type AnyError = Box<dyn std::error::Error>;
