//! Words of change, and those that stand between them and their number.

use crate::anchor::value::Direction;

/// What a word of change is in its clause.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Role {
    /// Changes by itself: "fell 5%".
    Verb,
    /// Changes something, or moves in space or otherwise, so that only a share or money makes it a change: "raised
    /// prices 5%", but "raised three sons".
    Weak,
    /// "Up", "down".
    Particle,
}

pub(super) fn verb(word: &str) -> Option<(Direction, Role)> {
    use Direction::{Down, Up};
    use Role::{Particle, Verb, Weak};
    Some(match word {
        "up" => (Up, Particle),
        "down" => (Down, Particle),
        "rise" | "rises" | "rose" | "risen" | "rising" | "grow" | "grows" | "grew" | "grown" | "growing"
        | "increase" | "increases" | "increased" | "increasing" | "climb" | "climbs" | "climbed" | "climbing"
        | "gain" | "gains" | "gained" | "gaining" | "jump" | "jumps" | "jumped" | "jumping" | "surge" | "surges"
        | "surged" | "surging" | "soar" | "soars" | "soared" | "soaring" | "rally" | "rallied" | "rebounded"
        | "growth" => (Up, Verb),
        "raise" | "raises" | "raised" | "raising" | "hike" | "hikes" | "hiked" | "hiking" | "boost" | "boosts"
        | "boosted" | "boosting" | "lift" | "lifts" | "lifted" | "lifting" | "expand" | "expands" | "expanded"
        | "expanding" | "advance" | "advanced" | "advances" | "improve" | "improves" | "improved" | "improving"
        | "strengthen" | "strengthened" | "appreciate" | "appreciated" | "accelerated" => (Up, Weak),
        "fall" | "falls" | "fell" | "fallen" | "falling" | "drop" | "drops" | "dropped" | "dropping" | "decline"
        | "declines" | "declined" | "declining" | "decrease" | "decreases" | "decreased" | "decreasing" | "slip"
        | "slips" | "slipped" | "slipping" | "slid" | "slump" | "slumped" | "slumping" | "plunge" | "plunged"
        | "plunging" | "plummet" | "plummeted" | "tumble" | "tumbled" | "shrink" | "shrank" | "shrunk"
        | "shrinking" | "sank" | "sunk" | "dipped" | "shed" => (Down, Verb),
        "lose" | "loses" | "lost" | "losing" | "cut" | "cuts" | "cutting" | "reduce" | "reduces" | "reduced"
        | "reducing" | "lower" | "lowers" | "lowered" | "lowering" | "slash" | "slashed" | "slashing" | "trim"
        | "trimmed" | "trimming" | "contract" | "contracted" | "contracting" | "ease" | "eased" | "retreated"
        | "weakened" | "depreciated" | "compressed" => (Down, Weak),
        _ => return None,
    })
}

/// Nouns of change, before "of" or behind the number.
pub(super) fn noun(word: &str) -> Option<Direction> {
    Some(match word {
        "increase" | "increases" | "growth" | "rise" | "gain" | "gains" | "jump" | "surge" | "hike" | "raise"
        | "climb" | "expansion" | "improvement" | "uptick" | "upturn" | "boost" | "rally" | "acceleration"
        | "hikes" | "rises" | "jumps" => Direction::Up,
        "decrease" | "decreases" | "decline" | "declines" | "drop" | "fall" | "loss" | "losses" | "reduction"
        | "reductions" | "cut" | "cuts" | "dip" | "slump" | "plunge" | "slide" | "contraction" | "compression"
        | "shrinkage" | "drops" | "falls" | "deceleration" | "slowdown" => Direction::Down,
        _ => return None,
    })
}

/// Words that may stand between the verb and its number without a meaning of their own.
pub(super) fn is_filler(word: &str) -> bool {
    matches!(
        word,
        "by" | "a"
            | "an"
            | "about"
            | "another"
            | "additional"
            | "further"
            | "whopping"
            | "just"
            | "only"
            | "nearly"
            | "almost"
            | "roughly"
            | "approximately"
            | "some"
            | "more"
            | "than"
            | "over"
            | "as"
            | "much"
            | "well"
            | "even"
            | "mere"
            | "full"
            | "extra"
            | "estimated"
            | "around"
            | "between"
            | "least"
            | "impressive"
            | "modest"
            | "total"
            | "sharp"
            | "staggering"
            | "sharply"
            | "slightly"
            | "respectable"
            | "solid"
            | "strong"
            | "record"
    )
}

