//! Who is who: the speakers of an English and a Chinese text, matched by what their labels say, by sound, and by who
//! stands where in the sequence of turns.

mod name;
mod order;
mod person;
mod role;

pub use person::Reason;
pub use role::Role;

use rustc_hash::FxHashMap;
use serde::Serialize;

use crate::document::Label;
use crate::text::is_han;
use name::{Pinyin, normal};
use person::Person;

/// One person, or one role, with all labels that mean them.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[non_exhaustive]
pub struct Speaker {
    /// Names of the English labels, in order of appearance; empty if the English text does not have the speaker.
    pub en: Vec<String>,
    /// Names of the Chinese labels, likewise.
    pub zh: Vec<String>,
    /// The fullest name in English: from a label, or from the brackets of a Chinese one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub name_en: Option<String>,
    /// The fullest name in Chinese, likewise.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub name_zh: Option<String>,
    /// What the labels name instead of a person: moderator, audience …
    #[serde(skip_serializing_if = "Option::is_none")]
    pub role: Option<Role>,
    /// Titles that labels give, English before Chinese, in order of appearance: `CEO`, `首席执行官`.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub titles: Vec<String>,
    /// How sure the match is, 0 to 1; for a speaker of one side, how sure it is that the other side has no such.
    pub confidence: f64,
    /// Why; `None` for a speaker of one side.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub reason: Option<Reason>,
}

/// The speakers of two texts.
#[derive(Clone, Debug, Default)]
pub struct Roster {
    speakers: Vec<Speaker>,
    en: FxHashMap<String, usize>,
    zh: FxHashMap<String, usize>,
}

/// Below this, two names only happen to be a little alike.
const LEAST: f64 = 0.62;
/// What is enough where most others have their match, and two at least, and by how much the next likeliest must be less.
const FEWEST_MATCHED: usize = 2;
const LEAST_LEFT: f64 = 0.4;
const LEAST_LEAD: f64 = 0.15;
/// What a second label of a speaker must reach to be taken for one.
const LEAST_VARIANT: f64 = 0.75;
/// How alike a second label and the first are spelled (Jaro–Winkler): a slip of the pen, not another name.
const LEAST_SLIP: f64 = 0.9;
/// Names less alike than this are of different people.
const MOST_DIFFERENT: f64 = 0.45;
/// How sure a speaker is absent from the other side whose names all mean others.
const ABSENT: f64 = 0.8;

/// The number of turns from which on numbers of turns are compared, and the greatest ratio between those of one
/// speaker. The label of a header does not match somebody who speaks all the time.
const FEW_TURNS: usize = 10;
const MOST_UNEVEN: usize = 10;

fn is_uneven(a: usize, b: usize) -> bool {
    a.max(b) >= FEW_TURNS && a.max(b) > MOST_UNEVEN * a.min(b)
}

impl Speaker {
    /// Whether both texts name this speaker by the role of the one person who leads them: the moderator of a call, the
    /// interviewer of an interview.
    fn leads(&self) -> bool {
        self.reason == Some(Reason::Role) && matches!(self.role, Some(Role::Moderator | Role::Interviewer))
    }
}

