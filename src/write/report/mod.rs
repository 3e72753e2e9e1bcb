//! The report: a page of its own that shows an alignment side by side, with what [`crate::check`] finds in its margin.
//!
//! Rows are rendered here, so that the page reads without scripts; the scripts only filter, search, step and mend. What they
//! must know besides stands in a block of JSON.

mod columns;
mod data;
mod map;
mod marks;
mod notes;
mod people;
mod rows;
mod sides;

use std::io::{self, Write};

use minijinja::value::Serde;
use minijinja::{AutoEscape, Environment, Value, context};
use serde::Serialize;

use crate::alignment::{Alignment, Relation, file_name};
use crate::check::{Finding, Severity, check};
use crate::text::Lang;

use super::html_text::{percent, shown};
use marks::Marks;
use notes::Notes;
use people::People;
use sides::Sides;

const TEMPLATE: &str = include_str!("../html/report.html");
const STYLE: &str = include_str!("../html/report.css");
/// In the order in which they build on each other.
const SCRIPTS: [&str; 6] = [
    include_str!("../html/report.js"),
    include_str!("../html/filter.js"),
    include_str!("../html/search.js"),
    include_str!("../html/mend.js"),
    include_str!("../html/map.js"),
    include_str!("../html/keys.js"),
];

/// Below this a pair is unsure, as in the table.
const UNSURE: f64 = 0.7;
/// From here on it is sure: of beads above .9 nearly all are right.
const SURE: f64 = 0.9;

/// What the page shows first.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum View {
    /// All pairs.
    All,
    /// Those with findings.
    Findings,
}

/// The report of an alignment with all that [`check`] finds in it.
pub(super) fn write(alignment: &Alignment, out: &mut dyn Write) -> io::Result<()> {
    write_with(alignment, &check(alignment), View::All, out)
}

/// The report with these findings.
pub(super) fn write_with(
    alignment: &Alignment,
    findings: &[Finding],
    view: View,
    out: &mut dyn Write,
) -> io::Result<()> {
    let mut environment = Environment::new();
    environment.set_auto_escape_callback(|_| AutoEscape::Html);
    let template = environment.template_from_str(TEMPLATE).map_err(io::Error::other)?;
    let page = template.render(page(alignment, findings, view)?).map_err(io::Error::other)?;
    out.write_all(page.as_bytes())?;
    out.write_all(b"\n")
}

fn page(alignment: &Alignment, findings: &[Finding], view: View) -> io::Result<Value> {
    let sides = Sides::new(alignment);
    let marks = Marks::new(alignment, findings);
    let notes = Notes::new(alignment, &sides, findings);
    let mut people = People::new(alignment);
    let comparable = alignment.relation() == Relation::Comparable;
    let (rows, columns) = if comparable {
        (Vec::new(), columns::columns(alignment, &sides, &marks, &notes, &mut people))
    } else {
        (rows::rows(alignment, &sides, &marks, &notes, &mut people), Vec::new())
    };
    let data = data::json(alignment, &columns)?;
    Ok(context! {
        rows => Value::from(Serde(&rows)),
        columns => Value::from(Serde(&columns)),
        people => Value::from(Serde(people.list())),
        kinds => Value::from(Serde(&notes.kinds())),
        names => Value::from(Serde(&names(alignment))),
        counts => Value::from(Serde(&Counts::of(alignment, findings))),
        map => Value::from(Serde(&map::map(alignment, findings))),
        percent => percent(alignment.confidence()),
        level => level(alignment.confidence()),
        comparable,
        asked => alignment.detected() != alignment.relation(),
        findings_first => view == View::Findings,
        data => Value::from_safe_string(data),
        style => Value::from_safe_string(STYLE.to_owned()),
        script => Value::from_safe_string(SCRIPTS.concat()),
    })
}

/// A side for the head of its column.
#[derive(Serialize)]
struct Name {
    code: &'static str,
    lang: &'static str,
    language: &'static str,
    /// Without its folders, unless both sides would be called the same.
    name: String,
    path: String,
}

/// The sides, the caller's first one before the other.
fn langs(alignment: &Alignment) -> [Lang; 2] {
    [alignment.first(), alignment.first().other()]
}

fn names(alignment: &Alignment) -> [Name; 2] {
    let path = |lang: Lang| alignment.side(lang).document.source().name();
    let [a, b] = [path(Lang::En), path(Lang::Zh)];
    let short = a == b || file_name(a) != file_name(b);
    langs(alignment).map(|lang| Name {
        code: lang.code(),
        lang: tag(alignment, lang),
        language: match lang {
            Lang::En => "English",
            Lang::Zh => "中文",
        },
        name: shown(if short { file_name(path(lang)) } else { path(lang) }),
        path: shown(path(lang)),
    })
}

/// The language tag that chooses fonts and line breaking.
fn tag(alignment: &Alignment, lang: Lang) -> &'static str {
    match lang {
        Lang::En => "en",
        Lang::Zh if sides::is_traditional(alignment) => "zh-Hant",
        Lang::Zh => "zh-Hans",
    }
}

#[derive(Default, Serialize)]
struct Counts {
    pairs: usize,
    only_en: usize,
    only_zh: usize,
    moved: usize,
    unsure: usize,
    left_out: usize,
    errors: usize,
    warnings: usize,
    notes: usize,
}

impl Counts {
    fn of(alignment: &Alignment, findings: &[Finding]) -> Counts {
        let severe = |severity| findings.iter().filter(|f| f.severity == severity).count();
        let mut counts = Counts {
            left_out: alignment.left_out(),
            errors: severe(Severity::Error),
            warnings: severe(Severity::Warning),
            notes: severe(Severity::Info),
            ..Counts::default()
        };
        for pair in alignment.pairs() {
            match (pair.en().is_empty(), pair.zh().is_empty()) {
                (false, true) => counts.only_en += 1,
                (true, false) => counts.only_zh += 1,
                _ => counts.pairs += 1,
            }
            counts.moved += usize::from(pair.is_moved());
            counts.unsure += usize::from(pair.confidence() < UNSURE);
        }
        counts
    }
}

/// How sure, in the words of the style sheet.
fn level(confidence: f64) -> &'static str {
    match confidence {
        c if c < UNSURE => "low",
        c if c < SURE => "mid",
        _ => "high",
    }
}
