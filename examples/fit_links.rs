//! Fits how likely it is that two passages of an article say the same, on articles with links made by hand.
//!
//! `cargo run --release --example fit_links -- data/mixed-{article,interview,news,panel,results}`
//!
//! Prints what each article has when it is left out of the fitting, how the probabilities of those runs hold, and the weights
//! fitted on all, for `src/article/likely.rs`.

use std::collections::BTreeSet;
use std::error::Error;
use std::path::Path;
use std::process::ExitCode;
use std::sync::Arc;

use duiqi::alignment::Side;
use duiqi::article::{FEATURES, LINK_WEIGHTS, LinkWeights, OWN, candidates};
use duiqi::document::{Document, Format};
use duiqi::evaluate::{ArticleGold, Units};
use duiqi::evidence::Analysed;
use duiqi::lexicon::{Glossary, Lexicon};
use duiqi::passes::Layout;
use duiqi::text::{PerLang, Source};

/// Features and the constant.
const SIZE: usize = FEATURES.len() + 1;
/// Strength of the prior that weights of standardised features are 0: with few articles a weak one would trust each too much.
const PRIOR: f64 = 3.0;
/// Bounds on the probability that are compared.
const BOUNDS: [f64; 5] = [0.3, 0.35, 0.4, 0.45, 0.5];

type Vector = [f64; SIZE];

/// A pair of passages: the constant 1 and the features; whether it is right, where the gold does not leave it open.
struct Row {
    features: Vector,
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
    let paths: Vec<String> = std::env::args().skip(1).collect();
    if paths.len() < 2 {
        eprintln!("usage: fit_links FOLDER FOLDER...");
        return ExitCode::from(2);
    }
    match paths.iter().map(|p| article(Path::new(p))).collect::<Result<Vec<Article>, _>>() {
        Ok(articles) => {
            if let Err(error) = report(&articles) {
                eprintln!("fit_links: {error}");
                return ExitCode::from(2);
            }
        }
        Err(error) => {
            eprintln!("fit_links: {error}");
            return ExitCode::from(2);
        }
    }
    ExitCode::SUCCESS
}

fn article(folder: &Path) -> Result<Article, Box<dyn Error>> {
    let read = |path: &Path| -> Result<Source, Box<dyn Error>> {
        let name = path.display().to_string();
        Ok(Source::from_bytes(&name, &std::fs::read(path).map_err(|e| format!("{name}: {e}"))?)?)
    };
    let file = ["article.md", "article.txt"].map(|f| folder.join(f)).into_iter().find(|f| f.exists());
    let source = read(&file.ok_or_else(|| format!("{}: no article.md or .txt", folder.display()))?)?;
    let gold = ArticleGold::parse(&read(&folder.join("links.tsv"))?, &source)?;
    let units = Units::of(&source);
    let document = Arc::new(Document::read(source, Format::Auto)?);
    let analysed = Analysed::new(PerLang::from_fn(|lang| Side::of_lang(Arc::clone(&document), lang)));
    Ok(Article { name: folder.display().to_string(), analysed, units, gold })
}