impl Roster {
    /// Matches the speakers of two texts by the labels of their turns, in order, each as often as it occurs.
    /// `pinyin` gives the reading of a character without tone (安 → `an`).
    pub fn new<'a>(en: &[&Label], zh: &[&Label], pinyin: &dyn Fn(char) -> Option<&'a str>) -> Roster {
        let (people_en, turns_en) = person::people(en);
        let (people_zh, turns_zh) = person::people(zh);
        let pinyin = |c: char| pinyin(crate::text::fold_char(c));
        let table = Table::new(&people_en, &people_zh, &pinyin);
        let uneven = |i: usize, j: usize| is_uneven(people_en[i].turns, people_zh[j].turns);
        let mut found = table.assign(&|i, j, reason| reason != Reason::Role || !uneven(i, j));
        for (i, j, share) in order::pairs(&turns_en, &turns_zh, &found.of_en, people_zh.len()) {
            if found.of_en[i].is_none() && found.of_zh[j].is_none() && table.at(i, j).is_some() {
                // The share of turns that agree, kept below what a name is worth.
                found.add(i, j, 0.3 + 0.5 * share, Reason::Position);
            }
        }
        table.assign_rest(&mut found);
        table.assign_more(&mut found, &|_, _, _| true);
        let mut roster = Roster::default();
        for &(i, j, confidence, reason) in &found.matches {
            roster.push(&people_en[i..=i], &people_zh[j..=j], confidence, Some(reason));
        }
        roster.add_variants(&table, &found, &people_en, &people_zh);
        roster.add_absent(&table, &found, &people_en, &people_zh);
        roster
    }

    fn push(&mut self, en: &[Person], zh: &[Person], confidence: f64, reason: Option<Reason>) {
        let id = self.speakers.len();
        for (people, ids) in [(en, &mut self.en), (zh, &mut self.zh)] {
            for label in people.iter().flat_map(|p| &p.labels) {
                ids.insert(normal(label), id);
            }
        }
        let labels = |people: &[Person]| people.iter().flat_map(|p| p.labels.iter().cloned()).collect();
        let both = || en.iter().chain(zh);
        let mut titles: Vec<String> = Vec::new();
        for title in both().flat_map(|p| &p.titles) {
            if !titles.contains(title) {
                titles.push(title.clone());
            }
        }
        self.speakers.push(Speaker {
            name_en: fullest(en, zh, false),
            name_zh: fullest(zh, en, true),
            role: both().find_map(|p| p.role),
            titles,
            en: labels(en),
            zh: labels(zh),
            confidence,
            reason,
        });
    }

    /// Labels left over that mean a speaker who has a match already: misspelt ones, second forms.
    fn add_variants(&mut self, table: &Table, found: &Assignment, en: &[Person], zh: &[Person]) {
        for (i, person) in en.iter().enumerate().filter(|&(i, _)| found.of_en[i].is_none()) {
            let fits = |&(partner, j, _, _): &&(usize, usize, f64, Reason)| {
                table.at(i, *j).is_some_and(|(s, _)| s >= LEAST_VARIANT) && person.is_slip_of(&en[*partner], LEAST_SLIP)
            };
            // Nothing else that the label could mean, and hardly a difference: no likeness of sounds is needed.
            let misspelt = |&(partner, j, _, _): &&(usize, usize, f64, Reason)| {
                person.named() && table.at(i, *j).is_some() && person.is_misspelt(&en[*partner])
            };
            if let Some(&(_, j, _, _)) = found.matches.iter().find(fits).or_else(|| found.matches.iter().find(misspelt))
                && let Some(&id) = zh[j].labels.first().and_then(|l| self.zh.get(&normal(l)))
            {
                self.join(id, person, true);
            }
        }
        for (j, person) in zh.iter().enumerate().filter(|&(j, _)| found.of_zh[j].is_none()) {
            let fits = |&(i, partner, _, _): &&(usize, usize, f64, Reason)| {
                table.at(*i, j).is_some_and(|(s, _)| s >= LEAST_VARIANT)
                    && (person.sounds_like(&zh[*partner]) || person.is_other_script(&zh[*partner]))
            };
            if let Some(&(i, _, _, _)) = found.matches.iter().find(fits)
                && let Some(&id) = en[i].labels.first().and_then(|l| self.en.get(&normal(l)))
            {
                self.join(id, person, false);
            }
        }
    }

    fn join(&mut self, id: usize, person: &Person, english: bool) {
        let Some(speaker) = self.speakers.get_mut(id) else { return };
        let (ids, labels) = if english { (&mut self.en, &mut speaker.en) } else { (&mut self.zh, &mut speaker.zh) };
        for label in &person.labels {
            ids.insert(normal(label), id);
            labels.push(label.clone());
        }
    }

    /// Speakers whom the other side cannot have: each of its speakers contradicts them or is matched with somebody
    /// unlike them.
    fn add_absent(&mut self, table: &Table, found: &Assignment, en: &[Person], zh: &[Person]) {
        // The person who leads both texts is nobody else. Any speaker may have another role.
        let open = |p: &Person, matched: bool| p.is_open() && !(matched && p.role == Some(Role::Moderator));
        for (i, person) in en.iter().enumerate() {
            let known = person.labels.first().is_some_and(|l| self.en.contains_key(&normal(l)));
            let other =
                |j: usize| !open(&zh[j], found.of_zh[j].is_some()) && table.rules_out(i, j, found.of_zh[j].is_some());
            if !known && person.named() && !zh.is_empty() && (0..zh.len()).all(other) {
                self.push(&en[i..=i], &[], ABSENT, None);
            }
        }
        for (j, person) in zh.iter().enumerate() {
            let known = person.labels.first().is_some_and(|l| self.zh.contains_key(&normal(l)));
            let other =
                |i: usize| !open(&en[i], found.of_en[i].is_some()) && table.rules_out(i, j, found.of_en[i].is_some());
            if !known && person.named() && !en.is_empty() && (0..en.len()).all(other) {
                self.push(&[], &zh[j..=j], ABSENT, None);
            }
        }
    }

    /// All speakers that are known on both sides or known to be on one only; a speaker's id is the index here, from 0.
    pub fn speakers(&self) -> &[Speaker] {
        &self.speakers
    }

    /// Id of the speaker that an English label means; `None` where that is not known.
    pub fn speaker_id_en(&self, label: &Label) -> Option<usize> {
        self.en.get(&normal(&label.name)).copied()
    }

    /// Id of the speaker that a Chinese label means; `None` where that is not known.
    pub fn speaker_id_zh(&self, label: &Label) -> Option<usize> {
        self.zh.get(&normal(&label.name)).copied()
    }

    /// Whether a speaker is a role that anybody may have.
    pub(crate) fn is_open(&self, id: usize) -> bool {
        let asker = |s: &Speaker| s.en.iter().chain(&s.zh).any(|label| role::is_asker(&normal(label)));
        self.speakers.get(id).is_some_and(|s| !s.leads() && (s.role.is_some() || asker(s)))
    }

    /// Whether two different speakers may be one person: a role does not say who has it. But only one person leads both
    /// texts.
    fn may_share(&self, a: usize, b: usize) -> bool {
        let speaker = |id: usize| self.speakers.get(id);
        match (speaker(a).and_then(|s| s.role), speaker(b).and_then(|s| s.role)) {
            (Some(p), Some(q)) => p.asks() && q.asks(),
            _ => {
                let leads = |id: usize| speaker(id).is_some_and(Speaker::leads);
                !leads(a) && !leads(b) && (self.is_open(a) || self.is_open(b))
            }
        }
    }

    /// Whether two labels mean the same speaker; `None` where that is not known. In a loop, compare the ids instead.
    pub fn same(&self, en: &Label, zh: &Label) -> Option<bool> {
        match (self.speaker_id_en(en), self.speaker_id_zh(zh)) {
            (Some(a), Some(b)) if a == b => Some(true),
            (Some(a), Some(b)) => (!self.may_share(a, b)).then_some(false),
            // One label stands over both where the language changes while somebody speaks.
            _ => (en == zh).then_some(true),
        }
    }
}

