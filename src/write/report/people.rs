//! Who speaks, one entry a person whatever the labels are.

use rustc_hash::FxHashMap;
use serde::Serialize;

use crate::alignment::Alignment;
use crate::document::{Document, Label, Segment};
use crate::text::Lang;

use crate::write::html_text::shown;

/// Colours of the style sheet.
const HUES: usize = 8;

/// A person for the filter.
#[derive(Serialize)]
pub(super) struct Person {
    names: Vec<String>,
    /// Segments that they say, of both sides.
    segments: usize,
}

/// The label before what somebody says.
#[derive(Serialize)]
pub(super) struct Who {
    name: String,
    /// The name in the other language, title, time.
    more: Vec<String>,
    hue: usize,
}

pub(super) struct People {
    list: Vec<Person>,
    index: FxHashMap<(Lang, String), usize>,
}

impl People {
    pub(super) fn new(alignment: &Alignment) -> People {
        let mut people = People { list: Vec::new(), index: FxHashMap::default() };
        for speaker in alignment.speakers() {
            let full = |name: &Option<String>, all: &[String]| name.clone().or_else(|| all.first().cloned());
            let names = [full(&speaker.name_en, &speaker.en), full(&speaker.name_zh, &speaker.zh)];
            let mut names: Vec<String> = names.into_iter().flatten().map(|n| shown(&n)).collect();
            names.dedup();
            for (lang, all) in [(Lang::En, &speaker.en), (Lang::Zh, &speaker.zh)] {
                people.index.extend(all.iter().map(|name| ((lang, name.clone()), people.list.len())));
            }
            people.list.push(Person { names, segments: 0 });
        }
        people
    }

    /// The person whom a label names.
    fn of(&mut self, lang: Lang, label: &Label) -> usize {
        let list = &mut self.list;
        *self.index.entry((lang, label.name.clone())).or_insert_with(|| {
            list.push(Person { names: vec![shown(&label.name)], segments: 0 });
            list.len() - 1
        })
    }

    /// Who says a segment, where that is known.
    pub(super) fn says(&mut self, lang: Lang, document: &Document, segment: &Segment) -> Option<usize> {
        let person = self.of(lang, document.speaker(segment.index)?);
        self.list[person].segments += 1;
        Some(person)
    }

    /// The label of the turn that begins with a segment of the side.
    pub(super) fn begins(&mut self, lang: Lang, document: &Document, segment: &Segment) -> Option<Who> {
        let turn = document.turns().get(segment.turn?)?;
        let label = turn.label.as_ref().filter(|_| turn.segments.start == segment.index)?;
        let hue = self.of(lang, label) % HUES;
        let time = turn.time.map(clock);
        let more = [&label.other_name, &label.title, &time].into_iter().flatten().map(|m| shown(m)).collect();
        Some(Who { name: shown(&label.name), more, hue })
    }

    /// All who say something.
    pub(super) fn list(&self) -> &[Person] {
        &self.list
    }
}

/// Seconds as `1:02:03` or `2:03`.
fn clock(seconds: f64) -> String {
    let all = seconds.max(0.0) as u64;
    let (hours, minutes, seconds) = (all / 3600, all / 60 % 60, all % 60);
    if hours > 0 { format!("{hours}:{minutes:02}:{seconds:02}") } else { format!("{minutes}:{seconds:02}") }
}
