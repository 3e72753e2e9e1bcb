//! The share of one process in the records of an input.

use std::str::FromStr;

/// Share `index` of `count`: the records whose number, from 0, is `index` modulo `count`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Shard {
    index: u64,
    count: u64,
}

impl Shard {
    /// All records.
    pub(super) const WHOLE: Shard = Shard { index: 0, count: 1 };

    /// Whether record `number`, from 0, belongs to it.
    pub(super) fn has(self, number: u64) -> bool {
        number % self.count == self.index
    }
}

impl FromStr for Shard {
    type Err = String;

    fn from_str(value: &str) -> Result<Shard, String> {
        let numbers = value.split_once('/').and_then(|(i, n)| Some((i.parse().ok()?, n.parse().ok()?)));
        match numbers {
            None => Err("write i/n, for example 0/8 for the first of eight shares".to_owned()),
            Some((_, 0)) => Err("there must be one share at least: 0/1".to_owned()),
            Some((index, count)) if index < count => Ok(Shard { index, count }),
            Some((_, count)) => {
                Err(format!("shares count from 0: of {count}, the first is 0/{count}, the last {}/{count}", count - 1))
            }
        }
    }
}