/// Whether a label names the role of who leads a call or a meeting: Operator, 主持人.
pub fn is_moderator(label: &Label) -> bool {
    role::of(&normal(&label.name)) == Some(role::Role::Moderator)
}

/// The offices that a title or a phrase names, as bits: one for CEO and 首席执行官, and so on.
pub(crate) fn offices(title: &str) -> u32 {
    role::offices(&normal(title))
}

/// The longest name of a script among the labels of one side and the brackets of the other; the first of equally long ones.
fn fullest(own: &[Person], other: &[Person], han: bool) -> Option<String> {
    let given = own.iter().flat_map(|p| &p.labels).chain(other.iter().chain(own).flat_map(|p| &p.other_labels));
    let fits = given.filter(|name| name.chars().any(is_han) == han && !name.trim().is_empty());
    fits.rev().max_by_key(|name| name.chars().count()).cloned()
}

/// How well each English speaker fits each Chinese one.
struct Table {
    /// Row by row; `None` where the labels contradict each other.
    scores: Vec<Option<(f64, Reason)>>,
    rows: usize,
    columns: usize,
}

/// Who has been matched with whom.
struct Assignment {
    matches: Vec<(usize, usize, f64, Reason)>,
    of_en: Vec<Option<usize>>,
    of_zh: Vec<Option<usize>>,
}

