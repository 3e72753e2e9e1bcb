//! Strict scores and likelihood of documents under weights that were fitted without them.

use std::collections::BTreeSet;

use duiqi::train::lattice::Cell;
use duiqi_training::fit::crf::Example;

use crate::sample::GoldDocument;
use crate::stages::StageFit;

/// Counts of beads, and the loss in nats.
#[derive(Clone, Copy, Default)]
pub struct Figures {
    right: f64,
    found: f64,
    gold: f64,
    loss: f64,
}

impl Figures {
    /// Of one document.
    pub fn of(document: &GoldDocument, example: &Example, weights: &StageFit) -> Figures {
        let weights = weights.without(document.fold);
        // A null bead is right wherever it stands among the other side's segments.
        let sets = |c: &Cell| (c.en().collect::<Vec<_>>(), c.zh().collect::<Vec<_>>());
        let gold: BTreeSet<_> = document.gold.iter().map(sets).collect();
        let path = example.best_path(weights);
        Figures {
            right: path.iter().filter(|c| gold.contains(&sets(c))).count() as f64,
            found: path.len() as f64,
            gold: document.gold_len as f64,
            loss: example.loss(weights),
        }
    }

    fn add(&mut self, other: Figures) {
        self.right += other.right;
        self.found += other.found;
        self.gold += other.gold;
        self.loss += other.loss;
    }

    /// Strict F1.
    pub fn f1(&self) -> f64 {
        2.0 * self.right / (self.found + self.gold)
    }

    /// Negative log-likelihood per gold bead, nats.
    pub fn likelihood(&self) -> f64 {
        self.loss / self.gold
    }
}

impl std::fmt::Display for Figures {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let (precision, recall) = (self.right / self.found, self.right / self.gold);
        let (f1, likelihood) = (self.f1(), self.likelihood());
        write!(f, "P {precision:.4} R {recall:.4} F1 {f1:.4}\tNLL per gold bead {likelihood:.4}")
    }
}

/// Sums by set, in the order in which the sets come.
pub fn pooled<'a>(documents: &'a [GoldDocument], examples: &[Example], weights: &StageFit) -> Vec<(&'a str, Figures)> {
    let mut sets: Vec<(&str, Figures)> = Vec::new();
    for (document, example) in documents.iter().zip(examples) {
        let at = sets.iter().position(|s| s.0 == document.set).unwrap_or_else(|| {
            sets.push((&document.set, Figures::default()));
            sets.len() - 1
        });
        sets[at].1.add(Figures::of(document, example, weights));
    }
    sets
}

/// Prints the figures of each document and of each set.
pub fn report(stage: &str, documents: &[GoldDocument], examples: &[Example], weights: &StageFit) {
    for (document, example) in documents.iter().zip(examples) {
        println!("{stage}\t{}\t{}", document.name, Figures::of(document, example, weights));
    }
    for (set, figures) in pooled(documents, examples, weights) {
        println!("{stage}\t{set} pooled\t{figures}");
    }
}
