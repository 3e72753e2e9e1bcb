//! Fits the three stages on prepared documents, and scores each document by weights that were fitted without it.

use std::collections::BTreeMap;
use std::sync::Mutex;
use std::sync::atomic::{AtomicUsize, Ordering};

use duiqi::train::{
    feature::{Context, DocumentStats, FirstLook, SegmentationWeights, ShapeShares, Stage, Values},
    lattice::{GapExtension, Lattice},
    linear::Linear,
    passes::first_supports,
};
use duiqi_training::AnyError;
use duiqi_training::fit::crf::{Example, fit, standard_deviations};

use crate::ablation;
use crate::figures::report;
use crate::sample::GoldDocument;

/// Weights of one stage: from all documents, and without each fold.
#[derive(Clone)]
pub struct StageFit {
    /// From all documents.
    pub all: Vec<f64>,
    without: BTreeMap<usize, Vec<f64>>,
}

/// A document's beads as the weights see them that were fitted without it.
pub struct Judged {
    /// The beads.
    pub lattice: Lattice,
    /// Their scores.
    pub scores: Vec<f64>,
    /// What continuing a gap scores.
    pub continues: GapExtension,
}

impl StageFit {
    /// Weights of 0.
    pub fn nothing(width: usize) -> StageFit {
        StageFit { all: vec![0.0; width], without: BTreeMap::new() }
    }

    /// The weights that have not seen a fold.
    pub fn without(&self, fold: usize) -> &[f64] {
        self.without.get(&fold).unwrap_or(&self.all)
    }
}

/// The weights for one kind of segmentation.
pub struct SegmentationFit {
    shares: ShapeShares,
    prune: Vec<f64>,
    first: StageFit,
    second: StageFit,
}

impl SegmentationFit {
    /// The weights from all documents.
    pub fn weights(&self) -> Result<SegmentationWeights, AnyError> {
        Ok(SegmentationWeights {
            shares: self.shares.clone(),
            prune: Linear::new(Stage::Prune.names(), self.prune.clone())?,
            first: Linear::new(Stage::First.names(), self.first.all.clone())?,
            second: Linear::new(Stage::Second.names(), self.second.all.clone())?,
        })
    }
}

/// Fits all stages. `center`: weights that the penalty pulls towards, 0 without. `prune_on`: whether a document is used for
/// the weights of pruning, which are the same for all folds. With the weights, what those that have not seen a document say of
/// it. `ablate`: whether to print what each group of features is worth.
pub fn fit_segmentation(
    documents: &[GoldDocument],
    center: Option<&SegmentationFit>,
    prune_on: impl Fn(&GoldDocument) -> bool,
    ablate: bool,
) -> Result<(SegmentationFit, Vec<Judged>), AnyError> {
    let shares = ShapeShares::of(documents.iter().flat_map(|d| d.gold.iter().map(|&cell| (cell, d.weight))))?;
    let zero = |stage: Stage| StageFit::nothing(stage.names().len());
    let prune_center = center.map_or_else(|| zero(Stage::Prune).all, |c| c.prune.clone());
    let prune = fit_prune(documents, &prune_center, prune_on)?;
    let prune_weights = Linear::new(Stage::Prune.names(), prune.clone())?;
    let lattices: Vec<Lattice> =
        documents.iter().map(|d| d.lattice_with_gold(&prune_weights)).collect::<duiqi::Result<_>>()?;

    let firsts: Vec<Example> = documents
        .iter()
        .zip(&lattices)
        .map(|(d, l)| {
            let evidence = d.passes.lattice_evidence(l);
            example(d, l, Stage::First, &d.passes.context(&evidence), |_| FirstLook::default())
        })
        .collect();
    let first_center = center.map_or_else(|| zero(Stage::First), |c| c.first.clone());
    let first = all_and_folds(documents, &firsts, &first_center)?;
    report("first pass", documents, &firsts, &first);

    let seconds: Vec<Example> = documents
        .iter()
        .zip(&lattices)
        .enumerate()
        .map(|(k, (d, l))| {
            // As in use: the first pass has not seen the document.
            let posteriors = firsts[k].posteriors(first.without(d.fold)).beads;
            let learned = d.passes.learn(l, &posteriors);
            let rates = d.passes.rates(&shares, l, &posteriors);
            let context = d.passes.context(&learned);
            let stats = DocumentStats::of(&context, l.cells.iter().copied().zip(posteriors.iter().copied()));
            example(d, l, Stage::Second, &context, |x| FirstLook {
                support: first_supports(&firsts[k].row(x)),
                rate: rates[usize::from(l.cells[x].shape)],
                stats,
            })
        })
        .collect();
    drop(firsts);
    let second_center = center.map_or_else(|| zero(Stage::Second), |c| c.second.clone());
    let second = all_and_folds(documents, &seconds, &second_center)?;
    report("second pass", documents, &seconds, &second);
    if ablate {
        ablation::print(documents, &seconds)?;
    }
    let judged = seconds.into_iter().zip(documents).map(|(example, d)| {
        let weights = second.without(d.fold);
        let (scores, continues) = (example.scores(weights), example.continues_of(weights));
        Judged { lattice: example.lattice, scores, continues }
    });
    let judged = judged.collect();
    Ok((SegmentationFit { shares, prune, first, second }, judged))
}

