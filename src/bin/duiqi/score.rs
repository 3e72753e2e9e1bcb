//! `duiqi score`.

use std::fmt::Write;
use std::path::{Path, PathBuf};
use std::time::Duration;

use clap::Args;
use duiqi::train::evaluate::{
    Orientation, Reliability, Score, StrictScore, merge_verses, parse_beads, strict, strict_texts, texts_of,
};
use duiqi::{Alignment, Format, Lang, Source};

use crate::failure::Failure;
use crate::sets::{self, Outcome, Result as SetResult};
use crate::{input, output};

#[derive(Args)]
#[command(after_help = HELP)]
pub(crate) struct Arguments {
    /// Results, each followed by its gold: beads as `duiqi align -f indices` writes them or ladders as hunalign does, or pairs in TMX or
    /// XLIFF files
    #[arg(value_name = "TEST GOLD", required_unless_present = "set", conflicts_with = "set")]
    files: Vec<PathBuf>,
    /// Align a whole set and score that; may be given several times
    #[arg(long, value_name = "DIR")]
    set: Vec<PathBuf>,
    /// Which language stands first in the gold of a set, where the numbers of lines do not tell
    #[arg(long, value_name = "en|zh", value_parser = lang, requires = "set")]
    gold_first: Option<Lang>,
    /// Weights to align a set with, as the fitting writes them, instead of the built-in ones
    #[arg(long, value_name = "JSON", requires = "set")]
    weights: Option<PathBuf>,
    /// Align the texts of a set of NNN.en and NNN.zh together, so that words learned from one help with the others
    #[arg(long, requires = "set", conflicts_with = "files")]
    pool: bool,
    /// Texts of a set that are aligned at a time; the scores are the same, the times are not
    #[arg(long, value_name = "NUMBER", requires = "set", conflicts_with = "files")]
    threads: Option<std::num::NonZeroUsize>,
    /// For each set of beads, also show how many are right by how confident the aligner was
    #[arg(long, requires = "set", conflicts_with = "files")]
    reliability: bool,
}

const HELP: &str = "A set is a folder with
  NNN.en, NNN.zh, NNN.gold      a segment a line; gold lines are [0,1]:[0], indices from 0; with NNN.en.verse and
                                NNN.zh.verse (the verse of each line) beads inside a verse are joined first
  en.txt, zh.txt, gold.tsv      columns en_line and zh_line: lines from 1, scored as beads;
                                columns en_idx and zh_idx: paragraphs from 1, scored as links;
                                columns en and zh: the sentences themselves, scored as beads (.md will do for .txt)
or a folder of such folders. A bead is right when both its sides equal those of a gold bead; a link is a pair of
paragraphs that share a bead.

TEST and GOLD are both one of
  [0,1]:[0] a line              indices from 0, a third field is ignored (duiqi, Vecalign, Bertalign)
  n<TAB>m<TAB>confidence        a ladder, 0 0 first (hunalign); may be compared with the form above
  TMX or XLIFF                  pairs, compared by their texts: runs of blanks count as one space, order does not matter,
                                pairs with one side do not count

Examples:
  duiqi align --lines -f indices 001.zh 001.en > 001.test && duiqi score 001.test 001.gold
  duiqi score --set eval/literary --set eval/subtitles";

fn lang(code: &str) -> Result<Lang, String> {
    [Lang::En, Lang::Zh].into_iter().find(|l| l.code() == code).ok_or_else(|| "write en or zh".to_owned())
}

pub(crate) fn run(arguments: &Arguments) -> Result<(), Failure> {
    let text = if arguments.set.is_empty() { files(&arguments.files)? } else { run_sets(arguments)? };
    output::deliver(None, |out| out.write_all(text.as_bytes()))
}

fn files(files: &[PathBuf]) -> Result<String, Failure> {
    let (pairs, rest) = files.as_chunks::<2>();
    if let [odd] = rest {
        let name = odd.display();
        return Err(Failure::Message(format!(
            "{name}: the gold file after it is missing; give TEST GOLD, TEST GOLD and so on"
        )));
    }
    if files.iter().filter(|f| input::is_stdin(f)).count() > 1 {
        return Err(Failure::Message(
            "standard input (`-`) can be read once only; give the other as a file".to_owned(),
        ));
    }
    let mut results = Vec::new();
    for [test, gold] in pairs {
        let sources = [input::read(test)?, input::read(gold)?];
        let name = test.display().to_string();
        let paired = sources.each_ref().map(|source| Format::of_pairs(source).is_some());
        if paired != [false; 2] {
            let outcome = Outcome::Beads(texts(sources, paired)?);
            results.push(SetResult { name, outcome, reliability: None, time: None });
            continue;
        }
        let mut beads = [parse_beads(&sources[0])?, parse_beads(&sources[1])?];
        if let Some((en, zh)) = sets::verses(gold)? {
            let [first, second] = match Orientation::of(&beads[1], en.len(), zh.len()) {
                Orientation::Flipped => [&zh, &en],
                _ => [&en, &zh],
            };
            beads = beads.map(|b| merge_verses(&b, first, second));
        }
        let outcome = Outcome::Beads(strict(&beads[0], &beads[1]));
        results.push(SetResult { name, outcome, reliability: None, time: None });
    }
    let mut text = String::new();
    report(&mut text, &results);
    Ok(text)
}