/// The candidates of an article, neighbours judged by `weights`.
fn rows(article: &Article, weights: &LinkWeights) -> Result<Vec<Row>, Box<dyn Error>> {
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
fn fit_all(articles: &[&Article]) -> Result<(LinkWeights, Vector), Box<dyn Error>> {
    let of = |weights: &LinkWeights| -> Result<Vec<Row>, Box<dyn Error>> {
        let all: Vec<Vec<Row>> = articles.iter().map(|a| rows(a, weights)).collect::<Result<_, _>>()?;
        Ok(all.into_iter().flatten().collect())
    };
    // A feature that is the same everywhere keeps the weight 0.
    let mut own = of(&LINK_WEIGHTS)?;
    for row in &mut own {
        row.features[OWN + 1] = 0.0;
    }
    let first = fit(&own.iter().collect::<Vec<_>>());
    let mut weights = LINK_WEIGHTS;
    weights.first = std::array::from_fn(|k| first[k] as f32);
    let second = fit(&of(&weights)?.iter().collect::<Vec<_>>());
    Ok((weights, second))
}

fn report(articles: &[Article]) -> Result<(), Box<dyn Error>> {
    let mut held_out: Vec<(f64, bool)> = Vec::new();
    println!("left out                    bound  right  wrong  found  left alone");
    for (k, article) in articles.iter().enumerate() {
        let others: Vec<&Article> = articles.iter().enumerate().filter(|(j, _)| *j != k).map(|(_, a)| a).collect();
        let (first, weights) = fit_all(&others)?;
        let rows = rows(article, &first)?;
        held_out.extend(rows.iter().filter_map(|r| Some((probability(&weights, &r.features), r.right?))));
        for bound in BOUNDS {
            print_bound(article, &rows, &weights, bound);
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
    let (first, second) = fit_all(&articles.iter().collect::<Vec<_>>())?;
    let list = |weights: &[f64]| weights.iter().map(|w| format!("{w:.2}")).collect::<Vec<_>>().join(", ");
    println!("constant, {}", FEATURES.join(", "));
    println!("first: [{}]", list(&first.first.map(f64::from)));
    println!("second: [{}]", list(&second));
    Ok(())
}

fn print_bound(article: &Article, rows: &[Row], weights: &Vector, bound: f64) {
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

fn probability(weights: &Vector, features: &Vector) -> f64 {
    let sum: f64 = weights.iter().zip(features).map(|(w, f)| w * f).sum();
    1.0 / (1.0 + (-sum).exp())
}

/// Logistic regression by Newton's method, on standardised features with a normal prior.
fn fit(rows: &[&Row]) -> Vector {
    let rows: Vec<(&Vector, f64)> =
        rows.iter().filter_map(|r| Some((&r.features, f64::from(u8::from(r.right?))))).collect();
    let n = rows.len().max(1) as f64;
    let (mut mean, mut spread) = ([0.0; SIZE], [1.0; SIZE]);
    for k in 1..SIZE {
        mean[k] = rows.iter().map(|r| r.0[k]).sum::<f64>() / n;
        let variance = rows.iter().map(|r| (r.0[k] - mean[k]).powi(2)).sum::<f64>() / n;
        spread[k] = if variance > 0.0 { variance.sqrt() } else { 1.0 };
    }
    let standard = |features: &Vector| -> Vector { std::array::from_fn(|k| (features[k] - mean[k]) / spread[k]) };
    let rows: Vec<(Vector, f64)> = rows.iter().map(|(f, y)| (standard(f), *y)).collect();
    let mut weights = [0.0; SIZE];
    for _ in 0..30 {
        let (mut gradient, mut hessian) = ([0.0; SIZE], [[0.0; SIZE]; SIZE]);
        for (features, y) in &rows {
            let p = probability(&weights, features);
            for i in 0..SIZE {
                gradient[i] += (p - y) * features[i];
                for j in 0..SIZE {
                    hessian[i][j] += p * (1.0 - p) * features[i] * features[j];
                }
            }
        }
        for k in 1..SIZE {
            gradient[k] += PRIOR * weights[k];
            hessian[k][k] += PRIOR;
        }
        let step = solve(hessian, gradient);
        for (weight, step) in weights.iter_mut().zip(step) {
            *weight -= step;
        }
    }
    for k in 1..SIZE {
        weights[k] /= spread[k];
        weights[0] -= weights[k] * mean[k];
    }
    weights
}

/// Solves a x = b for a positive definite a, by Gaussian elimination.
fn solve(mut a: [Vector; SIZE], mut b: Vector) -> Vector {
    for k in 0..SIZE {
        for i in k + 1..SIZE {
            let (factor, pivot) = (a[i][k] / a[k][k], a[k]);
            for (cell, above) in a[i].iter_mut().zip(pivot) {
                *cell -= factor * above;
            }
            b[i] -= factor * b[k];
        }
    }
    for k in (0..SIZE).rev() {
        let known: f64 = (k + 1..SIZE).map(|j| a[k][j] * b[j]).sum();
        b[k] = (b[k] - known) / a[k][k];
    }
    b
}