fn example(
    document: &GoldDocument,
    lattice: &Lattice,
    stage: Stage,
    context: &Context<'_>,
    first: impl Fn(usize) -> FirstLook,
) -> Example {
    let mut values = Values::default();
    for (x, &cell) in lattice.cells.iter().enumerate() {
        stage.write(context, cell, first(x), &mut values);
    }
    Example::new(lattice.clone(), values.0, document.gold_in(lattice), document.weight)
}

fn fit_prune(
    documents: &[GoldDocument],
    center: &[f64],
    prune_on: impl Fn(&GoldDocument) -> bool,
) -> Result<Vec<f64>, AnyError> {
    let examples: Vec<Example> = documents
        .iter()
        .filter(|d| prune_on(d))
        .map(|d| {
            let lattice = Lattice::whole(d.passes.band(), d.passes.shapes());
            println!(
                "{}: {} Chinese segments, {} of {} gold beads in the band",
                d.name,
                d.zh_len,
                d.gold_in(&lattice).len(),
                d.gold_len
            );
            let evidence = d.passes.band_evidence();
            example(d, &lattice, Stage::Prune, &d.passes.context(&evidence), |_| FirstLook::default())
        })
        .collect();
    let all: Vec<&Example> = examples.iter().collect();
    Ok(fit(&all, &standard_deviations(&all), center)?)
}

/// Weights from all documents, and for each fold from all others.
pub fn all_and_folds(
    documents: &[GoldDocument],
    examples: &[Example],
    center: &StageFit,
) -> Result<StageFit, AnyError> {
    let all: Vec<&Example> = examples.iter().collect();
    let deviations = standard_deviations(&all);
    let mut folds: Vec<usize> = documents.iter().map(|d| d.fold).collect();
    folds.sort_unstable();
    folds.dedup();
    let jobs: Vec<(Vec<&Example>, &[f64])> = std::iter::once((all.clone(), &center.all[..]))
        .chain(folds.iter().map(|fold| {
            let others = all.iter().zip(documents).filter(|(_, d)| d.fold != *fold);
            (others.map(|(e, _)| *e).collect(), center.without(*fold))
        }))
        .collect();
    let next = AtomicUsize::new(0);
    let results: Mutex<Vec<Result<Vec<f64>, String>>> = Mutex::new(vec![Err("not fitted".to_owned()); jobs.len()]);
    std::thread::scope(|scope| {
        for _ in 0..std::thread::available_parallelism().map_or(1, usize::from) {
            scope.spawn(|| {
                loop {
                    let k = next.fetch_add(1, Ordering::Relaxed);
                    let Some((job, center)) = jobs.get(k) else { break };
                    let weights = fit(job, &deviations, center).map_err(|e| e.to_string());
                    if let Ok(mut results) = results.lock() {
                        results[k] = weights;
                    }
                }
            });
        }
    });
    let results = results.into_inner().unwrap_or_default();
    let mut results = results.into_iter().collect::<Result<Vec<_>, _>>()?.into_iter();
    Ok(StageFit { all: results.next().unwrap_or_default(), without: folds.into_iter().zip(results).collect() })
}
