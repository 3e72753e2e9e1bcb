//! Single pairs of sentences with a label: `-` if they agree, or the kind of finding that is right (`number`,
//! `number:slip` …).

use duiqi::{Aligner, Finding, Source, check};
use duiqi_training::AnyError;

use crate::reliability::Reliability;

/// Reads a file of rows (label, English, Chinese), checks each pair alone, and prints precision and recall of findings
/// on numbers.
pub fn run(path: &str, list: bool, reliability: &mut Reliability) -> Result<(), AnyError> {
    let text = std::fs::read_to_string(path).map_err(|e| format!("{path}: {e}"))?;
    let aligner = Aligner::builder().build()?;
    let (mut right, mut wrong, mut missed, mut pairs) = (0, 0, 0, 0);
    for line in text.lines().filter(|l| !l.starts_with('#') && !l.trim().is_empty()) {
        let mut cells = line.split('\t');
        let (Some(label), Some(en), Some(zh)) = (cells.next(), cells.next(), cells.next()) else {
            return Err(format!("{path}: a row needs a label, an English and a Chinese sentence: {line}").into());
        };
        if en.is_empty() || zh.is_empty() {
            continue;
        }
        pairs += 1;
        let source = |name: &str, text: &str| Source::from_text(name, &format!("{text}\n"));
        let alignment = aligner.pair_lines(source("en", en), source("zh", zh))?;
        let findings: Vec<Finding> = check(&alignment).into_iter().filter(|f| f.kind.is_number()).collect();
        let changed = label.starts_with("number");
        match (changed, findings.is_empty()) {
            (true, false) => right += 1,
            (false, false) => wrong += 1,
            (true, true) => missed += 1,
            (false, true) => {}
        }
        if list && changed == findings.is_empty() {
            println!("  {}: {en} | {zh} | {:?}", if changed { "missed" } else { "false" }, messages(&findings));
        }
        findings.iter().for_each(|f| reliability.add(f, changed));
    }
    let share = |n: usize, of: usize| n as f64 / of.max(1) as f64;
    println!(
        "{path}: {pairs} pairs, {} changed: precision {:.3}, recall {:.3}",
        right + missed,
        share(right, right + wrong),
        share(right, right + missed)
    );
    Ok(())
}

fn messages(findings: &[Finding]) -> Vec<&str> {
    findings.iter().map(|f| f.message.as_str()).collect()
}
