//! `THIRD-PARTY.md` lists the crates that the command is built from, with their licences. With `DUIQI_BLESS=1` it is written anew.
// The helpers of a test fail like the test itself.
#![allow(clippy::unwrap_used)]

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;
use std::path::Path;
use std::process::Command;

use serde_json::Value;

const HEAD: &str = "# Licences\n\n\
    The code of duiqi, its weights and the texts in `data/` are MIT OR Apache-2.0 (`LICENSE-MIT`, `LICENSE-APACHE`). The crate\n\
    `duiqi-lexicon` in `data/lexicon/` is CC-BY-SA-4.0: it holds a dictionary and a table of transcriptions that are adaptations of\n\
    CC-CEDICT and wordfreq; its README names the sources. A program that is built with the library carries these files inside.\n\n\
    ## Crates\n\n\
    What the command is built from, on any platform, with the licences that each crate states; the library alone uses the part that is\n\
    marked. Each crate's own files hold the texts. Made by `DUIQI_BLESS=1 cargo test --test licences`; `deny.toml` says which licences\n\
    are allowed.\n\n\
    | crate | version | licence | library |\n| --- | --- | --- | --- |\n";

/// What cargo knows of the dependencies with these arguments; `None` where it does not have all of them at hand.
fn metadata(arguments: &[&str]) -> Option<Value> {
    let output = Command::new(env!("CARGO"))
        .args(["metadata", "--offline", "--locked", "--format-version", "1"])
        .args(arguments)
        .current_dir(Path::new(env!("CARGO_MANIFEST_DIR")))
        .output()
        .unwrap();
    if !output.status.success() {
        let said = String::from_utf8_lossy(&output.stderr).into_owned();
        eprintln!(
            "skipped: run `cargo fetch` to have the list of crates checked ({})",
            said.lines().last().unwrap_or_default()
        );
        return None;
    }
    Some(serde_json::from_slice(&output.stdout).unwrap())
}

/// Crates that are linked in, by id.
fn linked(metadata: &Value) -> BTreeSet<String> {
    let nodes: BTreeMap<&str, &Value> = list(&metadata["resolve"]["nodes"]).map(|n| (word(&n["id"]), n)).collect();
    let root = word(&metadata["resolve"]["root"]).to_owned();
    let (mut found, mut open) = (BTreeSet::new(), vec![root.clone()]);
    while let Some(id) = open.pop() {
        for dep in list(&nodes[id.as_str()]["deps"]).filter(|d| list(&d["dep_kinds"]).any(|k| k["kind"].is_null())) {
            let dep = word(&dep["pkg"]).to_owned();
            if found.insert(dep.clone()) {
                open.push(dep);
            }
        }
    }
    found.remove(&root);
    found
}

fn list(value: &Value) -> impl Iterator<Item = &Value> {
    value.as_array().unwrap().iter()
}

fn word(value: &Value) -> &str {
    value.as_str().unwrap()
}

#[test]
fn the_list_of_crates_is_up_to_date() {
    let (Some(all), Some(bare)) = (metadata(&["--features", "cli"]), metadata(&[])) else { return };
    let (ids, library) = (linked(&all), linked(&bare));
    assert!(library.is_subset(&ids) && library.len() > 20, "{} of {}", library.len(), ids.len());
    let mut rows: Vec<String> = list(&all["packages"])
        .filter(|p| ids.contains(word(&p["id"])))
        .map(|p| {
            let licence =
                p["license"].as_str().unwrap_or_else(|| panic!("{} states no licence", p["name"])).replace('/', " OR ");
            let licence = licence.replace("  ", " ");
            let mark = if library.contains(word(&p["id"])) { "yes" } else { "" };
            format!("| {} | {} | {licence} | {mark} |", word(&p["name"]), word(&p["version"]))
        })
        .collect();
    rows.sort();
    let mut text = HEAD.to_owned();
    rows.iter().for_each(|row| writeln!(text, "{row}").unwrap());
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("THIRD-PARTY.md");
    if std::env::var_os("DUIQI_BLESS").is_some() {
        std::fs::write(&path, &text).unwrap();
    }
    let there = std::fs::read_to_string(&path).unwrap_or_default();
    assert!(there == text, "THIRD-PARTY.md is not up to date: DUIQI_BLESS=1 cargo test --test licences");
}

fn read(file: &str) -> String {
    std::fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join(file)).unwrap()
}

/// Each manifest states the licence of the files beside it, and no crate embeds files with another licence.
#[test]
fn each_crate_states_its_own_licence() {
    for (manifest, licence) in [
        ("Cargo.toml", "MIT OR Apache-2.0"),
        ("data/lexicon/Cargo.toml", "CC-BY-SA-4.0"),
        ("examples/Cargo.toml", "MIT OR Apache-2.0"),
        ("training/Cargo.toml", "MIT OR Apache-2.0"),
    ] {
        assert!(read(manifest).contains(&format!("\nlicense = \"{licence}\"\n")), "{manifest}");
    }
    assert!(read("data/lexicon/LICENSE").contains("Creative Commons Attribution-ShareAlike 4.0 International"));
    let about = read("data/lexicon/README.md");
    for source in ["CC-CEDICT", "wordfreq", "https://creativecommons.org/licenses/by-sa/4.0/", "Changes made"] {
        assert!(about.contains(source), "{source}");
    }
    // Only the crate of the lexicon may embed the files of the lexicon.
    let mut open = vec![Path::new(env!("CARGO_MANIFEST_DIR")).join("src")];
    while let Some(path) = open.pop() {
        if path.is_dir() {
            open.extend(std::fs::read_dir(&path).unwrap().map(|e| e.unwrap().path()));
        } else if path.extension().is_some_and(|e| e == "rs") {
            let text = std::fs::read_to_string(&path).unwrap();
            assert!(!text.contains("data/lexicon/"), "{}", path.display());
        }
    }
}

/// The sources of the library, the command, the lexicon, the training, the examples and the benches forbid unsafe code.
#[test]
fn no_code_is_unsafe() {
    for file in ["src/lib.rs", "src/bin/duiqi/main.rs", "data/lexicon/src/lib.rs", "training/src/lib.rs"] {
        assert!(read(file).contains("#![forbid(unsafe_code)]"), "{file}");
    }
    assert!(
        read("Cargo.toml").contains("unsafe_code = \"forbid\""),
        "the lint holds for examples, tests and benches too"
    );
    for file in ["Cargo.toml", "data/lexicon/Cargo.toml", "examples/Cargo.toml", "training/Cargo.toml"] {
        assert!(read(file).contains("[lints]\nworkspace = true\n"), "{file}");
    }
}
