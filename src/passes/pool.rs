//! Documents that teach each other words: chapters of one book, calls of one company.

use super::{BitextModel, FirstPass, Scored, weighted};
use crate::error::Result;
use crate::evidence::{Dictionary, Member, Pooled};
use crate::feature::{Segmentation, Weights};
use crate::text::PerLang;

/// Runs the first pass over every document, learns word pairs from all of them, and runs the second pass over every
/// document. The prior of the second pass is the pairs from the other documents. The results are in the order of the
/// documents, and do not depend on this order. A pool of one is scored like [`BitextModel::score`]. So are subtitles
/// ([`Segmentation::Cues`]), which neither teach nor learn: of 406 groups of two talks in four parts each, 396 are
/// right alone, and 388 were right in the pool.
///
/// # Errors
/// [`crate::ErrorKind::Model`] for each document for which the weights lack a feature. The other documents are aligned
/// without it.
pub fn score_pool(pool: &[&BitextModel], weights: &Weights) -> Vec<Result<Scored>> {
    let mut results: Vec<Option<Result<Scored>>> = pool.iter().map(|_| None).collect();
    // Sums depend on their order by rounding: that of the texts themselves is always the same.
    let mut order: Vec<usize> = (0..pool.len()).collect();
    order.sort_by(|&a, &b| pool[a].text().cmp(&pool[b].text()));
    let (mut members, mut firsts) = (Vec::new(), Vec::new());
    for k in order {
        if pool[k].segmentation == Segmentation::Cues {
            results[k] = Some(pool[k].score(weights));
            continue;
        }
        match pool[k].first_pass(weights) {
            Ok(first) => {
                members.push(pool[k].member(&first));
                firsts.push((k, first));
            }
            Err(error) => results[k] = Some(Err(error)),
        }
    }
    let pooled = Pooled::new(&members);
    for (place, (k, first)) in firsts.into_iter().enumerate() {
        let own = &pool[k].dictionary;
        let prior = Dictionary { pairs: pooled.prior(place), p: own.p.clone() };
        let evidence = pool[k].learn_by(&prior, &first.lattice, &first.posteriors);
        results[k] = Some(Ok(pool[k].second_pass(weights, first, &evidence)));
    }
    results.into_iter().flatten().collect()
}

/// The vocabulary, the tokens, and where segments begin.
type TokensOf<'a> = (&'a [String], &'a [u32], &'a [u32]);

impl BitextModel {
    /// What tells documents apart, as far as they teach words.
    fn text(&self) -> [TokensOf<'_>; 2] {
        // Chinese first: the order decides the rounding of sums.
        let PerLang { en, zh } = self.bitext.tokens().map(|t| (&t.vocabulary[..], &t.ids[..], &t.starts[..]));
        [zh, en]
    }

    fn member(&self, first: &FirstPass) -> Member<'_> {
        Member {
            tokens: self.bitext.tokens(),
            dictionary: &self.dictionary,
            beads: weighted(&first.lattice, &first.posteriors).collect(),
        }
    }
}
