//! The tools that fit the models of duiqi and measure them: readers of gold sets, damage, logistic regression and a
//! conditional random field. The commands are in `src/bin/`; `README.md` explains how to fit each model again.

#![forbid(unsafe_code)]

pub mod articles;
pub mod cli;
pub mod fit;
pub mod gold;
pub mod lines;
pub mod random;

/// Any error: the commands only print it.
pub type AnyError = Box<dyn std::error::Error>;
