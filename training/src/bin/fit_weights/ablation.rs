//! What each group of evidence is worth: the second pass fitted again without it.

use duiqi::train::feature::Stage;
use duiqi_training::AnyError;
use duiqi_training::fit::crf::Example;

use crate::figures::pooled;
use crate::sample::GoldDocument;
use crate::stages::{StageFit, all_and_folds};

/// A group's name, and how the names of its features begin.
const GROUPS: [(&str, &[&str]); 13] = [
    ("lengths", &["length_", "null_length", "shortest", "total_log"]),
    ("punctuation", &["differ_", "both_", "comma_ratio", "start_quote", "end_quote", "end_"]),
    ("open quotations", &["quoting_"]),
    ("marks at inner cuts", &["cut_"]),
    ("turns, speakers, paragraphs, headings", &["turn_", "speaker_", "passage_", "heading_"]),
    ("support by the dictionary (first pass)", &["first_support"]),
    ("support by pairs learned from the document", &["support_"]),
    ("neighbours that explain words better (leak)", &["leak_"]),
    ("weakest segment, order of words", &["weakest", "several", "disorder"]),
    ("segments explained worse than is usual in the document", &["lack"]),
    ("best cut inside a bead (splits)", &["split_", "parted"]),
    ("how many null beads the first pass finds", &["rate_"]),
    ("gaps that go on", &["continues_"]),
];

/// Prints a Markdown table: strict F1 and likelihood of each set without each group.
pub fn print(documents: &[GoldDocument], seconds: &[Example]) -> Result<(), AnyError> {
    let names = Stage::Second.names();
    let nothing = StageFit::nothing(names.len());
    let mut header = None;
    for (group, prefixes) in std::iter::once(("nothing", &[][..])).chain(GROUPS) {
        let out: Vec<bool> = names.iter().map(|n| prefixes.iter().any(|p| n.starts_with(p))).collect();
        if !prefixes.is_empty() && !out.contains(&true) {
            return Err(format!("no feature of the group {group:?}").into());
        }
        let examples: Vec<Example> = seconds.iter().map(|e| e.without(&out)).collect();
        let fitted = all_and_folds(documents, &examples, &nothing)?;
        let rows = pooled(documents, &examples, &fitted);
        if header.is_none() {
            let sets: Vec<&str> = rows.iter().map(|(set, _)| *set).collect();
            println!("| left out | features | {} |", sets.join(" | "));
            println!("| --- | ---: |{}", " ---: |".repeat(sets.len()));
            header = Some(());
        }
        let cells: Vec<String> = rows.iter().map(|(_, f)| format!("{:.4} / {:.4}", f.f1(), f.likelihood())).collect();
        println!("| {group} | {} | {} |", out.iter().filter(|o| **o).count(), cells.join(" | "));
    }
    Ok(())
}
