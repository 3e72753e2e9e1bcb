//! How often `check` is right: findings in texts that agree, and in the same texts with one number of each pair changed.
//!
//! `cargo run --release -p duiqi-training --bin check_accuracy -- SET_DIR... [--list] [--misses]`
//!
//! A set is a folder of `NNN.en`, `NNN.zh` (a segment a line) and `NNN.gold`, or of `en.md`, `zh.md` (or `.txt`), whose gold is
//! `gold.tsv` if it gives sentences; otherwise the texts are aligned first. Printed: findings on numbers in the texts as they
//! are, for each 200 pairs; then recall and precision where a number of each pair was changed, by kind of change; then, with the
//! texts aligned anew each time, recall of sentences that were taken out, of blocks that were moved and of turns that were given to
//! somebody else. A set may also be a file of labelled pairs (`tests/cases/check/*.tsv`): then precision and recall of findings on
//! numbers are printed. At the end is how often findings of each kind and confidence are right. `--list` shows every finding in the
//! undamaged texts, `--misses` every changed number that was not found. The same on every run.

mod bitext;
mod damage;
mod labelled;
mod mutate;
mod reliability;

use std::collections::BTreeMap;
use std::process::ExitCode;

use duiqi::{Alignment, Finding, Lang, Pair, check, check::Kind};
use duiqi_training::gold;
use duiqi_training::random::Random;
use duiqi_training::{AnyError, cli};

use mutate::{Change, mutations};
use reliability::Reliability;

fn main() -> ExitCode {
    let (flags, sets): (Vec<String>, Vec<String>) = cli::arguments().partition(|a| a.starts_with("--"));
    let known = flags.iter().all(|f| ["--list", "--misses"].contains(&f.as_str()));
    let options = (!sets.is_empty() && known).then_some((flags, sets));
    cli::main("check_accuracy SET_DIR... [--list] [--misses]", options, |(flags, sets)| {
        let has = |flag: &str| flags.iter().any(|f| f == flag);
        run(sets, has("--list"), has("--misses"))
    })
}

fn run(sets: &[String], list: bool, misses: bool) -> Result<(), AnyError> {
    let mut reliability = Reliability::default();
    for set in sets {
        if set.ends_with(".tsv") {
            labelled::run(set, list, &mut reliability)?;
            continue;
        }
        let texts = gold::read_set(set)?;
        let mut clean = Clean::default();
        let mut changed: BTreeMap<Change, Tally> = BTreeMap::new();
        for text in &texts {
            let alignment = bitext::alignment(text)?;
            let findings = check(&alignment);
            clean.add(&alignment, &findings);
            findings.iter().filter(|f| f.kind.is_number()).for_each(|f| reliability.add(f, false));
            if list {
                findings.iter().for_each(|f| show(&text.path(), f));
            }
            for (pair, findings) in changed_pairs(&text.path(), &alignment, &mut reliability)? {
                let tally = changed.entry(pair.change).or_default();
                tally.add(&findings);
                if misses && !findings.hit {
                    println!(
                        "{} missed {:?}: {} → {}\n    {}\n    {}",
                        text.path(),
                        pair.change,
                        pair.old,
                        pair.new,
                        pair.en,
                        pair.zh
                    );
                }
            }
        }
        clean.print(set);
        let mut total = Tally::default();
        for (change, tally) in &changed {
            tally.print(&format!("{change:?}"));
            total += tally;
        }
        total.print("all");
        damage::print(&texts)?;
    }
    reliability.print();
    Ok(())
}

/// Findings in a text as it is.
#[derive(Default)]
struct Clean {
    pairs: usize,
    kinds: BTreeMap<Kind, usize>,
}

impl Clean {
    fn add(&mut self, alignment: &Alignment, findings: &[Finding]) {
        self.pairs += alignment.beads().len();
        for finding in findings {
            *self.kinds.entry(finding.kind).or_default() += 1;
        }
    }

