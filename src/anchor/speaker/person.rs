//! The speakers of one side: labels that mean one person put together, and two persons compared.

use rustc_hash::FxHashMap;

use serde::Serialize;

use super::name::{Name, Pinyin, alike, normal};
use super::role::{self, Role};
use crate::document::Label;

/// Why two speakers are considered one person.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "lowercase")]
#[non_exhaustive]
pub enum Reason {
    /// A label gives both names: `安迪贾西(Andy Jassy)`.
    ExplicitPair,
    /// The same name on both sides.
    Identical,
    /// The same role or office: Operator and 主持人.
    Role,
    /// A label announces the short form that the other labels use: 以下简称本.
    ShortName,
    /// The names sound alike: Munger and 芒格.
    Transliteration,
    /// They have the same places in the sequence of turns.
    Position,
}

/// Labels that are looked at on a side, the most frequent ones: comparison is quadratic, and no talk has more speakers.
const MOST_LABELS: usize = 150;

/// Titles of one label that are kept.
const MOST_TITLES: usize = 4;

/// A speaker of one side.
#[derive(Clone, Debug, Default)]
pub(super) struct Person {
    /// Names of the labels, as written.
    pub(super) labels: Vec<String>,
    names: Vec<Name>,
    /// Names in the other language.
    others: Vec<Name>,
    pub(super) role: Option<Role>,
    offices: u32,
    /// The labels name an office, not a person.
    office_only: bool,
    /// Titles in the order of the labels, and names in the other language, as written.
    pub(super) titles: Vec<String>,
    pub(super) other_labels: Vec<String>,
    /// A label announces the short form that others use.
    short: bool,
    /// The number of turns with these labels.
    pub(super) turns: usize,
}

impl Person {
    /// Whether the labels give a role that several people may share, so that it excludes nobody.
    pub(super) fn is_open(&self) -> bool {
        self.role.is_some() || self.names.iter().any(|name| role::is_asker(&name.whole))
    }

    /// Whether the labels of `other` are in the other script than those of this person: `Scott Roe` and 斯科特·罗 in
    /// one text.
    pub(super) fn is_other_script(&self, other: &Person) -> bool {
        self.names.iter().all(|a| other.names.iter().all(|b| a.han != b.han))
    }

    /// Whether the labels give a name, not a role.
    pub(super) fn named(&self) -> bool {
        self.role.is_none()
    }

    /// Whether the labels of the two differ by a slip of the pen: by one letter in five or more, by two in ten or more.
    pub(super) fn is_misspelt(&self, other: &Person) -> bool {
        let pairs = self.names.iter().flat_map(|a| other.names.iter().map(move |b| (a, b)));
        pairs.into_iter().any(|(a, b)| {
            let shorter = a.whole.len().min(b.whole.len());
            let most = if shorter >= 10 { 2 } else { usize::from(shorter >= 5) };
            let near = a.whole.len().abs_diff(b.whole.len()) <= most;
            !a.han && !b.han && near && strsim::osa_distance(&a.whole, &b.whole) <= most
        })
    }

    /// Whether a name of this one is that of `other` with a slip of the pen.
    pub(super) fn is_slip_of(&self, other: &Person, least: f64) -> bool {
        let mut pairs = self.names.iter().flat_map(|a| other.names.iter().map(move |b| (a, b)));
        pairs.any(|(a, b)| strsim::jaro_winkler(&a.whole, &b.whole) >= least)
    }

    /// Whether the names share a character: two transcriptions of one name mostly do.
    pub(super) fn sounds_like(&self, other: &Person) -> bool {
        let mut pairs = self.names.iter().flat_map(|a| other.names.iter().map(move |b| (a, b)));
        pairs.any(|(a, b)| a.whole.chars().any(|c| b.whole.contains(c)))
    }

    fn add(&mut self, node: Node) {
        self.office_only |= role::is_office(&node.name.whole);
        self.labels.push(node.label);
        self.turns += node.turns;
        self.titles.extend(node.titles);
        self.other_labels.extend(node.other_label);
        self.names.push(node.name);
        self.others.extend(node.other);
        if let Some(short) = node.short {
            self.names.push(short);
            self.short = true;
        }
        self.role = self.role.or(node.role);
        self.offices |= node.offices;
    }
}

