//! Texts with gold, from which corpora are made.

use std::fs;
use std::path::Path;

use duiqi::Source;
use duiqi::train::evaluate::{TextGold, parse_beads};

/// Sentences that belong together, on either side possibly none.
#[derive(Clone, Debug, Default)]
pub struct Group {
    pub en: Vec<String>,
    pub zh: Vec<String>,
    /// Verses of the sentences, where the text has verses; see [`duiqi::train::evaluate::merge_verses`].
    pub verses: Option<[Vec<String>; 2]>,
}

/// Texts of `data/` that have gold for sentences of both sides. Subtitles have cues instead, the press release has mistakes, and
/// the mixed article does not run in parallel.
const TEXTS: [&str; 4] = ["earnings-call", "interview", "handbook", "webinar"];

/// The groups of each text of `data/`, in order.
pub fn project_texts() -> Vec<Vec<Group>> {
    let groups = |name: &&str| {
        let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("data").join(name).join("gold.tsv");
        let source = Source::from_bytes(name, &fs::read(path).expect(name)).expect(name);
        let gold = TextGold::parse(&source).expect(name);
        let group =
            |row: &duiqi::train::evaluate::TextRow| Group { en: row.en.clone(), zh: row.zh.clone(), verses: None };
        gold.rows().iter().map(group).collect()
    };
    TEXTS.iter().map(groups).collect()
}

/// The groups of a set `001.en`, `001.zh`, `001.gold` (English first), with `001.en.verse` and `001.zh.verse` if there are any.
pub fn read_set(folder: &Path) -> Vec<Group> {
    let read = |name: &str| fs::read_to_string(folder.join(name));
    let lines = |name: &str| -> Vec<String> { read(name).expect(name).lines().map(str::to_owned).collect() };
    let (en, zh) = (lines("001.en"), lines("001.zh"));
    let gold = parse_beads(&Source::from_text("001.gold", &read("001.gold").expect("001.gold"))).expect("001.gold");
    let verses = folder.join("001.en.verse").exists().then(|| [lines("001.en.verse"), lines("001.zh.verse")]);
    let of = |lines: &[String], at: &[usize]| at.iter().map(|&k| lines[k].clone()).collect();
    gold.iter()
        .map(|bead| Group {
            en: of(&en, bead.first()),
            zh: of(&zh, bead.second()),
            verses: verses.as_ref().map(|[a, b]| [of(a, bead.first()), of(b, bead.second())]),
        })
        .collect()
}
