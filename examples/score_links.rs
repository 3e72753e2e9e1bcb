//! Scores the links of articles in both languages against links made by hand, or prints those of any article.
//!
//! `cargo run --release --example score_links -- [--list] data/mixed-*`
//!
//! A folder holds `article.txt` or `article.md`, and `links.tsv`; a file is an article without gold. With `--list` every
//! link and every missing one is printed with how the paragraphs begin.

use std::collections::BTreeSet;
use std::error::Error;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use duiqi::align_article;
use duiqi::alignment::Alignment;
use duiqi::evaluate::{ArticleGold, Units, links};
use duiqi::text::Source;

fn main() -> ExitCode {
    let mut paths: Vec<String> = std::env::args().skip(1).collect();
    let before = paths.len();
    paths.retain(|p| p != "--list");
    let list = paths.len() < before;
    if paths.is_empty() {
        eprintln!("usage: score_links [--list] FOLDER|ARTICLE...");
        return ExitCode::from(2);
    }
    println!("relation    right accept wrong  precision  recall        left alone");
    for path in &paths {
        if let Err(error) = run(Path::new(path), list) {
            eprintln!("score_links: {error}");
            return ExitCode::from(2);
        }
    }
    ExitCode::SUCCESS
}

fn read(path: &Path) -> Result<Source, Box<dyn Error>> {
    let name = path.display().to_string();
    let bytes = std::fs::read(path).map_err(|e| format!("{name}: {e}"))?;
    Ok(Source::from_bytes(&name, &bytes)?)
}

fn run(path: &Path, list: bool) -> Result<(), Box<dyn Error>> {
    let article = if path.is_dir() {
        let files: [PathBuf; 2] = ["article.md", "article.txt"].map(|f| path.join(f));
        files.into_iter().find(|f| f.exists()).ok_or_else(|| format!("{}: no article.md or .txt", path.display()))?
    } else {
        path.to_owned()
    };
    let source = read(&article)?;
    let alignment = align_article(source.text())?;
    let units = Units::of(&source);
    let found = links(&alignment, &units, &units);
    let relation = format!("{:?}", alignment.relation());
    let gold_path = path.join("links.tsv");
    if !gold_path.exists() {
        println!("{relation:11} {} links  {}", found.len(), path.display());
        if list {
            print_links(&alignment, &units, &source, None);
        }
        return Ok(());
    }
    let gold = ArticleGold::parse(&read(&gold_path)?, &source)?;
    let score = gold.score(&found);
    println!(
        "{relation:11} {:5} {:6} {:5}  {:9.3}  {:.3} {:>3}/{:<3} {:.3} {:>3}/{:<3} {}",
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
        path.display()
    );
    if list {
        print_links(&alignment, &units, &source, Some(&gold));
    }
    Ok(())
}

/// Every Chinese bead with its links, `=` right, `~` acceptable, `x` wrong, `-` missing.
fn print_links(alignment: &Alignment, units: &Units, source: &Source, gold: Option<&ArticleGold>) {
    let heads: Vec<String> = heads(source, 90);
    for pair in alignment.pairs().filter(|p| !p.zh().is_empty()) {
        let of = |segments: &mut dyn Iterator<Item = std::ops::Range<usize>>| -> BTreeSet<usize> {
            segments.flat_map(|range| units.touching(&range)).collect()
        };
        let zh = of(&mut pair.zh().segments().map(|s| s.range.clone()));
        let en = of(&mut pair.en().segments().map(|s| s.range.clone()));
        for z in zh {
            println!("{:.3} {z} {}", pair.confidence(), heads[z].chars().take(45).collect::<String>());
            let row = gold.and_then(|g| g.rows.get(&z));
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