/// One label.
struct Node {
    label: String,
    name: Name,
    titles: Vec<String>,
    other: Option<Name>,
    other_label: Option<String>,
    short: Option<Name>,
    role: Option<Role>,
    offices: u32,
    turns: usize,
}

/// The persons of a side in order of appearance, and for each turn whose it is.
pub(super) fn people(labels: &[&Label]) -> (Vec<Person>, Vec<Option<usize>>) {
    let mut index: FxHashMap<String, usize> = FxHashMap::default();
    let mut nodes: Vec<Node> = Vec::new();
    let mut turns = Vec::with_capacity(labels.len());
    for label in labels {
        let at = *index.entry(normal(&label.name)).or_insert(nodes.len());
        if at == nodes.len() {
            let name = Name::new(&label.name);
            let role = role::of(&name.whole);
            let offices = if role::is_office(&name.whole) { role::offices(&name.whole) } else { 0 };
            let label = label.name.clone();
            let titles = Vec::new();
            nodes.push(Node {
                label,
                role,
                name,
                titles,
                other: None,
                other_label: None,
                short: None,
                offices,
                turns: 0,
            });
        }
        let node = &mut nodes[at];
        node.turns += 1;
        let named = |n: &Option<String>| n.as_deref().filter(|n| !n.trim().is_empty()).map(Name::new);
        node.other_label = node.other_label.take().or_else(|| label.other_name.clone());
        let title = label.title.as_ref().filter(|t| !t.trim().is_empty() && node.titles.len() < MOST_TITLES);
        if let Some(title) = title.filter(|t| !node.titles.contains(t)) {
            node.titles.push(title.clone());
        }
        node.other = node.other.take().or_else(|| named(&label.other_name));
        node.short = node.short.take().or_else(|| named(&label.short_name));
        node.offices |= label.title.as_deref().map_or(0, |t| role::offices(&normal(t)));
        turns.push(at);
    }
    let kept = most_frequent(&nodes);
    let leaders = leaders(&nodes, &kept);
    let mut people: Vec<Person> = Vec::new();
    let mut person_of: Vec<Option<usize>> = vec![None; nodes.len()];
    // A leader may come behind its followers; persons stand where their first label does.
    let mut place: FxHashMap<usize, usize> = FxHashMap::default();
    for (k, node) in nodes.into_iter().enumerate() {
        let Some(leader) = leaders[k] else { continue };
        let at = *place.entry(leader).or_insert(people.len());
        if at == people.len() {
            people.push(Person::default());
        }
        people[at].add(node);
        person_of[k] = Some(at);
    }
    let turns = turns.into_iter().map(|t| person_of[t]).collect();
    (people, turns)
}

fn most_frequent(nodes: &[Node]) -> Vec<usize> {
    let mut kept: Vec<usize> = (0..nodes.len()).collect();
    if kept.len() > MOST_LABELS {
        // Equally frequent labels: the earlier one (the sort is stable).
        kept.sort_by_key(|&k| std::cmp::Reverse(nodes[k].turns));
        kept.truncate(MOST_LABELS);
        kept.sort_unstable();
    }
    kept
}

/// For each label the one that stands for its person: the fullest name, or the first label of a role.
fn leaders(nodes: &[Node], kept: &[usize]) -> Vec<Option<usize>> {
    let mut leaders = vec![None; nodes.len()];
    for &k in kept {
        let node = &nodes[k];
        let leader = match node.role {
            Some(role) => kept.iter().copied().find(|&o| nodes[o].role == Some(role)),
            None => {
                let mut fuller =
                    kept.iter().copied().filter(|&o| o != k && nodes[o].role.is_none() && holds(&nodes[o], node));
                // Two Smiths: neither is meant for sure.
                let first = fuller.next();
                let unique = first.is_some_and(|f| fuller.all(|o| holds(&nodes[f], &nodes[o])));
                first.filter(|_| unique)
            }
        };
        leaders[k] = Some(leader.unwrap_or(k));
    }
    // A part of a part: one step more reaches the whole name. Names of equal parts point at each other; the first leads.
    let step = leaders.clone();
    for slot in &mut leaders {
        let Some(k) = *slot else { continue };
        let next = step[k].unwrap_or(k);
        *slot = Some(if step[next] == Some(k) { k.min(next) } else { next });
    }
    leaders
}