    fn print(&self, set: &str) {
        let numbers: usize = self.kinds.iter().filter(|(k, _)| k.is_number()).map(|(_, n)| n).sum();
        let rate = 200.0 * numbers as f64 / self.pairs.max(1) as f64;
        println!("{set}: {} pairs as they are, {numbers} findings on numbers, {rate:.2} in 200 pairs", self.pairs);
        let kinds: Vec<String> = self.kinds.iter().map(|(kind, n)| format!("{kind} {n}")).collect();
        println!("  all findings: {}", if kinds.is_empty() { "none".to_owned() } else { kinds.join(", ") });
    }
}

/// Changes that were made and found.
#[derive(Default)]
struct Tally {
    made: usize,
    found: usize,
    others: usize,
}

impl std::ops::AddAssign<&Tally> for Tally {
    fn add_assign(&mut self, other: &Tally) {
        self.made += other.made;
        self.found += other.found;
        self.others += other.others;
    }
}

impl Tally {
    fn add(&mut self, findings: &Found) {
        self.made += 1;
        self.found += usize::from(findings.hit);
        self.others += findings.others;
    }

    fn print(&self, what: &str) {
        let share = |n: usize, of: usize| n as f64 / of.max(1) as f64;
        println!(
            "  {what:<10} {:>5} changed, {:>5} found, {:>4} other findings: recall {:.3}, precision {:.3}",
            self.made,
            self.found,
            self.others,
            share(self.found, self.made),
            share(self.found, self.found + self.others)
        );
    }
}

/// A pair of which one number was changed.
struct ChangedPair {
    change: Change,
    old: String,
    new: String,
    en: String,
    zh: String,
}

/// What was found in it.
struct Found {
    /// A finding touches the number that was changed, or says that its counterpart is alone.
    hit: bool,
    /// Other findings on numbers.
    others: usize,
}

/// Every pair of a text that has a number on both sides, with one of them changed, alone between its neighbours.
fn changed_pairs(
    name: &str,
    alignment: &Alignment,
    reliability: &mut Reliability,
) -> Result<Vec<(ChangedPair, Found)>, AnyError> {
    let mut random = Random(name.bytes().fold(7, |h, b| h.wrapping_mul(31).wrapping_add(u64::from(b))));
    let pairs: Vec<Pair<'_>> = alignment.pairs().collect();
    let mut out = Vec::new();
    for (k, pair) in pairs.iter().enumerate() {
        if pair.en().is_empty() || pair.zh().is_empty() {
            continue;
        }
        let all = mutations(pair, &mut random);
        if all.is_empty() {
            continue;
        }
        let mutation = &all[random.below(all.len())];
        let text = bitext::changed(pair, mutation);
        let (damaged, focus) = bitext::around(alignment, k, mutation.lang, &text)?;
        let findings = check(&damaged);
        let numbers = findings.iter().filter(|f| f.kind.is_number() && f.pair == focus);
        let (mut hit, mut others) = (false, 0);
        for finding in numbers {
            let own = finding
                .spans(mutation.lang)
                .iter()
                .any(|s| s.text.contains(&mutation.new) || mutation.new.contains(&s.text));
            let other = finding.spans(mutation.lang.other()).iter().any(|s| s.text == mutation.counterpart);
            reliability.add(finding, own || other);
            if own || other { hit = true } else { others += 1 }
        }
        let texts = |lang: Lang| if lang == mutation.lang { text.clone() } else { pair.half(lang).text() };
        let changed = ChangedPair {
            change: mutation.change,
            old: mutation.old.clone(),
            new: mutation.new.clone(),
            en: texts(Lang::En),
            zh: texts(Lang::Zh),
        };
        out.push((changed, Found { hit, others }));
    }
    Ok(out)
}

fn show(name: &str, f: &Finding) {
    let texts = |spans: &[duiqi::Span]| spans.iter().map(|s| s.text.as_str()).collect::<Vec<_>>().join(" / ");
    let slip = f.slip.map(|s| format!(" {s:?}")).unwrap_or_default();
    println!(
        "{name} #{} {}{slip} {:.2}: {} | {} | {}",
        f.pair,
        f.kind,
        f.confidence,
        texts(&f.en),
        texts(&f.zh),
        f.message
    );
}
