//! Deals the words of a half out over the cues of the other half.

use std::ops::Range;

use super::Spoken;
use super::places::{Place, places};
use crate::document::Time;
use crate::lexicon::Lexicon;

/// A cue of a bead: what of it is in the bead.
pub(super) struct Window {
    /// Index of the cue.
    pub(super) cue: usize,
    /// Bytes of its words.
    pub(super) length: usize,
    pub(super) time: Option<Time>,
}

/// Words for one cue.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Dealt {
    /// What their own file writes before them for who speaks.
    pub(super) opening: Option<String>,
    pub(super) text: String,
}

/// What a cue without any words costs, in the mean length of a cue's part: a word end half a part away is as good.
const EMPTY: f64 = 0.85;

/// Places on each side of where a cut should be that are looked at.
const NEARBY: usize = 48;

/// Of the shorter one of two stretches of time, what they must have in common to be of one recording.
const LEAST_COMMON: f64 = 0.5;

/// The parts of `spoken` for each window, in order; one part where there is no window.
pub(super) fn deal(spoken: &Spoken<'_>, windows: &[Window], lexicon: &Lexicon) -> Vec<Dealt> {
    let cuts = match windows.len() {
        0 | 1 => Vec::new(),
        _ if spoken.text.is_empty() => return vec![Dealt::default(); windows.len()],
        _ => {
            let targets = by_time(spoken, windows).unwrap_or_else(|| by_length(spoken, windows));
            nearest(&places(spoken, lexicon), &targets, spoken.text.len() as f64 / windows.len() as f64)
        }
    };
    let ends = cuts.iter().copied().chain([spoken.text.len()]);
    std::iter::once(0).chain(cuts.iter().copied()).zip(ends).map(|(start, end)| part(spoken, start..end)).collect()
}

fn part(spoken: &Spoken<'_>, range: Range<usize>) -> Dealt {
    let text = spoken.text.get(range.clone()).unwrap_or_default();
    let start = range.start + text.len() - text.trim_start().len();
    let piece = spoken.pieces.iter().find(|(place, cue, _)| {
        place.start == start && !place.is_empty() && cue.words.text().starts_with(&spoken.text[place.clone()])
    });
    Dealt { opening: piece.and_then(|(_, cue, _)| cue.opening.clone()), text: text.trim().to_owned() }
}

/// Bytes at which cuts should be, by the times of both sides.
fn by_time(spoken: &Spoken<'_>, windows: &[Window]) -> Option<Vec<f64>> {
    let own: Vec<Time> = windows.iter().map(|w| w.time).collect::<Option<_>>()?;
    let other: Vec<(&Range<usize>, Time)> =
        spoken.pieces.iter().map(|(range, _, time)| time.map(|t| (range, t))).collect::<Option<_>>()?;
    let (first, last) = (other.first()?.1, other.last()?.1);
    let (start, end) = (own.first()?.start, own.last()?.end);
    let common = end.min(last.end) - start.max(first.start);
    if common < LEAST_COMMON * (end - start).min(last.end - first.start) {
        return None;
    }
    let at = |t: f64| -> f64 {
        let k = other.partition_point(|(_, time)| time.end <= t);
        let Some((range, time)) = other.get(k) else { return spoken.text.len() as f64 };
        let share = if time.end > time.start { ((t - time.start) / (time.end - time.start)).max(0.0) } else { 0.0 };
        range.start as f64 + share * range.len() as f64
    };
    // Cues that overlap would make the cuts go back.
    let mut latest = 0.0f64;
    let targets = own.windows(2).map(|w| {
        latest = latest.max(at(f64::midpoint(w[0].end, w[1].start)));
        latest
    });
    Some(targets.collect())
}

/// Bytes at which cuts should be, in proportion to the lengths of the windows.
fn by_length(spoken: &Spoken<'_>, windows: &[Window]) -> Vec<f64> {
    let all = windows.iter().map(|w| w.length).sum::<usize>().max(1) as f64;
    let mut sum = 0;
    let before_last = windows.iter().take(windows.len().saturating_sub(1));
    let share = before_last.map(|w| {
        sum += w.length;
        spoken.text.len() as f64 * sum as f64 / all
    });
    share.collect()
}

/// The places for cuts that lie near to where they should be, cut well and leave few cues empty: the cheapest ascending
/// choice. `mean` is the mean length of a part.
fn nearest(places: &[Place], targets: &[f64], mean: f64) -> Vec<usize> {
    // For each cut the places looked at, with the cost of the cheapest choice that ends there, and its place one cut before.
    let mut rows: Vec<(usize, Vec<(f64, usize)>)> = Vec::with_capacity(targets.len());
    for &target in targets {
        let middle = places.partition_point(|p| (p.at as f64) < target);
        let (low, high) = (middle.saturating_sub(NEARBY), (middle + NEARBY).min(places.len()));
        let mut row = Vec::with_capacity(high - low);
        // The cheapest place of the row before that lies before this one.
        let (mut best, mut next) = ((f64::INFINITY, 0), 0);
        for (k, place) in places.iter().enumerate().take(high).skip(low) {
            let own = (place.at as f64 - target).abs() / mean.max(1.0) + place.penalty;
            let before = match rows.last() {
                None => (if k == 0 { EMPTY } else { 0.0 }, 0),
                Some((from, costs)) => {
                    while let Some(&(cost, _)) = costs.get(next).filter(|_| from + next < k) {
                        if cost < best.0 {
                            best = (cost, from + next);
                        }
                        next += 1;
                    }
                    let same = k.checked_sub(*from).and_then(|i| costs.get(i)).map(|&(cost, _)| (cost + EMPTY, k));
                    same.filter(|s| s.0 < best.0).unwrap_or(best)
                }
            };
            row.push((own + before.0, before.1));
        }
        rows.push((low, row));
    }
    let Some((from, last)) = rows.last() else { return Vec::new() };
    let end = |k: usize| if k + 1 == places.len() { EMPTY } else { 0.0 };
    let cheapest = (0..last.len()).min_by(|&a, &b| (last[a].0 + end(from + a)).total_cmp(&(last[b].0 + end(from + b))));
    let mut at = from + cheapest.unwrap_or(0);
    let mut cuts = Vec::with_capacity(rows.len());
    for (from, row) in rows.iter().rev() {
        let Some((place, &(_, before))) = places.get(at).zip(at.checked_sub(*from).and_then(|i| row.get(i))) else {
            break;
        };
        cuts.push(place.at);
        at = before;
    }
    cuts.reverse();
    cuts
}
