//! Where two versions of a text disagree: numbers that changed, passages that are missing, added or moved, words in somebody
//! else's mouth, names and negations.
//!
//! [`check`] reads an alignment and gives [`Finding`]s, each with both spans, a plain sentence, a severity and a confidence.
//! What a careful translator does is no finding: rounding inside the stated precision, other units, a value said twice.

mod finding;
mod moment;
mod name;
mod negation;
mod number;
mod passage;
mod rate;
mod speaker;
mod stated;
mod within;

use finding::LEAST_CONFIDENCE;
pub use finding::{Finding, Kind, Severity};
pub use number::Slip;

use crate::alignment::{Alignment, Relation};

/// Returns the findings of an alignment with a confidence of at least 0.5, and hints, in the order of the first text.
///
/// What the first text says is expected of the second: what only the first has is missing, what only the second has is added.
pub fn check(alignment: &Alignment) -> Vec<Finding> {
    let pairs: Vec<_> = alignment.pairs().collect();
    let mut quantities = stated::Quantities::of(alignment);
    let mut findings = number::check(alignment, &mut quantities, &pairs);
    findings.extend(passage::check(alignment, &pairs));
    // In comparable texts one may repeat what another said.
    if alignment.relation() != Relation::Comparable {
        findings.extend(speaker::check(alignment, &pairs));
    }
    let names = name::check(alignment, &pairs);
    // The number of a name is a part of it.
    findings.retain(|f| !names.iter().any(|name| name.covers(f)));
    findings.extend(names);
    findings.extend(within::check(alignment, &quantities));
    findings.extend(negation::check(alignment, &pairs));
    findings.retain(|f| f.confidence >= LEAST_CONFIDENCE || passage::is_hint(f));
    let place = |f: &Finding| {
        let start = |spans: &[crate::alignment::Span]| spans.first().map_or(usize::MAX, |s| s.start);
        (f.pair, start(f.spans(alignment.first())), start(f.spans(alignment.first().other())))
    };
    findings.sort_by_key(|f| (place(f), f.kind));
    findings
}