/// The score of pairs in TMX or XLIFF files, by their texts.
fn texts(sources: [Source; 2], paired: [bool; 2]) -> Result<StrictScore, Failure> {
    if paired != [true; 2] {
        let [pairs, beads] = if paired[0] { [&sources[0], &sources[1]] } else { [&sources[1], &sources[0]] };
        let what = format!(
            "{} has pairs of texts, but {} has none: give TMX or XLIFF for both, or indices or ladders for both",
            pairs.name(),
            beads.name()
        );
        return Err(Failure::Message(what));
    }
    let mut pairs = Vec::new();
    for source in sources {
        pairs.push(texts_of(&Alignment::of_bitext(input::bitext(source)?)?));
    }
    let total = strict_texts(&pairs[0], &pairs[1]);
    Ok(StrictScore { total, ..StrictScore::default() })
}

fn run_sets(arguments: &Arguments) -> Result<String, Failure> {
    let mut text = String::new();
    let mut summary = Vec::new();
    let options = sets::Options {
        gold_first: arguments.gold_first,
        weights: input::weights(arguments.weights.as_deref())?,
        pool: arguments.pool,
        threads: arguments.threads.map_or(1, usize::from),
    };
    for folder in &arguments.set {
        for set in sets::find(folder)? {
            let results = sets::run(&set, &options)?;
            let name = set.folder.display().to_string();
            // Writing to a string cannot fail.
            let _ = writeln!(text, "{name}");
            summary.push((name, report(&mut text, &results)));
            if arguments.reliability {
                reliability(&mut text, &results);
            }
            text.push('\n');
        }
    }
    if summary.len() > 1 {
        let longest = summary.iter().map(|(name, _)| name.chars().count()).max().unwrap_or_default();
        head(&mut text, "all sets", longest);
        for (name, score) in &summary {
            row(&mut text, name, longest, *score, None);
        }
    }
    while text.ends_with("\n\n") {
        text.pop();
    }
    Ok(text)
}

/// Scores by file, pooled, and by shape; gives the pooled one.
fn report(text: &mut String, results: &[SetResult]) -> Score {
    let file = |name: &str| Path::new(name).file_name().map_or(name.to_owned(), |n| n.to_string_lossy().into_owned());
    let names: Vec<String> = results.iter().map(|r| file(&r.name)).collect();
    let longest = names.iter().map(|n| n.chars().count()).max().unwrap_or_default().max("pooled".len());
    let links = results.iter().any(|r| matches!(r.outcome, Outcome::Links(_)));
    head(text, if links { "links" } else { "beads" }, longest);
    let (mut pooled, mut time) = (StrictScore::default(), None::<Duration>);
    for (name, result) in names.iter().zip(results) {
        let score = match &result.outcome {
            Outcome::Beads(score) => {
                pooled += score;
                score.total
            }
            Outcome::Links(score) => {
                pooled.total += *score;
                *score
            }
        };
        row(text, name, longest, score, result.time);
        time = result.time.map(|t| t + time.unwrap_or_default()).or(time);
    }
    if results.len() > 1 {
        row(text, "pooled", longest, pooled.total, time);
    }
    if !pooled.shapes.is_empty() {
        head(text, "shape", longest);
        for ((a, b), score) in &pooled.shapes {
            row(text, &format!("{a}-{b}"), longest, *score, None);
        }
    }
    pooled.total
}

/// Confidence against truth of the beads of a set, if it has any.
fn reliability(text: &mut String, results: &[SetResult]) {
    let mut pooled = Reliability::default();
    for one in results.iter().filter_map(|r| r.reliability.as_ref()) {
        pooled += one;
    }
    if pooled.total().count == 0 {
        return;
    }
    let _ = writeln!(text, "  {:<10}  {:>6} {:>10} {:>7}", "confidence", "beads", "mean", "right");
    for (range, bin) in pooled.bins() {
        let (Some(mean), Some(right)) = (bin.mean_confidence(), bin.share_right()) else { continue };
        let range = format!("{:.2}–{:.2}", range.start, range.end);
        let _ = writeln!(text, "  {range:<10}  {:>6} {mean:>10.4} {right:>7.4}", bin.count);
    }
    let _ = writeln!(text, "  expected calibration error {:.4}", pooled.calibration_error());
}

fn head(text: &mut String, what: &str, longest: usize) {
    let _ = writeln!(
        text,
        "  {what:<longest$}  {:>6} {:>6} {:>6} {:>7} {:>7} {:>7}",
        "gold", "test", "right", "P", "R", "F1"
    );
}

fn row(text: &mut String, name: &str, longest: usize, score: Score, time: Option<Duration>) {
    let Score { gold, test, right } = score;
    let (p, r, f) = (score.precision(), score.recall(), score.f1());
    let time = time.map(|t| format!(" {:>8.2} s", t.as_secs_f64())).unwrap_or_default();
    let _ = writeln!(text, "  {name:<longest$}  {gold:>6} {test:>6} {right:>6} {p:>7.4} {r:>7.4} {f:>7.4}{time}");
}
