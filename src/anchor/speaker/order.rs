//! Who stands where: speakers whose labels tell nothing, matched by their places in the sequence of turns.

use rustc_hash::FxHashMap;

/// Turns that a side may be ahead or behind of the other's even pace.
const BAND: usize = 64;
/// Numbers of turns may differ by this factor; beyond it the sequences are not one conversation.
const MOST_UNEVEN: f64 = 1.4;
/// A shorter sequence proves nothing.
const FEWEST_TURNS: usize = 4;
/// Places at which two speakers must meet, and the share of their turns that these must make.
const FEWEST_MEETINGS: usize = 2;
const LEAST_SHARE: f64 = 0.7;

/// Pairs (English person, Chinese person, share of their turns that fall together), best first, of those without a
/// match in `of_en`.
pub(super) fn pairs(
    en: &[Option<usize>],
    zh: &[Option<usize>],
    of_en: &[Option<usize>],
    chinese: usize,
) -> Vec<(usize, usize, f64)> {
    let (n, m) = (en.len(), zh.len());
    let uneven = n.max(m) as f64 / n.min(m).max(1) as f64;
    if n.min(m) < FEWEST_TURNS || uneven > MOST_UNEVEN {
        return Vec::new();
    }
    let mut matched = vec![false; chinese];
    for &j in of_en.iter().flatten() {
        matched[j] = true;
    }
    let score = |i: usize, j: usize| -> f32 {
        let (Some(p), Some(q)) = (en[i], zh[j]) else { return 0.0 };
        match of_en[p] {
            Some(partner) if partner == q => 2.0,
            Some(_) => -1.0,
            None if matched[q] => -1.0,
            // Both unknown: likelier one person than none.
            None => 0.5,
        }
    };
    let mut together: FxHashMap<(usize, usize), usize> = FxHashMap::default();
    for (i, j) in path(n, m, score) {
        if let (Some(p), Some(q)) = (en[i], zh[j])
            && of_en[p].is_none()
            && !matched[q]
        {
            *together.entry((p, q)).or_default() += 1;
        }
    }
    let (turns_en, turns_zh) = (count(en, of_en.len()), count(zh, chinese));
    let mut found: Vec<(usize, usize, f64)> = together
        .into_iter()
        .filter(|&(_, c)| c >= FEWEST_MEETINGS)
        .map(|((p, q), c)| (p, q, 2.0 * c as f64 / (turns_en[p] + turns_zh[q]) as f64))
        .filter(|p| p.2 >= LEAST_SHARE)
        .collect();
    // The map has no order; equal shares go by who speaks first.
    found.sort_by(|a, b| b.2.total_cmp(&a.2).then((a.0, a.1).cmp(&(b.0, b.1))));
    found
}

fn count(turns: &[Option<usize>], persons: usize) -> Vec<usize> {
    let mut counts = vec![0; persons];
    for &p in turns.iter().flatten() {
        counts[p] += 1;
    }
    counts
}

/// The best monotone path of pairs of turns, within a band around the even pace.
fn path(n: usize, m: usize, score: impl Fn(usize, usize) -> f32) -> Vec<(usize, usize)> {
    const DIAGONAL: u8 = 1;
    const UP: u8 = 2;
    const LEFT: u8 = 3;
    const WIDTH: usize = 2 * BAND + 1;
    // Column of the first cell of row i.
    let from = |i: usize| (i * m / n).saturating_sub(BAND);
    let mut back = vec![0u8; (n + 1) * WIDTH];
    let mut above: Vec<f32> = Vec::new();
    for i in 0..=n {
        let first = from(i);
        let mut row = vec![f32::NEG_INFINITY; WIDTH];
        for k in 0..WIDTH {
            let j = first + k;
            if j > m {
                break;
            }
            let up = |j: usize| {
                let k = i.checked_sub(1).and_then(|p| j.checked_sub(from(p)));
                k.and_then(|k| above.get(k)).copied().unwrap_or(f32::NEG_INFINITY)
            };
            let mut best = if i == 0 && j == 0 { (0.0, 0) } else { (f32::NEG_INFINITY, 0) };
            // On equal scores a pair wins over a gap, and a gap in the Chinese over one in the English.
            if i > 0 && j > 0 {
                best = (up(j - 1) + score(i - 1, j - 1), DIAGONAL);
            }
            if i > 0 && up(j) > best.0 {
                best = (up(j), UP);
            }
            if k > 0 && row[k - 1] > best.0 {
                best = (row[k - 1], LEFT);
            }
            row[k] = best.0;
            back[i * WIDTH + k] = best.1;
        }
        above = row;
    }
    let (mut i, mut j) = (n, m);
    let mut pairs = Vec::new();
    while i > 0 || j > 0 {
        let step = j.checked_sub(from(i)).filter(|&k| k < WIDTH).map_or(0, |k| back[i * WIDTH + k]);
        match step {
            DIAGONAL => {
                (i, j) = (i - 1, j - 1);
                pairs.push((i, j));
            }
            UP => i -= 1,
            LEFT => j -= 1,
            _ => break,
        }
    }
    pairs.reverse();
    pairs
}
