//! Inputs made to break a reader or an aligner: each ends in bounded time and memory, with a result or with an error that says what
//! is wrong. The bounds are the system's (`ulimit`): what exceeds one is killed, and its test fails.
//!
//! `cargo test --features cli --test hostile -- --nocapture --test-threads 1` shows time and memory of each; `DUIQI_BIN` names another
//! build of the command to measure. Builds without optimisation get inputs of a tenth where it says so.
// The helpers of a test fail like the test itself.
#![allow(clippy::unwrap_used)]
#![cfg(all(feature = "cli", target_os = "linux"))]

mod bounded;
mod markup;
#[path = "../place/mod.rs"]
mod place;
mod sizes;
mod texts;
