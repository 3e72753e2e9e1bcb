//! Fits the probability that two passages of an article translate each other, on articles with links made by hand.
//!
//! `cargo run --release -p duiqi-training --bin fit_links -- data/mixed-{article,interview,news,panel,results} [--out data/links.json]`
//!
//! Prints the result for each article when it is left out of the fitting, the reliability of the probabilities in these
//! runs, and the weights fitted on all articles.

use std::collections::BTreeSet;
use std::process::ExitCode;
use std::sync::Arc;

use duiqi::train::{
    alignment::Side,
    article::{FEATURES, LinkWeights, OWN, candidates},
    evaluate::{ArticleGold, Units},
    evidence::Analysed,
    lexicon::Lexicon,
    linear::Linear,
    passes::Layout,
};
use duiqi::{Document, Format, Glossary, PerLang};
use duiqi_training::articles::GoldArticle;
use duiqi_training::cli::base_name;
use duiqi_training::fit::logistic::{Case, Logistic};
use duiqi_training::{AnyError, cli};

/// The features and the constant.
const SIZE: usize = FEATURES.len() + 1;
/// The penalty is strong, because with few articles a weak one would give each article too much influence.
const FIT: Logistic = Logistic { l2: 3.0, constant_first: true, standardise: true, tolerance: 1e-14, iterations: 500 };
/// The file has two decimals; five articles do not justify more.
const DECIMALS: f64 = 100.0;
/// The bounds on the probability that are compared.
const BOUNDS: [f64; 5] = [0.3, 0.35, 0.4, 0.45, 0.5];

/// A pair of passages: the constant 1 and the features, and whether the pair is right. It is `None` if the gold leaves the
/// pair open.
struct Row {
    features: [f64; SIZE],
    right: Option<bool>,
    zh: BTreeSet<usize>,
}

struct Article {
    name: String,
    analysed: Analysed,
    units: Units,
    gold: ArticleGold,
}

fn main() -> ExitCode {
    let (mut paths, mut out) = (Vec::new(), None);
    let mut args = cli::arguments();
    while let Some(arg) = args.next() {
        match arg.as_str() {
            "--out" => out = args.next(),
            _ => paths.push(arg),
        }
    }
    let options = (paths.len() > 1).then_some((paths, out));
    cli::main("fit_links FOLDER FOLDER... [--out FILE]", options, |(paths, out)| {
        let articles = paths.iter().map(|p| article(p)).collect::<Result<Vec<Article>, _>>()?;
        let weights = report(&articles)?;
        if let Some(out) = out {
            std::fs::write(out, weights.to_json()?)?;
        }
        Ok(())
    })
}

fn article(path: &str) -> Result<Article, AnyError> {
    let GoldArticle { path, source, units, gold } = GoldArticle::read(path)?;
    let gold = gold.ok_or_else(|| format!("{path}: no links.tsv"))?;
    let document = Arc::new(Document::read(source, Format::Auto)?);
    let analysed = Analysed::new(PerLang::from_fn(|lang| Side::of_lang(Arc::clone(&document), lang)));
    Ok(Article { name: path, analysed, units, gold })
}

/// The candidates of an article; `weights` judge the neighbours.
fn rows(article: &Article, weights: &LinkWeights) -> Result<Vec<Row>, AnyError> {
    let Article { analysed, units, gold, .. } = article;
    let lexicon = Lexicon::builtin()?;
    let layout = Layout::new(analysed.sides.as_ref(), &lexicon);
    let mut rows = Vec::new();
    for found in candidates(&lexicon, &Glossary::default(), analysed, &layout.roster, weights) {
        let of = |(side, segments): (&Side, std::ops::Range<usize>)| -> BTreeSet<usize> {
            segments.flat_map(|i| units.touching(&side.segment(i).range)).collect()
        };
        let PerLang { en: e, zh: z } = analysed.sides.as_ref().zip(found.spans).map(of);
        let known: Vec<_> = z.iter().filter_map(|z| gold.rows.get(z)).collect();
        if found.moderated || known.is_empty() {
            continue;
        }
        let any = |set: &dyn Fn(usize) -> bool| e.iter().any(|&e| set(e));
        let right = any(&|e| known.iter().any(|row| row.en.contains(&e)));
        let open = any(&|e| known.iter().any(|row| row.acceptable.contains(&e)));
        let mut features = [1.0; SIZE];
        for (to, from) in features[1..].iter_mut().zip(found.features) {
            *to = f64::from(from);
        }
        rows.push(Row { features, right: (right || !open).then_some(right), zh: z });
    }
    Ok(rows)
}

