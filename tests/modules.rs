//! The modules of the crate stand in one order, and none uses one that stands behind it.
// The helpers of a test fail like the test itself.
#![allow(clippy::unwrap_used)]

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;

#[allow(dead_code)]
#[path = "public/source.rs"]
mod source;

/// The order, from what knows nothing to what knows all: bytes, segments, anchors, the form of a result, evidence of single
/// words, beads and their features, the choice of beads, writers and scores. `lang` stands before `error` because errors name
/// languages; `alignment` before `passes` because its sides are what the passes read; `lattice` before `feature` because
/// features belong to the beads of a lattice.
const ORDER: [&str; 22] = [
    "lang",
    "limits",
    "error",
    "linear",
    "text",
    "lexicon",
    "document",
    "quantity",
    "anchor",
    "alignment",
    "evidence",
    "lattice",
    "feature",
    "encode",
    "passes",
    "article",
    "align",
    "check",
    "write",
    "evaluate",
    "train",
    "lib",
];

/// For each module the modules of the crate that its source names, with the place where it does.
fn uses() -> BTreeMap<String, Vec<(String, String)>> {
    let src = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let mut found = BTreeMap::new();
    for entry in fs::read_dir(&src).unwrap().map(Result::unwrap) {
        let name = entry.file_name().into_string().unwrap();
        if name == "bin" {
            // The command is another crate: it sees public items only.
            continue;
        }
        let module = name.trim_end_matches(".rs").to_owned();
        let uses = files(&entry.path()).into_iter().flat_map(|file| {
            let text = fs::read_to_string(&file).unwrap();
            let at = file.strip_prefix(&src).unwrap().display().to_string();
            named(&code(&text)).into_iter().map(move |used| (used, at.clone()))
        });
        found.insert(module, uses.collect());
    }
    found
}

/// The Rust files at or below a path.
fn files(path: &Path) -> Vec<std::path::PathBuf> {
    if path.is_dir() {
        return fs::read_dir(path).unwrap().flat_map(|e| files(&e.unwrap().path())).collect();
    }
    if path.extension().is_some_and(|e| e == "rs") { vec![path.to_owned()] } else { Vec::new() }
}

/// A source without comments (documentation may point anywhere) and without its tests, which stand last in each file.
fn code(text: &str) -> String {
    let kept = text.lines().take_while(|l| *l != "#[cfg(test)]").map(|l| l.split("//").next().unwrap_or_default());
    kept.collect::<Vec<_>>().join("\n")
}

/// What follows each `crate::`: one name, or the first names inside braces.
fn named(code: &str) -> BTreeSet<String> {
    let name = |text: &str| text.chars().take_while(|c| c.is_alphanumeric() || *c == '_').collect::<String>();
    let mut found = BTreeSet::new();
    for (at, _) in code.match_indices("crate::") {
        let rest = &code[at + "crate::".len()..];
        match rest.strip_prefix('{') {
            None => {
                found.insert(name(rest));
            }
            Some(list) => {
                let (mut depth, mut start) = (1, true);
                for (k, c) in list.char_indices() {
                    match c {
                        '{' => depth += 1,
                        '}' => depth -= 1,
                        ',' if depth == 1 => start = true,
                        c if start && !c.is_whitespace() => {
                            found.insert(name(&list[k..]));
                            start = false;
                        }
                        _ => {}
                    }
                    if depth == 0 {
                        break;
                    }
                }
            }
        }
    }
    found
}