/// Words that end the reach of a verb.
pub(super) fn is_barrier(word: &str) -> bool {
    matches!(
        word,
        "to" | "from"
            | "in"
            | "for"
            | "with"
            | "of"
            | "and"
            | "but"
            | "or"
            | "which"
            | "that"
            | "who"
            | "after"
            | "before"
            | "despite"
            | "when"
            | "while"
            | "because"
            | "if"
            | "is"
            | "was"
            | "are"
            | "were"
            | "has"
            | "have"
            | "had"
            | "than"
            | "against"
            | "through"
            | "about"
            | "its"
            | "the"
            | "his"
            | "her"
            | "their"
            | "this"
            | "these"
            | "our"
            | "your"
    )
}

/// Participles before "by" that name who or what did it.
pub(super) fn is_agent(word: &str) -> bool {
    matches!(
        word,
        "driven"
            | "led"
            | "offset"
            | "fueled"
            | "fuelled"
            | "caused"
            | "followed"
            | "supported"
            | "affected"
            | "impacted"
            | "helped"
            | "hurt"
            | "made"
            | "created"
            | "hit"
            | "joined"
            | "owned"
            | "signed"
            | "written"
            | "powered"
            | "bought"
            | "used"
            | "held"
            | "multiplied"
            | "divided"
            | "done"
    )
}

/// Verbs that "up" and "down" belong to.
pub(super) const PHRASAL: &[&str] = &[
    "make", "makes", "made", "making", "take", "takes", "taking", "took", "set", "sets", "add", "adds", "put", "gave",
    "picked", "split", "broken", "breaks", "broke", "come", "came", "snapped",
];

/// Words that make a change of "up" and "down" with money.
pub(super) const MOVING: &[&str] = &[
    "is", "was", "are", "were", "be", "been", "edged", "ticked", "moved", "went", "go", "goes", "going", "closed",
    "finished", "ended", "shares", "prices",
];

/// Hedges that bound a level.
pub(super) fn is_bound(word: &str) -> bool {
    matches!(word, "below" | "above" | "under" | "beyond" | "close" | "approaching" | "nearing" | "north")
}

/// Words between a number and the noun of change behind it.
pub(super) fn is_modifier(word: &str) -> bool {
    matches!(
        word,
        "year"
            | "over"
            | "on"
            | "yoy"
            | "annual"
            | "annually"
            | "annualized"
            | "sequential"
            | "quarter"
            | "quarterly"
            | "month"
            | "monthly"
            | "yearly"
            | "weekly"
            | "daily"
            | "net"
            | "sharp"
            | "organic"
            | "reported"
            | "price"
            | "pay"
            | "tariff"
            | "user"
            | "subscriber"
            | "rent"
            | "fee"
            | "premium"
            | "workforce"
            | "spending"
            | "capacity"
            | "production"
            | "demand"
            | "tax"
            | "revenue"
            | "sales"
            | "wage"
            | "profit"
            | "earnings"
            | "operating"
            | "compound"
            | "income"
            | "salary"
            | "rate"
            | "cost"
            | "volume"
            | "traffic"
            | "loan"
            | "margin"
            | "unit"
            | "job"
            | "staff"
            | "further"
            | "additional"
            | "population"
            | "export"
            | "import"
            | "productivity"
            | "overall"
            | "average"
            | "steep"
            | "modest"
            | "comparable"
            | "customer"
            | "output"
            | "dividend"
            | "one"
            | "day"
            | "budget"
    )
}

/// "Year over year", "sequentially": stand between a particle and its number.
pub(super) fn is_period(word: &str) -> bool {
    matches!(word, "year" | "quarter" | "month" | "sequentially" | "annually" | "yoy" | "organically" | "week")
}