/// Both regressions, fitted on these articles.
fn fit_all(articles: &[&Article]) -> Result<LinkWeights, AnyError> {
    let of = |weights: &LinkWeights| -> Result<Vec<Row>, AnyError> {
        let all: Vec<Vec<Row>> = articles.iter().map(|a| rows(a, weights)).collect::<Result<_, _>>()?;
        Ok(all.into_iter().flatten().collect())
    };
    let names: Vec<&str> = articles.iter().map(|a| base_name(&a.name)).collect();
    let mut weights = LinkWeights { fitted_on: names.join(", "), ..LinkWeights::builtin()?.clone() };
    // The first features do not depend on the weights.
    weights.first = fit(&of(&weights)?, OWN)?;
    weights.second = fit(&of(&weights)?, FEATURES.len())?;
    Ok(weights)
}

/// A regression over the first features, as many as given.
fn fit(rows: &[Row], features: usize) -> Result<Linear, AnyError> {
    let cases = rows.iter().filter_map(|r| Some(Case::dense(&r.features[..=features], r.right?)));
    let weights = FIT.fit(features + 1, &cases.collect::<Vec<_>>())?;
    Ok(Linear::new(LinkWeights::names(features), weights)?)
}

/// The weights, rounded as in the file.
fn rounded(weights: &Linear) -> Result<Linear, AnyError> {
    let values = weights.values().iter().map(|w| (w * DECIMALS).round() / DECIMALS);
    Ok(Linear::new(weights.names().to_vec(), values.collect())?)
}

/// Prints all figures, and returns the weights fitted on all articles.
fn report(articles: &[Article]) -> Result<LinkWeights, AnyError> {
    let mut held_out: Vec<(f64, bool)> = Vec::new();
    println!("left out                    bound  right  wrong  found  left alone");
    for (k, article) in articles.iter().enumerate() {
        let others: Vec<&Article> = articles.iter().enumerate().filter(|(j, _)| *j != k).map(|(_, a)| a).collect();
        let weights = fit_all(&others)?;
        let rows = rows(article, &weights)?;
        let weights = &weights.second;
        held_out.extend(rows.iter().filter_map(|r| Some((probability(weights, &r.features), r.right?))));
        for bound in BOUNDS {
            print_bound(article, &rows, weights, bound);
        }
    }
    println!("\nprobability  links  mean  right   (each article left out of the fitting)");
    for (low, high) in [(0.05, 0.2), (0.2, 0.35), (0.35, 0.5), (0.5, 0.7), (0.7, 0.9), (0.9, 1.01)] {
        let of: Vec<&(f64, bool)> = held_out.iter().filter(|h| h.0 >= low && h.0 < high).collect();
        let n = of.len().max(1) as f64;
        let mean = of.iter().map(|h| h.0).sum::<f64>() / n;
        let right = of.iter().filter(|h| h.1).count() as f64 / n;
        println!("{low:.2}-{:.2}  {:5}   {mean:.2}   {right:.2}", f64::min(high, 1.0), of.len());
    }
    let loss: f64 = held_out.iter().map(|&(p, right)| -(if right { p } else { 1.0 - p }).ln()).sum();
    let links = held_out.iter().filter(|h| h.1).count();
    println!("\nloss {:.4} a right link", loss / links.max(1) as f64);
    let weights = fit_all(&articles.iter().collect::<Vec<_>>())?;
    let weights = LinkWeights { first: rounded(&weights.first)?, second: rounded(&weights.second)?, ..weights };
    print!("{}", weights.to_json()?);
    Ok(weights)
}

fn print_bound(article: &Article, rows: &[Row], weights: &Linear, bound: f64) {
    let (mut right, mut wrong) = (0, 0);
    let (mut found, mut missed): (BTreeSet<usize>, BTreeSet<usize>) = Default::default();
    for row in rows.iter().filter(|r| probability(weights, &r.features) >= bound) {
        match row.right {
            Some(true) => {
                right += 1;
                found.extend(row.zh.iter());
            }
            Some(false) => {
                wrong += 1;
                missed.extend(row.zh.iter());
            }
            None => {}
        }
    }
    let with: Vec<&usize> = article.gold.rows.iter().filter(|r| !r.1.en.is_empty()).map(|r| r.0).collect();
    let without: Vec<&usize> = article.gold.rows.iter().filter(|r| r.1.en.is_empty()).map(|r| r.0).collect();
    let alone = without.iter().filter(|z| !missed.contains(z)).count();
    let found = with.iter().filter(|z| found.contains(z)).count();
    let (n, m) = (with.len(), without.len());
    println!("{:27} {bound:5} {right:6} {wrong:6}  {found:>2}/{n:<2}  {alone}/{m}", article.name);
}

fn probability(weights: &Linear, features: &[f64; SIZE]) -> f64 {
    1.0 / (1.0 + (-weights.score(features)).exp())
}
