//! A group of sentences with other numbers, words and names in it, the same on both sides.

use std::ops::Range;

use duiqi::train::{
    anchor::{Mention, mentions, shared},
    lexicon::{Lexicon, Stems},
    text::is_han,
};
use duiqi::{AnchorKind, Lang};

use super::random::Random;
use super::source::Group;
use super::words::{Pair, Words, invent_name};

/// Units whose numbers are bound: there is no month 70.
const BOUND: [&str; 2] = ["date", "time"];
/// Share of words that are exchanged where both sides have one.
const EXCHANGED: f64 = 0.7;
/// Share of exchanged words that become names of the section's cast.
const NAMES: f64 = 0.15;
/// Share of exchanged words that are exchanged on one side only: translators are free.
const FREE: f64 = 0.1;

/// A part of a sentence.
#[derive(Clone, Debug)]
struct Place {
    sentence: usize,
    range: Range<usize>,
}

/// A group, and what can be changed in it.
#[derive(Clone, Debug)]
pub struct Template {
    pub group: Group,
    /// Words that translate each other, English and Chinese.
    slots: Vec<[Place; 2]>,
    /// Numbers in digits that both sides state, on each side.
    numbers: [Vec<Place>; 2],
}

impl Template {
    pub fn new(group: Group, lexicon: &Lexicon, words: &Words) -> Template {
        let numbers = numbers(&group);
        let slots = slots(&group, lexicon, words, &numbers);
        Template { group, slots, numbers }
    }

    /// The group with other words; `cast` are the names of the section.
    pub fn vary(&self, words: &Words, cast: &[Pair], random: &mut Random) -> Group {
        let digits = random.digits();
        let mut edits: [Vec<(&Place, String)>; 2] = Default::default();
        for (side, texts) in [&self.group.en, &self.group.zh].into_iter().enumerate() {
            for place in &self.numbers[side] {
                let changed = texts[place.sentence][place.range.clone()].chars();
                let changed = changed.map(|c| c.to_digit(10).map_or(c, |d| char::from(digits[d as usize])));
                edits[side].push((place, changed.collect()));
            }
        }
        for [en, zh] in &self.slots {
            if !random.chance(EXCHANGED) {
                continue;
            }
            let pair = if random.chance(NAMES) { cast[random.below(cast.len())].clone() } else { words.draw(random) };
            if !random.chance(FREE) {
                edits[0].push((en, pair.0));
            }
            edits[1].push((zh, pair.1));
        }
        let [en, zh] = edits;
        let verses = self.group.verses.clone();
        Group { en: edited(&self.group.en, en), zh: edited(&self.group.zh, zh), verses }
    }
}

/// From the last place to the first, so that the places stay where they are.
fn edited(texts: &[String], mut edits: Vec<(&Place, String)>) -> Vec<String> {
    edits.sort_by_key(|(place, _)| std::cmp::Reverse((place.sentence, place.range.start)));
    let mut texts = texts.to_vec();
    for (place, new) in edits {
        texts[place.sentence].replace_range(place.range.clone(), &new);
    }
    texts
}

fn numbers(group: &Group) -> [Vec<Place>; 2] {
    let found = |texts: &[String], lang| -> Vec<(usize, Mention)> {
        let of = |(k, text): (usize, &String)| mentions(text, lang).into_iter().map(move |m| (k, m));
        texts.iter().enumerate().flat_map(of).collect()
    };
    let (en, zh) = (found(&group.en, Lang::En), found(&group.zh, Lang::Zh));
    let only = |of: &[(usize, Mention)]| -> Vec<Mention> { of.iter().map(|(_, m)| m.clone()).collect() };
    let in_digits = |(k, mention): &(usize, Mention), texts: &[String]| {
        mention.kind == AnchorKind::Number
            && mention.quantity.is_some()
            && !mention.unit().is_some_and(|u| BOUND.contains(&u))
            && texts[*k][mention.range.clone()].contains(|c: char| c.is_ascii_digit())
    };
    let mut places: [Vec<Place>; 2] = Default::default();
    for (a, b) in shared(&only(&en), &only(&zh)) {
        if in_digits(&en[a], &group.en) && in_digits(&zh[b], &group.zh) {
            for (side, (k, mention)) in [&en[a], &zh[b]].into_iter().enumerate() {
                places[side].push(Place { sentence: *k, range: mention.range.clone() });
            }
        }
    }
    places
}

/// Words of both sides that translate each other and stand in no number, each taken once.
fn slots(group: &Group, lexicon: &Lexicon, words: &Words, numbers: &[Vec<Place>; 2]) -> Vec<[Place; 2]> {
    let free = |side: usize, place: &Place| {
        let meets = |n: &Place| {
            n.sentence == place.sentence && n.range.start < place.range.end && place.range.start < n.range.end
        };
        !numbers[side].iter().any(meets)
    };
    let mut stems = Stems::default();
    let mut english: Vec<(Place, String)> = Vec::new();
    for (k, text) in group.en.iter().enumerate() {
        for range in runs(text, |c| c.is_ascii_alphabetic()) {
            let place = Place { sentence: k, range };
            if free(0, &place) {
                let word = text[place.range.clone()].to_ascii_lowercase();
                english.push((place, stems.stem(&word).to_owned()));
            }
        }
    }
    let mut slots = Vec::new();
    for (k, text) in group.zh.iter().enumerate() {
        for run in runs(text, is_han) {
            let mut start = run.start;
            for word in lexicon.cut(&text[run]) {
                let place = Place { sentence: k, range: start..start + word.len() };
                start += word.len();
                if let Some(at) = english.iter().position(|(_, stem)| words.translates(word, stem))
                    && free(1, &place)
                {
                    slots.push([english.remove(at).0, place]);
                }
            }
        }
    }
    slots
}

/// The longest ranges of characters of a kind.
fn runs(text: &str, of_kind: impl Fn(char) -> bool) -> Vec<Range<usize>> {
    let mut found: Vec<Range<usize>> = Vec::new();
    for (at, c) in text.char_indices().filter(|(_, c)| of_kind(*c)) {
        let end = at + c.len_utf8();
        match found.last_mut() {
            Some(run) if run.end == at => run.end = end,
            _ => found.push(at..end),
        }
    }
    found
}

/// The cast of a section.
pub fn cast(random: &mut Random) -> Vec<Pair> {
    const CAST: usize = 4;
    (0..CAST).map(|_| invent_name(random)).collect()
}
