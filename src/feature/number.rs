//! Features of numbers: values that both sides of a bead have, and values that only one has. The evidence of tokens knows a
//! pair of equal numbers as it knows any pair of words; a value that stands alone speaks against a bead more than a word does.

use super::{Context, Sink};
use crate::evidence::SharedNumbers;
use crate::lattice::Cell;

pub(super) fn numbers(context: &Context<'_>, cell: Cell, sink: &mut impl Sink) {
    let both = !cell.zh().is_empty() && !cell.en().is_empty();
    let shared = if both { context.bitext.numbers.shared(cell.zh(), cell.en()) } else { SharedNumbers::default() };
    sink.put("numbers", "both", shared.both);
    sink.put("numbers", "zh", shared.zh);
    sink.put("numbers", "en", shared.en);
}
