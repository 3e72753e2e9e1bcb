//! Whether the confidences of findings on numbers are right.

use std::collections::BTreeMap;

use duiqi::Finding;

/// The right and wrong findings, by slip and by confidence.
#[derive(Default)]
pub struct Reliability {
    by_slip: BTreeMap<String, Group>,
    by_confidence: BTreeMap<u32, Group>,
}

#[derive(Default)]
struct Group {
    right: usize,
    wrong: usize,
    confidence: f64,
}

/// The steps of confidence in the table.
const STEPS: f64 = 10.0;

impl Reliability {
    /// Adds a finding. It is right if a number of its pair was changed.
    pub fn add(&mut self, finding: &Finding, right: bool) {
        let slip = finding.slip.map_or(String::new(), |s| format!(" {s:?}"));
        // Findings without a slip are separated by confidence, which depends on how the numbers are written.
        let sure = if slip.is_empty() { format!(" {:.2}", finding.confidence) } else { String::new() };
        let step = (finding.confidence * STEPS) as u32;
        for group in [
            self.by_slip.entry(format!("{}{slip}{sure}", finding.kind)).or_default(),
            self.by_confidence.entry(step).or_default(),
        ] {
            *(if right { &mut group.right } else { &mut group.wrong }) += 1;
            group.confidence += finding.confidence;
        }
    }

    /// Prints a row for each group.
    pub fn print(&self) {
        println!("findings on numbers: right, wrong, share of right ones, mean confidence");
        for (name, group) in &self.by_slip {
            group.print(name);
        }
        for (step, group) in &self.by_confidence {
            group.print(&format!("from {:.1}", f64::from(*step) / STEPS));
        }
    }
}

impl Group {
    fn print(&self, name: &str) {
        let all = (self.right + self.wrong) as f64;
        println!(
            "  {name:<28} {:>5} {:>5}  {:.3}  {:.3}",
            self.right,
            self.wrong,
            self.right as f64 / all,
            self.confidence / all
        );
    }
}