impl Assignment {
    fn add(&mut self, i: usize, j: usize, confidence: f64, reason: Reason) {
        self.of_en[i] = Some(j);
        self.of_zh[j] = Some(i);
        self.matches.push((i, j, confidence, reason));
    }
}

impl Table {
    fn new(en: &[Person], zh: &[Person], pinyin: &Pinyin<'_>) -> Table {
        let scores = en.iter().flat_map(|p| zh.iter().map(move |q| person::compare(p, q, pinyin))).collect();
        Table { scores, rows: en.len(), columns: zh.len() }
    }

    fn at(&self, i: usize, j: usize) -> Option<(f64, Reason)> {
        self.scores.get(i * self.columns + j).copied().flatten()
    }

    fn rules_out(&self, i: usize, j: usize, matched: bool) -> bool {
        self.at(i, j).is_none_or(|(score, _)| matched && score < MOST_DIFFERENT)
    }

    /// Speakers left over who sound a little alike, and like nobody else left over.
    fn assign_rest(&self, found: &mut Assignment) {
        let free = |of: &[Option<usize>]| (0..of.len()).filter(|&k| of[k].is_none()).collect::<Vec<_>>();
        let (rows, columns) = (free(&found.of_en), free(&found.of_zh));
        if found.matches.len() < FEWEST_MATCHED.max(rows.len()).max(columns.len()) {
            return;
        }
        let score = |i: usize, j: usize| self.at(i, j).filter(|s| s.1 == Reason::Transliteration).map_or(0.0, |s| s.0);
        for &i in &rows {
            let Some(&j) = columns.iter().max_by(|&&a, &&b| score(i, a).total_cmp(&score(i, b))) else { return };
            let own = score(i, j);
            let rivals = columns.iter().filter(|&&k| k != j).map(|&k| score(i, k));
            let rival = rivals.chain(rows.iter().filter(|&&k| k != i).map(|&k| score(k, j))).fold(0.0, f64::max);
            if own >= LEAST_LEFT && rival + LEAST_LEAD <= own && found.of_zh[j].is_none() {
                found.add(i, j, own, Reason::Transliteration);
            }
        }
    }

    /// The pairs that `may` allows, the best first, each speaker at most once.
    fn assign(&self, may: &dyn Fn(usize, usize, Reason) -> bool) -> Assignment {
        let mut found =
            Assignment { matches: Vec::new(), of_en: vec![None; self.rows], of_zh: vec![None; self.columns] };
        self.assign_more(&mut found, may);
        found
    }

    /// The same for the remaining speakers.
    fn assign_more(&self, found: &mut Assignment, may: &dyn Fn(usize, usize, Reason) -> bool) {
        let cells = (0..self.rows).flat_map(|i| (0..self.columns).map(move |j| (i, j)));
        let mut pairs: Vec<(usize, usize, f64, Reason)> = cells
            .filter_map(|(i, j)| self.at(i, j).map(|(score, reason)| (i, j, score, reason)))
            .filter(|p| p.2 >= LEAST && may(p.0, p.1, p.3))
            .collect();
        // Equal scores: the stronger kind of evidence, then who speaks first (the sort is stable).
        pairs.sort_by(|a, b| b.2.total_cmp(&a.2).then(a.3.cmp(&b.3)));
        for (i, j, score, reason) in pairs {
            if found.of_en[i].is_none() && found.of_zh[j].is_none() {
                found.add(i, j, score, reason);
            }
        }
    }
}
