//! Where sentences end among cues: logistic regression over the words at a cut.

use std::collections::{BTreeMap, BTreeSet};

use duiqi::Lang;
use duiqi::train::{evidence::Boundaries, linear::Linear};
use duiqi_training::AnyError;
use duiqi_training::fit::logistic::{Case, Logistic};

use crate::sample::Sample;

/// Words that occur less often are ignored.
const LEAST_COUNT: usize = 4;
/// The constant has a key like the words.
const FIT: Logistic = Logistic { l2: 1.0, constant_first: false, standardise: false, tolerance: 1e-7, iterations: 200 };

/// The log odds that a bead ends at a cut, from the cues of documents.
pub fn fit(samples: &[&Sample]) -> Result<Boundaries, AnyError> {
    Ok(Boundaries { en: fit_side(samples, Lang::En)?, zh: fit_side(samples, Lang::Zh)? })
}

fn fit_side(samples: &[&Sample], lang: Lang) -> Result<Linear, AnyError> {
    let mut cuts: Vec<(Vec<String>, bool)> = Vec::new();
    for sample in samples {
        let texts = sample.lines.side(lang);
        let ends: BTreeSet<usize> = sample
            .lines
            .beads
            .iter()
            .filter_map(|b| if lang == Lang::En { b.first() } else { b.second() }.last().copied())
            .collect();
        if ends.len() * 10 > texts.len() * 9 {
            continue; // sentences, not cues
        }
        let pairs = texts.windows(2).enumerate();
        cuts.extend(pairs.map(|(i, pair)| (Boundaries::keys(&pair[0], &pair[1], lang), ends.contains(&i))));
    }
    let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
    cuts.iter().flat_map(|(keys, _)| keys).for_each(|k| *counts.entry(k).or_default() += 1);
    let names: Vec<&str> = counts.into_iter().filter(|(_, n)| *n >= LEAST_COUNT).map(|(k, _)| k).collect();
    let index = |k: &String| names.binary_search(&k.as_str()).ok();
    let case = |(keys, ends): &(Vec<String>, bool)| Case {
        features: keys.iter().filter_map(index).map(|k| (k, 1.0)).collect(),
        is_so: *ends,
    };
    let cuts: Vec<Case> = cuts.iter().map(case).collect();
    let weights = FIT.fit(names.len(), &cuts)?;
    Ok(Linear::new(names.into_iter().map(str::to_owned).collect(), weights)?)
}
