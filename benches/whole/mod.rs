//! Whole runs of commands, and what they cost.

pub mod measure;
pub mod peers;
