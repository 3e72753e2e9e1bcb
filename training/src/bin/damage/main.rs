//! How alignments stand damage: sets with gold are damaged on purpose, aligned and scored.
//!
//! `cargo run --release -p duiqi-training --bin damage -- SET_DIR... [--weights FILE] [--draws 3] [--only WORD]`
//!
//! A set is a folder of `NNN.en`, `NNN.zh` (a segment a line) and `NNN.gold`, with or without `NNN.en.verse` and
//! `NNN.zh.verse`. Printed, as Markdown: strict F1 for each kind of damage, for blocks also of the beads outside the
//! block, pooled over the texts of a set and over several draws; then what confidence the Chinese of each text has with
//! the English of every other. One set of weights aligns all: the scores of texts that it was fitted on are flattered. The
//! result is the same on every run.

mod harm;

use std::process::ExitCode;

use duiqi::train::{
    evaluate::{Score, strict},
    feature::Weights,
};
use duiqi::{Aligner, Lang};
use duiqi_training::cli::base_name;
use duiqi_training::lines::{self, Lines};
use duiqi_training::{AnyError, cli, gold};

use harm::{Harm, random_for};

/// A text by its set and number.
type Text = (String, Lines);

/// Shares of lines that are gone, in percent.
const SHARES: [usize; 3] = [5, 10, 20];
/// Lines of a block.
const BLOCKS: [usize; 4] = [5, 50, 100, 500];

#[derive(Default)]
struct Options {
    sets: Vec<String>,
    weights: Option<String>,
    draws: usize,
    only: Option<String>,
}

fn main() -> ExitCode {
    let mut options = Options { draws: 3, ..Options::default() };
    let mut args = cli::arguments();
    while let Some(arg) = args.next() {
        match arg.as_str() {
            "--weights" => options.weights = args.next(),
            "--draws" => options.draws = args.next().and_then(|n| n.parse().ok()).unwrap_or(0),
            "--only" => options.only = args.next(),
            _ => options.sets.push(arg),
        }
    }
    let options = Some(options).filter(|o| !o.sets.is_empty() && o.draws > 0);
    cli::main("damage SET_DIR... [--weights FILE] [--draws N] [--only WORD]", options, run)
}

fn run(options: &Options) -> Result<(), AnyError> {
    let mut builder = Aligner::builder().langs(Lang::En, Lang::Zh).format(duiqi::Format::Lines);
    if let Some(path) = &options.weights {
        builder = builder.weights(Weights::from_json(path, &std::fs::read_to_string(path)?)?);
    }
    let aligner = builder.build()?;
    let read = |dir: &String| -> Result<Vec<Text>, AnyError> {
        let texts = gold::read_lines(dir)?.into_iter();
        Ok(texts.map(|(name, lines)| (name, lines.with_single_nulls())).collect())
    };
    let sets: Vec<Vec<Text>> = options.sets.iter().map(read).collect::<Result<_, _>>()?;
    let wanted = |name: &str| options.only.as_ref().is_none_or(|word| name.contains(word.as_str()));
    let names: Vec<&str> = options.sets.iter().map(|dir| base_name(dir)).collect();
    println!("Strict F1; for blocks F1 outside the block in brackets.\n");
    println!("| damage | {} |\n|---|{}", names.join(" | "), "---:|".repeat(sets.len()));
    for (harm, lang) in harms() {
        let name = harm.name(lang);
        if !wanted(&name) {
            continue;
        }
        let cells: Vec<String> =
            sets.iter().map(|texts| cell(&aligner, texts, harm, lang, options.draws)).collect::<Result<_, _>>()?;
        println!("| {name} | {} |", cells.join(" | "));
    }
    let texts: Vec<&Text> = sets.iter().flatten().collect();
    if wanted("confidence") {
        confidences(&aligner, &texts)?;
    }
    Ok(())
}

fn harms() -> Vec<(Harm, Lang)> {
    let both = |harm: Harm| [(harm, Lang::En), (harm, Lang::Zh)];
    let mut harms = vec![(Harm::None, Lang::En)];
    harms.extend(SHARES.into_iter().flat_map(|s| both(Harm::Share(s))));
    harms.extend(BLOCKS.into_iter().flat_map(|s| both(Harm::Block(s))));
    harms.extend(BLOCKS.into_iter().flat_map(|s| both(Harm::Moved(s))));
    harms.extend(both(Harm::Front));
    harms
}

/// One cell of the table: a damage of a set.
fn cell(aligner: &Aligner, texts: &[Text], harm: Harm, lang: Lang, draws: usize) -> Result<String, AnyError> {
    let by_chance = !matches!(harm, Harm::None | Harm::Front);
    let (mut all, mut outside, mut any) = (Score::default(), Score::default(), false);
    for (name, text) in texts {
        for draw in 0..if by_chance { draws } else { 1 } {
            let mut random = random_for(&format!("{name} {} {draw}", harm.name(lang)));
            let Some(damaged) = harm.to(text, lang, &mut random) else { continue };
            let [mut test, mut gold] = damaged.text.compared(&damaged.text.align(aligner)?);
            any = true;
            all += strict(&test, &gold).total;
            test.retain(|b| !damaged.is_inside(b));
            gold.retain(|b| !damaged.is_inside(b));
            outside += strict(&test, &gold).total;
        }
    }
    Ok(match (any, harm.is_block()) {
        (false, _) => "–".to_owned(),
        (true, true) => format!("{:.3} ({:.3})", all.f1(), outside.f1()),
        (true, false) => format!("{:.3}", all.f1()),
    })
}

/// The confidence of every English text with every Chinese one.
fn confidences(aligner: &Aligner, texts: &[&Text]) -> Result<(), AnyError> {
    let names: Vec<&str> = texts.iter().map(|t| t.0.as_str()).collect();
    println!("\nConfidence of the whole: English of the row, Chinese of the column.\n");
    println!("| | {} |\n|---|{}", names.join(" | "), "---:|".repeat(names.len()));
    for (name, en) in texts {
        let row = texts.iter().map(|(_, zh)| {
            let alignment = lines::align(aligner, &en.en, &zh.zh)?;
            Ok(format!("{:.2}", alignment.confidence()))
        });
        println!("| {name} | {} |", row.collect::<Result<Vec<_>, AnyError>>()?.join(" | "));
    }
    Ok(())
}