/// Whether `full` is a fuller form of `node`, or announces it.
fn holds(full: &Node, node: &Node) -> bool {
    let announced = full.short.as_ref().is_some_and(|s| s.whole == node.name.whole);
    let explicit = full.other.as_ref().is_some_and(|o| o.whole == node.name.whole);
    let same_other = matches!((&full.other, &node.other), (Some(a), Some(b)) if a.parts == b.parts);
    let clash = matches!((&full.other, &node.other), (Some(a), Some(b)) if a.contradicts(b));
    !clash && (announced || explicit || same_other || full.name.covers(&node.name))
}

/// How well two speakers fit, 0 to 1, and by what; `None` where they cannot be one.
pub(super) fn compare(en: &Person, zh: &Person, pinyin: &Pinyin<'_>) -> Option<(f64, Reason)> {
    if let (Some(a), Some(b)) = (en.role, zh.role) {
        return match a == b {
            true => Some((0.9, Reason::Role)),
            false => (a.asks() && b.asks()).then_some((0.65, Reason::Role)),
        };
    }
    if en.role.is_some() || zh.role.is_some() {
        // Named on one side only: position may tell.
        return Some((0.0, Reason::Position));
    }
    if en.office_only && zh.office_only {
        // Labels with nothing but an office: CEO and 首席执行官.
        return (en.offices & zh.offices != 0).then_some((0.9, Reason::Role));
    }
    let explicit =
        pairs(&en.names, &zh.others).chain(pairs(&en.others, &zh.names)).chain(pairs(&en.others, &zh.others));
    let explicit: Vec<f64> = explicit.filter(|(a, b)| a.han == b.han).map(|(a, b)| identity(a, b)).collect();
    if let Some(best) = best(explicit.iter().copied()) {
        if best >= SLIP {
            // The short form alone is not what the pair says, but what it leads to.
            return Some((best, Reason::ExplicitPair));
        }
        // The label names somebody else.
        return None;
    }
    let mut found = (0.0, Reason::Position);
    for (a, b) in pairs(&en.names, &zh.names) {
        let (score, reason) = match a.han == b.han {
            true => (identity(a, b), Reason::Identical),
            false => {
                let short = zh.short && zh.names.len() > 1;
                (0.96 * alike(a, b, pinyin), if short { Reason::ShortName } else { Reason::Transliteration })
            }
        };
        if score > found.0 {
            found = (score, reason);
        }
    }
    if en.offices & zh.offices != 0 {
        // An office and a likeness of names support each other.
        let both = 1.0 - (1.0 - 0.65) * (1.0 - found.0);
        found = (both, if found.0 > 0.5 { found.1 } else { Reason::Role });
    }
    Some(found)
}

fn pairs<'n>(a: &'n [Name], b: &'n [Name]) -> impl Iterator<Item = (&'n Name, &'n Name)> {
    a.iter().flat_map(move |x| b.iter().map(move |y| (x, y)))
}

fn best(scores: impl Iterator<Item = f64>) -> Option<f64> {
    scores.max_by(f64::total_cmp)
}

/// What a misspelt name is worth: enough for a second label of somebody, less than any label spelled right.
const SLIP: f64 = 0.78;

/// How surely two names of one script are one.
fn identity(a: &Name, b: &Name) -> f64 {
    if a.parts == b.parts {
        0.99
    } else if a.covers(b) || b.covers(a) {
        0.92
    } else if a.is_slip_in(b) || b.is_slip_in(a) {
        SLIP
    } else {
        // Spelled slightly differently; names with nothing but a common beginning stay below.
        let alike = strsim::jaro_winkler(&a.whole, &b.whole);
        if alike >= 0.94 { 0.85 } else { 0.5 * alike }
    }
}