#[test]
fn modules_use_only_what_stands_before_them() {
    let place = |module: &str| ORDER.iter().position(|m| *m == module);
    let mut wrong = Vec::new();
    for (module, uses) in uses() {
        let Some(own) = place(&module) else {
            wrong.push(format!("{module} has no place in the order; give it one"));
            continue;
        };
        // `crate::$module` in a macro names nothing.
        for (used, file) in uses.into_iter().filter(|(used, _)| *used != module && !used.is_empty()) {
            match place(&used) {
                Some(at) if at < own => {}
                Some(_) => wrong.push(format!("src/{file}: {module} uses {used}, which stands behind it")),
                None => wrong.push(format!("src/{file}: crate::{used} is no module; name it by its module")),
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn uses_are_found() {
    let text = "use crate::text::{Lang, Source};\n// crate::write\nuse crate::{\n    document::{Label, sentence::{a, b}},\n    anchor,\n};\n\
                fn f() -> crate::error::Result<()> {}\n#[cfg(test)]\nmod tests { use crate::align; }\n";
    assert_eq!(named(&code(text)).into_iter().collect::<Vec<_>>(), ["anchor", "document", "error", "text"]);
    // A crate whose modules used nothing of each other would make the other test empty.
    let all = uses();
    assert!(
        all["align"].iter().any(|(used, _)| used == "passes") && all["text"].iter().any(|(used, _)| used == "error")
    );
}

/// Circles of files that are still there. None may come or grow; one that is gone leaves this list.
#[rustfmt::skip]
const CIRCLES: [&str; 14] = [
    "alignment alignment::pair alignment::rules",
    "anchor::names anchor::names::compare anchor::names::find anchor::names::spans",
    "article::score article::window",
    "document document::build document::format document::label document::label::evidence document::label::inline \
     document::label::leftover document::label::line document::label::name document::label::person document::label::series \
     document::label::shape document::paired document::paired::delimited document::paired::properties \
     document::paired::records document::paired::tmx document::paired::unit document::paired::xliff document::reader \
     document::timed document::timed::ass document::timed::dialect document::timed::markup document::timed::records \
     document::timed::rolling document::timed::srt document::timed::ttml document::timed::vtt document::unread",
    "document::bilingual document::bilingual::alternate document::bilingual::split",
    "document::sentence document::sentence::abbreviation document::sentence::chinese document::sentence::english \
     document::sentence::letter document::sentence::list document::sentence::mark document::sentence::style",
    "feature feature::lexical feature::shape feature::split feature::structure",
    "quantity quantity::chinese quantity::chinese::arabic quantity::chinese::numeral quantity::chinese::vocabulary \
     quantity::draft quantity::english quantity::locale",
    "quantity::english::fraction quantity::english::numeral",
    "quantity::english::token quantity::english::vocabulary",
    "text::docx text::docx::body text::docx::package text::docx::styles text::source",
    "write::report write::report::columns write::report::data write::report::map write::report::notes write::report::rows",
    "write::subtitle write::subtitle::deal write::subtitle::places write::subtitle::screen",
    "write::subtitle::ass write::subtitle::form",
];

/// The groups of files of one folder that use each other in a circle: what each defines, not what it passes on.
fn circles() -> Vec<String> {
    let edges = source::Crate::read(&Path::new(env!("CARGO_MANIFEST_DIR")).join("src")).edges();
    let reach = |from: &Vec<String>| {
        let mut seen = BTreeSet::new();
        let mut open = vec![from.clone()];
        while let Some(module) = open.pop() {
            // The order of the folders is the other test's.
            let inside = edges.get(&module).into_iter().flatten().filter(|to| to.first() == from.first());
            open.extend(inside.filter(|&to| seen.insert(to.clone())).cloned());
        }
        seen
    };
    let reached: BTreeMap<_, _> = edges.keys().map(|module| (module, reach(module))).collect();
    let circle = |module: &Vec<String>| -> Vec<String> {
        let both = reached[module].iter().filter(|to| reached.get(to).is_some_and(|back| back.contains(module)));
        both.map(|m| m.join("::")).collect()
    };
    let found: BTreeSet<Vec<String>> = edges.keys().map(circle).filter(|c| c.len() > 1).collect();
    found.into_iter().map(|files| files.join(" ")).collect()
}

#[test]
fn files_of_a_folder_use_each_other_in_one_direction() {
    let known = |circle: &str| CIRCLES.iter().any(|c| circle.split(' ').all(|file| c.split(' ').any(|f| f == file)));
    let new: Vec<String> = circles().into_iter().filter(|circle| !known(circle)).collect();
    assert!(new.is_empty(), "files that use each other in a circle:\n{}", new.join("\n"));
    assert!(circles().len() >= CIRCLES.len(), "a circle is gone; take it off the list");
}
