//! Scores the links of articles in both languages against links made by hand, or prints those of any article.
//!
//! `cargo run --release -p duiqi-training --bin score_links -- [--list] data/mixed-*`
//!
//! A folder holds `article.txt` or `article.md`, and `links.tsv`; a file is an article without gold. With `--list` every
//! link and every missing one is printed with how the paragraphs begin.

use std::collections::BTreeSet;
use std::process::ExitCode;

use duiqi::train::evaluate::links;
use duiqi::{Alignment, Source, align_article};
use duiqi_training::articles::GoldArticle;
use duiqi_training::{AnyError, cli};

fn main() -> ExitCode {
    let (flags, paths): (Vec<String>, Vec<String>) = cli::arguments().partition(|p| p == "--list");
    let options = (!paths.is_empty()).then_some((paths, !flags.is_empty()));
    cli::main("score_links [--list] FOLDER|ARTICLE...", options, |(paths, list)| {
        println!("relation    right accept wrong  precision  recall        left alone");
        paths.iter().try_for_each(|path| run(path, *list))
    })
}

fn run(path: &str, list: bool) -> Result<(), AnyError> {
    let article = GoldArticle::read(path)?;
    let alignment = align_article(article.source.text())?;
    let found = links(&alignment, &article.units, &article.units);
    let relation = format!("{:?}", alignment.relation());
    match &article.gold {
        None => println!("{relation:11} {} links  {path}", found.len()),
        Some(gold) => {
            let score = gold.score(&found);
            println!(
                "{relation:11} {:5} {:6} {:5}  {:9.3}  {:.3} {:>3}/{:<3} {:.3} {:>3}/{:<3} {path}",
                score.right,
                score.acceptable,
                score.wrong,
                score.precision(),
                score.recall(),
                score.found,
                score.with,
                score.alone(),
                score.left_alone,
                score.without,
            );
        }
    }
    if list {
        print_links(&alignment, &article);
    }
    Ok(())
}

/// Every Chinese bead with its links, `=` right, `~` acceptable, `x` wrong, `-` missing.
fn print_links(alignment: &Alignment, article: &GoldArticle) {
    let GoldArticle { units, source, gold, .. } = article;
    let heads: Vec<String> = heads(source, 90);
    for pair in alignment.pairs().filter(|p| !p.zh().is_empty()) {
        let of = |segments: &mut dyn Iterator<Item = std::ops::Range<usize>>| -> BTreeSet<usize> {
            segments.flat_map(|range| units.touching(&range)).collect()
        };
        let zh = of(&mut pair.zh().segments().map(|s| s.range.clone()));
        let en = of(&mut pair.en().segments().map(|s| s.range.clone()));
        for z in zh {
            println!("{:.3} {z} {}", pair.confidence(), heads[z].chars().take(45).collect::<String>());
            let row = gold.as_ref().and_then(|g| g.rows.get(&z));
            for &e in &en {
                let mark = match row {
                    None => ' ',
                    Some(row) if row.en.contains(&e) => '=',
                    Some(row) if row.acceptable.contains(&e) => '~',
                    Some(_) => 'x',
                };
                println!("      {mark} {e} {}", heads[e]);
            }
            for &e in row.iter().flat_map(|r| &r.en).filter(|e| !en.contains(e)) {
                println!("      - {e} {}", heads[e]);
            }
        }
    }
}

/// How each paragraph begins.
fn heads(source: &Source, most: usize) -> Vec<String> {
    let mut heads: Vec<String> = Vec::new();
    let mut open = false;
    for line in source.text().lines() {
        match (line.trim().is_empty(), open) {
            (true, _) => open = false,
            (false, true) => {
                if let Some(head) = heads.last_mut().filter(|h| h.chars().count() < most) {
                    head.push(' ');
                    head.push_str(line);
                }
            }
            (false, false) => {
                heads.push(line.to_owned());
                open = true;
            }
        }
    }
    heads.iter().map(|h| h.chars().take(most).collect()).collect()
}
