//! Names in running text.

mod odds;
mod sound;
mod transcription;

pub(crate) use odds::{Pinyin, odds, part_odds, sigmoid};
