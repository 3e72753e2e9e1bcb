//! TODO

use super::finding::Finding;
use crate::alignment::{Alignment, Pair};

pub(super) fn check(_: &Alignment, _: &[Pair<'_>]) -> Vec<Finding> {
    Vec::new()
}
